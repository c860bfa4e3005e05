"""Awards and the year they were received, by P166 ("award received") with its point in time.

Rules: supported where the person has the award, in that year if one is claimed. Refuted only for the year, and only
where the person has that award exactly once with its year known, grammar ties person, award and year together, and
nothing in the sentence speaks of nominations, hopes, other works or somebody's say-so. Never refuted by absence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.checks.lookup import named_in, one_named, reliable
from reader.checks.model import Case, Check, Gate, Ruling, Verdict, decided, stated, undecided
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.sentence import NamedPerson, SentenceView
from reader.claims.status import status_of
from reader.claims.words import MONTH_WORDS
from reader.dates import Interval, parse_iso
from reader.knowledge import model
from reader.knowledge.model import Entity, Statement
from reader.language.datetext import DateMention, resolve

NAME = "awards"
_WON = r"w[io]n(?:s|ning)?|receiv(?:e|es|ed|ing)|award(?:ed|s)?|given|gave|g[eo]ts?|shar(?:e|es|ed|ing)|took|collect(?:s|ed)|accept(?:s|ed)|honou?red|presented|conferred|earned|brought|picked\sup|landed|decorated|lifted|carried\soff|handed|went|came|holds|held|has\shad|had"
_ABOUT_AWARDS = re.compile(rf"\b(?:{_WON}|winners?|laureates?|recipients?|medal(?:l?ist)?|prize|honou?r)\b|-winning\b")
_AWARD = re.compile(
    r"\b[A-Z][\w’'-]*(?:[\s-](?:d['’][A-Z]\w*|[A-Z][\w’'.-]*|(?:of|for|in|the|or|and)(?=\s(?:the\s)?[A-Z])))*(?:\s(?:[a-z]+\s)?(?:prize|award|medal))?"
)
_LOST = re.compile(
    r"\b(?:turned\sdown|refus\w+|declin\w+|finalists?|short-?list\w*|long-?list\w*|nominat\w+|nominees?|elsewhere|ceremony|spoke|runner-up|beaten|lost|missed|tipped|left\sout|come\sup\sfor)\b",
    re.IGNORECASE,
)
_NOT_WON = re.compile(
    r"\b(?:nominat\w+|nominee|short-?list\w*|long-?list\w*|tipped|finalists?|favou?rite|refus\w+|declin\w+|turned\sdown|rejected|should|would|could|might|may|deserv\w+|hop(?:e|ed|es|ing)|predict\w*|expect\w*|"
    r"contend\w*|candidate|runner-up|lost|beaten|beat|left\sout|missed|passed\sover|not|never|denied|twice|second|again|third|if|jury|juror|lecture|chair\w*|believed?|stolen|replica|reckon\w*|supposed\w*|behalf|absence)\b",
    re.IGNORECASE,
)
_SAID_TO_BE = re.compile(r",\s(?:[\w’'-]+\s){0,5}(?:says?|said|claim(?:s|ed)?|suggest(?:s|ed)?|insist(?:s|ed)?)\.?\s*$|\baccording\sto\b|,\s(?:as\s)?(?:[\w’'-]+\s){0,4}(?:claimed|suggested)\b")  # fmt: skip
_AFTER_AWARD = re.compile(r"^(?:\s(?:winners?|laureates?|recipients?|jointly|together|award|prize|medal))?[,]?\s?\(?(?:of|in|for|from)?\s?(?:early\s|late\s)?$")  # fmt: skip
_WINNING = re.compile(
    r"\b(?:w[io]n(?:s|ning)?|receiv(?:e|es|ed|ing)|was\s(?:\w+\s)?(?:awarded|given|handed|honou?red|presented\swith)|were\s(?:\w+\s)?(?:awarded|given)|awarded|shar(?:e|es|ed|ing)|took|accept(?:s|ed)|earned|picked\sup|landed|carried\soff|lifted|gets?|got)\b"
)
_HANDS_ON = re.compile(r"\b(?:present(?:ed|s|ing)|gave|gives?|giving|hand(?:s|ed|ing)|went|goes|collect\w*|sold|auction\w*|donat\w+|criticis\w+|praised|congratulat\w+|met|interview\w*|married|medal|ceremony|announc\w+)\b")  # fmt: skip
_GAVE = re.compile(r"(?<!was\s)(?<!were\s)(?<!been\s)\b(?:gave|gives|handed|presented|presents|criticis\w+|praised|congratulated|met|interviewed|married)\s(?!(?:with|by|to)\b)")  # fmt: skip
_HOLDER = re.compile(r"^[\s,]*(?:winners?|laureates?|recipients?|medall?ists?)\b")
_TO_PERSON = re.compile(rf"^(?:\s(?:was|is|had\sbeen|has\sbeen|were))?\s(?:\w+\s)?(?:{_WON})?\s?(?:to|on|by)?\s$")
_FAR = 120


@dataclass(frozen=True, slots=True)
class AwardParts(Relation):
    """People received an award together, in a year or in none that is told; `is_plain` where grammar ties all of it."""

    people: tuple[str, ...]
    award: str
    when: DateMention | None
    is_plain: bool

    @property
    def kind(self) -> str:
        """Award, with the name so that two of one sentence are two."""
        return f"award {self.award}"


class AwardsCheck(Check):
    """Judges who received which award, and when."""

    name = NAME
    parts: tuple[type, ...] = (AwardParts,)
    needs_knowledge = True
    whole_article = False

    def find(self, sentence: SentenceView) -> Iterable[Found[Relation]]:
        """Every person and award of a sentence, with the year that goes with the award."""
        body = sentence.body
        if not _ABOUT_AWARDS.search(body):
            return
        people = sentence.named_people() or _meant_by_pronoun(sentence)
        awards = [a for a in _AWARD.finditer(body) if a[0].lower() not in MONTH_WORDS]
        for award in awards:
            year, is_tied = _year_of(award, sentence)
            for group in _together(people, body):
                person = NamedPerson(group[0].start, group[-1].end, group[0].name)
                overlaps = person.start < award.end() and award.start() < person.end
                if overlaps or abs(person.start - award.start()) > 2 * _FAR:
                    continue
                points = [person.start, person.end, award.start(), award.end()]
                points += sentence.offsets(year) if year else ()
                first, last = min(points), max(points)
                scope = body[max(0, first - 25) : last + 14]
                if _LOST.search(scope) or _belongs_to_another(person, award, body):
                    continue
                plain = is_tied and _is_tied(person, award, [p for p in people if p not in group], body, scope)
                parts = AwardParts(tuple(p.name for p in group), award[0], year, plain)
                status = status_of(body, body[max(0, first - 25) : last].replace(award[0], "the award"))
                yield Found(sentence.span(first, last), parts, status)

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """One verdict a claim."""
        for claim in claims:
            if isinstance(claim.parts, AwardParts):
                yield claim, _award(claim, claim.parts, case)


def _together(people: Sequence[NamedPerson], body: str) -> list[list[NamedPerson]]:
    """People joined by "and" or a comma are told of together."""
    groups: list[list[NamedPerson]] = []
    for person in people:
        if groups and re.fullmatch(r",?\s(?:and\s)?", body[groups[-1][-1].end : person.start]):
            groups[-1].append(person)
        else:
            groups.append([person])
    return groups


def _meant_by_pronoun(sentence: SentenceView) -> list[NamedPerson]:
    found = re.search(r"\b(?:[Hh]e|[Ss]he|him|her)\b", sentence.body)
    return [NamedPerson(found.start(), found.end(), sentence.subject)] if found and sentence.subject else []


def _year_of(award: re.Match[str], sentence: SentenceView) -> tuple[DateMention | None, bool]:
    """The year told of an award, and whether grammar leaves no other."""
    body = sentence.body
    for date in sentence.dates:
        start, end = sentence.offsets(date)
        if end <= award.start() and body[end : award.start()] in (" ", "'s ", "’s "):
            return date, True
        if award.end() <= start and _AFTER_AWARD.match(body[award.end() : start]):
            return date, True
        if award.start() <= start < award.end():
            return date, True
    if len(sentence.dates) != 1:
        return None, False
    (date,) = sentence.dates
    start, end = sentence.offsets(date)
    lead = body[max(0, start - 25) : start]
    verb_before = re.search(rf"\b(?:{_WON})(?:\s(?:\w+\s)?(?:to|on|him|her|them))?\s(?:in\s|on\s)?$", lead) is not None
    verb_after = re.match(r"^,?\s(?:was|were|had|has|became|won|received|took|got)\b", body[end:]) is not None
    opened = re.search(r"\bin\s$", lead) is not None
    return date, verb_before or (verb_after and opened)


def _belongs_to_another(person: NamedPerson, award: re.Match[str], body: str) -> bool:
    """Whether the award is another's: "X's husband won", "X criticised the winner", "X gave Y the prize"."""
    if re.match(
        r"['’]s?\s(?!(?:first|second|third|own|\d{4})\b)[a-z]+\s(?!(?:prize|award|medal)\b)", body[person.end :]
    ):
        return True
    return _GAVE.search(body[person.end : award.start()]) is not None


def _is_tied(person: NamedPerson, award: re.Match[str], people: Sequence[NamedPerson], body: str, scope: str) -> bool:
    """Whether nobody else can be the one who received it, and nothing says that it was not received."""
    if _NOT_WON.search(scope) or _SAID_TO_BE.search(body) or "“" in body or '"' in body:
        return False
    if body.startswith(("'s", "’s"), person.end) or _HANDS_ON.search(
        re.sub(r"\b(?:was|were|been)\s(?:\w+\s)?(?:presented|handed|given)\b", "", scope)
    ):
        return False
    first, last = min(person.end, award.end()), max(person.start, award.start())
    between = body[first:last] if first <= last else ""
    if re.search(r"[;:]|\b(?:while|but|when|whose|before|after|than|which)\b", between) or len(between) > _FAR:
        return False
    if any(first <= other.start < last for other in people):
        return False
    if person.end <= award.start():
        return bool(
            _WINNING.search(between)
            or _HOLDER.match(body[award.end() :])
            or re.search(r"\b(?:winners?|recipients?|laureates?|holders?)\s(?:of\s)?(?:the\s)?$", between)
            or re.fullmatch(r",?\s\(?(?:the\s|an?\s)?(?:\d{4}\s)?", between)
        )
    return bool(_HOLDER.match(body[award.end() :]) or _TO_PERSON.match(between))


def _award(claim: Claim, parts: AwardParts, case: Case) -> Verdict:
    if claim.status is not Status.ASSERTED:
        return undecided(NAME, f"what is {claim.status.value} is not judged", case.as_of, gate=Gate.SAID)
    award = named_in(parts.award, case, frozenset({"award"}))
    people = [_who(name, case) for name in parts.people]
    known = [who for who in people if who is not None]
    if award is None or len(known) != len(people):
        return undecided(
            NAME, "the packs do not say beyond doubt who and which award is meant", case.as_of, gate=Gate.MEANT
        )
    year = resolve(parts.when, case.as_of, "past") if parts.when else None
    if parts.when is not None and year is None:
        return undecided(NAME, f"“{parts.when.text}” is no one year", case.as_of, gate=Gate.WHEN)
    found = [next((s for s in reliable(case, who.id, model.AWARD) if s.value == award.id and _is_then(s, year, case.as_of)), None) for who in known]  # fmt: skip
    held = [s for s in found if s is not None]
    if len(held) == len(known):
        said = "; ".join(_said(who, award, s) for who, s in zip(known, held, strict=True))
        evidence = [stated(s, _said(who, award, s), "supports", who.label) for who, s in zip(known, held, strict=True)]
        return decided("supported", NAME, said, evidence, case.as_of)
    who = next(w for w, s in zip(known, found, strict=True) if s is None)
    return _refuted(parts, case, who, award, year)


def _who(name: str, case: Case) -> Entity | None:
    person = case.known.person(name)
    return person.entity if person.is_certain else one_named(name, case, "organisation")


def _is_then(statement: Statement, year: Interval | None, as_of: Interval | None) -> bool:
    at = parse_iso(statement.at) if statement.at else None
    if year is None:
        return not (as_of and at and at.after(as_of))
    return at is not None and (at.inside(year) or (year.inside(at) and at.first.year == at.last.year))


def _is_next_year(at: Interval, year: Interval) -> bool:
    """A prize may be announced, or handed over, in a year beside the one it is for."""
    return abs(year.first.year - at.first.year) == 1


def _said(who: Entity, award: Entity, statement: Statement) -> str:
    at = parse_iso(statement.at) if statement.at else None
    return f"{who.label} received the {award.label.removeprefix('The ')}" + (f" in {at.first.year}" if at else "")


def _refuted(parts: AwardParts, case: Case, who: Entity, award: Entity, year: Interval | None) -> Verdict:
    if year is None or not parts.is_plain:
        return undecided(
            NAME, f"the packs do not state that {who.label} received it then", case.as_of, gate=Gate.STATED
        )
    mine = [s for s in case.known.knowledge.statements(who.id, model.AWARD) if s.value == award.id]
    if len(mine) != 1 or not mine[0].is_reliable or not mine[0].at:
        return undecided(NAME, f"the packs do not state one year alone for {who.label}", case.as_of, gate=Gate.RELIABLE)
    at = parse_iso(mine[0].at)
    if at is None or at.overlaps(year) or _is_next_year(at, year) or (case.as_of and not year.first <= case.as_of.last):
        return undecided(NAME, "the years are not definitely different", case.as_of, gate=Gate.DEFINITE)
    said = _said(who, award, mine[0])
    return decided("refuted", NAME, said, [stated(mine[0], said, "refutes", who.label)], case.as_of)
