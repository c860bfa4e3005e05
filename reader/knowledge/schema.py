"""The SQLite shape of a pack: one schema for every pack and, later, the evidence store."""

from __future__ import annotations

import sqlite3
from pathlib import Path

VERSION = 1
APPLICATION_ID = 0x43415645  # "CAVE", so that other files are told from packs

TABLES = """
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entity (
    id TEXT PRIMARY KEY, label TEXT NOT NULL, kind TEXT NOT NULL, description TEXT, url TEXT
) WITHOUT ROWID;
CREATE TABLE alias (norm TEXT NOT NULL, entity TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (norm, entity, kind)) WITHOUT ROWID;
CREATE TABLE statement (id TEXT NOT NULL, subject TEXT NOT NULL, property TEXT NOT NULL, object TEXT, body BLOB NOT NULL);
CREATE TABLE page (id INTEGER PRIMARY KEY, title TEXT NOT NULL, extract TEXT NOT NULL, url TEXT, revision TEXT, entity TEXT);
CREATE TABLE review (id INTEGER PRIMARY KEY, claim TEXT NOT NULL, rating TEXT NOT NULL, publisher TEXT, url TEXT, reviewed TEXT, licence TEXT);
"""

INDEXES = """
CREATE INDEX statement_subject ON statement (subject, property);
CREATE INDEX statement_object ON statement (object, property) WHERE object IS NOT NULL;
CREATE INDEX page_entity ON page (entity) WHERE entity IS NOT NULL;
CREATE VIRTUAL TABLE page_text USING fts5 (title, extract, content='page', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
INSERT INTO page_text (page_text) VALUES ('rebuild');
CREATE VIRTUAL TABLE entity_name USING fts5 (norm, entity UNINDEXED, detail='none');
"""


class PackError(Exception):
    """A pack cannot be read or built; the message is one line."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a pack for reading. Raises PackError for a missing file, a damaged one, or one of another kind or a newer version."""
    if not path.is_file():
        raise PackError(f"{path}: no such pack")
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise PackError(f"{path}: is not a pack, or is damaged ({error})") from error
    if application != APPLICATION_ID:
        connection.close()
        raise PackError(f"{path}: is not a Caveat pack")
    if version > VERSION:
        connection.close()
        raise PackError(f"{path}: was made by a newer Caveat (pack version {version}); update the program")
    return connection
