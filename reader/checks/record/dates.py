"""Dates by the record: terms of office, births and deaths, awards, events, foundings and flights that began or ended then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reader.article.model import Span
from reader.checks.lookup import reliable
from reader.checks.model import Case, Evidence, stated
from reader.checks.record.subjects import Subject, all_people, people_meant, things_meant
from reader.checks.record.titles import may_be_called_there
from reader.claims.recorded import Cue, DateParts, Moment
from reader.dates import Interval, Precision, parse_iso
from reader.knowledge import model
from reader.knowledge.model import Entity, Statement
from reader.knowledge.terms import Term, terms_held_by
from reader.language.datetext import DateMention, resolve

Match = tuple[str, list[Evidence]]

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
_WORDS = {
    model.INCEPTION: "began to exist",
    model.DISSOLVED: "was dissolved",
    model.STARTED: "began",
    model.ENDED: "ended",
    model.POINT_IN_TIME: "took place",
    model.LAUNCHED: "was launched",
    model.LANDED: "landed",
    model.BORN: "was born",
    model.DIED: "died",
}


def match_date(parts: DateParts, case: Case) -> Match | None:
    """The first record that agrees with a date and a word beside it, or None."""
    when = list(_meanings(parts.when, parts, case))
    until = list(_meanings(parts.until, parts, case)) if parts.until else []
    if not when:
        return None
    if parts.until is not None:
        return _range(parts, when, until, case)
    for cue in parts.cues:
        for day in when:
            if found := _of_person(cue, day, parts.sentence, case) or _of_thing(cue, day, parts.sentence, case):
                return found
    return None


def _meanings(mention: DateMention, parts: DateParts, case: Case) -> Iterator[Interval]:
    """What a date can mean: seen from the article's day, or from the year told last."""
    found = resolve(mention, case.as_of, "past")
    if found is not None and found.precision is not Precision.DECADE:
        yield found
    if mention.year is None and mention.month is not None:
        years = [d.year for d in parts.told if d.year is not None and d.start < mention.start]
        if years and (other := resolve(replace(mention, year=years[-1]), case.as_of)) is not None and other != found:
            yield other


def _may_be(subject: Subject, when: Interval) -> bool:
    """Whether a date is exact enough to be no coincidence: a year alone is not, unless nobody else can be meant."""
    return subject.is_near or when.precision >= Precision.MONTH


def _of_person(cue: Cue, when: Interval, sentence: Span, case: Case) -> Match | None:
    at = cue.start
    if cue.moment == "won":
        return next(
            (
                m
                for s in all_people(case, sentence, at)
                if _may_be(s, when) and (m := award_in(s.entity, when, sentence, case))
            ),
            None,
        )
    for subject in people_meant(case, sentence, at):
        if not _may_be(subject, when):
            continue
        if cue.moment in ("born", "died"):
            prop = model.BORN if cue.moment == "born" else model.DIED
            if found := _dated(subject.entity, prop, when, case):
                return found
        elif cue.moment in ("start", "end", "hold"):
            for seat, term in terms_held_by(subject.entity.id, case.known.knowledge):
                if _agrees(term, cue.moment, when) and may_be_called_there(seat, sentence, cue, case):
                    return term_found(term, seat.label, case)
    return None


def _agrees(term: Term, moment: Moment, when: Interval) -> bool:
    if moment == "start":
        return term.start is not None and term.start.inside(when)
    if moment == "end":
        return term.end is not None and term.end.inside(when)
    return term.covers(when)


def term_found(term: Term, label: str, case: Case) -> Match:
    """A term of office as a sentence, with its evidence."""
    until = f"to {term.end}" if term.end else "on"
    acting = ", acting," if term.acting else ""
    said = (
        f"{term.name} was {label}{acting} from {term.start} {until}"
        if term.start
        else f"{term.name} was {label}{acting} until {term.end}"
    )
    return said, [stated(term.statement, said, "supports", label)]


def _dated(entity: Entity, prop: str, when: Interval, case: Case) -> Match | None:
    for statement in reliable(case, entity.id, prop):
        if statement.date is not None and statement.date.inside(when):
            on = "on" if statement.date.is_day else "in"
            said = f"{entity.label} {_WORDS[prop]} {on} {statement.date}"
            return said, [stated(statement, said, "supports", entity.label)]
    return None


def _of_thing(cue: Cue, when: Interval, sentence: Span, case: Case) -> Match | None:
    props = _OF_THINGS.get(cue.moment)
    if props is None:
        return None
    for subject in things_meant(case, sentence, cue.start):
        if _may_be(subject, when):
            for prop in props:
                if found := _dated(subject.entity, prop, when, case):
                    return found
            if cue.moment in ("start", "founded") and (found := _seated(subject.entity, when, case)):
                return found
            if cue.moment == "held" and (found := _lasted(subject.entity, when, case)):
                return found
    return None


def _seated(entity: Entity, when: Interval, case: Case) -> Match | None:
    """Since when something has had its seat where it is."""
    for statement in reliable(case, entity.id, model.HEADQUARTERS):
        start = parse_iso(statement.start) if statement.start else None
        if start is not None and start.inside(when):
            said = f"{entity.label} has had its headquarters in {case.known.knowledge.label(statement.value)} since {start}"
            return said, [stated(statement, said, "supports", entity.label)]
    return None


def _lasted(entity: Entity, when: Interval, case: Case) -> Match | None:
    """An event that lasted some days, all of them in the stretch of time told."""
    starts, ends = reliable(case, entity.id, model.STARTED), reliable(case, entity.id, model.ENDED)
    if not starts or not ends or not starts[0].date or not ends[0].date:
        return None
    if starts[0].date.first <= when.first and when.last <= ends[0].date.last:
        said = f"{entity.label} lasted from {starts[0].date} to {ends[0].date}"
        return said, [stated(s, said, "supports", entity.label) for s in (starts[0], ends[0])]
    return None


def award_in(person: Entity, when: Interval | None, sentence: Span, case: Case) -> Match | None:
    """An award that a person received then and whose name the sentence speaks of."""
    words = set(case.article.text_at(sentence).lower().replace("’", "'").split())
    for statement in reliable(case, person.id, model.AWARD):
        at = parse_iso(statement.at) if statement.at else None
        if at is None or (when is not None and not (at.inside(when) or when.inside(at))):
            continue
        label = case.known.knowledge.label(statement.value)
        if when is None or _speaks_of(label, words) or not _is_named(statement, sentence, case):
            said = f"{person.label} received the {label.removeprefix('The ')} in {at}"
            return said, [stated(statement, said, "supports", person.label)]
    return None


def _speaks_of(label: str, words: set[str]) -> bool:
    return any(w.lower() in {x.strip(",.;:()'\"“”") for x in words} for w in label.split() if len(w) > 3)


def _is_named(statement: Statement, sentence: Span, case: Case) -> bool:
    """Whether the sentence names another award: then this one is not meant."""
    mentions = case.mentions.get(sentence.paragraph, ())
    named = [m for m in mentions if m.entity.kind == "award" and sentence.start <= m.span.start < sentence.end]
    return any(m.entity.id != statement.value for m in named)


def _range(parts: DateParts, when: list[Interval], until: list[Interval], case: Case) -> Match | None:
    at = parts.when.start
    for subject in (*people_meant(case, parts.sentence, at), *_namesakes(parts, case)):
        for seat, term in terms_held_by(subject.entity.id, case.known.knowledge):
            if (
                term.start
                and term.end
                and any(term.start.inside(w) for w in when)
                and any(term.end.inside(u) for u in until)
            ):
                return term_found(term, seat.label, case)
        born, died = (reliable(case, subject.entity.id, p) for p in (model.BORN, model.DIED))
        for b in born:
            for d in died:
                if b.date and d.date and any(b.date.inside(w) for w in when) and any(d.date.inside(u) for u in until):
                    said = f"{subject.entity.label} was born on {b.date} and died on {d.date}"
                    return said, [stated(s, said, "supports", subject.entity.label) for s in (b, d)]
    for thing in things_meant(case, parts.sentence, at):
        for prop in (model.HEADQUARTERS, None):
            if prop is None:
                first = next(
                    (
                        f
                        for w in when
                        if (
                            f := _dated(thing.entity, model.STARTED, w, case)
                            or _dated(thing.entity, model.INCEPTION, w, case)
                        )
                    ),
                    None,
                )
                last = next(
                    (
                        f
                        for u in until
                        if (
                            f := _dated(thing.entity, model.ENDED, u, case)
                            or _dated(thing.entity, model.DISSOLVED, u, case)
                        )
                    ),
                    None,
                )
                if first and last:
                    return f"{first[0]}; {last[0]}", [*first[1], *last[1]]
    return None


def _namesakes(parts: DateParts, case: Case) -> list[Subject]:
    """Those who bear the name right before the date, where several do."""
    text = case.article.text_at(Span(parts.sentence.paragraph, parts.sentence.start, parts.when.start)).rstrip(" ,(:–-")
    words = text.split()
    for size in (4, 3, 2):
        name = " ".join(words[-size:])
        if len(words) >= size and name[:1].isupper():
            found = case.known.person(name)
            if found.candidates:
                return [Subject(e, True) for e in found.candidates]
    return []
