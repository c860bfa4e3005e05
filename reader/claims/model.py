"""What a claim is: a span of the article, who says it, how it is said, and the parts a check needs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Generic, Literal, TypeVar

from reader.article.model import Span
from reader.language.datetext import DateMention, Tense
from reader.language.numbers import Number


class Status(Enum):
    """How a sentence stands to what it says; only what is asserted can be judged as true or false."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    UNREAL = "conditional"
    HEARSAY = "hearsay"
    PLANNED = "planned"
    QUESTION = "question"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person as a sentence names them: the words, and the fullest name the article gives, if that is one person.

    `is_inferred` says that a pronoun is only likely to mean them: nothing may be refuted of it.
    """

    span: Span
    text: str
    full_name: str | None = None
    is_inferred: bool = False

    @property
    def name(self) -> str:
        """The best name there is."""
        return self.full_name or self.text


@dataclass(frozen=True, slots=True)
class OfficeTitle:
    """An office as written: its role ("minister"), its field ("finance"), and whose it is ("Norway").

    `scopes` are the words that may name the country, place or organisation, most specific first;
    `anaphoric` says that it is that of a body named before ("the agency's", "its").
    """

    span: Span
    role: str
    field: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    acting: bool = False
    ordinal: int | None = None
    anaphoric: bool = False


OfficeTime = Literal["at", "former", "since", "from-to", "until", "became", "future"]


class Parts:
    """What a check needs of a claim; each kind of check has its own."""

    __slots__ = ()

    @property
    def stands_alone(self) -> bool:
        """Whether it is a claim whatever was found for it; where not, the sentence is the claim instead."""
        return True

    def of_any_day(self) -> Parts | None:
        """The same told of whatever day it is judged on; None where the words tell of a day of their own."""
        return None


class Relation(Parts):
    """Something that data may state of something, looked for wherever words might say it."""

    __slots__ = ()

    @property
    def stands_alone(self) -> bool:
        """Only where a check has decided it."""
        return False

    @property
    def kind(self) -> str:
        """What the claim is called in a report."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class OfficeParts(Parts):
    """Someone holds, held, began or ended an office, or led an organisation.

    `when` is the stated date (of the start, the end, or the time told of); None is the time told of itself.
    `told` are the dates of the sentence and of those before it in the paragraph: a title beside a name
    may describe the person on any of them.
    """

    person: PersonMention
    title: OfficeTitle
    time: OfficeTime = "at"
    tense: Tense = "unknown"
    when: DateMention | None = None
    until: DateMention | None = None
    form: Literal["before", "after", "said"] = "said"
    told: tuple[DateMention, ...] = ()

    def of_any_day(self) -> OfficeParts | None:
        """An office that is held now, and no former, coming or dated one."""
        is_now = self.time == "at" and self.tense == "unknown" and self.when is None
        return replace(self, told=()) if is_now else None


@dataclass(frozen=True, slots=True)
class SuccessionParts(Parts):
    """One person followed another in a seat."""

    successor: PersonMention
    predecessor: PersonMention
    title: OfficeTitle | None

    @property
    def stands_alone(self) -> bool:
        """Only where it is decided: most are said by the offices too."""
        return False


LifeFact = Literal["age", "born", "died", "lifespan", "age-at-death", "alive", "acts"]


@dataclass(frozen=True, slots=True)
class LifeParts(Parts):
    """A person's age, birth or death as stated, or an act that only the living can do."""

    person: PersonMention
    fact: LifeFact
    when: DateMention | None = None
    until: DateMention | None = None
    age: int | None = None
    tense: Tense = "unknown"
    verb: str = ""
    told: tuple[DateMention, ...] = ()

    @property
    def stands_alone(self) -> bool:
        """An act is a claim about somebody's life only where it is decided."""
        return self.fact != "acts"

    def of_any_day(self) -> LifeParts | None:
        """That somebody is alive."""
        return self if self.fact == "alive" else None


@dataclass(frozen=True, slots=True)
class FigureParts(Parts):
    """Numbers of one sentence or paragraph that bind each other; `rule` names the sum that ties them.

    With `is_from_elsewhere` some of the numbers stand somewhere else in the article.
    """

    rule: str
    numbers: tuple[Number, ...] = ()
    dates: tuple[DateMention, ...] = ()
    words: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    is_from_elsewhere: bool = False

    @property
    def stands_alone(self) -> bool:
        """Only where the numbers that it comes from are found, if they are told elsewhere."""
        return not self.is_from_elsewhere

    @property
    def kind(self) -> str:
        """What the claim is called in a report."""
        return "figures told elsewhere" if self.is_from_elsewhere else "figures"


@dataclass(frozen=True, slots=True)
class OnlyParts(Parts):
    """Something is the only one of its kind, or has the monopoly of something."""

    holder: str
    kind: str
    predicate: tuple[str, ...]
    monopoly: bool = False
    tense: Tense = "unknown"


@dataclass(frozen=True, slots=True)
class ToldParts(Parts):
    """A number or a date given for something that the text names: what may be told twice."""

    subject: tuple[str, ...]
    measure: str
    number: Number | None = None
    date: DateMention | None = None
    context: frozenset[str] = frozenset()
    is_definite: bool = False

    @property
    def stands_alone(self) -> bool:
        """Only where it is told twice."""
        return False


PartsT = TypeVar("PartsT", bound=Parts)


@dataclass(frozen=True)  # no slots: typing's aliases set an attribute on what they make
class Found(Generic[PartsT]):
    """What a finder has found in a sentence, before it is made a `Claim`: span, parts, and how it is said."""

    span: Span
    parts: PartsT
    status: Status


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that can be true or false, at its exact place; `parts` is None where no check can take it up."""

    span: Span
    text: str
    kind: str
    paragraph_text: str = field(repr=False)
    parts: Parts | None = None
    status: Status = Status.ASSERTED
    speaker: str | None = None

    id: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """Content hash of paragraph text, span and kind: the same in every run, and counted once."""
        key = f"{self.kind}\0{self.span.start}\0{self.span.end}\0{self.paragraph_text}"
        digest = hashlib.blake2s(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        object.__setattr__(self, "id", digest)


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A sentence without a claim, and the reason."""

    span: Span
    reason: str
