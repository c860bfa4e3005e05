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
_LONGEST_FRAME = 64 * 1024 * 1024
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
        self._owed = 0
        self._room = asyncio.Semaphore(_BATCH * 2)
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
        """Yield an answer for each request, in order, a few paragraphs ahead of the reader. Raises WorkerError.

        Requests are sent while answers are read, so that neither side waits for the other's full pipe; what an
        earlier, given-up parse still owes is passed over first.
        """
        while self._owed:
            await self._answer(_PARSE_SECONDS)
            self._owed -= 1
        sending = asyncio.create_task(self._send_all(requests), name="send paragraphs to the language worker")
        try:
            for _ in requests:
                answer = await self._next_answer(sending)
                self._owed -= 1
                self._room.release()
                if not isinstance(answer, Ready):
                    yield answer
        finally:
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError, WorkerError):
                await sending

    async def _send_all(self, requests: Sequence[ParseRequest]) -> None:
        self._room = asyncio.Semaphore(_BATCH * 2)
        for at in range(0, len(requests), _BATCH):
            batch = requests[at : at + _BATCH]
            for _ in batch:
                await self._room.acquire()
            self._owed += len(batch)
            await self._send(batch)

    async def _next_answer(self, sending: asyncio.Task[None]) -> Answer:
        """The next answer; a failure to send is as good a reason to stop as a failure to read."""
        await asyncio.sleep(0)
        if sending.done() and (failed := sending.exception()) is not None:
            raise failed
        return await self._answer(_PARSE_SECONDS)

    async def close(self) -> None:
        """End the process: its pipe closes, and it is killed if it does not heed that."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        discarding = asyncio.create_task(_discard(process.stdout), name="discard the language worker's answers")
        try:
            await asyncio.wait_for(process.wait(), _CLOSE_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        finally:
            discarding.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await discarding
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
                if length > _LONGEST_FRAME:
                    raise WorkerError("the language worker sent something that is no answer")
                answer: Answer = self._decoder.decode(await stdout.readexactly(length))
                return answer
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


async def _discard(stream: asyncio.StreamReader | None) -> None:
    """Read what nobody wants any more: a full pipe would keep the process's end from being seen."""
    while stream is not None and await stream.read(65536):
        pass
