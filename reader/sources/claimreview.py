"""Data Commons' feed of ClaimReviews: fetched when the reader asks for it, kept in the store (datacommons.org/factcheck/download)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from reader import clock
from reader.knowledge.build import read_reviews
from reader.knowledge.schema import PackError
from reader.knowledge.store import EvidenceStore
from reader.settings import Sources
from reader.sources.client import Client
from reader.sources.line import Budget
from reader.sources.model import SourceError, SourceFacts

_LARGEST = 512 * 1024 * 1024


async def update_reviews(settings: Sources, facts: SourceFacts, path: Path) -> int:
    """Fetch the feed and keep its reviews; gives how many are new. Raises PackError."""
    store = EvidenceStore(path)
    try:
        async with Client(settings, {facts.title: facts.url}, Budget(5)) as client:
            answer = await client.get(facts.title, facts.url, accept="application/json", largest=_LARGEST)
        with TemporaryDirectory() as folder:
            feed = Path(folder) / "data.json"
            feed.write_bytes(answer.body)
            return await asyncio.to_thread(store.keep_reviews, read_reviews(feed), clock.today())
    except SourceError as error:
        raise PackError(str(error)) from error
    finally:
        store.close()
