"""Wrapping text to a width, as offsets: quick for plain text, right for wide and combining characters.

Lines break at spaces, and between wide characters where Unicode's line breaking rules (UAX #14, classes ID, CL and OP) allow it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len

# Characters of one cell each that join with nothing: Latin, Greek and Cyrillic letters, and common punctuation.
_NARROW = re.compile(
    r"[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*"
)
_JOINER = "\u200d"
_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー」』）】〉》〕］｝〜…‥々ぁぃぅぇぉっゃゅょァィゥェォッャュョヵヶ!),.:;?]}%’”"
)
_NEVER_LAST = frozenset("「『（【〈《〔［｛‘“([{")


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Lines as (start, end) offsets into `text`; breaks at spaces, and inside a word only where it must.

    The space at a break belongs to no line, and no line begins inside a character that is made of several
    code points. Every line is at most `width` cells wide, except that one wider character stands alone.
    """
    width = max(1, width)
    lines: list[tuple[int, int]] = []
    start = 0
    simple = text.isascii() or _NARROW.fullmatch(text) is not None
    for part in text.split("\n"):
        end = start + len(part)
        lines += _simple(text, start, end, width) if simple else _wide(text, start, end, width)
        start = end + 1
    return lines or [(0, 0)]


def _simple(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    lines = []
    while end - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut <= start:
            lines.append((start, start + width))
            start += width
        else:
            lines.append((start, cut))
            start = cut + 1
    lines.append((start, end))
    return lines


def _wide(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    lines = []
    line_start, used = start, 0
    last, following, before = (
        -1,
        -1,
        0,
    )  # the last place to break: the line's end, the next line's start, cells up to there
    for at, stop in _characters(text, start, end):
        size = cell_len(text[at:stop])
        if at > line_start and _may_break(text[at - 1], text[at]):
            last, following, before = at, at, used
        if used + size > width and at > line_start:
            if text[at] == " ":
                lines.append((line_start, at))
                line_start, used, last = stop, 0, -1
                continue
            if last > line_start:
                lines.append((line_start, last))
                line_start, used = following, used - before
            if used + size > width and at > line_start:
                lines.append((line_start, at))
                line_start, used = at, 0
            last = -1
        used += size
        if text[at] == " ":
            last, following, before = at, stop, used
    lines.append((line_start, end))
    return lines


def _may_break(char: str, following: str) -> bool:
    """Whether a line may end between two characters without a space: between ideographs and kana, not before a closing mark."""
    if char == " " or following == " " or following in _NEVER_FIRST or char in _NEVER_LAST:
        return False
    return _is_wide(char) or _is_wide(following)


def _is_wide(char: str) -> bool:
    """A wide character that stands by itself; Korean is written with spaces and keeps its words."""
    return char >= "\u2e80" and not "\uac00" <= char <= "\ud7a3" and unicodedata.east_asian_width(char) in "WF"


def is_right_to_left(text: str) -> bool:
    """Whether a paragraph's first letter is of a script that runs to the left (rule P2 of UAX #9)."""
    if text.isascii():
        return False
    for char in text[:200]:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def _characters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What a reader sees as characters: a base with its marks, a joined emoji, a flag of two letters."""
    at = start
    while at < end:
        stop = at + 1
        if _is_flag_letter(text[at]) and stop < end and _is_flag_letter(text[stop]):
            stop += 1
        while stop < end and (_joins(text[stop]) or text[stop - 1] == _JOINER):
            stop += 1
        yield at, stop
        at = stop


def _joins(char: str) -> bool:
    return (
        char == _JOINER
        or "\ufe00" <= char <= "\ufe0f"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or unicodedata.category(char) in ("Mn", "Me", "Mc")
    )


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
