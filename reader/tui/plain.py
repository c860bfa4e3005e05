"""Everything on the screen in ASCII: a filter of finished lines, so that no widget has to know of it."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_MARKS = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "·": "-", "…": "~", "—": "-", "–": "-", "⏎": "^", "◂": "<", "▸": ">", "✓": "+", "✗": "x", "≠": "#",
    "←": "<", "→": ">", "↑": "^", "↓": "v", "•": "-", "¶": "P", "━": " ", "🔎": "  ",
}  # fmt: skip
OWN = "own words"
"""Marks a style's segments as the article's own: they stay as they are."""
_DRAWN = {chr(code): " " for code in range(0x2500, 0x25A0)}  # box drawing and block elements
_ASCII = str.maketrans(_MARKS | _DRAWN)


class PlainFilter(LineFilter):
    """Puts a character of the same width in place of what a braille display or a screen reader stumbles over."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in ASCII, as far as the program wrote them; letters of other scripts stay."""
        return [
            s if s.text.isascii() or _is_own(s) else Segment(s.text.translate(_ASCII), s.style, s.control)
            for s in segments
        ]


def _is_own(segment: Segment) -> bool:
    return bool(segment.style and segment.style.meta.get(OWN))
