"""A small web site on loopback that does what a test tells it, a clock that does not wait, and a machine's address book."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import json
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import certifi
import httpx
import pytest
from hypothesis import configuration

from reader import clock
from reader.knowledge.store import EvidenceStore

configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "caveat-hypothesis")  # not into the checkout

# A web site


@dataclass(frozen=True)
class Asked:
    """One request as the site got it."""

    path: str
    query: str
    headers: dict[str, str]
    at: float


@dataclass(frozen=True)
class Reply:
    """One answer; `length` is what it says of its own length, `takes` how many seconds it is in the making."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = None
    takes: float = 0.0


class Site:
    """Answers what it was given for a path (else JSON that names the path), and remembers who asked."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host = host
        self.port = 0
        self.scheme = "http"
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._answers: dict[str, Callable[[Asked], Reply]] = {}
        self._lock = threading.Lock()
        self._now = 0

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in the order of arrival."""
        return [asked.path for asked in self.asked]

    def give(self, path: str, body: bytes | str | object = b"", status: int = 200, *, kind: str | None = "", packed: bool = False, length: int | None = None, takes: float = 0.0, **headers: str) -> str:  # fmt: skip
        """What a path answers from now on (text and bytes as they are, all else as JSON); gives back its whole address."""
        if not isinstance(body, (bytes, str)):
            body, kind = json.dumps(body), kind or "application/json"
        whole = body.encode() if isinstance(body, str) else body
        named = [(name.replace("_", "-"), value) for name, value in headers.items()]
        if kind is not None:
            named.append(("Content-Type", kind or "text/html; charset=utf-8"))
        if packed:
            whole = gzip.compress(whole)
            named.append(("Content-Encoding", "gzip"))
        reply = Reply(whole, status, tuple(named), length, takes)
        self._answers[path] = lambda _: reply
        return self.url + path

    def on(self, path: str, answer: Callable[[Asked], Reply]) -> str:
        """What a path answers, made for each request; gives back its whole address."""
        self._answers[path] = answer
        return self.url + path

    def reply(self, asked: Asked) -> Reply:
        """The answer to a request, which is remembered; how many are in the making at once is counted too."""
        with self._lock:
            self.asked.append(asked)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            default = Reply(json.dumps({"path": asked.path}).encode(), headers=(("Content-Type", "application/json"),))
            reply = self._answers.get(asked.path, lambda _: default)(asked)
            time.sleep(reply.takes)
            return reply
        finally:
            with self._lock:
                self._now -= 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up, or did not believe our certificate, is no news."""


class _Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.site.reply(Asked(parts.path, parts.query, headers, time.monotonic()))
        self.send_response(reply.status)
        length = len(reply.body) if reply.length is None else reply.length
        for name, value in (*reply.headers, *([("Content-Length", str(length))] if length >= 0 else [])):
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(reply.body)
            self.wfile.flush()
        self.close_connection = self.close_connection or length != len(reply.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own word
        """The list of requests is the log."""


@contextmanager
def _serving(site: Site, wrap: Callable[[socket.socket], socket.socket] | None = None) -> Iterator[Site]:
    server = _Server((site.host, 0), type("Handler", (_Handler,), {"site": site}))
    site.port = server.server_port
    if wrap is not None:
        server.socket, site.scheme = wrap(server.socket), "https"
    thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on loopback."""
    with _serving(Site()) as running:
        yield running


@pytest.fixture(scope="session")
def serving() -> Callable[..., Any]:
    """`with serving() as site:` is one more web site; `wrap` makes its socket a TLS one."""
    return lambda wrap=None: _serving(Site(), wrap)


@pytest.fixture(scope="session")
def reply() -> type[Reply]:
    """An answer of the site's."""
    return Reply


@pytest.fixture(scope="session")
def _one_authority(tmp_path_factory) -> str:
    bundle = Path(certifi.where()).read_text("utf-8")
    end = "-----END CERTIFICATE-----\n"
    path = tmp_path_factory.mktemp("authority") / "one.pem"
    path.write_text(bundle[bundle.index("-----BEGIN") : bundle.index(end)] + end)
    return str(path)


@pytest.fixture
def few_authorities(_one_authority, monkeypatch) -> None:
    """Clients know one certificate authority instead of all: to read them all takes longer than most tests."""
    monkeypatch.setattr(certifi, "where", lambda: _one_authority)


@pytest.fixture
def trusted(tmp_path, monkeypatch) -> Callable[..., ssl.SSLContext]:
    """`trusted(*names)` makes a certificate for these names that every httpx client opened later believes."""
    if shutil.which("openssl") is None:
        pytest.skip("not on this machine: openssl")
    authorities = tmp_path / "authorities.pem"
    monkeypatch.setattr(certifi, "where", lambda: str(authorities))
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)

    def make(*names: str, alpn: tuple[str, ...] = ("http/1.1",)) -> ssl.SSLContext:
        both, key = tmp_path / f"{names[0]}.pem", tmp_path / f"{names[0]}.key"
        words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3 -subj".split()
        known = ["-addext", "subjectAltName=" + ",".join(f"DNS:{name}" for name in names)]
        subprocess.run(
            ["openssl", *words, f"/CN={names[0]}", *known, "-keyout", key, "-out", both],
            check=True,
            capture_output=True,
        )
        with authorities.open("a") as known_file:
            known_file.write(both.read_text())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(both, key)
        context.set_alpn_protocols(list(alpn))
        return context

    return make


# A clock that does not wait


class _Loop(asyncio.SelectorEventLoop):
    """An event loop in which an hour passes at once: whenever all wait, its clock is put forward to the next event."""

    def __init__(self) -> None:
        super().__init__()
        self._clock = 1000.0
        self._real = self._selector.select
        self._selector.select = self._skip  # type: ignore[method-assign]

    def time(self) -> float:
        return self._clock

    def _skip(self, timeout: float | None = None) -> Any:
        self._clock += max(timeout or 0.0, 1e-6)  # it never stands still, or who waits for a trifle would wait for ever
        return self._real(0 if timeout is not None else None)


@pytest.fixture(scope="session")
def in_no_time() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Run a coroutine to its end by a clock that is only ever put forward; `time.monotonic` shows it meanwhile."""

    def run(what: Coroutine[Any, Any, Any]) -> Any:
        with asyncio.Runner(loop_factory=_Loop) as runner, pytest.MonkeyPatch.context() as patch:
            patch.setattr(time, "monotonic", runner.get_loop().time)
            return runner.run(what)

    return run


@pytest.fixture
def answering(monkeypatch) -> Callable[[Callable[[httpx.Request], Any]], None]:
    """`answering(hands)`: every request of every httpx client goes to a coroutine function, no socket is opened."""

    def set_up(answer: Callable[[httpx.Request], Any]) -> None:
        async def handle(_: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
            reply = await answer(request)
            return httpx.Response(reply.status, headers=list(reply.headers), stream=httpx.ByteStream(reply.body))

        async def nothing(*_: object) -> None:
            """Nothing was opened, nothing is to be closed."""

        monkeypatch.setattr(httpx.AsyncHTTPTransport, "__init__", lambda *_, **__: None)  # certificates take their time
        for name in ("__aenter__", "__aexit__", "aclose"):
            monkeypatch.setattr(httpx.AsyncHTTPTransport, name, nothing)
        monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)

    return set_up


# Who is where


class AddressBook:
    """Stands in for the resolver: names lead where the test says, in turn if there are several turns; all else nowhere."""

    def __init__(self) -> None:
        self.looked_up: list[str] = []
        self._turns: dict[str, list[tuple[str, ...]]] = {}

    def lead(self, name: str, *turns: tuple[str, ...]) -> None:
        """Where a name leads at the first look-up, at the second...; the last one stays."""
        self._turns[name] = list(turns)

    async def getaddrinfo(self, host: str | bytes, port: int, **_: Any) -> list[Any]:
        """What the loop's own function answers."""
        host = host.decode("ascii") if isinstance(host, bytes) else host
        self.looked_up.append(host)
        with suppress(ValueError):
            self._turns.setdefault(host, [(str(ipaddress.ip_address(host)),)])  # a number leads to itself
        turns = self._turns.get(host)
        if turns is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        found = turns.pop(0) if len(turns) > 1 else turns[0]
        return [
            (socket.AF_INET6 if ":" in at else socket.AF_INET, socket.SOCK_STREAM, 6, "", (at, port)) for at in found
        ]


@pytest.fixture
async def address_book(monkeypatch) -> AddressBook:
    """The names that the test's own event loop can find."""
    book = AddressBook()
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", book.getaddrinfo)
    return book


# A place of their own, a day that stands still, an evidence store


@pytest.fixture(autouse=True)
def _own_place(tmp_path_factory, monkeypatch):
    """No home folder, no settings and no data of whoever runs the tests."""
    nowhere = tmp_path_factory.mktemp("nobody")
    monkeypatch.setenv("HOME", str(nowhere / "missing"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(nowhere / "cache"))
    monkeypatch.setenv("CAVEAT_CONFIG_DIR", str(nowhere / "config"))
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(nowhere / "data"))


@pytest.fixture
def set_day() -> Iterator[Callable[[date], None]]:
    """Make it another day for the whole program; after the test the machine's clock counts again."""
    yield clock.set_today
    clock.set_today(None)


@pytest.fixture
def today(set_day) -> date:
    """The day on which a test takes place: always the same one."""
    day = date(2026, 3, 2)
    set_day(day)
    return day


@pytest.fixture
def store(tmp_path, today) -> Iterator[EvidenceStore]:
    """An empty evidence store that is open for writing."""
    made = EvidenceStore(tmp_path / "evidence.sqlite")
    yield made
    made.close()
