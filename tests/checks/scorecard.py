"""How often each check is right when it speaks, by the hand-made cases under tests/cases.

`python tests/checks/scorecard.py` writes a Markdown table of the main files, with `--aside` of the files kept aside,
with `--readme` both into the README.
A case is judged by the verdicts that touch its `about`: refuted or conflicting beats supported beats silence.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(TESTS.parent))

from reader.article.model import Article, Paragraph
from reader.checks.model import Case, Verdict
from reader.checks.registry import NAMES, chosen
from reader.claims.model import Claim
from reader.claims.shallow import ShallowReader
from reader.dates import parse_iso
from reader.knowledge.build import PackBuilder
from reader.knowledge.facts import facts_from
from reader.knowledge.pack import Knowledge, Pack
from reader.knowledge.resolve import Resolver
from reader.knowledge.who import WhoReader

CASES = TESTS / "cases"
README = TESTS.parent / "README.md"
BEGIN, END = "<!-- scorecard -->", "<!-- end of scorecard -->"
WILSON_Z = 1.959964  # the two-sided 95 % interval, of which the lower end is shown
JUDGED_BY = {
    "consistency": ("consistency", "arithmetic"),
    "events": ("events", "spaceflight"),
    "relations": ("events", "spaceflight", "places", "awards", "people"),
}  # files that several checks share; every other file is named like its check
ONLY_SUPPORT = frozenset({"people", "record"})
FILES = (*(name for name in NAMES if name not in ONLY_SUPPORT), "relations")
WRONG = frozenset({"refuted", "conflicting"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case and what the check made of it: "supported", "refuted" (or conflicting) or "abstain"."""

    case: str
    expected: str
    got: str
    trap: str | None
    text: str
    about: str
    said: tuple[str, ...]

    @property
    def is_decided(self) -> bool:
        return self.got != "abstain"

    @property
    def is_right(self) -> bool:
        return self.got == self.expected

    def __str__(self) -> str:
        verdicts = "".join(f"\n      {line}" for line in self.said)
        trap = f" (trap: {self.trap})" if self.trap else ""
        judged = f"expected {self.expected}, got {self.got}"
        return f"{self.case}{trap}: {judged}, about {self.about!r} in {self.text!r}{verdicts}"


@dataclass(frozen=True, slots=True)
class Score:
    """A check's row: decided right and wrong, and the share of what should be decided that was."""

    check: str
    right: int
    wrong: int
    should: int

    @property
    def recall(self) -> float:
        return self.right / self.should if self.should else 0.0


def wilson_lower(right: int, decided: int, z: float = WILSON_Z) -> float:
    """The lower end of Wilson's score interval for `right` of `decided`; 0 where nothing was decided."""
    if not decided:
        return 0.0
    share = right / decided
    middle = share + z * z / (2 * decided)
    spread = z * math.sqrt(share * (1 - share) / decided + z * z / (4 * decided * decided))
    return (middle - spread) / (1 + z * z / decided)


def file_of(check: str, aside: bool = False) -> Path:
    """Where a check's cases are."""
    return CASES / f"{check}{'.aside' if aside else ''}.jsonl"


def rows_of(check: str, aside: bool = False) -> list[dict]:
    """Every line of a check's file: worlds and cases."""
    return [json.loads(line) for line in file_of(check, aside).read_text("utf-8").splitlines() if line.strip()]


@cache
def outcomes(check: str, aside: bool = False) -> tuple[Outcome, ...]:
    """Every case of a check's file, judged."""
    found: list[Outcome] = []
    worlds: dict[str, Knowledge] = {}
    with tempfile.TemporaryDirectory(prefix="caveat-cases-") as folder:
        for row in rows_of(check, aside):
            if "entities" in row:
                worlds[row["world"]] = _world(row, Path(folder) / f"{len(worlds)}.pack")
            else:
                found.append(_outcome(check, row, worlds.get(row.get("world", ""))))
        for world in worlds.values():
            world.close()
    return tuple(found)


def _world(row: dict, path: Path) -> Knowledge:
    with PackBuilder(path, name=row["world"]) as builder:
        builder.add(facts_from(row, row["world"]))
        builder.finish()
    return Knowledge([Pack(path)])


def _outcome(check: str, row: dict, world: Knowledge | None) -> Outcome:
    paragraphs = tuple(Paragraph(number, "body", text) for number, text in enumerate(row["text"].split("\n\n")))
    at_stake = [(p.id, at, at + len(row["about"])) for p in paragraphs if (at := p.text.find(row["about"])) >= 0]
    labels: set[str] = set()
    said: list[str] = []
    for claim, verdict in _rulings(check, paragraphs, row.get("as_of"), world):
        touches = any(
            claim.span.paragraph == p and claim.span.start < end and start < claim.span.end
            for p, start, end in at_stake
        )
        if touches:
            said.append(f"{verdict.label}: {claim.text!r}: {verdict.explanation}")
            if verdict.is_decided:
                labels.add(verdict.label)
    if check == "consistency":
        labels &= WRONG  # an article is never supported by itself
    got = "refuted" if labels & WRONG else "supported" if "supported" in labels else "abstain"
    expected = "refuted" if row["expect"] in WRONG else row["expect"]
    return Outcome(row["case"], expected, got, row.get("trap"), row["text"], row["about"], tuple(said))


def _rulings(
    name: str, paragraphs: tuple[Paragraph, ...], as_of: str | None, world: Knowledge | None
) -> Iterable[tuple[Claim, Verdict]]:
    """What the desk does for the checks of a file: read, find out who is meant, then ask, paragraph by paragraph or as a whole."""
    checks = chosen([n for n in JUDGED_BY.get(name, (name,)) if n in NAMES])
    when = parse_iso(as_of) if as_of else None
    reader = ShallowReader([check.find for check in checks])
    read = [reader.read(paragraph) for paragraph in paragraphs]
    resolver = Resolver(world, when) if world else None
    if resolver is not None:
        who = WhoReader(resolver, reader.people, when)
        for shallow in read:
            who.read(shallow.paragraph.id, shallow.paragraph.text, shallow.sentences)
    case = Case(Article(None, paragraphs), when, resolver)
    for check in checks:
        mine = [[c for c in shallow.claims if isinstance(c.parts, check.parts)] for shallow in read]
        asked = [[c for claims in mine for c in claims]] if check.whole_article else mine
        for claims in asked:
            yield from check.judge(claims, case)


def score(check: str, aside: bool = False) -> Score:
    """A check's row of the scorecard."""
    judged = outcomes(check, aside)
    decided = [o for o in judged if o.is_decided]
    right = sum(o.is_right for o in decided)
    return Score(check, right, len(decided) - right, sum(o.expected != "abstain" for o in judged))


def table(aside: bool = False) -> str:
    """The scorecard as a Markdown table."""
    lines = [
        "| check | decided right | decided wrong | Wilson 95 % lower bound | recall |",
        "|---|---:|---:|---:|---:|",
    ]
    for check in FILES:
        row = score(check, aside)
        bound = wilson_lower(row.right, row.right + row.wrong)
        lines.append(f"| {check} | {row.right} | {row.wrong} | {bound:.1%} | {row.recall:.0%} |")
    return "\n".join(lines) + "\n"


def both() -> str:
    """Main and aside files side by side: what the README shows."""
    lines = [
        "| check | decided right / wrong | Wilson 95 % lower bound | recall | aside: right / wrong | recall |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for check in FILES:
        main, aside = score(check), score(check, aside=True)
        bound = wilson_lower(main.right, main.right + main.wrong)
        lines.append(
            f"| `{check}` | {main.right} / {main.wrong} | {bound:.1%} | {main.recall:.0%} "
            f"| {aside.right} / {aside.wrong} | {aside.recall:.0%} |"
        )
    return "\n".join(lines) + "\n"


def in_readme(text: str) -> str:
    """A README with the table between its marks as it is now."""
    first, last = text.index(BEGIN) + len(BEGIN), text.index(END)
    return f"{text[:first]}\n\n{both()}\n{text[last:]}"


def main() -> int:
    """Write the table to standard output, or into the README."""
    words = sys.argv[1:]
    if set(words) - {"--aside", "--readme"}:
        sys.stderr.write("usage: python tests/checks/scorecard.py [--aside | --readme]\n")
        return 2
    if "--readme" in words:
        README.write_text(in_readme(README.read_text("utf-8")), "utf-8")
    else:
        sys.stdout.write(table(aside="--aside" in words))
    return 0


if __name__ == "__main__":
    sys.exit(main())
