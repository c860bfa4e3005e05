"""Claims that the words alone show, before any parse: offices, ages and life dates, figures, "only", facts told twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace

from reader.article.dateline import is_dateline
from reader.article.model import Paragraph, Span
from reader.claims.figures import find_figures
from reader.claims.lives import find_lives
from reader.claims.model import Claim, Found, Parts, PersonMention, Relation, Status
from reader.claims.offices import find_offices, office_claims
from reader.claims.only import find_only
from reader.claims.people import PeopleLedger
from reader.claims.sentence import SentenceView
from reader.claims.status import quoted
from reader.claims.told import find_told
from reader.claims.words import HONORIFICS, PRONOUNS, Word, name_from, words_of
from reader.language.datetext import DateMention, find_dates
from reader.language.quotes import Quote, find_quotes
from reader.language.sentences import Sentence, split_sentences

Finder = Callable[[SentenceView], Iterable[Found[Relation]]]
_OPENING = 12  # words
LONGEST_SENTENCE = 2_000  # what is longer is no sentence of prose, and patterns take their time over it


@dataclass(frozen=True, slots=True)
class ShallowParagraph:
    """A paragraph with its sentences, dates and quotations, and the claims its words show."""

    paragraph: Paragraph
    sentences: tuple[Sentence, ...]
    dates: tuple[DateMention, ...]
    quotes: tuple[Quote, ...]
    claims: tuple[Claim, ...]


class ShallowReader:
    """Reads an article's paragraphs in order; keeps who has been named, and nothing else, between them.

    `finders` are the checks' own: each finds the relations that its check knows how to look up.
    """

    def __init__(self, finders: Sequence[Finder] = ()) -> None:
        self._finders = tuple(finders)
        self.people = PeopleLedger()
        self._subject: str | None = None
        self._topic: str | None = None

    def read(self, paragraph: Paragraph) -> ShallowParagraph:
        """The claims of one paragraph, by place."""
        text = paragraph.text
        if is_dateline(text):
            return ShallowParagraph(paragraph, (), (), (), ())
        sentences, dates, quotes = split_sentences(text), find_dates(text), find_quotes(text)
        claims: dict[str, Claim] = {}

        def add(span: Span, kind: str, parts: Parts, status: Status) -> None:
            quote = quoted(span.start, span.end, quotes)
            if quote is not None and status is Status.ASSERTED:
                status = Status.QUOTED
            claim = Claim(
                span, text[span.start : span.end], kind, text, parts, status, quote.speaker if quote else None
            )
            claims.setdefault(claim.id, claim)

        subject = self._subject if self.people.only_one() else None
        topic = subject or self._topic
        sentences_read = tuple(s for s in sentences if s.end - s.start <= LONGEST_SENTENCE)
        for sentence in sentences_read:
            words = words_of(text, sentence.start, sentence.end)
            meant, is_inferred = (subject, False) if subject else (topic, True)
            own_dates = tuple(d for d in dates if sentence.start <= d.start < sentence.end)
            told = tuple(d for d in dates if d.start < sentence.end)
            self.people.note_sentence(words)
            for office in find_offices(paragraph.id, text, words, own_dates, self.people, meant, told):
                for kind, span, parts in office_claims(office):
                    add(span, kind, inferred(parts) if is_inferred else parts, office.status)
            for life in find_lives(paragraph.id, text, sentence, words, own_dates, self.people, meant, told):
                add(life.span, "lifespan", inferred(life.parts) if is_inferred else life.parts, life.status)
            view = SentenceView(paragraph.id, text, sentence, words, own_dates, told, self.people, subject)
            for find in self._finders:
                for relation in find(view):
                    add(relation.span, relation.parts.kind, relation.parts, relation.status)
            for only in find_only(paragraph.id, text, words):
                add(only.span, "only", only.parts, only.status)
            topic = _topic_after(words, topic, self.people)
            subject = _subject_after(words, subject, self.people)
        self._subject, self._topic = subject, topic
        for figure in find_figures(paragraph.id, text, sentences_read, dates):
            add(figure.span, figure.parts.kind, figure.parts, figure.status)
        for told_fact in find_told(paragraph.id, text, sentences_read, dates):
            add(told_fact.span, f"told {told_fact.parts.measure}", told_fact.parts, told_fact.status)
        return ShallowParagraph(
            paragraph, sentences, dates, quotes, tuple(sorted(claims.values(), key=lambda c: (c.span, c.kind)))
        )


def inferred(parts: Parts) -> Parts:
    """The same parts, with the people whom a pronoun names marked as likely, not certain."""
    changed = {
        field.name: replace(value, is_inferred=True)
        for field in fields(parts)  # type: ignore[arg-type]
        if isinstance(value := getattr(parts, field.name), PersonMention) and value.text.lower() in PRONOUNS
    }
    return replace(parts, **changed) if changed else parts  # type: ignore[type-var]


def _topic_after(words: tuple[Word, ...], topic: str | None, people: PeopleLedger) -> str | None:
    """Whom "he" or "she" probably means next: the person whom a sentence begins with or names alone, else who it was."""
    named: dict[str, int] = {}
    at = 0
    while at < len(words):
        if words[at].lower in PRONOUNS and at < _OPENING and not named:
            return topic
        size = name_from(words, at) if words[at].is_capital and words[at].lower not in HONORIFICS else 0
        if size:
            full = people.full_name(" ".join(w.text for w in words[at : at + size]))
            if full and people.is_noted(full):
                named.setdefault(full, at)
        at += max(size, 1)
    if len(named) == 1 or (named and min(named.values()) < _OPENING):
        return next(iter(named))
    return topic if not named else None


def _subject_after(words: tuple[Word, ...], subject: str | None, people: PeopleLedger) -> str | None:
    """Who "he" or "she" means in the next sentence: the one person named in this one, or whom a pronoun already meant."""
    names: set[str] = set()
    at = 0
    has_pronoun = False
    while at < len(words):
        has_pronoun = has_pronoun or words[at].lower in ("he", "she")
        size = name_from(words, at) if words[at].is_capital else 0
        if size:
            full = people.full_name(" ".join(w.text for w in words[at : at + size]))
            if full and people.is_noted(full):
                names.add(full)
        at += max(size, 1)
    if len(names) == 1:
        return names.pop()
    return subject if has_pronoun and not names else None
