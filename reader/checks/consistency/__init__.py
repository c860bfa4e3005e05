"""The article against itself: one seat given to several people, "only" against another one, one fact told in two ways.

Needs the text alone; where knowledge is there, "only" is also held against the other things of its kind
that the article names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.checks.consistency.contradiction import NAME
from reader.checks.consistency.echoes import EchoParts, echo_conflicts, find_echoes
from reader.checks.consistency.lives import life_conflicts
from reader.checks.consistency.only import rivals
from reader.checks.consistency.others import CountedParts, find_counted, other_conflicts
from reader.checks.consistency.quotations import QuotationParts, find_quotations, wording_conflicts
from reader.checks.consistency.seats import seat_conflicts
from reader.checks.consistency.slips import SlipParts, find_date_slips, find_slips, slip_conflicts
from reader.checks.consistency.told import told_conflicts
from reader.checks.consistency.twins import NamedParts, find_names, twin_conflicts
from reader.checks.consistency.votes import VoteParts, find_votes, vote_conflicts
from reader.checks.model import Case, Check, Ruling
from reader.claims.model import Claim, Found, LifeParts, OfficeParts, OnlyParts, Relation, SuccessionParts, ToldParts
from reader.claims.sentence import SentenceView


class ConsistencyCheck(Check):
    """Judges claims against other claims of the same article."""

    name = NAME
    parts: tuple[type, ...] = (
        OfficeParts,
        SuccessionParts,
        OnlyParts,
        ToldParts,
        QuotationParts,
        LifeParts,
        SlipParts,
        NamedParts,
        CountedParts,
        EchoParts,
        VoteParts,
    )
    needs_knowledge = False
    whole_article = True

    def find(self, sentence: SentenceView) -> Iterable[Found[Relation]]:
        """Quotations and exact numbers, to be held against each other."""
        yield from find_quotations(sentence)
        yield from find_slips(sentence)
        yield from find_date_slips(sentence)
        yield from find_names(sentence)
        yield from find_counted(sentence)
        yield from find_echoes(sentence)
        yield from find_votes(sentence)

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """Conflicting for every end of a contradiction; nothing for what agrees."""
        yield from seat_conflicts(claims, case)
        yield from rivals(claims, case)
        yield from told_conflicts(claims, case)
        yield from wording_conflicts(claims, case)
        yield from life_conflicts(claims, case)
        yield from slip_conflicts(claims, case)
        yield from twin_conflicts(claims, case)
        yield from other_conflicts(claims, case)
        yield from echo_conflicts(claims, case)
        yield from vote_conflicts(claims, case)
