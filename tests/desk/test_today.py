"""Verdicts as of today: what was right when it was written and has changed since is said beside it, never instead."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import reader
from reader.checks.office import OfficeCheck
from reader.clock import set_today
from reader.desk import DeskOptions
from reader.knowledge.build import PackBuilder
from reader.knowledge.facts import facts_from
from reader.report.as_json import as_json
from reader.report.as_json import report as as_data
from reader.report.as_text import as_markdown, as_text
from reader.report.totals import totals

SCHEMA = json.loads((Path(reader.__file__).parent / "report" / "report.schema.json").read_text("utf-8"))
THEN = "2020-05-01"
CHANGED = date(2024, 1, 1)
LAST_KNOWN = "2024-06-30"
BEYOND = date(2026, 5, 1)
IN_OFFICE_THEN = "Bruno Kaal, the mayor of Brenholt, opened a bridge."


def person(key: str, label: str, *statements: dict) -> dict:
    return {"id": f"local:{key}", "label": label, "kind": "person", "statements": list(statements)}


def mayor(start: str, end: str | None = None) -> dict:
    return {"property": "P39", "value": "local:mayor", "start": start, "end": end}


TOWN = {
    "snapshot": LAST_KNOWN,
    "entities": [
        {"id": "local:brenholt", "label": "Brenholt", "kind": "place"},
        {
            "id": "local:mayor",
            "label": "Mayor of Brenholt",
            "kind": "position",
            "statements": [{"property": "P1001", "value": "local:brenholt"}],
        },
        person("reth", "Amalia Reth", mayor("2010-01-01", "2016-01-01")),
        person("kaal", "Bruno Kaal", mayor("2016-01-01", "2022-01-01"), {"property": "P569", "value": "1958-03-02"}),
        person("voss", "Clara Voss", mayor("2022-01-01")),
    ],
}


@pytest.fixture(autouse=True)
def _today(idle):
    yield
    set_today(None)


@pytest.fixture
def town(tmp_path) -> Path:
    with PackBuilder(tmp_path / "town.pack", name="town") as builder:
        builder.add(facts_from(TOWN, "town"))
        builder.finish()
    return tmp_path / "town.pack"


@pytest.fixture
def read(examined, story, town):
    """Read an article of these sentences, then, with today's date set."""

    async def result(text: str, today: date = CHANGED, as_of: str | None = THEN):
        set_today(today)
        return await examined(story(f"A day in town\n\n{text}", as_of), DeskOptions(packs=(town,), builtin=False))

    return result


@pytest.fixture
def asked_as_of(monkeypatch) -> set[str | None]:
    """The days as of which any office was judged."""
    days: set[str | None] = set()
    judge = OfficeCheck.judge

    def and_note(self, claims, case):
        days.add(case.as_of.iso if case.as_of else None)
        return judge(self, claims, case)

    monkeypatch.setattr(OfficeCheck, "judge", and_note)
    return days


def about(result, words: str):
    (record,) = [r for r in result.claims if r.claim.kind == "office" and words in r.claim.text]
    return record


def today_of(result) -> list[tuple[str, str]]:
    return [(r.claim.text, v.label) for r in result.claims for v in r.today]


# --- what has changed


@pytest.mark.parametrize(
    "text",
    [
        IN_OFFICE_THEN,
        "The mayor of Brenholt, Bruno Kaal, opened a bridge.",
        "Mayor of Brenholt Bruno Kaal opened a bridge.",
        "Bruno Kaal is the mayor of Brenholt.",
    ],
)
async def test_an_office_that_has_changed_hands_since_is_refuted_today_and_supported_as_it_was_written(read, text):
    record = about(await read(text), "Bruno Kaal")
    assert [(v.label, v.as_of) for v in record.verdicts] == [("supported", THEN)]
    (now,) = record.today
    assert (now.label, now.check, now.as_of) == ("refuted", "office", CHANGED.isoformat())
    assert "Clara Voss" in now.explanation
    assert any(e.is_quoted and e.stance == "refutes" for e in now.evidence)


async def test_what_was_wrong_then_and_is_right_today_is_said_too_and_stays_wrong(read):
    record = about(await read("Clara Voss, the mayor of Brenholt, opened a bridge."), "Clara Voss")
    assert [v.label for v in record.verdicts] == ["refuted"]
    assert [v.label for v in record.today] == ["supported"]


@pytest.mark.parametrize(
    ("text", "as_of", "today"),
    [
        (IN_OFFICE_THEN, THEN, date(2020, 9, 1)),
        ("Clara Voss, the mayor of Brenholt, opened a bridge.", "2022-09-01", CHANGED),
        ("Clara Voss, the mayor of Brenholt, opened a bridge.", "2022-09-01", BEYOND),
        ("Bruno Kaal, the mayor of Brenholt, opened a bridge.", "2023-05-01", CHANGED),
    ],
    ids=["still in office", "her successor is", "none beyond what is known", "wrong then and now"],
)
async def test_what_has_not_changed_is_not_said_again(read, text, as_of, today):
    result = await read(text, today, as_of)
    assert [r.leading.is_decided for r in result.claims] == [True]
    assert today_of(result) == []


async def test_around_a_handover_nothing_has_changed_for_sure(read):
    assert today_of(await read(IN_OFFICE_THEN, date(2022, 1, 10))) == []


async def test_a_title_that_is_right_on_a_day_its_paragraph_tells_of_has_not_changed_since(read):
    """He was in office on that day and not on the article's, which nothing since has changed."""
    text = "In 2019 the town built a bridge. Bruno Kaal, the mayor of Brenholt, opened it."
    result = await read(text, CHANGED, "2023-05-01")
    assert about(result, "Bruno Kaal").leading.label == "supported"
    assert today_of(result) == []


async def test_every_claim_of_a_paragraph_is_judged_for_itself(read):
    result = await read("Bruno Kaal, the mayor of Brenholt, sat. Amalia Reth, the former mayor of Brenholt, stood.")
    assert today_of(result) == [("Bruno Kaal, the mayor of Brenholt", "refuted")]


# --- what is never judged again


@pytest.mark.parametrize(
    "text",
    [
        "On 4 May 2019 Bruno Kaal was the mayor of Brenholt.",
        "In 2019 Bruno Kaal, the mayor of Brenholt, opened a bridge.",
        "On 4 May 2019 Bruno Kaal, the mayor of Brenholt, opened a bridge.",
        "Bruno Kaal became mayor of Brenholt in January 2016.",
    ],
)
async def test_what_tells_of_a_day_of_its_own_is_never_judged_again(read, asked_as_of, text):
    result = await read(text)
    assert [r for r in result.claims if r.leading.label == "supported"]
    assert today_of(result) == []
    assert asked_as_of == {THEN}


@pytest.mark.parametrize(
    "text",
    [
        "Amalia Reth, the former mayor of Brenholt, opened a bridge.",
        "Amalia Reth was the mayor of Brenholt.",
        "Bruno Kaal was the mayor of Brenholt.",
    ],
    ids=["former", "past", "past but in office"],
)
async def test_what_is_told_of_the_past_is_never_judged_again(read, asked_as_of, text):
    result = await read(text)
    assert [r for r in result.claims if r.leading.label == "supported"]
    assert today_of(result) == []
    assert asked_as_of == {THEN}


@pytest.mark.parametrize("today", [CHANGED, BEYOND])
@pytest.mark.parametrize(
    "text",
    [
        "Clara Voss will be the mayor of Brenholt next year.",
        "“Bruno Kaal is the mayor of Brenholt,” said Amalia Reth.",
        "“Bruno Kaal, the mayor of Brenholt, was late,” said Amalia Reth.",
    ],
    ids=["planned", "quoted", "a title in a quotation"],
)
async def test_what_is_planned_or_quoted_is_never_judged_again(read, asked_as_of, text, today):
    result = await read(text, today)
    assert [r for r in result.claims if r.claim.kind == "office"]
    assert today_of(result) == []
    assert asked_as_of == {THEN}


async def test_an_age_is_never_judged_again(read):
    result = await read("Bruno Kaal, 62, opened a bridge.")
    assert [r.leading.label for r in result.claims] == ["supported"]
    assert today_of(result) == []


async def test_without_a_day_that_the_article_speaks_from_nothing_is_judged_again(read, asked_as_of):
    result = await read(IN_OFFICE_THEN, CHANGED, None)
    assert result.article.as_of.date is None
    assert result.claims
    assert today_of(result) == []
    assert asked_as_of == {None}


@pytest.mark.parametrize("today", [date(2020, 5, 1), date(2019, 1, 1)], ids=["the same day", "before"])
async def test_an_article_of_today_or_of_a_day_to_come_is_judged_once(read, today):
    assert today_of(await read(IN_OFFICE_THEN, today)) == []
    assert today_of(await read("Clara Voss, the mayor of Brenholt, sat.", today, "2024-01-01")) == []


# --- beyond what is known


async def test_beyond_what_the_pack_knows_the_last_known_day_is_judged_and_named(read):
    (now,) = about(await read(IN_OFFICE_THEN, BEYOND), "Bruno Kaal").today
    assert (now.label, now.as_of) == ("refuted", LAST_KNOWN)
    assert "2026" not in now.explanation


async def test_an_article_younger_than_the_pack_is_never_judged_as_of_a_day_before_its_own(examined, story, tmp_path):
    """Her term is known from its first to its last day; who was mayor before her is no news of today."""
    terms = [
        person("voss", "Clara Voss", mayor("2022-01-01", "2025-01-01")),
        person("lind", "Dora Lind", mayor("2025-01-01", "2025-12-31")),
    ]
    entities = [*(e for e in TOWN["entities"] if e["id"] != "local:voss"), *terms]
    with PackBuilder(tmp_path / "terms.pack", name="terms") as builder:
        builder.add(facts_from(TOWN | {"entities": entities}, "terms"))
        builder.finish()
    set_today(BEYOND)
    article = story("A day in town\n\nDora Lind, the mayor of Brenholt, opened a bridge.", "2025-03-01")
    result = await examined(article, DeskOptions(packs=(tmp_path / "terms.pack",), builtin=False))
    assert [r.leading.label for r in result.claims] == ["supported"]
    assert today_of(result) == []


# --- what breaks


def breaking(method, when):
    def judge(self, claims, case):
        if when(claims, case):
            raise RuntimeError("what should not\nhappen\x1b[31m")
        return method(self, claims, case)

    return judge


def again(claims, case) -> bool:
    return case.as_of is not None and case.as_of.iso == CHANGED.isoformat()


async def test_a_check_that_breaks_while_judging_again_is_said_and_costs_nothing_else(read, monkeypatch):
    text = f"{IN_OFFICE_THEN}\n\nAmalia Reth, the former mayor of Brenholt, sat.\n\nThe hall has 12 tables of 4 seats, 48 in all."
    whole = await read(text)
    assert today_of(whole)
    monkeypatch.setattr(OfficeCheck, "judge", breaking(OfficeCheck.judge, again))
    result = await read(text)
    (failure,) = result.failures
    assert failure.reason.isprintable()
    assert "RuntimeError" in failure.reason
    assert today_of(result) == []
    assert [(r.claim, r.verdicts) for r in result.claims] == [(r.claim, r.verdicts) for r in whole.claims]
    assert totals(result) == totals(whole)


async def test_a_claim_on_which_a_check_breaks_does_not_silence_the_others(read, monkeypatch):
    text = "Amalia Reth, the mayor of Brenholt, sat. Bruno Kaal, the mayor of Brenholt, stood."

    def on_the_first(claims, case) -> bool:
        return again(claims, case) and any("Reth" in c.text for c in claims)

    whole = await read(text)
    monkeypatch.setattr(OfficeCheck, "judge", breaking(OfficeCheck.judge, on_the_first))
    result = await read(text)
    assert ("Bruno Kaal, the mayor of Brenholt", "refuted") in today_of(whole)
    assert result.failures
    assert today_of(result) == [t for t in today_of(whole) if "Reth" not in t[0]]


# --- what is shown


async def test_the_report_with_verdicts_of_today_is_valid_and_holds_them_beside_the_others(read):
    result = await read(IN_OFFICE_THEN)
    data = json.loads(as_json(result))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    (claim,) = [c for c in data["claims"] if "today" in c]
    assert [v["label"] for v in claim["verdicts"]] == ["supported"]
    assert [(v["label"], v["as_of"]) for v in claim["today"]] == [("refuted", CHANGED.isoformat())]
    assert claim["today"][0]["evidence"]


async def test_the_schema_asks_as_much_of_a_verdict_of_today_as_of_any_other(read):
    data = as_data(await read(IN_OFFICE_THEN))
    (claim,) = [c for c in data["claims"] if "today" in c]
    claim["today"][0]["label"] = "outdated"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(data)


async def test_where_nothing_has_changed_the_report_says_nothing_of_today(read):
    result = await read(IN_OFFICE_THEN, date(2020, 9, 1))
    assert not [c for c in as_data(result)["claims"] if "today" in c]
    for words in (as_text(result), as_markdown(result)):
        assert "would be" not in words


@pytest.mark.parametrize("written", [as_text, as_markdown], ids=["text", "markdown"])
@pytest.mark.parametrize(("today", "named"), [(CHANGED, "2024-01-01"), (BEYOND, LAST_KNOWN)])
async def test_text_and_markdown_say_what_it_would_be_today_and_as_of_which_day(read, written, today, named):
    result = await read(IN_OFFICE_THEN, today)
    words = " ".join(written(result).split())
    assert f"As of {named} it would be refuted: " in words
    assert about(result, "Bruno Kaal").today[0].explanation in words


async def test_today_never_changes_the_verdicts_and_the_totals(read):
    then, now = await read(IN_OFFICE_THEN, date(2020, 9, 1)), await read(IN_OFFICE_THEN)
    assert not today_of(then)
    assert today_of(now)
    assert [(r.claim, r.verdicts) for r in then.claims] == [(r.claim, r.verdicts) for r in now.claims]
    assert totals(then) == totals(now)
    assert then.failures == now.failures == ()


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_would_be_refuted_today_is_no_reason_to_fail(command, town, tmp_path, form):
    article = tmp_path / "story.txt"
    article.write_text(f"A day in town\n\n{IN_OFFICE_THEN}\n")
    words = ("--pack", town, "--no-builtin-pack", "--as-of", THEN, "--today", CHANGED.isoformat(), "--format", form)
    done = command("check", article, *words, "--fail-on", "refuted", "--fail-on", "conflicting")
    assert done.returncode == 0
    assert "refuted" in done.stdout.decode()
    assert command("check", article, *words, "--as-of", "2024-01-01", "--fail-on", "refuted").returncode == 1


async def test_equal_days_give_equal_reports(read):
    assert as_json(await read(IN_OFFICE_THEN)) == as_json(await read(IN_OFFICE_THEN))
