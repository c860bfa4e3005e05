""" "The speaker, A" and "the speaker, B": who says "the" takes for granted that there is one, so that two are one too many.

Two bodies or two countries in one article have a speaker each; then their sentences name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from reader.checks.consistency.scene import name_different_things, sentence_at
from reader.checks.model import Case
from reader.claims.model import Claim, OfficeParts
from reader.claims.people import same_person

_TELLINGS = 40  # titles, so that a book takes no longer than a page
_DEFINITE = re.compile(r"^[Tt]he\s[^,]+,\s")
_ELSEWHERE = re.compile(
    r"\b(?:then|successor|predecessor|new|old|other|another|former|previous|next|later\syears?|since|until|meanwhile|neighbou?ring|counterpart|respectively|both|visiting|opposite|rival|shadow|deputy|acting|years?\s(?:ago|earlier|later))\b",
    re.IGNORECASE,
)


def definite_pairs(
    bare: Sequence[Claim], groups: Mapping[tuple[str, str, str], Sequence[Claim]], case: Case
) -> Iterator[list[Claim]]:
    """Two titles of one kind that name no body, the later one definite, told of one day and of no two places."""
    scoped = {role for role, _, scope in groups if scope}
    first_told: dict[tuple[str, tuple[str, ...], str, bool], Claim] = {}
    for claim in bare:
        if isinstance(p := claim.parts, OfficeParts):
            is_definite = _DEFINITE.match(claim.text) is not None
            first_told.setdefault((p.title.role, p.title.field, p.person.name, is_definite), claim)
    for one, other in combinations(list(first_told.values())[:_TELLINGS], 2):
        a, b = one.parts, other.parts
        if not isinstance(a, OfficeParts) or not isinstance(b, OfficeParts) or a.title.role in scoped:
            continue
        if (a.title.role, a.title.field) != (b.title.role, b.title.field) or same_person(a.person.name, b.person.name):
            continue
        if one.span.paragraph == other.span.paragraph or not _DEFINITE.match(other.text):
            continue
        if _days(one, a) == _days(other, b) and _is_one_scene(one, other, case):
            yield [one, other]


def _days(claim: Claim, parts: OfficeParts) -> set[tuple[int | None, int | None, int | None]]:
    """The dates told before the title: what stands behind it may be when a plan ends, or when the person came."""
    return {(d.year, d.month, d.day) for d in parts.told if d.year is not None and d.start < claim.span.start}


def _is_one_scene(one: Claim, other: Claim, case: Case) -> bool:
    """Whether one of the sentences names nothing that the other does not, and neither speaks of other times or places."""
    sentences = [sentence_at(claim, case) for claim in (one, other)]
    if any(_ELSEWHERE.search(s.partition(c.text)[0] + c.text) for s, c in zip(sentences, (one, other), strict=True)):
        return False
    return not name_different_things(one, other, case)
