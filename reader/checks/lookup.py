"""How checks look things up: the one entity a phrase means, the statements that may decide, and when they hold."""

from __future__ import annotations

from collections.abc import Iterator

from reader.checks.model import Case
from reader.dates import Interval, parse_iso
from reader.knowledge.model import Entity, EntityKind, Statement
from reader.knowledge.names import normal

_LONGEST = 9
_MAY_LEAD = frozenset("the a an its their".split())


def named_in(phrase: str, case: Case, kinds: frozenset[EntityKind]) -> Entity | None:
    """The one entity that the longest part of a phrase names beyond doubt; a namesake of any kind leaves it open."""
    words = phrase.split()
    for size in range(min(len(words), _LONGEST), 0, -1):
        for at in range(len(words) - size + 1):
            name = " ".join(words[at : at + size])
            if size == 1 and not name[:1].isupper():
                continue
            found = case.known.anything(name.removesuffix("'s").removesuffix("’s"))
            if found.candidates:
                return found.entity if found.is_certain and found.entity and found.entity.kind in kinds else None
    return None


def one_named(name: str, case: Case, *kinds: EntityKind) -> Entity | None:
    """The one entity of that name, of one of these kinds where any are given; a namesake leaves it open."""
    found = case.known.anything(name.removesuffix("'s").removesuffix("’s"))
    if not found.is_certain or found.entity is None:
        return None
    return found.entity if not kinds or found.entity.kind in kinds else None


def reliable(case: Case, subject: str, prop: str) -> list[Statement]:
    """Statements that may decide: referenced, undisputed, not approximate, of the best rank."""
    found = [
        s
        for s in case.known.knowledge.statements(subject, prop)
        if s.rank != "deprecated" and not s.disputed and not s.circa
    ]
    best = [s for s in found if s.rank == "preferred"] or found
    return [s for s in best if s.referenced]


def undoubted(case: Case, subject: str, prop: str) -> Statement | None:
    """The single statement of a property, with no other of any rank, disputed or not, beside it: a gate for refuting."""
    found = [s for s in case.known.knowledge.statements(subject, prop) if s.rank != "deprecated"]
    return found[0] if len(found) == 1 and found[0].is_reliable else None


def holds(statement: Statement, when: Interval | None) -> bool:
    """Whether a statement definitely holds on a day: begun, not ended, and known to reach that far."""
    if when is None:
        return statement.end is None
    start = parse_iso(statement.start) if statement.start else None
    if start is not None and not start.before(when):
        return False
    if statement.end is not None:
        end = parse_iso(statement.end)
        return end is not None and when.before(end)
    return statement.known_until is not None and not when.after(statement.known_until)


def names_of(entity: str, case: Case, *spellings: str) -> Iterator[str]:
    """Those of some spellings, in their normal form, that an entity bears; its label always."""
    yield normal(case.known.knowledge.label(entity))
    for spelling in spellings:
        norm = normal(spelling)
        if any(e.id == entity for e, _ in case.known.knowledge.named_normal(norm)):
            yield norm
