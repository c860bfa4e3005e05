"""Asking public sources about one article while it is being read, and putting what they answer into the store.

Being offline is a state: the gatherer waits for the line and goes on by itself. A source that fails costs its own part only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.findings import SourceFailed, SourcesState
from reader.knowledge.schema import PackError
from reader.settings import Sources
from reader.sources.line import Budget, Line, Pauses
from reader.sources.model import (
    BusyError,
    ClosedError,
    JunkError,
    Learned,
    LedAwayError,
    Source,
    SourceError,
    SpentError,
    UnreachableError,
    Wanted,
)

if TYPE_CHECKING:
    from reader.knowledge.store import EvidenceStore

Heard = Learned | SourcesState | SourceFailed
_ROUNDS = ("who", "context")
_SILENT_ENOUGH = 2  # sources in a row that cannot be reached are no network, to whoever does not wait for one


@dataclass(slots=True)
class _Task:
    """One question to one source."""

    round: str
    source: Source
    is_done: bool = False


class Gatherer:
    """Asks the sources in their order, first who is meant, then what can be quoted; tells `hear` of everything that is new."""

    def __init__(
        self,
        settings: Sources,
        store: EvidenceStore,
        wanted: Wanted,
        line: Line,
        hear: Callable[[Heard], object],
        *,
        patient: bool,
    ) -> None:
        """`patient` waits for a lost network and tries again; without it what is lost is left."""
        self._settings, self._store, self._wanted, self._line, self._hear = settings, store, wanted, line, hear
        self._patient = patient
        self._silent = 0
        self._budget = Budget(settings.requests)
        self._state = SourcesState(line.state, 0, settings.requests, len(wanted.names))

    @property
    def state(self) -> SourcesState:
        """Where the asking stands."""
        return self._state

    async def run(self) -> None:
        """Ask until everything is asked or the budget is spent; files of the reader's own first, for those need no line."""
        from reader.sources.client import Client
        from reader.sources.registry import open_local, open_sources, source_facts

        for source in open_local(self._settings):
            await self._ask(_Task("context", source))
        allowed = {facts.title: facts.url for facts in source_facts(self._settings) if facts.is_asked}
        if not self._line.is_open and not self._patient:
            return
        await self._opened()
        try:
            async with Client(self._settings, allowed, self._budget, lambda: self._line.is_open) as client:
                sources = open_sources(self._settings, client)
                await self._all([_Task(round_, source) for round_ in _ROUNDS for source in sources])
        except UnreachableError as error:  # nothing can be asked from here at all
            self._hear(SourceFailed(error.source, error.reason))
        self._tell(waiting=0, line="done" if self._line.state == "online" else self._line.state)

    async def _all(self, tasks: list[_Task]) -> None:
        """Ask every question, and those that were not answered again, as long as that is wanted.

        One source that cannot be reached holds no other up; but who is meant builds on the sources before, so that such a
        question is done only once those are.
        """
        pauses = Pauses()
        while waiting := [t for t in tasks if not t.is_done]:
            await self._opened()
            answered: dict[int, bool] = {}
            for task in waiting:
                if self._line.is_open and (self._patient or self._silent < _SILENT_ENOUGH):
                    answered[id(task)] = await self._ask(task)
            for number, task in enumerate(tasks):
                builds_on = tasks[:number] if task.round == "who" else []
                task.is_done = task.is_done or (answered.get(id(task), False) and all(t.is_done for t in builds_on))
            left = [t for t in tasks if not t.is_done]
            if not left or not self._patient:
                return
            if len(left) < len(waiting):
                pauses.reset()
            if self._line.is_open:
                await pauses.wait()

    async def _opened(self) -> None:
        self._tell(line=self._line.state)
        await self._line.opened()
        self._tell(line=self._line.state)

    async def _ask(self, task: _Task) -> bool:
        """Ask one question; False where it has to be asked again later."""
        spent = self._budget.spent
        title = task.source.facts.title
        try:
            async for learned in getattr(task.source, task.round)(self._wanted, self._store):
                self._reached()
                if learned.is_something:
                    self._hear(learned)
                self._tell(line=self._line.state)
        except ClosedError:
            return False
        except (UnreachableError, BusyError, JunkError, LedAwayError) as error:
            is_lost = isinstance(error, UnreachableError)
            self._hear(SourceFailed(title, error.reason, "lost" if is_lost else "fault"))
            if is_lost:
                self._silent += 1
                self._line.lose()
            if self._patient:
                self._budget.spent = spent  # what was spent in vain is given back
            self._tell(line=self._line.state)
            return not (is_lost or self._patient)
        except SpentError as error:
            self._hear(SourceFailed(title, error.reason, "spent"))
        except SourceError as error:
            self._hear(SourceFailed(title, error.reason))
        except PackError as error:
            self._hear(SourceFailed("evidence store", str(error)))
        if self._budget.spent > spent:
            self._reached()
        self._tell(line=self._line.state)
        return True

    def _reached(self) -> None:
        """Somebody has answered: the network is there."""
        self._silent = 0
        self._line.answered()

    def _tell(self, **changed: object) -> None:
        """Say what has changed about the state, and nothing where nothing has."""
        state = replace(self._state, requests=self._budget.spent, **changed)  # type: ignore[arg-type]
        if state != self._state:
            self._state = state
            self._hear(state)
