"""The terminal that the program lives in, and dies with."""

from __future__ import annotations

import os
import select
import signal
from threading import Thread


def end_with_terminal(descriptor: int) -> None:
    """End the program when its terminal is gone, whether or not somebody sends SIGHUP.

    Textual's input thread reads an endless end-of-file then, and its writer blocks for good, so the loop
    cannot be asked. Waiting costs nothing. Where terminals cannot be polled (macOS), SIGHUP alone has to do.
    """
    if hasattr(select, "poll"):
        Thread(target=_wait_for_hangup, args=(descriptor,), name="hangup", daemon=True).start()


def _wait_for_hangup(descriptor: int) -> None:
    poll = select.poll()
    poll.register(descriptor, 0)
    if any(event & select.POLLHUP for _, event in poll.poll()):
        os.kill(os.getpid(), signal.SIGHUP)
        os._exit(128 + signal.SIGHUP)  # SIGHUP is ignored here: `nohup`
