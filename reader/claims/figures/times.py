"""Times that bind each other: weekday and date, durations, ages against births in the text, impossible days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from reader.claims.figures.found import FoundFigure, figure
from reader.claims.model import FigureParts
from reader.language.datetext import DateMention
from reader.language.numbers import Number, find_numbers
from reader.language.sentences import Sentence

_IMPOSSIBLE = re.compile(r"[\"'‘“]")
_SPAN_YEARS = re.compile(
    r"\b(?:from|between)\s(?P<a>(?:1[0-9]|20)\d\d)\s(?:to|until|and|till)\s(?P<b>(?:1[0-9]|20)\d\d)(?P<bc>\sBC)?,?\s(?:a\s(?:period|span|reign|total)\sof\s|or\s|some\s)?",
    re.IGNORECASE,
)
_SPAN_BC = re.compile(r"\bfrom\s(?P<a>\d{2,4})\sto\s(?P<b>\d{2,4})\sBC,?\s", re.IGNORECASE)
_YEARS = re.compile(r"^\s?(?:long\s|full\s|whole\s)?years?\b")
_UNIT_AFTER = re.compile(r"^[\s-](?P<unit>day|week|month|year)s?\b(?P<rest>\s(?:after|before|later|earlier|ago))?")
_THEN_LATER = re.compile(r"^[\s-](?P<unit>day|week|month|year)s?\s(?P<dir>later|earlier)\b")
_CLOCKS = re.compile(
    r"(?P<h1>[01]?\d|2[0-3])[:.](?P<m1>[0-5]\d)\b(?P<gap>[^.;]{1,90}?)(?P<h2>[01]?\d|2[0-3])[:.](?P<m2>[0-5]\d)\b,?\s(?P<rest>.{0,40})"
)
_DURATION = re.compile(
    r"^(?:or\s|a\stotal\sof\s|exactly\s|just\s|only\s)?(?P<n>\d+(?:\.\d+)?|[a-z]+(?:-[a-z]+)?)\s(?P<unit>minutes?|hours?)\b(?:\s(?:later|each|a|in|of|per|and|$))?"
)
_BORN = re.compile(r"\b(?:was\s)?born\b[^.;]{0,40}?$|\((?:born|b\.)\s(?:on\s)?$")
_AGED = re.compile(
    r"\b(?:aged\s|at\sthe\sage\sof\s|at\s(?:age\s)?|(?:he|she|they)\swas\s|who\s(?:is|was)\s|his\s|her\s|turned\s)(?P<age>\d{1,3})(?P<th>th|st|nd|rd)?(?P<birthday>\sbirthday)?(?=[,.;)\s]|$)"
)
_ANOTHER_PERSON = re.compile(r"(?<!\bin\s)(?<!\bat\s)(?<!\bof\s)\b[A-Z]\w+\s[A-Z]\w+")
_DIED = re.compile(r"\bdied\b")
_DATELINE = re.compile(r"[A-Z][A-ZÀ-Ý .,'’-]{2,40},\s(?:[A-Z][a-z]+,\s)?")
_WIRE = re.compile(r"\s?(?:\([^)]{1,30}\)\s?)?[-–—]\s")


def find_times(paragraph: int, text: str, sentence: Sentence, dates: tuple[DateMention, ...]) -> Iterator[FoundFigure]:
    """All claims about times of a sentence."""
    own = tuple(d for d in dates if sentence.start <= d.start < sentence.end)
    for date in own:
        yield from _single(paragraph, text, sentence, date, own)
    yield from _day_of_dateline(paragraph, text, sentence, own)
    yield from _year_spans(paragraph, sentence)
    yield from _clock_spans(paragraph, sentence)
    yield from _apart(paragraph, text, sentence, own)
    yield from _ago(paragraph, text, sentence, own)
    yield from _order(paragraph, text, sentence, own)
    yield from _ages(paragraph, text, sentence, own)


def _single(
    paragraph: int, text: str, sentence: Sentence, date: DateMention, own: tuple[DateMention, ...]
) -> Iterator[FoundFigure]:
    if not date.is_possible:
        if _IMPOSSIBLE.search(text[max(0, date.start - 1) : date.start]):
            return
        yield figure(
            paragraph,
            sentence.text,
            date.start,
            date.end,
            FigureParts("impossible date", dates=(date,)),
            text[max(sentence.start, date.start - 30) : date.end],
        )
        return
    if date.day is None:
        return
    weekday = date if date.weekday is not None else _weekday_said(text, sentence, date)
    if weekday is not None and weekday.weekday is not None:
        merged = replace(date, weekday=weekday.weekday)
        yield figure(
            paragraph,
            text[max(sentence.start, date.start - 30) : weekday.end],
            min(date.start, weekday.start),
            max(date.end, weekday.end),
            FigureParts("weekday", dates=(merged, *(d for d in own if d is not date and d.year is not None))),
        )


def _day_of_dateline(
    paragraph: int, text: str, sentence: Sentence, own: tuple[DateMention, ...]
) -> Iterator[FoundFigure]:
    """ "VIKENS, 25 July 2019 (wire) - The carmaker on Thursday reported …": the dateline's day, by its weekday."""
    dated = next((d for d in own if d.day is not None and d.year is not None and d.weekday is None), None)
    named = next(
        (d for d in own if d.weekday is not None and d.day is None and d.relative not in ("last", "next")), None
    )
    if dated and named and _DATELINE.fullmatch(text[sentence.start : dated.start]) and _WIRE.match(text, dated.end):
        parts = FigureParts("day of dateline", dates=(replace(dated, weekday=named.weekday),))
        yield figure(paragraph, text[named.start : named.end], named.start, named.end, parts)


def _weekday_said(text: str, sentence: Sentence, date: DateMention) -> DateMention | None:
    """ "9 November 1989 was a Thursday"."""
    from reader.language.datetext import WEEKDAYS

    found = re.match(
        rf"\s?(?:,?\s(?:was|is|fell\son|falls\son|will\sbe)\s(?:a\s)?|,\swhich\s(?:was|is|will\sbe)\sa\s|,\sa\s)(?P<day>{'|'.join(WEEKDAYS)})\b",
        text[date.end : sentence.end],
    )
    if not found or (date.year is None and not found[0].startswith(", a")):
        return None
    return DateMention(
        date.start,
        date.end + found.end(),
        text[date.start : date.end + found.end()],
        weekday=WEEKDAYS.index(found["day"]),
    )


def _year_spans(paragraph: int, sentence: Sentence) -> Iterator[FoundFigure]:
    """ "from 2001 to 2004, three years"."""
    for pattern in (_SPAN_YEARS, _SPAN_BC):
        for found in pattern.finditer(sentence.text):
            count = _number_at(sentence.text, found.end())
            if count and _YEARS.match(sentence.text[count.end :]) and not count.approximate:
                first, last = (int(found["a"]), int(found["b"]))
                words = (str(last), str(first)) if pattern is _SPAN_BC else (str(first), str(last))
                end = count.end + len(_YEARS.match(sentence.text[count.end :])[0])  # type: ignore[index]
                yield figure(
                    paragraph,
                    sentence.text,
                    sentence.start + found.start(),
                    sentence.start + end,
                    FigureParts("years", (count,), words=words),
                )
    found_two = re.search(
        r"\bin\s(?P<a>(?:1[0-9]|20)\d\d)\b[^.;]{3,60}?\bin\s(?P<b>(?:1[0-9]|20)\d\d),?\s(?:after|ending)\s(?:a|an|his|her|its)\s(?P<n>\d{1,3})-year\b",
        sentence.text,
    )
    if found_two:
        count = _number_at(sentence.text, found_two.start("n"))
        if count:
            parts = FigureParts("years", (count,), words=(found_two["a"], found_two["b"]))
            yield figure(
                paragraph, sentence.text, sentence.start + found_two.start(), sentence.start + found_two.end(), parts
            )


def _number_at(text: str, at: int) -> Number | None:
    """The number that begins at a place."""
    first = next(iter(find_numbers(text[at : at + 24])), None)
    return replace(first, start=at, end=at + first.end) if first and first.start == 0 else None


def _clock_spans(paragraph: int, sentence: Sentence) -> Iterator[FoundFigure]:
    """ "from 22:00 to 02:00, four hours", "at 13:30 and arrived at 15:20, 110 minutes later"."""
    for found in _CLOCKS.finditer(sentence.text):
        duration = _DURATION.match(found["rest"])
        if (
            not duration
            or not re.search(r"\bto\b|\buntil\b|\bat\b|–|-", found["gap"])
            or re.search(r"\b(?:GMT|UTC|EST|PST|CET|BST|local)\b", sentence.text)
        ):
            continue
        count = _number_at(sentence.text, found.start("rest") + duration.start("n"))
        if count is None:
            continue
        words = (f"{found['h1']}:{found['m1']}", f"{found['h2']}:{found['m2']}", duration["unit"].rstrip("s"))
        end = found.start("rest") + duration.end("unit")
        yield figure(
            paragraph,
            sentence.text,
            sentence.start + found.start(),
            sentence.start + end,
            FigureParts("clock", (count,), words=words),
        )


def _apart(paragraph: int, text: str, sentence: Sentence, own: tuple[DateMention, ...]) -> Iterator[FoundFigure]:
    """ "found on 18 February, 12 days after the earthquake of 6 February"; "began on 3 May and ended on 14 June, six weeks later"."""
    days = [d for d in own if d.day is not None and d.month is not None and d.is_possible]
    for one, other in zip(days, days[1:], strict=False):
        gap = text[one.end : other.start]
        for number in find_numbers(gap):
            unit = _UNIT_AFTER.match(gap[number.end :])
            if (
                unit
                and unit["rest"]
                and unit["rest"].strip() in ("after", "before")
                and re.match(r"^\s?,?\s(?:just\s|exactly\s|only\s)?$", gap[: number.start])
                and len(gap) < 110
                and not number.approximate
            ):
                placed = replace(number, start=one.end + number.start, end=one.end + number.end)
                parts = FigureParts("apart", (placed,), (one, other), (unit["unit"], unit["rest"].strip()))
                yield figure(paragraph, sentence.text, one.start, other.end, parts)
        after = text[other.end : min(sentence.end, other.end + 60)]
        for number in find_numbers(after)[:1]:
            later = _THEN_LATER.match(after[number.end :])
            if (
                later
                and re.match(r"^\s?,\s(?:just\s|exactly\s|only\s)?$", after[: number.start])
                and not number.approximate
            ):
                placed = replace(number, start=other.end + number.start, end=other.end + number.end)
                parts = FigureParts("apart", (placed,), (one, other), (later["unit"], later["dir"]))
                yield figure(paragraph, sentence.text, one.start, placed.end + later.end(), parts)


def _ago(paragraph: int, text: str, sentence: Sentence, own: tuple[DateMention, ...]) -> Iterator[FoundFigure]:
    """ "finished in 1998, 24 years ago"."""
    for date in own:
        if date.year is None:
            continue
        after = text[date.end : min(sentence.end, date.end + 40)]
        found = re.match(r"^\s?,\s(?:just\s|exactly\s|only\s)?(?P<n>\d{1,4}|[a-z]+(?:-[a-z]+)?)\syears\sago\b", after)
        if found:
            number = _number_at(after, found.start("n"))
            if number and not number.approximate:
                placed = replace(number, start=date.end + number.start, end=date.end + number.end)
                yield figure(
                    paragraph, sentence.text, date.start, date.end + found.end(), FigureParts("ago", (placed,), (date,))
                )


_FROM = re.compile(r"\bfrom\s(?:the\s)?$")
_LASTS = re.compile(
    r"\b(?:runs?|ran|lasts?|lasted|open|opens|stays?|stayed|remain(?:s|ed)?|closed|held|held\soffice|served|serves|reigned|ruled|lived|governed|led|raged|fought|continue(?:s|d)?|takes?\splace|took\splace|on\s(?:show|display|view)|exhibition|festival|fair|war|reign|term|siege|season|tour|conference|valid|works?|worked)\b"
)
_MOVED = re.compile(r"\b(?:moved|chang\w+|brought|put|push\w+|correct\w+|fell|dropped|shift\w+|revis\w+|amend\w+|back|rows?|years?\sold|letters?|backwards|Julian|calendar|old\sstyle)\b")  # fmt: skip
_TO = re.compile(r"\s?(?:to|until|till|–|-|through)\s(?:the\s)?")
_BEGINS = re.compile(r"\b(?:beg[au]n|begins|opens|opened|starts|started|broke\sout)\s(?:on\s|in\s)?(?:the\s)?$")
_ENDS = re.compile(
    r"^[^.;:]{0,12}?(?:,\s)?and\s(?:was\s|is\s|it\s)?(?:closes|closed|ends|ended|lifted|finished|finishes|over|called\soff)\s(?:on\s|in\s)?(?:the\s)?$"
)


def _order(paragraph: int, text: str, sentence: Sentence, own: tuple[DateMention, ...]) -> Iterator[FoundFigure]:
    """ "from 12 June to 9 June 2023", "began on 9 August 1742 and was lifted on 2 July 1742": it ends before it begins."""
    for one, other in zip(own, own[1:], strict=False):
        lead = text[max(sentence.start, one.start - 16) : one.start].lower()
        link = text[one.end : other.start]
        run = text[max(sentence.start, one.start - 60) : one.start]
        is_range = _TO.fullmatch(link) and _FROM.search(lead) and _LASTS.search(run) and not _MOVED.search(run)
        if re.match(r"\s?(?:BC|B\.C\.|BCE)", text[other.end :]) or re.search(r"\bBC", link):
            continue
        begins_and_ends = _BEGINS.search(lead) and _ENDS.match(link) and not _MOVED.search(sentence.text)
        if not is_range and not begins_and_ends:
            continue
        if one.year is None and other.year is not None and one.month and one.month <= (other.month or 0):
            one = replace(one, year=other.year)
        if other.year is None and one.year is not None and other.month and other.month >= (one.month or 13):
            other = replace(other, year=one.year)
        is_within_month = one.year is None and other.year is None and one.month == other.month and one.day and other.day
        if not is_within_month and (one.year is None or other.year is None):
            continue
        yield figure(paragraph, sentence.text, one.start, other.end, FigureParts("order", dates=(one, other)))


def _ages(paragraph: int, text: str, sentence: Sentence, own: tuple[DateMention, ...]) -> Iterator[FoundFigure]:
    """An age against a birth that the same sentence states: "born in 1950, died in 2020 at 70"."""
    births = [d for d in own if d.year is not None and _BORN.search(text[sentence.start : d.start])]
    if len(births) != 1:
        return
    birth = births[0]
    ages = list(_AGED.finditer(sentence.text))
    if len(ages) != 1:
        return
    age = ages[0]
    if re.match(r"at\s\d", age[0]) and not _DIED.search(sentence.text[max(0, age.start() - 40) : age.start()]):
        return  # "came back at 21": of another day
    others = [d for d in own if d is not birth and d.year is not None]
    if len(others) > 1:
        return
    first, last = sorted((birth.end - sentence.start, age.start()))
    if _ANOTHER_PERSON.search(sentence.text[first:last]):
        return
    tail = sentence.text[age.end("age") :]
    if (
        re.match(
            r"(?:\s|-)(?:years?\sin|per\s?cent|%|goals|times|km|months|metres|points|weeks|days|of\b|different|in\s)|-year(?!s?-old)",
            tail,
        )
        and not age["birthday"]
    ):
        return
    if age[0].startswith(("his ", "her ")) and not age["birthday"]:
        return
    number = Number(
        sentence.start + age.start("age"), sentence.start + age.end("age"), age["age"], Decimal(age["age"]), Decimal(1)
    )
    words = ("birthday" if age["birthday"] else "dated" if others else "today",)
    start = min(birth.start, number.start)
    end = max(birth.end, sentence.start + age.end())
    yield figure(paragraph, sentence.text, start, end, FigureParts("age", (number,), (birth, *others), words))
