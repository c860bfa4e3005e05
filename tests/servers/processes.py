"""What the three servers share: a process of its own session, on a free port, whose whole group is ended."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PATIENCE = 5.0
"""Seconds that a group of processes gets between the request to stop and KILL."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(words: Sequence[str], env: Mapping[str, str] | None = None, stdin: str = "", seconds: float = 120) -> str:
    """Run a program to its end and give back what it wrote; a failure carries those words."""
    done = subprocess.run(
        words,
        input=stdin,
        env=None if env is None else {**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        start_new_session=True,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stdout[-2000:]}")
    return done.stdout


class Running:
    """A server process: leader of its own session, so that its workers can be ended with it."""

    def __init__(
        self,
        words: Sequence[str],
        log: Path,
        port: int,
        env: Mapping[str, str] | None = None,
        stop: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.log = log
        self.port = port
        self._stop = stop
        self._owner = os.getpid()
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=None if env is None else {**os.environ, **env},
                cwd=log.parent,
                start_new_session=True,
            )
        atexit.register(self.end)

    @property
    def pid(self) -> int:
        """The leader's number, which is that of its group too."""
        return self._process.pid

    def ended(self) -> bool:
        """Whether the leader has ended; it is not reaped, so its number cannot be given to another yet."""
        if self._process.returncode is not None:
            return True
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def end(self) -> None:
        """TERM (or `stop`) to the whole group, then KILL to what is left: workers can outlive their leader."""
        if self._process.returncode is not None or os.getpid() != self._owner:
            return
        self._signal(self._stop)
        until = time.monotonic() + PATIENCE
        while not self.ended() and time.monotonic() < until:
            time.sleep(0.01)
        self._signal(signal.SIGKILL)
        self._process.wait()
        atexit.unregister(self.end)

    def _signal(self, number: int) -> None:
        """To the whole group; one that is gone already is no error (macOS: "not permitted" of a group of zombies)."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


def serve(
    words: Callable[[int], Sequence[str]],
    ready: Callable[[int], bool],
    log: Path,
    env: Mapping[str, str] | None = None,
    stop: signal.Signals = signal.SIGTERM,
    seconds: float = 20,
) -> Running:
    """Start a server on a free port and wait until it answers; a port that was snatched meanwhile is tried anew."""
    for _ in range(3):
        port = free_port()
        running = Running(words(port), log, port, env, stop)
        try:
            if _answers(running, ready, seconds):
                return running
        except BaseException:
            running.end()
            raise
        running.end()
    raise RuntimeError(f"{words(0)[0]} did not stay up: {_tail(log)}")


def _answers(running: Running, ready: Callable[[int], bool], seconds: float) -> bool:
    """True once it answers, False when it ended before that; one that stays silent is an error."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if running.ended():
            return False
        if ready(running.port):
            return True
        time.sleep(0.02)
    raise RuntimeError(f"no answer on port {running.port} in {seconds:g} s: {_tail(running.log)}")


def _tail(log: Path) -> str:
    """The last words of a log, for an error message."""
    return log.read_text(errors="replace")[-2000:] if log.exists() else ""
