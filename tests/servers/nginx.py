"""A real nginx on loopback before another server: the refusals, the slowness and the broken bodies of the open web."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from tests.servers.processes import Running, serve

KINDS = ("plain", "limited", "banned", "forbidden", "dead", "slow", "cut", "bomb", "html", "away", "moved")
"""What can be asked of `Nginx.url`."""

AWAY = "http://127.0.0.2:9/elsewhere"
"""Where "away" sends its visitors."""

BOMB_BYTES = 100_000_000
"""The length of the bomb once it is unpacked; on the wire it is about a thousandth."""

CONFIG = r"""
daemon off;
{user}worker_processes 1;
pid "{folder}/nginx.pid";
error_log "{folder}/error.log";
events {{ worker_connections 512; }}

http {{
	client_body_temp_path "{folder}/body";
	proxy_temp_path "{folder}/proxy";
	fastcgi_temp_path "{folder}/fastcgi";
	uwsgi_temp_path "{folder}/uwsgi";
	scgi_temp_path "{folder}/scgi";
	log_format one '$status $request_method $request_uri "$http_user_agent"';
	access_log "{folder}/access.log" one;

	# The kind, and the address after it as it came: nothing is decoded on the way.
	map $request_uri $kind {{ "~^/(?<head>[a-z]+)/" $head; default plain; }}
	map $request_uri $rest {{ "~^/[a-z]+(?<tail>/.*)$" $tail; default /; }}
	map $status $retry_after {{ 429 1; default ""; }}
	map $http_user_agent $generic {{
		"" 1;
		"~*^(python-|httpx|curl/|wget/|aiohttp/|go-http-client/|java/|libwww-perl/)" 1;
		default 0;
	}}
	limit_req_zone $binary_remote_addr zone=visitors:1m rate={rate}r/s;
	limit_req_status 429;

	upstream wiki {{ server {upstream} max_fails=0; }}
	upstream half {{ server 127.0.0.1:{half} max_fails=0; }}
	upstream nobody {{ server 127.0.0.1:{nobody} max_fails=0; }}
	proxy_set_header Host {upstream};
	proxy_redirect http://{upstream}/ /$kind/;
	proxy_redirect / /$kind/;

	server {{
		listen 127.0.0.1:{port};
		location = /ready {{ access_log off; return 204; }}
		location /plain/ {{ proxy_pass http://wiki$rest; }}
		location /limited/ {{
			limit_req zone=visitors burst={burst} nodelay;
			add_header Retry-After $retry_after always;
			proxy_pass http://wiki$rest;
		}}
		location /banned/ {{ return 403; }}
		location /forbidden/ {{
			if ($generic) {{ return 403; }}
			proxy_pass http://wiki$rest;
		}}
		location /dead/ {{ proxy_pass http://nobody$rest; }}
		location /slow/ {{
			limit_rate {slow};
			proxy_pass http://wiki$rest;
		}}
		location /cut/ {{ proxy_pass http://half$rest; }}
		location /bomb/ {{
			types {{ }}
			default_type application/json;
			add_header Content-Encoding gzip;
			root "{folder}";
			rewrite ^ /bomb.gz break;
		}}
		location /html/ {{
			default_type text/html;
			return 200 "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Our servers are busy</h1></body></html>";
		}}
		location /away/ {{ return 302 {away}; }}
		location /moved/ {{ return 301 http://$http_host/plain$rest; }}
	}}
}}
"""


def _program() -> str | None:
    """Debian keeps nginx where an ordinary user's PATH does not look."""
    return shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))


def missing_programs() -> list[str]:
    """The Debian packages that this machine lacks; empty when nginx can run."""
    return [] if _program() else ["nginx-light"]


class Nginx:
    """nginx in `folder` before `upstream` ("http://host:port"), alive as long as the `with` block.

    `url(kind)` is what to put before an address of the upstream's, "/w/api.php?…". `access_log` gets one line for each
    request, a moment after its answer: status, method, address, "user agent". `rate` (requests a second for one
    visitor) and `burst` are those of "limited", `slow` (bytes a second) that of "slow".
    """

    def __init__(self, folder: Path, upstream: str, *, rate: int = 5, burst: int = 1, slow: int = 400) -> None:
        self.folder = folder.resolve()
        self.upstream = upstream.rstrip("/")
        self.access_log = self.folder / "access.log"
        self._settings: dict[str, object] = {"rate": rate, "burst": burst, "slow": slow}
        self._running: Running | None = None
        self._ending = ExitStack()

    def url(self, kind: str) -> str:
        """The base address of one kind of trouble."""
        if kind not in KINDS or self._running is None:
            raise ValueError(f"{kind!r} is not one of {', '.join(KINDS)}, or nginx does not run")
        return f"http://127.0.0.1:{self._running.port}/{kind}"

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        _write_bomb(self.folder / "bomb.gz")
        with ExitStack() as ending:
            half = ending.enter_context(_half(self.upstream))
            nobody = ending.enter_context(socket.socket())
            nobody.bind(("127.0.0.1", 0))  # held and never listened on: nobody else can answer there
            self._settings |= {"half": half, "nobody": nobody.getsockname()[1]}
            self._running = serve(self._words, _ready, self.folder / "nginx.log")
            ending.callback(self._running.end)
            self._ending = ending.pop_all()
        atexit.register(self._ending.close)  # while the thread of "cut" still runs: later it could not be told to stop
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        atexit.unregister(self._ending.close)
        self._ending.close()

    def _words(self, port: int) -> list[str]:
        """nginx's own command line for a port; its settings are written first."""
        config = self.folder / "nginx.conf"
        config.write_text(
            CONFIG.format(
                folder=self.folder,
                port=port,
                upstream=urlsplit(self.upstream).netloc,
                user="user root root;\n" if os.geteuid() == 0 else "",
                away=AWAY,
                **self._settings,
            )
        )
        return [_program() or "nginx", "-p", str(self.folder), "-c", str(config), "-e", str(self.folder / "error.log")]


def _ready(port: int) -> bool:
    """Whether nginx answers."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/ready", trust_env=False).status_code == 204
    except httpx.TransportError:
        return False


def _write_bomb(path: Path) -> None:
    """A gzip file of zeros: about 100 kB that become 100 MB."""
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(1_000_000)
    with path.open("wb") as out:
        for _ in range(BOMB_BYTES // len(piece)):
            out.write(packer.compress(piece))
        out.write(packer.flush())


@contextmanager
def _half(upstream: str) -> Iterator[int]:
    """The port of a server that asks the real upstream, promises its whole answer and hangs up after half of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answer", (_HalfAnswer,), {"upstream": upstream}))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _HalfAnswer(BaseHTTPRequestHandler):
    """One answer of `_half`."""

    upstream: str

    def do_GET(self) -> None:
        asked = {"User-Agent": self.headers.get("User-Agent", ""), "Accept-Encoding": "identity"}
        answer = httpx.get(self.upstream + self.path, headers=asked, trust_env=False, timeout=30)
        self.send_response(answer.status_code)
        self.send_header("Content-Type", answer.headers.get("Content-Type", "application/octet-stream"))
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content[: len(answer.content) // 2])
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, the base class's own name
        """Nothing is printed; nginx keeps the log."""
