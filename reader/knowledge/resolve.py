"""Which entity a name means: the alias index and what else the article names; ambiguous rather than a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reader.article.model import Article
from reader.dates import Interval, years_between
from reader.knowledge import model
from reader.knowledge.model import Entity, EntityKind
from reader.knowledge.names import normal, without_initials
from reader.knowledge.pack import Knowledge

_NAME_KINDS = ("label", "alias")
_PLACES: frozenset[EntityKind] = frozenset({"country", "place", "organisation"})
_RANKS = frozenset(
    (
        "judge justice senator congressman congresswoman councillor archbishop bishop cardinal archdeacon admiral "
        "commander sergeant constable inspector detective coach chef comrade maestro sheikh sheriff ayatollah "
        "rabbi imam baron baroness count countess duke duchess prince princess cosmonaut astronaut swede dane "
        "finn pole scot spaniard turk briton"
    ).split()
)


_PLAIN_WORDS = frozenset(
    "american british english french german russian born from with that which their in the and of former".split()
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entity a name means, or why it is open; `candidates` are all that bear the name."""

    entity: Entity | None
    reason: Literal["one", "context", "ambiguous", "unknown"]
    candidates: tuple[Entity, ...] = ()

    @property
    def is_certain(self) -> bool:
        """No second candidate: a gate for refuting."""
        return self.reason == "one"


def words_used(article: Article) -> frozenset[str]:
    """The words that an article's own paragraphs use, in their normal form."""
    return frozenset(w for p in article.checked for w in normal(p.text).split())


class Resolver:
    """Resolves names for one article; `words` are its words, and what it names beyond doubt is noted as it is found."""

    def __init__(self, knowledge: Knowledge, as_of: Interval | None, words: frozenset[str] = frozenset()) -> None:
        self.knowledge = knowledge
        self._as_of = as_of
        self._words = words
        self._context: set[str] = set()
        self._people: dict[str, Resolution] = {}

    def over(self, knowledge: Knowledge, as_of: Interval | None = None) -> Resolver:
        """The same resolver, with all that the article has named, over another knowledge and perhaps on another day."""
        other = Resolver(knowledge, as_of or self._as_of, self._words)
        other.note_context(self._context)
        return other

    def note_context(self, entities: Iterable[str]) -> None:
        """Remember entities that the article names beyond doubt; they help to tell namesakes apart."""
        self._context |= set(entities)
        self._people.clear()

    def person(self, name: str) -> Resolution:
        """The person of that (full) name."""
        if name not in self._people:
            self._people[name] = self._person(name)
        return self._people[name]

    def anything(self, name: str, kinds: frozenset[EntityKind] | None = None) -> Resolution:
        """The entity of that name, of certain kinds or any."""
        found = self._bearing(name)
        candidates = tuple(
            e for e in found if (kinds is None or e.kind in kinds) and e.kind not in ("position", "class")
        )
        return self._choose(candidates)

    def whose(self, name: str) -> list[Entity]:
        """Countries, places and organisations that a name, a possessive or a demonym can mean."""
        seen: dict[str, Entity] = {}
        for entity, _ in self.knowledge.named(name):
            if entity.kind in _PLACES or entity.kind == "other":
                seen.setdefault(entity.id, entity)
        return list(seen.values())

    def _bearing(self, name: str) -> list[Entity]:
        found = {e.id: e for e, kind in self.knowledge.named(name) if kind in _NAME_KINDS}
        if not found and (short := without_initials(name)):
            found = {e.id: e for e, kind in self.knowledge.named_normal(short) if kind in _NAME_KINDS}
        return list(found.values())

    def _person(self, name: str) -> Resolution:
        if len(normal(name).split()) < 2:
            return self._mononym(name)
        found = self._bearing(name)
        words = name.split()
        if not found and len(words) > 2 and self._is_no_name(words[0]):
            found = self._bearing(" ".join(words[1:]))
        return self._choose(tuple(e for e in found if e.kind == "person" and self._may_be_named(e)))

    def _mononym(self, name: str) -> Resolution:
        """A monarch, a pope or a player who goes by one name: meant where nobody else does, but never certain."""
        known = [e for e in self._bearing(name) if e.kind == "person" and self._may_be_named(e)]
        if len(known) != 1 or known[0].kind != "person" or len(self._bearing(name)) != 1:
            return Resolution(None, "unknown")
        return Resolution(known[0], "context", tuple(known))

    def _is_no_name(self, word: str) -> bool:
        """A rank, an occupation or a people before a name belongs to no name."""
        return (
            word.lower() in _RANKS
            or "-turned-" in word
            or any(kind == "demonym" for _, kind in self.knowledge.named(word))
        )

    def _may_be_named(self, entity: Entity) -> bool:
        """Someone born after the article was written cannot be meant."""
        if self._as_of is None:
            return True
        born = [b for s in self.knowledge.statements(entity.id, model.BORN) if (b := s.date)]
        return not born or any(not b.after(self._as_of) for b in born)

    def may_be_aged(self, person: Entity, age: int, *, long_ago: bool) -> bool:
        """Whether somebody can be of that age, give or take two years, on the article's day or, perhaps, long before it."""
        born = [b for s in self.knowledge.statements(person.id, model.BORN) if (b := s.date)]
        if not born or self._as_of is None:
            return True
        least, most = years_between(born[0], self._as_of)
        return age <= most + 2 and (long_ago or age >= least - 2)

    def _choose(self, candidates: Sequence[Entity]) -> Resolution:
        if not candidates:
            return Resolution(None, "unknown")
        if len(candidates) == 1:
            reason: Literal["one", "context"] = "one" if self._is_vouched(candidates[0]) else "context"
            return Resolution(candidates[0], reason, tuple(candidates))
        linked = [e for e in candidates if self._is_linked(e)]
        if len(linked) == 1:
            return Resolution(linked[0], "context", tuple(candidates))
        described = [e for e in linked or candidates if self._is_described(e)]
        if len(described) == 1:
            return Resolution(described[0], "context", tuple(candidates))
        return Resolution(None, "ambiguous", tuple(candidates))

    def _is_vouched(self, entity: Entity) -> bool:
        """Whether more than a page's title says who is meant: a title tells what most readers mean, not what this article does."""
        if not self.knowledge.is_only_fetched(entity.id):
            return True
        return self._is_linked(entity) or self._is_described(entity) or self._has_office_here(entity)

    def _has_office_here(self, entity: Entity) -> bool:
        """Whether they have held an office of something that the article names."""
        offices = (s.value for s in self.knowledge.statements(entity.id, model.POSITION_HELD))
        owners = (model.HEADS_ORGANISATION, model.JURISDICTION, model.COUNTRY)
        return any(s.value in self._context for o in offices for p in owners for s in self.knowledge.statements(o, p))

    def _is_described(self, entity: Entity) -> bool:
        """Whether the article uses a word of the entity's description that says what it is."""
        words = set(normal(entity.description or "").split()) - _PLAIN_WORDS
        return any(word in self._words or word.removesuffix("s") in self._words for word in words if len(word) > 3)

    def _is_linked(self, entity: Entity) -> bool:
        if not self._context:
            return False
        if any(s.value in self._context for s in self.knowledge.statements(entity.id)):
            return True
        return any(
            s.property != model.COUNTRY and s.value == entity.id
            for other in self._context
            for s in self.knowledge.statements(other)
        )
