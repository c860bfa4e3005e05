"""The keys: one table of actions with ids, the reader's own keys laid over it, conflicts refused in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from textual.binding import Binding, BindingType

from reader.settings import nearest


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does: its id for config.toml, its keys, what it is called, and Textual's action."""

    id: str
    keys: tuple[str, ...]
    description: str
    action: str
    shown: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("next-paragraph", ("j", "down"), "Next paragraph", "move(1)", True),
    Action("previous-paragraph", ("k", "up"), "Previous paragraph", "move(-1)"),
    Action("page-down", ("space", "pagedown"), "Page down", "page(1)"),
    Action("page-up", ("b", "pageup"), "Page up", "page(-1)"),
    Action("first-paragraph", ("g", "home"), "First paragraph", "edge('first')"),
    Action("last-paragraph", ("G", "end"), "Last paragraph", "edge('last')"),
    Action("next-claim", ("n",), "Next claim", "claim(1)", True),
    Action("previous-claim", ("N",), "Previous claim", "claim(-1)"),
    Action("search", ("slash",), "Search in the text; n and N go on", "search", True),
    Action("end-search", ("escape",), "End the search", "end_search"),
    Action("next-problem", ("right_square_bracket",), "Next refuted or conflicting claim", "problem(1)", True),
    Action("previous-problem", ("left_square_bracket",), "Previous refuted or conflicting claim", "problem(-1)"),
    Action("switch-pane", ("tab",), "Other pane", "switch_pane"),
    Action("evidence", ("enter",), "Evidence in full", "evidence", True),
    Action("explain", ("e",), "How this was checked", "explain"),
    Action("as-of", ("a",), "Set the as-of date and check again", "as_of", True),
    Action("open-source", ("o",), "Open the source in a browser", "open_source"),
    Action("picture", ("i",), "A picture of what the first card is about", "picture"),
    Action("online", ("O",), "Online or offline", "online"),
    Action("theme", ("t",), "Next theme", "next_theme"),
    Action("help", ("question_mark",), "Keys", "help", True),
    Action("palette", ("ctrl+p",), "Command palette", "app.command_palette"),
    Action("quit", ("q",), "Quit", "app.quit", True),
)
_NEVER_SENT = "f35"
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
    "space": "space",
    "down": "↓",
    "up": "↑",
    "tab": "tab",
}


@dataclass(frozen=True, slots=True)
class Keymap:
    """The actions with the keys they have now, and what was wrong with the reader's own table."""

    actions: tuple[Action, ...] = ACTIONS
    problems: tuple[str, ...] = field(default=())

    @classmethod
    def from_settings(cls, own: Mapping[str, str]) -> Keymap:
        """Lay the table `[keys]` of config.toml over the defaults; a wrong line costs that line alone."""
        problems: list[str] = []
        changed: dict[str, tuple[str, ...]] = {}
        ids = tuple(a.id for a in ACTIONS)
        for action_id, text in own.items():
            if action_id not in ids:
                problems.append(f"config.toml: keys.{action_id}: no such action{nearest(action_id, ids)}")
                continue
            keys = _parsed(text)
            if keys is None:
                problems.append(f"config.toml: keys.{action_id}: {text!r} names no key; the default is used")
                continue
            changed[action_id] = keys
        actions = [replace(a, keys=changed.get(a.id, a.keys)) for a in ACTIONS]
        taken: dict[str, str] = {}
        kept: list[Action] = []
        for action in sorted(actions, key=lambda a: a.id in changed):
            clash = next((k for k in action.keys if k in taken), None)
            if clash is not None:
                problems.append(
                    f"config.toml: keys.{action.id}: {shown_key(clash)} already means {taken[clash]}; the default is used"
                )
                default = next(a for a in ACTIONS if a.id == action.id)
                action = replace(action, keys=tuple(k for k in default.keys if k not in taken))
            taken |= dict.fromkeys(action.keys, action.id)
            kept.append(action)
        order = {a.id: n for n, a in enumerate(ACTIONS)}
        return cls(tuple(sorted(kept, key=lambda a: order[a.id])), tuple(problems))

    def as_textual(self) -> dict[str, str]:
        """What Textual is told: keys by id; an unbound action gets a key that no terminal sends."""
        return {action.id: ",".join(action.keys) or _NEVER_SENT for action in self.actions}

    def shown(self, action_id: str, *, plain: bool = False) -> str:
        """The keys of an action as people read them; `plain` uses ASCII alone."""
        action = next(a for a in self.actions if a.id == action_id)
        return " ".join(shown_key(key, plain=plain) for key in action.keys) or "(none)"


def shown_key(key: str, *, plain: bool = False) -> str:
    """A key's name for people: "right_square_bracket" is "]"."""
    if plain and not _SHOWN.get(key, key).isascii():
        return key
    return _SHOWN.get(key, key)


def _parsed(text: str) -> tuple[str, ...] | None:
    """Keys separated by commas or spaces; "none" unbinds; None where one of them is no key."""
    if text.strip().lower() == "none":
        return ()
    keys = []
    for word in text.replace(",", " ").split() if text.strip() != "," else [","]:
        *modifiers, base = word.split("+") if word != "+" else ["+"]
        name = _CHARACTERS.get(base, base)
        if not base or not (len(base) == 1 or name in _NAMED) or not _may_modify(modifiers):
            return None
        keys.append("+".join((*modifiers, name)))
    return tuple(keys) or None


def _may_modify(modifiers: list[str]) -> bool:
    return len(set(modifiers)) == len(modifiers) and set(modifiers) <= {"ctrl", "shift", "alt"}


def default_bindings() -> list[BindingType]:
    """The actions as Textual's bindings with their ids, for a screen's class."""
    return [Binding(",".join(a.keys), a.action, a.description, show=a.shown, id=a.id) for a in ACTIONS]
