"""Wikidata: entities with their statements by id, the labels their statements need, and a search by label.

API: www.wikidata.org/w/api.php?action=help&modules=wbgetentities and …modules=wbsearchentities. CC0.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from reader import clock
from reader.knowledge import model
from reader.knowledge.model import EntityKind, EntityRecord
from reader.knowledge.names import normal
from reader.knowledge.store import EvidenceStore, TitleFound
from reader.knowledge.wikidata import RawEntity, record_of
from reader.sources.client import Client
from reader.sources.mediawiki import BATCH, batches, call, objects, text
from reader.sources.model import JunkError, Learned, SourceFacts, Wanted, nothing

URL = "https://www.wikidata.org/w/api.php"
_FULL = "info|labels|descriptions|aliases|claims|sitelinks"
_NAMES = "info|labels|descriptions|aliases"
_MOST_LABEL_CALLS = 3
_MOST_SEARCHES = 2
_MOST_ENTITIES = 150
_ID = re.compile(r"Q[1-9]\d{0,9}")  # one bad id refuses a whole call
_KIND_OF_VALUE: dict[str, EntityKind] = {
    model.POSITION_HELD: "position", model.OFFICE_OF_HEAD: "position", "P1313": "position", "P1906": "position",
    model.DIRECTOR: "person", model.CHIEF_EXECUTIVE: "person", "P488": "person", "P35": "person", "P6": "person", model.OFFICE_HOLDER: "person",
    model.FOUNDER: "person", model.CREW: "person", model.COUNTRY: "country", model.CITIZENSHIP: "country",
    model.CAPITAL: "place", model.HEADQUARTERS: "place", model.LOCATED_IN: "place", model.AWARD: "award", model.MISSION: "mission",
    model.INSTANCE_OF: "class", model.OCCUPATION: "class",
}  # fmt: skip
_MATTERS = {"position": 0, "person": 1, "country": 2, "place": 3, "award": 4, "mission": 5}


class Wikidata:
    """Entities for the names that have an item, and for the ids that packs know."""

    def __init__(self, client: Client, facts: SourceFacts, refresh: int) -> None:
        self.facts = facts
        self._client, self._refresh = client, refresh
        self._merged: dict[str, str] = {}

    async def who(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Entities, then what their statements name."""
        today = clock.today()
        titles = store.titles(wanted.language, wanted.names, today, self._refresh)
        if wanted.language != "en":
            english = store.titles("en", wanted.names, today, self._refresh)
            titles = {**english, **{n: t for n, t in titles.items() if t.item or n not in english}}
        searched = await self._searched(wanted, titles, store)
        meant = [t.item for name in wanted.names if (t := titles.get(name)) and t.item]
        ids = [i for i in dict.fromkeys((*meant, *wanted.known, *searched)) if _ID.fullmatch(i)][:_MOST_ENTITIES]
        async for learned in self._entities(ids, wanted.language, store):
            yield learned
        ids = [_today(i, store) for i in ids]
        names = {n: _today(t.item, store) for n, t in titles.items() if t.item}
        await asyncio.to_thread(store.keep_names, _fitting(names, titles, store))
        async for learned in self._named_by(ids, wanted.language, store):
            yield learned

    def context(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Nothing more."""
        return nothing()

    async def _entities(self, ids: Sequence[str], language: str, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Those that are missing or old; of the old ones only those that have changed are fetched whole."""
        today = clock.today()
        known = store.fetched([f"entity:{i}" for i in ids])
        await asyncio.to_thread(store.use, list(known), today)
        old = [i for i in ids if (f := known.get(f"entity:{i}")) and _days(f.at) >= self._refresh]
        missing = [i for i in ids if f"entity:{i}" not in known]
        for batch in batches(old):
            now = {r.id: str(r.lastrevid) for r in await self._get(batch, "info", language, gently=True) if r.lastrevid}
            same = {i: r for i, r in now.items() if (f := known.get(f"entity:{i}")) and f.revision == r}
            await asyncio.to_thread(store.confirm, same, today)
            missing += [i for i in batch.split("|") if i not in same]
            if same:
                yield Learned(frozenset(same))
        for batch in batches(missing):
            raws = await self._get(batch, _FULL, language)
            records = [r for raw in raws if (r := record_of(raw, language, today.isoformat()))]
            changed = await asyncio.to_thread(store.keep_records, records, today)
            for gone in set(batch.split("|")) - {r.entity.id for r in records}:  # missing, merged or without a name
                await asyncio.to_thread(store.note, f"entity:{gone}", today, self._merged.get(gone))
            yield Learned(frozenset(r.entity.id for r in records), changed)

    async def _named_by(self, ids: Sequence[str], language: str, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Offices whole (their terms say who held them), everything else that statements name by its label.

        In two waves: what the entities name, then what the offices name; so many calls in all, the most needed first.
        """
        calls = _MOST_LABEL_CALLS
        subjects: Sequence[str] = ids
        for _wave in range(2):
            kinds = _values(subjects, store)
            recent = store.recent([f"entity:{i}" for i in kinds], clock.today(), self._refresh)
            wanted = [i for i in kinds if _ID.fullmatch(i)]
            offices = [i for i in wanted if kinds[i] == "position" and f"entity:{i}" not in recent][:BATCH]
            others = (i for i in wanted if kinds[i] != "position" and not store.fetched([f"entity:{i}", f"label:{i}"]))
            named = list(others)[: BATCH * max(0, calls - bool(offices))]
            for batch in batches(offices):
                yield await self._kept(batch, _FULL, language, kinds, store, whole=True)
            for batch in batches(named):
                yield await self._kept(batch, _NAMES, language, kinds, store, whole=False)
            calls -= len(batches(offices)) + len(batches(named))
            subjects = offices
            if calls <= 0 or not offices:
                break
        await asyncio.to_thread(store.use, [f"label:{i}" for i in _values(ids, store)], clock.today())

    async def _kept(
        self, batch: str, props: str, language: str, kinds: dict[str, EntityKind], store: EvidenceStore, *, whole: bool
    ) -> Learned:
        today = clock.today()
        records = []
        for raw in await self._get(batch, props, language):
            record = record_of(raw, language, today.isoformat())
            if record is not None:
                records.append(_as(record, kinds.get(record.entity.id, "other")))
        changed = await asyncio.to_thread(store.keep_records, records, today, whole=whole)
        for gone in set(batch.split("|")) - {r.entity.id for r in records}:
            key = f"entity:{gone}" if whole else f"label:{gone}"
            await asyncio.to_thread(store.note, key, today, self._merged.get(gone))  # missing, merged or without a name
        return Learned(frozenset(r.entity.id for r in records), changed)

    async def _searched(self, wanted: Wanted, titles: dict[str, TitleFound], store: EvidenceStore) -> list[str]:
        """Ids for names that are no page's title; two of a name are both kept, so that neither is taken for certain."""
        today = clock.today()
        found: list[str] = []
        open_names = [n for n in wanted.names if " " in n and (t := titles.get(n)) and t.open == "missing"]
        asked = [n for n in open_names if not store.recent([f"search:{n}"], today, self._refresh)]
        for name in asked[:_MOST_SEARCHES]:
            params = {"action": "wbsearchentities", "search": name, "language": wanted.language, "uselang": wanted.language, "type": "item", "limit": "5"}  # fmt: skip
            reply = await call(self._client, self.facts.title, self.facts.url, params)
            await asyncio.to_thread(store.note, f"search:{name}", today)
            bearing = [item for item in objects(reply.search) if _bears(item, name)]
            found += [i for item in bearing[:3] if (i := text(item, "id"))]
        return found

    async def _get(self, ids: str, props: str, language: str, *, gently: bool = False) -> list[RawEntity]:
        """Entities of one call; a merged one comes under the id it has now. Raises SourceError."""
        params = {"action": "wbgetentities", "ids": ids, "props": props, "languages": "|".join(dict.fromkeys((language, "en", "mul"))), "languagefallback": "1"}  # fmt: skip
        if "sitelinks" in props:
            params["sitefilter"] = "|".join(dict.fromkeys((f"{language}wiki", "enwiki")))
        reply = await call(self._client, self.facts.title, self.facts.url, params, gently=gently)
        if reply.entities is None:
            raise JunkError(self.facts.title, "the answer is not what it should be (no entities)")
        found = objects(reply.entities)
        for item in found:
            merged = item.get("redirects")
            if isinstance(merged, dict) and (old := text(merged, "from")) and (new := text(merged, "to")):
                self._merged[old] = f"={new}"
        return [raw for item in found if (raw := _raw(item))]


def _today(item: str, store: EvidenceStore) -> str:
    """The id that an item has now: a merged one was noted with the id that took it up."""
    revision = getattr(store.fetched([f"entity:{item}"]).get(f"entity:{item}"), "revision", None) or ""
    return revision[1:] if revision.startswith("=") else item


def _raw(item: dict[str, Any]) -> RawEntity | None:
    if "missing" in item:
        return None
    try:
        return msgspec.convert(item, RawEntity)
    except msgspec.ValidationError:
        return None


def _as(record: EntityRecord, kind: EntityKind) -> EntityRecord:
    """The kind that a statement gives its value, where the entity's own statements tell none."""
    if record.entity.kind not in ("other", "organisation") or kind == "other":
        return record
    return msgspec.structs.replace(record, entity=msgspec.structs.replace(record.entity, kind=kind))


def _values(subjects: Iterable[str], store: EvidenceStore) -> dict[str, EntityKind]:
    """The items that statements about some entities name, the ones that checks need most first, with their kinds."""
    kinds: dict[str, EntityKind] = {}
    often: Counter[str] = Counter()
    for subject in subjects:
        for statement in store.pack.statements(subject):
            values = [(statement.value, _KIND_OF_VALUE.get(statement.property))] if statement.value_kind == "entity" else []  # fmt: skip
            values += [(v, "person") for v in (statement.replaces, statement.replaced_by) if v]
            values += [(statement.role, "position")] if statement.role else []
            for value, kind in values:
                if value.startswith("Q"):
                    often[value] += 1
                    kinds[value] = kind or kinds.get(value, "other")
    return dict(sorted(kinds.items(), key=lambda item: (_MATTERS.get(item[1], 9), -often[item[0]], item[0])))


def _bears(item: dict[str, Any], name: str) -> bool:
    """Whether a search result's label or alias is the name, not only its beginning."""
    match = item.get("match")
    words = [text(item, "label"), text(match, "text") if isinstance(match, dict) else None]
    return any(w and normal(w) == normal(name) for w in words)


def _fitting(names: dict[str, str], titles: dict[str, TitleFound], store: EvidenceStore) -> dict[str, str]:
    """Names that an item may bear: a redirect may lead from a person to their spouse, and then it names nobody."""
    fitting = {}
    for name, item in names.items():
        entity = store.pack.entity(item)
        if entity is None:
            continue
        words, page = normal(name).split(), normal(titles[name].page or "")
        own = set(normal(f"{entity.label} {page}").split())
        if entity.kind != "person" or (words and words[0] in own and words[-1] in own):
            fitting[name] = item
    return fitting


def _days(at: str) -> int:
    try:
        return (clock.today() - date.fromisoformat(at)).days
    except ValueError:
        return 10_000
