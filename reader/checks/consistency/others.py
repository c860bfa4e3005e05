""" "The only one of it" against "the other one of it", each with the same words for what it is one of.

"The sole survivor of the crash … the other survivor of the crash"; "there is no other station in the town … the town's
other station". Nobody has to be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader.checks.consistency.contradiction import told_of_both
from reader.checks.model import Case, Ruling
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of

_KIND = r"(?P<kind>(?:[a-z]+\s)?[a-z]{3,})"
_OF = r"\s(?:of|in|on|at|to)\s(?:the\s|this\s|that\s)?(?P<whole>[A-Za-z][\w’'-]+)"
_OWNER = r"(?P<owner>[\w’-]+)['’]s\s"
_ONLY = re.compile(
    rf"\b(?:[Tt]he\s(?:only|sole)\s{_KIND}{_OF})|\b[Nn]o\sother\s(?P<kind2>(?:[a-z]+\s)?[a-z]{{3,}})\s(?:of|in|on|at)\s(?:the\s)?(?P<whole2>[A-Za-z][\w’'-]+)"
)
_OTHER = re.compile(
    rf"\b(?:[Tt]he\sother|[Aa]\ssecond|[Aa]nother)\s{_KIND}{_OF}|\b(?:the\s)?{_OWNER}(?:other|second)\s(?P<kind2>(?:[a-z]+\s)?[a-z]{{3,}})\b(?:{_OF.replace('whole', 'whole2')})?"
)
_EVER = re.compile(r"\b[Tt]he\s(?:only|sole)\s(?P<kind>[a-z]+)\s(?:[a-z]+\s)?ever\sto\b")
_ALSO_DONE = re.compile(
    r"\ba\s(?P<kind>feat|honour|honor|distinction|record|treble|double)\s(?:also|previously|once|later)\s(?:achieved|matched|managed|accomplished|held|shared)\sby\b"
)
_GONE = re.compile(
    r"\b(?:former|closed|shut|until|once|no\slonger|planned|plans?|will|would|next\syear|until|had\sbeen|used\sto|last\s(?:year|season)|in\s(?:1\d|20)\d\d|since|hopes?|demolished|lost|replaced)\b",
    re.IGNORECASE,
)
_NEAR, _BEFORE = 45, 30  # characters


@dataclass(frozen=True, slots=True)
class CountedParts(Relation):
    """Something said to be the only one, or another one, of a kind and of a whole."""

    of: str
    wholes: frozenset[str]
    is_only: bool

    @property
    def kind(self) -> str:
        """The only one, or another one."""
        return "only one" if self.is_only else "another one"


def find_counted(sentence: SentenceView) -> Iterable[Found[Relation]]:
    """Every "the only X of Y" and "the other X of Y" of a sentence."""
    for pattern, is_only in ((_EVER, True), (_ALSO_DONE, False)):
        for found in pattern.finditer(sentence.body):
            parts = CountedParts("ever", frozenset({"ever"}), is_only)
            yield Found(sentence.span(found.start(), found.end()), parts, status_of(sentence.body, found[0]))
    for pattern, is_only in ((_ONLY, True), (_OTHER, False)):
        for found in pattern.finditer(sentence.body):
            near = sentence.body[max(0, found.start() - _NEAR) : found.end() + _NEAR]
            if _GONE.search(near):
                continue
            groups = found.groupdict()
            kind = groups.get("kind") or groups.get("kind2") or ""
            wholes = {w for name in ("whole", "whole2", "owner") if (w := groups.get(name))}
            parts = CountedParts(_stem(kind.split()[-1]), frozenset(_stem(w) for w in wholes), is_only)
            clause = sentence.body[max(0, found.start() - _BEFORE) : found.end()].replace("no other", "the only")
            status = status_of(sentence.body, clause)
            yield Found(sentence.span(found.start(), found.end()), parts, status)


def _stem(word: str) -> str:
    return word.lower().removesuffix("'s").rstrip("s")[:7]


def other_conflicts(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """Both ends, where kind and whole are the same."""
    counted = [(c, c.parts) for c in claims if isinstance(c.parts, CountedParts) and c.status is Status.ASSERTED]
    for one, only in counted:
        for other, another in counted:
            if not only.is_only or another.is_only or only.of != another.of or not only.wholes & another.wholes:
                continue
            if (one.span.paragraph, one.span.start) == (other.span.paragraph, other.span.start):
                continue
            yield from told_of_both(one, other, case)
