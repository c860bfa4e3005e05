"""Data Commons' feed of ClaimReviews: fetched when the reader asks for it, kept as a pack beside the store (datacommons.org/factcheck/download)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from reader.knowledge.build import PackBuilder, read_reviews
from reader.knowledge.schema import PackError
from reader.settings import Sources
from reader.sources.client import Client
from reader.sources.line import Budget
from reader.sources.model import SourceError, SourceFacts

_LARGEST = 512 * 1024 * 1024


async def update_reviews(settings: Sources, facts: SourceFacts, out: Path) -> int:
    """Fetch the feed and write it as the pack `out`; gives how many reviews it holds. Raises PackError, OSError."""
    try:
        async with Client(settings, {facts.title: facts.url}, Budget(5)) as client:
            answer = await client.get(facts.title, facts.url, accept="application/json", largest=_LARGEST)
    except SourceError as error:
        raise PackError(str(error)) from error
    if answer.status != 200:
        raise PackError(f"{facts.title}: has nothing there (HTTP {answer.status})")
    return await asyncio.to_thread(_built, answer.body, facts, out)


def _built(feed: bytes, facts: SourceFacts, out: Path) -> int:
    with TemporaryDirectory() as folder, PackBuilder(out, name=facts.title) as builder:
        path = Path(folder) / "data.json"
        path.write_bytes(feed)
        count = builder.add_reviews(read_reviews(path))
        if not count:
            raise PackError(f"{facts.title}: the feed holds no review; the one from before stays")
        builder.finish()
    return count
