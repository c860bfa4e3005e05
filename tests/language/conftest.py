"""Shared by the tests of `reader.language`: the same examples on every run, and a worker that finds this checkout."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

import reader

settings.register_profile("caveat", database=None, deadline=None, derandomize=True)
settings.load_profile("caveat")

ROOT = Path(reader.__file__).parents[1]


@pytest.fixture
def root(monkeypatch) -> Path:
    """Where the package lies; processes that a test starts find it, wherever the tests were started."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(ROOT)
    return ROOT
