"""The same fact with two numbers or dates: tolls, ages, years of founding, and "all N" against N counted before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from reader.checks.consistency.contradiction import told_in_two_ways
from reader.checks.consistency.namesakes import tells_of_namesakes
from reader.checks.consistency.scene import name_different_things, sentence_at
from reader.checks.model import Case, Ruling
from reader.claims.model import Claim, Status, ToldParts
from reader.claims.people import same_person
from reader.claims.told import ANY_GROUP, DAY_STEMS
from reader.knowledge.names import normal
from reader.language.datetext import resolve
from reader.language.numbers import find_numbers

_WHICH_WAS = re.compile(r"\b[Tt]he\s[a-z]+,\swhich\s(?:was\s|the\s[a-z]+\s)?$")
_ROUNDED = Decimal("0.06")
_FARTHEST = 3
_SHARED = 2
_SHARED_IN_SPITE = 4  # of names that differ
_SHARED_FOR_MONEY = 4  # an article tells of many sums
_MOST_OF_A_KIND = 4
_MONTH_STEMS = frozenset(
    {"Janua", "Febru", "March", "April", "June", "July", "Augus", "Septe", "Octob", "Novem", "Decem", "quart"}
)
_TOLLS = ("toll of dead", "toll of hurt")


def told_conflicts(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """One verdict for each end of a contradiction."""
    told = [c for c in claims if isinstance(c.parts, ToldParts) and c.status in (Status.ASSERTED, Status.PLANNED)]
    for group in (
        *_tolls(told, case),
        *_ages(told, case),
        *_founded(told, case),
        *_all_of(told, case),
        *_measures(told),
        *_happenings(told, case),
    ):
        yield from told_in_two_ways(group, case)


def _parts(claim: Claim) -> ToldParts:
    if not isinstance(claim.parts, ToldParts):
        raise TypeError("not a fact that may be told twice")
    return claim.parts


def _tolls(told: Sequence[Claim], case: Case) -> Iterator[list[Claim]]:
    """Two exact tolls in two paragraphs, where the whole article gives no more than these."""
    for measure in _TOLLS:
        group = [c for c in told if _parts(c).measure == measure]
        values = {n.value for c in group if (n := _parts(c).number)}
        paragraphs = {c.span.paragraph for c in group}
        contexts = [_parts(c).context for c in group]
        alike = len(contexts) == 2 and (not contexts[0] or not contexts[1] or contexts[0] == contexts[1])
        alike = alike and len({_parts(c).subject for c in group}) == 1
        alike = alike or (len(group) == 2 and _is_one_toll(*group))
        if len(values) == 2 and len(group) == 2 and len(paragraphs) == 2 and alike and not _is_part(group, case):
            yield group


def _is_part(group: Sequence[Claim], case: Case) -> bool:
    """ "Five dead … Four people died in Corbin and one in Tate": the rest is told in the same sentence."""
    less, more = sorted((c for c in group), key=lambda c: n.value if (n := _parts(c).number) else 0)
    one, other = _parts(less).number, _parts(more).number
    missing = other.value - one.value if one and other else 0
    return any(n.value == missing for n in find_numbers(sentence_at(less, case)))


def _is_one_toll(one: Claim, other: Claim) -> bool:
    """Headline and lead, or "the 28 dead" after "31 dead": one toll, unless they are of different days."""
    days = [{w for place in _parts(c).context for w in place.split() if w[:5] in DAY_STEMS} for c in (one, other)]
    if days[0] and days[1] and not days[0] & days[1]:
        return False
    is_headline_and_lead = (one.span.paragraph, other.span.paragraph) == (0, 1)
    is_one_kind = _parts(one).subject == _parts(other).subject
    return is_headline_and_lead or (is_one_kind and _parts(other).is_definite)


def _ages(told: Sequence[Claim], case: Case) -> Iterator[list[Claim]]:
    ages = [c for c in told if _parts(c).measure == "age"]
    for place, one in enumerate(ages):
        for other in ages[place + 1 :]:
            a, b = _parts(one), _parts(other)
            named = normal(a.subject[0]) == normal(b.subject[0]) or (
                len(b.subject[0].split()) == 1 and normal(a.subject[0]).split()[-1] == normal(b.subject[0])
            )
            if (
                named
                and same_person(a.subject[0], b.subject[0])
                and a.number
                and b.number
                and a.number.value != b.number.value
                and not tells_of_namesakes(case.article, b.subject[0])
            ):
                yield [one, other]
                return


def _founded(told: Sequence[Claim], case: Case) -> Iterator[list[Claim]]:
    by_name: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in told:
        if _parts(claim).measure == "founded":
            by_name[(normal(_parts(claim).subject[0]),)].append(claim)
    for group in by_name.values():
        dates = [resolve(d, case.as_of) for c in group if (d := _parts(c).date)]
        if len(group) == 2 and len(dates) == 2 and dates[0] and dates[1] and not dates[0].overlaps(dates[1]):
            yield group


def _measures(told: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Two sizes, sums or counts of one kind, the only two in the article, told of the same matter with other numbers."""
    for group in _by_measure(told, ("size:", "money:", "count:")):
        a, b = (_parts(c) for c in group)
        if a.number is None or b.number is None:
            continue
        gap = abs(a.number.value - b.number.value)
        rounding = a.number.half_width + b.number.half_width
        larger = max(abs(a.number.value), abs(b.number.value))
        if gap <= rounding or gap < larger * _ROUNDED or _are_far_apart(a, b):
            continue
        if a.measure.startswith(("money:", "count:")) and not b.is_definite:
            continue  # "a grant of €20m … €12m": only "the €12m" speaks of what was told before
        is_money = a.measure.startswith("money:")
        if _same_matter(a, b) and (not is_money or len(a.context & b.context) >= _SHARED_FOR_MONEY):
            yield list(group)


def _happenings(told: Sequence[Claim], case: Case) -> Iterator[list[Claim]]:
    """Two dates for one thing done, the only two of their kind in the article."""
    for group in _by_measure(told, ("date:",)):
        a, b = (_parts(c) for c in group)
        first, second = (resolve(p.date, case.as_of, "past") if p.date else None for p in (a, b))
        if first is None or second is None:
            fields = [(p.date.month, p.date.day) for p in (a, b) if p.date]
            apart = None not in [f for pair in fields for f in pair] and fields[0] != fields[1]
        else:
            apart = not first.overlaps(second)
        if apart and (_same_matter(a, b) or _is_founding(group, case)):
            yield list(group)


def _is_founding(group: tuple[Claim, Claim], case: Case) -> bool:
    """ "Founded in 1887 by a baker … the company, which the baker established in 1903"."""
    a, b = (_parts(c) for c in group)
    later = case.article.paragraphs[group[1].span.paragraph].text[: group[1].span.start]
    shared = {w.lower() for w in a.context} & {w.lower() for w in b.context} - {"found", "estab"}
    return a.subject == ("found",) and bool(shared) and _WHICH_WAS.search(later) is not None


def _by_measure(told: Sequence[Claim], kinds: tuple[str, ...]) -> Iterator[tuple[Claim, Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in told:
        if _parts(claim).measure.startswith(kinds):
            found[_parts(claim).measure].append(claim)
    for group in found.values():
        if len(group) > _MOST_OF_A_KIND:
            continue
        for one, other in combinations(group, 2):
            alone = len(group) == 2 or len(_parts(one).context & _parts(other).context) > _SHARED
            if one.span.paragraph != other.span.paragraph and alone:
                yield one, other


def _same_matter(a: ToldParts, b: ToldParts) -> bool:
    """Whether two sentences share enough of their words to tell of one thing, and name no different days or months."""
    shared = {w.lower() for w in a.context} & {w.lower() for w in b.context}
    days_differ = (
        not (a.context & b.context & DAY_STEMS) and bool(a.context & DAY_STEMS) and bool(b.context & DAY_STEMS)
    )
    months_differ = (a.context & _MONTH_STEMS) != (b.context & _MONTH_STEMS)
    own, others = (
        {w for w in c.context if w.lower() not in shared and w[:1].isupper() and w not in DAY_STEMS | _MONTH_STEMS}
        for c in (a, b)
    )
    if own and others and len(shared) < _SHARED_IN_SPITE:
        return False  # each sentence names something that the other does not
    return (
        len(shared) >= (_SHARED + 1 if a.date or a.measure.startswith("size:") else _SHARED)
        and not days_differ
        and not (months_differ and not a.date)
    )


def _are_far_apart(a: ToldParts, b: ToldParts) -> bool:
    """Numbers of quite another size are of another thing: a part, a rate, a total."""
    one, other = (abs(n.value) for n in (a.number, b.number) if n is not None)
    return not one or not other or max(one, other) / min(one, other) > _FARTHEST


def _all_of(told: Sequence[Claim], case: Case) -> Iterator[list[Claim]]:
    """ "11 children … All nine children": the noun is counted once before, and then as a whole with another number."""
    for whole in told:
        parts = _parts(whole)
        if parts.measure != "all" or parts.number is None:
            continue
        counted = [
            c
            for c in told
            if _parts(c).measure == "some" and _parts(c).subject[0] == parts.subject[0] and c.span < whole.span
        ]
        every = [
            c
            for c in told
            if _parts(c).measure in ("some", "all") and _parts(c).subject[0] == parts.subject[0] and c is not whole
        ]
        if len(counted) != 1 or len(every) != 1 or not _introduces(counted[0], whole, case):
            continue
        if (n := _parts(counted[0]).number) and n.value != parts.number.value:
            yield [counted[0], whole]


def _introduces(counted: Claim, whole: Claim, case: Case) -> bool:
    """Whether a group is told of for the first time ("11 children", not "its 101 members"), and is the one meant later."""
    if _parts(counted).is_definite or name_different_things(counted, whole, case):
        return False
    return _is_whole(_parts(whole).subject[1:], case.article.paragraphs[counted.span.paragraph].text)


def _is_whole(of: Sequence[str], paragraph: str) -> bool:
    """Whether what they are all of is what the paragraph that counted them tells of."""
    return (
        not of or ANY_GROUP in of or any(re.search(rf"\b{re.escape(w)}\b", paragraph, re.IGNORECASE) for w in of if w)
    )
