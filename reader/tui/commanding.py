"""The command line: a paragraph's number, a per cent, a setting, or an action by its id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.settings import nearest
from reader.tui.claim_index import FILTERS

if TYPE_CHECKING:
    from reader.tui.screens.reading import ReadingScreen

_SETTABLE = ("theme", "width", "justify", "filter")
USAGE = "a paragraph's number, a per cent, set theme NAME, set width N, set justify on|off, set filter NAME, or an action's id"


class CommandError(Exception):
    """A command cannot be done; the message is one line."""


def run_command(screen: ReadingScreen, line: str) -> None:
    """Do what a line says. Raises CommandError."""
    words = line.split()
    if not words:
        return
    count = len(screen.article.paragraphs)
    if re.fullmatch(r"\d{1,9}", line.strip()):
        screen.walking.jump(min(count, max(1, int(line))) - 1)
    elif found := re.fullmatch(r"(\d{1,3})\s*%", line.strip()):
        screen.walking.jump(round((count - 1) * min(100, int(found[1])) / 100))
    elif words[0] == "set":
        _set(screen, words[1:])
    elif len(words) == 1 and words[0] in _actions(screen):
        screen.do(words[0])
    else:
        raise CommandError(f"{line.strip()}: no such command{nearest(words[0], ('set', *_actions(screen)))}")


def _actions(screen: ReadingScreen) -> tuple[str, ...]:
    """What can be done while reading."""
    return tuple(a.id for a in screen.keymap.actions if a.context == "reading")


def _set(screen: ReadingScreen, words: list[str]) -> None:
    if len(words) < 2:
        raise CommandError(f"set what, and to what? One of {', '.join(_SETTABLE)}")
    name, value = words[0], " ".join(words[1:])
    match name:
        case "theme":
            screen.set_theme(value)
        case "width":
            if not value.isdecimal() or not 20 <= int(value) <= 200:
                raise CommandError(f"set width {value}: must be a number between 20 and 200")
            screen.article_pane.set_measure(int(value))
        case "justify":
            if value not in ("on", "off"):
                raise CommandError(f"set justify {value}: must be on or off")
            screen.article_pane.justify(value == "on")
        case "filter":
            known = {key: key for key in FILTERS}
            if value not in known:
                raise CommandError(f"set filter {value}: no such filter{nearest(value, tuple(FILTERS))}")
            screen.filter_claims(known[value])
        case _:
            raise CommandError(f"set {name}: no such setting{nearest(name, _SETTABLE)}")
