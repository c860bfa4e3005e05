"""The SQLite shape of a pack: one schema for every pack and for the evidence store, which adds tables of its own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

VERSION = 2
APPLICATION_ID = 0x43415645  # "CAVE", so that other files are told from packs

TABLES = """
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entity (
    id TEXT PRIMARY KEY, label TEXT NOT NULL, kind TEXT NOT NULL, description TEXT, url TEXT
) WITHOUT ROWID;
CREATE TABLE alias (norm TEXT NOT NULL, entity TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (norm, entity, kind)) WITHOUT ROWID;
CREATE TABLE statement (id TEXT NOT NULL, subject TEXT NOT NULL, property TEXT NOT NULL, object TEXT, body BLOB NOT NULL);
CREATE TABLE page (id INTEGER PRIMARY KEY, title TEXT NOT NULL, extract TEXT NOT NULL, url TEXT, revision TEXT, entity TEXT, source TEXT, retrieved TEXT, licence TEXT);
CREATE TABLE review (id INTEGER PRIMARY KEY, claim TEXT NOT NULL, rating TEXT NOT NULL, publisher TEXT, url TEXT, reviewed TEXT, licence TEXT);
CREATE TABLE article (asked TEXT PRIMARY KEY, url TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX statement_subject ON statement (subject, property);
CREATE INDEX statement_object ON statement (object, property) WHERE object IS NOT NULL;
CREATE INDEX page_entity ON page (entity) WHERE entity IS NOT NULL;
CREATE VIRTUAL TABLE page_text USING fts5 (title, extract, content='page', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
INSERT INTO page_text (page_text) VALUES ('rebuild');
CREATE VIRTUAL TABLE review_text USING fts5 (claim, content='review', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
INSERT INTO review_text (review_text) VALUES ('rebuild');
CREATE VIRTUAL TABLE entity_name USING fts5 (norm, entity UNINDEXED, detail='none');
"""

STORE_TABLES = """
CREATE TABLE title (
    language TEXT NOT NULL, name TEXT NOT NULL, item TEXT, page TEXT, open TEXT, at TEXT NOT NULL, used TEXT NOT NULL,
    PRIMARY KEY (language, name)
) WITHOUT ROWID;
CREATE TABLE fetched (
    key TEXT PRIMARY KEY, revision TEXT, at TEXT NOT NULL, used TEXT NOT NULL, bytes INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE named (norm TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (norm, entity)) WITHOUT ROWID;
CREATE TABLE spoken (
    claim TEXT NOT NULL, "check" TEXT NOT NULL, label TEXT NOT NULL, explanation TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (claim, "check")
) WITHOUT ROWID;
CREATE TABLE turned (
    claim TEXT NOT NULL, "check" TEXT NOT NULL, label TEXT NOT NULL, explanation TEXT NOT NULL, at TEXT NOT NULL, until TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX turned_claim ON turned (claim);
CREATE INDEX statement_subject ON statement (subject, property);
CREATE INDEX statement_object ON statement (object, property) WHERE object IS NOT NULL;
CREATE INDEX page_entity ON page (entity) WHERE entity IS NOT NULL;
CREATE UNIQUE INDEX page_url ON page (url);
CREATE UNIQUE INDEX review_url ON review (url, claim);
CREATE VIRTUAL TABLE review_text USING fts5 (claim, content='review', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
CREATE TRIGGER review_new AFTER INSERT ON review BEGIN INSERT INTO review_text (rowid, claim) VALUES (new.id, new.claim); END;
CREATE TRIGGER review_gone AFTER DELETE ON review BEGIN
    INSERT INTO review_text (review_text, rowid, claim) VALUES ('delete', old.id, old.claim);
END;
"""


class PackError(Exception):
    """A pack cannot be read or built; the message is one line."""


def connect(path: Path, *, live: bool = False) -> sqlite3.Connection:
    """Open a pack for reading; a `live` one may be written by others meanwhile.

    Raises PackError for a missing file, a damaged one, or one of another kind or version.
    """
    if not path.is_file():
        raise PackError(f"{path}: no such pack")
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro{'' if live else '&immutable=1'}",
            uri=True,
            check_same_thread=False,
            timeout=15,
        )
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise PackError(f"{path}: is not a pack, or is damaged ({error})") from error
    if application != APPLICATION_ID:
        connection.close()
        raise PackError(f"{path}: is not a Caveat pack")
    if version < VERSION:
        connection.close()
        raise PackError(f"{path}: was made by an older Caveat (pack version {version}); build it again")
    if version > VERSION:
        connection.close()
        raise PackError(f"{path}: was made by a newer Caveat (pack version {version}); update the program")
    return connection
