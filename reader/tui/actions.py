"""What keys can do: every action with its id, its keys as they come, its name, its group, and where it works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Context = Literal["reading", "selection", "dialog"]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that keys do: its id for config.toml, its keys, what it is called, and where it works."""

    id: str
    keys: tuple[str, ...]
    description: str
    group: str
    context: Context = "reading"
    word: str = ""
    """What the foot calls it; "" where it is not in the foot."""


def _group(name: str, *rows: tuple[str, ...], context: Context = "reading") -> tuple[Action, ...]:
    """A group's actions from rows of id, keys, description and the foot's word."""
    return tuple(Action(row[0], tuple(row[1].split(", ")), row[2], name, context, "".join(row[3:])) for row in rows)


ACTIONS: tuple[Action, ...] = (
    *_group(
        "Moving",
        ("next-paragraph", "j, down", "Next paragraph", "move"),
        ("previous-paragraph", "k, up", "Previous paragraph"),
        ("page-down", "space, pagedown", "Page down"),
        ("page-up", "b, pageup", "Page up"),
        ("first-paragraph", "g g, home", "First paragraph"),
        ("last-paragraph", "G, end", "Last paragraph"),
        ("search", "slash", "Search in the text; next and previous claim go on from there", "search"),
        ("end-search", "escape", "End the search"),
        ("command", "colon", "Command line: a paragraph's number, a per cent, set …"),
        ("outline", "g o", "Outline: the headings"),
        ("hints", "f", "Follow a link or a verdict by its letters"),
        ("panes", "ctrl+w", "Go to a pane by its letter"),
        ("set-mark", "m", "Set a mark under a letter"),
        ("go-to-mark", "grave_accent, apostrophe", "Go to a mark by its letter"),
        ("marks", "g m", "List the marks"),
        ("jump-back", "ctrl+o", "Back to where you jumped from"),
        ("jump-forward", "ctrl+n", "Forward again"),
        ("switch-pane", "tab", "Other pane"),
    ),
    *_group(
        "Claims",
        ("next-claim", "n", "Next claim", "claim"),
        ("previous-claim", "N", "Previous claim"),
        ("next-problem", "right_square_bracket", "Next refuted or conflicting claim", "problem"),
        ("previous-problem", "left_square_bracket", "Previous refuted or conflicting claim"),
        ("filter", "F", "Show all claims, only problems, only decided ones, or no opinions"),
        ("evidence", "enter", "Evidence in full", "evidence"),
        ("explain", "e", "How this was checked"),
        ("contradiction", "x", "Both ends of a contradiction, side by side"),
        ("other-end", "percent_sign", "Jump to the other end of a contradiction"),
        ("as-of", "a", "Set the as-of date and check again", "as of"),
        ("open-source", "o", "Open the source in a browser"),
    ),
    *_group(
        "Cards",
        ("card", "c", "The cards of this paragraph in full"),
        ("pin", "p", "Pin this paragraph's first card, or take the pin out"),
        ("picture", "i", "A picture of what the first card is about"),
        ("online", "O", "Online or offline"),
    ),
    *_group(
        "Notes",
        ("highlight", "h", "Highlight the claim or the paragraph; again takes it away"),
        ("highlight-colour", "H", "Highlight in the next colour"),
        ("note", "A", "Write a note on the claim or the paragraph"),
        ("notes", "g n", "List highlights and notes"),
        ("undo", "u", "Undo the last change of a note or a mark"),
        ("redo", "ctrl+r", "Do it again"),
        ("select", "v", "Select text with the keys"),
        ("copy", "y", "Copy the claim, or the paragraph"),
    ),
    *_group(
        "Screen",
        ("theme", "t", "Next theme"),
        ("themes", "T", "Choose a theme, seeing each"),
        ("zen", "z", "The text alone, and back"),
        ("narrower", "minus", "Narrower lines"),
        ("wider", "plus, equals_sign", "Wider lines"),
        ("justify", "J", "Even or ragged right edge"),
        ("divider-left", "less_than_sign", "More room for the margin"),
        ("divider-right", "greater_than_sign", "More room for the text"),
        ("settings", "comma", "Settings"),
        ("reload", "R", "Read the article again from where it came"),
        ("help", "question_mark", "Keys", "keys"),
        ("palette", "ctrl+p", "Command palette"),
        ("quit", "q", "Quit", "quit"),
    ),
    *_group(
        "While selecting",
        ("select-left", "h, left", "A character to the left"),
        ("select-right", "l, right", "A character to the right"),
        ("select-down", "j, down", "A line down"),
        ("select-up", "k, up", "A line up"),
        ("select-word", "w", "To the next word"),
        ("select-word-back", "b", "To the word before"),
        ("select-line-start", "0, home", "To the start of the line"),
        ("select-line-end", "dollar_sign, end", "To the end of the line"),
        ("select-swap", "o", "Move the other end"),
        ("select-copy", "y", "Copy what is selected"),
        ("select-highlight", "enter", "Highlight what is selected"),
        ("select-colour-1", "1", "Highlight in the first colour"),
        ("select-colour-2", "2", "Highlight in the second colour"),
        ("select-colour-3", "3", "Highlight in the third colour"),
        ("select-colour-4", "4", "Highlight in the fourth colour"),
        ("select-note", "a", "Write a note on what is selected"),
        ("select-end", "escape, v, q", "Select nothing"),
        context="selection",
    ),
    *_group(
        "In a list or a sheet",
        ("dialog-close", "escape, q", "Close"),
        ("dialog-down", "j, down", "Down"),
        ("dialog-up", "k, up", "Up"),
        ("dialog-page-down", "space, pagedown", "Page down"),
        ("dialog-page-up", "b, pageup", "Page up"),
        ("dialog-first", "g g, home", "To the top"),
        ("dialog-last", "G, end", "To the end"),
        ("dialog-choose", "enter", "Choose, or close"),
        ("dialog-next", "tab, n", "The next card, or the other side"),
        ("dialog-search", "slash", "Search in the list"),
        ("dialog-delete", "d", "Delete the note or the mark"),
        ("dialog-edit", "e", "Edit the note"),
        ("dialog-source", "o", "Open the source in a browser"),
        ("dialog-pin", "p", "Pin the card, or take the pin out"),
        context="dialog",
    ),
)
