"""No body is held that is larger than it may be, none passes that is not whole, and how it arrives in pieces is no matter."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.sources.bounded import BrokenBodyError, TooMuchError, read_bounded

MEGABYTE = 1024 * 1024
PACKERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "": bytes, "identity": bytes}

bodies = st.one_of(
    st.binary(max_size=3000),
    st.builds(lambda piece, times: piece * times, st.binary(min_size=1, max_size=40), st.integers(0, 20_000)),
)


async def arriving(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


def split(body: bytes, cuts: Iterable[int]) -> list[bytes]:
    at = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]
    return [body[a:b] for a, b in pairwise(at)]


@given(bodies, st.sampled_from(sorted(PACKERS)), st.lists(st.integers(0, 900_000), max_size=12))
@settings(deadline=None)
async def test_however_a_body_arrives_in_pieces_it_is_the_same(body, encoding, cuts):
    packed = PACKERS[encoding](body)
    assert await read_bounded(arriving(split(packed, cuts)), encoding) == body


@given(st.binary(max_size=400), st.sampled_from(sorted(PACKERS)))
@settings(deadline=None)
async def test_a_body_that_arrives_byte_by_byte_is_the_same(body, encoding):
    packed = PACKERS[encoding](body)
    assert await read_bounded(arriving(bytes([byte]) for byte in packed), encoding) == body


async def test_a_large_body_is_read_whole():
    body = b"".join(b"%d, the same and yet another\n" % number for number in range(400_000))
    packed = gzip.compress(body)
    for size in (1, 17, 65_536, len(packed)) if len(packed) < 100_000 else (1000, 65_536, len(packed)):
        pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
        assert await read_bounded(arriving(pieces), "gzip") == body


@given(bodies, st.sampled_from(["gzip", "deflate"]), st.data())
@settings(deadline=None)
async def test_a_packed_body_that_is_cut_anywhere_is_never_taken_for_a_whole_one(body, encoding, data):
    packed = PACKERS[encoding](body)
    end = data.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(BrokenBodyError):
        await read_bounded(arriving([packed[:end]]), encoding)


@given(bodies, st.data())
@settings(deadline=None)
async def test_a_damaged_body_is_refused_or_its_content_is_unharmed(body, data):
    packed = bytearray(gzip.compress(body))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        found = await read_bounded(arriving([bytes(packed)]), "gzip")
    except (BrokenBodyError, TooMuchError):
        return
    assert found == body


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate"]))
@settings(deadline=None)
async def test_junk_that_says_it_is_packed_is_an_error_of_its_own_and_no_other(junk, encoding):
    try:
        found = await read_bounded(arriving([junk]), encoding)
    except (BrokenBodyError, TooMuchError):
        return
    assert found in (b"", zlib.decompressobj(wbits=47).decompress(junk))


@pytest.mark.parametrize("split_at", [None, 5, 30])
async def test_a_body_packed_in_two_parts_is_whole_or_refused_but_never_half(split_at):
    """RFC 1952, 2.2: a gzip file is a series of members."""
    packed = gzip.compress(b"first half, ") + gzip.compress(b"second half")
    pieces = [packed] if split_at is None else [packed[:split_at], packed[split_at:]]
    try:
        found = await read_bounded(arriving(pieces), "gzip")
    except BrokenBodyError:
        return
    assert found == b"first half, second half"


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "deflate, gzip", "none", "*"])
async def test_a_body_packed_in_a_way_that_was_not_asked_for_is_refused(encoding):
    with pytest.raises(BrokenBodyError, match="not asked for"):
        await read_bounded(arriving([gzip.compress(b"text")]), encoding)


@pytest.mark.parametrize("encoding", sorted(PACKERS))
async def test_no_body_at_all_is_an_empty_one(encoding):
    assert await read_bounded(arriving([]), encoding) == b""


@given(st.integers(0, 3000), st.sampled_from(sorted(PACKERS)), st.lists(st.integers(0, 3000), max_size=4))
@settings(deadline=None)
async def test_a_body_of_the_largest_size_passes_and_one_byte_more_does_not(size, encoding, cuts):
    body = bytes(size)
    largest = max(size, len(PACKERS[encoding](body)))
    assert await read_bounded(arriving(split(PACKERS[encoding](body), cuts)), encoding, largest) == body
    more = PACKERS[encoding](bytes(largest + 1))
    with pytest.raises(TooMuchError):
        await read_bounded(arriving(split(more, cuts)), encoding, largest)


async def test_what_is_too_large_is_not_read_to_its_end():
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1000
            yield bytes(1000)

    with pytest.raises(TooMuchError):
        await read_bounded(endless(), "", 50_000)
    assert read <= 52_000


@pytest.mark.parametrize("piece", [100, 65_536, 10_000_000], ids=["in small pieces", "in usual pieces", "in one piece"])
async def test_a_bomb_is_refused_without_being_held(piece):
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(300)) + packer.flush()
    pieces = [bomb[at : at + piece] for at in range(0, len(bomb), piece)]
    tracemalloc.start()
    try:
        with pytest.raises(TooMuchError):
            await read_bounded(arriving(pieces), "gzip", 1000 * MEGABYTE)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 100 * MEGABYTE, "the bomb is 300 megabytes"


async def test_a_bomb_is_refused_by_its_size_too():
    bomb = zlib.compress(bytes(60 * MEGABYTE), 9)
    tracemalloc.start()
    try:
        with pytest.raises(TooMuchError):
            await read_bounded(arriving([bomb]), "deflate", 2 * MEGABYTE)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * MEGABYTE


async def test_an_honest_body_that_packs_very_well_passes():
    body = b" " * (900 * 1024)
    assert await read_bounded(arriving([gzip.compress(body)]), "gzip") == body
