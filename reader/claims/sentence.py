"""A sentence as the finders of claims see it: its words, dates and people, and what was said before it."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.article.model import Span
from reader.claims.people import PeopleLedger
from reader.claims.words import Word, name_from
from reader.language.datetext import DateMention
from reader.language.sentences import Sentence


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person whom a sentence names: offsets in the sentence, and the fullest name the article gives."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence of a paragraph. Offsets of words and dates are the paragraph's; `body` is the sentence alone.

    `told` are the dates of the paragraph up to its end; `subject` is whom "he" or "she" means, where that is plain.
    """

    paragraph: int
    text: str
    sentence: Sentence
    words: tuple[Word, ...]
    dates: tuple[DateMention, ...]
    told: tuple[DateMention, ...]
    people: PeopleLedger
    subject: str | None = None
    _named: list[tuple[NamedPerson, ...]] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def body(self) -> str:
        """The sentence's own text."""
        return self.sentence.text

    def span(self, start: int, end: int) -> Span:
        """A stretch of the sentence, by offsets in `body`, as a span of the article."""
        first = self.sentence.start
        return Span(self.paragraph, first + start, min(first + end, self.sentence.end))

    def offsets(self, date: DateMention) -> tuple[int, int]:
        """Where a date stands in `body`."""
        return date.start - self.sentence.start, date.end - self.sentence.start

    def named_people(self) -> tuple[NamedPerson, ...]:
        """The people whom the sentence names, surnames of people named before included; found once for all finders."""
        if not self._named:
            self._named.append(tuple(self._find_named()))
        return self._named[0]

    def _find_named(self) -> list[NamedPerson]:
        found: list[NamedPerson] = []
        at = 0
        while at < len(self.words):
            size = name_from(self.words, at) if self.words[at].is_capital else 0
            if size:
                start = self.words[at].start - self.sentence.start
                end = self.words[at + size - 1].end - self.sentence.start
                full = self.people.full_name(self.body[start:end])
                if full is not None and self.people.is_noted(full):
                    found.append(NamedPerson(start, end, full))
            at += max(size, 1)
        return found
