"""Figures that bind each other: conversions, changes, sums and times, found in the words alone."""

from __future__ import annotations

import re

from reader.claims.figures.changes import find_changes
from reader.claims.figures.conversions import find_conversions
from reader.claims.figures.derived import find_derived
from reader.claims.figures.found import FoundFigure
from reader.claims.figures.named import find_named
from reader.claims.figures.reckoned import find_reckoned
from reader.claims.figures.sums import find_sums
from reader.claims.figures.times import find_times
from reader.language.datetext import DateMention
from reader.language.numbers import Number
from reader.language.sentences import Sentence

__all__ = ["FoundFigure", "find_figures"]


def find_figures(
    paragraph: int, text: str, sentences: tuple[Sentence, ...], dates: tuple[DateMention, ...]
) -> list[FoundFigure]:
    """All figure claims of a paragraph."""
    if not any(char.isdigit() for char in text) and not _has_number_words(text):
        return []
    found: list[FoundFigure] = []
    taken = [_with_range(date, text) for date in dates if date.year or date.day]
    for number, sentence in enumerate(sentences):
        following = sentences[number + 1] if number + 1 < len(sentences) else None
        quantities = (
            *find_conversions(paragraph, text, sentence),
            *find_changes(paragraph, text, sentence),
            *find_sums(paragraph, text, sentence, following),
            *find_named(paragraph, sentence, sentences[number - 1] if number else None),
            *find_derived(paragraph, sentence, sentences[number - 1] if number else None, dates),
            *find_reckoned(paragraph, sentence, sentences[max(0, number - 2) : number], dates),
        )
        found += [
            f for f in quantities if f.parts.rule == "reckoned" or not any(_is_dated(n, taken) for n in f.parts.numbers)
        ]
        found += find_times(paragraph, text, sentence, dates)
    return found


def _with_range(date: DateMention, text: str) -> tuple[int, int]:
    """Where a date stands, the first day of "9 to 15 January" included."""
    before = _FIRST_DAY.search(text, 0, date.start)
    return (before.start() if before else date.start), date.end


_FIRST_DAY = re.compile(r"\b\d{1,2}\s?(?:to|and|or|-|–)\s?\Z")


def _is_dated(number: Number, taken: list[tuple[int, int]]) -> bool:
    return any(start < number.end and number.start < end for start, end in taken)


def _has_number_words(text: str) -> bool:
    from reader.language.numbers import WORDS

    return any(word.strip('.,;:()"“”').lower() in WORDS for word in text.split())
