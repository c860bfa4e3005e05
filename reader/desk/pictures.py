"""The desk's side of pictures: a screen asks here, and never sees the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.settings import Sources
from reader.sources.model import SourceError

if TYPE_CHECKING:
    from reader.sources.pictures import Picture


class NoPictureError(Exception):
    """There is no picture to show; the message is one line."""


async def fetched(title: str, settings: Sources) -> Picture:
    """The picture of a page. Raises NoPictureError."""
    from reader.sources.pictures import picture_of

    try:
        return await picture_of(title, settings)
    except SourceError as error:
        raise NoPictureError(str(error)) from error
