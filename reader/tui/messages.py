"""What the widgets tell the screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class FocusMoved(Message):
    """The paragraph or the claim in focus has changed."""

    paragraph: int
    claim: str | None


@dataclass
class ViewMoved(Message):
    """The article was scrolled, by whatever means."""


@dataclass
class TextClicked(Message):
    """Somebody clicked a character of the article, `times` in a row."""

    paragraph: int
    at: int
    times: int


@dataclass
class TextDragged(Message):
    """Somebody drew the mouse over the article from one character to another."""

    paragraph: int
    start: int
    end: int


@dataclass
class LineWanted(Message):
    """Somebody clicked the overview: go to a line of the article."""

    line: int


@dataclass
class DividerDragged(Message):
    """Somebody drew the divider to a column of the screen."""

    column: int
