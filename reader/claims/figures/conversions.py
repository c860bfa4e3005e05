"""A quantity with its conversion in brackets: "100 km (62 miles)", "42-metre (138-foot)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.claims.figures.found import FoundFigure, figure
from reader.claims.model import FigureParts
from reader.language.numbers import Number
from reader.language.sentences import Sentence
from reader.language.units import Quantity, find_quantities

_BRACKET = re.compile(r"^\s?\(\s?(?:about\s|around\s|some\s|or\s|roughly\s|approximately\s|nearly\s|minus\s|-|−)?$")
_DIFFERENCE = re.compile(
    r"\b(?:rise|rose|warmer|colder|cooler|hotter|increase\w*|difference|drop\w*|fall|fell|warming|cooling|by|swing|anomaly|above|below)\b",
    re.IGNORECASE,
)
_SAME = {"celsius": "fahrenheit", "fahrenheit": "celsius"}


def find_conversions(paragraph: int, text: str, sentence: Sentence) -> Iterator[FoundFigure]:
    """Every pair of quantities of one dimension, the second in brackets right behind the first."""
    if "(" not in sentence.text:
        return
    quantities = find_quantities(sentence.text)
    for one, other in zip(quantities, quantities[1:], strict=False):
        gap = sentence.text[one.end : other.start]
        closed = sentence.text[other.end : other.end + 1] == ")"
        if not _BRACKET.match(gap) or not closed or not _is_pair(one, other):
            continue
        window = sentence.text[max(0, one.start - 40) : min(len(sentence.text), other.end + 20)]
        words = (one.name, other.name, "difference" if _DIFFERENCE.search(window) else "")
        numbers = (_number(one, sentence), _number(other, sentence))
        yield figure(
            paragraph,
            "",
            sentence.start + one.start,
            sentence.start + other.end + 1,
            FigureParts("conversion", numbers, words=words),
            "",
        )


def _is_pair(one: Quantity, other: Quantity) -> bool:
    if one.unit.dimension in _SAME:
        return _SAME[one.unit.dimension] == other.unit.dimension
    return one.unit.dimension == other.unit.dimension and one.name.lower() != other.name.lower()


def _number(quantity: Quantity, sentence: Sentence) -> Number:
    text = sentence.text[quantity.start : quantity.end]
    return Number(
        sentence.start + quantity.start,
        sentence.start + quantity.end,
        text,
        quantity.value,
        quantity.half_width * 2,
        None,
        quantity.approximate,
    )
