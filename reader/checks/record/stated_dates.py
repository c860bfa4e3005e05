"""Dates that statements give: of lives, of events, of bodies and flights, each as a sentence with its evidence."""

from __future__ import annotations

from reader.checks.lookup import reliable
from reader.checks.model import Case, Evidence, stated
from reader.dates import Interval, parse_iso
from reader.knowledge import model
from reader.knowledge.model import Entity

Match = tuple[str, list[Evidence]]

_WORDS = {
    model.INCEPTION: "began to exist",
    model.DISSOLVED: "was dissolved",
    model.STARTED: "began",
    model.ENDED: "ended",
    model.POINT_IN_TIME: "took place",
    model.LAUNCHED: "was launched",
    model.LANDED: "landed",
    model.BORN: "was born",
    model.DIED: "died",
}


def dated(entity: Entity, prop: str, when: Interval, case: Case) -> Match | None:
    """A date of that property that lies in the time told."""
    for statement in reliable(case, entity.id, prop):
        if statement.date is not None and statement.date.inside(when):
            on = "on" if statement.date.is_day else "in"
            said = f"{entity.label} {_WORDS[prop]} {on} {statement.date}"
            return said, [stated(statement, said, "supports", entity.label)]
    return None


def seated(entity: Entity, when: Interval, case: Case) -> Match | None:
    """Since when something has had its seat where it is."""
    for statement in reliable(case, entity.id, model.HEADQUARTERS):
        start = parse_iso(statement.start) if statement.start else None
        if start is not None and start.inside(when):
            place = case.known.knowledge.label(statement.value)
            said = f"{entity.label} has had its headquarters in {place} since {start}"
            return said, [stated(statement, said, "supports", entity.label)]
    return None


def lasted(entity: Entity, when: Interval, case: Case) -> Match | None:
    """An event that was going on in all of the time told."""
    starts, ends = reliable(case, entity.id, model.STARTED), reliable(case, entity.id, model.ENDED)
    if entity.kind != "event" or not starts or not ends or not starts[0].date or not ends[0].date:
        return None
    if starts[0].date.first <= when.first and when.last <= ends[0].date.last:
        said = f"{entity.label} lasted from {starts[0].date} to {ends[0].date}"
        return said, [stated(s, said, "supports", entity.label) for s in (starts[0], ends[0])]
    return None
