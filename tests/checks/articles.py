"""How often verdicts are right on whole articles at a news base rate: those under tests/cases/articles.

`python tests/checks/articles.py` judges the main articles, with `--more` those written later, with `--aside` those kept
aside, with `--each` every verdict that is wrong or that no label speaks of and every label left open. Each article is examined whole, with its own world as the only
pack. A supported verdict speaks for every label that its claim covers, or else for the one that it overlaps most,
and is wrong if one of them is false; of refuted and conflicting ones any false or conflicting label that they touch
will do.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reader.article.load import load_bytes
from reader.article.model import Article
from reader.checks.model import Verdict
from reader.claims.model import Claim
from reader.desk import DeskOptions, examine
from reader.findings import Examination
from reader.knowledge.build import PackBuilder
from reader.knowledge.facts import facts_from

ARTICLES = Path(__file__).resolve().parents[1] / "cases" / "articles"
WRONG = ("refuted", "conflicting")
COVERED = 0.9  # of a label's words: a claim that holds so much of them speaks for it


@dataclass(frozen=True, slots=True)
class Label:
    """One hand-labelled claim: its place in the article, whether it is true, and whether its world decides it."""

    paragraph: int
    start: int
    end: int
    quote: str
    is_true: bool
    is_decidable: bool
    conflicts: bool
    by: str
    note: str

    def overlap(self, claim: Claim) -> int:
        """How many characters it shares with a claim."""
        span = claim.span
        return min(self.end, span.end) - max(self.start, span.start) if span.paragraph == self.paragraph else 0


@dataclass(slots=True)
class Tally:
    """What came of an article, or of all of them."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    unlabelled: int = 0
    decidable: int = 0
    decided: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in another tally."""
        self.right += other.right
        self.wrong += other.wrong
        self.unlabelled += other.unlabelled
        self.decidable += other.decidable
        self.decided += other.decided
        self.lines += other.lines


def slugs(part: str = "main") -> list[str]:
    """The articles' names: the main ones, "more", or those kept "aside"."""
    return sorted(p.stem for p in ARTICLES.glob(f"{part}-*.json"))


def read(slug: str, folder: Path) -> tuple[Article, DeskOptions, list[Label]]:
    """An article, its world as a pack in `folder`, and its labels at their places."""
    sheet = json.loads((ARTICLES / f"{slug}.json").read_text("utf-8"))
    article = load_bytes((ARTICLES / f"{slug}.md").read_bytes(), name=f"{slug}.md", as_of=sheet["as_of"])
    path = folder / f"{slug}.pack"
    with PackBuilder(path, name=slug) as builder:
        builder.add(facts_from(sheet["world"], slug))
        builder.finish()
    return article, DeskOptions(packs=(path,), builtin=False), [_label(row, article) for row in sheet["claims"]]


def _label(row: dict, article: Article) -> Label:
    quote = _plain(row["quote"])
    for paragraph in article.paragraphs:
        at = paragraph.text.find(quote)
        if at >= 0:
            flags = (row["truth"] == "true", bool(row["decidable"]), bool(row.get("conflicts")))
            return Label(paragraph.id, at, at + len(quote), quote, *flags, row.get("by", ""), row.get("note", ""))
    raise ValueError(f"{row['quote']!r} is not in the article")


def _plain(quote: str) -> str:
    """A quote of the Markdown as the reader sees it."""
    return " ".join(quote.replace("**", "").replace("*", "").replace("> ", "").lstrip("#-0123456789. ").split())


def judge(slug: str) -> Tally:
    """Examine one article and hold its verdicts against its labels."""
    with tempfile.TemporaryDirectory(prefix="caveat-articles-") as folder:
        article, options, labels = read(slug, Path(folder))
        result = asyncio.run(examine(article, options))
    return held(slug, result, labels)


def held(slug: str, result: Examination, labels: list[Label]) -> Tally:
    """All verdicts of an examination held against labels."""
    tally = Tally(decidable=sum(x.is_decidable for x in labels))
    hit: set[int] = set()
    for record in result.claims:
        for verdict in record.verdicts:
            if verdict.is_decided:
                hit |= _hold(slug, record.claim, verdict, labels, tally)
    tally.decided = sum(labels[number].is_decidable for number in hit)
    for number, label in enumerate(labels):
        if label.is_decidable and number not in hit:
            tally.lines.append(f"open    {slug}: {label.quote!r} ({label.is_true}, {label.by}): {label.note}")
    return tally


def _hold(slug: str, claim: Claim, verdict: Verdict, labels: list[Label], tally: Tally) -> set[int]:
    """Count a verdict as right, wrong or unlabelled; which labels it has decided rightly."""
    touched = sorted((-x.overlap(claim), n) for n, x in enumerate(labels) if x.overlap(claim) > 0)
    said = f"{verdict.label} {slug}: {claim.text!r}: {verdict.explanation}"
    if not touched:
        tally.unlabelled += 1
        tally.lines.append(f"unlabelled {said}")
        return set()
    numbers = [n for _, n in touched]
    if verdict.label in WRONG:
        fitting = [n for n in numbers if not labels[n].is_true or labels[n].conflicts]
        failing = [] if fitting else numbers
    else:
        spoken = [n for n in numbers if labels[n].overlap(claim) >= COVERED * len(labels[n].quote)] or numbers[:1]
        fitting, failing = ([n for n in spoken if labels[n].is_true is truth] for truth in (True, False))
    if not failing:
        tally.right[verdict.label] += 1
        return set(fitting)
    tally.wrong[verdict.label] += 1
    tally.lines.append(f"WRONG {said} | {labels[failing[0]].quote!r}: {labels[failing[0]].note}")
    return set()


def main() -> int:
    """Judge and print."""
    words = sys.argv[1:]
    if set(words) - {"--aside", "--more", "--each"}:
        sys.stderr.write("usage: python tests/checks/articles.py [--aside | --more] [--each]\n")
        return 2
    whole = Tally()
    for slug in slugs("aside" if "--aside" in words else "more" if "--more" in words else "main"):
        whole.add(judge(slug))
    if "--each" in words:
        sys.stdout.write("\n".join(whole.lines) + "\n")
    for label in ("supported", "refuted", "conflicting"):
        right, wrong = whole.right[label], whole.wrong[label]
        sys.stdout.write(f"{label}: {right} right, {wrong} wrong\n")
    sys.stdout.write(f"unlabelled: {whole.unlabelled}\n")
    sys.stdout.write(f"decided of the decidable: {whole.decided} of {whole.decidable}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
