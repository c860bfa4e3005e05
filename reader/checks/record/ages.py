"""Ages and lengths of time by the record: from birth, or from founding, to the day that is told of."""

from __future__ import annotations

from collections.abc import Iterator

from reader.checks.lookup import reliable
from reader.checks.model import Case, stated
from reader.checks.record.dates import Match, term_found
from reader.checks.record.subjects import Subject, people_meant, things_meant
from reader.claims.recorded import AgeParts, LengthParts
from reader.dates import Interval, years_between
from reader.knowledge import model
from reader.knowledge.model import Statement
from reader.knowledge.terms import Term, terms_held_by
from reader.language.datetext import resolve


def match_age(parts: AgeParts, case: Case) -> Match | None:
    """A birth, a founding or an event from which so many years had passed on the day told of."""
    for subject in people_meant(case, parts.sentence, parts.at):
        for born in reliable(case, subject.entity.id, model.BORN):
            for day, died in _days(parts, subject, case):
                if born.date is not None and _was_aged(born.date, day, parts):
                    said = f"{subject.entity.label} was born on {born.date}, and so was {parts.age} on {day}"
                    return said, [stated(s, said, "supports", subject.entity.label) for s in (born, *died)]
        if subject.is_near:
            break
    return _of_thing(parts, case)


def _days(parts: AgeParts, subject: Subject, case: Case) -> Iterator[tuple[Interval, list[Statement]]]:
    """The one day that an age is told of: the death's, one told beside it, the article's, or the last told before."""
    died = [s for s in reliable(case, subject.entity.id, model.DIED) if s.date is not None]
    if parts.at_death and died and died[0].date is not None:
        yield died[0].date, died[:1]
        return
    inside = [d for m in parts.dates if (d := resolve(m, case.as_of, "past"))]
    before = [d for m in parts.told if (d := resolve(m, case.as_of, "past"))]
    if parts.is_now or not (inside or before):
        if case.as_of is not None and not any(d.date and d.date.before(case.as_of) for d in died):
            yield case.as_of, []
        elif died and died[0].date is not None and not (inside or before):
            yield died[0].date, died[:1]
        elif before:
            yield before[-1], []
        return
    if inside:
        yield from ((d, []) for d in inside)
    else:
        yield before[-1], []


def _was_aged(born: Interval, day: Interval, parts: AgeParts) -> bool:
    least, most = years_between(born, day)
    if parts.turns:
        return most == parts.age and (least == parts.age - 1 or day.is_day)
    return least == most == parts.age


def _of_thing(parts: AgeParts, case: Case) -> Match | None:
    days = [d for m in parts.dates if (d := resolve(m, case.as_of, "past"))] or ([case.as_of] if case.as_of else [])
    for subject in things_meant(case, parts.sentence, parts.at):
        if not subject.is_near or subject.entity.kind in ("country", "place"):
            continue
        for prop in (model.INCEPTION, model.POINT_IN_TIME, model.LAUNCHED, model.STARTED):
            for begun in reliable(case, subject.entity.id, prop):
                for day in days:
                    if (
                        begun.date is not None
                        and parts.age in years_between(begun.date, day)
                        and begun.date.before(day)
                    ):
                        said = f"{subject.entity.label}: {begun.date}, {parts.age} years before {day}"
                        return said, [stated(begun, said, "supports", subject.entity.label)]
    return None


def match_length(parts: LengthParts, case: Case) -> Match | None:
    """A term of office that lasted so long, or has so far."""
    for subject in people_meant(case, parts.sentence, parts.at)[:2]:
        for seat, term in terms_held_by(subject.entity.id, case.known.knowledge):
            days = _lasted(term, case.as_of)
            if days is not None and parts.least <= days[1] and days[0] <= parts.most and days[1] - days[0] < 40:
                return term_found(term, seat.label, case)
    return None


def _lasted(term: Term, as_of: Interval | None) -> tuple[int, int] | None:
    """The least and the most days of a term: to its end, or to the article's day."""
    end = term.end if term.end is not None else as_of
    if term.start is None or end is None or (term.ended and term.end is None):
        return None
    if as_of is not None and end.after(as_of):
        end = as_of
    return (end.first - term.start.last).days, (end.last - term.start.first).days
