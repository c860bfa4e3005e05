"""The terminal that the program lives in, and dies with."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from dataclasses import dataclass
from threading import Thread

_BACKGROUND = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]{2,4})/([0-9a-fA-F]{2,4})/([0-9a-fA-F]{2,4})")
_IDENTITY = re.compile(rb"\x1b\[\?[0-9;]*c")
_ANSWERS = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\|\x1b?$)|\x1b\[\?[0-9;]*(?:c|$)")


def end_with_terminal(descriptor: int) -> None:
    """End the program when its terminal is gone, whether or not somebody sends SIGHUP.

    Textual's input thread reads an endless end-of-file then, and its writer blocks for good, so the loop
    cannot be asked. Waiting costs nothing. Where terminals cannot be polled (macOS), SIGHUP alone has to do.
    """
    if hasattr(select, "poll"):
        Thread(target=_wait_for_hangup, args=(descriptor,), name="hangup", daemon=True).start()


def show_cursor() -> None:
    """Let the terminal's own cursor be seen: braille displays and screen readers follow it."""
    if sys.__stderr__ is not None and sys.__stderr__.isatty():
        sys.__stderr__.write("\x1b[?25h")
        sys.__stderr__.flush()


@dataclass(frozen=True, slots=True)
class Background:
    """What a terminal says of its background, and what somebody typed while it was asked."""

    is_light: bool
    typed: str = ""


def background(seconds: float = 0.6) -> Background:
    """The terminal's background, by COLORFGBG or by asking it (OSC 11); dark where it does not say."""
    told = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    if told.isdecimal():
        return Background(int(told) in (7, 15))
    answer = _asked(b"\x1b]11;?\x1b\\\x1b[c", seconds)
    typed = _ANSWERS.sub(b"", answer).decode("utf-8", "ignore")
    found = _BACKGROUND.search(answer)
    if found is None:
        return Background(False, typed)
    red, green, blue = (int(part[:2], 16) for part in found.groups())
    return Background(0.299 * red + 0.587 * green + 0.114 * blue > 127, typed)


def _asked(question: bytes, seconds: float) -> bytes:
    """What the terminal answers until it says what it is (DA1, which all answer), or until the time is over."""
    import termios
    import tty

    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return b""
    try:
        before = termios.tcgetattr(terminal)
    except termios.error:
        os.close(terminal)
        return b""
    answer, until = b"", time.monotonic() + seconds
    try:
        tty.setcbreak(terminal, termios.TCSANOW)
        os.write(terminal, question)
        while (left := until - time.monotonic()) > 0 and not _IDENTITY.search(answer):
            if select.select([terminal], [], [], left)[0]:
                answer += os.read(terminal, 256)
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
        os.close(terminal)
    return answer


def end_with_parent(seconds: float = 0.5) -> None:
    """End the program when the process that started it is gone: nobody else would ever end it."""
    Thread(target=_wait_for_orphanhood, args=(os.getppid(), seconds), name="parent", daemon=True).start()


def _wait_for_orphanhood(parent: int, seconds: float) -> None:
    while os.getppid() == parent:
        time.sleep(seconds)
    os._exit(128 + signal.SIGHUP)


def _wait_for_hangup(descriptor: int) -> None:
    poll = select.poll()
    poll.register(descriptor, 0)
    if any(event & select.POLLHUP for _, event in poll.poll()):
        os.kill(os.getpid(), signal.SIGHUP)
        os._exit(128 + signal.SIGHUP)  # SIGHUP is ignored here: `nohup`
