"""A line to type into at the foot of the screen; it is there only while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.message import Message
from textual.widgets import Input

Purpose = Literal["search", "command"]


class TypingLine(Input):
    """Says what is typed as it is typed, and when it is done."""

    @dataclass
    class Typed(Message):
        """What is typed so far."""

        purpose: Purpose
        text: str

    @dataclass
    class Kept(Message):
        """What is typed is whole."""

        purpose: Purpose
        text: str

    def __init__(self) -> None:
        super().__init__(id="typing", compact=True, select_on_focus=False)  # what was typed ahead stays
        self.display = False
        self._is_whole = False
        self.purpose: Purpose = "search"

    def begin(self, purpose: Purpose, placeholder: str) -> None:
        """Show an empty line with the cursor in it."""
        self.purpose, self._is_whole = purpose, False
        self.placeholder = placeholder
        self.clear()
        self.display = True
        self.focus()

    def type_ahead(self, event: events.Key) -> None:
        """Take up a key that was pressed before the line had the keys: a swift hand is not to lose one."""
        if event.is_printable and event.character:
            self.insert_text_at_cursor(event.character)
        elif event.key == "backspace":
            self.action_delete_left()

    @property
    def takes_keys(self) -> bool:
        """Whether keys are still typed into it."""
        return self.display and not self._is_whole

    def on_key(self, event: events.Key) -> None:
        """Enter makes it whole, and what comes after is no longer for the line, however soon it comes."""
        if self._is_whole:
            event.prevent_default()
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.whole())

    def whole(self) -> Kept:
        """What is typed, as something that is whole now."""
        self._is_whole = True
        return self.Kept(self.purpose, self.value)

    def end(self) -> None:
        """Go away."""
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is typed."""
        event.stop()
        if self.display:
            self.post_message(self.Typed(self.purpose, event.value))
