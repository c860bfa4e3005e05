"""The screen in a browser (extra `serve`): loopback alone, an address nobody can guess, a bounded number of visitors.

textual-serve gives every visitor a process of their own and has no login. A page anywhere on the web may ask a browser to open a
socket on this machine, so each route lies under a random token, and a socket is opened only for a page that came from here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import shlex
import socket
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.cli.problems import stop, warn
from reader.resources import resource_dir

if TYPE_CHECKING:
    from aiohttp import web

HOST = "127.0.0.1"
_PATIENCE = 3.0  # seconds that a visitor's process has to end by itself once the tab is closed


def serve(words: Sequence[str], *, port: int, visitors: int) -> None:
    """Serve `caveat served WORDS` until Ctrl+C. Raises SystemExit."""
    try:
        import textual_serve  # noqa: F401
    except ImportError:
        stop("the browser needs the extra: pip install 'caveat-lector[serve]'")
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        stop(f"--port {port}: cannot be used ({error.strerror}); leave it out to take a free one")
    listening.listen()
    token = secrets.token_urlsafe(24)
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    command = "exec " + shlex.join([sys.executable, "-m", "reader", "served", *words])
    click.echo(f"{address}/{token}/")
    warn(f"open that address in a browser on this machine; at most {visitors} at a time; Ctrl+C ends it")
    _run(command, address, token, visitors, listening)


def _run(command: str, address: str, token: str, visitors: int, listening: socket.socket) -> None:
    from aiohttp import web

    logging.basicConfig(level=logging.CRITICAL)
    with contextlib.suppress(KeyboardInterrupt):
        web.run_app(
            _application(command, address, token, visitors),
            sock=listening,
            print=lambda *_: None,
            shutdown_timeout=_PATIENCE,
        )


def _application(command: str, address: str, token: str, visitors: int) -> web.Application:
    """The routes, all of them under the token; a download has a key of its own that nobody can guess."""
    import aiohttp_jinja2
    import jinja2
    from aiohttp import WSMsgType, web
    from textual_serve.app_service import AppService
    from textual_serve.server import Server, to_int

    class Visitor(AppService):
        """A visitor's process, killed when it does not end by itself."""

        async def stop(self) -> None:
            """End it."""
            try:
                await asyncio.wait_for(super().stop(), _PATIENCE)
            except TimeoutError:
                if self._process is not None and self._process.returncode is None:
                    self._process.kill()

    class Guarded(Server):
        """textual-serve's server without its open doors."""

        visitors = 0

        async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
            """One visitor, for as long as the tab is open."""
            if request.headers.get("Origin") != address:
                raise web.HTTPForbidden(text="This address is for the page that it serves.")
            if self.visitors >= visitors:
                raise web.HTTPServiceUnavailable(text=f"At most {visitors} can read at a time.")
            self.visitors += 1
            try:
                return await self._visit(request)
            finally:
                self.visitors -= 1

        async def _visit(self, request: web.Request) -> web.WebSocketResponse:
            line = web.WebSocketResponse(heartbeat=5)
            await line.prepare(request)
            visitor = Visitor(
                command,
                write_bytes=line.send_bytes,
                write_str=line.send_str,
                close=lambda: _close(line),
                download_manager=self.download_manager,
            )
            await visitor.start(to_int(request.query.get("width", ""), 80), to_int(request.query.get("height", ""), 24))
            try:
                async for message in line:
                    if message.type == WSMsgType.TEXT:
                        await _tell(visitor, line, message.json())
            finally:
                await asyncio.shield(visitor.stop())
            return line

    async def _close(line: web.WebSocketResponse) -> None:
        await line.close()

    async def _tell(visitor: Visitor, line: web.WebSocketResponse, message: list[object]) -> None:
        match message:
            case ["stdin", str(data)]:
                await visitor.send_bytes(data.encode("utf-8"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                await visitor.set_terminal_size(width, height)
            case ["ping", data]:
                await line.send_json(["pong", data])
            case ["blur", *_]:
                await visitor.blur()
            case ["focus", *_]:
                await visitor.focus()

    server = Guarded(command, host=HOST, title="Caveat", public_url=address)
    application = web.Application()
    aiohttp_jinja2.setup(application, loader=jinja2.FileSystemLoader(resource_dir("styles") / "web"))
    application.add_routes(
        [
            web.get(f"/{token}/", server.handle_index, name="index"),
            web.get(f"/{token}/ws", server.handle_websocket, name="websocket"),
            web.get("/download/{key}", server.handle_download, name="download"),
            web.static(f"/{token}/static", server.statics_path, name="static"),
        ]
    )
    return application
