"""An article that has been opened, with all that reading it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from reader.article.model import Article
from reader.findings import DeskOptions
from reader.library import Library, Place
from reader.settings import Settings


@dataclass(frozen=True, slots=True)
class Opened:
    """What the screen is given."""

    article: Article
    options: DeskOptions
    settings: Settings
    library: Library = field(default_factory=Library)
    source: str = ""
    """The path or address it came from; "" for a pipe."""
    again: Callable[[], Article | None] | None = None
    """Reads it again from there; None where that cannot be done."""
    place: Place | None = None
    """Where to begin, before what the library says."""
