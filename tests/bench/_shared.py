"""What the benchmarks share: a real terminal (pty) around a process, made-up articles, and how figures are told.

Nothing here judges by the clock: every script prints what it measured and ends with status 0. A figure is a ratio or a
difference of two things measured in turn in one run, so that a slow or busy machine moves both.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import pty
import random
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
BENCH = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

COLUMNS, ROWS = 120, 40
OPENING_WORDS = "Harbour clerks counted forty crates"
_WHO = [
    "Vladimir Putin",
    "Bill Nelson",
    "Angela Merkel",
    "Frank Rubio",
    "the finance ministry",
    "NASA",
    "the port's owners",
]
_WHERE = ["in Geneva", "in Washington", "at the northern depot", "in Lagos", "on the coast", "near the old bridge"]
_DID = [
    "said that the programme had cost {n} million dollars since {y}",
    "opened the new building on {d} March {y} before a small crowd",
    "was elected in {y} with {p} percent of the vote",
    "counted {n} visitors, {p} more than in {y}",
    "told reporters that nobody had expected the change so soon",
    "moved the archive from one cellar to another without much noise",
    "wants to keep the ferry running until the spring of {y}",
]


def arguments(description: str | None) -> argparse.Namespace:
    """The options that every benchmark takes."""
    parser = argparse.ArgumentParser(description=(description or "").split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="small sizes: only to see that it works")
    parser.add_argument("--json", type=Path, metavar="PATH", help="write the figures there too")
    return parser.parse_args()


@dataclass
class Figures:
    """What was measured: told as lines, kept as JSON."""

    name: str
    quick: bool
    values: dict[str, float | int | str] = field(default_factory=dict)

    def tell(self, key: str, value: float | int | str, unit: str = "", goal: str = "") -> None:
        """Keep a figure and print its line."""
        self.values[key] = round(value, 6) if isinstance(value, float) else value
        shown = f"{value:,.3f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
        print(f"{self.name}: {key} {shown}{' ' + unit if unit else ''}{f'  (goal {goal})' if goal else ''}", flush=True)

    def write(self, path: Path | None) -> None:
        """Write the figures to `path`, if one was given."""
        if path:
            path.write_text(json.dumps({"benchmark": self.name, "quick": self.quick, **self.values}, indent=1) + "\n")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` percent of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share / 100 * len(ordered) + 0.5) - 1))]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


@contextlib.contextmanager
def workplace() -> Iterator[tuple[Path, dict[str, str]]]:
    """An empty folder and an environment whose settings, cache and data lie in it."""
    with tempfile.TemporaryDirectory(prefix="caveat-bench-") as name:
        folder = Path(name)
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("CAVEAT_", "TEXTUAL")) and k not in ("NO_COLOR", "COLUMNS", "LINES")
        }
        homes = {f"XDG_{what}_HOME": str(folder / what.lower()) for what in ("CACHE", "CONFIG", "DATA", "STATE")}
        yield folder, {**kept, **homes, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)}


def compile_pack(env: Mapping[str, str]) -> None:
    """Put the compiled built-in pack into that environment's cache."""
    subprocess.run(
        [sys.executable, "-m", "reader.knowledge.builtin"], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


def made_up_paragraph(dice: random.Random, words: int = 70) -> str:
    """So many words of plain news prose with names, dates and numbers in it."""
    said: list[str] = []
    while len(said) < words:
        act = dice.choice(_DID).format(
            n=dice.randint(2, 900), y=dice.randint(1950, 2024), d=dice.randint(1, 28), p=dice.randint(2, 90)
        )
        who = dice.choice(_WHO)
        said += f"{who[0].upper()}{who[1:]} {act} {dice.choice(_WHERE)}.".split()
    return " ".join(said[:words]).rstrip(".,") + "."


def made_up_article(paragraphs: int, seed: int = 1) -> str:
    """A plain-text article; its first paragraph begins with OPENING_WORDS."""
    dice = random.Random(seed)
    return (
        "\n\n".join(
            [
                f"{OPENING_WORDS} {made_up_paragraph(dice, 65)}",
                *(made_up_paragraph(dice) for _ in range(paragraphs - 1)),
            ]
        )
        + "\n"
    )


class Terminal:
    """A process in a pty of its own; everything that it writes is read here, with the time of each read."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.output = bytearray()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=dict(env), cwd=ROOT, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        """End this process's own session, its language worker with it."""
        with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
            workers = psutil.Process(self.process.pid).children(recursive=True)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            while any(_runs(worker) for worker in workers):
                time.sleep(0.005)
        os.close(self._master)

    def read(self, seconds: float) -> float | None:
        """Read what comes within `seconds`; the time it came, or None when nothing did."""
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return None
        try:
            chunk = os.read(self._master, 65536)
        except OSError:
            chunk = b""
        if not chunk:
            raise RuntimeError(f"the process ended: {bytes(self.output[-600:])!r}")
        self.output += chunk
        return time.monotonic()

    def write(self, keys: str) -> float:
        """Press keys; the time just before."""
        now = time.monotonic()
        os.write(self._master, keys.encode())
        return now

    def wait_for(self, words: str, seconds: float = 120.0, since: int = 0) -> float:
        """The time at which `words` had been written (looked for in what was written after byte `since`)."""
        wanted, until = words.encode(), time.monotonic() + seconds
        came = time.monotonic()
        while self.output.find(wanted, since) < 0:
            since = max(since, len(self.output) - len(wanted))
            came = self.read(until - time.monotonic()) or 0.0
            if not came:
                raise RuntimeError(f"{words!r} did not come within {seconds:.0f} s: {bytes(self.output[-400:])!r}")
        return came

    def wait_quiet(self, silence: float, last: float | None = None, seconds: float = 30.0) -> float | None:
        """Read until nothing came for `silence` seconds; the time of the last that came."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and (came := self.read(silence)) is not None:
            last = came
        return last


def _runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def in_turn(pairs: int, first: Callable[[], float], second: Callable[[], float]) -> tuple[list[float], list[float]]:
    """Measure both so many times, the one first in every other pair, after a pair that does not count."""
    firsts, seconds = [], []
    for number in range(pairs + 1):
        order = [(first, firsts), (second, seconds)]
        for measure, kept in order if number % 2 else order[::-1]:
            kept.append(measure())
    return firsts[1:], seconds[1:]
