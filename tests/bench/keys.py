"""Key to frame: from writing `j` to the pty until the screen has changed and gone quiet, at 5,000 and at 50 paragraphs.

The real program in a real pty of 120 x 40, the checking finished ("checked in" stands in the foot), so that the whole
way counts: driver, key map, pane, Textual's 60 frames a second, terminal bytes. A frame has come when bytes came and
then none for 15 ms; its time is that of the last byte. The margin follows 50 ms later on purpose and is waited for
before the next key, which comes after a seeded random pause so that no key keeps step with the frame clock. Both sizes
run at the same time and get their keys in turns of ten; half of the keys are pressed at the top, half at the end of the
article, going j and k. `bare` is the same for bare_app.py, where a key changes one line: what Textual itself costs.
`held`: keys written every 33 ms, as a keyboard repeats them; from each to the foot's showing its paragraph.
`busy`: key to the foot's showing its paragraph while 5,000 paragraphs are being checked. Goals: p95 at most 20 ms, and at
most 1.2 times that at 50.
"""

from __future__ import annotations

import contextlib
import random
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from _shared import (
    BENCH,
    OPENING_WORDS,
    Figures,
    Terminal,
    arguments,
    compile_pack,
    made_up_article,
    percentile,
    workplace,
)

_QUIET, _SETTLED, _TURN, _REPEAT = 0.015, 0.12, 10, 1 / 30


def press(terminal: Terminal, key: str) -> float:
    """Seconds from the key to the end of the frame that it caused."""
    pressed = terminal.write(key)
    came = terminal.read(5.0)
    if came is None:
        raise RuntimeError("a key changed nothing on the screen")
    return (terminal.wait_quiet(_QUIET, came) or came) - pressed


def turn(terminal: Terminal, keys: str, dice: random.Random) -> list[float]:
    """Press each key when the screen has settled."""
    times = []
    for key in keys:
        terminal.wait_quiet(_SETTLED)
        time.sleep(dice.random() / 30)
        times.append(press(terminal, key) * 1000)
    return times


def measure(terminals: Mapping[str, Terminal], count: int) -> dict[str, list[float]]:
    """Key times in ms of each terminal, in turns; from the middle on at the article's end."""
    dice, times = random.Random(7), {name: [] for name in terminals}
    for done in range(0, count, _TURN):
        at_end, back = done * 2 >= count, (done // _TURN) % 2
        for name, terminal in terminals.items():
            if at_end and (done - _TURN) * 2 < count and name != "bare":
                terminal.write("G")
                terminal.wait_quiet(0.4)
            times[name] += turn(terminal, ("k" if bool(back) != at_end else "j") * _TURN, dice)
    return times


def to_place(terminal: Terminal, here: int, total: int, count: int, pause: float) -> list[float]:
    """Milliseconds from `j` to the foot's "¶ n/total", for `count` keys from paragraph number `here`."""
    times = []
    for number in range(here + 1, here + count + 1):
        since = len(terminal.output)
        pressed = terminal.write("j")
        times.append((terminal.wait_for(f"¶ {number}/{total}", 60, since) - pressed) * 1000)
        while (left := pressed + pause - time.monotonic()) > 0:
            terminal.read(left)
    return times


def to_top(terminal: Terminal, total: int) -> None:
    """Go to the first paragraph and wait until the foot says so."""
    since = len(terminal.output)
    terminal.write("G")
    terminal.wait_for(f"¶ {total}/{total}", 60, since)
    since = len(terminal.output)
    terminal.write("g")
    terminal.wait_for(f"¶ 1/{total}", 60, since)


def tell(figures: Figures, name: str, times: list[float], goal: str = "") -> None:
    """The median and the 95th percentile in ms."""
    figures.tell(f"p50_{name}", percentile(times, 50), "ms")
    figures.tell(f"p95_{name}", percentile(times, 95), "ms", goal)


def open_both(stack: contextlib.ExitStack, folder: Path, env: Mapping[str, str], size: int) -> dict[str, Terminal]:
    """The bare app and both articles, open and painted."""
    terminals = {}
    for name, paragraphs in (("big", size), ("50", 50), ("bare", 50)):
        path = folder / f"{name}.txt"
        path.write_text(made_up_article(paragraphs), "utf-8")
        command = [str(BENCH / "bare_app.py")] if name == "bare" else ["-m", "reader", "--offline"]
        terminals[name] = stack.enter_context(Terminal([sys.executable, *command, str(path)], env))
        terminals[name].wait_for(OPENING_WORDS)
    return terminals


def main() -> None:
    """Measure and tell."""
    options = arguments(__doc__)
    figures = Figures("keys", options.quick)
    size, count, few = (500, 40, 10) if options.quick else (5000, 300, 100)
    with workplace() as (folder, env), contextlib.ExitStack() as stack:
        compile_pack(env)
        terminals = open_both(stack, folder, env, size)
        big, small = terminals["big"], terminals["50"]
        busy = to_place(big, 1, size, few, 0.1)
        checked = [t.wait_for("checked in", 1800) - t.started for t in (big, small)]
        for terminal in terminals.values():
            terminal.wait_quiet(0.5)
        times = measure(terminals, count)
        to_top(big, size)
        to_top(small, 50)
        held = {"big": to_place(big, 1, size, few, _REPEAT), "50": to_place(small, 1, 50, min(few, 45), _REPEAT)}
    figures.tell("paragraphs_big", size)
    tell(figures, "big", times["big"], "<= 20")
    tell(figures, "50", times["50"])
    tell(figures, "bare", times["bare"])
    figures.tell("p95_ratio", percentile(times["big"], 95) / percentile(times["50"], 95), goal="<= 1.2")
    figures.tell("p50_ratio", percentile(times["big"], 50) / percentile(times["50"], 50))
    tell(figures, "held_big", held["big"])
    tell(figures, "held_50", held["50"])
    tell(figures, "busy_big", busy)
    figures.tell("busy_big_worst", max(busy), "ms")
    figures.tell("checked_big_after", checked[0], "s")
    figures.tell("checked_50_seen_after", checked[1], "s")
    figures.write(options.json)


if __name__ == "__main__":
    main()
