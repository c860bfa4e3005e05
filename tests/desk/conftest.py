"""Shared by the tests of the desk: articles from text, and workers that do not work."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import psutil
import pytest

import reader
from reader.article.load import load_bytes, load_path
from reader.desk import Desk, Finished

ROOT = Path(reader.__file__).parents[1]
SECONDS_TO_GO = 8


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch, cache_home):
    monkeypatch.setenv("HOME", str(tmp_path / "missing"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    monkeypatch.setenv("CAVEAT_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(ROOT)


@pytest.fixture(autouse=True)
def _no_process_left():
    """Whatever a test does: when it is over, no process that it started is left."""
    yield
    assert_no_process_left()


def assert_no_process_left():
    deadline = time.monotonic() + SECONDS_TO_GO
    while (left := _children()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left


def _children() -> list[list[str]]:
    found = []
    for child in psutil.Process(os.getpid()).children(recursive=True):
        try:
            if child.status() != psutil.STATUS_ZOMBIE:
                found.append(child.cmdline())
        except psutil.NoSuchProcess:
            continue
    return [words for words in found if any("reader" in word for word in words)]


class SleepingWorker:
    """A language worker that never comes up."""

    pid = None

    def __init__(self, model: str) -> None:
        self.closed = False

    async def start(self) -> None:
        await asyncio.sleep(600)

    async def close(self) -> None:
        self.closed = True


class IdleWorker(SleepingWorker):
    """A language worker that is there and answers nothing: for tests that are about something else, and quick."""

    async def start(self) -> None:
        return

    async def parse(self, requests):
        for _ in ():
            yield _


@pytest.fixture
def sleeping(monkeypatch):
    monkeypatch.setattr("reader.desk.LanguageWorker", SleepingWorker)


@pytest.fixture
def idle(monkeypatch):
    monkeypatch.setattr("reader.desk.LanguageWorker", IdleWorker)


@pytest.fixture
def story():
    """An article from plain text (title first, blank lines between paragraphs)."""

    def made(text: str, as_of: str | None = "2022-07-17", name: str = "story.txt"):
        return load_bytes(text.encode(), name=name, as_of=as_of)

    return made


@pytest.fixture(scope="session")
def sample():
    """The sample article full of errors, as of its day."""
    return load_path(ROOT / "sample_articles" / "articles" / "station-crew-exchange.md")


@pytest.fixture(scope="session")
def run():
    """Run a desk to its end: the events in order. Fails when there is no result or it takes too long."""

    async def ran(article, options=None, seconds: float = 30) -> list:
        async with asyncio.timeout(seconds):
            events = [event async for event in Desk(article, options).run()]
        assert isinstance(events[-1], Finished)
        return events

    return ran


@pytest.fixture
def examined(run):
    """The whole result of a run."""

    async def result(article, options=None, seconds: float = 30):
        return (await run(article, options, seconds))[-1].result

    return result


@pytest.fixture(scope="session")
def parsed_sample(sample, run, cache_home) -> list:
    """All events of the sample article with the real worker; the costly run, done once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache_home))
        patch.setenv("PYTHONPATH", str(ROOT))
        return asyncio.run(run(sample, seconds=60))


@pytest.fixture(scope="session")
def spoken():
    """What a result says: every decided verdict with the words it is about."""

    def said(result, *checks: str) -> set:
        return {
            (record.claim.span, record.claim.text, v.check, v.label, v.explanation)
            for record in result.claims
            for v in record.verdicts
            if v.is_decided and (not checks or v.check in checks)
        }

    return said


@pytest.fixture(scope="session")
def whole_sample(sample, cache_home):
    """The sample article when nothing fails (no parse: what is only stated is never decided)."""
    from reader.desk import examine

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache_home))
        patch.setattr("reader.desk.LanguageWorker", IdleWorker)
        return asyncio.run(examine(sample))
