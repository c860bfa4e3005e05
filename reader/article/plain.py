"""Plain text: paragraphs are separated by blank lines, or are the lines themselves where none is blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.article.clean import clean, clean_block, clean_line
from reader.article.dateline import is_dateline
from reader.article.furniture import is_furniture_line, looks_like_heading
from reader.article.model import Paragraph, ParagraphKind

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_BULLET = re.compile(r"^\s*(?:[-*•‣–]|\d{1,3}[.)])\s+\S")
_CAPTION = re.compile(
    r"^(?:image|photo(?:graph)?|picture|figure|fig\.|credit)\s*[:.]|\b(?:image|photo|picture)\s*(?:credit)?\s*:\s*[^.]{2,60}\.?$",
    re.IGNORECASE,
)
_EMPTY_LINE = re.compile(r"\n\n|\r\n\r\n")
_PIECE = 50_000
_LONG_LINE = 110


def read_plain(text: str) -> tuple[Paragraph, ...]:
    """Split text into paragraphs with their kinds; furniture is not marked yet."""
    paragraphs: list[Paragraph] = []
    in_story = False
    for block in (block for piece in _pieces(text) for block in _blocks(piece)):
        kind = _kind(block, is_first=not in_story)
        content = clean_block(block) if kind in ("list", "table") else clean_line(block)
        if content:
            level = (2 if in_story else 1) if kind == "heading" else 0
            paragraphs.append(Paragraph(len(paragraphs), kind, content, level))
            in_story = in_story or not is_furniture_line(content)
    return tuple(paragraphs)


def _pieces(text: str) -> Iterator[str]:
    """Some thousand characters at a time, clean, each up to an empty line: a book is never held twice."""
    start = 0
    while start < len(text):
        cut = _EMPTY_LINE.search(text, start + _PIECE)
        stop = cut.end() if cut else len(text)
        yield clean(text[start:stop])
        start = stop


def _blocks(text: str) -> Iterator[str]:
    for block in _BLANK.split(text):
        lines = [line for line in block.split("\n") if line.strip()]
        if len(lines) > 1 and not all(_BULLET.match(line) for line in lines) and _is_line_per_paragraph(lines):
            yield from lines
        elif lines:
            yield "\n".join(lines)


def _is_line_per_paragraph(lines: list[str]) -> bool:
    """Hard-wrapped text has lines of one width; pasted text has a paragraph a line."""
    return any(len(line) > _LONG_LINE for line in lines)


def _kind(block: str, *, is_first: bool) -> ParagraphKind:
    line = clean_line(block)
    lines = block.split("\n")
    if all(_BULLET.match(item) for item in lines) and (len(lines) > 1 or not looks_like_heading(line)):
        return "list"
    if is_dateline(line):
        return "body"
    if _CAPTION.search(line) and len(line) < 240:
        return "caption"
    if looks_like_heading(line) and (is_first or len(line.split()) <= 14):
        return "heading"
    return "body"
