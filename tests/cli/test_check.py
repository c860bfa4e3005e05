"""`caveat check`: standard output is data, standard error is talk, and the exit status says how it went."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import reader

ROOT = Path(reader.__file__).parents[1]
SAMPLES = ROOT / "sample_articles" / "articles"
TRANSITIONS = SAMPLES / "quiet-transitions.md"
FULL_OF_ERRORS = SAMPLES / "station-crew-exchange.md"


def labels(report: dict) -> set[tuple[str, str]]:
    return {(v["check"], v["label"]) for c in report["claims"] for v in c["verdicts"]}


def one_line(errors: bytes) -> str:
    text = errors.decode()
    assert text.endswith("\n")
    assert text.count("\n") == 1, text
    assert text.startswith("caveat: ")
    return text


def test_an_article_that_was_read_gives_status_0_whatever_is_wrong_in_it(checked):
    done = checked("station-crew-exchange")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "✗ refuted" in done.stdout.decode()


def test_fail_on_refuted_gives_status_1_when_one_is_found(command):
    before = command("check", "--fail-on", "refuted", "--as-of", "2022-06-20", TRANSITIONS)
    after = command("check", TRANSITIONS, "--as-of", "2022-06-20", "--fail-on", "refuted")
    assert before.returncode == after.returncode == 1
    assert before.stdout == after.stdout != b""
    assert before.stderr == after.stderr == b""


def test_fail_on_gives_status_0_when_none_is_found(checked):
    done = checked("quiet-transitions", "--fail-on", "conflicting")
    assert done.returncode == 0
    assert b"refuted" in done.stdout


def test_standard_input_gives_the_same_report_as_the_file(command, checked):
    piped = command("check", "-", "--format", "json", stdin=TRANSITIONS.read_bytes())
    named = json.loads(checked("quiet-transitions", "--format", "json").stdout)
    report = json.loads(piped.stdout)
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert (report["article"].pop("url"), named["article"].pop("url")) == (None, TRANSITIONS.as_uri())
    for claim in (*report["claims"], *named["claims"]):
        for verdict in claim["verdicts"]:
            for evidence in verdict["evidence"]:
                if evidence["source"] == "this article":
                    evidence.pop("url")
    assert report == named


def test_only_the_checks_that_were_named_run_and_the_report_names_them(command):
    done = command("check", FULL_OF_ERRORS, "--check", "arithmetic", "--check", "lifespan", "--format", "json")
    report = json.loads(done.stdout)
    assert sorted(report["tool"]["checks"]) == ["arithmetic", "lifespan"]
    assert {check for check, label in labels(report) if label != "not-checkable"} == {"arithmetic", "lifespan"}


def test_without_packs_nothing_is_looked_up(command):
    done = command("check", FULL_OF_ERRORS, "--no-builtin-pack", "--offline", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["tool"]["packs"], report["entities"]) == (0, [], [])
    assert {check for check, label in labels(report) if label != "not-checkable"} == {"arithmetic", "consistency"}


def test_the_as_of_date_of_the_reader_goes_before_the_articles_own(command):
    done = command("check", FULL_OF_ERRORS, "--as-of", "2019-05", "--format", "json")
    report = json.loads(done.stdout)
    verdicts = {c["text"]: {v["label"] for v in c["verdicts"]} for c in report["claims"]}
    bridenstine = next(found for text, found in verdicts.items() if text.endswith("Jim Bridenstine"))
    assert report["article"]["as_of"] == {"date": "2019-05", "from": "option"}
    assert bridenstine == {"supported"}


def test_a_wrong_encoding_is_warned_of_and_the_article_is_read(command, tmp_path):
    (tmp_path / "old.txt").write_bytes(
        "Café\n\nThe café in Zürich has 12 tables of 4 seats each, 53 seats in all.".encode("cp1252")
    )
    done = command("check", tmp_path / "old.txt")
    assert done.returncode == 0
    assert "old.txt" in one_line(done.stderr)
    assert "Zürich" not in done.stderr.decode()
    assert "12 × 4 = 48" in done.stdout.decode()


@pytest.fixture
def inputs(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n\t\n")
    (tmp_path / "binary.dat").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    (tmp_path / "large.txt").write_bytes(b"It was a long day. " * 60_000)
    (tmp_path / "folder").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing.txt"], ["missing.txt", "no such file"]),
        (["folder"], ["folder", "directory"]),
        (["binary.dat"], ["binary.dat", "binary"]),
        (["paper.pdf"], ["paper.pdf", "binary"]),
        (["empty.txt"], ["empty.txt", "empty"]),
        (["blank.txt"], ["blank.txt", "empty"]),
        (["large.txt", "--max-size", "1"], ["large.txt", "limit", "--max-size"]),
        (["missing\nfile.txt"], ["missing file.txt", "no such file"]),
    ],
    ids=lambda value: repr(value[0]),
)
def test_an_article_that_cannot_be_read_is_one_line_and_status_2(command, inputs, words, said):
    done = command("check", inputs / words[0], *words[1:])
    line = one_line(done.stderr)
    assert (done.returncode, done.stdout) == (2, b"")
    assert all(word in line for word in said), line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-of", "soon"], ["--as-of", "soon", "YYYY-MM-DD"]),
        (["--as-of", "2022-02-30"], ["--as-of", "2022-02-30"]),
        (["--as-of", "17.7.2022"], ["--as-of", "17.7.2022"]),
        (["--as-of", ""], ["--as-of"]),
        (["--check", "offise"], ["--check", "offise", "did you mean office?"]),
        (["--check", "xyzzy"], ["--check", "xyzzy", "office", "lifespan", "consistency", "arithmetic", "spaceflight"]),
        (["--pack", "missing.pack"], ["--pack", "missing.pack", "no such file"]),
    ],
    ids=" ".join,
)
def test_a_bad_option_is_one_line_and_status_2(command, words, said):
    done = command("check", TRANSITIONS, *words)
    line = one_line(done.stderr)
    assert (done.returncode, done.stdout) == (2, b"")
    assert all(word in line for word in said), line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check"], "ARTICLE"),
        (["check", TRANSITIONS, "--format", "yaml"], "--format"),
        (["check", TRANSITIONS, "--fail-on", "everything"], "--fail-on"),
        (["check", TRANSITIONS, "--max-size", "0"], "--max-size"),
        (["check", TRANSITIONS, "--today", "tomorrow"], "--today"),
        (["check", TRANSITIONS, "--colour"], "--colour"),
        (["check", TRANSITIONS, "second.txt"], "second.txt"),
        (["pack", "bild"], "bild"),
    ],
    ids=lambda value: str(value[-1]) if isinstance(value, list) else value,
)
def test_bad_usage_gives_status_2_and_its_last_line_says_what(command, words, said):
    done = command(*words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode().splitlines()[-1]
    assert b"Traceback" not in done.stderr


def test_a_pack_that_is_no_pack_is_one_line_and_never_status_1(command, tmp_path):
    (tmp_path / "mine.pack").write_bytes(b"this is no pack " * 100)
    done = command(
        "check", FULL_OF_ERRORS, "--pack", tmp_path / "mine.pack", "--check", "arithmetic", "--check", "office"
    )
    assert "mine.pack" in one_line(done.stderr)
    assert done.returncode in (0, 2)
    assert done.returncode == 2 or "55 seats" in done.stdout.decode()


def config(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "config.toml").write_text(text, "utf-8")
    return folder


def test_a_model_that_is_not_installed_is_one_line_and_the_verdicts_are_there(command, tmp_path, checked):
    done = command("check", TRANSITIONS, config=config(tmp_path / "c", '[checking]\nmodel = "xx_no_such_model"\n'))
    assert "xx_no_such_model" in one_line(done.stderr)
    assert done.returncode == 0
    assert "✗ refuted · office" in done.stdout.decode()


def test_wrong_settings_are_said_and_the_defaults_stand_in(command, tmp_path, checked):
    done = command("check", TRANSITIONS, config=config(tmp_path / "c", "[reading]\nwidht = 80\n\n[checkin]\nx = 1\n"))
    lines = done.stderr.decode().splitlines()
    assert (done.returncode, len(lines)) == (0, 2)
    assert all("config.toml" in line for line in lines)
    assert done.stdout == checked("quiet-transitions").stdout


def test_an_unknown_check_in_the_settings_is_said_with_the_nearest_name(command, tmp_path):
    done = command(
        "check",
        "-",
        stdin=b"A note\n\nThey had 2 boxes of 3 each, 6 in all.",
        config=config(tmp_path / "c", '[checking]\nchecks = ["offise"]\n'),
    )
    line = one_line(done.stderr)
    assert all(word in line for word in ("config.toml", "checking.checks", "offise", "did you mean office?")), line


def test_packs_and_checks_of_the_settings_are_used(command, tmp_path):
    facts = tmp_path / "mine.toml"
    facts.write_text(
        'source = "My notes"\nsnapshot = "2022-07-01"\n\n[[entity]]\nid = "local:reth"\nlabel = "Amalia Reth"\n'
        'kind = "person"\nstatements = [{ property = "P569", value = "1960-03-02" }]\n',
        "utf-8",
    )
    assert command("pack", "build", tmp_path / "mine.pack", "--facts", facts).returncode == 0
    own = config(tmp_path / "c", f'[checking]\nchecks = ["lifespan"]\npacks = ["{tmp_path / "mine.pack"}"]\n')
    done = command(
        "check",
        "-",
        "--as-of",
        "2022-07-17",
        "--format",
        "json",
        stdin=b"A visit\n\nAmalia Reth, 62, came to the coast on Friday and stayed.",
        config=own,
    )
    report = json.loads(done.stdout)
    assert report["tool"]["checks"] == ["lifespan"]
    assert report["tool"]["packs"][0] == "mine"
    assert ("lifespan", "supported") in labels(report)


def test_a_reader_that_goes_away_gives_no_traceback(cache_home, tmp_path):
    env = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(cache_home),
        "CAVEAT_CONFIG_DIR": str(tmp_path / "c"),
    }
    words = [sys.executable, "-m", "reader", "check", str(TRANSITIONS), "--check", "arithmetic"]
    with subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
        cwd=tmp_path,
        start_new_session=True,
    ) as process:
        process.stdout.close()
        errors = process.stderr.read().decode()
        process.wait(30)
    assert errors == ""


def test_an_article_cannot_give_the_terminal_orders(command):
    done = command(
        "check",
        "-",
        "--check",
        "arithmetic",
        stdin="\x1b]0;owned\x07Seats\u202e\n\nThey had 2 boxes\x1b[31m of 3 each, 7 in all.\x9b2J".encode(),
    )
    shown = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 0
    assert not [c for c in shown if c != "\n" and not c.isprintable()]


def test_the_screen_without_a_terminal_is_refused_in_one_line(command):
    for words in ([TRANSITIONS], ["--offline", TRANSITIONS], [TRANSITIONS, "--as-of", "2022"]):
        done = command(*words)
        assert (done.returncode, done.stdout) == (2, b"")
        assert "terminal" in one_line(done.stderr)
