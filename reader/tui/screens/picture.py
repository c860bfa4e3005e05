"""A picture over the reading screen: fetched now, because the reader asked for it, and gone when it is closed."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from reader.settings import Sources
from reader.tui.keymap import Keymap
from reader.tui.pictures import PictureError, strips_of
from reader.tui.screens.sheets import Sheet

_AROUND = 6  # rows of the sheet that are not the picture


class _Canvas(Widget):
    """The lines of a picture."""

    DEFAULT_CSS = "_Canvas { width: auto; height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self._strips: list[Strip] = []

    def paint(self, strips: list[Strip]) -> None:
        """Show these lines."""
        self._strips = strips
        self.styles.width = max((s.cell_length for s in strips), default=1)
        self.styles.height = max(1, len(strips))
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        """One line."""
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width)


class PictureScreen(Sheet[None]):
    """The picture of one page, with whose it is."""

    def __init__(self, keymap: Keymap, title: str, settings: Sources) -> None:
        super().__init__(keymap)
        self._title, self._settings = title, settings
        self._canvas = _Canvas()
        self._words = Static("asking for a picture …", markup=False)

    def compose(self) -> ComposeResult:
        """The picture over its credit."""
        with Vertical(classes="dialog-body"):
            yield self._canvas
            yield self._words

    def on_mount(self) -> None:
        """Ask."""
        self._fetch()

    @work(exclusive=True, exit_on_error=False)
    async def _fetch(self) -> None:
        from reader.desk.pictures import NoPictureError, fetched

        room = self.app.size.width * 85 // 100 - 6, self.app.size.height * 85 // 100 - _AROUND
        try:
            picture = await fetched(self._title, self._settings)
            self._canvas.paint(strips_of(picture.data, *room))
        except (NoPictureError, PictureError) as error:
            self._words.update(Content(f"{self._title}: {error}"))
        else:
            self._words.update(Content.assemble((f"\n{self._title}\n", "bold"), (picture.credit, "$muted")))
