"""Key to frame: from writing `j` to the pty until the screen has changed and gone quiet, at 5,000 and at 50 paragraphs.

The real program in a real pty of 120 x 40, the checking finished ("checked in" stands in the foot), so that
the whole way counts: driver, key map, pane, Textual's 60 frames a second, terminal bytes. `frame`: bytes came
and then none for 6 ms; the time is that of the last byte (the pane with the new focus). `place`: the foot
says the new place ("¶ 7/5000"), which may be a frame or more later; the goals are held against `frame`, but a
key has been answered in full only then. The margin follows 50 ms later on purpose and is waited for before
the next key, which comes after a seeded random pause so that no key keeps step with the frame clock. Both
sizes run at the same time and get their keys in turns of ten, ten one way and ten back: half of the keys at
the top, half at the end of the article. `bare` is the same for bare_app.py, where a key changes one line:
what Textual itself costs. `held`: keys 33 ms apart, as a keyboard repeats them (or as soon as the last was
answered); from each to the foot's saying its paragraph. `busy`: that, 100 ms apart, from the first paint on,
while the big article is being checked. `cpu_per_key`: the processor time of a held key, which other work on
the machine hardly moves. Goals: p95 at most 20 ms, and at most 1.2 times that at 50.
"""

from __future__ import annotations

import contextlib
import random
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import psutil
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

_QUIET, _SETTLED, _TURN, _REPEAT = 0.006, 0.12, 10, 1 / 30


class Place:
    """A terminal whose place is known: the words that say it, and the number they say now."""

    def __init__(self, terminal: Terminal, words: str, number: int) -> None:
        self.terminal, self._words, self._number = terminal, words, number

    def press(self, key: str) -> float:
        """Milliseconds from `j` or `k` until the screen says the new place."""
        self._number += 1 if key == "j" else -1
        since = len(self.terminal.output)
        pressed = self.terminal.write(key)
        return (self.terminal.wait_for(self._words.format(self._number), 60, since) - pressed) * 1000

    def press_settled(self, key: str) -> tuple[float, float]:
        """Milliseconds from the key until the first frame is whole, and until the screen says the new place."""
        self._number += 1 if key == "j" else -1
        since, words = len(self.terminal.output), self._words.format(self._number)
        pressed = self.terminal.write(key)
        came = self.terminal.read(60.0)
        framed = self.terminal.wait_quiet(_QUIET, came) or pressed
        at_once = self.terminal.output.find(words.encode(), since) >= 0
        said = framed if at_once else self.terminal.wait_for(words, 60, since)
        return (framed - pressed) * 1000, (said - pressed) * 1000

    def go(self, key: str, number: int) -> None:
        """Press a key that goes to a known place, and wait until all is quiet there."""
        self._number = number
        since = len(self.terminal.output)
        self.terminal.write(key)
        self.terminal.wait_for(self._words.format(number), 60, since)
        self.terminal.wait_quiet(_SETTLED)


def turn(place: Place, keys: str, dice: random.Random) -> tuple[list[float], list[float]]:
    """Press each key when the screen has settled: times to the first frame's last byte, and to the foot's new place."""
    frames, places = [], []
    for key in keys:
        place.terminal.wait_quiet(_SETTLED)
        time.sleep(dice.random() / 30)
        to_frame, to_place = place.press_settled(key)
        frames.append(to_frame)
        places.append(to_place)
    return frames, places


def measure(places: Mapping[str, Place], first: str, count: int, times: dict[str, list[float]]) -> None:
    """Add key times of each terminal, pressed in turns of ten: ten keys one way, ten back."""
    dice = random.Random(7)
    for number in range(-(-count // _TURN // 2) * 2):
        key = first if number % 2 == 0 else "jk"[first == "j"]
        for name, place in places.items():
            frames, said = turn(place, key * _TURN, dice)
            times[f"frame_{name}"] += frames
            times[f"place_{name}"] += said


def one_by_one(place: Place, count: int, pause: float) -> list[float]:
    """Press `j` so often, every `pause` seconds or as soon as the last has been answered."""
    times = []
    for _ in range(count):
        following = time.monotonic() + pause
        times.append(place.press("j"))
        while (left := following - time.monotonic()) > 0:
            place.terminal.read(left)
    return times


def cpu_of(terminal: Terminal) -> float:
    """The processor time that the program has used so far, in ms (its worker not counted)."""
    spent = psutil.Process(terminal.process.pid).cpu_times()
    return (spent.user + spent.system) * 1000


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
        places = {"big": Place(big, f"¶ {{}}/{size}", 1), "50": Place(small, "¶ {}/50", 1)}
        bare = {"bare": Place(terminals["bare"], "counted {}", 0)}
        busy = one_by_one(places["big"], few, 0.1)
        checked = big.wait_for("checked in", 1800) - big.started
        small.wait_for("checked in")
        for place, last in ((places["big"], size), (places["50"], 50)):
            place.go("G", last)
            place.go("gg", 1)
        times: dict[str, list[float]] = defaultdict(list)
        measure({**places, **bare}, "j", count // 2, times)
        before = {name: cpu_of(place.terminal) for name, place in places.items()}
        held = {name: one_by_one(place, min(few, 45), _REPEAT) for name, place in places.items()}
        used = {name: (cpu_of(place.terminal) - before[name]) / len(held[name]) for name, place in places.items()}
        for place, last in ((places["big"], size), (places["50"], 50)):
            place.go("G", last)
        measure({**places, **bare}, "k", count // 2, times)
    figures.tell("paragraphs_big", size)
    figures.tell("keys", len(times["frame_big"]))
    for what in ("frame", "place"):
        for name in terminals:
            tell(
                figures, f"{what}_{name}", times[f"{what}_{name}"], "<= 20" if (what, name) == ("frame", "big") else ""
            )
        p95 = [percentile(times[f"{what}_{name}"], 95) for name in ("big", "50")]
        figures.tell(f"p95_ratio_{what}", p95[0] / p95[1], goal="<= 1.2" if what == "frame" else "")
    tell(figures, "held_big", held["big"])
    tell(figures, "held_50", held["50"])
    for name, milliseconds in used.items():
        figures.tell(f"cpu_per_key_{name}", milliseconds, "ms")
    figures.tell("cpu_per_key_ratio", used["big"] / used["50"])
    tell(figures, "busy_big", busy)
    figures.tell("busy_big_worst", max(busy), "ms")
    figures.tell("checked_big_after", checked, "s")
    figures.write(options.json)


if __name__ == "__main__":
    main()
