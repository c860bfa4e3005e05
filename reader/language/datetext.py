"""Dates as articles write them, resolved to intervals against the day the article speaks from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reader.dates import MONTHS, Interval, Precision, shifted

Tense = Literal["past", "future", "unknown"]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = "|".join(MONTHS) + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_YEAR = r"(?:1[0-9]|20)\d{2}"
_WEEKDAY_NAMES = "|".join(WEEKDAYS)

_PATTERN = re.compile(
    rf"""
    (?:(?P<wd>{_WEEKDAY_NAMES})\s*[,(]?\s*(?:the\s+)?(?=[\dJFMASOND]))?
    (?:
      (?<!\d)(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m1>{_MONTH_NAMES})(?:,?\s+(?P<y1>{_YEAR})\b)?(?!\d)
    | (?P<m2>{_MONTH_NAMES})\s+(?:the\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d|:\d|,\d{{3}}|\s*(?:per\ cent|percent|%|people|km\b))(?:,?\s+(?P<y2>{_YEAR})\b)?
    | (?P<iso>{_YEAR}-\d{{2}}-\d{{2}})(?!\d)
    )
    | (?P<m3>{_MONTH_NAMES}),?\s+(?:of\s+)?(?P<y3>{_YEAR})\b
    | (?P<part>early|mid|late)[-\s](?P<m6>{_MONTH_NAMES})(?:\s+(?P<y6>{_YEAR}))?
    | (?:the\s+)?(?:early\ |mid-?\ ?|late\ )?(?P<decade>(?:1[0-9]|20)\d0)s\b
    | (?<!ago\ )(?P<rel>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|(?:[Ll]ast|[Tt]his|[Nn]ext)\ (?:year|month|week))\b
    | (?P<ago>\d{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten|a|an)\ (?P<agounit>day|week|month|year|decade)s?\ (?P<dir>ago|earlier|later)\b
    | (?:(?:[Oo]n|[Bb]y|[Uu]ntil|till|[Ss]ince|[Ll]ast|[Nn]ext|[Tt]his)\s+)(?P<wd2>{_WEEKDAY_NAMES})\b(?!\s*[,(]?\s*(?:the\s+)?(?:\d{{1,2}}\b|(?:{_MONTH_NAMES})\s+\d))
    | (?:(?:[Ii]n|[Bb]y|[Uu]ntil|till|[Ss]ince|[Ll]ast|[Nn]ext|[Tt]his|[Ff]rom|[Dd]uring|to)\s+)(?P<m4>{_MONTH_NAMES})(?:(?<=\.)|\b)(?!\.?,?\s+(?:of\s+)?\d|\.\s?\d)
    | (?<![\w$€£#.,/-])(?P<y4>{_YEAR})(?![\w%]|[.,]\d|-?\s?(?:people|soldiers|troops|km|metres|meters|miles|dollars|euros|voters|votes|homes|jobs|workers|seats|units))
    """,
    re.VERBOSE,
)
_NUMBER_WORDS = {
    word: n
    for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
} | {
    "a": 1,
    "an": 1,
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written: offsets in the text, and the fields that are there."""

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: int | None = None
    relative: str | None = None

    @property
    def is_possible(self) -> bool:
        """Whether such a day can exist in some year (31 June cannot)."""
        return self.day is None or self.month is None or _valid(self.year or 2000, self.month, self.day)

    @property
    def is_absolute(self) -> bool:
        """Whether the text alone fixes it, whatever day the article speaks from."""
        return self.year is not None or self.decade is not None


def find_dates(text: str) -> tuple[DateMention, ...]:
    """All dates written in `text`, in order, not overlapping."""
    if not _MAY_HOLD_DATE.search(text):
        return ()
    return tuple(_mention(found) for found in _PATTERN.finditer(text) if not _is_name_not_date(found))


_MAY_HOLD_DATE = re.compile(
    rf"\d|{_WEEKDAY_NAMES}|{_MONTH_NAMES}|[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|(?:[Ll]ast|[Tt]his|[Nn]ext) |ago|earlier|later"
)


def _is_name_not_date(found: re.Match[str]) -> bool:
    """ "May" and "March" before a lower-case word may be verbs; a model number is not a year."""
    return found["m4"] in ("May", "March") and found[0].split()[0].lower() == "to"


def _mention(found: re.Match[str]) -> DateMention:
    start, end = found.span()
    get = found.groupdict().get
    year = month = day = weekday = decade = None
    relative = None
    if get("iso"):
        year, month, day = (int(part) for part in str(get("iso")).split("-"))
    for n in ("1", "2", "3", "4", "6"):
        if get(f"m{n}"):
            month = month_number(str(get(f"m{n}")))
        if get(f"y{n}"):
            year = int(str(get(f"y{n}")))
        if get(f"d{n}"):
            day = int(str(get(f"d{n}")))
    if get("part"):
        day = None
    if get("decade"):
        decade = int(str(get("decade")))
    name = get("wd") or get("wd2")
    if name:
        weekday = WEEKDAYS.index(str(name))
    if get("rel"):
        relative = str(get("rel")).lower()
    elif get("ago"):
        count = _NUMBER_WORDS.get(str(get("ago"))) or int(str(get("ago")))
        relative = f"{count} {get('agounit')} {get('dir')}"
    elif get("wd2") or get("m4"):
        relative = found[0].split()[0].lower()
        start += len(found[0]) - len(str(get("wd2") or get("m4")))
    return DateMention(start, end, found[0][-(end - start) :], year, month, day, weekday, decade, relative)


def month_number(name: str) -> int:
    """1 for "January", "Jan" or "Jan."."""
    return next(number for number, full in enumerate(MONTHS, 1) if full.startswith(name[:3]))


def resolve(mention: DateMention, as_of: Interval | None, tense: Tense = "unknown") -> Interval | None:
    """The interval a mention means, or None where the text and the as-of date leave it open.

    A date without a year is the last such day for the past tense and the next for the future; with no
    tense known it is the one that lies within six months, if only one does.
    """
    if not mention.is_possible:
        return None
    if mention.decade is not None:
        return Interval(date(mention.decade, 1, 1), date(mention.decade + 9, 12, 31), Precision.DECADE)
    if mention.year is not None:
        found = _fixed(mention.year, mention.month, mention.day)
        return found if found is None or _is_on_weekday(found, mention) else None
    if as_of is None:
        return None
    if mention.month is not None:
        return _month_or_day(mention, as_of, tense)
    if not as_of.is_day:
        return _coarse_relative(mention, as_of)
    if mention.weekday is not None:
        return _weekday(mention, as_of.first, tense)
    return _relative(mention.relative or "", as_of.first)


def _fixed(year: int, month: int | None, day: int | None) -> Interval | None:
    if not 1 <= year <= 9999:
        return None
    if month and day:
        return Interval.day(date(year, month, day)) if _valid(year, month, day) else None
    return Interval.month(year, month) if month else Interval.year(year)


def _month_or_day(mention: DateMention, as_of: Interval, tense: Tense) -> Interval | None:
    month = mention.month or 1
    step = {"last": -1, "next": 1}.get(mention.relative or "", 0)
    years = (as_of.first.year - 1, as_of.first.year, as_of.last.year, as_of.last.year + 1)
    options = sorted({option for year in years if (option := _fixed(year, month, mention.day))})
    options = [o for o in options if _is_on_weekday(o, mention)]
    if not as_of.is_day and any(o.overlaps(as_of) and not as_of.inside(o) for o in options):
        return None  # the article's own day may lie before it or after it
    past = [o for o in options if o.first <= as_of.last]
    future = [o for o in options if o.last >= as_of.first]
    if step < 0 or (tense == "past" and step == 0):
        chosen = [o for o in past if step == 0 or not o.overlaps(as_of)]
        return chosen[-1] if chosen else None
    if step > 0 or tense == "future":
        coming = [o for o in future if step == 0 or not o.overlaps(as_of)]
        return coming[0] if coming else None
    near = [o for o in options if o.overlaps(as_of.widened(183))]
    return near[0] if len(near) == 1 else None


def _is_on_weekday(when: Interval, mention: DateMention) -> bool:
    """Whether a day falls on the weekday that is told with it; a day of which that is not so is not meant."""
    return mention.weekday is None or not when.is_day or when.first.weekday() == mention.weekday


def _weekday(mention: DateMention, today: date, tense: Tense) -> Interval | None:
    back = (today.weekday() - (mention.weekday or 0)) % 7
    if mention.relative == "next" or tense == "future":
        return Interval.day(shifted(today, (7 - back) % 7 or 7))
    if mention.relative == "last":
        return Interval.day(shifted(today, -(back or 7)))
    return Interval.day(shifted(today, -back)) if tense == "past" else None


def _relative(words: str, today: date) -> Interval | None:
    moved = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}.get(words)
    if moved is not None:
        return Interval.day(shifted(today, moved))
    if words.endswith(" year"):
        return _fixed(today.year + {"last": -1, "this": 0, "next": 1}[words.split()[0]], None, None)
    if words.endswith(" month"):
        index = today.year * 12 + today.month - 1 + {"last": -1, "this": 0, "next": 1}[words.split()[0]]
        return _fixed(index // 12, index % 12 + 1, None)
    if words.endswith(" week"):
        monday = shifted(today, 7 * {"last": -1, "this": 0, "next": 1}[words.split()[0]] - today.weekday())
        return Interval(monday, shifted(monday, 6), Precision.SPAN)
    if words.endswith(" ago"):
        count, unit, _ = words.split()
        if unit == "year":
            first, last = max(1, today.year - int(count) - 1), max(1, today.year - int(count))
            return Interval(date(first, 1, 1), date(last, 12, 31), Precision.SPAN)
    return None


def _coarse_relative(mention: DateMention, as_of: Interval) -> Interval | None:
    shift = {"last year": -1, "this year": 0, "next year": 1}.get(mention.relative or "")
    if shift is None or as_of.first.year != as_of.last.year:
        return None
    return _fixed(as_of.first.year + shift, None, None)


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
