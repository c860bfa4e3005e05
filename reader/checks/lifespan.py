"""Nobody speaks, signs or travels after death or before birth; stated ages, births and deaths.

Refuted only from day-precise dates that all agree and are referenced, for a person without namesake;
before 1924 a difference of 13 days may be the calendar's (Julian and Gregorian).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from reader.checks.model import Case, Check, Gate, Ruling, Verdict, decided, stated, undecided
from reader.claims.lives import acts_after_death
from reader.claims.model import Claim, LifeParts, Status
from reader.dates import Interval, Precision, shifted, years_between
from reader.knowledge import model
from reader.knowledge.model import Entity, Statement
from reader.knowledge.resolve import Resolution
from reader.language.datetext import resolve

NAME = "lifespan"
_CALENDARS_AGREE_FROM = 1924
_YEARS_BEGIN_ALIKE_FROM = 1800  # in England the year began on 25 March until 1752
_BIRTHDAY_MARGIN = 9
_FUNERAL_DAYS = 30


class LifespanCheck(Check):
    """Judges life claims against dates of birth and death."""

    name = NAME
    parts: tuple[type, ...] = (LifeParts,)
    needs_knowledge = True
    whole_article = False

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """One verdict for each claim."""
        for claim in claims:
            if isinstance(claim.parts, LifeParts):
                yield claim, _life(claim, claim.parts, case)


def _life(claim: Claim, parts: LifeParts, case: Case) -> Verdict:
    if claim.status is not Status.ASSERTED and not (claim.status is Status.PLANNED and parts.verb == "turns"):
        return undecided(NAME, f"what is {claim.status.value} is not judged", case.as_of, gate=Gate.SAID)
    found = case.known.person(parts.person.name)
    if parts.person.is_inferred and found.is_certain:
        found = replace(found, reason="context")
    if found.entity is None:
        reason = (
            f"{parts.person.name} can mean {len(found.candidates)} people"
            if found.reason == "ambiguous"
            else f"{parts.person.name} is not in the packs"
        )
        return undecided(NAME, reason, case.as_of, gate=Gate.MEANT)
    born = _dates(case, found.entity, model.BORN)
    died = _dates(case, found.entity, model.DIED)
    if isinstance(born, str) or isinstance(died, str):
        return undecided(NAME, born if isinstance(born, str) else str(died), case.as_of, gate=Gate.RELIABLE)
    if parts.fact == "acts":
        return _act(parts, found, born, died, case)
    if parts.fact in ("age", "age-at-death"):
        return _age(parts, found, born, died, case)
    if parts.fact == "alive":
        return _alive(found, died, case)
    return _bounds(parts, found, born, died, case)


def _dates(case: Case, person: Entity, prop: str) -> Statement | str | None:
    """The one usable statement, None where there is none, or why the statements cannot be used."""
    statements = [
        s for s in case.known.knowledge.statements(person.id, prop) if s.rank != "deprecated" and s.date is not None
    ]
    preferred = [s for s in statements if s.rank == "preferred"] or statements
    if not preferred:
        return None
    what = "birth" if prop == model.BORN else "death"
    if any(s.disputed or s.circa for s in preferred):
        return f"the date of {person.label}'s {what} is uncertain"
    finest = max(preferred, key=lambda s: int(s.date.precision) if s.date else 0)
    if any(s.date and finest.date and not finest.date.inside(s.date) for s in preferred):
        return f"the sources give different dates of {person.label}'s {what}"
    if not finest.referenced:
        return f"the date of {person.label}'s {what} has no reference"
    return finest


def _sentence(person: Entity, statement: Statement) -> str:
    verb = "was born" if statement.property == model.BORN else "died"
    when = statement.date
    return f"{person.label} {verb} {'on' if when and when.is_day else 'in'} {when}"


def _verdict(label: str, text: str, person: Entity, statements: Sequence[Statement], case: Case) -> Verdict:
    stance = "supports" if label == "supported" else "refutes"
    evidence = [stated(s, _sentence(person, s), stance, title=person.label) for s in statements]  # type: ignore[arg-type]
    return decided(label, NAME, text, evidence, case.as_of)  # type: ignore[arg-type]


def _act(parts: LifeParts, found: Resolution, born: Statement | None, died: Statement | None, case: Case) -> Verdict:
    person = found.entity
    if person is None or parts.when is None:
        return undecided(NAME, "the day of the act is not known", case.as_of, gate=Gate.WHEN)
    when = resolve(parts.when, case.as_of, "past")
    if when is None:
        return undecided(NAME, "the day of the act cannot be told", case.as_of, gate=Gate.WHEN)
    if not found.is_certain:
        return undecided(NAME, f"{parts.person.name} may be somebody else", case.as_of, gate=Gate.MEANT)
    if (
        died is not None
        and died.date
        and died.date.is_day
        and when.first > shifted(died.date.last, _FUNERAL_DAYS)
        and acts_after_death(parts.verb)
    ):
        return _verdict("refuted", f"{_sentence(person, died)}, before {when}.", person, [died], case)
    if born is not None and born.date and born.date.is_day and when.last < shifted(born.date.first, -1):
        return _verdict("refuted", f"{_sentence(person, born)}, after {when}.", person, [born], case)
    return undecided(
        NAME,
        f"{person.label} was alive then, as far as the packs know; that proves nothing more",
        case.as_of,
        gate=Gate.STATED,
    )


def _age(parts: LifeParts, found: Resolution, born: Statement | None, died: Statement | None, case: Case) -> Verdict:
    person, age = found.entity, parts.age
    if person is None or age is None or born is None or born.date is None:
        return undecided(NAME, "the date of birth is not known", case.as_of, gate=Gate.WHEN)
    statements = [born]
    if parts.fact == "age-at-death":
        if died is None or died.date is None:
            return undecided(NAME, "the date of death is not known", case.as_of, gate=Gate.WHEN)
        if case.as_of and died.date.after(case.as_of):
            return undecided(NAME, "the death that is told of is not the recorded one", case.as_of, gate=Gate.STATED)
        on: Interval | None = died.date
        statements.append(died)
    elif parts.when is not None:
        on = resolve(parts.when, case.as_of, "future" if parts.tense == "future" else "past")
    else:
        on = case.as_of
    if on is None:
        return undecided(NAME, "the day on which the age is told is not known", case.as_of, gate=Gate.WHEN)
    if verdict := _at_another_day(parts, found, born, died, case):
        return verdict
    least, most = years_between(born.date, on)
    how = f"{_sentence(person, born)}" + (f" and died on {died.date}" if len(statements) > 1 and died else "")
    if died is not None and died.date and parts.fact == "age" and died.date.before(on) and least <= age <= most:
        return undecided(NAME, f"{_sentence(person, died)}, and had no age on {on}", case.as_of, gate=Gate.DEFINITE)
    if parts.verb == "turns":
        birthday = (
            born.date.is_day
            and on.is_day
            and (on.first.month, on.first.day) == (born.date.first.month, born.date.first.day)
        )
        if birthday and least == most == age:
            return _verdict("supported", f"{how}, so turns {age} on {on}.", person, statements, case)
        return undecided(
            NAME, f"{how}; the day told of is not that birthday, or is not clear", case.as_of, gate=Gate.WHEN
        )
    if least == most == age:
        return _verdict("supported", f"{how}, and so was {age} on {on}.", person, statements, case)
    if least <= age <= most:
        return undecided(
            NAME,
            f"{how}; the age fits, but the dates are not precise enough to show it",
            case.as_of,
            gate=Gate.DEFINITE,
        )
    if not found.is_certain or not born.date.is_day or not on.is_day:
        return undecided(
            NAME, f"{how}; that is not precise enough to refute an age of {age}", case.as_of, gate=Gate.DEFINITE
        )
    if age in (least - 1, most + 1) and (
        _near_birthday(born.date.first, on.first) or (parts.when is not None and not on.is_day)
    ):
        return undecided(
            NAME, f"{how}; the birthday is too near to the day the age is told on", case.as_of, gate=Gate.DEFINITE
        )
    if died is not None and died.date and parts.fact == "age" and parts.when is None and died.date.before(on):
        return undecided(
            NAME, f"{_sentence(person, died)}; the age may be told of an earlier day", case.as_of, gate=Gate.DEFINITE
        )
    for mention in parts.told if parts.when is None else ():
        told = resolve(mention, case.as_of, "past")
        if told is not None and years_between(born.date, told)[0] <= age <= years_between(born.date, told)[1]:
            return undecided(NAME, f"{how}; the age may be told of {told}", case.as_of, gate=Gate.DEFINITE)
    if (
        born.date.first.year < _CALENDARS_AGREE_FROM
        and age in (least - 1, most + 1)
        and _near_birthday(born.date.first, on.first, 14)
    ):
        return undecided(NAME, f"{how}; the calendars differ by up to 13 days", case.as_of, gate=Gate.DEFINITE)
    return _verdict("refuted", f"{how}, and so was {least} on {on}.", person, statements, case)


def _at_another_day(
    parts: LifeParts, found: Resolution, born: Statement, died: Statement | None, case: Case
) -> Verdict | None:
    """Supported where the person is dead and the age is that at the death, or on a day the paragraph tells of."""
    person = found.entity
    if person is None or born.date is None or parts.fact != "age" or parts.when is not None:
        return None
    if died is None or died.date is None or case.as_of is None or not died.date.before(case.as_of):
        return None
    told = [day for mention in parts.told if (day := resolve(mention, case.as_of, "past")) is not None and day.is_day]
    for on in (died.date, *told):
        least, most = years_between(born.date, on)
        if least == most == parts.age and on.is_day:
            text = f"{_sentence(person, born)}, and so was {parts.age} on {on}."
            return _verdict("supported", text, person, [born, died] if on is died.date else [born], case)
    return None


def _near_birthday(born: date, on: date, margin: int = _BIRTHDAY_MARGIN) -> bool:
    year = on.year
    days = [abs((date(y, born.month, min(born.day, 28)) - on).days) for y in (year - 1, year, year + 1)]
    return min(days) <= margin


def _alive(found: Resolution, died: Statement | None, case: Case) -> Verdict:
    person = found.entity
    if (
        person is not None
        and died is not None
        and died.date
        and died.date.is_day
        and case.as_of
        and found.is_certain
        and died.date.widened(1).before(case.as_of)
    ):
        return _verdict("refuted", f"{_sentence(person, died)}.", person, [died], case)
    return undecided(
        NAME, "that no death is recorded does not show that somebody is alive", case.as_of, gate=Gate.STATED
    )


def _bounds(parts: LifeParts, found: Resolution, born: Statement | None, died: Statement | None, case: Case) -> Verdict:
    """Stated dates of birth and death, one or both."""
    person = found.entity
    if person is None:
        return undecided(NAME, "it is open who is meant", case.as_of, gate=Gate.MEANT)
    pairs = (
        [(parts.when, born)]
        if parts.fact == "born"
        else [(parts.when, died)]
        if parts.fact == "died"
        else [(parts.when, born), (parts.until, died)]
    )
    agreed: list[Statement] = []
    for mention, statement in pairs:
        when = resolve(mention, case.as_of, "past") if mention else None
        if when is None or statement is None or statement.date is None:
            return undecided(NAME, "the date is not known, or cannot be told", case.as_of, gate=Gate.WHEN)
        if statement.date.inside(when):
            agreed.append(statement)
            continue
        if when.overlaps(statement.date):
            return undecided(
                NAME, f"{_sentence(person, statement)}; that is not precise enough", case.as_of, gate=Gate.DEFINITE
            )
        if refusal := _cannot_refute(found, statement, when):
            return undecided(NAME, f"{_sentence(person, statement)}; {refusal}", case.as_of, gate=Gate.DEFINITE)
        return _verdict("refuted", f"{_sentence(person, statement)}.", person, [statement], case)
    return _verdict("supported", f"{'; '.join(_sentence(person, s) for s in agreed)}.", person, agreed, case)


def _cannot_refute(found: Resolution, statement: Statement, when: Interval) -> str | None:
    known = statement.date
    if known is None or not known.is_day:
        return "the date is not known to the day"
    if not found.is_certain:
        return "the person may be somebody else"
    if known.first.year < _CALENDARS_AGREE_FROM and known.widened(13).overlaps(when):
        return "the calendars differ by up to 13 days"
    if known.first.year < _YEARS_BEGIN_ALIKE_FROM and known.widened(366 + 13).overlaps(when):
        return "the calendars differ, and years began on other days"
    if when.precision is Precision.DAY and known.widened(1).overlaps(when):
        return "the dates lie a day apart"
    return None
