"""Who followed whom: "B replaced A", "her predecessor as prime minister, A"."""

from __future__ import annotations

from reader.article.model import Span
from reader.claims.model import OfficeTitle, PersonMention, SuccessionParts
from reader.claims.offices.dated import clause_status
from reader.claims.offices.sentence import FoundOffice, Sentence, named_at, person_at, title_of
from reader.claims.people import PeopleLedger
from reader.claims.roles import RolePhrase
from reader.claims.words import Word, name_until

_FOLLOWING = frozenset({"succeeding", "replacing", "follows", "followed", "inherits", "inherited"})
_TAKING = frozenset({"took", "takes", "taking", "taken"})


def _takes_over(words: tuple[Word, ...], place: int) -> bool:
    """ "took over from", "took over the defence ministry in October 1969 from"."""
    lead = [w.lower for w in words[max(0, place - 10) : place]]
    return any(one in _TAKING and other == "over" for one, other in zip(lead, lead[1:], strict=False))


def _following(
    sentence: Sentence, people: PeopleLedger, place: int, phrases: list[RolePhrase], subject: str | None
) -> list[FoundOffice]:
    """ "succeeding A", "took over from A", "B follows A": who followed is whom the clause before begins with, or a pronoun."""
    first = named_at(sentence, place + 1, people)
    if first is None or first.full_name is None:
        return []
    words = sentence.words
    behind = next((n for n, w in enumerate(words) if w.start >= first.span.end), len(words))
    title = None
    if behind < len(words) and words[behind].lower in ("as", "at", "in"):
        phrase = next((p for p in phrases if behind < p.first <= behind + 3), None)
        if phrase is None or words[behind].lower != "as":
            return []
        title = title_of(sentence, phrase)
    for at in range(place - 1, -1, -1):
        word = words[at]
        if word.text in (";", ":"):
            return []
        if word.lower in ("he", "she") and subject:
            one = PersonMention(Span(sentence.paragraph, word.start, word.end), word.text, subject)
            return [_succession(sentence, one, first, title)]
        size = name_until(words, at + 1) if word.is_capital else 0
        if size:
            one = person_at(sentence, at + 1 - size, size, people)
            if one.full_name is not None and people.is_noted(one.full_name) and one.full_name != first.full_name:
                return [_succession(sentence, one, first, title)]
    return []


def successions(
    sentence: Sentence, people: PeopleLedger, phrases: list[RolePhrase], subject: str | None = None
) -> list[FoundOffice]:
    """ "replaced A with B", "B replaced A", "B succeeded A as …": who followed whom."""
    words = sentence.words
    found = []
    for place, word in enumerate(words):
        if word.lower in _FOLLOWING or (word.lower == "from" and _takes_over(words, place)):
            found += _following(sentence, people, place, phrases, subject)
            continue
        if word.lower not in ("replaced", "succeeded", "replaces", "succeeds"):
            continue
        passive = place >= 1 and words[place - 1].lower in ("was", "were", "been", "is", "be")
        title = next((title_of(sentence, p) for p in phrases if p.first > place), None)
        after = place + 1
        if passive:
            subject_end = place - (2 if words[place - 1].lower == "been" else 1)
            size = name_until(words, subject_end)
            by = next((i for i in range(after, min(after + 12, len(words))) if words[i].lower == "by"), None)
            other = named_at(sentence, by + 1, people) if by is not None else None
            if size and other:
                one = person_at(sentence, subject_end - size, size, people)
                found.append(_succession(sentence, other, one, title))
            continue
        first = named_at(sentence, after, people)
        if first is None:
            continue
        past_first = next(i for i, w in enumerate(words) if w.end >= first.span.end) + 1
        if past_first < len(words) and words[past_first].lower == "with" and word.lower.startswith("replac"):
            second = named_at(sentence, past_first + 1, people)
            if second:
                found.append(_succession(sentence, second, first, None))
        else:
            size = name_until(
                words, place - (1 if words[place - 1].lower in ("has", "had", "who", "later", "then") else 0)
            )
            at = place - (1 if words[place - 1].lower in ("has", "had", "who", "later", "then") else 0)
            if size:
                found.append(_succession(sentence, person_at(sentence, at - size, size, people), first, title))
            elif subject and words[at - 1].lower in ("he", "she"):
                pronoun = words[at - 1]
                one = PersonMention(Span(sentence.paragraph, pronoun.start, pronoun.end), pronoun.text, subject)
                found.append(_succession(sentence, one, first, title))
    return found


def predecessors(
    sentence: Sentence, people: PeopleLedger, phrases: list[RolePhrase], subject: str | None
) -> list[FoundOffice]:
    """ "her predecessor as prime minister, A", "Bolden's successor, B": the owner is before or after the one named."""
    words = sentence.words
    found = []
    for place, word in enumerate(words):
        if word.lower not in ("predecessor", "successor"):
            continue
        start = place - 1 if place and words[place - 1].lower in ("immediate", "direct") else place
        if start < 1:
            continue
        before = words[start - 1]
        owner: PersonMention | None = None
        if before.lower in ("his", "her") and subject:
            owner = PersonMention(Span(sentence.paragraph, before.start, before.end), before.text, subject)
        elif before.lower in ("'s", "’s") and (size := name_until(words, start - 1)):
            owner = person_at(sentence, start - 1 - size, size, people)
        title_phrase = next((p for p in phrases if place < p.first <= place + 3), None)
        at = title_phrase.last if title_phrase else place + 1
        if at < len(words) and words[at].text == ",":
            at += 1
        other = named_at(sentence, at, people)
        if other is None and start >= 2 and words[start - 2].text == "," and (size := name_until(words, start - 2)):
            other = person_at(sentence, start - 2 - size, size, people)
        if owner is None or other is None:
            continue
        title = title_of(sentence, title_phrase) if title_phrase else None
        pair = (owner, other) if word.lower == "predecessor" else (other, owner)
        found.append(_succession(sentence, *pair, title))
    return found


def _succession(
    sentence: Sentence, successor: PersonMention, predecessor: PersonMention, title: OfficeTitle | None
) -> FoundOffice:
    start = min(successor.span.start, predecessor.span.start)
    end = max(successor.span.end, predecessor.span.end)
    return FoundOffice(
        Span(sentence.paragraph, start, end),
        SuccessionParts(successor, predecessor, title),
        clause_status(sentence, start, end),
    )
