"""Selecting text with the keys: a cursor and another end inside one paragraph, and what to do with what lies between."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import partial
from typing import TYPE_CHECKING

from reader.article.model import Span
from reader.library import COLOURS

if TYPE_CHECKING:
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen
    from reader.tui.widgets.article_pane import ArticlePane

_WORD = re.compile(r"\S+")


class Selecting:
    """While it is on, keys move the cursor; it ends with copying, highlighting, noting, or nothing."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._paragraph = 0
        self._anchor = self._cursor = 0
        self.is_on = False

    @property
    def acts(self) -> Acts:
        """What keys can do while something is selected."""
        return {
            "select-left": lambda: self._move(self._cursor - 1),
            "select-right": lambda: self._move(self._cursor + 1),
            "select-down": lambda: self._line(1),
            "select-up": lambda: self._line(-1),
            "select-word": self._next_word,
            "select-word-back": self._word_before,
            "select-line-start": lambda: self._move(self._pane.line_of(self._paragraph, self._cursor)[0]),
            "select-line-end": lambda: self._move(max(0, self._pane.line_of(self._paragraph, self._cursor)[1] - 1)),
            "select-swap": self._swap,
            "select-copy": self._copy,
            "select-highlight": lambda: self._highlight(0),
            **{f"select-colour-{n + 1}": partial(self._highlight, n) for n in range(len(COLOURS))},
            "select-note": self._note,
            "select-end": self.end,
        }

    @property
    def _pane(self) -> ArticlePane:
        return self._screen.article_pane

    @property
    def cursor(self) -> int:
        """The character that the keys move."""
        return self._cursor

    @property
    def span(self) -> Span:
        """What is selected; the cursor's own character belongs to it."""
        first, last = sorted((self._anchor, self._cursor))
        return Span(self._paragraph, first, min(last + 1, len(self._text)))

    @property
    def _text(self) -> str:
        return self._screen.article.paragraphs[self._paragraph].text

    def begin(self, span: Span | None = None) -> None:
        """Begin at the place, or with a stretch of text."""
        pane = self._screen.article_pane
        self.is_on = True
        self._paragraph = span.paragraph if span else pane.paragraph
        self._anchor = span.start if span else min(pane.at, max(0, len(self._text) - 1))
        self._cursor = max(span.start, span.end - 1) if span else self._anchor
        self._show()

    def end(self) -> None:
        """Select nothing."""
        self.is_on = False
        self._screen.article_pane.show_selection(None)
        self._screen.show_place()

    def _show(self) -> None:
        self._screen.article_pane.show_selection(self.span)
        self._screen.article_pane.show_at(self._paragraph, self._cursor)
        self._screen.show_place()

    def _move(self, to: int) -> None:
        self._cursor = max(0, min(to, len(self._text) - 1))
        self._show()

    def _line(self, step: int) -> None:
        lines = self._pane.lines_laid.lines(self._paragraph)
        row = self._pane.lines_laid.row_of(self._paragraph, self._cursor)
        column = self._cursor - lines[row][0]
        start, end = lines[max(0, min(row + step, len(lines) - 1))]
        self._move(min(start + column, max(start, end - 1)))

    def _next_word(self) -> None:
        starts = [m.start() for m in _WORD.finditer(self._text)]
        after = bisect_right(starts, self._cursor)
        self._move(starts[after] if after < len(starts) else len(self._text) - 1)

    def _word_before(self) -> None:
        starts = [m.start() for m in _WORD.finditer(self._text)]
        before = bisect_left(starts, self._cursor) - 1
        self._move(starts[before] if before >= 0 else 0)

    def _swap(self) -> None:
        self._anchor, self._cursor = self._cursor, self._anchor
        self._show()

    def _copy(self) -> None:
        text = self._screen.article.text_at(self.span)
        self.end()
        self._screen.copying.copy(text)

    def _highlight(self, colour: int) -> None:
        span = self.span
        self.end()
        self._screen.noting.highlight(span, COLOURS[colour])

    def _note(self) -> None:
        span = self.span
        self.end()
        self._screen.noting.write_on(span)
