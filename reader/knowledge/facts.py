"""Compact, readable facts: the TOML sources of the built-in pack, and the JSON data beside test cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import tomli

from reader.article.clean import clean_line, clean_url
from reader.dates import parse_iso
from reader.knowledge.model import Entity, EntityKind, EntityRecord, Provenance, Rank, Statement


class FactError(Exception):
    """A facts file does not say what it should; the message names file and entity."""


class _Fact(msgspec.Struct, forbid_unknown_fields=True):
    property: str
    value: str
    start: str | None = None
    end: str | None = None
    at: str | None = None
    acting: bool = False
    ordinal: str | None = None
    role: str | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    rank: Rank = "normal"
    disputed: bool = False
    circa: bool = False
    referenced: bool = True
    source: str | None = None
    url: str | None = None
    retrieved: str | None = None


class _FactEntity(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    label: str
    kind: EntityKind = "other"
    description: str | None = None
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    wikipedia: str | None = None
    statements: tuple[_Fact, ...] = ()


class _FactFile(msgspec.Struct, forbid_unknown_fields=True):
    source: str
    snapshot: str
    licence: str | None = None
    url: str | None = None
    entity: tuple[_FactEntity, ...] = ()


def read_facts(path: Path) -> Iterator[EntityRecord]:
    """The entities of one TOML file. Raises FactError."""
    try:
        file = msgspec.convert(tomli.loads(path.read_text("utf-8")), _FactFile)
    except (tomli.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise FactError(f"{path.name}: {error}") from error
    licence = clean_line(file.licence) if file.licence else None
    shared = Provenance(clean_line(file.source), clean_url(file.url or ""), None, clean_line(file.snapshot), licence)
    for place, entity in enumerate(file.entity):
        yield _record(entity, shared, path.stem, place)


def facts_from(data: Mapping[str, Any], name: str) -> Iterator[EntityRecord]:
    """The entities of a test world: `{"snapshot": …, "entities": […]}`. Raises FactError."""
    shared = Provenance(name, None, None, data["snapshot"], "CC0")
    try:
        entities = msgspec.convert(data["entities"], tuple[_FactEntity, ...])
    except msgspec.ValidationError as error:
        raise FactError(f"{name}: {error}") from error
    for place, entity in enumerate(entities):
        yield _record(entity, shared, name, place)


def _record(entity: _FactEntity, shared: Provenance, where: str, place: int) -> EntityRecord:
    statements = tuple(
        _statement(entity.id, f"{place}.{number}", fact, shared, where)
        for number, fact in enumerate(entity.statements, 1)
    )
    wikipedia = f"https://en.wikipedia.org/wiki/{entity.wikipedia.replace(' ', '_')}" if entity.wikipedia else None
    url = f"https://www.wikidata.org/wiki/{entity.id}" if entity.id.startswith("Q") else wikipedia
    return EntityRecord(
        Entity(
            entity.id,
            clean_line(entity.label),
            entity.kind,
            clean_line(entity.description) if entity.description else None,
            url,
        ),
        tuple(clean_line(a) for a in entity.aliases),
        tuple(clean_line(d) for d in entity.demonyms),
        statements,
        (entity.wikipedia,) if entity.wikipedia else (),
    )


def _statement(subject: str, number: str, fact: _Fact, shared: Provenance, where: str) -> Statement:
    for date in (fact.start, fact.end, fact.at, fact.retrieved):
        if date not in (None, "?") and parse_iso(date) is None:
            raise FactError(f"{where}: {subject}: {date!r} is not a date")
    own = fact.source or fact.url or fact.retrieved
    provenance = (
        Provenance(
            clean_line(fact.source) if fact.source else shared.source,
            clean_url(fact.url or "") or (None if fact.source else shared.url),
            None,
            fact.retrieved or shared.retrieved,
            shared.licence,
        )
        if own
        else shared
    )
    return Statement(
        id=f"{where}/{subject}/{number}",
        subject=subject,
        property=fact.property,
        value=clean_line(fact.value),
        provenance=provenance,
        value_kind=_kind_of(fact.value),
        start=fact.start,
        end=fact.end,
        at=fact.at,
        acting=fact.acting,
        ordinal=clean_line(fact.ordinal) if fact.ordinal else None,
        role=clean_line(fact.role) if fact.role else None,
        replaces=fact.replaces,
        replaced_by=fact.replaced_by,
        rank=fact.rank,
        disputed=fact.disputed,
        circa=fact.circa,
        referenced=fact.referenced,
    )


def _kind_of(value: str) -> Any:
    if value in ("somevalue", "novalue"):
        return value
    if value.startswith("local:") or (value[:1] == "Q" and value[1:].isdigit()):
        return "entity"
    return "date" if parse_iso(value) else "text"
