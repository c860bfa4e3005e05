"""`caveat check`: the headless twin. Standard output is data, standard error is talk."""

from __future__ import annotations

import asyncio
import gc
import sys

from reader.article.model import Article
from reader.cli.input import Asked, prepared
from reader.cli.problems import warn
from reader.desk import Desk
from reader.findings import DeskOptions, Examination, Finished, SourceFailed


def run_check(article: str, asked: Asked, *, form: str, fail_on: tuple[str, ...]) -> int:
    """Check one article and print the result; returns the exit status."""
    gc.enable()
    loaded, options, _ = prepared(article, asked)
    result = asyncio.run(_examined(loaded, options))
    for failure in result.failures:
        warn(f"{failure.stage}: {failure.reason}")
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.write(_formatted(result, form))
    sys.stdout.flush()
    found = {v.label for record in result.claims for v in record.verdicts}
    return 1 if found & set(fail_on) else 0


async def _examined(article: Article, options: DeskOptions) -> Examination:
    """The result; what went wrong with a source is said on standard error as it happens."""
    result: Examination | None = None
    async for event in Desk(article, options).run():
        if isinstance(event, SourceFailed) and event.kind != "lost":
            warn(f"{event.source}: {event.reason}")
        elif isinstance(event, Finished):
            result = event.result
    if result is None:
        raise RuntimeError("the desk ended without a result")
    if result.asked is not None and result.asked.line == "lost":
        warn("no network: what the packs and the store hold was used")
    elif result.asked is not None and result.asked.line == "online":
        warn("sources: not all had answered at the deadline; what came was used")
    return result


def _formatted(result: Examination, form: str) -> str:
    if form == "json":
        from reader.report.as_json import as_json

        return as_json(result)
    from reader.report.as_text import as_markdown, as_text

    return as_markdown(result) if form == "markdown" else as_text(result)
