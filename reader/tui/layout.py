"""Where every line of an article stands: exact wherever somebody looks, reckoned everywhere else.

Nothing that a key waits for grows with the article: a long one is wrapped a few screens around the reader, and the heights
of all other paragraphs are guessed from their lengths until somebody comes near.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from reader.article.model import Paragraph
from reader.tui.wrapping import wrap

_BLOCK = 256
_SHORT = 1_500  # paragraphs: a shorter article is wrapped whole
_REMEMBERED = 3_000
_ROOM_LOST = 1.06  # a line is not filled to its last column
_CLOSE = ("list", "table", "code")  # one of these after another of its kind: no blank line between
_INDENTED = ("quote", "list", "code", "table")
INDENT = 2
_NUMBERED = 4

Line = tuple[int, int]


class Layout:
    """The lines of an article at one width: a blank line, and then each paragraph with a blank line after it."""

    def __init__(self, paragraphs: Sequence[Paragraph], width: int, tail: Callable[[int], int] = lambda _: 0) -> None:
        """`tail` says how many lines follow a paragraph's own (what is told under it); `width` is in cells."""
        self._paragraphs, self.width, self._tail = paragraphs, width, tail
        self._wrapped: dict[int, list[Line]] = {}
        self._is_exact = bytearray(len(paragraphs))
        by_length: dict[int, int] = {}
        self._heights = [self._reckoned(p, by_length) for p in paragraphs]
        self._sum()
        if len(paragraphs) <= _SHORT:
            self._make_exact(range(len(paragraphs)))

    @property
    def total(self) -> int:
        """All lines."""
        return self._blocks[-1]

    def lines(self, paragraph: int) -> list[Line]:
        """A paragraph's lines as (start, end) offsets into its text."""
        found = self._wrapped.get(paragraph)
        if found is None:
            if len(self._wrapped) >= max(_REMEMBERED, _SHORT):
                self._wrapped.clear()
            found = self._wrapped[paragraph] = wrap(self._paragraphs[paragraph].text, self._room(paragraph))
        return found

    def height(self, paragraph: int) -> int:
        """A paragraph's lines and those told under it, without the blank one."""
        return self._heights[paragraph] - self._gap(paragraph)

    def first_line(self, paragraph: int) -> int:
        """The line that a paragraph begins at, from the article's top."""
        block = paragraph // _BLOCK
        return 1 + self._blocks[block] + sum(self._heights[block * _BLOCK : paragraph])

    def paragraph_at(self, line: int) -> int:
        """The paragraph that a line belongs to, or that stands above it."""
        block = max(0, min(bisect_right(self._blocks, line - 1) - 1, len(self._blocks) - 2))
        at = self._blocks[block] + 1
        first = block * _BLOCK
        for paragraph in range(first, min(first + _BLOCK, len(self._heights))):
            at += self._heights[paragraph]
            if line < at:
                return paragraph
        return max(0, len(self._heights) - 1)

    def row_of(self, paragraph: int, at: int) -> int:
        """The row of a paragraph that holds a character."""
        return max(0, bisect_right(self.lines(paragraph), at, key=lambda line: line[0]) - 1)

    def settle(self, paragraph: int, rows: int) -> bool:
        """Make the lines around a paragraph exact, so many up and down; gives whether any has moved by it."""
        moved = False
        while not all(self._is_exact[p] for p in self._around(paragraph, rows)):
            moved |= self._make_exact(self._around(paragraph, 3 * rows))
        return moved

    def changed(self, paragraph: int) -> bool:
        """Take up that what is told under a paragraph has changed; gives whether any line has moved by it."""
        return bool(self._is_exact[paragraph]) and self._make_exact((paragraph,), again=True)

    def _around(self, paragraph: int, rows: int) -> range:
        first, above = paragraph, 0
        while first > 0 and above < rows:
            first -= 1
            above += self._heights[first]
        last, below = paragraph, 0
        while last < len(self._heights) - 1 and below < rows:
            below += self._heights[last]
            last += 1
        return range(first, last + 1)

    def _make_exact(self, paragraphs: Sequence[int], *, again: bool = False) -> bool:
        moved = False
        for paragraph in paragraphs:
            if not self._is_exact[paragraph] or again:
                height = len(self.lines(paragraph)) + self._tail(paragraph) + self._gap(paragraph)
                moved |= height != self._heights[paragraph]
                self._heights[paragraph] = height
                self._is_exact[paragraph] = 1
        if moved:
            self._sum()
        return moved

    def _sum(self) -> None:
        """How many lines stand above each block of paragraphs, and in all."""
        heights = self._heights
        sums = (sum(heights[at : at + _BLOCK]) for at in range(0, len(heights), _BLOCK))
        self._blocks = list(accumulate(sums, initial=0))
        self._blocks[-1] += 1

    def _gap(self, paragraph: int) -> int:
        """The blank lines after a paragraph."""
        following = paragraph + 1
        if following >= len(self._paragraphs):
            return 1
        one, other = self._paragraphs[paragraph], self._paragraphs[following]
        is_same = one.kind == other.kind and bool(one.level) == bool(other.level)
        return 0 if is_same and one.kind in _CLOSE else 1

    def _room(self, paragraph: int) -> int:
        return self.width - indent_of(self._paragraphs[paragraph])

    def _reckoned(self, paragraph: Paragraph, by_length: dict[int, int]) -> int:
        length = len(paragraph.text)
        if length not in by_length:
            by_length[length] = 1 + max(1, -(-int(length * _ROOM_LOST) // max(1, self.width)))
        return by_length[length]


def indent_of(paragraph: Paragraph) -> int:
    """How far to the right a paragraph stands: a list item leaves room for its mark or number."""
    if paragraph.kind == "list" and paragraph.level:
        return max(_NUMBERED, len(str(paragraph.level)) + 2)
    return INDENT if paragraph.kind in _INDENTED else 0
