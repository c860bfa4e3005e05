"""The evidence store: whatever was fetched once, with revision, day and licence; one SQLite file that many processes share.

It is a pack that is written while it is read (WAL, sqlite.org/wal.html): one short transaction an act, so that a process
that dies in the middle loses nothing that was committed, and a reader never waits for a writer.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from reader import clock
from reader.article.clean import clean_line
from reader.knowledge.model import EntityRecord, Statement
from reader.knowledge.names import normal
from reader.knowledge.pack import Pack
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
from reader.knowledge.schema import APPLICATION_ID, STORE_TABLES, TABLES, VERSION, PackError
from reader.write_ahead import write_ahead

_PATIENCE = 30.0  # seconds for another process's transaction to end
_MANIFEST = {
    "name": "evidence store",
    "sources": "what was fetched, each with its own source",
    "licences": "each its own",
}


class StoreError(PackError):
    """The store cannot be opened or written; the message is one line that names the file."""


@dataclass(frozen=True, slots=True)
class TitleFound:
    """What a name meant as a page's title: its item, or why that is open ("missing", "disambiguation")."""

    name: str
    item: str | None
    page: str | None
    open: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """When something was last asked for, and the revision it had then."""

    revision: str | None
    at: str


class EvidenceStore:
    """The store, open for writing; its reading side is `pack`. Methods may be called from any thread."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. Raises StoreError."""
        self.path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{path}: the evidence store cannot be opened ({_plain(error)})") from error
        try:
            self._prepare()
        except StoreError:
            self._db.close()
            raise
        except sqlite3.Error as error:
            self._db.close()
            raise StoreError(f"{path}: the evidence store cannot be opened ({_plain(error)})") from error
        self.pack = Pack(path, live=True)

    def _prepare(self) -> None:
        """Make the tables of a new file; refuse one of another kind or version."""
        is_new = self._value("PRAGMA application_id") == 0 and not self._value("SELECT count(*) FROM sqlite_master")
        if not is_new:
            self._refuse_others()
        write_ahead(self._db, _PATIENCE)
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA journal_size_limit=8388608")
        if is_new:
            with self.writing():
                if not self._value("SELECT count(*) FROM sqlite_master"):
                    for statement in _statements(TABLES + STORE_TABLES):
                        self._db.execute(statement)
                    self._db.executemany("INSERT INTO manifest VALUES (?, ?)", _MANIFEST.items())
                    self._db.execute(f"PRAGMA user_version={VERSION}")
                    self._db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        self._refuse_others()

    def _refuse_others(self) -> None:
        """Before anything is changed. Raises StoreError for a file of another kind or version."""
        if self._value("PRAGMA application_id") != APPLICATION_ID:
            raise StoreError(f"{self.path}: is no evidence store; move it away or name another folder")
        if self._value("PRAGMA user_version") != VERSION:
            raise StoreError(f"{self.path}: belongs to another version of Caveat; `caveat store repair` makes it anew")

    def close(self) -> None:
        """Close both sides."""
        self.pack.close()
        with self._lock:
            self._db.close()

    def titles(self, language: str, names: Sequence[str], today: date, days: int) -> dict[str, TitleFound]:
        """What names meant as titles when they were last looked up, not more than so many days ago."""
        found = {}
        for name in names:
            row = self._row("SELECT name, item, page, open, at FROM title WHERE language = ? AND name = ?", (language, name))  # fmt: skip
            if row and _is_recent(row[4], today, days):
                found[name] = TitleFound(*row[:4])
        return found

    def keep_titles(self, language: str, found: Iterable[TitleFound], today: date) -> None:
        """Keep what names mean as titles; a name of a page that is nobody's other is a name of its item."""
        rows = list(found)
        day = today.isoformat()
        with self.writing():
            self._db.executemany(
                "INSERT OR REPLACE INTO title VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(language, f.name, f.item, f.page, f.open, day, day) for f in rows],
            )

    def fetched(self, keys: Sequence[str]) -> dict[str, Fetched]:
        """When each of these was last asked for; what never was is left out."""
        found: dict[str, Fetched] = {}
        for key in keys:
            row = self._row("SELECT revision, at FROM fetched WHERE key = ?", (key,))
            if row:
                found[key] = Fetched(*row)
        return found

    def recent(self, keys: Sequence[str], today: date, days: int) -> set[str]:
        """Those of these that were asked for not more than so many days ago."""
        return {key for key, fetched in self.fetched(keys).items() if _is_recent(fetched.at, today, days)}

    def keep_records(self, records: Sequence[EntityRecord], today: date, *, whole: bool = True) -> frozenset[str]:
        """Keep entities as a source has them now; gives the ids whose revision differs from the one before.

        Without `whole` only names are kept (a label that a statement needs), and what else is known stays.
        """
        changed: set[str] = set()
        with self.writing():
            for record in records:
                entity, revision = record.entity, _revision(record)
                key = f"entity:{entity.id}" if whole else f"label:{entity.id}"
                before = self._row("SELECT revision FROM fetched WHERE key = ?", (key,))
                if before and before[0] != revision:
                    changed.add(entity.id)
                if whole:
                    self._db.execute("DELETE FROM statement WHERE subject = ?", (entity.id,))
                    self._db.execute("DELETE FROM entity WHERE id = ?", (entity.id,))
                    self._db.execute("DELETE FROM alias WHERE entity = ?", (entity.id,))
                    self._db.execute("INSERT INTO alias SELECT norm, entity, 'alias' FROM named WHERE entity = ?", (entity.id,))  # fmt: skip
                self._db.execute(ADD_ENTITY, entity_row(entity))
                self._db.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?, ?)", alias_rows(record))
                rows = [statement_row(s) for s in record.statements]
                self._db.executemany("INSERT INTO statement VALUES (?, ?, ?, ?, ?)", rows)
                self._note(key, revision, today, 200 + sum(len(row[4]) for row in rows))
        return frozenset(changed)

    def confirm(self, records: Mapping[str, str], today: date) -> None:
        """Entities (id → revision) that are still as they are here: known to hold today. Raises StoreError."""
        decode = msgspec.msgpack.Decoder(Statement).decode
        with self.writing():
            for entity, revision in records.items():
                before = self._row("SELECT revision FROM fetched WHERE key = ?", (f"entity:{entity}",))
                if before is None or before[0] != revision:
                    continue  # another process has learned more meanwhile
                bodies = self.rows("SELECT body FROM statement WHERE subject = ?", (entity,))
                rows = [statement_row(_known_on(decode(body), today)) for (body,) in bodies]
                self._db.execute("DELETE FROM statement WHERE subject = ?", (entity,))
                self._db.executemany("INSERT INTO statement VALUES (?, ?, ?, ?, ?)", rows)
                self._note(f"entity:{entity}", records[entity], today, 200 + sum(len(row[4]) for row in rows))

    def keep_names(self, names: Mapping[str, str]) -> None:
        """Names (as an article writes them) of entities, beyond those that their own records have."""
        rows = [(norm, entity) for name, entity in names.items() if (norm := normal(name))]
        with self.writing():
            self._db.executemany("INSERT OR IGNORE INTO named VALUES (?, ?)", rows)
            self._db.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?, 'alias')", rows)

    def keep_pages(self, pages: Iterable[dict[str, Any]], today: date) -> int:
        """Keep pages ({title, extract, url, revision, wikidata, source, licence}); gives how many are new or changed."""
        rows = [row for page in pages if (row := page_row({**page, "retrieved": today.isoformat()})) and row[2]]
        new = 0
        with self.writing():
            for row in rows:
                before = self._row("SELECT revision, extract FROM page WHERE url = ?", (row[2],))
                if before is not None and before[0] == row[3] and before[1].startswith(row[1]):
                    row = (row[0], before[1], *row[2:])  # the lead of a page that is here whole
                if before is None or before[1] != row[1]:
                    new += 1
                if before is not None:
                    self._db.execute("DELETE FROM page WHERE url = ?", (row[2],))
                self._db.execute(f"INSERT INTO page {PAGE_COLUMNS}", row)
                self._note(f"page:{row[2]}", row[3], today, len(row[1].encode()))
        return new

    def has_page(self, url: str | None) -> bool:
        """Whether a page of that address is here."""
        return self._row("SELECT 1 FROM page WHERE url = ?", (url,)) is not None

    def keep_reviews(self, items: Iterable[dict[str, Any]], today: date) -> int:
        """Keep schema.org ClaimReviews; gives how many are new."""
        new = 0
        with self.writing():
            for row in filter(None, map(review_row, items)):
                added = self._db.execute(f"INSERT OR IGNORE INTO review {REVIEW_COLUMNS}", row).rowcount
                new += max(0, added)
            self._note("reviews", None, today, new * 400)
        return new

    def keep_article(self, asked: str, url: str, kind: str, body: bytes) -> None:
        """Keep a web page as it came, so that it opens without a network too."""
        day = clock.today()
        with self.writing():
            self._db.execute("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?)", (asked, url, kind, body, day.isoformat()))  # fmt: skip
            self._note(f"article:{asked}", None, day, len(body))

    def article(self, asked: str) -> tuple[str, str, bytes, str] | None:
        """A page that was fetched before: its address, kind, bytes and day."""
        row = self._row("SELECT url, kind, body, at FROM article WHERE asked = ?", (asked,))
        return (str(row[0]), str(row[1]), bytes(row[2]), str(row[3])) if row else None

    def note(self, key: str, today: date, revision: str | None = None) -> None:
        """Remember that something was asked for today, whatever came of it."""
        with self.writing():
            self._note(key, revision, today, 40)

    def use(self, keys: Iterable[str], today: date) -> None:
        """Remember that somebody needed these today: what nobody needs goes first when room is short."""
        with self.writing():
            self._db.executemany("UPDATE fetched SET used = ? WHERE key = ?", [(today.isoformat(), k) for k in keys])

    def last_answers(self) -> dict[str, str]:
        """The day of the last answer of each source, by the source's name."""
        kinds = {"wikidata": ("entity", "label", "search"), "wikipedia": ("lead", "whole"), "factcheck": ("factcheck",), "crossref": ("work",), "kiwix": ("kiwix",), "zim": ("zim",)}  # fmt: skip
        found: dict[str, str] = {}
        for source, prefixes in kinds.items():
            for prefix in prefixes:
                row = self._row("SELECT max(at) FROM fetched WHERE key = ? OR key BETWEEN ? AND ?", (prefix, f"{prefix}:", f"{prefix};"))  # fmt: skip
                if row and row[0]:
                    found[source] = max(found.get(source, ""), row[0])
        return found

    def _note(self, key: str, revision: str | None, today: date, size: int) -> None:
        day = today.isoformat()
        self._db.execute("INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?, ?)", (key, revision, day, day, size))

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, whole or not at all. Raises StoreError."""
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                except BaseException:
                    if self._db.in_transaction:  # on a full disk SQLite has ended it itself
                        self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise StoreError(f"{self.path}: cannot be written ({_plain(error)})") from error

    def _row(self, query: str, values: Sequence[object] = ()) -> Any:
        return next(iter(self.rows(query, values)), None)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query, also amid a transaction. Raises StoreError."""
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: cannot be read ({_plain(error)})") from error

    def _value(self, query: str) -> Any:
        return self._db.execute(query).fetchone()[0]


def _statements(script: str) -> Iterator[str]:
    """A script's statements one by one: `executescript` would end the transaction that makes them all or none."""
    whole = ""
    for line in script.splitlines():
        whole += f"{line}\n"
        if sqlite3.complete_statement(whole):
            yield whole
            whole = ""


def _revision(record: EntityRecord) -> str | None:
    return record.revision or next((s.provenance.revision for s in record.statements if s.provenance.revision), None)


def _known_on(statement: Statement, today: date) -> Statement:
    known = msgspec.structs.replace(statement.provenance, retrieved=today.isoformat())
    return msgspec.structs.replace(statement, provenance=known)


def _is_recent(at: str, today: date, days: int) -> bool:
    try:
        return 0 <= (today - date.fromisoformat(at)).days <= days
    except ValueError:
        return False


def _plain(error: Exception) -> str:
    """What the disk or SQLite said, in words for people."""
    said = clean_line(str(error)).lower()
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "there is a file in the place of its folder"
    if isinstance(error, OSError):
        return (error.strerror or "it is not writable").lower()
    if "full" in said or "no space" in said:
        return "the disk is full"
    if "readonly" in said or "read-only" in said or "unable to open" in said or "permission" in said:
        return "it is not writable"
    if "malformed" in said or "not a database" in said:
        return "it is damaged; `caveat store repair` saves what can be read"
    return clean_line(str(error))
