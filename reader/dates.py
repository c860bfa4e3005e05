"""Dates as intervals with a precision: the three-valued core that every check compares with.

"2018" is a year, never 1 January. Two intervals are definitely before, definitely after, or they
overlap; only the definite cases may decide anything (Wikidata's time precision: 9 year, 10 month, 11 day).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum


class Precision(IntEnum):
    """How much of a date is known, with Wikidata's numbers; coarser ones are not used for verdicts."""

    SPAN = 0  # some days that are no calendar unit, like a week
    CENTURY = 7
    DECADE = 8
    YEAR = 9
    MONTH = 10
    DAY = 11


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The days, both included, on which something dated may lie."""

    first: date
    last: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"an interval cannot end ({self.last}) before it begins ({self.first})")

    @classmethod
    def day(cls, when: date) -> Interval:
        """The interval of one day."""
        return cls(when, when, Precision.DAY)

    @classmethod
    def month(cls, year: int, month: int) -> Interval:
        """The interval of one month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH)

    @classmethod
    def year(cls, year: int) -> Interval:
        """The interval of one year."""
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    @property
    def is_day(self) -> bool:
        """Whether the date is known to the day."""
        return self.precision is Precision.DAY and self.first == self.last

    def before(self, other: Interval) -> bool:
        """Definitely before `other`."""
        return self.last < other.first

    def after(self, other: Interval) -> bool:
        """Definitely after `other`."""
        return self.first > other.last

    def overlaps(self, other: Interval) -> bool:
        """Neither definitely before nor definitely after."""
        return not self.before(other) and not self.after(other)

    def inside(self, other: Interval) -> bool:
        """Definitely inside `other`."""
        return other.first <= self.first and self.last <= other.last

    def widened(self, days: int) -> Interval:
        """The same interval with a margin of so many days on both sides."""
        return Interval(shifted(self.first, -days), shifted(self.last, days), self.precision)

    @property
    def iso(self) -> str:
        """ISO 8601 at the precision that is known."""
        if self.precision is Precision.DAY:
            return self.first.isoformat()
        if self.precision is Precision.MONTH:
            return f"{self.first.year:04d}-{self.first.month:02d}"
        if self.precision is Precision.YEAR:
            return f"{self.first.year:04d}"
        if self.precision is Precision.SPAN:
            return f"{self.first.isoformat()}/{self.last.isoformat()}"
        return f"{self.first.year:04d}/{self.last.year:04d}"

    def __str__(self) -> str:
        if self.precision is Precision.DAY:
            return f"{self.first.day} {MONTHS[self.first.month - 1]} {self.first.year}"
        if self.precision is Precision.MONTH:
            return f"{MONTHS[self.first.month - 1]} {self.first.year}"
        if self.precision is Precision.YEAR:
            return str(self.first.year)
        if self.precision is Precision.SPAN:
            return f"{self.first.isoformat()} to {self.last.isoformat()}"
        if self.precision is Precision.DECADE:
            return f"{self.first.year}s"
        return f"{self.first.year} to {self.last.year}"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def parse_iso(text: str) -> Interval | None:
    """Read "2018", "2018-05" or "2018-05-24"; anything else, or an impossible date, is None."""
    found = _ISO.match(text.strip())
    if not found:
        return None
    year, month, day = found.groups()
    try:
        if day:
            return Interval.day(date(int(year), int(month), int(day)))
        return Interval.month(int(year), int(month)) if month else Interval.year(int(year))
    except (ValueError, calendar.IllegalMonthError):
        return None


def shifted(day: date, days: int) -> date:
    """`day` moved by so many days, held inside what a date can express."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def years_between(birth: Interval, on: Interval) -> tuple[int, int]:
    """The least and the greatest number of full years from `birth` to `on`: an age, as an interval."""
    return _full_years(birth.last, on.first), _full_years(birth.first, on.last)


def _full_years(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
