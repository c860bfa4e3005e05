"""Bonds by the record: who followed whom, who received or founded what, who flew on it, where it has its seat."""

from __future__ import annotations

from itertools import product

from reader.article.model import Span
from reader.checks.lookup import reliable
from reader.checks.model import Case, stated
from reader.checks.office.holding import term_evidence, term_sentence
from reader.checks.office.succession import followed
from reader.checks.record.dates import Match
from reader.checks.record.subjects import Subject, all_people, named_in_sentence, people_meant, things_meant
from reader.claims.recorded import BondParts
from reader.dates import parse_iso
from reader.knowledge import model
from reader.knowledge.model import Entity, Statement

_CREWS = ((model.MISSION, model.CREW), (model.PARTICIPANT_IN, model.PARTICIPANT))


def match_bond(parts: BondParts, case: Case) -> Match | None:
    """The record of two whom a sentence ties together by such a word, or None."""
    if parts.bond in ("follows", "leads"):
        return _succession(parts, case)
    if parts.bond == "won":
        return _won(parts, case)
    if parts.bond == "seat":
        return _seat(parts, case)
    if parts.bond == "founded":
        return _founded(parts, case)
    return _crew(parts, case)


def _succession(parts: BondParts, case: Case) -> Match | None:
    """Two people, of whom one held a seat right after the other: the nearest on either side of the word."""
    text = case.article.text_at(Span(parts.sentence.paragraph, parts.start, parts.end)).lower()
    named = [m for m in named_in_sentence(case, parts.sentence) if m.entity.kind == "person"]
    after = [m.entity for m in named if m.span.start >= parts.end and m.span.start - parts.end < 60][:1]
    before = [s.entity for s in people_meant(case, parts.sentence, parts.start)][:4]
    is_noun = text.startswith(("successor", "predecessor"))
    if is_noun:
        pairs = _by_noun(parts, text, before, after, case)
    elif parts.bond == "follows":
        pairs = list(product(after, before))
    else:
        pairs = list(product(before, after))
    for earlier, later in pairs:
        if earlier.id != later.id and (found := followed(earlier, later, case)):
            seat, terms = found
            said = "; ".join(term_sentence(t, seat) for t in terms)
            return said, [term_evidence(t, seat, "supports") for t in terms]
    return None


def _by_noun(
    parts: BondParts, text: str, before: list[Entity], after: list[Entity], case: Case
) -> list[tuple[Entity, Entity]]:
    """ "His successor, B", "B, his successor", "A's predecessor": who stands beside the noun, and whom else it can be of."""
    everyone = [s.entity for s in all_people(case, parts.sentence, parts.start)]
    others = [*everyone, *(s.entity for s in people_meant(case, parts.sentence, parts.start))]
    carried = [e for e in dict.fromkeys(e.id for e in others)]
    known = {e.id: e for e in others}
    beside = [*after, *before[:1]]
    pairs = [(b, known[o]) for b in beside for o in carried[:6] if o != b.id]
    return [(o, b) for b, o in pairs] if text.startswith("successor") else pairs


def _won(parts: BondParts, case: Case) -> Match | None:
    awards = [m for m in named_in_sentence(case, parts.sentence) if m.entity.kind == "award"]
    for award in awards:
        for subject in all_people(case, parts.sentence, parts.start):
            for statement in reliable(case, subject.entity.id, model.AWARD):
                at = parse_iso(statement.at) if statement.at else None
                if (
                    statement.value == award.entity.id
                    and subject.is_near
                    and not (at and case.as_of and at.after(case.as_of))
                ):
                    label = award.entity.label.removeprefix("The ")
                    said = f"{subject.entity.label} received the {label}" + (f" in {at}" if at else "")
                    return said, [stated(statement, said, "supports", subject.entity.label)]
    return None


def _seat(parts: BondParts, case: Case) -> Match | None:
    """A body and the place of its seat, both named."""
    places = [
        m
        for m in named_in_sentence(case, parts.sentence)
        if m.entity.kind == "place" and m.span.start >= parts.start - 40
    ]
    for subject in things_meant(case, parts.sentence, parts.start):
        for statement in reliable(case, subject.entity.id, model.HEADQUARTERS):
            if statement.end is None and any(p.entity.id == statement.value for p in places[:2]):
                said = f"{subject.entity.label} has its headquarters in {case.known.knowledge.label(statement.value)}"
                return said, [stated(statement, said, "supports", subject.entity.label)]
    return None


def _founded(parts: BondParts, case: Case) -> Match | None:
    for body in things_meant(case, parts.sentence, parts.start):
        founders = {s.value: s for s in reliable(case, body.entity.id, model.FOUNDER)}
        for person in people_meant(case, parts.sentence, parts.start):
            if (statement := founders.get(person.entity.id)) is not None:
                said = f"{body.entity.label} was founded by {person.entity.label}"
                return said, [stated(statement, said, "supports", body.entity.label)]
    return None


def _crew(parts: BondParts, case: Case) -> Match | None:
    """People and a flight or an event, named in one sentence, whose record names them."""
    people = [s for s in all_people(case, parts.sentence, parts.start) if s.is_near or True]
    named = {m.entity.id: m.entity for m in named_in_sentence(case, parts.sentence)}
    flights = [e for e in named.values() if e.kind in ("mission", "event", "craft", "treaty")]
    for flight in flights:
        for person in people:
            if person.entity.id in named and (statement := _took_part(person, flight, case)) is not None:
                said = f"{person.entity.label} took part in {flight.label}"
                return said, [stated(statement, said, "supports", flight.label)]
    return None


def _took_part(person: Subject, flight: Entity, case: Case) -> Statement | None:
    for of_person, of_flight in _CREWS:
        for statement in reliable(case, person.entity.id, of_person):
            if statement.value == flight.id:
                return statement
        for statement in reliable(case, flight.id, of_flight):
            if statement.value == person.entity.id:
                return statement
    return None
