"""One line of an article as a strip: the bar of the focus, the signs, the text with everything that is marked in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.article.model import Paragraph, Span
from reader.findings import ClaimRecord
from reader.report.wording import ASCII_SIGNS, SIGNS
from reader.tui.layout import indent_of
from reader.tui.wrapping import is_right_to_left

if TYPE_CHECKING:
    from reader.library import Note
    from reader.tui.searching import Found, TextSearch

GUTTER = 4
STRENGTH = {"refuted": 0, "conflicting": 1, "supported": 2, "not-enough-evidence": 3, "not-checkable": 4}
NOTE_SIGNS = {"yellow": "◆", "green": "●", "blue": "■", "pink": "▲"}
ASCII_NOTE_SIGNS = {"yellow": "1", "green": "2", "blue": "3", "pink": "4"}
CLASSES = (
    "text", "heading", "dim", "quote", "code", "focus", "current", "found", "found-here", "link", "selected", "hint", "told",
    *STRENGTH, *(f"note-{colour}" for colour in NOTE_SIGNS),
)  # fmt: skip
_KIND_STYLES = {"boilerplate": "dim", "heading": "heading", "quote": "quote", "caption": "quote", "code": "code"}
_LOUD = ("refuted", "conflicting", "supported", "not-enough-evidence")

_Mark = tuple[int, int, Style]


@dataclass(slots=True)
class Shown:
    """All that is shown on an article beside its words."""

    records: dict[int, tuple[ClaimRecord, ...]] = field(default_factory=dict)
    notes: Mapping[int, Sequence[Note]] = field(default_factory=dict)
    hints: Mapping[int, Sequence[tuple[int, str]]] = field(default_factory=dict)
    """Letters to type, over a character of a paragraph."""
    claim: str | None = None
    selection: Span | None = None
    search: TextSearch | None = None
    found: Found | None = None


class LinePainter:
    """Makes the strips of an article's lines; `style` gives a component's style by its name."""

    def __init__(
        self, shown: Shown, style: Callable[[str], Style], *, ascii_signs: bool, own: Style | None = None
    ) -> None:
        """`own` is laid over the article's own words."""
        self._own = own or Style()
        self._shown, self._style = shown, style
        self._signs = ASCII_SIGNS if ascii_signs else SIGNS
        self._note_signs = ASCII_NOTE_SIGNS if ascii_signs else NOTE_SIGNS
        self._bar, self._bullet, self._quote = (">", "- ", "| ") if ascii_signs else ("▌", "• ", "▏ ")

    def line(
        self,
        item: Paragraph,
        start: int,
        end: int,
        base: Style,
        *,
        focused: bool,
        width: int,
        measure: int,
        spread: bool,
    ) -> Strip:
        """The line that shows `start` to `end` of a paragraph, `measure` cells of text wide at most."""
        bar = Segment(self._bar if focused else " ", base + self._style("focus") if focused else base)
        text = list(self._text(item, start, end, base))
        indent = indent_of(item)
        room = measure - indent
        if _is_spread(item, end, spread=spread):
            text = _spread(text, room)
        lead = self._lead(item, start).ljust(indent)
        if is_right_to_left(item.text):
            lead += " " * max(0, room - sum(cell_len(s.text) for s in text))
        before = [Segment(lead, base + self._style("dim"))] if lead else []
        return Strip([bar, *self._gutter(item.id, item.text, start, end, base), *before, *text]).adjust_cell_length(
            width, base
        )

    def _lead(self, item: Paragraph, start: int) -> str:
        """What stands before a paragraph's first line: a list item's mark or number, a quotation's bar before each."""
        if item.kind == "quote":
            return self._quote
        if item.kind != "list" or start > 0 or item.text.startswith("["):
            return ""
        return f"{item.level}. " if item.level else self._bullet

    def told(self, words: str, base: Style, width: int) -> Strip:
        """A line that is told under a paragraph."""
        return Strip([Segment(" " * GUTTER, base), Segment(words, base + self._style("told"))]).adjust_cell_length(
            width, base
        )

    def _gutter(self, paragraph: int, text: str, start: int, end: int, base: Style) -> list[Segment]:
        """The sign of the strongest claim that begins on this line, and of a note that does."""
        last = max(start, end - 1)
        here = [r for r in self._shown.records.get(paragraph, ()) if start <= r.claim.span.start <= last]
        sign = Segment(" ", base)
        if here:
            label = min((r.leading.label for r in here), key=lambda found: STRENGTH[found])
            sign = Segment(self._signs[label], base + self._style(label))
        first = start - 1 if start and text[start - 1] in " \n" else start  # the space at a break is on no line
        note = next((n for n in self._shown.notes.get(paragraph, ()) if first <= n.start <= last), None)
        mark = (
            Segment(self._note_signs[note.colour], base + self._style(f"note-{note.colour}"))
            if note
            else Segment(" ", base)
        )
        return [Segment(" ", base), sign, mark]

    def _text(self, item: Paragraph, start: int, end: int, base: Style) -> Iterable[Segment]:
        style = base + self._style(_KIND_STYLES.get(item.kind, "text")) + self._own
        marks = [(max(start, a), min(end, b), s) for a, b, s in self._marks(item, start, end) if a < end and b > start]
        letters = [(at, word) for at, word in self._shown.hints.get(item.id, ()) if start <= at < max(end, start + 1)]
        pieces = _cut(item.text, start, end, style, marks)
        return _lettered(pieces, letters, start, base + self._style("hint")) if letters else pieces

    def _marks(self, item: Paragraph, start: int, end: int) -> Iterable[_Mark]:
        """Stretches with a style of their own, the weaker first."""
        shown = self._shown
        for link in item.links:
            yield link.start, link.end, self._style("link")
        here = [r for r in shown.records.get(item.id, ()) if r.claim.span.start < end and r.claim.span.end > start]
        for record in sorted(here, key=lambda r: -STRENGTH[r.leading.label]):
            yield record.claim.span.start, record.claim.span.end, self._claim_style(record)
        for note in shown.notes.get(item.id, ()):
            yield note.start, note.end, self._style(f"note-{note.colour}")
        for found in shown.search.in_paragraph(item.id) if shown.search is not None else ():
            yield found.start, found.end, self._style("found-here" if found == shown.found else "found")
        chosen = shown.selection
        if chosen is not None and chosen.paragraph == item.id:
            yield chosen.start, chosen.end, self._style("selected")

    def _claim_style(self, record: ClaimRecord) -> Style:
        """Open claims are only underlined when they are the current one: the page stays calm."""
        label = record.leading.label
        current = record.claim.id == self._shown.claim
        style = self._style(label) + Style(underline=True) if label in _LOUD else Style(underline=current)
        return style + self._style("current") if current else style


def _cut(text: str, start: int, end: int, style: Style, marks: Sequence[_Mark]) -> list[Segment]:
    """The text in pieces, each in the styles of all marks over it."""
    if not marks:
        return [Segment(text[start:end], style)]
    edges = sorted({start, end, *(edge for a, b, _ in marks for edge in (a, b))})
    pieces = []
    for left, right in zip(edges, edges[1:], strict=False):
        piece = style
        for a, b, over in marks:
            if a <= left and right <= b:
                piece += over
        pieces.append(Segment(text[left:right], piece))
    return pieces


def _lettered(pieces: Sequence[Segment], letters: Sequence[tuple[int, str]], start: int, style: Style) -> list[Segment]:
    """Put letters to type over the text, each as wide as the character that it covers."""
    over = {at + n: char for at, word in letters for n, char in enumerate(word)}
    lettered: list[Segment] = []
    at = start
    for piece in pieces:
        for char in piece.text:
            cells = cell_len(char)
            if at in over and cells > 0:
                lettered += [Segment(over[at], style), *([Segment(" ", piece.style)] if cells > 1 else [])]
            else:
                lettered.append(Segment(char, piece.style))
            at += 1
    lettered += [Segment(char, style) for place, char in sorted(over.items()) if place >= at]
    return lettered


def character_at(item: Paragraph, start: int, end: int, column: int, measure: int, *, spread: bool) -> int:
    """The character that stands in a column of a line's text: the first or the last one left and right of it."""
    text, at = item.text[start:end], 0
    gaps = _gaps(text, measure - indent_of(item)) if _is_spread(item, end, spread=spread) else []
    if is_right_to_left(item.text):
        column -= max(0, measure - indent_of(item) - cell_len(text))
    for number, char in enumerate(text):
        at += cell_len(char) + (gaps[number] if gaps else 0)
        if column < at:
            return start + number
    return end


def _is_spread(item: Paragraph, end: int, *, spread: bool) -> bool:
    """Whether a line is made to fill the room: not the last one of a paragraph, nor one that ends where its author broke it."""
    return spread and item.kind == "body" and end < len(item.text) and item.text[end] != "\n"


def _gaps(text: str, room: int) -> list[int]:
    """The cells to add after each character so that a line fills the room, the left spaces first; none for one far too short."""
    missing, leading = room - cell_len(text), len(text) - len(text.lstrip(" "))
    spaces = [n for n, char in enumerate(text) if char == " " and n >= leading]
    if not spaces or not 0 < missing <= 2 * len(spaces):
        return []
    each, more = divmod(missing, len(spaces))
    gaps = [0] * len(text)
    for number, place in enumerate(spaces):
        gaps[place] = each + (number < more)
    return gaps


def _spread(pieces: Sequence[Segment], room: int) -> list[Segment]:
    """Widen the spaces of a line until it fills the room."""
    gaps = _gaps("".join(p.text for p in pieces), room)
    if not gaps:
        return list(pieces)
    spread, at = [], 0
    for piece in pieces:
        widened = "".join(char + " " * gap for char, gap in zip(piece.text, gaps[at:], strict=False))
        spread.append(Segment(widened, piece.style))
        at += len(piece.text)
    return spread
