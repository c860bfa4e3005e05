"""A line to type into at the foot of the screen; it is there only while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.message import Message
from textual.widgets import Input

from reader.tui.widgets.prompt_line import PromptLine

Purpose = Literal["search", "command"]


class TypingLine(PromptLine):
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
        if self.screen.focused is not self:
            self.before = self.screen.focused
        self.screen.set_focus(self)  # at once: what is pressed next is the line's

    @property
    def takes_keys(self) -> bool:
        """Whether keys are still typed into it."""
        return self.display and not self._is_whole

    def whole(self) -> Kept:
        """What is typed, as something that is whole now; what comes after is no longer for the line, however soon it comes."""
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
