"""What the desk is asked and what it answers: options, the events of its stream, and the whole result.

Apart from the desk itself so that the screen can be painted before any stage is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.language.model_name import PINNED_MODEL

if TYPE_CHECKING:
    from reader.article.model import Article
    from reader.checks.model import Label, Verdict
    from reader.claims.model import Claim, Unclaimed
    from reader.knowledge.cards import Card
    from reader.knowledge.mentions import Mention
    from reader.settings import Sources


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """What a run may use: which checks and packs, and which language model."""

    checks: tuple[str, ...] = ()
    packs: tuple[Path, ...] = ()
    builtin: bool = True
    model: str = PINNED_MODEL
    online: bool = False
    """Whether sources may be asked from the start."""
    sources: Sources | None = None
    """How sources are asked; None where they never are (the samples)."""
    store: Path | None = None
    """The evidence store's file; None uses none."""
    keep_trying: bool = False
    """Whether a lost network is waited for, as a screen does, or only until the deadline."""
    pause: float = 0.0
    """Seconds left to others after every few milliseconds of work: a screen's keys need many turns of the loop."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is: paragraphs done of all."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ParagraphKnown:
    """What is now known of one paragraph: replaces what was known before."""

    paragraph: int
    claims: tuple[ClaimRecord, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class StageFailed:
    """A stage that could not do its work, in one line."""

    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourcesState:
    """Where the asking of sources stands: the line, requests made of those allowed, names that wait for an answer."""

    line: Literal["offline", "online", "lost", "done"]
    requests: int = 0
    budget: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class SourceFailed:
    """A source that could not answer, in one line."""

    source: str
    reason: str
    kind: Literal["fault", "lost", "spent"] = "fault"
    """A fault of the source's; or a state: no network, or the article's budget of requests spent."""

    @property
    def is_calm(self) -> bool:
        """Whether it is a state rather than a fault."""
        return self.kind != "fault"


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole result."""

    result: Examination


@dataclass(frozen=True, slots=True)
class Before:
    """What a check said of a claim at an earlier reading, from when until when, and why it says otherwise now."""

    check: str
    label: Label
    explanation: str
    at: str
    until: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim with its verdicts, strongest first; there is always at least one.

    `today` only where that differs; `before` what was said at earlier readings and has changed, the latest first.
    """

    claim: Claim
    verdicts: tuple[Verdict, ...]
    today: tuple[Verdict, ...] = ()
    before: tuple[Before, ...] = ()

    @property
    def leading(self) -> Verdict:
        """The verdict that the screen shows first."""
        return self.verdicts[0]


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything found out about an article: what the report and the screen are made of."""

    article: Article
    claims: tuple[ClaimRecord, ...]
    unclaimed: tuple[Unclaimed, ...]
    mentions: tuple[Mention, ...]
    sentences: int
    checks: tuple[str, ...]
    packs: tuple[str, ...]
    failures: tuple[StageFailed, ...]
    online: bool = False
    asked: SourcesState | None = None


Event = Progress | ParagraphKnown | StageFailed | SourcesState | SourceFailed | Finished
