"""Reading packs: exact lookups by name, id, property and value, the same over one pack or several."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec

from reader.article.clean import clean_block, clean_line, clean_url
from reader.knowledge.model import AliasKind, Entity, EntityKind, Page, Review, Statement
from reader.knowledge.names import normal
from reader.knowledge.schema import PackError, connect

_KEPT = 20_000


class Pack:
    """One pack, open for reading; opening is instant whatever its size. Raises PackError."""

    def __init__(self, path: Path, *, live: bool = False) -> None:
        self.path = path
        self.is_live = live
        self._db = connect(path, live=live)
        self._one = threading.Lock()  # a half-read answer of one thread would hold all others at its moment
        self._decode = msgspec.msgpack.Decoder(Statement).decode
        self.manifest  # noqa: B018 - a pack that cannot say what it is cannot be trusted to say more

    @property
    def manifest(self) -> Mapping[str, str]:
        """Name, when made, snapshot, sources, licences."""
        return {key: clean_line(value) for key, value in self._rows("SELECT key, value FROM manifest ORDER BY key")}

    @property
    def name(self) -> str:
        """Its name by the manifest, or its file's where the manifest cannot be read."""
        try:
            return self.manifest.get("name", self.path.name)
        except PackError:
            return clean_line(self.path.name)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many entities, names, statements, pages and reviews it holds."""
        return {
            table: self._rows(f"SELECT count(*) FROM {table}")[0][0]
            for table in ("entity", "alias", "statement", "page", "review")
        }

    def named(self, norm: str) -> list[tuple[Entity, AliasKind]]:
        """The entities that bear a name (in its normal form), with the kind of name it is."""
        rows = self._rows(
            "SELECT e.id, e.label, e.kind, e.description, e.url, a.kind FROM alias a JOIN entity e ON e.id = a.entity WHERE a.norm = ?",
            (norm,),
        )
        return [(_entity(row[:5]), row[5]) for row in rows]

    def entity(self, entity_id: str) -> Entity | None:
        """The entity of that id."""
        rows = self._rows("SELECT id, label, kind, description, url FROM entity WHERE id = ?", (entity_id,))
        return _entity(rows[0]) if rows else None

    def statements(self, subject: str) -> list[Statement]:
        """All statements about an entity."""
        return self._decoded("SELECT body FROM statement WHERE subject = ?", (subject,))

    def statements_with(self, value: str, prop: str) -> list[Statement]:
        """All statements of a property whose value is an entity: the inverse direction."""
        return self._decoded("SELECT body FROM statement WHERE object = ? AND property = ?", (value, prop))

    def pages(self, entities: Sequence[str]) -> list[Page]:
        """The pages about some entities, in the order they came in."""
        marks = ", ".join("?" * len(entities))
        rows = self._rows(f"SELECT {_PAGE} FROM page WHERE entity IN ({marks}) ORDER BY id", entities)
        return [_page(row) for row in rows]

    def reviews(self, words: Sequence[str], limit: int = 20) -> list[Review]:
        """Reviewed claims that share words with a sentence, the likest first."""
        query = " OR ".join(f'"{w}"' for word in words if (w := word.replace('"', "")))
        if not query:
            return []
        rows = self._rows(
            "SELECT r.claim, r.rating, r.publisher, r.url, r.reviewed, r.licence FROM review_text t JOIN review r ON r.id = t.rowid "
            "WHERE review_text MATCH ? ORDER BY rank, r.url, r.claim LIMIT ?",
            (query, limit),
        )
        return [_review(row) for row in rows]

    @property
    def has_pages(self) -> bool:
        """Whether there is a page at all."""
        return bool(self._rows("SELECT 1 FROM page LIMIT 1"))

    @property
    def has_reviews(self) -> bool:
        """Whether there is a review at all, so that nobody searches for none."""
        return bool(self._rows("SELECT 1 FROM review LIMIT 1"))

    @property
    def fetched(self) -> frozenset[str]:
        """The ids of entities that only a look-up of their name has brought into it."""
        return frozenset(self.manifest.get("fetched", "").split())

    def article(self) -> bytes | None:
        """The article that a saved pack is about, as `article.saved` wrote it."""
        rows = self._rows("SELECT body FROM article WHERE asked = ''")
        return bytes(rows[0][0]) if rows else None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _decoded(self, query: str, values: Sequence[str]) -> list[Statement]:
        try:
            return [_cleaned(self._decode(body)) for (body,) in self._rows(query, values)]
        except msgspec.DecodeError as error:
            raise PackError(f"{self.path}: holds a damaged statement ({error})") from error

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        try:
            with self._one:
                return self._db.execute(query, values).fetchall()
        except (sqlite3.DatabaseError, sqlite3.ProgrammingError) as error:
            raise PackError(f"{self.path}: cannot be read ({error})") from error


_PAGE = "title, extract, url, revision, entity, source, retrieved, licence"


def _page(row: Sequence[str | None]) -> Page:
    title, extract, url, *rest = row
    revision, entity, source, retrieved, licence = (clean_line(str(v)) if v else None for v in rest)
    return Page(clean_line(str(title)), clean_block(str(extract)), clean_url(url) if url else None, revision, entity, source, retrieved, licence)  # fmt: skip


def _review(row: Sequence[str | None]) -> Review:
    claim, rating, publisher, url, reviewed, licence = row
    shown = (clean_line(str(v)) if v else None for v in (publisher, reviewed, licence))
    who, day, terms = shown
    return Review(clean_line(str(claim)), clean_line(str(rating)), who, clean_url(url) if url else None, day, terms)


def _entity(row: Sequence[str | None]) -> Entity:
    """An entity whose every word has passed the door: a pack may come from anybody."""
    number, label, kind, description, url = row
    return Entity(
        clean_line(str(number)),
        clean_line(str(label)),
        cast(EntityKind, clean_line(str(kind))),
        clean_line(description) if description else None,
        clean_url(url) if url else None,
    )


def _cleaned(statement: Statement) -> Statement:
    """A statement whose every word has passed the door; the usual case, plain ASCII, costs next to nothing."""
    source = statement.provenance
    words = "".join(
        (
            statement.id,
            statement.value,
            statement.ordinal or "",
            statement.start or "",
            statement.end or "",
            statement.at or "",
            source.source,
            source.url or "",
            source.revision or "",
            source.licence or "",
            source.retrieved or "",
        )
    )
    if words.isascii() and words.isprintable() and (source.url or "http").startswith("http"):
        return statement
    return msgspec.convert(_each_cleaned(msgspec.to_builtins(statement)), Statement)


def _each_cleaned(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: (clean_url(str(item)) if key == "url" and item else _each_cleaned(item)) for key, item in value.items()
        }
    return clean_line(value) if isinstance(value, str) else value


class Knowledge:
    """Several packs asked in one order; statements merge by id, and the first pack that knows an entity names it."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self._packs = tuple(packs)
        self._named: dict[str, list[tuple[Entity, AliasKind]]] = {}
        self._entities: dict[str, Entity | None] = {}
        self._statements: dict[str, tuple[Statement, ...]] = {}
        self._inverse: dict[tuple[str, str], tuple[Statement, ...]] = {}
        self._reviewing: tuple[Pack, ...] | None = None
        self._revisions: dict[str, int | None] = {}
        self._fetched = frozenset().union(*(pack.fetched for pack in self._packs))
        self._live = tuple(pack for pack in self._packs if pack.is_live)

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs themselves, in the order they are asked."""
        return self._packs

    @property
    def pack_names(self) -> tuple[str, ...]:
        """The packs' names, in the order they are asked."""
        return tuple(pack.name for pack in self._packs)

    def named(self, name: str) -> list[tuple[Entity, AliasKind]]:
        """The entities that bear a name as written."""
        return self.named_normal(normal(name))

    def named_normal(self, norm: str) -> list[tuple[Entity, AliasKind]]:
        """The entities that bear a name already in its normal form, each once a kind of name."""
        if norm not in self._named:
            self._bound(self._named)
            seen: dict[tuple[str, AliasKind], tuple[Entity, AliasKind]] = {}
            for pack in self._packs:
                for entity, kind in pack.named(norm):
                    seen.setdefault((entity.id, kind), (self.entity(entity.id) or entity, kind))
            self._named[norm] = list(seen.values())
        return self._named[norm]

    def entity(self, entity_id: str) -> Entity | None:
        """The entity of that id."""
        if entity_id not in self._entities:
            self._bound(self._entities)
            self._entities[entity_id] = next((e for pack in self._packs if (e := pack.entity(entity_id))), None)
        return self._entities[entity_id]

    def label(self, entity_id: str) -> str:
        """The entity's name for people, or its id where no pack knows one."""
        entity = self.entity(entity_id)
        return entity.label if entity else entity_id

    def statements(self, subject: str, prop: str | None = None) -> tuple[Statement, ...]:
        """Statements about an entity, of one property or all, deprecated ones too: the caller must look at the rank."""
        if subject not in self._statements:
            self._bound(self._statements)
            merged: dict[str, Statement] = {}
            for pack in self._packs:
                for statement in pack.statements(subject):
                    merged.setdefault(statement.id, statement)
            self._statements[subject] = tuple(s for s in merged.values() if not self._is_outdated(s))
        found = self._statements[subject]
        return found if prop is None else tuple(s for s in found if s.property == prop)

    def statements_with(self, value: str, prop: str) -> tuple[Statement, ...]:
        """Statements of a property whose value is an entity."""
        key = (value, prop)
        if key not in self._inverse:
            self._bound(self._inverse)
            merged: dict[str, Statement] = {}
            for pack in self._packs:
                for statement in pack.statements_with(value, prop):
                    merged.setdefault(statement.id, statement)
            self._inverse[key] = tuple(s for s in merged.values() if not self._is_outdated(s))
        return self._inverse[key]

    def pages(self, entities: Sequence[str]) -> tuple[Page, ...]:
        """The pages about some entities, each address once."""
        found = {p.url or f"{pack.name}:{p.title}": p for pack in reversed(self._packs) for p in pack.pages(entities)}
        return tuple(found.values())

    @property
    def has_pages(self) -> bool:
        """Whether any pack holds a page to quote from."""
        return any(pack.has_pages for pack in self._packs)

    def reviews(self, words: Sequence[str]) -> tuple[Review, ...]:
        """Reviewed claims that share words with a sentence."""
        if self._reviewing is None:
            self._reviewing = tuple(pack for pack in self._packs if pack.has_reviews)
        return tuple(review for pack in self._reviewing for review in pack.reviews(words))

    def is_only_fetched(self, entity_id: str) -> bool:
        """Whether nothing but a look-up of its name has brought an entity here: no pack that somebody chose knows it."""
        if not self._live and not self._fetched:
            return False
        holders = [pack for pack in self._packs if pack.entity(entity_id)]
        return bool(holders) and all(pack in self._live or entity_id in self._fetched for pack in holders)

    def checked(self, entity_id: str) -> str | None:
        """The day on which an entity's source was last asked, None where it never was."""
        days = (s.provenance.retrieved for pack in self._live for s in pack.statements(entity_id))
        return max((d for d in days if d), default=None)

    def afresh(self) -> Knowledge:
        """The same packs, asked anew: what was learned meanwhile is seen."""
        return type(self)(self._packs)

    def close(self) -> None:
        """Close every pack."""
        for pack in self._packs:
            pack.close()

    def _is_outdated(self, statement: Statement) -> bool:
        """Whether a later revision of the entity it is about is here and no longer says so, or says it otherwise."""
        revision = statement.provenance.revision
        if not self._live or not revision or not revision.isdigit():
            return False
        newest = self._revision(statement.subject, statement.provenance.source)
        return newest is not None and int(revision) < newest

    def _revision(self, subject: str, source: str) -> int | None:
        """The revision of an entity that was fetched."""
        if subject not in self._revisions:
            self._bound(self._revisions)
            found = (s.provenance for pack in self._live for s in pack.statements(subject))
            known = [int(p.revision) for p in found if p.source == source and p.revision and p.revision.isdigit()]
            self._revisions[subject] = max(known, default=None)
        return self._revisions[subject]

    def _bound(self, cache: dict) -> None:  # type: ignore[type-arg]
        if len(cache) >= _KEPT:
            cache.clear()
