"""The article on Textual's line API: only the lines on the screen are ever made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.article.model import Article, Paragraph, Span
from reader.findings import ClaimRecord
from reader.tui.layout import Layout, Line, indent_of
from reader.tui.messages import FocusMoved, TextClicked, TextDragged, ViewMoved
from reader.tui.plain import OWN
from reader.tui.widgets.dragging import Dragging
from reader.tui.widgets.line_painter import CLASSES, GUTTER, LinePainter, Shown, character_at

if TYPE_CHECKING:
    from reader.library import Note
    from reader.tui.searching import Found, TextSearch

_CONTEXT = 3  # lines that must follow the place in view: a claim may run over several
_WIDEST, _NARROWEST = 200, 20
_REMEMBERED = 2_000


class ArticlePane(ScrollView, can_focus=True, inherit_bindings=False):
    """Paragraphs with the focused one marked, claims underlined, their signs in the margin.

    The place is kept as (paragraph, character): through a resize, a theme change and new verdicts.
    """

    ALLOW_SELECT = False  # a selection here is of the article's characters, not of the screen's cells
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"article--{name}" for name in CLASSES}

    def __init__(
        self, article: Article, *, width: int, ascii_signs: bool, justified: bool = False, told: bool = False
    ) -> None:
        """`told` says what was found on a paragraph in lines under it, for whoever cannot look to the side."""
        super().__init__(id="article")
        self._paragraphs: Sequence[Paragraph] = article.paragraphs
        self._measure, self._justified = width, justified
        self.shown = Shown()
        self._told: dict[int, list[str]] | None = {} if told else None
        self._styles: dict[str, Style] = {}
        self._painter = LinePainter(
            self.shown, self._style, ascii_signs=ascii_signs, own=Style.from_meta({OWN: True}) if told else None
        )
        self._strips: dict[tuple[int, int], Strip] = {}
        self._layout_now: Layout | None = None
        self._at = 0
        self._dragging = Dragging(article.paragraphs)
        self.paragraph = next((p.id for p in article.paragraphs if p.is_checked), 0)

    @property
    def claim(self) -> str | None:
        """The claim in focus."""
        return self.shown.claim

    @property
    def at(self) -> int:
        """The character of the focused paragraph where the reader is."""
        return self._at

    @property
    def is_laid_out(self) -> bool:
        """Whether there are lines yet."""
        return self._layout_now is not None

    @property
    def lines_laid(self) -> Layout:
        """Where the lines stand, made when it is first asked for."""
        if self._layout_now is None:
            self._lay_out()
        assert self._layout_now is not None
        return self._layout_now

    @property
    def measure(self) -> int:
        """The columns that the reader wants a line to have."""
        return self._measure

    @property
    def text_width(self) -> int:
        """The columns that text may take now."""
        return max(8, min(self._measure, self.size.width - GUTTER - 1))

    def show_claims(self, paragraph: int, records: tuple[ClaimRecord, ...]) -> None:
        """Take up what is known of a paragraph; only its own lines are drawn anew."""
        self.shown.records[paragraph] = records
        self._redraw(paragraph)

    def replace_claims(self, records: Mapping[int, tuple[ClaimRecord, ...]]) -> None:
        """Take up the claims of all paragraphs at once."""
        self.shown.records = dict(records)
        self._redraw_all()

    @property
    def told_at(self) -> frozenset[int]:
        """The paragraphs that lines are told under."""
        return frozenset(paragraph for paragraph, lines in (self._told or {}).items() if lines)

    def show_told(self, paragraph: int, words: Iterable[str]) -> None:
        """Tell lines under a paragraph, where that is how things are told; what stands in view stays where it is."""
        if self._told is None:
            return
        lines = [line for text in words for line in _wrapped(text, self.text_width)]
        if lines != self._told.get(paragraph, []):
            self._told[paragraph] = lines
            if self._layout_now is not None:
                self._hold_still(self._layout_now.changed, paragraph)
                self._redraw_all()
                self.post_message(ViewMoved())

    def show_notes(self, notes: Mapping[int, Sequence[Note]]) -> None:
        """Take up the highlights."""
        self.shown.notes = notes
        self._redraw_all()

    def show_hints(self, hints: Mapping[int, Sequence[tuple[int, str]]]) -> None:
        """Put letters over the text, or take them away."""
        self.shown.hints = hints
        self._redraw_all()

    def show_selection(self, span: Span | None) -> None:
        """Mark what is selected."""
        for paragraph in {s.paragraph for s in (self.shown.selection, span) if s is not None}:
            self._forget(paragraph)
        self.shown.selection = span
        self.refresh()

    def show_found(self, search: TextSearch | None, found: Found | None) -> None:
        """Mark what a search finds, and one place of it above the others; None takes the marks away."""
        if search is not self.shown.search:
            self.shown.search = search
            self._redraw_all()
        for place in (self.shown.found, found):
            if place is not None:
                self._redraw(place.paragraph)
        self.shown.found = found

    def set_measure(self, columns: int) -> int:
        """Make lines longer or shorter, and stay at the place; gives the columns that a line has now."""
        self._measure = max(_NARROWEST, min(_WIDEST, columns))
        self._wrap_anew()
        self._bring_into_view()
        return self._measure

    def justify(self, justified: bool) -> None:
        """An even right edge, or a ragged one."""
        self._justified = justified
        self._redraw_all()

    @property
    def is_justified(self) -> bool:
        """Whether lines have an even right edge."""
        return self._justified

    def move(self, step: int) -> None:
        """Go to the next paragraph, or show more of one that is taller than the pane."""
        laid = self._settled(self.paragraph)
        top, height = laid.first_line(self.paragraph), laid.height(self.paragraph)
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
        self._settled(self.lines_laid.paragraph_at(self.scroll_offset.y))
        self._scroll(self.scroll_offset.y + step * max(1, self.size.height - 2))
        laid = self._settled(self.lines_laid.paragraph_at(self.scroll_offset.y))
        at_end = self.scroll_offset.y >= self.max_scroll_y
        target = len(self._paragraphs) - 1 if at_end and step > 0 else laid.paragraph_at(self.scroll_offset.y)
        self._focus_on(target, None)
        self._at = self._first_in_view(target)

    def _read_on(self, y: int) -> None:
        """Scroll inside a paragraph that is taller than the pane, and remember where in it the reader is."""
        self._scroll(y)
        self._at = self._first_in_view(self.paragraph)
        self.post_message(FocusMoved(self.paragraph, self.claim))

    def _first_in_view(self, paragraph: int) -> int:
        """The character of a paragraph that its first visible line begins with."""
        row = self.scroll_offset.y - self.lines_laid.first_line(paragraph)
        lines = self.lines_laid.lines(paragraph)
        return lines[max(0, min(row, len(lines) - 1))][0]

    def go_to(self, paragraph: int, claim: str | None = None, at: int = 0) -> None:
        """Focus a paragraph (and a claim in it) and bring it into view."""
        self._focus_on(paragraph, claim)
        self._at = at
        if self._layout_now is not None:
            self._bring_into_view()

    def show_at(self, paragraph: int, at: int) -> None:
        """Read at a character, and bring its line into view; the claim in focus stays while the paragraph does."""
        if paragraph != self.paragraph:
            self._focus_on(paragraph, None)
        self._at = at
        laid = self._settled(paragraph)
        line = laid.first_line(paragraph) + laid.row_of(paragraph, at)
        if not self.scroll_offset.y <= line < self.scroll_offset.y + self.size.height:
            self._scroll(max(0, line - self.size.height // 2))

    def _bring_into_view(self) -> None:
        """Scroll no more than is needed for the focused paragraph, or for the place in it, to be seen."""
        paragraph = self.paragraph
        laid = self._settled(paragraph)
        top, height = laid.first_line(paragraph), laid.height(paragraph)
        line = top + laid.row_of(paragraph, self._at)
        view_top, view = self.scroll_offset.y, self.size.height
        if height <= view:
            if top < view_top:
                self._scroll(max(0, top - 1))
            elif top + height > view_top + view:
                self._scroll(min(top, top + height - view + 1))
        elif not view_top <= line < view_top + view - _CONTEXT:
            self._scroll(max(0, line - min(2, view // 3)))

    def notify_style_update(self) -> None:
        """A theme has changed: every cached line is of the old colours."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew when the text's width changed; the place is kept whatever changed."""
        if self._layout_now is None or self.text_width != self._layout_now.width:
            self._wrap_anew()
        self._strips.clear()
        self.call_after_refresh(self._bring_into_view)

    def on_mount(self) -> None:
        """Tell the screen where the reader is."""
        self.post_message(FocusMoved(self.paragraph, self.claim))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Whatever scrolls, the lines that come into view are exact."""
        super().watch_scroll_y(old_value, new_value)
        if self._layout_now is not None and round(old_value) != round(new_value):
            self._settled(self._layout_now.paragraph_at(round(new_value)))
            self.post_message(ViewMoved())

    def on_click(self, event: events.Click) -> None:
        """Say what was clicked; letting go after drawing over text is no click."""
        place, self._dragging.was_dragged, dragged = self.place_at(event.offset), False, self._dragging.was_dragged
        if place is not None and not dragged:
            self.post_message(TextClicked(*place, event.chain))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Perhaps the beginning of a selection."""
        if event.button == 1:
            self._dragging.begin(self.place_at(event.offset))
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark what the mouse is drawn over."""
        if (span := self._dragging.over(self.place_at(event.offset))) is not None:
            self.show_selection(span)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Say what is selected."""
        self.release_mouse()
        self._dragging.end()
        if self._dragging.was_dragged and (chosen := self.shown.selection) is not None:
            self.post_message(TextDragged(chosen.paragraph, chosen.start, chosen.end))

    def place_at(self, offset: Offset) -> tuple[int, int] | None:
        """The paragraph and character under a cell of the pane."""
        line = offset.y + self.scroll_offset.y
        if not self._paragraphs or self._layout_now is None or not 0 <= line < self._layout_now.total:
            return None
        laid = self._layout_now
        paragraph = laid.paragraph_at(line)
        lines = laid.lines(paragraph)
        start, end = lines[max(0, min(line - laid.first_line(paragraph), len(lines) - 1))]
        item, column = self._paragraphs[paragraph], offset.x - GUTTER - indent_of(self._paragraphs[paragraph])
        return paragraph, character_at(item, start, end, column, laid.width, spread=self._justified)

    def place_on_screen(self) -> Offset:
        """The cell of the screen where the place's line begins."""
        laid = self.lines_laid
        row = laid.first_line(self.paragraph) + laid.row_of(self.paragraph, self._at) - self.scroll_offset.y
        return self.content_region.offset + Offset(GUTTER, max(0, min(row, self.size.height - 1)))

    def paragraphs_in_view(self) -> range:
        """The paragraphs of which something is on the screen."""
        laid, top = self.lines_laid, self.scroll_offset.y
        return range(laid.paragraph_at(top), laid.paragraph_at(top + max(1, self.size.height) - 1) + 1)

    def line_of(self, paragraph: int, at: int) -> Line:
        """The line that holds a character, as offsets."""
        return self.lines_laid.lines(paragraph)[self.lines_laid.row_of(paragraph, at)]

    def scroll_to_line(self, line: int) -> None:
        """Bring a line to the middle of the pane and read there."""
        self._settled(self.lines_laid.paragraph_at(line))
        self._scroll(max(0, line - self.size.height // 2))
        self.go_to(self.lines_laid.paragraph_at(line))

    def render_line(self, y: int) -> Strip:
        """One line of the screen. The first paint comes before the first resize event, and shows the text already."""
        laid = self.lines_laid
        line = y + self.scroll_offset.y
        paragraph = laid.paragraph_at(line)
        row = line - laid.first_line(paragraph)
        strip = self._strips.get((paragraph, row))
        if strip is None:
            if len(self._strips) > _REMEMBERED:
                self._strips.clear()
            strip = self._strips[paragraph, row] = self._make(laid, paragraph, row)
        return strip

    def _make(self, laid: Layout, paragraph: int, row: int) -> Strip:
        width, base = self.size.width, self.rich_style
        lines = laid.lines(paragraph) if self._paragraphs else []
        if 0 <= row < len(lines):
            start, end = lines[row]
            item, focused = self._paragraphs[paragraph], paragraph == self.paragraph
            return self._painter.line(item, start, end, base, focused=focused, width=width, measure=laid.width, spread=self._justified)  # fmt: skip
        told = (self._told or {}).get(paragraph, [])
        if 0 <= row - len(lines) < len(told):
            return self._painter.told(told[row - len(lines)], base, width)
        return Strip.blank(width, base)

    def _lay_out(self) -> None:
        tail = (lambda p: len((self._told or {}).get(p, ()))) if self._told is not None else (lambda _: 0)
        self._layout_now = Layout(self._paragraphs, self.text_width, tail)
        if self._paragraphs:
            self._layout_now.settle(self.paragraph, max(1, self.size.height))
        self.virtual_size = Size(self.size.width, self._layout_now.total)
        self._strips.clear()

    def _wrap_anew(self) -> None:
        """Lay out at the width that there is now, with the same words at the top."""
        before = self._layout_now
        anchor = None
        if before is not None and self.scroll_offset.y > 0 and self._paragraphs:
            paragraph = before.paragraph_at(self.scroll_offset.y)
            anchor = paragraph, self._first_in_view(paragraph)
        self._lay_out()
        if anchor is not None:
            laid = self.lines_laid
            laid.settle(anchor[0], max(1, self.size.height))
            self.virtual_size = Size(self.size.width, laid.total)
            self._scroll(laid.first_line(anchor[0]) + laid.row_of(*anchor))
        self.refresh()

    def _settled(self, paragraph: int) -> Layout:
        """The layout with exact lines around a paragraph; what stands in view stays where it is."""
        laid = self.lines_laid
        if self._paragraphs:
            self._hold_still(laid.settle, paragraph, max(1, self.size.height))
        return laid

    def _hold_still(self, change: object, *arguments: int) -> None:
        """Do what may move lines, and scroll so that what was at the top stays there."""
        laid = self.lines_laid
        top = laid.paragraph_at(self.scroll_offset.y)
        row = self.scroll_offset.y - laid.first_line(top)
        if change(*arguments):  # type: ignore[operator]
            self.virtual_size = Size(self.size.width, laid.total)
            moved = laid.first_line(top) + min(row, laid.height(top))
            if moved != self.scroll_offset.y:
                self._scroll(moved)

    def _scroll(self, y: int) -> None:
        self.scroll_to(y=y, animate=False, immediate=True)

    def _focus_on(self, paragraph: int, claim: str | None) -> None:
        before, self.paragraph, self.shown.claim = self.paragraph, paragraph, claim
        for changed in {before, paragraph}:
            self._redraw(changed)
        self.post_message(FocusMoved(paragraph, claim))

    def _forget(self, paragraph: int) -> int:
        """Drop a paragraph's strips; gives how many rows it has."""
        height = self.lines_laid.height(paragraph) + 1
        for row in range(-1, height):
            self._strips.pop((paragraph, row), None)
        return height

    def _redraw(self, paragraph: int) -> None:
        if self._layout_now is None or not self._paragraphs:
            return
        height = self._forget(paragraph)
        row = self._layout_now.first_line(paragraph) - self.scroll_offset.y
        if -height < row < self.size.height:
            self.refresh(Region(0, row, self.size.width, height))

    def _redraw_all(self) -> None:
        self._strips.clear()
        self.refresh()

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(f"article--{name}", partial=True)
        return self._styles[name]


def _wrapped(text: str, width: int) -> list[str]:
    from reader.tui.wrapping import wrap

    return [text[start:end] for start, end in wrap(text, width)]
