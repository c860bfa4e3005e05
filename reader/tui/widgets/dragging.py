"""A stretch of text that the mouse is drawn over: from where its button went down, inside one paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from reader.article.model import Paragraph, Span

Place = tuple[int, int]


class Dragging:
    """Knows where the button is held, and whether the mouse has been drawn since."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._held: Place | None = None
        self.was_dragged = False

    def begin(self, place: Place | None) -> None:
        """The button went down."""
        self._held, self.was_dragged = place, False

    def over(self, place: Place | None) -> Span | None:
        """What the mouse has been drawn over, as far as it is of the paragraph where it began; None where that is nothing new."""
        if self._held is None or place is None or (place == self._held and not self.was_dragged):
            return None
        self.was_dragged = True
        paragraph, start = self._held
        length = len(self._paragraphs[paragraph].text)
        at = place[1] if place[0] == paragraph else 0 if place[0] < paragraph else length
        first, last = sorted((start, at))
        return Span(paragraph, first, min(last + 1, length))

    def end(self) -> None:
        """The button went up."""
        self._held = None
