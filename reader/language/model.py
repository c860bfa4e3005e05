"""What a parse of a paragraph is: parallel lists, small on the wire and quick to scan."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class EntitySpan(NamedTuple):
    """A named entity as spaCy saw it: token range (end not included) and its label (PERSON, ORG, GPE …)."""

    first: int
    last: int
    label: str


class Parse(msgspec.Struct, frozen=True, array_like=True):
    """The tokens of one paragraph: offsets, Penn tag, dependency, head (token number), lemma; then named entities."""

    starts: list[int]
    ends: list[int]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    lemmas: list[str]
    entities: list[EntitySpan]

    def tokens_in(self, start: int, end: int) -> range:
        """The tokens that lie inside a stretch of the text."""
        from bisect import bisect_left

        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


class ParseRequest(msgspec.Struct, frozen=True, tag="parse"):
    """One paragraph to parse, with the starts of its sentences (offsets into its text)."""

    id: int
    text: str
    sentence_starts: list[int]


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The worker has loaded its model."""

    model: str
    version: str


class Parsed(msgspec.Struct, frozen=True, tag="parsed"):
    """The parse of one requested paragraph."""

    id: int
    parse: Parse


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """What the worker could not do, in one line; `id` is None when it could not start at all."""

    id: int | None
    reason: str


Answer = Ready | Parsed | Refused
