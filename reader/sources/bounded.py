"""A body read within bounds: so many bytes on the wire, so many unpacked, and no more than a sane ratio of the two."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Iterator

LARGEST = 32 * 1024 * 1024
_MOST_TIMES = 200
_ALWAYS_ALLOWED = 1024 * 1024
_STEP = 256 * 1024


class TooMuchError(Exception):
    """A body is larger than it may be, or packed as only an attack is."""


class BrokenBodyError(Exception):
    """A body cannot be unpacked, or ends before it should."""


async def read_bounded(chunks: AsyncIterator[bytes], encoding: str, largest: int = LARGEST) -> bytes:
    """The whole body, unpacked; gzip and deflate only, which is all that is asked for. Raises TooMuchError, BrokenBodyError."""
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise BrokenBodyError(f"is packed in a way that was not asked for ({encoding})")
    unpack = zlib.decompressobj(wbits=47) if encoding not in ("", "identity") else None
    parts: list[bytes] = []
    received = size = 0
    async for chunk in chunks:
        received += len(chunk)
        if received > largest:
            raise TooMuchError(f"is over {largest:,} bytes")
        while chunk:
            for piece in _unpacked(chunk, unpack):
                size += len(piece)
                if size > largest or size > _ALWAYS_ALLOWED + received * _MOST_TIMES:
                    raise TooMuchError(f"unpacks to over {size:,} bytes")
                parts.append(piece)
            chunk = unpack.unused_data if unpack is not None else b""
            if chunk:  # one packed stream may follow another (RFC 1952, 2.2)
                unpack = zlib.decompressobj(wbits=47)
    if unpack is not None and received and not unpack.eof:
        raise BrokenBodyError("ends in the middle")
    return b"".join(parts)


def _unpacked(chunk: bytes, unpack: zlib._Decompress | None) -> Iterator[bytes]:
    """A chunk's content, a step at a time: who counts can stop before a bomb is held whole."""
    if unpack is None:
        yield chunk
        return
    try:
        yield unpack.decompress(chunk, _STEP)
        while unpack.unconsumed_tail:
            yield unpack.decompress(unpack.unconsumed_tail, _STEP)
    except zlib.error as error:
        raise BrokenBodyError(f"cannot be unpacked ({error})") from error
