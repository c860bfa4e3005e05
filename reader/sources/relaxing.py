"""Searches for engines that ask for every word: without stop words, then with fewer and fewer words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.knowledge.passages import content_words

_MOST_WORDS = 6
_MOST_TRIES = 4


def relaxed(names: Sequence[str]) -> Iterator[str]:
    """The words of the first names together, then of fewer names: the most used one stays longest."""
    for count in range(min(len(names), _MOST_TRIES), 0, -1):
        words = [w for name in names[:count] for w in content_words(name)][:_MOST_WORDS]
        if words:
            yield " ".join(dict.fromkeys(words))
