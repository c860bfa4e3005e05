"""What the finders of office claims share: a sentence in words, titles and people in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.article.model import Span
from reader.claims.model import Found, OfficeParts, OfficeTitle, PersonMention, SuccessionParts
from reader.claims.people import PeopleLedger
from reader.claims.role_words import FIELDS
from reader.claims.roles import ENVOYS, RolePhrase, scope_text
from reader.claims.words import HONORIFICS, NOT_NAMES, Word, name_from
from reader.language.datetext import DateMention

MAY_FOLLOW_TITLE = frozenset(
    (
        "who whose since from until till of for to at in on and or but as is was has had said says told will "
        "would by with after before when while during between that may did does were did announced warned wrote "
        "called"
    ).split()
)


FoundOffice = Found[OfficeParts | SuccessionParts]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in words, with its dates and those of its paragraph up to here."""

    paragraph: int
    text: str
    words: tuple[Word, ...]
    dates: tuple[DateMention, ...]
    body: str
    told: tuple[DateMention, ...]


def title_of(sentence: Sentence, phrase: RolePhrase) -> OfficeTitle:
    """A title phrase as the claim keeps it: span, role, field, and whose it is."""
    words = sentence.words
    span = Span(sentence.paragraph, words[phrase.first].start, words[phrase.last - 1].end)
    scopes = tuple(s for s in (scope_text(phrase.right_scope), scope_text(phrase.left_scope)) if s)
    if (owner := _owner(sentence, phrase)) and (not scopes or phrase.role in ENVOYS):
        scopes = (*scopes, owner)
    lead = sentence.text[sentence.words[max(0, phrase.first - 2)].start : span.end]
    if not scopes and _ANAPHOR.search(lead):
        return OfficeTitle(span, phrase.role, (), (), phrase.is_acting, phrase.ordinal, anaphoric=True)
    return OfficeTitle(span, phrase.role, phrase.field, scopes, phrase.is_acting, phrase.ordinal)


_ANAPHOR = re.compile(r"\b(?:[Ii]ts|[Tt]heir|[Tt]he\s(?:[a-z]+\s)?[a-z]+['’]s)\s(?:[a-z0-9-]+\s){0,3}[A-Za-z-]+$")
_POSSESSIVE = ("'s", "’s")
_BODIES = frozenset(
    (
        "country nation kingdom republic company firm group bank agency airline carmaker party club state city union"
    ).split()
)


def _owner(sentence: Sentence, phrase: RolePhrase) -> str | None:
    """Whose "its governor" or "the country's health minister" is: the one body the sentence has named before."""
    words, at = sentence.words, phrase.first
    body = at - 1 if words[at].lower in _POSSESSIVE else at + 1
    is_body = 0 <= body < len(words) - 1 and words[body].lower in _BODIES and words[body + 1].lower in _POSSESSIVE
    if words[at].lower != "its" and not (is_body and (body < at or words[body].lower not in FIELDS)):
        return None
    named: list[str] = []
    start = 0
    while start < at:
        word = words[start]
        if not word.is_capital or not word.text[0].isalpha() or word.lower in NOT_NAMES - _NAME_OPENERS:
            start += 1
            continue
        end = start + 1
        while end < at and (
            words[end].is_capital
            or (words[end].lower in ("of", "and", "the") and end + 1 < at and words[end + 1].is_capital)
        ):
            end += 1
        if end != at - 1 or words[end].text != ",":  # who stands before the comma bears the title
            named.append(sentence.text[word.start : words[end - 1].end])
        start = end
    return named[0] if len(set(named)) == 1 else None


_NAME_OPENERS = frozenset(
    ("bank central national federal united north south west east ministry department agency university").split()
)


def person_at(sentence: Sentence, first: int, size: int, people: PeopleLedger) -> PersonMention:
    """The person named by so many words, with the fullest name the article gives."""
    words = sentence.words[first : first + size]
    while len(words) > 1 and words[0].lower in HONORIFICS:
        words = words[1:]
    text = sentence.text[words[0].start : words[-1].end]
    return PersonMention(Span(sentence.paragraph, words[0].start, words[-1].end), text, people.full_name(text))


def named_at(sentence: Sentence, at: int, people: PeopleLedger) -> PersonMention | None:
    """The person named at a place, past any honorific."""
    words = sentence.words
    while at < len(words) and words[at].lower in HONORIFICS:
        at += 1
    for phrase_end in (at,):
        size = name_from(words, phrase_end)
        if size:
            return person_at(sentence, phrase_end, size, people)
    return None
