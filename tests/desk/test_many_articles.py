"""A thousand articles through one process: what is remembered of one must not pile up with the next.

`python tests/desk/test_many_articles.py [SHARE]` runs that share of them and writes the figures.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
ARTICLES = 1_000
FEWEST = 20
SEED = 20_221
MOST_GROWTH = 1.1
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class NoWorker:
    """Stands in for the language process: it is there and parses nothing."""

    pid = None

    def __init__(self, model: str) -> None:
        self.model = model

    async def start(self) -> None:
        """At once."""

    async def parse(self, requests: Iterable[object]) -> AsyncIterator[object]:
        """No clause is found."""
        nothings: tuple[object, ...] = ()
        for nothing in nothings:
            yield nothing

    async def close(self) -> None:
        """Nothing to end."""


def case_texts() -> list[str]:
    """The texts of all the hand-made cases and true paragraphs, and the paragraphs of the whole articles."""
    found: list[str] = []
    for file in sorted(CASES.glob("*.jsonl")):
        rows = (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())
        found += [row["text"] for row in rows if "text" in row]
    for file in sorted((CASES / "articles").glob("*.md")):
        found += [block for block in file.read_text("utf-8").split("\n\n") if len(block) > 80]
    return found


def made(texts: list[str], number: int) -> tuple[bytes, str]:
    """The article of that number and its day: texts in another mixture, some of their years moved."""
    chance = random.Random(SEED * 10_000 + number)
    blocks = chance.sample(texts, chance.randint(6, 14))
    shift = chance.randint(-9, 9)
    moved = [_YEAR.sub(lambda year: str(int(year[0]) + shift), b) if chance.random() < 0.3 else b for b in blocks]
    day = f"{chance.randint(1990, 2023)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    return "\n\n".join((f"Article {number} of {chance.randint(1, 10**9)}", *moved)).encode(), day


def soak(share: float) -> dict[str, float]:
    """Examine a share of the articles one after another; the figures, memory in bytes."""
    import reader.desk
    from reader.article.load import load_bytes

    setattr(reader.desk, "LanguageWorker", NoWorker)  # noqa: B010 - the desk does not export it
    texts, own = case_texts(), psutil.Process()
    total = max(FEWEST, round(ARTICLES * share))
    labels: Counter[str] = Counter()
    memory: list[int] = []
    failures = 0
    for number in range(total):
        data, day = made(texts, number)
        result = asyncio.run(reader.desk.examine(load_bytes(data, name=f"{number}.txt", as_of=day)))
        labels.update(v.label for r in result.claims for v in r.verdicts if v.is_decided)
        failures += len(result.failures)
        del result
        if (number + 1) % (total // 10) == 0:
            gc.collect()
            memory.append(own.memory_info().rss)
    figures: dict[str, float] = {"articles": total, "failures": failures, **labels, "files": own.num_fds()}
    figures |= {f"rss {number + 1}/10": size for number, size in enumerate(memory[:10])}
    return figures | {"first": memory[0], "last": memory[-1], "growth": memory[-1] / memory[0]}


@pytest.mark.soak
def test_a_thousand_articles_in_one_process_leave_its_memory_flat(cache_home: Path) -> None:
    share = os.environ.get("CAVEAT_SOAK_SHARE", "0.05")
    command = [sys.executable, str(Path(__file__)), share]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1_800, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["articles"] == max(FEWEST, round(ARTICLES * float(share)))
    assert not figures["failures"], figures
    assert figures["supported"], figures
    assert figures["refuted"], figures
    assert figures["growth"] <= MOST_GROWTH, figures


def main() -> int:
    """Run, and write the figures to standard output."""
    sys.path.insert(0, str(ROOT))
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    sys.stdout.write(f"{json.dumps(soak(share), indent=1)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
