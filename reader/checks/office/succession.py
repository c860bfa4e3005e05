"""Whether one person followed another in a seat."""

from __future__ import annotations

from itertools import product

from reader.article.model import Span
from reader.checks.model import Case, Gate, Verdict, decided, undecided
from reader.checks.office.holding import GRACE_DAYS, NAME, term_evidence, term_sentence
from reader.claims.model import Claim, OfficeTitle, SuccessionParts
from reader.knowledge.model import Entity
from reader.knowledge.pack import Knowledge
from reader.knowledge.seats import Seat, seats_for, seats_held_by
from reader.knowledge.terms import Term, is_single_seat, terms_of

_ANY = OfficeTitle(Span(0, 0, 0), "head")


def judge_succession(claim: Claim, parts: SuccessionParts, case: Case) -> Verdict:
    """ "B replaced A": supported where B's term in a seat begins when A's ends."""
    resolver, knowledge = case.known, case.known.knowledge
    one, other = resolver.person(parts.predecessor.name), resolver.person(parts.successor.name)
    if not one.candidates or not other.candidates:
        return undecided(NAME, "it is open who followed whom", case.as_of, gate=Gate.MEANT)
    seats = seats_for(parts.title, resolver).seats if parts.title else ()
    for before, after in product(one.candidates, other.candidates):
        for seat in seats or _shared(before, after, knowledge):
            if pair := _consecutive(before, after, terms_of(seat, knowledge)):
                said = f"{term_sentence(pair[0], seat)}; {term_sentence(pair[1], seat)}."
                evidence = [term_evidence(term, seat, "supports") for term in pair]
                return decided("supported", NAME, said, evidence, case.as_of)
    if one.entity is None or other.entity is None:
        return undecided(NAME, "it is open who followed whom", case.as_of, gate=Gate.MEANT)
    is_inferred = parts.successor.is_inferred or parts.predecessor.is_inferred
    if one.is_certain and other.is_certain and not is_inferred and parts.title and len(seats) == 1:
        return _wrong_succession(one.entity, other.entity, seats[0], case)
    return undecided(
        NAME,
        f"no office is recorded in which {other.entity.label} followed {one.entity.label}",
        case.as_of,
        gate=Gate.STATED,
    )


def followed(one: Entity, other: Entity, case: Case) -> tuple[Seat, tuple[Term, Term]] | None:
    """A seat that `other` held right after `one`, with both terms, whatever its title."""
    for seat in _shared(one, other, case.known.knowledge):
        if pair := _consecutive(one, other, terms_of(seat, case.known.knowledge)):
            return seat, pair
    return None


def _shared(one: Entity, other: Entity, knowledge: Knowledge) -> list[Seat]:
    """The seats that both have held, whatever their titles."""
    mine, theirs = ({seat.id: seat for seat in seats_held_by(e.id, _ANY, knowledge)} for e in (one, other))
    return [mine[seat] for seat in sorted(mine.keys() & theirs.keys())]


def _consecutive(one: Entity, other: Entity, terms: tuple[Term, ...]) -> tuple[Term, Term] | None:
    """Terms of the two that follow each other: end to start within 30 days, or with nobody but acting holders between."""
    full = [t for t in terms if not t.acting and t.statement.is_reliable]
    for before, after in zip(full, full[1:], strict=False):
        if before.person == one.id and after.person == other.id and before.end and after.start:
            if after.statement.replaces == one.id or before.statement.replaced_by == other.id:
                return before, after
            bridged = any(t.acting and t.touches(before.end.widened(40)) for t in terms)
            if bridged or before.end.overlaps(after.start.widened(GRACE_DAYS)):
                return before, after
    return None


def _wrong_succession(one: Entity, other: Entity, seat: Seat, case: Case) -> Verdict:
    """Refuted where both held the seat once, to the day, and somebody else stands between or before."""
    terms = [t for t in terms_of(seat, case.known.knowledge) if not t.acting]
    days = [t for t in terms if t.is_day_dated and t.statement.is_reliable]
    mine = [t for t in days if t.person == other.id]
    theirs = [t for t in days if t.person == one.id]
    if (
        len(mine) == 1
        and len(theirs) == 1
        and mine[0].start
        and is_single_seat(tuple(terms), mine[0].start.widened(0)) is None
    ):
        place = days.index(mine[0])
        before = days[place - 1] if place else None
        if before and before.person != one.id and before.end and (mine[0].start.first - before.end.first).days <= 40:
            evidence = [term_evidence(before, seat, "refutes"), term_evidence(mine[0], seat, "refutes")]
            return decided(
                "refuted", NAME, f"{term_sentence(before, seat)}; {term_sentence(mine[0], seat)}.", evidence, case.as_of
            )
    return undecided(
        NAME,
        f"the record does not show that {other.label} followed {one.label} as {seat.label}",
        case.as_of,
        gate=Gate.DEFINITE,
    )
