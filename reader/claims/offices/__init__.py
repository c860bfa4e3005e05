"""Claims that somebody holds, held, began or ended an office, found in the words of a sentence.

Three forms: the title before the name, the title after it as an apposition, and a verb between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reader.article.model import Span
from reader.claims.model import OfficeParts, OfficeTime, PersonMention, SuccessionParts
from reader.claims.offices.comings import comings_and_goings
from reader.claims.offices.sentence import FoundOffice, Sentence
from reader.claims.offices.successions import predecessors, successions
from reader.claims.offices.titles import is_chained, second_title, stands_alone, title_after, title_before
from reader.claims.offices.verbs import leads, title_by_verb
from reader.claims.people import PeopleLedger
from reader.claims.roles import role_phrases
from reader.claims.words import Word
from reader.language.datetext import DateMention, Tense


def find_offices(
    paragraph: int,
    text: str,
    words: tuple[Word, ...],
    dates: tuple[DateMention, ...],
    people: PeopleLedger,
    subject: str | None,
    told: tuple[DateMention, ...] = (),
) -> list[FoundOffice]:
    """All office claims of a sentence (`words`, `dates` of that sentence, offsets into the paragraph's `text`).

    `subject` is the person a pronoun at the sentence's start means, if that is one person; `told` are
    the dates of the paragraph up to here.
    """
    if not words:
        return []
    body = text[words[0].start : words[-1].end]
    sentence = Sentence(paragraph, text, words, dates, body, told or dates)
    phrases = [p for p in role_phrases(words) if stands_alone(words, p)]
    found: list[FoundOffice] = []
    chained: dict[int, tuple[PersonMention, FoundOffice]] = {}
    for number, phrase in enumerate(phrases):
        claim = (
            title_before(sentence, phrase, people)
            or title_after(sentence, phrase, people)
            or title_by_verb(sentence, phrase, people, subject)
        )
        if (
            claim is None
            and number
            and (previous := chained.get(number - 1))
            and is_chained(words, phrases[number - 1], phrase)
        ):
            claim = second_title(sentence, phrase, *previous)
        if claim is not None:
            found.append(claim)
            if isinstance(claim.parts, OfficeParts):
                chained[number] = (claim.parts.person, claim)
    found += leads(sentence, people, subject)
    found += comings_and_goings(sentence, people, subject)
    found += successions(sentence, people, phrases, subject)
    found += predecessors(sentence, people, phrases, subject)
    return found


def office_claims(found: FoundOffice) -> Iterator[tuple[str, Span, OfficeParts | SuccessionParts]]:
    """The claims an office holds: that somebody holds or held it, and, where it is stated, since or until when."""
    parts = found.parts
    if not isinstance(parts, OfficeParts):
        yield "succession", found.span, parts
        return
    if parts.time not in ("since", "from-to", "until") or parts.when is None:
        yield "office", found.span, parts
        return
    yield "office term", found.span, parts
    end = max(parts.title.span.end, parts.person.span.end)
    if end < found.span.end:
        held: OfficeTime = "at"
        tense: Tense = parts.tense if parts.time == "since" else "past"
        yield (
            "office",
            replace(found.span, end=end),
            replace(parts, time=held, tense=tense, when=None, until=None, form="said"),
        )
