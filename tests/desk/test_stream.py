"""The desk streams what is known so far: stage after stage, soonest what needs least, the same every time."""

from __future__ import annotations

import asyncio
from itertools import groupby

import pytest

from reader.checks.model import COMPUTATION, THIS_ARTICLE
from reader.desk import Desk, DeskOptions, Finished, ParagraphKnown, Progress, StageFailed
from reader.language.sentences import split_sentences
from reader.report.as_json import as_json

STAGES = ["text", "knowledge", "language"]
TWO_VERSIONS = """Seats for sale

NASA administrator Bill Nelson welcomed the deal on Friday.

NASA administrator Jim Bridenstine called it a distraction on the same day."""


def decided(event) -> set:
    return {(v.check, v.label) for record in event.claims for v in record.verdicts if v.is_decided}


def test_the_stages_come_in_order_and_the_result_last_and_once(parsed_sample):
    events = parsed_sample
    assert [stage for stage, _ in groupby(e.stage for e in events if isinstance(e, Progress))] == STAGES
    assert [e for e in events if isinstance(e, Finished)] == events[-1:]
    assert not [e for e in events if isinstance(e, StageFailed)]


def test_progress_only_grows_and_every_paragraph_is_parsed_in_the_end(parsed_sample, sample):
    for stage in STAGES:
        told = [e for e in parsed_sample if isinstance(e, Progress) and e.stage == stage]
        assert [e.done for e in told] == sorted(e.done for e in told)
        assert len({e.total for e in told}) == 1
        assert all(e.done <= e.total for e in told)
    assert told[-1].done == told[-1].total == sum(p.is_checked for p in sample.paragraphs)


async def test_what_needs_the_text_alone_is_said_before_anything_is_looked_up(idle, run, sample):
    events = await run(sample)
    looked_up = next(n for n, e in enumerate(events) if isinstance(e, Progress) and e.stage == "knowledge")
    before = set().union(*(decided(e) for e in events[:looked_up] if isinstance(e, ParagraphKnown)))
    assert before == {("arithmetic", "conflicting"), ("consistency", "conflicting")}


async def test_every_verdict_by_rule_is_there_though_the_language_worker_never_comes_up(sleeping, sample, whole_sample):
    wanted = {(v.check, v.label) for r in whole_sample.claims for v in r.verdicts if v.is_decided}
    seen: dict[int, set] = {}
    stream = Desk(sample).run()
    async with asyncio.timeout(20):
        async for event in stream:
            assert not isinstance(event, Finished)
            if isinstance(event, ParagraphKnown):
                seen[event.paragraph] = decided(event)
            if set().union(*seen.values()) >= wanted:
                break
        await stream.aclose()
    assert {check for check, _ in wanted} == {
        "office", "lifespan", "events", "spaceflight", "places", "people", "consistency", "arithmetic",
    }  # fmt: skip


async def test_the_first_verdict_is_out_at_once_and_not_after_the_worker(sleeping, sample):
    stream = Desk(sample).run()
    async with asyncio.timeout(5):
        async for event in stream:
            if isinstance(event, ParagraphKnown) and ("arithmetic", "conflicting") in decided(event):
                break
        await stream.aclose()


async def test_equal_inputs_give_equal_results_whatever_was_read_between(idle, examined, sample, story):
    first = await examined(sample)
    await examined(story(TWO_VERSIONS))
    second = await examined(sample)
    assert first == second
    assert as_json(first) == as_json(second)


async def test_with_the_parse_too_equal_inputs_give_equal_bytes(examined, parsed_sample, sample):
    assert as_json(await examined(sample, seconds=60)) == as_json(parsed_sample[-1].result)


def test_every_claim_has_a_verdict_and_stands_where_it_says(parsed_sample, sample):
    result = parsed_sample[-1].result
    assert result.claims
    assert len({r.claim.id for r in result.claims}) == len(result.claims)
    for record in result.claims:
        assert record.verdicts
        assert sample.text_at(record.claim.span) == record.claim.text
        assert sample.paragraphs[record.claim.span.paragraph].is_checked


def test_every_sentence_has_a_claim_or_a_reason_why_it_has_none(parsed_sample, sample):
    result = parsed_sample[-1].result
    places = [r.claim.span for r in result.claims] + [u.span for u in result.unclaimed]
    assert all(u.reason for u in result.unclaimed)
    for paragraph in sample.paragraphs:
        for sentence in split_sentences(paragraph.text) if paragraph.is_checked else ():
            at = [
                p for p in places if p.paragraph == paragraph.id and p.start < sentence.end and sentence.start < p.end
            ]
            assert at, sentence.text


async def test_evidence_can_be_found_again_where_it_says(idle, examined, sample):
    result = await examined(sample)
    evidence = [e for r in result.claims for v in r.verdicts if v.is_decided for e in v.evidence]
    words = "\n".join(p.text for p in sample.paragraphs)
    own = [e for e in evidence if e.source in (THIS_ARTICLE, COMPUTATION)]
    assert own
    assert all(e.quote in words for e in own)
    assert all(e.quote and e.statement and e.retrieved and e.licence for e in evidence if e not in own)


async def test_one_error_does_not_spread_to_the_version_that_data_supports(idle, examined, story):
    result = await examined(story(TWO_VERSIONS))
    labels = {
        r.claim.text: [(v.check, v.label) for v in r.verdicts] for r in result.claims if "dministrator" in r.claim.text
    }
    assert labels["NASA administrator Bill Nelson"] == [("office", "supported")]
    assert labels["NASA administrator Jim Bridenstine"] == [("office", "refuted"), ("consistency", "conflicting")]


async def test_the_last_that_is_streamed_of_a_paragraph_is_what_the_result_says(idle, run, story):
    events = await run(story(TWO_VERSIONS))
    last = {e.paragraph: e.claims for e in events if isinstance(e, ParagraphKnown)}
    result = events[-1].result
    for paragraph, claims in last.items():
        assert claims == tuple(r for r in result.claims if r.claim.span.paragraph == paragraph)


async def test_only_the_checks_that_were_asked_for_run(idle, examined, sample, whole_sample, spoken):
    result = await examined(sample, DeskOptions(checks=("arithmetic", "office")))
    assert set(result.checks) == {"arithmetic", "office"}
    assert spoken(result) == spoken(whole_sample, "arithmetic", "office")


async def test_without_packs_the_text_still_speaks_and_nothing_is_guessed(idle, examined, sample, spoken):
    result = await examined(sample, DeskOptions(builtin=False))
    assert result.packs == ()
    assert {check for _, _, check, _, _ in spoken(result)} == {"arithmetic", "consistency"}


async def test_with_no_date_at_all_what_needs_one_is_left_open(idle, examined, story):
    result = await examined(story("A visit\n\nNASA administrator Robert Lightfoot, 55, spoke for an hour.", as_of=None))
    assert result.article.as_of.date is None
    assert not [r for r in result.claims if r.leading.label == "refuted"]


@pytest.mark.parametrize(
    "sentence", ["Wednesday, 20 January 2021, was a cold day.", "On 20 January 2021 he left the house."]
)
async def test_a_short_sentence_that_begins_with_a_date_is_no_dateline(examined, idle, story, sentence):
    result = await examined(story(f"A cold day\n\n{sentence}", as_of=None))
    places = [r.claim.span for r in result.claims] + [u.span for u in result.unclaimed]
    assert result.article.as_of.date is None
    assert 1 in {p.paragraph for p in places}


async def test_an_article_of_furniture_alone_has_no_claims_and_no_failure(idle, examined, story):
    result = await examined(story("Subscribe to our newsletter today\n\nShare this\n\nFollow us on Facebook"))
    assert result.claims == ()
    assert result.failures == ()


@pytest.mark.parametrize("after", ["text", "knowledge", "language"])
async def test_whoever_stops_listening_ends_the_worker(sample, after):
    desk = Desk(sample)
    stream = desk.run()
    async with asyncio.timeout(30):
        async for event in stream:
            if isinstance(event, Progress) and event.stage == after:
                break
        pid = desk.worker.pid if desk.worker else None
        await stream.aclose()
    assert (after == "language") == (pid is not None)


async def test_a_task_that_is_cancelled_ends_the_worker(sample):
    async def listen():
        async for event in Desk(sample).run():
            if isinstance(event, Progress) and event.stage == "knowledge":
                reached.set()

    reached = asyncio.Event()
    task = asyncio.create_task(listen())
    await reached.wait()
    await asyncio.sleep(0.2)
    task.cancel()
    async with asyncio.timeout(10):
        with pytest.raises(asyncio.CancelledError):
            await task
