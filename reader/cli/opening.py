"""Opening an article on the screen: from a file, a pipe, or the samples."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.problems import stop, warn
from reader.library import Library
from reader.resources import resource_dir
from reader.settings import Settings, data_dir, load_settings

if TYPE_CHECKING:
    from reader.article.model import Article
    from reader.cli.input import Asked

FIRST_SAMPLE = "station-crew-exchange"
_LAST_ONES = 20
_FRAMES = 120  # a second: a key waits for the next one, so 60 would cost it up to 17 ms


def sample_articles() -> list[tuple[Path, str]]:
    """The sample articles with their titles, the first one first."""
    folder = resource_dir("sample_articles") / "articles"
    paths = sorted(folder.glob("*.md"), key=lambda p: (p.stem != FIRST_SAMPLE, p.stem))
    return [(path, _title(path)) for path in paths]


def _title(path: Path) -> str:
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    return path.stem


def open_screen(article: str | None, asked: Asked, *, plain: bool = False, served: bool = False) -> None:
    """Show an article; the keyboard still works when the article came through a pipe. Raises SystemExit.

    `served` is the screen in a browser: it has no terminal, and ends with the server that started it.
    """
    from reader.cli.input import prepared

    library = Library(data_dir() / "library.sqlite")
    piped = not served and (article == "-" or (article is None and not sys.stdin.isatty()))
    word = (
        "-" if piped else named(article) if article is not None else _last_read(library) or str(sample_articles()[0][0])
    )
    loaded, options, settings = prepared(word, asked)
    if plain:
        settings = replace(settings, reading=replace(settings.reading, plain=True))
    if not served:
        _keyboard(piped=piped)
    os.environ.setdefault("TEXTUAL_FPS", str(_FRAMES))
    from reader.tui.app import CaveatApp
    from reader.tui.opened import Opened
    from reader.tui.terminal import end_with_parent, end_with_terminal

    if served:
        end_with_parent()
    else:
        end_with_terminal(sys.stdin.fileno())
    source = "" if piped else word if word.startswith(("http://", "https://")) else str(Path(word).resolve())
    again = (lambda: _read_again(word, asked, settings)) if source else None
    CaveatApp(Opened(loaded, replace(options, keep_trying=True), settings, library, source, again)).run()
    library.close()


def _keyboard(*, piped: bool) -> None:
    """See to it that keys can be read. Raises SystemExit where they cannot."""
    if os.environ.get("TERM") == "dumb":
        stop("this terminal (TERM=dumb) cannot move its cursor; use `caveat check`, which prints everything in order")
    if piped:
        _keyboard_back()
    elif not sys.stdin.isatty():
        stop("the screen needs a terminal; use `caveat check` in scripts")


def _read_again(word: str, asked: Asked, settings: Settings) -> Article | None:
    """The article once more, None where it can no longer be read."""
    from reader.article.load import ArticleError
    from reader.cli.input import load_article

    try:
        return load_article(word, asked, settings)
    except ArticleError:
        return None


def _last_read(library: Library) -> str | None:
    """What was read last of what can be opened again: a file that is still there, or a web page."""
    sources = (reading.source for reading in library.readings(_LAST_ONES))
    return next((s for s in sources if s.startswith(("http://", "https://")) or Path(s).is_file()), None)


def named(article: str) -> str:
    """An article's path or address; a sample may be called by its name alone."""
    if Path(article).exists():
        return article
    return next((str(path) for path, _ in sample_articles() if path.stem == article), article)


def _keyboard_back() -> None:
    """After a pipe, read keys from the terminal itself. Raises SystemExit where there is none."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        stop("the article came through a pipe and there is no terminal for the keyboard; use `caveat check -`")
    os.dup2(terminal, 0)
    os.close(terminal)
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115
    sys.__stdin__ = sys.stdin  # type: ignore[misc]


def print_keys() -> None:
    """The live bindings, one a line."""
    from reader.tui.keymap import Keymap

    settings = load_settings()
    keymap = Keymap.from_settings(settings.keys)
    for problem in (*settings.problems, *keymap.problems):
        warn(problem)
    for name, actions in keymap.groups():
        click.echo(f"# {name}")
        for action in actions:
            click.echo(f"{keymap.shown(action.id):<18} {action.id:<20} {action.description}")
