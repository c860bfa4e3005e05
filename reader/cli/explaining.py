"""`caveat explain`: how one claim of an article came to its verdicts."""

from __future__ import annotations

import asyncio
import gc
import sys

from reader.cli.input import Asked, prepared
from reader.cli.problems import stop, warn


def run_explain(article: str, claim: str, asked: Asked) -> None:
    """Print the explanation. Raises SystemExit with status 2 where there is no such claim."""
    from reader.explaining import NoSuchClaimError, explain
    from reader.report.as_explanation import as_explanation

    gc.enable()
    loaded, options, _ = prepared(article, asked)
    try:
        found = asyncio.run(explain(loaded, options, claim))
    except NoSuchClaimError as error:
        stop(str(error))
    for failure in found.failures:
        warn(f"{failure.stage}: {failure.reason}")
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.write(as_explanation(found))
    sys.stdout.flush()
