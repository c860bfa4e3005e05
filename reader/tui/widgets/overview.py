"""The whole article in one column at its right edge: its verdicts, and what of it is on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from reader.findings import ClaimRecord
from reader.tui.messages import LineWanted
from reader.tui.widgets.article_pane import ArticlePane
from reader.tui.widgets.line_painter import STRENGTH

if TYPE_CHECKING:
    from reader.checks.model import Label

_NOTICEABLE = 0.01  # of the article's lines
_WORTH_SHOWING: tuple[Label, ...] = ("refuted", "conflicting", "supported")


class Overview(Widget):
    """Each row stands for its share of the article and bears the sign of the strongest verdict there; a click goes there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "overview--seen",
        *(f"overview--{v}" for v in _WORTH_SHOWING),
    }

    def __init__(self, pane: ArticlePane, signs: Mapping[Label, str]) -> None:
        super().__init__(id="overview")
        self._pane, self._signs = pane, signs
        self._thumb = "▐" if signs["supported"] == "✓" else "|"
        self._labels: dict[int, Label] = {}  # by paragraph
        self._rows: dict[int, Label] | None = None
        self._key: tuple[int, int] = (0, 0)

    def take(self, paragraph: int, records: Iterable[ClaimRecord]) -> None:
        """Take up a paragraph's claims."""
        labels = [r.leading.label for r in records if r.leading.label in _WORTH_SHOWING]
        if not labels:
            self._labels.pop(paragraph, None)
            return
        label = self._labels[paragraph] = min(labels, key=STRENGTH.__getitem__)
        if self._rows is not None:
            self._place(self._rows, paragraph, label)

    def replace(self, records: dict[int, tuple[ClaimRecord, ...]]) -> None:
        """Take up the claims of the whole article."""
        self._labels.clear()
        for paragraph, found in records.items():
            self.take(paragraph, found)
        self._rows = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row."""
        height, total = max(1, self.size.height), max(1, self._pane.lines_laid.total)
        top = self._pane.scroll_offset.y * height / total
        bottom = (self._pane.scroll_offset.y + self._pane.size.height) * height / total
        seen = total > self._pane.size.height and top < y + 1 and y < max(bottom, top + 1)
        base = self.rich_style + self._style("seen")
        label = self._placed().get(y)
        if label is None:
            return Strip([Segment(self._thumb if seen else " ", base)], 1)
        return Strip([Segment(self._signs[label], base + self._style(label))], 1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to that share of the article."""
        event.stop()
        total, height = self._pane.lines_laid.total, max(1, self.size.height)
        self.post_message(LineWanted(min(total - 1, round((event.y + 0.5) * total / height))))

    def _placed(self) -> dict[int, Label]:
        """The strongest label of each row, reckoned anew only when rows or lines have become others."""
        height, total = self._key
        now = self.size.height, self._pane.lines_laid.total
        if self._rows is None or now[0] != height or abs(now[1] - total) > _NOTICEABLE * total:
            self._key, self._rows = now, {}
            for paragraph, label in self._labels.items():
                self._place(self._rows, paragraph, label)
        return self._rows

    def _place(self, rows: dict[int, Label], paragraph: int, label: Label) -> None:
        height, total = self._key
        row = self._pane.lines_laid.first_line(paragraph) * height // max(1, total)
        if row not in rows or STRENGTH[label] < STRENGTH[rows[row]]:
            rows[row] = label

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"overview--{name}", partial=True)
