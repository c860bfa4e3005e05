"""`caveat store`: the evidence store, looked after from the command line."""

from __future__ import annotations

import click

from reader.cli.input import store_path
from reader.cli.problems import stop, warn
from reader.knowledge import upkeep
from reader.knowledge.store import StoreError
from reader.settings import load_settings

_WORDS = {
    "entity": "entities", "alias": "names", "statement": "statements", "page": "pages", "review": "reviews", "title": "titles looked up", "named": "names in articles",
    "fetched": "answers", "spoken": "verdicts", "turned": "changed", "article": "web pages",
}  # fmt: skip


def info() -> int:
    """Print where, how large, what and how old."""
    path = store_path()
    if not path.is_file():
        click.echo(f"{path}\nempty: nothing has been fetched yet")
        return 0
    try:
        facts = upkeep.facts_of(path)
    except StoreError as error:
        stop(f"store info: {error}")
    limit = load_settings().sources.store
    click.echo(f"{'file':<18} {facts.path}")
    click.echo(f"{'size':<18} {facts.size / 1e6:.1f} MB of at most {limit:,} MB")
    for table, count in facts.counts.items():
        click.echo(f"{_WORDS[table]:<18} {count:,}")
    if facts.oldest:
        click.echo(f"{'fetched':<18} {facts.oldest} to {facts.newest}")
    return 0


def prune(size: int | None) -> int:
    """Remove what was needed longest ago."""
    limit = size if size is not None else load_settings().sources.store
    try:
        removed = upkeep.prune(store_path(), limit * 1_000_000)
    except StoreError as error:
        stop(f"store prune: {error}")
    warn(f"store prune: {removed:,} answers removed; {upkeep.size_of(store_path()) / 1e6:.1f} MB left")
    return 0


def verify() -> int:
    """Say whether the store is whole."""
    try:
        problems = upkeep.verify(store_path())
    except StoreError as error:
        warn(f"store verify: {error}")
        return 1
    for problem in problems:
        click.echo(problem)
    warn("store verify: " + (f"{len(problems)} problems; `caveat store repair` saves what can be read" if problems else "whole"))  # fmt: skip
    return 1 if problems else 0


def repair() -> int:
    """Make the store anew from what can be read."""
    try:
        aside, saved = upkeep.repair(store_path())
    except StoreError as error:
        stop(f"store repair: {error}")
    warn(f"store repair: {saved:,} rows saved; the old file is {aside}")
    return 0
