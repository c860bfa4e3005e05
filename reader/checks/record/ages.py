"""Ages and lengths of time by the record: from birth, or from founding, to the day that is told of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.checks.lookup import reliable
from reader.checks.model import Case, stated
from reader.checks.record.links import took_part_in
from reader.checks.record.offices import Match, term_found
from reader.checks.record.subjects import Subject, everybody, named_in, people_meant, people_named, things_meant
from reader.checks.record.titles import is_elsewhere, may_be_called_there
from reader.claims.recorded.parts import AgeGapParts, AgeParts, LengthParts
from reader.dates import Interval, years_between
from reader.knowledge import model
from reader.knowledge.model import Statement
from reader.knowledge.terms import Term, terms_held_by
from reader.language.datetext import find_dates, resolve

_TO_AGE = re.compile(r"^(?:['’]s|,[^,]{0,40},)?(?:\s(?:in|its|the|celebrates|celebrated|marks|marked))*(?:\s(?:is|was|has|were|had|being|by|will|be|then|now|only|just|also|turned|turns|celebrates|which))*\s?$")  # fmt: skip
_PARAGRAPHS_BACK = 4
_WHEN = re.compile(r"\b(?:when|as|on\sthe\s(?:day|night|morning)|at\sthe\stime|then|won|at\s\d)\b")
_TOOK_OFFICE = re.compile(
    r"\b(?:took\s(?:over|office)|chosen|elected|became|becoming|moving\sin|moved\sin|came\sin|came\sto\s(?:power|office|the\sthrone)|sworn\sin|appointed|crowned|succeeded|inaugurated)\b"
)
_LEFT_OFFICE = re.compile(r"\b(?:retired|retiring|left|stepped\sdown|resigned|gave\sup|quit|departed)\b")
_NEAR_BIRTHDAY = 45  # days
_EXACT = 4  # days: a length told so exactly is no coincidence
_MANY = 5  # people who may be older or younger
_APPOSED = 3  # characters between a name and an age right after it


def match_age(parts: AgeParts, case: Case) -> Match | None:
    """A birth, a founding or an event from which so many years had passed on the day told of."""
    aged = _aged(parts, case)
    for subject in aged:
        for born in reliable(case, subject.entity.id, model.BORN):
            for day, died in _days(parts, subject, case):
                if born.date is not None and _was_aged(born.date, day, parts):
                    said = f"{subject.entity.label} was born on {born.date}, and so was {parts.age} on {day}"
                    return said, [stated(s, said, "supports", subject.entity.label) for s in (born, *died)]
        if subject.is_near and len(aged) == 1 and not parts.at_death:
            break
    return _of_thing(parts, case)


def _aged(parts: AgeParts, case: Case) -> list[Subject]:
    if not parts.is_beside:
        return people_meant(case, parts.around, parts.at)
    beside = [n for n in people_named(case, parts.around) if 0 <= parts.at - n.end <= _APPOSED]
    return [Subject(e, True) for n in beside for e in n.bearers]


def _days(parts: AgeParts, subject: Subject, case: Case) -> Iterator[tuple[Interval, list[Statement]]]:
    """The day that an age is told of: the death's, one told beside it, the article's, or the last told before.

    Of somebody who is dead it may be the death's or any day that the paragraph tells of.
    """
    died = [s for s in reliable(case, subject.entity.id, model.DIED) if s.date is not None]
    is_dead = bool(died) and died[0].date is not None and (case.as_of is None or died[0].date.before(case.as_of))
    if parts.at_death and is_dead and died[0].date is not None:
        yield died[0].date, died[:1]
        return
    inside = [d for m in parts.around.dates if (d := resolve(m, case.as_of, "past"))]
    inside += [*_events_told(parts, case), *_own_starts(parts, subject, case)]
    before = [d for m in parts.around.told if (d := resolve(m, case.as_of, "past"))]
    if is_dead and died[0].date is not None:
        told = inside or before[-1:] or _day_told_before(parts, case)
        yield from ((d, []) for d in told if not died[0].date.before(d))
        yield died[0].date, died[:1]
    elif case.as_of is not None and (parts.is_now or not (inside or before)):
        yield case.as_of, []
        yield from ((d, []) for d in inside if not parts.is_present)
    else:
        yield from ((d, []) for d in (inside or before[-1:]))
    if not (is_dead or inside or before or parts.is_now):
        yield from ((d, []) for d in _day_told_before(parts, case))


def _day_told_before(parts: AgeParts, case: Case) -> list[Interval]:
    """The last month or day that the few paragraphs before tell of, for an age whose own paragraph tells none."""
    here = parts.around.sentence.paragraph
    for paragraph in reversed(case.article.paragraphs[max(0, here - _PARAGRAPHS_BACK) : here]):
        dates = (m for m in find_dates(paragraph.text) if m.year is not None and m.month is not None)
        if told := [d for m in dates if (d := resolve(m, case.as_of))]:
            return told[-1:]
    return []


def _events_told(parts: AgeParts, case: Case) -> Iterator[Interval]:
    """The days of what the sentence names: "who was 38 when Apollo 11 left"."""
    if not _WHEN.search(case.article.text_at(parts.around.sentence)):
        return
    for mention in named_in(case, parts.around.sentence):
        if mention.entity.kind in ("event", "mission", "craft", "treaty"):
            for prop in (model.POINT_IN_TIME, model.LAUNCHED, model.STARTED):
                yield from (s.date for s in reliable(case, mention.entity.id, prop) if s.date is not None)


def _own_starts(parts: AgeParts, subject: Subject, case: Case) -> Iterator[Interval]:
    """The days on which the person took office: "he was 78 when he was chosen"."""
    text = case.article.text_at(parts.around.sentence)
    if _LEFT_OFFICE.search(text):
        yield from (t.end for _, t in terms_held_by(subject.entity.id, case.known.knowledge) if t.end is not None)
    if _TOOK_OFFICE.search(text):
        yield from (t.start for _, t in terms_held_by(subject.entity.id, case.known.knowledge) if t.start is not None)


def _was_aged(born: Interval, day: Interval, parts: AgeParts) -> bool:
    least, most = years_between(born, day)
    if parts.turns and born.is_day:
        birthday = born.first.replace(year=born.first.year + parts.age, day=min(born.first.day, 28))
        return day.is_day and abs((birthday - day.first).days) <= _NEAR_BIRTHDAY
    if parts.turns:
        return most == parts.age and (least == parts.age - 1 or day.is_day)
    return least == most == parts.age


def _of_thing(parts: AgeParts, case: Case) -> Match | None:
    """What was founded, agreed or sent up so many years before, named right before its age."""
    days = [d for m in parts.around.dates if (d := resolve(m, case.as_of, "past"))] or (
        [case.as_of] if case.as_of else []
    )
    text = case.article.paragraphs[parts.around.sentence.paragraph].text
    mentions = case.mentions.get(parts.around.sentence.paragraph, ())
    for subject in things_meant(case, parts.around.sentence, parts.at)[:3]:
        named = [m for m in mentions if m.entity.id == subject.entity.id and m.span.end <= parts.at]
        if named and not _TO_AGE.match(text[named[-1].span.end : parts.at]):
            continue
        for prop in (model.INCEPTION, model.POINT_IN_TIME, model.LAUNCHED, model.STARTED):
            for begun in reliable(case, subject.entity.id, prop):
                for day in days if named else ():
                    if (
                        begun.date is not None
                        and parts.age in years_between(begun.date, day)
                        and begun.date.before(day)
                    ):
                        said = f"{subject.entity.label}: {begun.date}, {parts.age} years before {day}"
                        return said, [stated(begun, said, "supports", subject.entity.label)]
    return None


def match_age_gap(parts: AgeGapParts, case: Case) -> Match | None:
    """Two people of whom one was born so long before the other: the one spoken of, and another named or spoken of."""
    everyone = everybody(case, parts.around, parts.at)[:_MANY]
    for subject in people_meant(case, parts.around, parts.at)[:2]:
        for other in everyone:
            births = [next(iter(reliable(case, e.id, model.BORN)), None) for e in (subject.entity, other.entity)]
            if subject.entity.id == other.entity.id or births[0] is None or births[1] is None:
                continue
            one, two = births[0].date, births[1].date
            if (
                one
                and two
                and one.is_day
                and two.is_day
                and parts.least <= abs((one.first - two.first).days) <= parts.most
            ):
                said = f"{subject.entity.label} was born on {one}, {other.entity.label} on {two}"
                return said, [stated(s, said, "supports", subject.entity.label) for s in births if s is not None]
    return None


def match_length(parts: LengthParts, case: Case) -> Match | None:
    """A term of office that lasted so long, or has so far."""
    for subject in people_meant(case, parts.around, parts.at)[:2]:
        for seat, term in terms_held_by(subject.entity.id, case.known.knowledge):
            days = _lasted(term, case.as_of)
            if not may_be_called_there(seat, parts.around, parts.at, case, must_be=False) or is_elsewhere(
                seat, subject.entity, parts.around, parts.at, case
            ):
                continue
            if days is not None and parts.least <= days[1] and days[0] <= parts.most and days[1] - days[0] < 40:
                return term_found(term, seat.label, case)
    return _flight_lasted(parts, case)


def _flight_lasted(parts: LengthParts, case: Case) -> Match | None:
    """A flight or an event that lasted so many days, to a day or two."""
    things = [s.entity for s in things_meant(case, parts.around.sentence, parts.at)[:3]]
    people = [s.entity for s in people_meant(case, parts.around, parts.at)[:2]]
    for event in (*things, *(e for p in people for _, e in took_part_in(p, case))):
        for first, last in ((model.LAUNCHED, model.LANDED), (model.STARTED, model.ENDED)):
            begun, ended = (next(iter(reliable(case, event.id, prop)), None) for prop in (first, last))
            if begun is None or ended is None or begun.date is None or ended.date is None or not ended.date.is_day:
                continue
            days = (ended.date.first - begun.date.first).days
            if begun.date.is_day and parts.least - 1 <= days <= parts.most + 1 and parts.most - parts.least < _EXACT:
                said = f"{event.label} lasted from {begun.date} to {ended.date}, {days} days"
                return said, [stated(s, said, "supports", event.label) for s in (begun, ended)]
    return None


def _lasted(term: Term, as_of: Interval | None) -> tuple[int, int] | None:
    """The least and the most days of a term: to its end, or to the article's day."""
    end = term.end if term.end is not None else as_of
    if term.start is None or end is None or (term.ended and term.end is None):
        return None
    if as_of is not None and end.after(as_of):
        end = as_of
    return (end.first - term.start.last).days, (end.last - term.start.first).days
