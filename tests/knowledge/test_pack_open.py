"""Opening packs: what is no pack, or a damaged or newer one, is told in one line."""

from __future__ import annotations

import shutil
import sqlite3
import time

import pytest

from reader.knowledge.pack import Knowledge, Pack
from reader.knowledge.schema import VERSION, PackError


def _read_all(path) -> None:
    pack = Pack(path)
    try:
        pack.manifest, pack.counts, pack.named("nasa"), pack.entity("Q23548")
        pack.statements("Q23548"), pack.statements_with("Q358841", "P39")
    finally:
        pack.close()


@pytest.fixture
def copy(builtin_path, tmp_path):
    path = tmp_path / "copy.pack"
    shutil.copyfile(builtin_path, path)
    return path


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04 a zip", b"SQLite format 3\x00 and then nothing", b"\x00" * 10_000]
)
def test_a_file_that_is_no_pack_is_told_in_one_line(tmp_path, content):
    path = tmp_path / "x.pack"
    path.write_bytes(content)
    with pytest.raises(PackError, match=r"x\.pack: is not a[^\n]+$"):
        Pack(path)


def test_a_missing_pack_and_a_folder_are_told(tmp_path):
    for path in (tmp_path / "none.pack", tmp_path):
        with pytest.raises(PackError, match="no such pack"):
            Pack(path)


def test_another_programs_database_is_told_and_left_alone(tmp_path):
    path = tmp_path / "history.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE entity (id TEXT)")
    before = path.read_bytes()
    with pytest.raises(PackError, match="is not a Caveat pack"):
        Pack(path)
    assert path.read_bytes() == before


def test_a_newer_pack_is_told_with_what_to_do(copy):
    with sqlite3.connect(copy) as db:
        db.execute(f"PRAGMA user_version={VERSION + 1}")
    with pytest.raises(PackError, match=rf"newer Caveat \(pack version {VERSION + 1}\); update"):
        Pack(copy)


@pytest.mark.parametrize("left", [120, 4096, 40_000, 0.5, 0.9])
def test_a_cut_pack_is_told_at_the_latest_when_it_is_read(copy, left):
    size = int(left if left > 1 else copy.stat().st_size * left)
    with copy.open("r+b") as stream:
        stream.truncate(size)
    with pytest.raises(PackError, match=r"^[^\n]+copy\.pack: [^\n]+$"):
        _read_all(copy)


def test_a_pack_whose_pages_are_overwritten_is_told(copy):
    size = copy.stat().st_size
    with copy.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * (size - 4096))
    with pytest.raises(PackError):
        _read_all(copy)


@pytest.mark.parametrize("body", [b"", b"\x93", b"\x80", b"\xc1junk", b"\xa3abc"])
def test_a_damaged_statement_is_told_as_a_damaged_pack(copy, body):
    with sqlite3.connect(copy) as db:
        db.execute("UPDATE statement SET body = ? WHERE subject = 'Q23548'", (body,))
    with pytest.raises(PackError, match=r"copy\.pack"):
        Pack(copy).statements("Q23548")


def test_a_pack_without_its_tables_is_told_when_it_is_read(copy):
    with sqlite3.connect(copy) as db:
        db.execute("DROP TABLE alias")
    with pytest.raises(PackError, match="cannot be read"):
        Pack(copy).named("nasa")


@pytest.mark.parametrize("name", ["what?.pack", "a#b.pack", "100%41.pack", "naïve ✓.pack", "with space.pack"])
def test_a_pack_opens_under_any_name(builtin_path, tmp_path, name):
    path = tmp_path / name
    shutil.copyfile(builtin_path, path)
    assert Pack(path).manifest["name"] == "built-in"


def test_reading_a_pack_changes_nothing_on_the_disk(copy):
    copy.chmod(0o444)
    before = copy.read_bytes()
    _read_all(copy)
    assert copy.read_bytes() == before
    assert [p.name for p in copy.parent.iterdir()] == ["copy.pack"]


def test_opening_a_pack_is_instant(builtin_path):
    started = time.perf_counter()
    for _ in range(20):
        Pack(builtin_path).close()
    assert (time.perf_counter() - started) / 20 < 0.02


def test_a_closed_pack_tells_instead_of_crashing(copy):
    pack = Pack(copy)
    knowledge = Knowledge([pack])
    knowledge.close()
    with pytest.raises(PackError):
        knowledge.named("NASA")
