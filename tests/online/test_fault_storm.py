"""A storm of faults between the reader and real servers: no verdict comes out of one, and when it is over all is filled in.

`CAVEAT_SOAK_SHARE=1 pytest -m soak -n 0 tests/online/test_fault_storm.py` runs all ten thousand faults.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta

import pytest

from reader import clock
from reader.desk import Desk
from reader.findings import Finished, ParagraphKnown, SourcesState, StageFailed
from tests.online.conftest import spoken
from tests.servers import harbour as world
from tests.servers.faults import KINDS, FaultProxy

pytestmark = [pytest.mark.soak, pytest.mark.xdist_group("servers")]
FAULTS = 10_000
TODAY = date(2026, 11, 1)
A_READING = 60
"""Faults in one reading before the storm stops."""
CHANGES_FACTS = {"mangled"}
"""Valid JSON with other facts in it is another world, not a fault that anybody could see; it is run by itself."""


@pytest.fixture
def hurried(monkeypatch, no_parse):
    """All waits made short, so that ten thousand faults take minutes; what is done between them is the same."""
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
    monkeypatch.setattr("reader.sources.client._WHOLE", 0.12)
    monkeypatch.setattr("reader.sources.client._WAIT_FIRST", 0.001)
    monkeypatch.setattr("reader.sources.client._WAIT_MOST", 0.002)
    monkeypatch.setattr("reader.sources.client._WAIT_JITTER", 0.001)
    monkeypatch.setattr("reader.sources.line._FIRST_WAIT", 0.001)
    monkeypatch.setattr("reader.sources.line._LONGEST_WAIT", 0.01)
    monkeypatch.setattr("reader.sources.hosts.LONGEST_WAIT", 0.02)
    monkeypatch.setattr("reader.sources.client._LEAST_WAIT", 0.005)
    yield
    clock.set_today(None)


def share() -> float:
    return float(os.environ.get("CAVEAT_SOAK_SHARE", "0.05"))


def names_that_fail(monkeypatch, chance: random.Random, likely: list[float]) -> None:
    """The resolver fails now and then, as long as `likely` says so."""
    real = socket.getaddrinfo

    def sometimes(host, *args, **more):
        if chance.random() < likely[0]:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return real(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", sometimes)


def of_sources(result) -> dict[str, str]:
    """What is said on the strength of what sources answered."""
    return {text: labels for text, labels in spoken(result).items() if "office" in labels or "lifespan" in labels}


async def one_storm(article, options, proxies, kinds, seed: int, likely: list[float], truth) -> int:
    """One reading in the storm until it stops, then to its end; gives how many faults there were.

    In every other one the clock is wrong as well, years ahead or behind, until the storm is over. What was fetched on such a
    day is of that day, and is asked for again by the next reading.
    """
    clock_jumps = seed % 2 == 0
    for proxy in proxies:
        proxy.on, proxy.kinds, proxy.share = True, kinds, 0.8
    before = sum(faults(p) for p in proxies)
    likely[0] = 0.1
    clock.set_today(TODAY + timedelta(days=random.Random(seed).randint(-4000, 4000) if clock_jumps else 0))
    sources = world.sources(*(f"http://localhost:{p.port}/w/api.php" for p in proxies), requests=500, rate=6000)
    options = replace(options, sources=sources, keep_trying=True)

    def calm() -> None:
        likely[0] = 0.0
        for proxy in proxies:
            proxy.on = False
        clock.set_today(TODAY)

    result = None
    async with asyncio.timeout(120):
        async for event in Desk(article, options).run():
            assert not isinstance(event, StageFailed), event
            if isinstance(event, SourcesState) and sum(faults(p) for p in proxies) - before >= A_READING:
                calm()
            if isinstance(event, ParagraphKnown):
                assert_nothing_false(event.claims, truth)
            if isinstance(event, Finished):
                result = event.result
        calm()
        if clock_jumps:
            events = [e async for e in Desk(article, replace(options, keep_trying=False)).run()]
            result = events[-1].result
    assert result is not None
    assert of_sources(result) == truth
    return sum(faults(p) for p in proxies) - before


def assert_nothing_false(records, truth) -> None:
    """Whatever is decided on the strength of sources is what is decided when all is calm."""
    for record in records:
        for verdict in record.verdicts:
            if verdict.is_decided and verdict.check in ("office", "lifespan"):
                assert f"{verdict.label} ({verdict.check})" in truth[record.claim.text]


def faults(proxy: FaultProxy) -> int:
    return sum(count for kind, count in proxy.counts.items() if kind != "clean")


async def test_no_verdict_comes_out_of_a_fault_and_after_the_storm_all_is_filled_in(
    harbour, article, options, tmp_path, monkeypatch, hurried, result_of
):
    truth = of_sources(await result_of(article, replace(options, store=tmp_path / "calm.sqlite")))
    assert any("refuted" in labels for labels in truth.values())
    chance, likely = random.Random(7), [0.0]
    names_that_fail(monkeypatch, chance, likely)
    kinds = [k for k in KINDS if k not in CHANGES_FACTS]
    happened, reading, started = 0, 0, time.monotonic()
    tasks_before = len(asyncio.all_tasks())
    with ExitStack() as stack:
        upstreams = (harbour.wikidata.api, harbour.mediawiki.server)
        proxies = [stack.enter_context(FaultProxy(u.rsplit("/w/", 1)[0], seed=n, patience=0.2)) for n, u in enumerate(upstreams)]  # fmt: skip
        while happened < FAULTS * share():
            reading += 1
            store = tmp_path / f"{reading}.sqlite"
            happened += await one_storm(article, replace(options, store=store), proxies, kinds, reading, likely, truth)
            for file in tmp_path.glob(f"{reading}.sqlite*"):
                file.unlink()
        kinds_met = {k for p in proxies for k in p.counts}
    await asyncio.sleep(0.1)
    assert len(asyncio.all_tasks()) <= tasks_before
    assert kinds_met >= set(kinds)
    print(f"\n{happened} faults in {reading} readings, {time.monotonic() - started:.0f} s")


async def test_answers_that_are_valid_and_mangled_break_nothing(
    harbour, article, options, tmp_path, monkeypatch, hurried
):
    with ExitStack() as stack:
        upstreams = (harbour.wikidata.api, harbour.mediawiki.server)
        proxies = [stack.enter_context(FaultProxy(u.rsplit("/w/", 1)[0], seed=n, kinds=["mangled"])) for n, u in enumerate(upstreams)]  # fmt: skip
        for reading in range(max(5, round(200 * share()))):
            sources = world.sources(*(f"{p.url}/w/api.php" for p in proxies), requests=60, deadline=10.0, rate=6000)
            options = replace(options, sources=sources, store=tmp_path / f"m{reading}.sqlite")
            async with asyncio.timeout(60):
                events = [e async for e in Desk(article, options).run()]
            assert isinstance(events[-1], Finished)
            assert not [e for e in events if isinstance(e, StageFailed)]
