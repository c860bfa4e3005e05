"""Pictures: never fetched unasked, never from elsewhere, shown with whose they are, and harmless whatever comes."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from reader.settings import Sources, SourceSettings
from reader.sources.model import SourceError
from reader.sources.pictures import picture_of
from reader.tui.pictures import PictureError, strips_of

Image = pytest.importorskip("PIL.Image", reason="needs the extra images (Pillow)")


def png(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()


@dataclass
class Wiki:
    """A stand-in for Wikipedia's PageImages and Wikimedia's image host, which no real server on loopback has."""

    url: str = ""
    thumbnail: str | None = None
    body: bytes = field(default_factory=png)
    kind: str = "image/png"
    artist: object = "<a href='x'>Ann Oak</a>"
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[str, bytes]:
        if path.startswith("/pictures/"):
            return self.kind, self.body
        if query["prop"] == ["imageinfo"]:
            terms = {"Artist": {"value": self.artist}, "LicenseShortName": {"value": "CC BY 4.0"}}
            page = {"title": "File:Harbour.png", "imageinfo": [{"extmetadata": terms}]}
        else:
            page = {"title": "Harbour", "pageimage": "Harbour.png", "thumbnail": {"source": self.thumbnail}}
        return "application/json", json.dumps({"query": {"pages": [page]}}).encode()


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    stand_in = Wiki()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            stand_in.asked.append(self.path)
            kind, body = stand_in.answer(parts.path, parse_qs(parts.query))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    stand_in.thumbnail = f"{stand_in.url}/pictures/harbour.png"
    yield stand_in
    server.shutdown()
    server.server_close()


def settings(wiki: Wiki, **more: SourceSettings) -> Sources:
    own = {
        "wikipedia": SourceSettings(url=f"{wiki.url}/w/api.php"),
        "pictures": SourceSettings(url=f"{wiki.url}/pictures/"),
    }
    return Sources(each={**own, **more})


async def test_a_picture_comes_with_its_author_and_licence(wiki):
    picture = await picture_of("Harbour", settings(wiki))
    assert picture.data == wiki.body
    assert picture.credit == "Harbour.png · Ann Oak · CC BY 4.0"


@pytest.mark.parametrize(
    "elsewhere", ["http://127.0.0.2:9/a.png", "https://evil.example/a.png", "file:///etc/passwd", 3, None]
)
async def test_a_picture_that_lies_anywhere_else_is_not_fetched(wiki, elsewhere):
    wiki.thumbnail = elsewhere
    with pytest.raises(SourceError):
        await picture_of("Harbour", settings(wiki))
    assert not [path for path in wiki.asked if path.startswith("/pictures/")]


async def test_what_is_no_picture_is_refused(wiki):
    wiki.kind, wiki.body = "text/html", b"<html>sign in</html>"
    with pytest.raises(SourceError, match="no picture"):
        await picture_of("Harbour", settings(wiki))


async def test_a_picture_that_is_too_large_is_refused(wiki):
    wiki.body = b"\x89PNG" + b"0" * (5 << 20)
    with pytest.raises(SourceError):
        await picture_of("Harbour", settings(wiki))


async def test_switched_off_means_that_nothing_is_asked(wiki):
    with pytest.raises(SourceError, match="switched off"):
        await picture_of("Harbour", settings(wiki, pictures=SourceSettings(enabled=False)))
    assert wiki.asked == []


async def test_a_credit_is_words_and_nothing_else(wiki):
    wiki.artist = "\x1b]0;evil\x07<b onclick=x>[@click=app.quit()]Ann</b>\u202e"
    credit = (await picture_of("Harbour", settings(wiki))).credit
    assert "<" not in credit
    assert not any(ord(c) < 32 or c == "\u202e" for c in credit)


@pytest.mark.parametrize("size", [(20, 10), (1, 1), (200, 60)])
def test_a_picture_fits_into_the_room_there_is(size):
    strips = strips_of(png(90, 70), *size)
    assert 0 < len(strips) <= size[1]
    assert all(0 < s.cell_length <= size[0] for s in strips)


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" + b"\0" * 40, b"<svg onload=x/>", png()[:60], b"%PDF-1.4"]
)
def test_a_damaged_picture_is_said_in_one_line(data):
    with pytest.raises(PictureError) as told:
        strips_of(data, 40, 20)
    assert "\n" not in str(told.value)


def test_a_picture_of_absurd_size_is_not_unpacked():
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(PictureError, match="too large"):
        strips_of(out.getvalue(), 40, 20)
