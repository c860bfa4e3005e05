"""What an article is once it has come in: paragraphs of known kinds and the day it speaks from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from reader.dates import Interval

ParagraphKind = Literal["heading", "body", "quote", "list", "caption", "code", "table", "boilerplate"]
AsOfSource = Literal["option", "metadata", "text", "unknown"]

CHECKED_KINDS: frozenset[ParagraphKind] = frozenset({"heading", "body", "quote", "list", "caption"})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one paragraph: offsets are code points into its text, the end not included."""

    paragraph: int
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.paragraph == other.paragraph and self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside."""
        return self.paragraph == other.paragraph and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a paragraph that lead somewhere: an address that has passed `clean_url`, or "#" and a paragraph's number."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the article, in reading order; `level` is a heading's depth (1 the title) or a list item's number, else 0."""

    id: int
    kind: ParagraphKind
    text: str
    level: int = 0
    links: tuple[Link, ...] = ()

    @property
    def is_checked(self) -> bool:
        """Whether what it says is part of the article and can hold claims."""
        return self.kind in CHECKED_KINDS


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day the article speaks from, at the precision that is known, and where that came from."""

    date: Interval | None = None
    source: AsOfSource = "unknown"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs from `start` to `stop`, which is not among them."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Article:
    """A clean article: every string in it has passed `article.clean`."""

    title: str | None
    paragraphs: tuple[Paragraph, ...]
    as_of: AsOf = AsOf()
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = field(default=())
    stretch: Stretch | None = None
    """What of a longer article this is, beside its beginning; None where it is the whole."""
    checked: tuple[Paragraph, ...] = field(init=False, repr=False, compare=False)
    """The paragraphs that can hold claims."""

    def __post_init__(self) -> None:
        """Find what is asked for again and again once."""
        object.__setattr__(self, "checked", tuple(p for p in self.paragraphs if p.is_checked))

    def text_at(self, span: Span) -> str:
        """The article's own words at `span`."""
        return self.paragraphs[span.paragraph].text[span.start : span.end]
