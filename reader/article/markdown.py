"""Markdown: CommonMark blocks with tables, and the `key: value` lines of a front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.article.clean import clean, clean_block, clean_line, clean_url
from reader.article.model import Paragraph, ParagraphKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ ]*\n(.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_KEY_VALUE = re.compile(r"^([A-Za-z][\w -]{0,40}):\s*(.*?)\s*$")
_DEEPEST = 100
_TOO_DEEP = re.compile(r"^(?:[ ]{40,}[-*+>\d]|(?:[>*+-][ \t]?){40,})", re.MULTILINE)


def read_markdown(text: str) -> tuple[tuple[Paragraph, ...], Mapping[str, str]]:
    """Return the paragraphs and the front matter (lower-case keys); furniture is not marked yet.

    What is nested deeper than a parser follows is read as plain text, so that nothing is lost.
    """
    from markdown_it import MarkdownIt

    cleaned = clean(text)
    found = _FRONT_MATTER.match(cleaned)
    meta = _front_matter(found[1]) if found else {}
    body = cleaned[found.end() :] if found else cleaned
    if _TOO_DEEP.search(body):
        from reader.article.plain import read_plain

        return read_plain(body), meta
    tokens = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table").parse(body)
    paragraphs: list[Paragraph] = []
    for kind, level, content in _blocks(tokens):
        shown = (
            content.strip("\n")
            if kind == "code"
            else clean_block(content)
            if kind in ("list", "table")
            else clean_line(content)
        )
        if shown.strip():
            paragraphs.append(Paragraph(len(paragraphs), kind, shown, level))
    return tuple(paragraphs), meta


def _front_matter(block: str) -> dict[str, str]:
    meta: dict[str, str] = {}
    for line in block.split("\n"):
        if found := _KEY_VALUE.match(line):
            meta[found[1].strip().lower()] = clean_line(found[2].strip("\"'"))
    if "url" in meta:
        meta["url"] = clean_url(meta["url"]) or ""
    return {key: value for key, value in meta.items() if value}


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[ParagraphKind, int, str]]:
    """Each leaf block with its kind: a list item, a table row and a quoted paragraph are blocks of their own."""
    lists = quotes = 0
    row: list[str] | None = None
    for place, token in enumerate(tokens):
        lists += (token.type == "list_item_open") - (token.type == "list_item_close")
        quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield "table", 0, "  |  ".join(row)
            row = None
        elif token.type in ("fence", "code_block"):
            yield "code", 0, token.content
        elif token.type == "inline":
            content = _plain(token)
            if row is not None:
                row.append(content)
            elif tokens[place - 1].type == "heading_open":
                yield "heading", int(tokens[place - 1].tag[1]), content
            elif lists:
                yield "list", 0, content
            elif quotes:
                yield "quote", 0, content
            elif _is_picture(token):
                yield "caption", 0, content
            else:
                yield "body", 0, content


def _plain(token: Token) -> str:
    """The words of an inline token without its markup; a picture is its alternative text."""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type in ("text", "code_inline", "image", "html_inline"):
            parts.append(child.content)
    return "".join(parts)


def _is_picture(token: Token) -> bool:
    children = token.children or []
    return any(c.type == "image" for c in children) and all(
        c.type in ("image", "softbreak") or not c.content.strip() for c in children
    )
