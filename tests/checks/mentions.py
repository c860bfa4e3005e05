"""How often it is right who is meant: hand-labelled mentions under tests/cases.

`python tests/checks/mentions.py` prints precision and recall of the main file, with `--aside` of the one kept aside,
with `--each` every mention that is wrong or missed. A label of null must be left open.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).resolve().parents[1] / "cases"
if __name__ == "__main__":
    sys.path.insert(0, str(CASES.parents[1]))

from reader.article.model import Paragraph, Span
from reader.claims.shallow import ShallowReader
from reader.dates import parse_iso
from reader.knowledge.build import PackBuilder
from reader.knowledge.facts import facts_from
from reader.knowledge.pack import Knowledge, Pack
from reader.knowledge.resolve import Resolver
from reader.knowledge.who import WhoReader


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled mention: whom it means, and whom it was taken for."""

    case: str
    text: str
    meant: str | None
    taken: str | None
    context: str

    @property
    def is_right(self) -> bool:
        """Taken for the one meant."""
        return self.taken is not None and self.taken == self.meant


def judged(aside: bool = False) -> list[Judged]:
    """Every labelled mention of a file."""
    found: list[Judged] = []
    worlds: dict[str, Knowledge] = {}
    path = CASES / f"mentions{'.aside' if aside else ''}.jsonl"
    with tempfile.TemporaryDirectory(prefix="caveat-mentions-") as folder:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if "entities" in row:
                worlds[row["world"]] = _world(row, Path(folder) / f"{len(worlds)}.pack")
            else:
                found += _text(row, worlds[row["world"]])
        for world in worlds.values():
            world.close()
    return found


def _world(row: dict, path: Path) -> Knowledge:
    with PackBuilder(path, name=row["world"]) as builder:
        builder.add(facts_from(row, row["world"]))
        builder.finish()
    return Knowledge([Pack(path)])


def _text(row: dict, world: Knowledge) -> list[Judged]:
    """What the desk does to find out who is meant, and each label beside it."""
    paragraphs = [Paragraph(n, "body", text) for n, text in enumerate(row["text"].split("\n\n"))]
    reader = ShallowReader()
    read = [reader.read(p) for p in paragraphs]
    resolver = Resolver(world, parse_iso(row["as_of"]))
    who = WhoReader(resolver, reader.people, parse_iso(row["as_of"]))
    mentions = [m for s in read for m in who.read(s.paragraph.id, s.paragraph.text, s.sentences)]
    found = []
    for label in row["mentions"]:
        span = _place(row["text"], label["text"], label["nth"])
        taken = max((m for m in mentions if _is_at(m.span, span)), key=lambda m: _shared(m.span, span), default=None)
        around = row["text"][: _offset(row["text"], span) + 60][-160:]
        found.append(Judged(row["id"], label["text"], label["entity"], taken.entity.id if taken else None, around))
    return found


def _place(text: str, words: str, nth: int) -> Span:
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1 if at >= 0 else 0)
    before = text[:at]
    paragraph = before.count("\n\n")
    start = at - (before.rfind("\n\n") + 2 if paragraph else 0)
    return Span(paragraph, start, start + len(words))


def _offset(text: str, span: Span) -> int:
    parts = text.split("\n\n")
    return sum(len(p) + 2 for p in parts[: span.paragraph]) + span.start


def _is_at(one: Span, other: Span) -> bool:
    """Whether two spans share more than half of the longer one."""
    return _shared(one, other) > 0.5


def _shared(one: Span, other: Span) -> float:
    """How much of the longer of two spans both cover."""
    if one.paragraph != other.paragraph:
        return 0.0
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / max(one.end - one.start, other.end - other.start)


def main() -> int:
    """Judge and print."""
    words = sys.argv[1:]
    if set(words) - {"--aside", "--each"}:
        sys.stderr.write("usage: python tests/checks/mentions.py [--aside] [--each]\n")
        return 2
    rows = judged("--aside" in words)
    if "--each" in words:
        for row in rows:
            if not row.is_right and (row.taken or row.meant):
                kind = "WRONG " if row.taken else "missed"
                sys.stdout.write(
                    f"{kind} {row.case} {row.text!r}: {row.meant}, taken for {row.taken} | …{row.context!r}\n"
                )
    taken = [r for r in rows if r.taken is not None]
    right = sum(r.is_right for r in rows)
    meant = sum(r.meant is not None for r in rows)
    sys.stdout.write(f"mentions: {len(rows)} labelled, {meant} of them known\n")
    sys.stdout.write(f"precision: {right} of {len(taken)}, {right / max(1, len(taken)):.1%}\n")
    sys.stdout.write(f"recall: {right} of {meant}, {right / max(1, meant):.1%}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
