"""Who holds, held or heads what, on the as-of date or a stated one, since when, acting or not.

Rules and gates: a title beside a name is judged for every day it may speak of, and refuted only if it is
wrong on all of them; a seat refutes only if its record shows one holder at a time and another holder's
day-precise, referenced term covers the day; handover days and 30 days around a term's ends never refute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.checks.model import Case, Check, Gate, Ruling, Verdict, undecided
from reader.checks.office.at import judge_day, judge_former
from reader.checks.office.bounds import judge_bounds, judge_ordinal
from reader.checks.office.holding import NAME, Holding, open_because
from reader.checks.office.succession import judge_succession
from reader.claims.model import Claim, OfficeParts, Status, SuccessionParts
from reader.knowledge.model import Entity
from reader.knowledge.names import normal
from reader.knowledge.seats import Seat, SeatMatch, seats_for, seats_held_by
from reader.knowledge.terms import terms_held_by, terms_of

_MANY = frozenset({"minister", "secretary", "commissioner", "ambassador"})  # a country has many at once


_BODIES = frozenset(
    "company firm group agency bank institute institution university town city country festival sport club team carrier airline "
    "department ministry service business foundation academy organisation organization body council board day time moment".split()
)  # "the company", "its": whose office it is has been said before


_TERMS = ("since", "from-to", "until")


class OfficeCheck(Check):
    """Judges office and succession claims against dated terms."""

    name = NAME
    parts: tuple[type, ...] = (OfficeParts, SuccessionParts)
    needs_knowledge = True
    whole_article = False

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """One verdict for each claim: the strongest that any reading of its title gives, or the reason for none."""
        rulings = [(claim, _verdict(claim, case)) for claim in claims]
        open_terms = {
            claim.parts.title.span
            for claim, verdict in rulings
            if isinstance(claim.parts, OfficeParts) and claim.parts.time in _TERMS and verdict.label != "supported"
        }
        for claim, verdict in rulings:
            is_part = isinstance(claim.parts, OfficeParts) and claim.parts.title.span in open_terms
            if is_part and verdict.label == "supported":
                reason = "the office is recorded, but not with the dates that stand beside it"
                verdict = undecided(NAME, reason, case.as_of, gate=Gate.STATED)
            yield claim, verdict


def _verdict(claim: Claim, case: Case) -> Verdict:
    if claim.status is not Status.ASSERTED:
        return undecided(NAME, f"what is {claim.status.value} is not judged", case.as_of, gate=Gate.SAID)
    if isinstance(claim.parts, OfficeParts):
        return _office(claim, claim.parts, case)
    if isinstance(claim.parts, SuccessionParts):
        return judge_succession(claim, claim.parts, case)
    raise TypeError(f"{type(claim.parts).__name__} is no office")


def _office(claim: Claim, parts: OfficeParts, case: Case) -> Verdict:
    match = seats_for(parts.title, case.known)
    if not match.seats:
        return _by_own_record(claim, parts, case) or undecided(NAME, match.reason, case.as_of, gate=Gate.MEANT)
    person, certain, reason = _person(parts, match, case)
    if person is None:
        return undecided(NAME, reason, case.as_of, gate=Gate.MEANT)
    certain = certain and not parts.person.is_inferred
    outcomes = []
    for seat in _worth_judging(match, person, case):
        terms = terms_of(seat, case.known.knowledge)
        if terms:
            outcomes.append(_judge(Holding(claim, parts, person, certain, seat, terms, case)))
    supported = [v for v in outcomes if v.label == "supported"]
    if supported:
        return supported[0]
    refuted = [v for v in outcomes if v.label == "refuted"]
    if refuted and match.is_scoped and match.is_one_owner and len(refuted) == len(match.seats):
        return refuted[0]
    if refuted and len(match.seats) > 1:
        return undecided(
            NAME,
            "the title can mean several offices, and not all of them contradict the claim",
            case.as_of,
            gate=Gate.MEANT,
        )
    if refuted:
        return undecided(NAME, "it is open whose office is meant", case.as_of, gate=Gate.MEANT)
    still_open = [v for v in outcomes if not v.is_decided]
    if still_open:
        return still_open[0]
    return undecided(NAME, f"nobody is recorded as {match.seats[0].label}", case.as_of, gate=Gate.STATED)


def _worth_judging(match: SeatMatch, person: Entity, case: Case) -> Sequence[Seat]:
    """The seats of a title; of those of one that does not say whose it is, only such as the person has held.

    "President" alone may be of a hundred seats, and no other seat than the person's own can be decided.
    """
    if match.is_scoped:
        return match.seats
    held = {seat.id for seat, _ in terms_held_by(person.id, case.known.knowledge)}
    return [seat for seat in match.seats if seat.id in held] or match.seats[:1]


def _by_own_record(claim: Claim, parts: OfficeParts, case: Case) -> Verdict | None:
    """A title that does not say whose it is, by the one seat of the person's own record that it fits; only to support."""
    title = parts.title
    if not set(title.scopes) <= _BODIES or (title.role in _MANY and not title.field):
        return None  # it does say whose it is, or could be one of many
    found = case.known.person(parts.person.name)
    people = [found.entity] if found.entity else found.candidates
    knowledge = case.known.knowledge
    held = [(p, seat) for p in people for seat in seats_held_by(p.id, title, knowledge)]
    is_dated = parts.time in ("since", "from-to", "became", "until")
    if not held or (len(held) > 1 and not is_dated) or len({p.id for p, _ in held}) > 1:
        return None
    now = replace(parts, told=()) if parts.tense != "past" else parts
    for person, seat in held:
        verdict = _judge(Holding(claim, now, person, False, seat, terms_of(seat, knowledge), case))
        if verdict.label == "supported":
            return verdict
    return None


def _person(parts: OfficeParts, match: SeatMatch, case: Case) -> tuple[Entity | None, bool, str]:
    """Who is meant; a surname alone may mean the one holder of the office who bears it."""
    name = parts.person.name
    found = case.known.person(name)
    if found.entity is not None:
        return found.entity, found.is_certain, ""
    if found.reason == "ambiguous":
        holders = {t.person for seat in match.seats for t in terms_of(seat, case.known.knowledge)}
        fitting = [e for e in found.candidates if e.id in holders]
        if len(fitting) == 1:
            return fitting[0], False, ""
        return None, False, f"{name} can mean {len(found.candidates)} people"
    surname = normal(name)
    if len(surname.split()) == 1:
        knowledge = case.known.knowledge
        bearers = {
            t.person
            for seat in match.seats
            for t in terms_of(seat, knowledge)
            if normal(t.name).split()[-1:] == [surname]
        }
        if len(bearers) == 1 and (entity := knowledge.entity(bearers.pop())):
            return entity, False, ""
        return None, False, f"it is open which {name} is meant"
    return None, False, f"{name} is not in the packs"


def _judge(held: Holding) -> Verdict:
    parts = held.parts
    if parts.title.ordinal is not None and (verdict := judge_ordinal(held)):
        return verdict
    if parts.time == "former":
        return judge_former(held)
    if parts.time == "future":
        return open_because(held, "an office still to be taken up is not judged", gate=Gate.SAID)
    if parts.time in ("since", "became", "from-to", "until"):
        return judge_bounds(held)
    return judge_day(held)
