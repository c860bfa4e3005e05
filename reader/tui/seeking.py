"""A search under way: where it began, what is found, and where the reader stands in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.article.model import Paragraph
from reader.tui.widgets.article_pane import ArticlePane

if TYPE_CHECKING:
    from reader.tui.searching import Found, TextSearch

_BREATH = 0.004  # seconds of counting between turns for the keys
_TOLD_EVERY = 0.1  # seconds


class Seeker:
    """Moves the article's pane from place to place; `changed` is called when what there is to say has changed."""

    def __init__(self, pane: ArticlePane, paragraphs: Sequence[Paragraph], changed: Callable[[], object]) -> None:
        self._pane, self._paragraphs, self._changed = pane, paragraphs, changed
        self._search: TextSearch | None = None
        self._found: Found | None = None
        self._began = (0, 0)
        self._before: tuple[int, str | None, int] = (0, None, 0)

    @property
    def is_active(self) -> bool:
        """Whether n and N go from place to place."""
        return self._search is not None

    @property
    def words(self) -> str:
        """ "“soyuz” 3 of 17", for the foot; "" without a search."""
        if self._search is None:
            return ""
        place = self._search.place_of(self._found) if self._found else "not found"
        return f"“{self._search.pattern}” {place}"

    def begin(self) -> None:
        """Remember where the reader is: the search starts there, and giving it up leads back."""
        self._before = (self._pane.paragraph, self._pane.claim, self._pane.at)
        self._began = (self._pane.paragraph, self._pane.at)

    def type(self, pattern: str) -> None:
        """Search for what is typed so far, always from where it began. Raises SearchError."""
        from reader.tui.searching import TextSearch

        if self._search is not None and pattern == self._search.pattern:
            return
        self._search = TextSearch(pattern, self._paragraphs) if pattern else None
        self._go(self._search.nearest(*self._began, 1) if self._search else None)
        if self._found is None:
            self._pane.go_to(*self._before)

    def step(self, step: int) -> None:
        """Go to the next or the previous place."""
        if self._search is None:
            return
        here = self._found
        paragraph, at = (here.paragraph, here.start + (1 if step > 0 else 0)) if here else self._began
        self._go(self._search.nearest(paragraph, at, step))

    def end(self, *, back: bool) -> None:
        """Take the marks away, and perhaps lead back to where it began."""
        self._search = self._found = None
        self._pane.show_found(None, None)
        if back:
            self._pane.go_to(*self._before)
        self._changed()

    async def count(self) -> None:
        """Count all places of the search that is on, a few milliseconds at a time."""
        search, since = self._search, time.monotonic()
        told = since
        for _ in search.count_on() if search is not None else ():
            if search is not self._search:
                return
            if time.monotonic() - since > _BREATH:
                if since - told > _TOLD_EVERY:
                    self._changed()
                    told = since
                await asyncio.sleep(_BREATH)
                since = time.monotonic()
        self._changed()

    def _go(self, found: Found | None) -> None:
        self._found = found
        self._pane.show_found(self._search, found)
        if found is not None:
            self._pane.go_to(found.paragraph, None, found.start)
        self._changed()
