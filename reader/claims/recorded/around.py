"""The sentence around a value, and the claim that value and words make with whoever is named just before."""

from __future__ import annotations

import re

from reader.claims.model import Found, Relation, Status
from reader.claims.recorded.parts import Around, Named
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of
from reader.claims.words import MONTH_WORDS
from reader.dates import MONTHS

_LEAD = re.compile(
    r"(?:\b(?!(?:On|In|At|The|And|But|By)\b|"
    + "|".join(MONTHS)
    + r")[A-Z][\w’'-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'.-]*)*|\b(?:he|she|who|which|it|that))(?=[\s,])"
)
_LEAD_FAR = 4  # characters
_NOT_SO = re.compile(
    r"\b(?:refus\w+|declin\w+|turned\s(?:it|them|him|her|\w+)?\s?down|rejected|failed\sto|tried\sto|attempt\w*|offered|bid\sto|(?:nearly|almost)\s(?:bec[ao]me|w[io]n|took|died|reached|got)|instead\sof|rather\sthan|asked\sto|wanted\sto|"
    r"meant\sto|supposed\sto|close\sto\s\w+ing|runner-up|nominat\w+|shortlist\w*|so-called|mistak\w+|wrong\w*)\b",
    re.IGNORECASE,
)


def around(view: SentenceView) -> Around:
    """What a sentence holds beside a value."""
    base = view.sentence.start
    people = tuple(Named(base + p.start, base + p.end, p.name) for p in view.named_people())
    return Around(view.span(0, len(view.body)), people, view.dates, view.told)


def found_at(view: SentenceView, start: int, end: int, parts: Relation) -> Found[Relation]:
    """The claim from whoever is named or meant just before, by offsets in the sentence."""
    leads = [
        m
        for m in _LEAD.finditer(view.body, max(0, start - _LEAD_FAR - 30), start)
        if start - m.end() <= _LEAD_FAR and m[0].lower() not in MONTH_WORDS
    ]
    first = leads[-1].start() if leads else start
    status = status_of(view.body, view.body[max(0, start - 30) : end])
    if status is Status.ASSERTED and _NOT_SO.search(view.body, max(0, start - 40), min(len(view.body), end + 30)):
        status = Status.NEGATED
    return Found(view.span(first, end), parts, status)
