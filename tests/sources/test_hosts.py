"""A host is asked no more at a time and no faster than the settings say, never while it wants peace; the line is open or not."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.sources import line as line_module
from reader.sources.hosts import LONGEST_WAIT, HostGate
from reader.sources.line import Budget, Line

MINUTE = 60.0


class Visits:
    """Who passes a gate, when, and how many are inside at once."""

    def __init__(self, gate: HostGate) -> None:
        self.gate = gate
        self.started: list[float] = []
        self.most = self._inside = 0

    async def one(self, seconds: float = 0.0) -> None:
        async with self.gate.passing():
            self.started.append(time.monotonic())
            self._inside += 1
            self.most = max(self.most, self._inside)
            await asyncio.sleep(seconds)
            self._inside -= 1

    def most_in(self, seconds: float) -> int:
        """The most visits that began within so many seconds."""
        return max(sum(at <= other < at + seconds for other in self.started) for at in self.started)


# Asked gently


@given(st.integers(1, 10), st.integers(1, 6000), st.lists(st.floats(0, 40), min_size=1, max_size=60))
@settings(deadline=None)
def test_a_host_is_never_asked_more_at_a_time_than_the_settings_say(in_no_time, concurrency, rate, lasting):
    async def all_of_them() -> Visits:
        visits = Visits(HostGate(concurrency, rate))
        await asyncio.gather(*map(visits.one, lasting))
        return visits

    visits = in_no_time(all_of_them())
    assert len(visits.started) == len(lasting)
    assert visits.most <= concurrency


@given(st.integers(1, 10), st.integers(1, 400), st.integers(1, 500))
@settings(deadline=None, max_examples=40)
def test_a_host_is_never_asked_more_often_in_a_minute_than_the_settings_say(in_no_time, concurrency, rate, number):
    async def all_of_them() -> Visits:
        visits = Visits(HostGate(concurrency, rate))
        await asyncio.gather(*(visits.one() for _ in range(number)))
        return visits

    visits = in_no_time(all_of_them())
    assert len(visits.started) == number
    assert visits.most_in(MINUTE - 0.001) <= rate


def test_the_rate_is_kept_in_the_long_run(in_no_time):
    """An hour at 30 a minute."""

    async def an_hour() -> Visits:
        visits = Visits(HostGate(2, 30))
        await asyncio.gather(*(visits.one() for _ in range(1800)))
        return visits

    visits = in_no_time(an_hour())
    took = visits.started[-1] - visits.started[0]
    assert 58 * MINUTE <= took <= 62 * MINUTE


def test_the_few_requests_of_one_article_are_not_kept_waiting(in_no_time):
    async def a_few() -> float:
        begun, visits = time.monotonic(), Visits(HostGate(3, 200))
        await asyncio.gather(*(visits.one() for _ in range(6)))
        return time.monotonic() - begun

    assert in_no_time(a_few()) < 1


def test_who_fails_or_gives_up_leaves_the_place_to_others(in_no_time):
    async def troubles() -> Visits:
        gate = HostGate(1, 6000)
        visits = Visits(gate)
        with pytest.raises(ZeroDivisionError):
            async with gate.passing():
                raise ZeroDivisionError
        inside = asyncio.create_task(visits.one(50))
        await asyncio.sleep(1)
        waiting = asyncio.create_task(visits.one())
        await asyncio.sleep(1)
        waiting.cancel()
        inside.cancel()
        await asyncio.gather(inside, waiting, return_exceptions=True)
        async with asyncio.timeout(5):
            await visits.one()
        return visits

    assert len(in_no_time(troubles()).started) == 2


# Left alone when it wants to be


@given(st.integers(1, 10), st.floats(0.1, 100), st.integers(1, 40))
@settings(deadline=None)
def test_a_host_that_wants_peace_has_it_from_all_who_wait_and_then_all_go_on_by_themselves(in_no_time, concurrency, wish, number):  # fmt: skip
    async def all_of_them() -> tuple[Visits, float, int]:
        visits = Visits(HostGate(concurrency, 6000))
        tasks = [asyncio.create_task(visits.one(2)) for _ in range(number)]
        await asyncio.sleep(1)  # some are inside, the others wait
        visits.gate.pause(wish)
        before, until = len(visits.started), time.monotonic() + wish
        await asyncio.gather(*tasks, visits.one())
        return visits, until, before

    visits, until, before = in_no_time(all_of_them())
    assert len(visits.started) == number + 1
    assert all(at >= until - 1e-6 for at in visits.started[before:])


def test_a_pause_may_be_made_longer_but_not_shorter_by_another_answer(in_no_time):
    async def wishes() -> list[float]:
        gate = HostGate(1, 60)
        found = [gate.paused_for]
        for wish in (10, 3, -5, 30):
            gate.pause(wish)
            found.append(gate.paused_for)
        await asyncio.sleep(20)
        found.append(gate.paused_for)
        await asyncio.sleep(20)
        return [*found, gate.paused_for]

    assert in_no_time(wishes()) == pytest.approx([0, 10, 10, 10, 30, 10, 0])


def test_a_pause_that_grows_while_one_waits_is_waited_for_whole(in_no_time):
    async def growing() -> float:
        visits = Visits(HostGate(1, 60))
        visits.gate.pause(5)
        begun, task = time.monotonic(), asyncio.create_task(visits.one())
        await asyncio.sleep(4)
        visits.gate.pause(10)
        await task
        return visits.started[0] - begun

    assert in_no_time(growing()) >= 14 - 1e-6


def test_nobody_is_held_for_hours(in_no_time):
    async def for_a_day() -> float:
        gate = HostGate(1, 60)
        gate.pause(86_400)
        return gate.paused_for

    assert in_no_time(for_a_day()) == pytest.approx(LONGEST_WAIT)
    assert LONGEST_WAIT <= 300


# The budget


@given(st.integers(0, 30), st.integers(0, 60))
@settings(deadline=None)
def test_a_budget_gives_as_many_requests_as_it_holds(limit, wanted):
    budget = Budget(limit)
    assert [budget.take() for _ in range(wanted)] == [number < limit for number in range(wanted)]
    assert budget.spent == min(limit, wanted)


# The line


def test_the_line_says_whether_it_is_open_and_why_not():
    line = Line(is_open=False)
    assert (line.is_open, line.state) == (False, "offline")
    line.open()
    assert (line.is_open, line.state) == (True, "online")
    line.lose()
    assert (line.is_open, line.state) == (True, "lost")
    line.answered()
    assert line.state == "online"
    line.lose()
    line.close()
    assert (line.is_open, line.state) == (False, "offline")
    line.open()
    assert line.state == "online", "what was lost before the reader went offline is not known to be lost now"


def test_who_waits_for_the_line_goes_on_by_itself_when_it_is_opened(in_no_time):
    async def wait_for_it() -> list[str]:
        told: list[str] = []
        line = Line(is_open=False)

        async def waiting(name: str) -> None:
            await line.opened()
            told.append(name)

        tasks = [asyncio.create_task(waiting(name)) for name in "ab"]
        await asyncio.sleep(100)
        told.append("opened")
        line.open()
        await asyncio.gather(*tasks, waiting("c"))
        return told

    told = in_no_time(wait_for_it())
    assert told[0] == "opened"
    assert sorted(told[1:]) == ["a", "b", "c"]


def test_the_screen_is_told_of_a_change_and_only_of_a_change():
    told: list[str] = []
    line = Line(is_open=True, changed=lambda: told.append(line.state))
    line.answered()
    assert told == []
    line.lose()
    line.lose()
    line.answered()
    line.answered()
    line.close()
    line.open()
    assert told == ["lost", "online", "offline", "online"]


def test_a_lost_line_is_tried_less_and_less_often_but_twice_a_minute_at_least(monkeypatch):
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(line_module, "asyncio", SimpleNamespace(sleep=sleep, Event=asyncio.Event))

    async def tries(line: Line, number: int) -> list[float]:
        waits.clear()
        for _ in range(number):
            await line.wait()
        return list(waits)

    line = Line(is_open=True)
    growing = asyncio.run(tries(line, 12))
    assert growing == sorted(growing)
    assert 0 < growing[0] < growing[3] < growing[-1] <= 30
    line.answered()
    assert asyncio.run(tries(line, 1)) == growing[:1], "after an answer it begins anew"
    asyncio.run(tries(line, 5))
    line.open()
    assert asyncio.run(tries(line, 1)) == growing[:1], "and when the reader asks for it"
