"""Search in the text: literal words or a regular expression, found from where the reader is, counted meanwhile.

Small letters find both cases, a capital only itself. A pattern gets a fraction of a second a paragraph and no more, so that no
expression can hold the screen (the `regex` package can be stopped; the standard library's cannot).
"""

from __future__ import annotations

from array import array
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
        self._counts = array("L")  # places by paragraph: a common word has too many in a book to keep them all
        self._total = 0

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
        while not self.is_counted:
            self._counts.append(len(self.in_paragraph(len(self._counts))))
            self._total += self._counts[-1]
            yield self._total

    @property
    def is_counted(self) -> bool:
        """Whether all of the article has been counted."""
        return len(self._counts) >= len(self._paragraphs)

    def place_of(self, found: Found) -> str:
        """ "3 of 17", with a plus sign while it is still being counted."""
        total = f"{self._total:,}{'' if self.is_counted else '+'}"
        beside = self.in_paragraph(found.paragraph) if found.paragraph < len(self._counts) else []
        if found not in beside:
            return f"… of {total}"
        return f"{sum(self._counts[: found.paragraph]) + beside.index(found) + 1:,} of {total}"


def _compiled(pattern: str) -> regex.Pattern[str]:
    """The pattern as an expression if it is one, else as the words that it is."""
    flags = regex.IGNORECASE if pattern == pattern.lower() else 0
    try:
        return regex.compile(pattern, flags)
    except (regex.error, OverflowError, RecursionError, ValueError):
        return regex.compile(regex.escape(pattern), flags)
