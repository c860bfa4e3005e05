"""A unanimous vote against somebody who voted against it: in one article, of one matter, on one day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader.checks.consistency.contradiction import told_of_both
from reader.checks.model import Case, Ruling
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of
from reader.claims.told import DAY_STEMS, stems

_ALL = re.compile(
    r"\bunanimous(?:ly)?\b[^.;]{0,60}?\b(?:votes?|voted|decision|approv\w+|backed|agreed|passed|elected|rejected)\b|\b(?:vote[ds]?|approv\w+|backed|agreed|passed|elected|rejected)\b[^.;]{0,60}?\bunanimous(?:ly)?\b|"
    r"\b(?:[Ee]very|[Aa]ll)\s(?:\w+\s){1,5}voted\s(?:for|in\sfavou?r|against)\b|\bby\s\w+\s(?:votes\s)?to\s(?:none|nil|zero)\b|\bwithout\sa\ssingle\s(?:vote\sagainst|dissent\w*)"
)
_ONLY = re.compile(
    r"\bcast\sthe\s(?:only|sole|lone)\svote\sagainst\b|\bwas\sthe\s(?:only|sole|lone)\s\w+\sto\svote\sagainst\b"
)
_AGAINST = re.compile(
    r"\b(?:who|which|also|had|and)\s(?:also\s|had\s)?(?:voted|cast\s(?:all\s)?(?:its|his|her|their|a)\s(?:own\s)?votes?)\sagainst\b|\bcast\s(?:all\s)?(?:its|his|her|their)\svotes?\sagainst\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:committee|sub-?committee|earlier|previous\w*|first\s(?:vote|reading|round)|last\s(?:week|month|year)|in\s(?:1\d|20)\d\d|later|second\s(?:vote|reading)|another|other\s(?:vote|chamber|house)|upper|lower|then)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class VoteParts(Relation):
    """A vote that all cast alike, the only vote against, or somebody's vote against; and the words of its sentence."""

    how: str
    context: frozenset[str]

    @property
    def kind(self) -> str:
        """How it was cast."""
        return f"vote: {self.how}"


def find_votes(view: SentenceView) -> Iterable[Found[Relation]]:
    """Every such vote of a sentence that speaks of no other vote."""
    if ("vote" not in view.body and "nanimous" not in view.body) or _ELSEWHERE.search(view.body):
        return
    for how, pattern in (("unanimous", _ALL), ("only", _ONLY), ("against", _AGAINST)):
        if found := pattern.search(view.body):
            status = status_of(view.body, found[0].replace("against", ""))
            yield Found(view.span(found.start(), found.end()), VoteParts(how, stems(view.body)), status)


def vote_conflicts(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """Both ends, where the article tells of one vote by all and of one against it."""
    votes = [(c, c.parts) for c in claims if isinstance(c.parts, VoteParts) and c.status is Status.ASSERTED]
    against = [(c, p) for c, p in votes if p.how == "against"]
    for one, whole in votes:
        for other, vote in against:
            if one.span.paragraph == other.span.paragraph or not _is_of_one_vote(whole, vote, other.text):
                continue
            yield from told_of_both(one, other, case)


def _is_of_one_vote(whole: VoteParts, vote: VoteParts, words: str) -> bool:
    days = [p.context & DAY_STEMS for p in (whole, vote)]
    if whole.how == "against" or (days[0] and days[1] and not days[0] & days[1]):
        return False
    if whole.how == "only":
        return "also" in words
    return len({w.lower() for w in whole.context} & {w.lower() for w in vote.context}) > 1
