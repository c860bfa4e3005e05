"""Claims that somebody has reviewed before: a likeness in entities, numbers and polarity, in a tier of its own.

A hit is about a *similar* claim (developers.google.com/fact-check/tools/api); their rating stands in their own words and is
no verdict of ours.
"""

from __future__ import annotations

import re

from reader.article.model import Article
from reader.checks.model import Evidence, Verdict
from reader.claims.model import Claim
from reader.claims.words import MONTH_WORDS
from reader.dates import Interval
from reader.knowledge.model import Review
from reader.knowledge.pack import Knowledge
from reader.knowledge.passages import STOP_WORDS, content_words
from reader.language.sentences import split_sentences

NAME = "reviews"
_LEAST_SHARED = 0.6
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_NEGATION = re.compile(r"\b(?:not|no|never|none|nobody|cannot|without|\w+n['’]t|denie[sd]|false)\b", re.IGNORECASE)
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred hundreds thousand thousands "
    "million millions billion billions trillion trillions half double twice".split()
)
_UP = frozenset(
    "rose rise rises risen rising increased increase increases grew grow grows up more higher gained won".split()
)
_DOWN = frozenset(
    "fell fall falls fallen falling decreased decrease decreases shrank shrink down less fewer lower lost dropped".split()
)


def earlier_review(claim: Claim, article: Article, knowledge: Knowledge, as_of: Interval | None) -> Verdict | None:
    """What an earlier review of a similar claim said, None where there is none that is like enough."""
    text = _sentence(claim, article)
    words = content_words(text)
    if len(words) < 3:
        return None
    like = [r for r in knowledge.reviews(words) if is_similar(text, r)]
    if not like:
        return None
    review = like[0]
    day = f" on {review.reviewed[:10]}" if review.reviewed else ""
    explanation = f"A similar claim was reviewed by {review.publisher or 'somebody'}{day}: «{review.rating}»."
    evidence = Evidence(
        review.publisher or "ClaimReview", "context", quote=review.claim, url=review.url, title="review of a similar claim",
        retrieved=review.reviewed, licence=review.licence,
    )  # fmt: skip
    return Verdict("not-enough-evidence", "prior-review", NAME, explanation, as_of.iso if as_of else None, (evidence,))


def is_similar(text: str, review: Review) -> bool:
    """The same names in the same order, the same numbers, polarity and direction, and most of the other words."""
    if _numbers(text) != _numbers(review.claim) or _is_negative(text) != _is_negative(review.claim):
        return False
    our_words, their_words = content_words(text), content_words(review.claim)
    names = _names(review.claim)
    if len(their_words) < 3 or not names <= set(our_words) | {w.casefold() for w in re.findall(r"[\w’'-]+", text)}:
        return False
    if _direction(text) != _direction(review.claim):
        return False
    who = names - MONTH_WORDS
    if [w for w in our_words if w in who] != [w for w in their_words if w in who]:
        return False
    ours, theirs = set(our_words) - names, set(their_words) - names
    shared = len(ours & theirs)
    return bool(shared) and shared / len(theirs) >= _LEAST_SHARED and shared / len(ours) >= _LEAST_SHARED / 2


def _direction(text: str) -> tuple[bool, bool]:
    """Whether something goes up, and whether something goes down."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    return bool(words & _UP), bool(words & _DOWN)


def _sentence(claim: Claim, article: Article) -> str:
    text = article.paragraphs[claim.span.paragraph].text
    inside = next((s for s in split_sentences(text) if s.start <= claim.span.start < s.end), None)
    return text[inside.start : inside.end] if inside else claim.text


def _numbers(text: str) -> set[str]:
    """Its numbers, in figures or in words, with their size."""
    words = {w for w in re.findall(r"[a-z]+", text.lower()) if w in _NUMBER_WORDS}
    return {n.replace(",", "").rstrip(".") for n in _NUMBER.findall(text)} | words


def _names(text: str) -> set[str]:
    """The names in a sentence: its capitals; the first word too unless it is a little word."""
    return {
        w.casefold().removesuffix("'s").removesuffix("’s")
        for w in _NAME.findall(text)
        if w.casefold() not in STOP_WORDS
    }


def _is_negative(text: str) -> bool:
    return bool(_NEGATION.search(text))
