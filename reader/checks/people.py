"""What people are and did, supported only: nationality (P27) with occupation (P106), and founders (P112).

All of these are open lists, so absence and difference say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.checks.lookup import one_named, reliable
from reader.checks.model import Case, Check, Gate, Ruling, Verdict, decided, stated, undecided
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of
from reader.knowledge import model
from reader.knowledge.model import Statement
from reader.knowledge.names import normal

NAME = "people"
_ORG = r"[A-Z][\w&'’.-]*(?:\s[A-Z][\w&'’.-]*){0,3}"
_PERSON = r"[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,3}"
_MADE = r"(?:co-)?(?:founded|started|set\sup|created|established)"
_FOUNDERS = re.compile(
    rf"(?P<org>{_ORG})\s?,?\s(?:which\s|that\s)?(?:was\s)?{_MADE}\s(?:in\s\d{{4}}\s)?by\s(?P<who>[A-Z][^,.;]{{2,80}})"
    rf"|(?P<who2>{_PERSON}(?:\sand\s{_PERSON})?)\s{_MADE}\s(?P<org2>{_ORG})"
)
_CALLED = re.compile(
    r"(?P<nation>\b[A-Z][a-z]+(?:\s[A-Z][a-z]+)?|\bUS|\bU\.S\.|\bUK)\s(?P<calling>[a-z-]+(?:\sand\s[a-z-]+)?)\s$"
)
_CALLED_AFTER = re.compile(r",\s(?:an?|the)\s(?P<nation>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(?P<calling>[a-z-]+)\b")
_NO_CALLING = frozenset("and by that of in on with to said president minister".split())


@dataclass(frozen=True, slots=True)
class CallingParts(Relation):
    """Somebody's nationality and occupation, as a title beside the name."""

    person: str
    nation: str
    callings: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Calling."""
        return "calling"


@dataclass(frozen=True, slots=True)
class FounderParts(Relation):
    """Who founded an organisation."""

    body: str
    people: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Founder."""
        return "founder"


class PeopleCheck(Check):
    """Supports what the packs state of people."""

    name = NAME
    parts: tuple[type, ...] = (CallingParts, FounderParts)
    needs_knowledge = True
    whole_article = False

    def find(self, sentence: SentenceView) -> Iterable[Found[Relation]]:
        """Founders, and "Japanese astronaut Koichi Wakata" or "Björk, an Icelandic singer"."""
        body = sentence.body
        for found in _FOUNDERS.finditer(body):
            who, org = (found["who"], found["org"]) if found["org"] else (found["who2"], found["org2"])
            people = tuple(p.strip() for p in re.split(r",\s(?:and\s)?|\sand\s", who) if p.strip())
            status = status_of(body, body[max(0, found.start() - 30) : found.end()])
            yield Found(sentence.span(found.start(), found.end()), FounderParts(org, people), status)
        for person in sentence.named_people():
            lead = _CALLED.search(body[: person.start])
            tail = _CALLED_AFTER.match(body, person.end)
            for called, start, end in (
                (lead, lead.start() if lead else 0, person.end),
                (tail, person.start, tail.end() if tail else 0),
            ):
                if called and called["calling"] not in _NO_CALLING:
                    parts = CallingParts(person.name, called["nation"], tuple(called["calling"].split(" and ")))
                    status = status_of(body, body[max(0, start - 30) : end])
                    yield Found(sentence.span(start, end), parts, status)

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """One verdict a claim."""
        for claim in claims:
            if claim.status is not Status.ASSERTED:
                yield claim, undecided(NAME, f"what is {claim.status.value} is not judged", case.as_of, gate=Gate.SAID)
            elif isinstance(claim.parts, CallingParts):
                yield claim, _calling(claim.parts, case)
            elif isinstance(claim.parts, FounderParts):
                yield claim, _founder(claim.parts, case)


def _calling(parts: CallingParts, case: Case) -> Verdict:
    person = case.known.person(parts.person).entity
    if person is None:
        return undecided(NAME, f"the packs do not say beyond doubt who {parts.person} is", case.as_of, gate=Gate.MEANT)
    countries = {e.id for e in case.known.whose(parts.nation) if e.kind == "country"}
    citizen = [s for s in reliable(case, person.id, model.CITIZENSHIP) if s.value in countries]
    stated_callings = reliable(case, person.id, model.OCCUPATION)
    callings = [s for word in parts.callings for s in stated_callings if _is_calling(s, word, case)]
    if not citizen or len(callings) < len(parts.callings):
        return undecided(
            NAME, f"the packs do not state both of {person.label}; such lists are open", case.as_of, gate=Gate.STATED
        )
    country = case.known.knowledge.label(citizen[0].value)
    said = f"{person.label}: citizenship {country}, occupation {' and '.join(parts.callings)}"
    evidence = [stated(s, said, "supports", person.label) for s in (citizen[0], *callings)]
    return decided("supported", NAME, said, evidence, case.as_of)


def _is_calling(statement: Statement, word: str, case: Case) -> bool:
    if normal(statement.value) == normal(word):
        return True
    return any(e.id == statement.value for e, _ in case.known.knowledge.named(word))


def _founder(parts: FounderParts, case: Case) -> Verdict:
    body = one_named(parts.body, case, "organisation", "other")
    if body is None or not parts.people:
        return undecided(NAME, f"the packs do not say beyond doubt what {parts.body} is", case.as_of, gate=Gate.MEANT)
    found: list[Statement] = []
    for name in parts.people:
        person = case.known.person(name).entity
        founders = reliable(case, body.id, model.FOUNDER)
        match = next((s for s in founders if person is not None and s.value == person.id), None)
        if match is None:
            return undecided(
                NAME,
                f"the packs do not name {name} among the founders; such lists are open",
                case.as_of,
                gate=Gate.STATED,
            )
        found.append(match)
    people = " and ".join(case.known.knowledge.label(s.value) for s in found)
    said = f"{body.label} was founded by {people}"
    return decided("supported", NAME, said, [stated(s, said, "supports", body.label) for s in found], case.as_of)
