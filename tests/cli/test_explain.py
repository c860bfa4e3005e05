"""`caveat explain`: how one claim came to its verdicts, so that anybody can follow each step and look it up again."""

from __future__ import annotations

import json
import sqlite3
import sys
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest

from reader.checks.model import Gate
from reader.knowledge.build import PackBuilder
from reader.knowledge.facts import facts_from
from reader.knowledge.model import POSITION_HELD
from reader.knowledge.pack import Knowledge, Pack

HOSTILE = "\x1b[31m\x9b2J\x07\u202e\u2066\u200f\u200b"
STORY = """A bridge for Brenholt

Bruno Kaal, the mayor of Brenholt, opened a bridge. It was crossed at noon.

Jonas Nobody, the mayor of Telda, stayed at home.

Clara Voss will be the mayor of Brenholt next year.

Amalia Reth is alive.

Clara Voss, the mayor of Sorvik, was late.
"""
IN_OFFICE = "Bruno Kaal, the mayor"
UNKNOWN_PERSON = "Jonas Nobody, the mayor"
PLANNED = "Clara Voss will be"
ALIVE = "Amalia Reth is alive"
NOT_IN_OFFICE = "Clara Voss, the mayor"
STOPPED_AT = {PLANNED: Gate.SAID, UNKNOWN_PERSON: Gate.MEANT, ALIVE: Gate.STATED}
SAID_OF_A_GATE = ("not reached", "passed", "stopped")


def person(key: str, label: str, *statements: dict) -> dict:
    return {"id": f"local:{key}", "label": label, "kind": "person", "statements": list(statements)}


def term(place: str, start: str, end: str | None = None) -> dict:
    return {"property": "P39", "value": f"local:mayor-of-{place}", "start": start, "end": end}


def town(name: str) -> list[dict]:
    key = name.lower()
    scope = {"property": "P1001", "value": f"local:{key}"}
    return [
        {"id": f"local:{key}", "label": name, "kind": "place"},
        {"id": f"local:mayor-of-{key}", "label": f"Mayor of {name}", "kind": "position", "statements": [scope]},
    ]


def facts() -> dict:
    """Three towns; who was mayor of them, and when."""
    people = [
        person("reth", "Amalia Reth", term("brenholt", "2010-01-01", "2016-01-01")),
        person("kaal", "Bruno Kaal", term("brenholt", "2016-01-01", "2022-01-01")),
        person("voss", "Clara Voss", term("brenholt", "2022-01-01")),
        person("holt", "Arne Holt", term("sorvik", "2005-01-01", "2010-01-01")),
        person("lorn", "Edda Lorn", term("sorvik", "2010-01-01", "2015-01-01")),
        person("brand", "Ivo Brand", term("sorvik", "2015-01-01", "2023-01-01")),
        person("dahl", "Nils Dahl", term("telda", "2015-01-01", "2023-01-01")),
    ]
    return {"snapshot": "2024-06-30", "entities": [*town("Brenholt"), *town("Sorvik"), *town("Telda"), *people]}


def build(path: Path, world: dict) -> Path:
    with PackBuilder(path, name=path.stem) as builder:
        builder.add(facts_from(world, path.stem))
        builder.finish()
    return path


@pytest.fixture(scope="session")
def place(tmp_path_factory) -> SimpleNamespace:
    """The article and the pack that these tests ask about."""
    folder = tmp_path_factory.mktemp("explain")
    (folder / "story.txt").write_text(STORY, "utf-8")
    (folder / "quick").mkdir()
    (folder / "quick" / "config.toml").write_text('[checking]\nmodel = "xx_no_such_model"\n')
    pack = build(folder / "towns.pack", facts())
    words = ("--pack", pack, "--no-builtin-pack", "--as-of", "2020-05-01", "--today", "2020-05-02")
    return SimpleNamespace(story=folder / "story.txt", pack=pack, words=words, quick=folder / "quick")


@pytest.fixture(scope="session")
def report(command, place) -> dict:
    """The report of `caveat check` on the same article."""
    return json.loads(command("check", place.story, *place.words, "--format", "json").stdout)


@pytest.fixture(scope="session")
def explained(command, place):
    """The explanation of a claim, run once for the same words."""
    kept: dict[str, str] = {}

    def run(claim: str) -> str:
        if claim not in kept:
            done = command("explain", place.story, claim, *place.words)
            assert (done.returncode, done.stderr) == (0, b"")
            kept[claim] = done.stdout.decode()
        return kept[claim]

    return run


def flat(text: str) -> str:
    """The same words whatever the lines."""
    return " ".join(text.split())


def said_of_gates(text: str) -> list[tuple[Gate, str]]:
    """What is said of each gate, in the order it is said in."""
    lines = text.splitlines()
    return [
        (gate, word)
        for line in lines
        for gate in Gate
        if gate.value in line
        for word in SAID_OF_A_GATE
        if word in line.partition(gate.value)[0]
    ]


def claim_of(report: dict, words: str) -> dict:
    return min((c for c in report["claims"] if words in c["text"]), key=lambda c: len(c["text"]))


def one_line(errors: bytes) -> str:
    text = errors.decode()
    assert text.startswith("caveat: ")
    assert text.endswith("\n")
    assert len(text.splitlines()) == 1, text
    assert text.rstrip("\n").isprintable(), repr(text)
    return text


# --- which claim


def test_a_claim_is_found_by_its_number_its_id_and_its_words_alike(command, report, place, explained):
    claim = claim_of(report, IN_OFFICE)
    number = report["claims"].index(claim) + 1
    for word in (str(number), claim["id"], claim["id"][:8], IN_OFFICE.upper()):
        assert explained(word) == explained(IN_OFFICE)
    assert claim["id"] in explained(IN_OFFICE)
    assert claim["text"] in flat(explained(IN_OFFICE))


def test_each_number_is_that_claim_of_the_report(command, report, place):
    for number, claim in ((1, report["claims"][0]), (len(report["claims"]), report["claims"][-1])):
        done = command("explain", place.story, str(number), *place.words)
        assert claim["id"] in done.stdout.decode()


@pytest.mark.parametrize(
    "wanted", ["9999", "0", "no such words", "ffffffffffffffff", f"nobody{HOSTILE}\nelse"], ids=repr
)
def test_a_claim_that_is_not_there_is_one_line_and_status_2(command, place, wanted):
    done = command("explain", place.story, wanted.replace("\0", ""), *place.words, config=place.quick)
    assert (done.returncode, done.stdout) == (2, b"")
    one_line(done.stderr)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param("", id="nothing"),
        pytest.param(" ", id="a blank"),
        pytest.param("²", id="a raised 2"),
        pytest.param(
            "9" * 5000,
            id="5000 digits",
        ),
    ],
)
def test_what_can_be_no_claim_at_all_is_one_line_and_status_2(command, place, wanted):
    done = command("explain", place.story, wanted, *place.words, config=place.quick)
    assert (done.returncode, done.stdout) == (2, b"")
    one_line(done.stderr)


def test_an_article_that_is_not_there_is_one_line_and_status_2(command, place):
    done = command("explain", place.story.with_name("missing.txt"), "1", *place.words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "missing.txt" in one_line(done.stderr)


# --- what is shown


def test_the_sentence_is_there_word_for_word_and_no_other(explained):
    text = flat(explained(IN_OFFICE))
    assert "Bruno Kaal, the mayor of Brenholt, opened a bridge." in text
    assert "crossed at noon" not in text
    assert "stayed at home" not in text


def test_the_parse_says_of_each_word_what_it_is_and_what_it_depends_on(explained):
    rows = [line.split() for line in explained(IN_OFFICE).splitlines()]
    assert [r for r in rows if r[:1] == ["bridge"] and {"NN", "dobj", "opened"} <= set(r)]
    assert [r for r in rows if r[:1] == ["mayor"] and {"NN", "appos", "Kaal"} <= set(r)]


def test_the_names_that_the_packs_know_are_there_with_their_ids(explained):
    text = flat(explained(IN_OFFICE))
    for label, known in (("Bruno Kaal", "local:kaal"), ("Brenholt", "local:brenholt")):
        assert label in text
        assert known in text


def test_every_statement_that_was_considered_is_there_with_its_id(explained, place):
    knowledge = Knowledge([Pack(place.pack)])
    terms = knowledge.statements_with("local:mayor-of-sorvik", POSITION_HELD)
    knowledge.close()
    text = explained(NOT_IN_OFFICE)
    assert len(terms) == 3
    assert not [t.id for t in terms if t.id not in text]
    assert all(name in flat(text) for name in ("Arne Holt", "Edda Lorn", "Ivo Brand"))


@pytest.mark.parametrize("words", [IN_OFFICE, NOT_IN_OFFICE])
def test_a_decided_claim_has_passed_every_gate_and_shows_its_evidence(explained, report, words):
    claim = claim_of(report, words)
    text = explained(words)
    assert said_of_gates(text) == [(gate, "passed") for gate in Gate]
    for verdict in claim["verdicts"]:
        assert verdict["label"] in ("supported", "refuted")
        assert verdict["label"] in text
        assert verdict["explanation"] in flat(text)
        assert all(e["quote"] in flat(text) and e["statement"] in text for e in verdict["evidence"])


@pytest.mark.parametrize("words", STOPPED_AT)
def test_a_claim_that_is_left_open_passed_the_gates_before_the_one_that_stopped_it_and_reached_none_after(
    explained, words
):
    gates = list(Gate)
    stop = gates.index(STOPPED_AT[words])
    assert said_of_gates(explained(words)) == [
        (gate, "passed" if n < stop else "stopped" if n == stop else "not reached") for n, gate in enumerate(gates)
    ]


@pytest.mark.parametrize("words", STOPPED_AT)
def test_the_gate_that_stopped_a_claim_says_the_reason_that_the_report_gives(explained, report, words):
    (verdict,) = claim_of(report, words)["verdicts"]
    assert verdict["label"] == "not-checkable"
    text = flat(explained(words))
    (stopped,) = [gate for gate, word in said_of_gates(explained(words)) if word == "stopped"]
    rest = text.split(f"{stopped.value}: ", 1)[1]
    assert rest.startswith(verdict["explanation"])


@pytest.mark.parametrize("number", range(5))
def test_every_verdict_of_the_report_is_in_the_explanation_with_its_reason(explained, report, number):
    claim = report["claims"][number]
    text = flat(explained(claim["id"]))
    for verdict in claim["verdicts"]:
        assert verdict["explanation"] in text
        assert verdict["check"] in text


def checks_shown(text: str) -> dict[str, str]:
    """The part of an explanation that each check has."""
    parts = text.split("\nCheck “")[1:]
    return {part.partition("”")[0]: part.partition("”")[2] for part in parts}


def test_the_gates_and_the_verdict_of_a_quoted_claim_agree(command, place, tmp_path):
    """A verdict that stands above gates of which one has stopped it cannot be understood."""
    (tmp_path / "said.txt").write_text("A word\n\n“Bruno Kaal is the mayor of Brenholt,” said Amalia Reth.\n", "utf-8")
    told = json.loads(command("check", tmp_path / "said.txt", *place.words, "--format", "json").stdout)
    claim = claim_of(told, "Bruno Kaal is the mayor")
    shown = checks_shown(command("explain", tmp_path / "said.txt", claim["id"], *place.words).stdout.decode())
    (verdict,) = claim["verdicts"]
    words = {word for _, word in said_of_gates(shown[verdict["check"]])}
    assert (words == {"passed"}) == (verdict["label"] == "supported")


def test_an_id_is_never_broken_in_two_however_long_its_line(command, place, tmp_path):
    """Whoever looks a statement up again copies its id."""
    long_id = "local:brenholt-on-the-upper-river-near-the-old-ferry-and-the-mill-by-the-weir"
    pack = build(tmp_path / "long.pack", json.loads(json.dumps(facts()).replace('"local:kaal"', f'"{long_id}"')))
    knowledge = Knowledge([Pack(pack)])
    ids = [long_id, *(s.id for s in knowledge.statements(long_id))]
    knowledge.close()
    words = ("--pack", pack, "--no-builtin-pack", "--as-of", "2020-05-01")
    text = command("explain", place.story, IN_OFFICE, *words, config=place.quick).stdout.decode()
    assert len(ids) == 2
    assert not [known for known in ids if known not in text]


def test_a_claim_that_contradicts_another_names_the_other(command, place, tmp_path):
    (tmp_path / "two.txt").write_text(
        "A hall\n\nThe hall in Brenholt has 12 tables of 4 seats each, 53 seats in all.\n\n"
        "NASA administrator Bill Nelson came on Friday.\n\nNASA administrator Jim Bridenstine came on the same day.\n"
    )
    words = ("--no-builtin-pack", "--as-of", "2022-07-17")
    report = json.loads(command("check", tmp_path / "two.txt", *words, "--format", "json").stdout)
    claim = next(c for c in report["claims"] for v in c["verdicts"] if v["related"])
    (other,) = {r for v in claim["verdicts"] for r in v["related"]}
    text = command("explain", tmp_path / "two.txt", claim["id"], *words).stdout.decode()
    assert other in text
    assert next(c["text"] for c in report["claims"] if c["id"] == other) in flat(text)


# --- any input


def test_equal_inputs_give_equal_bytes_whatever_the_machine(command, place):
    first = command("explain", place.story, NOT_IN_OFFICE, *place.words, PYTHONHASHSEED="1")
    second = command(
        "explain", place.story, NOT_IN_OFFICE, *place.words, PYTHONHASHSEED="7", TZ="Pacific/Auckland", LC_ALL="C"
    )
    assert first.stdout == second.stdout != b""


def test_standard_input_is_explained_like_the_file(command, place, explained):
    piped = command("explain", "-", IN_OFFICE, *place.words, stdin=place.story.read_bytes())
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert piped.stdout.decode() == explained(IN_OFFICE)


def test_hostile_text_in_article_and_pack_never_reaches_the_terminal(command, tmp_path):
    world = facts()
    for entity in world["entities"]:
        entity["description"] = f"somebody{HOSTILE}"
        entity["aliases"] = [f"the {HOSTILE}one"]
    pack = build(tmp_path / "hostile.pack", world)
    with sqlite3.connect(pack) as db:  # whoever makes a pack need not use ours to build it
        db.execute("UPDATE entity SET label = ? || label, description = ?", (HOSTILE, HOSTILE))
    db.close()
    hostile = STORY.replace("a bridge", f"a bri{HOSTILE}dge{HOSTILE}").replace("Telda", f"{HOSTILE}Telda")
    (tmp_path / "story.txt").write_text(hostile, "utf-8")
    words = ("--pack", pack, "--no-builtin-pack", "--as-of", "2020-05-01")
    for claim in ("1", IN_OFFICE, "Nobody"):
        done = command("explain", tmp_path / "story.txt", claim, *words)
        text = done.stdout.decode()
        assert (done.returncode, done.stderr) == (0, b"")
        assert not [hex(ord(c)) for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl")]
    assert "Nobody" in text


# --- what goes wrong is said


def test_a_model_that_is_not_installed_is_said_and_the_rest_is_explained(command, place, explained):
    done = command("explain", place.story, IN_OFFICE, *place.words, config=place.quick)
    assert done.returncode == 0
    assert said_of_gates(done.stdout.decode()) == said_of_gates(explained(IN_OFFICE))
    assert "xx_no_such_model" in one_line(done.stderr)


def test_a_pack_that_cannot_be_read_is_said_as_check_says_it(command, place, tmp_path):
    (tmp_path / "junk.pack").write_bytes(b"this is no pack " * 100)
    words = ("--pack", tmp_path / "junk.pack", "--no-builtin-pack", "--as-of", "2020-05-01")
    checked = command("check", place.story, *words)
    explained = command("explain", place.story, IN_OFFICE, *words)
    assert b"junk.pack" in checked.stderr
    assert explained.stderr == checked.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX here")
def test_a_worker_that_dies_before_the_parse_is_shown_costs_the_parse_alone(command, place):
    """The worker is gone when the claim is explained: everything else is there, and no traceback."""
    killing = (
        "import os, signal, sys\n"
        "import reader.explaining as e\n"
        "pick = e.pick\n"
        "def and_kill(result, wanted):\n"
        "    from gc import get_objects\n"
        "    from reader.language.client import LanguageWorker\n"
        "    for worker in [o for o in get_objects() if isinstance(o, LanguageWorker) and o.pid]:\n"
        "        os.kill(worker.pid, signal.SIGKILL)\n"
        "    return pick(result, wanted)\n"
        "e.pick = and_kill\n"
        "from reader.cli.main import run\n"
        "run()\n"
    )
    done = command("explain", place.story, IN_OFFICE, *place.words, program=["-c", killing])
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0
    assert said_of_gates(done.stdout.decode()) == [(gate, "passed") for gate in Gate]
