"""What a finder of recorded things keeps: the value, the words for the relation, and what else the sentence holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reader.article.model import Span
from reader.claims.model import Relation
from reader.language.datetext import DateMention

Moment = Literal[
    "start", "end", "hold", "born", "died", "won", "signed", "in force", "founded", "begun", "ended", "held", "launched", "landed"
]  # fmt: skip
Bond = Literal["follows", "leads", "won", "founded", "seat", "capital", "crew", "vehicle", "place", "runs"]


@dataclass(frozen=True, slots=True)
class Named:
    """A person whom a sentence names: offsets in the paragraph, and the fullest name the article gives."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Around:
    """What a sentence holds beside the value: where it is, whom it names, its dates, and those told up to it."""

    sentence: Span
    people: tuple[Named, ...]
    dates: tuple[DateMention, ...]
    told: tuple[DateMention, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word for a moment, at its place in the paragraph; `is_weak` where it may stand beside anything ("was", "when")."""

    moment: Moment
    start: int
    end: int
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class DateParts(Relation):
    """A date, or a stretch of time from `when` to `until`, and the words around it for what happened then, nearest first."""

    around: Around
    cues: tuple[Cue, ...]
    when: DateMention
    until: DateMention | None

    @property
    def kind(self) -> str:
        """A date told of something."""
        return "recorded date"


@dataclass(frozen=True, slots=True)
class AgeParts(Relation):
    """Somebody's or something's age at a place; `turns` where it is reached then, `is_running` in the year after it."""

    around: Around
    at: int
    age: int
    is_now: bool = False
    is_beside: bool = False
    turns: bool = False
    is_running: bool = False
    is_present: bool = False
    at_death: bool = False

    @property
    def kind(self) -> str:
        """An age."""
        return "recorded age"


@dataclass(frozen=True, slots=True)
class AgeGapParts(Relation):
    """How many years one person is older than another: between `least` and `most` days."""

    around: Around
    at: int
    least: float
    most: float

    @property
    def kind(self) -> str:
        """A difference of ages."""
        return "recorded age gap"


@dataclass(frozen=True, slots=True)
class LengthParts(Relation):
    """How long somebody held an office: between `least` and `most` days."""

    around: Around
    at: int
    least: float
    most: float

    @property
    def kind(self) -> str:
        """A length of time."""
        return "recorded length"


@dataclass(frozen=True, slots=True)
class BondParts(Relation):
    """Two whom a word ties together: who followed whom, who won what, who founded, flew on or sits where."""

    around: Around
    bond: Bond
    start: int
    end: int

    @property
    def kind(self) -> str:
        """What ties them."""
        return f"recorded {self.bond}"


@dataclass(frozen=True, slots=True)
class TitleParts(Relation):
    """A description beside a name, as written, that may be a title; `of` is the country that the words leave no doubt of."""

    around: Around
    person: Named
    words: str
    of: str = ""

    @property
    def kind(self) -> str:
        """A title."""
        return "recorded title"
