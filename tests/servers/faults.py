"""A loopback HTTP/1.1 proxy that spoils a share of an upstream's answers, in every way that a network or a server can."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tests.servers.recorder import CHUNK, LoopServer, Request, RequestParser, parse_head, reset, take_chunked

HUGE = 200 << 20
DRIP = 0.05
NOWHERE = "http://127.0.0.2:9/"
JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
_REASONS = {
    200: "OK", 302: "Found", 429: "Too Many Requests",
    500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
}  # fmt: skip
_PER_HOP = frozenset(
    "connection keep-alive proxy-connection te trailer transfer-encoding upgrade content-length".split()
)


@dataclass(frozen=True)
class Answer:
    """A whole HTTP answer; its length and its connection's fate are added when it is written."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    length: int | None = None  # what a HEAD says of a body that it does not have

    def head(self) -> bytes:
        """The status line and the headers, with the whole body's length."""
        size = len(self.body) if self.length is None else self.length
        lines = [f"HTTP/1.1 {self.status} {self.reason}", *(f"{name}: {value}" for name, value in self.headers)]
        return "\r\n".join([*lines, f"Content-Length: {size}", "", ""]).encode("latin-1")


def _page(status: int, text: str, *headers: tuple[str, str]) -> Answer:
    body = f"<!DOCTYPE html><html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>"
    return Answer(status, _REASONS[status], (("Content-Type", HTML), *headers), body.encode())


# Faults that are another whole answer


def _wrong_type(_: Answer, rng: Random) -> Answer:
    return _page(200, "Sign in to the network")


def _junk(_: Answer, rng: Random) -> Answer:
    return Answer(200, "OK", (("Content-Type", JSON),), b"\x80" + rng.randbytes(rng.randint(1, 5000)))


def _truncated(answer: Answer, rng: Random) -> Answer:
    text = answer.body.rstrip()  # without a last line break alone it would be whole
    return replace(answer, body=text[: rng.randrange(1, max(2, len(text)))])


def _empty(answer: Answer, rng: Random) -> Answer:
    return Answer(200, "OK", (("Content-Type", JSON),), b"")


def _status(_: Answer, rng: Random) -> Answer:
    status = rng.choice([500, 502, 503, 504])
    return _page(status, _REASONS[status])


def _busy(_: Answer, rng: Random) -> Answer:
    return _page(429, "Too many requests", ("Retry-After", rng.choice("01")))


def _redirect(_: Answer, rng: Random) -> Answer:
    return _page(302, "Moved", ("Location", NOWHERE))


def _bad_gzip(answer: Answer, rng: Random) -> Answer:
    """Junk from the first byte on, junk behind a good beginning, or the real thing with a hole in it."""
    whole = gzip.compress(answer.body)
    hole = rng.randrange(10, max(11, len(whole) - 8))
    body = rng.choice(
        [b"\xff" + rng.randbytes(200), whole[:10] + b"\xff" * 100, whole[:hole] + b"\xff" * 64 + whole[hole + 64 :]]
    )
    return replace(answer, headers=(*answer.headers, ("Content-Encoding", "gzip")), body=body)


def _mangled(answer: Answer, rng: Random) -> Answer:
    try:
        value = json.loads(answer.body)
    except ValueError:
        value = None
    return Answer(200, "OK", (("Content-Type", JSON),), json.dumps(mangle(value, rng), ensure_ascii=False).encode())


def mangle(value: Any, rng: Random) -> Any:
    """The value with at least one part of it in another JSON type than it had: some few parts, or many."""
    share = 10 ** rng.uniform(-4.5, -0.7)
    spoilt = _spoil(value, rng, share)
    if spoilt != value:
        return spoilt
    if isinstance(value, dict) and value:
        one = rng.choice(list(value))
        return value | {one: _other(value[one], rng)}
    return _other(value, rng)


def _spoil(value: Any, rng: Random, share: float) -> Any:
    if rng.random() < share:
        return _other(value, rng)
    if isinstance(value, dict):
        return {name: _spoil(part, rng, share) for name, part in value.items()}
    if isinstance(value, list):
        return [_spoil(part, rng, share) for part in value]
    return value


def _other(value: Any, rng: Random) -> Any:
    """Something of another JSON type: null, a list for a map, a number for a string."""
    others: list[Any] = [None, [], [None, 7], {}, {"id": 7}, 7, -1.5, "", "7", True]
    if isinstance(value, dict):
        others += [list(value.values())] * 3
    if isinstance(value, list):
        others += [dict(enumerate(value))] * 3
    number = type(value) in (int, float)
    return rng.choice([o for o in others if type(o) is not type(value) and not (number and type(o) in (int, float))])


_OTHERS: dict[str, Callable[[Answer, Random], Answer]] = {
    "wrong-type": _wrong_type, "junk": _junk, "truncated-json": _truncated, "empty": _empty, "status": _status,
    "busy": _busy, "redirect": _redirect, "bad-gzip": _bad_gzip, "mangled": _mangled,
}  # fmt: skip
_UNASKED = frozenset({"wrong-type", "junk", "empty", "status", "busy", "redirect", "huge"})  # the upstream is not asked
KINDS = ("reset", "stall", "half", "delay", "huge", "slow-drip", *_OTHERS)


# The proxy


class _Line:
    """One client's connection: the next request, writing, waiting while the client is there."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self._parser = RequestParser()
        self._waiting: list[Request] = []

    async def next(self) -> Request | None:
        """The next request; None when the client is done or speaks something else."""
        while not self._waiting:
            data = await self.reader.read(CHUNK)
            if not data or self._parser.opaque:
                return None
            self._waiting += self._parser.feed(data)
        return self._waiting.pop(0)

    async def send(self, data: bytes) -> None:
        """Write; raises when the client is gone."""
        self.writer.write(data)
        await self.writer.drain()

    async def hold(self, seconds: float) -> None:
        """Wait, but no longer than the client does."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while data := await self.reader.read(CHUNK):
                    self._waiting += self._parser.feed(data)
                raise ConnectionResetError("the client hung up")


class FaultProxy(LoopServer):
    """Stands before an upstream and gives a share of the requests a fault, drawn from a seed by the request's number."""

    def __init__(
        self,
        upstream: str,
        *,
        seed: int,
        share: float = 1.0,
        patience: float = 30.0,
        kinds: Sequence[str] | None = None,
    ) -> None:
        super().__init__(upstream)
        self.kinds = tuple(kinds) if kinds is not None else KINDS
        if unknown := set(self.kinds) - set(KINDS):
            raise ValueError(f"no such faults: {sorted(unknown)}")
        self.seed, self.share, self.patience = seed, share, patience
        self.on = True
        self.counts: Counter[str] = Counter()
        self._number = 0
        self._by_hand: dict[str, Callable[[_Line, Answer, Random], Awaitable[bool]]] = {
            "reset": self._reset, "stall": self._stall, "half": self._half,
            "delay": self._delay, "huge": self._huge, "slow-drip": self._slow_drip,
        }  # fmt: skip

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Requests one after the other, until a fault or a side ends the connection."""
        line = _Line(reader, writer)
        while request := await line.next():
            kept = await self._handle(request, line)
            if not kept or request.headers.get("connection", "").lower() == "close":
                return

    async def _handle(self, request: Request, line: _Line) -> bool:
        """Answer one request; whether the connection goes on."""
        self._number += 1
        rng = Random(f"{self.seed}/{self._number}")
        heads = request.line.startswith("HEAD ")  # a fault's body would be taken for the next answer
        if heads or not (self.on and self.kinds and rng.random() < self.share):
            self.counts["clean"] += 1
            answer = await self._ask(request)
            await line.send(answer.head() + answer.body)
            return True
        kind = rng.choice(self.kinds)
        self.counts[kind] += 1
        answer = _page(200, "OK") if kind in _UNASKED else await self._ask(request, plain=True)
        if kind in self._by_hand:
            return await self._by_hand[kind](line, answer, rng)
        other = _OTHERS[kind](answer, rng)
        await line.send(other.head() + other.body)
        return True

    async def _ask(self, request: Request, *, plain: bool = False) -> Answer:
        """The upstream's own answer, uncompressed if its text is to be spoilt; 502 when it cannot be had."""
        try:
            reader, writer = await self.connect()
            try:
                writer.write(_forwarded(request, self.upstream, plain=plain))
                await writer.drain()
                return _answer(await reader.read(-1), heads=request.line.startswith("HEAD "))
            finally:
                writer.transport.abort()
        except (OSError, ValueError):
            return _page(502, "Bad Gateway")

    async def _reset(self, line: _Line, answer: Answer, rng: Random) -> bool:
        stage = rng.choice(["before", "headers", "middle"])
        if stage != "before":
            sent = answer.head() + (answer.body[: len(answer.body) // 2] if stage == "middle" else b"")
            await line.send(sent)
            await line.hold(0.01)  # it is to arrive first
        reset(line.writer)
        return False

    async def _stall(self, line: _Line, answer: Answer, rng: Random) -> bool:
        await line.send(answer.head())
        await line.hold(self.patience)
        return False

    async def _half(self, line: _Line, answer: Answer, rng: Random) -> bool:
        await line.send(answer.head() + answer.body[: len(answer.body) // 2])
        return False

    async def _delay(self, line: _Line, answer: Answer, rng: Random) -> bool:
        await line.hold(self.patience)
        await line.send(answer.head() + answer.body)
        return True

    async def _huge(self, line: _Line, answer: Answer, rng: Random) -> bool:
        """A string in JSON that does not end, its length said or chunked."""
        chunked = rng.random() < 0.5
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\n"
        head += "Transfer-Encoding: chunked\r\n\r\n" if chunked else f"Content-Length: {HUGE}\r\n\r\n"
        await line.send(head.encode())
        block = b'{"entities": {"Q1": {"id": "'.ljust(CHUNK, b"x")
        for _ in range(HUGE // CHUNK):
            await line.send(b"%x\r\n%b\r\n" % (CHUNK, block) if chunked else block)
            block = b"x" * CHUNK
            await asyncio.sleep(0)  # a client that reads fast would keep the others waiting
        await line.send(b"0\r\n\r\n" if chunked else b"")
        return True

    async def _slow_drip(self, line: _Line, answer: Answer, rng: Random) -> bool:
        await line.send(answer.head())
        for byte in answer.body:
            await line.send(bytes([byte]))
            await line.hold(DRIP)
        return True


def _forwarded(request: Request, upstream: tuple[str, int], *, plain: bool) -> bytes:
    """The request as the upstream gets it, on a connection of its own."""
    own = _PER_HOP | {"host", "expect", *(["accept-encoding"] if plain else [])}
    lines = [request.line, f"Host: {upstream[0]}:{upstream[1]}"]
    lines += [f"{name}: {value}" for name, value in request.headers.items() if name not in own]
    if request.body or not request.line.startswith(("GET ", "HEAD ")):
        lines.append(f"Content-Length: {len(request.body)}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + request.body


def _answer(data: bytes, *, heads: bool) -> Answer:
    """An answer that was read to the connection's end."""
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        raise ValueError("the upstream gave no whole answer")
    first, headers = parse_head(head)
    _, status, reason = (*first.split(" ", 2), "")[:3]
    if "chunked" in headers.get("transfer-encoding", "").lower():
        taken = take_chunked(body, 0)
        if taken is None:
            raise ValueError("the upstream's answer is cut")
        body = taken[0]
    length = int(headers.get("content-length", len(body)))
    if length > len(body) and not heads:
        raise ValueError("the upstream's answer is cut")
    kept = tuple((name, value) for name, value in _pairs(head) if name.lower() not in _PER_HOP)
    return Answer(int(status), reason, kept, body, length if heads else None)


def _pairs(head: bytes) -> list[tuple[str, str]]:
    """The headers as they were sent, repeated ones too."""
    lines = head.decode("latin-1").split("\r\n")[1:]
    return [(name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
