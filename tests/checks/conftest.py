"""Shared by the tests of `reader.checks`: nothing of the machine is read, and the scorecard is loaded by its path."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _no_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "missing"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CAVEAT_CONFIG_DIR", str(tmp_path / "config"))


@pytest.fixture(scope="session")
def scorecard():
    """The module beside this file, which is a script too."""
    name = "caveat_scorecard"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("scorecard.py"))
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]
