"""No failure ever becomes a verdict: it is said in one line, what else was found stays, and no process is left."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

import reader
from reader.checks.registry import CHECKS, NAMES
from reader.claims.shallow import ShallowReader
from reader.desk import Desk, DeskOptions, Finished, Progress
from reader.knowledge.build import PackBuilder
from reader.knowledge.builtin import builtin_pack
from reader.knowledge.facts import facts_from
from reader.language.sentences import split_sentences
from reader.report.as_json import as_json

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and scripts are POSIX here")

ROOT = Path(reader.__file__).parents[1]
TEXT_ONLY = ("arithmetic", "consistency")
KNOWING = tuple(check.name for check in CHECKS if check.needs_knowledge)
FACTS = {
    "snapshot": "2022-07-01",
    "entities": [
        {"id": "local:velmara", "label": "Velmara", "kind": "country"},
        {
            "id": "local:reth",
            "label": "Amalia Reth",
            "kind": "person",
            "statements": [{"property": "P569", "value": "1960-03-02"}],
        },
    ],
}


def assert_said(result, stage: str) -> None:
    """The failure is there, in one line for people."""
    reasons = [f.reason for f in result.failures if f.stage == stage]
    assert reasons, f"nothing said of {stage}: {result.failures}"
    for failure in result.failures:
        assert failure.reason.strip()
        assert "\n" not in failure.reason
        assert "Traceback" not in failure.reason
        assert len(failure.reason) < 400


def sentences_without_a_word(result) -> list[str]:
    """Sentences with neither a claim nor a reason."""
    places = [r.claim.span for r in result.claims] + [u.span for u in result.unclaimed if u.reason]
    return [
        s.text
        for p in result.article.paragraphs
        if p.is_checked
        for s in split_sentences(p.text)
        if not any(a.paragraph == p.id and a.start < s.end and s.start < a.end for a in places)
    ]


# --- packs


def own_pack(path: Path) -> Path:
    with PackBuilder(path, name="mine") as builder:
        builder.add(facts_from(FACTS, "mine"))
        builder.finish()
    return path


def junk(path: Path) -> None:
    path.write_bytes(b"this is no pack " * 500)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_in_half(path: Path) -> None:
    data = own_pack(path).read_bytes()
    path.write_bytes(data[: len(data) // 2])


def damaged_inside(path: Path) -> None:
    """The statements alone cannot be read any more: names are still found, what is known of them is not."""
    own_pack(path)
    with sqlite3.connect(path) as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        pages = [
            n for (n,) in db.execute("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'statement' AND rootpage > 0")
        ]
    db.close()
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * size)
            file.write(b"\xff" * size)


def deleted(path: Path) -> None:
    path.unlink(missing_ok=True)


DAMAGE = [junk, empty, cut_in_half, deleted]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda d: d.__name__)
async def test_with_a_broken_pack_alone_the_text_still_speaks(
    idle, examined, sample, whole_sample, spoken, tmp_path, damage
):
    damage(tmp_path / "mine.pack")
    result = await examined(sample, DeskOptions(packs=(tmp_path / "mine.pack",), builtin=False))
    assert_said(result, "knowledge")
    assert any("mine.pack" in f.reason for f in result.failures)
    assert {check for _, _, check, _, _ in spoken(result)} == set(TEXT_ONLY)
    assert spoken(result, "arithmetic") == spoken(whole_sample, "arithmetic")
    assert not [v for r in result.claims for v in r.verdicts if v.check in KNOWING and v.is_decided]


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda d: d.__name__)
async def test_a_broken_pack_of_the_readers_own_does_not_silence_the_built_in_one(
    idle, examined, sample, whole_sample, spoken, tmp_path, damage
):
    damage(tmp_path / "mine.pack")
    result = await examined(sample, DeskOptions(packs=(tmp_path / "mine.pack",)))
    assert_said(result, "knowledge")
    assert spoken(result) == spoken(whole_sample)


async def test_a_pack_that_breaks_while_cards_are_made_ends_no_run(idle, examined, story, tmp_path):
    damaged_inside(tmp_path / "mine.pack")
    result = await examined(
        story("A visit\n\nAmalia Reth came to Velmara on Friday, 15 July 2022."),
        DeskOptions(packs=(tmp_path / "mine.pack",), builtin=False),
    )
    assert_said(result, "knowledge")
    assert [v.label for r in result.claims for v in r.verdicts if v.check == "arithmetic"] == ["supported"]


async def test_a_damaged_built_in_pack_in_the_cache_is_said_and_nothing_is_made_of_it(
    idle, examined, sample, whole_sample, spoken, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    pack = builtin_pack()
    pack.parent.mkdir(parents=True, exist_ok=True)
    junk(pack)
    result = await examined(sample)
    if result.failures:
        assert_said(result, "knowledge")
        assert spoken(result, *TEXT_ONLY) <= spoken(whole_sample, *TEXT_ONLY) | {
            s for s in spoken(result) if s[3] == "conflicting"
        }
        assert {check for _, _, check, _, _ in spoken(result)} == set(TEXT_ONLY)
    else:  # compiling it again is as good
        assert spoken(result) == spoken(whole_sample)


async def test_a_built_in_pack_that_cannot_be_compiled_is_said_in_one_line(
    idle, examined, sample, spoken, tmp_path, monkeypatch
):
    (tmp_path / "cache").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    result = await examined(sample)
    assert_said(result, "knowledge")
    assert {check for _, _, check, _, _ in spoken(result)} == set(TEXT_ONLY)


async def test_a_pack_that_is_deleted_while_it_is_read_changes_nothing_or_is_said(
    idle, run, sample, whole_sample, spoken, tmp_path
):
    pack = own_pack(tmp_path / "mine.pack")
    events = []
    async with asyncio.timeout(20):
        async for event in Desk(sample, DeskOptions(packs=(pack,))).run():
            if isinstance(event, Progress) and event.stage == "knowledge":
                pack.unlink(missing_ok=True)
            events.append(event)
    result = events[-1].result
    assert spoken(result) <= spoken(whole_sample)
    assert result.failures or spoken(result) == spoken(whole_sample)


# --- checks and extraction


@pytest.mark.parametrize("when", ["at once", "after its first verdict"])
@pytest.mark.parametrize("name", NAMES)
async def test_a_check_that_breaks_says_nothing_and_the_others_all_they_know(
    idle, examined, sample, whole_sample, spoken, monkeypatch, name, when
):
    check = next(c for c in CHECKS if c.name == name)
    judge = type(check).judge

    def breaks(self, claims, case):
        if when == "after its first verdict":
            yield next(iter(judge(self, claims, case)))
        raise RuntimeError("what should not happen")

    monkeypatch.setattr(type(check), "judge", breaks)
    result = await examined(sample)
    assert_said(result, f"check {name}")
    assert not spoken(result, name)
    others = {s for s in spoken(whole_sample) if s[2] != name}
    assert others <= spoken(result)
    more = spoken(result) - others
    assert {(check, label) for _, _, check, label, _ in more} <= {("record", "supported")}, (
        "what two had found, one says"
    )


@pytest.mark.parametrize("name", [n for n in NAMES if n != "consistency"])
async def test_a_claim_whose_check_breaks_is_left_open_with_that_reason(
    idle, examined, sample, whole_sample, spoken, monkeypatch, name
):
    def breaks(*_):
        raise RuntimeError("what should not happen")

    check = next(c for c in CHECKS if c.name == name)
    monkeypatch.setattr(type(check), "judge", breaks)
    result = await examined(sample)
    explained = {
        r.claim.text for r in result.claims for v in r.verdicts if v.check == name and "failed" in v.explanation
    }
    decided_by_others = {text for _, text, _, _, _ in spoken(result)}
    assert {text for _, text, _, _, _ in spoken(whole_sample, name)} <= explained | decided_by_others


async def test_a_failure_is_said_in_one_line_whatever_the_exception_says(idle, examined, sample, monkeypatch):
    def breaks(*_):
        raise RuntimeError("line one\n  line two\x1b[31m")

    monkeypatch.setattr(type(CHECKS[0]), "judge", breaks)
    result = await examined(sample)
    assert_said(result, f"check {NAMES[0]}")
    assert all(f.reason.isprintable() for f in result.failures)


def breaking_on(words: str, method):
    def breaks(self, paragraph):
        if words in paragraph.text:
            raise IndexError("no such word")
        return method(self, paragraph)

    return breaks


@pytest.fixture
def one_paragraph_unread(monkeypatch):
    monkeypatch.setattr(ShallowReader, "read", breaking_on("65 tables", ShallowReader.read))


STORY = """A banquet

The hall in Stockholm, with 65 tables of 20 guests each, 1,200 guests in all, takes two days to lay out.

NASA administrator Robert Lightfoot was there, and so was the king.

Wednesday, 20 January 2021, was a cold day in the north, and the day after it was no warmer.

The Soyuz is the only operational vehicle able to ferry astronauts to the outpost."""


async def test_a_paragraph_that_cannot_be_read_costs_no_other_paragraph_its_verdicts(
    idle, one_paragraph_unread, examined, story
):
    result = await examined(story(STORY))
    assert_said(result, "claims")
    assert {(v.check, v.label, r.claim.span.paragraph) for r in result.claims for v in r.verdicts if v.is_decided} == {
        ("office", "refuted", 2),
        ("arithmetic", "supported", 3),
    }


async def test_the_sentences_of_a_paragraph_that_cannot_be_read_are_accounted_for(
    idle, one_paragraph_unread, examined, story
):
    assert not sentences_without_a_word(await examined(story(STORY)))


async def test_the_sentences_of_a_paragraph_whose_parse_cannot_be_used_are_accounted_for(examined, story, monkeypatch):
    def breaks(*_):
        raise IndexError("no such token")

    monkeypatch.setattr("reader.desk.read_statements", breaks)
    result = await examined(story(STORY))
    assert_said(result, "claims")
    assert ("office", "refuted") in {(v.check, v.label) for r in result.claims for v in r.verdicts}
    assert not sentences_without_a_word(result)


async def test_a_paragraph_that_cannot_be_read_is_no_reason_for_the_claims_of_another(
    idle, one_paragraph_unread, examined, story
):
    result = await examined(story(STORY))
    assert [r for r in result.claims if r.claim.kind == "only"]
    assert not [v.explanation for r in result.claims for v in r.verdicts if "IndexError" in v.explanation]


async def test_a_paragraph_whose_names_cannot_be_looked_up_costs_no_other_its_verdicts(
    idle, examined, story, monkeypatch
):
    from reader.knowledge.mentions import find_mentions

    def breaks(paragraph, text, people, resolver):
        if "65 tables" in text:
            raise IndexError("no such word")
        return find_mentions(paragraph, text, people, resolver)

    monkeypatch.setattr("reader.knowledge.who.find_mentions", breaks)
    result = await examined(story(STORY))
    assert_said(result, "knowledge")
    assert ("office", "refuted") in {(v.check, v.label) for r in result.claims for v in r.verdicts}


# --- the language worker


def long_version(article, story):
    """The sample story with some hundreds of paragraphs after it that no rule can decide anything in."""
    who = (
        "The porter",
        "The baker",
        "A clerk",
        "The ferryman",
        "An old teacher",
        "The miller",
        "A gardener",
        "The widow",
    )
    what = (
        "the gate of the harbour",
        "a wall behind the mill",
        "the roof of the school",
        "a bridge over the stream",
        "the door of the chapel",
    )
    how = (
        "was painted green",
        "had been left open",
        "was colder than before",
        "creaked in the wind",
        "had lost its colour",
        "was never locked",
    )
    more = [
        f"{a} said that {b} {c} when the boats came in, and nobody asked why." for a in who for b in what for c in how
    ]
    return story("\n\n".join([p.text for p in article.paragraphs] + more))


async def test_a_worker_that_is_killed_amid_a_parse_takes_no_verdict_with_it(sample, story, spoken, whole_sample):
    article = long_version(sample, story)
    desk = Desk(article)
    events = []
    killed = None
    async with asyncio.timeout(60):
        async for event in desk.run():
            events.append(event)
            if killed is None and isinstance(event, Progress) and event.stage == "language":
                killed = desk.worker.pid
                os.kill(killed, signal.SIGKILL)
    result = events[-1].result
    assert isinstance(events[-1], Finished)
    assert_said(result, "language")
    assert max(e.done for e in events if isinstance(e, Progress) and e.stage == "language") < sum(
        p.is_checked for p in article.paragraphs
    )
    assert {s[1:] for s in spoken(result)} == {s[1:] for s in spoken(whole_sample)}


async def test_a_model_that_is_not_installed_costs_the_parse_alone(examined, sample, whole_sample, spoken):
    result = await examined(sample, DeskOptions(model="xx_no_such_model"))
    assert_said(result, "language")
    assert any("xx_no_such_model" in f.reason for f in result.failures)
    assert spoken(result) == spoken(whole_sample)


GREETING = """
import struct, sys, time
sys.path.insert(0, {root!r})
import msgspec
from reader.language.model import *
out = sys.stdout.buffer
def raw(body):
    out.write(struct.pack(">I", len(body)) + body)
    out.flush()
def send(message):
    raw(msgspec.msgpack.encode(message))
def requests():
    while len(head := sys.stdin.buffer.read(4)) == 4:
        yield from msgspec.msgpack.decode(sys.stdin.buffer.read(struct.unpack(">I", head)[0]), type=list[ParseRequest])
"""
READY = "send(Ready('fake', '1'))\n"
WORKERS = {
    "dies at once": "sys.exit('one line\\nand another')",
    "is silent and gone": "",
    "talks instead of answering": "print('Hello, I am ready to work for you. ' * 50)",
    "greets with junk": "raw(b'\\xc1 no such thing')",
    "answers junk": READY + "for r in requests(): raw(b'\\xc1 no such thing')",
    "answers with something else": READY
    + "for r in requests(): raw(msgspec.msgpack.encode({'type': 'verdict', 'label': 'refuted'}))",
    "answers with half a parse": READY
    + "for r in requests(): raw(msgspec.msgpack.encode({'type': 'parsed', 'id': r.id}))",
    "answers half a frame": READY
    + "for r in requests(): out.write(b'\\x00\\x00\\xff\\xff half'); out.flush(); sys.exit(3)",
    "refuses everything": READY + "for r in requests(): send(Refused(r.id, 'the parser failed (ValueError)'))",
    "dies after greeting": READY + "sys.exit('one line\\nand another')",
}
SENSELESS = {
    "heads beyond the text": READY + "for r in requests(): send(Parsed(r.id, Parse([0, 5], [4, 9], "
    "['VBD', 'NN'], ['ROOT', 'dobj'], [90, 70], ['a', 'b'], [])))",
    "lists of unequal length": READY
    + "for r in requests(): send(Parsed(r.id, Parse([0, 5, 7], [4], ['VBD'], ['ROOT'], [0], ['a'], [])))",
    "tokens beyond the text": READY
    + "for r in requests(): n = len(r.text); send(Parsed(r.id, Parse([9 * n, 10 * n], [10 * n, 11 * n], "
    "['VBD', 'NN'], ['ROOT', 'obj'], [0, 0], ['a', 'b'], [])))",
}


@pytest.fixture
def worker_that(tmp_path, monkeypatch):
    """Put a script in the place of the interpreter that runs the language worker."""

    def made(body: str) -> None:
        script = tmp_path / "worker"
        script.write_text(f"#!{sys.executable}\n" + GREETING.format(root=str(ROOT)) + body + "\n")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr("reader.language.client.sys.executable", str(script))

    return made


@pytest.mark.parametrize("body", WORKERS.values(), ids=WORKERS.keys())
async def test_a_worker_that_talks_nonsense_costs_the_parse_alone(
    worker_that, examined, sample, whole_sample, spoken, body
):
    worker_that(body)
    result = await examined(sample, seconds=20)
    assert_said(result, "language")
    assert spoken(result) == spoken(whole_sample)


async def test_what_could_not_be_parsed_is_accounted_for_sentence_by_sentence(worker_that, examined, sample):
    worker_that(READY + "for r in requests(): send(Refused(r.id, 'the parser failed (ValueError)'))")
    result = await examined(sample, seconds=20)
    assert_said(result, "language")
    assert not sentences_without_a_word(result)
    assert any("the parser failed" in u.reason for u in result.unclaimed)


@pytest.mark.parametrize("body", SENSELESS.values(), ids=SENSELESS.keys())
async def test_a_parse_that_does_not_fit_its_text_becomes_no_verdict_and_breaks_no_report(
    worker_that, examined, sample, whole_sample, spoken, body
):
    worker_that(body)
    result = await examined(sample, seconds=20)
    assert spoken(result) == spoken(whole_sample)
    for record in result.claims:
        assert record.claim.text == sample.text_at(record.claim.span) != ""
    assert as_json(result)


async def test_answers_for_other_paragraphs_than_were_asked_are_said_to_be_a_failure(
    worker_that, examined, sample, whole_sample, spoken
):
    worker_that(READY + "for r in requests(): send(Parsed(r.id + 5000, Parse([], [], [], [], [], [], [])))")
    result = await examined(sample, seconds=20)
    assert spoken(result) == spoken(whole_sample)
    assert_said(result, "language")


async def test_a_frame_of_an_absurd_length_is_refused_and_not_waited_for(
    worker_that, examined, sample, whole_sample, spoken
):
    worker_that("print('Loading the model, please wait'); sys.stdout.flush(); sys.stdin.read()")
    result = await examined(sample, seconds=5)
    assert_said(result, "language")
    assert spoken(result) == spoken(whole_sample)


async def test_a_worker_that_hangs_is_given_up_and_ended(
    worker_that, examined, sample, whole_sample, spoken, monkeypatch
):
    monkeypatch.setattr("reader.language.client._PARSE_SECONDS", 0.3)
    worker_that(READY + "time.sleep(600)")
    result = await examined(sample, seconds=20)
    assert_said(result, "language")
    assert spoken(result) == spoken(whole_sample)


@pytest.mark.parametrize("language", ["de", "fr"])
async def test_an_article_in_another_language_is_said_to_be_unsupported_and_not_parsed(examined, story, language):
    text = "Das Haus am See ist alt und schön. " * 20
    head = f'<html lang="{language}"><head><title>Haus</title></head>'
    page = f"{head}<body><article><p>{text}</p></article></body></html>"
    result = await examined(story(page, name="haus.html"))
    if result.article.language == language:
        assert_said(result, "language")
    assert not [v for r in result.claims for v in r.verdicts if v.is_decided]
