"""Books of the reader's own: a ZIM file on this machine and a kiwix-serve, both real; passages come from them, offline too."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from reader.article.load import load_bytes
from reader.desk import examine
from reader.findings import DeskOptions
from reader.settings import Sources, SourceSettings
from reader.sources.client import Client
from reader.sources.model import JunkError, RefusedError, SourceFacts, UnreachableError, Wanted
from reader.sources.pagetext import text_of
from reader.sources.relaxing import relaxed
from reader.sources.zim import Zim
from tests.servers.kiwix import KiwixServe, missing_programs, write_zim
from tests.servers.presence import require

pytestmark = pytest.mark.xdist_group("servers")
PAGES = [
    ("Harbour_Safety_Agency", "Harbour Safety Agency", "<p>The <b>Harbour Safety Agency</b> is old.[1]</p><p>It employs divers who look at the hulls of ferries.</p>"),
    ("Divers/Guild", "Divers' Guild", "<table><tr><td>no text</td></tr></table><p>The guild of divers was founded by the Harbour Safety Agency.</p>"),
    ("Anna_Bergström", "Anna Bergström", "<p>Anna Bergström leads an agency.</p>"),
]  # fmt: skip
STORY = "Divers\n\nThe divers of the Harbour Safety Agency looked at the hulls of nine ferries on Monday.\n"
NAMES = ("Harbour Safety Agency", "Anna Bergström", "Nobody Known")


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    pytest.importorskip("libzim", reason="needs the extra zim (libzim)")
    path = tmp_path_factory.mktemp("books") / "harbour book.zim"
    write_zim(path, PAGES)
    return path


@pytest.fixture(scope="module")
def served(book):
    require(missing_programs())
    with KiwixServe(book) as server:
        yield server


def zim_facts(path: object) -> SourceFacts:
    return SourceFacts("zim", "ZIM file", str(path), "nothing", "its own")


async def pages_in(source, wanted: Wanted, store) -> list[tuple[str, str]]:
    async for _ in source.context(wanted, store):
        pass
    found = store.pack.pages([f"name:{n}" for n in ("harbour safety agency", "anna bergstrom", "divers guild")])
    return [(p.title, p.extract) for p in found]


async def test_a_zim_file_gives_pages_by_title_and_by_search_and_asks_nobody(book, store):
    found = dict(await pages_in(Zim(zim_facts(book)), Wanted(NAMES), store))
    assert found["Harbour Safety Agency"].splitlines() == [
        "The Harbour Safety Agency is old.",
        "It employs divers who look at the hulls of ferries.",
    ]
    assert "Anna Bergström" in found
    assert "Divers' Guild" in found


async def test_the_same_names_are_not_looked_up_in_the_same_file_again(book, store, monkeypatch):
    source = Zim(zim_facts(book))
    await pages_in(source, Wanted(NAMES), store)
    monkeypatch.setattr(source, "_pages", lambda *_: pytest.fail("looked up again"))
    await pages_in(source, Wanted(NAMES), store)


@pytest.mark.parametrize("damage", ["missing", "empty", "no zim", "cut"])
async def test_a_file_that_cannot_be_read_is_said_in_one_line(book, store, tmp_path, damage):
    path = tmp_path / "broken.zim"
    if damage == "empty":
        path.write_bytes(b"")
    elif damage == "no zim":
        path.write_bytes(b"no zim at all" * 100)
    elif damage == "cut":
        path.write_bytes(book.read_bytes()[: book.stat().st_size // 2])
    with pytest.raises(JunkError) as told:
        await pages_in(Zim(zim_facts(path)), Wanted(NAMES), store)
    assert "broken.zim" in str(told.value)
    assert "\n" not in str(told.value)


async def test_a_file_with_a_flipped_byte_never_ends_the_reading(book, store, tmp_path):
    whole, told = bytearray(book.read_bytes()), []
    for at in range(200, len(whole), max(1, len(whole) // 40)):
        flipped = bytearray(whole)
        flipped[at] ^= 0xFF
        path = tmp_path / f"{at}.zim"
        path.write_bytes(flipped)
        try:
            await pages_in(Zim(zim_facts(path)), Wanted((f"Harbour Safety Agency {at}", *NAMES)), store)
        except JunkError as error:
            told.append(str(error))
        path.unlink()
    assert not [line for line in told if "\n" in line]


async def test_kiwix_gives_pages_by_title_and_by_search(served, store):
    from reader.sources.kiwix import Kiwix

    facts = SourceFacts("kiwix", "Kiwix", served.url, "names", "its own")
    async with Client(Sources(requests=50), {"Kiwix": served.url}) as client:
        found = dict(await pages_in(Kiwix(client, facts), Wanted(NAMES), store))
    assert "It employs divers who look at the hulls of ferries." in found["Harbour Safety Agency"]
    assert "Anna Bergström" in found


async def test_a_kiwix_that_is_gone_is_a_lost_line(store):
    from reader.sources.kiwix import Kiwix

    facts = SourceFacts("kiwix", "Kiwix", "http://127.0.0.1:9", "names", "its own")
    async with Client(Sources(), {"Kiwix": facts.url}) as client:
        with pytest.raises(UnreachableError):
            await pages_in(Kiwix(client, facts), Wanted(NAMES), store)


@pytest.fixture
def reading(tmp_path, monkeypatch, cache_home):
    """Read the story with these sources alone, with a real parse."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))

    async def run(each: dict[str, SourceSettings], *, online: bool):
        off = {n: SourceSettings(enabled=False) for n in ("wikidata", "wikipedia", "crossref", "factcheck")}
        options = DeskOptions(
            builtin=False, online=online, sources=Sources(each={**off, **each}), store=tmp_path / "data" / "e.sqlite"
        )
        article = load_bytes(STORY.encode(), name="story.txt", as_of="2021-06-01")
        async with asyncio.timeout(60):
            return await examine(article, options)

    return run


def quotes_of(result) -> list[tuple[str, str, str | None]]:
    return [
        (e.source, e.quote or "", e.url) for r in result.claims for e in r.leading.evidence if e.stance == "context"
    ]


async def test_a_zim_file_is_quoted_offline_as_context_and_without_an_address_that_leads_nowhere(book, reading):
    result = await reading({"zim": SourceSettings(path=str(book))}, online=False)
    quotes = quotes_of(result)
    assert any("divers who look at the hulls" in quote and "harbour book.zim" in source for source, quote, _ in quotes)
    assert {url for _, _, url in quotes} == {None}
    assert not [r for r in result.claims if r.leading.is_decided]


async def test_kiwix_is_quoted_with_the_page_s_address(served, reading):
    result = await reading({"kiwix": SourceSettings(url=served.url)}, online=True)
    quotes = quotes_of(result)
    assert any("divers who look at the hulls" in quote for _, quote, _ in quotes)
    assert all(url and url.startswith(served.url) for _, _, url in quotes)


async def test_a_broken_file_costs_its_own_part_only(reading, tmp_path):
    path = tmp_path / "broken.zim"
    path.write_bytes(b"no zim")
    result = await reading({"zim": SourceSettings(path=str(path))}, online=False)
    assert result.claims
    assert quotes_of(result) == []


async def test_without_the_extra_the_reader_is_told_what_to_install(book, store, monkeypatch):
    import builtins

    real = builtins.__import__

    def without(name, *args, **more):
        if name.startswith("libzim"):
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RefusedError, match=r"caveat-lector\[zim\]"):
        await pages_in(Zim(zim_facts(book)), Wanted(NAMES), store)


def test_a_search_that_finds_nothing_is_tried_with_fewer_words_and_never_with_stop_words():
    tries = list(relaxed(["The Ministry of Defence", "Anna Bergström", "Oslo"]))
    assert tries[0].split() == ["ministry", "defence", "anna", "bergström", "oslo"]
    assert [len(t.split()) for t in tries] == sorted((len(t.split()) for t in tries), reverse=True)
    assert tries[-1] == "ministry defence"
    assert list(relaxed([])) == []
    assert list(relaxed(["The", "of"])) == []


@pytest.mark.parametrize("html", [b"", b"\x00\xff", b"<p>" * 20_000, b"<html>", b"<p>a\x1b[2J\xe2\x80\xaeb</p>"])
def test_any_page_gives_clean_text(html):
    text = text_of(html)
    assert not any(ord(c) < 32 and c != "\n" for c in text)
    assert "\u202e" not in text
