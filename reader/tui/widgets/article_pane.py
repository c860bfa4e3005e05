"""The article on Textual's line API: only the lines on the screen are ever made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.article.model import Article, Paragraph
from reader.findings import ClaimRecord
from reader.report.wording import ASCII_SIGNS, SIGNS
from reader.tui.messages import EvidenceWanted, FocusMoved
from reader.tui.wrapping import wrap

if TYPE_CHECKING:
    from reader.tui.searching import Found, TextSearch

_GUTTER = 4
_CONTEXT = 3  # lines that must follow the place in view: a claim may run over several
_STRENGTH = {"refuted": 0, "conflicting": 1, "supported": 2, "not-enough-evidence": 3, "not-checkable": 4}
_CLASSES = ("text", "heading", "dim", "quote", "focus", "current", "found", "found-here", *(f"{v}" for v in _STRENGTH))


class ArticlePane(ScrollView, can_focus=True, inherit_bindings=False):
    """Paragraphs with the focused one marked, claims underlined, their signs in the margin.

    The place is kept as (paragraph, character): through a resize, a theme change and new verdicts.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"article--{name}" for name in _CLASSES}

    def __init__(self, article: Article, *, width: int, ascii_signs: bool) -> None:
        super().__init__(id="article")
        self._paragraphs: Sequence[Paragraph] = article.paragraphs
        self._measure = width
        self._signs = ASCII_SIGNS if ascii_signs else SIGNS
        self._records: dict[int, tuple[ClaimRecord, ...]] = {}
        self._wrapped: list[list[tuple[int, int]]] = []
        self._first_line: list[int] = []
        self._text_width = 0
        self._strips: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}
        self._at = 0
        self.paragraph = next((p.id for p in article.paragraphs if p.is_checked), 0)
        self.claim: str | None = None
        self._search: TextSearch | None = None
        self._found: Found | None = None

    @property
    def at(self) -> int:
        """The character of the focused paragraph where the reader is."""
        return self._at

    @property
    def text_width(self) -> int:
        """The columns that text may take now."""
        return max(8, min(self._measure, self.size.width - _GUTTER - 1))

    def show_claims(self, paragraph: int, records: tuple[ClaimRecord, ...]) -> None:
        """Take up what is known of a paragraph; only its own lines are drawn anew."""
        self._records[paragraph] = records
        if self._first_line:
            self._redraw(paragraph)

    def replace_claims(self, records: Mapping[int, tuple[ClaimRecord, ...]]) -> None:
        """Take up the claims of all paragraphs at once."""
        self._records = dict(records)
        self._strips.clear()
        self.refresh()

    def show_found(self, search: TextSearch | None, found: Found | None) -> None:
        """Mark what a search finds, and one place of it above the others; None takes the marks away."""
        if search is not self._search:
            self._search = search
            self._strips.clear()
            self.refresh()
        for place in (self._found, found):
            if place is not None:
                self._redraw(place.paragraph)
        self._found = found

    def move(self, step: int) -> None:
        """Go to the next paragraph, or show more of one that is taller than the pane."""
        top, height = self._first_line[self.paragraph], len(self._wrapped[self.paragraph])
        below = top + height - (self.scroll_offset.y + self.size.height)
        if step > 0 and below > 0 and height > self.size.height:
            self._read_on(self.scroll_offset.y + min(below, self.size.height - 2))
            return
        if step < 0 and height > self.size.height and self.scroll_offset.y > top:
            self._read_on(max(top, self.scroll_offset.y - self.size.height + 2))
            return
        target = max(0, min(len(self._paragraphs) - 1, self.paragraph + step))
        if target != self.paragraph:
            self.go_to(target)

    def page(self, step: int) -> None:
        """Scroll by a page; the focus goes to the first paragraph that is then in view."""
        self.scroll_to(y=self.scroll_offset.y + step * max(1, self.size.height - 2), animate=False, immediate=True)
        at_end = self.scroll_offset.y >= self.max_scroll_y
        target = len(self._paragraphs) - 1 if at_end and step > 0 else self._paragraph_at(self.scroll_offset.y)
        self._focus_on(target, None)
        self._at = self._first_in_view(target)

    def _read_on(self, y: int) -> None:
        """Scroll inside a paragraph that is taller than the pane, and remember where in it the reader is."""
        self.scroll_to(y=y, animate=False, immediate=True)
        self._at = self._first_in_view(self.paragraph)

    def _first_in_view(self, paragraph: int) -> int:
        """The character of a paragraph that its first visible line begins with."""
        row = self.scroll_offset.y - self._first_line[paragraph]
        lines = self._wrapped[paragraph]
        return lines[max(0, min(row, len(lines) - 1))][0]

    def go_to(self, paragraph: int, claim: str | None = None, at: int = 0) -> None:
        """Focus a paragraph (and a claim in it) and bring it into view."""
        self._focus_on(paragraph, claim)
        self._at = at
        if self._first_line:
            self._bring_into_view()

    def _bring_into_view(self) -> None:
        """Scroll no more than is needed for the focused paragraph, or for the place in it, to be seen."""
        paragraph, at = self.paragraph, self._at
        line = self._first_line[paragraph] + self._row_of(paragraph, at)
        height = len(self._wrapped[paragraph])
        top = self._first_line[paragraph]
        view_top, view = self.scroll_offset.y, self.size.height
        if height <= view:
            if top < view_top:
                self.scroll_to(y=max(0, top - 1), animate=False, immediate=True)
            elif top + height > view_top + view:
                self.scroll_to(y=top + height - view + 1, animate=False, immediate=True)
        elif not view_top <= line < view_top + view - _CONTEXT:
            self.scroll_to(y=max(0, line - min(2, view // 3)), animate=False, immediate=True)

    def notify_style_update(self) -> None:
        """A theme has changed: every cached line is of the old colours."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew when the text's width changed; the place is kept whatever changed."""
        if self.text_width != self._text_width:
            anchor = self._anchor()
            self._wrap()
            self._return_to(*anchor)
        self._strips.clear()
        if self._first_line:
            self.call_after_refresh(self._bring_into_view)

    def on_mount(self) -> None:
        """Tell the screen where the reader is."""
        self.post_message(FocusMoved(self.paragraph, self.claim))

    def on_click(self, event: events.Click) -> None:
        """Focus the paragraph under the mouse; a click on a claim shows its evidence."""
        y = event.y + self.scroll_offset.y
        if not self._first_line or y >= self.virtual_size.height:
            return
        paragraph = self._paragraph_at(y)
        row = y - self._first_line[paragraph]
        lines = self._wrapped[paragraph]
        record = None
        if 0 <= row < len(lines):
            at = lines[row][0] + max(0, event.x - _GUTTER)
            record = next(
                (r for r in self._records.get(paragraph, ()) if r.claim.span.start <= at < r.claim.span.end), None
            )
        self.go_to(paragraph, record.claim.id if record else None)
        if record is not None and event.chain == 2:
            self.post_message(EvidenceWanted(record.claim.id))

    def render_line(self, y: int) -> Strip:
        """One line of the screen. The first paint comes before the first resize event, and shows the text already."""
        if not self._first_line:
            self._wrap()
        line = y + self.scroll_offset.y
        if line not in self._strips:
            if len(self._strips) > 4000:
                self._strips.clear()
            self._strips[line] = self._make(line)
        return self._strips[line]

    def _wrap(self) -> None:
        self._text_width = width = self.text_width
        self._wrapped = [
            wrap(p.text, width - (2 if p.kind in ("quote", "list", "code", "table") else 0)) for p in self._paragraphs
        ]
        first, at = [], 1
        for lines in self._wrapped:
            first.append(at)
            at += len(lines) + 1
        self._first_line = first
        self.virtual_size = Size(self.size.width, at)
        self._strips.clear()

    def _anchor(self) -> tuple[int, int]:
        """The place: the first paragraph in view and the character its first visible line begins with."""
        if not self._first_line:
            return self.paragraph, -1
        paragraph = self._paragraph_at(self.scroll_offset.y)
        row = max(0, min(self.scroll_offset.y - self._first_line[paragraph], len(self._wrapped[paragraph]) - 1))
        return paragraph, self._wrapped[paragraph][row][0] if self.scroll_offset.y > 0 else -1

    def _return_to(self, paragraph: int, at: int) -> None:
        if at >= 0 and paragraph < len(self._first_line):
            self.scroll_to(y=self._first_line[paragraph] + self._row_of(paragraph, at), animate=False, immediate=True)

    def _row_of(self, paragraph: int, at: int) -> int:
        starts = [start for start, _ in self._wrapped[paragraph]]
        return max(0, bisect_right(starts, at) - 1)

    def _paragraph_at(self, line: int) -> int:
        return max(0, bisect_right(self._first_line, line) - 1) if self._first_line else 0

    def _focus_on(self, paragraph: int, claim: str | None) -> None:
        before, self.paragraph, self.claim = self.paragraph, paragraph, claim
        for changed in {before, paragraph}:
            self._redraw(changed)
        self.post_message(FocusMoved(paragraph, claim))

    def _redraw(self, paragraph: int) -> None:
        if not self._first_line:
            return
        top = self._first_line[paragraph]
        for line in range(top, top + len(self._wrapped[paragraph]) + 1):
            self._strips.pop(line, None)
        row, height = top - self.scroll_offset.y, len(self._wrapped[paragraph]) + 1
        if -height < row < self.size.height:
            self.refresh(Region(0, row, self.size.width, height))

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"article--{name}", partial=True)
        return self._styles[name]

    def _make(self, line: int) -> Strip:
        width = self.size.width
        base = self.rich_style
        paragraph = self._paragraph_at(line)
        row = line - self._first_line[paragraph] if self._first_line else -1
        if not 0 <= row < len(self._wrapped[paragraph] if self._wrapped else ()):
            return Strip.blank(width, base)
        item = self._paragraphs[paragraph]
        start, end = self._wrapped[paragraph][row]
        focused = paragraph == self.paragraph
        bar = Segment("▌" if focused else " ", base + self._style("focus") if focused else base)
        segments = [bar, *self._margin(paragraph, start, end, base), *self._text(item, start, end, base)]
        return Strip(segments).adjust_cell_length(width, base)

    def _margin(self, paragraph: int, start: int, end: int, base: Style) -> list[Segment]:
        """The sign of the strongest claim that begins on this line."""
        here = [r for r in self._records.get(paragraph, ()) if start <= r.claim.span.start <= max(start, end - 1)]
        if not here:
            return [Segment("   ", base)]
        label = min((r.leading.label for r in here), key=lambda found: _STRENGTH[found])
        return [Segment(" ", base), Segment(self._signs[label], base + self._style(label)), Segment(" ", base)]

    def _text(self, item: Paragraph, start: int, end: int, base: Style) -> list[Segment]:
        kind = (
            "dim"
            if item.kind == "boilerplate"
            else "heading"
            if item.kind == "heading"
            else "quote"
            if item.kind in ("quote", "caption", "code", "table")
            else "text"
        )
        style = base + self._style(kind)
        indent = "  " if item.kind in ("quote", "list", "code", "table") else ""
        segments = [Segment(indent, base)] if indent else []
        marks = [
            (max(start, r.claim.span.start), min(end, r.claim.span.end), r)
            for r in self._records.get(item.id, ())
            if r.claim.span.start < end and r.claim.span.end > start
        ]
        found = self._search.in_paragraph(item.id) if self._search is not None else []
        hits = [(max(start, f.start), min(end, f.end), f) for f in found if f.start < end and f.end > start]
        if not marks and not hits:
            return [*segments, Segment(item.text[start:end], style)]
        edges = sorted({start, end, *(edge for a, b, _ in (*marks, *hits) for edge in (a, b))})
        for left, right in zip(edges, edges[1:], strict=False):
            over = [r for a, b, r in marks if a <= left and right <= b]
            piece = style + self._claim_style(over) if over else style
            hit = next((f for a, b, f in hits if a <= left and right <= b), None)
            if hit is not None:
                piece += self._style("found-here" if hit == self._found else "found")
            segments.append(Segment(item.text[left:right], piece))
        return segments

    def _claim_style(self, records: Sequence[ClaimRecord]) -> Style:
        """Open claims are only underlined when they are the current one: the page stays calm."""
        label = min((r.leading.label for r in records), key=lambda found: _STRENGTH[found])
        current = any(r.claim.id == self.claim for r in records)
        decided = label in ("refuted", "conflicting", "supported", "not-enough-evidence")
        style = self._style(label) + Style(underline=True) if decided else Style(underline=current)
        return style + self._style("current") if current else style
