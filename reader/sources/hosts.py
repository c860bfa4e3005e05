"""How politely one host is asked: few requests at a time, spaced, and none while it wants us to wait.

Every task that asks a host goes through its one gate, so a 429 or a lagging replica holds all of them
(mediawiki.org/wiki/API:Etiquette, wikitech.wikimedia.org/wiki/Robot_policy).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LONGEST_WAIT = 120.0


class HostGate:
    """The gate of one host: `concurrency` requests at once, `rate` a minute."""

    def __init__(self, concurrency: int, rate: int) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._burst = max(1, min(rate, concurrency * 4))
        self._refill = rate / 60.0
        self._tokens = float(self._burst)
        self._counted = time.monotonic()
        self._paused_until = 0.0

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Wait for a turn, hold it while asking."""
        async with self._slots:
            while (wait := self._wait()) > 0:
                await asyncio.sleep(wait)
            self._tokens -= 1
            yield

    def pause(self, seconds: float) -> None:
        """The host wants everybody to wait so long, two minutes at most: a longer wish is told, not slept through."""
        self._paused_until = max(self._paused_until, time.monotonic() + min(max(seconds, 0.0), LONGEST_WAIT))

    @property
    def paused_for(self) -> float:
        """Seconds until the host may be asked again."""
        return max(0.0, self._paused_until - time.monotonic())

    def _wait(self) -> float:
        """Seconds until the next request may go: the pause, else until the bucket holds a token."""
        now = time.monotonic()
        self._tokens = min(float(self._burst), self._tokens + (now - self._counted) * self._refill)
        self._counted = now
        if self.paused_for:
            return self.paused_for
        return 0.0 if self._tokens >= 1 else (1 - self._tokens) / self._refill
