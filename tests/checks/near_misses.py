"""How often a false sentence is supported that is all but true: those of tests/cases/near_misses.jsonl.

Half of the labelled claims are false in their world by what a sloppy reader would not see: the right date of the wrong
person, a start given for an end, a namesake's birth, an age right on another day. `python tests/checks/near_misses.py`
prints how many verdicts were right and wrong, with `--aside` of the file kept aside, with `--each` every wrong one.
A verdict is held against the labels as `articles.py` does it; many false labels hold a true part ("died in 2012 at 83"),
and to support that part counts as wrong here.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from types import ModuleType

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from reader.article.load import load_bytes
from reader.article.model import Article
from reader.desk import DeskOptions, examine
from reader.findings import Examination
from reader.knowledge.build import PackBuilder
from reader.knowledge.facts import facts_from

CASES = Path(__file__).resolve().parents[1] / "cases"


def rows(name: str) -> list[dict]:
    """The lines of a file of cases."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


def examined(row: dict, folder: Path) -> tuple[Article, Examination]:
    """A row's text with its own world as the only pack."""
    path = folder / "world.pack"
    path.unlink(missing_ok=True)
    with PackBuilder(path, name=row["id"]) as builder:
        builder.add(facts_from(row["world"], row["id"]))
        builder.finish()
    article = load_bytes(row["text"].encode(), name=f"{row['id']}.txt", as_of=row["as_of"])
    return article, asyncio.run(examine(article, DeskOptions(packs=(path,), builtin=False)))


def judge(articles: ModuleType, name: str = "near_misses"):
    """Every row's verdicts held against its labels."""
    whole = articles.Tally()
    with tempfile.TemporaryDirectory(prefix="caveat-near-") as folder:
        for row in rows(name):
            article, result = examined(row, Path(folder))
            labels = [_label(articles, label, article) for label in row["labels"]]
            whole.add(articles.held(row["id"], result, labels))
    return whole


def _label(articles: ModuleType, row: dict, article: Article):
    for paragraph in article.paragraphs:
        at = paragraph.text.find(row["about"])
        if at >= 0:
            flags = (row["truth"] == "true", bool(row["decidable"]), False)
            end = at + len(row["about"])
            return articles.Label(paragraph.id, at, end, row["about"], *flags, "", row.get("note", ""))
    raise ValueError(f"{row['about']!r} is not in the article")


def main() -> int:
    """Judge and print."""
    import articles

    words = sys.argv[1:]
    if set(words) - {"--aside", "--each"}:
        sys.stderr.write("usage: python tests/checks/near_misses.py [--aside] [--each]\n")
        return 2
    tally = judge(articles, "near_misses.aside" if "--aside" in words else "near_misses")
    if "--each" in words:
        sys.stdout.write("\n".join(line for line in tally.lines if line.startswith("WRONG")) + "\n")
    for label in ("supported", "refuted", "conflicting"):
        sys.stdout.write(f"{label}: {tally.right[label]} right, {tally.wrong[label]} wrong\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
