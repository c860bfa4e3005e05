"""HTML: the document's blocks in order; trafilatura decides which of them are the article."""

from __future__ import annotations

import contextlib
import json
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reader.article.blocks import LINK, LINK_END, Block, aligned, linked, unmarked
from reader.article.clean import clean, clean_line, clean_url
from reader.article.model import Paragraph, ParagraphKind

_KINDS: dict[str, ParagraphKind] = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "p": "body", "div": "body", "section": "body", "article": "body", "main": "body", "tr": "table",
    "li": "list", "dd": "list", "dt": "list", "blockquote": "quote", "q": "body", "pre": "code",
    "figcaption": "caption", "caption": "caption", "address": "boilerplate",
    "nav": "boilerplate", "footer": "boilerplate", "header": "body", "aside": "boilerplate", "form": "boilerplate",
    "button": "boilerplate", "select": "boilerplate", "label": "boilerplate",
}  # fmt: skip
_CONTAINERS = frozenset({"nav", "footer", "aside", "form", "button", "select", "label", "address"})
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "head", "textarea", "canvas"}
)
_BLOCKS = frozenset(_KINDS) | {
    "body", "html", "ul", "ol", "dl", "table", "tbody", "thead", "figure", "hr", "details", "summary", "center", "tfoot",
}  # fmt: skip
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_CELL_END = "\x1f"  # no text that has been cleaned holds one
_DIGITS = 7
_LANGUAGE = re.compile(r"[a-z]{2}")
_WORD = re.compile(r"\w+")
_DATE_KEYS = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "pubdate",
    "publishdate",
    "sailthru.date",
)


def read_html(data: bytes | str) -> tuple[tuple[Paragraph, ...], Mapping[str, str], tuple[str, ...]]:
    """Return paragraphs (furniture marked), metadata (title, byline, date, language, url) and warnings.

    A document that cannot be parsed at all gives no paragraphs; the caller says so.
    """
    from lxml import etree
    from lxml import html as lxml_html

    if isinstance(data, str):
        data = _XML_DECLARATION.sub("", data, count=1)
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return (), {}, ()
    meta = _metadata(root)
    main, warnings = _main_words(data)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        warnings = (*warnings, "is nested too deeply to be read whole; some of its text is missing")
    paragraphs: list[Paragraph] = []
    targets: list[list[str]] = []
    anchors: dict[str, int] = {}
    in_story = False
    for block in aligned(_blocks(root)):
        kind, number = block.kind, len(paragraphs)
        anchors |= dict.fromkeys(block.anchors, number)
        shown = (
            clean(block.text).strip("\n")
            if kind == "code"
            else block.text
            if kind == "table"
            else clean_line(block.text)
        )
        if not unmarked(shown).strip():
            continue
        if main is not None and kind != "boilerplate" and (kind != "heading" or block.level != 1):
            in_story = _is_in(unmarked(shown), main) or (kind == "caption" and in_story)
            kind = kind if in_story else "boilerplate"
        targets.append(block.links if kind != "boilerplate" else [])
        paragraphs.append(Paragraph(number, kind, shown, block.level if kind in ("heading", "list") else 0))
    return tuple(linked(paragraphs, targets, anchors, meta.get("url", ""))), meta, warnings


class _Walk:
    """Gathers words until a block ends; what block that is, its links and anchors go along."""

    def __init__(self) -> None:
        self.open = ["body"]
        self.furniture = self.silent = 0
        self._words: list[str] = []
        self._links: list[str] = []
        self._href: str | None = None
        self._anchors: list[str] = []
        self._numbers: list[int] = []
        self._number = 0

    def say(self, text: str | None) -> None:
        """Take up some words."""
        if text and not self.silent:
            self._words.append(unmarked(text))

    def start(self, tag: str, element: Any) -> None:
        """A tag opens that is no block of words by itself, or whose words are still to come."""
        if name := element.get("id") or (element.get("name") if tag == "a" else None):
            self._anchors.append(name)
        if tag == "a" and element.get("href") and not self.silent:
            self._end_link()
            self._href = element.get("href")
            self._words.append(LINK)
        if tag in ("ol", "ul"):
            self._numbers.append(_start_of(element) if tag == "ol" else 0)
        elif tag == "li" and self._numbers and self._numbers[-1]:
            self._number, self._numbers[-1] = self._numbers[-1], self._numbers[-1] + 1

    def end(self, tag: str, element: Any) -> None:
        """A tag has closed."""
        if tag in ("ol", "ul") and self._numbers:
            self._numbers.pop()
        elif tag == "a":
            self._end_link()
        elif tag in ("td", "th"):
            self.say(_CELL_END)

    def close(self) -> None:
        """The innermost block is over; a number that no words followed goes with its item."""
        if self.open.pop() == "li":
            self._number = 0

    def _end_link(self) -> None:
        if self._href is not None:
            self._words.append(LINK_END)
            self._links.append(self._href)
            self._href = None

    def flush(self) -> Iterator[Block]:
        """The block that the words so far make; a link around several blocks is a link in each."""
        href = self._href
        if not unmarked("".join(self._words)).replace(_CELL_END, "").strip():
            self._words, self._links = [LINK] if href is not None else [], []
            return
        self._end_link()
        text = "".join(self._words)
        self._words, self._href = [LINK] if href is not None else [], href
        tag = next((t for t in reversed(self.open) if t in _KINDS), "body")
        inner = next((t for t in reversed(self.open) if t in ("li", "blockquote", "figcaption", "tr")), None)
        kind: ParagraphKind = "boilerplate" if self.furniture else _KINDS.get(tag, "body")
        if kind == "body" and inner:
            kind = _KINDS[inner]
        level = int(tag[1]) if kind == "heading" else self._number if kind == "list" else 0
        links, anchors, self._links, self._anchors, self._number = self._links, tuple(self._anchors), [], [], 0
        cells = tuple(clean_line(cell) for cell in text.split(_CELL_END)[:-1]) if kind == "table" else ()
        yield Block(kind, text.replace(_CELL_END, " "), level, cells, links, anchors)


def _start_of(element: Any) -> int:
    start = element.get("start") or "1"
    return int(start) if start.isdecimal() and len(start) < _DIGITS else 1


def _blocks(root: Any) -> Iterator[Block]:
    """Walk without recursion, so that no depth of nesting can overflow; text goes to the nearest block."""
    from lxml import etree

    walk = _Walk()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in _BLOCKS
        if event == "start":
            walk.silent += tag in _SILENT
            if is_block:
                yield from walk.flush()
                walk.open.append(tag)
                walk.furniture += tag in _CONTAINERS
            elif tag == "br":
                walk.say("\n")
            if tag:
                walk.start(tag, element)
            walk.say(element.text)
        else:
            if tag:
                walk.end(tag, element)
            if is_block:
                yield from walk.flush()
                walk.close()
                walk.furniture -= tag in _CONTAINERS
            walk.silent -= tag in _SILENT
            walk.say(element.tail)
    yield from walk.flush()


def _main_words(data: bytes | str) -> tuple[str | None, tuple[str, ...]]:
    """The article's text as trafilatura sees it, reduced to words; None when it finds none."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(
            data, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
        )
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError) as error:
        return None, (f"the main text could not be told from the page around it ({type(error).__name__})",)
    return (_words(text) if text else None), ()


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _is_in(block: str, main: str) -> bool:
    words = _words(block)
    return len(words) > 2 and (words in main or (len(words) > 200 and words[:160] in main))


def _metadata(root: Any) -> dict[str, str]:
    meta: dict[str, str] = {}
    named: dict[str, str] = {}
    for element in root.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if key and element.get("content"):
            named.setdefault(key, clean_line(element.get("content")))
    linked = _linked_data(root)
    meta["title"] = (
        named.get("og:title") or linked.get("headline") or _first_text(root, "h1") or _first_text(root, "title")
    )
    meta["byline"] = named.get("author") or linked.get("author") or ""
    meta["date"] = next(
        (named[key] for key in _DATE_KEYS if key in named), linked.get("datePublished", "")
    ) or _time_element(root)
    language = _LANGUAGE.match((root.get("lang") or named.get("og:locale", "")).lower())
    meta["language"] = language[0] if language else ""
    canonical = next((e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    meta["url"] = clean_url(canonical or named.get("og:url", "")) or ""
    return {key: value for key, value in meta.items() if value}


def _first_text(root: Any, tag: str) -> str:
    element = next(root.iter(tag), None)
    return clean_line("".join(element.itertext())) if element is not None else ""


def _time_element(root: Any) -> str:
    dates = {element.get("datetime", "")[:10] for element in root.iter("time") if element.get("datetime")}
    return clean_line(dates.pop()) if len(dates) == 1 else ""


def _linked_data(root: Any) -> dict[str, str]:
    """Headline, author and date from JSON-LD; what does not parse is left out."""
    found: dict[str, str] = {}
    for element in root.iter("script"):
        if (element.get("type") or "").lower() != "application/ld+json" or not element.text:
            continue
        with contextlib.suppress(ValueError, RecursionError):
            _take(json.loads(element.text), found)
    return found


def _take(data: object, found: dict[str, str]) -> None:
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            continue
        if isinstance(item.get("@graph"), list):
            _take(item["@graph"], found)
        for key in ("headline", "datePublished"):
            if isinstance(item.get(key), str):
                found.setdefault(key, clean_line(item[key]))
        author = item.get("author")
        author = author[0] if isinstance(author, list) and author else author
        name = author.get("name") if isinstance(author, dict) else author
        if isinstance(name, str):
            found.setdefault("author", clean_line(name))
