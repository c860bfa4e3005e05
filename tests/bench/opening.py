"""Opening 5,000 paragraphs of 70 words: from the article's bytes to the painted pane, and the memory it takes.

Time: `_open_child.py` imports everything, notes the time, then loads the bytes, makes the app and runs it in a pty; the
time ends when the first paragraph's first words have come out of the pty (one clock, CLOCK_MONOTONIC, for both
processes). It tells too how much of that was loading. Memory: RSS of `python -m reader FILE` (its own process, without
the language worker) right after that first frame and again 5 s later, while the checking runs, less the RSS of the bare
app showing one such paragraph, after its first frame. Medians of 7. Goals: 0.5 s, and 40 MB over the bare app.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil
from _shared import BENCH, OPENING_WORDS, Figures, Terminal, arguments, compile_pack, made_up_article, median, workplace

_MB = 1024 * 1024


def opened_in(article: Path, env: Mapping[str, str], notes: Path) -> tuple[float, float]:
    """Seconds from bytes to frame, and from bytes to the loaded article."""
    with Terminal([sys.executable, str(BENCH / "_open_child.py"), str(article), str(notes)], env) as terminal:
        painted = terminal.wait_for(OPENING_WORDS)
        began, loaded = map(float, notes.read_text().split())
    return painted - began, loaded - began


def rss_of(command: list[str], env: Mapping[str, str], later: float = 0.0) -> tuple[float, float]:
    """RSS in MB at the first frame, and `later` seconds after it."""
    with Terminal([sys.executable, *command], env) as terminal:
        terminal.wait_for(OPENING_WORDS)
        process = psutil.Process(terminal.process.pid)
        first = process.memory_info().rss
        until = time.monotonic() + later
        while time.monotonic() < until:
            terminal.read(until - time.monotonic())
        return first / _MB, process.memory_info().rss / _MB


def main() -> None:
    """Measure and tell."""
    options = arguments(__doc__)
    figures = Figures("opening", options.quick)
    count, times = (500, 3) if options.quick else (5000, 7)
    with workplace() as (folder, env):
        compile_pack(env)
        big, small, notes = folder / "big.txt", folder / "small.txt", folder / "notes"
        big.write_text(made_up_article(count), "utf-8")
        small.write_text(made_up_article(1), "utf-8")
        opened = [opened_in(big, env, notes) for _ in range(times + 1)][1:]
        opened_small = [opened_in(small, env, notes) for _ in range(times + 1)][1:]
        mine = [
            rss_of(["-m", "reader", str(big), "--offline"], env, 1.0 if options.quick else 5.0) for _ in range(times)
        ]
        tiny = [rss_of(["-m", "reader", str(small), "--offline"], env) for _ in range(times)]
        bare = [rss_of([str(BENCH / "bare_app.py"), str(small)], env) for _ in range(times)]
    rss, late = median([a for a, _ in mine]), median([b for _, b in mine])
    floor = median([a for a, _ in bare])
    figures.tell("paragraphs", count)
    figures.tell("bytes_to_frame", median([a for a, _ in opened]), "s", "<= 0.5")
    figures.tell("of_which_load", median([b for _, b in opened]), "s")
    figures.tell("bytes_to_frame_one_paragraph", median([a for a, _ in opened_small]), "s")
    figures.tell("rss_first_frame", rss, "MB")
    figures.tell("rss_first_frame_one_paragraph", median([a for a, _ in tiny]), "MB")
    figures.tell("rss_while_checking", late, "MB")
    figures.tell("rss_bare", floor, "MB")
    figures.tell("rss_over_bare", rss - floor, "MB", "<= 40")
    figures.tell("rss_over_bare_while_checking", late - floor, "MB")
    figures.write(options.json)


if __name__ == "__main__":
    main()
