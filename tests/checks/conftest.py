"""Shared by the tests of `reader.checks`: nothing of the machine is read, and the scorecard is loaded by its path."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(autouse=True)
def _no_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "missing"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CAVEAT_CONFIG_DIR", str(tmp_path / "config"))


def _load(name: str) -> ModuleType:
    """A module beside this file that is a script too."""
    full = f"caveat_{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, Path(__file__).with_name(f"{name}.py"))
        module = importlib.util.module_from_spec(spec)
        sys.modules[full] = module
        spec.loader.exec_module(module)
    return sys.modules[full]


@pytest.fixture(scope="session")
def load_script() -> Callable[[str], ModuleType]:
    """Load one of the scripts beside this file."""
    return _load


@pytest.fixture(scope="session")
def scorecard() -> ModuleType:
    """The scorecard of the hand-made cases."""
    return _load("scorecard")


@pytest.fixture
def unparsed(no_parse, monkeypatch) -> None:
    """No language process: no verdict rests on the parse."""
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)


@pytest.fixture
def builtin_cache(cache_home, monkeypatch) -> None:
    """The compiled built-in pack of this run."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
