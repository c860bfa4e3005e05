"""A contradiction as verdicts: one for each end, tied to the others, with the article's own words as evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.checks.model import Case, Ruling, decided, own_words
from reader.claims.model import Claim

NAME = "consistency"


def contradiction(ends: Sequence[Claim], case: Case, text: str) -> Iterator[Ruling]:
    """Conflicting for every end; `text` is the one sentence that says what cannot be true together."""
    evidence = [own_words(case.article, claim.span, "refutes") for claim in ends]
    for claim in ends:
        others = [other.id for other in ends if other.id != claim.id]
        yield claim, decided("conflicting", NAME, text, evidence, case.as_of, others)


def told_in_two_ways(ends: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """The same fact with another value at each end."""
    values = " and ".join(dict.fromkeys(f"“{claim.text}”" for claim in ends))
    yield from contradiction(ends, case, f"The article tells this in two ways: {values}.")


def told_of_both(one: Claim, other: Claim, case: Case) -> Iterator[Ruling]:
    """Two things of which only one can be."""
    yield from contradiction([one, other], case, f"The article tells of “{one.text}” and of “{other.text}”.")
