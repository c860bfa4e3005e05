"""The servers for the tests are what they promise to be: a real wiki, a real web server in front, a real Kiwix."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import psutil
import pytest

from tests.servers import kiwix, mediawiki, nginx, processes
from tests.servers.kiwix import KiwixServe, write_zim
from tests.servers.mediawiki import MediaWiki, WikiPage
from tests.servers.nginx import AWAY, BOMB_BYTES, KINDS, Nginx
from tests.servers.presence import require

pytestmark = pytest.mark.xdist_group("servers")

PAGES = [
    WikiPage(
        "NASA",
        "'''NASA''' is an agency of the [[United States]]. It was established in 1958.\n\n== History ==\nMuch later.",
        item="Q23548",
        short="US space agency",
    ),
    WikiPage("National Aeronautics and Space Administration", redirect_to="NASA"),
    WikiPage("Mercury", "'''Mercury''' may refer to:\n* [[Mercury (planet)]]", disambiguation=True),
    WikiPage("Mercury (planet)", "'''Mercury''' is the first planet from the Sun.", item="Q308"),
    WikiPage("AC/DC & Élan", "'''AC/DC''' are a rock band with the accent of an élan."),
    WikiPage("eBay", "'''eBay''' is a company.", item="Q58024"),
    *(WikiPage(f"Satellite {number}", f"'''Satellite {number}''' is a satellite.") for number in range(60)),
]


def alive(group: int) -> list[int]:
    """The processes of a group that still run."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, ProcessLookupError):
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
    return found


def gone(group: int) -> bool:
    """Whether nothing of a group runs any more; a killed process may take a moment to go."""
    until = time.monotonic() + 3
    while (left := alive(group)) and time.monotonic() < until:
        time.sleep(0.02)
    return not left


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=20, headers={"User-Agent": "CaveatTests/1 (tests@example.org)"}) as made:
        yield made


# Processes


def test_a_group_that_ignores_the_request_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE", 0.2)
    stubborn = ["sh", "-c", "trap '' TERM; echo ready; sleep 60 & sleep 60"]
    log = tmp_path / "log"
    running = processes.serve(lambda _: stubborn, lambda _: log.read_text() == "ready\n", log)
    assert alive(running.pid)
    running.end()
    running.end()  # a second time is no error
    assert gone(running.pid)


def test_a_server_that_ends_at_once_is_an_error_with_its_words(tmp_path):
    with pytest.raises(RuntimeError, match="no such thing"):
        processes.serve(lambda _: ["sh", "-c", "echo no such thing; exit 1"], lambda _: False, tmp_path / "log")


def test_a_silent_server_is_an_error_and_is_ended(tmp_path):
    with pytest.raises(RuntimeError, match="no answer"):
        processes.serve(lambda _: ["sh", "-c", "echo $$; sleep 60"], lambda _: False, tmp_path / "log", seconds=0.2)
    assert gone(int((tmp_path / "log").read_text()))


# MediaWiki


@pytest.fixture(scope="module")
def wiki(tmp_path_factory) -> Iterator[MediaWiki]:
    require(mediawiki.missing_programs())
    with MediaWiki(tmp_path_factory.mktemp("wiki"), PAGES) as running:
        yield running


@pytest.fixture(scope="module")
def query(wiki, client):
    """Ask the wiki's API in the newer form; gives back the whole answer."""

    def ask(**words: object) -> dict:
        answer = client.get(wiki.api, params={"action": "query", "format": "json", "formatversion": 2, **words})
        assert answer.status_code == 200
        return answer.json()

    return ask


CARD = {"prop": "extracts|pageprops|info", "exintro": 1, "explaintext": 1, "exlimit": "max", "inprop": "url"}


def test_one_question_brings_extract_properties_and_address(query, client):
    long = "National Aeronautics and Space Administration"
    answer = query(titles=f"{long}|mercury|Nowhere", redirects=1, **CARD)["query"]
    pages = {page["title"]: page for page in answer["pages"]}
    assert answer["redirects"] == [{"from": long, "to": "NASA"}]
    assert answer["normalized"] == [{"fromencoded": False, "from": "mercury", "to": "Mercury"}]
    assert pages["NASA"]["extract"] == "NASA is an agency of the United States. It was established in 1958."
    assert pages["NASA"]["pageprops"] == {"wikibase_item": "Q23548", "wikibase-shortdesc": "US space agency"}
    assert pages["Mercury"]["pageprops"] == {"disambiguation": ""}
    assert pages["Nowhere"]["missing"]
    assert pages["NASA"]["fullurl"].endswith("/wiki/NASA")
    assert "established in 1958" in client.get(pages["NASA"]["fullurl"]).text


def test_titles_with_strange_letters(query):
    pages = {page["title"]: page for page in query(titles="AC/DC_&_Élan|eBay", **CARD)["query"]["pages"]}
    assert pages["AC/DC & Élan"]["extract"].startswith("AC/DC are")
    assert pages["EBay"]["pageprops"] == {"wikibase_item": "Q58024"}


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("agency established 1958", ["NASA"]),
        ("first mercury (planet)", ["Mercury (planet)"]),
        ("mercury planet", ["Mercury", "Mercury (planet)"]),
        ("agency zebra", []),
    ],
)
def test_the_search_looks_into_title_and_text(query, words, titles):
    assert [hit["title"] for hit in query(list="search", srsearch=words)["query"]["search"]] == titles


def test_the_search_goes_on(query):
    first = query(list="search", srsearch="satellite", srlimit=20)
    assert first["query"]["searchinfo"]["totalhits"] == 60
    then = query(list="search", srsearch="satellite", srlimit=50, **first["continue"])
    assert len(first["query"]["search"]) + len(then["query"]["search"]) == 60


def test_the_front_page_of_the_installer_is_not_in_the_way(query):
    assert query(list="search", srsearch="MediaWiki")["query"]["search"] == []


@pytest.mark.parametrize(
    "words", ["NASA's (odd) \"agency", "-NASA", "élan", "OR AND NOT", "a*b ^ {x}: ~", "!?", "x" * 290]
)
def test_no_search_breaks_the_wiki(query, words):
    answer = query(list="search", srsearch=words)
    assert "search" in answer["query"] if "query" in answer else answer["error"]["code"] != "internal_api_error"


def test_a_search_can_bring_the_cards_at_once(query):
    pages = query(generator="search", gsrsearch="first planet", gsrlimit=5, **CARD)["query"]["pages"]
    assert [(page["title"], page["pageprops"], page["extract"]) for page in pages] == [
        ("Mercury (planet)", {"wikibase_item": "Q308"}, "Mercury is the first planet from the Sun.")
    ]


def test_the_limits_are_those_of_wikipedia(query):
    answer = query(titles="|".join(f"Satellite {number}" for number in range(51)), prop="info")
    assert answer["error"]["code"] == "toomanyvalues"


def test_an_edit_is_seen_by_the_next_question(wiki, query):
    before = query(titles="Mercury (planet)", **CARD)["query"]["pages"][0]
    wiki.edit("Mercury (planet)", "'''Mercury''' is the smallest zebra.")
    wiki.edit("Wholly new", "'''Wholly new''' is a quagga.")
    after = query(titles="Mercury (planet)", **CARD)["query"]["pages"][0]
    assert after["extract"] == "Mercury is the smallest zebra."
    assert after["pageprops"] == before["pageprops"]
    assert after["lastrevid"] > before["lastrevid"]
    assert [hit["title"] for hit in query(list="search", srsearch="zebra")["query"]["search"]] == ["Mercury (planet)"]
    assert [hit["title"] for hit in query(list="search", srsearch="quagga")["query"]["search"]] == ["Wholly new"]
    wiki.edit("Mercury (planet)", "'''Mercury''' is the first planet from the Sun.")


def test_the_rest_api_answers_too(wiki, client):
    page = client.get(f"{wiki.rest}/page/NASA").json()
    assert (page["title"], page["source"]) == ("NASA", PAGES[0].source)
    assert client.get(f"{wiki.rest}/page/Nowhere").status_code == 404


def test_many_at_once(query):
    seen: list[int] = []
    ask = [
        threading.Thread(target=lambda: seen.append(len(query(list="search", srsearch="planet")))) for _ in range(12)
    ]
    for thread in ask:
        thread.start()
    for thread in ask:
        thread.join()
    assert len(seen) == 12


def test_a_wiki_leaves_no_process(tmp_path):
    require(mediawiki.missing_programs())
    with MediaWiki(tmp_path / "a folder", PAGES[:1], workers=2) as running:
        group = running._running.pid
        assert len(alive(group)) == 3
        api = running.api
    assert gone(group)
    with pytest.raises(httpx.ConnectError):
        httpx.get(api, trust_env=False)


@pytest.mark.parametrize("title", ["Talk:x", "a <b>"])
def test_a_page_that_the_wiki_does_not_take_is_an_error(tmp_path, title):
    require(mediawiki.missing_programs())
    with pytest.raises(ValueError, match="did not take these titles"):
        MediaWiki(tmp_path / "wrong", [WikiPage(title, "x")]).__enter__()


# nginx


class Echo(BaseHTTPRequestHandler):
    """Says what it was asked, in some 3 kB."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = json.dumps({"path": self.path, "agent": self.headers.get("User-Agent"), "filler": "x" * 3000}).encode()
        self.send_response(302 if self.path == "/turn" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/turn":
            self.send_header("Location", "/there")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def echo() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def web(tmp_path_factory, echo) -> Iterator[Nginx]:
    require(nginx.missing_programs())
    with Nginx(tmp_path_factory.mktemp("nginx") / "a folder", echo) as running:
        yield running


def test_plain_hands_the_address_on_as_it_came(web, client):
    answer = client.get(web.url("plain") + "/w/api.php?titles=AC%2FDC%7Cx+y&a=%C3%A9")
    assert answer.json()["path"] == "/w/api.php?titles=AC%2FDC%7Cx+y&a=%C3%A9"
    assert client.get(web.url("plain") + "/wiki/AC%2FDC//x").json()["path"] == "/wiki/AC%2FDC//x"
    assert answer.json()["agent"].startswith("CaveatTests/1")
    line = '200 GET /plain/wiki/AC%2FDC//x "CaveatTests/1'
    until = time.monotonic() + 3
    while line not in web.access_log.read_text() and time.monotonic() < until:
        time.sleep(0.02)
    assert line in web.access_log.read_text()


def test_a_turn_of_the_upstream_stays_within_the_kind(web, client):
    assert client.get(web.url("forbidden") + "/turn", follow_redirects=True).json()["path"] == "/there"


def test_limited_says_when_to_come_back(web, client):
    answers = [client.get(web.url("limited") + "/x") for _ in range(10)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert answers[0].status_code == 200
    assert "Retry-After" not in answers[0].headers
    assert len(refused) >= 4
    assert {answer.headers["Retry-After"] for answer in refused} == {"1"}
    time.sleep(1)
    assert client.get(web.url("limited") + "/x").status_code == 200


def test_banned_and_dead(web, client):
    assert client.get(web.url("banned") + "/x").status_code == 403
    assert client.get(web.url("dead") + "/x").status_code == 502


@pytest.mark.parametrize("agent", ["", None, "python-httpx/0.28.1", "curl/8.0", "Python-urllib/3.11"])
def test_forbidden_to_visitors_without_a_name(web, client, agent):
    request = client.build_request("GET", web.url("forbidden") + "/x", headers={"User-Agent": agent or ""})
    if agent is None:
        del request.headers["User-Agent"]
    assert client.send(request).status_code == 403


def test_not_forbidden_to_a_visitor_with_a_name(web, client):
    assert client.get(web.url("forbidden") + "/x").json()["path"] == "/x"


def test_slow_is_slow(web, client):
    start = time.monotonic()
    with client.stream("GET", web.url("slow") + "/x") as answer:
        got = 0
        for piece in answer.iter_raw():
            got += len(piece)
            if got >= 800:
                break
    assert answer.status_code == 200
    assert time.monotonic() - start > 0.9
    assert got < int(answer.headers["Content-Length"])


def test_cut_breaks_off(web, client):
    with client.stream("GET", web.url("cut") + "/x") as answer:
        pieces: list[bytes] = []
        with pytest.raises(httpx.RemoteProtocolError):
            pieces.extend(answer.iter_raw())
    got = b"".join(pieces)
    assert answer.status_code == 200
    assert len(got) == int(answer.headers["Content-Length"]) // 2
    assert got.startswith(b'{"path": "/x"')


def test_the_bomb_is_small_on_the_way(web, client):
    unpack = zlib.decompressobj(wbits=31)
    packed = unpacked = 0
    with client.stream("GET", web.url("bomb") + "/w/api.php?x=1") as answer:
        for piece in answer.iter_raw():
            packed += len(piece)
            unpacked += len(unpack.decompress(piece))
    assert (answer.headers["Content-Encoding"], answer.headers["Content-Type"]) == ("gzip", "application/json")
    assert packed < 200_000
    assert unpacked == BOMB_BYTES


def test_html_where_json_was_wanted(web, client):
    answer = client.get(web.url("html") + "/w/api.php")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html")
    assert answer.text.startswith("<!DOCTYPE html>")


def test_away_and_moved(web, client):
    away = client.get(web.url("away") + "/x")
    assert (away.status_code, away.headers["Location"]) == (302, AWAY)
    moved = client.get(web.url("moved") + "/x?titles=AC%2FDC")
    assert (moved.status_code, moved.headers["Location"]) == (301, web.url("plain") + "/x?titles=AC%2FDC")
    assert (
        client.get(web.url("moved") + "/x?titles=AC%2FDC", follow_redirects=True).json()["path"] == "/x?titles=AC%2FDC"
    )


def test_an_unknown_kind_is_an_error(web):
    assert all(web.url(kind).endswith(f"/{kind}") for kind in KINDS)
    with pytest.raises(ValueError, match="'nice' is not one of"):
        web.url("nice")


def test_nginx_before_the_wiki_leaves_no_process(tmp_path, wiki, client):
    require(nginx.missing_programs())
    with Nginx(tmp_path, wiki.server) as running:
        group = running._running.pid
        asked = {"action": "query", "titles": "NASA", "format": "json", **CARD}
        answer = client.get(running.url("plain") + "/w/api.php", params=asked)
        assert "established in 1958" in answer.text
        assert alive(group)
    assert gone(group)
    assert running._running.ended()


# Kiwix


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Iterator[KiwixServe]:
    require(kiwix.missing_programs())
    zim = tmp_path_factory.mktemp("kiwix") / "Small book.zim"
    page = "<html><head><title>{0}</title></head><body><p><b>{0}</b> {1}</p></body></html>"
    write_zim(
        zim,
        [
            ("NASA", "NASA", page.format("NASA", "was established in 1958.")),
            ("AC/DC", "AC/DC é", page.format("AC/DC é", "are a rock band.")),
        ],
    )
    with KiwixServe(zim) as running:
        yield running


def test_the_zim_file_has_what_a_reader_looks_for(book):
    from libzim.reader import Archive
    from libzim.search import Query, Searcher
    from libzim.suggestion import SuggestionSearcher

    archive = Archive(book.zim)
    assert archive.has_fulltext_index
    assert archive.has_title_index
    assert (archive.entry_count, archive.article_count) == (2, 2)
    assert archive.main_entry.get_item().path == "NASA"
    assert archive.get_metadata("Counter") == b"text/html=2"
    assert archive.get_metadata("Language") == b"eng"
    assert archive.check()
    found = Searcher(archive).search(Query().set_query("established 1958"))
    assert list(found.getResults(0, 5)) == ["NASA"]
    assert list(SuggestionSearcher(archive).suggest("AC/").getResults(0, 5)) == ["AC/DC"]


def test_the_server_serves_the_book(book, client):
    assert "established in 1958" in client.get(f"{book.url}/raw/{book.book}/content/NASA").text
    assert "rock band" in client.get(f"{book.url}/raw/{book.book}/content/AC/DC").text
    assert client.get(f"{book.url}/raw/{book.book}/meta/Language").text == "eng"
    assert client.get(f"{book.url}/raw/{book.book}/content/Nowhere").status_code == 404


def test_the_server_searches(book, client):
    asked = {"content": book.book, "pattern": "established", "format": "xml"}
    assert f"/{book.book}/" in client.get(f"{book.url}/search", params=asked).text
    suggested = client.get(f"{book.url}/suggest", params={"content": book.book, "term": "NAS"}).json()
    assert suggested[0]["path"] == "NASA"


def test_kiwix_leaves_no_process(book, tmp_path):
    copy = shutil.copy(book.zim, tmp_path / "copy.zim")
    with KiwixServe(copy) as running:
        group = running._running.pid
        assert running.book == "copy"
    assert gone(group)


def test_a_file_that_is_no_zim_is_an_error(tmp_path):
    require(kiwix.missing_programs())
    (tmp_path / "wrong.zim").write_bytes(b"nothing")
    with pytest.raises(RuntimeError, match="kiwix-serve"):
        KiwixServe(tmp_path / "wrong.zim").__enter__()


# A program that leaves without saying goodbye


def test_the_end_of_the_program_ends_the_servers(tmp_path):
    require([*nginx.missing_programs(), *kiwix.missing_programs()])
    write_zim(tmp_path / "book.zim", [("A", "A", "<p>a</p>")])
    words = [sys.executable, "-c", FORGETFUL, str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=20, start_new_session=True, check=True)
    groups = [int(group) for group in done.stdout.split()[-2:]]
    assert all(map(gone, groups))


FORGETFUL = """
import sys
from pathlib import Path
from tests.servers.kiwix import KiwixServe
from tests.servers.nginx import Nginx

book = KiwixServe(Path(sys.argv[1]) / "book.zim").__enter__()
web = Nginx(Path(sys.argv[1]) / "nginx", book.url).__enter__()
print(book._running.pid, web._running.pid)
"""
