"""One picture of what a card is about, fetched only when the reader asks for it, with the author and licence of its file.

Wikipedia names the picture (Extension:PageImages) and its terms (Extension:CommonsMetadata); Wikimedia's image host serves it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from reader.article.clean import clean_line
from reader.settings import Sources
from reader.sources.client import Client
from reader.sources.line import Budget
from reader.sources.mediawiki import objects, query, text
from reader.sources.model import JunkError, RefusedError
from reader.sources.registry import source_facts

_WIDTH = "480"  # pixels: more than any terminal shows
_LARGEST = 4 * 1024 * 1024
_TAG = re.compile(r"<[^>]{0,500}>")
_REQUESTS = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes as they came, and whose they are."""

    data: bytes
    credit: str


async def picture_of(title: str, settings: Sources, language: str = "en") -> Picture:
    """The picture of a page. Raises SourceError, also where the page has none."""
    facts = {f.name: f for f in source_facts(settings)}
    wikipedia, host = facts["wikipedia"], facts["pictures"]
    if not host.is_asked or not wikipedia.is_asked:
        raise RefusedError(host.title, "is switched off")
    api = wikipedia.url.replace("{lang}", language)
    async with Client(settings, {wikipedia.title: wikipedia.url, host.title: host.url}, Budget(_REQUESTS)) as client:
        params = {"titles": title, "redirects": "1", "prop": "pageimages", "piprop": "thumbnail|name", "pithumbsize": _WIDTH}  # fmt: skip
        page = await _first_page(client, wikipedia.title, api, params)
        thumbnail = page.get("thumbnail")
        source = text(thumbnail, "source") if isinstance(thumbnail, dict) else None
        name = text(page, "pageimage")
        if not source or not name:
            raise RefusedError(wikipedia.title, "has no picture of it")
        terms = {"titles": f"File:{name}", "prop": "imageinfo", "iiprop": "extmetadata", "iiextmetadatafilter": "Artist|LicenseShortName"}  # fmt: skip
        file = await _first_page(client, wikipedia.title, api, terms)
        answer = await client.get(host.title, source, accept="image/*", largest=_LARGEST)
    if not answer.headers.get("content-type", "").startswith("image/"):
        raise JunkError(host.title, "the answer is no picture")
    return Picture(answer.body, f"{clean_line(name).replace('_', ' ')} · {_credit(file)}")


async def _first_page(client: Client, source: str, api: str, params: dict[str, str]) -> dict[str, Any]:
    async for part in query(client, source, api, params):
        for page in objects(part.get("pages")):
            return page
    return {}


def _credit(file: dict[str, Any]) -> str:
    """Author and licence of a file; without them it is said that they are not known."""
    info = next(iter(objects(file.get("imageinfo"))), {})
    metadata = info.get("extmetadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    found = []
    for key in ("Artist", "LicenseShortName"):
        item = metadata.get(key)
        value = text(item, "value") if isinstance(item, dict) else None
        if value and (shown := clean_line(_TAG.sub("", value))):
            found.append(shown[:80])
    return " · ".join(found) or "author and licence not known"
