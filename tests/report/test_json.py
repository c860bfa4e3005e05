"""The JSON report: valid by its schema, the same bytes every time, and true to the article."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

import reader
from reader.article.model import Paragraph
from reader.checks import registry
from reader.claims.shallow import ShallowReader

ROOT = Path(reader.__file__).parents[1]
SCHEMA = json.loads((ROOT / "reader" / "report" / "report.schema.json").read_text("utf-8"))
NAMES = ("station-crew-exchange", "numbers-of-the-prize", "quiet-transitions")
DECIDED = ("supported", "refuted", "conflicting")


@pytest.fixture(params=NAMES)
def report(request, checked) -> dict:
    return json.loads(checked(request.param, "--format", "json").stdout)


def validate(report: dict) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)


def test_a_report_is_valid_by_the_schema_that_is_shipped(report):
    validate(report)


def test_the_report_of_an_article_of_one_line_is_valid_too(command):
    done = command("check", "-", "--no-builtin-pack", "--format", "json", stdin="¿Wohin? Ñandú 🚀 e\u0301\n".encode())
    validate(json.loads(done.stdout))


@pytest.mark.parametrize("name", NAMES[:2])
def test_equal_inputs_give_equal_bytes_whatever_the_hash_seed(command, checked, name):
    again = command(
        "check",
        ROOT / "sample_articles" / "articles" / f"{name}.md",
        "--format",
        "json",
        PYTHONHASHSEED="7",
        TZ="Pacific/Auckland",
        LC_ALL="C",
    )
    assert again.stdout == checked(name, "--format", "json").stdout
    assert again.stdout.endswith(b"}\n")


def test_every_span_is_the_articles_own_words_counted_in_characters(report):
    text = {p["id"]: p["text"] for p in report["article"]["paragraphs"]}
    assert report["claims"]
    for claim in report["claims"]:
        span = claim["span"]
        assert text[span["paragraph"]][span["start"] : span["end"]] == claim["text"]
    spans = [m for e in report["entities"] for m in e["mentions"]] + [u["span"] for u in report["unclaimed"]]
    assert all(0 <= s["start"] < s["end"] <= len(text[s["paragraph"]]) for s in spans)


def test_ids_are_unique_and_related_claims_are_there(report):
    ids = [c["id"] for c in report["claims"]]
    assert len(ids) == len(set(ids))
    for claim in report["claims"]:
        related = {other for v in claim["verdicts"] for other in v["related"]}
        assert related <= set(ids) - {claim["id"]}


def test_a_claims_id_does_not_change_when_another_paragraph_comes_before_it():
    text = "The hall has 65 tables of 20 guests each, 1,200 guests in all."
    first, second = (ShallowReader().read(Paragraph(number, "body", text)).claims for number in (1, 2))
    assert [c.id for c in first] == [c.id for c in second] != []


def test_a_verdict_that_speaks_shows_evidence_that_can_be_read(report):
    for verdict in (v for c in report["claims"] for v in c["verdicts"]):
        if verdict["label"] in DECIDED:
            assert any(
                (e["quote"] or e["statement"]) and e["stance"] in ("supports", "refutes") for e in verdict["evidence"]
            )
            assert verdict["tier"] == "checked"
        assert (verdict["tier"] == "none") == (verdict["label"] == "not-checkable")
        assert verdict["explanation"].strip()
        assert "\n" not in verdict["explanation"]


def test_the_totals_count_what_is_in_the_report(report):
    totals = report["totals"]
    leading = Counter(c["verdicts"][0]["label"] for c in report["claims"])
    assert totals["claims"] == len(report["claims"])
    assert {label: totals[label] for label in leading} == leading
    assert sum(totals.get(label, 0) for label in (*DECIDED, "not-enough-evidence", "not-checkable")) == totals["claims"]
    assert all(totals.get(f"checked.{label}", 0) == totals.get(label, 0) for label in DECIDED)
    assert totals["claims"] >= totals["checkable"] >= sum(totals.get(label, 0) for label in DECIDED)


def test_the_report_names_what_it_rests_on(report):
    assert report["tool"] == {
        "version": reader.__version__,
        "checks": list(registry.NAMES),
        "packs": ["built-in"],
        "online": False,
    }
    assert report["article"]["as_of"]["from"] == "metadata"
    assert report["article"]["url"].startswith("file://")
    assert report["article"]["byline"] == "Caveat's sample desk"


def test_the_same_entity_is_listed_once_with_all_its_mentions(report):
    ids = [e["id"] for e in report["entities"]]
    assert ids
    assert len(ids) == len(set(ids))
    assert all(e["mentions"] for e in report["entities"])
