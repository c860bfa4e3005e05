"""A ZIM file of a test's own pages, and a real kiwix-serve on loopback that serves it."""

from __future__ import annotations

import datetime
import importlib.util
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from tests.servers.processes import Running, serve


def missing_programs() -> list[str]:
    """What this machine lacks; empty when a ZIM file can be written and served."""
    missing = [] if shutil.which("kiwix-serve") else ["kiwix-tools"]
    return missing if importlib.util.find_spec("libzim") else [*missing, "libzim"]


def write_zim(path: Path, pages: Sequence[tuple[str, str, str]], language: str = "eng", name: str = "test") -> None:
    """Write pages (path, title, HTML) as a ZIM file with both indexes; the first page is the main page.

    libzim writes the counter of MIME types and both indexes by itself: the full text because indexing is on, the titles
    because each page is marked as an article.
    """
    from libzim.writer import Creator

    with Creator(path).config_indexing(True, language).set_mainpath(pages[0][0]) as creator:
        for key, value in _metadata(language, name).items():
            creator.add_metadata(key, value)
        for where, title, text in pages:
            creator.add_item(_article(where, title, text))


def _metadata(language: str, name: str) -> dict[str, str]:
    """The entries that the ZIM format makes mandatory."""
    return {
        "Name": name,
        "Title": name.capitalize(),
        "Language": language,
        "Description": "Pages of a test",
        "Creator": "Tests",
        "Publisher": "Tests",
        "Date": datetime.date.today().isoformat(),
        "Tags": "_ftindex:yes",
    }


def _article(where: str, title: str, text: str) -> Any:
    """One page as libzim takes it; the class is made here because libzim may not be there."""
    from libzim.writer import Hint, Item, StringProvider

    class Article(Item):
        def get_path(self) -> str:
            return where

        def get_title(self) -> str:
            return title

        def get_mimetype(self) -> str:
            return "text/html"

        def get_contentprovider(self) -> StringProvider:
            return StringProvider(text)

        def get_hints(self) -> dict[Hint, int]:
            return {Hint.FRONT_ARTICLE: True}

    return Article()


class KiwixServe:
    """kiwix-serve over one ZIM file, alive as long as the `with` block; it logs beside the file.

    `url` is its root and `book` the name that it gave to the file: "{url}/raw/{book}/content/{path}".
    """

    def __init__(self, zim: Path) -> None:
        self.zim = zim.resolve()
        self.url = ""
        self.book = ""
        self._running: Running | None = None

    def __enter__(self) -> Self:
        self._running = serve(self._words, self._ready, self.zim.with_suffix(".log"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._running is not None:
            self._running.end()

    def _words(self, port: int) -> list[str]:
        """kiwix-serve's own command line for a port."""
        self.url = f"http://127.0.0.1:{port}"
        return ["kiwix-serve", "--address=127.0.0.1", f"--port={port}", str(self.zim)]

    def _ready(self, port: int) -> bool:
        """Whether it answers; its catalogue says what it calls the book."""
        try:
            feed = httpx.get(f"{self.url}/catalog/v2/entries", trust_env=False).text
        except httpx.TransportError:
            return False
        link = re.search(r'<link type="text/html"\s+href="[^"]*/([^"/]+)"', feed)
        self.book = link[1] if link else ""
        return bool(link)
