"""Looking after the store: what goes first when room is short, whether it is whole, and what is saved of a damaged one."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from reader.knowledge import upkeep
from reader.knowledge.model import Entity, EntityRecord, Provenance, Statement
from reader.knowledge.pack import Pack
from reader.knowledge.said import Spoken, VerdictHistory
from reader.knowledge.schema import VERSION
from reader.knowledge.store import EvidenceStore, StoreError, TitleFound

DAY = date(2026, 3, 2)
PAGES = 60
WORDS = 4_000


def record(number: int, values: int = 2) -> EntityRecord:
    known = Provenance("Wikidata", f"https://www.wikidata.org/wiki/Q{number}", "7", DAY.isoformat(), "CC0")
    stated = [
        Statement(f"Q{number}$told-{n}", f"Q{number}", "P571", f"19{number % 80 + 10}-0{n + 1}", known, "date")
        for n in range(values)
    ]
    return EntityRecord(Entity(f"Q{number}", f"Body {number}", "organisation", "a body"), statements=tuple(stated))


def page(number: int) -> dict[str, str]:
    url = f"https://en.wikipedia.org/wiki/P{number}"
    return {"title": f"P{number}", "extract": f"word{number} " * WORDS, "url": url, "source": "Wikipedia"}


def kept_pages(store: EvidenceStore) -> set[int]:
    return {n for n in range(PAGES) if store.fetched([f"page:https://en.wikipedia.org/wiki/P{n}"])}


def content(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as db:
        pages, free, size = (db.execute(f"PRAGMA {n}").fetchone()[0] for n in ("page_count", "freelist_count", "page_size"))  # fmt: skip
    return (pages - free) * size


def said_of(path: Path) -> list[str]:
    """What `caveat store verify` has to say: what is wrong, or that it cannot even be looked at."""
    try:
        return upkeep.verify(path)
    except StoreError as error:
        return [str(error)]


# Room


@pytest.fixture
def full(store) -> EvidenceStore:
    """A store with sixty long pages, one fetched a day."""
    for number in range(PAGES):
        assert store.keep_pages([page(number)], DAY + timedelta(days=number)) == 1
    return store


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_what_was_used_longest_ago_goes_and_no_more_than_has_to(full, share):
    limit = int(content(full.path) * share)
    removed = upkeep.prune(full.path, limit)
    kept = kept_pages(full)
    assert kept == set(range(PAGES - len(kept), PAGES))
    assert removed == PAGES - len(kept)
    assert content(full.path) <= limit
    assert content(full.path) > limit - content_of_some(5)
    assert full.pack.counts["page"] == len(kept)


def content_of_some(pages: int) -> int:
    """What so many pages take, generously: pruning may go in steps, but in small ones."""
    return pages * len(page(10)["extract"]) * 2


def test_what_is_used_today_is_not_old_however_long_ago_it_was_fetched(full):
    needed = {0, 1, 7}
    full.use([f"page:https://en.wikipedia.org/wiki/P{n}" for n in needed], DAY + timedelta(days=PAGES))
    upkeep.prune(full.path, content(full.path) // 2)
    kept = kept_pages(full)
    assert needed <= kept
    assert not kept & {2, 3, 4, 5, 6}


def test_nothing_goes_while_there_is_room(full):
    assert upkeep.prune(full.path, content(full.path)) == 0
    assert kept_pages(full) == set(range(PAGES))


def test_room_that_was_made_is_given_back_to_the_disk(full):
    before = upkeep.size_of(full.path)
    full.close()
    upkeep.prune(full.path, content(full.path) // 4)
    assert upkeep.size_of(full.path) < before / 2


def test_pruning_goes_on_beside_a_reader(full):
    reading = Pack(full.path, live=True)
    try:
        assert reading.counts["page"] == PAGES
        assert upkeep.prune(full.path, content(full.path) // 2) > 0
        assert 0 < reading.counts["page"] < PAGES
    finally:
        reading.close()


def test_of_an_entity_that_goes_nothing_stays(store):
    store.keep_records([record(1)], DAY)
    store.keep_names({"The First Body": "Q1"})
    store.keep_titles("en", [TitleFound("First Body", "Q1", "Body 1", None)], DAY)
    upkeep.prune(store.path, 0)
    assert store.pack.counts == dict.fromkeys(store.pack.counts, 0)
    assert store.titles("en", ["First Body"], DAY, 7) == {}
    assert store.fetched(["entity:Q1"]) == {}


def test_a_label_that_statements_need_outlives_what_was_stated_of_it(full):
    full.keep_records([record(1)], DAY - timedelta(days=9))
    full.keep_records([EntityRecord(Entity("Q1", "Body 1"))], DAY + timedelta(days=99), whole=False)
    upkeep.prune(full.path, content(full.path) // 2)
    assert full.fetched(["entity:Q1", "label:Q1"]).keys() == {"label:Q1"}
    assert full.pack.entity("Q1").label == "Body 1"
    assert full.pack.statements("Q1") == []


def test_the_facts_of_a_store_are_counted(store):
    store.keep_records([record(1), record(2)], DAY)
    store.keep_pages([page(1)], DAY + timedelta(days=3))
    facts = upkeep.facts_of(store.path)
    assert (facts.counts["entity"], facts.counts["statement"], facts.counts["page"]) == (2, 4, 1)
    assert (facts.oldest, facts.newest) == (DAY.isoformat(), (DAY + timedelta(days=3)).isoformat())
    assert facts.size == sum(f.stat().st_size for f in store.path.parent.glob(f"{store.path.name}*") if not f.name.endswith("-shm"))  # fmt: skip


# Whole or not


@pytest.fixture
def closed(tmp_path) -> Path:
    """A store of forty entities, some pages, titles and verdicts, that nobody has open."""
    path = tmp_path / "closed.sqlite"
    store = EvidenceStore(path)
    store.keep_records([record(n, values=4) for n in range(1, 41)], DAY)
    store.keep_pages([page(n) | {"extract": f"A page about {n}."} for n in range(20)], DAY)
    store.keep_titles("en", [TitleFound(f"Body {n}", f"Q{n}", f"Body {n}", None) for n in range(1, 41)], DAY)
    VerdictHistory(store).note([Spoken(f"claim {n}", "office", "supported", "So it is.") for n in range(20)], DAY, {})
    store.keep_article("https://news.example/a", "https://news.example/a", "text/html", b"<p>News.</p>")
    store.close()
    assert sorted(tmp_path.iterdir()) == [path]
    return path


def harm_statement(path: Path, number: str = "Q7$told-1") -> None:
    """Flip the first byte of a statement's body where it lies in the file."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        (body,) = db.execute("SELECT body FROM statement WHERE id = ?", (number,)).fetchone()
    data = bytearray(path.read_bytes())
    assert data.count(body) == 1
    data[data.index(body)] ^= 0xFF
    path.write_bytes(data)


def harm_page(path: Path, number: int) -> None:
    """Write garbage over one page of the file."""
    size = page_size(path)
    data = bytearray(path.read_bytes())
    data[(number - 1) * size : number * size] = bytes((n * 37 + 11) % 256 for n in range(size))
    path.write_bytes(data)


def page_size(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[16:18], "big")


def page_with(path: Path, table: str) -> int:
    """A page of the file in which rows of a table lie."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    data, size = path.read_bytes(), page_size(path)
    at = (root - 1) * size
    if data[at] not in (2, 5):  # the root is a leaf itself
        return root
    cell = int.from_bytes(data[at + 12 : at + 14], "big")
    return int.from_bytes(data[at + cell : at + cell + 4], "big")


def test_a_whole_store_is_whole(closed):
    assert upkeep.verify(closed) == []


def test_a_store_that_is_written_just_now_is_whole(store):
    store.keep_records([record(1)], DAY)
    assert upkeep.verify(store.path) == []


def test_a_flipped_byte_in_a_statement_is_found_and_named(closed):
    harm_statement(closed)
    problems = upkeep.verify(closed)
    assert [p for p in problems if "Q7$told-1" in p]
    assert all("\n" not in p for p in problems)
    assert not [p for p in problems if "Q8$" in p]


def test_garbage_in_any_page_of_the_file_is_found(closed):
    good = closed.read_bytes()
    unnoticed = []
    for number in range(1, len(good) // page_size(closed) + 1):
        closed.write_bytes(good)
        harm_page(closed, number)
        said = said_of(closed)
        unnoticed += [] if said and all(line and "\n" not in line for line in said) else [number]
    assert unnoticed == []


def test_a_statement_about_an_entity_that_is_not_there_is_found(closed):
    with contextlib.closing(sqlite3.connect(closed, isolation_level=None)) as db:
        db.execute("DELETE FROM entity WHERE id = 'Q7'")
    assert len(upkeep.verify(closed)) == 1


@pytest.mark.parametrize("act", [upkeep.verify, upkeep.facts_of, upkeep.repair, lambda path: upkeep.prune(path, 0)])
def test_where_there_is_no_store_none_is_made(tmp_path, act: Callable[[Path], object]):
    with pytest.raises(StoreError) as caught:
        act(tmp_path / "none.sqlite")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("act", [upkeep.verify, upkeep.facts_of, lambda path: upkeep.prune(path, 0)])
def test_another_programs_file_is_not_looked_after(tmp_path, act: Callable[[Path], object]):
    path = tmp_path / "bookmarks.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmark (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError):
        act(path)
    assert path.read_bytes() == before


# Repair


def test_repair_keeps_the_damaged_file_beside_as_it_was(closed):
    harm_page(closed, page_with(closed, "statement"))
    before = closed.read_bytes()
    aside, _ = upkeep.repair(closed)
    assert aside.parent == closed.parent
    assert aside != closed
    assert aside.read_bytes() == before


@pytest.mark.parametrize("table", ["entity", "statement", "page", "title", "alias", "fetched"])
def test_repair_saves_what_can_be_read_and_the_store_is_whole_again(closed, table):
    harm_page(closed, page_with(closed, table))
    assert said_of(closed) != []
    _, saved = upkeep.repair(closed)
    assert upkeep.verify(closed) == []
    counts = upkeep.facts_of(closed).counts
    assert saved == sum(counts.values())
    whole = {"entity": 40, "page": 20, "title": 40, "spoken": 20, "article": 1}
    assert {name: counts[name] for name in whole if name != table} == {n: c for n, c in whole.items() if n != table}


def test_repair_leaves_out_a_statement_that_cannot_be_read(closed):
    harm_statement(closed)
    upkeep.repair(closed)
    assert upkeep.verify(closed) == []
    with contextlib.closing(Pack(closed, live=True)) as pack:
        assert sorted(s.id for s in pack.statements("Q7")) == ["Q7$told-0", "Q7$told-2", "Q7$told-3"]


@pytest.mark.parametrize("harm", [harm_statement, lambda path: harm_page(path, page_with(path, "statement"))])
def test_what_repair_could_not_save_of_an_entity_is_asked_for_again(closed, harm):
    harm(closed)
    upkeep.repair(closed)
    store = EvidenceStore(closed)
    try:
        with contextlib.closing(sqlite3.connect(closed)) as db:
            counts = dict(db.execute("SELECT subject, count(*) FROM statement GROUP BY subject"))
        lost = [f"Q{n}" for n in range(1, 41) if counts.get(f"Q{n}", 0) < 4]
        assert lost
        thought_whole = store.fetched([f"entity:{i}" for i in lost])
        assert {key for key, fetched in thought_whole.items() if fetched.revision} == set()
    finally:
        store.close()


def test_a_repaired_store_can_be_written_again(closed):
    harm_page(closed, page_with(closed, "statement"))
    upkeep.repair(closed)
    store = EvidenceStore(closed)
    try:
        store.keep_records([record(n, values=4) for n in range(1, 41)], DAY)
        assert [len(store.pack.statements(f"Q{n}")) for n in range(1, 41)] == [4] * 40
        assert store.article("https://news.example/a")[2] == b"<p>News.</p>"
        assert VerdictHistory(store).last("claim 3") == {("claim 3", "office"): "supported"}
    finally:
        store.close()
    assert upkeep.verify(closed) == []


def test_each_damaged_file_is_kept(closed):
    asides = []
    for _ in range(3):
        harm_page(closed, page_with(closed, "entity"))
        asides.append(upkeep.repair(closed)[0])
    assert len({a.name for a in asides}) == 3
    assert all(a.is_file() for a in asides)


def test_a_file_that_is_nothing_any_more_is_set_aside_and_a_new_store_begins(closed):
    closed.write_bytes(b"\0nothing" * 4000)
    aside, saved = upkeep.repair(closed)
    assert saved == 0
    assert aside.read_bytes() == b"\0nothing" * 4000
    assert upkeep.verify(closed) == []


def test_repair_makes_a_store_of_another_version_anew(closed):
    with contextlib.closing(sqlite3.connect(closed, isolation_level=None)) as other:
        other.execute(f"PRAGMA user_version={VERSION + 1}")
    with pytest.raises(StoreError, match="repair"):
        upkeep.verify(closed)
    upkeep.repair(closed)
    assert upkeep.verify(closed) == []
    assert upkeep.facts_of(closed).counts["entity"] == 40


def test_reviews_can_still_be_searched_after_a_repair(closed):
    store = EvidenceStore(closed)
    review = {"claimReviewed": "The moon is a balloon.", "reviewRating": {"alternateName": "False"}, "url": "https://checks.example/1"}  # fmt: skip
    store.keep_reviews([review], DAY)
    store.close()
    upkeep.repair(closed)
    with contextlib.closing(Pack(closed, live=True)) as pack:
        assert [r.rating for r in pack.reviews(["balloon"])] == ["False"]
