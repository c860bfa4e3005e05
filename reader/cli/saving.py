"""`caveat pack save`: an article's evidence as a pack of its own, for somebody without a network."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from reader.cli.input import Asked, prepared
from reader.cli.problems import stop
from reader.desk.saving import save_evidence
from reader.knowledge.facts import FactError
from reader.knowledge.schema import PackError


def save(article: str, out: Path, asked: Asked) -> int:
    """Examine the article, online when that is allowed, and write all that its verdicts and cards rest on."""
    loaded, options, _ = prepared(article, asked)
    try:
        counts = asyncio.run(save_evidence(loaded, options, out))
    except (PackError, FactError, OSError) as error:
        stop(f"pack save: {error}")
    click.echo(f"{out}: {', '.join(f'{n:,} {what}' for what, n in counts.items() if n)}", err=True)
    return 0
