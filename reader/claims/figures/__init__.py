"""Figures that bind each other: conversions, changes, sums and times, found in the words alone."""

from __future__ import annotations

from reader.claims.figures.changes import find_changes
from reader.claims.figures.conversions import find_conversions
from reader.claims.figures.found import FoundFigure
from reader.claims.figures.sums import find_sums
from reader.claims.figures.times import find_times
from reader.language.datetext import DateMention
from reader.language.sentences import Sentence

__all__ = ["FoundFigure", "find_figures"]


def find_figures(
    paragraph: int, text: str, sentences: tuple[Sentence, ...], dates: tuple[DateMention, ...]
) -> list[FoundFigure]:
    """All figure claims of a paragraph."""
    if not any(char.isdigit() for char in text) and not _has_number_words(text):
        return []
    found: list[FoundFigure] = []
    for number, sentence in enumerate(sentences):
        following = sentences[number + 1] if number + 1 < len(sentences) else None
        found += find_conversions(paragraph, text, sentence)
        found += find_changes(paragraph, text, sentence)
        found += find_sums(paragraph, text, sentence, following)
        found += find_times(paragraph, text, sentence, dates)
    return found


def _has_number_words(text: str) -> bool:
    from reader.language.numbers import WORDS

    return any(word.strip('.,;:()"“”').lower() in WORDS for word in text.split())
