"""The line to the network: open, closed by the reader, or lost; and the article's budget of requests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["offline", "online", "lost"]
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0


@dataclass(slots=True)
class Budget:
    """How many requests an article may cost, and how many it has cost."""

    limit: int
    spent: int = 0

    def take(self) -> bool:
        """Spend one request; False where none is left."""
        if self.spent >= self.limit:
            return False
        self.spent += 1
        return True


class Pauses:
    """Waits between tries: longer each time, half a minute at most, until something gets better."""

    def __init__(self) -> None:
        self._next = _FIRST_WAIT

    def reset(self) -> None:
        """Something got better: the next wait is short again."""
        self._next = _FIRST_WAIT

    async def wait(self) -> None:
        """Wait before the next try."""
        wait, self._next = self._next, min(self._next * 2, _LONGEST_WAIT)
        await asyncio.sleep(wait)


class Line:
    """Whether sources may be asked now. Whoever waits for it goes on by itself when it is open again."""

    def __init__(self, *, is_open: bool, changed: Callable[[], object] | None = None) -> None:
        self._open = asyncio.Event()
        self._changed = changed or (lambda: None)
        self._is_lost = False
        self._pauses = Pauses()
        if is_open:
            self._open.set()

    @property
    def is_open(self) -> bool:
        """Whether anything may be sent."""
        return self._open.is_set()

    @property
    def state(self) -> State:
        """Online; offline because the reader wants it so; lost because nothing answers."""
        if not self._open.is_set():
            return "offline"
        return "lost" if self._is_lost else "online"

    def open(self) -> None:
        """The reader wants to be online."""
        self._pauses.reset()
        self._open.set()
        self._changed()

    def close(self) -> None:
        """The reader wants to be offline: nothing more is sent."""
        self._open.clear()
        self._is_lost = False
        self._changed()

    def answered(self) -> None:
        """Something has answered: the network is there."""
        self._pauses.reset()
        if self._is_lost:
            self._is_lost = False
            self._changed()

    async def opened(self) -> None:
        """Wait until the reader wants to be online."""
        await self._open.wait()

    def lose(self) -> None:
        """Nothing answers."""
        if not self._is_lost:
            self._is_lost = True
            self._changed()

    async def wait(self) -> None:
        """Before the next try: longer each time, half a minute at most."""
        await self._pauses.wait()
