"""The small commands: quick to start, plain to read, and nothing is left behind when they fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import reader

ROOT = Path(reader.__file__).parents[1]
HEAVY = ("textual", "spacy", "httpx", "trafilatura", "lxml")
LOADED = """
import sys
from reader.cli.main import run
try:
    run()
finally:
    print(*sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "words", [["--version"], ["--help"], ["check", "--help"], ["samples"], ["pack", "--help"]], ids=" ".join
)
def test_what_needs_neither_screen_nor_parser_loads_neither(command, words):
    done = command(*words, program=["-c", LOADED])
    loaded = done.stderr.decode().split()
    assert done.returncode == 0
    assert "click" in loaded
    assert not [name for name in HEAVY if name in loaded]


def test_the_version_is_the_packages(command):
    done = command("--version")
    assert (done.returncode, done.stderr) == (0, b"")
    assert reader.__version__ in done.stdout.decode()


def test_help_names_every_command_and_the_exit_statuses(command):
    said = command("--help").stdout.decode()
    assert all(word in said for word in ("check", "samples", "pack", "keys", "Exit status"))
    assert all(
        word in command("check", "--help").stdout.decode()
        for word in (
            "--as-of",
            "--pack",
            "--no-builtin-pack",
            "--check",
            "--fail-on",
            "--format",
            "--offline",
            "--today",
        )
    )


def test_samples_are_listed_by_name_and_title_the_first_one_first(command):
    done = command("samples")
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (0, b"")
    assert lines[0].split()[0] == "station-crew-exchange"
    assert {line.split()[0] for line in lines} == {p.stem for p in (ROOT / "sample_articles" / "articles").glob("*.md")}
    assert all(len(line.split()) > 2 for line in lines)


def test_keys_are_listed_with_what_they_do(command):
    done = command("keys")
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    for keys, does in {
        "j, ↓": "Next paragraph",
        "g g, home": "First paragraph",
        "n": "Next claim",
        "]": "Next refuted or conflicting claim",
        "⏎": "Evidence in full",
        "?": "Keys",
        "q": "Quit",
    }.items():
        assert any(line.startswith(keys + " ") and line.endswith(does) for line in said.splitlines())


def test_keys_show_the_readers_own_and_a_wrong_one_costs_itself_alone(command, tmp_path):
    (tmp_path / "config.toml").write_text(
        '[keys]\nnext-claim = "Z, g c"\nquit = "none"\nnext-clame = "y"\nhelp = "bogus"\nevidence = "j"\ntheme = 7\n',
        "utf-8",
    )
    done = command("keys", config=tmp_path)
    shown = {line[40:]: line[:18].strip() for line in done.stdout.decode().splitlines()}
    errors = done.stderr.decode().splitlines()
    assert done.returncode == 0
    assert shown["Next claim"] == "Z, g c"
    assert shown["Quit"] == "(none)"
    assert shown["Keys"] == "?"
    assert shown["Evidence in full"] == "⏎"
    assert shown["Next paragraph"] == "j, ↓"
    assert len(errors) == 4
    assert all("config.toml" in line for line in errors)
    for action, said in {
        "next-clame": "did you mean next-claim?",
        "help": "bogus",
        "evidence": "next-paragraph",
        "theme": "keys.theme",
    }.items():
        assert any(f"keys.{action}" in line and said in line for line in errors), errors


# --- packs

NASA = {
    "id": "Q23548",
    "type": "item",
    "labels": {"en": {"language": "en", "value": "NASA"}},
    "descriptions": {"en": {"language": "en", "value": "American space agency"}},
    "aliases": {},
    "claims": {},
    "sitelinks": {},
    "modified": "2021-06-21T10:00:00Z",
}


def test_a_pack_is_built_from_wikidatas_json_and_says_what_it_holds(command, tmp_path):
    (tmp_path / "e.jsonl").write_text(json.dumps(NASA) + "\n", "utf-8")
    built = command(
        "pack", "build", tmp_path / "space.pack", "--entities", tmp_path / "e.jsonl", "--snapshot", "2021-07-01"
    )
    done = command("pack", "info", tmp_path / "space.pack")
    said = dict(line.split(maxsplit=1) for line in done.stdout.decode().splitlines() if len(line.split()) > 1)
    assert (built.returncode, built.stdout) == (0, b"")
    assert "space.pack" in built.stderr.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert (said["name"], said["snapshot"], said["entity"]) == ("space", "2021-07-01", "1")


def test_two_builds_of_the_same_give_the_same_bytes(command, tmp_path):
    (tmp_path / "e.jsonl").write_text(json.dumps(NASA) + "\n", "utf-8")
    for out in ("a", "b"):
        assert (
            command("pack", "build", tmp_path / out / "space.pack", "--entities", tmp_path / "e.jsonl").returncode == 0
        )
    assert (tmp_path / "a" / "space.pack").read_bytes() == (tmp_path / "b" / "space.pack").read_bytes()


def test_the_built_in_pack_says_what_it_holds_and_under_which_licences(command):
    done = command("pack", "info")
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert all(word in said for word in ("built-in", "CC0", "snapshot", "entity", "statement"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--entities"),
        (["--entities", "missing.jsonl"], "missing.jsonl"),
        (["--entities", "broken.jsonl"], "broken.jsonl"),
        (["--facts", "broken.toml"], "broken.toml"),
        (["--pages", "broken.jsonl"], "broken.jsonl"),
        (["--reviews", "broken.jsonl"], "broken.jsonl"),
        (["--entities", "good.jsonl", "--snapshot", "2021-13-01"], "2021-13-01"),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else value,
)
def test_a_pack_that_cannot_be_built_is_one_line_and_leaves_nothing_behind(command, tmp_path, words, said):
    (tmp_path / "good.jsonl").write_text(json.dumps(NASA) + "\n", "utf-8")
    (tmp_path / "broken.jsonl").write_text('{"id": "Q1", \n', "utf-8")
    (tmp_path / "broken.toml").write_text("source = \n", "utf-8")
    (tmp_path / "out").mkdir()
    done = command("pack", "build", tmp_path / "out" / "my.pack", *(tmp_path / w if "." in w else w for w in words))
    errors = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert errors.count("\n") == 1, errors
    assert said in errors
    assert list((tmp_path / "out").iterdir()) == []


def test_a_pack_that_is_there_stays_when_building_over_it_fails(command, tmp_path):
    (tmp_path / "broken.jsonl").write_text('{"id": "Q1", \n', "utf-8")
    (tmp_path / "my.pack").write_bytes(b"what was here before")
    assert command("pack", "build", tmp_path / "my.pack", "--entities", tmp_path / "broken.jsonl").returncode == 2
    assert (tmp_path / "my.pack").read_bytes() == b"what was here before"


@pytest.mark.parametrize("content", [None, b"", b"this is no pack " * 200], ids=["missing", "empty", "junk"])
def test_a_file_that_is_no_pack_is_said_to_be_none_in_one_line(command, tmp_path, content):
    if content is not None:
        (tmp_path / "my.pack").write_bytes(content)
    done = command("pack", "info", tmp_path / "my.pack")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"my.pack" in done.stderr
