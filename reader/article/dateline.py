"""The day an article speaks from, when its own text says so: a dateline, never a date inside the story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.article.model import AsOf, Paragraph
from reader.dates import MONTHS, Interval, parse_iso

_MONTH = "|".join(f"{name}|{name[:3]}\\.?" for name in MONTHS) + "|Sept\\.?"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_DAY_FIRST = rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH}),?\s+(?P<y1>\d{{4}})"
_MONTH_FIRST = rf"(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
_ISO = r"(?P<iso>\d{4}-\d{2}-\d{2})"
_MONTH_ONLY = rf"(?P<m3>{_MONTH})\s+(?P<y3>\d{{4}})"
_DATE = rf"{_WEEKDAY}(?:{_DAY_FIRST}|{_MONTH_FIRST}|{_ISO}|{_MONTH_ONLY})"
_LABEL = r"(?i:(?:(?:first |last )?(?:published|posted|updated|written|filed|issued|dated?)(?:\s+(?:on|at))?\s*:?\s*)?)"
_TIME = r"(?i:[,\s]*(?:at\s+)?\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?)?"
_PLACE = r"(?:[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,4},\s+)?"
_BYLINE = r"(?:[Bb]y\s+[^,|·•\d]{3,60}\s*[,|·•–—-]\s*)?"

# The words of a date in any case; places, agencies and names with their capitals.
_WHOLE_LINE = re.compile(rf"^\W*{_BYLINE}{_LABEL}{_PLACE}(?i:{_DATE}){_TIME}\W*(?:\(?[A-Z][\w .]{{1,30}}\)?)?\W*$")
_OPENING = re.compile(
    rf"^[A-Z][\w.'’ ,-]{{1,60}}?[,(]\s*{_DATE}\)?\s*(?:\([A-Z][\w ./-]{{1,40}}\)|/[A-Z][\w ./-]{{1,40}}/)?\s*[-–—:]\s"
)
_SEARCHED_AT_TOP = 8
_LONGEST_LINE = 120


def is_dateline(text: str) -> bool:
    """Whether a line holds a date of publication and nothing else."""
    return len(text) <= _LONGEST_LINE and _WHOLE_LINE.match(text) is not None


def as_of_text(paragraphs: Sequence[Paragraph]) -> AsOf:
    """The date in a dateline near the top ("KYIV, 17 July 2022 (Agency) -", "Tuesday, March 8, 2011"), if one is there."""
    for paragraph in paragraphs[:_SEARCHED_AT_TOP]:
        text = paragraph.text
        found = (_WHOLE_LINE.match(text) if len(text) <= _LONGEST_LINE else None) or _OPENING.match(text)
        if found and (when := _interval(found)):
            return AsOf(when, "text")
    return AsOf()


def _interval(found: re.Match[str]) -> Interval | None:
    if found["iso"]:
        return parse_iso(found["iso"])
    name, year, day = next(
        (found[f"m{n}"], found[f"y{n}"], found[f"d{n}"] if n != 3 else None) for n in (1, 2, 3) if found[f"m{n}"]
    )
    month = next((number for number, full in enumerate(MONTHS, 1) if full.lower().startswith(name[:3].lower())), None)
    if month is None:
        return None
    return parse_iso(f"{int(year):04d}-{month:02d}" + (f"-{int(day):02d}" if day else ""))
