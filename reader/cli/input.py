"""From the command's words to an article and the desk's options, with every error said in one line."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from reader.article.load import ArticleError, as_of_option, load_path, load_stream
from reader.article.model import Article
from reader.cli.problems import stop, warn
from reader.findings import DeskOptions
from reader.resources import resource_dir
from reader.settings import Settings, data_dir, load_settings, nearest

_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Asked:
    """How an article is to be opened: the options that reading, checking and explaining share."""

    as_of: str | None
    offline: bool
    packs: tuple[Path, ...]
    builtin: bool
    checks: tuple[str, ...]
    max_bytes: int
    allow_private: bool = False


def is_online(asked: Asked, settings: Settings) -> bool:
    """Whether sources may be asked: unless the command, the settings or CAVEAT_OFFLINE say otherwise."""
    return not (asked.offline or settings.checking.offline or os.environ.get("CAVEAT_OFFLINE"))


def is_sample(word: str) -> bool:
    """Whether an article is one of the samples, which never ask anybody."""
    return word != "-" and Path(word).parent.resolve() == (resource_dir("sample_articles") / "articles").resolve()


def store_path() -> Path:
    """Where the evidence store is, or will be."""
    return data_dir() / "evidence.sqlite"


def reviews_path() -> Path:
    """Where the pack of reviewed claims is, once `caveat sources update` has fetched it."""
    return data_dir() / "claimreview.pack"


def prepared(word: str, asked: Asked) -> tuple[Article, DeskOptions, Settings]:
    """The article, how to examine it, and the settings, what is wrong with them said. Raises SystemExit."""
    settings = load_settings()
    for problem in settings.problems:
        warn(problem)
    options = desk_options(settings, asked, word)
    return read_article(word, asked, settings), options, settings


def read_article(word: str, asked: Asked, settings: Settings) -> Article:
    """The article of a path, a web address or "-". Raises SystemExit with status 2 and one line."""
    try:
        article = load_article(word, asked, settings)
    except ArticleError as error:
        stop(str(error))
    for warning in article.warnings:
        warn(warning)
    return article


def load_article(word: str, asked: Asked, settings: Settings) -> Article:
    """The same, without a word to anybody. Raises ArticleError."""
    as_of, max_bytes = asked.as_of, asked.max_bytes
    if not word:
        raise ArticleError("the article's name is empty; give a file, or - for standard input")
    if word == "-":
        return load_stream(sys.stdin.buffer, max_bytes=max_bytes, as_of=as_of)
    if word.startswith(("http://", "https://")):
        return _read_page(word, asked, settings)
    if (saved := _saved_in(word)) is not None:
        return saved if asked.as_of is None else replace(saved, as_of=as_of_option(asked.as_of))
    return load_path(Path(word), max_bytes=max_bytes, as_of=as_of)


def _read_page(word: str, asked: Asked, settings: Settings) -> Article:
    """A web page, kept in the store for the next time. Raises ArticleError."""
    import asyncio

    from reader.knowledge.store import EvidenceStore, StoreError
    from reader.sources.web import open_page

    store = None
    try:
        store = EvidenceStore(store_path())
    except StoreError as error:
        warn(str(error))
    try:
        return asyncio.run(
            open_page(
                word,
                settings.sources,
                store=store,
                online=is_online(asked, settings),
                allow_private=asked.allow_private,
                max_bytes=asked.max_bytes,
                as_of=asked.as_of,
            )
        )
    finally:
        if store is not None:
            store.close()


def _reviews(*, sample: bool) -> tuple[Path, ...]:
    path = reviews_path()
    return (path,) if path.is_file() and not sample else ()


def _is_pack(word: str) -> bool:
    """Whether a file is a pack: a saved one opens by itself, with its own evidence and no other."""
    try:
        with Path(word).open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False


def _saved_in(word: str) -> Article | None:
    """The article in a saved pack. Raises ArticleError for a pack that holds none."""
    if not _is_pack(word):
        return None
    from reader.article.saved import from_bytes
    from reader.knowledge.pack import Pack
    from reader.knowledge.schema import PackError

    try:
        pack = Pack(Path(word))
        body = pack.article()
        pack.close()
    except PackError as error:
        raise ArticleError(str(error)) from error
    if body is None:
        raise ArticleError(f"{word}: is a pack of evidence without an article; give it with --pack")
    return from_bytes(body, word)


def desk_options(settings: Settings, asked: Asked, word: str) -> DeskOptions:
    """The desk's options from the command line and the settings. Raises SystemExit for an unknown check or a missing pack."""
    for path in asked.packs:
        if not path.is_file():
            stop(f"--pack {path}: no such file")
    sample = is_sample(word)
    if _is_pack(word):
        return DeskOptions(
            checks=_checks(asked.checks, settings),
            packs=(*asked.packs, Path(word)),
            builtin=False,
            model=settings.checking.model,
        )
    return DeskOptions(
        checks=_checks(asked.checks, settings),
        packs=(*asked.packs, *(Path(p).expanduser() for p in settings.checking.packs), *_reviews(sample=sample)),
        builtin=asked.builtin,
        model=settings.checking.model,
        online=not sample and is_online(asked, settings),
        sources=None if sample else settings.sources,
        store=None if sample else store_path(),
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
