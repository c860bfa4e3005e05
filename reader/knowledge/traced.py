"""Knowledge that remembers what it was asked: what an explanation shows and anyone can replay."""

from __future__ import annotations

from dataclasses import dataclass

from reader.knowledge.model import AliasKind, Entity, Statement
from reader.knowledge.pack import Knowledge


@dataclass(frozen=True, slots=True)
class NameAsked:
    """A name that was looked up, and every entity that bears it."""

    name: str
    bearers: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class StatementsAsked:
    """Statements that were considered together, each with its subject and its value as people name them."""

    statements: tuple[tuple[str, str, Statement], ...]


class TracedKnowledge(Knowledge):
    """Another knowledge with a record of each look-up; closing it is the other's business."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge.packs)
        self._inner = knowledge
        self.names: dict[str, NameAsked] = {}
        self.considered: dict[tuple[str, str | None], tuple[Statement, ...]] = {}

    @property
    def asked(self) -> tuple[StatementsAsked, ...]:
        """All that was considered, for people to read; only while the packs are open."""
        label = self._inner.label
        return tuple(
            StatementsAsked(tuple((label(s.subject), label(s.value), s) for s in found))
            for found in self.considered.values()
        )

    def entity(self, entity_id: str) -> Entity | None:
        """The entity of that id; not remembered, since it decides nothing."""
        return self._inner.entity(entity_id)

    def named_normal(self, norm: str) -> list[tuple[Entity, AliasKind]]:
        """Look a name up, and remember it with those who bear it."""
        found = self._inner.named_normal(norm)
        self.names[norm] = NameAsked(norm, tuple({e.id: e for e, _ in found}.values()))
        return list(found)

    def statements(self, subject: str, prop: str | None = None) -> tuple[Statement, ...]:
        """Look statements up, and remember them."""
        found = self._inner.statements(subject, prop)
        self.considered[subject, prop] = found
        return found

    def statements_with(self, value: str, prop: str) -> tuple[Statement, ...]:
        """Look statements up by their value, and remember them."""
        found = self._inner.statements_with(value, prop)
        self.considered[value, f"{prop} of"] = found
        return found
