"""Wikipedia as a source, over a real MediaWiki: what names mean, what can be quoted, how little is asked; and the budget of an article."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from reader import clock
from reader.article.load import load_bytes
from reader.desk import Desk
from reader.findings import DeskOptions, Finished, SourceFailed, StageFailed
from reader.knowledge.model import Page
from reader.knowledge.pack import Pack
from reader.knowledge.store import EvidenceStore, TitleFound
from reader.settings import SOURCE_NAMES, Sources, SourceSettings
from reader.sources.client import Client
from reader.sources.model import Learned, SourceFacts, Wanted
from reader.sources.wikipedia import LICENCE, URL, Wikipedia
from tests.servers import mediawiki
from tests.servers.mediawiki import MediaWiki, WikiPage
from tests.servers.presence import require
from tests.servers.recorder import Recorder
from tests.servers.wikidata import WikidataReplay, agencies

pytestmark = pytest.mark.xdist_group("servers")

REFRESH = 7
AGENCIES = 60
LONG = "National Aeronautics and Space Administration"
PLAIN_TITLE = re.compile(r"[A-Z][A-Za-z]+(?: (?:(?:of|for) (?:the )?)?[A-Z][A-Za-z]+){1,5}")


def titled() -> dict[str, str]:
    """Sixty agencies that have a page in English and a founding day or a seat: title → item."""
    found = {
        entity["sitelinks"]["enwiki"]["title"]: number
        for number, entity in agencies().items()
        if "enwiki" in entity["sitelinks"] and "en" in entity["labels"] and {"P571", "P159"} & set(entity["claims"])
    }
    good = [title for title in sorted(found) if PLAIN_TITLE.fullmatch(title) and len(title.split()) <= 6]
    return {title: found[title] for title in good[:AGENCIES]}


PAGES = [
    WikiPage("NASA", "'''NASA''' is an agency of the [[United States]]. It was established in 1958.\n\n== History ==\nThe agency flew to the Moon.\n\n== Budget ==\nIt is large.", item="Q23548"),
    WikiPage(LONG, redirect_to="NASA"),
    WikiPage("US space body", redirect_to=LONG),
    WikiPage("History of the Moon flights", redirect_to="NASA#History"),
    WikiPage("Mercury", "'''Mercury''' may refer to:\n* [[Mercury (planet)]]", disambiguation=True, item="Q48397"),
    WikiPage("Quicksilver things", redirect_to="Mercury"),
    WikiPage("Mercury (planet)", "'''Mercury''' is the first planet from the Sun.", item="Q308"),
    WikiPage("Velmara", "'''Velmara''' is a free commune without an item."),
    WikiPage("Dead end", redirect_to="Nowhere at all"),
    WikiPage("EBay", "'''eBay''' is a company.", item="Q58024"),
    WikiPage("Élan Ångström", "'''Élan Ångström''' is a skier.", item="Q900050"),
    WikiPage("AC/DC & Sons", "'''AC/DC & Sons''' repair radios.", item="Q900051"),
    WikiPage("Changing Place", "'''Changing Place''' is a village of 300 people.\n\n== Sights ==\nA mill stands there.", item="Q900052"),
    *(WikiPage(f"Lighthouse {n}", f"'''Lighthouse {n}''' is a tower.\n\n== Light ==\nIt shines {n} miles.", item=f"Q9100{n:02d}") for n in range(45)),
    *(WikiPage(title, f"'''{title}''' is an agency. It employs many people.\n\n== History ==\nIt has a history.", item=item) for title, item in titled().items()),
]  # fmt: skip


@pytest.fixture(scope="module")
def wiki(tmp_path_factory) -> Iterator[MediaWiki]:
    require(mediawiki.missing_programs())
    with MediaWiki(tmp_path_factory.mktemp("wiki") / "wiki", PAGES) as running:
        yield running


@pytest.fixture
def line(wiki) -> Iterator[Recorder]:
    """The way to the wiki, on which everything is kept that goes out."""
    with Recorder(wiki.server) as recorder:
        yield recorder


def asked_of(line: Recorder) -> list[dict[str, str]]:
    """The parameters of each request."""
    return [{k: v[0] for k, v in parse_qs(urlsplit(first.split()[1]).query).items()} for first in line.request_lines]


def titles_of(line: Recorder) -> list[list[str]]:
    """The titles of each request that asks what names mean."""
    return [p["titles"].split("|") for p in asked_of(line) if p["prop"] == "pageprops"]


@pytest.fixture
async def ask(line, store) -> AsyncIterator[Callable[..., Any]]:
    """Ask what names mean ("who") or for what can be quoted ("context"); gives what was learned."""
    url = f"{line.url}/w/api.php"
    facts = SourceFacts("wikipedia", "Wikipedia", url, "names", LICENCE)
    async with Client(Sources(rate=6000, requests=200), {"Wikipedia": url}) as client:
        source = Wikipedia(client, facts, REFRESH)

        async def asked(round_: str, *names: str, language: str = "en") -> list[Learned]:
            return [item async for item in getattr(source, round_)(Wanted(names, language=language), store)]

        yield asked


def pages_of(store: EvidenceStore, *items: str) -> dict[str, Page]:
    """The pages that are kept about some items, by title."""
    pack = Pack(store.path, live=True)
    try:
        return {page.title: page for page in pack.pages(items)}
    finally:
        pack.close()


# What names mean


MEANT = {
    "a title": ("NASA", "Q23548", "NASA"),
    "a redirect": (LONG, "Q23548", "NASA"),
    "a first letter that is small": ("velmara free", None, None),
    "another first letter": ("eBay", "Q58024", "EBay"),
    "more spaces than one": ("Mercury  (planet)", "Q308", "Mercury (planet)"),
    "underscores": ("Mercury_(planet)", "Q308", "Mercury (planet)"),
    "accents": ("Élan Ångström", "Q900050", "Élan Ångström"),
    "signs that addresses write otherwise": ("AC/DC & Sons", "Q900051", "AC/DC & Sons"),
    "a number": ("Lighthouse 7", "Q910007", "Lighthouse 7"),
    "a name of several": ("Mercury", None, "Mercury"),
    "a redirect to a name of several": ("Quicksilver things", None, "Mercury"),
    "a redirect into a section": ("History of the Moon flights", None, None),
    "a redirect to nothing": ("Dead end", None, None),
    "a page without an item": ("Velmara", None, "Velmara"),
    "no page": ("Nobody Of That Name", None, None),
}


@pytest.fixture(scope="module")
def meant(wiki, tmp_path_factory) -> dict[str, TitleFound]:
    """What all these names mean, asked in one call."""

    async def asked() -> dict[str, TitleFound]:
        store = EvidenceStore(tmp_path_factory.mktemp("titles") / "evidence.sqlite")
        facts = SourceFacts("wikipedia", "Wikipedia", wiki.api, "names", LICENCE)
        names = tuple(name for name, _, _ in MEANT.values())
        try:
            async with Client(Sources(), {"Wikipedia": wiki.api}) as client:
                async for _ in Wikipedia(client, facts, REFRESH).who(Wanted(names), store):
                    pass
            return store.titles("en", names, clock.today(), REFRESH)
        finally:
            store.close()

    return asyncio.run(asked())


@pytest.mark.parametrize("kind", list(MEANT))
def test_a_name_means_what_its_page_is_about(meant, kind):
    name, item, page = MEANT[kind]
    found = meant[name]
    assert found.item == item
    if item is not None:
        assert (found.page, found.open) == (page, None)


def test_why_a_name_means_nothing_is_kept(meant):
    assert meant["Mercury"].open == meant["Quicksilver things"].open == "disambiguation"
    assert meant["Nobody Of That Name"].open == meant["Dead end"].open == "missing"
    assert meant["History of the Moon flights"].open == "missing"
    assert meant["Velmara"].open == "no item"


async def test_a_chain_of_redirects_means_its_end_or_nothing_but_never_what_lies_between(ask, store, today):
    await ask("who", "US space body")
    found = store.titles("en", ["US space body"], today, REFRESH)["US space body"]
    assert (found.item, found.page) in {("Q23548", "NASA"), (None, None), (None, LONG)}


async def test_names_are_asked_fifty_a_call(ask, line, store, today):
    names = [f"Lighthouse {n}" for n in range(45)] + [f"Nobody Number {n}" for n in range(75)]
    await ask("who", *names)
    assert [len(titles) for titles in titles_of(line)] == [50, 50, 20]
    found = store.titles("en", names, today, REFRESH)
    assert len(found) == 120
    assert [found[f"Lighthouse {n}"].item for n in range(45)] == [f"Q9100{n:02d}" for n in range(45)]


async def test_what_a_name_means_is_not_asked_again_before_it_is_old(ask, line, today, set_day):
    await ask("who", "NASA", "Nobody At All", "Mercury")
    await ask("who", "Mercury", "NASA", "Nobody At All")
    assert len(line.requests) == 1
    set_day(today + timedelta(days=REFRESH + 1))
    await ask("who", "NASA", "Nobody At All", "Mercury")
    assert len(line.requests) == 2


async def test_a_name_that_was_asked_and_one_that_was_not_cost_one_call_for_the_new_one(ask, line):
    await ask("who", "NASA")
    await ask("who", "NASA", "EBay")
    assert titles_of(line) == [["NASA"], ["EBay"]]


async def test_no_names_cost_no_call(ask, line):
    await ask("who")
    await ask("context")
    assert line.requests == []


async def test_another_language_is_asked_first_and_english_for_what_it_lacks(ask, line, store, today):
    await ask("who", "NASA", "Nobody At All", "Mercury", language="de")
    assert titles_of(line) == [["NASA", "Nobody At All", "Mercury"], ["Nobody At All", "Mercury"]]
    assert store.titles("de", ["NASA"], today, REFRESH)["NASA"].item == "Q23548"
    assert store.titles("en", ["NASA"], today, REFRESH) == {}
    assert store.titles("en", ["Mercury"], today, REFRESH)["Mercury"].open == "disambiguation"


async def test_each_language_has_a_host_of_its_own_and_what_is_no_language_has_none(store, today):
    class Hosts:
        """Stands in for the client: nothing is found anywhere."""

        def __init__(self) -> None:
            self.asked: list[str | None] = []

        async def json(self, source: str, url: str, kind: type, params: dict[str, str]) -> object:
            self.asked.append(urlsplit(url).hostname)
            return msgspec.convert({"query": {"pages": []}}, kind)

    hosts = Hosts()
    source = Wikipedia(hosts, SourceFacts("wikipedia", "Wikipedia", URL, "names", LICENCE), REFRESH)
    for language in ("de", "en", "evil.example/", "x@y"):
        wanted = Wanted((f"Nobody {language}",), language=language)
        assert [item async for item in source.who(wanted, store)] == []
    assert hosts.asked[:3] == ["de.wikipedia.org", "en.wikipedia.org", "en.wikipedia.org"]
    assert set(hosts.asked) == {"de.wikipedia.org", "en.wikipedia.org"}


async def test_an_answer_in_parts_is_put_together(store, today):
    class Parts:
        """Stands in for the client: properties of two pages come in two parts, as MediaWiki may cut them."""

        def __init__(self) -> None:
            self.sent: list[dict[str, str]] = []

        async def json(self, source: str, url: str, kind: type, params: dict[str, str]) -> object:
            self.sent.append(dict(params))
            with_props = {"title": "One", "pageid": 1, "pageprops": {"wikibase_item": "Q1"}}, {"title": "Two", "pageid": 2, "pageprops": {"wikibase_item": "Q2"}}  # fmt: skip
            bare = {"title": "One", "pageid": 1}, {"title": "Two", "pageid": 2}
            if len(self.sent) == 1:
                reply = {"continue": {"ppcontinue": "2", "continue": "||"}, "query": {"pages": [with_props[0], bare[1]]}}  # fmt: skip
            else:
                reply = {"batchcomplete": True, "query": {"pages": [bare[0], with_props[1]]}}
            return msgspec.convert(reply, kind)

    parts = Parts()
    source = Wikipedia(parts, SourceFacts("wikipedia", "Wikipedia", URL, "names", LICENCE), REFRESH)
    assert [item async for item in source.who(Wanted(("One", "Two")), store)] == []
    assert parts.sent[1]["ppcontinue"] == "2"
    found = store.titles("en", ["One", "Two"], today, REFRESH)
    assert {name: title.item for name, title in found.items()} == {"One": "Q1", "Two": "Q2"}


ODD = ["A|B", "|", "NASA|" * 3, "new\nline", "tab\there", "nul\0", "bell\a", "\x1fsep", "x" * 300, "é" * 240, "<b>", "[[NASA]]", "{{x}}", "#anchor", ":", "::", "..", "~~~~", "%41", "Special:Export", "File:x.png", "de:NASA", "https://a.example/", "🚀", "‮gnirts", "A" * 255, " ", "_", "*", "+1", "&titles=Mercury", "a#b|c"]  # fmt: skip


async def test_no_name_however_odd_breaks_the_call_of_the_others(ask, line, store, today):
    for number, odd in enumerate(ODD):
        good = f"Lighthouse {number}"
        before = len(line.requests)
        await ask("who", odd, good)
        assert store.titles("en", [good], today, REFRESH)[good].item == f"Q9100{number:02d}", ascii(odd)
        assert len(line.requests) == before + 1


async def test_many_odd_and_long_names_at_once_break_nothing(ask, store, today):
    await ask("who", *ODD, *(f"{n} " + "Long Name Of A Body " * 11 for n in range(60)), "NASA")
    assert store.titles("en", ["NASA"], today, REFRESH)["NASA"].item == "Q23548"


# What can be quoted


async def read(ask, *names: str, language: str = "en") -> int:
    """Both rounds; gives how many pages were new or changed."""
    await ask("who", *names, language=language)
    return sum(item.pages for item in await ask("context", *names, language=language))


async def test_the_lead_of_a_page_is_kept_with_all_that_a_quotation_needs(ask, wiki, store, today):
    assert await read(ask, *(f"Lighthouse {n}" for n in range(3)), LONG) > 0
    page = pages_of(store, "Q23548")["NASA"]
    assert page.extract == "NASA is an agency of the United States. It was established in 1958."
    assert page.url == f"{wiki.server}/wiki/NASA"
    assert page.revision.isdigit()
    assert page.entity == "Q23548"
    assert page.source == "Wikipedia"
    assert page.licence == "CC BY-SA 4.0"
    assert page.retrieved == today.isoformat()


async def test_leads_are_asked_twenty_a_call_and_all_are_there(ask, line, store):
    names = [f"Lighthouse {n}" for n in range(45)]
    assert await read(ask, *names) >= 45
    leads = [p["titles"].split("|") for p in asked_of(line) if "exintro" in p and "titles" in p]
    assert [len(titles) for titles in leads] == [20, 20, 5]
    kept = pages_of(store, *(f"Q9100{n:02d}" for n in range(45)))
    assert set(kept) == set(names)
    assert all(page.extract for page in kept.values())


async def test_the_pages_that_an_article_is_most_about_are_kept_whole(ask, line, store):
    names = ["NASA", *(f"Lighthouse {n}" for n in range(8))]
    await read(ask, *names)
    whole = [p["titles"] for p in asked_of(line) if "exsectionformat" in p]
    assert whole[0] == "NASA"
    assert 0 < len(whole) <= 3
    assert "flew to the Moon" in pages_of(store, "Q23548")["NASA"].extract
    assert "shines" not in pages_of(store, "Q910007")["Lighthouse 7"].extract


async def test_no_text_is_asked_of_what_means_nothing_for_certain(ask, line, store):
    await read(ask, "Mercury", "Nobody At All", "Velmara", "History of the Moon flights")
    assert [p["titles"] for p in asked_of(line) if p["prop"].startswith("extracts") and "titles" in p] == []


async def test_pages_that_are_there_are_not_asked_again_before_they_are_old(ask, line, today, set_day):
    names = ["NASA", *(f"Lighthouse {n}" for n in range(5))]
    await read(ask, *names)
    before = len(line.requests)
    set_day(today + timedelta(days=REFRESH - 1))
    assert await read(ask, *names) == 0
    assert len(line.requests) == before


async def test_a_page_that_was_edited_is_seen_as_changed_once_it_is_old(ask, wiki, store, today, set_day):
    names = ["NASA", "EBay", "Mercury (planet)", "Changing Place"]
    text = next(page.text for page in PAGES if page.title == "Changing Place")
    try:
        await read(ask, *names)
        before = pages_of(store, "Q900052")["Changing Place"]
        wiki.edit("Changing Place", text.replace("300", "250"))
        assert await read(ask, *names) == 0
        later = today + timedelta(days=REFRESH + 1)
        set_day(later)
        assert await read(ask, *names) >= 1
        after = pages_of(store, "Q900052")["Changing Place"]
        assert "250 people" in after.extract
        assert int(after.revision) > int(before.revision)
        assert after.retrieved == later.isoformat()
    finally:
        wiki.edit("Changing Place", text)


async def test_a_page_that_was_kept_whole_stays_whole_though_the_next_article_is_less_about_it(
    ask, store, today, set_day
):
    await read(ask, "NASA")
    set_day(today + timedelta(days=REFRESH + 1))
    await read(ask, *(f"Lighthouse {n}" for n in range(4)), "NASA")
    assert "flew to the Moon" in pages_of(store, "Q23548")["NASA"].extract


async def test_a_page_that_has_not_changed_is_no_news_but_known_to_hold_today(ask, store, today, set_day):
    names = ["NASA", *(f"Lighthouse {n}" for n in range(5))]
    assert await read(ask, *names) > 0
    later = today + timedelta(days=REFRESH + 1)
    set_day(later)
    assert await read(ask, *names) == 0
    kept = pages_of(store, "Q23548", *(f"Q91000{n}" for n in range(5)))
    assert {page.retrieved for page in kept.values()} == {later.isoformat()}
    assert "flew to the Moon" in kept["NASA"].extract


# The budget of an article


@pytest.fixture
def article():
    """An article that names sixty agencies, none of them twice."""
    sentences = [f"A report about the harbour came from the {title}." for title in titled()]
    text = "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))
    return load_bytes(f"Sixty reports about one harbour\n\n{text}\n".encode(), name="reports.txt", as_of="2024-05-06")


async def test_sixty_agencies_cost_twelve_requests_and_twenty_in_all_and_each_has_its_card(
    article, line, tmp_path, no_parse, monkeypatch, cache_home
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
    expected = set(titled().values())
    assert len(expected) == AGENCIES
    with WikidataReplay(agencies()) as replay:
        off = {name: SourceSettings(enabled=False) for name in SOURCE_NAMES}
        on = {
            "wikipedia": SourceSettings(url=f"{line.url}/w/api.php"),
            "wikidata": SourceSettings(url=replay.api),
        }
        sources = Sources(each=off | on, deadline=60, rate=6000)
        options = DeskOptions(online=True, sources=sources, store=tmp_path / "evidence.sqlite")
        async with asyncio.timeout(60):
            events = [event async for event in Desk(article, options).run()]
        asked = replay.requests
    assert [e for e in events if isinstance(e, SourceFailed | StageFailed)] == []
    result = events[-1].result
    assert isinstance(events[-1], Finished)
    extracts = [p for p in asked_of(line) if p["prop"].startswith("extracts")]
    meaning = len(asked) + len(line.requests) - len(extracts)
    assert meaning <= 12
    assert len(asked) + len(line.requests) <= 20
    assert result.asked.requests == len(asked) + len(line.requests)
    assert expected - {m.entity.id for m in result.mentions} == set()
    cards = {card.entity.id for e in events if hasattr(e, "cards") for card in e.cards}
    assert expected - cards == set()
