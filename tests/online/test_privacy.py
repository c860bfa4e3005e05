"""Everything that leaves the machine while an article is read, byte for byte, against what people are told is sent."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from reader.settings import Sources
from reader.sources.registry import source_facts
from tests.servers import harbour as world
from tests.servers.recorder import Recorder

pytestmark = pytest.mark.xdist_group("servers")
ALLOWED_HEADERS = {"host", "user-agent", "accept", "accept-encoding", "connection"}
NAMES = {"Harbour Safety Agency", "Anna Bergstrom", "Karl Lind", "Bergstrom"}
TITLES = {page.title for page in world.pages()}
IDS = set(world.entities())
MACHINE_WORDS = re.compile(r"[a-z0-9_|]+", re.IGNORECASE)
PARAMETERS_OF_WORDS = {"titles", "ids", "search"}
SEARCHES = {"gsrsearch"}
"""The words of the first two names together."""


@pytest.fixture
def recorded(harbour):
    with ExitStack() as stack:
        yield tuple(stack.enter_context(Recorder(url)) for url in (harbour.wikidata.api, harbour.mediawiki.server))


async def test_only_names_titles_and_ids_are_sent_and_never_the_articles_text(read, article, options, recorded):
    wikidata, wikipedia = recorded
    sources = world.sources(f"{wikidata.url}/w/api.php", f"{wikipedia.url}/w/api.php")
    await read(article, replace(options, sources=sources))
    requests = [*wikidata.requests, *wikipedia.requests]
    assert len(requests) >= 6
    told = NAMES | TITLES | IDS
    for request in requests:
        method, target, _ = request.line.split(" ")
        assert (method, request.body) == ("GET", b"")
        assert set(request.headers) <= ALLOWED_HEADERS
        for name, values in parse_qs(urlsplit(target).query, keep_blank_values=True).items():
            for value in values:
                if name in SEARCHES:
                    assert set(value.split()) <= {w.casefold() for n in NAMES for w in n.split()}, value
                elif name in PARAMETERS_OF_WORDS:
                    assert set(value.split("|")) <= told, (name, value)
                else:
                    assert MACHINE_WORDS.fullmatch(value), (name, value)


async def test_no_three_words_of_the_article_in_a_row_are_sent_unless_they_are_a_name(read, article, options, recorded):
    wikidata, wikipedia = recorded
    sources = world.sources(f"{wikidata.url}/w/api.php", f"{wikipedia.url}/w/api.php")
    await read(article, replace(options, sources=sources))
    sent = " ".join(unquote(r.line.replace("+", " ")) for r in (*wikidata.requests, *wikipedia.requests)).casefold()
    sent = re.sub(r"gsrsearch=[^&]*", "", sent)  # held to the words of names above
    for name in NAMES | TITLES:
        sent = sent.replace(name.casefold(), "|")
    for paragraph in article.paragraphs:
        words = [w.casefold() for w in re.findall(r"[\w’']+", paragraph.text)]
        for at in range(len(words) - 2):
            assert " ".join(words[at : at + 3]) not in sent


async def test_who_is_asked_knows_the_program_and_nothing_of_the_reader(read, article, options, recorded, monkeypatch):
    monkeypatch.setenv("USER", "a-person")
    wikidata, wikipedia = recorded
    sources = world.sources(f"{wikidata.url}/w/api.php", f"{wikipedia.url}/w/api.php")
    await read(article, replace(options, sources=sources))
    agents = {r.headers["user-agent"] for r in (*wikidata.requests, *wikipedia.requests)}
    assert len(agents) == 1
    assert re.fullmatch(r"Caveat/[\d.]+\S* \(https://\S+\) httpx/[\d.]+", agents.pop())
    assert b"a-person" not in wikidata.sent + wikipedia.sent
    assert not any("cookie" in r.headers for r in (*wikidata.requests, *wikipedia.requests))


def test_people_are_told_of_each_source_what_is_sent_there(command):
    listed = command("sources").stdout.decode()
    for facts in source_facts(Sources()):
        assert facts.title in listed
        assert facts.sends in listed
        assert facts.licence in listed
