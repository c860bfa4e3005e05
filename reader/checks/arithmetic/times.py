"""Weekdays, durations, ages and impossible days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from reader.checks.arithmetic.outcome import Outcome, agrees, disagrees, open_, shown
from reader.checks.model import Case
from reader.claims.model import FigureParts
from reader.dates import Interval, years_between
from reader.language.datetext import WEEKDAYS, DateMention, Tense, resolve

_GREGORIAN_EVERYWHERE = 1924
_GREGORIAN_MOSTLY = 1800
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_DAYS = {"day": 1, "week": 7}


def _weekday(parts: FigureParts, case: Case) -> Outcome:
    mention = parts.dates[0]
    when = _day(mention, case)
    if when is None:
        return open_("the year of the date is not known")
    if when.year < _GREGORIAN_MOSTLY:
        return open_("the date may be in the old calendar")
    actual = WEEKDAYS[when.weekday()]
    formula = f"{Interval.day(when)} is a {actual}"
    if when.weekday() == mention.weekday:
        return agrees(f"{formula}, as the text says.", formula)
    if mention.year is None and _is_of_another_year(mention, when, case):
        return open_(f"{formula}; the day may be one of another year that is told of")
    if when.year < _GREGORIAN_EVERYWHERE:
        return open_(f"{formula}; the date may be in the old calendar")
    return disagrees(f"{formula}, not a {WEEKDAYS[mention.weekday or 0]}.", formula)


def _day_of_dateline(parts: FigureParts, case: Case) -> Outcome:
    """The dateline's own day; another weekday is one of the days before, or to come."""
    outcome = _weekday(parts, case)
    return outcome if outcome.label == "supported" else open_("the weekday is not that of the dateline")


def _is_of_another_year(mention: DateMention, when: date, case: Case) -> bool:
    """Whether that day falls on the weekday told in the year before or after, or in a year that the article tells of."""
    told = {int(y) for p in case.article.paragraphs if mention.text in p.text for y in _YEAR.findall(p.text)}
    for year in {when.year - 1, when.year + 1, *told}:
        other = resolve(replace(mention, year=year, weekday=None), None)
        if other is not None and other.first.weekday() == mention.weekday:
            return True
    return False


def _day(mention: DateMention, case: Case) -> date | None:
    """The day meant; without a year, the one year around the as-of date in which it lies near."""
    bare = replace(mention, weekday=None)
    if mention.year is not None:
        when = resolve(bare, None)
        return when.first if when else None
    as_of = case.as_of
    if as_of is None or not as_of.is_day:
        return None
    tenses: tuple[Tense, ...] = ("past", "future")
    today = as_of.first
    options = [w.first for tense in tenses if (w := resolve(bare, as_of, tense))]
    near = [o for o in options if abs((o - today).days) <= 120]
    return min(near, key=lambda o: abs((o - today).days)) if near else None


def _impossible(parts: FigureParts, case: Case) -> Outcome:
    text = parts.dates[0].text
    return disagrees(f"There is no {text}.", f"{text} is not in the calendar")


def _years(parts: FigureParts, case: Case) -> Outcome:
    count, (first, last) = int(parts.numbers[0].value), (int(w) for w in parts.words)
    span = last - first
    formula = f"{last} - {first} = {span} years"
    if count in (span, span + 1) and span > 0:
        return agrees(f"{formula}, as the text says.", formula)
    if abs(count - span) <= 1:
        return open_(f"{formula}; a year more or less can be meant")
    return disagrees(f"{formula}, not {count}.", formula)


def _clock(parts: FigureParts, case: Case) -> Outcome:
    first, last, unit = parts.words
    minutes = (_minutes(last) - _minutes(first)) % 1440
    stated = parts.numbers[0].value * (60 if unit == "hour" else 1)
    formula = f"from {first} to {last} is {minutes} minutes"
    if stated == minutes:
        return agrees(f"{formula}, as the text says.", formula)
    half_day = abs(abs(stated - minutes) - 720) < 1
    if parts.numbers[0].approximate or half_day or abs(stated - minutes) <= (30 if unit == "hour" else 2):
        return open_(f"{formula}; the text may round")
    return disagrees(f"{formula}, not {shown(parts.numbers[0].value)} {unit}s.", formula)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _apart(parts: FigureParts, case: Case) -> Outcome:
    """Days between two dates; the first and the last day may both be counted."""
    one, other = parts.dates
    if one.year is None and other.year is not None:
        one = replace(one, year=other.year)
    if other.year is None and one.year is not None:
        other = replace(other, year=one.year)
    first, last = _day(one, case), _day(other, case)
    unit, direction = parts.words
    if first is None or last is None or unit not in ("day", "week", "month", "year"):
        return open_("the dates cannot be told")
    if (direction in ("after", "earlier") and first < last) or (direction in ("before", "later") and last < first):
        return open_("it is not clear which date is counted from")
    days = abs((last - first).days)
    stated = float(parts.numbers[0].value)
    low, high = _range(unit, stated)
    formula = f"{Interval.day(min(first, last))} to {Interval.day(max(first, last))} is {days} days"
    if low <= days <= high:
        return agrees(f"{formula}, as the text says.", formula)
    margin = {"day": 1, "week": 4, "month": 20, "year": 200}[unit]
    if low - margin <= days <= high + margin:
        return open_(f"{formula}; the text may count the first day or round")
    return disagrees(f"{formula}, not {shown(parts.numbers[0].value)} {unit}s.", formula)


def _range(unit: str, stated: float) -> tuple[float, float]:
    if unit == "day":
        return stated - 1, stated + 1
    if unit == "week":
        return stated * 7 - 1, stated * 7 + 1
    if unit == "month":
        return stated * 30.44 - 4, stated * 30.44 + 4
    return stated * 365.25 - 4, stated * 365.25 + 4


def _ago(parts: FigureParts, case: Case) -> Outcome:
    then = resolve(parts.dates[0], None)
    if then is None or case.as_of is None:
        return open_("the day the article speaks from is not known")
    least, most = years_between(then, case.as_of)
    stated = int(parts.numbers[0].value)
    formula = f"{then} to {case.as_of} is {least if least == most else f'{least} to {most}'} years"
    if least <= stated <= most + 1 and abs(stated - (case.as_of.first.year - then.first.year)) <= 0:
        return agrees(f"{formula}, as the text says.", formula)
    if least - 1 <= stated <= most + 1:
        return open_(f"{formula}; a year more or less can be meant")
    return disagrees(f"{formula}, not {stated}.", formula)


def _order(parts: FigureParts, case: Case) -> Outcome:
    one, other = parts.dates
    if one.year is None and one.day and other.day and other.day < one.day:
        formula = f"{one.text} to {other.text}"
        return disagrees(f"It would end, on {other.text}, before it begins, on {one.text}.", formula)
    first, last = (resolve(d, None) for d in parts.dates)
    if first is None or last is None:
        return open_("the dates cannot be told")
    formula = f"{first} to {last}"
    if last.before(first):
        return disagrees(f"It would end, on {last}, before it begins, on {first}.", formula)
    return open_("the dates are in order")


def _age(parts: FigureParts, case: Case) -> Outcome:
    birth = resolve(parts.dates[0], None)
    stated, (kind,) = int(parts.numbers[0].value), parts.words
    on = resolve(parts.dates[1], None) if len(parts.dates) > 1 else case.as_of
    if birth is None or on is None:
        return open_("the day of the age is not known")
    least, most = years_between(birth, on)
    formula = f"born {birth}, on {on}: {least if least == most else f'{least} to {most}'} years old"
    if least <= stated <= most and (least == most or (birth.first.year != birth.last.year or most - least <= 1)):
        return agrees(f"{formula}, as the text says.", formula)
    if kind == "dated" and case.as_of is not None:
        today = years_between(birth, case.as_of)
        if today[0] - 1 <= stated <= today[1] + 1:
            return open_(f"{formula}; the age may be told of the article's own day")
    if kind == "today" and stated in (least - 1, most + 1):
        return open_(f"{formula}; the age may be told of another day")
    if not least - 1 < stated < most + 1 and ((birth.is_day and on.is_day) or not least - 1 <= stated <= most + 1):
        return disagrees(f"{formula}, not {stated}.", formula)
    return open_(f"{formula}; a year more or less can be meant")


RULES: dict[str, Callable[[FigureParts, Case], Outcome]] = {
    "weekday": _weekday,
    "day of dateline": _day_of_dateline,
    "impossible date": _impossible,
    "years": _years,
    "clock": _clock,
    "apart": _apart,
    "ago": _ago,
    "order": _order,
    "age": _age,
}
