"""Whom and what the words at a place may be about: who is named there, and who was before, nearest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.article.model import Span
from reader.checks.model import Case
from reader.claims.recorded.parts import Around
from reader.knowledge.mentions import Mention
from reader.knowledge.model import Entity
from reader.knowledge.who import ANY_BODY, DEFINITE, KINDS, describing

_PRONOUNS = frozenset("he she him her his hers it its".split())
_PERSONAL = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")
_OFTEN = 3  # times
_HEAD = 3  # paragraphs: headline, dateline, lead
_LATELY = 40  # paragraphs: so far back an article is about the same person
_BEHIND = 24  # characters: how much nearer somebody named behind has to be
_NO_PERSON = re.compile(r"[“\"‘]|\b[Tt]he\s")  # no person's name stands behind an article or in quotation marks
_DESCRIBED = re.compile(
    r"The\s(?:\d+-year-old|[a-z]+(?:\s[a-z]+)?,?\s(?:who|is|was|had|has)\b)"
)  # "The economist, who …"
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_YEARS_BACK = 4  # paragraphs
_CALLED_NEAR = 40  # characters
_CARRIED = 4  # named before: how many of them may still be meant


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something that may be meant; `is_near` where nothing of its kind lies between, or could be meant instead."""

    entity: Entity
    is_near: bool


@dataclass(frozen=True, slots=True)
class NamedHere:
    """A name in the sentence, and everybody in the packs who bears it."""

    start: int
    end: int
    bearers: tuple[Entity, ...]


def people_named(case: Case, around: Around) -> list[NamedHere]:
    """The people whom a sentence names, by place; a name that several bear stands for all of them."""
    found: dict[int, NamedHere] = {}
    text = case.article.paragraphs[around.sentence.paragraph].text
    for mention in named_in(case, around.sentence):
        if mention.entity.kind == "person" and not _is_role(case, mention):
            found[mention.span.end] = NamedHere(mention.span.start, mention.span.end, (mention.entity,))
    for person in around.people:
        if not any(n.start < person.end and person.start < n.end for n in found.values()):
            bearers = case.known.person(person.name)
            one = (bearers.entity,) if bearers.entity else bearers.candidates
            if not one and _NO_PERSON.search(text[max(0, person.start - 5) : person.start + 4]):
                continue
            found[person.end] = NamedHere(person.start, person.end, tuple(one))
    return sorted(found.values(), key=lambda n: n.start)


def people_meant(case: Case, around: Around, start: int, end: int | None = None) -> list[Subject]:
    """The person named last before a place; where a pronoun stands nearer, or nobody is named, those named before.

    After a passive ("headed by") it is the next one named.
    """
    named = people_named(case, around)
    after = [n for n in named if n.start >= (end if end is not None else start)]
    text = case.article.paragraphs[around.sentence.paragraph].text
    if end is not None and re.match(r"\sby\s", text[end : end + 4]):
        return [Subject(e, True) for e in after[0].bearers] if after else []
    before = [n for n in named if n.end <= start]
    while len(before) > 1 and text[before[-1].end : before[-1].end + 2] in ("'s", "’s") and start - before[-1].end > 4:
        before = before[:-1]  # "Otto Lanz, Whitlock's successor, died"
    pronouns = [m.start() for m in _PERSONAL.finditer(text, around.sentence.start, start)]
    pronoun = pronouns[-1] if pronouns else -1
    if before and before[-1].start > pronoun:
        return [Subject(e, True) for e in before[-1].bearers]
    if pronoun >= 0:
        objects = {e.id for n in after for e in n.bearers}
        earlier = [e for n in before if n.end <= pronoun for e in n.bearers]
        return [s for s in carried(case, around, earlier) if s.entity.id not in objects]
    ahead = _PERSONAL.search(text, start, around.sentence.end)
    if ahead and not before and not any(n.start < ahead.start() for n in after):
        return carried(case, around)
    if not before and _DESCRIBED.match(text, around.sentence.start):
        return [Subject(s.entity, s.is_near) for s in carried(case, around)]
    if after and after[0].start - start < 60:
        return [Subject(e, True) for e in after[0].bearers]
    return [Subject(s.entity, False) for s in carried(case, around)] if not named else []


def everybody(case: Case, around: Around, at: int) -> list[Subject]:
    """Everybody named in a sentence, nearest first, then those named before where nobody is named or a pronoun stands in it."""
    named = people_named(case, around)
    named.sort(key=lambda n: min(abs(n.start - at), abs(n.end - at)) + (_BEHIND if n.start > at else 0))
    found = [Subject(e, number == 0) for number, n in enumerate(named) for e in n.bearers]
    text = case.article.text_at(around.sentence)
    if _PERSONAL.search(text) or not named:
        known = {s.entity.id for s in found}
        found += [s for s in carried(case, around) if s.entity.id not in known]
    return found


def things_meant(case: Case, sentence: Span, at: int) -> list[Subject]:
    """Everything but people that a sentence names, nearest first, then what was named before."""
    named = [m for m in named_in(case, sentence, pronouns=True) if m.entity.kind not in ("person", "position", "class")]
    named.sort(key=lambda m: min(abs(m.span.start - at), abs(m.span.end - at)) + (40 if m.span.start > at else 0))
    seen: dict[str, Subject] = {}
    called = _called_so(
        case, sentence, at, max((m.span.end for m in named if m.span.end <= at), default=sentence.start)
    )
    if called is not None:
        seen[called.id] = Subject(called, True)
    for mention in named:
        seen.setdefault(mention.entity.id, Subject(mention.entity, not seen))
    for mention in _earlier(case, sentence):
        if mention.entity.kind not in ("person", "country", "place") and len(seen) < len(named) + _CARRIED:
            seen.setdefault(mention.entity.id, Subject(mention.entity, not named and not seen))
    for paragraph in range(_HEAD + 1):
        for mention in case.mentions.get(paragraph, ()):
            if mention.entity.kind not in ("person", "country", "place", "position", "class"):
                seen.setdefault(mention.entity.id, Subject(mention.entity, False))
    return list(seen.values())


def _called_so(case: Case, sentence: Span, at: int, after: int) -> Entity | None:
    """What "the bank" means right before a place: of all that was named before and is one, what is named most often."""
    text = case.article.paragraphs[sentence.paragraph].text
    found = [m for m in DEFINITE.finditer(text, after, at) if at - m.end() < _CALLED_NEAR]
    if not found:
        return None
    noun = found[-1]["noun"]
    before = [
        m.entity
        for paragraph in _heard_until(sentence.paragraph)
        for m in case.mentions.get(paragraph, ())
        if m.entity.kind in KINDS[noun] and (paragraph < sentence.paragraph or m.span.start < found[-1].start())
    ]
    fitting = before if noun in ANY_BODY else [e for e in before if f" {noun} " in describing(e)]
    most = Counter(e.id for e in fitting).most_common(2)
    if not most or (len(most) > 1 and most[0][1] == most[1][1]):
        return None
    return next(e for e in fitting if e.id == most[0][0])


def years_before(case: Case, paragraph: int) -> list[int]:
    """The years that the paragraphs before one tell of, latest last: what a day or month without a year may be of."""
    texts = [p.text for p in case.article.paragraphs[max(0, paragraph - _YEARS_BACK) : paragraph] if p.is_checked]
    return [int(year) for text in texts for year in _YEAR.findall(text)]


def named_in(case: Case, sentence: Span, *, pronouns: bool = False) -> list[Mention]:
    """The mentions of a sentence; those by a pronoun only where they are asked for."""
    mentions = case.mentions.get(sentence.paragraph, ())
    inside = [m for m in mentions if sentence.start <= m.span.start < sentence.end]
    return inside if pronouns else [m for m in inside if not _is_pronoun(case, m)]


def _is_role(case: Case, mention: Mention) -> bool:
    """Whether somebody is meant by a role alone ("the Russian president"): likely, and no name."""
    text = case.article.text_at(mention.span)
    return text[:1].islower() or text.startswith("The ")


def _is_pronoun(case: Case, mention: Mention) -> bool:
    return case.article.text_at(mention.span).lower() in _PRONOUNS


def _earlier(case: Case, sentence: Span) -> Iterator[Mention]:
    """What was named before a sentence, latest first, in its paragraph and the two before."""
    for paragraph in range(sentence.paragraph, max(-1, sentence.paragraph - 3), -1):
        for mention in reversed(case.mentions.get(paragraph, ())):
            if (paragraph < sentence.paragraph or mention.span.start < sentence.start) and not _is_pronoun(
                case, mention
            ):
                yield mention


def carried(case: Case, around: Around, here: Sequence[Entity] = ()) -> list[Subject]:
    """People named before, latest first, and the one whom the article is most about."""
    seen: dict[str, Entity] = {e.id: e for e in reversed(here)}
    for mention in _earlier(case, around.sentence):
        if mention.entity.kind == "person" and len(seen) < _CARRIED:
            seen.setdefault(mention.entity.id, mention.entity)
    if (topic := _topic(case, around.sentence.paragraph)) is not None:
        seen.setdefault(topic.id, topic)
    return [Subject(e, n < 2) for n, e in enumerate(seen.values())]


def _heard_until(here: int) -> list[int]:
    """The paragraphs that say what an article is about at a place: its head, and those read lately."""
    return sorted({*range(min(_HEAD, here) + 1), *range(max(0, here - _LATELY), here + 1)})


def _topic(case: Case, here: int) -> Entity | None:
    """The person whom an article names more often than all others, up to a paragraph; its head counts for more."""
    named = [
        (m.entity, paragraph)
        for paragraph in _heard_until(here)
        for m in case.mentions.get(paragraph, ())
        if m.entity.kind == "person" and not _is_pronoun(case, m)
    ]
    times = Counter(e.id for e, _ in named)
    times.update({e.id: 1 for e, paragraph in named if paragraph <= _HEAD})
    times.update({e.id: 2 for e, paragraph in named if paragraph == 0})
    most = times.most_common(2)
    if not most or most[0][1] < _OFTEN or (len(most) > 1 and most[0][1] == most[1][1]):
        return None
    return next(e for e, _ in named if e.id == most[0][0])
