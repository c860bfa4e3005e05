"""Figures that what was told before gives. They come from somewhere else in the text, so they are only ever supported."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import combinations

from reader.checks.arithmetic.outcome import Outcome, agrees, open_, shown
from reader.checks.model import Case
from reader.claims.model import FigureParts
from reader.language.datetext import resolve
from reader.language.numbers import Number, find_numbers

_NOTHING = open_("nothing that was told before gives this number beyond doubt")
_LEAST_SUM, _LEAST_FAR = 8, 20  # smaller sums turn up by chance
_LEAD = 3  # paragraphs: headline and lead, where a total may stand
_BEFORE = 6  # paragraphs in which race times may stand
_CLOCK = re.compile(r"(?<![\d:.])(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>[0-5]\d)(?![\d:])")
_YEARLIKE = re.compile(r"^(?:1[5-9]|20)\d\d$")


def _listed(parts: FigureParts, case: Case) -> Outcome:
    """The sum of a list is a number told in its paragraph, in the headline or in the lead."""
    summed = sum((n.value for n in parts.numbers), Decimal(0))
    place = min(n.unit_in_last_place for n in parts.numbers)
    formula = f"{' + '.join(shown(n.value) for n in parts.numbers)} = {shown(summed)}"
    own = next((p for p in case.article.paragraphs if _holds(p.text, parts.numbers)), None)
    if own is None or summed < _LEAST_SUM * place:
        return _NOTHING
    near = [n for n in find_numbers(own.text) if not any(n.start == m.start for m in parts.numbers)]
    far = [n for p in case.article.paragraphs[:_LEAD] if p.id != own.id for n in find_numbers(p.text)]
    for total in (*near, *(far if summed >= _LEAST_FAR * place else ())):
        if total.value == summed and total.currency == parts.numbers[0].currency and not _YEARLIKE.match(total.text):
            return agrees(f"{formula}, the number told elsewhere in the text.", formula)
    return _NOTHING


def _holds(text: str, numbers: tuple[Number, ...]) -> bool:
    return all(text[n.start : n.end] == n.text for n in numbers)


def _years_apart(parts: FigureParts, case: Case) -> Outcome:
    """So many years lie between two years told up to there, or between one and the article's day."""
    stated = int(parts.numbers[0].value)
    years = [d.year for d in parts.dates if d.year is not None]
    today = case.as_of.first.year if case.as_of is not None else None
    pairs = [] if parts.words == ("ago",) else list(combinations(dict.fromkeys(years[-4:]), 2))
    pairs += [(year, today) for year in years[-2:] if today is not None]
    for one, other in pairs:
        if abs(other - one) == stated:
            formula = f"{max(one, other)} - {min(one, other)} = {stated} years"
            return agrees(f"{formula}, as the text says.", formula)
    for date in parts.dates[-2:]:
        then = resolve(date, case.as_of)
        if then is not None and today is not None and parts.words == ("ago",) and today - then.first.year == stated:
            return agrees(f"{then} was {stated} years ago.", f"{today} - {then.first.year} = {stated}")
    return _NOTHING


def _times_apart(parts: FigureParts, case: Case) -> Outcome:
    """The difference of two race times of the article, to the second."""
    stated = int(parts.words[0])
    times = [_seconds(m) for p in case.article.checked for m in _CLOCK.finditer(p.text)]
    known = list(dict.fromkeys(t for t in times if t is not None))
    for one, other in combinations(known[: 4 * _BEFORE], 2):
        if abs(one - other) == stated:
            formula = f"{_clock(max(one, other))} - {_clock(min(one, other))} = {_clock(stated)}"
            return agrees(f"{formula}, as the text says.", formula)
    return _NOTHING


def _seconds(found: re.Match[str]) -> int | None:
    """A time with hours; minutes and seconds alone may be a time of day."""
    return int(found["h"]) * 3600 + int(found["m"]) * 60 + int(found["s"]) if found["h"] else None


def _clock(seconds: int) -> str:
    return (
        f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        if seconds >= 3600
        else f"{seconds // 60}:{seconds % 60:02}"
    )


def _less_than(parts: FigureParts, case: Case) -> Outcome:
    """A number of the sentence before lies so far from the one it is compared with."""
    gap, other, *earlier = parts.numbers
    for number in earlier:
        if abs(number.value - other.value) == gap.value:
            high, low = max(number.value, other.value), min(number.value, other.value)
            formula = f"{shown(high)} - {shown(low)} = {shown(gap.value)}"
            return agrees(f"{formula}, as the text says.", formula)
    return _NOTHING


def _share(parts: FigureParts, case: Case) -> Outcome:
    part, whole, percent = parts.numbers
    if whole.value == 0:
        return _NOTHING
    share = part.value / whole.value * 100
    formula = f"{shown(part.value)} / {shown(whole.value)} = {shown(share)} %"
    if abs(share - percent.value) <= percent.half_width + (Decimal("0.5") if percent.approximate else 0):
        return agrees(f"{formula}, as the text says.", formula)
    return _NOTHING


def _fraction(parts: FigureParts, case: Case) -> Outcome:
    part, whole = parts.numbers
    top, bottom, about = parts.words
    if whole.value == 0:
        return _NOTHING
    share, stated = part.value / whole.value * 100, Decimal(int(top)) / Decimal(int(bottom)) * 100
    formula = f"{shown(part.value)} / {shown(whole.value)} = {shown(share)} %"
    low, high = (0, 4) if "over" in about or "more" in about else (-4, 0) if about in ("nearly", "almost", "just under") else (-2, 2) if about else (-1, 1)  # fmt: skip
    if stated + low <= share <= stated + high:
        return agrees(f"{formula}, as the text says.", formula)
    return _NOTHING


RULES: dict[str, Callable[[FigureParts, Case], Outcome]] = {
    "listed": _listed,
    "years apart": _years_apart,
    "times apart": _times_apart,
    "less than": _less_than,
    "share of both": _share,
    "fraction of both": _fraction,
}
