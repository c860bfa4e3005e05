"""What twelve screens look like: a change here is to be looked at, and then taken up with `pytest --snapshot-update`."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from reader import clock
from reader.desk import DeskOptions
from reader.settings import Reading, Settings
from reader.tui.app import CaveatApp

PLAIN = Settings(reading=Reading(plain=True))
SCREENS: dict[str, tuple[tuple[int, int], Settings, list[str]]] = {
    "reading": ((120, 40), Settings(), ["right_square_bracket", "right_square_bracket"]),
    "reading-narrow": ((60, 20), Settings(), ["right_square_bracket"]),
    "reading-very-wide": ((180, 45), Settings(), ["n", "n", "n"]),
    "reading-light": ((120, 30), Settings(theme="caveat-light"), ["right_square_bracket", "h", "H"]),
    "reading-terminal-colours": ((100, 24), Settings(theme="terminal-dark"), ["right_square_bracket"]),
    "plain": ((80, 24), PLAIN, ["right_square_bracket"]),
    "zen-justified": ((100, 30), Settings(reading=Reading(justified=True)), ["z", "j"]),
    "search": ((120, 30), Settings(), ["slash", *"soyuz"]),
    "evidence": ((120, 40), Settings(), ["right_square_bracket", "enter"]),
    "contradiction": ((120, 40), Settings(), ["right_square_bracket", "right_square_bracket", "x"]),
    "keys": ((120, 40), Settings(), ["question_mark"]),
    "settings": ((120, 40), Settings(), ["comma"]),
}
PATIENCE = 45.0


@pytest.fixture(autouse=True)
def _same_every_time(monkeypatch, no_parse):
    """No parse, one day, and no time that the checking took."""
    from datetime import date

    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
    clock.set_today(date(2026, 3, 1))
    yield
    clock.set_today(None)


@pytest.mark.parametrize("name", SCREENS)
def test_it_looks_as_it_did(snap_compare, sample_article, name):
    size, settings, keys = SCREENS[name]
    app = CaveatApp(replace(sample_article), DeskOptions(), settings)

    async def ready(pilot) -> None:
        until = time.monotonic() + PATIENCE
        while not app.screen_stack or not getattr(app.screen, "examining", None) or not app.screen.examining.is_done:
            assert time.monotonic() < until, "the checking is done"
            await pilot.pause(0.02)
        app.screen.foot.show_progress("checked")
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.1)
        app.clear_notifications()
        await pilot.pause(0.3)

    assert snap_compare(app, terminal_size=size, run_before=ready)
