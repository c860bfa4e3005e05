"""Cards: what a reader wants to know about an entity as of the article's date, in six lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reader.clock import today
from reader.dates import Interval
from reader.knowledge import model
from reader.knowledge.model import Entity, Statement
from reader.knowledge.pack import Knowledge
from reader.knowledge.seats import Seat
from reader.knowledge.terms import Term, terms_of

_MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Card:
    """An entity with a few dated lines; each line is a label and what it says."""

    entity: Entity
    lines: tuple[tuple[str, str], ...]
    source: str
    url: str | None
    checked: str | None = None
    """The day on which its source was last asked; None for what only packs know."""
    is_changed: bool = False
    """Whether its source says something else than when it was asked before."""
    page: str | None = None
    """The title of its page in an encyclopedia that was asked."""


def make_card(entity: Entity, knowledge: Knowledge, as_of: Interval | None, *, is_changed: bool = False) -> Card:
    """The card of an entity as of a day."""
    lines = tuple(_lines(entity, knowledge, as_of))[:_MOST_LINES]
    sources = sorted({s.provenance.source for s in knowledge.statements(entity.id)})
    page = next((p for p in knowledge.pages((entity.id,)) if p.url), None)
    source = sources[0] if sources else "built-in pack"
    url, title = (page.url, page.title) if page else (entity.url, None)
    return Card(entity, lines, source, url, knowledge.checked(entity.id), is_changed, title)


@dataclass(frozen=True, slots=True)
class CardInFull:
    """A card with everything known of its entity: all lines as of then and today, and every statement with its source."""

    card: Card
    then: tuple[tuple[str, str], ...]
    now: tuple[tuple[str, str], ...]
    statements: tuple[tuple[str, str, str], ...]
    """Property, value with its qualifiers, source."""


def card_in_full(card: Card, knowledge: Knowledge, as_of: Interval | None) -> CardInFull:
    """Everything known of a card's entity. Raises PackError for a pack that cannot be read."""
    found = sorted(knowledge.statements(card.entity.id), key=lambda s: (s.property, s.start or s.at or s.value))
    statements = tuple(
        (model.PROPERTY_LABELS.get(s.property, s.property), _qualified(s, knowledge), _where(s)) for s in found
    )
    then, now = (tuple(_lines(card.entity, knowledge, day)) for day in (as_of, Interval.day(today())))
    return CardInFull(card, then, now, statements)


def _qualified(statement: Statement, knowledge: Knowledge) -> str:
    dates = (("from", statement.start), ("to", statement.end), ("in", statement.at))
    told = [f"{word} {'an unknown day' if day == '?' else day}" for word, day in dates if day]
    told += ["acting"] if statement.acting else []
    told += [] if statement.referenced else ["no reference"]
    told += [statement.rank] if statement.rank != "normal" else []
    value = knowledge.label(statement.value) if statement.value_kind == "entity" else statement.value
    return f"{value} ({', '.join(told)})" if told else value


def _where(statement: Statement) -> str:
    provenance = statement.provenance
    known = f"known on {provenance.retrieved[:10]}" if provenance.retrieved else ""
    return " · ".join(part for part in (provenance.source, known, provenance.licence or "") if part)


def _lines(entity: Entity, knowledge: Knowledge, as_of: Interval | None) -> Iterator[tuple[str, str]]:
    if entity.kind == "person":
        yield from _life(entity, knowledge)
        yield from _offices(entity, knowledge, as_of)
    for label, prop in (
        ("founded", model.INCEPTION),
        ("signed", model.POINT_IN_TIME),
        ("began", model.STARTED),
        ("ended", model.ENDED),
        ("dissolved", model.DISSOLVED),
        ("launched", model.LAUNCHED),
        ("landed", model.LANDED),
    ):
        if date := _date(entity, prop, knowledge):
            yield label, str(date)
    if entity.kind in ("organisation", "other"):
        yield from _head(entity, knowledge, as_of)
    if entity.kind in ("place", "other"):
        yield from _place(entity, knowledge)
    for label, prop in (
        ("seat", model.HEADQUARTERS),
        ("operator", model.OPERATOR),
        ("crew", model.CREW),
        ("flight", model.MISSION),
        ("award", model.AWARD),
    ):
        values = [s for s in knowledge.statements(entity.id, prop) if s.is_reliable and s.end is None]
        named = dict.fromkeys(v for s in values[:4] if (v := _value(s, knowledge)))
        if named:
            yield label, ", ".join(named)


def _value(statement: Statement, knowledge: Knowledge) -> str:
    """A value as people name it, "" where nobody here knows its name."""
    label = knowledge.label(statement.value)
    if label == statement.value and statement.value_kind == "entity":
        return ""
    return f"{label} ({statement.at[:4]})" if statement.at else label


def _date(entity: Entity, prop: str, knowledge: Knowledge) -> Interval | None:
    return next((s.date for s in knowledge.statements(entity.id, prop) if s.rank != "deprecated" and s.date), None)


def _life(entity: Entity, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    born, died = _date(entity, model.BORN, knowledge), _date(entity, model.DIED, knowledge)
    if born:
        yield "born", str(born)
    if died:
        yield "died", str(died)


def _offices(entity: Entity, knowledge: Knowledge, as_of: Interval | None) -> Iterator[tuple[str, str]]:
    """What they held on the day, else the last thing before it; and what came later."""
    terms = sorted(
        (
            (t, seat)
            for s in knowledge.statements(entity.id, model.POSITION_HELD)
            if s.rank != "deprecated"
            for seat in [Seat(s.value, knowledge.label(s.value))]
            for t in terms_of(seat, knowledge)
            if t.statement.id == s.id and t.start
        ),
        key=lambda pair: pair[0].start.first,  # type: ignore[union-attr]
    )
    then = [pair for pair in terms if as_of is not None and pair[0].covers(as_of)]
    for term, seat in then[:2]:
        yield "then", _worded(term, seat)
    rest = [pair for pair in terms if pair not in then]
    now = Interval.day(today())
    for term, seat in rest[-2:]:
        is_later = as_of is not None and term.start is not None and term.start.after(as_of)
        before = "earlier" if term.ended or term.end is not None else "last"
        yield "now" if is_later and term.covers(now) else "later" if is_later else before, _worded(term, seat)


def _worded(term: Term, seat: Seat) -> str:
    acting = "acting " if term.acting else ""
    if term.end is None:
        return f"{acting}{seat.label} since {term.start}"
    return f"{acting}{seat.label}, {term.start} to {term.end}"


def _place(entity: Entity, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Where a place is, in words and degrees: no map is needed to know which one is meant."""
    wheres = [
        _value(s, knowledge)
        for prop in (model.LOCATED_IN, model.COUNTRY)
        for s in knowledge.statements(entity.id, prop)
        if s.rank != "deprecated" and s.end is None and s.value_kind == "entity"
    ]
    spot = next((p for s in knowledge.statements(entity.id, model.COORDINATES) if (p := _degrees(s.value))), "")
    named = [w for w in dict.fromkeys(wheres) if w][:2]
    if named or spot:
        yield "place", " · ".join(p for p in (f"in {', '.join(named)}" if named else "", spot) if p)


def _degrees(value: str) -> str:
    """ "45.9200,63.3420" as "45.92° N, 63.34° E"."""
    try:
        latitude, longitude = (float(part) for part in value.split(","))
    except ValueError:
        return ""
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.2f}° {north}, {abs(longitude):.2f}° {east}"


def _head(entity: Entity, knowledge: Knowledge, as_of: Interval | None) -> Iterator[tuple[str, str]]:
    for office in (s.value for s in knowledge.statements(entity.id, model.OFFICE_OF_HEAD)):
        seat = Seat(office, knowledge.label(office), entity.id)
        for term in terms_of(seat, knowledge):
            if as_of is not None and term.covers(as_of):
                yield "head", f"{term.name}, since {term.start}"
                return
