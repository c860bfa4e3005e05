"""Figures reckoned from those told just before, found by trying the few ways that the word beside them allows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

from reader.checks.arithmetic.outcome import Outcome, agrees, open_, shown
from reader.checks.model import Case
from reader.claims.model import FigureParts
from reader.language.numbers import Number, find_numbers

_NOTHING = open_("the numbers told before do not give this one beyond doubt")
_PARAGRAPHS, _MOST, _FEW = 40, 60, 14
_SIGNIFICANT = 4  # digits of a number so exact that it comes out by no chance, wherever its terms stand
_LEAST, _LARGE = 10, 100  # smaller results turn up by chance; middling ones need their terms right beside them
_BESIDE = 90  # characters
_OF_TIME = (Decimal(12), Decimal(52), Decimal(7), Decimal(24), Decimal(365))


def reckoned(parts: FigureParts, case: Case) -> Outcome:
    """The first way in which numbers told before give this one to its last digit."""
    number, *pool = parts.numbers
    if len(number.text.strip("0").replace(",", "").replace(".", "").rstrip("0")) >= _SIGNIFICANT:
        own = [n for p in case.article.paragraphs[:_PARAGRAPHS] if p.is_checked for n in find_numbers(p.text)]
        pool = [*pool, *(n for n in own if n.value != number.value and n.currency == number.currency)][:_MOST]
    for formula in _WAYS[parts.words[0]](number, pool):
        return agrees(f"{formula}, as the text says.", formula)
    return _NOTHING


def _totals(number: Number, pool: list[Number]) -> Iterator[str]:
    """Two to five numbers told one after another."""
    alike = [n for n in pool if n.currency == number.currency]
    for size in range(2, 6):
        for first in range(len(alike) - size + 1):
            run = alike[first : first + size]
            if sum(n.value for n in run) == number.value and _counts(number, run):
                yield f"{' + '.join(shown(n.value) for n in run)} = {shown(number.value)}"


def _differences(number: Number, pool: list[Number]) -> Iterator[str]:
    """One number less another, or less two."""
    alike = [n for n in pool if n.currency == number.currency]
    for one, other in combinations(alike, 2):
        if abs(one.value - other.value) == number.value and _counts(number, [one, other]):
            high, low = max(one.value, other.value), min(one.value, other.value)
            yield f"{shown(high)} - {shown(low)} = {shown(number.value)}"
    for whole in alike[:_FEW]:
        for one, other in combinations([n for n in alike[:_FEW] if n is not whole], 2):
            if (
                one.value != other.value
                and whole.value - one.value - other.value == number.value
                and _counts(number, [whole, one, other])
            ):
                yield f"{shown(whole.value)} - {shown(one.value)} - {shown(other.value)} = {shown(number.value)}"


def _rates(number: Number, pool: list[Number]) -> Iterator[str]:
    """A total shared out over a count, told or of months, weeks, days or hours."""
    for total in (n for n in pool if n.currency == number.currency or number.currency is None):
        counts = [n.value for n in pool if n is not total and n.currency is None]
        for count in (*counts, *_OF_TIME):
            slack = total.half_width if "." in total.text else Decimal(0)
            if (
                count > 1
                and number.value > 0
                and abs(number.value * count - total.value) <= slack
                and total.value > number.value >= _LEAST * number.unit_in_last_place
            ):
                yield f"{shown(total.value)} / {shown(count)} = {shown(number.value)}"


def _shares(number: Number, pool: list[Number]) -> Iterator[str]:
    """The number right before the share, of another one told."""
    before = [n for n in pool if n.end <= number.start]
    if not before:
        return
    part = before[-1]
    for whole in before[:-1]:
        if whole.value > part.value and whole.currency == part.currency:
            share = part.value / whole.value * 100
            if abs(share - number.value) <= number.half_width:
                yield f"{shown(part.value)} / {shown(whole.value)} = {shown(share)} %"


def _ones_in(number: Number, pool: list[Number]) -> Iterator[str]:
    for one, other in permutations(pool, 2):
        if other.value >= _LEAST and one.value == other.value * number.value and number.value > 1:
            yield f"{shown(one.value)} / {shown(other.value)} = {shown(number.value)}"


def _counts(number: Number, run: list[Number]) -> bool:
    """Whether a result is too large for chance, or its numbers stand right beside it."""
    place = number.unit_in_last_place
    if number.value < _LEAST * place:
        return False
    return number.value >= _LARGE * place or all(abs(n.start - number.start) < _BESIDE for n in run)


_WAYS = {"total": _totals, "difference": _differences, "rate": _rates, "share": _shares, "one in": _ones_in}
RULES = {"reckoned": reckoned}
