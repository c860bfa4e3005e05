"""Cards in full, for whoever wants to read them: the packs and the store are opened for it and closed again."""

from __future__ import annotations

from collections.abc import Sequence

from reader.dates import Interval
from reader.findings import DeskOptions
from reader.knowledge.cards import Card, CardInFull, card_in_full
from reader.knowledge.opening import open_knowledge
from reader.knowledge.schema import PackError
from reader.knowledge.store import EvidenceStore, StoreError


async def cards_in_full(cards: Sequence[Card], options: DeskOptions, as_of: Interval | None) -> list[CardInFull]:
    """Everything known of each card's entity. Raises PackError where nothing can be opened."""
    store = _store(options)
    try:
        live = store.pack if store else None
        knowledge = await open_knowledge(options.packs, builtin=options.builtin, live=live, failed=lambda _: None)
        try:
            return [card_in_full(card, knowledge, as_of) for card in cards]
        finally:
            knowledge.close()
    finally:
        if store is not None:
            store.close()


def _store(options: DeskOptions) -> EvidenceStore | None:
    """The evidence store, where there is one that can be opened: the desk has said already what is wrong with another."""
    if options.store is None or not options.store.exists():
        return None
    try:
        return EvidenceStore(options.store)
    except StoreError:
        return None


__all__ = ["PackError", "cards_in_full"]
