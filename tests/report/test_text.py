"""The report for people: a sign and a word for every verdict, its evidence under it, and no markup from outside."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from reader.article.model import Article, Paragraph, Span
from reader.checks.model import Evidence, Verdict, decided
from reader.claims.model import Claim
from reader.desk import ClaimRecord, Examination, StageFailed
from reader.report.as_json import as_json
from reader.report.as_text import as_markdown, as_text
from reader.report.totals import count_line, totals

TEXT = "NASA administrator Bill Nelson has 65 tables."
SAYS = Evidence(
    "Wikidata",
    "supports",
    quote="Bill Nelson has been Administrator of NASA since 3 May 2021",
    url="https://www.wikidata.org/wiki/Q23548",
)


def record(number: int, verdict: Verdict) -> ClaimRecord:
    return ClaimRecord(Claim(Span(0, number, number + 4), TEXT[number : number + 4], "office", TEXT), (verdict,))


def result(*verdicts: Verdict, title: str | None = "A day", failures: tuple = ()) -> Examination:
    article = Article(title, (Paragraph(0, "body", TEXT),))
    return Examination(
        article, tuple(record(n, v) for n, v in enumerate(verdicts)), (), (), 1, ("office",), ("built-in",), failures
    )


RIGHT = decided("supported", "office", "Bill Nelson holds the office.", [SAYS])
WRONG = decided("refuted", "office", "Bill Nelson holds the office.", [SAYS])
GUESS = Verdict("supported", "opinion", "model", "It seems so.", None, (SAYS,))


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_every_decided_verdict_of_the_data_is_in_the_readable_report(checked, form):
    data = json.loads(checked("station-crew-exchange", "--format", "json").stdout)
    shown = " ".join(checked("station-crew-exchange", "--format", form).stdout.decode().split())
    signs = {"supported": "✓ supported", "refuted": "✗ refuted", "conflicting": "≠ conflicting"}
    verdicts = [v for c in data["claims"] for v in c["verdicts"] if v["label"] in signs]
    for label, sign in signs.items():
        assert (
            shown.count(f"{sign} {'(' if form == 'markdown' else '·'}")
            == sum(v["label"] == label for v in verdicts)
            > 0
        )
    plain = shown.replace("\\", "")
    assert all(" ".join(v["explanation"].split()) in plain for v in verdicts)
    assert all(
        " ".join(e["quote"].split())[:40] in plain
        for v in verdicts
        for e in v["evidence"]
        if e["quote"] and e["source"] == "this article"
    )
    assert "as of 2022-07-17" in plain


def test_lines_of_the_text_report_fit_a_narrow_terminal(checked):
    lines = checked("station-crew-exchange").stdout.decode().splitlines()
    assert max(len(line) for line in lines) <= 100


def test_the_markdown_report_names_the_packs():
    assert "built-in" in as_markdown(result(RIGHT))


HOSTILE = (
    "x](https://evil.example) <script>alert(1)</script> **bold** `code` ![i](u) | a # b "
    "[link](https://evil.example) &lt;b&gt; ~~s~~"
)


def test_outside_text_is_no_markup_in_the_markdown_report():
    evidence = replace(SAYS, quote=HOSTILE, title=HOSTILE, source=HOSTILE)
    verdict = decided("refuted", "office", HOSTILE, [evidence])
    page = as_markdown(result(verdict, title=HOSTILE, failures=(StageFailed("knowledge", HOSTILE),)))
    html = MarkdownIt("commonmark", {"html": True}).render(page)
    assert "<script" not in html
    assert not [tag for tag in ("<strong>", "<code>", "<img", 'href="https://evil') if tag in html]


@pytest.mark.parametrize(
    "words",
    [
        "1. FC Köln was founded in 1948",
        "- 40 degrees was measured",
        "+ 44 was dialled",
        "> was seen",
        "# was seen",
        "=== was seen",
    ],
)
def test_words_that_begin_like_a_block_stay_a_sentence(words):
    claim = Claim(Span(0, 0, len(words)), words, "office", words)
    verdict = decided("refuted", "office", words, [SAYS])
    article = Article("A day", (Paragraph(0, "body", words),))
    page = as_markdown(
        Examination(article, (ClaimRecord(claim, (verdict,)),), (), (), 1, ("office",), ("built-in",), ())
    )
    html = MarkdownIt("commonmark").render(page)
    assert (
        html.count("<ul>"),
        html.count("<ol"),
        html.count("<blockquote>"),
        html.count("<h1"),
        html.count("<h2"),
    ) == (1, 0, 1, 1, 1)


def test_failures_are_said_in_every_form():
    broken = result(RIGHT, failures=(StageFailed("language", "the language worker stopped"),))
    assert "the language worker stopped" in as_text(broken)
    assert "the language worker stopped" in as_markdown(broken)


def test_an_article_without_title_or_claims_has_a_report():
    nothing = result(title=None)
    assert as_text(nothing).strip()
    assert as_markdown(nothing).strip()
    assert json.loads(as_json(nothing))["claims"] == []


def test_the_count_line_says_how_many_of_each():
    line = count_line(result(RIGHT, RIGHT, WRONG))
    assert "3 claims" in line
    assert "2 supported" in line
    assert "1 refuted" in line


def test_each_tier_is_counted_by_itself():
    counted = totals(result(RIGHT, GUESS))
    assert (counted["checked.supported"], counted["opinion.supported"]) == (1, 1)


def test_an_opinion_is_never_added_to_what_a_rule_has_found():
    assert "1 supported" in count_line(result(RIGHT, GUESS))


@pytest.mark.parametrize("form", [as_text, as_markdown])
def test_an_opinion_is_called_one(form):
    assert "opinion" in form(result(GUESS))
    assert "opinion" not in form(result(RIGHT))
