"""A claim laid beside the record of one seat, and how that record is worded."""

from __future__ import annotations

from dataclasses import dataclass

from reader.checks.model import Case, Evidence, Gate, Verdict, stated, undecided
from reader.claims.model import Claim, OfficeParts
from reader.dates import Interval
from reader.knowledge.model import Entity
from reader.knowledge.names import normal
from reader.knowledge.seats import Seat
from reader.knowledge.terms import Term

NAME = "office"


GRACE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Holding:
    """A claim laid beside the record of one seat."""

    claim: Claim
    parts: OfficeParts
    person: Entity
    certain: bool
    seat: Seat
    terms: tuple[Term, ...]
    case: Case

    @property
    def own(self) -> list[Term]:
        """The person's own terms in the seat."""
        return [t for t in self.terms if t.person == self.person.id]

    @property
    def others(self) -> list[Term]:
        """Everyone else's."""
        return [t for t in self.terms if t.person != self.person.id and normal(t.name) != normal(self.person.label)]


def term_sentence(term: Term, seat: Seat, as_of: Interval | None = None) -> str:
    """One plain sentence: who held what, from when to when; an open term says how far the knowledge reaches."""
    acting = ", acting," if term.acting else ""
    if term.at is not None:
        return f"{term.name} was {seat.label} in {term.at}"
    if term.start is None:
        return (
            f"{term.name} was {seat.label}{acting} until {term.end}"
            if term.end
            else f"{term.name} was {seat.label}{acting} (dates unknown)"
        )
    if term.end is None and as_of is not None and term.known_until is not None and as_of.after(term.known_until):
        return f"{term.name} was {seat.label}{acting} from {term.start}, at least until {term.known_until}"
    if term.end is None:
        return f"{term.name} has been {seat.label}{acting} since {term.start}" + (
            " (end unknown)" if term.ended else ""
        )
    return f"{term.name} was {seat.label}{acting} from {term.start} to {term.end}"


def term_evidence(term: Term, seat: Seat, stance: str) -> Evidence:
    """A term as a piece of evidence, worded as it is in explanations."""
    return stated(term.statement, term_sentence(term, seat), stance, title=seat.label)  # type: ignore[arg-type]


def open_because(held: Holding, reason: str, *, gate: Gate) -> Verdict:
    """An abstention with its reason and the gate that stopped it."""
    return undecided(NAME, reason, held.case.as_of, gate=gate)
