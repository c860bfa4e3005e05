"""Search in the text: literal words or a regular expression, found from where the reader is, counted meanwhile.

Small letters find both cases, a capital only itself. A pattern gets a fraction of a second a paragraph and no more, so that no
expression can hold the screen (the `regex` package can be stopped; the standard library's cannot).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from reader.article.model import Paragraph

_SECONDS = 0.2
_LONGEST = 200


class SearchError(Exception):
    """A pattern cannot be searched for; the message is one line."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Where a pattern was found: offsets into a paragraph's text."""

    paragraph: int
    start: int
    end: int


class TextSearch:
    """One pattern over one article."""

    def __init__(self, pattern: str, paragraphs: Sequence[Paragraph]) -> None:
        """Raises SearchError for a pattern that is too long."""
        if len(pattern) > _LONGEST:
            raise SearchError(f"a pattern has at most {_LONGEST} characters")
        self.pattern = pattern
        self._expression = _compiled(pattern)
        self._paragraphs = paragraphs
        self._counted: list[Found] = []
        self._next_to_count = 0

    def in_paragraph(self, number: int) -> list[Found]:
        """Everything found in one paragraph, in order; nothing where the expression takes too long there."""
        try:
            spans = [m.span() for m in self._expression.finditer(self._paragraphs[number].text, timeout=_SECONDS)]
        except TimeoutError:
            return []
        return [Found(number, start, end) for start, end in spans if end > start]

    def nearest(self, paragraph: int, at: int, step: int) -> Found | None:
        """The next (or, with a negative step, the last) place from a character on, round the end of the article."""
        count = len(self._paragraphs)
        for distance in range(count + 1):
            number = (paragraph + (distance if step > 0 else -distance)) % count
            found = self.in_paragraph(number)
            if distance == 0:
                found = [f for f in found if (f.start >= at if step > 0 else f.start < at)]
            elif distance == count:
                found = [f for f in found if (f.start < at if step > 0 else f.start >= at)]
            if found:
                return found[0] if step > 0 else found[-1]
        return None

    def count_on(self) -> Iterator[int]:
        """Count a paragraph at a time; gives how many there are so far."""
        while self._next_to_count < len(self._paragraphs):
            self._counted += self.in_paragraph(self._next_to_count)
            self._next_to_count += 1
            yield len(self._counted)

    @property
    def is_counted(self) -> bool:
        """Whether all of the article has been counted."""
        return self._next_to_count >= len(self._paragraphs)

    def place_of(self, found: Found) -> str:
        """ "3 of 17", with a plus sign while it is still being counted."""
        number = bisect_left(self._counted, found) + 1
        total = f"{len(self._counted):,}{'' if self.is_counted else '+'}"
        known = number <= len(self._counted) and self._counted[number - 1] == found
        return f"{number:,} of {total}" if known else f"… of {total}"


def _compiled(pattern: str) -> regex.Pattern[str]:
    """The pattern as an expression if it is one, else as the words that it is."""
    flags = regex.IGNORECASE if pattern == pattern.lower() else 0
    try:
        return regex.compile(pattern, flags)
    except (regex.error, OverflowError, RecursionError, ValueError):
        return regex.compile(regex.escape(pattern), flags)
