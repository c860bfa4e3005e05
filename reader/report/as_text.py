"""The result as plain text and as Markdown, for people, pipes and screen readers."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from reader.findings import ClaimRecord, Examination
from reader.report.totals import count_line
from reader.report.wording import (
    SIGNS,
    as_of_line,
    before_line,
    line_words,
    quote_line,
    source_line,
    today_line,
    verdict_words,
)

_WIDTH = 88
_BLOCK_START = re.compile(r"^(\s*\d{0,9})([-+=.)~])(?=\s|$|[-=~])")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")


def as_text(result: Examination) -> str:
    """Decided claims first, in the article's order, then how many were left open and what failed."""
    article = result.article
    lines = [
        article.title or "(no title)",
        f"{as_of_line(article.as_of)} · {line_words(result.asked, online=result.online)} · packs: {', '.join(result.packs) or 'none'}",
        "",
    ]
    for record in _speaking(result):
        lines += _text_block(record)
    lines += [count_line(result) + "."]
    lines += [f"{failure.stage}: {failure.reason}" for failure in result.failures]
    return "\n".join(lines) + "\n"


def _speaking(result: Examination) -> Iterator[ClaimRecord]:
    return (r for r in result.claims if r.leading.label != "not-checkable")


def _text_block(record: ClaimRecord) -> Iterator[str]:
    for verdict in record.verdicts:
        head = f"{SIGNS[verdict.label]} {verdict_words(verdict)} · {verdict.check} · paragraph {record.claim.span.paragraph + 1}"
        yield head
        yield from textwrap.wrap(f"“{record.claim.text}”", _WIDTH, initial_indent="  ", subsequent_indent="  ")
        yield from textwrap.wrap(verdict.explanation, _WIDTH, initial_indent="  ", subsequent_indent="  ")
        for evidence in verdict.evidence:
            yield from textwrap.wrap(
                f"{quote_line(evidence)} — {source_line(evidence)}",
                _WIDTH,
                initial_indent="    ",
                subsequent_indent="    ",
            )
        yield ""
    for line in (*map(today_line, record.today), *map(before_line, record.before)):
        yield from textwrap.wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="  ")
        yield ""


def as_markdown(result: Examination) -> str:
    """The same as Markdown; everything that comes from outside is escaped."""
    article = result.article
    lines = [
        f"# {_escaped(article.title or 'Untitled article')}",
        "",
        f"{as_of_line(article.as_of)} · {count_line(result)} · packs: {_escaped(', '.join(result.packs) or 'none')}.",
        "",
    ]
    for record in _speaking(result):
        for verdict in record.verdicts:
            lines += [
                f"## {SIGNS[verdict.label]} {verdict_words(verdict)} ({verdict.check}, paragraph {record.claim.span.paragraph + 1})",
                "",
            ]
            lines += [f"> {_escaped(record.claim.text)}", "", _escaped(verdict.explanation), ""]
            for evidence in verdict.evidence:
                link = f" <{evidence.url}>" if evidence.url and evidence.url.startswith("http") else ""
                lines.append(f"- {_escaped(quote_line(evidence))} — {_escaped(source_line(evidence))}{link}")
            lines.append("")
        for line in (*map(today_line, record.today), *map(before_line, record.before)):
            lines += [f"*{_escaped(line)}*", ""]
    lines += [f"- {_escaped(f.stage)}: {_escaped(f.reason)}" for f in result.failures]
    return "\n".join(lines).rstrip() + "\n"


def _escaped(text: str) -> str:
    return _BLOCK_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text))
