"""Today's date, read in one place so that every run can be repeated."""

from __future__ import annotations

from datetime import UTC, date, datetime

_fixed: date | None = None


def set_today(day: date | None) -> None:
    """Fix today's date for this process (`--today`); None follows the machine's clock again."""
    global _fixed
    _fixed = day


def today() -> date:
    """Today, by the machine's clock unless it was fixed."""
    return _fixed or date.today()


def now_utc() -> str:
    """This moment in UTC, to the microsecond, as ISO 8601: for what the reader does, never for what is checked."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
