"""A loopback proxy that keeps every byte a client sends, and the event-loop server that the fault proxy shares with it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import struct
import threading
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

CHUNK = 65536
_HEAD_LIMIT = 1 << 20
_REQUEST_LINE = re.compile(r"[A-Z]+ \S+ HTTP/1\.[01]")


class Request(NamedTuple):
    """One HTTP/1.1 request: its first line, its headers (names in lower case), and its body, put together if chunked."""

    line: str
    headers: dict[str, str]
    body: bytes


def parse_head(head: bytes) -> tuple[str, dict[str, str]]:
    """The first line and the headers (names in lower case, repeated ones joined by commas) before an empty line."""
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        name, value = name.strip().lower(), value.strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return first, headers


def take_chunked(data: bytes | bytearray, at: int) -> tuple[bytes, int] | None:
    """The body that begins at this place in chunked coding, and where it ends; None when it is not all there yet."""
    body = bytearray()
    while (end := data.find(b"\r\n", at)) >= 0:
        size = int(bytes(data[at:end]).split(b";")[0].strip(), 16)
        if size == 0:
            trailer = end if data[end + 2 : end + 4] == b"\r\n" else data.find(b"\r\n\r\n", end + 2)
            return (bytes(body), trailer + 4) if trailer >= 0 else None
        at = end + 2 + size + 2
        if at > len(data):
            return None
        body += data[end + 2 : at - 2]
    return None


class RequestParser:
    """Takes bytes as they come on one connection and gives back each request once it is whole."""

    def __init__(self) -> None:
        self._data = bytearray()
        self.opaque = False  # what came is no HTTP/1.1; nothing more is read into it

    def feed(self, data: bytes) -> list[Request]:
        """The requests that these bytes complete, kept-alive ones too."""
        if self.opaque:
            return []
        self._data += data
        done = []
        try:
            while request := self._take():
                done.append(request)
        except ValueError:
            self.opaque = True
        return done

    def _take(self) -> Request | None:
        end = self._data.find(b"\r\n\r\n")
        if end < 0:
            if len(self._data) > _HEAD_LIMIT:
                raise ValueError("no end of the headers")
            return None
        line, headers = parse_head(bytes(self._data[:end]).lstrip(b"\r\n"))
        if not _REQUEST_LINE.fullmatch(line):
            raise ValueError(f"no request line: {line[:40]!r}")
        taken = self._body(headers, end + 4)
        if taken is None:
            return None
        body, over = taken
        del self._data[:over]
        return Request(line, headers, body)

    def _body(self, headers: dict[str, str], at: int) -> tuple[bytes, int] | None:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return take_chunked(self._data, at)
        over = at + int(headers.get("content-length", "0"))
        return (bytes(self._data[at:over]), over) if len(self._data) >= over else None


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection by RST."""
    connection: socket.socket = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):  # it is closed already
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class LoopServer:
    """A loopback TCP server on an event loop in a thread of its own; leaving it ends every connection and the thread."""

    def __init__(self, upstream: str) -> None:
        parts = urlsplit(upstream)
        if not parts.hostname or not parts.port:
            raise ValueError(f"an upstream is http://127.0.0.1:PORT, not {upstream!r}")
        self.upstream = (parts.hostname, parts.port)
        self.port = 0
        self.errors: list[Exception] = []  # its own mistakes, said at the end; what a client does is none
        self._tasks: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where the proxy listens; put it in the place of the upstream."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._run, name=type(self).__name__, daemon=True)
        self._thread.start()
        if not self._ready.wait(10) or self._failure:
            raise RuntimeError(f"{type(self).__name__} did not start") from self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop and self._stop:
            with contextlib.suppress(RuntimeError):  # the loop is over already
                self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread:
            self._thread.join(10)
            assert not self._thread.is_alive(), f"{type(self).__name__} does not end"
        if error is None and (self.errors or self._failure):
            raise RuntimeError(f"{type(self).__name__} is at fault itself") from next(iter(self.errors), self._failure)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Handle one connection; whatever a client's hanging up raises may be let through."""
        raise NotImplementedError

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A new connection to the upstream."""
        return await asyncio.open_connection(*self.upstream)

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as error:
            self._failure = error
        finally:
            self._ready.set()

    async def _main(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, backlog=256)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        try:
            await self._stop.wait()
        finally:
            server.close()
            await asyncio.sleep(0.01)  # what was accepted last has its task by now
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await asyncio.sleep(0)  # aborted sockets are closed in the loop's next turn

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self.serve(reader, writer)
        except (OSError, EOFError):
            pass  # the client hung up
        except asyncio.CancelledError:
            writer.transport.abort()
        except Exception as error:
            self.errors.append(error)
        finally:
            self._tasks.discard(task)
            writer.close()


class Recorder(LoopServer):
    """Passes TCP through to the upstream and keeps what the client sends: to show that nothing private goes out."""

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream)
        self.connections = 0
        self._sent: list[bytes] = []
        self._requests: list[Request] = []

    @property
    def sent(self) -> bytes:
        """Every byte of every client, in the order of arrival, read into or not."""
        return b"".join(self._sent)

    @property
    def requests(self) -> list[Request]:
        """The whole HTTP/1.1 requests, in the order in which they were complete."""
        return list(self._requests)

    @property
    def request_lines(self) -> list[str]:
        """The first line of each request."""
        return [request.line for request in self.requests]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Both ways at once; what cannot be passed on is kept all the same."""
        self.connections += 1
        parser = RequestParser()
        try:
            back, forth = await self.connect()
        except OSError:
            self._keep(await reader.read(CHUNK), parser)
            return
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._forth(reader, forth, parser))
                both.create_task(self._back(back, writer))
        except* OSError:
            reset(writer)  # as the upstream did
        finally:
            forth.transport.abort()

    def _keep(self, data: bytes, parser: RequestParser) -> None:
        self._sent.append(data)
        self._requests += parser.feed(data)

    async def _forth(self, reader: asyncio.StreamReader, forth: asyncio.StreamWriter, parser: RequestParser) -> None:
        while data := await reader.read(CHUNK):
            self._keep(data, parser)  # before it is passed on: who has an answer finds its request here
            forth.write(data)
            await forth.drain()
        forth.write_eof()

    async def _back(self, back: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await back.read(CHUNK):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
