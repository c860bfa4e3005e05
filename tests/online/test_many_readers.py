"""Several Caveat processes on one store: two that read on and on, and one check after another. No lock is ever heard of.

`CAVEAT_SOAK_SHARE=1 pytest -m soak -n 0 tests/online/test_many_readers.py` runs for ten minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from reader.knowledge import upkeep
from tests.servers import harbour as world

pytestmark = [pytest.mark.soak, pytest.mark.xdist_group("servers")]
SECONDS = 600
READER = """
import asyncio, sys, time
from dataclasses import replace
from pathlib import Path
from reader import clock
from datetime import date, timedelta
from reader.article.load import load_path
from reader.desk import Desk
from reader.findings import DeskOptions, Finished, SourceFailed, StageFailed
from reader.settings import Sources, load_settings

path, store, until, as_of = Path(sys.argv[1]), Path(sys.argv[2]), time.time() + float(sys.argv[3]), sys.argv[4]
options = DeskOptions(online=True, sources=load_settings().sources, store=store, builtin=False, keep_trying=True)
day = date(2026, 1, 1)

async def main():
    global day
    readings = 0
    while time.time() < until:
        day += timedelta(days=8)  # everything is old again, and is written again
        clock.set_today(day)
        async for event in Desk(load_path(path, as_of=as_of), options).run():
            if isinstance(event, (SourceFailed, StageFailed)):
                print(event, file=sys.stderr, flush=True)
        readings += 1
    print(readings)

asyncio.run(main())
"""


def test_two_readers_and_a_loop_of_checks_share_one_store(harbour, tmp_path):
    seconds = SECONDS * float(os.environ.get("CAVEAT_SOAK_SHARE", "0.05"))
    story, data = tmp_path / "ferries.txt", tmp_path / "data"
    story.write_text(world.ARTICLE)
    env = {
        **os.environ,
        "CAVEAT_DATA_DIR": str(data),
        "CAVEAT_SOURCES_WIKIDATA_URL": harbour.wikidata.api,
        "CAVEAT_SOURCES_WIKIPEDIA_URL": harbour.mediawiki.api,
    }
    env.pop("CAVEAT_OFFLINE", None)
    words = [sys.executable, "-c", READER, str(story), str(data / "evidence.sqlite"), str(seconds), world.AS_OF]
    readers = [
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True) for _ in range(2)
    ]
    checks, errors, until = 0, [], time.monotonic() + seconds
    while time.monotonic() < until:
        check = [sys.executable, "-m", "reader", "check", str(story), "--as-of", world.AS_OF, "--no-builtin-pack"]
        done = subprocess.run(check, capture_output=True, env=env, text=True, timeout=120)
        assert done.returncode == 0
        assert "refuted · office" in done.stdout
        errors += done.stderr.splitlines()
        checks += 1
    for reader in readers:
        out, said = reader.communicate(timeout=120)
        assert reader.returncode == 0, said
        assert int(out) >= 1
        errors += said.splitlines()
    assert errors == []
    assert upkeep.verify(data / "evidence.sqlite") == []
    print(f"\n{checks} checks beside two readers in {seconds:.0f} s")
