"""The one HTTP client: polite to hosts, bounded in size and time, and deaf to any host that was not configured."""

from __future__ import annotations

import asyncio
import email.utils
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec
import stamina
from stamina.instrumentation import set_on_retry_hooks

from reader import __version__
from reader.settings import Sources
from reader.sources.bounded import LARGEST, BrokenBodyError, TooMuchError, read_bounded
from reader.sources.hosts import HostGate, LongPauseError
from reader.sources.line import Budget
from reader.sources.model import (
    BusyError,
    ClosedError,
    JunkError,
    LedAwayError,
    RefusedError,
    SpentError,
    UnreachableError,
)

HOME = "https://pypi.org/project/caveat-lector/"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SECONDS = httpx.Timeout(15.0, connect=6.0)
_WHOLE = 25.0
_MOST_REDIRECTS = 3
_TRIES = 3
_WAIT_FIRST, _WAIT_MOST, _WAIT_JITTER = 0.3, 4.0, 0.4
_LEAST_WAIT = 0.4
_LONGEST_WORTH_WAITING = 20.0
_SAYS_BUSY = (
    "maxlag",
    "ratelimited",
    "readonly",
)  # 200, and yet "come back later" (mediawiki.org/wiki/Manual:Maxlag_parameter)
_Origin = tuple[str, str, int | None]
T = TypeVar("T")
logging.getLogger("hpack.hpack").setLevel(logging.INFO)  # below that it writes every header down, a key's too
set_on_retry_hooks([])  # its warnings would be written over the screen


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers with lower-case names, the whole body, and the address it came from in the end."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def user_agent(contact: str = "") -> str:
    """Who asks: name, version, where we can be reached, and the library (meta.wikimedia.org/wiki/User-Agent_policy)."""
    where = f"{HOME}; {contact}" if contact.isascii() and contact.isprintable() and contact else HOME
    return f"Caveat/{__version__} ({where}) httpx/{httpx.__version__}"


class Client:
    """Asks configured sources, and no one else. One client serves all tasks of a process; close it, or use `async with`."""

    def __init__(
        self,
        settings: Sources,
        allowed: Mapping[str, str],
        budget: Budget | None = None,
        may_send: Callable[[], bool] = lambda: True,
    ) -> None:
        """`allowed` maps a source's title to its base address; `budget` is the article's; `may_send` is asked before each request."""
        self._origins = {name: _origin(url) for name, url in allowed.items() if url}
        self._settings, self._may_send = settings, may_send
        self.budget = budget or Budget(settings.requests)
        self._gates: dict[_Origin, HostGate] = {}
        headers = {"User-Agent": user_agent(settings.contact), "Accept-Encoding": "gzip"}
        trusted = httpx.create_ssl_context()
        loopback = {
            f"all://{host}": httpx.AsyncHTTPTransport(verify=trusted) for host in ("localhost", "127.0.0.1", "[::1]")
        }
        try:
            self._http = httpx.AsyncClient(http2=True, verify=trusted, headers=headers, timeout=_SECONDS, follow_redirects=False, mounts=loopback)  # fmt: skip
        except (ImportError, ValueError) as error:
            raise UnreachableError("the network", "the proxy that the environment names cannot be used") from error

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    async def json(
        self, source: str, url: str, kind: type[T], params: Mapping[str, str] | None = None, **more: Any
    ) -> T:
        """Ask and decode into `kind`. Raises SourceError."""
        answer = await self.get(source, url, params, accept="application/json", **more)
        return decoded(source, answer, kind)

    async def get(
        self,
        source: str,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        accept: str = "*/*",
        headers: Mapping[str, str] | None = None,
        largest: int = LARGEST,
    ) -> Answer:
        """Ask once, and again where that may help: a broken line, a busy host. Raises SourceError.

        A wait that the host asks for is no try in vain: it is kept as long as the whole takes no longer than two answers may.
        """
        sent = {"Accept": accept, **(headers or {})}
        full = _with(source, url, params)
        until = time.monotonic() + 2 * _WHOLE
        while True:
            try:
                return await self._tries(source, full, sent, largest)
            except BusyError as error:
                if not error.waits or time.monotonic() + self._gate(full).paused_for > until:
                    raise

    async def _tries(self, source: str, url: str, headers: Mapping[str, str], largest: int) -> Answer:
        """A few tries, longer and longer apart. Raises SourceError."""
        async for attempt in stamina.retry_context(
            on=_may_help, attempts=_TRIES, timeout=_WHOLE,
            wait_initial=_WAIT_FIRST, wait_max=_WAIT_MOST, wait_jitter=_WAIT_JITTER,
        ):  # fmt: skip
            with attempt:
                return await self._once(source, url, headers, largest)
        raise UnreachableError(source, "does not answer")

    async def _once(self, source: str, url: str, headers: Mapping[str, str], largest: int) -> Answer:
        """One request with its redirects."""
        for hop in range(_MOST_REDIRECTS + 1):
            self._permit(source, url, LedAwayError if hop else RefusedError)
            gate = self._gate(url)
            try:
                async with gate.passing(_LONGEST_WORTH_WAITING):
                    if not self._may_send():
                        raise ClosedError(source, "the reader is offline")
                    if not self.budget.take():
                        raise SpentError(source, f"this article's {self.budget.limit} requests are spent")
                    answer = await self._send(source, url, headers, largest)
            except LongPauseError as error:
                raise RefusedError(source, str(error)) from error
            if answer.status not in (301, 302, 303, 307, 308):
                self._heed(source, gate, answer)
                return answer
            url = _led_to(source, url, answer)
        raise RefusedError(source, "redirects without end")

    def _permit(self, source: str, url: str, refused: type[RefusedError]) -> None:
        """Only to the source's own host, and only encrypted unless it is this machine. Raises `refused`."""
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise refused(source, "has an address that is none") from error
        host = parts.hostname or ""
        if "@" in parts.netloc:
            raise refused(source, "an address with a user name in it is not asked")
        if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
            raise refused(source, f"only https is used; {parts.scheme or 'no scheme'}://{host} is not")
        if not _is_of(_origin(url), self._origins.get(source)):
            raise refused(source, f"leads to {host or 'nowhere'}, which is not its host")

    def _gate(self, url: str) -> HostGate:
        origin = _origin(url)
        if origin not in self._gates:
            self._gates[origin] = HostGate(self._settings.concurrency, self._settings.rate)
        return self._gates[origin]

    async def _send(self, source: str, url: str, headers: Mapping[str, str], largest: int) -> Answer:
        try:
            async with asyncio.timeout(_WHOLE), self._http.stream("GET", url, headers=dict(headers)) as response:
                body = await read_bounded(response.aiter_raw(), response.headers.get("content-encoding", "").lower(), largest)  # fmt: skip
                named = {key.lower(): value for key, value in response.headers.items()}
                return Answer(response.status_code, named, body, url)
        except TimeoutError as error:
            raise UnreachableError(source, f"took over {_WHOLE:.0f} seconds") from error
        except (httpx.TransportError, OSError) as error:
            raise UnreachableError(source, _plain(error)) from error
        except (TooMuchError, BrokenBodyError) as error:
            raise JunkError(source, f"the answer {error}") from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise JunkError(source, f"the answer cannot be read ({type(error).__name__})") from error

    def _heed(self, source: str, gate: HostGate, answer: Answer) -> None:
        """What a status means to all who ask that host. Raises BusyError, RefusedError."""
        lags = answer.headers.get("mediawiki-api-error") in _SAYS_BUSY
        if lags or answer.status in (429, 500, 502, 503, 504):
            wait = wait_wanted(answer)
            gate.pause(max(wait or 0.0, random.uniform(_LEAST_WAIT, 2 * _LEAST_WAIT)))
            if wait is not None and wait > _LONGEST_WORTH_WAITING:
                raise RefusedError(source, f"wants us to wait {wait:.0f} seconds (HTTP {answer.status})")
            raise BusyError(source, f"is busy (HTTP {answer.status})", waits=wait is not None and wait >= _LEAST_WAIT)
        if answer.status >= 400 and answer.status != 404:
            raise RefusedError(source, f"says no (HTTP {answer.status})")


def decoded(source: str, answer: Answer, kind: type[T]) -> T:
    """The body as `kind`. Raises JunkError."""
    if answer.status == 404:
        raise RefusedError(source, "has nothing there (HTTP 404)")
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError, UnicodeDecodeError) as error:
        shown = "is no JSON" if isinstance(error, UnicodeDecodeError) or "JSON" in str(error) else str(error)
        raise JunkError(source, f"the answer is not what it should be ({shown})") from error


def _may_help(error: Exception) -> bool:
    """Whether asking once more may help: the line broke, or the host has a fault and named no wait."""
    return isinstance(error, UnreachableError) or (isinstance(error, BusyError) and not error.waits)


def _with(source: str, url: str, params: Mapping[str, str] | None) -> str:
    """An address with its parameters. Raises RefusedError for one that is none."""
    try:
        return str(httpx.URL(url, params=dict(params))) if params else url
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise RefusedError(source, "has an address that is none") from error


def _led_to(source: str, url: str, answer: Answer) -> str:
    """Where a redirect leads. Raises LedAwayError for a place that is no address."""
    try:
        led = urljoin(url, answer.headers.get("location", ""))
        urlsplit(led).port  # noqa: B018 - a port that is no number is found only when it is asked for
    except ValueError as error:
        raise LedAwayError(source, "redirects to what is no address") from error
    return led


def wait_wanted(answer: Answer) -> float | None:
    """Retry-After in seconds, from a number or a date; None where there is none or it cannot be read."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), 86_400.0)
    try:
        when = email.utils.parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return min(max(0.0, when - time.time()), 86_400.0)


def _origin(url: str) -> _Origin:
    """Scheme, host ("*" for "{lang}") and port of an address; of one that is none, an origin that nothing leads to."""
    try:
        parts = urlsplit(url.replace("{lang}", "*"))
        port = parts.port if parts.port is not None else {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        return "", "", None
    return parts.scheme, (parts.hostname or "").lower(), port


def _is_of(asked: _Origin, allowed: _Origin | None) -> bool:
    if allowed is None or not allowed[1] or asked[0] != allowed[0] or asked[2] != allowed[2]:
        return False
    host, pattern = asked[1], allowed[1]
    if not pattern.startswith("*."):
        return host == pattern
    label, _, rest = host.partition(".")
    return rest == pattern[2:] and label.replace("-", "").isalnum()


def _plain(error: Exception) -> str:
    """A transport's error for people: what happened, without addresses or keys."""
    if isinstance(error, httpx.ConnectError):
        return "cannot be reached"
    if isinstance(error, httpx.TimeoutException):
        return "took too long"
    return f"the connection broke ({type(error).__name__})"
