"""The desk's side of public sources: the store it opens, the line it holds, who asks, and what changed since the last reading."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from reader.article.model import Article, Paragraph
from reader.checks.model import DecidedLabel
from reader.claims.names_used import dois_used, names_used, works_used
from reader.claims.people import PeopleLedger
from reader.clock import today
from reader.desk.gathering import Gatherer, Heard
from reader.findings import Before, ClaimRecord, DeskOptions, SourcesState
from reader.knowledge.mentions import Mention
from reader.knowledge.pack import Knowledge
from reader.knowledge.said import Spoken, Turned, VerdictHistory
from reader.knowledge.schema import PackError
from reader.knowledge.store import EvidenceStore, StoreError
from reader.sources.line import Line
from reader.sources.model import Wanted


@dataclass(frozen=True, slots=True)
class Ended:
    """The gatherer has nothing more to ask, or could not go on; `error` says why."""

    error: Exception | None = None


class Sourcing:
    """Everything about sources that one examination holds open. `hear` is told what arrives, from the loop's own thread."""

    def __init__(self, options: DeskOptions, hear: Callable[[Heard | Ended], object]) -> None:
        self._options, self._hear = options, hear
        self.line = Line(is_open=options.online)
        self.store: EvidenceStore | None = None
        self.changed: set[str] = set()
        self._asking: asyncio.Task[None] | None = None
        self._spare: TemporaryDirectory[str] | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether sources may ever be asked here."""
        sources = self._options.sources
        return sources is not None and (
            self._options.online or self._options.keep_trying or bool(sources.of("zim").path)
        )

    def open_store(self) -> None:
        """Open the store where there may be one. Raises StoreError."""
        path = self._options.store
        if path is not None and (path.exists() or self.is_wanted):
            self.store = EvidenceStore(path)

    def open_spare(self) -> None:
        """A store for this reading alone, where the reader's own cannot be had but sources may be asked. Raises StoreError, OSError."""
        if self.is_wanted:
            self._spare = TemporaryDirectory(prefix="caveat-")
            self.store = EvidenceStore(Path(self._spare.name) / "evidence.sqlite")

    def start(
        self, paragraphs: Sequence[Paragraph], people: PeopleLedger, mentions: Iterable[Mention], language: str | None
    ) -> SourcesState | None:
        """Begin to ask about the names of an article; where the asking stands, None where nothing is asked."""
        if self._options.sources is None or self.store is None or not self.is_wanted:
            return None
        known = tuple(dict.fromkeys(m.entity.id for m in mentions if m.entity.id.startswith("Q")))
        names = names_used(paragraphs, people, language)
        wanted = Wanted(names, known, dois_used(paragraphs), works_used(paragraphs), language or "en")
        gatherer = Gatherer(
            self._options.sources, self.store, wanted, self.line, self._hear, patient=self._options.keep_trying
        )
        self._asking = asyncio.create_task(gatherer.run(), name="ask public sources")
        self._asking.add_done_callback(self._ended)
        return gatherer.state

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled():
            error = task.exception()
            self._hear(Ended(error if isinstance(error, Exception) else None))

    async def close(self) -> None:
        """Stop asking, close the store."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)  # what failed was heard
        if self.store is not None:
            self.store.close()
            await asyncio.to_thread(self._keep_small)
        if self._spare is not None:
            self._spare.cleanup()

    def _keep_small(self) -> None:
        """Hold the store to its size: what was needed longest ago goes first."""
        from reader.knowledge.upkeep import prune, size_of

        most = (self._options.sources.store if self._options.sources else 500) * 1_000_000
        if self.store is not None and self._asking is not None and size_of(self.store.path) > most:
            with contextlib.suppress(StoreError):  # another process may be at it, and the next reading tries again
                prune(self.store.path, most * 9 // 10)

    def history(
        self, article: Article, records: Sequence[ClaimRecord], knowledge: Knowledge | None
    ) -> dict[str, tuple[Before, ...]]:
        """Note what was said today, and give what was said otherwise at earlier readings. Raises StoreError."""
        if self.store is None or self._options.store is None:
            return {}
        asked, history = self._question(article), VerdictHistory(self.store)
        last = history.last(asked)
        given = {
            (f"{asked}{r.claim.id}", v.check): Spoken(f"{asked}{r.claim.id}", v.check, v.label, v.explanation)
            for r in records
            for v in r.verdicts
            if v.is_decided
        }
        gone = {
            key: Spoken(*key, "not-checkable", "no longer decided")
            for key, label in last.items()
            if article.stretch is None and key not in given and label != "not-checkable"
        }
        news = [said for key, said in {**given, **gone}.items() if last.get(key) != said.label]
        if news:
            why = {f"{asked}{r.claim.id}": self._why(r, knowledge) for r in records} if self.changed else {}
            history.note(news, today(), {claim: reason for claim, reason in why.items() if reason})
        self.store.use({f"page:{e.url}" for r in records for v in r.verdicts for e in v.evidence if e.url}, today())
        found: dict[str, list[Before]] = {}
        for turned in history.turned(asked):
            if before := _before(turned):
                found.setdefault(turned.claim.removeprefix(asked), []).append(before)
        return {claim: tuple(before) for claim, before in found.items()}

    def _question(self, article: Article) -> str:
        """What was asked of this article: only answers to the same question can be said to have changed."""
        as_of = article.as_of.date.iso if article.as_of.date else ""
        options = self._options
        question = (article.url or article.title or "", as_of, sorted(options.checks), [str(p) for p in options.packs], options.builtin)  # fmt: skip
        return f"{blake2s(repr(question).encode(), digest_size=8).hexdigest()}:"

    def _why(self, record: ClaimRecord, knowledge: Knowledge | None) -> str:
        """Which changed entity a claim's evidence is about, "" where none is."""
        if knowledge is None:
            return ""
        about = {e.statement for v in record.verdicts for e in v.evidence if e.statement}
        names = sorted(
            knowledge.label(entity)
            for entity in self.changed
            if any(s.id in about for s in knowledge.statements(entity))
        )
        return f"{', '.join(names)} changed at the source" if names else ""


def _before(turned: Turned) -> Before | None:
    """A verdict of an earlier reading; that nothing was decided then is not worth telling."""
    label = next((d for d in get_args(DecidedLabel) if d == turned.label), None)
    if label is None:
        return None
    return Before(turned.check, label, turned.explanation, turned.at, turned.until, turned.reason)


async def opened(sourcing: Sourcing, failed: Callable[[PackError | OSError], object]) -> None:
    """Open the store; what stands in the way is told, and a spare one that lasts as long as the reading takes its place."""
    try:
        await asyncio.to_thread(sourcing.open_store)
    except StoreError as error:
        failed(error)
        with contextlib.suppress(StoreError, OSError):  # said already: there is room for nothing
            await asyncio.to_thread(sourcing.open_spare)
