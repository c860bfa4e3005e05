"""Somebody named twice by one surname and two given names, for the one thing that only one person is or did.

"The surgeon Amit Desai … the surgeon who carried out the operation, Anil Desai". Families, namesakes and lists share
surnames too, so the words around both names must say the same, and no word of kinship may stand in the article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reader.checks.consistency.contradiction import contradiction
from reader.checks.model import Case, Ruling
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.people import same_person
from reader.claims.role_words import ROLES
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of
from reader.claims.told import stems

_KIN = re.compile(
    r"\b(?:brothers?|sisters?|fathers?|mothers?|sons?|daughters?|wi(?:fe|ves|dow|dower)|husbands?|couples?|cousins?|uncles?|aunts?|nephews?|nieces?|twins?|grand\w+|parents?|famil(?:y|ies)|married|siblings?|relation|related|kin|"
    r"namesakes?|dynasty|clan|spouses?|heirs?|née|in-law|stepmother|stepfather|widowed|children|Mrs|Mr|born)\b"
)
_NO_SURNAMES = frozenset(word for role in ROLES for word in role) | {
    "officer",
    "office",
    "council",
    "party",
    "university",
}
_AROUND, _SHARED = 70, 1  # characters; words that say the same
_TELLINGS = 24  # of a surname, so that a book about two of a name takes no longer than a page
_COMMON = frozenset(
    "Kim Lee Park Choi Jung Nguyen Tran Wang Li Zhang Liu Chen Yang Huang Singh Khan Ali Ahmed Smith Jones".split()
)


@dataclass(frozen=True, slots=True)
class NamedParts(Relation):
    """A person by full name, with the words that stand around the name."""

    name: str
    context: frozenset[str]
    is_definite: bool

    @property
    def kind(self) -> str:
        """A name."""
        return "name"


def find_names(sentence: SentenceView) -> Iterable[Found[Relation]]:
    """Every full name of a sentence, with the words around it."""
    for person in sentence.named_people():
        text = sentence.body[person.start : person.end]
        if len(text.split()) < 2 or text.split()[-1].lower() in _NO_SURNAMES:
            continue
        before, after = (
            sentence.body[max(0, person.start - _AROUND) : person.start],
            sentence.body[person.end : person.end + _AROUND],
        )
        definite = re.search(r"\b[Tt]he\s[^,.;:]{3,60},?\s$|['’]s\s[^,.;:]{3,60},?\s$", before) or re.match(
            r",\sthe\s", after
        )
        parts = NamedParts(text, stems(f"{before} {after}"), definite is not None)
        yield Found(sentence.span(person.start, person.end), parts, status_of(sentence.body, before + text))


def twin_conflicts(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """Both names, where the article bears the surname on just these two and says the same of them."""
    if any(_KIN.search(p.text) for p in case.article.checked):
        return
    named: defaultdict[str, list[tuple[Claim, NamedParts]]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.parts, NamedParts) and claim.status is Status.ASSERTED:
            named[claim.parts.name.split()[-1]].append((claim, claim.parts))
    for surname, bearers in named.items():
        names = {p.name for _, p in bearers}
        if surname in _COMMON or len(names) != 2 or same_person(*names):
            continue
        for (one, first), (other, second) in combinations(bearers[:_TELLINGS], 2):
            shared = (first.context & second.context) - {surname[:5]}
            if (
                first.name != second.name
                and second.is_definite
                and len(shared) >= _SHARED
                and one.span.paragraph != other.span.paragraph
            ):
                text = f"The article tells the same of “{first.name}” and of “{second.name}”."
                yield from contradiction([one, other], case, text)
