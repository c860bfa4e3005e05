"""Dates by the record: terms of office, lives, awards, events, foundings and flights that began or ended then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reader.article.model import Span
from reader.checks.lookup import reliable
from reader.checks.model import Case, stated
from reader.checks.record.awards import award_in
from reader.checks.record.links import events_of, took_part_in
from reader.checks.record.offices import Match, in_office, is_about_office, term_found
from reader.checks.record.stated_dates import dated, lasted, seated
from reader.checks.record.subjects import (
    Subject,
    carried,
    everybody,
    named_in,
    people_meant,
    people_named,
    things_meant,
    years_before,
)
from reader.claims.recorded.parts import Around, Cue, DateParts, Moment
from reader.dates import Interval, Precision
from reader.knowledge import model
from reader.knowledge.model import Entity
from reader.knowledge.names import normal
from reader.knowledge.terms import terms_held_by
from reader.language.datetext import DateMention, resolve

_OF_THINGS: dict[Moment, tuple[str, ...]] = {
    "signed": (model.POINT_IN_TIME,),
    "in force": (model.STARTED,),
    "founded": (model.INCEPTION,),
    "begun": (model.STARTED, model.POINT_IN_TIME),
    "start": (model.INCEPTION, model.STARTED),
    "ended": (model.ENDED, model.DISSOLVED),
    "end": (model.ENDED, model.DISSOLVED),
    "held": (model.POINT_IN_TIME, model.STARTED),
    "launched": (model.LAUNCHED,),
    "landed": (model.LANDED,),
}
_TAKING_PART: dict[Moment, tuple[str, ...]] = {
    "held": (model.POINT_IN_TIME, model.STARTED, model.LAUNCHED),
    "signed": (model.POINT_IN_TIME,),
    "launched": (model.LAUNCHED, model.STARTED),
    "landed": (model.LANDED, model.ENDED),
}
_DATED_KINDS = ("work", "event", "treaty", "craft")
_KINDS_OF_EVENT = frozenset(
    "election referendum fire flood storm earthquake eruption accident crash collision disaster derailment sinking shipwreck capsizing "
    "explosion attack bombing assassination murder battle war truce ceasefire armistice treaty agreement protocol convention accord "
    "meeting summit conference rescue hijacking dive strike theft robbery coup revolution devaluation run-off runoff".split()
)
_KIND_OF_DEED = {
    "burn": "fire", "burned": "fire", "burnt": "fire", "blaze": "fire", "sank": "sinking", "shot": "assassination", "murdered": "assassination",
    "met": "meeting", "erupted": "eruption", "dived": "dive", "capsized": "capsizing", "collided": "collision", "quake": "earthquake",
}  # fmt: skip
_ANOTHER_MOMENT = re.compile(r"\b(?:in(?:to)?\sforce|ended|ends?|over|anniversary|after|before|ratif\w+)\b")
_BESIDE_WORK = re.compile(
    r"[”\"’']?(?:,\s(?:(?:his|her|their|its|the|a)\s[a-z\s-]{3,40},\s)?(?:of|in|from)\s|\s\(|\sof\s|,\s[a-z]+ed\sin\s)"
)
_BESIDE = 40  # characters
_DAYS_AGO = 31  # what is newer is news, of which one day may hold much
_PRONOUN = re.compile(r"\b(?:[Hh]er|[Hh]im|[Hh]ers|[Hh]is|[Ss]he|[Hh]e)\b")


def match_date(parts: DateParts, case: Case) -> Match | None:
    """The first record that agrees with a date and a word beside it, or None."""
    when = list(_meanings(parts.when, parts, case))
    until = list(_meanings(parts.until, parts, case)) if parts.until else []
    if parts.until is not None:
        return _range(parts, when, until, case)
    if named := _by_award_named(parts, when, case):
        return named
    for cue in parts.cues:
        for day in when:
            if found := _of_person(cue, day, parts, case) or _of_thing(cue, day, parts, case):
                return found
        if not cue.is_weak and when and _says_otherwise(cue, parts, case):
            return None
    return _of_work_beside(when, parts, case) or _of_event_there(when, case) or _of_event_described(when, parts, case)


def _of_work_beside(when: list[Interval], parts: DateParts, case: Case) -> Match | None:
    """The year of a work, an event or a treaty right behind its name: "The Feast of the Goat, of 2000", "Pinatubo (1991)"."""
    text = case.article.paragraphs[parts.around.sentence.paragraph].text
    for mention in named_in(case, parts.around.sentence):
        is_beside = _BESIDE_WORK.fullmatch(text[mention.span.end : parts.when.start])
        if mention.entity.kind in _DATED_KINDS and is_beside:
            for prop in (model.INCEPTION, model.POINT_IN_TIME, model.STARTED):
                if found := next((f for day in when if (f := dated(mention.entity, prop, day, case))), None):
                    return found
    return None


def _of_event_described(when: list[Interval], parts: DateParts, case: Case) -> Match | None:
    """The one event of that month or day whose kind the sentence says, where the article is or of what it names."""
    days = [day for day in when if day.precision >= Precision.MONTH]
    sentence = case.article.text_at(parts.around.sentence)
    if not days or _ANOTHER_MOMENT.search(sentence):
        return None
    words = set(normal(sentence).split())
    said = {_KIND_OF_DEED.get(word, word.removesuffix("s")) for word in words} | words
    said &= _KINDS_OF_EVENT
    found: dict[str, Match] = {}
    for event in events_of(case) if said else ():
        if said & set(normal(f"{event.label} {event.description or ''}").split()):
            for prop in (model.POINT_IN_TIME, model.STARTED):
                if match := next((m for day in days if (m := dated(event, prop, day, case))), None):
                    found.setdefault(event.id, match)
    return next(iter(found.values())) if len(found) == 1 else None


def _of_event_there(when: list[Interval], case: Case) -> Match | None:
    """An event that nothing names, of that very day, where the article is or of what it names."""
    days = [
        day for day in when if day.is_day and (case.as_of is None or (case.as_of.first - day.first).days > _DAYS_AGO)
    ]
    for event in events_of(case) if days else ():
        for prop in (model.POINT_IN_TIME, model.STARTED):
            for day in days:
                if found := dated(event, prop, day, case):
                    return found
    return None


def _by_award_named(parts: DateParts, when: list[Interval], case: Case) -> Match | None:
    """An award that the clause names, received then by whoever is named nearest to the date."""
    clause = _clause(parts, case)
    if any(m.entity.kind == "award" and m.span.overlaps(clause) for m in case.mentions.get(clause.paragraph, ())):
        named = {
            e.id for n in people_named(case, parts.around) if clause.start <= n.start < clause.end for e in n.bearers
        }
        everyone = everybody(case, parts.around, parts.when.start)
        nearest = [s for s in everyone if s.entity.id in named][:1]
        if not nearest or _PRONOUN.search(case.article.text_at(clause)):
            nearest += carried(case, parts.around)
        for subject in nearest:
            for day in when:
                if found := award_in(subject.entity, day, clause, case, must_name=True):
                    return found
    return None


def _says_otherwise(cue: Cue, parts: DateParts, case: Case) -> bool:
    """Whether the nearest who or what may be meant has such a record, so that the date told is not that of another cue."""
    knowledge = case.known.knowledge
    people = [s.entity for s in people_meant(case, parts.around, cue.start, cue.end) if s.is_near][:1]
    for person in people:
        if (
            cue.moment in ("start", "end", "hold")
            and is_about_office(cue, parts, case)
            and terms_held_by(person.id, knowledge)
        ):
            return True
        if cue.moment == "won" and abs(cue.end - parts.when.start) < _BESIDE and reliable(case, person.id, model.AWARD):
            return True
        if cue.moment in ("born", "died") and knowledge.statements(
            person.id, model.BORN if cue.moment == "born" else model.DIED
        ):
            return True
    here = {m.entity.id for m in named_in(case, parts.around.sentence, pronouns=True)}
    things = [s.entity for s in things_meant(case, parts.around.sentence, cue.start) if s.entity.id in here][:1]
    return any(knowledge.statements(t.id, prop) for t in things for prop in _OF_THINGS.get(cue.moment, ()))


def _meanings(mention: DateMention, parts: DateParts, case: Case) -> Iterator[Interval]:
    """What a date can mean: seen from the article's day, or from the year told last; none where its weekday is wrong."""
    found = resolve(mention, case.as_of, "past")
    years = [d.year for d in parts.around.told if d.year is not None and d.start < mention.start]
    years = years or years_before(case, parts.around.sentence.paragraph)
    if mention.year is None and mention.month is not None and years:
        other = resolve(replace(mention, year=years[-1]), case.as_of)
        meant = [found, other] if other != found else [found]
    else:
        meant = [found]
    for day in meant:
        is_wrong = day is not None and day.is_day and mention.weekday not in (None, day.first.weekday())
        if day is not None and day.precision is not Precision.DECADE and not is_wrong:
            yield day


def _may_be(subject: Subject, when: Interval) -> bool:
    """Whether a date is exact enough to be no coincidence: a year alone is not, unless nobody else can be meant."""
    return subject.is_near or when.precision >= Precision.MONTH


def _of_person(cue: Cue, when: Interval, parts: DateParts, case: Case) -> Match | None:
    around = parts.around
    if cue.moment == "won":
        scope = _clause(parts, case)
        people = everybody(case, around, parts.when.start)
        if min(abs(parts.when.start - cue.end), abs(cue.start - parts.when.end)) > _BESIDE:
            near = {
                e.id for n in people_named(case, around) if 0 <= parts.when.start - n.end < _BESIDE for e in n.bearers
            }
            people = [s for s in people if s.entity.id in near]
        return next(
            (m for s in people if (m := award_in(s.entity, when, scope, case, must_name=not _may_be(s, when)))), None
        )
    people = people_meant(case, around, cue.start, cue.end)
    if not people and cue.moment in _TAKING_PART:
        people = [
            s for s in everybody(case, around, cue.start) if cue.moment != "held" or not cue.is_weak or when.is_day
        ]
    for subject in people:
        if not _may_be(subject, when) or (cue.is_weak and _is_in_another_clause(cue, around, case)):
            continue
        if cue.moment in ("born", "died"):
            prop = model.BORN if cue.moment == "born" else model.DIED
            if found := dated(subject.entity, prop, when, case):
                return found
        elif (cue.moment in _TAKING_PART and (found := took_part_then(subject.entity, cue.moment, when, case))) or (
            cue.moment in ("start", "end", "hold") and (found := in_office(subject.entity, cue, when, parts, case))
        ):
            return found
    return None


def _is_in_another_clause(cue: Cue, around: Around, case: Case) -> bool:
    """Whether a clause has ended between the person named last and a word that may stand beside anything."""
    before = [n.end for n in people_named(case, around) if n.end <= cue.start]
    text = case.article.paragraphs[around.sentence.paragraph].text
    return bool(before) and re.search(r"[;:]", text[before[-1] : cue.start]) is not None


def took_part_then(person: Entity, moment: Moment, when: Interval, case: Case) -> Match | None:
    """A flight or an event of theirs that began, ended or happened then."""
    if when.precision < Precision.MONTH:
        return None
    for link, event in took_part_in(person, case):
        for prop in _TAKING_PART[moment]:
            if found := dated(event, prop, when, case):
                said = f"{person.label} took part in {event.label}; {found[0]}"
                return said, [stated(link, said, "supports", event.label), *found[1]]
    return None


def _clause(parts: DateParts, case: Case) -> Span:
    """The words that tell what a date is of: as far as the next dates or marks on either side."""
    sentence = parts.around.sentence
    text = case.article.paragraphs[sentence.paragraph].text
    start, end = parts.when.start, parts.when.end
    others = [d for d in parts.around.dates if d is not parts.when]
    first = max([sentence.start, *(d.end for d in others if d.end <= start)])
    last = min([sentence.end, *(d.start for d in others if d.start >= end)])
    marks = [m.start() for m in re.finditer(r"[;:]|,?\s(?:and|but|while)\s", text[first:start])]
    opened = first + (marks[-1] if marks else 0)
    says_before = any(not cue.is_weak and cue.moment == "won" and opened <= cue.start < start for cue in parts.cues)
    return Span(sentence.paragraph, opened, end if says_before else last)


def _of_thing(cue: Cue, when: Interval, parts: DateParts, case: Case) -> Match | None:
    props = _OF_THINGS.get(cue.moment)
    if props is None:
        return None
    things = things_meant(case, parts.around.sentence, cue.start)
    here = {m.entity.id for m in named_in(case, parts.around.sentence, pronouns=True)}
    nearest = next((s.entity.id for s in things if s.entity.id in here and _has_date(s.entity, case)), None)
    for subject in things:
        if subject.entity.id == nearest:
            subject = Subject(subject.entity, True)
        if not _may_be(subject, when):
            continue
        for prop in props:
            if found := dated(subject.entity, prop, when, case):
                return found
        if cue.moment in ("start", "founded") and (found := seated(subject.entity, when, case)):
            return found
        if cue.moment == "held" and (found := lasted(subject.entity, when, case)):
            return found
        if subject.is_near and any(case.known.knowledge.statements(subject.entity.id, p) for p in props):
            return None  # what is named nearest has such a date, and it is another
    return None


def _range(parts: DateParts, when: list[Interval], until: list[Interval], case: Case) -> Match | None:
    """A term, a life or an event that began and ended then."""
    for subject in people_meant(case, parts.around, parts.when.start) or _at_line_start(parts, case):
        for seat, term in terms_held_by(subject.entity.id, case.known.knowledge):
            if term.start and term.end and _within(term.start, when) and _within(term.end, until):
                return term_found(term, seat.label, case)
        if found := _both(subject.entity, (model.BORN,), (model.DIED,), when, until, case):
            return found
    for thing in things_meant(case, parts.around.sentence, parts.when.start):
        begun, ended = (model.STARTED, model.INCEPTION), (model.ENDED, model.DISSOLVED)
        if found := _both(thing.entity, begun, ended, when, until, case):
            return found
    return None


def _within(bound: Interval, told: list[Interval]) -> bool:
    return any(bound.inside(day) for day in told)


def _both(
    entity: Entity,
    begun: tuple[str, ...],
    ended: tuple[str, ...],
    when: list[Interval],
    until: list[Interval],
    case: Case,
) -> Match | None:
    first = next((f for prop in begun for w in when if (f := dated(entity, prop, w, case))), None)
    last = next((f for prop in ended for u in until if (f := dated(entity, prop, u, case))), None)
    return (f"{first[0]}; {last[0]}", [*first[1], *last[1]]) if first and last else None


def _has_date(entity: Entity, case: Case) -> bool:
    """Whether the record of something holds a day on which it may have begun."""
    dates = (model.INCEPTION, model.POINT_IN_TIME, model.STARTED, model.LAUNCHED)
    return any(case.known.knowledge.statements(entity.id, prop) for prop in dates)


def _at_line_start(parts: DateParts, case: Case) -> list[Subject]:
    """A name alone before the dates ("William III, 1849 to 1890"), whoever bears it."""
    name = case.article.text_at(replace(parts.around.sentence, end=parts.when.start)).rstrip(" ,(:–-")
    return [Subject(e, True) for e in case.known.person(name).candidates] if name[:1].isupper() else []
