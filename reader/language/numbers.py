"""Numbers and quantities as articles write them, with how exactly they were meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
WORDS = {word: n for n, word in enumerate(_SMALL)} | _TENS
_SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "k": 10**3,
    "tn": 10**12,
    "dozen": 12,
}
_WORD_NUMBER = "|".join(sorted((*_SMALL[1:], *_TENS), key=len, reverse=True))

NUMBER = re.compile(
    rf"""(?<![\w.,/:-])(?P<sign>[-−–](?=\d))?
    (?P<currency>(?:(?:US|A|C|NZ|HK)?\$|€|£|¥|₹|USD|EUR|GBP)\s?)?
    (?: (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
      | (?P<word>(?:{_WORD_NUMBER})(?:[-\s](?:{_WORD_NUMBER}))?)\b )
    (?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn|tn|m(?![\w²³])|k(?!\w)|dozen)\b)?
    (?!\d|[.,:]\d)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_MORE_WORDS = rf"(?:{_WORD_NUMBER}|hundred|thousand|million|billion|trillion)"
_GOES_ON = re.compile(rf"^[\s-](?:and\s)?{_MORE_WORDS}\b", re.IGNORECASE | re.ASCII)
_WENT_ON = re.compile(r"\b(?:hundred|thousand|million|billion)[\s-](?:and\s)?$", re.IGNORECASE | re.ASCII)
_APPROXIMATE = re.compile(
    r"(?:about|around|approximately|roughly|some|nearly|almost|close to|or so|more than|over|at least|at most|up to|less than|fewer than|under|"
    r"as many as|as much as|no more than|no fewer than|an estimated|estimated|just over|just under|well over|well under|above|below|exceeding|topping|~|circa|c\.|"
    r"between|upwards of|north of|maybe|perhaps|possibly)\s*(?:the\s+|a\s+|an?\s+)?$",
    re.IGNORECASE,
)
_LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; `unit_in_last_place` is the size of its last printed digit, for rounding."""

    start: int
    end: int
    text: str
    value: Decimal
    unit_in_last_place: Decimal
    currency: str | None = None
    approximate: bool = False
    in_words: bool = False

    @property
    def half_width(self) -> Decimal:
        """How far the true value may lie from the printed one by rounding alone."""
        return self.unit_in_last_place / 2


@lru_cache(maxsize=256)
def find_numbers(text: str) -> tuple[Number, ...]:
    """All numbers in `text`, in order; years, dates and names are not told apart here.

    Kept for the last sentences, because a dozen finders ask for the numbers of one after another.
    """
    return tuple(number for found in NUMBER.finditer(text) if (number := _number(found, text)))


def _number(found: re.Match[str], text: str) -> Number | None:
    if found["digits"]:
        digits = found["digits"].replace(",", "")
        try:
            value = Decimal(digits)
        except InvalidOperation:
            return None
        place = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    else:
        spoken = _spoken(found["word"].lower())
        if spoken is None:
            return None
        value, place = Decimal(spoken), Decimal(1)
    name = (found["scale"] or "").lower()
    end = found.end()
    if name == "m" and found["currency"] is None and text[found.start("scale") - 1].isspace():
        name, end = "", found.start("scale") - 1  # "a wall of 5 m"
    if found["word"] and (
        _GOES_ON.match(text[end : end + 24]) or _WENT_ON.search(text[max(0, found.start() - 20) : found.start()])
    ):
        return None  # a longer number in words is read whole or not at all
    scale = Decimal(_SCALES[name]) if name else Decimal(1)
    if found["sign"]:
        value = -value
    before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
    after = text[end : end + 12].lower()
    approximate = bool(_APPROXIMATE.search(before)) or after.startswith(
        (" or more", " or so", "-odd", "-plus", "+", " or fewer", " or less")
    )
    currency = found["currency"].strip().upper() if found["currency"] else None
    start = found.start()
    return Number(start, end, text[start:end], value * scale, place * scale, currency, approximate, bool(found["word"]))


def _spoken(words: str) -> int | None:
    parts = re.split(r"[-\s]", words)
    if len(parts) == 1:
        return WORDS[parts[0]]
    if parts[0] in _TENS and 0 < WORDS[parts[1]] < 10:
        return WORDS[parts[0]] + WORDS[parts[1]]
    return None
