"""Blocks on their way to paragraphs: table rows in columns, and links by where their words stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rich.cells import cell_len

from reader.article.clean import clean_url
from reader.article.model import Link, Paragraph, ParagraphKind

_WIDEST_CELL = 40
_RULE = " │ "


@dataclass(frozen=True, slots=True)
class Block:
    """What a parser found: words or a row's cells with marks around links, their targets, and the anchors that lead here."""

    kind: ParagraphKind
    text: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()
    links: list[str] = field(default_factory=list)
    anchors: tuple[str, ...] = ()


LINK, LINK_END = "\ue000", "\ue001"
"""Around the words of a link while a block is on its way: private characters, which `unmarked` keeps out of what comes in."""


def unmarked(text: str) -> str:
    """Text in which nothing looks like a link's mark."""
    return text.replace(LINK, "").replace(LINK_END, "")


def aligned(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same blocks, the rows of each table in columns."""
    for is_row, group in groupby(blocks, key=lambda block: bool(block.cells)):
        if not is_row:
            yield from group
            continue
        rows = list(group)
        count = max(len(row.cells) for row in rows)
        widths = [
            min(_WIDEST_CELL, max((_width(row.cells[n]) for row in rows if n < len(row.cells)), default=0))
            for n in range(count)
        ]
        for row in rows:
            padded = [cell + " " * max(0, width - _width(cell)) for cell, width in zip(row.cells, widths, strict=False)]
            yield replace(row, text=_RULE.join(padded).rstrip())


def _width(cell: str) -> int:
    return cell_len(unmarked(cell))


def linked(
    paragraphs: Sequence[Paragraph], targets: Sequence[list[str]], anchors: Mapping[str, int], base: str = ""
) -> Iterator[Paragraph]:
    """Paragraphs whose text still has its marks, each with its links in their place."""
    known = {name: number for name, number in anchors.items() if number < len(paragraphs)}
    for paragraph, leads in zip(paragraphs, targets, strict=True):
        if leads or LINK in paragraph.text or LINK_END in paragraph.text:
            text, links = links_in(paragraph.text, leads, known, base)
            yield replace(paragraph, text=text, links=links)
        else:
            yield paragraph


def links_in(
    marked: str, targets: Sequence[str], anchors: Mapping[str, int], base: str = ""
) -> tuple[str, tuple[Link, ...]]:
    """A clean text without its marks, and its links; a target inside the article becomes "#" and a paragraph's number.

    What is no http or https address, and no anchor of the article, is no link.
    """
    text: list[str] = []
    found: list[Link] = []
    start, number = 0, 0
    for char in marked:
        if char == LINK:
            start = len(text)
        elif char == LINK_END:
            goal = _goal(targets[number], anchors, base) if number < len(targets) else None
            first, last = _trimmed(text, start)
            if goal is not None and first < last:
                found.append(Link(first, last, goal))
            number += 1
        elif char != " " or not text or text[-1] not in " \n":
            text.append(char)
    lead = 1 if text[:1] == [" "] else 0
    plain = "".join(text)[lead:]
    moved = (Link(max(0, k.start - lead), min(k.end - lead, len(plain.rstrip())), k.target) for k in found)
    return plain.rstrip(" "), tuple(k for k in moved if k.start < k.end)


def _trimmed(text: Sequence[str], start: int) -> tuple[int, int]:
    """The stretch from a place to the end, without the spaces around it."""
    end = len(text)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _goal(target: str, anchors: Mapping[str, int], base: str) -> str | None:
    from urllib.parse import urljoin

    if target.startswith("#"):
        number = anchors.get(target[1:])
        return None if number is None else f"#{number}"
    try:
        return clean_url(urljoin(base, target) if base else target)
    except ValueError:
        return None
