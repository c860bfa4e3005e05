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
    """The same packs as another knowledge, with a record of each look-up; closing it is the other's business."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge.packs)
        self.names: dict[str, NameAsked] = {}
        self.considered: dict[tuple[str, str | None], StatementsAsked] = {}

    def named_normal(self, norm: str) -> list[tuple[Entity, AliasKind]]:
        """Look a name up, and remember it with those who bear it."""
        found = super().named_normal(norm)
        self.names[norm] = NameAsked(norm, tuple({e.id: e for e, _ in found}.values()))
        return found

    def statements(self, subject: str, prop: str | None = None) -> tuple[Statement, ...]:
        """Look statements up, and remember them."""
        found = super().statements(subject, prop)
        self._note(subject, prop, found)
        return found

    def statements_with(self, value: str, prop: str) -> tuple[Statement, ...]:
        """Look statements up by their value, and remember them."""
        found = super().statements_with(value, prop)
        self._note(value, f"{prop} of", found)
        return found

    def _note(self, entity: str, prop: str | None, found: tuple[Statement, ...]) -> None:
        named = tuple((self.label(s.subject), self.label(s.value), s) for s in found)
        self.considered[entity, prop] = StatementsAsked(named)
