"""For packs.py: opens two packs and looks 10,000 entities of the first up, at random; times in ms go out as JSON."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from _shared import percentile
from packs import name_of

from reader.knowledge.names import normal
from reader.knowledge.pack import Pack


def opening(path: Path) -> list[float]:
    """Opening it and asking for one entity, five times."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        pack = Pack(path)
        pack.entity("Q10000001")
        times.append((time.perf_counter() - began) * 1000)
        pack.close()
    return times


def asking(ask: Callable[[str], object], keys: list[str]) -> list[float]:
    """p50, p95 and the worst of asking for each key."""
    times = []
    for key in keys:
        began = time.perf_counter()
        found = ask(key)
        times.append((time.perf_counter() - began) * 1000)
        assert found, key
    return [percentile(times, 50), percentile(times, 95), max(times)]


def main() -> None:
    """Measure the packs argv[1] and argv[2]; the first holds argv[3] entities, of which argv[4] are asked for."""
    big, small, count, asked = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    dice = random.Random(11)
    numbers = [dice.randrange(count) for _ in range(asked)]
    ids = [f"Q{10_000_000 + n}" for n in numbers]
    told: dict[str, list[float]] = {"open": opening(big), "open_small": opening(small)}
    pack = Pack(big)
    told["name"] = asking(pack.named, [normal(name_of(n)) for n in numbers])
    told["id"] = asking(pack.entity, ids)
    told["statements"] = asking(pack.statements, ids)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
