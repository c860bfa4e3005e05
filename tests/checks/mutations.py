"""What the checks make of true sentences that have been made false: each supported verdict, one change at a time.

`python tests/checks/mutations.py` takes every supported verdict on the main articles under tests/cases/articles (each
with its world) and on the sample articles (with the built-in pack), puts another person, date or number in its claim,
examines the article again with that one change, and counts what came of it; `--each` writes every change first, and
a number is another seed. Of a kind (person, date, number) a claim is changed once, as a seeded random chooses. A change
counts only where what is known makes it false beyond doubt; where that cannot be told there is none. Nothing is parsed.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal, cast

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import msgspec

import reader.desk
from reader.article.load import load_path
from reader.article.model import Article, Span
from reader.checks.awards import AwardParts
from reader.checks.model import Verdict
from reader.checks.moments import MomentParts
from reader.checks.people import CallingParts
from reader.checks.spaceflight import CrewParts
from reader.claims.model import Claim, FigureParts, LifeParts, OfficeParts, PersonMention, SuccessionParts
from reader.claims.recorded.parts import AgeParts, BondParts, DateParts, TitleParts
from reader.dates import MONTHS, Interval, parse_iso, years_between
from reader.findings import DeskOptions, Examination
from reader.knowledge import model
from reader.knowledge.builtin import builtin_pack, compile_builtin
from reader.knowledge.model import Entity, Statement
from reader.knowledge.names import normal
from reader.knowledge.pack import Knowledge, Pack
from reader.knowledge.schema import connect
from reader.language.datetext import DateMention, find_dates, resolve
from reader.language.numbers import WORDS, Number, find_numbers

SAMPLES = Path(__file__).resolve().parents[2] / "sample_articles" / "articles"
SEED = 1_959
LEAST_YEARS, MOST_YEARS = 3, 12
LEAST_CHANGE = Decimal("0.2")
MARGIN = 62  # days on either side of a term on which who was meant may be open
WRONG = ("refuted", "conflicting")
_PLAIN_HEADS = frozenset(("head", "chief", "boss", "leader"))  # any office may be meant
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d|20)\d\d"
_FULL_NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,2}")
_SUMS = frozenset(("parts", "percent parts", "total of", "difference"))
_FOLLOWS = {model.CHIEF_EXECUTIVE, model.DIRECTOR, model.HEADS_ORGANISATION, model.OFFICE_HOLDER, model.CREW}

Kind = Literal["person", "date", "number"]
Fate = Literal["refuted", "no longer supported", "still supported"]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change that makes a supported claim false: the words at `span` become `new`."""

    slug: str
    kind: Kind
    claim: Claim
    verdict: Verdict
    span: Span
    old: str
    new: str
    gone: str = ""
    """The label of the person whose place another has taken."""
    come: str = ""
    """The label of that other person."""

    def moved(self, span: Span) -> Span:
        """Where a span of the article lies after the change."""
        by = len(self.new) - len(self.old)
        if span.paragraph != self.span.paragraph:
            return span
        start = span.start + by if span.start >= self.span.end else span.start
        return Span(span.paragraph, start, span.end + by if span.end >= self.span.end else span.end)

    @property
    def place(self) -> Span:
        """Where the new words are."""
        return Span(self.span.paragraph, self.span.start, self.span.start + len(self.new))

    def made(self, article: Article) -> Article:
        """The article with that one change."""
        paragraphs = list(article.paragraphs)
        old = paragraphs[self.span.paragraph]
        text = f"{old.text[: self.span.start]}{self.new}{old.text[self.span.end :]}"
        paragraphs[self.span.paragraph] = replace(old, text=text)
        return replace(article, paragraphs=tuple(paragraphs))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutation, with the sentence around it and what was said there."""

    mutation: Mutation
    fate: Fate
    sentence: str
    said: str

    def __str__(self) -> str:
        m = self.mutation
        where = f"{m.slug} {m.verdict.check}/{m.claim.kind} {m.kind}: {m.old!r} -> {m.new!r}"
        return f"{self.fate:20}{where}: {self.sentence!r}{f' | {self.said}' if self.said else ''}"


@dataclass(slots=True)
class Tally:
    """What came of all mutations, and how many supported verdicts there were."""

    outcomes: list[Outcome] = field(default_factory=list)
    supported: int = 0
    untouched: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Take in another tally."""
        self.outcomes += other.outcomes
        self.supported += other.supported
        self.untouched += other.untouched

    def of(self, fate: Fate) -> list[Outcome]:
        """The outcomes of one fate."""
        return [o for o in self.outcomes if o.fate == fate]

    @property
    def share(self) -> float:
        """The share that is refuted or no longer supported."""
        return 1 - len(self.of("still supported")) / len(self.outcomes) if self.outcomes else 0.0

    @property
    def refuted_share(self) -> float:
        """The share that is refuted."""
        return len(self.of("refuted")) / len(self.outcomes) if self.outcomes else 0.0


class World:
    """What the packs of an article know, asked for what makes a sentence false."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self.knowledge = Knowledge([Pack(path) for path in paths])

    @cached_property
    def people(self) -> tuple[Entity, ...]:
        """Everybody whose full name is theirs alone."""
        found: dict[str, Entity] = {}
        for row in self._rows("SELECT id FROM entity WHERE kind = 'person' ORDER BY id"):
            entity = self.knowledge.entity(str(row[0]))
            if entity is None or not _FULL_NAME.fullmatch(entity.label):
                continue
            if {e.id for e, _ in self.knowledge.named(entity.label)} == {entity.id}:
                found[entity.id] = entity
        return tuple(found.values())

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Every statement by its id."""
        decode = msgspec.msgpack.Decoder(Statement).decode
        return {s.id: s for s in (decode(cast(bytes, row[0])) for row in self._rows("SELECT body FROM statement"))}

    @cached_property
    def _about(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for statement in self.statements.values():
            found.setdefault(statement.subject, []).append(statement)
            if statement.value_kind == "entity":
                found.setdefault(statement.value, []).append(statement)
        return found

    def about(self, entity: str) -> list[Statement]:
        """The statements of an entity and those that name it."""
        return self._about.get(entity, [])

    def is_person(self, entity: str) -> bool:
        """Whether an id is somebody's."""
        known = self.knowledge.entity(entity)
        return known is not None and known.kind == "person"

    def rests_on(self, verdict: Verdict) -> list[Statement]:
        """The statements that a verdict quotes."""
        return [self.statements[e.statement] for e in verdict.evidence if e.statement in self.statements]

    def people_of(self, verdict: Verdict) -> set[str]:
        """The people whom the statements of a verdict are about."""
        return {x for s in self.rests_on(verdict) for x in (s.subject, s.value) if self.is_person(x)}

    def things_of(self, verdict: Verdict) -> set[str]:
        """The offices, bodies, flights and awards that the statements of a verdict tie people to."""
        found = {x for s in self.rests_on(verdict) for x in (s.subject, s.value, s.role or "") if x}
        return {x for x in found if self.knowledge.entity(x) is not None and not self.is_person(x)}

    def tied(self, person: str) -> set[str]:
        """Everything that a person is tied to."""
        return {x for s in self.about(person) for x in (s.subject, s.value, s.role or "")} - {person}

    def date(self, person: str, prop: str) -> Interval | None:
        """A person's one date of birth or death."""
        found = [s for s in self.knowledge.statements(person, prop) if s.is_reliable]
        return found[0].date if len(found) == 1 else None

    def terms(self, person: str, things: set[str], role: str) -> Iterator[tuple[Statement, bool]]:
        """A person's terms in one of these seats (true) or in any office that a title may mean (false)."""
        wanted = set(normal(role).split())
        for statement in self.about(person):
            ends = {statement.subject, statement.value, statement.role or ""}
            if ends & things:
                yield statement, True
            elif statement.property == model.POSITION_HELD:
                if wanted & _PLAIN_HEADS or wanted & set(normal(self.knowledge.label(statement.value)).split()):
                    yield statement, False
            elif statement.property in _FOLLOWS:
                yield statement, False

    def _rows(self, query: str) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        for path in self._paths:
            connection = connect(path)
            try:
                rows += connection.execute(query).fetchall()
            finally:
                connection.close()
        return rows

    def close(self) -> None:
        """Close the packs."""
        self.knowledge.close()


class Mutator:
    """Makes what is true in one article false."""

    def __init__(self, slug: str, article: Article, world: World, seed: int = SEED) -> None:
        self._slug = slug
        self._seed = seed
        self._article = article
        self._world = world

    def mutations(self, claim: Claim, verdict: Verdict) -> Iterator[Mutation]:
        """At most one change of each kind. Which one, depends on the claim alone: new claims shift no other's."""
        makers: tuple[tuple[Kind, Callable[[Claim, Verdict, random.Random], Iterator[Mutation]]], ...] = (
            ("person", self._people),
            ("date", self._dates),
            ("number", self._numbers),
        )
        for kind, maker in makers:
            chance = random.Random(f"{self._seed} {self._slug} {claim.span} {claim.kind} {verdict.check} {kind}")
            yield from list(maker(claim, verdict, chance))[:1]

    # who

    def _people(self, claim: Claim, verdict: Verdict, chance: random.Random) -> Iterator[Mutation]:
        spots = list(self._spots(claim))
        chance.shuffle(spots)
        for span in spots:
            named = self._text(span)
            wanted = {p for p in self._world.people_of(verdict) if self._is_name_of(named, p)}
            if len(wanted) != 1:
                continue
            (gone,) = wanted
            surname = normal(self._world.knowledge.label(gone)).split()[-1]
            for other in self._others(verdict, chance):
                if other.id in self._world.people_of(verdict) or surname in normal(other.label).split():
                    continue
                if set(normal(other.label).split()) & set(normal(named).split()):
                    continue
                if self._is_false_of(other.id, gone, claim, verdict):
                    label = self._world.knowledge.label(gone)
                    yield Mutation(self._slug, "person", claim, verdict, span, named, other.label, label, other.label)
                    break

    def _others(self, verdict: Verdict, chance: random.Random) -> list[Entity]:
        """Everybody in any order; mostly those first who are easily taken for the right one.

        Two times in five that is somebody of the same seat, flight or prize at another time, two times in five
        somebody of whom the same kind of thing is stated: another office, another flight, another prize.
        """
        world, others = self._world, list(self._world.people)
        chance.shuffle(others)
        draw = chance.random()
        if draw < 0.4:
            near = {x for thing in world.things_of(verdict) for s in world.about(thing) for x in (s.subject, s.value)}
            others.sort(key=lambda e: e.id not in near)
        elif draw < 0.8:
            alike = {s.property for s in world.rests_on(verdict)}
            others.sort(key=lambda e: not any(s.property in alike for s in world.about(e.id)))
        return others

    def _spots(self, claim: Claim) -> Iterator[Span]:
        """Where a claim names the people whom it is about."""
        parts = claim.parts
        mentions: list[PersonMention] = []
        names: tuple[str, ...] = ()
        if isinstance(parts, (OfficeParts, LifeParts)):
            mentions = [parts.person]
        elif isinstance(parts, SuccessionParts):
            mentions = [parts.successor, parts.predecessor]
        elif isinstance(parts, (CrewParts, AwardParts)):
            names = parts.people
        elif isinstance(parts, CallingParts):
            names = (parts.person,)
        elif isinstance(parts, TitleParts):
            names = (parts.person.name,)
        elif isinstance(parts, (BondParts, DateParts)):
            names = tuple(p.name for p in parts.around.people)
        for mention in mentions:
            if claim.span.contains(mention.span) and self._text(mention.span)[:1].isupper():
                yield mention.span
        for name in names:
            at = claim.text.find(name)
            if at >= 0 and claim.text.find(name, at + 1) < 0:
                start = claim.span.start + at
                yield Span(claim.span.paragraph, start, start + len(name))

    def _is_name_of(self, named: str, person: str) -> bool:
        """Whether words name a person: their label, an alias, or its last word."""
        if person in {e.id for e, _ in self._world.knowledge.named(named)}:
            return True
        return normal(named).split()[-1:] == normal(self._world.knowledge.label(person)).split()[-1:]

    def _is_false_of(self, other: str, gone: str, claim: Claim, verdict: Verdict) -> bool:
        """Whether the claim is false beyond doubt with another person in it."""
        parts, world = claim.parts, self._world
        things = world.things_of(verdict)
        if isinstance(parts, LifeParts):
            return self._is_false_life(other, gone, parts)
        if isinstance(parts, OfficeParts):
            return bool(things) and self._is_false_office(other, claim, parts, verdict)
        if isinstance(parts, SuccessionParts):
            return bool(things) and not any(world.terms(other, things, "")) and not things & world.tied(other)
        if isinstance(parts, (CrewParts, AwardParts, BondParts, TitleParts)):
            return bool(things) and not things & world.tied(other) and not any(world.terms(other, things, ""))
        if isinstance(parts, DateParts):
            return not any(_days_in(s) for s in world.about(other) if s.property != model.BORN)
        if isinstance(parts, CallingParts):
            mine = {s.value for s in world.knowledge.statements(other, model.CITIZENSHIP)}
            theirs = {s.value for s in world.knowledge.statements(gone, model.CITIZENSHIP)}
            return bool(mine) and bool(theirs) and not mine & theirs
        return False

    def _is_false_office(self, other: str, claim: Claim, parts: OfficeParts, verdict: Verdict) -> bool:
        """Nobody of a like office; of the same seat only where they held it on no day that the claim may tell of."""
        world = self._world
        theirs = list(world.terms(other, world.things_of(verdict), parts.title.role))
        if not theirs:
            return True
        if not all(same for _, same in theirs) or parts.time in ("former", "future"):
            return False
        if parts.time in ("became", "until", "since", "from-to") and parts.when is None:
            return False
        days = self._days(claim)
        own = [_term(s) for s in world.rests_on(verdict)]
        if days is None or None in own:
            return False
        told = [*days, *(o for o in own if o is not None)]
        terms = [_term(s) for s, _ in theirs]
        return all(t is not None and not any(t.overlaps(d.widened(MARGIN)) for d in told) for t in terms)

    def _is_false_life(self, other: str, gone: str, parts: LifeParts) -> bool:
        """Where the other's own date is known and is another."""
        world, as_of = self._world, self._article.as_of.date
        born, died = world.date(other, model.BORN), world.date(other, model.DIED)
        if parts.fact in ("born", "lifespan"):
            when = resolve(parts.when, as_of, "past") if parts.when else None
            return born is not None and when is not None and not born.overlaps(when)
        if parts.fact == "died":
            when = resolve(parts.when, as_of, "past") if parts.when else None
            return died is not None and when is not None and not died.overlaps(when)
        own = world.date(gone, model.BORN)
        if parts.fact == "age-at-death":
            death = world.date(gone, model.DIED)
            if None in (born, died, own, death):
                return False
            apart = _years_apart(born, own) >= LEAST_YEARS and _years_apart(died, death) >= LEAST_YEARS
            low, high = years_between(born, died)  # type: ignore[arg-type]
            return apart and not low <= (parts.age or 0) <= high
        if parts.fact == "age" and born is not None and own is not None and as_of is not None:
            days = self._days_of(parts.person.span.paragraph)
            ages = [years_between(born, d) for d in days] if days is not None else []
            apart = _years_apart(born, own) >= LEAST_YEARS
            return apart and bool(ages) and not any(low - 1 <= (parts.age or 0) <= high + 1 for low, high in ages)
        return False

    # when

    def _dates(self, claim: Claim, verdict: Verdict, chance: random.Random) -> Iterator[Mutation]:
        spots = [d for d in _dates_of(claim) if self._at(d, claim) is not None]
        chance.shuffle(spots)
        for mention in spots:
            at = self._at(mention, claim)
            if at is None or mention.relative in ("last", "next") or mention.decade is not None:
                continue
            old = self._text(at)
            for new in _redated(old, mention, chance):
                said = next(iter(find_dates(f"in {new}")), None)
                if said is not None and self._is_false_date(said, mention, claim, verdict):
                    yield Mutation(self._slug, "date", claim, verdict, at, old, new)
                    break

    def _at(self, mention: DateMention, claim: Claim) -> Span | None:
        """Where a date stands, if it lies inside the claim: without its weekday, which is left as it is."""
        span = Span(claim.span.paragraph, mention.start, mention.end)
        if not claim.span.contains(span):
            return None
        found = next((d for d in find_dates(f"in {self._text(span)}") if d.year or d.month), None)
        if found is None:
            return None
        words = re.search(
            rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?(?:(?:{'|'.join(MONTHS)})|(?:1\d|20)\d\d).*", self._text(span)
        )
        if words is None:
            return None
        text = re.match(
            rf"(?:{_DAY}\s)?(?:{'|'.join(MONTHS)})?(?:\s?\d{{1,2}}\b(?!\d))?,?\s?(?:{_YEAR})?",
            words[0],
        )
        if text is None or not text[0].strip(" ,"):
            return None
        start = mention.start + words.start()
        return Span(span.paragraph, start, start + len(text[0].rstrip(" ,")))

    def _is_false_date(self, new: DateMention, old: DateMention, claim: Claim, verdict: Verdict) -> bool:
        """Whether the claim is false beyond doubt with another date in it."""
        parts, as_of = claim.parts, self._article.as_of.date
        if isinstance(parts, FigureParts):
            return _is_false_figure_date(parts, new, old, as_of)
        when = resolve(new, as_of, "past")
        was = resolve(old, as_of, "past")
        if when is None or was is None or when.overlaps(was) or as_of is None or when.after(as_of):
            return False
        if isinstance(parts, LifeParts):
            return parts.fact in ("born", "died", "lifespan", "age-at-death")
        rests = self._world.rests_on(verdict)
        if isinstance(parts, OfficeParts):
            return self._is_false_term(when, old, parts, verdict)
        if isinstance(parts, AwardParts):
            own = [s for p in self._world.people_of(verdict) for s in self._world.about(p)]
            own = [s for s in own if s.property == model.AWARD and s.value in {r.value for r in rests}]
            return bool(own) and all((at := parse_iso(s.at or "")) and not at.overlaps(when) for s in own)
        if isinstance(parts, DateParts):
            return self._is_nobodys_date(when, parts)
        if isinstance(parts, (MomentParts, CrewParts)):
            things = self._world.things_of(verdict)
            known = [i for t in things for s in self._world.knowledge.statements(t) for i in _days_in(s)]
            whole = Interval(min(i.first for i in known), max(i.last for i in known)) if known else None
            return whole is not None and not whole.overlaps(when)
        return False

    def _is_nobodys_date(self, when: Interval, parts: DateParts) -> bool:
        """Whether nothing that the world knows began, ended or went on then: whoever is meant, the date is false."""
        days = [i for s in self._world.statements.values() for i in _days_in(s)]
        terms = [t for s in self._world.statements.values() if (t := _term(s))]
        wide = when.widened(MARGIN)
        return not any(day.overlaps(wide) for day in days) and not any(t.overlaps(wide) for t in terms)

    def _is_false_term(self, when: Interval, old: DateMention, parts: OfficeParts, verdict: Verdict) -> bool:
        """No term of that person in that office or one called alike begins, ends or runs then."""
        things = self._world.things_of(verdict)
        own = [
            s for p in self._world.people_of(verdict) for s, _ in self._world.terms(p, things, parts.title.role)
        ]  # fmt: skip
        terms = [_term(s) for s in own]
        if not terms or None in terms or parts.time == "future":
            return False
        known = [t for t in terms if t is not None]
        wide = when.widened(MARGIN)
        if (parts.until is not None and old.start == parts.until.start) or parts.time == "until":
            return not any(Interval.day(t.last).overlaps(wide) for t in known)
        if parts.time in ("since", "from-to", "became"):
            return not any(Interval.day(t.first).overlaps(wide) for t in known)
        return parts.time == "at" and not any(t.overlaps(wide) for t in known)

    # how many

    def _numbers(self, claim: Claim, verdict: Verdict, chance: random.Random) -> Iterator[Mutation]:
        parts = claim.parts
        spots: list[Number] = []
        if isinstance(parts, FigureParts):
            spots = [n for n in parts.numbers if claim.span.start <= n.start and n.end <= claim.span.end]
            spots = [n for n in spots if claim.paragraph_text[n.start : n.end] == n.text]
        elif isinstance(parts, (LifeParts, AgeParts)) and parts.age is not None:
            age = parts.age
            found = [n for n in find_numbers(claim.text) if n.value == age]
            spots = [replace(n, start=n.start + claim.span.start, end=n.end + claim.span.start) for n in found[:1]]
        chance.shuffle(spots)
        for number in spots:
            for _ in range(8):
                new = _renumbered(number, chance)
                if new is not None and self._is_false_number(number, new, claim, verdict):
                    span = Span(claim.span.paragraph, number.start, number.end)
                    yield Mutation(self._slug, "number", claim, verdict, span, number.text, new)
                    break

    def _is_false_number(self, old: Number, new: str, claim: Claim, verdict: Verdict) -> bool:
        """Ages: never theirs on a day that is told of. Sums: off by more than may have been rounded away."""
        found = next(iter(find_numbers(new)), None)
        if found is None or abs(found.value - old.value) < LEAST_CHANGE * abs(old.value) or found.value == old.value:
            return False
        parts = claim.parts
        if isinstance(parts, AgeParts):
            return self._is_nobodys_age(int(found.value), claim)
        if isinstance(parts, LifeParts):
            people = self._world.people_of(verdict)
            born = self._world.date(next(iter(people)), model.BORN) if len(people) == 1 else None
            days = self._days(claim)
            died = self._world.date(next(iter(people)), model.DIED) if len(people) == 1 else None
            if born is None or days is None:
                return False
            ages = [years_between(born, d) for d in [*days, *([died] if died else [])]]
            return not any(low - 1 <= found.value <= high + 1 for low, high in ages)
        if isinstance(parts, FigureParts):
            slack = sum((n.half_width for n in parts.numbers), Decimal(0))
            if any(n.approximate for n in parts.numbers):
                slack += max(abs(n.value) for n in parts.numbers) / 20
            return parts.rule not in _SUMS or abs(found.value - old.value) > slack
        return False

    def _is_nobodys_age(self, age: int, claim: Claim) -> bool:
        """Whether nobody and nothing that the world knows was of that age on any day that may be told of."""
        days = self._days(claim)
        begun = [s.date for s in self._world.statements.values() if s.date is not None]
        told = [*(days or []), *begun]
        return days is not None and not any(
            low - 1 <= age <= high + 1
            for b in begun
            for d in told
            if not b.after(d)
            for low, high in [years_between(b, d)]
        )

    # where

    def _text(self, span: Span) -> str:
        return self._article.text_at(span)

    def _days(self, claim: Claim) -> list[Interval] | None:
        return self._days_of(claim.span.paragraph)

    def _days_of(self, paragraph: int) -> list[Interval] | None:
        """Every day that a paragraph tells of, and the article's own; None where one of them is open."""
        as_of = self._article.as_of.date
        found = [as_of]
        for mention in find_dates(self._article.paragraphs[paragraph].text):
            when = resolve(mention, as_of, "past")
            found += [when, resolve(mention, as_of, "future") or when] if mention.year is None else [when]
        known = [d for d in found if d is not None]
        return known if len(known) == len(found) else None


def _dates_of(claim: Claim) -> list[DateMention]:
    """The dates that a claim is about, not those that only stand in it."""
    parts = claim.parts
    if isinstance(parts, FigureParts):
        return [d for d in parts.dates if d.year or d.month]
    if isinstance(parts, (OfficeParts, LifeParts)):
        return [d for d in (parts.when, parts.until) if d is not None]
    if isinstance(parts, (MomentParts, CrewParts, AwardParts)):
        return [parts.when] if parts.when is not None else []
    if isinstance(parts, DateParts):
        return [d for d in (parts.when, parts.until) if d is not None]
    return []


def _redated(old: str, mention: DateMention, chance: random.Random) -> list[str]:
    """The same words with other years, or with other months where no year is written, in any order."""
    year = re.search(rf"\b{_YEAR}\b", old)
    if year:
        steps = [n for n in range(-MOST_YEARS, MOST_YEARS + 1) if abs(n) >= LEAST_YEARS]
        options = [f"{old[: year.start()]}{int(year[0]) + step}{old[year.end() :]}" for step in steps]
    else:
        month = next((m for m in MONTHS if m in old), None)
        options = [old.replace(month, other) for other in MONTHS if other != month] if month else []
    chance.shuffle(options)
    return [o for o in options if all(d.is_possible for d in find_dates(f"in {o}"))]


def _is_false_figure_date(parts: FigureParts, new: DateMention, old: DateMention, as_of: Interval | None) -> bool:
    if parts.rule == "weekday":
        weekday = next((d.weekday for d in parts.dates if d.weekday is not None), None)
        if weekday is None or new.month is None or new.day is None or (new.year is None and as_of is None):
            return False
        years = [new.year] if new.year else [as_of.first.year + n for n in (-1, 0, 1)] if as_of else []
        if new.day == 29 and new.month == 2:
            return False
        return all(date(year, new.month, new.day).weekday() != weekday for year in years)
    return parts.rule in ("ago", "apart", "age") and new.year is not None and new.year != old.year


def _renumbered(number: Number, chance: random.Random) -> str | None:
    """The number's words with another value, off by a fifth to three fifths, written in the same way."""
    factor = Decimal(chance.randint(22, 60)) / 100 * chance.choice((1, -1)) + 1
    if number.in_words:
        word = re.search(r"[A-Za-z]+(?:[- ][A-Za-z]+)?", number.text)
        value = next((v for w, v in WORDS.items() if word and w == word[0].lower()), None)
        if value is None or word is None:
            return None
        off = max(1, round(value * abs(factor - 1)))
        wanted = value + off if factor > 1 or value - off < 1 else value - off
        spoken = next((w for w, v in WORDS.items() if v == wanted), None)
        return number.text.replace(word[0], spoken) if spoken else None
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", number.text)
    if digits is None:
        return None
    value_ = Decimal(digits[0].replace(",", ""))
    places = len(digits[0].partition(".")[2])
    new = (value_ * factor).quantize(Decimal(1).scaleb(-places))
    if abs(new - value_) < LEAST_CHANGE * value_:
        new = value_ + Decimal(1).scaleb(-places) * (1 if factor > 1 else -1)
    if new <= 0:
        return None
    written = f"{new:,.{places}f}" if "," in digits[0] or new >= 10_000 else f"{new:.{places}f}"
    return f"{number.text[: digits.start()]}{written}{number.text[digits.end() :]}"


def _term(statement: Statement) -> Interval | None:
    """The days of a term, to today where it is open; None where a bound is missing."""
    if statement.at:
        return parse_iso(statement.at)
    start = parse_iso(statement.start or "")
    end = parse_iso(statement.end) if statement.end else statement.known_until or Interval.day(date(2100, 1, 1))
    if start is None or end is None or end.last < start.first:
        return None
    return Interval(start.first, end.last)


def _days_in(statement: Statement) -> list[Interval]:
    words = (statement.start, statement.end, statement.at, statement.value if statement.value_kind == "date" else None)
    return [when for word in words if word and (when := parse_iso(word)) is not None]


def _years_apart(one: Interval | None, other: Interval | None) -> int:
    return abs(one.first.year - other.first.year) if one and other else 0


def judge(slug: str, article: Article, options: DeskOptions, paths: Sequence[Path], seed: int = SEED) -> Tally:
    """Make every supported claim of an article false, one change at a time."""
    before = asyncio.run(reader.desk.examine(article, options))
    world = World(paths)
    tally = Tally()
    try:
        mutator = Mutator(slug, article, world, seed)
        for record in before.claims:
            for verdict in record.verdicts:
                if verdict.label != "supported":
                    continue
                tally.supported += 1
                made = list(mutator.mutations(record.claim, verdict))
                if not made:
                    tally.untouched[f"{verdict.check}/{record.claim.kind}"] += 1
                for mutation in made:
                    after = asyncio.run(reader.desk.examine(mutation.made(article), options))
                    tally.outcomes.append(_outcome(mutation, before, after))
    finally:
        world.close()
    return tally


def _outcome(mutation: Mutation, before: Examination, after: Examination) -> Outcome:
    """What is said where the new words are: an accusation first, then support of what is false now."""
    target = (mutation.claim.id, mutation.verdict.check)
    others = {
        (mutation.moved(r.claim.span), r.claim.kind, v.check, v.explanation)
        for r in before.claims
        for v in r.verdicts
        if v.label == "supported" and (r.claim.id, v.check) != target
    }
    here = [r for r in after.claims if r.claim.span.contains(mutation.place)]
    wrong = [v.explanation for r in here for v in r.verdicts if v.label in WRONG]
    still = [
        v.explanation
        for r in here
        for v in r.verdicts
        if v.label == "supported"
        and v.check == mutation.verdict.check
        and (r.claim.span, r.claim.kind, v.check, v.explanation) not in others
        and _speaks_of(mutation, v.explanation)
    ]
    text = after.article.paragraphs[mutation.place.paragraph].text
    sentence = _sentence(text, mutation.place)
    fate: Fate = "refuted" if wrong else "still supported" if still else "no longer supported"
    return Outcome(mutation, fate, sentence, " ".join(wrong or still))


def _speaks_of(mutation: Mutation, explanation: str) -> bool:
    """Whether support is for the person who has come, or still for the one who is gone, not for others named there."""
    return mutation.kind != "person" or mutation.come in explanation or mutation.gone in explanation


def _sentence(text: str, place: Span) -> str:
    start = max(text.rfind(". ", 0, place.start) + 2, 0) if ". " in text[: place.start] else 0
    end = text.find(". ", place.end)
    return text[start : end + 1 if end >= 0 else len(text)]


def judged(cases: object, seed: int = SEED) -> Tally:
    """Every article; `cases` is the script articles.py, which knows the articles of tests/cases."""
    whole = Tally()
    with tempfile.TemporaryDirectory(prefix="caveat-mutations-") as folder:
        for slug in cases.slugs():  # type: ignore[attr-defined]
            article, options, _ = cases.read(slug, Path(folder))  # type: ignore[attr-defined]
            whole.add(judge(slug, article, options, options.packs, seed))
    pack = builtin_pack()
    if not pack.is_file():
        compile_builtin(pack)
    for path in sorted(SAMPLES.glob("*.md")):
        whole.add(judge(path.stem, load_path(path), DeskOptions(), [pack], seed))
    return whole


def main() -> int:
    """Judge and print."""
    words = sys.argv[1:]
    seeds = [word for word in words if word.isdecimal()]
    if len(seeds) > 1 or set(words) - {"--each", *seeds}:
        sys.stderr.write("usage: python tests/checks/mutations.py [--each] [SEED]\n")
        return 2
    import articles
    from ledger import NoWorker

    setattr(reader.desk, "LanguageWorker", NoWorker)  # noqa: B010 - the desk does not export it
    whole = judged(articles, int(seeds[0]) if seeds else SEED)
    shown = whole.outcomes if "--each" in words else whole.of("still supported")
    sys.stdout.write("".join(f"{outcome}\n" for outcome in shown))
    made = Counter(o.mutation.kind for o in whole.outcomes)
    sys.stdout.write(f"supported verdicts: {whole.supported}, without a mutation: {whole.untouched.total()}")
    sys.stdout.write(f" ({', '.join(f'{k} {n}' for k, n in sorted(whole.untouched.items()))})\n")
    sys.stdout.write(f"mutations: {len(whole.outcomes)} ({', '.join(f'{k} {n}' for k, n in sorted(made.items()))})\n")
    for fate in ("refuted", "no longer supported", "still supported"):
        of_kind = Counter(o.mutation.kind for o in whole.of(fate))
        told = ", ".join(f"{kind} {number}" for kind, number in sorted(of_kind.items()))
        sys.stdout.write(f"{fate}: {len(whole.of(fate))}{f' ({told})' if told else ''}\n")
    sys.stdout.write(f"refuted or no longer supported: {whole.share:.1%}; refuted: {whole.refuted_share:.1%}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
