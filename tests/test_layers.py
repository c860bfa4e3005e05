"""What may not be loaded is not: the core runs without Textual, the screen without spaCy and any network client."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import reader

ROOT = Path(reader.__file__).parents[1]
LOADED = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sorted(sys.modules))
"""
PURE = (
    "reader.article.load",
    "reader.language.client",
    "reader.claims.shallow",
    "reader.knowledge.pack",
    "reader.checks.registry",
)


def loaded_by(*modules: str) -> list[str]:
    env = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *modules], capture_output=True, text=True, env=env, cwd=ROOT, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert set(modules) <= set(done.stdout.split())
    return done.stdout.split()


def test_the_desk_the_report_and_the_command_run_without_textual():
    loaded = loaded_by("reader.desk", "reader.report.as_json", "reader.report.as_text", "reader.cli.checking")
    assert not [name for name in ("textual", "rich", "reader.tui") if name in loaded]


def test_the_screen_runs_without_spacy_and_without_a_network_client():
    loaded = loaded_by("reader.tui.app")
    assert "textual" in loaded
    assert not [name for name in ("spacy", "thinc", "numpy", "httpx", "requests", "urllib3") if name in loaded]


@pytest.mark.parametrize("module", PURE)
def test_every_part_of_the_core_runs_without_screen_parser_and_network(module):
    loaded = loaded_by(module)
    assert not [name for name in ("textual", "spacy", "httpx", "reader.tui", "reader.cli") if name in loaded]


def test_the_language_worker_is_the_only_one_that_needs_spacy_and_that_only_once_it_loads_its_model():
    assert "spacy" not in loaded_by("reader.language.worker")


def test_the_data_goes_one_way():
    """What comes earlier in the way of the data knows nothing of what comes later."""
    way = [
        "reader.article.load",
        "reader.claims.shallow",
        "reader.knowledge.resolve",
        "reader.checks.registry",
        "reader.desk",
        "reader.report.as_json",
    ]
    packages = ["reader.article", "reader.claims", "reader.knowledge", "reader.checks", "reader.desk", "reader.report"]
    for number, module in enumerate(way):
        loaded = loaded_by(module)
        assert not [later for later in packages[number + 1 :] if later in loaded], module
