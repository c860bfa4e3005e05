"""Every check against its hand-made cases: when it speaks it is right, and it speaks often enough to be of use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader.checks.registry import NAMES

FILES = sorted(
    p.stem
    for p in (Path(__file__).parents[1] / "cases").glob("*.jsonl")
    if not p.stem.endswith(".aside") and not p.stem.startswith(("mentions", "true_", "near_"))
)
ONLY_SUPPORT = {"people", "record"}
AT_LEAST_RIGHT = {
    "office": 120,
    "lifespan": 110,
    "events": 120,
    "spaceflight": 110,
    "places": 110,
    "awards": 110,
    "relations": 40,
    "consistency": 70,
    "arithmetic": 110,
}
MOST_WRONG = 1


def test_every_check_that_may_refute_has_its_own_file_of_cases_and_every_file_its_check():
    assert sorted({*NAMES, "relations"} - ONLY_SUPPORT) == FILES == sorted(AT_LEAST_RIGHT)


@pytest.mark.parametrize("check", FILES)
def test_a_check_that_speaks_is_right_with_one_error_at_most(scorecard, check):
    wrong = [o for o in scorecard.outcomes(check) if o.is_decided and not o.is_right]
    assert len(wrong) <= MOST_WRONG, "\n".join([f"{len(wrong)} wrong decided verdicts:", *map(str, wrong)])


@pytest.mark.parametrize("check", FILES)
def test_a_check_decides_enough_of_its_cases_to_be_of_use(scorecard, check):
    right = sum(o.is_decided and o.is_right for o in scorecard.outcomes(check))
    missed = [o.case for o in scorecard.outcomes(check) if not o.is_decided and o.expected != "abstain"]
    assert right >= AT_LEAST_RIGHT[check], f"{right} decided right; it was silent on {', '.join(missed)}"


@pytest.mark.parametrize("check", FILES)
def test_no_true_statement_is_ever_called_wrong(scorecard, check):
    assert not [str(o) for o in scorecard.outcomes(check) if o.expected == "supported" and o.got == "refuted"]


def test_what_people_are_is_never_refuted_whatever_is_asked(scorecard):
    said = "\n".join(line for aside in (False, True) for o in scorecard.outcomes("relations", aside) for line in o.said)
    assert "occupation" in said
    assert not [
        line for line in said.splitlines() if line.startswith(("refuted", "conflicting")) and "citizenship" in line
    ]


@pytest.mark.parametrize("check", FILES)
@pytest.mark.parametrize("aside", [False, True], ids=["main", "aside"])
def test_the_cases_are_whole_and_there_are_enough_of_them(scorecard, check, aside):
    rows = scorecard.rows_of(check, aside)
    cases = [r for r in rows if "case" in r]
    worlds = {r["world"] for r in rows if "entities" in r}
    assert len({c["case"] for c in cases}) == len(cases)
    assert not [
        c["case"] for c in cases if c["about"] not in c["text"] or c.get("world", "") not in worlds | {"", None}
    ]
    assert {c["expect"] for c in cases} <= {"supported", "refuted", "conflicting", "abstain"}
    assert sum(not c.get("trap") for c in cases) >= (25 if aside else 110)
    assert sum(bool(c.get("trap")) for c in cases) >= (10 if aside else 50)


@pytest.mark.parametrize(
    ("right", "decided", "bound"), [(110, 110, 0.9663), (109, 110, 0.9503), (10, 10, 0.7225), (0, 10, 0.0), (0, 0, 0.0)]
)
def test_the_lower_bound_is_wilsons(scorecard, right, decided, bound):
    assert scorecard.wilson_lower(right, decided) == pytest.approx(bound, abs=5e-5)


@pytest.mark.parametrize("words", [(), ("--aside",)], ids=["main", "aside"])
def test_the_scorecard_is_a_table_with_a_row_for_every_check(words):
    script = Path(__file__).with_name("scorecard.py")
    done = subprocess.run([sys.executable, script, *words], capture_output=True, text=True, timeout=120)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert [row[0] for row in rows[2:]] == [*(n for n in NAMES if n not in ONLY_SUPPORT), "relations"]
    assert all(len(row) == 5 and row[1].isdigit() and row[2].isdigit() and row[3].endswith("%") for row in rows[2:])


def test_the_readme_shows_the_figures_of_this_very_code(scorecard):
    text = scorecard.README.read_text("utf-8")
    assert scorecard.in_readme(text) == text, "python tests/checks/scorecard.py --readme"
