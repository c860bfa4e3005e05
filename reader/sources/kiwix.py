"""A kiwix-serve of the reader's: pages of a ZIM file over HTTP (kiwix-tools.readthedocs.io/en/latest/kiwix-serve.html).

Titles by /suggest, a full-text search by /search, pages by /raw: the one form that old and new servers share.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from typing import Any
from urllib.parse import quote, unquote

from reader import clock
from reader.knowledge.names import normal
from reader.knowledge.store import EvidenceStore
from reader.sources.client import Client
from reader.sources.model import Learned, RefusedError, SourceFacts, Wanted, nothing
from reader.sources.pagetext import text_of
from reader.sources.relaxing import relaxed

_MOST_NAMES = 6
_MOST_BOOKS = 3
_BOOK = re.compile(rb'href="(?:/[\w/-]*)?/(?:content/)?([\w.~%-]+)"\s+type="text/html"|type="text/html"\s+href="(?:/[\w/-]*)?/(?:content/)?([\w.~%-]+)"')  # fmt: skip
_LINK = re.compile(rb"<link>[^<]*?/(?:content/)?(?P<book>[\w.~%-]+)/(?P<path>[^<]+)</link>")
_REFRESH = 30  # days: a book changes when its file is replaced


class Kiwix:
    """Pages for the names of an article, by title and by one search."""

    def __init__(self, client: Client, facts: SourceFacts) -> None:
        self.facts = facts
        self._client = client
        self._base = facts.url.rstrip("/")

    def who(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """A ZIM file knows no items."""
        return nothing()

    async def context(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Pages whose title is a name; then what a search for the names together finds."""
        asked = [n for n in wanted.names[:_MOST_NAMES] if not store.recent([f"kiwix:{n}"], clock.today(), _REFRESH)]
        if not asked:
            return
        for book in await self._books():
            for name in asked:
                path = await self._path(book, name)
                yield await self._kept(book, path, name, store)
                await asyncio.to_thread(store.note, f"kiwix:{name}", clock.today())
            for path in await self._search(book, wanted.names):
                yield await self._kept(book, path, unquote(path.rsplit("/", 1)[-1]).replace("_", " "), store)

    async def _books(self) -> list[str]:
        """The books that the server holds, by the names it serves them under."""
        answer = await self._client.get(self.facts.title, f"{self._base}/catalog/v2/entries", {"count": "-1"})
        found = [(a or b).decode() for a, b in _BOOK.findall(answer.body)]
        return list(dict.fromkeys(found))[:_MOST_BOOKS]

    async def _path(self, book: str, name: str) -> str | None:
        """The page of that very title."""
        params = {"content": book, "term": name, "count": "5"}
        try:
            entries = await self._client.json(self.facts.title, f"{self._base}/suggest", list[dict[str, Any]], params)
        except RefusedError:
            return None
        exact = (e for e in entries if e.get("kind") == "path" and normal(str(e.get("value"))) == normal(name))
        return next((str(e["path"]) for e in exact if e.get("path")), None)

    async def _search(self, book: str, names: Sequence[str]) -> list[str]:
        """Paths that a search finds; the server asks for every word, so words are left out until something is found."""
        for pattern in relaxed(names):
            params = {"content": book, "pattern": pattern, "format": "xml", "pageLength": "3"}
            try:
                answer = await self._client.get(self.facts.title, f"{self._base}/search", params)
            except RefusedError:
                return []
            paths = [m["path"].decode("utf-8", "replace") for m in _LINK.finditer(answer.body)]
            if paths:
                return [p.removeprefix("A/") for p in paths[:3]]
        return []

    async def _kept(self, book: str, path: str | None, name: str, store: EvidenceStore) -> Learned:
        if path is None:
            return Learned()
        url = f"{self._base}/raw/{quote(book)}/content/{quote(unquote(path), safe='/')}"
        try:
            answer = await self._client.get(self.facts.title, url)
        except RefusedError:
            return Learned()
        page = {"title": name, "extract": text_of(answer.body), "url": url, "wikidata": f"name:{normal(name)}", "source": f"Kiwix, {book}"}  # fmt: skip
        return Learned(pages=await asyncio.to_thread(store.keep_pages, [page], clock.today()))
