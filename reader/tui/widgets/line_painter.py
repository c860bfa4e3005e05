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

    def __init__(self, shown: Shown, style: Callable[[str], Style], *, ascii_signs: bool) -> None:
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
        if spread and end < len(item.text) and item.kind == "body":
            text = _spread(text, room)
        lead = self._lead(item, start).ljust(indent)
        if is_right_to_left(item.text):
            lead += " " * max(0, room - sum(cell_len(s.text) for s in text))
        before = [Segment(lead, base + self._style("dim"))] if lead else []
        return Strip([bar, *self._gutter(item.id, start, end, base), *before, *text]).adjust_cell_length(width, base)

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

    def _gutter(self, paragraph: int, start: int, end: int, base: Style) -> list[Segment]:
        """The sign of the strongest claim that begins on this line, and of a note that does."""
        last = max(start, end - 1)
        here = [r for r in self._shown.records.get(paragraph, ()) if start <= r.claim.span.start <= last]
        sign = Segment(" ", base)
        if here:
            label = min((r.leading.label for r in here), key=lambda found: STRENGTH[found])
            sign = Segment(self._signs[label], base + self._style(label))
        note = next((n for n in self._shown.notes.get(paragraph, ()) if start <= n.start <= last), None)
        mark = (
            Segment(self._note_signs[note.colour], base + self._style(f"note-{note.colour}"))
            if note
            else Segment(" ", base)
        )
        return [Segment(" ", base), sign, mark]

    def _text(self, item: Paragraph, start: int, end: int, base: Style) -> Iterable[Segment]:
        style = base + self._style(_KIND_STYLES.get(item.kind, "text"))
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
    """Put letters to type over the text, where they fit as many narrow characters."""
    over = {at + n: char for at, word in letters for n, char in enumerate(word)}
    lettered: list[Segment] = []
    at = start
    for piece in pieces:
        for char in piece.text:
            own = at in over and cell_len(char) == 1
            lettered.append(Segment(over[at], style) if own else Segment(char, piece.style))
            at += 1
    lettered += [Segment(char, style) for place, char in sorted(over.items()) if place >= at]
    return lettered


def _spread(pieces: Sequence[Segment], room: int) -> list[Segment]:
    """Widen the spaces of a line until it fills the room, the left ones first; a line far too short stays as it is."""
    text = "".join(p.text for p in pieces)
    missing, gaps = room - cell_len(text), text.strip().count(" ")
    if gaps == 0 or not 0 < missing <= 2 * gaps:
        return list(pieces)
    each, more = divmod(missing, gaps)
    spread, seen = [], 0
    leading = len(text) - len(text.lstrip(" "))
    at = 0
    for piece in pieces:
        made = []
        for char in piece.text:
            is_gap = char == " " and at >= leading
            made.append(" " * (1 + each + (seen < more)) if is_gap else char)
            seen += is_gap
            at += 1
        spread.append(Segment("".join(made), piece.style))
    return spread
