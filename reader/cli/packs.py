"""`caveat pack build` and `caveat pack info`."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from reader.cli.problems import stop
from reader.dates import parse_iso
from reader.knowledge.build import PackBuilder, read_entities, read_json_lines, read_reviews
from reader.knowledge.builtin import builtin_pack, compile_builtin
from reader.knowledge.facts import FactError, read_facts
from reader.knowledge.pack import Pack
from reader.knowledge.schema import PackError


def build(
    out: Path,
    entities: tuple[Path, ...],
    pages: tuple[Path, ...],
    reviews: tuple[Path, ...],
    facts: tuple[Path, ...],
    snapshot: str | None,
    name: str | None,
) -> int:
    """Build a pack; nothing is left behind when it fails."""
    if not (entities or pages or reviews or facts):
        stop("pack build: give at least one of --entities, --pages, --reviews, --facts")
    if snapshot is not None and parse_iso(snapshot) is None:
        stop(f"--snapshot {snapshot}: not a date; write YYYY-MM-DD")
    gc.enable()
    counts = {"entities": 0, "pages": 0, "reviews": 0}
    try:
        with PackBuilder(out, name=name or out.stem, snapshot=snapshot) as builder:
            for path in facts:
                counts["entities"] += builder.add(read_facts(path))
            for path in entities:
                counts["entities"] += builder.add(read_entities(path, snapshot))
            for path in pages:
                counts["pages"] += builder.add_pages(read_json_lines(path))
            for path in reviews:
                counts["reviews"] += builder.add_reviews(read_reviews(path))
            builder.finish()
    except (PackError, FactError, OSError) as error:
        stop(f"pack build: {error}")
    click.echo(f"{out}: {', '.join(f'{n:,} {what}' for what, n in counts.items() if n)}", err=True)
    return 0


def info(path: Path | None) -> int:
    """Print a pack's manifest and counts."""
    try:
        if path is None:
            path = builtin_pack()
            if not path.is_file():
                compile_builtin(path)
        pack = Pack(path)
        for key, value in {"file": str(path), **pack.manifest}.items():
            click.echo(f"{key:<12} {value}")
        for what, count in pack.counts.items():
            click.echo(f"{what:<12} {count:,}")
        pack.close()
    except (PackError, FactError, OSError) as error:
        stop(f"pack info: {error}")
    return 0
