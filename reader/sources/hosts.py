"""How politely one host is asked: few requests at a time, spaced, and none while it wants us to wait.

Every task that asks a host goes through its one gate, so a 429 or a lagging replica holds all of them
(mediawiki.org/wiki/API:Etiquette, wikitech.wikimedia.org/wiki/Robot_policy).
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LONGEST_WAIT = 120.0
_MINUTE = 60.0


class LongPauseError(Exception):
    """The host wants a longer wait than anybody should sit through."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wants us to wait {seconds:.0f} seconds")


class HostGate:
    """The gate of one host: `concurrency` requests at once, never more than `rate` in any minute."""

    def __init__(self, concurrency: int, rate: int) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._rate = rate
        self._begun: deque[float] = deque()
        self._paused_until = 0.0

    @asynccontextmanager
    async def passing(self, longest: float = LONGEST_WAIT) -> AsyncIterator[None]:
        """Wait for a turn, hold it while asking. Raises LongPauseError where the host wants a longer wait than `longest`."""
        async with self._slots:
            while (wait := self._wait()) > 0:
                if self.paused_for > longest:
                    raise LongPauseError(self.paused_for)
                await asyncio.sleep(wait)
            self._begun.append(time.monotonic())
            yield

    def pause(self, seconds: float) -> None:
        """The host wants everybody to wait so long, two minutes at most: a longer wish is told, not slept through."""
        self._paused_until = max(self._paused_until, time.monotonic() + min(max(seconds, 0.0), LONGEST_WAIT))

    @property
    def paused_for(self) -> float:
        """Seconds until the host may be asked again."""
        return max(0.0, self._paused_until - time.monotonic())

    def _wait(self) -> float:
        """Seconds until the next request may go: the pause, else until the minute has room."""
        if pause := self.paused_for:
            return pause
        now = time.monotonic()
        while self._begun and now - self._begun[0] >= _MINUTE:
            self._begun.popleft()
        return 0.0 if len(self._begun) < self._rate else self._begun[0] + _MINUTE - now
