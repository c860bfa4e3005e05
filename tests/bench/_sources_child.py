"""One cold reading in a process of its own: when the language worker was ready, when the first verdict of a source came, when all was there."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

STARTED = time.monotonic()


async def main(path: Path, store: Path, as_of: str | None) -> None:
    """Read the article once and print the seconds since the process began."""
    from reader.article.load import load_path
    from reader.desk import Desk, LanguageWorker
    from reader.findings import DeskOptions, Finished, ParagraphKnown, SourcesState
    from reader.settings import load_settings

    marks: dict[str, float] = {}
    start = LanguageWorker.start

    async def noted(self: LanguageWorker) -> None:
        await start(self)
        marks["ready"] = time.monotonic() - STARTED

    LanguageWorker.start = noted  # type: ignore[method-assign]
    options = DeskOptions(online=True, sources=load_settings().sources, store=store)
    article = load_path(path, as_of=as_of)
    marks["loaded"] = time.monotonic() - STARTED
    requests = entities = 0
    async for event in Desk(article, options).run():
        if isinstance(event, SourcesState):
            requests = max(requests, event.requests)
        if isinstance(event, ParagraphKnown) and "verdict" not in marks:
            said = (v for r in event.claims for v in r.verdicts if v.is_decided)
            if any(e.retrieved and e.source == "Wikidata" and e.revision for v in said for e in v.evidence):
                marks["verdict"] = time.monotonic() - STARTED
        if isinstance(event, ParagraphKnown) and any(c.checked for c in event.cards):
            marks["card"] = marks.get("card", time.monotonic() - STARTED)
        if isinstance(event, Finished):
            entities = len({m.entity.id for m in event.result.mentions})
    marks["done"] = time.monotonic() - STARTED
    print(json.dumps({**marks, "requests": requests, "entities": entities}))


asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None))
