"""The evidence store keeps what was fetched, whole, for many processes at once; and touches nothing that is not its own."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.knowledge import upkeep
from reader.knowledge.model import Entity, EntityRecord, Provenance, Statement
from reader.knowledge.names import normal
from reader.knowledge.pack import Knowledge, Pack
from reader.knowledge.said import Spoken, VerdictHistory
from reader.knowledge.schema import APPLICATION_ID, VERSION
from reader.knowledge.store import EvidenceStore, Fetched, StoreError, TitleFound

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 3, 2)
LATER = DAY + timedelta(days=9)
WRITER = """
import sys
from datetime import date
from pathlib import Path
from reader.knowledge.model import Entity, EntityRecord, Provenance, Statement
from reader.knowledge.store import EvidenceStore

mine, day = int(sys.argv[2]), date(2026, 3, 2)
print("ready", flush=True)
sys.stdin.readline()
store = EvidenceStore(Path(sys.argv[1]))
for number in range(mine, mine + 60):
    known = Provenance("Wikidata", None, str(number), day.isoformat(), "CC0")
    stated = Statement(f"Q{number}$1", f"Q{number}", "P17", "Q30", known, "entity")
    store.keep_records([EntityRecord(Entity(f"Q{number}", f"Body {number}"), statements=(stated,))], day)
    store.keep_names({f"Shared {number % 10}": f"Q{number}"})
store.close()
"""


def record(entity: str, revision: str = "1", *, label: str = "", day: date = DAY, values: int = 1) -> EntityRecord:
    """An entity with so many statements, all of one revision, fetched on a day."""
    known = Provenance("Wikidata", f"https://www.wikidata.org/wiki/{entity}", revision, day.isoformat(), "CC0")
    stated = [Statement(f"{entity}${n}", entity, "P39", f"Q{900 + n}", known, "entity") for n in range(values)]
    return EntityRecord(Entity(entity, label or f"Name of {entity}"), statements=tuple(stated))


def page(title: str, extract: str, revision: str = "1") -> dict[str, str]:
    url = f"https://en.wikipedia.org/wiki/{title}"
    return {"title": title, "extract": extract, "url": url, "revision": revision, "source": "Wikipedia", "licence": "CC BY-SA 4.0"}  # fmt: skip


def spoken(label: str = "refuted", claim: str = "c1", explanation: str = "It was 1999.") -> Spoken:
    return Spoken(claim, "office", label, explanation)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def assert_plain(error: StoreError, path: Path) -> None:
    """One line that names the file, and nothing of how programs number their errors."""
    said = str(error)
    assert "\n" not in said
    assert said.startswith(f"{path}: ")
    assert "[Errno" not in said
    assert len(said) < len(str(path)) + 120


# What is kept


def test_what_was_kept_is_there_when_the_store_is_opened_again(store, today):
    store.keep_records([record("Q1", "77", label="Anna Lind")], today)
    store.keep_names({"the Lind": "Q1"})
    store.keep_pages([page("Lind", "Anna Lind is a minister.", "5")], today)
    store.keep_titles("en", [TitleFound("Lind", "Q1", "Anna Lind", None)], today)
    VerdictHistory(store).note([spoken()], today, {})
    store.close()
    again = EvidenceStore(store.path)
    try:
        assert again.pack.entity("Q1") == Entity("Q1", "Anna Lind")
        assert [s.value for s in again.pack.statements("Q1")] == ["Q900"]
        assert [e.id for e, _ in again.pack.named("lind")] == ["Q1"]
        assert [e.id for e, _ in again.pack.named("anna lind")] == ["Q1"]
        assert again.titles("en", ["Lind"], today, 7) == {"Lind": TitleFound("Lind", "Q1", "Anna Lind", None)}
        assert again.fetched(["entity:Q1", "entity:Q2"]) == {"entity:Q1": Fetched("77", today.isoformat())}
        assert VerdictHistory(again).last("c1") == {("c1", "office"): "refuted"}
        assert again.pack.counts["page"] == 1
    finally:
        again.close()


def test_an_entity_that_is_fetched_again_stands_as_its_source_has_it_now(store, today):
    store.keep_records([record("Q1", "1", label="Old Name", values=3)], today)
    changed = store.keep_records([record("Q1", "2", label="New Name", values=1, day=LATER)], LATER)
    assert changed == {"Q1"}
    assert store.pack.entity("Q1").label == "New Name"
    assert [s.id for s in store.pack.statements("Q1")] == ["Q1$0"]
    assert {s.provenance.revision for s in store.pack.statements("Q1")} == {"2"}


def test_a_name_that_the_source_has_taken_back_names_nobody(store, today):
    store.keep_records([EntityRecord(Entity("Q1", "Anna Lind"), ("The Great Pretender",))], today)
    store.keep_records([EntityRecord(Entity("Q1", "Anna Lind"))], LATER)
    assert store.pack.named("great pretender") == []
    assert [e.id for e, _ in store.pack.named("anna lind")] == ["Q1"]


def test_the_same_entity_fetched_twice_has_not_changed(store, today):
    store.keep_records([record("Q1", "1")], today)
    assert store.keep_records([record("Q1", "1")], LATER) == frozenset()
    assert store.fetched(["entity:Q1"]) == {"entity:Q1": Fetched("1", LATER.isoformat())}


def test_a_label_that_a_statement_needs_takes_nothing_from_what_is_known_of_the_entity(store, today):
    store.keep_records([record("Q1", "1", label="Anna Lind", values=2)], today)
    store.keep_records([EntityRecord(Entity("Q1", "Anna"), ("Lind",))], today, whole=False)
    assert store.pack.entity("Q1").label == "Anna Lind"
    assert len(store.pack.statements("Q1")) == 2
    assert store.fetched(["entity:Q1"])["entity:Q1"].revision == "1"


def test_what_is_confirmed_is_known_to_hold_on_that_day(store, today):
    store.keep_records([record("Q1", "1", values=2), record("Q2", "1")], today)
    store.confirm({"Q1": "1"}, LATER)
    assert {s.provenance.retrieved for s in store.pack.statements("Q1")} == {LATER.isoformat()}
    assert {s.known_until.iso for s in store.pack.statements("Q1")} == {LATER.isoformat()}
    assert {s.provenance.retrieved for s in store.pack.statements("Q2")} == {today.isoformat()}
    assert store.fetched(["entity:Q1"])["entity:Q1"] == Fetched("1", LATER.isoformat())


def test_confirming_never_undoes_what_another_process_has_learned_meanwhile(store, today, monkeypatch):
    store.keep_records([record("Q1", "1")], today)
    other, reading, met = EvidenceStore(store.path), store.pack.statements, []

    def meanwhile(subject: str) -> list[Statement]:
        found = reading(subject)
        met.append(other.keep_records([record("Q1", "2", day=LATER, values=3)], LATER))
        return found

    try:
        monkeypatch.setattr(store.pack, "statements", meanwhile)
        store.confirm({"Q1": "1"}, LATER)
        monkeypatch.undo()
        revision, values = ("2", 3) if met else ("1", 1)  # who is asked in the same transaction meets nobody
        assert [s.provenance.revision for s in store.pack.statements("Q1")] == [revision] * values
        assert store.fetched(["entity:Q1"])["entity:Q1"].revision == revision
    finally:
        other.close()


def test_a_page_is_kept_once_and_says_whether_it_is_new(store, today):
    assert store.keep_pages([page("A", "One."), page("B", "Two.")], today) == 2
    assert store.keep_pages([page("A", "One.")], LATER) == 0
    assert store.keep_pages([page("A", "One and more.", "2")], LATER) == 1
    assert store.pack.counts["page"] == 2


@pytest.mark.parametrize("missing", ["title", "extract", "url"])
def test_a_page_that_cannot_be_quoted_with_its_address_is_not_kept(store, today, missing):
    assert store.keep_pages([page("A", "One.") | {missing: ""}], today) == 0
    assert store.pack.counts["page"] == 0


def test_what_a_name_meant_long_ago_is_asked_anew(store, today):
    store.keep_titles("de", [TitleFound("Bonn", "Q586", "Bonn", None)], today)
    assert "Bonn" in store.titles("de", ["Bonn"], today + timedelta(days=7), 7)
    assert store.titles("de", ["Bonn"], today + timedelta(days=8), 7) == {}
    assert store.titles("en", ["Bonn"], today, 7) == {}


def test_reviews_are_kept_once(store, today):
    review = {"claimReviewed": "The moon is a balloon.", "reviewRating": {"alternateName": "False"}, "url": "https://checks.example/1"}  # fmt: skip
    assert store.keep_reviews([review, {"claimReviewed": "No rating."}], today) == 1
    assert store.keep_reviews([review], today) == 0
    assert [r.rating for r in store.pack.reviews(["moon", "balloon"])] == ["False"]


def test_an_article_from_the_web_comes_back_as_it_came(store, today):
    body = bytes(range(256)) * 40
    store.keep_article("https://news.example/a", "https://news.example/a?id=1", "text/html", body)
    assert store.article("https://news.example/a") == (
        "https://news.example/a?id=1", "text/html", body, today.isoformat(),
    )  # fmt: skip
    assert store.article("https://news.example/b") is None


def test_an_article_that_is_fetched_again_takes_the_place_of_the_old_one(store, today):
    store.keep_article("https://news.example/a", "https://news.example/a", "text/html", b"old")
    store.keep_article("https://news.example/a", "https://news.example/a", "text/html", b"new")
    assert store.article("https://news.example/a")[2] == b"new"


# What was said before


def test_a_verdict_that_changes_is_kept_with_its_day_and_the_reason(store, today):
    VerdictHistory(store).note([spoken("supported", explanation="She is.")], today, {})
    VerdictHistory(store).note(
        [spoken("refuted", explanation="She was.")], LATER, {"c1": "Anna Lind changed at the source"}
    )
    (turned,) = VerdictHistory(store).turned("c1")
    assert (turned.check, turned.label, turned.explanation) == ("office", "supported", "She is.")
    assert (turned.at, turned.until) == (today.isoformat(), LATER.isoformat())
    assert turned.reason == "Anna Lind changed at the source"
    assert VerdictHistory(store).last("c1") == {("c1", "office"): "refuted"}


def test_a_change_without_a_known_reason_says_so_in_words(store, today):
    VerdictHistory(store).note([spoken("supported")], today, {})
    VerdictHistory(store).note([spoken("refuted")], LATER, {})
    assert VerdictHistory(store).turned("c1")[0].reason.split()


def test_a_verdict_that_stays_has_no_history(store, today):
    for days in range(4):
        VerdictHistory(store).note(
            [spoken(explanation=f"It was {days}.")], today + timedelta(days=days), {"c1": "anything"}
        )
    assert VerdictHistory(store).turned("c1") == ()


def test_changes_are_told_the_latest_first_and_of_that_claim_only(store, today):
    for days, label in enumerate(("supported", "refuted", "conflicting")):
        VerdictHistory(store).note([spoken(label), spoken("supported", claim="c2")], today + timedelta(days=days), {})
    assert [t.label for t in VerdictHistory(store).turned("c1")] == ["refuted", "supported"]
    assert VerdictHistory(store).turned("c2") == ()
    assert VerdictHistory(store).turned("c3") == ()


# Several at once


def test_a_reader_sees_what_another_process_has_written(store, today):
    reading = Pack(store.path, live=True)
    try:
        assert reading.entity("Q5001") is None
        finished = run_writers(store.path, 5000)
        assert finished == [0]
        assert reading.entity("Q5001") == Entity("Q5001", "Body 5001")
        assert [s.value for s in Knowledge([reading]).statements("Q5001")] == ["Q30"]
    finally:
        reading.close()


def test_two_processes_that_write_at_once_lose_nothing(store):
    assert run_writers(store.path, 1000, 2000) == [0, 0]
    kept = {n for base in (1000, 2000) for n in range(base, base + 60)}
    assert {n for n in kept if store.pack.entity(f"Q{n}") and len(store.pack.statements(f"Q{n}")) == 1} == kept
    assert {e.id for e, _ in store.pack.named("shared 3")} == {f"Q{n}" for n in kept if n % 10 == 3}
    assert upkeep.verify(store.path) == []


def run_writers(path: Path, *bases: int) -> list[int]:
    """Processes that each open the store and write sixty entities; they begin together."""
    env = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": env}
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(base)], **pipes) for base in bases]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
    return [writer.returncode for writer in writers]


@pytest.mark.parametrize("begun", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_store_that_another_process_is_just_making_is_waited_for(tmp_path, begun):
    path = tmp_path / "new.sqlite"
    failures: list[StoreError] = []

    def open_it() -> None:
        try:
            EvidenceStore(path).close()
        except StoreError as error:
            failures.append(error)

    with contextlib.closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute(begun)
        opener = threading.Thread(target=open_it)
        opener.start()
        opener.join(0.3)
        other.execute("COMMIT")
        opener.join(30)
    assert not opener.is_alive()
    assert failures == []


def test_threads_may_write_and_read_one_store_at_once(store, today):
    wrong: list[BaseException] = []

    def work(base: int) -> None:
        try:
            for number in range(base, base + 50):
                store.keep_records([record(f"Q{number}", values=3)], today)
                assert len(store.pack.statements(f"Q{number}")) == 3
                assert store.fetched([f"entity:Q{number}"])
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(base,)) for base in (100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert wrong == []
    assert store.pack.counts["entity"] == 150


def test_an_act_that_fails_in_the_middle_leaves_nothing_of_itself(store, today):
    good, bad = record("Q1"), record("Q2")
    broken = EntityRecord(Entity("Q2", None), statements=bad.statements)  # type: ignore[arg-type]
    with pytest.raises((StoreError, AttributeError, TypeError)):
        store.keep_records([good, broken], today)
    assert store.pack.counts == dict.fromkeys(store.pack.counts, 0)
    store.keep_records([good], today)
    assert store.pack.entity("Q1")


# What cannot be opened or written


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder that everybody may look into (pytest's own may be its owner's only)."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder


OPENER = """
import os, sys
from pathlib import Path
from reader.knowledge.store import EvidenceStore, StoreError
if os.geteuid() == 0:
    os.setuid(65534)  # to root every folder is writable
try:
    EvidenceStore(Path(sys.argv[1]))
except StoreError as error:
    print(error)
"""


def opened_by_somebody(path: Path) -> list[str]:
    """What a process without rights is told."""
    env = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", OPENER, str(path)], capture_output=True, text=True, env=env, cwd="/", timeout=60)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_folder_that_is_not_writable_is_told_in_one_plain_line(elsewhere):
    elsewhere.chmod(0o555)
    (said,) = opened_by_somebody(elsewhere / "evidence.sqlite")
    assert_plain(StoreError(said), elsewhere / "evidence.sqlite")
    assert "not writable" in said


def test_a_folder_that_cannot_be_made_is_told_in_one_plain_line(elsewhere):
    elsewhere.chmod(0o555)
    (said,) = opened_by_somebody(elsewhere / "new" / "evidence.sqlite")
    assert_plain(StoreError(said), elsewhere / "new" / "evidence.sqlite")


def test_a_store_that_is_read_only_is_told_in_one_plain_line(elsewhere):
    path = elsewhere / "evidence.sqlite"
    EvidenceStore(path).close()
    path.chmod(0o444)
    elsewhere.chmod(0o555)
    (said,) = opened_by_somebody(path)
    assert_plain(StoreError(said), path)
    assert "not writable" in said


def test_a_file_in_the_place_of_the_folder_is_told_in_one_plain_line(tmp_path):
    (tmp_path / "data").write_text("I am no folder.")
    with pytest.raises(StoreError) as caught:
        EvidenceStore(tmp_path / "data" / "evidence.sqlite")
    assert_plain(caught.value, tmp_path / "data" / "evidence.sqlite")
    assert (tmp_path / "data").read_text() == "I am no folder."


def test_a_full_disk_is_told_in_one_plain_line_and_what_was_there_stays(store, today):
    store.keep_pages([page("Before", "It was there.")], today)
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreError) as caught:
        store.keep_pages([page(f"P{n}", f"{n} " * 5000) for n in range(20)], today)
    assert_plain(caught.value, store.path)
    assert "disk is full" in str(caught.value)
    assert store.pack.counts["page"] == 1
    store._db.execute("PRAGMA max_page_count = 1000000")
    assert store.keep_pages([page("After", "There is room again.")], today) == 1
    assert store.pack.counts["page"] == 2


FILLER = """
import subprocess, sys
from datetime import date
from pathlib import Path
folder = Path(sys.argv[1])
if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], capture_output=True).returncode:
    sys.exit(77)
from reader.knowledge.store import EvidenceStore, StoreError
store = EvidenceStore(folder / "evidence.sqlite")
kept = 0
try:
    for kept in range(200):
        store.keep_pages([{"title": f"P{kept}", "extract": "word " * 2000, "url": f"https://a.example/{kept}"}], date(2026, 3, 2))
except StoreError as error:
    print(error)
print(kept == store.pack.counts["page"] > 0)
"""


def test_a_disk_that_really_is_full_is_told_in_one_plain_line(tmp_path):
    env = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)}
    words = ["unshare", "--mount", sys.executable, "-c", FILLER, str(tmp_path)]
    try:
        done = subprocess.run(words, capture_output=True, text=True, env=env, timeout=60)
    except FileNotFoundError:
        pytest.skip("not on this machine: unshare")
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip("this user may not mount a small disk")
    assert done.returncode == 0, done.stderr
    said, whole = done.stdout.splitlines()
    assert_plain(StoreError(said), tmp_path / "evidence.sqlite")
    assert "disk is full" in said
    assert whole == "True"


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_another_programs_database_is_refused_and_untouched(tmp_path, mode):
    path = tmp_path / "bookmarks.sqlite"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode={mode}")
        other.execute("CREATE TABLE bookmark (url TEXT)")
        other.execute("INSERT INTO bookmark VALUES ('https://a.example')")
    before, beside = digest(path), sorted(tmp_path.iterdir())
    with pytest.raises(StoreError) as caught:
        EvidenceStore(path)
    assert_plain(caught.value, path)
    del caught
    gc.collect()
    assert digest(path) == before
    assert sorted(tmp_path.iterdir()) == beside


def test_a_file_that_is_no_database_is_refused_and_untouched(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam,\n" * 300)
    before = digest(path)
    with pytest.raises(StoreError) as caught:
        EvidenceStore(path)
    assert_plain(caught.value, path)
    assert digest(path) == before


def test_a_store_of_a_newer_version_is_refused_and_untouched(tmp_path, today):
    path = tmp_path / "evidence.sqlite"
    made = EvidenceStore(path)
    made.keep_records([record("Q1")], today)
    made.close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute(f"PRAGMA user_version={VERSION + 1}")
        newer.execute("PRAGMA journal_mode=DELETE")
    before, beside = digest(path), sorted(tmp_path.iterdir())
    with pytest.raises(StoreError) as caught:
        EvidenceStore(path)
    assert_plain(caught.value, path)
    assert "version" in str(caught.value)
    del caught
    gc.collect()
    assert digest(path) == before
    assert sorted(tmp_path.iterdir()) == beside


def test_a_store_is_marked_as_ours(store):
    with contextlib.closing(sqlite3.connect(store.path)) as plain:
        assert plain.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert plain.execute("PRAGMA user_version").fetchone() == (VERSION,)


# Any sequence of acts

IDS = ("Q1", "Q2", "Q3", "Q4")
act = st.one_of(
    st.tuples(st.just("keep"), st.sampled_from(IDS), st.integers(1, 3), st.integers(0, 3)),
    st.tuples(st.just("label"), st.sampled_from(IDS), st.just(0), st.just(0)),
    st.tuples(st.just("confirm"), st.sampled_from(IDS), st.just(0), st.just(0)),
    st.tuples(st.just("prune"), st.just(""), st.sampled_from([0, 10**9]), st.just(0)),
    st.tuples(st.just("reopen"), st.just(""), st.just(0), st.just(0)),
)


@settings(database=None, derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(act, min_size=1, max_size=14))
def test_whatever_is_kept_confirmed_and_pruned_the_store_stays_whole_and_says_what_was_put_in_last(acts):
    with tempfile.TemporaryDirectory() as folder:
        store = EvidenceStore(Path(folder) / "evidence.sqlite")
        model: dict[str, tuple[int, int, date]] = {}
        try:
            for number, (what, entity, one, two) in enumerate(acts):
                day = DAY + timedelta(days=number)
                if what == "keep":
                    store.keep_records([record(entity, str(one), day=day, values=two)], day)
                    model[entity] = (one, two, day)
                elif what == "label":
                    store.keep_records([EntityRecord(Entity(entity, f"Name of {entity}"))], day, whole=False)
                elif what == "confirm" and entity in model and model[entity][1]:
                    store.confirm({entity: str(model[entity][0])}, day)
                    model[entity] = (*model[entity][:2], day)
                elif what == "prune":
                    upkeep.prune(store.path, one)
                    model = model if one else {}
                elif what == "reopen":
                    store.close()
                    store = EvidenceStore(store.path)
                check_whole(store, model)
        finally:
            store.close()


def check_whole(store: EvidenceStore, model: dict[str, tuple[int, int, date]]) -> None:
    assert upkeep.verify(store.path) == []
    fetched = store.fetched([f"entity:{i}" for i in IDS])
    assert {key.removeprefix("entity:") for key in fetched} == set(model)
    for entity, (revision, values, day) in model.items():
        assert store.pack.entity(entity) == Entity(entity, f"Name of {entity}")
        assert [e.id for e, _ in store.pack.named(normal(f"Name of {entity}"))] == [entity]
        stated = store.pack.statements(entity)
        assert sorted(s.id for s in stated) == [f"{entity}${n}" for n in range(values)]
        assert {(s.provenance.revision, s.provenance.retrieved) for s in stated} <= {(str(revision), day.isoformat())}
        assert fetched[f"entity:{entity}"].at == day.isoformat()
    for entity in set(IDS) - set(model):
        assert store.pack.statements(entity) == []
        known = bool(store.fetched([f"label:{entity}"]))
        assert (store.pack.entity(entity) is not None) == known
        assert bool(store.pack.named(normal(f"Name of {entity}"))) == known
