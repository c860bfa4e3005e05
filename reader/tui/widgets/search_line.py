"""The line to type a pattern into; it is there only while somebody types."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widgets import Input


class SearchLine(Input):
    """Says what is typed as it is typed, and when it is done or given up."""

    @dataclass
    class Typed(Message):
        """The pattern so far."""

        pattern: str

    @dataclass
    class Kept(Message):
        """The pattern is whole: stay where it was found."""

        pattern: str

    def __init__(self) -> None:
        super().__init__(id="search", placeholder="words or a regular expression", compact=True)
        self.display = False

    def begin(self) -> None:
        """Show an empty line with the cursor in it."""
        self.clear()
        self.display = True
        self.focus()

    def end(self) -> None:
        """Go away."""
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is typed."""
        event.stop()
        if self.display:
            self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Say that it is done."""
        event.stop()
        self.post_message(self.Kept(event.value))
