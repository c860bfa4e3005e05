"""Garbage collection in small steps: a full one over a long article's claims would hold up a key for half a second.

Python's collector looks at everything that is old each time the young have grown by a quarter. Here only what is new since the last
step is looked at, and what lives on is set aside (`gc.freeze`), never to be looked at again while somebody reads; when nobody
has pressed a key for a while and nothing is being checked, all of it is looked at once.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

EVERY = 0.25  # seconds
_WORTH_IT = 4_000  # objects since the last step
_IDLE = 20.0  # seconds without a key


class Collecting:
    """Call `step` every quarter of a second, and `key` with every key; `is_busy` says whether an article is being checked."""

    def __init__(self, is_busy: Callable[[], bool]) -> None:
        self._is_busy = is_busy
        self._last_key = time.monotonic()
        self._is_clean = False
        gc.disable()

    def key(self) -> None:
        """Somebody is there."""
        self._last_key = time.monotonic()

    def end(self) -> None:
        """Leave the collector as Python has it."""
        gc.unfreeze()
        gc.enable()

    def step(self) -> None:
        """Look at what is new; at everything, once, when nobody waits for anything."""
        if gc.get_count()[0] > _WORTH_IT:
            gc.collect(1)
            gc.freeze()
            self._is_clean = False
        elif not self._is_clean and not self._is_busy() and time.monotonic() - self._last_key > _IDLE:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._is_clean = True
