"""A full offline check of about 3,000 words against spaCy's own parse of the same words, both warm.

The article is the samples and, where they are, the shared articles, put together up to 3,000 words. A desk
starts a worker of its own and ends it; so that a warm one is measured, a `WarmDesk` hands every run the same
worker, started before, and packs that stay open (what a run looks up is remembered for that run alone).
Against it: `nlp(text)` with the whole pinned model, in a process of its own (`_spacy_child.py`) that holds
nothing else. One run of each does not count; then 7 of each in alternating order, median. Beside it: how much
of the desk's time had gone when it first asked the worker, what the same worker takes to answer the same
paragraphs when nobody does anything with the answers, what it takes to find claims in the words, what is left
for checks and for who is meant, and a cold run. Goals: at most 1.5 times the parse, of which 0.5 for those.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from _shared import BENCH, ROOT, Figures, arguments, compile_pack, median, workplace

from reader.article.load import load_bytes, load_path
from reader.article.model import Article, Paragraph
from reader.claims.shallow import ShallowReader
from reader.desk import Desk, examine
from reader.knowledge.builtin import builtin_pack
from reader.knowledge.pack import Knowledge, Pack
from reader.language.client import LanguageWorker
from reader.language.model import Parsed, ParseRequest, Refused
from reader.language.worker import PINNED_MODEL


class KeptWorker(LanguageWorker):
    """A worker that outlives the desk that uses it, and notes when it was first asked."""

    asked_at = 0.0

    async def parse(self, requests: Sequence[ParseRequest]) -> AsyncIterator[Parsed | Refused]:
        """Note the time, then parse."""
        self.asked_at = time.perf_counter()
        async for answer in super().parse(requests):
            yield answer

    async def close(self) -> None:
        """Stay."""

    async def end(self) -> None:
        """Close indeed."""
        await super().close()


class KeptPack(Pack):
    """A pack that outlives the desk that uses it."""

    def close(self) -> None:
        """Stay."""


class WarmDesk(Desk):
    """A desk whose worker is running and whose packs are open."""

    def __init__(self, article: Article, worker: KeptWorker, packs: list[Pack]) -> None:
        super().__init__(article)
        self._warm, self._open = worker, packs

    async def _start_worker(self) -> LanguageWorker:
        return self._warm

    async def _open_packs(self) -> Knowledge:
        return Knowledge(self._open)


class SpacyChild:
    """spaCy alone, in a process of its own."""

    def __init__(self, text: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(BENCH / "_spacy_child.py"), str(text)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip

    def seconds(self) -> float:
        """What one parse took there."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def end(self) -> None:
        """Close its pipe and wait."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def texts(words: int) -> Iterator[str]:
    """Paragraphs of the samples and the shared articles, about so many words in all."""
    shared = ROOT.parent / "shared" / "articles"
    paths = [
        *sorted((ROOT / "sample_articles" / "articles").glob("*.md")),
        shared / "iss-agreement.txt",
        *sorted((shared / "wikinews").glob("*.txt")),
    ]
    for path in filter(Path.is_file, paths):
        for paragraph in load_path(path).paragraphs:
            if words <= 0:
                return
            if paragraph.is_checked:
                words -= len(paragraph.text.split())
                yield paragraph.text


def desk_article(parts: list[str]) -> Article:
    """One article of these paragraphs, every one of them to be checked."""
    article = load_bytes("\n\n".join(parts).encode(), name="bench.txt", as_of="2022-07-17")
    return replace(article, language="en", paragraphs=tuple(Paragraph(n, "body", text) for n, text in enumerate(parts)))


async def run_desk(article: Article, worker: KeptWorker, packs: list[Pack]) -> tuple[float, float]:
    """Seconds of a whole run, and until the worker was first asked."""
    began = time.perf_counter()
    async for _ in WarmDesk(article, worker, packs).run():
        pass
    return time.perf_counter() - began, worker.asked_at - began


async def worker_alone(article: Article, worker: KeptWorker) -> tuple[float, float]:
    """Seconds to find the claims in the words, and then until the worker has answered to a client that only counts."""
    reader, began = ShallowReader(), time.perf_counter()
    read = [reader.read(p) for p in article.paragraphs]
    finding = time.perf_counter() - began
    requests = [ParseRequest(s.paragraph.id, s.paragraph.text, [x.start for x in s.sentences]) for s in read]
    began = time.perf_counter()
    answers = [answer async for answer in worker.parse(requests)]
    assert len(answers) == len(requests)
    return finding, time.perf_counter() - began


async def measure(figures: Figures, article: Article, text: Path, times: int) -> None:
    """Both in turn."""
    worker, packs, child = KeptWorker(PINNED_MODEL), [KeptPack(builtin_pack())], SpacyChild(text)
    await worker.start()
    desks, before, parses, finding, alone = [], [], [], [], []
    for number in range(times + 1):
        for what in ("desk", "spacy") if number % 2 else ("spacy", "desk"):
            if what == "spacy":
                parses.append(child.seconds())
            else:
                seconds, until_asked = await run_desk(article, worker, packs)
                desks.append(seconds)
                before.append(until_asked)
        found, answered = await worker_alone(article, worker)
        finding.append(found)
        alone.append(answered)
    await worker.end()
    child.end()
    began = time.perf_counter()
    await examine(article)
    cold = time.perf_counter() - began
    desk, parse = median(desks[1:]), median(parses[1:])
    figures.tell("desk", desk, "s")
    figures.tell("spacy", parse, "s")
    figures.tell("ratio", desk / parse, goal="<= 1.5")
    figures.tell("ratio_of_pairs_median", median([a / b for a, b in zip(desks[1:], parses[1:], strict=True)]))
    figures.tell("desk_before_worker_is_asked", median(before[1:]), "s")
    figures.tell("desk_from_then_on", median([a - b for a, b in zip(desks[1:], before[1:], strict=True)]), "s")
    figures.tell("worker_alone", median(alone[1:]), "s")
    figures.tell("finding_claims", median(finding[1:]), "s")
    rest = desk - median(alone[1:]) - median(finding[1:])
    figures.tell("checks_and_resolving", rest, "s")
    figures.tell("checks_and_resolving_ratio", rest / parse, goal="<= 0.5")
    figures.tell("desk_cold", cold, "s")


def main() -> None:
    """Measure and tell."""
    options = arguments(__doc__)
    figures = Figures("check", options.quick)
    with workplace() as (folder, env):
        os.environ["XDG_CACHE_HOME"] = env["XDG_CACHE_HOME"]
        os.environ["PYTHONPATH"] = env["PYTHONPATH"]
        compile_pack(env)
        parts = list(texts(600 if options.quick else 3000))
        text = folder / "text.txt"
        text.write_text("\n\n".join(parts), "utf-8")
        figures.tell("words", sum(len(p.split()) for p in parts))
        figures.tell("paragraphs", len(parts))
        asyncio.run(measure(figures, desk_article(parts), text, 3 if options.quick else 7))
    figures.write(options.json)


if __name__ == "__main__":
    main()
