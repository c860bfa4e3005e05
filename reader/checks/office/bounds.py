"""Stated starts, ends and numbers: "since 2013", "from 2001 to 2004", "the 14th"."""

from __future__ import annotations

from reader.checks.model import Gate, Verdict, decided
from reader.checks.office.at import holder_on, judge_former, judge_past, refuted_on
from reader.checks.office.holding import GRACE_DAYS, NAME, Holding, open_because, term_evidence, term_sentence
from reader.dates import Interval, Precision
from reader.knowledge.terms import Term, is_single_seat
from reader.language.datetext import resolve


def judge_bounds(held: Holding) -> Verdict:
    """Stated starts and ends: "since 2013", "became … in March 2011", "from 2001 to 2004", "until 2016"."""
    parts, as_of = held.parts, held.case.as_of
    first = resolve(parts.when, as_of, "past") if parts.when and parts.time != "until" else None
    end = parts.until or (parts.when if parts.time == "until" else None)
    last = resolve(end, as_of, "past") if end else None
    if first is None and last is None:
        return _undated(held)
    own = [t for t in held.own if t.statement.is_reliable and (t.acting or not parts.title.acting)]
    for term in own:
        starts = first is None or _meets(term.start, first)
        ends = last is None or _meets(term.end, last)
        runs = (
            parts.time != "since" or as_of is None or parts.tense == "past" or term.touches(as_of.widened(GRACE_DAYS))
        )
        if starts and ends and runs:
            return decided(
                "supported",
                NAME,
                term_sentence(term, held.seat, held.case.as_of),
                [term_evidence(term, held.seat, "supports")],
                as_of,
            )
    if not held.certain:
        return open_because(held, f"{parts.person.name} may be somebody else", gate=Gate.MEANT)
    if parts.title.acting or any(t.acting for t in held.own):
        return open_because(held, "acting holders are not all recorded", gate=Gate.RELIABLE)
    if len(held.own) != 1:
        return (
            _unheld(held, first or last)
            if not held.own
            else open_because(held, f"{held.person.label} held the office more than once", gate=Gate.DEFINITE)
        )
    return _wrong_bound(held, held.own[0], first, last)


def _undated(held: Holding) -> Verdict:
    if held.parts.time == "until":
        return judge_former(held)
    if held.parts.time == "became":
        return judge_past(held)
    return open_because(held, "the stated date cannot be told", gate=Gate.WHEN)


def _unheld(held: Holding, when: Interval | None) -> Verdict:
    """Somebody never recorded in the seat: refuted where another's term covers the stated day and the article's."""
    if when is None:
        return open_because(held, "the stated date cannot be told", gate=Gate.WHEN)
    found = refuted_on(held, when)
    return found if isinstance(found, Verdict) else open_because(held, found, gate=Gate.DEFINITE)


def _wrong_bound(held: Holding, term: Term, first: Interval | None, last: Interval | None) -> Verdict:
    """The person's one term has another start or end, and somebody else's day-precise term covers the stated one."""
    if not term.statement.is_reliable:
        return open_because(held, f"the term of {term.name} is not referenced, or is disputed", gate=Gate.RELIABLE)
    for stated_bound, bound, outside in ((first, term.start, "before"), (last, term.end, "after")):
        if stated_bound is None or _meets(bound, stated_bound):
            continue
        if bound is None:
            if outside == "after" and term.covers(stated_bound.widened(GRACE_DAYS)):
                return _refuted_by(held, [term])
            continue
        if _near(bound, stated_bound):
            return open_because(
                held,
                f"{term_sentence(term, held.seat, held.case.as_of)}; the stated date is too near to be refuted",
                gate=Gate.DEFINITE,
            )
        inside = (
            stated_bound.inside(Interval(term.start.first, term.end.last))
            if term.start and term.end and term.start.first <= term.end.last
            else term.covers(stated_bound)
        )
        if inside and term.is_day_dated:
            if held.parts.time == "until" and is_single_seat(held.terms, stated_bound) is None:
                return _refuted_by(held, [term])
            if (
                held.parts.time in ("became", "since", "from-to")
                and is_single_seat(held.terms, stated_bound) is None
                and bound is term.start
            ):
                return _refuted_by(held, [term])
            if held.parts.time == "from-to" and is_single_seat(held.terms, stated_bound) is None:
                return _refuted_by(held, [term])
        other = holder_on(held, stated_bound)
        if isinstance(other, Term) and is_single_seat(held.terms, stated_bound) is None:
            return _refuted_by(held, [other, term])
    return open_because(
        held,
        f"{term_sentence(term, held.seat, held.case.as_of)}; nothing recorded for the stated date contradicts the claim",
        gate=Gate.STATED,
    )


def _refuted_by(held: Holding, terms: list[Term]) -> Verdict:
    sentence = "; ".join(term_sentence(t, held.seat, held.case.as_of) for t in terms)
    evidence = [term_evidence(t, held.seat, "refutes") for t in terms]
    return decided("refuted", NAME, f"{sentence}.", evidence, held.case.as_of)


def _meets(bound: Interval | None, stated_bound: Interval) -> bool:
    """Whether a recorded start or end agrees with a stated one at the coarser of their precisions."""
    if bound is None:
        return False
    return bound.inside(stated_bound) or (
        stated_bound.is_day and bound.precision < Precision.DAY and stated_bound.inside(bound) and False
    )


def _near(bound: Interval, stated_bound: Interval) -> bool:
    """A stated date so near to the recorded one that a turn of year, an election or a swearing-in may explain it."""
    if bound.overlaps(stated_bound):
        return True
    return (
        bound.overlaps(stated_bound.widened(GRACE_DAYS + 31))
        if stated_bound.precision >= Precision.MONTH
        else bound.overlaps(stated_bound.widened(92))
    )


def judge_ordinal(held: Holding) -> Verdict | None:
    """ "the 14th": None where the record does not number its holders and the rest of the claim can still be judged."""
    wanted = str(held.parts.title.ordinal)
    own = [t for t in held.own if t.ordinal and t.statement.is_reliable and not t.acting]
    if any(t.ordinal == wanted for t in own):
        term = next(t for t in own if t.ordinal == wanted)
        return decided(
            "supported",
            NAME,
            f"{term_sentence(term, held.seat, held.case.as_of)}, number {wanted} in the office",
            [term_evidence(term, held.seat, "supports")],
            held.case.as_of,
        )
    bearer = next((t for t in held.others if t.ordinal == wanted and t.statement.is_reliable and not t.acting), None)
    if own and bearer and held.certain:
        evidence = [term_evidence(bearer, held.seat, "refutes"), term_evidence(own[0], held.seat, "refutes")]
        text = f"{bearer.name} is number {wanted} as {held.seat.label}; {held.person.label} is number {own[0].ordinal}."
        return decided("refuted", NAME, text, evidence, held.case.as_of)
    return (
        None
        if not held.own
        else open_because(held, f"the numbering of {held.seat.label} is not recorded", gate=Gate.RELIABLE)
    )
