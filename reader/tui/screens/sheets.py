"""What all screens over the reading screen share: keys from the key map, and a sheet of text to scroll and close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from reader.resources import resource_dir
from reader.tui.keymap import Keymap, KeyReader
from reader.tui.widgets.prompt_line import PromptLine

Result = TypeVar("Result")
Piece = tuple[str, str] | str


class Sheet(ModalScreen[Result | None], Generic[Result], inherit_bindings=False):
    """Lies over the reading screen; every key of the key map's dialogs that `acts` names does something here."""

    CSS_PATH = str(resource_dir("styles") / "dialogs.tcss")  # read when the first sheet is opened, not at the start
    WHILE_TYPING: ClassVar[frozenset[str]] = frozenset({"escape"})
    """Keys that are not typed into a line."""
    ASKS: ClassVar[bool] = False
    """Whether it is there for something to be typed: keys that come before its line is ready are kept for it."""

    def __init__(self, keymap: Keymap, *, small: bool = False) -> None:
        super().__init__(classes="dialog small" if small else "dialog")
        self.keymap = keymap
        self._keys = KeyReader(keymap, "dialog")
        self._ahead: list[events.Key] = []
        self._is_line_ready = False
        self.is_closing = False

    @property
    def acts(self) -> dict[str, Callable[[], object]]:
        """What each action does here."""
        return {"dialog-close": lambda: self.dismiss(None)}

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close; keys that are on their way go to the screen below."""
        self.is_closing = True
        return super().dismiss(result)

    def submit(self, line: PromptLine) -> None:
        """What is typed is whole; a sheet that asks closes with it, or says what is wrong."""

    def on_key(self, event: events.Key) -> None:
        """Do what the key means; while somebody types, few keys mean something."""
        if self.is_closing:
            event.stop()
            self._below().post_message(events.Key(event.key, event.character))
        elif self.ASKS and not self._is_line_ready and event.key != "escape":
            event.stop()
            self._ahead.append(event)
        elif isinstance(line := self.focused, PromptLine) and event.key not in self.WHILE_TYPING:
            self._type(line, event)
        elif self._keys.knows(event.key):
            event.stop()
            action = self._keys.press(event.key)
            if action in self.acts:
                self.acts[action]()

    def _type(self, line: PromptLine, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self.submit(line)
        elif line.take(event):
            event.stop()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The line is ready: what was typed ahead goes into it, and what came after it was whole to the screen below."""
        if not isinstance(line := self.focused, PromptLine):
            return
        self._is_line_ready = True
        ahead, self._ahead = self._ahead, []
        if any(key.is_printable for key in ahead) and line.select_on_focus:
            line.clear()
        for key in ahead:
            self.on_key(key)

    def _below(self) -> Screen[Any]:
        return next(screen for screen in reversed(self.app.screen_stack) if screen is not self)


class TextSheet(Sheet[Result]):
    """A text to read and close."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(keymap)
        self.body = Static(markup=False)

    @property
    def acts(self) -> dict[str, Callable[[], object]]:
        """Scrolling, and closing by what chooses too."""
        page = max(1, self.size.height // 2)
        return super().acts | {
            "dialog-down": lambda: self._scroll(1),
            "dialog-up": lambda: self._scroll(-1),
            "dialog-page-down": lambda: self._scroll(page),
            "dialog-page-up": lambda: self._scroll(-page),
            "dialog-first": lambda: self.query_one(VerticalScroll).scroll_home(animate=False),
            "dialog-last": lambda: self.query_one(VerticalScroll).scroll_end(animate=False),
            "dialog-choose": lambda: self.dismiss(None),
        }

    def compose(self) -> ComposeResult:
        """One scrolling text."""
        with VerticalScroll(classes="dialog-body"):
            yield self.body

    def on_mount(self) -> None:
        """Show the text."""
        self.body.update(self.content())

    def content(self) -> Content:
        """What there is to read."""
        raise NotImplementedError

    def _scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
