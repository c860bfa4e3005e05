"""What a source is: where it is, what is sent there, how it is asked, and the ways in which it can fail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from reader.article.clean import clean_line

if TYPE_CHECKING:
    from reader.knowledge.store import EvidenceStore


class SourceError(Exception):
    """A source did not answer as it should; the message is one line that names the source."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(clean_line(f"{source}: {reason}")[:200])
        self.source = source
        self.reason = clean_line(reason)[:160]


class UnreachableError(SourceError):
    """No connection, or one that broke or took too long: to a reader, being offline."""


class BusyError(SourceError):
    """The source asked us to wait (429, lagging replicas) or has a fault of its own; `waits` where it said how long."""

    def __init__(self, source: str, reason: str, *, waits: bool = False) -> None:
        super().__init__(source, reason)
        self.waits = waits


class RefusedError(SourceError):
    """The source, or our own rules about hosts and redirects, said no; asking again will not help."""


class LedAwayError(RefusedError):
    """A redirect to a host that is not the source's, as the sign-in page of a hotel's network sends: not followed."""


class JunkError(SourceError):
    """An answer that is not what it should be: another type, cut, too large, or of another shape."""


class ClosedError(SourceError):
    """The reader has gone offline: nothing was sent."""


class SpentError(SourceError):
    """The article's budget of requests is spent."""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What people are told about a source before anything is sent to it."""

    name: str
    title: str
    url: str
    sends: str
    licence: str
    key: Literal["none", "needed", "optional"] = "none"
    enabled: bool = True
    has_key: bool = False

    @property
    def is_local(self) -> bool:
        """Whether it is a file on this machine: asked offline too."""
        return self.name == "zim"

    @property
    def is_asked(self) -> bool:
        """Whether it is switched on, has an address, and the key that it cannot do without."""
        return self.enabled and bool(self.url) and (self.key != "needed" or self.has_key)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an article makes a reader want to know: names, the ids that packs know, and works by DOI or title.

    `names` are as the article writes them, most wanted first; nothing else of its text is in here.
    """

    names: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Learned:
    """What has been put into the store: ids of entities, and how many pages, reviews and works."""

    entities: frozenset[str] = field(default_factory=frozenset)
    changed: frozenset[str] = field(default_factory=frozenset)
    pages: int = 0
    reviews: int = 0

    @property
    def is_something(self) -> bool:
        """Whether anything is there that was not there before."""
        return bool(self.entities or self.changed or self.pages or self.reviews)


class Source(Protocol):
    """One public source. It puts what it learns into the store and says what that was; it decides nothing.

    Both generators raise SourceError for what went wrong with this source alone; what was kept before stays.
    """

    facts: SourceFacts

    def who(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Who and what is meant, and what is stated of it."""
        ...

    def context(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Pages to quote from, earlier reviews, works: what adds to a card and decides nothing."""
        ...


async def nothing() -> AsyncIterator[Learned]:
    """What a source that has nothing to say to a question answers."""
    empty: tuple[Learned, ...] = ()
    for learned in empty:
        yield learned
