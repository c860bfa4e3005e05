"""Stages fail and come late: the screen says what failed in a line, stays alive, and shows what is known so far."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sqlite3
import sys

import psutil
import pytest

from reader.checks.office import OfficeCheck
from reader.claims.shallow import ShallowReader
from reader.desk import Desk, DeskOptions
from reader.knowledge.builtin import builtin_pack


async def assert_alive(seen) -> None:
    """The keys work and the text can be read."""
    seen.pane.go_to(1)
    await seen.press("j")
    assert seen.pane.paragraph == 2
    assert "Two countries that agree on little" in seen.text
    await seen.press("question_mark")
    assert "Next paragraph" in seen.text
    await seen.press("escape")
    assert seen.app.is_running


def language_processes() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            if "reader.language.worker" in child.cmdline():
                found.append(child)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
async def test_a_language_process_that_is_killed_is_said_and_the_verdicts_stay(open_reader, toasts):
    async with open_reader(language=True, checked=False) as seen:
        await seen.until(lambda: bool(language_processes()), "the language process runs")
        os.kill(language_processes()[0].pid, signal.SIGKILL)
        await seen.until_checked()
        assert "language" in toasts(seen.app)
        assert "stopped" in toasts(seen.app)
        assert "some stages failed" in seen.foot
        assert len(seen.claims("refuted")) == 5
        await assert_alive(seen)
    assert language_processes() == []


async def test_a_model_that_is_not_there_is_named_and_the_verdicts_stay(open_reader, toasts):
    async with open_reader(language=True, options=DeskOptions(model="xx_none_such")) as seen:
        assert "xx_none_such" in toasts(seen.app)
        assert len(seen.claims("refuted")) == 5
        await assert_alive(seen)


def not_a_pack(path) -> None:
    path.write_bytes(b"this is no pack at all " * 500)


def another_database(path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE x (y)")
    db.close()


def missing(path) -> None:
    pass


def cut_short(path) -> None:
    path.write_bytes(builtin_pack().read_bytes()[:50_000])


def scribbled_over(path) -> None:
    data = bytearray(builtin_pack().read_bytes())
    for at in range(8192, len(data) - 600, 4096):
        data[at : at + 600] = b"\x55" * 600
    path.write_bytes(data)


def with_broken_statements(path) -> None:
    shutil.copy(builtin_pack(), path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE statement SET body = x'c1ff00'")
    db.close()


def from_the_future(path) -> None:
    shutil.copy(builtin_pack(), path)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=999")
    db.close()


@pytest.mark.parametrize(
    "damage",
    [
        not_a_pack,
        another_database,
        missing,
        cut_short,
        scribbled_over,
        with_broken_statements,
        from_the_future,
    ],
)
async def test_a_damaged_pack_is_said_and_the_text_can_be_read(open_reader, toasts, tmp_path, damage):
    path = tmp_path / "mine.pack"
    damage(path)
    async with open_reader(options=DeskOptions(packs=(path,), builtin=False)) as seen:
        said = toasts(seen.app)
        assert "mine.pack" in said
        assert "failed" in said
        assert "\n" not in said
        assert "failed" in seen.foot
        assert "checking …" not in seen.margin
        await assert_alive(seen)


async def test_what_needs_no_knowledge_is_checked_with_a_damaged_pack_too(open_reader, tmp_path):
    path = tmp_path / "mine.pack"
    not_a_pack(path)
    async with open_reader(options=DeskOptions(packs=(path,), builtin=False)) as seen:
        assert any("4,400,000,000" in r.leading.explanation for r in seen.claims("conflicting"))


async def test_a_check_that_breaks_leaves_its_claims_open_and_the_others_alone(open_reader, toasts, monkeypatch):
    def broken(self, claims, case):
        raise RuntimeError("the wheel came off")

    monkeypatch.setattr(OfficeCheck, "judge", broken)
    async with open_reader() as seen:
        assert "check office failed" in toasts(seen.app)
        assert "the wheel came off" in toasts(seen.app)
        offices = [v for r in seen.claims() for v in r.verdicts if v.check == "office"]
        assert offices
        assert {v.label for v in offices} == {"not-checkable"}
        assert any(v.check == "lifespan" and v.label == "refuted" for r in seen.claims() for v in r.verdicts)
        await assert_alive(seen)


async def test_a_reader_of_claims_that_breaks_on_one_paragraph_leaves_the_others(open_reader, toasts, monkeypatch):
    real = ShallowReader.read

    def broken(self, paragraph):
        if paragraph.id == 4:
            raise ValueError("cannot read this")
        return real(self, paragraph)

    monkeypatch.setattr(ShallowReader, "read", broken)
    async with open_reader() as seen:
        assert "cannot read this" in toasts(seen.app)
        assert len(seen.claims("refuted")) == 4
        await assert_alive(seen)


@pytest.mark.parametrize("place", ["_open_packs", "_card", "_result", "_records"])
async def test_a_fault_anywhere_in_the_desk_is_said(open_reader, toasts, monkeypatch, place):
    real = getattr(Desk, place)
    calls = []

    def broken(self, *args):
        calls.append(place)
        if len(calls) > 3 or place in ("_open_packs", "_result"):
            raise RuntimeError("the wheel came off")
        return real(self, *args)

    async def broken_later(self, *args):
        return broken(self, *args)

    monkeypatch.setattr(Desk, place, broken_later if asyncio.iscoroutinefunction(real) else broken)
    async with open_reader(checked=False) as seen:
        await seen.until(lambda: bool(calls), "the fault")
        await seen.until(lambda: bool(toasts(seen.app)), "something is said")
        assert "the wheel came off" in toasts(seen.app) + seen.foot
        assert "failed" in toasts(seen.app) + seen.foot
        await assert_alive(seen)


async def test_when_the_checking_has_failed_the_margin_does_not_wait_for_it(open_reader, monkeypatch):
    def broken(self):
        raise RuntimeError("the wheel came off")

    monkeypatch.setattr(Desk, "_result", broken)
    async with open_reader() as seen:
        assert "checking failed" in seen.foot
        await seen.press("j")
        assert "checking …" not in seen.margin


async def test_a_warning_from_a_hostile_place_is_only_words(open_reader, tmp_path, toasts):
    path = tmp_path / "a\x1b]0;evil\x07[@click=app.quit()]\u202e.pack"
    not_a_pack(path)
    async with open_reader(options=DeskOptions(packs=(path,), builtin=False), size=(160, 40)) as seen:
        assert "a" in toasts(seen.app)
        shown = "".join(seen.lines)
        assert [repr(c) for c in "\x1b\x07\u202e" if c in shown] == []


async def test_verdicts_come_one_stage_after_the_other_while_the_reader_moves(open_reader, monkeypatch):
    packs, parses = asyncio.Event(), asyncio.Event()
    open_packs, start_worker = Desk._open_packs, Desk._start_worker

    async def open_later(self):
        await packs.wait()
        return await open_packs(self)

    async def start_later(self):
        await parses.wait()
        return await start_worker(self)

    monkeypatch.setattr(Desk, "_open_packs", open_later)
    monkeypatch.setattr(Desk, "_start_worker", start_later)
    async with open_reader(language=True, checked=False) as seen:
        await seen.until(lambda: bool(seen.claims("conflicting")), "what the text alone tells")
        assert seen.claims("refuted") == []
        await seen.press("j", "j", "j", "j")
        assert seen.pane.paragraph == 4
        assert "Popovkin" not in seen.margin

        packs.set()
        await seen.until(lambda: "Popovkin" in seen.margin, "the verdict on the paragraph in focus comes by itself")
        assert "Russian politician, head of Roscosmos" in seen.margin
        assert seen.pane.paragraph == 4
        assert seen.sees(4)
        row = seen.pane.region.y + seen.rows_of(4)[0]
        assert "✗" in seen.lines[row]
        before = len(seen.claims())
        await seen.press("j")
        assert seen.pane.paragraph == 5
        assert "checked in" not in seen.foot

        parses.set()
        await seen.until_checked()
        assert len(seen.claims()) > before
        assert seen.pane.paragraph == 5


async def test_a_new_day_asked_for_amid_the_checking_wins(open_reader, monkeypatch):
    gate = asyncio.Event()
    open_packs = Desk._open_packs

    async def open_later(self):
        if self.article.as_of.date.iso == "2022-07-17":
            await gate.wait()
        return await open_packs(self)

    monkeypatch.setattr(Desk, "_open_packs", open_later)
    async with open_reader(checked=False) as seen:
        await seen.press("a", *["backspace"] * 10, *"2019-03-01", "enter")
        await seen.until_checked()
        gate.set()
        await seen.pilot.pause(0.3)
        assert "as of 2019-03-01 (yours)" in seen.head
        assert {v.as_of for r in seen.claims() for v in r.verdicts if v.as_of} == {"2019-03-01"}


async def test_the_margin_shows_no_card_of_the_day_before(open_reader):
    async with open_reader() as seen:
        await seen.press("right_square_bracket")
        assert "Popovkin" in seen.margin
        await seen.press("a", *["backspace"] * 10, *"2012-03-01", "enter")
        await seen.until_checked()
        await seen.pilot.pause(0.2)
        assert "2022-07-17" not in seen.head
        assert all(v.as_of in (None, "2012-03-01") for r in seen.claims() for v in r.verdicts)
