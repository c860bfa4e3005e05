"""From records to the rows of a pack or of the evidence store: one place that says what goes into which column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from reader.article.clean import clean_block, clean_line, clean_url
from reader.knowledge.model import Entity, EntityRecord, Statement
from reader.knowledge.names import normal, without_initials

ADD_ENTITY = (
    "INSERT INTO entity VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET description = coalesce(description, excluded.description), "
    "kind = CASE kind WHEN 'other' THEN excluded.kind ELSE kind END, url = coalesce(url, excluded.url)"
)
PAGE_COLUMNS = "(title, extract, url, revision, entity, source, retrieved, licence) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
REVIEW_COLUMNS = "(claim, rating, publisher, url, reviewed, licence) VALUES (?, ?, ?, ?, ?, ?)"
PageRow = tuple[str, str, str | None, str | None, str | None, str | None, str | None, str | None]
ReviewRow = tuple[str, str, str | None, str | None, str | None, str | None]
_encode = msgspec.msgpack.Encoder().encode


def entity_row(entity: Entity) -> tuple[str, str, str, str | None, str | None]:
    """An entity's own columns."""
    return entity.id, entity.label, entity.kind, entity.description, entity.url


def statement_row(statement: Statement) -> tuple[str, str, str, str | None, bytes]:
    """A statement, its value once more where it is an entity: for the inverse index."""
    value = statement.value if statement.value_kind == "entity" else None
    return statement.id, statement.subject, statement.property, value, _encode(statement)


def alias_rows(record: EntityRecord) -> Iterator[tuple[str, str, str]]:
    """Every name of an entity in its normal form, with the kind of name it is."""
    entity = record.entity
    yield normal(entity.label), entity.id, "label"
    for alias in (*record.aliases, *record.sitelinks):
        if norm := normal(alias.partition(" (")[0]):
            yield norm, entity.id, "alias"
    if entity.kind == "person":
        for name in (entity.label, *record.aliases):
            if short := without_initials(name):
                yield short, entity.id, "alias"
    for demonym in record.demonyms:
        yield normal(demonym), entity.id, "demonym"


def page_row(page: dict[str, Any]) -> PageRow | None:
    """A page ({title, extract, url, revision, wikidata, source, retrieved, licence}); None without title or text."""
    if not page.get("title") or not page.get("extract"):
        return None
    return (
        clean_line(str(page["title"])),
        clean_block(str(page["extract"])),
        clean_url(str(page.get("url") or "")),
        _identifier(page.get("revision")),
        _identifier(page.get("wikidata")),
        _identifier(page.get("source")),
        _identifier(page.get("retrieved")),
        _identifier(page.get("licence")),
    )


def _identifier(value: object) -> str | None:
    return clean_line(str(value)) or None if isinstance(value, str | int) else None


def review_row(item: dict[str, Any]) -> ReviewRow | None:
    """A schema.org ClaimReview; None without a claim or a worded rating."""
    rating = item.get("reviewRating")
    worded = rating.get("alternateName") if isinstance(rating, dict) else None
    author = item.get("author")
    publisher = author.get("name") if isinstance(author, dict) else None
    claim = item.get("claimReviewed")
    if not isinstance(claim, str) or not isinstance(worded, str):
        return None
    return (
        clean_line(claim),
        clean_line(worded),
        clean_line(publisher) if isinstance(publisher, str) else None,
        clean_url(str(item.get("url") or "")),
        clean_line(str(item.get("datePublished") or "")) or None,
        clean_line(str(item.get("sdLicense") or "")) or None,
    )
