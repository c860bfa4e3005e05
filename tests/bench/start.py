"""Start: from the process's start to the first painted paragraph, against a bare Textual app with the same text.

Both run in a real pty of 120 x 40; the time ends when the first words of the first sample article's first
paragraph have come out of it. The compiled built-in pack is in the cache, settings and cache are the run's
own, and each process is ended (its language worker with it) before the next starts. Median of 15 pairs in
alternating order after one that does not count. Goal: at most 1.5 times the bare app.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from _shared import BENCH, ROOT, Figures, Terminal, arguments, compile_pack, in_turn, median, workplace

from reader.article.load import load_path

SAMPLE = ROOT / "sample_articles" / "articles" / "station-crew-exchange.md"


def time_to(words: str, command: list[str], env: Mapping[str, str]) -> float:
    """Seconds from the start of the process until it has painted `words`."""
    with Terminal([sys.executable, *command], env) as terminal:
        return terminal.wait_for(words) - terminal.started


def body_and_words(folder: Path) -> tuple[Path, str]:
    """The sample's text in a file for the bare app, and the first words of its first paragraph that is no heading."""
    article = load_path(SAMPLE)
    first = next(p.text for p in article.paragraphs if p.kind == "body")
    plain = folder / "same-text.txt"
    plain.write_text("\n\n".join(p.text for p in article.paragraphs), "utf-8")
    return plain, " ".join(first.split()[:5])


def main() -> None:
    """Measure and tell."""
    options = arguments(__doc__)
    figures = Figures("start", options.quick)
    with workplace() as (folder, env):
        compile_pack(env)
        plain, words = body_and_words(folder)
        reader, bare = in_turn(
            3 if options.quick else 15,
            lambda: time_to(words, ["-m", "reader", str(SAMPLE), "--offline"], env),
            lambda: time_to(words, [str(BENCH / "bare_app.py"), str(plain)], env),
        )
    figures.tell("reader_median", median(reader), "s")
    figures.tell("bare_median", median(bare), "s")
    figures.tell("reader_range", f"{min(reader):.3f} to {max(reader):.3f}", "s")
    figures.tell("bare_range", f"{min(bare):.3f} to {max(bare):.3f}", "s")
    figures.tell("ratio", median(reader) / median(bare), goal="<= 1.5")
    figures.tell("ratio_of_pairs_median", median([a / b for a, b in zip(reader, bare, strict=True)]))
    figures.write(options.json)


if __name__ == "__main__":
    main()
