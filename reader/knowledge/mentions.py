"""What an article names: entities found by the alias index, longest name first, left out where they are ambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.article.model import Span
from reader.claims.names_used import DOI, TITLE
from reader.claims.people import PeopleLedger
from reader.dates import MONTHS
from reader.knowledge.model import Entity, EntityKind
from reader.knowledge.resolve import Resolver
from reader.language.datetext import WEEKDAYS

_CAPITALS = re.compile(
    r"[A-Z][\w&'’.-]*(?:\s(?:of|and|the|for|on|de|la|da|von|van|al|bin|to)(?=\s)|\s(?:[dl]['’])?[A-Z0-9][\w&'’.-]*)*"
)
_SHOWN: frozenset[EntityKind] = frozenset(
    {"person", "country", "place", "organisation", "event", "craft", "mission", "treaty", "award", "work"}
)
_COMMON = frozenset(name for name in (*MONTHS, *WEEKDAYS)) | frozenset(
    ("The A An In On At He She It They We But And If When While After Before There This That His Her Their I").split()
)
_LONGEST_NAME = 10
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


def find_works(paragraph: int, text: str, resolver: Resolver) -> Iterator[Mention]:
    """Scientific works that a paragraph names by DOI, or by a title in quotation marks that is known."""
    for pattern, group in ((DOI, 0), (TITLE, 1)):
        for found in pattern.finditer(text):
            name = found[group].rstrip(".,;:)]”’\"'")
            works = {e.id: e for e, _ in resolver.knowledge.named(name) if e.kind == "work"}
            if len(works) == 1:
                yield Mention(Span(paragraph, found.start(group), found.start(group) + len(name)), *works.values())


def _in_run(
    paragraph: int, text: str, words: Sequence[tuple[int, int]], people: PeopleLedger, resolver: Resolver
) -> Iterator[Mention]:
    at = 0
    while at < len(words):
        for last in range(min(len(words), at + _LONGEST_NAME), at, -1):
            start, end = words[at][0], words[last - 1][1]
            name = text[start:end].rstrip(".,'’-").removesuffix("'s").removesuffix("’s")
            entity = _entity(name, people, resolver) if name and name not in _COMMON and name[0].isupper() else None
            if entity is not None and " " not in name and _is_part_of_name(text, words, at, entity, resolver):
                entity = None
            if entity is not None and " " not in name and entity.kind != "person" and people.is_surname(name):
                entity = None
            if entity is not None and _is_another(text, start, start + len(name), entity, resolver):
                people.doubt(entity.label)
                entity = None
            if entity is not None:
                yield Mention(Span(paragraph, start, start + len(name)), entity)
                at = last
                break
        else:
            at += 1


_AGE = re.compile(r"^,\s(?:aged\s)?(?P<age>\d{1,3})(?=[,.])")
_ANOTHER = re.compile(
    r"^(?:,\s(?:no\s(?:kin|relation)|who\sshares\sthe\sname|a\snamesake)|\s\((?:no\srelation|a\snamesake)\))"
)
_OTHER_BEFORE = re.compile(
    r"\b(?:[Tt]he\sother|[Aa]nother|(?:kite|boat|dog|cat|horse|pub|song|film|book|novel|play|ship|yacht|street)\s(?:called|named))\s\Z"
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_INITIALS = re.compile(r"^(?:[A-Z]\.[\s-]?)+(?=[A-Z]\w)")
_LEADS = frozenset(
    "President Minister Chancellor Premier Senator Governor Mayor King Queen Pope Mr Mrs Ms Dr Sir Lord Lady General Prime "
    "Director Administrator Secretary Commander Captain Professor Judge Bishop Former Ex Acting Then Deputy Vice Chief".split()
)


def _is_part_of_name(text: str, words: Sequence[tuple[int, int]], at: int, entity: Entity, resolver: Resolver) -> bool:
    """Whether one word is only part of a longer name that nobody known bears ("Martha Washington", "Columbia Road")."""
    own, before = words[at], words[at - 1] if at else None
    following = words[at + 1] if at + 1 < len(words) else None
    if before is not None and before[1] + 1 == own[0] and text[before[1] - 1] not in ".,;:":
        lead = text[slice(*before)]
        known = lead in _LEADS or lead in _COMMON or lead.isupper() or resolver.knowledge.named(lead)
        if lead[0].isupper() and not known and lead.isalpha():
            return True
    if following is not None and own[1] + 1 == following[0] and text[own[1] - 1].isalpha() and entity.kind != "person":
        tail = text[slice(*following)].rstrip(".,;:")
        return tail.isalpha() and tail[0].isupper() and tail not in _LEADS and not resolver.knowledge.named(tail)
    return False


def _is_another(text: str, start: int, end: int, entity: Entity, resolver: Resolver) -> bool:
    """Whether what stands beside a name tells of something else: another age, a namesake, a thing that is called so."""
    if _OTHER_BEFORE.search(text, max(0, start - 24), start):
        return True
    if entity.kind != "person":
        return False
    after = text[end : end + 60]
    age = _AGE.match(after)
    if age is None:
        return _ANOTHER.match(after) is not None
    return not resolver.may_be_aged(entity, int(age["age"]), long_ago=_YEAR.search(text) is not None)


def _entity(name: str, people: PeopleLedger, resolver: Resolver) -> Entity | None:
    found = resolver.anything(name, _SHOWN)
    if found.entity is None and (initials := _INITIALS.match(name)):
        full = people.full_name(name[initials.end() :])
        if full and people.is_noted(full) and full[0] == name[0]:
            return resolver.person(full).entity
    if found.entity is None and " " not in name and (full := people.full_name(name)) and people.is_noted(full):
        found = resolver.person(full)
    return found.entity
