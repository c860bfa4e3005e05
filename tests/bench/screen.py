"""The screen at 50,000 paragraphs of 30 words, beside a bare Textual app in the same run: keys, search, themes, resizing, memory.

The real program in a real pty of 120 x 40. `key`: from writing `j` until the last byte of the first frame (bytes came, and
then none for 6 ms), each key after a seeded random pause; `key_checking` are those pressed while claims and cards of the
stretch around the reader stream in, `key_bare` is the same for bare_app.py. `search`: from the last letter of a common word
until the foot names it with its first place. `theme` and `resize`: from the key, or the signal, until the last byte of the
frame that answers it. Memory is what is resident, the language worker not counted:
at the first frame, and after all of that.

Goals: key p95 <= 16 ms, search <= 100 ms, theme <= 150 ms, resize <= 200 ms, memory <= bare + 60 MB.
"""

from __future__ import annotations

import fcntl
import os
import random
import re
import signal
import struct
import sys
import termios
import time

import psutil
from _shared import (
    BENCH,
    COLUMNS,
    OPENING_WORDS,
    ROWS,
    Figures,
    Terminal,
    arguments,
    compile_pack,
    made_up_paragraph,
    median,
    percentile,
    workplace,
)

_QUIET, _SETTLED, _FRAME = 0.006, 0.12, 0.04
_MB = 1024 * 1024
_WORDS = ("the", "bridge", "million", "vote", "cellar", "old", "crowd", "before", "coast", "ferry")


def made_up(count: int) -> str:
    """An article of short paragraphs, under the size that is read without being asked."""
    dice = random.Random(1)
    paragraphs = [
        f"{OPENING_WORDS} {made_up_paragraph(dice, 25)}",
        *(made_up_paragraph(dice, 30) for _ in range(count - 1)),
    ]
    return "\n\n".join(paragraphs) + "\n"


def to_frame(terminal: Terminal, key: str, silence: float = _QUIET) -> float:
    """Milliseconds from a key to the last byte of the frame that answers it."""
    pressed = terminal.write(key)
    came = terminal.read(60.0)
    return ((terminal.wait_quiet(silence, came) or pressed) - pressed) * 1000


def keys(terminal: Terminal, key: str, count: int, until: str = "", since: int = 0) -> list[float]:
    """Press a key so often, at no fixed pace, or until something is written after the first `since` bytes."""
    dice = random.Random(7)
    times = []
    for _ in range(count):
        terminal.wait_quiet(_SETTLED, seconds=1.0)
        time.sleep(dice.random() / 30)
        times.append(to_frame(terminal, key))
        if until and re.search(until.encode(), terminal.output[since:]):
            break
    return times


def keys_while_checking(terminal: Terminal, rounds: int, count: int) -> list[float]:
    """From end to end and back; at each the next stretch is checked, and keys are pressed until it is."""
    times = []
    for number in range(rounds):
        since = len(terminal.output)
        far, key, last = ("G", "k", f"–{count}") if number % 2 == 0 else ("gg", "j", r"¶ 1–\d+")
        terminal.write(far)
        terminal.wait_quiet(_SETTLED, seconds=1.0)
        time.sleep(0.5)
        times += keys(terminal, key, 100, f"{last} checked in", since)
    return times


def search(terminal: Terminal, word: str) -> float:
    """Milliseconds from a word's last letter until the foot names it."""
    terminal.write("/")
    terminal.wait_quiet(_SETTLED, seconds=1.0)
    for letter in word[:-1]:
        terminal.write(letter)
        terminal.wait_quiet(_SETTLED, seconds=1.0)
    since = len(terminal.output)
    pressed = terminal.write(word[-1])
    took = (terminal.wait_for(f"“{word}”", 60, since) - pressed) * 1000
    terminal.write("\r")
    terminal.wait_quiet(_SETTLED, seconds=1.0)
    terminal.write("\x1b")
    terminal.wait_quiet(0.3, seconds=1.0)
    return took


def resize(terminal: Terminal, columns: int, rows: int) -> float:
    """Milliseconds from the window's new size to the last byte of its frame."""
    terminal.wait_quiet(_SETTLED, seconds=1.0)
    fcntl.ioctl(terminal._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    since = time.monotonic()
    os.kill(terminal.process.pid, signal.SIGWINCH)
    came = terminal.read(60.0)
    return ((terminal.wait_quiet(_FRAME, came, seconds=3.0) or since) - since) * 1000


def rss(terminal: Terminal) -> float:
    """Resident memory in MB, the language worker not counted."""
    return psutil.Process(terminal.process.pid).memory_info().rss / _MB


def tell(figures: Figures, name: str, times: list[float], goal: str = "") -> None:
    """Median, 95th percentile and worst."""
    figures.tell(f"{name}_p50", percentile(times, 50), "ms")
    figures.tell(f"{name}_p95", percentile(times, 95), "ms", goal)
    figures.tell(f"{name}_worst", max(times), "ms")


def main() -> None:
    """Measure and tell."""
    options = arguments(__doc__)
    figures = Figures("screen", options.quick)
    count, presses, few = (2_000, 20, 3) if options.quick else (50_000, 200, 10)
    with workplace() as (folder, env):
        compile_pack(env)
        path, small = folder / "big.txt", folder / "small.txt"
        path.write_text(made_up(count), "utf-8")
        small.write_text(made_up(1), "utf-8")
        with (
            Terminal([sys.executable, str(BENCH / "bare_app.py"), str(small)], env) as bare,
            Terminal([sys.executable, "-m", "reader", "--offline", str(path)], env) as mine,
        ):
            bare.wait_for(OPENING_WORDS)
            figures.tell("first_paragraph_after", mine.wait_for(OPENING_WORDS) - mine.started, "s")
            floor, first = rss(bare), rss(mine)
            time.sleep(1.0)
            mine.wait_for("checked in", 60)
            bare_times, times = keys(bare, "j", presses // 2), keys(mine, "j", presses)
            while_checking = keys_while_checking(mine, few, count)
            found = [search(mine, word) for word in _WORDS[:few]]
            worn = [to_frame(mine, "t", _FRAME) for _ in range(few) if mine.wait_quiet(_SETTLED, seconds=1.0) or True]
            sizes = [(100, 30), (COLUMNS, ROWS), (60, 20), (180, 50), (COLUMNS, ROWS)] * max(1, few // 5)
            pulled = [resize(mine, *size) for size in sizes]
            last = rss(mine)
    figures.tell("paragraphs", count)
    tell(figures, "key_bare", bare_times)
    tell(figures, "key", times, "<= 16")
    figures.tell("keys_while_checking", len(while_checking))
    tell(figures, "key_checking", while_checking, "<= 16")
    tell(figures, "search", found, "<= 100")
    figures.tell("theme", median(worn), "ms", "<= 150")
    figures.tell("resize", median(pulled), "ms", "<= 200")
    figures.tell("resize_worst", max(pulled), "ms")
    figures.tell("memory_bare", floor, "MB")
    figures.tell("memory_over_bare_first", first - floor, "MB", "<= 60")
    figures.tell("memory_over_bare_last", last - floor, "MB", "<= 60")
    figures.write(options.json)


if __name__ == "__main__":
    main()
