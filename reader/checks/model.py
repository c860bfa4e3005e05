"""Verdicts and the evidence they rest on: a decided verdict cannot be built without a quoted piece of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, Protocol

from reader.article.model import Article, Span
from reader.claims.model import Claim, Found, Relation
from reader.claims.sentence import SentenceView
from reader.dates import Interval
from reader.knowledge.mentions import Mention
from reader.knowledge.model import Statement
from reader.knowledge.resolve import Resolver

Label = Literal["supported", "refuted", "conflicting", "not-enough-evidence", "not-checkable"]
DecidedLabel = Literal["supported", "refuted", "conflicting"]
Tier = Literal["checked", "opinion", "prior-review", "none"]
Stance = Literal["supports", "refutes", "context"]

THIS_ARTICLE = "this article"
COMPUTATION = "computation"


class Gate(Enum):
    """What a claim has to pass on its way to a verdict, in this order; the first that stops it is said."""

    SAID = "said as a fact"
    MEANT = "who and what is meant"
    WHEN = "what time is told of"
    STATED = "something stated about it"
    RELIABLE = "referenced, undisputed, one alone"
    DEFINITE = "definitely so, or definitely not"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence, with where it can be found again; `quote` or `statement` says what it says."""

    source: str
    stance: Stance
    quote: str | None = None
    statement: str | None = None
    url: str | None = None
    title: str | None = None
    revision: str | None = None
    retrieved: str | None = None
    licence: str | None = None

    @property
    def is_quoted(self) -> bool:
        """Whether it says something that can be read and replayed."""
        return bool(self.quote or self.statement)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found about one claim; use `decided` or `undecided`."""

    label: Label
    tier: Tier
    check: str
    explanation: str
    as_of: str | None = None
    evidence: tuple[Evidence, ...] = ()
    related: tuple[str, ...] = ()
    gate: Gate | None = None

    def __post_init__(self) -> None:
        if self.is_decided and not any(e.is_quoted and e.stance != "context" for e in self.evidence):
            raise ValueError(f"{self.check}: a verdict of {self.label!r} needs a quoted piece of evidence")
        if self.is_decided and self.gate is not None:
            raise ValueError(f"{self.check}: a verdict that no gate has stopped names {self.gate.name}")
        if (self.tier == "none") != (self.label == "not-checkable"):
            raise ValueError(f"{self.check}: tier {self.tier!r} does not go with {self.label!r}")

    @property
    def is_decided(self) -> bool:
        """Whether it speaks: supported, refuted or conflicting."""
        return self.label in ("supported", "refuted", "conflicting")


def decided(
    label: DecidedLabel,
    check: str,
    explanation: str,
    evidence: Sequence[Evidence],
    as_of: Interval | None = None,
    related: Sequence[str] = (),
) -> Verdict:
    """A verdict by rule. Raises ValueError without a quoted piece of evidence that supports or refutes."""
    sentence = explanation if explanation.endswith((".", "!", "?")) else f"{explanation}."
    return Verdict(label, "checked", check, sentence, as_of.iso if as_of else None, tuple(evidence), tuple(related))


def undecided(
    check: str,
    reason: str,
    as_of: Interval | None = None,
    evidence: Sequence[Evidence] = (),
    *,
    gate: Gate | None = None,
) -> Verdict:
    """An abstention with its reason, the gate that stopped it, and at most context."""
    return Verdict("not-checkable", "none", check, reason, as_of.iso if as_of else None, tuple(evidence), gate=gate)


def not_enough(check: str, reason: str, evidence: Sequence[Evidence], as_of: Interval | None = None) -> Verdict:
    """The check looked where the answer should be and found it open; says which information is missing."""
    return Verdict("not-enough-evidence", "checked", check, reason, as_of.iso if as_of else None, tuple(evidence))


def own_words(article: Article, span: Span, stance: Stance) -> Evidence:
    """The article's own words as evidence."""
    return Evidence(
        THIS_ARTICLE, stance, quote=article.text_at(span), url=article.url, title=f"paragraph {span.paragraph + 1}"
    )


def own_place(article: Article, evidence: Evidence) -> Span | None:
    """Where the article's own words stand that are evidence; None for evidence from elsewhere."""
    number = (evidence.title or "").removeprefix("paragraph ")
    if evidence.source != THIS_ARTICLE or not number.isdecimal() or not 0 < int(number) <= len(article.paragraphs):
        return None
    paragraph, quote = int(number) - 1, evidence.quote or ""
    start = article.paragraphs[paragraph].text.find(quote)
    return Span(paragraph, start, start + len(quote)) if quote and start >= 0 else None


def computed(formula: str, quote: str, stance: Stance) -> Evidence:
    """A computation as evidence: its formula with the numbers in it, and the words they come from."""
    return Evidence(COMPUTATION, stance, quote=quote, statement=formula)


def stated(statement: Statement, sentence: str, stance: Stance, title: str | None = None) -> Evidence:
    """A statement of a pack as evidence, worded as a sentence that shows its value and qualifiers."""
    provenance = statement.provenance
    return Evidence(
        provenance.source,
        stance,
        quote=sentence,
        statement=statement.id,
        url=provenance.url,
        title=title,
        revision=provenance.revision,
        retrieved=provenance.retrieved,
        licence=provenance.licence,
    )


Ruling = tuple[Claim, Verdict]


class Check(Protocol):
    """One kind of check. `parts` are the kinds of claim it reads; it sees them in the article's order.

    `find` finds claims of its own in a sentence; a check over what `reader.claims` finds for several inherits it.

    With `whole_article` it is asked once with all claims, else paragraph by paragraph; it must answer the
    same whatever the order of earlier calls.
    """

    name: str
    parts: tuple[type, ...]
    needs_knowledge: bool
    whole_article: bool

    def find(self, sentence: SentenceView) -> Iterable[Found[Relation]]:
        """Relations of its own kind that a sentence may state."""
        return ()

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """Verdicts on claims; a claim it has nothing to say about is left out."""
        ...


@dataclass(frozen=True, slots=True)
class Case:
    """What a check may look at besides the claims: the article, its day, and who is meant where there is knowledge.

    `mentions` are who and what each paragraph names or means, by place.
    """

    article: Article
    as_of: Interval | None
    resolver: Resolver | None = None
    mentions: Mapping[int, Sequence[Mention]] = field(default_factory=dict)

    @property
    def known(self) -> Resolver:
        """The resolver. Raises ValueError where there is no knowledge; a check says first that it needs some."""
        if self.resolver is None:
            raise ValueError("this check needs knowledge and was given none")
        return self.resolver
