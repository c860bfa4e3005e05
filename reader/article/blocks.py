"""Blocks on their way to paragraphs: table rows in columns, and links by where their words stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rich.cells import cell_len

from reader.article.clean import clean_line, clean_url
from reader.article.model import Link, ParagraphKind

_WIDEST_CELL = 40
_RULE = " │ "


@dataclass(frozen=True, slots=True)
class Block:
    """What a parser found: words or a row's cells, links as words and target, and the anchors that lead here."""

    kind: ParagraphKind
    text: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()
    links: list[tuple[str, str]] = field(default_factory=list)
    anchors: tuple[str, ...] = ()


def aligned(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same blocks, the rows of each table in columns."""
    for is_row, group in groupby(blocks, key=lambda block: bool(block.cells)):
        if not is_row:
            yield from group
            continue
        rows = list(group)
        count = max(len(row.cells) for row in rows)
        widths = [
            min(_WIDEST_CELL, max((cell_len(row.cells[n]) for row in rows if n < len(row.cells)), default=0))
            for n in range(count)
        ]
        for row in rows:
            padded = [
                cell + " " * max(0, width - cell_len(cell)) for cell, width in zip(row.cells, widths, strict=False)
            ]
            yield replace(row, text=_RULE.join(padded).rstrip())


def links_in(
    text: str, links: Sequence[tuple[str, str]], anchors: Mapping[str, int], base: str = ""
) -> tuple[Link, ...]:
    """Links by the place of their words, in order; a target inside the article becomes "#" and a paragraph's number.

    What is no http or https address, and no anchor of the article, is no link.
    """
    found: list[Link] = []
    at = 0
    for words, target in links:
        shown = clean_line(words)
        start = text.find(shown, at) if shown else -1
        goal = _goal(target, anchors, base)
        if start >= 0:
            at = start + len(shown)
            if goal is not None:
                found.append(Link(start, at, goal))
    return tuple(found)


def _goal(target: str, anchors: Mapping[str, int], base: str) -> str | None:
    from urllib.parse import urljoin

    if target.startswith("#"):
        number = anchors.get(target[1:])
        return None if number is None else f"#{number}"
    try:
        return clean_url(urljoin(base, target) if base else target)
    except ValueError:
        return None
