"""A home that cannot be written, a disk that is full: said plainly, and reading goes on."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import replace

import pytest

from reader.findings import StageFailed
from tests.online.conftest import spoken
from tests.servers import harbour as world

pytestmark = pytest.mark.xdist_group("servers")
LIND = "Karl Lind, director of the Harbour Safety Agency"


@pytest.fixture
def check(harbour, tmp_path):
    """`caveat check` of the article, online over the harbour, with a store in that folder; perhaps with a limit on a file's size."""
    story = tmp_path / "ferries.txt"
    story.write_text(world.ARTICLE)

    def run(data, largest_file: int | None = None) -> subprocess.CompletedProcess:
        env = {
            **os.environ,
            "CAVEAT_DATA_DIR": str(data),
            "CAVEAT_SOURCES_WIKIDATA_URL": harbour.wikidata.api,
            "CAVEAT_SOURCES_WIKIPEDIA_URL": harbour.mediawiki.api,
        }
        env.pop("CAVEAT_OFFLINE", None)

        def limit() -> None:
            if largest_file is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        words = [sys.executable, "-m", "reader", "check", str(story), "--as-of", world.AS_OF, "--no-builtin-pack"]
        return subprocess.run(words, capture_output=True, text=True, env=env, timeout=90, preexec_fn=limit)

    return run


def test_a_home_that_cannot_be_written_is_said_in_a_line_and_sources_are_asked_all_the_same(check, tmp_path):
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("not a folder")
    done = check(in_the_way / "data")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert [line for line in done.stderr.splitlines() if "evidence store" in line and "opened" in line]
    assert "refuted · office" in done.stdout


def test_a_full_disk_is_said_in_a_line_and_what_is_known_is_printed(check, tmp_path):
    done = check(tmp_path / "data", largest_file=40_000)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "evidence store" in done.stderr
    assert "Two people hold this office" in done.stdout


async def test_a_store_that_fills_up_while_sources_answer_costs_no_verdict_of_the_text(
    read, article, options, monkeypatch
):
    from reader.knowledge.store import EvidenceStore, StoreError

    def full(self, *args, **more):
        raise StoreError(f"{self.path}: cannot be written (the disk is full)")

    monkeypatch.setattr(EvidenceStore, "keep_records", full)
    events = await read(article, options)
    result = events[-1].result
    assert any("disk is full" in getattr(e, "reason", "") for e in events)
    assert any("conflicting (consistency)" in labels for labels in spoken(result).values())


async def test_a_damaged_store_is_said_with_the_command_that_mends_it(read, article, options):
    options.store.parent.mkdir(parents=True)
    options.store.write_bytes(b"SQLite format 3\0" + b"junk" * 4000)
    events = await read(article, replace(options, online=False, sources=None))
    reasons = [e.reason for e in events if isinstance(e, StageFailed)]
    assert any("evidence store" in r and "caveat store repair" in r for r in reasons)
    assert events[-1].result.claims
