"""A list to choose from: the outline, links, marks, notes, themes. It can be searched, and what is chosen is what it returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reader.tui.keymap import Keymap
from reader.tui.screens.sheets import Sheet
from reader.tui.widgets.prompt_line import PromptLine

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Entry(Generic[Value]):
    """One line of a list: what is shown, the words that a search looks at, and what choosing it returns."""

    label: Content
    words: str
    value: Value


class _List(OptionList, inherit_bindings=False):
    """Textual's list without keys of its own: the key map's alone work."""


class Picker(Sheet[Value], Generic[Value]):
    """`deleted` says whether it could be done; `chosen`, where given, is called instead of closing; `seen` is called with each entry that comes under the cursor; `deleted` and `edited`, where given, answer their keys."""

    WHILE_TYPING = frozenset({"escape", "up", "down", "pageup", "pagedown"})

    def __init__(
        self,
        keymap: Keymap,
        title: str,
        entries: Sequence[Entry[Value]],
        *,
        at: int = 0,
        chosen: Callable[[Value], object] | None = None,
        seen: Callable[[Value], object] | None = None,
        deleted: Callable[[Value], bool] | None = None,
        edited: Callable[[Value], object] | None = None,
    ) -> None:
        super().__init__(keymap)
        self._title, self._entries, self._at = title, list(entries), at
        self._chosen, self._seen, self._deleted, self._edited = chosen or self.dismiss, seen, deleted, edited
        self._listed: list[Entry[Value]] = []
        self._list = _List(classes="picker-list", markup=False)
        self._line = PromptLine(placeholder="search", compact=True, classes="picker-line")

    @property
    def acts(self) -> dict[str, Callable[[], object]]:
        """Moving in the list, and what can be done with an entry."""
        found = self._list
        acts = super().acts | {
            "dialog-close": self._close,
            "dialog-down": found.action_cursor_down,
            "dialog-up": found.action_cursor_up,
            "dialog-page-down": lambda: self._page(1),
            "dialog-page-up": lambda: self._page(-1),
            "dialog-first": found.action_first,
            "dialog-last": found.action_last,
            "dialog-choose": lambda: self._with_current(self._chosen),
            "dialog-search": self._search,
        }
        if self._deleted is not None:
            acts["dialog-delete"] = lambda: self._with_current(self._delete)
        if self._edited is not None:
            acts["dialog-edit"] = lambda: self._with_current(self._edit)
        return acts

    def compose(self) -> ComposeResult:
        """Title, the line to search in, the list."""
        keys, plain = self.keymap, self.app.has_class("-plain")
        hint = f"{keys.shown('dialog-search')} search   {keys.shown('dialog-choose', plain=plain)} choose   {keys.shown('dialog-close')} close"
        if self._deleted is not None:
            hint += f"   {keys.shown('dialog-delete')} delete"
        if self._edited is not None:
            hint += f"   {keys.shown('dialog-edit')} edit"
        with Vertical(classes="dialog-body"):
            yield Static(Content.assemble((self._title, "bold")), markup=False, classes="picker-title")
            yield self._line
            yield self._list
            yield Static(Content.assemble((hint, "$muted")), markup=False, classes="picker-hint")

    def on_mount(self) -> None:
        """Show all entries."""
        self._line.display = False
        self._show("")
        if self._listed:
            self._list.highlighted = min(self._at, len(self._listed) - 1)
        self._list.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what goes with the words."""
        self._show(event.value)

    def submit(self, line: PromptLine) -> None:
        """The search is done: choose what it leads to."""
        self._with_current(self._chosen)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what is under the cursor."""
        if self._seen is not None and event.option_index < len(self._listed):
            self._seen(self._listed[event.option_index].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chosen by the mouse."""
        self._chosen(self._listed[event.option_index].value)

    def renew(self, entries: Sequence[Entry[Value]]) -> None:
        """Show other entries in place of these, the cursor on the same line."""
        self._entries, number = list(entries), self._list.highlighted or 0
        self._show(self._line.value)
        if self._listed:
            self._list.highlighted = min(number, len(self._listed) - 1)

    def _close(self) -> None:
        """End the search, or else close."""
        if self.focused is self._line:
            self._line.display = False
            self._line.clear()
            self.set_focus(self._list)
        else:
            self.dismiss(None)

    def _page(self, step: int) -> None:
        """Move by what the list shows; Textual's own way fails in a window that leaves the list no room."""
        if self._listed:
            to = (self._list.highlighted or 0) + step * max(1, self._list.size.height - 1)
            self._list.highlighted = max(0, min(len(self._listed) - 1, to))

    def _search(self) -> None:
        self._line.display = True
        self.set_focus(self._line)

    def _show(self, words: str) -> None:
        wanted = words.casefold().split()
        self._listed = [e for e in self._entries if all(w in e.words.casefold() for w in wanted)]
        self._list.clear_options()
        self._list.add_options(
            [Option(e.label) for e in self._listed] or [Option(Content("nothing here"), disabled=True)]
        )
        if self._listed:
            self._list.highlighted = 0

    def _with_current(self, use: Callable[[Value], object]) -> None:
        number = self._list.highlighted
        if number is not None and number < len(self._listed):
            use(self._listed[number].value)

    def _delete(self, value: Value) -> None:
        assert self._deleted is not None
        if self._deleted(value):
            self.renew([e for e in self._entries if e.value != value])

    def _edit(self, value: Value) -> None:
        assert self._edited is not None
        self.dismiss(None)
        self._edited(value)
