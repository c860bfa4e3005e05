"""How the screen looks: themes, zen, the length of lines, the divider, the filter of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from reader.tui.widgets.line_painter import GUTTER

if TYPE_CHECKING:
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen

_STEP = 4
_LEAST_SHARE, _MOST_SHARE = 25, 80
_SHARE = 60  # per cent of the screen that the text takes


class Looking:
    """Changes what the reader sees of the text, and never where they are in it."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._share = _SHARE

    @property
    def acts(self) -> Acts:
        """What keys can do here."""
        return {
            "theme": self._screen.next_theme,
            "themes": self.choose_theme,
            "zen": self.zen,
            "narrower": lambda: self._measure(-_STEP),
            "wider": lambda: self._measure(_STEP),
            "justify": self.justify,
            "divider-left": lambda: self.divide(self._share - _STEP),
            "divider-right": lambda: self.divide(self._share + _STEP),
            "filter": self.next_filter,
        }

    def zen(self) -> None:
        """The text alone; the same key brings the rest back."""
        self._screen.toggle_class("-zen")
        self._fit()
        self._screen.article_pane.focus()

    def _fit(self) -> None:
        """The text alone stands in the middle."""
        is_zen = self._screen.has_class("-zen")
        columns = self._screen.article_pane.measure + 2 * GUTTER
        self._screen.query_one("#text").styles.max_width = columns if is_zen else None

    def _measure(self, step: int) -> None:
        pane = self._screen.article_pane
        columns = pane.set_measure(pane.measure + step)
        self._fit()
        room = f", and there is room for {pane.text_width}" if pane.text_width < columns else ""
        self._screen.say(f"Lines of {columns} columns{room}.")

    def justify(self) -> None:
        """An even right edge, or a ragged one."""
        pane = self._screen.article_pane
        pane.justify(not pane.is_justified)
        self._screen.say("An even right edge." if pane.is_justified else "A ragged right edge.")

    def divide(self, share: int) -> None:
        """Give the text so many per cent of the screen's width."""
        self._share = max(_LEAST_SHARE, min(_MOST_SHARE, share))
        text, side = self._screen.query_one("#text"), self._screen.query_one("#side")
        text.styles.width, side.styles.width = f"{self._share}fr", f"{100 - self._share}fr"

    def divide_at(self, column: int) -> None:
        """Put the divider at a column of the screen."""
        cards = self._screen.cards_pane
        room = self._screen.size.width - (cards.outer_size.width if cards.display else 0)
        self.divide(round(100 * column / max(1, room)))

    def next_filter(self) -> None:
        """Show other claims."""
        screen = self._screen
        words = screen.index.next_filter()
        screen.show_all_claims()
        screen.say(f"Shown: {words}.")

    def choose_theme(self) -> None:
        """List the themes; each is worn while it is under the cursor, and Escape gives back the one from before."""
        from reader.tui.screens.picker import Entry, Picker

        screen, before = self._screen, self._screen.app.theme
        names = screen.theme_names()
        entries = [Entry(Content(name), name, name) for name in names]
        at = names.index(before) if before in names else 0
        picker = Picker(screen.keymap, "Themes", entries, at=at, seen=screen.set_theme)
        screen.app.push_screen(picker, lambda chosen: setattr(screen.app, "theme", chosen or before))
