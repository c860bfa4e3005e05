"""Which flights and events a person took part in, and what else two things are to each other, told from either side."""

from __future__ import annotations

from collections.abc import Iterator

from reader.checks.lookup import reliable
from reader.checks.model import Case
from reader.knowledge import model
from reader.knowledge.model import Entity, Statement

_TOOK_PART = ((model.MISSION, model.CREW), (model.PARTICIPANT_IN, model.PARTICIPANT))


_BELONGS = (model.LOCATED_IN, model.LOCATION, model.PARTICIPANT, model.PART_OF, model.OPERATOR)
_OF_COUNTRY = (model.PARTICIPANT, model.COUNTRY)
_MOST = 60  # entities of an article, and events of each


def events_of(case: Case) -> Iterator[Entity]:
    """The events that the packs place where the article is, or in which what it names took part."""
    named = {m.entity.id: m.entity for found in case.mentions.values() for m in found}
    for entity in list(named.values())[:_MOST]:
        for prop in _BELONGS if entity.kind != "country" else _OF_COUNTRY:
            for statement in case.known.knowledge.statements_with(entity.id, prop)[:_MOST]:
                event = case.known.knowledge.entity(statement.subject)
                if event is not None and event.kind in ("event", "treaty"):
                    yield event


def took_part_in(person: Entity, case: Case) -> Iterator[tuple[Statement, Entity]]:
    """Every flight and event of a person's record or whose record names the person."""
    for of_person, of_event in _TOOK_PART:
        for statement in reliable(case, person.id, of_person):
            if (event := case.known.knowledge.entity(statement.value)) is not None:
                yield statement, event
        for statement in case.known.knowledge.statements_with(person.id, of_event):
            if statement.is_reliable and (event := case.known.knowledge.entity(statement.subject)) is not None:
                yield statement, event
