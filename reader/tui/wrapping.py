"""Wrapping text to a width, as offsets: quick for plain text, right for wide and combining characters."""

from __future__ import annotations

from rich.cells import cell_len


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Lines as (start, end) offsets into `text`; breaks at spaces, and inside a word only where it must.

    The space at a break belongs to no line. Every line is at most `width` cells wide, except that one
    character wider than `width` stands alone.
    """
    width = max(1, width)
    lines: list[tuple[int, int]] = []
    start = 0
    simple = text.isascii() or cell_len(text) == len(text)
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
    line_start, at, used, last_space = start, start, 0, -1
    while at < end:
        size = cell_len(text[at])
        if text[at] == " ":
            last_space = at
        if used + size > width and at > line_start:
            cut = last_space if last_space > line_start else at
            lines.append((line_start, cut))
            line_start = cut + 1 if cut == last_space else cut
            at = max(at, line_start) if cut != last_space else line_start
            used, last_space = cell_len(text[line_start:at]), -1
            continue
        used += size
        at += 1
    lines.append((line_start, end))
    return lines
