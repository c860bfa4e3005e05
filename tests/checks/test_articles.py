"""Whole articles at a news base rate: what the verdicts promise, and what must never be accused."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path

import pytest

from reader.article.load import load_bytes
from reader.desk import examine

CASES = Path(__file__).resolve().parents[1] / "cases"
PRECISION = 0.95
LEAST_DECIDED = {"main": 0.58, "more": 0.5}
LEAST_SUPPORTED = 250
PARTS = ("main", "more", "aside")
MOST_FALSE_ALARMS = 1
WRONG = ("refuted", "conflicting")


@pytest.fixture(scope="session")
def news(load_script):
    """The script that judges the articles."""
    return load_script("articles")


@pytest.fixture(scope="session")
def judged(news, no_parse):
    """Every article that is not kept aside, judged once; no verdict rests on the parse."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.desk.LanguageWorker", no_parse)
        return {part: [news.judge(slug) for slug in news.slugs(part)] for part in ("main", "more")}


def test_there_are_enough_articles_on_enough_subjects_and_a_third_is_kept_aside(news):
    subjects = [
        json.loads((news.ARTICLES / f"{s}.json").read_text("utf-8"))["subject"]
        for part in PARTS
        for s in news.slugs(part)
    ]
    assert len(subjects) == len(set(subjects)) >= 24
    assert len(news.slugs("aside")) * 2 >= len(news.slugs())


@pytest.mark.parametrize("part", PARTS)
def test_about_nine_claims_in_ten_are_true_as_in_the_news(news, tmp_path, part):
    labels = [label for slug in news.slugs(part) for label in news.read(slug, tmp_path)[2]]
    assert 0.85 <= sum(x.is_true for x in labels) / len(labels) <= 0.96
    assert len(labels) >= 300


@pytest.mark.parametrize("part", ["main", "more"])
def test_what_is_refuted_or_supported_is_right_in_nineteen_of_twenty(judged, part):
    right, wrong, lines = Counter(), Counter(), []
    for tally in judged[part]:
        right += tally.right
        wrong += tally.wrong
        lines += [line for line in tally.lines if line.startswith("WRONG")]
    assert right["supported"] >= LEAST_SUPPORTED
    for label in ("supported", "refuted", "conflicting"):
        assert right[label] >= PRECISION * (right[label] + wrong[label]), "\n".join(lines)


@pytest.mark.parametrize("part", ["main", "more"])
def test_the_checks_speak_often_enough_to_be_of_use(judged, part):
    decided, decidable = (sum(getattr(t, name) for t in judged[part]) for name in ("decided", "decidable"))
    assert decided >= LEAST_DECIDED[part] * decidable, f"{decided} of {decidable}"


@pytest.mark.usefixtures("builtin_cache", "unparsed")
def test_ordinary_true_prose_is_not_accused():
    rows = [json.loads(line) for line in (CASES / "true_paragraphs.jsonl").read_text("utf-8").splitlines()]
    accused = []
    for row in rows:
        article = load_bytes(row["text"].encode(), name="paragraph.txt", as_of=row["as_of"])
        result = asyncio.run(examine(article))
        accused += [f"{row['id']}: {v.explanation}" for r in result.claims for v in r.verdicts if v.label in WRONG]
    assert len(rows) >= 100
    assert len(accused) <= MOST_FALSE_ALARMS, "\n".join(accused)
