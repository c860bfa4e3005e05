"""Wikipedia: what a name means as a page's title, and pages to quote from, in any language edition.

API: en.wikipedia.org/w/api.php?action=help&modules=query; text CC BY-SA 4.0 (foundation.wikimedia.org/wiki/Policy:Terms_of_Use).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from reader import clock
from reader.knowledge.names import normal
from reader.knowledge.store import EvidenceStore, TitleFound
from reader.sources.client import Client
from reader.sources.mediawiki import batches, objects, query, text
from reader.sources.model import Learned, SourceFacts, Wanted, nothing
from reader.sources.relaxing import relaxed

URL = "https://{lang}.wikipedia.org/w/api.php"
LICENCE = "CC BY-SA 4.0"
_LEADS_A_CALL = 20  # API:Extension:TextExtracts: exlimit with exintro
_MOST_LEADS = 60
_MOST_PAGES = 3
_MOST_SEARCHED = 2
_LONGEST_PAGE = 60_000
_TEXT = {"prop": "extracts|info|pageprops", "explaintext": "1", "inprop": "url", "ppprop": "wikibase_item"}
_LEAD = {**_TEXT, "exintro": "1", "exlimit": "max"}


class Wikipedia:
    """Titles first; then the leads of what is meant, and the whole pages of what the article is most about."""

    def __init__(self, client: Client, facts: SourceFacts, refresh: int) -> None:
        self.facts = facts
        self._client, self._refresh = client, refresh

    async def who(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """What the names mean as titles: item, redirect or one of several; English for what the article's language lacks."""
        today = clock.today()
        asked = list(wanted.names)
        for language in dict.fromkeys((wanted.language, "en")):
            known = store.titles(language, asked, today, self._refresh)
            for batch in batches([n for n in asked if n not in known]):
                found = await self._titles(batch, language)
                await asyncio.to_thread(store.keep_titles, language, found, today)
                known |= {t.name: t for t in found}
            asked = [n for n in asked if not (t := known.get(n)) or t.item is None]
        async for learned in nothing():
            yield learned

    async def context(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Leads of all that is meant, twenty a call; then whole pages, one a call, of the first few."""
        today = clock.today()
        left = list(wanted.names)
        for language in dict.fromkeys((wanted.language, "en")):
            titles = store.titles(language, left, today, self._refresh)
            pages = list(dict.fromkeys(t.page for n in left if (t := titles.get(n)) and t.item and t.page))
            left = [n for n in left if not (t := titles.get(n)) or not t.item]
            async for learned in self._texts(pages, language, store):
                yield learned
        yield Learned(pages=await self._found(wanted.names, wanted.language, store))

    async def _texts(self, pages: Sequence[str], language: str, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Leads of some pages, and the first few whole, unless they were asked for not long ago."""
        today = clock.today()
        leads = {f"lead:{language}:{p}": p for p in pages[:_MOST_LEADS]}
        wholes = {f"whole:{language}:{p}": p for p in pages[:_MOST_PAGES]}
        recent = store.recent([*leads, *wholes], today, self._refresh)
        for batch in batches([p for key, p in leads.items() if key not in recent], _LEADS_A_CALL):
            yield Learned(pages=await self._pages(batch, language, store, intro=True))
            for page in batch.split("|"):
                await asyncio.to_thread(store.note, f"lead:{language}:{page}", today)
        for key, page in wholes.items():
            if key not in recent:
                yield Learned(pages=await self._pages(page, language, store, intro=False))
                await asyncio.to_thread(store.note, key, today)

    async def _found(self, names: Sequence[str], language: str, store: EvidenceStore) -> int:
        """Leads of pages that a search for the first names together finds: context that no name is the title of."""
        pattern = next(relaxed(names[:_MOST_SEARCHED]), "")
        key = f"found:{language}:{pattern}"
        if not pattern or store.recent([key], clock.today(), self._refresh):
            return 0
        params = {"generator": "search", "gsrsearch": pattern, "gsrlimit": "4", **_LEAD}
        pages: dict[str, dict[str, Any]] = {}
        async for part in query(self._client, self.facts.title, self._url(language), params):
            for page in objects(part.get("pages")):
                pages.setdefault(text(page, "title") or "", {}).update(page)
        rows = [{**row, "wikidata": f"name:{normal(names[0])}"} for page in pages.values() if (row := self._row(page))]
        await asyncio.to_thread(store.note, key, clock.today())
        return await asyncio.to_thread(
            store.keep_pages, [r for r in rows if not store.has_page(r["url"])], clock.today()
        )

    async def _titles(self, names: str, language: str) -> list[TitleFound]:
        """What each name leads to, by way of normalisation and redirects; a redirect into a section means something else."""
        params = {"titles": names, "redirects": "1", "prop": "pageprops", "ppprop": "wikibase_item|disambiguation"}
        steps: dict[str, str] = {}
        sections: set[str] = set()
        pages: dict[str, dict[str, Any]] = {}
        async for part in query(self._client, self.facts.title, self._url(language), params):
            for step in (*objects(part.get("normalized")), *objects(part.get("redirects"))):
                source, target = text(step, "from"), text(step, "to")
                if source and target:
                    steps[source] = target
                    if step.get("tofragment"):
                        sections.add(source)
            for page in objects(part.get("pages")):
                pages.setdefault(text(page, "title") or "", {}).update(page)
        return [_title(name, steps, sections, pages) for name in names.split("|")]

    async def _pages(self, titles: str, language: str, store: EvidenceStore, *, intro: bool) -> int:
        """Fetch text and keep it; gives how many pages are new or changed."""
        how = _LEAD if intro else {**_TEXT, "exlimit": "1", "exsectionformat": "plain"}
        params = {"titles": titles, "redirects": "1", **how}
        pages: dict[str, dict[str, Any]] = {}
        async for part in query(self._client, self.facts.title, self._url(language), params):
            for page in objects(part.get("pages")):
                pages.setdefault(text(page, "title") or "", {}).update(page)
        rows = [row for page in pages.values() if (row := self._row(page))]
        return await asyncio.to_thread(store.keep_pages, rows, clock.today())

    def _row(self, page: dict[str, Any]) -> dict[str, Any] | None:
        extract = text(page, "extract")
        if not extract:
            return None
        props = page.get("pageprops")
        return {
            "title": text(page, "title"),
            "extract": extract[:_LONGEST_PAGE],
            "url": text(page, "canonicalurl") or text(page, "fullurl"),
            "revision": text(page, "lastrevid"),
            "wikidata": text(props, "wikibase_item") if isinstance(props, dict) else None,
            "source": "Wikipedia",
            "licence": LICENCE,
        }

    def _url(self, language: str) -> str:
        return self.facts.url.replace("{lang}", language if language.isascii() and language.isalpha() else "en")


def _title(name: str, steps: dict[str, str], sections: set[str], pages: dict[str, dict[str, Any]]) -> TitleFound:
    """Follow a name to its page."""
    at, seen, into_section = name, {name}, False
    while at in steps and steps[at] not in seen:
        into_section = into_section or at in sections
        at = steps[at]
        seen.add(at)
    page = pages.get(at, {})
    props = page.get("pageprops")
    props = props if isinstance(props, dict) else {}
    item = text(props, "wikibase_item")
    if not page or page.get("missing") or page.get("invalid") or into_section:
        return TitleFound(name, None, None, "missing")
    if "disambiguation" in props:
        return TitleFound(name, None, at, "disambiguation")
    return TitleFound(name, item, at, None if item else "no item")
