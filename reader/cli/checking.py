"""`caveat check`: the headless twin. Standard output is data, standard error is talk."""

from __future__ import annotations

import asyncio
import gc
import sys
from pathlib import Path

from reader.cli.input import desk_options, read_article
from reader.cli.problems import warn
from reader.desk import examine
from reader.findings import Examination
from reader.settings import load_settings


def run_check(
    article: str,
    *,
    form: str,
    fail_on: tuple[str, ...],
    as_of: str | None,
    packs: tuple[Path, ...],
    builtin: bool,
    checks: tuple[str, ...],
    max_bytes: int,
) -> int:
    """Check one article and print the result; returns the exit status."""
    gc.enable()
    settings = load_settings()
    for problem in settings.problems:
        warn(problem)
    options = desk_options(settings, packs=packs, builtin=builtin, checks=checks)
    loaded = read_article(article, as_of=as_of, max_bytes=max_bytes)
    result = asyncio.run(examine(loaded, options))
    for failure in result.failures:
        warn(f"{failure.stage}: {failure.reason}")
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.write(_formatted(result, form))
    sys.stdout.flush()
    found = {v.label for record in result.claims for v in record.verdicts}
    return 1 if found & set(fail_on) else 0


def _formatted(result: Examination, form: str) -> str:
    if form == "json":
        from reader.report.as_json import as_json

        return as_json(result)
    from reader.report.as_text import as_markdown, as_text

    return as_markdown(result) if form == "markdown" else as_text(result)
