"""A verdict that speaks holds a quoted piece of evidence, and a tier is never taken for another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.checks.model import Evidence, Verdict, computed, decided, not_enough, undecided
from reader.dates import parse_iso

SPEAKING = ("supported", "refuted", "conflicting")
QUOTED = Evidence("Wikidata", "refutes", quote="Bill Nelson has been Administrator of NASA since 3 May 2021")


@pytest.mark.parametrize("label", SPEAKING)
@pytest.mark.parametrize(
    "evidence",
    [
        [],
        [Evidence("Wikidata", "refutes")],
        [Evidence("Wikidata", "supports", quote="", statement="")],
        [Evidence("Wikidata", "refutes", url="https://www.wikidata.org/wiki/Q23548", title="NASA")],
        [Evidence("Wikidata", "context", quote="Bill Nelson has been Administrator of NASA since 3 May 2021")],
    ],
    ids=["none", "unquoted", "empty quote", "a link alone", "context alone"],
)
def test_a_verdict_without_quoted_evidence_cannot_be_built(label, evidence):
    with pytest.raises(ValueError, match="evidence"):
        decided(label, "office", "Bill Nelson holds the office.", evidence)
    with pytest.raises(ValueError, match="evidence"):
        Verdict(label, "checked", "office", "Bill Nelson holds the office.", None, tuple(evidence))


@pytest.mark.parametrize("label", SPEAKING)
@pytest.mark.parametrize("tier", ["checked", "opinion", "prior-review"])
def test_no_tier_may_speak_without_quoted_evidence(label, tier):
    with pytest.raises(ValueError, match="evidence"):
        Verdict(label, tier, "model", "It seems so.")


@pytest.mark.parametrize("label", SPEAKING)
def test_an_abstention_cannot_be_turned_into_a_verdict(label):
    silent = undecided("office", "the packs do not know the office", parse_iso("2022-07-17"))
    with pytest.raises(ValueError, match="evidence|tier"):
        replace(silent, label=label)
    with pytest.raises(ValueError, match="evidence"):
        replace(silent, label=label, tier="checked")


@pytest.mark.parametrize("label", SPEAKING)
def test_a_quote_a_statement_or_a_computation_is_enough(label):
    for evidence in (
        QUOTED,
        Evidence("Wikidata", "supports", statement="Q1$1"),
        computed("2 + 2 = 4", "two and two", "refutes"),
    ):
        assert decided(label, "office", "So it is.", [evidence]).evidence == (evidence,)


def test_a_verdict_by_rule_is_of_the_tier_checked_and_says_as_of_when():
    verdict = decided("refuted", "office", "Bill Nelson holds the office.", [QUOTED], parse_iso("2022-07"), ["a", "b"])
    assert (verdict.tier, verdict.as_of, verdict.related) == ("checked", "2022-07", ("a", "b"))
    assert verdict.is_decided


def test_an_abstention_and_an_open_search_do_not_speak():
    assert not undecided("office", "nobody of that name is known").is_decided
    assert not not_enough("office", "the end of the term is missing", [QUOTED]).is_decided
    assert not_enough("office", "the end of the term is missing", [QUOTED]).tier == "checked"


@pytest.mark.parametrize("label", [*SPEAKING, "not-enough-evidence"])
def test_the_tier_none_goes_with_not_checkable_alone(label):
    with pytest.raises(ValueError, match="tier"):
        Verdict(label, "none", "office", "It is so.", None, (QUOTED,))


@pytest.mark.parametrize("tier", ["checked", "opinion", "prior-review"])
def test_what_is_not_checkable_has_no_tier(tier):
    with pytest.raises(ValueError, match="tier"):
        Verdict("not-checkable", tier, "office", "It cannot be told.")
