"""The manual says what the program says: man page, completions, help topics and the README's tables are made from it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from reader.cli.main import cli
from reader.cli.manual import FOLDER, man_page, topics, written
from reader.settings import load_settings
from reader.tui.actions import ACTIONS


@pytest.mark.parametrize(("path", "text"), list(written(FOLDER.parents[1])), ids=lambda v: getattr(v, "name", ""))
def test_what_is_written_is_what_the_program_says(path, text):
    assert path.read_text("utf-8") == text, "run: python -m reader.cli.manual"


def test_the_man_page_names_every_command_option_and_action():
    page = man_page().replace("\\-", "-").replace("\\&", "")
    for name, command in cli.commands.items():
        if not command.hidden:
            assert f"caveat {name}" in page
            for param in command.params:
                assert all(opt in page for opt in param.opts if opt.startswith("--"))
    assert [a.id for a in ACTIONS if f"({a.id})" not in page] == []


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
def test_the_man_page_is_clean_for_groff():
    done = subprocess.run(
        ["groff", "-Kutf8", "-man", "-Tutf8", "-ww", "-z"], input=man_page().encode(), capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""


def test_the_settings_that_help_shows_are_settings(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(topics()["settings"](), "utf-8")
    settings = load_settings(path)
    assert settings.problems == ()
    assert settings.keys == {"next-claim": "n, ctrl+y"}


@pytest.mark.parametrize("topic", [*topics(), "check", "serve"])
def test_help_tells_about_every_topic_and_command(command, topic):
    done = command("help", topic)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) >= 3


def test_help_about_nothing_known_says_the_nearest(command):
    done = command("help", "setings")
    assert done.returncode == 2
    assert "did you mean settings?" in done.stderr.decode()


def completed(words: str) -> set[str]:
    env = {**os.environ, "_CAVEAT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run([sys.executable, "-m", "reader"], env=env, capture_output=True, check=True, timeout=60)
    return {line.partition(",")[2] for line in done.stdout.decode().splitlines()}


def test_a_shell_completes_commands_samples_options_and_themes_commands():
    assert {"check", "completions"} <= completed("caveat c")
    assert "station-crew-exchange" in completed("caveat sta")
    assert {"--format", "--fail-on"} <= completed("caveat check --f")
    assert {"list", "show", "check", "new"} <= completed("caveat themes ")
