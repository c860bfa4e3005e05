"""Crossref: works by DOI, or by a title that the article gives, with their retraction notices (api.crossref.org)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import msgspec

from reader import clock
from reader.article.clean import clean_line
from reader.knowledge.model import Entity, EntityRecord
from reader.knowledge.names import normal
from reader.knowledge.store import EvidenceStore
from reader.sources.client import Client
from reader.sources.model import Learned, RefusedError, SourceFacts, Wanted, nothing

_MOST = 3
_RETRACTIONS = ("retraction", "withdrawal", "removal", "expression_of_concern", "expression-of-concern")
_REFRESH = 7  # days


class _Reply(msgspec.Struct):
    message: dict[str, Any]


class Crossref:
    """A card for each work that an article names."""

    def __init__(self, client: Client, facts: SourceFacts) -> None:
        self.facts = facts
        self._client = client
        self._base = facts.url.rstrip("/")

    def who(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """No people."""
        return nothing()

    async def context(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Works by DOI, then by title."""
        for doi in wanted.dois[:_MOST]:
            if not store.recent([f"work:{doi}"], clock.today(), _REFRESH):
                yield await self._kept(await self._by_doi(doi), doi, store)
        for title in wanted.works[:_MOST]:
            if not store.recent([f"work:{title}"], clock.today(), _REFRESH):
                yield await self._kept(await self._by_title(title), title, store)

    async def _by_doi(self, doi: str) -> dict[str, Any] | None:
        try:
            reply = await self._client.json(self.facts.title, f"{self._base}/works/{quote(doi, safe='')}", _Reply)
        except RefusedError:
            return None
        return reply.message

    async def _by_title(self, title: str) -> dict[str, Any] | None:
        """The work of that very title; a near one is another work."""
        params = {"query.bibliographic": title, "rows": "3"}
        reply = await self._client.json(self.facts.title, f"{self._base}/works", _Reply, params)
        items = reply.message.get("items")
        works = [i for i in items if isinstance(i, dict)] if isinstance(items, list) else []
        return next((w for w in works if normal(_first(w.get("title"))) == normal(title)), None)

    async def _kept(self, work: dict[str, Any] | None, asked: str, store: EvidenceStore) -> Learned:
        today = clock.today()
        await asyncio.to_thread(store.note, f"work:{asked}", today)
        doi = clean_line(str(work.get("DOI", ""))) if work else ""
        if work is None or not doi:
            return Learned()
        notices = await self._notices(work, doi)
        entity = Entity(f"doi:{doi.lower()}", _first(work.get("title")) or doi, "work", _described(work, notices), f"https://doi.org/{quote(doi, safe='/')}")  # fmt: skip
        await asyncio.to_thread(store.keep_records, [EntityRecord(entity, (doi, asked))], today)
        await asyncio.to_thread(store.keep_names, {doi: entity.id, asked: entity.id})
        return Learned(frozenset({entity.id}))

    async def _notices(self, work: dict[str, Any], doi: str) -> list[str]:
        """What has been published about the work since: retractions above all."""
        told = [u for u in _list(work.get("updated-by")) if isinstance(u, dict)]
        if not told:
            params = {"filter": f"updates:{doi}", "rows": "5"}
            reply = await self._client.json(self.facts.title, f"{self._base}/works", _Reply, params)
            later = [i for i in _list(reply.message.get("items")) if isinstance(i, dict)]
            told = [
                {**u, "updated": i.get("issued")} for i in later for u in _list(i.get("update-to"))
                if isinstance(u, dict) and str(u.get("DOI", "")).lower() == doi.lower()
            ]  # fmt: skip
        return [
            f"{clean_line(str(u['type'])).replace('_', ' ')}{_when(u.get('updated'))}"
            for u in told
            if str(u.get("type", "")).lower() in _RETRACTIONS
        ]


def _described(work: dict[str, Any], notices: list[str]) -> str:
    """ "RETRACTION, 2020: journal article, Journal of X, 2018, by A. Author and others"."""
    kind = clean_line(str(work.get("type") or "work")).replace("-", " ")
    where = _first(work.get("container-title")) or clean_line(str(work.get("publisher") or ""))
    authors = [clean_line(f"{a.get('given', '')} {a.get('family', '')}") for a in _list(work.get("author")) if isinstance(a, dict)]  # fmt: skip
    by = f"by {authors[0]}{' and others' if len(authors) > 1 else ''}" if authors and authors[0] else ""
    told = ", ".join(p for p in (kind, where, _when(work.get("issued")).strip(", "), by) if p)
    return f"{'; '.join(notices).upper()}: {told}" if notices else told


def _when(date: Any) -> str:
    parts = date.get("date-parts") if isinstance(date, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    return ", " + "-".join(f"{n:02d}" for n in first) if first and all(isinstance(n, int) for n in first) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _first(value: Any) -> str:
    """Crossref's titles are lists."""
    first = value[0] if isinstance(value, list) and value else value
    return clean_line(first) if isinstance(first, str) else ""
