"""What is the reader's own: where they were in each article, marks, highlights and notes (SQLite, one transaction an act).

A place is a paragraph and a character in it, kept with the words that stood there: an article that has changed since is
searched for those words, so that places and notes move with their text. A file of a newer version is opened read-only, and one
that cannot be read is set aside; both are said in one line, and reading goes on.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from reader.article.clean import clean_line
from reader.article.model import Article, Paragraph
from reader.clock import now_utc
from reader.write_ahead import write_ahead

Colour = Literal["yellow", "green", "blue", "pink"]
COLOURS: tuple[Colour, ...] = get_args(Colour)
VERSION = 1
_BUSY = 3.0
_QUOTED = 60
_MIGRATIONS = (
    """
    CREATE TABLE article (key TEXT PRIMARY KEY, title TEXT, source TEXT, opened TEXT NOT NULL,
                          paragraph INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL DEFAULT 0, quote TEXT NOT NULL DEFAULT '');
    CREATE INDEX article_opened ON article (opened);
    CREATE TABLE mark (article TEXT NOT NULL, name TEXT NOT NULL, paragraph INTEGER NOT NULL, at INTEGER NOT NULL,
                       quote TEXT NOT NULL, PRIMARY KEY (article, name));
    CREATE TABLE note (id TEXT PRIMARY KEY, article TEXT NOT NULL, paragraph INTEGER NOT NULL, start INTEGER NOT NULL,
                       stop INTEGER NOT NULL, quote TEXT NOT NULL, colour TEXT NOT NULL, words TEXT NOT NULL, made TEXT NOT NULL);
    CREATE INDEX note_article ON note (article);
    CREATE TABLE told (what TEXT PRIMARY KEY, at TEXT NOT NULL);
    """,
)


class LibraryError(Exception):
    """The library cannot take something up; the message is one line."""


@dataclass(frozen=True, slots=True)
class Place:
    """A character of an article, with the words that stand there."""

    paragraph: int
    at: int = 0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A highlighted stretch of one paragraph, with the reader's words about it or none."""

    id: str
    paragraph: int
    start: int
    end: int
    quote: str
    colour: Colour = "yellow"
    words: str = ""
    made: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article that was opened: what it is called, where it came from, and when it was last read."""

    key: str
    title: str
    source: str
    opened: str


def key_of(article: Article, source: str = "") -> str:
    """What an article is known by: where it came from, else its words."""
    if source and source != "-":
        return source
    if article.url:
        return article.url
    import hashlib

    words = hashlib.sha256()
    for number, paragraph in enumerate(article.paragraphs):
        words.update(f"{chr(10) if number else ''}{paragraph.text}".encode())
    return f"words:{words.hexdigest()[:32]}"


class Library:
    """One reader's library; without a path it lasts as long as the program. `problem` says in one line what is wrong with its file."""

    def __init__(self, path: Path | None = None) -> None:
        self.problem = ""
        self._reads_only = False
        self._path = path
        self._file = self._opened()

    @property
    def is_writable(self) -> bool:
        """Whether what the reader does is kept."""
        return self._path is not None and not self._reads_only

    def open_article(self, key: str, title: str, source: str) -> None:
        """Take up that an article is being read now."""
        with self._act() as file:
            file.execute(
                "INSERT INTO article (key, title, source, opened) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET title = excluded.title, source = excluded.source, opened = excluded.opened",
                (key, title, source, now_utc()),
            )

    def readings(self, most: int = 100) -> list[Reading]:
        """The articles that were read, the latest first."""
        rows = self._file.execute(
            "SELECT key, title, source, opened FROM article ORDER BY opened DESC LIMIT ?", (most,)
        )
        return [Reading(key, title or "", source or "", opened) for key, title, source, opened in rows]

    def place(self, key: str) -> Place | None:
        """Where the reader was in an article."""
        rows = self._rows("SELECT paragraph, at, quote FROM article WHERE key = ?", (key,))
        return Place(*rows[0]) if rows else None

    def keep_place(self, key: str, place: Place) -> None:
        """Keep where the reader is."""
        with self._act() as file:
            file.execute(
                "UPDATE article SET paragraph = ?, at = ?, quote = ? WHERE key = ?",
                (place.paragraph, place.at, place.quote, key),
            )

    def marks(self, key: str) -> dict[str, Place]:
        """The marks of an article by their letters."""
        rows = self._rows("SELECT name, paragraph, at, quote FROM mark WHERE article = ? ORDER BY name", (key,))
        return {name: Place(paragraph, at, quote) for name, paragraph, at, quote in rows}

    def set_mark(self, key: str, name: str, place: Place | None) -> None:
        """Set a mark, or take it away."""
        with self._act() as file:
            if place is None:
                file.execute("DELETE FROM mark WHERE article = ? AND name = ?", (key, name))
            else:
                file.execute(
                    "INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?, ?)",
                    (key, name, place.paragraph, place.at, place.quote),
                )

    def notes(self, key: str) -> list[Note]:
        """The notes on an article, in the order of its text."""
        rows = self._rows(
            "SELECT id, paragraph, start, stop, quote, colour, words, made FROM note WHERE article = ? ORDER BY paragraph, start",
            (key,),
        )
        return [
            Note(id_, paragraph, start, stop, quote, colour if colour in COLOURS else COLOURS[0], words, made)
            for id_, paragraph, start, stop, quote, colour, words, made in rows
        ]

    def put_note(self, key: str, note: Note) -> Note:
        """Keep a note, new or changed."""
        note = note if note.made else replace(note, made=now_utc())
        with self._act() as file:
            file.execute(
                "INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (note.id, key, note.paragraph, note.start, note.end, note.quote, note.colour, note.words, note.made),
            )
        return note

    def drop_note(self, note_id: str) -> None:
        """Take a note away."""
        with self._act() as file:
            file.execute("DELETE FROM note WHERE id = ?", (note_id,))

    def tell_once(self, what: str) -> bool:
        """Whether something has still to be told; it counts as told from now on."""
        if not self.is_writable or self._rows("SELECT 1 FROM told WHERE what = ?", (what,)):
            return False
        with self._act() as file:
            file.execute("INSERT INTO told VALUES (?, ?)", (what, now_utc()))
        return True

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """What a question finds; nothing, and a line about it, where the file cannot answer."""
        try:
            return self._file.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self.problem = f"{self._path}: cannot be read ({clean_line(str(error))})"
            return []

    @contextlib.contextmanager
    def _act(self) -> Iterator[sqlite3.Connection]:
        """One transaction. Raises LibraryError for a file that cannot be written."""
        if self._reads_only:
            raise LibraryError("the library is read-only here: nothing is kept")
        try:
            with _transaction(self._file):
                yield self._file
        except sqlite3.Error as error:
            raise LibraryError(f"{self._path or 'library'}: {clean_line(str(error))}; it is not kept") from error

    def _opened(self) -> sqlite3.Connection:
        if self._path is None:
            return self._in_memory()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return self._connected(self._path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                self.problem = f"{self._path}: cannot be opened ({clean_line(str(error))}); nothing is kept"
            else:
                self.problem = self._set_aside(self._path)
                with contextlib.suppress(sqlite3.Error):
                    return self._connected(self._path)
        except OSError as error:
            self.problem = (
                f"{self._path}: cannot be opened ({clean_line(error.strerror or str(error))}); nothing is kept"
            )
        self._path = None
        return self._in_memory()

    def _connected(self, path: Path) -> sqlite3.Connection:
        file = sqlite3.connect(path, timeout=_BUSY, check_same_thread=False, isolation_level=None)
        try:
            version = file.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                file.close()
                self._reads_only = True
                self.problem = f"{path}: was written by a newer Caveat; it is read, and nothing is changed in it"
                return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            write_ahead(file, _BUSY)
            file.execute("PRAGMA synchronous = NORMAL")
            if version < VERSION:
                _migrate(file)
            if (found := file.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise sqlite3.DatabaseError(found)
        except sqlite3.Error:
            file.close()
            raise
        return file

    def _in_memory(self) -> sqlite3.Connection:
        file = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        _migrate(file)
        return file

    def _set_aside(self, path: Path) -> str:
        """Put a damaged file out of the way, beside its place."""
        aside = path.with_name(f"{path.name}.damaged-{now_utc()[:19].replace(':', '')}")
        try:
            path.rename(aside)
            for rest in ("-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    path.with_name(path.name + rest).rename(aside.with_name(aside.name + rest))
        except OSError as error:
            return f"{path}: is damaged and cannot be set aside ({clean_line(error.strerror or str(error))}); nothing is kept"
        return f"{path}: is damaged; it was set aside as {aside.name}, and a new one was begun"


@contextlib.contextmanager
def _transaction(file: sqlite3.Connection) -> Iterator[None]:
    file.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        file.execute("ROLLBACK")
        raise
    file.execute("COMMIT")


def _migrate(file: sqlite3.Connection) -> None:
    """Bring a file up to this version, in one transaction; somebody else may just have done it."""
    with _transaction(file):
        version = file.execute("PRAGMA user_version").fetchone()[0]
        for step in _MIGRATIONS[version:]:
            for statement in step.split(";"):
                file.execute(statement)
        file.execute(f"PRAGMA user_version = {VERSION}")


def place_in(article: Article, paragraph: int, at: int) -> Place:
    """A place with the words that stand there."""
    text = article.paragraphs[paragraph].text if article.paragraphs else ""
    return Place(paragraph, at, text[at : at + _QUOTED])


def found_again(paragraphs: Sequence[Paragraph], place: Place) -> Place | None:
    """Where a place's words stand now: there, else nearest to there; None where they are gone."""
    where = find_words(paragraphs, place.paragraph, place.at, place.quote)
    return replace(place, paragraph=where[0], at=where[1]) if where else None


def find_words(paragraphs: Sequence[Paragraph], paragraph: int, at: int, words: str) -> tuple[int, int] | None:
    """The paragraph and character where some words stand, as near as can be to where they stood."""
    count = len(paragraphs)
    if paragraph < count and (not words or paragraphs[paragraph].text.startswith(words, at)):
        return paragraph, min(at, len(paragraphs[paragraph].text))
    near = min(paragraph, count - 1)
    for distance in range(count if words else 0):
        for number in dict.fromkeys((near - distance, near + distance)):
            if 0 <= number < count and (found := _nearest(paragraphs[number].text, words, at)) is not None:
                return number, found
    return None


def _nearest(text: str, words: str, at: int) -> int | None:
    """Where some words stand in a text, the place nearest to a character."""
    before, after = text.rfind(words, 0, at + len(words)), text.find(words, at)
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda place: abs(place - at)) if places else None
