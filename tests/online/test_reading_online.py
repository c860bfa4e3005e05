"""What a reader gets when sources answer, what stays when they do not, and what is told when they change their minds."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from reader import clock
from reader.desk import Desk
from reader.findings import Finished, ParagraphKnown, SourceFailed, SourcesState
from reader.report.as_json import as_json
from tests.online.conftest import spoken
from tests.servers import harbour as world

pytestmark = pytest.mark.xdist_group("servers")
LIND = "Karl Lind, director of the Harbour Safety Agency"
ANNA = "Anna Bergstrom, the director of the Harbour Safety Agency"


@pytest.fixture(autouse=True)
def _as_it_was(harbour):
    """Each test finds the world as it is told; the clock follows the machine's."""
    harbour.wikidata.entities.clear()
    harbour.wikidata.entities.update(world.entities())
    yield
    clock.set_today(None)


async def test_nothing_is_known_of_the_harbour_before_sources_are_asked(result_of, article, options):
    result = await result_of(article, options, online=False, sources=None, store=None)
    assert not any("office" in labels for labels in spoken(result).values())


async def test_online_a_false_office_is_refuted_and_a_true_one_supported_with_quoted_dated_evidence(
    result_of, article, options
):
    result = await result_of(article, options)
    said = spoken(result)
    assert "refuted (office)" in said[LIND]
    assert said[ANNA] == "supported (office)"
    evidence = next(
        v for r in result.claims if r.claim.text == LIND for v in r.verdicts if v.check == "office"
    ).evidence
    assert {e.source for e in evidence} == {"Wikidata"}
    assert all(e.statement and e.revision and e.retrieved and e.licence == "CC0" for e in evidence)


async def test_what_was_fetched_once_is_there_offline_word_for_word(result_of, article, options, harbour):
    online = await result_of(article, options)
    asked = len(harbour.wikidata.requests)
    offline = await result_of(article, options, online=False)
    assert len(harbour.wikidata.requests) == asked
    assert spoken(offline) == spoken(online)
    assert {m.entity.label for m in offline.mentions} == {m.entity.label for m in online.mentions}


async def test_two_readings_offline_are_the_same_to_the_byte(result_of, article, options):
    await result_of(article, options)
    one, other = [as_json(await result_of(article, options, online=False)) for _ in range(2)]
    assert one == other


async def test_a_claim_that_no_check_decides_is_read_beside_what_wikipedia_says(read_and_parsed, article, options):
    result = await read_and_parsed(article, options)
    divers = next(r for r in result.claims if "divers looked" in r.claim.text)
    quotes = [e for e in divers.leading.evidence if e.source == "Wikipedia"]
    assert not divers.leading.is_decided
    assert quotes
    assert all(e.stance == "context" and e.licence == "CC BY-SA 4.0" and e.revision for e in quotes)
    assert any("divers who look at hulls" in (e.quote or "") for e in quotes)
    assert len(quotes) <= 2
    from reader.knowledge.pack import Pack

    pack = Pack(options.store, live=True)
    pages = {p.url: p.extract for p in pack.pages([world.AGENCY, world.ANNA, world.KARL, "name:harbour safety agency"])}
    pack.close()
    for quote in quotes:
        start, end = (int(word) for word in (quote.statement or "").split() if word.isdigit())
        assert pages[quote.url][start:end] == quote.quote, "the quote is found again where it says"


async def test_the_second_reading_asks_for_nothing_that_is_fresh(read, article, options, harbour):
    await read(article, options)
    asked = len(harbour.wikidata.requests)
    events = await read(article, options)
    assert len(harbour.wikidata.requests) == asked
    assert max(e.requests for e in events if isinstance(e, SourcesState)) == 0


async def test_a_verdict_that_changes_keeps_its_old_value_its_day_and_the_reason(result_of, article, options, harbour):
    clock.set_today(date(2026, 3, 1))
    assert spoken(await result_of(article, options))[ANNA] == "supported (office)"
    ended = world.entities(annas_end="2020-12-31")
    for entity in ended.values():
        entity["lastrevid"] = entity["lastrevid"] + 1
    harbour.wikidata.entities.update(ended)
    clock.set_today(date(2026, 3, 20))
    result = await result_of(article, options)
    record = next(r for r in result.claims if r.claim.text == ANNA)
    assert "supported (office)" not in spoken(result).get(ANNA, "")
    was = next(b for b in record.before if b.check == "office")
    assert (was.label, was.at, was.until) == ("supported", "2026-03-01", "2026-03-20")
    assert was.reason
    assert "10 May 2023" in was.explanation


async def test_what_is_old_is_shown_at_once_and_then_refreshed(read, article, options, harbour):
    clock.set_today(date(2026, 3, 1))
    await read(article, options)
    clock.set_today(date(2026, 3, 20))
    asked = len(harbour.wikidata.requests)
    events = await read(article, options)
    first = next(e for e in events if isinstance(e, ParagraphKnown) and e.cards)
    assert {c.checked for c in first.cards} == {"2026-03-01"}
    last = [e for e in events if isinstance(e, ParagraphKnown) and e.paragraph == first.paragraph][-1]
    assert {c.checked for c in last.cards} == {"2026-03-20"}
    later = harbour.wikidata.requests[asked:]
    assert {r.params["props"] for r in later if "Q91001" in r.params["ids"]} == {"info"}


async def test_an_office_that_was_fetched_long_ago_is_asked_for_again_with_those_who_held_it(
    read, article, options, harbour
):
    clock.set_today(date(2026, 3, 1))
    await read(article, options)
    asked = len(harbour.wikidata.requests)
    await read(article, options)
    assert len(harbour.wikidata.requests) == asked
    clock.set_today(date(2026, 3, 20))
    await read(article, options)
    assert any(world.OFFICE in r.params["ids"].split("|") for r in harbour.wikidata.requests[asked:])


async def test_a_source_that_fails_costs_its_own_part_only(read, article, options, harbour):
    broken = replace(options, sources=world.sources(harbour.wikidata.api, "http://127.0.0.1:9/w/api.php"))
    events = await read(article, broken)
    result = next(e.result for e in reversed(events) if isinstance(e, Finished))
    assert any(isinstance(e, SourceFailed) for e in events)
    assert result.claims
    assert not any("office" in labels for labels in spoken(result).values())


async def test_a_lost_network_is_waited_for_and_everything_is_filled_in_by_itself(
    article, options, harbour, monkeypatch, no_parse
):
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
    monkeypatch.setattr("reader.sources.line._FIRST_WAIT", 0.05)
    monkeypatch.setattr("reader.sources.line._LONGEST_WAIT", 0.1)
    monkeypatch.setattr("reader.sources.client._WAIT_FIRST", 0.01)
    from tests.servers.faults import FaultProxy

    with FaultProxy(harbour.mediawiki.server, seed=1, kinds=["reset"]) as proxy:
        settings = world.sources(harbour.wikidata.api, f"{proxy.url}/w/api.php")
        desk = Desk(article, replace(options, sources=settings, keep_trying=True))
        lines, result = [], None
        async with asyncio.timeout(60):
            async for event in desk.run():
                if isinstance(event, SourcesState):
                    lines.append(event.line)
                    if event.line == "lost":
                        proxy.on = False
                if isinstance(event, Finished):
                    result = event.result
    assert "lost" in lines
    assert lines[-1] == "done"
    assert result is not None
    assert "refuted (office)" in spoken(result)[LIND]


async def test_offline_by_wish_sends_nothing_and_going_online_fills_everything_in(
    article, options, harbour, monkeypatch, no_parse
):
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
    asked = len(harbour.wikidata.requests)
    desk = Desk(article, replace(options, online=False, keep_trying=True))
    states, result = [], None
    async with asyncio.timeout(60):
        async for event in desk.run():
            if isinstance(event, SourcesState):
                states.append(event)
            if isinstance(event, Finished):
                result = event.result
                if desk.sourcing.line.state == "offline":
                    assert len(harbour.wikidata.requests) == asked
                    assert not any("office" in labels for labels in spoken(result).values())
                    assert states[-1].waiting > 0
                    desk.sourcing.line.open()
    assert result is not None
    assert "refuted (office)" in spoken(result)[LIND]


async def test_going_offline_in_the_middle_sends_nothing_more(article, options, harbour, monkeypatch, no_parse):
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
    desk = Desk(article, replace(options, keep_trying=True))
    stream = desk.run()
    async with asyncio.timeout(60):
        async for event in stream:
            if isinstance(event, SourcesState) and event.requests:
                desk.sourcing.line.close()
                break
        await asyncio.sleep(0.2)
        asked = len(harbour.wikidata.requests)
        await asyncio.sleep(0.3)
        assert len(harbour.wikidata.requests) == asked
        await stream.aclose()


async def test_without_a_network_a_check_ends_soon_with_what_is_known(read, article, options):
    settings = world.sources("http://127.0.0.1:9/w/api.php", "http://127.0.0.1:9/w/api.php")
    events = await read(article, replace(options, sources=settings), seconds=20)
    assert isinstance(events[-1], Finished)
    assert [e.line for e in events if isinstance(e, SourcesState)][-1] == "lost"


async def test_the_deadline_of_a_check_is_kept_when_sources_are_slow(read, article, options, harbour):
    harbour.wikidata.latency = 5.0
    try:
        events = await read(article, replace(options, sources=harbour.settings(deadline=1.0)), seconds=15)
    finally:
        harbour.wikidata.latency = 0.0
    result = events[-1].result
    assert not any("office" in labels for labels in spoken(result).values())


async def test_a_budget_that_is_spent_is_said_once_and_calmly(read, article, options, harbour):
    events = await read(article, replace(options, sources=harbour.settings(requests=2)))
    spent = [e for e in events if isinstance(e, SourceFailed)]
    assert spent
    assert all(e.is_calm and "2 requests" in e.reason for e in spent)
    assert max(e.requests for e in events if isinstance(e, SourcesState)) == 2


async def test_a_namesake_that_only_a_title_brought_in_is_never_accused(result_of, options, harbour, article):
    from reader.article.load import load_bytes

    text = "The vet\n\nAnna Bergstrom was born in 1982 and treats horses in a village. She said on Friday that the mare was well.\n"
    result = await result_of(load_bytes(text.encode(), name="vet.txt", as_of=world.AS_OF), options)
    assert "Anna Bergstrom" in {m.entity.label for m in result.mentions}
    assert not [labels for labels in spoken(result).values() if "refuted" in labels]


async def test_one_source_that_is_down_holds_no_other_up(read, article, options, harbour):
    settings = world.sources("http://127.0.0.1:9/w/api.php", harbour.mediawiki.api)
    events = await read(article, replace(options, sources=settings))
    assert {e.source for e in events if isinstance(e, SourceFailed)} == {"Wikidata"}
    from reader.knowledge.pack import Pack

    pack = Pack(options.store, live=True)
    assert pack.counts["page"] >= 3
    pack.close()


async def test_a_source_that_comes_back_while_the_others_were_there_is_asked_then(
    article, options, harbour, monkeypatch, no_parse
):
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
    monkeypatch.setattr("reader.sources.line._FIRST_WAIT", 0.05)
    monkeypatch.setattr("reader.sources.client._WAIT_FIRST", 0.01)
    from tests.servers.faults import FaultProxy

    with FaultProxy(harbour.wikidata.api.rsplit("/w/", 1)[0], seed=1, kinds=["reset"]) as proxy:
        settings = world.sources(f"{proxy.url}/w/api.php", harbour.mediawiki.api)
        desk = Desk(article, replace(options, sources=settings, keep_trying=True))
        result = None
        calming = asyncio.create_task(calm_after(proxy, 4))
        async with asyncio.timeout(60):
            async for event in desk.run():
                if isinstance(event, Finished):
                    result = event.result
        await calming
    assert result is not None
    assert "refuted (office)" in spoken(result)[LIND]


async def test_offline_a_book_on_this_machine_is_asked_and_nothing_is_waited_for(read, article, options, tmp_path):
    from reader.settings import Sources, SourceSettings

    settings = Sources(each={"zim": SourceSettings(path=str(tmp_path / "none.zim"))}, deadline=3600.0)
    events = await read(article, replace(options, online=False, sources=settings), seconds=20)
    assert isinstance(events[-1], Finished)
    assert {e.source for e in events if isinstance(e, SourceFailed)} == {"ZIM file"}


async def calm_after(proxy, faults: int) -> None:
    """Switch a storm off once there have been so many faults."""
    while sum(count for kind, count in proxy.counts.items() if kind != "clean") < faults:
        await asyncio.sleep(0.01)
    proxy.on = False
