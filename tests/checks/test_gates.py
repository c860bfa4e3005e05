"""A claim that is left open says which gate stopped it, the first one, and no decided one names any."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reader.article.model import Paragraph
from reader.checks.model import Evidence, Gate, Verdict, decided, undecided
from reader.knowledge.builtin import builtin_pack
from reader.knowledge.pack import Knowledge, Pack

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(
    name
    for path in CASES.glob("*.jsonl")
    if not (name := path.name.removesuffix(".jsonl")).startswith(("near_misses", "true_news"))  # they bring worlds
)
ALL_CHECKS = "all"
QUOTED = Evidence("Wikidata", "supports", quote="Bill Nelson has been Administrator of NASA since 3 May 2021")


@dataclass
class Asked:
    """What all checks made of the texts of a file: their verdicts, and the texts on which one of them broke."""

    verdicts: list[tuple[str, str, Verdict]]
    broken: list[str]


@pytest.fixture(scope="session")
def asked(scorecard, cache_home):
    """Every verdict that any check gives on the texts of a file; a text without a world of its own is asked of ours."""
    kept: dict[str, Asked] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache_home))
        builtin = Knowledge([Pack(builtin_pack())])

    def all_of(file: str) -> Asked:
        if file not in kept:
            kept[file] = read(file)
        return kept[file]

    def read(file: str) -> Asked:
        name, _, aside = file.partition(".")
        worlds: dict[str, Knowledge] = {}
        found = Asked([], [])
        with tempfile.TemporaryDirectory(prefix="caveat-gates-") as folder:
            for row in scorecard.rows_of(name, bool(aside)):
                if "entities" in row:
                    worlds[row["world"]] = scorecard._world(row, Path(folder) / f"{len(worlds)}.pack")
                    continue
                case = row.get("case") or row["id"]
                paragraphs = tuple(Paragraph(n, "body", text) for n, text in enumerate(row["text"].split("\n\n")))
                world = worlds.get(row.get("world") or "", builtin)
                try:
                    rulings = scorecard._rulings(ALL_CHECKS, paragraphs, row.get("as_of"), world)
                    found.verdicts += [(case, claim.text, verdict) for claim, verdict in rulings]
                except Exception as error:
                    found.broken.append(f"{case}: {type(error).__name__}: {error}")
            for world in worlds.values():
                world.close()
        return found

    yield all_of
    builtin.close()


@pytest.mark.parametrize("file", FILES)
def test_every_claim_that_a_check_leaves_open_names_the_gate_that_stopped_it(asked, file):
    verdicts = asked(file).verdicts
    assert verdicts, "no check has anything to say about these cases"
    silent = [
        f"{case}: {verdict.check}: {verdict.explanation!r} of {text!r}"
        for case, text, verdict in verdicts
        if not verdict.is_decided and (not isinstance(verdict.gate, Gate) or not verdict.explanation.strip())
    ]
    assert not silent, "\n".join(silent[:20])


@pytest.mark.parametrize("file", FILES)
def test_no_claim_that_a_check_decides_names_a_gate(asked, file):
    assert not [(case, text) for case, text, verdict in asked(file).verdicts if verdict.is_decided and verdict.gate]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(
            f,
        )
        for f in FILES
    ],
)
def test_no_check_breaks_on_any_text(asked, file):
    assert not asked(file).broken


def test_the_checks_are_seen_to_leave_claims_open(asked):
    """Else the promises above hold of nothing."""
    open_by = {v.check for file in FILES for _, _, v in asked(file).verdicts if not v.is_decided}
    assert open_by >= {"office", "lifespan", "places", "spaceflight", "events", "awards", "people"}


@pytest.mark.parametrize("label", ["supported", "refuted", "conflicting"])
@pytest.mark.parametrize("gate", Gate)
def test_a_decided_verdict_that_names_a_gate_cannot_be_built(label, gate):
    verdict = decided(label, "office", "So it is.", [QUOTED])
    assert verdict.gate is None
    with pytest.raises(ValueError, match=gate.name):
        replace(verdict, gate=gate)
    with pytest.raises(ValueError, match=gate.name):
        Verdict(label, "checked", "office", "So it is.", None, (QUOTED,), gate=gate)


@pytest.mark.parametrize("gate", Gate)
def test_an_abstention_keeps_the_gate_that_it_was_given(gate):
    assert undecided("office", "nobody of that name is known", gate=gate).gate is gate


WORLD = {
    "world": "town",
    "snapshot": "2024-06-30",
    "entities": [
        {"id": "local:brenholt", "label": "Brenholt", "kind": "place"},
        {
            "id": "local:mayor",
            "label": "Mayor of Brenholt",
            "kind": "position",
            "statements": [{"property": "P1001", "value": "local:brenholt"}],
        },
        *(
            {
                "id": f"local:{key}",
                "label": label,
                "kind": "person",
                "statements": [{"property": "P39", "value": "local:mayor", "start": start, "end": end}],
            }
            for key, label, start, end in (
                ("reth", "Amalia Reth", "2010-01-01", "2016-01-01"),
                ("kaal", "Bruno Kaal", "2016-01-01", "2022-01-01"),
                ("voss", "Clara Voss", "2022-01-01", None),
            )
        ),
    ],
}


@pytest.fixture
def office_verdict(scorecard, tmp_path):
    world = scorecard._world(WORLD, tmp_path / "town.pack")

    def verdict(text: str, as_of: str | None) -> Verdict:
        (found,) = (v for _, v in scorecard._rulings("office", (Paragraph(0, "body", text),), as_of, world))
        return found

    yield verdict
    world.close()


@pytest.mark.parametrize(
    ("text", "as_of", "gate"),
    [
        ("Clara Voss will be the mayor of Brenholt next year.", "2020-05-01", Gate.SAID),
        ("Bruno Kaal, the chancellor of Nowhere, opened a bridge.", "2020-05-01", Gate.MEANT),
        ("Nora Else, the mayor of Brenholt, opened a bridge.", "2020-05-01", Gate.MEANT),
        pytest.param(
            "Bruno Kaal, the mayor of Nowhere, opened a bridge.",
            "2020-05-01",
            Gate.MEANT,
        ),
        pytest.param(
            "Bruno Kaal, the mayor of Brenholt, opened a bridge.",
            None,
            Gate.WHEN,
        ),
        pytest.param(
            "Clara Voss, the former mayor of Brenholt, opened a bridge.",
            "2023-05-01",
            Gate.STATED,
        ),
    ],
    ids=["not said as a fact", "no such office", "nobody of that name", "no such town", "no day", "nothing is stated"],
)
def test_the_gate_that_is_named_is_the_one_that_the_reason_speaks_of(office_verdict, text, as_of, gate):
    verdict = office_verdict(text, as_of)
    assert not verdict.is_decided
    assert verdict.gate is gate, verdict.explanation


def test_the_gates_are_passed_in_one_order_and_each_has_words_of_its_own():
    assert len({gate.value for gate in Gate}) == len(Gate)
    assert [gate.name for gate in Gate] == ["SAID", "MEANT", "WHEN", "STATED", "RELIABLE", "DEFINITE"]


def test_an_office_that_was_left_on_no_stated_day_breaks_nothing(office_verdict):
    assert office_verdict("Amalia Reth had left as mayor of Brenholt.", "2020-05-01")
