"""What an article names: entities found by the alias index, longest name first, left out where they are ambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.article.model import Span
from reader.claims.people import PeopleLedger
from reader.dates import MONTHS
from reader.knowledge.model import Entity, EntityKind
from reader.knowledge.resolve import Resolver
from reader.language.datetext import WEEKDAYS

_CAPITALS = re.compile(
    r"[A-Z][\w&'’.-]*(?:\s(?:of|and|the|for|de|la|da|von|van|al|bin|to)(?=\s)|\s[A-Z0-9][\w&'’.-]*)*"
)
_SHOWN: frozenset[EntityKind] = frozenset(
    {"person", "country", "place", "organisation", "event", "craft", "mission", "treaty", "award", "work"}
)
_COMMON = frozenset(name for name in (*MONTHS, *WEEKDAYS)) | frozenset(
    ("The A An In On At He She It They We But And If When While After Before There This That His Her Their I").split()
)
_LONGEST_NAME = 8
_LONGEST_RUN = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity beyond doubt."""

    span: Span
    entity: Entity


def find_mentions(paragraph: int, text: str, people: PeopleLedger, resolver: Resolver) -> Iterator[Mention]:
    """The mentions of one paragraph, left to right, not overlapping."""
    for found in _CAPITALS.finditer(text):
        words = [(m.start() + found.start(), m.end() + found.start()) for m in re.finditer(r"\S+", found[0])]
        yield from _in_run(paragraph, text, words[:_LONGEST_RUN], people, resolver)


def _in_run(
    paragraph: int, text: str, words: Sequence[tuple[int, int]], people: PeopleLedger, resolver: Resolver
) -> Iterator[Mention]:
    at = 0
    while at < len(words):
        for last in range(min(len(words), at + _LONGEST_NAME), at, -1):
            start, end = words[at][0], words[last - 1][1]
            name = text[start:end].rstrip(".,'’-").removesuffix("'s").removesuffix("’s")
            entity = _entity(name, people, resolver) if name and name not in _COMMON and name[0].isupper() else None
            if entity is not None:
                yield Mention(Span(paragraph, start, start + len(name)), entity)
                at = last
                break
        else:
            at += 1


def _entity(name: str, people: PeopleLedger, resolver: Resolver) -> Entity | None:
    found = resolver.anything(name, _SHOWN)
    if found.entity is None and " " not in name and (full := people.full_name(name)) and people.is_noted(full):
        found = resolver.person(full)
    return found.entity
