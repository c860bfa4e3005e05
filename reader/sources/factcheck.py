"""Google's Fact Check Tools: earlier reviews, for readers with a key (developers.google.com/fact-check/tools/api).

The names of an article are sent, never a sentence of it; the key goes in a header and nowhere else.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from reader import clock
from reader.knowledge.store import EvidenceStore
from reader.sources.client import Client
from reader.sources.model import Learned, SourceFacts, Wanted, nothing

_MOST_NAMES = 3
_REFRESH = 7  # days


class _Reply(msgspec.Struct):
    claims: list[dict[str, Any]] = []


class FactCheck:
    """Reviews of claims about the first few names."""

    def __init__(self, client: Client, facts: SourceFacts, key: str) -> None:
        self.facts = facts
        self._client, self._headers = client, {"X-Goog-Api-Key": key}

    def who(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """It knows nobody."""
        return nothing()

    async def context(self, wanted: Wanted, store: EvidenceStore) -> AsyncIterator[Learned]:
        """Reviews, kept like those of any feed."""
        for name in wanted.names[:_MOST_NAMES]:
            if store.recent([f"factcheck:{name}"], clock.today(), _REFRESH):
                continue
            params = {"query": name, "languageCode": wanted.language, "pageSize": "20"}
            reply = await self._client.json(self.facts.title, self.facts.url, _Reply, params, headers=self._headers)
            items = [item for claim in reply.claims for item in _as_reviews(claim)]
            new = await asyncio.to_thread(store.keep_reviews, items, clock.today())
            await asyncio.to_thread(store.note, f"factcheck:{name}", clock.today())
            yield Learned(reviews=new)


def _as_reviews(claim: dict[str, Any]) -> list[dict[str, Any]]:
    """The API's shape as schema.org's; every field may be missing."""
    reviews = claim.get("claimReview")
    found = []
    for review in reviews if isinstance(reviews, list) else ():
        if isinstance(review, dict):
            publisher = review.get("publisher")
            name = publisher.get("name") or publisher.get("site") if isinstance(publisher, dict) else None
            found.append(
                {
                    "claimReviewed": claim.get("text"),
                    "reviewRating": {"alternateName": review.get("textualRating")},
                    "author": {"name": name},
                    "url": review.get("url"),
                    "datePublished": review.get("reviewDate"),
                }
            )
    return found
