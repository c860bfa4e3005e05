"""Claims that somebody has reviewed before: a likeness in entities, numbers and polarity, in a tier of its own.

A hit is about a *similar* claim (developers.google.com/fact-check/tools/api); their rating stands in their own words and is
no verdict of ours.
"""

from __future__ import annotations

import re

from reader.article.model import Article
from reader.checks.model import Evidence, Verdict
from reader.claims.model import Claim
from reader.dates import Interval
from reader.knowledge.model import Review
from reader.knowledge.pack import Knowledge
from reader.knowledge.passages import content_words
from reader.language.sentences import split_sentences

NAME = "reviews"
_LEAST_SHARED = 0.6
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_NEGATION = re.compile(r"\b(?:not|no|never|none|nobody|cannot|without|\w+n['’]t|denie[sd]|false)\b", re.IGNORECASE)


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
    """The same names, the same numbers, the same polarity, and most of the words."""
    if _numbers(text) != _numbers(review.claim) or _is_negative(text) != _is_negative(review.claim):
        return False
    ours, theirs = set(content_words(text)), set(content_words(review.claim))
    if len(theirs) < 3 or not _names(review.claim) <= {w.casefold() for w in re.findall(r"[\w’'-]+", text)}:
        return False
    return len(ours & theirs) / len(theirs) >= _LEAST_SHARED and len(ours & theirs) / len(ours) >= _LEAST_SHARED / 2


def _sentence(claim: Claim, article: Article) -> str:
    text = article.paragraphs[claim.span.paragraph].text
    inside = next((s for s in split_sentences(text) if s.start <= claim.span.start < s.end), None)
    return text[inside.start : inside.end] if inside else claim.text


def _numbers(text: str) -> set[str]:
    return {n.replace(",", "").rstrip(".") for n in _NUMBER.findall(text)}


def _names(text: str) -> set[str]:
    """The names in a sentence: its capitals behind the first word."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return {w.casefold() for w in _NAME.findall(text[len(first) :])}


def _is_negative(text: str) -> bool:
    return bool(_NEGATION.search(text))
