"""A process that dies in the middle of writing: the store opens, and nothing that was committed is lost.

`CAVEAT_SOAK_SHARE=1 pytest -m soak -n 0 tests/online/test_killed_writers.py` kills two hundred times.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from reader.knowledge import upkeep
from reader.knowledge.store import EvidenceStore

KILLS = 200
DAY = date(2026, 1, 1)
WRITER = """
import sys
from datetime import date
from pathlib import Path
from reader.knowledge.model import Entity, EntityRecord, Provenance, Statement
from reader.knowledge.said import Spoken, VerdictHistory
from reader.knowledge.store import EvidenceStore, TitleFound

store, number, today = EvidenceStore(Path(sys.argv[1])), int(sys.argv[2]), date(2026, 1, 1)
while True:
    number += 1
    me = f"Q{number}"
    said = tuple(
        Statement(f"{me}-{n}", me, "P39", f"Q{n}", Provenance("Wikidata", revision=str(number)), "entity") for n in range(40)
    )
    store.keep_records([EntityRecord(Entity(me, f"Person {number}", "person"), (f"P. {number}",), statements=said)], today)
    store.keep_titles("en", [TitleFound(f"Person {number}", me, f"Person {number}", None)], today)
    store.keep_pages([{"title": f"Person {number}", "extract": "Long. " * 400, "url": f"https://example.org/{number}", "wikidata": me}], today)
    VerdictHistory(store).note([Spoken(f"claim{number % 7}", "office", ("supported", "refuted")[number % 2], "so")], today, {})
    print(number, flush=True)
"""
"""Writes entity after entity and says each number once it is committed whole."""


def committed_before_kill(path: Path, start: int, seconds: float) -> int:
    """Start a writer, kill it after a while, and give the last number that it said it had committed."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(start)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    try:
        assert writer.stdout.readline()
        time.sleep(seconds)
    finally:
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read()
        writer.wait()
    numbers = [int(line) for line in rest.splitlines() if line.strip().isdigit() and rest.endswith("\n")]
    return max([start + 1, *numbers])


def is_whole(store: EvidenceStore, number: int) -> bool:
    """Whether everything of one number is there."""
    me = f"Q{number}"
    titles = store.titles("en", [f"Person {number}"], DAY, 7)
    return (
        store.pack.entity(me) is not None
        and len(store.pack.statements(me)) == 40
        and titles[f"Person {number}"].item == me
        and len(store.pack.pages([me])) == 1
    )


def kills(path: Path, times: int, seed: int) -> int:
    chance = random.Random(seed)
    last = 0
    for _ in range(times):
        first, last = last + 1, committed_before_kill(path, last, chance.uniform(0.0, 0.12))
        store = EvidenceStore(path)
        try:
            assert all(is_whole(store, n) for n in range(first, last + 1))
            half = last + 1
            while store.pack.entity(f"Q{half}") is not None:  # committed in part, as single acts that are whole each
                assert len(store.pack.statements(f"Q{half}")) == 40
                half += 1
            last = half
        finally:
            store.close()
        assert upkeep.verify(path) == []
    return last


def test_a_writer_that_is_killed_once_loses_nothing(tmp_path):
    assert kills(tmp_path / "evidence.sqlite", 1, seed=3) >= 1


@pytest.mark.soak
def test_two_hundred_killed_writers_lose_nothing(tmp_path):
    share = float(os.environ.get("CAVEAT_SOAK_SHARE", "0.05"))
    times = max(2, round(KILLS * share))
    written = kills(tmp_path / "evidence.sqlite", times, seed=11)
    print(f"\n{times} writers killed, {written} entities kept")
