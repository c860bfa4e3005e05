"""An article with all that its examination rests on, as one pack: whoever opens it, without a network, sees the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from reader.article.model import Article
from reader.article.saved import KIND, to_bytes
from reader.desk import Desk, examine
from reader.findings import DeskOptions, Finished
from reader.knowledge.build import PackBuilder
from reader.knowledge.model import Entity, EntityRecord, Statement
from reader.knowledge.recording import RecordingKnowledge


async def save_evidence(article: Article, options: DeskOptions, out: Path) -> dict[str, int]:
    """Examine, then once more with every look-up kept, and write those down. Raises PackError, FactError, OSError."""
    if options.online:
        await examine(article, options)
    desk = Desk(article, replace(options, online=False, keep_trying=False), knowledge=RecordingKnowledge)
    stream = desk.run()
    try:
        async for event in stream:
            if isinstance(event, Finished) and isinstance(desk.knowledge, RecordingKnowledge):
                return _written(article, desk.knowledge, out)
    finally:
        await stream.aclose()
    return {}


def _written(article: Article, knowledge: RecordingKnowledge, out: Path) -> dict[str, int]:
    fetched = " ".join(sorted(e for e in knowledge.entities if knowledge.is_only_fetched(e)))
    with PackBuilder(out, name=out.stem, fetched=fetched) as builder:
        counts = {
            "entities": builder.add(_records(knowledge)),
            "statements": len(knowledge.stated),
            "pages": builder.add_pages(_pages(knowledge)),
            "reviews": builder.add_reviews(_reviews(knowledge)),
        }
        builder.add_names(sorted(knowledge.names))
        builder.add_article(article.url or "", KIND, to_bytes(article))
        builder.finish()
    return counts


def _records(knowledge: RecordingKnowledge) -> Iterator[EntityRecord]:
    """Every entity that was met, with the statements that were seen; its names are those that were asked for."""
    own: dict[str, list[Statement]] = {}
    for statement in knowledge.stated.values():
        own.setdefault(statement.subject, []).append(statement)
    for entity_id in sorted({*own, *knowledge.entities}):
        entity = knowledge.entities.get(entity_id) or knowledge.entity(entity_id) or Entity(entity_id, entity_id)
        yield EntityRecord(entity, statements=tuple(own.get(entity_id, ())))


def _pages(knowledge: RecordingKnowledge) -> Iterator[dict[str, Any]]:
    for page in knowledge.paged.values():
        yield {**msgspec.structs.asdict(page), "wikidata": page.entity}


def _reviews(knowledge: RecordingKnowledge) -> Iterator[dict[str, Any]]:
    for review in knowledge.reviewed.values():
        yield {
            "claimReviewed": review.claim,
            "reviewRating": {"alternateName": review.rating},
            "author": {"name": review.publisher},
            "url": review.url,
            "datePublished": review.reviewed,
            "sdLicense": review.licence,
        }
