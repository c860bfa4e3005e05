"""From a path, standard input or bytes to an `Article`; every way in is bounded and cleaned here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal

from reader.article.clean import clean_line
from reader.article.furniture import byline_of, mark_furniture
from reader.article.model import Article, AsOf, Paragraph
from reader.dates import parse_iso

DEFAULT_MAX_BYTES = 16 * 1024 * 1024
Format = Literal["plain", "markdown", "html"]

_MARKDOWN_NAMES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_HTML_NAMES = frozenset({".html", ".htm", ".xhtml"})
_HTML_START = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1|meta)\b", re.IGNORECASE | re.DOTALL
)
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6} \S|---\n[A-Za-z].*?:)|\[[^\]\n]+\]\(https?://", re.MULTILINE)
_DECLARED_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_ENGLISH = frozenset(
    ("the of and to in a is that for on was with as by at it from his her has be an are were said").split()
)
_FIRST = 1_000  # paragraphs
_OTHER_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class ArticleError(Exception):
    """The input cannot be read as an article; the message is one line for the person who gave it."""


def load_path(path: Path, *, max_bytes: int = DEFAULT_MAX_BYTES, as_of: str | None = None) -> Article:
    """Read a file. Raises ArticleError with one plain line when it cannot be read as text."""
    shown = clean_line(str(path))
    try:
        if path.is_dir():
            raise ArticleError(f"{shown}: is a directory; give the file of an article")
        if not path.exists():
            raise ArticleError(f"{shown}: no such file")
        if path.is_file() and path.stat().st_size > max_bytes:
            raise ArticleError(
                f"{shown}: {path.stat().st_size:,} bytes is over the limit of {max_bytes:,}; raise it with --max-size"
            )
        with path.open("rb") as stream:
            data = _bounded(stream, max_bytes, shown)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ArticleError(f"{shown}: cannot be read ({reason})") from error
    article = load_bytes(data, name=path.name, as_of=as_of)
    return article if article.url else replace(article, url=path.resolve().as_uri())


def load_stream(stream: BinaryIO, *, max_bytes: int = DEFAULT_MAX_BYTES, as_of: str | None = None) -> Article:
    """Read standard input to its end. Raises ArticleError."""
    return load_bytes(_bounded(stream, max_bytes, "standard input"), name="standard input", as_of=as_of)


def load_bytes(data: bytes, *, name: str, as_of: str | None = None) -> Article:
    """Decode, parse and clean `data`; its format follows its name, else its first bytes. Raises ArticleError."""
    shown = clean_line(name)
    if not data or data.isspace():
        raise ArticleError(f"{shown}: is empty")
    _refuse_binary(data, shown)
    form = _format(data, Path(name).suffix.lower())
    text, warnings = _decode(data, form)
    paragraphs, meta, more = _parse(text, form)
    if not paragraphs:
        raise ArticleError(f"{shown}: holds no text")
    return _assemble(paragraphs, meta, as_of, tuple(f"{shown}: {w}" for w in (*warnings, *more)))


def as_of_option(text: str) -> AsOf:
    """Read `--as-of`: YYYY, YYYY-MM or YYYY-MM-DD. Raises ArticleError."""
    when = parse_iso(text)
    if when is None:
        raise ArticleError(f"--as-of {clean_line(text)!r}: not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
    return AsOf(when, "option")


def _bounded(stream: BinaryIO, max_bytes: int, shown: str) -> bytes:
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ArticleError(f"{shown}: is over the limit of {max_bytes:,} bytes; raise it with --max-size")
    return data


def _refuse_binary(data: bytes, shown: str) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return
    sample = data[:65536]
    if (
        b"\x00" in sample
        or len(_OTHER_CONTROLS.findall(sample)) > max(4, len(sample) // 20)
        or data.startswith((b"%PDF-", b"PK\x03\x04"))
    ):
        raise ArticleError(f"{shown}: is a binary file; give plain text, Markdown or HTML")


def _format(data: bytes, suffix: str) -> Format:
    if suffix in _HTML_NAMES:
        return "html"
    if suffix in _MARKDOWN_NAMES:
        return "markdown"
    if suffix not in (".txt", ".text") and _HTML_START.match(data[:4096]):
        return "html"
    if not suffix or suffix not in (".txt", ".text"):
        head = data[:4096].decode("utf-8", "replace")
        if _MARKDOWN_SIGNS.search(head):
            return "markdown"
    return "plain"


def _decode(data: bytes, form: Format) -> tuple[str, tuple[str, ...]]:
    """UTF-8 (or a UTF-16 mark, or a page's declared charset); else the Windows superset of Latin-1, with a warning."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        declared = _DECLARED_CHARSET.search(data[:4096]) if form == "html" else None
    if declared:
        try:
            return data.decode(declared[1].decode("ascii")), ()
        except (LookupError, UnicodeError):
            pass_on = declared[1].decode("ascii")
            return _guessed(data), (f"is not in its declared encoding {pass_on}; some characters may be wrong",)
    return _guessed(data), ("is not UTF-8; it was read as Windows-1252 and some characters may be wrong",)


def _guessed(data: bytes) -> str:
    mostly_utf8 = data.decode("utf-8", "replace")
    if mostly_utf8.count("\ufffd") * 20 < sum(byte > 127 for byte in data[:65536]):
        return mostly_utf8
    return data.decode("cp1252", "replace")


def _parse(text: str, form: Format) -> tuple[tuple[Paragraph, ...], Mapping[str, str], tuple[str, ...]]:
    if form == "html":
        from reader.article.html import read_html

        return read_html(text)
    if form == "markdown":
        from reader.article.markdown import read_markdown

        paragraphs, meta = read_markdown(text)
        return paragraphs, meta, ()
    from reader.article.plain import read_plain

    return read_plain(text), {}, ()


def _assemble(
    paragraphs: tuple[Paragraph, ...], meta: Mapping[str, str], as_of: str | None, warnings: tuple[str, ...]
) -> Article:
    marked = mark_furniture(paragraphs)
    published = parse_iso(meta.get("date", meta.get("published", ""))[:10])
    if as_of is not None:
        speaks_from = as_of_option(as_of)
    elif published:
        speaks_from = AsOf(published, "metadata")
    else:
        from reader.article.dateline import as_of_text

        speaks_from = as_of_text(paragraphs)
    title = meta.get("title") or next((p.text for p in marked if p.kind == "heading"), None)
    byline = (
        meta.get("byline")
        or meta.get("author")
        or next((name for p in paragraphs if (name := byline_of(p.text))), None)
    )
    dated = published or (speaks_from.date if speaks_from.source == "text" else None)
    return Article(
        title=title,
        paragraphs=marked,
        as_of=speaks_from,
        byline=byline,
        url=meta.get("url"),
        published=dated.iso if dated else None,
        language=meta.get("language") or _language(marked),
        warnings=warnings,
    )


def _language(paragraphs: tuple[Paragraph, ...]) -> str | None:
    """ "en" when the commonest English words make up a good share of the text, else unknown."""
    texts = [p.text for p in paragraphs[:_FIRST] if p.is_checked]
    words = " ".join(texts)[:20_000].lower().split()
    if not words:
        return None
    return "en" if sum(word in _ENGLISH for word in words) / len(words) > 0.12 else None
