"""Supports what a record states in just these terms: the thing, the word for what happened, and the very date or number.

It never refutes and never contradicts: whom the words are about is told by nearness, which is enough where the record
agrees to the day, the month or the year with what is said, and for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.checks.model import Case, Check, Gate, Ruling, Verdict, decided, undecided
from reader.checks.record.ages import match_age, match_age_gap, match_length
from reader.checks.record.bonds import match_bond
from reader.checks.record.dates import match_date
from reader.checks.record.titles import match_title
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.recorded import find_recorded
from reader.claims.recorded.parts import AgeGapParts, AgeParts, BondParts, DateParts, LengthParts, TitleParts
from reader.claims.sentence import SentenceView

NAME = "record"


class RecordCheck(Check):
    """Supports dates, ages, lengths of time and bonds by statements that agree with them."""

    name = NAME
    parts: tuple[type, ...] = (DateParts, AgeParts, AgeGapParts, LengthParts, BondParts, TitleParts)
    needs_knowledge = True
    whole_article = False

    def find(self, sentence: SentenceView) -> Iterable[Found[Relation]]:
        """Values and the words beside them."""
        return find_recorded(sentence)

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """One verdict a claim."""
        for claim in claims:
            yield claim, _verdict(claim, case)


def _verdict(claim: Claim, case: Case) -> Verdict:
    if claim.status is not Status.ASSERTED:
        return undecided(NAME, f"what is {claim.status.value} is not judged", case.as_of, gate=Gate.SAID)
    parts = claim.parts
    if isinstance(parts, DateParts):
        found = match_date(parts, case)
    elif isinstance(parts, AgeParts):
        found = match_age(parts, case)
    elif isinstance(parts, AgeGapParts):
        found = match_age_gap(parts, case)
    elif isinstance(parts, LengthParts):
        found = match_length(parts, case)
    elif isinstance(parts, BondParts):
        found = match_bond(parts, case)
    elif isinstance(parts, TitleParts):
        found = match_title(parts, case)
    else:
        raise TypeError(f"{type(parts).__name__} is no part of this check")
    if found is None:
        return undecided(NAME, "no record of what is named here states just this", case.as_of, gate=Gate.STATED)
    return decided("supported", NAME, found[0], found[1], case.as_of)
