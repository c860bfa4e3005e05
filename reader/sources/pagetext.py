"""The running text of an encyclopedia's HTML page: its paragraphs, one a line, without notes and tables."""

from __future__ import annotations

import re

from reader.article.clean import clean_line

_NOTE = re.compile(r"\[\w{1,4}\]")
_LONGEST = 60_000


def text_of(html: bytes) -> str:
    """The paragraphs of a page; "" for what cannot be parsed."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        root = lxml_html.document_fromstring(html, parser=lxml_html.HTMLParser(encoding="utf-8", remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return ""
    blocks = (clean_line(_NOTE.sub("", "".join(p.itertext()))) for p in root.iter("p"))
    return "\n".join(b for b in blocks if b)[:_LONGEST]
