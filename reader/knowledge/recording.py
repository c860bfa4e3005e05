"""Knowledge that keeps everything it was asked for and found: what a saved pack is made of."""

from __future__ import annotations

from collections.abc import Sequence

from reader.knowledge.model import AliasKind, Entity, Page, Review, Statement
from reader.knowledge.pack import Knowledge, Pack


class RecordingKnowledge(Knowledge):
    """The same answers as any knowledge, with a record of them."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        super().__init__(packs)
        self.entities: dict[str, Entity] = {}
        self.names: set[tuple[str, str, AliasKind]] = set()
        self.stated: dict[str, Statement] = {}
        self.paged: dict[str, Page] = {}
        self.reviewed: dict[tuple[str, str | None], Review] = {}

    def named_normal(self, norm: str) -> list[tuple[Entity, AliasKind]]:
        """Look a name up, and keep who bears it."""
        found = super().named_normal(norm)
        for entity, kind in found:
            self.names.add((norm, entity.id, kind))
            self.entities[entity.id] = entity
        return found

    def entity(self, entity_id: str) -> Entity | None:
        """Look an entity up, and keep it."""
        found = super().entity(entity_id)
        if found is not None:
            self.entities[entity_id] = found
        return found

    def statements(self, subject: str, prop: str | None = None) -> tuple[Statement, ...]:
        """Look statements up, and keep them."""
        found = super().statements(subject, prop)
        self.stated |= {s.id: s for s in found}
        return found

    def statements_with(self, value: str, prop: str) -> tuple[Statement, ...]:
        """Look statements up by their value, and keep them."""
        found = super().statements_with(value, prop)
        self.stated |= {s.id: s for s in found}
        return found

    def pages(self, entities: Sequence[str]) -> tuple[Page, ...]:
        """Look pages up, and keep them."""
        found = super().pages(entities)
        self.paged |= {p.url or p.title: p for p in found}
        return found

    def reviews(self, words: Sequence[str]) -> tuple[Review, ...]:
        """Look reviews up, and keep them."""
        found = super().reviews(words)
        self.reviewed |= {(r.claim, r.url): r for r in found}
        return found
