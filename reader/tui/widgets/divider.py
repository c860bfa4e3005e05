"""The rule between text and margin, to be drawn to one side with the mouse."""

from __future__ import annotations

from textual import events
from textual.widgets import Static

from reader.tui.messages import DividerDragged


class Divider(Static):
    """A vertical rule that follows the mouse while its button is held."""

    def __init__(self, *, ascii_signs: bool) -> None:
        super().__init__(id="divider", markup=False)
        self._rule = "|" if ascii_signs else "│"
        self._held = False

    def on_resize(self) -> None:
        """A rule as long as the panes are high."""
        self.update("\n".join([self._rule] * max(1, self.size.height)), layout=False)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of it."""
        self.capture_mouse()
        self._held = True
        event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw it."""
        if self._held:
            self.post_message(DividerDragged(event.screen_x))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let it go."""
        self.release_mouse()
        self._held = False
        event.stop()
