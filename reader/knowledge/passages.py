"""Passages of pages that come nearest to a claim: context to read beside it, never a verdict.

Okapi BM25 over windows of two sentences (SQLite FTS5, sqlite.org/fts5.html#the_bm25_function), over the pages of the
entities that the article means and of what a search found. A passage is an exact quote with its offsets.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.knowledge.model import Page
from reader.language.sentences import split_sentences

_MOST = 2
_WORD = re.compile(r"[^\W_]+")
_FEWEST_SHARED = 2
_LONGEST_QUOTE = 600
STOP_WORDS = frozenset(
    (
        "a about after again all also am an and any are as at be because been before being between both but by can could did do does "
        "doing down during each few for from further had has have having he her here hers him his how i if in into is it its just more "
        "most my no nor not now of off on once only or other our out over own said same say says she should so some such than that the "
        "their them then there these they this those through to too told under until up very was we were what when where which while who "
        "whom why will with would you your"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Passage:
    """An exact quote of a page: `start` and `end` are offsets into its extract."""

    page: Page
    quote: str
    start: int
    end: int


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that say what it is about, lower-case, each once, in their order."""
    words = (found[0].casefold() for found in _WORD.finditer(text))
    return tuple(dict.fromkeys(w for w in words if w not in STOP_WORDS and (len(w) > 2 or w.isdigit())))


class PassageIndex:
    """The windows of some pages, held in memory for one article."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._windows: list[Passage] = []
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute(
            "CREATE VIRTUAL TABLE passage USING fts5 (words, tokenize='porter unicode61 remove_diacritics 2')"
        )
        for page in pages:
            self._windows += _windows(page)
        self._db.executemany(
            "INSERT INTO passage (rowid, words) VALUES (?, ?)",
            ((n, f"{w.page.title} {w.quote}") for n, w in enumerate(self._windows)),
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to quote from."""
        return not self._windows

    def nearest(self, claim: str) -> tuple[Passage, ...]:
        """The two best passages, from different places, each sharing more with the claim than a name."""
        words = content_words(claim)
        if self.is_empty or len(words) < _FEWEST_SHARED:
            return ()
        query = " OR ".join(f'"{w}"' for w in words)
        rows = self._db.execute(
            "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank, rowid LIMIT 24", (query,)
        )
        chosen: list[Passage] = []
        for (number,) in rows.fetchall():
            window = self._windows[number]
            if not _says_more(window, words) or any(_overlap(window, c) or window.quote == c.quote for c in chosen):
                continue
            chosen.append(window)
            if len(chosen) == _MOST:
                break
        return tuple(chosen)


def shared_words(quote: str, claim: str) -> list[tuple[int, int]]:
    """The stretches of a quote that a claim has too, for a reader's eye."""
    wanted = {_stem(w) for w in content_words(claim)}
    return [found.span() for found in _WORD.finditer(quote) if _stem(found[0].casefold()) in wanted]


def _windows(page: Page) -> Sequence[Passage]:
    """Every sentence with the one behind it, paragraph by paragraph."""
    windows = []
    at = 0
    for block in page.extract.split("\n"):
        sentences = split_sentences(block) if block.strip() else []
        for number, sentence in enumerate(sentences):
            last = sentences[min(number + 1, len(sentences) - 1)]
            end = last.end if last.end - sentence.start <= _LONGEST_QUOTE else sentence.end
            if end - sentence.start <= _LONGEST_QUOTE:
                windows.append(Passage(page, block[sentence.start : end], at + sentence.start, at + end))
        at += len(block) + 1
    return windows


def _says_more(window: Passage, words: Sequence[str]) -> bool:
    """Whether a passage shares two words with a claim besides those of its own title."""
    title = {_stem(w) for w in content_words(window.page.title)}
    inside = {_stem(w) for w in content_words(window.quote)}
    return sum(_stem(w) in inside and _stem(w) not in title for w in words) >= _FEWEST_SHARED


def _overlap(one: Passage, other: Passage) -> bool:
    return one.page is other.page and one.start < other.end and other.start < one.end


def _stem(word: str) -> str:
    """A word without the commonest endings: near enough to mark what FTS5's stemmer matched."""
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word
