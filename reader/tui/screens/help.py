"""The keys as they are bound now, to be searched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from reader.report.wording import WORDS
from reader.tui.actions import Action
from reader.tui.keymap import Keymap
from reader.tui.screens.picker import Entry, Picker

if TYPE_CHECKING:
    from reader.checks.model import Label


class HelpScreen(Picker[Action]):
    """Every action with its keys; choosing one of the reading screen does it."""

    def __init__(self, keymap: Keymap, signs: Mapping[Label, str], *, plain: bool) -> None:
        entries = [
            Entry(
                Content.assemble((f"{sign} ", f"bold $verdict-{label}"), f"{WORDS[label]}"),
                f"sign {WORDS[label]}",
                None,
            )
            for label, sign in signs.items()
        ]
        super().__init__(keymap, "Keys", [*entries, *_entries(keymap, plain=plain)])  # type: ignore[list-item]


def _entries(keymap: Keymap, *, plain: bool) -> list[Entry[Action]]:
    entries = []
    for name, actions in keymap.groups():
        for number, action in enumerate(actions):
            keys = keymap.shown(action.id, plain=plain)
            label = Content.assemble(
                (f"\n{name}\n" if number == 0 else "", "bold"), (f"  {keys:<16}", "bold $primary"), action.description
            )
            entries.append(Entry(label, f"{name} {keys} {action.description} {action.id}", action))
    return entries
