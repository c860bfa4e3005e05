"""Who holds, held or heads what, on the as-of date or a stated one, since when, acting or not.

Rules and gates: a title beside a name is judged for every day it may speak of, and refuted only if it is
wrong on all of them; a seat refutes only if its record shows one holder at a time and another holder's
day-precise, referenced term covers the day; handover days and 30 days around a term's ends never refute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader.checks.model import Case, Evidence, Ruling, Verdict, decided, stated, undecided
from reader.claims.model import Claim, OfficeParts, Status, SuccessionParts
from reader.dates import Interval, Precision
from reader.knowledge.model import Entity
from reader.knowledge.names import normal
from reader.knowledge.seats import Seat, SeatMatch, Term, is_single_seat, seats_for, terms_of
from reader.language.datetext import resolve

NAME = "office"
_GRACE_DAYS = 30
_TOLD_LONG_AGO = 45


@dataclass(frozen=True, slots=True)
class _Holding:
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


class OfficeCheck:
    """Judges office and succession claims against dated terms."""

    name = NAME
    parts: tuple[type, ...] = (OfficeParts, SuccessionParts)
    needs_knowledge = True
    whole_article = False

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """One verdict for each claim: the strongest that any reading of its title gives, or the reason for none."""
        for claim in claims:
            if claim.status is not Status.ASSERTED:
                yield claim, undecided(NAME, f"what is {claim.status.value} is not judged", case.as_of)
            elif isinstance(claim.parts, OfficeParts):
                yield claim, _office(claim, claim.parts, case)
            elif isinstance(claim.parts, SuccessionParts):
                yield claim, _succession(claim, claim.parts, case)


def _office(claim: Claim, parts: OfficeParts, case: Case) -> Verdict:
    match = seats_for(parts.title, case.known)
    if not match.seats:
        return undecided(NAME, match.reason, case.as_of)
    person, certain, reason = _person(parts, match, case)
    if person is None:
        return undecided(NAME, reason, case.as_of)
    outcomes = []
    for seat in match.seats:
        terms = terms_of(seat, case.known.knowledge)
        if terms:
            outcomes.append(_judge(_Holding(claim, parts, person, certain, seat, terms, case)))
    supported = [v for v in outcomes if v.label == "supported"]
    if supported:
        return supported[0]
    refuted = [v for v in outcomes if v.label == "refuted"]
    if refuted and match.is_scoped and match.is_one_owner and len(refuted) == len(match.seats):
        return refuted[0]
    if refuted and len(match.seats) > 1:
        return undecided(NAME, "the title can mean several offices, and not all of them contradict the claim", case.as_of)
    if refuted:
        return undecided(NAME, "it is open whose office is meant", case.as_of)
    reasons = [v.explanation for v in outcomes if not v.is_decided]
    return undecided(NAME, reasons[0] if reasons else f"nobody is recorded as {match.seats[0].label}", case.as_of)


def _person(parts: OfficeParts, match: SeatMatch, case: Case) -> tuple[Entity | None, bool, str]:
    """Who is meant; a surname alone may mean the one holder of the office who bears it."""
    name = parts.person.name
    found = case.known.person(name)
    if found.entity is not None:
        return found.entity, found.is_certain, ""
    if found.reason == "ambiguous":
        return None, False, f"{name} can mean {len(found.candidates)} people"
    surname = normal(name)
    if len(surname.split()) == 1:
        knowledge = case.known.knowledge
        bearers = {t.person for seat in match.seats for t in terms_of(seat, knowledge) if normal(t.name).split()[-1:] == [surname]}
        if len(bearers) == 1 and (entity := knowledge.entity(bearers.pop())):
            return entity, False, ""
        return None, False, f"it is open which {name} is meant"
    return None, False, f"{name} is not in the packs"


def _judge(held: _Holding) -> Verdict:
    parts = held.parts
    if parts.title.ordinal is not None and (verdict := _ordinal(held)):
        return verdict
    if parts.time == "former":
        return _former(held)
    if parts.time == "future":
        return _no(held, "an office still to be taken up is not judged")
    if parts.time in ("since", "became", "from-to", "until"):
        return _bounded(held)
    return _at(held)


def _at(held: _Holding) -> Verdict:
    days = list(_days(held))
    if not days:
        return _no(held, "the day the article speaks from is not known")
    for day in days:
        if verdict := _supported_on(held, day):
            return verdict
    if held.parts.form == "said" and held.parts.tense == "past" and held.parts.when is None:
        return _past(held)
    refusals = [_refuted_on(held, day) for day in days]
    reasons = [r for r in refusals if isinstance(r, str)]
    if reasons:
        return _no(held, reasons[0])
    return next(r for r in refusals if isinstance(r, Verdict))


def _days(held: _Holding) -> Iterator[Interval]:
    """The days a claim may speak of: a stated one, else the as-of date, else the days its paragraph tells of."""
    parts, as_of = held.parts, held.case.as_of
    if parts.when is not None:
        when = resolve(parts.when, as_of, "past" if parts.tense != "future" else "future")
        if when is not None:
            yield when
        if parts.form == "said" or when is None or parts.tense == "past":
            return
    if as_of is not None and parts.tense != "past":
        yield as_of
    if parts.form == "said" and not (parts.tense == "past" and parts.when is None):
        return
    for date in parts.told:
        told = resolve(date, as_of, "past")
        if told is not None and told.precision >= Precision.YEAR and (as_of is None or not told.overlaps(as_of.widened(_TOLD_LONG_AGO))):
            yield told
    if as_of is not None and parts.tense == "past":
        yield as_of


def _supported_on(held: _Holding, day: Interval) -> Verdict | None:
    for term in held.own:
        if not term.statement.is_reliable or (held.parts.title.acting and not term.acting):
            continue
        inside = term.covers(day)
        if inside and day.is_day and term.end is not None and term.end.overlaps(day.widened(1)):
            continue
        if not inside and day.precision < Precision.DAY and held.parts.when is not None and term.start and term.touches(day) and (not held.parts.tense or held.parts.tense == "past"):
            inside = not (term.start.first > day.first and (day.last - term.start.first).days < 31)
        if inside:
            return decided("supported", NAME, _sentence(term, held.seat, held.case.as_of), [_evidence(term, held.seat, "supports")], held.case.as_of)
    return None


def _past(held: _Holding) -> Verdict:
    """"X was minister of Y": supported by any term begun before the article's day."""
    as_of = held.case.as_of
    for term in held.own:
        if term.statement.is_reliable and term.start and (as_of is None or term.start.before(as_of)) and term.acting == held.parts.title.acting:
            return decided("supported", NAME, _sentence(term, held.seat, held.case.as_of), [_evidence(term, held.seat, "supports")], as_of)
    return _no(held, f"no term of {held.person.label} as {held.seat.label} is recorded, and a gap in the record proves nothing")


def _refuted_on(held: _Holding, day: Interval) -> Verdict | str:
    """The refutation for one day, or the gate that stopped it."""
    if not held.certain:
        return f"{held.parts.person.name} may be somebody else"
    if any(t.start is None and t.at is None for t in held.own):
        return f"a term of {held.person.label} is recorded without dates"
    if any(t.touches(day.widened(_GRACE_DAYS)) for t in held.own):
        near = next(t for t in held.own if t.touches(day.widened(_GRACE_DAYS)))
        return f"{_sentence(near, held.seat, held.case.as_of)}; that is too near to the day, or too uncertain, to be refuted"
    holder = _holder_on(held, day)
    if isinstance(holder, str):
        return holder
    doubt = is_single_seat(held.terms, day)
    if doubt:
        return doubt
    evidence = [_evidence(holder, held.seat, "refutes"), *(_evidence(t, held.seat, "context") for t in held.own[:2])]
    own = "; ".join(_sentence(t, held.seat, held.case.as_of) for t in held.own[:2]) or f"{held.person.label} is not recorded as a holder"
    return decided("refuted", NAME, f"{_sentence(holder, held.seat, held.case.as_of)}; {own}.".replace("..", "."), evidence, held.case.as_of)


def _holder_on(held: _Holding, day: Interval) -> Term | str:
    """Somebody else whose reliable day-precise term holds all of the day, not within a day of a handover."""
    guarded = day.widened(1)
    for term in held.others:
        if not term.covers(day):
            continue
        if term.acting:
            return f"{term.name} only acted as {held.seat.label} then"
        if not term.statement.is_reliable:
            return f"the statement about {term.name} is not referenced, or is disputed"
        if not term.is_day_dated:
            return f"the term of {term.name} is not dated to the day"
        if term.start is not None and term.start.first > guarded.first:
            return "the day is a handover day"
        if term.end is not None and term.end.first < guarded.last:
            return "the day is a handover day"
        return term
    return f"the packs do not say who was {held.seat.label} then"


def _former(held: _Holding) -> Verdict:
    as_of = held.case.as_of
    for term in held.own:
        if term.statement.is_reliable and term.end is not None and (as_of is None or term.end.first <= as_of.last) and (term.acting == held.parts.title.acting or term.acting):
            return decided("supported", NAME, _sentence(term, held.seat, held.case.as_of), [_evidence(term, held.seat, "supports")], as_of)
    return _no(held, f"no ended term of {held.person.label} as {held.seat.label} is recorded, and a gap in the record proves nothing")


def _bounded(held: _Holding) -> Verdict:
    """Stated starts and ends: "since 2013", "became … in March 2011", "from 2001 to 2004", "until 2016"."""
    parts, as_of = held.parts, held.case.as_of
    first = resolve(parts.when, as_of, "past") if parts.when and parts.time != "until" else None
    last = resolve(parts.until or parts.when, as_of, "past") if parts.time == "until" or parts.until else None  # type: ignore[arg-type]
    if first is None and last is None:
        return _undated(held)
    own = [t for t in held.own if t.statement.is_reliable and (t.acting or not parts.title.acting)]
    for term in own:
        starts = first is None or _meets(term.start, first)
        ends = last is None or _meets(term.end, last)
        runs = parts.time != "since" or as_of is None or parts.tense == "past" or term.touches(as_of.widened(_GRACE_DAYS))
        if starts and ends and runs:
            return decided("supported", NAME, _sentence(term, held.seat, held.case.as_of), [_evidence(term, held.seat, "supports")], as_of)
    if not held.certain:
        return _no(held, f"{parts.person.name} may be somebody else")
    if parts.title.acting or any(t.acting for t in held.own):
        return _no(held, "acting holders are not all recorded")
    if len(held.own) != 1:
        return _unheld(held, first or last) if not held.own else _no(held, f"{held.person.label} held the office more than once")
    return _wrong_bound(held, held.own[0], first, last)


def _undated(held: _Holding) -> Verdict:
    if held.parts.time == "until":
        return _former(held)
    if held.parts.time == "became":
        return _past(held)
    return _no(held, "the stated date cannot be told")


def _unheld(held: _Holding, when: Interval | None) -> Verdict:
    """Somebody never recorded in the seat: refuted where another's term covers the stated day and the article's."""
    if when is None:
        return _no(held, "the stated date cannot be told")
    found = _refuted_on(held, when)
    return found if isinstance(found, Verdict) else _no(held, found)


def _wrong_bound(held: _Holding, term: Term, first: Interval | None, last: Interval | None) -> Verdict:
    """The person's one term has another start or end, and somebody else's day-precise term covers the stated one."""
    if not term.statement.is_reliable:
        return _no(held, f"the term of {term.name} is not referenced, or is disputed")
    for stated_bound, bound, outside in ((first, term.start, "before"), (last, term.end, "after")):
        if stated_bound is None or _meets(bound, stated_bound):
            continue
        if bound is None:
            if outside == "after" and term.covers(stated_bound.widened(_GRACE_DAYS)):
                return _refuted_by(held, [term])
            continue
        if _near(bound, stated_bound):
            return _no(held, f"{_sentence(term, held.seat, held.case.as_of)}; the stated date is too near to be refuted")
        inside = stated_bound.inside(Interval(term.start.first, term.end.last)) if term.start and term.end and term.start.first <= term.end.last else term.covers(stated_bound)
        if inside and term.is_day_dated:
            if held.parts.time == "until" and is_single_seat(held.terms, stated_bound) is None:
                return _refuted_by(held, [term])
            if held.parts.time in ("became", "since", "from-to") and is_single_seat(held.terms, stated_bound) is None and bound is term.start:
                return _refuted_by(held, [term])
            if held.parts.time == "from-to" and is_single_seat(held.terms, stated_bound) is None:
                return _refuted_by(held, [term])
        other = _holder_on(held, stated_bound)
        if isinstance(other, Term) and is_single_seat(held.terms, stated_bound) is None:
            return _refuted_by(held, [other, term])
    return _no(held, f"{_sentence(term, held.seat, held.case.as_of)}; nothing recorded for the stated date contradicts the claim")


def _refuted_by(held: _Holding, terms: list[Term]) -> Verdict:
    sentence = "; ".join(_sentence(t, held.seat, held.case.as_of) for t in terms)
    evidence = [_evidence(t, held.seat, "refutes") for t in terms]
    return decided("refuted", NAME, f"{sentence}.", evidence, held.case.as_of)


def _meets(bound: Interval | None, stated_bound: Interval) -> bool:
    """Whether a recorded start or end agrees with a stated one at the coarser of their precisions."""
    if bound is None:
        return False
    return bound.inside(stated_bound) or (stated_bound.is_day and bound.precision < Precision.DAY and stated_bound.inside(bound) and False)


def _near(bound: Interval, stated_bound: Interval) -> bool:
    """A stated date so near to the recorded one that a turn of year, an election or a swearing-in may explain it."""
    if bound.overlaps(stated_bound):
        return True
    return bound.overlaps(stated_bound.widened(_GRACE_DAYS + 31)) if stated_bound.precision >= Precision.MONTH else bound.overlaps(stated_bound.widened(92))


def _ordinal(held: _Holding) -> Verdict | None:
    wanted = str(held.parts.title.ordinal)
    own = [t for t in held.own if t.ordinal and t.statement.is_reliable and not t.acting]
    if any(t.ordinal == wanted for t in own):
        term = next(t for t in own if t.ordinal == wanted)
        return decided("supported", NAME, f"{_sentence(term, held.seat, held.case.as_of)}, number {wanted} in the office", [_evidence(term, held.seat, "supports")], held.case.as_of)
    bearer = next((t for t in held.others if t.ordinal == wanted and t.statement.is_reliable and not t.acting), None)
    if own and bearer and held.certain:
        evidence = [_evidence(bearer, held.seat, "refutes"), _evidence(own[0], held.seat, "refutes")]
        text = f"{bearer.name} is number {wanted} as {held.seat.label}; {held.person.label} is number {own[0].ordinal}."
        return decided("refuted", NAME, text, evidence, held.case.as_of)
    return None if not held.own else _no(held, f"the numbering of {held.seat.label} is not recorded")


def _succession(claim: Claim, parts: SuccessionParts, case: Case) -> Verdict:
    """"B replaced A": supported where B's term in a seat begins when A's ends."""
    resolver = case.known
    one, other = resolver.person(parts.predecessor.name), resolver.person(parts.successor.name)
    if one.entity is None or other.entity is None:
        return undecided(NAME, "it is open who followed whom", case.as_of)
    knowledge = resolver.knowledge
    seats = seats_for(parts.title, resolver).seats if parts.title else ()
    if not seats:
        held = {s.value for s in knowledge.statements(one.entity.id, "P39")} & {s.value for s in knowledge.statements(other.entity.id, "P39")}
        seats = tuple(Seat(p, knowledge.label(p)) for p in sorted(held))
    for seat in seats:
        if pair := _consecutive(one.entity, other.entity, terms_of(seat, knowledge)):
            before, after = pair
            evidence = [_evidence(before, seat, "supports"), _evidence(after, seat, "supports")]
            return decided("supported", NAME, f"{_sentence(before, seat)}; {_sentence(after, seat)}.", evidence, case.as_of)
    if one.is_certain and other.is_certain and parts.title and len(seats) == 1:
        return _wrong_succession(one.entity, other.entity, seats[0], case)
    return undecided(NAME, f"no office is recorded in which {other.entity.label} followed {one.entity.label}", case.as_of)


def _consecutive(one: Entity, other: Entity, terms: tuple[Term, ...]) -> tuple[Term, Term] | None:
    """Terms of the two that follow each other: end to start within 30 days, or with nobody but acting holders between."""
    full = [t for t in terms if not t.acting and t.statement.is_reliable]
    for before, after in zip(full, full[1:], strict=False):
        if before.person == one.id and after.person == other.id and before.end and after.start:
            bridged = any(t.acting and t.touches(before.end.widened(40)) for t in terms)
            if bridged or before.end.overlaps(after.start.widened(_GRACE_DAYS)):
                return before, after
    return None


def _wrong_succession(one: Entity, other: Entity, seat: Seat, case: Case) -> Verdict:
    """Refuted where both held the seat once, to the day, and somebody else stands between or before."""
    terms = [t for t in terms_of(seat, case.known.knowledge) if not t.acting]
    days = [t for t in terms if t.is_day_dated and t.statement.is_reliable]
    mine = [t for t in days if t.person == other.id]
    theirs = [t for t in days if t.person == one.id]
    if len(mine) == 1 and len(theirs) == 1 and mine[0].start and is_single_seat(tuple(terms), mine[0].start.widened(0)) is None:
        place = days.index(mine[0])
        before = days[place - 1] if place else None
        if before and before.person != one.id and before.end and (mine[0].start.first - before.end.first).days <= 40:
            evidence = [_evidence(before, seat, "refutes"), _evidence(mine[0], seat, "refutes")]
            return decided("refuted", NAME, f"{_sentence(before, seat)}; {_sentence(mine[0], seat)}.", evidence, case.as_of)
    return undecided(NAME, f"the record does not show that {other.label} followed {one.label} as {seat.label}", case.as_of)


def _sentence(term: Term, seat: Seat, as_of: Interval | None = None) -> str:
    """One plain sentence: who held what, from when to when; an open term says how far the knowledge reaches."""
    acting = ", acting," if term.acting else ""
    if term.at is not None:
        return f"{term.name} was {seat.label} in {term.at}"
    if term.start is None:
        return f"{term.name} was {seat.label}{acting} until {term.end}" if term.end else f"{term.name} was {seat.label}{acting} (dates unknown)"
    if term.end is None and as_of is not None and term.known_until is not None and as_of.after(term.known_until):
        return f"{term.name} was {seat.label}{acting} from {term.start}, at least until {term.known_until}"
    if term.end is None:
        return f"{term.name} has been {seat.label}{acting} since {term.start}" + (" (end unknown)" if term.ended else "")
    return f"{term.name} was {seat.label}{acting} from {term.start} to {term.end}"


def _evidence(term: Term, seat: Seat, stance: str) -> Evidence:
    return stated(term.statement, _sentence(term, seat), stance, title=seat.label)  # type: ignore[arg-type]


def _no(held: _Holding, reason: str) -> Verdict:
    return undecided(NAME, reason, held.case.as_of)
