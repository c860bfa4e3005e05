"""Markdown: CommonMark blocks with tables, and the `key: value` lines of a front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.article.blocks import LINK, LINK_END, Block, aligned, linked, unmarked
from reader.article.clean import clean, clean_block, clean_line, clean_url
from reader.article.model import Paragraph, ParagraphKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ ]*\n(.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_KEY_VALUE = re.compile(r"^([A-Za-z][\w -]{0,40}):\s*(.*?)\s*$")
_DEEPEST = 100
_DIGITS = 7
_TOO_DEEP = re.compile(r"^(?:[ ]{40,}[-*+>\d]|(?:[>*+-][ \t]?){40,})", re.MULTILINE)


def read_markdown(text: str) -> tuple[tuple[Paragraph, ...], Mapping[str, str]]:
    """Return the paragraphs and the front matter (lower-case keys); furniture is not marked yet.

    What is nested deeper than a parser follows is read as plain text, so that nothing is lost.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    cleaned = unmarked(clean(text))
    found = _FRONT_MATTER.match(cleaned)
    meta = _front_matter(found[1]) if found else {}
    body = cleaned[found.end() :] if found else cleaned
    if _TOO_DEEP.search(body):
        from reader.article.plain import read_plain

        return read_plain(body), meta
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table").use(footnote_plugin)
    paragraphs: list[Paragraph] = []
    targets: list[list[str]] = []
    anchors: dict[str, int] = {}
    for block in aligned(_blocks(parser.parse(body))):
        shown = _shown(block)
        if not unmarked(shown).strip():
            continue
        anchors |= dict.fromkeys(block.anchors, len(paragraphs))
        targets.append(block.links)
        paragraphs.append(Paragraph(len(paragraphs), block.kind, shown, block.level))
    return tuple(linked(paragraphs, targets, anchors)), meta


def _shown(block: Block) -> str:
    if block.kind == "code":
        return block.text.strip("\n")
    if block.kind == "table":
        return block.text.rstrip()
    return clean_block(block.text) if block.kind == "list" else clean_line(block.text)


def _front_matter(block: str) -> dict[str, str]:
    meta: dict[str, str] = {}
    for line in block.split("\n"):
        if found := _KEY_VALUE.match(line):
            meta[found[1].strip().lower()] = clean_line(found[2].strip("\"'"))
    if "url" in meta:
        meta["url"] = clean_url(meta["url"]) or ""
    return {key: value for key, value in meta.items() if value}


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """Each leaf block with its kind: a list item, a table row, a footnote and a quoted paragraph are blocks of their own."""
    lists = quotes = number = 0
    row: list[str] | None = None
    row_links: list[str] = []
    row_anchors: list[str] = []
    note = ""
    for place, token in enumerate(tokens):
        lists += (token.type == "list_item_open") - (token.type == "list_item_close")
        quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type == "list_item_open":
            number = int(token.info) if token.info.isdecimal() and len(token.info) < _DIGITS else 0
        elif token.type == "footnote_open":
            note = str(token.meta["id"] + 1)
        elif token.type == "footnote_close":
            note = ""
        elif token.type == "tr_open":
            row, row_links, row_anchors = [], [], []
        elif token.type == "tr_close" and row is not None:
            yield Block("table", cells=tuple(row), links=row_links, anchors=tuple(row_anchors))
            row = None
        elif token.type in ("fence", "code_block"):
            yield Block("code", token.content)
        elif token.type == "inline" and row is not None:
            row.append(clean_line(_marked(token)))
            row_links += _targets(token)
            row_anchors += _references(token)
        elif token.type == "inline":
            yield _leaf(token, tokens[place - 1], lists=lists, quotes=quotes, number=number, note=note)
            number = 0
            note = "" if note else note


def _leaf(token: Token, before: Token, *, lists: int, quotes: int, number: int, note: str) -> Block:
    """A block of words; a footnote's begins with its number, which leads back to where it is referred to."""
    content, links = _marked(token), _targets(token)
    anchors = tuple(_references(token))
    if note:
        return Block(
            "list", f"{LINK}[{note}]{LINK_END} {content}", links=[f"#fnref{note}", *links], anchors=(f"fn{note}",)
        )
    kind: ParagraphKind = "list" if lists else "quote" if quotes else "caption" if _is_picture(token) else "body"
    if before.type == "heading_open":
        return Block("heading", content, int(before.tag[1]), links=links, anchors=anchors)
    return Block(kind, content, number if lists else 0, links=links, anchors=anchors)


def _marked(token: Token) -> str:
    """The words of an inline token without its markup, marks around its links; a picture is its alternative text."""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type in ("text", "code_inline", "image", "html_inline"):
            parts.append(child.content)
        elif child.type == "link_open":
            parts.append(LINK)
        elif child.type == "link_close":
            parts.append(LINK_END)
        elif child.type == "footnote_ref":
            parts.append(f"{LINK}[{child.meta['id'] + 1}]{LINK_END}")
    return "".join(parts)


def _targets(token: Token) -> list[str]:
    """Where the links of an inline token lead, footnotes too, in the order in which they end."""
    found: list[str] = []
    target = ""
    for child in token.children or ():
        if child.type == "link_open":
            target = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            found.append(target)
        elif child.type == "footnote_ref":
            found.append(f"#fn{child.meta['id'] + 1}")
    return found


def _references(token: Token) -> list[str]:
    """The anchors of a token's footnote signs."""
    return [f"fnref{child.meta['id'] + 1}" for child in token.children or () if child.type == "footnote_ref"]


def _is_picture(token: Token) -> bool:
    children = token.children or []
    return any(c.type == "image" for c in children) and all(
        c.type in ("image", "softbreak") or not c.content.strip() for c in children
    )
