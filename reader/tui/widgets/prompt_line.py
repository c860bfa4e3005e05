"""A line to type into that loses no key and lets none overtake another, however swift the hand."""

from __future__ import annotations

from copy import copy

from textual import events
from textual.widget import Widget
from textual.widgets import Input


class PromptLine(Input):
    """Its screen types for it: keys that went to what had the focus before climb to the same place as the line's own.

    Textual sends a key to whatever has the focus at that moment. Those that are still on their way when the line gets the focus
    reach the screen alone, so the line sends its own keys the same way after them, and the screen gives all of them back.
    """

    before: Widget | None = None
    """What had the focus before the line, where it was something."""

    def on_mount(self) -> None:
        """The cursor stays while keys are typed elsewhere for it; Textual's blinking counts from the line's own keys."""
        self.cursor_blink = False

    def on_key(self, event: events.Key) -> None:
        """Leave it to the screen."""
        if self.before is not None and self.before.is_attached:
            self.before.post_message(copy(event))
            event.stop()
        event.prevent_default()

    def take(self, event: events.Key) -> bool:
        """Type a key; says whether it was one that is typed."""
        if event.is_printable and event.character:
            self.replace(event.character, *self.selection)
        elif event.key == "backspace":
            self.action_delete_left()
        else:
            return False
        return True
