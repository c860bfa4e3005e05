"""Whom and what the words at a place may be about: who is named there, and who was before, nearest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.article.model import Span
from reader.checks.model import Case
from reader.knowledge.mentions import Mention
from reader.knowledge.model import Entity

_PRONOUNS = frozenset("he she him her his hers it its".split())
_CARRIED = 4  # named before: how many of them may still be meant


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something that may be meant; `is_near` where nothing of its kind lies between, or could be meant instead."""

    entity: Entity
    is_near: bool


def people_meant(case: Case, sentence: Span, at: int) -> list[Subject]:
    """The person named last before a place; where a pronoun stands nearer, or nobody is named, those named before."""
    inside = _inside(case, sentence)
    named = [m for m in inside if m.entity.kind == "person" and not _is_pronoun(case, m)]
    before = [m for m in named if m.span.end <= at]
    pronoun = _last_pronoun(case, sentence, at)
    if before and before[-1].span.start > pronoun:
        return [Subject(e, True) for e in _bearers(case, before[-1])]
    if pronoun < 0 and (after := [m for m in named if m.span.start >= at]) and after[0].span.start - at < 60:
        return [Subject(e, True) for e in _bearers(case, after[0])]
    return _carried(case, sentence, [m for m in before if m.span.end <= pronoun])


def all_people(case: Case, sentence: Span, at: int) -> list[Subject]:
    """Everybody named in a sentence, nearest first, then those named before where a pronoun stands in it."""
    named = [m for m in _inside(case, sentence) if m.entity.kind == "person" and not _is_pronoun(case, m)]
    named.sort(key=lambda m: min(abs(m.span.start - at), abs(m.span.end - at)))
    found = [Subject(e, n == 0) for n, m in enumerate(named) for e in _bearers(case, m)]
    if _last_pronoun(case, sentence, sentence.end) >= 0 or not named:
        found += _carried(case, sentence, [])
    return found


def things_meant(case: Case, sentence: Span, at: int) -> list[Subject]:
    """Everything but people that a sentence names, nearest first, then what was named before."""
    named = [m for m in _inside(case, sentence) if m.entity.kind not in ("person", "position", "class")]
    named.sort(key=lambda m: min(abs(m.span.start - at), abs(m.span.end - at)) + (40 if m.span.start > at else 0))
    seen: dict[str, Subject] = {}
    for mention in named:
        seen.setdefault(mention.entity.id, Subject(mention.entity, len(seen) < 2))
    for mention in _earlier(case, sentence):
        if mention.entity.kind not in ("person", "country", "place") and len(seen) < len(named) + _CARRIED:
            seen.setdefault(mention.entity.id, Subject(mention.entity, not named and not seen))
    return list(seen.values())


def named_in_sentence(case: Case, sentence: Span) -> list[Mention]:
    """The mentions of a sentence that are names, not pronouns."""
    return [m for m in _inside(case, sentence) if not _is_pronoun(case, m)]


def _inside(case: Case, sentence: Span) -> list[Mention]:
    mentions = case.mentions.get(sentence.paragraph, ())
    return [m for m in mentions if sentence.start <= m.span.start < sentence.end]


def _is_pronoun(case: Case, mention: Mention) -> bool:
    return case.article.text_at(mention.span).lower() in _PRONOUNS


def _last_pronoun(case: Case, sentence: Span, at: int) -> int:
    """Where the last "he" or "she" before a place stands, -1 if none does."""
    text = case.article.text_at(Span(sentence.paragraph, sentence.start, max(at, sentence.start)))
    words = [w.strip(",.;:()“”\"'’") for w in text.lower().split()]
    for number in range(len(words) - 1, -1, -1):
        if words[number] in ("he", "she", "his", "her"):
            return sentence.start + sum(len(w) + 1 for w in text.split()[:number])
    return -1


def _bearers(case: Case, mention: Mention) -> Sequence[Entity]:
    return [mention.entity]


def _earlier(case: Case, sentence: Span) -> Iterator[Mention]:
    """What was named before a sentence, latest first, in its paragraph and the two before."""
    for paragraph in range(sentence.paragraph, max(-1, sentence.paragraph - 3), -1):
        for mention in reversed(case.mentions.get(paragraph, ())):
            if (paragraph < sentence.paragraph or mention.span.start < sentence.start) and not _is_pronoun(
                case, mention
            ):
                yield mention


def _carried(case: Case, sentence: Span, here: Sequence[Mention]) -> list[Subject]:
    """People named before, latest first, and the one whom the article is most about."""
    seen: dict[str, Entity] = {}
    for mention in (*reversed(here), *_earlier(case, sentence)):
        if mention.entity.kind == "person" and len(seen) < _CARRIED:
            seen.setdefault(mention.entity.id, mention.entity)
    if (topic := _topic(case)) is not None:
        seen.setdefault(topic.id, topic)
    return [Subject(e, n < 2) for n, e in enumerate(seen.values())]


def _topic(case: Case) -> Entity | None:
    """The person whom an article names more often than all others."""
    named = [m.entity for found in case.mentions.values() for m in found if m.entity.kind == "person"]
    most = Counter(e.id for e in named).most_common(2)
    if not most or (len(most) > 1 and most[0][1] < 2 * most[1][1]):
        return None
    return next(e for e in named if e.id == most[0][0])
