"""An article as it was read, written down and read back: what a saved pack carries so that it opens by itself."""

from __future__ import annotations

from typing import Literal

import msgspec

from reader.article.clean import clean, clean_block, clean_line, clean_url
from reader.article.load import ArticleError
from reader.article.model import Article, AsOf, Link, Paragraph, ParagraphKind
from reader.dates import parse_iso

_DIGITS = 9
KIND = "application/vnd.caveat.article+json"


class _Block(msgspec.Struct, array_like=True):
    kind: ParagraphKind
    text: str
    level: int = 0
    links: list[tuple[int, int, str]] = []


class _Saved(msgspec.Struct, forbid_unknown_fields=True):
    paragraphs: list[_Block]
    title: str | None = None
    as_of: str | None = None
    dated: Literal["option", "metadata", "text", "unknown"] = "unknown"
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None


def to_bytes(article: Article) -> bytes:
    """An article as JSON."""
    day = article.as_of.date.iso if article.as_of.date else None
    blocks = [
        _Block(p.kind, p.text, p.level, [(k.start, k.end, k.target) for k in p.links]) for p in article.paragraphs
    ]
    url = article.url if article.url and article.url.startswith("http") else None
    return msgspec.json.encode(
        _Saved(blocks, article.title, day, article.as_of.source, article.byline, url, article.published, article.language)
    )  # fmt: skip


def from_bytes(data: bytes, name: str) -> Article:
    """The article of such JSON, every word of it through the door again. Raises ArticleError."""
    try:
        saved = msgspec.json.decode(data, type=_Saved)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
        raise ArticleError(
            f"{clean_line(name)}: the article in it cannot be read ({clean_line(str(error))})"
        ) from error
    day = parse_iso(saved.as_of) if saved.as_of else None
    return Article(
        title=_line(saved.title),
        paragraphs=tuple(_paragraph(n, b, len(saved.paragraphs)) for n, b in enumerate(saved.paragraphs)),
        as_of=AsOf(day, saved.dated) if day else AsOf(),
        byline=_line(saved.byline),
        url=clean_url(saved.url) if saved.url else None,
        published=_line(saved.published),
        language=_line(saved.language),
    )


def _line(text: str | None) -> str | None:
    return clean_line(text) if text else None


def _paragraph(number: int, block: _Block, count: int) -> Paragraph:
    text = _text(block)
    links = [
        Link(start, end, target)
        for start, end, raw in block.links
        if 0 <= start < end <= len(text) and (target := _target(raw, count)) is not None
    ]
    return Paragraph(number, block.kind, text, block.level, tuple(links))


def _target(raw: str, count: int) -> str | None:
    if raw.startswith("#"):
        return raw if raw[1:].isdecimal() and len(raw) < _DIGITS and int(raw[1:]) < count else None
    return clean_url(raw)


def _text(block: _Block) -> str:
    """Code and tables keep their lines and columns, as when they first came in."""
    if block.kind in ("code", "table"):
        return clean(block.text)
    return clean_block(block.text) if "\n" in block.text else clean_line(block.text)
