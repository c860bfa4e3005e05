"""Sums, products, changes and conversions, computed over everything the printed digits can mean."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from reader.checks.arithmetic.outcome import Outcome, agrees, disagrees, open_, shown
from reader.checks.model import Case
from reader.claims.model import FigureParts
from reader.language.numbers import Number
from reader.language.units import UNITS

_CLEARLY_EVEN_ABOUT = Decimal("0.12")
_CLEARLY = Decimal("0.05")
_MOST_OF_IT = Decimal("0.6")
_HUNDRED = Decimal(100)


def _bounds(number: Number) -> tuple[Decimal, Decimal]:
    """All values that round to a printed number; exact for small counts."""
    half = number.half_width if number.currency or number.unit_in_last_place != 1 or "." in number.text else Decimal(0)
    return number.value - half, number.value + half


def _conversion(parts: FigureParts, case: Case) -> Outcome:
    one, other = parts.numbers
    name, into, difference = parts.words
    unit, target = UNITS[name.lower()], UNITS[into.lower()]
    if unit.dimension in ("celsius", "fahrenheit"):
        return _temperature(one, other, unit.dimension == "celsius", difference == "difference", name, into)
    best: tuple[Decimal, Decimal] | None = None
    for factor in unit.factors:
        for other_factor in target.factors:
            low, high = ((one.value + sign * one.half_width) * factor / other_factor for sign in (-1, 1))
            expected = one.value * factor / other_factor
            gap = max(Decimal(0), low - (other.value + other.half_width), (other.value - other.half_width) - high)
            if best is None or gap < best[0]:
                best = gap, expected
    gap, expected = best or (Decimal(0), Decimal(0))
    formula = f"{shown(one.value)} {name} = {shown(expected)} {into}"
    if gap == 0 or gap <= abs(expected) * Decimal("0.01"):
        return agrees(f"{formula}, as the text says.", formula)
    is_about = one.approximate or other.approximate
    if gap <= abs(expected) * (_CLEARLY_EVEN_ABOUT if is_about else _CLEARLY):
        return open_(f"{formula}; the text's {shown(other.value)} may be rounded")
    return disagrees(f"{formula}, not {shown(other.value)}.", formula)


def _temperature(one: Number, other: Number, from_celsius: bool, may_differ: bool, name: str, into: str) -> Outcome:
    factor = Decimal("1.8") if from_celsius else 1 / Decimal("1.8")
    absolute = one.value * factor + 32 if from_celsius else (one.value - 32) * factor
    tolerance = max(one.half_width * factor + other.half_width, Decimal("0.6"))
    readings = [(absolute, "")] + ([(one.value * factor, " as a difference")] if may_differ else [])
    for expected, how in readings:
        if abs(expected - other.value) <= tolerance:
            formula = f"{shown(one.value)} {name} = {shown(expected)} {into}{how}"
            return agrees(f"{formula}, as the text says.", formula)
    formula = f"{shown(one.value)} {name} = {shown(absolute)} {into}"
    if min(abs(expected - other.value) for expected, _ in readings) <= 3 or one.approximate or other.approximate:
        return open_(f"{formula}; the text's {shown(other.value)} may be rounded")
    return disagrees(f"{formula}, not {shown(other.value)}.", formula)


def _percent_change(parts: FigureParts, case: Case) -> Outcome:
    before, after, change = parts.numbers
    if before.value <= 0:
        return open_("a change from nothing has no per cent")
    direction = parts.words[0]
    low_before, high_before = before.value - before.half_width, before.value + before.half_width
    low_after, high_after = after.value - after.half_width, after.value + after.half_width
    if low_before <= 0:
        return open_("the numbers are too coarse for a per cent change")
    exact = (after.value - before.value) / before.value * _HUNDRED
    low = (low_after - high_before) / high_before * _HUNDRED
    high = (high_after - low_before) / low_before * _HUNDRED
    signed = -change.value if direction == "down" or (not direction and exact < 0) else change.value
    formula = f"({shown(after.value)} - {shown(before.value)}) / {shown(before.value)} = {shown(exact)} %"
    half = change.half_width
    if low - half <= signed <= high + half:
        return agrees(f"{formula}, as the text says.", formula)
    gap = max(low - signed, signed - high) - half
    about = parts.rule.endswith("about")
    if (
        gap <= max(Decimal(1), abs(exact) * (Decimal("0.25") if about else Decimal("0.08")))
        or before.approximate
        or after.approximate
        or about
    ):
        return open_(f"{formula}; the text's {shown(change.value)} % may be rounded")
    return disagrees(f"{formula}, not {shown(signed)} %.", formula)


def _points(parts: FigureParts, case: Case) -> Outcome:
    before, after, change = parts.numbers
    exact = after.value - before.value
    signed = -change.value if parts.words[0] == "down" or (not parts.words[0] and exact < 0) else change.value
    formula = f"{shown(after.value)} - {shown(before.value)} = {shown(exact)} points"
    slack = (
        before.half_width + after.half_width + change.half_width
        if "." in before.text + after.text + change.text
        else Decimal(0)
    )
    if abs(exact - signed) <= slack:
        return agrees(f"{formula}, as the text says.", formula)
    if any(n.approximate for n in parts.numbers) or abs(exact - signed) <= 1:
        return open_(f"{formula}; the text's {shown(change.value)} may be rounded")
    return disagrees(f"{formula}, not {shown(signed)}.", formula)


def _share(parts: FigureParts, case: Case) -> Outcome:
    percent, whole, part = parts.numbers
    if whole.value <= 0:
        return open_("a share of nothing has no size")
    exact = part.value / whole.value * _HUNDRED
    formula = f"{shown(part.value)} / {shown(whole.value)} = {shown(exact)} %"
    slack = (
        percent.half_width + (part.half_width if part.unit_in_last_place != 1 else Decimal(0)) / whole.value * _HUNDRED
    )
    slack = max(slack, Decimal("0.5") / whole.value * _HUNDRED if percent.unit_in_last_place == 1 else Decimal(0))
    if abs(exact - percent.value) <= slack:
        return agrees(f"{formula}, as the text says.", formula)
    if any(n.approximate for n in parts.numbers) or abs(exact - percent.value) <= max(
        Decimal(1), percent.value * _CLEARLY
    ):
        return open_(f"{formula}; the text's {shown(percent.value)} % may be rounded")
    return disagrees(f"{formula}, not {shown(percent.value)} %.", formula)


def _difference(parts: FigureParts, case: Case) -> Outcome:
    one, by, other = parts.numbers
    exact = other.value + by.value * (-1 if parts.words == ("less",) else 1)
    sign = "-" if parts.words == ("less",) else "+"
    formula = f"{shown(other.value)} {sign} {shown(by.value)} = {shown(exact)}"
    slack = sum((n.half_width for n in parts.numbers), Decimal(0))
    if abs(exact - one.value) <= slack:
        return agrees(f"{formula}, as the text says.", formula)
    return open_(f"{formula}, but {shown(one.value)} may be of something else")


def _over_time(parts: FigureParts, case: Case) -> Outcome:
    rate, times, total = parts.numbers
    exact = rate.value * times.value
    formula = f"{shown(rate.value)} × {shown(times.value)} = {shown(exact)}"
    slack = rate.half_width * times.value + total.half_width
    if abs(exact - total.value) <= slack:
        return agrees(f"{formula}, as the text says.", formula)
    if any(n.approximate for n in parts.numbers) or abs(exact - total.value) <= exact * _CLEARLY:
        return open_(f"{formula}; the text's {shown(total.value)} may be rounded")
    return disagrees(f"{formula}, not {shown(total.value)}.", formula)


def _ratio(parts: FigureParts, case: Case) -> Outcome:
    part, whole = parts.numbers
    factor = Decimal(parts.words[0])
    expected = whole.value * factor
    formula = f"{shown(whole.value)} × {shown(factor)} = {shown(expected)}"
    if expected == 0:
        return open_("a multiple of nothing has no size")
    slack = whole.half_width * factor + part.half_width if part.unit_in_last_place != 1 else Decimal("0.5")
    if abs(expected - part.value) <= max(slack, expected * Decimal("0.02")):
        return agrees(f"{formula}, as the text says.", formula)
    if part.approximate or whole.approximate or abs(expected - part.value) <= expected * Decimal("0.12"):
        return open_(f"{formula}; the text's {shown(part.value)} may be rounded")
    return disagrees(f"{formula}, not {shown(part.value)}.", formula)


def _parts_sum(parts: FigureParts, case: Case) -> Outcome:
    total, *items = parts.numbers
    summed = sum((n.value for n in items), Decimal(0))
    formula = f"{' + '.join(shown(n.value) for n in items)} = {shown(summed)}"
    slack = sum((_bounds(n)[1] - n.value for n in parts.numbers), Decimal(0))
    if abs(summed - total.value) <= slack:
        return agrees(f"{formula}, as the text says.", formula)
    if any(n.approximate for n in parts.numbers):
        return open_(f"{formula}; the numbers are approximate")
    if parts.words == ("unmarked",):
        return open_(f"{formula}; nothing says that the first number is the sum of the others")
    if summed < total.value and len({n.unit_in_last_place for n in parts.numbers}) > 1:
        return open_(f"{formula}; the parts may be rounded")
    if summed < total.value * _MOST_OF_IT:
        return open_(f"{formula}; so small a share may be some of the parts")
    return disagrees(f"{formula}, not {shown(total.value)}.", formula)


def _percent_parts(parts: FigureParts, case: Case) -> Outcome:
    summed = sum((n.value for n in parts.numbers), Decimal(0))
    formula = f"{' + '.join(shown(n.value) for n in parts.numbers)} = {shown(summed)} %"
    slack = sum((n.half_width for n in parts.numbers), Decimal(0))
    if summed == _HUNDRED:
        return agrees(f"{formula}, as it must be.", formula)
    if abs(summed - _HUNDRED) <= slack:
        return open_(f"{formula}; the shares may be rounded")
    return disagrees(f"{formula}, not 100 %.", formula)


def _list_count(parts: FigureParts, case: Case) -> Outcome:
    kind, *items = parts.words
    stated = int(parts.numbers[0].value)
    formula = f"{len(items)} named: {'; '.join(items)}"
    if len(items) == stated:
        return agrees(f"{formula}, as the text says.", formula)
    if kind != "list" or len(items) < 2:
        return open_(f"{formula}; the list may not be meant to be whole")
    return disagrees(f"{formula}, not {stated}.", formula)


def _product(parts: FigureParts, case: Case) -> Outcome:
    count, rate, total = parts.numbers
    rate_value, total_value = rate.value, total.value
    units = parts.words
    if len(units) == 2:
        one, other = UNITS[units[0].lower()], UNITS[units[1].lower()]
        if one.dimension != other.dimension:
            return open_("the units do not belong together")
        rate_value, total_value = rate.value * one.factors[0], total.value * other.factors[0]
    product = count.value * rate_value
    formula = f"{shown(count.value)} × {shown(rate_value)} = {shown(product)}"
    slack = count.value * (_bounds(rate)[1] - rate.value) + (_bounds(total)[1] - total.value)
    if abs(product - total_value) <= slack or (product and abs(product - total_value) / product <= Decimal("0.005")):
        return agrees(f"{formula}, as the text says.", formula)
    if product and abs(product - total_value) - slack <= product * _CLEARLY:
        return open_(f"{formula}; the text's {shown(total_value)} may be rounded")
    return disagrees(f"{formula}, not {shown(total_value)}.", formula)


def _rate(parts: FigureParts, case: Case) -> Outcome:
    """A rate that is "more than" something bounds the total from below; two ends that disagree conflict."""
    count, rate, total = parts.numbers
    product = count.value * rate.value
    formula = f"{shown(count.value)} × {shown(rate.value)} = {shown(product)}"
    slack = count.value * rate.half_width + total.half_width
    if abs(product - total.value) <= slack and not rate.approximate:
        return agrees(f"{formula}, as the text says.", formula)
    if count.approximate or total.approximate or abs(product - total.value) - slack <= product * _CLEARLY:
        return open_(f"{formula}; the numbers are approximate")
    if rate.approximate and product < total.value:
        return open_(f"{formula}; the rate is given as a bound")
    return Outcome(
        "conflicting",
        f"{formula}, but the text gives {shown(total.value)} for {shown(count.value)} {parts.words[0]}s.",
        formula,
    )


RULES: dict[str, Callable[[FigureParts, Case], Outcome]] = {
    "conversion": _conversion,
    "percent change": _percent_change,
    "percent change about": _percent_change,
    "points": _points,
    "share": _share,
    "ratio": _ratio,
    "difference": _difference,
    "over time": _over_time,
    "parts": _parts_sum,
    "percent parts": _percent_parts,
    "list count": _list_count,
    "product": _product,
    "rate": _rate,
}
