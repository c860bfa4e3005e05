"""Who is meant where no name is said: roles on the article's day, demonyms, "the agency", metonyms, pronouns.

One reader goes through an article in order and remembers whom it has named. Whatever two could be meant by is left
open; what it finds shows cards and context, and never lets anything be refuted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.article.model import Span
from reader.claims.offices.sentence import Sentence as WordedSentence
from reader.claims.offices.sentence import title_of
from reader.claims.people import PeopleLedger
from reader.claims.roles import RolePhrase, role_phrases
from reader.claims.words import Word, words_of
from reader.dates import Interval
from reader.knowledge import model
from reader.knowledge.mentions import Mention, find_mentions, find_works
from reader.knowledge.model import Entity
from reader.knowledge.names import normal
from reader.knowledge.resolve import Resolver
from reader.knowledge.seats import seats_for
from reader.knowledge.terms import Term, terms_of
from reader.language.sentences import Sentence

_HE = frozenset({"he", "him", "his"})
_SHE = frozenset({"she", "her"})
_IT = frozenset({"it", "its"})
_BODIES = frozenset(
    "agency company firm group bank ministry department corporation university institute club party airline carmaker maker "
    "organisation organization association federation commission council committee court union authority regulator operator "
    "bloc alliance fund museum newspaper broadcaster academy society charity start-up startup service hospital school college "
    "orchestra carrier lender brewery publisher foundation".split()
)
ANY_BODY = frozenset("company firm group organisation organization".split())
_PLACES = frozenset(
    "city town capital country nation state island kingdom republic village port region province".split()
)
_THINGS = frozenset(
    "spacecraft capsule ship shuttle rocket telescope probe rover satellite lander station mission flight treaty accord "
    "agreement pact convention war conflict referendum election summit games prize award medal protocol".split()
)
KINDS = {
    **dict.fromkeys(_BODIES, ("organisation",)),
    **dict.fromkeys(_PLACES, ("place",)),
    **dict.fromkeys("country nation state kingdom republic".split(), ("country",)),
    **dict.fromkeys("spacecraft capsule ship shuttle rocket telescope probe rover satellite lander station".split(), ("craft",)),
    **dict.fromkeys("mission flight".split(), ("mission",)),
    **dict.fromkeys("treaty accord agreement pact convention protocol".split(), ("treaty",)),
    **dict.fromkeys("war conflict referendum election summit games".split(), ("event",)),
    **dict.fromkeys("prize award medal".split(), ("award",)),
}  # fmt: skip
DEFINITE = re.compile(rf"\b[Tt]he\s(?P<noun>{'|'.join(sorted(_BODIES | _PLACES | _THINGS))})\b(?!['’]s\s(?:former|late)|\sof\b)")  # fmt: skip
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Hh]im|[Hh]is|[Ss]he|[Hh]er|[Ii]ts?)\b")
_SAYS = re.compile(
    r"^(?:\sand\s[A-Z]\w+)?,?\s(?:has|have|had|will|would|is|was|also|now|later|again|never)?\s?(?:said|says|told|agreed|agrees|insist\w*|announced|warned|noted|signed|accused|denied|refused|rehearsed|hopes?|wants?|"
    r"blamed|demanded|promised|pledged|responded|replied|rejected|offered|welcomed|imposed|expelled|recalled|withdrew|joined|backed|answered|thinks|fears|believes)\b"
)


_IN_PLACE = re.compile(r"\b(?:in|at|near|from|of|to|around|outside)\s\Z")
_SOMEBODY = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother)\s(?:[a-z-]+\s){0,2}(?:spokes\w+|owner|man|woman|boy|girl|reporter|official|driver|teacher|painter|neighbour|aide|adviser|witness|friend|colleague|librarian|winner|author|lawyer|officer|guard|bookseller|welder|player)\b"
)


@dataclass(slots=True)
class _Said:
    """Whom the article has named, latest last, and where."""

    entity: Entity
    sentence: int
    is_first: bool


class WhoReader:
    """Finds the mentions of one article, paragraph by paragraph in its order."""

    def __init__(self, resolver: Resolver, people: PeopleLedger, as_of: Interval | None) -> None:
        self._resolver, self._people, self._as_of = resolver, people, as_of
        self._said: list[_Said] = []
        self._sentence = 0

    def read(self, paragraph: int, text: str, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        """All mentions of a paragraph, by place; one may lie in another ("the NASA chief", "NASA")."""
        named = list(find_mentions(paragraph, text, self._people, self._resolver))
        taken = [m.span for m in named]
        works = find_works(paragraph, text, self._resolver)
        named += [m for m in works if not any(m.span.overlaps(span) for span in taken)]
        self._resolver.note_context(m.entity.id for m in named)
        found: list[Mention] = []
        for sentence in sentences:
            self._sentence += 1
            own = [self._meant_by_place(m, text) for m in named if sentence.start <= m.span.start < sentence.end]
            own += self._demonyms(paragraph, text, sentence, own)
            own += [m for m in self._roles(paragraph, text, sentence) if not _overlaps_name(m, own)]
            for mention in sorted(own, key=lambda m: (m.span.start, -m.span.end)):
                self._note(mention, is_first=mention.span.start - sentence.start < 40)
            own += self._definite(paragraph, text, sentence, own)
            own += self._pronouns(paragraph, text, sentence, own)
            found += own
        return tuple(sorted(found, key=lambda m: (m.span.start, m.span.end)))

    def _note(self, mention: Mention, *, is_first: bool) -> None:
        self._said.append(_Said(mention.entity, self._sentence, is_first))

    def _meant_by_place(self, mention: Mention, text: str) -> Mention:
        """A capital that says or decides something stands for its country's government."""
        said = _SAYS.match(text[mention.span.end :]) and not _IN_PLACE.search(text[: mention.span.start])
        if mention.entity.kind == "place" and said:
            countries = {s.subject for s in self._resolver.knowledge.statements_with(mention.entity.id, model.CAPITAL)}
            known = [e for c in countries if (e := self._resolver.knowledge.entity(c)) and e.kind == "country"]
            if len(known) == 1:
                return Mention(mention.span, known[0])
        return mention

    def _demonyms(self, paragraph: int, text: str, sentence: Sentence, own: Sequence[Mention]) -> Iterator[Mention]:
        for word in words_of(text, sentence.start, sentence.end):
            if not word.is_capital or any(m.span.start <= word.start < m.span.end for m in own):
                continue
            known = [e for e, kind in self._resolver.knowledge.named(word.text) if kind == "demonym"]
            if len(known) == 1 and known[0].kind == "country" and re.match(r"\s[a-z]|\s[A-Z]", text[word.end :]):
                yield Mention(Span(paragraph, word.start, word.end), known[0])

    def _roles(self, paragraph: int, text: str, sentence: Sentence) -> Iterator[Mention]:
        """ "The Russian president", "the NASA chief": whoever holds the seat on the article's day."""
        words = words_of(text, sentence.start, sentence.end)
        worded = WordedSentence(paragraph, text, words, (), sentence.text, ())
        for phrase in role_phrases(words):
            if phrase.is_former or phrase.is_future or phrase.is_then or _is_beside_name(words, phrase):
                continue
            holder = self._holder(worded, phrase)
            if holder is not None:
                first = phrase.first - (1 if phrase.first and words[phrase.first - 1].lower == "the" else 0)
                yield Mention(Span(paragraph, words[first].start, words[phrase.last - 1].end), holder)

    def _holder(self, sentence: WordedSentence, phrase: RolePhrase) -> Entity | None:
        title = title_of(sentence, phrase)
        knowledge = self._resolver.knowledge
        if title.scopes and not title.anaphoric:
            seats = seats_for(title, self._resolver).seats
            holders = {t.person for seat in seats for t in self._now(terms_of(seat, knowledge), acting=title.acting)}
            return knowledge.entity(holders.pop()) if len(holders) == 1 else None
        recent = {s.entity.id: s.entity for s in self._said if s.entity.kind == "person"}
        fitting = [e for e in recent.values() if self._holds(e, title.role, title.field)]
        return fitting[0] if len(fitting) == 1 else None

    def _now(self, terms: Sequence[Term], *, acting: bool) -> list[Term]:
        if self._as_of is None:
            return []
        day = self._as_of
        return [t for t in terms if t.covers(day) and (t.acting == acting or not acting)]

    def _holds(self, person: Entity, role: str, field: tuple[str, ...]) -> bool:
        """Whether somebody holds an office of that name now, by the statements about them alone."""
        wanted = set(normal(" ".join((*field, role))).split())
        for statement in self._resolver.knowledge.statements(person.id, model.POSITION_HELD):
            label = self._resolver.knowledge.label(statement.value)
            ended = statement.end is not None and self._as_of is not None and statement.end[:10] < self._as_of.iso
            begun = statement.start is None or self._as_of is None or statement.start <= self._as_of.iso
            if begun and not ended and wanted <= set(normal(label).split()):
                return True
        return False

    def _definite(self, paragraph: int, text: str, sentence: Sentence, own: Sequence[Mention]) -> Iterator[Mention]:
        """ "The agency": the one thing of that kind which the article has named so far."""
        for found in DEFINITE.finditer(sentence.text):
            span = Span(paragraph, sentence.start + found.start(), sentence.start + found.end())
            if any(m.span.overlaps(span) for m in own):
                continue
            entity = self._one_called(found["noun"])
            if entity is not None:
                yield Mention(span, entity)

    def _one_called(self, noun: str) -> Entity | None:
        kinds = KINDS[noun]
        said = {s.entity.id: s.entity for s in self._said}
        called = [e for e in said.values() if e.kind in kinds and noun in describing(e)]
        if len(called) == 1 and (noun not in ANY_BODY or self._is_said_most(called[0], kinds)):
            return called[0]
        if called:
            return None
        near = {s.entity.id: s.entity for s in self._said if s.entity.kind in kinds}
        return next(iter(near.values())) if len(near) == 1 else None

    def _is_said_most(self, entity: Entity, kinds: Sequence[str]) -> bool:
        times = Counter(s.entity.id for s in self._said if s.entity.kind in kinds)
        return all(n < times[entity.id] for other, n in times.items() if other != entity.id)

    def _pronouns(self, paragraph: int, text: str, sentence: Sentence, own: Sequence[Mention]) -> Iterator[Mention]:
        """A pronoun means the one person, or the one thing, that this sentence before it and the last one name."""
        for found in _PRONOUN.finditer(sentence.text):
            at = sentence.start + found.start()
            word = found[0].lower()
            before = [m.entity for m in own if m.span.end <= at]
            last = [s.entity for s in self._said if s.sentence == self._sentence - 1]
            is_person = word in _HE | _SHE
            pool = [e for e in (*before, *last) if (e.kind == "person") == is_person and (is_person or e.kind in ("organisation", "craft", "mission", "treaty", "country", "award", "work", "event"))]  # fmt: skip
            meant = {e.id: e for e in pool}
            if is_person and _SOMEBODY.search(sentence.text[: found.start()]):
                continue
            if not meant and is_person:
                meant = self._topic()
            if len(meant) == 1:
                yield Mention(Span(paragraph, at, at + len(found[0])), next(iter(meant.values())))

    def _topic(self) -> dict[str, Entity]:
        """The one person named last, while nobody else has been named beside them."""
        people = [s for s in self._said if s.entity.kind == "person"]
        if not people:
            return {}
        near = {s.entity.id: s.entity for s in people if s.sentence >= people[-1].sentence - 1}
        return near if self._sentence - people[-1].sentence <= 2 else {}


def _overlaps_name(mention: Mention, own: Sequence[Mention]) -> bool:
    return any(m.span.start <= mention.span.start and mention.span.end <= m.span.end for m in own)


def _is_beside_name(words: Sequence[Word], phrase: RolePhrase) -> bool:
    """A title right before or behind a name only describes the one who is named."""
    after = words[phrase.last] if phrase.last < len(words) else None
    if after is not None and after.is_capital:
        return True
    comma = (
        after is not None and after.text == "," and phrase.last + 1 < len(words) and words[phrase.last + 1].is_capital
    )
    before = words[phrase.first - 1] if phrase.first else None
    at = phrase.first - (2 if before is not None and before.lower in ("the", "its", "a") else 1)
    return comma or (at >= 0 and words[at].text == ",")


def describing(entity: Entity) -> str:
    """What the packs call something, in words between spaces."""
    return f" {normal(entity.label)} {normal(entity.description or '')} "
