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
        super().__init__(id="typing", compact=True)
        self.display = False
        self.purpose: Purpose = "search"

    def begin(self, purpose: Purpose, placeholder: str) -> None:
        """Show an empty line with the cursor in it."""
        self.purpose = purpose
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
        elif event.key == "enter":
            self.post_message(self.Kept(self.purpose, self.value))

    def end(self) -> None:
        """Go away."""
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is typed."""
        event.stop()
        if self.display:
            self.post_message(self.Typed(self.purpose, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Say that it is done."""
        event.stop()
        self.post_message(self.Kept(self.purpose, event.value))
