"""The keys: one table of actions with ids, the reader's own keys laid over it, conflicts refused in one line.

A key is written as Textual names it ("G", "ctrl+n", "home") or as it is printed ("?"). Keys one after another are a sequence
("g g"), a comma separates ways to say the same ("g g, home"), and "none" takes all keys from an action.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from reader.settings import nearest
from reader.tui.actions import ACTIONS, Action, Context

Keys = tuple[str, ...]

_NAMED = frozenset(
    (
        "up down left right home end pageup pagedown space enter tab escape backspace delete insert f1 f2 f3 f4 "
        "f5 f6 f7 f8 f9 f10 f11 f12 question_mark slash colon comma full_stop minus plus equals_sign underscore "
        "left_square_bracket right_square_bracket semicolon apostrophe quotation_mark grave_accent number_sign "
        "percent_sign ampersand asterisk left_parenthesis right_parenthesis less_than_sign greater_than_sign at "
        "exclamation_mark dollar_sign vertical_line tilde circumflex_accent backslash"
    ).split()
)
_CHARACTERS = {
    "?": "question_mark", "/": "slash", ":": "colon", ",": "comma", ".": "full_stop", "-": "minus", "+": "plus", "=": "equals_sign", "[": "left_square_bracket",
    "]": "right_square_bracket", ";": "semicolon", "'": "apostrophe", "`": "grave_accent", "#": "number_sign", "<": "less_than_sign", ">": "greater_than_sign",
    "_": "underscore", "!": "exclamation_mark", "*": "asterisk", "\\": "backslash", "|": "vertical_line", "~": "tilde", "$": "dollar_sign", "%": "percent_sign",
}  # fmt: skip
_SHOWN = {name: char for char, name in _CHARACTERS.items()} | {
    "enter": "⏎",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "escape": "esc",
}


@dataclass(frozen=True, slots=True)
class Keymap:
    """The actions with the keys they have now, and what was wrong with the reader's own table."""

    actions: tuple[Action, ...] = ACTIONS
    problems: tuple[str, ...] = field(default=())

    @classmethod
    def from_settings(cls, own: Mapping[str, str], file: str = "config.toml") -> Keymap:
        """Lay the table `[keys]` of a settings file over the defaults; a wrong line costs that line alone."""
        problems: list[str] = []
        changed: dict[str, tuple[str, ...]] = {}
        by_id = {a.id: a for a in ACTIONS}
        for action_id, text in own.items():
            if action_id not in by_id:
                problems.append(f"{file}: keys.{action_id}: no such action{nearest(action_id, tuple(by_id))}")
                continue
            keys = _parsed(text)
            if keys is None:
                problems.append(f"{file}: keys.{action_id}: {text!r} names no key; the default is used")
                continue
            changed[action_id] = keys
        kept: dict[str, Action] = {}
        for action in (*(a for a in ACTIONS if a.id not in changed), *(by_id[i] for i in changed)):
            keys = changed.get(action.id, action.keys)
            others = [a for a in kept.values() if a.context == action.context]
            if clash := _clash(keys, others):
                key, other = clash
                problems.append(
                    f"{file}: keys.{action.id}: {shown_key(key)} already means {other.id} ({other.description}), "
                    f"so it cannot mean {action.id} ({action.description}); the default is used"
                )
                keys = tuple(k for k in action.keys if not _clash((k,), others))
            kept[action.id] = replace(action, keys=keys)
        return cls(tuple(kept[a.id] for a in ACTIONS), tuple(problems))

    def table(self, context: Context) -> dict[Keys, str]:
        """The sequences of keys that work somewhere, each with its action's id."""
        return {tuple(k.split(" ")): a.id for a in self.actions if a.context == context for k in a.keys}

    def action(self, action_id: str) -> Action:
        """An action by its id. Raises StopIteration for none."""
        return next(a for a in self.actions if a.id == action_id)

    def shown(self, action_id: str, *, plain: bool = False) -> str:
        """The keys of an action as people read them; `plain` uses ASCII alone."""
        return ", ".join(shown_key(key, plain=plain) for key in self.action(action_id).keys) or "(none)"

    def groups(self) -> Iterable[tuple[str, list[Action]]]:
        """The actions by group, in the table's order."""
        names = dict.fromkeys(a.group for a in self.actions)
        return [(name, [a for a in self.actions if a.group == name]) for name in names]


class KeyReader:
    """Turns keys into actions, one at a time: a sequence waits for its next key, and a mode may take the keys for itself."""

    def __init__(self, keymap: Keymap, context: Context) -> None:
        self._table = keymap.table(context)
        self._beginnings = {keys[:n] for keys in self._table for n in range(1, len(keys))}
        self._so_far: Keys = ()

    @property
    def waiting(self) -> str:
        """The keys of a sequence that is not whole yet, as people read them."""
        return " ".join(shown_key(key) for key in self._so_far)

    def knows(self, key: str) -> bool:
        """Whether a key begins or goes on with something."""
        return bool(self._so_far) or (key,) in self._table or (key,) in self._beginnings

    def press(self, key: str) -> str | None:
        """The action that this key makes whole; None while a sequence waits, or where the keys mean nothing."""
        keys = (*self._so_far, key)
        self._so_far = keys if keys in self._beginnings else ()
        return self._table.get(keys)

    def forget(self) -> None:
        """Wait for no further key."""
        self._so_far = ()


def shown_key(key: str, *, plain: bool = False) -> str:
    """A key's or a sequence's name for people: "right_square_bracket" is "]"."""
    if " " in key:
        return " ".join(shown_key(part, plain=plain) for part in key.split(" "))
    if plain and not _SHOWN.get(key, key).isascii():
        return key
    return _SHOWN.get(key, key)


def _clash(keys: tuple[str, ...], others: Iterable[Action]) -> tuple[str, Action] | None:
    """The first of some keys that another action has, or that is the beginning of its keys, or the other way round."""
    for key in keys:
        for other in others:
            if any(taken == key or f"{taken} ".startswith(f"{key} ") or f"{key} ".startswith(f"{taken} ") for taken in other.keys):  # fmt: skip
                return key, other
    return None


def _parsed(text: str) -> tuple[str, ...] | None:
    """Keys separated by commas, each a key or a sequence of them; "none" unbinds; None where one of them is no key."""
    if text.strip().lower() == "none":
        return ()
    if text.strip() == ",":
        return ("comma",)
    keys = []
    for sequence in text.split(","):
        named = [_named(word) for word in sequence.split()]
        if not named or None in named:
            return None
        keys.append(" ".join(str(name) for name in named))
    return tuple(keys)


def _named(word: str) -> str | None:
    """Textual's name of a key, None for what is no key."""
    *modifiers, base = word.split("+") if word != "+" else ["+"]
    name = _CHARACTERS.get(base, base)
    if not base or not (len(base) == 1 or name in _NAMED) or not _may_modify(modifiers):
        return None
    return "+".join((*modifiers, name))


def _may_modify(modifiers: list[str]) -> bool:
    return len(set(modifiers)) == len(modifiers) and set(modifiers) <= {"ctrl", "shift", "alt"}
