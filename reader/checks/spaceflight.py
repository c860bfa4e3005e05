"""Launches, landings, crews, operators and launch vehicles, as the packs state them.

Launch and landing dates follow the rules of `reader.checks.moments`. A crew is only ever supported: lists of crews
are incomplete in both directions (P450, P1029), so absence says nothing; an operator too, since several share the
work. A launch vehicle is refuted where exactly one is stated, and the words say "launched on" another known one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from reader.checks.lookup import named_in, reliable, undoubted
from reader.checks.model import Case, Check, Gate, Ruling, Verdict, decided, stated, undecided
from reader.checks.moments import MomentParts, Rules, judge_moment
from reader.claims.dated import Moment, find_dated
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.sentence import NamedPerson, SentenceView
from reader.claims.status import status_of
from reader.dates import Interval
from reader.knowledge import model
from reader.knowledge.model import Entity, EntityKind, Statement
from reader.language.datetext import DateMention, Tense, resolve

NAME = "spaceflight"
_FLIGHTS: frozenset[EntityKind] = frozenset({"mission", "craft"})
_MOMENTS: dict[Moment, tuple[str, ...]] = {
    "launched": (model.LAUNCHED,),
    "landed": (model.LANDED,),
    "dated": (model.LAUNCHED, model.LANDED),
}
_RULES = Rules(NAME, _FLIGHTS, _MOMENTS)
_SOUGHT = frozenset(_MOMENTS)
_FLYING = re.compile(
    r"\b(?:fly|flies|flew|flown|flying|aboard|on\sboard|ride|rode|ridden|crew|launch|launched|lift(?:ed)?\soff|blast(?:ed)?|orbit|seats?|strapped|squeezed?|landed|splashed|commanded|piloted|returned)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"\b(?P<thing>[A-Z][\w’-]*(?:[-\s](?:[A-Z][\w’-]*|\d+[A-Za-z]?))*)")
_CLAUSE = re.compile(r";\s|\bwhile\b|,\sbut\b")
_NAME = r"[A-Z][\w&'’.-]*(?:[-\s](?:[A-Z][\w&'’.-]*|\d+[A-Za-z]?))*"
_OPERATED = re.compile(
    rf"(?P<thing>{_NAME}),?\s(?:which\s(?:is|was)\s|is\s|was\s|has\sbeen\s)?(?:operated|flown|run|owned\sand\soperated)\sby\s(?:the\s)?(?P<other>{_NAME})"
    rf"|(?P<other2>{_NAME}),?\s(?:which\s)?(?:operates|runs)\s(?:the\s)?(?P<thing2>{_NAME})"
)
_CARRIED = re.compile(
    rf"(?P<thing>{_NAME})[^.;:“”\"]{{0,60}}?\b(?:on|atop|aboard|by|with)\s(?:top\sof\s)?(?:an?|the|its)?\s?(?:[A-Z]?[\w’'-]+\s)?(?P<other>{_NAME})\s?(?:rocket|booster|launcher|launch\svehicle)\b"
    rf"|(?P<thing3>{_NAME})\s(?:rode|flew|went\sup|lifted\soff|blasted\soff|rose|(?:was|is|had\sbeen)\s(?:launched|lifted|carried|sent\sup|put\sinto\sorbit))(?:\s[a-z]+){{0,3}}\s(?:on|atop|aboard|by)\s(?:an?|the|its)\s(?P<other3>{_NAME})"
    rf"|\b(?:[Aa]n?\s|[Tt]he\s)?(?P<other2>{_NAME})\s(?:rocket\s|booster\s|launcher\s)?(?:carried|lifted|launched|sent|hurled|put|boosted|lofted|took)\s(?:the\s)?(?P<thing2>{_NAME})"
)
_LAUNCH = re.compile(r"\b(?:launch\w*|lift\w*|carried|sent|hurled|put|boosted|lofted|took|rode|went\sup|blast\w*|rose|flew|orbit)\b")  # fmt: skip


_ROSE_ON = re.compile(r"\b(?:launched|rode|lifted\soff|blasted\soff|lifted\sinto\s(?:space|orbit))(?:\s(?:[a-z]+|[A-Z]\w+|\d+)){0,6}?\s(?:on|atop|aboard)\s(?:top\sof\s)?(?:an?|the|its)\s")  # fmt: skip


class FlightDateParts(MomentParts):
    """A flight or craft and the date told of it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class CrewParts(Relation):
    """People on one flight; `flight` is named with them, `craft` are the things the clause names beside them."""

    people: tuple[str, ...]
    flight: str | None = None
    craft: tuple[str, ...] = ()
    when: DateMention | None = None

    @property
    def kind(self) -> str:
        """Crew."""
        return "crew"


@dataclass(frozen=True, slots=True)
class MadeByParts(Relation):
    """A flight or craft, and who operates it or what carried it up."""

    thing: str
    other: str
    prop: str
    is_plain: bool

    @property
    def kind(self) -> str:
        """By property."""
        return "operator" if self.prop == model.OPERATOR else "launch vehicle"


class SpaceflightCheck(Check):
    """Judges what is told of flights against what the packs state of them."""

    name = NAME
    parts: tuple[type, ...] = (FlightDateParts, CrewParts, MadeByParts)
    needs_knowledge = True
    whole_article = False

    def find(self, sentence: SentenceView) -> Iterable[Found[Relation]]:
        """Dates, crews, operators and launch vehicles."""
        body = sentence.body
        for dated in find_dated(sentence, _SOUGHT):
            span = sentence.span(dated.start, dated.end)
            yield Found(span, FlightDateParts.of(dated), status_of(body, dated.scope(body)))
        if _FLYING.search(body):
            yield from _crews(sentence)
        for prop, pattern in ((model.OPERATOR, _OPERATED), (model.LAUNCH_VEHICLE, _CARRIED)):
            for found in pattern.finditer(body):
                groups = found.groupdict()
                thing = next(groups[g] for g in ("thing", "thing2", "thing3") if groups.get(g))
                other = next(groups[g] for g in ("other", "other2", "other3") if groups.get(g))
                if prop == model.LAUNCH_VEHICLE and not _LAUNCH.search(found[0]):
                    continue
                scope = body if prop == model.LAUNCH_VEHICLE else body[max(0, found.start() - 30) : found.end()]
                span = sentence.span(found.start(), found.end())
                yield Found(
                    span, MadeByParts(thing, other, prop, _ROSE_ON.search(found[0]) is not None), status_of(body, scope)
                )

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """One verdict a claim."""
        for claim in claims:
            if isinstance(claim.parts, FlightDateParts):
                yield claim, judge_moment(claim, claim.parts, case, _RULES)
            elif claim.status not in (Status.ASSERTED, Status.PLANNED):
                yield claim, undecided(NAME, f"what is {claim.status.value} is not judged", case.as_of, gate=Gate.SAID)
            elif isinstance(claim.parts, CrewParts):
                yield claim, _crew(claim, claim.parts, case)
            elif isinstance(claim.parts, MadeByParts):
                yield claim, _made_by(claim, claim.parts, case)


def _crews(sentence: SentenceView) -> Iterator[Found[Relation]]:
    """People on a flight: a named flight and one person, or several people together."""
    body, names = sentence.body, sentence.named_people()
    if not names:
        return
    status = status_of(body)
    things = [t for t in _THING.finditer(body) if not _is_person(t, names) or re.search(r"\d", t["thing"])]
    for start, end in _clauses(body):
        people = [n for n in names if start <= n.start < end]
        flights = [t for t in things if start <= t.start() < end]
        when = next((d for d in sentence.dates if start <= sentence.offsets(d)[0] < end), None)
        if len(people) >= 2 and _FLYING.search(body[start:end]):
            parts = CrewParts(tuple(n.name for n in people), None, tuple(t["thing"] for t in flights), when)
            yield Found(sentence.span(people[0].start, people[-1].end), parts, status)
        for person in people:
            for flight in flights:
                if re.search(r"\d|[A-Z]\w+\s[A-Z]", flight["thing"]):
                    span = sentence.span(min(person.start, flight.start()), max(person.end, flight.end()))
                    yield Found(span, CrewParts((person.name,), flight["thing"], (), when), status)


def _is_person(thing: re.Match[str], names: Sequence[NamedPerson]) -> bool:
    return any(n.start <= thing.start() < n.end for n in names)


def _clauses(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _CLAUSE.finditer(body):
        yield start, found.start()
        start = found.end()
    yield start, len(body)


def _crew(claim: Claim, parts: CrewParts, case: Case) -> Verdict:
    """Everyone named is on one flight; a flight, craft or date that is named must be that one's."""
    people = [p for name in parts.people if (p := case.known.person(name).entity)]
    if len(people) != len(parts.people):
        return undecided(NAME, "not everyone named is known beyond doubt", case.as_of, gate=Gate.MEANT)
    tense: Tense = "future" if claim.status is Status.PLANNED else "past"
    when = resolve(parts.when, case.as_of, tense) if parts.when else None
    for flight in sorted(set.intersection(*({s.value for s in _flights_of(p, case)} for p in people))):
        entity = case.known.knowledge.entity(flight)
        if entity is not None and _fits(entity, parts, when, case):
            statements = [s for p in people for s in _flights_of(p, case) if s.value == flight][: len(people)]
            text = _crew_sentence(people, entity, case)
            evidence = [stated(s, text, "supports", entity.label) for s in statements]
            planned = "Planned; " if claim.status is Status.PLANNED else ""
            return decided("supported", NAME, f"{planned}{text}", evidence, case.as_of)
    return undecided(
        NAME,
        "the packs name no flight that all of this fits; lists of crews are incomplete",
        case.as_of,
        gate=Gate.STATED,
    )


def _crew_sentence(people: Sequence[Entity], flight: Entity, case: Case) -> str:
    launched = next((s.date for s in reliable(case, flight.id, model.LAUNCHED) if s.date), None)
    names = " and ".join(filter(None, (", ".join(p.label for p in people[:-1]), people[-1].label)))
    verb = "are" if len(people) > 1 else "is"
    return f"{names} {verb} on the crew of {flight.label}" + (f", launched on {launched}" if launched else "")


def _flights_of(person: Entity, case: Case) -> list[Statement]:
    own = reliable(case, person.id, model.MISSION)
    inverse = [s for s in case.known.knowledge.statements_with(person.id, model.CREW) if s.is_reliable]
    known = {s.value for s in own}
    return own + [msgspec.structs.replace(s, value=s.subject) for s in inverse if s.subject not in known]


def _fits(flight: Entity, parts: CrewParts, when: Interval | None, case: Case) -> bool:
    if parts.flight is not None and not any(e.id == flight.id for e, _ in case.known.knowledge.named(parts.flight)):
        return False
    kinds = {s.value for s in case.known.knowledge.statements(flight.id, model.INSTANCE_OF)} | {flight.id}
    for name in parts.craft:
        meant = case.known.anything(name, _FLIGHTS)
        if meant.candidates and not any(e.id in kinds for e in meant.candidates):
            return False
    if when is not None:
        told = [s.date for p in (model.LAUNCHED, model.LANDED) for s in reliable(case, flight.id, p) if s.date]
        return any(d.inside(when) for d in told)
    return parts.flight is not None or bool(parts.craft)


def _made_by(claim: Claim, parts: MadeByParts, case: Case) -> Verdict:
    thing = named_in(parts.thing, case, _FLIGHTS)
    other = named_in(parts.other, case, frozenset({"organisation", "country", "craft", "other"}))
    if thing is None or other is None:
        return undecided(NAME, "not both are known beyond doubt", case.as_of, gate=Gate.MEANT)
    word = "is operated by" if parts.prop == model.OPERATOR else "was launched by"
    for statement in reliable(case, thing.id, parts.prop):
        if statement.value == other.id:
            said = f"{thing.label} {word} {other.label}"
            return decided("supported", NAME, said, [stated(statement, said, "supports", thing.label)], case.as_of)
    single = undoubted(case, thing.id, parts.prop)
    if parts.prop == model.OPERATOR or not parts.is_plain:
        return undecided(
            NAME, "several may share this, so what is stated refutes nothing", case.as_of, gate=Gate.DEFINITE
        )
    if single is None or claim.status is not Status.ASSERTED or other.id == thing.id:
        return undecided(NAME, f"the packs do not state one alone for {thing.label}", case.as_of, gate=Gate.RELIABLE)
    truth = case.known.knowledge.entity(single.value)
    if truth is None or truth.kind != other.kind or single.start or single.end or _akin(truth, other, case):
        return undecided(NAME, f"{other.label} may be part of what is stated", case.as_of, gate=Gate.DEFINITE)
    said = f"{thing.label} {word} {truth.label}"
    return decided("refuted", NAME, said, [stated(single, said, "refutes", thing.label)], case.as_of)


def _akin(one: Entity, other: Entity, case: Case) -> bool:
    """One is a part, a kind or a namesake of the other."""
    pairs = ((one, other), (other, one))
    if any(a.label.casefold() in b.label.casefold() for a, b in pairs):
        return True
    return any(
        s.value == b.id
        for a, b in pairs
        for p in (model.PART_OF, model.INSTANCE_OF)
        for s in case.known.knowledge.statements(a.id, p)
    )
