"""Building a pack: records stream into one SQLite file; memory does not grow with the input."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from reader import clock
from reader.article.clean import clean_line
from reader.knowledge.model import COUNTRY, EntityRecord
from reader.knowledge.names import title_key
from reader.knowledge.rows import (
    ADD_ENTITY,
    PAGE_COLUMNS,
    REVIEW_COLUMNS,
    alias_rows,
    entity_row,
    page_row,
    review_row,
    statement_row,
)
from reader.knowledge.schema import APPLICATION_ID, INDEXES, TABLES, VERSION, PackError
from reader.knowledge.wikidata import RawEntity, record_of

_BATCH = 2000
_LONGEST_LINE = 64 * 1024 * 1024
_SCOPE_PROPERTIES = (COUNTRY, "P1001", "P2389")


class PackBuilder:
    """Writes a pack beside its final place and moves it there when it is whole: no half pack is ever seen."""

    def __init__(self, out: Path, *, name: str, snapshot: str | None = None, fetched: str = "") -> None:
        """`fetched` are the ids of entities that only a look-up of their name has brought in."""
        self._out = out
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
        os.close(handle)
        self._temporary = Path(temporary)
        self._db = sqlite3.connect(temporary, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32768; PRAGMA temp_store=FILE; PRAGMA page_size=4096;"
        )
        self._db.executescript(TABLES)
        self._db.execute("BEGIN")
        self._manifest: dict[str, str] = {"name": name} | ({"fetched": fetched} if fetched else {})
        self._snapshot = snapshot
        self._latest = ""
        self._licences: set[str] = set()
        self._sources: set[str] = set()

    def __enter__(self) -> PackBuilder:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._temporary.unlink(missing_ok=True)

    def add(self, records: Iterable[EntityRecord]) -> int:
        """Add entities with their statements; a known entity gets the new aliases and statements too."""
        count = 0
        batch: list[EntityRecord] = []
        for record in records:
            batch.append(record)
            count += 1
            if len(batch) >= _BATCH:
                self._write(batch)
                batch.clear()
        self._write(batch)
        return count

    def add_pages(self, pages: Iterable[dict[str, Any]]) -> int:
        """Add pages ({title, extract, url, revision, wikidata}); a page without title or text is left out."""
        rows = filter(None, map(page_row, pages))
        before = self._db.total_changes
        self._db.executemany(f"INSERT INTO page {PAGE_COLUMNS}", rows)
        return self._db.total_changes - before

    def add_reviews(self, items: Iterable[dict[str, Any]]) -> int:
        """Add schema.org ClaimReviews; one without a claim or a worded rating is left out."""
        before = self._db.total_changes
        self._db.executemany(
            f"INSERT INTO review {REVIEW_COLUMNS}",
            filter(None, map(review_row, items)),
        )
        return self._db.total_changes - before

    def add_names(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Add names in their normal form, each with its entity and the kind of name it is."""
        self._db.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?, ?)", rows)

    def add_article(self, url: str, kind: str, body: bytes) -> None:
        """Add the article that the evidence is about."""
        row = ("", url, kind, body, clock.today().isoformat())
        self._db.execute("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?)", row)

    def finish(self) -> None:
        """Index, write the manifest and move the pack to its place."""
        self._add_titles()
        self._manifest |= {
            "made": clock.today().isoformat(),
            "snapshot": self._snapshot or self._latest,
            "sources": "; ".join(sorted(self._sources)),
            "licences": "; ".join(sorted(self._licences)),
        }
        self._db.executemany("INSERT INTO manifest VALUES (?, ?)", self._manifest.items())
        self._db.executescript(INDEXES)
        self._db.execute("BEGIN")
        self._db.execute(
            "INSERT INTO entity_name (norm, entity) SELECT norm, entity FROM alias WHERE kind IN ('label', 'alias')"
        )
        self._db.executescript(f"PRAGMA user_version={VERSION}; PRAGMA application_id={APPLICATION_ID}; ANALYZE;")
        self._db.close()
        self._temporary.chmod(0o644)
        self._temporary.replace(self._out)

    def _write(self, batch: list[EntityRecord]) -> None:
        execute = self._db.executemany
        execute(
            ADD_ENTITY,
            [entity_row(r.entity) for r in batch],
        )
        execute("INSERT OR IGNORE INTO alias VALUES (?, ?, ?)", [row for r in batch for row in alias_rows(r)])
        execute(
            "INSERT INTO statement VALUES (?, ?, ?, ?, ?)",
            [statement_row(s) for r in batch for s in r.statements],
        )
        for record in batch:
            for statement in record.statements:
                provenance = statement.provenance
                self._latest = max(self._latest, provenance.retrieved or "")
                self._sources.add(provenance.source)
                self._licences.add(provenance.licence or "unknown")

    def _add_titles(self) -> None:
        """Index every office by the words of its title without whose it is (see `title_key`)."""
        self._db.execute("CREATE TEMP TABLE scope AS SELECT DISTINCT s.subject AS office, a.norm AS name FROM statement s JOIN alias a ON a.entity = s.object "
                         f"WHERE s.property IN {_SCOPE_PROPERTIES} AND s.subject IN (SELECT id FROM entity WHERE kind = 'position')")  # fmt: skip
        self._db.execute("CREATE INDEX temp.scope_office ON scope (office)")
        offices = self._db.execute(
            "SELECT a.norm, a.entity FROM alias a JOIN entity e ON e.id = a.entity WHERE e.kind = 'position' AND a.kind IN ('label', 'alias')"
        )
        writer = self._db.cursor()
        while rows := offices.fetchmany(_BATCH):
            keys = []
            for norm, office in rows:
                names = tuple(
                    name for (name,) in self._db.execute("SELECT name FROM scope WHERE office = ?", (office,))
                )
                keys += [(key, office, "title") for key in {title_key(norm), title_key(norm, names)} if key]
            writer.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?, ?)", keys)


def read_entities(path: Path, snapshot: str | None = None) -> Iterator[EntityRecord]:
    """Entities of a Wikidata JSON file: one array, one entity a line, or an API's `{"entities": {…}}`; gzip by name. Raises PackError."""
    decode = msgspec.json.Decoder(RawEntity).decode
    for number, document in enumerate(_read(path), 1):
        try:
            raw = decode(document)
            inner = msgspec.json.decode(document).get("entities") if not raw.id else None
            if isinstance(inner, list) and not inner:
                inner = {}  # PHP writes an empty map so
            raws = (
                [raw]
                if inner is None
                else [msgspec.convert(r, RawEntity) for r in msgspec.convert(inner, dict[str, Any]).values()]
            )
        except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
            raise PackError(f"{path.name}: entity {number} is not Wikidata's entity JSON ({error})") from error
        for item in raws:
            if record := record_of(item, snapshot=snapshot):
                yield record


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a JSON Lines file (or of one JSON array). Raises PackError."""
    for number, document in enumerate(_read(path), 1):
        try:
            item = json.loads(document)
        except (ValueError, RecursionError) as error:
            raise PackError(f"{path.name}: item {number} is not JSON ({error})") from error
        if isinstance(item, dict):
            yield item


def read_reviews(path: Path) -> Iterator[dict[str, Any]]:
    """ClaimReviews of a schema.org DataFeed, an array, or JSON Lines; empty and null items are passed over."""
    for item in read_json_lines(path):
        for element in item.get("dataFeedElement") or [item]:
            inner = element.get("item", element) if isinstance(element, dict) else None
            for review in inner if isinstance(inner, list) else [inner]:
                if isinstance(review, dict):
                    yield review


def _read(path: Path) -> Iterator[bytes]:
    """The JSON documents of a file; whatever is wrong with the file is a PackError."""
    try:
        with _open(path) as stream:
            yield from _documents(stream, path.name)
    except (OSError, EOFError, UnicodeDecodeError, RecursionError, msgspec.DecodeError) as error:
        raise PackError(f"{path.name}: cannot be read as JSON ({clean_line(str(error))})") from error


def _open(path: Path) -> contextlib.AbstractContextManager[IO[bytes]]:
    try:
        return cast(IO[bytes], gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")
    except OSError as error:
        raise PackError(f"{path}: cannot be read ({error.strerror})") from error


def _documents(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """Split a stream into JSON objects: by lines as dumps are written, else object by object through one bounded buffer."""
    in_array = False
    while line := stream.readline(_LONGEST_LINE):
        text = line.strip().rstrip(b",")
        text = text.removeprefix(b"\xef\xbb\xbf")
        in_array = in_array or text == b"["
        if text in (b"", b"[", b"]") or (in_array and text == b"null"):
            continue
        if text.startswith(b"[") and text.endswith(b"]"):
            yield from (bytes(item) for item in msgspec.json.decode(text, type=list[msgspec.Raw]))
        elif text.startswith(b"{") and text.endswith(b"}"):
            yield text
        elif text.startswith((b"{", b"[")) or len(line) >= _LONGEST_LINE:
            yield from _objects(line, stream, name)
        else:
            raise PackError(
                f"{name}: holds something that is no JSON object: {clean_line(text[:40].decode('utf-8', 'replace'))!r}"
            )


def _objects(start: bytes, stream: IO[bytes], name: str) -> Iterator[bytes]:
    """Objects of an array, or one object, written over several lines."""
    decoder = json.JSONDecoder()
    text = codecs.getincrementaldecoder("utf-8")()
    buffer = text.decode(start).lstrip("\ufeff \n\r\t").lstrip("[").lstrip()
    while True:
        if buffer.startswith("]") or not buffer:
            more = stream.read(1 << 20)
            if not more:
                return
            buffer = (buffer.lstrip("]") + text.decode(more)).lstrip()
            continue
        try:
            item, end = decoder.raw_decode(buffer)
        except ValueError as error:
            more = stream.read(1 << 20)
            if not more:
                raise PackError(f"{name}: ends in the middle of an object, or is no JSON ({error})") from error
            buffer += text.decode(more)
            if len(buffer) > _LONGEST_LINE:
                raise PackError(f"{name}: holds an object of more than {_LONGEST_LINE:,} characters") from error
            continue
        yield msgspec.json.encode(item)
        buffer = buffer[end:].lstrip().lstrip(",").lstrip()
