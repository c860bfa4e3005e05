"""Reading with sources: the invented harbour world on real servers, an article about it, a store of its own for each test."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.article.load import load_bytes
from reader.article.model import Article
from reader.desk import Desk, examine
from reader.findings import DeskOptions, Examination, Finished
from tests.servers import harbour as world
from tests.servers.mediawiki import missing_programs
from tests.servers.presence import require


@pytest.fixture(autouse=True)
def _own_place(tmp_path, monkeypatch, cache_home):
    monkeypatch.setenv("HOME", str(tmp_path / "missing"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    monkeypatch.setenv("CAVEAT_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def harbour(tmp_path_factory) -> Iterator[world.Harbour]:
    """MediaWiki and the replay of Wikidata."""
    require(missing_programs())
    with world.harbour(tmp_path_factory.mktemp("harbour") / "wiki") as servers:
        yield servers


@pytest.fixture
def article() -> Article:
    """The article about the ferries, as of a day in Anna Bergstrom's term."""
    return load_bytes(world.ARTICLE.encode(), name="ferries.txt", as_of=world.AS_OF)


@pytest.fixture
def options(harbour, tmp_path) -> DeskOptions:
    """Online, over the harbour's servers alone, with an empty store."""
    return DeskOptions(
        online=True, sources=harbour.settings(), store=tmp_path / "data" / "evidence.sqlite", builtin=False
    )


@pytest.fixture
def read(no_parse, monkeypatch):
    """Read an article to its end without a parse; every event, in order."""
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)

    async def run(article: Article, options: DeskOptions, seconds: float = 60) -> list:
        async with asyncio.timeout(seconds):
            return [event async for event in Desk(article, options).run()]

    return run


@pytest.fixture
def read_and_parsed():
    """Read an article to its end, its clauses parsed too; the result."""

    async def run(article: Article, options: DeskOptions, seconds: float = 90) -> Examination:
        async with asyncio.timeout(seconds):
            return await examine(article, options)

    return run


@pytest.fixture
def result_of(read):
    """The result of reading an article."""

    async def run(article: Article, options: DeskOptions, **changed) -> Examination:
        events = await read(article, replace(options, **changed))
        return next(e.result for e in reversed(events) if isinstance(e, Finished))

    return run


def spoken(result: Examination) -> dict[str, str]:
    """The decided verdicts of a result: the claim's words, and the labels of all checks that speak."""
    return {
        r.claim.text: ", ".join(f"{v.label} ({v.check})" for v in r.verdicts if v.is_decided)
        for r in result.claims
        if r.leading.is_decided
    }


def store_in(folder: Path) -> Path:
    """Where the tests keep the store."""
    return folder / "data" / "evidence.sqlite"
