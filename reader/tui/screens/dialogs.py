"""Small sheets that ask one thing: the as-of date, a note's words, and whether to leave for a browser."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.article.clean import clean_line
from reader.article.model import AsOf
from reader.dates import parse_iso
from reader.tui.keymap import Keymap
from reader.tui.screens.sheets import Sheet
from reader.tui.widgets.prompt_line import PromptLine


class AsOfScreen(Sheet[AsOf]):
    """Ask for the day the article speaks from."""

    ASKS = True

    def __init__(self, keymap: Keymap, current: AsOf) -> None:
        super().__init__(keymap, small=True)
        iso = current.date.iso if current.date else ""
        self._line = PromptLine(iso, placeholder="2022-07-17", id="as-of")

    def compose(self) -> ComposeResult:
        """One line to type in."""
        with Vertical(classes="dialog-body"):
            yield Static("The day the article speaks from (YYYY-MM-DD, YYYY-MM or YYYY):", markup=False)
            yield self._line
            yield Static("", id="as-of-problem", markup=False)

    def on_mount(self) -> None:
        """The cursor is in the line."""
        self._line.focus()

    def submit(self, line: PromptLine) -> None:
        """Close with the date, or say what is wrong with it."""
        when = parse_iso(line.value)
        if when is None:
            self.query_one("#as-of-problem", Static).update(
                Content("That is not a date; write it like 2022-07-17, 2022-07 or 2022.")
            )
        else:
            self.dismiss(AsOf(when, "option"))


class NoteScreen(Sheet[str]):
    """Ask for the words of a note."""

    ASKS = True

    def __init__(self, keymap: Keymap, quote: str, words: str = "") -> None:
        super().__init__(keymap, small=True)
        self._quote = quote
        self._line = PromptLine(words, placeholder="your words", id="note-words", select_on_focus=False)

    def compose(self) -> ComposeResult:
        """What the note is on, and one line to type in."""
        quote = self._quote if len(self._quote) <= 240 else self._quote[:239] + "…"
        with Vertical(classes="dialog-body"):
            yield Static(Content.assemble(("A note on\n", "$muted"), (f"“{quote}”", "italic")), markup=False)
            yield self._line
            yield Static(Content.assemble(("Enter keeps it, Escape leaves it as it was.", "$muted")), markup=False)

    def on_mount(self) -> None:
        """The cursor is in the line."""
        self._line.focus()

    def submit(self, line: PromptLine) -> None:
        """Close with the words."""
        self.dismiss(clean_line(line.value))


class LeaveScreen(Sheet[bool]):
    """Show the host of an address before a browser is opened."""

    def __init__(self, keymap: Keymap, url: str) -> None:
        super().__init__(keymap, small=True)
        self._url = url

    @property
    def acts(self) -> dict[str, Callable[[], object]]:
        """Enter goes."""
        return super().acts | {"dialog-choose": self._leave}

    def compose(self) -> ComposeResult:
        """The host in bold, the whole address, and what the keys do."""
        host = urlsplit(self._url).hostname or ""
        with Vertical(classes="dialog-body"):
            yield Static(
                Content.assemble(
                    "Open ",
                    (host, "bold"),
                    " in a browser?\n\n",
                    (self._url, "$muted"),
                    "\n\nEnter opens it, Escape stays.",
                ),
                markup=False,
            )

    def _leave(self) -> None:
        self.app.open_url(self._url)
        self.dismiss(True)
