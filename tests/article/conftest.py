"""Shared by the tests of `reader.article`: one way to read an article from text, and what must never be shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import settings

from reader.article.load import load_bytes
from reader.article.model import Article

settings.register_profile("caveat", database=None, deadline=None, derandomize=True)
settings.load_profile("caveat")

_BIDI_CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def _commands_a_terminal(char: str) -> bool:
    if char == "\n":
        return False
    is_tag = 0xE0000 <= ord(char) <= 0xE007F
    return is_tag or unicodedata.category(char) in ("Cc", "Cs") or unicodedata.bidirectional(char) in _BIDI_CONTROLS


@pytest.fixture(scope="session")
def dangers_in() -> Callable[[str], list[str]]:
    """The characters of a text that no terminal may be given: by their Unicode properties, not by our own list."""
    return lambda text: [f"U+{ord(char):04X}" for char in text if _commands_a_terminal(char)]


@pytest.fixture(scope="session")
def read() -> Callable[[str, str], Article]:
    """Read an article from text, as if it were a file of that name."""
    return lambda text, name="article.txt": load_bytes(text.encode("utf-8"), name=name)


@pytest.fixture(scope="session")
def shape() -> Callable[[Article], list[tuple[str, str]]]:
    """An article as the list of its paragraphs' kinds and texts."""
    return lambda article: [(paragraph.kind, paragraph.text) for paragraph in article.paragraphs]
