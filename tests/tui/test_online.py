"""The screen while sources are asked: where that stands is always said, nothing moves that should not, O goes off and on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from reader.article.load import load_bytes
from reader.findings import DeskOptions
from tests.servers import harbour as world
from tests.servers.mediawiki import missing_programs
from tests.servers.presence import require

pytestmark = pytest.mark.xdist_group("servers")


@pytest.fixture(scope="module")
def harbour(tmp_path_factory) -> Iterator[world.Harbour]:
    require(missing_programs())
    with world.harbour(tmp_path_factory.mktemp("harbour") / "wiki") as servers:
        yield servers


@pytest.fixture
def ferries():
    return load_bytes(world.ARTICLE.encode(), name="ferries.txt", as_of=world.AS_OF)


@pytest.fixture
def online(harbour, tmp_path) -> DeskOptions:
    store = tmp_path / "data" / "evidence.sqlite"
    return DeskOptions(online=True, sources=harbour.settings(), store=store, builtin=False, keep_trying=True)


async def asked(seen) -> None:
    await seen.until(
        lambda: seen.reading.examining.asked is not None and seen.reading.examining.asked.line == "done", "all is asked"
    )
    await seen.pilot.pause(0.1)


async def test_verdicts_and_cards_arrive_beside_the_text_while_it_is_read(open_reader, ferries, online):
    async with open_reader(ferries, options=online, checked=False) as seen:
        await asked(seen)
        assert "online" in seen.head
        assert "requests" in seen.head
        assert [r.claim.text for r in seen.claims("refuted")] == ["Karl Lind, director of the Harbour Safety Agency"]
        await seen.press("right_square_bracket")
        assert "Anna Bergstrom was Director of the Harbour Safety Agency" in seen.margin
        assert "Wikidata · checked today" in seen.margin


async def test_what_arrives_does_not_move_the_reader(open_reader, ferries, online):
    async with open_reader(ferries, options=online, checked=False) as seen:
        await seen.press("j", "j")
        place = seen.pane.paragraph, seen.pane.scroll_offset.y
        await asked(seen)
        assert (seen.pane.paragraph, seen.pane.scroll_offset.y) == place


async def test_o_goes_offline_and_says_what_waits_and_o_again_fills_it_in(open_reader, ferries, online, harbour):
    before = len(harbour.wikidata.requests)
    async with open_reader(ferries, options=replace(online, online=False)) as seen:
        assert "offline · " in seen.head
        assert "wait" in seen.head
        assert len(harbour.wikidata.requests) == before
        assert not seen.claims("refuted")
        await seen.press("O")
        await asked(seen)
        assert "online" in seen.head
        assert len(seen.claims("refuted")) == 1
        await seen.press("O")
        assert "offline" in seen.head
        assert len(seen.claims("refuted")) == 1


async def test_without_a_network_the_screen_is_calm_and_says_so(open_reader, ferries, online, toasts):
    nowhere = world.sources("http://127.0.0.1:9/w/api.php", "http://127.0.0.1:9/w/api.php")
    async with open_reader(ferries, options=replace(online, sources=nowhere), checked=False) as seen:
        await seen.until(lambda: "no network" in seen.head, "the loss is said")
        assert "wait" in seen.head
        assert toasts(seen.app) == ""
        await seen.press("j")
        assert seen.pane.paragraph == 1


async def test_a_sample_says_that_it_never_asks_anybody(open_reader, toasts):
    async with open_reader() as seen:
        assert "offline" in seen.head
        await seen.press("O")
        assert "never asks anybody" in toasts(seen.app)
        assert "offline" in seen.head


async def test_on_a_small_screen_the_head_still_says_whether_it_is_online(open_reader, ferries, online):
    async with open_reader(ferries, options=online, size=(40, 12), checked=False) as seen:
        await asked(seen)
        assert "online" in seen.head


@pytest.mark.parametrize("when", ["at once", "while asking", "when all is asked"])
async def test_leaving_while_sources_are_asked_leaves_nothing_behind(open_reader, ferries, online, when):
    import asyncio

    async with open_reader(ferries, options=online, checked=False) as seen:
        if when == "while asking":
            await seen.until(
                lambda: bool(seen.reading.examining.asked and seen.reading.examining.asked.requests), "a request"
            )
        elif when == "when all is asked":
            await asked(seen)
        await seen.press("q")
    await asyncio.sleep(0.1)
    assert not [t for t in asyncio.all_tasks() if "ask public sources" in t.get_name()]


async def test_a_picture_is_never_fetched_unasked_and_offline_not_at_all(open_reader, ferries, online, toasts):
    async with open_reader(ferries, options=replace(online, online=False)) as seen:
        await seen.press("j", "i")
        assert "offline" in toasts(seen.app)
        assert not seen.has_dialog


async def test_where_there_is_no_picture_that_is_said_and_escape_goes_back(open_reader, ferries, online):
    async with open_reader(ferries, options=online, checked=False) as seen:
        await asked(seen)
        await seen.press("j", "i")
        assert seen.has_dialog
        await seen.until(lambda: "has no picture" in seen.text, "an answer")
        await seen.press("escape")
        assert not seen.has_dialog


async def test_what_a_hostile_source_answers_is_words_and_nothing_else(open_reader, ferries, online, harbour):
    evil = "\x1b]0;evil\x07[@click=app.quit()]Agency[/] \u202eevil"
    honest = harbour.wikidata.entities[world.AGENCY]
    hostile = {**honest, "descriptions": {"en": {"language": "en", "value": evil}}}
    harbour.wikidata.entities[world.AGENCY] = hostile
    try:
        async with open_reader(ferries, options=online, checked=False) as seen:
            await asked(seen)
            await seen.press("j")
            await seen.until(lambda: "Harbour Safety Agency" in seen.margin, "the card")
            assert "[@click=app.quit()]Agency[/]" in seen.margin
            assert not any(ord(c) < 32 or c == "\u202e" for c in seen.margin)
            await seen.pilot.click("#margin-body")
            assert seen.app.is_running
    finally:
        harbour.wikidata.entities[world.AGENCY] = honest
