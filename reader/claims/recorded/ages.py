"""Ages, and how long somebody held an office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.claims.model import Found, Relation
from reader.claims.recorded.around import around, found_at
from reader.claims.recorded.parts import AgeGapParts, AgeParts, LengthParts
from reader.claims.sentence import SentenceView
from reader.language.numbers import WORDS, find_numbers

_SPOKEN = "|".join(sorted(WORDS, key=len, reverse=True))
_COUNT = rf"\d{{1,3}}|(?:{_SPOKEN})(?:-(?:{_SPOKEN}))?"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_TENTHS = {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100, "twentieth": 20}  # fmt: skip
_NTH = re.compile(
    rf"\b(?P<nth>\d{{1,3}}(?:st|nd|rd|th)|{'|'.join((*_ORDINALS, *_TENTHS))})\s(?P<what>birthday|anniversary|year\b(?!\s(?:in|of)\s(?:a\srow|succession|running)))|(?P<n>\d{{1,3}})-year\s(?:history|existence)"
)
_AGE = re.compile(
    rf"(?P<lead>\b(?:aged|at\sthe\sage\sof|at\sage|turn(?:s|ed|ing)?|celebrat\w+\s(?:his|her|its)|by\sthen|then|now|also|only|just|still|(?:he|she|who|it)\s(?:was|is)|was|is|at|At|[Aa]ged|its|his|her|(?:will|would)\sbe|[Tt]he(?=\s[\w-]+-year-old))\s|,\s|\()"
    rf"(?P<age>{_COUNT})(?P<th>st|nd|rd|th)?(?P<old>\syears?\sold|-year-old|\sbirthday|\sanniversary)?(?=[\s,.;:)–—]|$)"
)
_NOT_AGE = re.compile(
    r"^\s(?:per|percent|%|people|years?|days?|weeks?|months?|hours?|minutes?|seconds?|km|kilomet|met|miles?|million|billion|thousand|hundred|of\b|members?|seats?|votes?|times?|points?|(?!was|is|years)[a-z]+s\b)"
)
_DEATH = re.compile(r"\b(?:died|dies|dead|death|killed|passed\saway|dying)\b")
_OTHER_DAY = re.compile(
    r"\b(?:years?|months?|weeks?|days?)\s(?:before|earlier|later|after)\b|\byears?\sago\b(?!\stoday)"
)
_PRONOUN = re.compile(r"(?:he|she|who|it)\s")  # whom it means is asked at its end, so that the age begins behind it
_YOUNGEST, _OLDEST = 3, 1100  # years: a child, and an old town


def find_ages(view: SentenceView) -> Iterator[Found[Relation]]:
    """Every number that tells how old somebody or something is."""
    body, base = view.body, view.sentence.start
    matches = list(_AGE.finditer(body))
    if not matches:
        return
    numbers = {n.start: n for n in find_numbers(body)}
    here = around(view)
    for found in matches:
        number = numbers.get(found.start("age"))
        if number is None or number.approximate or not _YOUNGEST <= number.value <= _OLDEST or number.value % 1:
            continue
        rest, lead = body[found.end() :], found["lead"].strip().lower()
        if _OTHER_DAY.search(body, max(0, found.start() - 45), min(len(body), found.end() + 30)):
            continue
        if (found["th"] and found["old"] is None) or (lead in ("its", "his", "her") and found["old"] is None):
            continue
        is_beside = lead in (",", "(")
        if found["old"] is None and (
            _NOT_AGE.match(rest) or (is_beside and not re.match(r"[,.;)]|\sand\b|\swhen\b|$", rest))
        ):
            continue
        pronoun = _PRONOUN.match(found["lead"])
        parts = AgeParts(
            here,
            base + found.start() + (pronoun.end() if pronoun else 0),
            int(number.value),
            is_now=not re.search(r"\b(?:was|then|had|were)\b", lead)
            and not re.search(r"\b(?:was|were|had|then)\s$", body[: found.start()]),
            is_beside=is_beside,
            is_present=lead.endswith((" is", "now")) or lead == "is",
            turns=lead.startswith(("turn", "celebrat", "will be", "would be")),
            at_death=_DEATH.search(body[max(0, found.start() - 60) : found.end() + 30]) is not None,
        )
        yield found_at(view, found.start("age") if is_beside else found.start(), found.end(), parts)


def find_nths(view: SentenceView) -> Iterator[Found[Relation]]:
    """ "Its 55th birthday", "in its tenth year", "the town's 135-year history": an age of somebody or something."""
    here = None
    for found in _NTH.finditer(view.body):
        here = here or around(view)
        nth = found["n"] or found["nth"]
        count = int(re.sub(r"\D", "", nth)) if nth[0].isdigit() else _TENTHS.get(nth) or _ORDINALS.index(nth) + 1
        if found["what"] == "year":
            count -= 1
        if count < _YOUNGEST:
            continue
        at = view.sentence.start + found.start()
        parts = AgeParts(
            here,
            at,
            count,
            is_now=True,
            turns=found["what"] in ("birthday", "anniversary"),
            is_running=found["what"] == "year",
        )
        yield found_at(view, found.start(), found.end(), parts)


_GAP = re.compile(
    rf"(?P<about>\b(?:nearly|almost|just\sover|more\sthan|over|about|some|only|just)\s)?\b(?P<count>{_COUNT})\syears?\s(?:older|younger|(?:his|her|their)\s(?:senior|junior|elder))\b"
)


def find_age_gaps(view: SentenceView) -> Iterator[Found[Relation]]:
    """ "Six years older than his captain", "nearly two years her senior"."""
    for found in _GAP.finditer(view.body):
        count = find_numbers(found["count"])
        if count:
            least, most = _bounds((found["about"] or "").strip(), float(count[0].value), "year", None)
            at = view.sentence.start + found.start()
            yield found_at(view, found.start(), found.end(), AgeGapParts(around(view), at, least, most))


_UNITS = {"year": 365.2425, "month": 30.44, "week": 7.0, "day": 1.0}  # days
_LENGTH = re.compile(
    rf"(?P<about>\b(?:nearly|almost|just\sunder|less\sthan|under|fewer\sthan|more\sthan|over|(?:a\s)?little\smore\sthan|just\sover|about|some|around|barely|only|just|for|after|of|in|its\sfirst|his\sfirst|her\sfirst|the\sfirst|through)\s)"
    rf"(?P<count>{_COUNT}|\d,\d{{3}})\s(?P<unit>years?|months?|weeks?|days?)\b(?P<more>\sand\s(?:a\sfew|\w+)\smonths)?"
)  # fmt: skip
_IN_OFFICE = re.compile(
    r"\b(?:office|power|charge|job|post|chair|helm|throne|reign\w*|rul(?:e|ed|er|es)|govern\w*|led|lead(?:s|er)?|headed?|heads|ran|run|running|served|had\sit|there|stayed|lasted|held|holds|minister|premier|president|chancellor|"
    r"director|mayor|king|queen|chief|secretary|edit(?:ed|or)|chair(?:ed|s)|coach(?:ed)?|manag(?:ed|er|es)|conduct(?:ed|or)|presided|direct(?:ed|s)|terms?|did)\b"
)


def find_lengths(view: SentenceView) -> Iterator[Found[Relation]]:
    """Every length of time beside a word for holding an office."""
    body, base = view.body, view.sentence.start
    matches = list(_LENGTH.finditer(body))
    if not matches:
        return
    numbers = {n.start: n for n in find_numbers(body)}
    here = around(view)
    for found in matches:
        number = numbers.get(found.start("count"))
        is_exact = found["unit"].startswith("day")
        if not is_exact and not _IN_OFFICE.search(body):
            continue
        if number is None or re.match(r"\s(?:ago|later|earlier|old|before)\b", body[found.end() :]):
            continue
        least, most = _bounds(found["about"].strip(), float(number.value), found["unit"].rstrip("s"), found["more"])
        yield found_at(view, found.start(), found.end(), LengthParts(here, base + found.start(), least, most))


def _bounds(about: str, count: float, unit: str, more: str | None) -> tuple[float, float]:
    """What a length of time can mean, in days."""
    size = _UNITS[unit]
    if more:
        extra = find_numbers(more.removeprefix(" and "))
        low, high = (float(extra[0].value) - 0.6, float(extra[0].value) + 0.6) if extra else (1.5, 8.0)
        return count * size + low * _UNITS["month"], count * size + high * _UNITS["month"]
    if about in ("nearly", "almost", "just under", "less than", "under", "fewer than", "barely"):
        return (count - (0.5 if about in ("nearly", "almost", "just under", "barely") else 1)) * size, count * size
    if "more" in about or "over" in about:
        return count * size, (count + (0.5 if "just" in about or "little" in about else 1)) * size
    if unit == "year":
        return (count - 0.12) * size, (count + 0.97) * size  # rounded, or full years alone
    slack = {"month": 0.5, "week": 0.6}.get(unit, 1.0)
    return (count - slack) * size, (count + slack) * size
