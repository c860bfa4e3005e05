"""When a thing happened, against the dates that data states of it: shared by the checks of events and of flights.

Rules: supported where a stated date lies definitely inside the claimed one; refuted only where grammar ties date
and thing, all of the words name the thing beyond doubt, each moment that they can mean has exactly one reliable date,
and the claimed date is definitely none of them, with a day's margin for time zones and 13 days before 1924 (Julian
dates). "X of 1830" and what recurs may be a namesake that no pack knows: another year refutes neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from reader.checks.lookup import named_in, reliable, undoubted
from reader.checks.model import Case, Gate, Verdict, decided, stated, undecided
from reader.claims.dated import Dated, Moment
from reader.claims.model import Claim, Relation, Status
from reader.dates import Interval, Precision
from reader.knowledge import model
from reader.knowledge.model import Entity, EntityKind, Statement
from reader.knowledge.names import normal
from reader.language.datetext import DateMention, Tense, resolve

_GREGORIAN_EVERYWHERE = 1924
_WORDING = {
    model.INCEPTION: "dates from", model.STARTED: "began", model.POINT_IN_TIME: "is dated", model.LAUNCHED: "was launched", model.LANDED: "landed",
    model.ENDED: "ended", model.DISSOLVED: "was dissolved",
}  # fmt: skip
_SPAN = (model.STARTED, model.ENDED)
_FLOWN: frozenset[EntityKind] = frozenset({"mission", "craft"})
_FLIGHT = (model.LAUNCHED, model.LANDED)
_PRIMARY: Mapping[Moment, tuple[str, ...]] = {
    "begun": (model.STARTED,), "ended": (model.ENDED, model.DISSOLVED), "signed": (model.POINT_IN_TIME,), "in force": (model.STARTED,),
    "held": (model.POINT_IN_TIME, model.STARTED), "during": (model.POINT_IN_TIME,), "dated": (model.POINT_IN_TIME, *_SPAN, *_FLIGHT),
    "launched": (model.LAUNCHED,), "landed": (model.LANDED,),
}  # fmt: skip
_SAYS_IT = re.compile(
    r"(?:beg[au]n|begins|beginning|start(?:s|ed)?|broke\sout|outbreak|end(?:s|ed)?|came\sto\s(?:an|its)\send|sign(?:ed|ing)|(?:entered\s|came\s)?into\sforce|took\seffect|"
    r"held|took\splace|happened|occurred|fought|exploded|sank|crashed|launch(?:ed|es)?|lift(?:s|ed)?[-\s]?off|liftoff|blast(?:s|ed)?[-\s]?off|"
    r"land(?:s|ed|ing)?|splash(?:es|ed)?[-\s]?down|touch(?:es|ed)?[-\s]?down|splashdown|touchdown|)",
    re.IGNORECASE,
)
_RECURS = re.compile(r"\b(?:elections?|referendums?|olympics?|games|festival|summit|conference|cup|championships?|finals?|vote|plebiscite|protests?|talks|congress|forum|fair|prize|award)\b", re.IGNORECASE)  # fmt: skip
_ELSEWHERE = re.compile(r"\b(?:[Mm]oon|[Ll]unar|[Cc]omet|[Aa]steroid|[Ss]urface)\b")
_GENERIC = re.compile(
    r"(?:\s(?:missions?|flights?|spacecraft|craft|probe|orbiter|lander|rover|telescope|satellite|capsule|module))+$"
)
_ALL = (model.POINT_IN_TIME, *_SPAN, *_FLIGHT, model.INCEPTION, model.DISSOLVED)


@dataclass(frozen=True, slots=True)
class MomentParts(Relation):
    """Something and the date told of it; `is_plain` where grammar leaves no other thing for the date to be of."""

    thing: str
    moment: Moment
    verb: str
    when: DateMention
    is_plain: bool

    @classmethod
    def of(cls, dated: Dated) -> Self:
        """The parts of what was found."""
        return cls(dated.thing, dated.moment, dated.verb, dated.when, dated.is_plain)

    @property
    def kind(self) -> str:
        """The moment names it."""
        return f"date {self.moment}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a check takes up: the kinds of thing, and the properties that each moment can mean."""

    name: str
    kinds: frozenset[EntityKind]
    moments: Mapping[Moment, tuple[str, ...]]


def judge_moment(claim: Claim, parts: MomentParts, case: Case, rules: Rules) -> Verdict:
    """Supported, refuted, or the gate that stopped it."""
    if claim.status not in (Status.ASSERTED, Status.PLANNED):
        return undecided(rules.name, f"what is {claim.status.value} is not judged", case.as_of, gate=Gate.SAID)
    thing = _meant(parts, case, rules.kinds)
    if thing is None:
        return undecided(
            rules.name, f"the packs do not say what “{parts.thing}” is beyond doubt", case.as_of, gate=Gate.MEANT
        )
    tense: Tense = "future" if claim.status is Status.PLANNED else "past" if _is_past(parts) else "unknown"
    when = resolve(parts.when, case.as_of, tense)
    if when is None or (when.precision < Precision.YEAR and when.first.year != when.last.year):
        return undecided(rules.name, f"“{parts.when.text}” is no one day, month or year", case.as_of, gate=Gate.WHEN)
    properties = rules.moments.get(parts.moment, ())
    for prop in properties:
        for statement in reliable(case, thing.id, prop):
            if _is_said(statement, when) and not _is_foreseen(statement, claim):
                return _supported(thing, [statement], claim, case, rules.name)
    span = _span(thing, case, _SPAN)
    if parts.moment in ("during", "dated", "held") and span is not None and _inside(when, span):
        return _supported(thing, list(span), claim, case, rules.name)
    return _refuted(claim, parts, case, rules, thing, when)


def _is_past(parts: MomentParts) -> bool:
    """Whether a date without a year must lie before the article's day."""
    return parts.when.is_absolute or parts.verb.endswith(("ed", "gan", "ke", "eld", "lace"))


def _meant(parts: MomentParts, case: Case, kinds: frozenset[EntityKind]) -> Entity | None:
    return named_in(parts.thing, case, kinds) or next(
        (e for name in (f"{parts.thing} {parts.verb}", f"{parts.verb} of {parts.thing}") if parts.verb and (e := named_in(name, case, kinds))),
        None,
    )  # fmt: skip


def _is_said(statement: Statement, when: Interval) -> bool:
    return statement.date is not None and statement.date.inside(when)


def _is_foreseen(statement: Statement, claim: Claim) -> bool:
    """A date after the day the statement is from was a plan: it supports plans alone."""
    known, date = statement.known_until, statement.date
    return claim.status is not Status.PLANNED and (known is None or (date is not None and date.after(known)))


def _span(thing: Entity, case: Case, *pairs: tuple[str, str]) -> tuple[Statement, Statement] | None:
    for first, last in pairs:
        begun, ended = undoubted(case, thing.id, first), undoubted(case, thing.id, last)
        if begun and ended and begun.date and ended.date:
            return begun, ended
    return None


def _inside(when: Interval, span: tuple[Statement, Statement]) -> bool:
    begun, ended = span[0].date, span[1].date
    if begun is None or ended is None:
        return False
    whole = begun.first <= when.first and when.last <= ended.last
    return whole or (not when.is_day and when.overlaps(Interval(begun.first, ended.last, Precision.SPAN)))


def _supported(thing: Entity, statements: list[Statement], claim: Claim, case: Case, name: str) -> Verdict:
    said = "; ".join(_said(thing, s) for s in statements)
    planned = "Planned; " if claim.status is Status.PLANNED else ""
    evidence = [stated(s, _said(thing, s), "supports", thing.label) for s in statements]
    return decided("supported", name, f"{planned}{said}", evidence, case.as_of)


def _said(thing: Entity, statement: Statement) -> str:
    date = statement.date
    link = "" if statement.property in (model.POINT_IN_TIME, model.INCEPTION) else "on " if date and date.is_day else "in "  # fmt: skip
    return f"{thing.label} {_WORDING[statement.property]} {link}{date}"


def _refuted(claim: Claim, parts: MomentParts, case: Case, rules: Rules, thing: Entity, when: Interval) -> Verdict:
    name = rules.name
    if claim.status is not Status.ASSERTED or not parts.is_plain:
        return undecided(name, f"the date may not be that of {thing.label}", case.as_of, gate=Gate.MEANT)
    if parts.moment in ("founded", "agreed"):
        return undecided(
            name,
            "a founding or an agreement may be dated in several ways, so its year refutes nothing",
            case.as_of,
            gate=Gate.DEFINITE,
        )
    if case.as_of is None or not when.before(case.as_of):
        return undecided(name, "the date is not definitely before the article's day", case.as_of, gate=Gate.WHEN)
    if reason := _may_be_of_another(claim, parts, case, rules, thing):
        return undecided(name, reason, case.as_of, gate=Gate.MEANT)
    known = [s for prop in _ALL for s in case.known.knowledge.statements(thing.id, prop) if s.rank != "deprecated"]
    wanted = [s for s in known if s.property in _PRIMARY.get(parts.moment, ())]
    if not wanted:
        return undecided(name, f"the packs hold no date of that kind for {thing.label}", case.as_of, gate=Gate.STATED)
    if any(undoubted(case, thing.id, s.property) is None or s.date is None for s in wanted):
        return undecided(name, f"the dates of {thing.label} are not beyond doubt", case.as_of, gate=Gate.RELIABLE)
    years = {s.date.first.year for s in known if s.date}
    is_one_of_several = parts.moment == "dated" or _RECURS.search(f"{parts.thing} {thing.label}")
    if is_one_of_several and when.first.year not in years:
        return undecided(name, "another of that name may have been then", case.as_of, gate=Gate.MEANT)
    if any(s.date and _may_be(s.date, when) for s in known):
        return undecided(
            name, f"the date is that of another moment of {thing.label}, or next to it", case.as_of, gate=Gate.DEFINITE
        )
    span = _span(thing, case, _SPAN, _FLIGHT)
    if span and _may_be_inside(when, span) and parts.moment in ("dated", "held", "during"):
        return undecided(name, f"the date lies within {thing.label}", case.as_of, gate=Gate.DEFINITE)
    if _is_anniversary(when, known, case.as_of):
        return undecided(name, "the day may be an anniversary", case.as_of, gate=Gate.DEFINITE)
    said = "; ".join(_said(thing, s) for s in wanted)
    evidence = [stated(s, _said(thing, s), "refutes", thing.label) for s in wanted]
    return decided("refuted", name, said, evidence, case.as_of)


def _may_be_of_another(claim: Claim, parts: MomentParts, case: Case, rules: Rules, thing: Entity) -> str | None:
    """Why the date may be that of another thing or moment than the one stated: a gate for refuting."""
    if not _SAYS_IT.fullmatch(parts.verb):
        return f"“{parts.verb}” may be another moment of {thing.label}"
    if not _is_whole_name(parts, case, thing, is_event=not rules.kinds & _FLOWN):
        return f"“{parts.thing}” may be more or less than {thing.label}"
    if thing.kind in _FLOWN and parts.moment == "landed" and _ELSEWHERE.search(claim.text):
        return "it may have landed elsewhere before it came back"
    if thing.kind == "craft" and case.known.knowledge.statements(thing.id, model.LANDED):
        return f"{thing.label} may have flown more than once"
    return None


def _is_whole_name(parts: MomentParts, case: Case, thing: Entity, is_event: bool) -> bool:
    """Whether all of the words are a name of the thing; an event is not meant by a place's one word alone."""
    plain = _GENERIC.sub("", parts.thing)
    names = (plain, parts.thing, f"{parts.thing} {parts.verb}", f"{parts.verb} of {parts.thing}")
    named = [n for n in names if any(e.id == thing.id for e, _ in case.known.knowledge.named_normal(normal(n)))]
    return any(not is_event or " " in n or normal(n) == normal(thing.label) or not n.istitle() for n in named)


def _may_be(date: Interval, when: Interval) -> bool:
    margin = 1 if date.first.year >= _GREGORIAN_EVERYWHERE else 13
    return date.widened(margin if date.is_day else 0).overlaps(when)


def _may_be_inside(when: Interval, span: tuple[Statement, Statement]) -> bool:
    begun, ended = span[0].date, span[1].date
    return begun is None or ended is None or when.overlaps(Interval(begun.first, ended.last, Precision.SPAN).widened(1))


def _is_anniversary(when: Interval, known: list[Statement], as_of: Interval) -> bool:
    """The day or month of the event itself, in the year the article was written."""
    if when.first.year != as_of.first.year:
        return False
    return any(
        s.date is not None and s.date.precision >= Precision.MONTH and s.date.first.month == when.first.month
        for s in known
    )
