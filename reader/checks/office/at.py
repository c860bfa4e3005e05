"""Whether somebody held a seat on a day, or had held it before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.article.model import Span
from reader.checks.model import Gate, Verdict, decided
from reader.checks.office.holding import GRACE_DAYS, NAME, Holding, open_because, term_evidence, term_sentence
from reader.dates import Interval, Precision
from reader.knowledge.terms import Term, is_single_seat
from reader.language.datetext import DateMention, resolve

_TOLD_LONG_AGO = 45
_BOUND = re.compile(r"\b(?:since|until|till|from|to|by|before|after)\s(?:(?:early|late|mid)[\s-])?$", re.IGNORECASE)


def judge_day(held: Holding) -> Verdict:
    """Whether the person held the seat on any day the claim may speak of."""
    days = list(_days(held))
    if not days:
        return open_because(held, "the day the article speaks from is not known", gate=Gate.WHEN)
    bounds = {day for date in held.parts.told if _is_bound(held, date) and (day := _day_told(held, date)) is not None}
    for day in days:
        if (day not in bounds or day == held.case.as_of) and (verdict := _supported_on(held, day)):
            return verdict
    if held.parts.form == "said" and held.parts.tense == "past" and held.parts.when is None:
        if _is_told_of_another_time(held):
            return open_because(held, "the sentence may tell of a day on which no term is recorded", gate=Gate.WHEN)
        return judge_past(held)
    refusals = [refuted_on(held, day) for day in days]
    reasons = [r for r in refusals if isinstance(r, str)]
    if reasons:
        return open_because(held, reasons[0], gate=Gate.STATED)
    return next(r for r in refusals if isinstance(r, Verdict))


def _days(held: Holding) -> Iterator[Interval]:
    """The days a claim may speak of: a stated one, else the as-of date, else the days its paragraph tells of."""
    parts, as_of = held.parts, held.case.as_of
    if parts.when is not None:
        when = resolve(parts.when, as_of, "past" if parts.tense != "future" else "future")
        if when is not None:
            yield when
        if parts.form == "said" or when is None or parts.tense == "past":
            return
    if as_of is not None and parts.tense != "past":
        yield as_of
    if parts.form == "said" and not (parts.tense == "past" and parts.when is None):
        return
    for date in parts.told:
        told = _day_told(held, date)
        if (
            told is not None
            and told.precision >= Precision.YEAR
            and (as_of is None or not told.overlaps(as_of.widened(_TOLD_LONG_AGO)))
        ):
            yield told
    if as_of is not None and parts.tense == "past":
        yield as_of


def _day_told(held: Holding, date: DateMention) -> Interval | None:
    return resolve(date, held.case.as_of, "past")


def _is_bound(held: Holding, date: DateMention) -> bool:
    """Whether a date is where something else began or ended ("prime minister since July 2016"), and no day of a scene."""
    text = held.case.article.paragraphs[held.claim.span.paragraph].text
    return _BOUND.search(text, max(0, date.start - 20), date.start) is not None and not held.claim.span.overlaps(
        Span(held.claim.span.paragraph, date.start, date.end)
    )


def _is_told_of_another_time(held: Holding) -> bool:
    """Whether dates are told with the claim and no term of the person touches any of them."""
    told = [day for date in held.parts.told if (day := _day_told(held, date)) is not None]
    return bool(told) and not any(term.touches(day) for term in held.own for day in told)


def _supported_on(held: Holding, day: Interval) -> Verdict | None:
    for term in held.own:
        if not term.statement.is_reliable or (held.parts.title.acting and not term.acting):
            continue
        inside = term.covers(day)
        if inside and day.is_day and term.end is not None and term.end.overlaps(day.widened(1)):
            continue
        if (
            not inside
            and day.precision < Precision.DAY
            and held.parts.when is not None
            and term.start
            and term.touches(day)
            and (not held.parts.tense or held.parts.tense == "past")
        ):
            inside = not (term.start.first > day.first and (day.last - term.start.first).days < 31)
        if inside:
            return decided(
                "supported",
                NAME,
                term_sentence(term, held.seat, held.case.as_of),
                [term_evidence(term, held.seat, "supports")],
                held.case.as_of,
            )
    return None


def judge_past(held: Holding) -> Verdict:
    """ "X was minister of Y": supported by any term begun before the article's day."""
    as_of = held.case.as_of
    for term in held.own:
        if (
            term.statement.is_reliable
            and term.start
            and (as_of is None or term.start.before(as_of))
            and term.acting == held.parts.title.acting
        ):
            return decided(
                "supported",
                NAME,
                term_sentence(term, held.seat, held.case.as_of),
                [term_evidence(term, held.seat, "supports")],
                as_of,
            )
    return open_because(
        held,
        f"no term of {held.person.label} as {held.seat.label} is recorded, and a gap in the record proves nothing",
        gate=Gate.STATED,
    )


def refuted_on(held: Holding, day: Interval) -> Verdict | str:
    """The refutation for one day, or the gate that stopped it."""
    if not held.certain:
        return f"{held.parts.person.name} may be somebody else"
    if any(t.start is None and t.at is None for t in held.own):
        return f"a term of {held.person.label} is recorded without dates"
    if any(t.touches(day.widened(GRACE_DAYS)) for t in held.own):
        near = next(t for t in held.own if t.touches(day.widened(GRACE_DAYS)))
        return f"{term_sentence(near, held.seat, held.case.as_of)}; that is too near to the day, or too uncertain, to be refuted"
    holder = holder_on(held, day)
    if isinstance(holder, str):
        return holder
    doubt = is_single_seat(held.terms, day)
    if doubt:
        return doubt
    evidence = [
        term_evidence(holder, held.seat, "refutes"),
        *(term_evidence(t, held.seat, "context") for t in held.own[:2]),
    ]
    own = (
        "; ".join(term_sentence(t, held.seat, held.case.as_of) for t in held.own[:2])
        or f"{held.person.label} is not recorded as a holder"
    )
    return decided(
        "refuted",
        NAME,
        f"{term_sentence(holder, held.seat, held.case.as_of)}; {own}.".replace("..", "."),
        evidence,
        held.case.as_of,
    )


def holder_on(held: Holding, day: Interval) -> Term | str:
    """Somebody else whose reliable day-precise term holds all of the day, not within a day of a handover."""
    guarded = day.widened(1)
    for term in held.others:
        if not term.covers(day):
            continue
        if term.acting:
            return f"{term.name} only acted as {held.seat.label} then"
        if not term.statement.is_reliable:
            return f"the statement about {term.name} is not referenced, or is disputed"
        if not term.is_day_dated:
            return f"the term of {term.name} is not dated to the day"
        if term.start is not None and term.start.first > guarded.first:
            return "the day is a handover day"
        if term.end is not None and term.end.first < guarded.last:
            return "the day is a handover day"
        return term
    return f"the packs do not say who was {held.seat.label} then"


def judge_former(held: Holding) -> Verdict:
    """ "former": supported by an ended term; a gap in the record proves nothing."""
    as_of = held.case.as_of
    for term in held.own:
        if (
            term.statement.is_reliable
            and term.end is not None
            and (as_of is None or term.end.first <= as_of.last)
            and (term.acting == held.parts.title.acting or term.acting)
        ):
            return decided(
                "supported",
                NAME,
                term_sentence(term, held.seat, held.case.as_of),
                [term_evidence(term, held.seat, "supports")],
                as_of,
            )
    return open_because(
        held,
        f"no ended term of {held.person.label} as {held.seat.label} is recorded, and a gap in the record proves nothing",
        gate=Gate.STATED,
    )
