"""A ZIM file of the reader's own: pages by title and by full-text search, on this machine alone (extra `zim`, libzim)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from reader import clock
from reader.article.clean import clean_line
from reader.knowledge.names import normal
from reader.knowledge.store import EvidenceStore
from reader.sources.model import JunkError, Learned, RefusedError, SourceFacts, Wanted, nothing
from reader.sources.pagetext import text_of
from reader.sources.relaxing import relaxed

_MOST_NAMES = 40
_MOST_FOUND = 5
_REFRESH = 30  # days: a book changes when its file is replaced


class Zim:
    """Pages for the names of an article. Nothing is sent anywhere."""

    def __init__(self, facts: SourceFacts) -> None:
        self.facts = facts

    def who(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """A ZIM file knows no items."""
        return nothing()

    async def context(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Pages whose title is a name, and what a search for the names together finds."""
        asked = [
            n
            for n in wanted.names[:_MOST_NAMES]
            if not store.recent([f"zim:{self.facts.url}:{n}"], clock.today(), _REFRESH)
        ]
        if not asked:
            return
        pages = await asyncio.to_thread(self._pages, asked, wanted)
        kept = await asyncio.to_thread(store.keep_pages, pages, clock.today())
        for name in asked:
            await asyncio.to_thread(store.note, f"zim:{self.facts.url}:{name}", clock.today())
        yield Learned(pages=kept)

    def _pages(self, names: list[str], wanted: Wanted) -> list[dict[str, Any]]:
        """Read the file. Raises SourceError."""
        try:
            from libzim.reader import Archive
        except ImportError as error:
            raise RefusedError(self.facts.title, "needs the extra: pip install 'caveat-lector[zim]'") from error
        path = Path(self.facts.url).expanduser()
        try:
            archive = Archive(path)
            found = [page for name in names if (page := self._titled(archive, name))]
            return found + list(self._searched(archive, wanted))
        except (RuntimeError, KeyError, OSError, ValueError) as error:
            raise JunkError(self.facts.title, f"{path.name} cannot be read ({clean_line(str(error))})") from error

    def _titled(self, archive: Any, name: str) -> dict[str, Any] | None:
        if not archive.has_entry_by_title(name):
            return None
        return self._page(archive.get_entry_by_title(name), name)

    def _searched(self, archive: Any, wanted: Wanted) -> Iterator[dict[str, Any]]:
        if not archive.has_fulltext_index:
            return
        from libzim.search import Query, Searcher

        for pattern in relaxed(wanted.names):
            search = Searcher(archive).search(Query().set_query(pattern))
            paths = list(search.getResults(0, _MOST_FOUND))
            for path in paths:
                entry = archive.get_entry_by_path(path)
                if page := self._page(entry, entry.title):
                    yield page
            if paths:
                return

    def _page(self, entry: Any, name: str) -> dict[str, Any] | None:
        hops = 0
        while entry.is_redirect and hops < 5:
            entry, hops = entry.get_redirect_entry(), hops + 1
        if entry.is_redirect:
            return None
        item = entry.get_item()
        extract = text_of(bytes(item.content)) if item.mimetype.startswith("text/html") else ""
        file = Path(self.facts.url).name
        return {"title": clean_line(entry.title), "extract": extract, "url": f"https://zim.invalid/{file}/{entry.path}", "wikidata": f"name:{normal(name)}", "source": f"ZIM file, {file}"}  # fmt: skip
