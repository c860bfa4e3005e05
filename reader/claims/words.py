"""Words with their offsets: the shallow view of a sentence that needs no parse."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.dates import MONTHS
from reader.language.datetext import WEEKDAYS

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}(?!\w)|[A-Z]\.(?=\s+[A-Z])|\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Lt|Gen|Col|Sen|Gov|Rep|Rev|Prof|Hon|Capt|Sgt)\.|'s\b|’s\b|"
    r"\w+(?:[-–.&](?=\w)\w+)*(?:['’](?!s\b)\w+)*|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: offsets into the paragraph, the text, and its lower-case form."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()


def words_of(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words and marks of a stretch of text; "Norway's" is two words."""
    return tuple(
        Word(found.start(), found.end(), found[0], found[0].lower())
        for found in _TOKEN.finditer(text, start, len(text) if end is None else end)
    )


MONTH_WORDS = frozenset(name.lower() for name in (*MONTHS, *WEEKDAYS))
HONORIFICS = frozenset(
    (
        "mr mrs ms miss dr sir dame lord lady prof professor rev hon mr. mrs. ms. dr. prof. rev. hon. gen gen. "
        "general col col. colonel lt lt. capt capt. captain sgt sgt. sen sen. gov gov. rep rep. pope"
    ).split()
)
PRONOUNS = frozenset({"he", "she", "his", "her", "him"})
PARTICLES = frozenset(
    ("de da di du del della van von der den ten ter la le al el bin bint ibn ben dos das do af av zu y e").split()
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "vi", "vii", "viii", "xi", "xiv", "xvi"})
NOT_NAMES = (
    frozenset(
        (
            "the a an and or but of for to in on at by with from as if when while after before since until it he she "
            "they we i you his her their its our this that these those there here who which what where why how not no "
            "yes new former acting then meanwhile however although though because so yet also both president minister "
            "prime chancellor king queen governor director chief chairman chairwoman chair ceo secretary "
            "administrator head mayor speaker senator ambassador commissioner premier according speaking asked is was "
            "are were has had been being will would may might can could should must did does do mr mrs ms tv north "
            "south east west central state federal national international united today yesterday tomorrow last next "
            "early late mid police officials government parliament congress senate court university ministry "
            "department agency office party company bank"
        ).split()
    )
    | MONTH_WORDS
)


_TITLE_SURNAMES = frozenset(
    (
        "king dean pope major marshal may march april june west north south east bank court head chief law "
        "english new mayor bishop prince duke"
    ).split()
)


def name_from(words: tuple[Word, ...], at: int, limit: int = 6) -> int:
    """How many words from `at` on make up a person's name (0: none): capitals, initials, particles between them."""
    length = at
    last_capital = at
    while length < len(words) and length - at < limit:
        word = words[length]
        if (
            word.is_capital
            and word.text[0].isalpha()
            and (
                word.lower not in NOT_NAMES
                or (length > at and word.lower in _TITLE_SURNAMES and not word.text.isupper())
            )
        ):
            length += 1
            last_capital = length
        elif word.lower in PARTICLES and length > at and length + 1 < len(words) and words[length + 1].is_capital:
            length += 1
        elif word.lower in _SUFFIXES and length > at:
            length += 1
            last_capital = length
        else:
            break
    return last_capital - at


def name_until(words: tuple[Word, ...], end: int, limit: int = 6) -> int:
    """How many words just before `end` make up a person's name (0: none)."""
    for start in range(max(0, end - limit), end):
        if (
            words[start].is_capital
            and name_from(words, start, limit) >= end - start
            and (start == 0 or not _continues(words, start))
        ):
            return end - start
    return 0


def _continues(words: tuple[Word, ...], start: int) -> bool:
    before = words[start - 1]
    return (
        before.is_capital and before.lower not in NOT_NAMES and before.text.isalpha() and before.lower not in HONORIFICS
    )
