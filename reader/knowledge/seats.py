"""Offices as seats: which one a title means, as its words, their owner and a person's own record tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader.claims.model import OfficeTitle
from reader.claims.role_words import ORG_HEADS
from reader.claims.roles import ENVOYS
from reader.knowledge import model
from reader.knowledge.model import Entity
from reader.knowledge.names import normal, title_key
from reader.knowledge.pack import Knowledge
from reader.knowledge.resolve import Resolver

_CHIEF_EXECUTIVES = frozenset({"ceo", "chief executive", "chief executive officer"})
_CHAIRS = frozenset({"chair", "chairman", "chairwoman", "chairperson"})
_PLAIN_HEADS = frozenset({"head", "chief", "boss", "leader", "director"})
_DEPUTIES = re.compile(r"\b(?:deputy|vice|assistant|associate|under|co|former|lieutenant)\b")


@dataclass(frozen=True, slots=True)
class Seat:
    """One office that can be held: a position, or the lead of an organisation told by one of its properties."""

    id: str
    label: str
    organisation: str | None = None
    prop: str | None = None


@dataclass(frozen=True, slots=True)
class SeatMatch:
    """The seats a title can mean; `is_scoped` says whether it names whose office it is, `is_one_owner` that no namesake could be meant."""

    seats: tuple[Seat, ...]
    is_scoped: bool
    reason: str = ""
    is_one_owner: bool = True


def seats_for(title: OfficeTitle, resolver: Resolver) -> SeatMatch:
    """The seats that a title as written can mean."""
    knowledge = resolver.knowledge
    found: dict[str, Seat] = {}
    scoped = bool(title.scopes)
    if not scoped:
        for position in _positions(knowledge, title_key(" ".join((title.role, *title.field)))):
            found.setdefault(position.id, Seat(position.id, position.label))
        return SeatMatch(tuple(found.values()), False, "" if found else "the office is not in the packs")
    owners: set[tuple[str, str]] = set()
    settled: set[int] = set()
    for number, name, scope, rest in _readings(title, resolver):
        if number in settled and (name, scope.id) not in owners and name not in {n for n, _ in owners}:
            continue
        seats = list(_seats_in(title, scope, rest, knowledge))
        if seats or scope.kind == "organisation":
            owners.add((name, scope.id))
        if seats:
            settled.add(number)
        for seat in seats:
            found.setdefault(seat.id, seat)
    if not found:
        for seat in _by_full_title(title, knowledge):
            found.setdefault(seat.id, seat)
    alone = len(owners) == len({name for name, _ in owners})
    return SeatMatch(
        tuple(found.values()),
        True,
        "" if found else f"no office of that title is known for “{', '.join(title.scopes)}”",
        alone,
    )


def seats_held_by(person: str, title: OfficeTitle, knowledge: Knowledge) -> tuple[Seat, ...]:
    """The seats of one person's own record that a title may mean where it does not say whose it is."""
    found: dict[str, Seat] = {}
    for statement in knowledge.statements(person, model.POSITION_HELD):
        entity = knowledge.entity(statement.value)
        if entity is not None and _may_be_called(title, entity.label):
            found.setdefault(entity.id, Seat(entity.id, entity.label))
    for prop in (model.DIRECTOR, model.CHIEF_EXECUTIVE):
        for statement in knowledge.statements_with(person, prop):
            if statement.role in found or not _may_be_called(title, "head chief executive director"):
                continue
            label = f"head of {knowledge.label(statement.subject)}"
            found.setdefault(
                f"{statement.subject}:{prop}", Seat(f"{statement.subject}:{prop}", label, statement.subject, prop)
            )
    return tuple(found.values())


def _may_be_called(title: OfficeTitle, label: str) -> bool:
    """Whether every word of a title stands in an office's name; a plain "head" may be anything but a deputy."""
    name = normal(label)
    if title.role in _PLAIN_HEADS:
        return not _DEPUTIES.search(name)
    wanted = {w for w in normal(" ".join((*title.field, title.role))).split() if w not in ("of", "the")}
    wanted = {"chair" if w in _CHAIRS else w for w in wanted}
    return wanted <= {"chair" if w in _CHAIRS else w for w in name.split()} and (
        bool(_DEPUTIES.search(title.role)) or not _DEPUTIES.search(name)
    )


def _by_full_title(title: OfficeTitle, knowledge: Knowledge) -> Iterator[Seat]:
    """The title exactly as an office's own label or alias has it ("Governor of the Bank of England")."""
    written = {f"{scope} {' '.join((*title.field, title.role))}" for scope in title.scopes}
    written |= {
        f"{' '.join((*title.field, title.role))} {link} {scope}"
        for scope in title.scopes
        for link in ("of", "for", "of the", "to")
    }
    for name in sorted(written):
        for entity, kind in knowledge.named(name):
            if entity.kind == "position" and kind in ("label", "alias"):
                yield Seat(entity.id, entity.label)


def _readings(title: OfficeTitle, resolver: Resolver) -> Iterator[tuple[int, str, Entity, str]]:
    """Every way to read the scope words as somebody whose office it is, with the words left over for the title."""
    field = " ".join(title.field)
    envoy = title.role in ENVOYS
    for number, text in enumerate(title.scopes):
        if envoy and number < len(title.scopes) - 1:
            continue  # an envoy is the sender's, who is named first
        others = " ".join(t for n, t in enumerate(title.scopes) if n != number)
        for name, rest in _splits(text, field, envoy):
            if name:
                for entity in resolver.whose(name):
                    yield number, name, entity, " ".join(filter(None, (rest, others)))


def _splits(text: str, field: str, envoy: bool) -> Iterator[tuple[str, str]]:
    bare = text.removesuffix("'s").removesuffix("’s").strip()
    if envoy:
        sender, _, receiver = bare.partition(" to ")
        yield sender, receiver.removeprefix("the ")
        return
    if field:
        yield f"{bare} {field}", ""
    yield bare, field
    for found in re.finditer(r"\s(?:of|for|at|in)\s(?:the\s)?|(?:'s|’s)\s", bare):
        head, tail = bare[: found.start()], bare[found.end() :]
        if found[0].strip() in ("'s", "’s"):
            yield head, f"{tail} {field}".strip()
        else:
            yield tail.removesuffix("'s"), f"{head} {field}".strip()
    words = bare.split()
    if len(words) > 1:
        for cut in (1, 2):
            if len(words) > cut:
                yield " ".join(words[:cut]), " ".join((*words[cut:], field)).strip()


def _seats_in(title: OfficeTitle, scope: Entity, rest: str, knowledge: Knowledge) -> Iterator[Seat]:
    names = tuple(_names_of(scope))
    key = title_key(f"{title.role} {rest}", names)
    for position in _positions(knowledge, key):
        if _belongs(position, scope, knowledge):
            yield Seat(position.id, position.label)
    is_body = scope.kind in ("organisation", "other")
    rest_left = title_key(rest, names) if rest else ""
    if is_body and title.role in ORG_HEADS and (not rest_left or _is_country_of(rest, scope, knowledge)):
        yield from _heads(title.role, scope, knowledge)
    elif scope.kind == "country" and rest and title.role in ORG_HEADS:
        for body in _bodies(rest, scope, knowledge):
            yield from _heads(title.role, body, knowledge)


def _names_of(scope: Entity) -> Iterator[str]:
    yield scope.label


def _is_country_of(rest: str, scope: Entity, knowledge: Knowledge) -> bool:
    """ "US" before an agency of that country adds nothing."""
    countries = {s.value for s in knowledge.statements(scope.id, model.COUNTRY)}
    return any(e.id in countries for e, _ in knowledge.named(rest))


def _bodies(words: str, country: Entity, knowledge: Knowledge) -> Iterator[Entity]:
    """ "space agency" of a country: the one organisation that is an instance of such a class there."""
    found: dict[str, Entity] = {}
    for entity, _ in knowledge.named(words):
        if entity.kind == "class":
            for statement in knowledge.statements_with(entity.id, model.INSTANCE_OF):
                body = knowledge.entity(statement.subject)
                if body and any(s.value == country.id for s in knowledge.statements(body.id, model.COUNTRY)):
                    found[body.id] = body
        elif entity.kind in ("organisation", "other") and any(
            s.value == country.id for s in knowledge.statements(entity.id, model.COUNTRY)
        ):
            found[entity.id] = entity
    if len(found) == 1:
        yield from found.values()


def _positions(knowledge: Knowledge, key: str) -> list[Entity]:
    return [e for e, kind in knowledge.named_normal(key) if kind == "title" and e.kind == "position"]


def _belongs(position: Entity, scope: Entity, knowledge: Knowledge) -> bool:
    """Whether an office is that country's, place's or organisation's."""
    return any(
        s.value == scope.id
        for prop in (model.COUNTRY, model.JURISDICTION, model.HEADS_ORGANISATION)
        for s in knowledge.statements(position.id, prop)
    )


def _heads(role: str, body: Entity, knowledge: Knowledge) -> Iterator[Seat]:
    """The seat that a head of an organisation holds: its office if it has one, else its directors or chief executives."""
    offices = [s.value for s in knowledge.statements(body.id, model.OFFICE_OF_HEAD) if s.rank != "deprecated"]
    offices += [s.subject for s in knowledge.statements_with(body.id, model.HEADS_ORGANISATION)]
    for office in dict.fromkeys(offices):
        entity = knowledge.entity(office)
        label = entity.label if entity else office
        if _DEPUTIES.search(normal(label)):
            continue
        if role in _CHAIRS and "chair" not in normal(label):
            continue
        if role in ("president", "governor") and role not in normal(label):
            continue
        yield Seat(office, label, body.id)
    if offices:
        return
    leads = role in _CHIEF_EXECUTIVES or role in _PLAIN_HEADS
    if leads and knowledge.statements(body.id, model.CHIEF_EXECUTIVE):
        yield Seat(f"{body.id}#P169", f"chief executive of {body.label}", body.id, model.CHIEF_EXECUTIVE)
    elif role not in _CHAIRS and role not in ("president",) and knowledge.statements(body.id, model.DIRECTOR):
        yield Seat(f"{body.id}#P1037", f"head of {body.label}", body.id, model.DIRECTOR)
