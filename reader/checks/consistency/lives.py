"""One life told in two ways: two births, deaths or ages of one person, a death before the birth, an act after the death.

What a company or a foundation does under a dead person's name is no contradiction: only acts of the living are claims here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.checks.consistency.contradiction import told_in_two_ways
from reader.checks.consistency.namesakes import tells_of_namesakes
from reader.checks.model import Case, Ruling
from reader.claims.model import Claim, LifeParts, Status
from reader.dates import Interval
from reader.knowledge.names import normal
from reader.language.datetext import resolve

_TELLINGS = 24  # of one life, so that a book about somebody takes no longer than a page
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_AGES = ("age", "age-at-death")


@dataclass(frozen=True, slots=True)
class _Told:
    """One fact of a life, and when it was, where the text says so."""

    claim: Claim
    parts: LifeParts
    when: Interval | None


def life_conflicts(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """One verdict for each end of a contradiction."""
    lives: dict[str, list[_Told]] = defaultdict(list)
    everybody = {normal(c.parts.person.name) for c in claims if isinstance(c.parts, LifeParts)}
    for claim in claims:
        parts = claim.parts
        if not isinstance(parts, LifeParts) or claim.status is not Status.ASSERTED:
            continue
        if parts.person.is_inferred and len(everybody) > 1:
            continue
        when = resolve(parts.when, case.as_of, "past") if parts.when is not None else None
        if len(parts.person.name.split()) > 1:
            lives[normal(parts.person.name)].append(_Told(claim, parts, when))
    for every in lives.values():
        told = list({(t.parts.fact, t.parts.age, t.when): t for t in reversed(every)}.values())[:_TELLINGS]
        for place, first in enumerate(told):
            for second in told[place + 1 :]:
                if _disagree(first, second, _now(told, case)) and not tells_of_namesakes(
                    case.article, first.parts.person.name
                ):
                    yield from told_in_two_ways([first.claim, second.claim], case)


def _now(told: Sequence[_Told], case: Case) -> Interval | None:
    """When the ages of a life are counted: at the death where its day is told, else on the article's day."""
    deaths = [t.when for t in told if t.parts.fact == "died" and t.when is not None]
    if deaths:
        return deaths[0]
    return None if any(_YEAR.search(t.claim.text) for t in told if t.parts.fact == "age-at-death") else case.as_of


def _disagree(first: _Told, second: _Told, as_of: Interval | None) -> bool:
    """Whether both cannot be true of one life."""
    facts = {first.parts.fact, second.parts.fact}
    if facts <= set(_AGES):
        return len(facts) == 1 and _are_two_ages(first, second)
    if facts & set(_AGES) and "born" in facts:
        born, aged = (first, second) if first.parts.fact == "born" else (second, first)
        return _is_too_old_or_young(born, aged, as_of)
    if first.when is None or second.when is None:
        return False
    if first.parts.fact == second.parts.fact and first.parts.fact in ("born", "died"):
        return not first.when.overlaps(second.when)
    if facts == {"born", "died"}:
        born, died = (first, second) if first.parts.fact == "born" else (second, first)
        return died.when is not None and born.when is not None and died.when.before(born.when)
    if facts == {"died", "acts"}:
        died, acts = (first, second) if first.parts.fact == "died" else (second, first)
        return died.when is not None and acts.when is not None and died.when.before(acts.when)
    return False


def _are_two_ages(first: _Told, second: _Told) -> bool:
    """Whether two ages, both of the article's days, are told of one person in two places; a birthday may lie between."""
    apart = first.claim.span.paragraph != second.claim.span.paragraph
    ages = [told.parts.age for told in (first, second) if told.parts.age is not None and _is_of_now(told)]
    return apart and len(ages) == 2 and abs(ages[0] - ages[1]) > 1


def _is_too_old_or_young(born: _Told, aged: _Told, as_of: Interval | None) -> bool:
    """Whether an age of the article's days is more than a year off what the birth makes it."""
    if born.when is None or as_of is None or aged.parts.age is None or not _is_of_now(aged):
        return False
    oldest, youngest = as_of.last.year - born.when.first.year, as_of.first.year - born.when.last.year - 1
    return not youngest - 1 <= aged.parts.age <= oldest + 1


def _is_of_now(told: _Told) -> bool:
    if told.parts.fact == "age-at-death":
        return True
    return told.parts.verb == "turns" or (told.when is None and not re.search(r"\bwas\b", told.claim.text))
