"""A monkey at the keyboard: whatever is pressed and however the window is pulled, the reader never crashes."""

from __future__ import annotations

import os
import random

import pytest

from reader.desk import DeskOptions
from reader.tui.keymap import ACTIONS

STEPS = 20_000
KEYS = [key for action in ACTIONS if action.id != "quit" for key in action.keys]
OTHERS = [
    "escape",
    "escape",
    "backspace",
    "left",
    "right",
    "shift+tab",
    "1",
    "9",
    "minus",
    "x",
    "ctrl+a",
    "ctrl+u",
    "delete",
    "f1",
    "é",
    "漢",
    "ctrl+c",
    "y",
]
ARTICLES = [
    None,
    "One paragraph.",
    "\n\n".join(f"NASA administrator Robert Lightfoot met {n} men in 2019. " * (n % 9 + 1) for n in range(40)),
    "漢字 " * 900 + "\n\n" + "x" * 5_000 + "\n\n" + "[/nope] [@click=app.quit()]x[/] \u0301\u0301 👩\u200d🚀 " * 40,
]


async def still_here() -> None:
    """In place of quitting, which a monkey may rightly choose from the palette."""


async def test_the_palette_s_page_keys_do_nothing_where_its_list_has_no_room(open_reader):
    async with open_reader("One paragraph.", size=(60, 20)) as seen:
        await seen.press("ctrl+p")
        await seen.pilot.pause(0.3)
        await seen.press("down")
        await seen.pilot.resize_terminal(80, 3)
        await seen.pilot.pause(0.2)
        await seen.press("q")
        await seen.pilot.pause(0.4)
        await seen.press("down", "pagedown")
        assert seen.app.is_running
        await seen.press("escape", "escape")
        assert not seen.has_dialog


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(len(ARTICLES)))
async def test_a_monkey_at_the_keyboard_never_ends_the_reader(open_reader, seed):
    share = float(os.environ.get("CAVEAT_SOAK_SHARE", "0.05"))
    chance = random.Random(seed)
    pressed = []
    async with open_reader(ARTICLES[seed], size=(120, 40), options=DeskOptions(), checked=False) as seen:
        seen.app.open_url = lambda url, **_: None
        seen.app.deliver_screenshot = lambda *_, **__: None
        seen.app.action_quit = still_here  # the palette may be asked for it
        for _ in range(max(20, round(STEPS * share / len(ARTICLES)))):
            if chance.random() < 0.04:
                size = chance.randint(20, 200), chance.randint(5, 60)
                pressed.append(size)
                await seen.pilot.resize_terminal(*size)
            else:
                key = chance.choice(KEYS if chance.random() < 0.8 else OTHERS)
                pressed.append(key)
                await seen.app._press_keys([key])
                if chance.random() < 0.2:
                    await seen.pilot.pause()
            assert seen.app.is_running, " ".join(map(str, pressed[-30:]))
            assert 0 <= seen.pane.paragraph < len(seen.reading.article.paragraphs), " ".join(map(str, pressed[-30:]))
        while seen.has_dialog:
            await seen.press("escape")
        await seen.press("g")
        assert seen.pane.paragraph == 0
        assert seen.app.return_code is None
