"""From the command's words to an article and the desk's options, with every error said in one line."""

from __future__ import annotations

import sys
from pathlib import Path

from reader.article.load import ArticleError, load_path, load_stream
from reader.article.model import Article
from reader.cli.problems import stop, warn
from reader.findings import DeskOptions
from reader.settings import Settings, nearest


def read_article(word: str, *, as_of: str | None, max_bytes: int) -> Article:
    """The article of a path or "-". Raises SystemExit with status 2 and one line."""
    try:
        if not word:
            stop("the article's name is empty; give a file, or - for standard input")
        if word == "-":
            article = load_stream(sys.stdin.buffer, max_bytes=max_bytes, as_of=as_of)
        elif word.startswith(("http://", "https://")):
            stop(f"{word}: web addresses cannot be opened yet; save the page and give its file")
        else:
            article = load_path(Path(word), max_bytes=max_bytes, as_of=as_of)
    except ArticleError as error:
        stop(str(error))
    for warning in article.warnings:
        warn(warning)
    return article


def desk_options(settings: Settings, *, packs: tuple[Path, ...], builtin: bool, checks: tuple[str, ...]) -> DeskOptions:
    """The desk's options from the command line and the settings. Raises SystemExit for an unknown check or a missing pack."""
    for path in packs:
        if not path.is_file():
            stop(f"--pack {path}: no such file")
    return DeskOptions(
        checks=_checks(checks, settings),
        packs=(*packs, *(Path(p).expanduser() for p in settings.checking.packs)),
        builtin=builtin,
        model=settings.checking.model,
    )


def _checks(given: tuple[str, ...], settings: Settings) -> tuple[str, ...]:
    """The checks that are wanted; the registry is loaded only where one is named."""
    if not given and not settings.checking.checks:
        return ()
    from reader.checks.registry import NAMES

    for name in given:
        if name not in NAMES:
            stop(f"--check {name}: no such check{nearest(name, NAMES)}")
    for name in settings.checking.checks:
        if name not in NAMES:
            warn(f"config.toml: checking.checks: {name}: no such check{nearest(name, NAMES)}")
    return given or tuple(n for n in settings.checking.checks if n in NAMES)
