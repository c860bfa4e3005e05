"""Dated events, crews and launches, seats, founders, awards, capitals: it supports what the packs state, and never refutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reader.checks.model import Case, Ruling, Verdict, decided, stated, undecided
from reader.claims.model import Claim, EventParts, Status
from reader.dates import Interval, parse_iso
from reader.knowledge import model
from reader.knowledge.model import Entity, Statement
from reader.knowledge.names import normal
from reader.language.datetext import resolve

NAME = "stated"
_DATE_PROPERTIES = {
    "begun": (model.INCEPTION, model.STARTED, model.POINT_IN_TIME),
    "launched": (model.LAUNCHED, model.INCEPTION),
    "landed": (model.LANDED,),
    "held": (model.POINT_IN_TIME, model.STARTED),
    "ended": (model.ENDED, model.DISSOLVED),
}
_WORDING = {
    model.INCEPTION: "began on", model.STARTED: "began on", model.POINT_IN_TIME: "is dated", model.LAUNCHED: "was launched on", model.LANDED: "landed on",
    model.ENDED: "ended on", model.DISSOLVED: "ended on",
}  # fmt: skip


class StatedCheck:
    """Looks event claims up; silence means nothing."""

    name = NAME
    parts: tuple[type, ...] = (EventParts,)
    needs_knowledge = True
    whole_article = False

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """Supported where a statement says the same; otherwise the reason why not."""
        for claim in claims:
            if isinstance(claim.parts, EventParts):
                yield claim, _event(claim, claim.parts, case)


def _event(claim: Claim, parts: EventParts, case: Case) -> Verdict:
    if claim.status not in (Status.ASSERTED, Status.PLANNED):
        return undecided(NAME, f"what is {claim.status.value} is not judged", case.as_of)
    handler = {
        "seat": _seat,
        "founder": _founder,
        "capital": _capital,
        "operator": _operator,
        "award": _award,
        "crew": _crew,
        "calling": _calling,
    }.get(parts.relation, _dated)
    found = handler(parts, case, claim)
    if found is None:
        return undecided(NAME, f"the packs do not state this of {parts.subject}", case.as_of)
    text, statements, entity = found
    planned = "planned; " if claim.status is Status.PLANNED else ""
    evidence = [stated(s, text, "supports", entity.label) for s in statements]
    return decided("supported", NAME, f"{planned}{text}."[:1].upper() + f"{planned}{text}."[1:], evidence, case.as_of)


_Found = tuple[str, Sequence[Statement], Entity] | None


def _one(name: str, case: Case, *kinds: str) -> Entity | None:
    """The one entity of that name (and kind); a namesake leaves it open."""
    found = case.known.anything(name.removesuffix("'s").removesuffix("’s"))
    candidates = [e for e in found.candidates if not kinds or e.kind in kinds]
    return candidates[0] if len(candidates) == 1 and len(found.candidates) == 1 else None


def _reliable(case: Case, subject: str, prop: str) -> list[Statement]:
    """Usable statements: referenced, undisputed, of the best rank."""
    statements = [
        s
        for s in case.known.knowledge.statements(subject, prop)
        if s.rank != "deprecated" and not s.disputed and not s.circa
    ]
    preferred = [s for s in statements if s.rank == "preferred"] or statements
    return [s for s in preferred if s.referenced]


def _still_holds(statement: Statement, case: Case) -> bool:
    """A statement without an end holds until its knowledge date; one with an end, until that."""
    as_of = case.as_of
    if as_of is None:
        return statement.end is None
    if statement.end is not None:
        end = parse_iso(statement.end)
        return end is not None and as_of.before(end)
    start = parse_iso(statement.start) if statement.start else None
    if start is not None and not start.before(as_of):
        return False
    return statement.known_until is not None and not as_of.after(statement.known_until)


def _dated(parts: EventParts, case: Case, claim: Claim) -> _Found:
    if parts.when is None:
        return None
    when = resolve(parts.when, case.as_of, parts.tense)
    entity = _entity_of(parts.subject, claim, case)
    if when is None or entity is None or entity.kind in ("person", "country", "place", "position"):
        return None
    for prop in _DATE_PROPERTIES[parts.relation.partition(":")[2]]:
        if (
            prop == model.INCEPTION
            and parts.relation == "date:launched"
            and entity.kind not in ("organisation", "other")
        ):
            continue
        for statement in _reliable(case, entity.id, prop):
            date = statement.date
            foreseen = date is not None and (statement.known_until is None or date.after(statement.known_until))
            if foreseen and claim.status is not Status.PLANNED:
                continue
            if date is not None and date.inside(when) and (when.first.year == when.last.year or when.precision >= 9):
                return (
                    f"{entity.label} {_WORDING[prop].replace(' on', '' if not date.is_day else ' on')} {'' if date.is_day or prop == model.POINT_IN_TIME else 'in '}{date}",
                    [statement],
                    entity,
                )
    return None


def _entity_of(name: str, claim: Claim, case: Case) -> Entity | None:
    """The entity a thing's name means, also with the event's own word ("annexation of Crimea", "invasion of Ukraine")."""
    verb = claim.parts.object if isinstance(claim.parts, EventParts) else None
    for candidate in (name, f"{name} {verb}", f"{verb} of {name}", f"{verb} from {name}", f"{verb} from the {name}"):
        entity = _one(candidate, case)
        if entity is not None and entity.kind not in ("country", "place", "person"):
            return entity
    return None


def _seat(parts: EventParts, case: Case, claim: Claim) -> _Found:
    body = _one(parts.subject, case, "organisation", "other")
    if body is None or parts.object is None:
        return None
    wanted = {e.id for e in case.known.whose(parts.object)}
    for statement in _reliable(case, body.id, model.HEADQUARTERS):
        countries = {s.value for s in case.known.knowledge.statements(statement.value, model.COUNTRY)}
        if _still_holds(statement, case) and wanted & ({statement.value} | countries):
            return (
                f"{body.label} has its headquarters in {case.known.knowledge.label(statement.value)}",
                [statement],
                body,
            )
    return None


def _founder(parts: EventParts, case: Case, claim: Claim) -> _Found:
    body = _one(parts.subject, case, "organisation", "other")
    if body is None or not parts.others:
        return None
    found: list[Statement] = []
    for name in parts.others:
        person = case.known.person(name).entity
        match = next((s for s in _reliable(case, body.id, model.FOUNDER) if person and s.value == person.id), None)
        if match is None:
            return None
        found.append(match)
    people = " and ".join(case.known.knowledge.label(s.value) for s in found)
    return f"{body.label} was founded by {people}", found, body


def _capital(parts: EventParts, case: Case, claim: Claim) -> _Found:
    countries = [e for e in case.known.whose(parts.subject) if e.kind == "country"]
    if len(countries) != 1 or parts.object is None:
        return None
    for statement in _reliable(case, countries[0].id, model.CAPITAL):
        if _still_holds(statement, case) and normal(case.known.knowledge.label(statement.value)) == normal(
            parts.object
        ):
            return (
                f"The capital of {countries[0].label} is {case.known.knowledge.label(statement.value)}",
                [statement],
                countries[0],
            )
    return None


def _operator(parts: EventParts, case: Case, claim: Claim) -> _Found:
    thing, body = _one(parts.subject, case), _one(parts.object or "", case, "organisation", "other")
    if thing is None or body is None:
        return None
    for statement in _reliable(case, thing.id, model.OPERATOR):
        if statement.value == body.id:
            return f"{thing.label} is operated by {body.label}", [statement], thing
    return None


def _award(parts: EventParts, case: Case, claim: Claim) -> _Found:
    """The award and year of everybody who is named together."""
    found = [_award_of(name, parts, case) for name in (parts.subject, *parts.others)]
    if any(f is None for f in found):
        return None
    whole = [f for f in found if f is not None]
    return "; ".join(text for text, _, _ in whole), [s for _, statements, _ in whole for s in statements], whole[0][2]


def _award_of(subject: str, parts: EventParts, case: Case) -> _Found:
    person = case.known.person(subject).entity or _one(subject, case, "organisation")
    year = resolve(parts.when, case.as_of, "past") if parts.when else None
    if person is None or parts.object is None or (parts.when is not None and year is None):
        return None
    name = normal(parts.object)
    for statement in _reliable(case, person.id, model.AWARD):
        names = {normal(case.known.knowledge.label(statement.value)), *(_aliases(statement.value, name, case))}
        at = parse_iso(statement.at) if statement.at else None
        if name not in names or (
            year is not None and (at is None or not at.overlaps(year) or not year.inside(Interval.year(at.first.year)))
        ):
            continue
        if year is None and case.as_of and at and at.after(case.as_of):
            continue
        return (
            f"{person.label} received the {case.known.knowledge.label(statement.value)}" + (f" in {at}" if at else ""),
            [statement],
            person,
        )
    return None


def _aliases(entity: str, name: str, case: Case) -> Iterator[str]:
    if any(e.id == entity for e, _ in case.known.knowledge.named_normal(name)):
        yield name


def _crew(parts: EventParts, case: Case, claim: Claim) -> _Found:
    """Everyone named is on one flight; a flight, craft or date that is named must be that one's."""
    people_names = (parts.subject, *parts.others[: parts.others.index("|")])
    craft = parts.others[parts.others.index("|") + 1 :]
    people = [p for name in people_names if (p := case.known.person(name).entity)]
    if len(people) != len(people_names):
        return None
    when = (
        resolve(parts.when, case.as_of, "future" if claim.status is Status.PLANNED else "past") if parts.when else None
    )
    flights = set.intersection(*({s.value for s in _flights_of(p, case)} for p in people))
    for flight in sorted(flights):
        entity = case.known.knowledge.entity(flight)
        if entity is None or not _fits(entity, parts.object, craft, when, case):
            continue
        statements = [s for p in people for s in _flights_of(p, case) if s.value == flight][: len(people)]
        launched = next((s.date for s in _reliable(case, flight, model.LAUNCHED) if s.date), None)
        names = ", ".join(p.label for p in people[:-1]) + (
            f" and {people[-1].label}" if len(people) > 1 else people[-1].label
        )
        verb = "are on the crew of" if len(people) > 1 else "is on the crew of"
        return f"{names} {verb} {entity.label}" + (f", launched on {launched}" if launched else ""), statements, entity
    return None


def _flights_of(person: Entity, case: Case) -> list[Statement]:
    import msgspec

    own = _reliable(case, person.id, model.MISSION)
    inverse = [s for s in case.known.knowledge.statements_with(person.id, model.CREW) if s.is_reliable]
    return own + [
        msgspec.structs.replace(s, value=s.subject) for s in inverse if s.subject not in {o.value for o in own}
    ]


def _fits(flight: Entity, named: str | None, craft: Sequence[str], when: Interval | None, case: Case) -> bool:
    if named is not None and not any(e.id == flight.id for e, _ in case.known.knowledge.named(named)):
        return False
    kinds = {s.value for s in case.known.knowledge.statements(flight.id, model.INSTANCE_OF)} | {flight.id}
    for name in craft:
        meant = case.known.anything(name, frozenset({"craft", "mission"}))
        if meant.candidates and not any(e.id in kinds for e in meant.candidates):
            return False
    if when is not None:
        launched = [s.date for s in _reliable(case, flight.id, model.LAUNCHED) if s.date]
        return any(d.inside(when) for d in launched)
    return named is not None or bool(craft)


def _calling(parts: EventParts, case: Case, claim: Claim) -> _Found:
    person = case.known.person(parts.subject).entity
    if person is None or parts.object is None:
        return None
    countries = {e.id for e in case.known.whose(parts.object) if e.kind == "country"}
    citizen = [s for s in _reliable(case, person.id, model.CITIZENSHIP) if s.value in countries]
    callings = []
    for word in parts.others[0].split(" and "):
        match = next(
            (s for s in _reliable(case, person.id, model.OCCUPATION) if _is_calling(s.value, word, case)), None
        )
        if match is None:
            return None
        callings.append(match)
    if not citizen:
        return None
    country = case.known.knowledge.label(citizen[0].value)
    return (
        f"The pack records {person.label}'s citizenship as {country}, and the occupation of {parts.others[0]}",
        [citizen[0], *callings],
        person,
    )


def _is_calling(value: str, word: str, case: Case) -> bool:
    if normal(value) == normal(word):
        return True
    return any(e.id == value for e, _ in case.known.knowledge.named(word))
