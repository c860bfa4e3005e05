"""Looking after the evidence store: how large it is, what goes first when room is short, whether it is whole, saving what is left.

All of it works on the file alone, while readers may have it open.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from reader.article.clean import clean_line
from reader.knowledge.model import Statement
from reader.knowledge.schema import APPLICATION_ID, VERSION
from reader.knowledge.store import EvidenceStore, StoreError

_PATIENCE = 30.0
_BATCH = 200
_TABLES = ("entity", "alias", "statement", "page", "review", "title", "named", "fetched", "spoken", "turned", "article")


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a store holds, and the days of the oldest and newest answer."""

    path: Path
    size: int
    counts: dict[str, int]
    oldest: str | None
    newest: str | None


def facts_of(path: Path) -> StoreFacts:
    """Size, counts and days. Raises StoreError."""
    with _open(path) as db:
        counts = {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _TABLES}
        oldest, newest = db.execute("SELECT min(nullif(at, '')), max(at) FROM fetched").fetchone()
    return StoreFacts(path, size_of(path), counts, oldest, newest)


def size_of(path: Path) -> int:
    """Bytes on disk, the log beside it included."""
    return sum(p.stat().st_size for p in (path, path.with_name(f"{path.name}-wal")) if p.is_file())


def prune(path: Path, most: int) -> int:
    """Remove what was needed longest ago until the content fits into `most` bytes; gives how many answers went. Raises StoreError."""
    removed = 0
    with _open(path) as db:
        while _content(db) > most:
            over, keys = _content(db) - most, []
            for key, size in db.execute("SELECT key, bytes FROM fetched ORDER BY used, at, key LIMIT ?", (_BATCH,)):
                keys.append(key)
                over -= size
                if over <= 0:
                    break
            if not keys:
                break
            db.execute("BEGIN IMMEDIATE")
            for key in keys:
                _forget(db, key)
            db.execute("COMMIT")
            removed += len(keys)
        if removed:
            with contextlib.suppress(sqlite3.OperationalError):  # somebody reads: the room is reused instead
                db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return removed


def verify(path: Path) -> list[str]:
    """What is wrong with the file, one line each; nothing when it is whole. Raises StoreError."""
    problems: list[str] = []
    with _open(path) as db:
        problems += [clean_line(str(row[0])) for row in db.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        decode = msgspec.msgpack.Decoder(Statement).decode
        for number, body in db.execute("SELECT id, body FROM statement"):
            try:
                decode(body)
            except (msgspec.DecodeError, msgspec.ValidationError):
                problems.append(f"statement {clean_line(str(number))} cannot be read")
        lost = db.execute("SELECT count(*) FROM statement WHERE subject NOT IN (SELECT id FROM entity)").fetchone()[0]
        if lost:
            problems.append(f"{lost} statements are about an entity that is not there")
    return problems


def repair(path: Path) -> tuple[Path, int]:
    """Make the store anew from what can be read; gives where the old file went, and how many rows were saved. Raises StoreError."""
    if not path.is_file():
        raise StoreError(f"{path}: there is no store yet")
    aside = next(p for n in range(1, 1000) if not (p := path.with_name(f"{path.name}.damaged-{n}")).exists())
    try:
        for suffix in ("-wal", "-shm"):
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                beside.replace(aside.with_name(aside.name + suffix))
        path.replace(aside)
    except OSError as error:
        raise StoreError(f"{path}: cannot be set aside ({error.strerror})") from error
    fresh = EvidenceStore(path)
    fresh.close()
    saved = 0
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as new:
        for table in _TABLES:
            new.execute("BEGIN")
            for row in _readable(aside, table):
                marks = ", ".join("?" * len(row))
                with contextlib.suppress(sqlite3.Error):
                    saved += max(0, new.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row).rowcount)
            new.execute("COMMIT")
        saved -= _without_what_is_broken(new)
    return aside, saved


def _without_what_is_broken(db: sqlite3.Connection) -> int:
    """Leave out statements that cannot be read or are about nobody, and forget how much of each entity was known: it is asked anew."""
    decode = msgspec.msgpack.Decoder(Statement).decode
    broken = []
    for number, body in db.execute("SELECT rowid, body FROM statement"):
        try:
            decode(body)
        except (msgspec.DecodeError, msgspec.ValidationError):
            broken.append((number,))
    db.executemany("DELETE FROM statement WHERE rowid = ?", broken)
    gone = db.execute("DELETE FROM statement WHERE subject NOT IN (SELECT id FROM entity)").rowcount
    db.execute("UPDATE fetched SET revision = NULL, at = '' WHERE key NOT LIKE 'article:%'")
    return len(broken) + gone


def _readable(path: Path, table: str) -> Iterator[tuple[object, ...]]:
    """The rows of a table of a damaged file, up to the first that cannot be read."""
    try:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as old:
            yield from old.execute(f"SELECT * FROM {table}")
    except sqlite3.Error:
        return


def _forget(db: sqlite3.Connection, key: str) -> None:
    """Remove one answer with all that came of it."""
    kind, _, rest = key.partition(":")
    if kind == "entity":
        db.execute("DELETE FROM statement WHERE subject = ?", (rest,))
    if kind in ("entity", "label"):
        other = f"{'label' if kind == 'entity' else 'entity'}:{rest}"
        if not db.execute("SELECT 1 FROM fetched WHERE key = ?", (other,)).fetchone():
            db.execute("DELETE FROM alias WHERE entity = ?", (rest,))
            db.execute("DELETE FROM named WHERE entity = ?", (rest,))
            db.execute("DELETE FROM statement WHERE subject = ?", (rest,))
            db.execute("DELETE FROM entity WHERE id = ?", (rest,))
        db.execute("DELETE FROM title WHERE item = ?", (rest,))
    elif kind == "page":
        db.execute("DELETE FROM page WHERE url = ?", (rest,))
    elif kind == "article":
        db.execute("DELETE FROM article WHERE asked = ?", (rest,))
    db.execute("DELETE FROM fetched WHERE key = ?", (key,))


def _content(db: sqlite3.Connection) -> int:
    """Bytes that the content takes, free pages not counted."""
    pages, free, size = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size"))  # fmt: skip
    return int((pages - free) * size)


@contextlib.contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    """The store's file, for a short while. Raises StoreError for whatever is wrong with it."""
    if not path.is_file():
        raise StoreError(f"{path}: there is no store yet")
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as db:
            if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise StoreError(f"{path}: is no evidence store")
            if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                raise StoreError(f"{path}: belongs to another version of Caveat; `caveat store repair` makes it anew")
            yield db
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {clean_line(str(error))}; `caveat store repair` saves what can be read") from error
