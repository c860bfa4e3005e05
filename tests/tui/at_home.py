"""A reader with an article and a library on disk: the program is closed and opened again over both."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from reader.article.load import load_path
from reader.article.model import Article
from reader.desk import DeskOptions
from reader.library import Library
from reader.settings import Settings
from reader.tui.app import CaveatApp
from reader.tui.opened import Opened
from tests.tui.conftest import Reader

KEYS = {" ": "space", "[": "left_square_bracket", "]": "right_square_bracket", "/": "slash", "'": "apostrophe", ".": "full_stop", ";": "semicolon", "-": "minus"}  # fmt: skip
GUTTER_OF_NOTES = 3


def keys_of(words: str) -> list[str]:
    """The keys that type some words."""
    return [KEYS.get(char, char) for char in words]


def signs_of_notes(seen: Reader, paragraph: int) -> str:
    """The signs of notes that are painted beside a paragraph, from its first row to its last."""
    region = seen.pane.region
    rows = [row for row in seen.rows_of(paragraph) if 0 <= row < region.height]
    return "".join(seen.lines[region.y + row][region.x + GUTTER_OF_NOTES] for row in rows).replace(" ", "")


def kept(seen: Reader) -> tuple[list[tuple[str, str, str]], dict[str, tuple[int, int]]]:
    """What the library holds of the article: quotes, colours and words of the notes, and where the marks are."""
    library, key = seen.reading.library, seen.reading.key
    notes = sorted((n.quote, n.colour, n.words) for n in library.notes(key))
    return notes, {name: (place.paragraph, place.at) for name, place in library.marks(key).items()}


class AtHome:
    """One reader's files, and the program over them as often as it is opened."""

    def __init__(self, folder: Path) -> None:
        self.article = folder / "article.md"
        self.library = folder / "data" / "library.sqlite"

    def was_here_before(self) -> None:
        """The reader is no newcomer: nothing is said for the first time, which would lie over the text."""
        library = Library(self.library)
        library.tell_once("first run")
        library.close()

    def write(self, *paragraphs: str) -> None:
        """The article is, or now is, these paragraphs."""
        self.article.write_text("\n\n".join(paragraphs) + "\n", "utf-8")

    def _again(self) -> Article | None:
        return load_path(self.article) if self.article.is_file() else None

    @contextlib.asynccontextmanager
    async def open(
        self, *, size: tuple[int, int] = (120, 40), own: Settings | None = None, checked: bool = False
    ) -> AsyncIterator[Reader]:
        """Open the article; at the end the program is quit and the library closed."""
        library = Library(self.library)
        opened = Opened(load_path(self.article), DeskOptions(), own or Settings(), library, str(self.article), self._again)  # fmt: skip
        app = CaveatApp(opened)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            seen = Reader(app, pilot)
            await seen.until(lambda: not seen.has_dialog and seen.pane.is_laid_out, "the article is laid out")
            await pilot.pause(0.06)
            if checked:
                await seen.until_checked()
            yield seen
        library.close()

    async def reload(self, seen: Reader) -> None:
        """Press R, and wait until the article is there again."""
        before = seen.reading
        await seen.press("R")
        await seen.until(lambda: seen.reading is not before and seen.pane.is_laid_out, "the article is read again")
        await seen.pilot.pause(0.1)
