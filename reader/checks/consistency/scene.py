"""What a sentence names besides its claim: two that each name something else tell of two things."""

from __future__ import annotations

import re

from reader.checks.model import Case
from reader.claims.model import Claim
from reader.language.sentences import split_sentences

_NAME = re.compile(r"(?<=[\w,;:)”\"'’]\s)[A-Z][\w’'-]+")
_CALENDAR = re.compile(
    r"^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)"
)


def sentence_at(claim: Claim, case: Case) -> str:
    """The sentence that a claim begins in; the whole paragraph where it begins between two."""
    text = case.article.paragraphs[claim.span.paragraph].text
    return next((s.text for s in split_sentences(text) if s.start <= claim.span.start < s.end), text)


def names_in(text: str) -> set[str]:
    """The capital words inside a text, its first word and the calendar's left out."""
    return {name for name in _NAME.findall(text) if not _CALENDAR.match(name)}


def name_different_things(one: Claim, other: Claim, case: Case) -> bool:
    """Whether each sentence names something that the other does not, the claims' own words left out."""
    first, second = (names_in(sentence_at(c, case).replace(c.text, " ")) for c in (one, other))
    return bool(first - second) and bool(second - first)
