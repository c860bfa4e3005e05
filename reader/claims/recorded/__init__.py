"""Words for a relation beside a value: what a record may state of whoever a sentence is about.

"took over in October 1969", "signed in May 1980", "then 74", "for sixteen years", "his successor": which word goes with
which value, and whom it is about, is told by nearness alone. That is enough to support what a record states in just
these terms, and never enough to refute.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.claims.model import Found, Relation
from reader.claims.recorded.ages import find_age_gaps, find_ages, find_lengths, find_nths
from reader.claims.recorded.bonds import find_bonds, find_titles
from reader.claims.recorded.dates import find_dated_words
from reader.claims.sentence import SentenceView


def find_recorded(view: SentenceView) -> Iterator[Found[Relation]]:
    """Every date, age, length of time, bond and title of a sentence that a record may state."""
    yield from find_dated_words(view)
    yield from find_ages(view)
    yield from find_nths(view)
    yield from find_age_gaps(view)
    yield from find_lengths(view)
    yield from find_bonds(view)
    yield from find_titles(view)
