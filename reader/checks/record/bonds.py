"""Bonds by the record: who followed whom, who received or founded what, who flew on it, where it has its seat."""

from __future__ import annotations

import re
from itertools import product

from reader.article.model import Span
from reader.checks.lookup import holds, reliable
from reader.checks.model import Case, Evidence, stated
from reader.checks.office.holding import term_evidence, term_sentence
from reader.checks.office.succession import followed
from reader.checks.record.links import took_part_in
from reader.checks.record.subjects import everybody, named_in, people_meant, people_named, things_meant
from reader.checks.record.titles import is_named
from reader.claims.recorded.parts import BondParts
from reader.dates import parse_iso
from reader.knowledge import model
from reader.knowledge.mentions import Mention
from reader.knowledge.model import Entity, Statement
from reader.knowledge.terms import Term, terms_held_by
from reader.language.datetext import resolve

Match = tuple[str, list[Evidence]]

_NEAR, _FAR = 60, 120  # characters
_BEFORE_CAPITAL = re.compile(
    r"^(?:,|\sis|\swas)\s(?:now\s|still\s)?(?:the\s|its\s|his\s|her\s|their\s|[\w’'-]+['’]s\s)?(?:[A-Za-z][\w’'-]+\s){0,2}$"
)
_AFTER_CAPITAL = re.compile(r"^(?:\sof\s(?:the\s)?[A-Z][\w\s]*?)?(?:,|\sis|\scity,|\sremains)?\s$")


def match_bond(parts: BondParts, case: Case) -> Match | None:
    """The record of two whom a sentence ties together by such a word, or None."""
    match parts.bond:
        case "follows" | "leads":
            return _succession(parts, case)
        case "won":
            return _won(parts, case)
        case "seat":
            return _seat(parts, case)
        case "capital":
            return _capital(parts, case)
        case "founded":
            return _founded(parts, case)
        case "runs":
            return _runs(parts, case)
        case "crew":
            return _crew(parts, case)
        case "vehicle":
            return _vehicle(parts, case)
        case "place":
            return _place(parts, case)


def _succession(parts: BondParts, case: Case) -> Match | None:
    """Two people, of whom one held a seat right after the other: the nearest on either side of the word."""
    word = case.article.text_at(Span(parts.around.sentence.paragraph, parts.start, parts.end)).lower()
    named = people_named(case, parts.around)
    after = [e for n in [n for n in named if 0 <= n.start - parts.end < _NEAR][:1] for e in n.bearers]
    before = [s.entity for s in people_meant(case, parts.around, parts.start)][:4]
    if word.startswith(("successor", "predecessor")):
        pairs = _by_noun(parts, word, case)
    elif word.endswith("place"):
        pairs = [(e, b) for b in before for e in (s.entity for s in everybody(case, parts.around, parts.start))]
    else:
        pairs = list(product(after, before) if parts.bond == "follows" else product(before, after))
    for earlier, later in pairs:
        found = followed(earlier, later, case) if earlier.id != later.id else None
        if found is not None and _is_then(found[1][1], parts, case):
            seat, terms = found
            said = "; ".join(term_sentence(t, seat) for t in terms)
            return said, [term_evidence(t, seat, "supports") for t in terms]
    return None


def _is_then(term: Term, parts: BondParts, case: Case) -> bool:
    """Whether the later term began at the date told beside the word, if one is told there."""
    text = case.article.paragraphs[parts.around.sentence.paragraph].text
    near = [
        d
        for d in parts.around.dates
        if d.start - parts.end < _NEAR
        and parts.start - d.end < _NEAR
        and not re.search(r"[,;:]\s.*\S", text[min(d.end, parts.end) : max(d.start, parts.start)])
    ]
    days = [r for d in near if (r := resolve(d, case.as_of, "past"))]
    return not days or any(term.start is not None and (term.start.inside(d) or d.inside(term.start)) for d in days)


def _by_noun(parts: BondParts, word: str, case: Case) -> list[tuple[Entity, Entity]]:
    """ "His successor, B", "B, his successor", "A's predecessor": who stands beside the noun, and whom else it can be of."""
    named = people_named(case, parts.around)
    text = case.article.paragraphs[parts.around.sentence.paragraph].text
    ahead = [n for n in named if 0 <= n.start - parts.end <= 6]
    behind = [n for n in named if n.end <= parts.start and re.fullmatch(r",\s(?:his|her|the|a|its|\w+['’]s|[\w\s]+['’]s)?\s?(?:immediate\s)?", text[n.end : parts.start])]  # fmt: skip
    beside = (ahead or behind[-1:])[:1]
    if of := [n for n in named if re.fullmatch(r"\s(?:of|to)\s(?:the\s)?", text[parts.end : n.start])]:
        earlier = [s.entity for s in people_meant(case, parts.around, parts.start)][:3]
        pairs = [(b, o) for b in of[0].bearers for o in earlier if b.id != o.id]
        return pairs if word.startswith("successor") else [(o, b) for b, o in pairs]
    if not beside:
        return []
    owners = [n for n in named if n not in beside and text[n.end : n.end + 2] in ("'s", "’s") and n.end <= parts.start]
    others = [e for n in owners for e in n.bearers] or [
        s.entity for s in everybody(case, parts.around, parts.start) if s.entity not in beside[0].bearers
    ]
    pairs = [(b, o) for b in beside[0].bearers for o in others[:6]]
    return [(o, b) for b, o in pairs] if word.startswith("successor") else pairs


def _won(parts: BondParts, case: Case) -> Match | None:
    """The person named nearest to the word, and an award that the sentence names."""
    awards = [m.entity for m in named_in(case, parts.around.sentence) if m.entity.kind == "award"]
    dates = [r for d in parts.around.dates if (r := resolve(d, case.as_of, "past"))]
    for award in awards:
        for subject in everybody(case, parts.around, parts.start):
            for statement in reliable(case, subject.entity.id, model.AWARD) if subject.is_near else ():
                at = parse_iso(statement.at) if statement.at else None
                is_then = at is None or (
                    any(at.overlaps(d) for d in dates) if dates else not (case.as_of and at.after(case.as_of))
                )
                if statement.value == award.id and is_then:
                    label = award.label.removeprefix("The ")
                    said = f"{subject.entity.label} received the {label}" + (f" in {at}" if at else "")
                    return said, [stated(statement, said, "supports", subject.entity.label)]
    return None


def _seat(parts: BondParts, case: Case) -> Match | None:
    """A body and the place of its seat, both near the word."""
    places = [m.entity.id for m in _near(parts, case, "place") if m.span.end > parts.start - _NEAR][:2]
    for subject in things_meant(case, parts.around.sentence, parts.start):
        for statement in reliable(case, subject.entity.id, model.HEADQUARTERS):
            if statement.value in places and (case.as_of is None or statement.end is None):
                said = f"{subject.entity.label} has its headquarters in {case.known.knowledge.label(statement.value)}"
                return said, [stated(statement, said, "supports", subject.entity.label)]
        if subject.is_near and subject.entity.kind == "organisation":
            return None
    return None


def _capital(parts: BondParts, case: Case) -> Match | None:
    """A place called a capital, and the country of the sentence, or else the one of the article that it is the capital of."""
    text = case.article.paragraphs[parts.around.sentence.paragraph].text
    places = _near(parts, case, "place")
    beside = [m for m in places if m.span.end <= parts.start and _BEFORE_CAPITAL.match(text[m.span.end : parts.start])]
    beside = beside or [
        m for m in places if m.span.start >= parts.end and _AFTER_CAPITAL.match(text[parts.end : m.span.start])
    ]
    if not beside:
        return None
    place = beside[0].entity
    of = [
        s
        for s in case.known.knowledge.statements_with(place.id, model.CAPITAL)
        if s.is_reliable and holds(s, case.as_of)
    ]
    countries = [m for m in named_in(case, parts.around.sentence) if m.entity.kind == "country"]
    here = {m.entity.id for m in countries if abs(m.span.start - parts.end) < 30 or abs(m.span.end - parts.start) < 3}
    for statement in of:
        if statement.subject in here or (not here and len(of) == 1):
            said = f"{place.label} is the capital of {case.known.knowledge.label(statement.subject)}"
            return said, [stated(statement, said, "supports", place.label)]
    return None


def _near(parts: BondParts, case: Case, kind: str) -> list[Mention]:
    """The mentions of a kind in the sentence, nearest to the word first."""
    named = [m for m in named_in(case, parts.around.sentence) if m.entity.kind == kind and not _covers(m, parts)]
    return sorted(named, key=lambda m: min(abs(m.span.start - parts.end), abs(parts.start - m.span.end)))


def _covers(mention: Mention, parts: BondParts) -> bool:
    return mention.span.start < parts.end and parts.start < mention.span.end


def _founded(parts: BondParts, case: Case) -> Match | None:
    for body in things_meant(case, parts.around.sentence, parts.start):
        founders = {s.value: s for s in reliable(case, body.entity.id, model.FOUNDER)}
        for person in people_meant(case, parts.around, parts.start, parts.end):
            if (statement := founders.get(person.entity.id)) is not None:
                said = f"{body.entity.label} was founded by {person.entity.label}"
                return said, [stated(statement, said, "supports", body.entity.label)]
    return None


def _crew(parts: BondParts, case: Case) -> Match | None:
    """A person and the flight or event named nearest to them in the sentence, near the word."""
    flights = [
        m for m in named_in(case, parts.around.sentence) if m.entity.kind in ("mission", "event", "craft", "treaty")
    ]
    if not flights:
        return None
    for person in people_named(case, parts.around):
        flight = min(flights, key=lambda m: min(abs(m.span.start - person.end), abs(person.start - m.span.end)))
        away = min(abs(parts.start - person.end), abs(person.start - parts.end), abs(parts.start - flight.span.end))
        if away > _FAR:
            continue
        for bearer in person.bearers:
            if (statement := _took_part(bearer, flight.entity, case)) is not None:
                said = f"{bearer.label} took part in {flight.entity.label}"
                return said, [stated(statement, said, "supports", flight.entity.label)]
    return None


def _runs(parts: BondParts, case: Case) -> Match | None:
    """Somebody who runs what the article names, now."""
    if case.as_of is None:
        return None
    for subject in people_meant(case, parts.around, parts.start)[:1]:
        for seat, term in terms_held_by(subject.entity.id, case.known.knowledge):
            if term.covers(case.as_of) and is_named(seat, case):
                said = term_sentence(term, seat, case.as_of)
                return said, [term_evidence(term, seat, "supports")]
    return None


def _vehicle(parts: BondParts, case: Case) -> Match | None:
    """A flight or a craft and the rocket that carried it, both near the word."""
    things = [m.entity for m in _near(parts, case, "craft") + _near(parts, case, "mission") if _is_near(m, parts)]
    named = {m.entity.id for m in named_in(case, parts.around.sentence)}
    carried = things or [s.entity for s in things_meant(case, parts.around.sentence, parts.start)]
    for thing in carried:
        for statement in reliable(case, thing.id, model.LAUNCH_VEHICLE):
            if statement.value in named and statement.value != thing.id:
                said = f"{thing.label} was launched by {case.known.knowledge.label(statement.value)}"
                return said, [stated(statement, said, "supports", thing.label)]
    return None


def _is_near(mention: Mention, parts: BondParts) -> bool:
    return min(abs(mention.span.start - parts.end), abs(parts.start - mention.span.end)) < _FAR


def _place(parts: BondParts, case: Case) -> Match | None:
    """A place right before or behind the word, and the place or the country that it lies in on the other side."""
    named = [m for m in named_in(case, parts.around.sentence, pronouns=False) if m.entity.kind in ("place", "country")]
    before = [m for m in named if 0 <= parts.start - m.span.end <= 3]
    behind = [m for m in named if 0 <= m.span.start - parts.end <= 3]
    for one in before[-1:]:
        for other in behind[:1]:
            for inner, outer in ((one.entity, other.entity), (other.entity, one.entity)):
                for prop in (model.LOCATED_IN, model.COUNTRY):
                    for statement in reliable(case, inner.id, prop):
                        if statement.value == outer.id:
                            said = f"{inner.label} is in {outer.label}"
                            return said, [stated(statement, said, "supports", inner.label)]
    return None


def _took_part(person: Entity, flight: Entity, case: Case) -> Statement | None:
    return next((s for s, event in took_part_in(person, case) if event.id == flight.id), None)
