"""MediaWiki's Action API: one way to call it, its errors that come with 200, its way to go on (mediawiki.org/wiki/API:Action_API)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import msgspec

from reader.sources.client import Client
from reader.sources.model import JunkError, RefusedError

BATCH = 50  # titles or ids a call (API:Data_formats); more is an error for those who are no bots
_LONGEST_VALUE = 240
_MOST_PARTS = 20


class _Reply(msgspec.Struct):
    query: Any = None
    entities: Any = None
    search: Any = None
    error: Any = None
    errors: Any = None
    continuing: Any = msgspec.field(default=None, name="continue")


async def call(client: Client, source: str, url: str, params: Mapping[str, str], *, gently: bool = False) -> _Reply:
    """One call. `gently` gives way to people when replicas lag (maxlag). Raises SourceError."""
    sent = {"format": "json", "formatversion": "2", "errorformat": "plaintext", **params}
    if gently:
        sent["maxlag"] = "5"
    reply = await client.json(source, url, _Reply, sent)
    said = _error(reply)
    if said:
        raise RefusedError(source, f"says no ({said})")
    return reply


async def query(
    client: Client, source: str, url: str, params: Mapping[str, str], *, gently: bool = False
) -> AsyncIterator[dict[str, Any]]:
    """The `query` of each part of an answer, following `continue`. Raises SourceError."""
    more: dict[str, str] = {}
    for _part in range(_MOST_PARTS):
        reply = await call(client, source, url, {"action": "query", **params, **more}, gently=gently)
        if reply.query is not None:
            if not isinstance(reply.query, dict):
                raise JunkError(source, "the answer is not what it should be (query is no object)")
            yield reply.query
        if not isinstance(reply.continuing, dict) or not reply.continuing:
            return
        more = {str(key): str(value) for key, value in reply.continuing.items()}


def batches(values: Sequence[str], size: int = BATCH) -> list[str]:
    """Values joined for one call each; a value that would break the list, or is absurdly long, is left out."""
    good = [v for v in dict.fromkeys(values) if v and "|" not in v and "\x1f" not in v and len(v) <= _LONGEST_VALUE]
    return ["|".join(good[at : at + size]) for at in range(0, len(good), size)]


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list (formatversion 2) or in a map by id (1); PHP's empty list for an empty map too."""
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [item for item in found if isinstance(item, dict)]


def text(item: Mapping[str, Any], key: str) -> str | None:
    """A string or a number of an object as text, None for anything else."""
    value = item.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None


def _error(reply: _Reply) -> str | None:
    first = next(iter(objects(reply.errors)), None) or (reply.error if isinstance(reply.error, dict) else None)
    return (text(first, "code") or "an error without a name") if first else None
