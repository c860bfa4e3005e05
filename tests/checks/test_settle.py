"""One error does not spread: what data has cleared up is said of the wrong claim alone."""

from __future__ import annotations

from reader.checks.model import Evidence, Verdict, decided, not_enough, undecided
from reader.checks.settle import settle

SAYS = [Evidence("Wikidata", "supports", quote="Bill Nelson has been Administrator of NASA since 3 May 2021")]
RIGHT = decided("supported", "office", "Bill Nelson holds the office.", SAYS)
WRONG = decided("refuted", "office", "Bill Nelson holds the office.", SAYS)
OPEN = undecided("office", "nobody of that name is known")


def tied(*others):
    return decided("conflicting", "consistency", "Two people hold this office in this article.", SAYS, None, others)


def opinion(label):
    return Verdict(label, "opinion", "model", "It seems so.", None, tuple(SAYS))


def test_the_version_that_data_supports_keeps_its_support_and_nothing_else():
    settled = settle({"nelson": [RIGHT, tied("glenn")], "glenn": [WRONG, tied("nelson")]})
    assert settled["nelson"] == (RIGHT,)
    assert settled["glenn"] == (WRONG, tied("nelson"))


def test_where_data_decides_nothing_both_versions_stay_conflicting_and_tied_together():
    settled = settle({"one": [OPEN, tied("two")], "two": [OPEN, tied("one")]})
    assert settled == {"one": (tied("two"),), "two": (tied("one"),)}


def test_support_alone_clears_up_nothing_while_the_other_version_is_open():
    settled = settle({"one": [RIGHT, tied("two")], "two": [OPEN, tied("one")]})
    assert settled["one"] == (tied("two"), RIGHT)
    assert settled["two"] == (tied("one"),)


def test_a_refuted_claim_elsewhere_clears_up_nothing():
    settled = settle({"one": [RIGHT, tied("two")], "two": [OPEN, tied("one")], "elsewhere": [WRONG]})
    assert tied("two") in settled["one"]


def test_two_wrong_versions_stay_tied_to_each_other():
    settled = settle({"one": [WRONG, tied("two")], "two": [WRONG, tied("one")]})
    assert settled == {"one": (WRONG, tied("two")), "two": (WRONG, tied("one"))}


def test_the_strongest_verdict_leads_and_an_abstention_is_silent_beside_it():
    looked = not_enough("lifespan", "the date of birth is missing", [])
    settled = settle({"a": [OPEN, looked, RIGHT, tied("b"), WRONG], "b": [OPEN, looked], "c": [OPEN]})
    assert [v.label for v in settled["a"]] == ["refuted", "conflicting", "supported", "not-enough-evidence"]
    assert settled["b"] == (looked,)
    assert settled["c"] == (OPEN,)


def test_the_order_in_which_the_verdicts_came_makes_no_difference():
    found = {"nelson": [RIGHT, tied("glenn")], "glenn": [WRONG, tied("nelson")]}
    turned = {claim: verdicts[::-1] for claim, verdicts in reversed(found.items())}
    assert settle(turned) == settle(found)


def test_an_opinion_clears_up_no_conflict():
    settled = settle({"one": [opinion("supported"), tied("two")], "two": [opinion("refuted"), tied("one")]})
    assert tied("two") in settled["one"]
    assert tied("one") in settled["two"]


def test_an_opinion_never_stands_before_what_a_rule_has_found():
    assert settle({"one": [RIGHT, opinion("refuted")]})["one"][0] == RIGHT
