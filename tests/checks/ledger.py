"""Every verdict on a heap of articles, one a line: what `diff` needs to compare two commits.

`python tests/checks/ledger.py FOLDER_OR_FILES…` examines each article with the built-in pack, as of the day that the
article itself gives, and writes file, paragraph, label, check, claim and explanation between tabs, sorted, and the
totals of each file. Nothing is parsed: verdicts come from the words alone, so the same commit writes the same lines.
Claims that no check took up are left out.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import reader.desk
from reader.article.load import ArticleError, load_path
from reader.findings import ClaimRecord, Examination

ARTICLES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"})
LABELS = ("supported", "refuted", "conflicting", "not-enough-evidence", "not-checkable")
NOBODY = "claims"  # who speaks where no check has


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


def articles_in(places: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and every article below a folder; each once, in one order."""
    found: set[Path] = set()
    for place in places:
        if place.is_dir():
            found.update(p for p in place.rglob("*") if p.suffix.lower() in ARTICLES and p.is_file())
        else:
            found.add(place)
    yield from sorted(found)


def ledger(places: Sequence[Path]) -> Iterator[str]:
    """The lines of every article, one after another. An article that cannot be read has a line that says so."""
    for path in articles_in(places):
        shown = path.as_posix()
        try:
            article = load_path(path)
        except ArticleError as error:
            yield _line(shown, "", "unreadable", "", "", str(error))
            continue
        yield from _lines(shown, asyncio.run(reader.desk.examine(article)))


def _lines(shown: str, result: Examination) -> Iterator[str]:
    as_of = result.article.as_of
    yield _line(shown, "", "as of", "", as_of.date.iso if as_of.date else "unknown", as_of.source)
    for failure in result.failures:
        yield _line(shown, "", "failed", "", failure.stage, failure.reason)
    counts: Counter[str] = Counter()
    rows: list[tuple[int, str]] = []
    for record in result.claims:
        for label, line in _verdicts(shown, record):
            counts[label] += 1
            rows.append((record.claim.span.paragraph, line))
    yield from (line for _, line in sorted(rows))
    totals = ", ".join(f"{counts[label]} {label}" for label in LABELS)
    yield _line(shown, "", "totals", "", f"{len(result.claims)} claims", totals)


def _verdicts(shown: str, record: ClaimRecord) -> Iterator[tuple[str, str]]:
    """Label and line of each verdict on a claim, paragraphs counted from 1 as on the screen."""
    claim = record.claim
    for verdict in record.verdicts:
        if verdict.check != NOBODY:
            paragraph = str(claim.span.paragraph + 1)
            yield (
                verdict.label,
                _line(shown, paragraph, verdict.label, verdict.check, claim.text, verdict.explanation),
            )


def _line(*fields: str) -> str:
    return "\t".join(" ".join(field.split()) for field in fields)


def main() -> int:
    """Write the ledger to standard output."""
    words = sys.argv[1:]
    places = [Path(word) for word in words]
    if not words or any(word.startswith("-") for word in words) or not all(place.exists() for place in places):
        sys.stderr.write("usage: python tests/checks/ledger.py FOLDER_OR_FILES...\n")
        return 2
    setattr(reader.desk, "LanguageWorker", NoWorker)  # noqa: B010 - the desk does not export it
    for line in ledger(places):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
