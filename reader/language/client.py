"""The desk's side of the language worker: starts it, streams parses, and says plainly when it is gone."""

from __future__ import annotations

import asyncio
import contextlib
import struct
import sys
from collections.abc import AsyncIterator, Sequence

import msgspec

from reader.language.model import Answer, Parsed, ParseRequest, Ready, Refused

_HEADER = struct.Struct(">I")
_BATCH = 16
_STDERR_KEPT = 2000
_LOAD_SECONDS = 120.0
_PARSE_SECONDS = 60.0
_CLOSE_SECONDS = 2.0


class WorkerError(Exception):
    """The language worker cannot be used (any more); the message is one line."""


class LanguageWorker:
    """One worker process. Use `start`, then `parse` as often as wanted, then `close`."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._process: asyncio.subprocess.Process | None = None
        self._decoder = msgspec.msgpack.Decoder(Answer)
        self._errors = b""
        self._drain: asyncio.Task[None] | None = None
        self.described = ""

    @property
    def pid(self) -> int | None:
        """The process's number while it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Start the process and wait until its model is loaded. Raises WorkerError."""
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "reader.language.worker",
                self._model,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
        except OSError as error:
            raise WorkerError(f"the language worker could not be started ({error.strerror})") from error
        self._drain = asyncio.create_task(self._keep_errors(), name="language worker's stderr")
        answer = await self._answer(_LOAD_SECONDS)
        if isinstance(answer, Refused):
            raise WorkerError(answer.reason)
        if isinstance(answer, Ready):
            self.described = f"{answer.model} {answer.version}"

    async def parse(self, requests: Sequence[ParseRequest]) -> AsyncIterator[Parsed | Refused]:
        """Yield an answer for each request, in order, a few paragraphs ahead of the reader. Raises WorkerError."""
        batches = [requests[at : at + _BATCH] for at in range(0, len(requests), _BATCH)]
        for ahead in batches[:1]:
            await self._send(ahead)
        for number, batch in enumerate(batches):
            if number + 1 < len(batches):
                await self._send(batches[number + 1])
            for _ in batch:
                answer = await self._answer(_PARSE_SECONDS)
                if not isinstance(answer, Ready):
                    yield answer

    async def close(self) -> None:
        """End the process: its pipe closes, and it is killed if it does not heed that."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), _CLOSE_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if self._drain:
            self._drain.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._drain

    async def _send(self, batch: Sequence[ParseRequest]) -> None:
        stdin = self._process.stdin if self._process else None
        if stdin is None:
            raise WorkerError("the language worker is not running")
        body = msgspec.msgpack.encode(list(batch))
        try:
            stdin.write(_HEADER.pack(len(body)) + body)
            await stdin.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            raise WorkerError(self._epitaph()) from error

    async def _answer(self, seconds: float) -> Answer:
        stdout = self._process.stdout if self._process else None
        if stdout is None:
            raise WorkerError("the language worker is not running")
        try:
            async with asyncio.timeout(seconds):
                (length,) = _HEADER.unpack(await stdout.readexactly(_HEADER.size))
                return self._decoder.decode(await stdout.readexactly(length))
        except asyncio.IncompleteReadError as error:
            raise WorkerError(self._epitaph()) from error
        except TimeoutError as error:
            raise WorkerError(f"the language worker gave no answer for {seconds:.0f} s") from error
        except msgspec.MsgspecError as error:
            raise WorkerError("the language worker sent something that is no answer") from error

    async def _keep_errors(self) -> None:
        stderr = self._process.stderr if self._process else None
        while stderr and (chunk := await stderr.read(4096)):
            self._errors = (self._errors + chunk)[-_STDERR_KEPT:]

    def _epitaph(self) -> str:
        last = self._errors.decode("utf-8", "replace").strip().splitlines()[-1:]
        return "the language worker stopped" + (f" ({last[0][:160]})" if last else "")
