"""Garbage collection in small steps: a full one over a long article's claims would hold up a key for a tenth of a second.

Python's collector looks at everything that is old each time the young have grown by a quarter. Here an article and what is known
of it, once it is known, are set aside (`gc.freeze`) and not looked at again while somebody reads; what is painted comes and goes
beside them, and is looked at when there is enough of it. When nobody has pressed a key for a while, all there is is looked at once.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

EVERY = 0.25  # seconds
_WORTH_IT = 4_000  # objects since the last step
_ENOUGH = 40_000  # objects that have lived through a step
_IDLE = 3.0  # seconds without a key


class Collecting:
    """Call `step` every quarter of a second, and `key` with every key; `is_busy` says whether an article is being checked."""

    def __init__(self, is_busy: Callable[[], bool]) -> None:
        self._is_busy = is_busy
        self._was_busy = False
        self._last_key = time.monotonic()
        self._older = 0
        self._is_clean = False
        gc.disable()
        gc.freeze()

    def key(self) -> None:
        """Somebody is there."""
        self._last_key = time.monotonic()

    def end(self) -> None:
        """Leave the collector as Python has it."""
        gc.unfreeze()
        gc.enable()

    def step(self) -> None:
        """Look at what is new or has come and gone; at everything, once, when nobody waits for anything."""
        gc.disable()  # a screen that was left after this one began has switched it on
        busy, grown = self._is_busy(), gc.get_count()[0]
        if self._was_busy and not busy:
            self.recent()
            gc.freeze()
        elif grown > _WORTH_IT:
            self._older += grown
            if self._older > _ENOUGH and not busy:
                self.recent()
            else:
                gc.collect(1)
            self._is_clean = False
        elif not self._is_clean and not busy and time.monotonic() - self._last_key > _IDLE:
            self.everything()
        self._was_busy = busy

    def recent(self) -> None:
        """Look at all that was not set aside: some milliseconds."""
        gc.collect()
        self._older = 0

    def everything(self) -> None:
        """Look at all there is: some tens of milliseconds."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._older = 0
        self._is_clean = True
