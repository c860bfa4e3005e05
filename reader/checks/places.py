"""Capitals (P36), headquarters (P159), and the country of a place or organisation (P17), as of the day told of.

Rules: supported where a statement holds on that day and names the place or something inside it. Refuted where exactly
one statement holds then, no other one names the claimed place, no move lies within a year, and the claimed place is
known beyond doubt to be a different one: neither inside nor around the true one, nor its neighbour in one region.
A country is only ever supported: the words that name another country may well mean a namesake that no pack knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from reader.checks.lookup import holds, named_in, names_of, reliable, undoubted
from reader.checks.model import Case, Check, Gate, Ruling, Verdict, decided, stated, undecided
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of
from reader.dates import Interval, parse_iso
from reader.knowledge import model
from reader.knowledge.model import Entity, EntityKind, Statement
from reader.knowledge.names import normal
from reader.language.datetext import DateMention, resolve

NAME = "places"
_YEAR = 366
_CITY = r"(?:[A-Z][\w'’.-]*)(?:\s(?:of|de|do|da|la|and)(?=\s[A-Z])|\s[A-Z][\w'’.-]*){0,4}"
_OWNER = r"[A-Z][\w.-]*(?:\s(?:and|of|the)(?=\s[A-Z])|\s[A-Z][\w-]*){0,3}"
_ORG = r"[A-Z][\w&'’.-]*(?:\s(?:of|for|and|the)(?:\sthe)?(?=\s[A-Z])|\s[A-Z][\w&'’.-]*){0,7}"
_CAPITALS = (
    rf"\b(?P<owner>{_OWNER})(?:['’]s)?\scapital,?\s(?P<place>{_CITY})",
    rf"\b(?P<place>{_CITY}),\s(?:which\sis\s|then\s|still\s)?(?:the\s)?capital\sof\s(?P<owner>{_OWNER})",
    rf"\b(?P<place>{_CITY}),\s(?:the\s)?(?P<owner>{_OWNER})(?:['’]s)?\scapital\b",
    rf"\bcapital\sof\s(?P<owner>{_OWNER}),\s(?P<place>{_CITY})",
    rf"\b(?P<place>{_CITY})\s(?:is|was|became|remains|had\sbeen)\s(?:now\s|still\s)?(?:the\scapital\sof\s(?P<owner>{_OWNER})|(?P<owner2>{_OWNER})['’]s\scapital\b)",
    rf"\b(?P<owner>{_OWNER})['’]s\scapital\s(?:is|was)\s(?:now\s)?(?P<place>{_CITY})",
)
_ITS_CAPITAL = re.compile(
    rf"\b(?:its|the(?:\scountry['’]s)?)\scapital,\s(?P<place>{_CITY})|\b(?P<place2>{_CITY}),\s(?:its|the(?:\scountry['’]s)?)\scapital\b(?!\s(?:of|city\sof)\b)"
)
_IN = r"(?:in|at)\s(?:the\s(?:[A-Z]\w+\s)?(?:city|town|port|capital)(?:\sof|,)?\s)?"
_SEATED = r"(?:[Bb]ased|[Hh]eadquartered|domiciled)"
_SEATS = (
    rf"\b(?P<place>[A-Z][\w'’]*(?:\s[A-Z][\w'’]*)?)-(?:based|headquartered)\s(?:[a-z][\w-]*\s){{0,4}}(?P<owner>{_ORG})",
    rf"(?P<owner>{_ORG}),\s(?:an?|the)\s(?P<place>[A-Z][\w'’]*(?:\s[A-Z][\w'’]*)?)-(?:based|headquartered)\b",
    rf"(?P<owner>{_ORG})\s?,?\s(?:(?:which|that)\sis\s|is\s|was\s)?{_SEATED}\s{_IN}(?P<place>{_CITY})",
    rf"(?P<owner>{_ORG}),\s(?:an?|the)\s(?:[A-Z]?[a-z][\w-]*\s){{1,4}}{_SEATED}\s{_IN}(?P<place>{_CITY})",
    rf"(?P<owner>{_ORG}),?\s(?:(?:which|that)\s)?(?:has|had)\sits\s(?:seat|headquarters|head\soffice|base)\s{_IN}(?P<place>{_CITY})",
    rf"(?P<owner>{_ORG}),?\swhose\s(?:seat|headquarters|head\soffice)\s(?:is|are)\s{_IN}(?P<place>{_CITY})",
    rf"(?:^|[.:]\s){_SEATED}\s{_IN}(?P<place>{_CITY}),\s(?:the\s)?(?P<owner>{_ORG})",
    rf"\b[Ff]rom\sits\s(?:seat|headquarters|base)\s{_IN}(?P<place>{_CITY}),?\s(?:the\s)?(?P<owner>{_ORG})",
    rf"(?P<place>{_CITY}),\swhere\s(?:the\s)?(?P<owner>{_ORG})\s(?:has\sits\s(?:seat|headquarters|head\soffice)|is\s(?:based|headquartered))",
    rf"\b(?:headquarters|seat|head\soffice)\sof\s(?:the\s)?(?P<owner>{_ORG})\s(?:is|are)?\s?{_IN}(?P<place>{_CITY})",
)
_TOWN = r"(?:city|town|port|resort|village|island|airport)"
_COUNTRIES = (
    rf"\b(?P<owner>{_OWNER})\s(?:[a-z]+\s){{0,2}}{_TOWN}\sof\s(?P<place>{_CITY})",
    rf"\b(?P<place>{_CITY}),\s(?:an?|the)\s(?P<owner>{_OWNER})\s(?:[a-z]+\s){{0,2}}{_TOWN}\b",
    rf"\b(?P<place>{_CITY}),\s(?:an?|the)\s(?:[a-z]+\s){{0,2}}{_TOWN}\sin\s(?P<owner>{_OWNER})",
    rf"\b(?P<place>{_CITY}),?\sin\s(?:(?:northern|southern|eastern|western|central)\s)?(?P<owner>{_OWNER})",
    rf"\b(?P<place>{_CITY}),\s(?P<owner>{_OWNER})(?=[,.;]|\s[-—–])",
    rf"\b(?P<owner>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(?:[a-z][\w-]*\s){{1,3}}(?P<place>{_ORG})",
    rf"(?P<place>{_ORG}),\s(?:an?|the)\s(?P<owner>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(?!capital)[a-z]",
)
Relations = Literal["capital", "seat", "country"]
_PATTERNS: tuple[tuple[Relations, re.Pattern[str]], ...] = (
    *(("capital", re.compile(p)) for p in _CAPITALS), *(("seat", re.compile(p)) for p in _SEATS), *(("country", re.compile(p)) for p in _COUNTRIES),
)  # fmt: skip
_BESIDE = re.compile(
    r"\b(?:former|ex|one-?time|future|next|provisional|temporary|until|division|unit|arm|branch|subsidiar\w+|rivals?|regional|moving|leave|leaving|for\snow|"
    r"take\sfor|calls?|called\sit|by\shabit|packing|mistak\w+|joked|thinks?|thought|believ\w+|assum\w+|imagin\w+|suppos\w+|myth)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"$|[,.;:)!?](?!\s(?:when|until|during)\b)|\s[—–(-]|\s(?:is|was|has|had|and|on|in|since|with|at|to|after|by|where|as)\b"
)
_OF_SOMETHING = re.compile(r"^capital\s(?:of|for)\s[a-z]")
_OF_ITS_OWN = re.compile(
    r"\b(?:of|at|for|from|with|to|[a-z]+an|regional|branch|office|bureau)\s(?:the\s)?$", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:(?:In|At|From|Near|Outside|On|Across|Around|To|Through|The)\s)+(?:the\s)?")
_NEAR_KM = 100
_PROPERTY = {"capital": model.CAPITAL, "seat": model.HEADQUARTERS}
_OWNERS: dict[str, frozenset[EntityKind]] = {
    "capital": frozenset({"country", "place"}),
    "seat": frozenset({"organisation", "other"}),
}
_PLACES: frozenset[EntityKind] = frozenset({"place", "country"})


@dataclass(frozen=True, slots=True)
class PlaceParts(Relation):
    """A place and what it is the capital or the seat of; `owner` is None where the sentence's one country is meant."""

    relation: Relations
    place: str
    owner: str | None
    sentence: str
    is_past: bool
    is_plain: bool
    when: DateMention | None = None

    @property
    def kind(self) -> str:
        """Capital, seat or country."""
        return self.relation

    def of_any_day(self) -> PlaceParts | None:
        """What is told of the present."""
        return self if self.when is None and not self.is_past else None


class PlacesCheck(Check):
    """Judges what is said to be whose capital or headquarters."""

    name = NAME
    parts: tuple[type, ...] = (PlaceParts,)
    needs_knowledge = True
    whole_article = False

    def find(self, sentence: SentenceView) -> Iterable[Found[Relation]]:
        """Capitals and seats, by the phrases that name them."""
        body = sentence.body
        for relation, pattern in _PATTERNS:
            for found in pattern.finditer(body):
                owner = found["owner"] or (found.groupdict().get("owner2"))
                yield _found(sentence, found, relation, found["place"], owner)
        for found in _ITS_CAPITAL.finditer(body):
            yield _found(sentence, found, "capital", found["place"] or found["place2"], None)

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """One verdict a claim."""
        for claim in claims:
            if isinstance(claim.parts, PlaceParts):
                yield claim, _place(claim, claim.parts, case)


def _found(
    sentence: SentenceView, found: re.Match[str], relation: Relations, place: str, owner: str | None
) -> Found[Relation]:
    body = sentence.body
    clause = max(body.rfind(mark, 0, found.start()) for mark in (";", ":", "“", '"')) + 1
    is_aside = body[found.end() : found.end() + 1] == "," or re.match(rf"{_CITY},|{_ORG},", found[0]) is not None
    scope = body[max(clause, found.start() - (0 if is_aside else 20)) : found.end()]
    around = body[max(clause, found.start() - 15) : found.end() + (0 if is_aside else 22)]
    when = next((d for d in sentence.dates if 0 <= sentence.offsets(d)[0] - found.end() <= 14), None)
    is_past = re.search(r"\b(?:was|had\sbeen|became|then)\b", found[0]) is not None
    is_plain = not _BESIDE.search(around) and _is_all_told(relation, found, body)
    parts = PlaceParts(relation, place, owner, body, is_past, is_plain, when)
    return Found(sentence.span(found.start(), found.end()), parts, status_of(body, scope))


def _is_all_told(relation: Relations, found: re.Match[str], body: str) -> bool:
    """Whether the owner's name ends with what was found, and nothing makes the place one of several seats or times."""
    after, before = body[found.end() :], body[max(0, found.start() - 25) : found.start()]
    if relation == "capital":
        return bool(_CLOSED.match(after)) and not _OF_SOMETHING.match(body[found.end() - len("capital") :])
    if not re.match(r"[,.;)]|\s[—–-]|$", after) or _OF_ITS_OWN.search(before) or "-based" in found[0]:
        return False
    return not re.search(r"\bbase\b", found[0])


def _place(claim: Claim, parts: PlaceParts, case: Case) -> Verdict:
    if claim.status is not Status.ASSERTED:
        return undecided(NAME, f"what is {claim.status.value} is not judged", case.as_of, gate=Gate.SAID)
    if parts.relation == "country":
        return _country(parts, case)
    owner = _owner(parts, case)
    if owner is None:
        return undecided(
            NAME, f"the packs do not say beyond doubt whose {parts.relation} is meant", case.as_of, gate=Gate.MEANT
        )
    when = resolve(parts.when, case.as_of, "past") if parts.when else case.as_of
    if parts.is_past and parts.when is None:
        return undecided(NAME, "the time that is told of is open", case.as_of, gate=Gate.WHEN)
    statements = [s for s in case.known.knowledge.statements(owner.id, _PROPERTY[parts.relation]) if s.rank != "deprecated"]  # fmt: skip
    place = _meant(parts.place, case)
    holding = [s for s in statements if when is None or not (_has_ended(s, when) or _is_to_come(s, when))]
    is_single = len(holding) == 1 or parts.relation == "seat"
    for statement in statements:
        if not statement.is_reliable or not holds(statement, when) or _is_moving(statements, when, 60):
            continue
        if place is not None and is_single and _is_place(place, statement.value, parts, case):
            said = _said(parts, owner, statement, case)
            return decided("supported", NAME, said, [stated(statement, said, "supports", owner.label)], case.as_of)
    return _refuted(parts, case, owner, place, statements, when)


def _country(parts: PlaceParts, case: Case) -> Verdict:
    """The country that a place lies in, or that an organisation is of or has its headquarters in."""
    meant = [e for e in case.known.whose(_LEAD.sub("", parts.owner or "")) if e.kind == "country"]
    subject = named_in(parts.place, case, frozenset({"place", "organisation"}))
    if len(meant) != 1 or subject is None:
        return undecided(
            NAME, "the packs do not say beyond doubt which place and country are meant", case.as_of, gate=Gate.MEANT
        )
    seats = [s for s in reliable(case, subject.id, model.HEADQUARTERS) if holds(s, case.as_of)]
    own = undoubted(case, subject.id, model.COUNTRY)
    for statement in (*([own] if own else []), *seats):
        countries = {statement.value, *(s.value for s in reliable(case, statement.value, model.COUNTRY))}
        if meant[0].id in countries and holds(statement, case.as_of):
            link = (
                "is in" if subject.kind == "place" else "is of" if statement.value == meant[0].id else "has its seat in"
            )
            said = f"{subject.label} {link} {meant[0].label}"
            return decided("supported", NAME, said, [stated(statement, said, "supports", subject.label)], case.as_of)
    return undecided(NAME, f"the packs do not state that country of {subject.label}", case.as_of, gate=Gate.STATED)


def _owner(parts: PlaceParts, case: Case) -> Entity | None:
    kinds = _OWNERS[parts.relation]
    if parts.owner is not None:
        if parts.relation == "capital":
            meant = [e for e in case.known.whose(_LEAD.sub("", parts.owner)) if e.kind in kinds]
            return meant[0] if len(meant) == 1 else None
        return named_in(parts.owner, case, kinds)
    words = re.findall(r"\b[A-Z][\w-]*(?:\s[A-Z][\w-]*)*", parts.sentence.replace(parts.place, " "))
    countries = {e.id: e for word in words for e in case.known.whose(word) if e.kind == "country"}
    return next(iter(countries.values())) if len(countries) == 1 else None


def _meant(name: str, case: Case) -> Entity | None:
    for spelling in (name, f"The {name}"):
        known = [e for e in case.known.whose(spelling) if e.kind in _PLACES]
        if known:
            return known[0] if len(known) == 1 else None
    return named_in(name, case, _PLACES)


def _is_place(place: Entity, value: str, parts: PlaceParts, case: Case) -> bool:
    """Whether a stated place is the one meant; a seat may also be told by its region or country."""
    return place.id == value or (parts.relation == "seat" and place.id in set(_around(value, case)))


def _around(place: str, case: Case) -> Iterator[str]:
    """The regions and countries that a place lies in, nearest first."""
    seen = {place}
    waiting = [place]
    while waiting:
        here = waiting.pop(0)
        for prop in (model.LOCATED_IN, model.COUNTRY, model.PART_OF):
            for statement in case.known.knowledge.statements(here, prop):
                if statement.rank != "deprecated" and statement.value not in seen:
                    seen.add(statement.value)
                    waiting.append(statement.value)
                    yield statement.value


def _is_moving(statements: Sequence[Statement], when: Interval | None, days: int) -> bool:
    """Whether a move lies that near."""
    edges = [e for s in statements for text in (s.start, s.end) if text and (e := parse_iso(text))]
    return when is not None and any(edge.widened(days).overlaps(when) for edge in edges)


def _said(parts: PlaceParts, owner: Entity, statement: Statement, case: Case) -> str:
    place = case.known.knowledge.label(statement.value)
    since = f" since {parse_iso(statement.start)}" if statement.start else ""
    until = f" until {parse_iso(statement.end)}" if statement.end and statement.end != "?" else ""
    what = "capital" if parts.relation == "capital" else "headquarters"
    verb = "was" if until else "is" if not since else "has been"
    return f"{place} {verb} the {what} of {owner.label}{since}{until}"


def _refuted(
    parts: PlaceParts,
    case: Case,
    owner: Entity,
    place: Entity | None,
    statements: Sequence[Statement],
    when: Interval | None,
) -> Verdict:
    if parts.relation == "seat" and normal(parts.owner or "") not in names_of(owner.id, case, parts.owner or ""):
        return undecided(NAME, f"“{parts.owner}” may be a part of {owner.label}", case.as_of, gate=Gate.MEANT)
    if place is None:
        return undecided(NAME, f"the packs do not know “{parts.place}” beyond doubt", case.as_of, gate=Gate.MEANT)
    if not parts.is_plain or when is None:
        return undecided(NAME, "the words may speak of another time or another office", case.as_of, gate=Gate.WHEN)
    holding = [s for s in statements if not (_has_ended(s, when) or _is_to_come(s, when))]
    if len(holding) != 1 or not holding[0].is_reliable or not holds(holding[0], when):
        return undecided(
            NAME, f"the packs do not state one {parts.relation} alone on that day", case.as_of, gate=Gate.RELIABLE
        )
    if _is_moving(statements, when, _YEAR) or any(s.value == place.id for s in statements):
        return undecided(NAME, "there was a move, or the place was the one at another time", case.as_of, gate=Gate.WHEN)
    truth = holding[0].value
    if parts.relation == "capital" and owner.id not in _around(place.id, case):
        return undecided(NAME, f"{place.label} may be the capital of a namesake", case.as_of, gate=Gate.MEANT)
    above, below = set(_around(truth, case)), set(_around(place.id, case))
    regions = {e for e in above & below if (known := case.known.knowledge.entity(e)) and known.kind != "country"}
    names = [place.label.casefold(), case.known.knowledge.label(truth).casefold()]
    if place.id in above or truth in below or regions or names[0] in names[1] or names[1] in names[0]:
        return undecided(
            NAME, "one place may lie within the other, or both in one region", case.as_of, gate=Gate.DEFINITE
        )
    if parts.relation == "seat" and _may_be_near(place.id, truth, above & below, case):
        return undecided(
            NAME,
            "a seat in the suburbs is told by the city, and both may be near each other",
            case.as_of,
            gate=Gate.DEFINITE,
        )
    if not below and place.kind != "country":
        return undecided(NAME, f"the packs do not say where {place.label} lies", case.as_of, gate=Gate.STATED)
    said = _said(parts, owner, holding[0], case)
    return decided("refuted", NAME, said, [stated(holding[0], said, "refutes", owner.label)], case.as_of)


def _may_be_near(one: str, other: str, shared: set[str], case: Case) -> bool:
    """Whether two places lie close together, or in one country with nothing said about how far apart."""
    points = [_point(place, case) for place in (one, other)]
    if points[0] is None or points[1] is None:
        return bool(shared)
    return _kilometres(points[0], points[1]) < _NEAR_KM


def _point(place: str, case: Case) -> tuple[float, float] | None:
    for statement in case.known.knowledge.statements(place, model.COORDINATES):
        found = re.fullmatch(r"(-?\d+(?:\.\d+)?),\s?(-?\d+(?:\.\d+)?)", statement.value)
        if found:
            return radians(float(found[1])), radians(float(found[2]))
    return None


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way along the earth's surface (haversine)."""
    half = sin((other[0] - one[0]) / 2) ** 2 + cos(one[0]) * cos(other[0]) * sin((other[1] - one[1]) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))


def _has_ended(statement: Statement, when: Interval) -> bool:
    end = parse_iso(statement.end) if statement.end else None
    return end is not None and end.before(when)


def _is_to_come(statement: Statement, when: Interval) -> bool:
    start = parse_iso(statement.start) if statement.start else None
    return start is not None and start.after(when)
