"""What is the reader's own is kept: through closing, crashes, damage and time, and never half."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import configuration, example, given, settings
from hypothesis import strategies as st

from reader.article.load import load_bytes
from reader.article.model import Paragraph
from reader.library import Library, LibraryError, Note, Place, find_words, found_again, key_of, place_in

configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "caveat-hypothesis")  # not into the checkout
QUIET = settings(database=None, deadline=None, derandomize=True, max_examples=300)
ROOT = Path(__file__).resolve().parents[1]
KILLS = 400
KEY = "/articles/one.txt"
WRITER = """
import sys
from pathlib import Path
from reader.library import Library, Note, Place
library, key, name = Library(Path(sys.argv[1])), sys.argv[2], sys.argv[3]
assert not library.problem, library.problem
library.open_article(key, "One", key)
for n in range(int(sys.argv[4])):
    library.put_note(key, Note(f"{name}-{n}", n, n, n + 7, f"quote {n}", "green", f"words {n} " * 40))
    library.set_mark(key, f"{name}-{n}", Place(n, n, f"quote {n}"))
    library.keep_place(key, Place(n, n, f"quote {n}"))
    print(n, flush=True)
"""
HOSTILE = {
    "brackets": "[/nope] [@click=app.quit()]x[/] [bold",
    "sql": "'; DROP TABLE note; -- \" OR 1=1 ? :x %s",
    "emoji": "👩\u200d🚀 ❤\ufe0f 🇩🇪 e\u0301 漢字 \u05e9\u05dc\u05d5\u05dd",
    "spaces": "  two  spaces  and\na line ",
    "a megabyte": "né漢😀" * 100_000,
    "empty": "",
}


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "data" / "library.sqlite"


def filled(path: Path) -> None:
    """A library that holds something of every kind."""
    library = Library(path)
    library.open_article(KEY, "One", KEY)
    library.keep_place(KEY, Place(3, 14, "what stood"))
    library.set_mark(KEY, "a", Place(1, 2, "marked"))
    for n in range(200):
        library.put_note(KEY, Note(f"n{n}", n, 5, 9, "note on it", "blue", f"my words {n} " * 20))
    library.tell_once("first run")
    library.close()


def articles(*texts: str) -> list[Paragraph]:
    return [Paragraph(n, "body", text) for n, text in enumerate(texts)]


# Closing and opening again


def test_everything_is_there_again_when_the_library_is_opened_again(path):
    library = Library(path)
    assert library.problem == ""
    assert library.is_writable
    library.open_article(KEY, "One", KEY)
    library.keep_place(KEY, Place(3, 14, "what stood there"))
    library.set_mark(KEY, "a", Place(1, 2, "marked"))
    library.set_mark(KEY, "B", Place(5, 0, "too"))
    made = library.put_note(KEY, Note("id", 2, 5, 9, "note", "pink", "my words"))
    assert library.tell_once("first run")
    readings = library.readings()
    library.close()

    again = Library(path)
    assert again.place(KEY) == Place(3, 14, "what stood there")
    assert again.marks(KEY) == {"B": Place(5, 0, "too"), "a": Place(1, 2, "marked")}
    assert again.notes(KEY) == [made]
    assert made.made
    assert again.readings() == readings
    assert [(r.key, r.title, r.source) for r in readings] == [(KEY, "One", KEY)]
    assert not again.tell_once("first run")
    assert again.tell_once("something else")
    again.close()


def test_what_is_taken_away_stays_away(path):
    library = Library(path)
    library.open_article(KEY, "One", KEY)
    library.set_mark(KEY, "a", Place(1))
    library.set_mark(KEY, "a", None)
    library.put_note(KEY, Note("id", 2, 5, 9, "note"))
    library.drop_note("id")
    library.close()
    again = Library(path)
    assert again.marks(KEY) == {}
    assert again.notes(KEY) == []
    again.close()


def test_a_note_or_mark_that_is_set_again_is_changed_and_not_doubled(path):
    library = Library(path)
    note = library.put_note(KEY, Note("id", 2, 5, 9, "note"))
    library.put_note(KEY, replace(note, words="changed", colour="green"))
    library.set_mark(KEY, "a", Place(1))
    library.set_mark(KEY, "a", Place(2))
    library.close()
    again = Library(path)
    assert again.notes(KEY) == [replace(note, words="changed", colour="green")]
    assert again.marks(KEY) == {"a": Place(2)}
    again.close()


def test_each_article_has_its_own(path):
    library = Library(path)
    for key in ("x", "y"):
        library.open_article(key, key, key)
        library.keep_place(key, Place(ord(key)))
        library.set_mark(key, "a", Place(ord(key)))
        library.put_note(key, Note(f"note {key}", ord(key), 0, 1, key))
    assert library.place("x") == Place(ord("x"))
    assert library.marks("y") == {"a": Place(ord("y"))}
    assert [n.quote for n in library.notes("x")] == ["x"]
    assert library.notes("z") == []
    assert library.place("z") is None
    library.close()


def test_what_was_read_last_comes_first(path):
    library = Library(path)
    for key in ("x", "y", "z", "x"):
        library.open_article(key, key.upper(), key)
    assert [r.key for r in library.readings()] == ["x", "z", "y"]
    assert [r.key for r in library.readings(2)] == ["x", "z"]
    library.close()


def test_opening_an_article_again_keeps_the_place(path):
    library = Library(path)
    library.open_article(KEY, "One", KEY)
    library.keep_place(KEY, Place(7, 3, "words"))
    library.open_article(KEY, "Another title", KEY)
    assert library.place(KEY) == Place(7, 3, "words")
    assert library.readings()[0].title == "Another title"
    library.close()


def test_notes_come_in_the_order_of_the_text(path):
    library = Library(path)
    for n, (paragraph, start) in enumerate([(5, 1), (2, 9), (2, 3), (0, 0)]):
        library.put_note(KEY, Note(str(n), paragraph, start, start + 1, "x"))
    assert [(n.paragraph, n.start) for n in library.notes(KEY)] == [(0, 0), (2, 3), (2, 9), (5, 1)]
    library.close()


def test_without_a_file_it_lasts_as_long_as_the_program_and_nothing_is_told_as_if_for_the_first_time():
    library = Library()
    library.open_article(KEY, "One", KEY)
    library.keep_place(KEY, Place(3))
    library.put_note(KEY, Note("id", 2, 5, 9, "note"))
    assert library.place(KEY) == Place(3)
    assert len(library.notes(KEY)) == 1
    assert not library.is_writable
    assert library.problem == ""
    assert not library.tell_once("first run")
    library.close()
    other = Library()
    assert other.place(KEY) is None
    other.close()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_the_words_are_they_are_kept_exactly(path, text):
    library = Library(path)
    library.open_article(text, text, text)
    library.keep_place(text, Place(1, 2, text))
    library.set_mark(text, text[:50], Place(3, 4, text))
    note = library.put_note(text, Note(text[:50], 1, 2, 3, text, "pink", text))
    library.tell_once(text)
    library.close()
    again = Library(path)
    assert again.place(text) == Place(1, 2, text)
    assert again.marks(text) == {text[:50]: Place(3, 4, text)}
    assert again.notes(text) == [note]
    assert (again.readings()[0].key, again.readings()[0].title, again.readings()[0].source) == (text, text, text)
    assert not again.tell_once(text)
    assert again.notes(KEY) == []
    again.close()


def test_a_colour_that_is_not_known_is_shown_as_the_first_one(path):
    filled(path)
    with sqlite3.connect(path) as file:
        file.execute("UPDATE note SET colour = 'ultraviolet' WHERE id = 'n7'")
    file.close()
    library = Library(path)
    assert {n.id: n.colour for n in library.notes(KEY)}["n7"] == "yellow"
    library.close()


# A whole file, whenever the program dies


def killed_while_writing(path: Path, name: str, after: int) -> int:
    """Start a writer, kill it (no signal it could hear) once it has acknowledged so many acts; the last one it did."""
    said = path.parent.parent / f"{name}.said"
    with said.open("wb") as out:
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), KEY, name, "1000000"], stdout=out, stderr=out, cwd=ROOT
        )
        deadline = time.monotonic() + 30
        while said.read_bytes().count(b"\n") <= after and writer.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    acknowledged = said.read_text().rpartition("\n")[0].split("\n")
    assert acknowledged == [str(n) for n in range(len(acknowledged))]
    assert len(acknowledged) > after
    return len(acknowledged) - 1


def is_whole_with_all_that_was_acknowledged(path: Path, said: dict[str, int]) -> None:
    library = Library(path)
    assert library.problem == ""
    notes, marks = {n.id: n for n in library.notes(KEY)}, library.marks(KEY)
    for name, last in said.items():
        missing = [n for n in range(last + 1) if f"{name}-{n}" not in notes or f"{name}-{n}" not in marks]
        assert missing == []
        assert all(notes[f"{name}-{n}"].words == f"words {n} " * 40 for n in range(last + 1))
        more = [id_ for id_ in notes if id_.startswith(f"{name}-")]
        assert len(more) <= last + 2  # what was written and could not be acknowledged any more
    place = library.place(KEY)
    library.close()
    latest = list(said.values())[-1]
    assert place is not None
    assert latest <= place.paragraph <= latest + 1
    assert place.quote == f"quote {place.paragraph}"
    file = sqlite3.connect(path)
    assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    file.close()


def test_killed_at_any_moment_it_leaves_a_whole_file_with_all_that_was_acknowledged(path):
    said = {}
    for n, after in enumerate((0, 3, 40)):
        said[f"writer{n}"] = killed_while_writing(path, f"writer{n}", after)
        is_whole_with_all_that_was_acknowledged(path, said)


@pytest.mark.soak
def test_killed_over_and_over_it_stays_whole(path):
    share = float(os.environ.get("CAVEAT_SOAK_SHARE", "0.05"))
    chance, said = random.Random(11), {}
    for n in range(max(5, round(KILLS * share))):
        said[f"writer{n}"] = killed_while_writing(path, f"writer{n}", chance.randint(0, 60))
        is_whole_with_all_that_was_acknowledged(path, said)


# Files that are not as they should be


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_file_of_a_newer_version_is_read_and_never_changed(path, journal):
    filled(path)
    file = sqlite3.connect(path)
    file.execute("PRAGMA user_version = 99")
    file.execute(f"PRAGMA journal_mode = {journal}")
    file.close()
    before = path.read_bytes()

    library = Library(path)
    assert str(path) in library.problem
    assert "newer" in library.problem
    assert "\n" not in library.problem
    assert not library.is_writable
    assert library.place(KEY) == Place(3, 14, "what stood")
    assert library.marks(KEY) == {"a": Place(1, 2, "marked")}
    assert len(library.notes(KEY)) == 200
    assert [r.key for r in library.readings()] == [KEY]
    assert not library.tell_once("anything")
    for act in (
        lambda: library.open_article(KEY, "Two", KEY),
        lambda: library.keep_place(KEY, Place(9)),
        lambda: library.set_mark(KEY, "a", None),
        lambda: library.put_note(KEY, Note("mine", 0, 0, 1, "x")),
        lambda: library.drop_note("n1"),
    ):
        with pytest.raises(LibraryError) as refused:
            act()
        assert "\n" not in str(refused.value)
    library.close()
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir() if "damaged" in p.name] == []


def test_a_newer_file_whose_tables_are_others_ends_nothing(path):
    filled(path)
    file = sqlite3.connect(path)
    file.executescript("ALTER TABLE article RENAME COLUMN quote TO words; DROP TABLE note; PRAGMA user_version = 99;")
    file.close()
    before = path.read_bytes()
    library = Library(path)
    assert "newer" in library.problem
    library.place(KEY)
    library.marks(KEY)
    assert library.notes(KEY) == []
    library.readings()
    library.close()
    assert path.read_bytes() == before


def scrambled(path: Path, start: int) -> None:
    data = bytearray(path.read_bytes())
    data[start:] = random.Random(3).randbytes(len(data) - start)
    path.write_bytes(data)


DAMAGES = {
    "not a database": lambda path: path.write_bytes(b"This is my shopping list.\n" * 400),
    "its head gone": lambda path: path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:]),
    "its pages broken": lambda path: scrambled(path, 4096),
    "its first page broken": lambda path: scrambled(path, 100),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:10_000]),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_set_aside_and_said_and_a_new_one_begun(path, damage):
    filled(path)
    damage(path)
    broken = path.read_bytes()

    library = Library(path)
    library.open_article(KEY, "One", KEY)
    library.place(KEY)
    library.marks(KEY)
    library.notes(KEY)
    library.readings()
    note = library.put_note(KEY, Note("new", 0, 0, 1, "x"))
    library.keep_place(KEY, Place(4, 2, "here"))
    aside = [p for p in path.parent.iterdir() if "damaged" in p.name]
    assert [p.read_bytes() for p in aside] == [broken]
    assert "damaged" in library.problem
    assert str(path) in library.problem
    assert aside[0].name in library.problem
    assert "\n" not in library.problem
    assert library.is_writable
    library.close()

    again = Library(path)
    assert again.problem == ""
    assert again.place(KEY) == Place(4, 2, "here")
    assert again.notes(KEY) == [note]
    again.close()


def test_an_empty_file_is_begun(path):
    path.parent.mkdir()
    path.touch()
    library = Library(path)
    assert library.problem == ""
    library.put_note(KEY, Note("id", 0, 0, 1, "x"))
    library.close()
    again = Library(path)
    assert len(again.notes(KEY)) == 1
    again.close()


def a_file_is_in_the_folders_place(path: Path) -> None:
    path.parent.write_text("in the way")


def a_folder_is_in_the_files_place(path: Path) -> None:
    path.mkdir(parents=True)


@pytest.mark.parametrize("hinder", [a_file_is_in_the_folders_place, a_folder_is_in_the_files_place])
def test_where_nothing_can_be_written_it_is_said_and_reading_goes_on(path, hinder):
    hinder(path)
    library = Library(path)
    assert str(path) in library.problem
    assert "nothing is kept" in library.problem
    assert "\n" not in library.problem
    assert not library.is_writable
    library.open_article(KEY, "One", KEY)
    library.keep_place(KEY, Place(2, 1, "x"))
    note = library.put_note(KEY, Note("id", 0, 0, 1, "x"))
    assert library.place(KEY) == Place(2, 1, "x")
    assert library.notes(KEY) == [note]
    assert not library.tell_once("first run")
    library.close()
    assert path.parent.is_file() or list(path.iterdir()) == []


def test_where_the_system_lets_nobody_write_it_is_said_too():
    library = Library(Path("/proc/caveat/library.sqlite"))
    assert "nothing is kept" in library.problem
    library.open_article(KEY, "One", KEY)
    assert library.readings()[0].title == "One"
    library.close()


# Several at a time


def test_two_libraries_on_one_file_see_what_the_other_does(path):
    first, second = Library(path), Library(path)
    first.open_article(KEY, "One", KEY)
    second.set_mark(KEY, "a", Place(1))
    first.put_note(KEY, Note("one", 0, 0, 1, "x"))
    second.put_note(KEY, Note("two", 1, 0, 1, "y"))
    second.keep_place(KEY, Place(8))
    assert first.marks(KEY) == {"a": Place(1)}
    assert [n.id for n in first.notes(KEY)] == [n.id for n in second.notes(KEY)] == ["one", "two"]
    assert first.place(KEY) == Place(8)
    assert first.tell_once("hello")
    assert not second.tell_once("hello")
    second.drop_note("one")
    first.close()
    assert [n.id for n in second.notes(KEY)] == ["two"]
    second.close()


def test_two_programs_that_write_at_the_same_time_lose_nothing(path):
    Library(path).close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), KEY, name, "150"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
        )
        for name in ("left", "right")
    ]  # fmt: skip
    for writer in writers:
        _, said = writer.communicate(timeout=60)
        assert writer.returncode == 0, said.decode()
    library = Library(path)
    assert {n.id for n in library.notes(KEY)} == {f"{name}-{n}" for name in ("left", "right") for n in range(150)}
    assert len(library.marks(KEY)) == 300
    library.close()


def test_many_that_begin_the_same_new_file_at_once_all_have_it(tmp_path):
    found: list[str] = []
    for attempt in range(12):
        path = tmp_path / str(attempt) / "library.sqlite"
        together = threading.Barrier(4)

        def begin(name: int, path: Path = path, together: threading.Barrier = together) -> None:
            together.wait()
            library = Library(path)
            found.append(library.problem)
            library.put_note(KEY, Note(str(name), name, 0, 1, "x"))
            library.close()

        threads = [threading.Thread(target=begin, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        library = Library(path)
        assert [problem for problem in found if problem] == []
        assert [n.id for n in library.notes(KEY)] == ["0", "1", "2", "3"]
        library.close()


def test_a_file_that_another_program_holds_is_said_in_one_line_and_what_was_there_stays(path):
    filled(path)
    library = Library(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError) as refused:
        library.put_note(KEY, Note("mine", 0, 0, 1, "x"))
    assert "\n" not in str(refused.value)
    assert "not kept" in str(refused.value)
    assert len(library.notes(KEY)) == 200
    holder.execute("COMMIT")
    holder.close()
    library.put_note(KEY, Note("mine", 0, 0, 1, "x"))
    assert len(library.notes(KEY)) == 201
    library.close()


def test_a_copy_of_the_closed_file_is_the_whole_library(path, tmp_path):
    filled(path)
    copy = tmp_path / "copy.sqlite"
    shutil.copy(path, copy)
    library = Library(copy)
    assert library.problem == ""
    assert len(library.notes(KEY)) == 200
    library.close()


# What an article is known by


def test_an_article_is_known_by_where_it_came_from_else_by_its_words():
    one, same, other = (
        load_bytes(text, name="a.txt") for text in (b"One.\n\nTwo.", b"One.\n\nTwo.", b"One.\n\nThree.")
    )
    assert key_of(one, "/a.txt") == key_of(other, "/a.txt") != key_of(one, "/b.txt")
    assert key_of(one) == key_of(same) == key_of(one, "-") != key_of(other)


# Words are found again

WORDS = st.text("ab .", max_size=30)
TEXTS = st.lists(WORDS, max_size=8)


@QUIET
@given(TEXTS, TEXTS, TEXTS, WORDS, WORDS, WORDS)
@example(["a"] * 8, [], [], "", "", "")
def test_text_that_comes_or_goes_before_a_place_takes_it_along(before, before_now, after, inside, inside_now, rest):
    quote = f"ZQ {rest}"
    then = articles(*before, inside + quote, *after)
    now = articles(*before_now, inside_now + quote, *after)
    spot = Place(len(before), len(inside), quote)
    assert then[spot.paragraph].text.startswith(quote, spot.at)
    found = found_again(now, spot)
    assert found == Place(len(before_now), len(inside_now), quote)
    assert find_words(now, spot.paragraph, spot.at, quote) == (len(before_now), len(inside_now))


@QUIET
@given(TEXTS, TEXTS, WORDS, st.integers(0, 20), st.integers(0, 40))
def test_words_that_are_gone_are_nowhere(before, after, rest, paragraph, at):
    now = articles(*before, *after)
    assert found_again(now, Place(paragraph, at, f"ZQ {rest}")) is None
    assert find_words(now, paragraph, at, f"ZQ {rest}") is None


@QUIET
@given(
    st.lists(WORDS, min_size=1, max_size=8),
    st.integers(0, 12),
    st.integers(0, 40),
    st.text("ab .", min_size=1, max_size=5),
)
def test_whatever_is_found_holds_the_words_and_nothing_is_missed(texts, paragraph, at, words):
    now = articles(*texts)
    found = find_words(now, paragraph, at, words)
    if found is None:
        assert not any(words in text for text in texts)
    else:
        assert texts[found[0]].startswith(words, found[1])


@QUIET
@given(
    st.lists(WORDS, min_size=1, max_size=8),
    st.integers(0, 12),
    st.integers(0, 40),
    st.text("ab .", min_size=1, max_size=5),
)
@example(["red fish, red fish, red fish"], 0, 19, "red fish")
def test_of_several_places_with_the_same_words_the_nearest_is_taken(texts, paragraph, at, words):
    found = find_words(articles(*texts), paragraph, at, words)
    holding = [n for n, text in enumerate(texts) if words in text]
    if not holding:
        assert found is None
        return
    assert found is not None
    assert abs(found[0] - paragraph) == min(abs(n - paragraph) for n in holding)
    if found[0] == paragraph:
        spots = [s for s in range(len(texts[paragraph])) if texts[paragraph].startswith(words, s)]
        assert abs(found[1] - at) == min(abs(s - at) for s in spots)


def test_the_third_of_three_equal_phrases_stays_the_third_when_words_come_before():
    now = articles("Oh! red fish, red fish, red fish")
    assert find_words(now, 0, 20, "red fish") == (0, 24)


def test_a_place_without_words_stays_in_its_paragraph():
    assert found_again(articles("One.", "Two."), Place(1, 2)) == Place(1, 2)
    assert found_again(articles("One.", "Two."), Place(1, 99)) == Place(1, 4)


@pytest.mark.parametrize("at", [0, 5, 17, 18, 60, 93])
def test_a_place_knows_the_words_that_stand_there(at):
    text = "Words of a paragraph that is long enough to be quoted in part, and a little longer than that."
    article = load_bytes(f"First.\n\n{text}".encode(), name="a.txt")
    place = place_in(article, 1, at)
    assert (place.paragraph, place.at) == (1, at)
    assert text.startswith(place.quote, at)
    assert len(place.quote) == min(60, max(0, len(text) - at))
