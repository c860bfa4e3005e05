"""One quotation given in two wordings: one speaker's same words in two paragraphs with one of them changed.

What is merely shortened, or repeated as rhetoric does within one paragraph, is no contradiction; nor are the like
words of two speakers, or words that name nobody who said them (titles, laws, questions of a ballot).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.checks.consistency.contradiction import contradiction
from reader.checks.model import Case, Ruling
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.sentence import SentenceView
from reader.knowledge.names import normal

_QUOTE = re.compile(r"“(?P<curly>[^“”]{12,240})”|\"(?P<plain>[^\"]{12,240})\"")
_WORD = re.compile(r"[\w'’-]+")
_NEGATIONS = frozenset("not never no won't don't can't cannot isn't didn't doesn't wouldn't".split())
_FEWEST, _MOST_CHANGED = 4, 1
_HEADLINE = 110  # characters
_SAME_WORDS = re.compile(
    r"\b(?:word\sfor\sword|in\sfull|(?:that|the\sone|its\sone|his\sone|her\sone)\ssentence|(?:its|those|these|the)\s(?:\w+\s)?(?:words|syllables)\b|were\s(?:the\s[\w\s]{3,20}['’]s|his|her)\s(?:exact\s)?words|read\saloud|repeated\sthe|whole\s(?:speech|message|statement|answer)|the\sshortest\sanswer)\b",
    re.IGNORECASE,
)
_NOT_SAID_TWICE = re.compile(r"\b(?:slogans?|songs?|lyrics?|poems?|chorus|signs?|placards?|banner|draft|translat\w*|paraphras\w*|originally|previous|earlier\sversion|misquot\w*|corrected)\b", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuotationParts(Relation):
    """The words of a quotation, the sentence it stands in, and the people whom that names outside of the quotation."""

    words: tuple[str, ...]
    sentence: str
    people: frozenset[str]

    @property
    def kind(self) -> str:
        """Quotation."""
        return "quotation"


def find_quotations(sentence: SentenceView) -> Iterator[Found[Relation]]:
    """Every quotation of four words or more that a sentence gives whole."""
    for found in _QUOTE.finditer(sentence.body):
        text = found["curly"] or found["plain"]
        words = tuple(w.lower().replace("’", "'") for w in _WORD.findall(text))
        if len(words) >= _FEWEST and "…" not in text and "..." not in text and "[" not in text:
            named = [p for p in sentence.named_people() if not found.start() <= p.start < found.end()]
            parts = QuotationParts(words, sentence.body, frozenset(normal(p.name) for p in named))
            yield Found(sentence.span(found.start(), found.end()), parts, Status.ASSERTED)


def wording_conflicts(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """Both ends of every quotation that another paragraph gives with a word changed."""
    quoted = [(c, c.parts) for c in claims if isinstance(c.parts, QuotationParts)]
    for place, (one, first) in enumerate(quoted):
        for other, second in quoted[place + 1 :]:
            if one.span.paragraph == other.span.paragraph or not _is_reworded(first.words, second.words):
                continue
            if not _is_one_utterance(first, second, one, case):
                continue
            if _NOT_SAID_TWICE.search(first.sentence) or _NOT_SAID_TWICE.search(second.sentence):
                continue
            text = f"The article gives this quotation in two wordings: {one.text} and {other.text}."
            yield from contradiction([one, other], case, text)


def _is_one_utterance(first: QuotationParts, second: QuotationParts, one: Claim, case: Case) -> bool:
    """Whether both tell of the same words: the text says so, or one is the headline, or one speaker is named by both."""
    if _SAME_WORDS.search(first.sentence) or _SAME_WORDS.search(second.sentence):
        return True
    if (set(first.words) ^ set(second.words)) & _NEGATIONS:
        return False  # somebody who changes their mind says two things
    headline = case.article.paragraphs[one.span.paragraph].text if one.span.paragraph == 0 else ""
    is_headline = bool(headline) and len(headline) < _HEADLINE and not headline.rstrip().endswith(".")
    return is_headline or (len(first.people) == 1 and first.people == second.people)


def _is_reworded(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Equal but for one word replaced, or one put in or left out, in the middle of what stays the same."""
    if one == other or abs(len(one) - len(other)) > _MOST_CHANGED:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    changed = max(len(one), len(other)) - start - end
    return changed == 1 and start + end >= _FEWEST - 1 and (len(one) == len(other) or (start > 0 and end > 0))
