"""A monkey at the keyboard: whatever is pressed and however the window is pulled, the reader never crashes."""

from __future__ import annotations

import os
import random

import pytest

from reader.desk import DeskOptions
from reader.tui.keymap import ACTIONS

STEPS = 20_000
SEEDS = 5
KEYS = [key for action in ACTIONS if action.id not in ("quit", "dialog-source") for key in action.keys]
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


def linked() -> str:
    """An article with links, footnotes, a list and a table in it."""
    return "# A port\n\n" + "\n\n".join(
        f"The [port](https://example.org/{n}) opened in 20{n:02}.[^a{n}]\n\n- one\n- two\n\n| a | b |\n|---|---|\n| {n} | 2 |\n\n[^a{n}]: Told in 20{n:02}."
        for n in range(12)
    )


async def pulled(seen, chance: random.Random, pressed: list[object]) -> None:
    """The window gets another size, and what was being read is still to be seen, at the same character."""
    size = chance.randint(20, 200), chance.randint(5, 60)
    pressed.append(size)
    place = seen.pane.paragraph, seen.pane.at
    await seen.pilot.resize_terminal(*size)
    await seen.pilot.pause(0.02)
    assert (seen.pane.paragraph, seen.pane.at) == place, pressed[-30:]
    if not seen.has_dialog and seen.pane.size.height > 1:
        await seen.until(
            lambda: place[0] in seen.pane.paragraphs_in_view(), f"the place is in view after {pressed[-30:]}"
        )


async def clicked(seen, chance: random.Random, pressed: list[object]) -> None:
    """The mouse does something somewhere."""
    columns, rows = seen.app.size
    at = chance.randrange(columns), chance.randrange(rows)
    pressed.append(("click", at))
    await chance.choice(
        (seen.pilot.click, seen.pilot.double_click, seen.pilot.hover, seen.pilot.mouse_down, seen.pilot.mouse_up)
    )(offset=at)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_a_monkey_at_the_keyboard_never_ends_the_reader_and_never_loses_the_place(open_reader, seed, config_home):
    share = float(os.environ.get("CAVEAT_SOAK_SHARE", "0.05"))
    chance = random.Random(seed)
    pressed: list[object] = []
    article = [*ARTICLES, linked()][seed]
    async with open_reader(article, name="a.md", size=(120, 40), options=DeskOptions(), checked=False) as seen:
        seen.app.open_url = lambda url, **_: None
        seen.app.deliver_screenshot = lambda *_, **__: None
        seen.app.action_quit = still_here  # the palette may be asked for it
        for _ in range(max(20, round(STEPS * share / SEEDS))):
            dice = chance.random()
            if dice < 0.04:
                await pulled(seen, chance, pressed)
            elif dice < 0.08:
                await clicked(seen, chance, pressed)
            else:
                keys = chance.choice(KEYS if chance.random() < 0.8 else OTHERS)
                pressed.append(keys)
                await seen.app._press_keys(keys.split(" "))
                if chance.random() < 0.2:
                    await seen.pilot.pause()
            assert seen.app.is_running, " ".join(map(str, pressed[-30:]))
            assert 0 <= seen.pane.paragraph < len(seen.reading.article.paragraphs), " ".join(map(str, pressed[-30:]))
        for _ in range(20):
            await seen.press("escape")
        assert not seen.has_dialog
        await seen.press("home")
        assert seen.pane.paragraph == 0
        assert seen.app.return_code is None
