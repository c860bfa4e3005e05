"""Terms of office: who held a seat when, from every direction Wikidata models it in, and whether one person at a time did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from reader.dates import Interval, parse_iso
from reader.knowledge import model
from reader.knowledge.model import Statement
from reader.knowledge.pack import Knowledge
from reader.knowledge.seats import Seat

_DAYS_APART = 31


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in a seat; `end` None is open and known to hold until `known_until`."""

    person: str
    name: str
    start: Interval | None
    end: Interval | None
    ended: bool
    known_until: Interval | None
    acting: bool
    ordinal: str | None
    statement: Statement
    at: Interval | None = None

    @property
    def is_day_dated(self) -> bool:
        """Start known to the day, and the end too unless it is open."""
        return self.start is not None and self.start.is_day and (self.end.is_day if self.end else not self.ended)

    def covers(self, when: Interval) -> bool:
        """Whether all of `when` definitely lies inside."""
        if self.at is not None:
            return when.inside(self.at)
        if self.start is None or self.start.last > when.first:
            return False
        if self.end is not None:
            return when.last <= self.end.first
        return not self.ended and self.known_until is not None and when.last <= self.known_until.last

    def touches(self, when: Interval) -> bool:
        """Whether any day of `when` may lie inside."""
        if self.at is not None:
            return when.overlaps(self.at)
        if self.start is not None and self.start.first > when.last:
            return False
        return self.end is None or self.end.last >= when.first


_TERMS: WeakKeyDictionary[Knowledge, dict[Seat, tuple[Term, ...]]] = WeakKeyDictionary()


def terms_of(seat: Seat, knowledge: Knowledge) -> tuple[Term, ...]:
    """Everyone known to have held a seat, by start; the same term told twice is one, with the newer knowledge.

    An article asks for the same few seats again and again, so that each knowledge's answers are kept.
    """
    kept = _TERMS.setdefault(knowledge, {})
    if seat not in kept:
        kept[seat] = _terms_of(seat, knowledge)
    return kept[seat]


def _terms_of(seat: Seat, knowledge: Knowledge) -> tuple[Term, ...]:
    terms: list[Term] = []
    if seat.prop:
        statements = knowledge.statements(str(seat.organisation), seat.prop)
        terms = [t for s in statements if (t := _term(s, s.value, knowledge))]
    else:
        for statement in knowledge.statements_with(seat.id, model.POSITION_HELD):
            if term := _term(statement, statement.subject, knowledge):
                terms.append(term)
        for statement in knowledge.statements(seat.id, model.OFFICE_HOLDER):
            if term := _term(statement, statement.value, knowledge):
                terms.append(term)
        organisations = (
            [seat.organisation]
            if seat.organisation
            else [s.value for s in knowledge.statements(seat.id, model.HEADS_ORGANISATION)]
        )
        for organisation in filter(None, organisations):
            for statement in knowledge.statements(organisation, model.DIRECTOR):
                if statement.role == seat.id and (term := _term(statement, statement.value, knowledge)):
                    terms.append(term)
    return tuple(sorted(_merged(terms), key=lambda t: (t.start or t.at or t.end or Interval.year(9999)).first))


def _term(statement: Statement, person: str, knowledge: Knowledge) -> Term | None:
    if statement.rank == "deprecated" or statement.value_kind != "entity":
        return None
    start = parse_iso(statement.start) if statement.start else None
    end = parse_iso(statement.end) if statement.end and statement.end != "?" else None
    if start and end and end.last < start.first:
        return None
    at = parse_iso(statement.at) if statement.at else None
    return Term(
        person,
        knowledge.label(person),
        start,
        end,
        bool(statement.end),
        statement.known_until,
        statement.acting,
        statement.ordinal,
        statement,
        at,
    )


def _merged(terms: list[Term]) -> list[Term]:
    kept: list[Term] = []
    for term in terms:
        twin = next((n for n, other in enumerate(kept) if _is_same(term, other)), None)
        if twin is None:
            kept.append(term)
        elif _rank(term) > _rank(kept[twin]):
            kept[twin] = term
    return kept


def _is_same(one: Term, other: Term) -> bool:
    if one.person != other.person or one.at or other.at:
        return False
    if one.start is None or other.start is None:
        return one.start is None and other.start is None and one.end == other.end
    return one.start.overlaps(other.start.widened(_DAYS_APART))


def _rank(term: Term) -> tuple[bool, str, int]:
    known = term.known_until.iso if term.known_until else ""
    return (term.statement.is_reliable, known, int(term.start.precision if term.start else 0))


def is_single_seat(terms: tuple[Term, ...], when: Interval) -> str | None:
    """Why the seat may have several holders at once, or None if the record shows it has one at a time.

    At least three day-dated terms, none overlapping by more than 31 days, gaps of at most 40 days between
    the three holders around `when` (the rule is Caveat's own, see the README).
    """
    dated = [t for t in terms if not t.acting and t.start is not None]
    days = [t for t in dated if t.is_day_dated]
    if len(days) < 3:
        return "fewer than three day-dated terms are known, so the seat may have several holders"
    longest = days[0]
    for other in days[1:]:
        begins = other.start.first if other.start else date.min
        if longest.person != other.person and (longest.end is None or (longest.end.first - begins).days > _DAYS_APART):
            return f"the terms of {longest.name} and {other.name} overlap, so the seat may have several holders"
        if longest.end is not None and (other.end is None or other.end.first > longest.end.first):
            longest = other
    for term in dated:
        if not term.is_day_dated and any(
            term.touches(_range(d)) for d in days if d.person != term.person and d.covers(when)
        ):
            return f"the term of {term.name} is not dated to the day"
    return _gap(terms, when)


def _range(term: Term) -> Interval:
    end = term.end or term.known_until or term.start
    return Interval(term.start.first, max(end.last, term.start.first))  # type: ignore[union-attr]


def _gap(terms: tuple[Term, ...], when: Interval) -> str | None:
    """Gaps between the three holders around a day; acting holders fill them."""
    days = [t for t in terms if t.is_day_dated]
    place = next((n for n, t in enumerate(days) if t.covers(when) and not t.acting), None)
    if place is None:
        return "nobody is known to have held the office on that day"
    window = days[max(0, place - 1) : place + 2] if place + 1 < len(days) else days[max(0, place - 2) : place + 1]
    for one, other in zip(window, window[1:], strict=False):
        if one.end is not None and other.start is not None and (other.start.first - one.end.first).days > 40:
            return f"nobody is known to have held the office between {one.name} and {other.name}"
    return None


def terms_held_by(person: str, knowledge: Knowledge) -> list[tuple[Seat, Term]]:
    """Every reliable term of one person's own record, whatever the office: of positions, and of organisations led."""
    found: list[tuple[Seat, Term]] = []
    for statement in knowledge.statements(person, model.POSITION_HELD):
        found += _held(statement, person, Seat(statement.value, knowledge.label(statement.value)), knowledge)
    for statement in knowledge.statements_with(person, model.OFFICE_HOLDER):
        found += _held(statement, person, Seat(statement.subject, knowledge.label(statement.subject)), knowledge)
    for prop in (model.DIRECTOR, model.CHIEF_EXECUTIVE):
        for statement in knowledge.statements_with(person, prop):
            body = knowledge.label(statement.subject)
            label = knowledge.label(statement.role) if statement.role else f"head of {body}"
            seat = Seat(statement.role or f"{statement.subject}#{prop}", label, statement.subject, prop)
            found += _held(statement, person, seat, knowledge)
    return found


def _held(statement: Statement, person: str, seat: Seat, knowledge: Knowledge) -> list[tuple[Seat, Term]]:
    term = _term(statement, person, knowledge) if statement.is_reliable else None
    return [(seat, term)] if term else []
