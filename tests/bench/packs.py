"""A pack of 1,000,000 made-up entities: memory while building, time, size; then opening it and looking things up.

The entities come from a file on disk in the shape of Wikidata's dump (one entity a line, with aliases,
statements, qualifiers and references), made before and not counted. `python -m reader pack build` runs as a
process of its own; its RSS and its place in the input file (/proc) are looked at every 0.2 s: RSS at 10 %, 50
% and 100 % of the input, and the most while the indexes are made. Then a new process (`_pack_child.py`) opens
the pack and a small one, five times each, and asks 10,000 times each for a name, for an id and for an id's
statements, at random (the file is fresh in the page cache). Goals: RSS flat, p95 of a look-up at most 1 ms,
opening as quick as with the small pack.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil
from _shared import BENCH, ROOT, Figures, arguments, median, workplace

_MB = 1024 * 1024
_SMALL = 1000
_FIRST = ["Anna", "Boris", "Chinua", "Dora", "Emeka", "Farid", "Greta", "Hiro", "Ines", "Jorge"]


def name_of(number: int) -> str:
    """The label of an entity: one in a hundred shares its name with others."""
    return f"{_FIRST[number % 10]} {_FIRST[number // 10 % 10]}son {number if number % 100 else number // 1000}"


def _snak(prop: str, kind: str, value: object) -> dict[str, object]:
    return {"snaktype": "value", "property": prop, "datavalue": {"type": kind, "value": value}}


def _time(year: int) -> dict[str, object]:
    return {
        "time": f"+{year}-03-01T00:00:00Z",
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": 11,
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    }


def _item(number: int) -> dict[str, object]:
    return {"entity-type": "item", "numeric-id": number, "id": f"Q{number}"}


def _claim(
    entity: str, number: int, snak: dict[str, object], qualifiers: dict[str, list[object]] | None = None
) -> dict[str, object]:
    reference = {
        "hash": "0" * 40,
        "snaks": {"P248": [_snak("P248", "wikibase-entityid", _item(36578))]},
        "snaks-order": ["P248"],
    }
    claim = {
        "mainsnak": snak,
        "type": "statement",
        "id": f"{entity}$00000000-0000-4000-8000-{number:012d}",
        "rank": "normal",
        "references": [reference],
    }
    return claim | ({"qualifiers": qualifiers} if qualifiers else {})


def entity(number: int) -> dict[str, object]:
    """A person as the dump has one: five statements that Caveat keeps, one with a term, and one that it does not."""
    own, year = f"Q{10_000_000 + number}", 1900 + number % 100
    term = {"P580": [_snak("P580", "time", _time(year + 40))], "P582": [_snak("P582", "time", _time(year + 44))]}
    claims = {
        "P31": [_claim(own, 1, _snak("P31", "wikibase-entityid", _item(5)))],
        "P569": [_claim(own, 2, _snak("P569", "time", _time(year)))],
        "P27": [_claim(own, 3, _snak("P27", "wikibase-entityid", _item(100 + number % 200)))],
        "P106": [_claim(own, 4, _snak("P106", "wikibase-entityid", _item(1000 + number % 500)))],
        "P39": [_claim(own, 5, _snak("P39", "wikibase-entityid", _item(20_000 + number % 5000)), term)],
        "P214": [_claim(own, 6, _snak("P214", "string", f"{number:09d}"))],
    }
    label = name_of(number)
    return {
        "type": "item", "id": own, "lastrevid": number, "modified": "2025-01-01T00:00:00Z",
        "labels": {"en": {"language": "en", "value": label}, "de": {"language": "de", "value": label}},
        "descriptions": {"en": {"language": "en", "value": f"politician, born {year}"}},
        "aliases": {"en": [{"language": "en", "value": f"{label} the {'Elder' if number % 2 else 'Younger'}"}]},
        "claims": claims,
        "sitelinks": {"enwiki": {"site": "enwiki", "title": f"{label} (politician)", "badges": []}},
    }  # fmt: skip


def write_entities(path: Path, count: int) -> None:
    """The input file, as the dump is written: an array with one entity a line."""
    with path.open("w", encoding="utf-8") as out:
        out.write("[\n")
        for number in range(count):
            out.write(json.dumps(entity(number), separators=(",", ":")) + (",\n" if number < count - 1 else "\n"))
        out.write("]\n")


def place_in(pid: int, path: Path) -> int | None:
    """How many bytes of the file the process has read, or None when it does not have it open."""
    try:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            if link.readlink() == path:
                return int(Path(f"/proc/{pid}/fdinfo/{link.name}").read_text().split()[1])
    except OSError:
        return None
    return None


def build(source: Path, out: Path, env: Mapping[str, str]) -> tuple[float, list[tuple[float, float]]]:
    """Seconds, and samples of (share of the input read, RSS in MB); a share over 1 means that the input was closed."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", "pack", "build", str(out), "--entities", str(source)],
        env=dict(env), cwd=ROOT, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    size, samples, watched = source.stat().st_size, [], psutil.Process(process.pid)
    while process.poll() is None:
        at = place_in(process.pid, source.resolve())
        share = at / size if at is not None else 2.0 if samples and samples[-1][0] > 0 else 0.0
        try:
            samples.append((share, watched.memory_info().rss / _MB))
        except psutil.Error:
            break
        time.sleep(0.2)
    if process.wait():
        raise RuntimeError("the pack could not be built")
    return time.monotonic() - began, samples


def rss_at(samples: list[tuple[float, float]], share: float) -> float:
    """RSS when that share of the input had been read (the nearest sample before the input was closed)."""
    return min((s for s in samples if 0 < s[0] <= 1), key=lambda s: abs(s[0] - share))[1]


def tell_building(
    figures: Figures, seconds: float, samples: list[tuple[float, float]], source: Path, out: Path
) -> None:
    """What the building took."""
    read_for = sum(1 for share, _ in samples if share <= 1) / len(samples)
    figures.tell("input", source.stat().st_size / _MB, "MB")
    figures.tell("build", seconds, "s")
    figures.tell("build_of_which_reading", seconds * read_for, "s")
    figures.tell("pack_size", out.stat().st_size / _MB, "MB")
    for share in (10, 50, 100):
        figures.tell(f"rss_at_{share}", rss_at(samples, share / 100), "MB")
    figures.tell("rss_last_over_first", rss_at(samples, 1.0) / rss_at(samples, 0.1), goal="flat")
    figures.tell("rss_most_while_indexing", max((rss for share, rss in samples if share > 1), default=0.0), "MB")
    figures.tell("rss_most", max(rss for _, rss in samples), "MB")


def look_up(figures: Figures, out: Path, small: Path, count: int, env: Mapping[str, str]) -> None:
    """Opening and looking up, in a new process."""
    command = [sys.executable, str(BENCH / "_pack_child.py"), str(out), str(small), str(count), str(min(count, 10_000))]
    found = json.loads(
        subprocess.run(command, env=dict(env), cwd=ROOT, check=True, capture_output=True, text=True).stdout
    )
    for what in ("name", "id", "statements"):
        figures.tell(f"{what}_p50", found[what][0], "ms")
        figures.tell(f"{what}_p95", found[what][1], "ms", "<= 1")
        figures.tell(f"{what}_worst", found[what][2], "ms")
    figures.tell("open", median(found["open"]), "ms")
    figures.tell("open_small_pack", median(found["open_small"]), "ms")
    figures.tell("open_ratio", median(found["open"]) / median(found["open_small"]))


def main() -> None:
    """Measure and tell."""
    options = arguments(__doc__)
    figures = Figures("packs", options.quick)
    count = 50_000 if options.quick else 1_000_000
    with workplace() as (folder, env):
        source, small_source, out, small = (
            folder / name for name in ("in.json", "small.json", "out.pack", "small.pack")
        )
        write_entities(source, count)
        write_entities(small_source, _SMALL)
        figures.tell("entities", count)
        build(small_source, small, env)
        tell_building(figures, *build(source, out, env), source, out)
        look_up(figures, out, small, count, env)
    figures.write(options.json)


if __name__ == "__main__":
    main()
