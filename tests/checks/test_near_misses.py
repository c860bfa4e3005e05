"""Sentences that are all but true, and true ones that look false: support and accusation at their hardest."""

from __future__ import annotations

import asyncio

import pytest

from reader.article.load import load_bytes
from reader.desk import examine
from reader.findings import DeskOptions

FALSE_CLAIMS = 250
MOST_SUPPORTED_FALSE = 0.17
"""Of the false claims, those that a verdict supports, whole or (most of them) in a true part of their words."""
WRONG = ("refuted", "conflicting")


@pytest.fixture(scope="session")
def near(load_script):
    """The script that judges the near-misses."""
    return load_script("near_misses")


@pytest.fixture(scope="session")
def judged(near, load_script, no_parse):
    """Every near-miss, judged once; no verdict rests on the parse."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.desk.LanguageWorker", no_parse)
        return near.judge(load_script("articles"))


@pytest.mark.parametrize("name", ["near_misses", "near_misses.aside"])
def test_half_of_the_near_misses_are_false(near, name):
    truths = [label["truth"] for row in near.rows(name) for label in row["labels"]]
    assert truths.count("false") >= FALSE_CLAIMS <= truths.count("true")


def test_what_is_all_but_true_is_seldom_supported_and_what_is_true_is_often(judged):
    lines = "\n".join(line for line in judged.lines if line.startswith("WRONG supported"))
    assert judged.wrong["supported"] <= MOST_SUPPORTED_FALSE * FALSE_CLAIMS, lines
    assert judged.right["supported"] >= 5 * judged.wrong["supported"]


def test_what_is_all_but_true_is_never_an_accusation_of_something_true(judged):
    assert not [line for line in judged.lines if line.startswith(("WRONG refuted", "WRONG conflicting"))]


@pytest.mark.usefixtures("unparsed")
def test_true_news_that_looks_false_is_not_accused(near, tmp_path):
    rows = near.rows("true_news")
    accused = []
    for row in rows:
        _, result = near.examined(row, tmp_path)
        accused += [f"{row['id']}: {v.explanation}" for r in result.claims for v in r.verdicts if v.label in WRONG]
    assert len(rows) >= 280
    assert len(accused) <= 1, "\n".join(accused)


@pytest.mark.usefixtures("unparsed")
def test_whole_true_articles_full_of_what_looks_like_a_contradiction_are_not_accused(near):
    rows = near.rows("true_articles")
    accused = []
    for row in rows:
        article = load_bytes(row["text"].encode(), name=f"{row['id']}.md", as_of=row["as_of"])
        result = asyncio.run(examine(article, DeskOptions(builtin=False)))
        accused += [f"{row['id']}: {v.explanation}" for r in result.claims for v in r.verdicts if v.label in WRONG]
    assert len(rows) >= 75
    assert not accused, "\n".join(accused)
