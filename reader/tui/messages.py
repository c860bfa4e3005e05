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
class EvidenceWanted(Message):
    """Somebody clicked a claim: show its evidence."""

    claim: str
