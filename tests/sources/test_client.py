"""The one client: it says who it is, asks only whom it was told to, as gently as they want, and nothing it holds leaks."""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import logging
import subprocess
import sys
import time
import traceback
import tracemalloc
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import ContextVar
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import h2.config
import h2.connection
import h2.events
import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import __version__
from reader.settings import Sources, SourceSettings
from reader.sources import client as client_module
from reader.sources.client import Answer, Client, decoded, user_agent, wait_wanted
from reader.sources.keys import key_of
from reader.sources.line import Budget
from reader.sources.model import (
    BusyError,
    ClosedError,
    JunkError,
    LedAwayError,
    RefusedError,
    SourceError,
    SpentError,
    UnreachableError,
)
from tests.servers.nginx import Nginx, missing_programs
from tests.servers.presence import require

NAME = "Test source"
KEY = "k3y-0f-the-reader-5ecret"
MANY = Sources(requests=500, rate=6000)
MEGABYTE = 1024 * 1024


pytestmark = pytest.mark.usefixtures("few_authorities")


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch):
    """The waits that are nobody's wish are short here."""
    monkeypatch.setattr(client_module, "_WAIT_FIRST", 0.01)
    monkeypatch.setattr(client_module, "_WAIT_MOST", 0.02)
    monkeypatch.setattr(client_module, "_WAIT_JITTER", 0.0)
    monkeypatch.setattr(client_module, "random", SimpleNamespace(uniform=lambda *_: 0.01))


def client_of(url: str, how: Sources = MANY, **more: Any) -> Client:
    return Client(how, {NAME: url}, **more)


async def ask(url: str, how: Sources = MANY, **more: Any) -> Answer:
    """Ask once, with a client of its own that may ask that host."""
    async with client_of(url, how) as client:
        return await client.get(NAME, url, **more)


# Before a real web server


@pytest.fixture(scope="module")
def nginx(serving, tmp_path_factory) -> Iterator[Nginx]:
    require(missing_programs())
    with serving() as site:
        site.give("/long", {"text": "words " * 3000})
        with Nginx(tmp_path_factory.mktemp("nginx"), site.url, rate=10, burst=4) as running:
            yield running


def logged(nginx: Nginx, words: str) -> list[tuple[int, str]]:
    """Status and user agent of every request with these words in its address, all that has been answered so far."""
    mark = f"/plain/mark-{time.monotonic_ns()}"
    httpx.get(nginx.url("plain").removesuffix("/plain") + mark, trust_env=False)
    until = time.monotonic() + 10
    while mark not in (text := nginx.access_log.read_text()):
        assert time.monotonic() < until, "nginx writes no log"
        time.sleep(0.01)
    lines = [line.split(" ", 3) for line in text.splitlines()]
    return [(int(status), agent.strip('"')) for status, _, address, agent in lines if words in address]


@pytest.mark.xdist_group("servers")
async def test_a_host_that_turns_nameless_programs_away_lets_us_in(nginx):
    url = nginx.url("forbidden") + "/who"
    assert httpx.get(url, trust_env=False).status_code == 403, "it does turn them away"
    assert (await ask(url)).status == 200
    agent = logged(nginx, "/forbidden/who")[-1][1]
    assert agent.startswith(f"Caveat/{__version__} ")
    assert "https://" in agent


@pytest.mark.xdist_group("servers")
async def test_twenty_who_ask_a_host_that_limits_its_visitors_are_all_answered_in_the_end(nginx):
    async with client_of(nginx.url("limited"), Sources(requests=200, concurrency=3)) as client:
        asking = (client.json(NAME, f"{nginx.url('limited')}/all/{number}", dict) for number in range(20))
        found = await asyncio.gather(*asking)
    assert sorted(answer["path"] for answer in found) == sorted(f"/all/{number}" for number in range(20))
    refused = [status for status, _ in logged(nginx, "/limited/all/") if status == 429]
    assert refused, "or this showed nothing"
    assert len(refused) <= 20


@pytest.mark.xdist_group("servers")
async def test_a_host_that_bans_us_is_not_asked_again(nginx):
    with pytest.raises(RefusedError, match=f"{NAME}.*403"):
        await ask(nginx.url("banned") + "/once")
    assert [status for status, _ in logged(nginx, "/banned/once")] == [403]


@pytest.mark.xdist_group("servers")
async def test_a_host_whose_server_is_down_is_tried_a_few_times_and_no_more(nginx):
    with pytest.raises(BusyError, match=f"{NAME}.*502"):
        await ask(nginx.url("dead") + "/down")
    tries = logged(nginx, "/dead/down")
    assert 2 <= len(tries) <= 4
    assert {status for status, _ in tries} == {502}


@pytest.mark.xdist_group("servers")
async def test_a_host_that_answers_in_drops_does_not_hold_us(nginx, monkeypatch):
    monkeypatch.setattr(client_module, "_WHOLE", 0.3)
    begun = time.monotonic()
    with pytest.raises(UnreachableError, match=NAME):
        await ask(nginx.url("slow") + "/long")
    assert time.monotonic() - begun < 15, "the whole answer takes three quarters of a minute"


@pytest.mark.xdist_group("servers")
async def test_an_answer_that_is_cut_off_is_an_error_and_never_data(nginx):
    with pytest.raises((UnreachableError, JunkError), match=NAME):
        await ask(nginx.url("cut") + "/long")


@pytest.mark.xdist_group("servers")
async def test_a_packed_bomb_is_refused_once_and_is_never_held(nginx):
    async with client_of(nginx.url("bomb")) as client:
        tracemalloc.start()
        try:
            with pytest.raises(JunkError, match=NAME):
                await client.get(NAME, nginx.url("bomb") + "/boom")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 40 * MEGABYTE
    assert len(logged(nginx, "/bomb/boom")) == 1


@pytest.mark.xdist_group("servers")
async def test_a_page_for_people_is_not_taken_for_data(nginx):
    async with client_of(nginx.url("html")) as client:
        with pytest.raises(JunkError, match=NAME) as caught:
            await client.json(NAME, nginx.url("html") + "/api", dict)
    assert "busy" not in str(caught.value), "what the page says is no message of ours"


@pytest.mark.xdist_group("servers")
async def test_a_redirect_to_another_host_is_refused(nginx):
    with pytest.raises(LedAwayError, match=f"{NAME}.*127.0.0.2"):
        await ask(nginx.url("away") + "/api")


@pytest.mark.xdist_group("servers")
async def test_a_redirect_on_the_same_host_is_followed(nginx):
    answer = await ask(nginx.url("moved") + "/there?a=1")
    assert answer.status == 200
    assert answer.url == nginx.url("plain") + "/there?a=1"


# Who asks, and how


async def test_a_host_is_told_who_asks_and_where_to_write_to(site):
    await ask(site.url + "/", Sources(contact="operator@example.org"))
    await ask(site.url + "/")
    named, plain = (asked.headers["user-agent"] for asked in site.asked)
    assert "operator@example.org" in named
    for agent in (named, plain):
        assert agent.startswith(f"Caveat/{__version__} ")
        assert "https://" in agent
        assert not agent.lower().startswith(("python", "httpx"))


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_contact_whatever_breaks_the_request(contact):
    agent = user_agent(contact)
    assert agent.isascii()
    assert agent.isprintable()
    assert agent.startswith("Caveat/")


@pytest.mark.parametrize("text", ["short", "a long text, and again " * 4000])
async def test_answers_are_asked_for_packed_and_are_unpacked(site, text):
    site.give("/packed", {"text": text}, packed=True)
    async with client_of(site.url) as client:
        assert await client.json(NAME, site.url + "/packed", dict) == {"text": text}
    assert site.asked[0].headers["accept-encoding"] == "gzip"
    assert site.asked[0].headers["accept"] == "application/json"


async def test_what_is_asked_arrives_as_it_was_meant(site):
    async with client_of(site.url) as client:
        await client.get(NAME, site.url + "/w/api.php", {"titles": "AC/DC & Élan|C++ 100 %", "format": "json"})
    asked = httpx.URL(f"/?{site.asked[0].query}").params
    assert dict(asked) == {"titles": "AC/DC & Élan|C++ 100 %", "format": "json"}


async def test_nothing_that_a_host_wants_us_to_remember_is_sent_to_another_path(site):
    site.give("/first", "{}", Set_Cookie="id=7; Path=/")
    async with client_of(site.url) as client:
        for path in ("/first", "/second"):
            await client.get(NAME, site.url + path)
    assert "authorization" not in site.asked[1].headers


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"])
async def test_a_server_on_this_machine_is_asked_without_a_detour(site, monkeypatch, name):
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (await ask(site.url + "/")).status == 200


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "nonsense://127.0.0.1:9", "127.0.0.1:9"])
async def test_a_proxy_that_cannot_be_used_is_told_as_any_other_trouble(monkeypatch, address_book, proxy):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(SourceError, match="proxy|cannot be reached"):
        await ask("https://source.invalid/")


# Only whom it was told to ask


async def yes(_: httpx.Request) -> SimpleNamespace:
    return SimpleNamespace(status=200, headers=(), body=b"{}")


WIKIPEDIA = "https://{lang}.wikipedia.org/w/api.php"


@pytest.mark.parametrize("url", ["https://en.wikipedia.org/w/api.php", "https://EN.WIKIPEDIA.ORG/", "https://zh-min-nan.wikipedia.org:443/wiki/A", "https://simple.wikipedia.org/?a=1#b"])  # fmt: skip
async def test_every_language_of_a_host_may_be_asked(answering, url):
    answering(yes)
    async with client_of(WIKIPEDIA) as client:
        assert (await client.get(NAME, url)).status == 200


@pytest.mark.parametrize(
    "url",
    [
        "https://en.wikipedia.org.evil.example/",
        "https://xwikipedia.org/",
        "https://en.xwikipedia.org/",
        "https://enwikipedia.org/",
        "https://wikipedia.org/",
        "https://.wikipedia.org/",
        "https://evil.en.wikipedia.org/",
        "https://*.wikipedia.org/",
        "https://evil.example/.wikipedia.org",
        "https://evil.example?.wikipedia.org",
        "https://evil.example#.wikipedia.org",
        "https://evil.example\\.wikipedia.org/",
        "https://evil.example\\@en.wikipedia.org/",
        "https://evil.example%2f.wikipedia.org/",
        "https://en.wikipedia.org@evil.example/",
        "https://en.wikipedia.org:8443/",
        "https://en.wikipedia.org:80/",
        "https://en.wikipedia.org:99999/",
        "https://en.wikipedia.org:0/",
        "http://en.wikipedia.org/",
        "ftp://en.wikipedia.org/",
        "file:///etc/passwd",
        "//en.wikipedia.org/",
        "en.wikipedia.org",
        "",
    ],
)
async def test_no_host_that_only_looks_like_it_is_asked(answering, url):
    sent: list[str] = []

    async def record(request: httpx.Request) -> SimpleNamespace:
        sent.append(str(request.url))
        return await yes(request)

    answering(record)
    async with client_of(WIKIPEDIA) as client:
        with contextlib.suppress(SourceError):
            await client.get(NAME, url)
            assert all(httpx.URL(found).host == "en.wikipedia.org" for found in sent), "it was sent to another host"
            assert "@" in url, "only what leads to that very host may pass"


_PIECES = st.sampled_from(
    ["https://", "http://", "//", "/", "\\", "@", ":", ":443", ":8443", "en", ".", "wikipedia.org", "evil.example", "127.0.0.1", "localhost", "[::1]", "[", "]", "?", "#", "%2e", "%", "。", "．", "ｅ", "ß", "-", "*", " ", "\t", "\n", "\x00", "\ud800"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=8).map("".join), st.lists(_PIECES, max_size=7).map(lambda p: "https://" + "".join(p))))  # fmt: skip
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_whatever_makes_it_ask_another_host(in_no_time, answering, url):
    sent: list[httpx.URL] = []

    async def record(request: httpx.Request) -> SimpleNamespace:
        sent.append(request.url)
        return await yes(request)

    async def one() -> None:
        client = client_of(WIKIPEDIA)
        with contextlib.suppress(SourceError, ValueError):  # which of the two is another test's matter
            await client.get(NAME, url)

    answering(record)
    in_no_time(one())
    for found in sent:
        assert found.scheme == "https"
        assert found.port in (None, 443)
        label, _, rest = found.host.partition(".")
        assert rest == "wikipedia.org"
        assert label


@pytest.mark.parametrize("url", ["http://[", "https://[::1", "//[", "https://source.example:port/", "https://\x00/", "[", "https://" + "a" * 70_000, "\ud800", "https://\ud800/"], ids=lambda url: repr(url)[:20])  # fmt: skip
async def test_an_address_in_the_settings_that_is_none_is_an_error_of_that_source_and_no_other(url):
    with pytest.raises(SourceError, match=NAME):
        await ask(url)


async def test_a_source_that_was_not_told_of_is_never_asked(site):
    async with Client(MANY, {NAME: site.url, "Off": ""}) as client:
        for name in ("Another", "Off", ""):
            with pytest.raises(RefusedError):
                await client.get(name, site.url + "/")
    assert site.asked == []


async def test_one_source_may_not_ask_the_host_of_another(site, serving):
    with serving() as other:
        async with Client(MANY, {NAME: site.url, "Other": other.url}) as client:
            with pytest.raises(RefusedError):
                await client.get(NAME, other.url + "/")
        assert other.asked == []


@pytest.mark.parametrize("host", ["127.0.0.2", "10.0.0.1", "source.invalid", "127.0.0.1.nip.invalid", "[::2]"])
async def test_nothing_goes_out_in_the_clear_but_to_this_machine(host):
    with pytest.raises(RefusedError, match="https"):
        await ask(f"http://{host}:9/")


# Redirects


async def test_redirects_are_followed_a_few_times(site):
    site.give("/a", status=301, Location="/b")
    site.give("/b", status=302, Location=site.url + "/c?x=1")
    site.give("/c", status=307, Location="d")
    answer = await ask(site.url + "/a")
    assert site.paths == ["/a", "/b", "/c", "/d"]
    assert answer.url == site.url + "/d"


async def test_redirects_without_end_are_given_up(site):
    site.give("/round", status=302, Location="/round")
    with pytest.raises(RefusedError, match=NAME):
        await ask(site.url + "/round")
    assert len(site.asked) <= 10


@pytest.mark.parametrize(
    "to",
    [None, "", "http://[", "http://[::1", "//[", "http://127.0.0.1:99999/", "http://127.0.0.1:port/", "javascript:alert(1)", "file:///etc/passwd", "https://127.0.0.1/", "//evil.invalid/", "http://evil.invalid/", "/" + "a" * 70_000, "http://\xff\xfe/", "http://%/", "?\\"],
    ids=lambda to: repr(to)[:30],
)  # fmt: skip
async def test_a_redirect_to_nowhere_is_an_error_of_that_source_and_no_other(site, to):
    site.give("/odd", status=302, **({} if to is None else {"Location": to}))
    with pytest.raises(SourceError, match=NAME) as caught:
        await ask(site.url + "/odd")
    assert "\n" not in str(caught.value)


async def test_a_redirect_to_the_same_host_cannot_make_us_send_a_password(site):
    site.give("/trap", status=302, Location=f"http://name:word@127.0.0.1:{site.port}/next")
    with contextlib.suppress(RefusedError):
        await ask(site.url + "/trap")
    assert all("authorization" not in asked.headers for asked in site.asked)


# As gently as the host wants


def test_a_host_that_says_too_many_requests_is_left_alone_until_it_wants_to_be_asked_again(in_no_time, answering):
    """By all who ask, whether they were under way, waiting for a turn, or came later."""
    started: list[float] = []
    refused: list[float] = []
    peace = 0.0

    async def limiting(_: httpx.Request) -> SimpleNamespace:
        nonlocal peace
        started.append(time.monotonic())
        await asyncio.sleep(0.1)
        if not refused or time.monotonic() < peace:
            refused.append(time.monotonic())
            peace = peace or time.monotonic() + 7
            return SimpleNamespace(status=429, headers=(("Retry-After", "7"),), body=b"")
        return await yes(_)

    async def everybody() -> list[Answer]:
        async with client_of("http://127.0.0.1:1", Sources(requests=200, concurrency=4)) as client:

            async def one(number: int) -> Answer:
                await asyncio.sleep(number / 5)
                return await client.get(NAME, f"http://127.0.0.1:1/{number}")

            return await asyncio.gather(*map(one, range(20)))

    answering(limiting)
    found = in_no_time(everybody())
    assert [answer.status for answer in found] == [200] * 20
    late = [at for at in started if refused[0] < at < refused[0] + 7 - 1e-3]
    assert late == []


async def test_a_real_wait_is_as_long_as_the_host_wants_it(site, reply):
    answers = deque([reply(status=429, headers=(("Retry-After", "1"),))] * 3)
    refused_at: list[float] = []

    def limiting(asked: Any) -> Any:
        if answers and not (refused_at and asked.at > refused_at[0] + 0.99):
            refused_at.append(time.monotonic())
            return answers.popleft()
        return reply(b"{}")

    site.on("/limited", limiting)
    async with client_of(site.url) as client:
        asking = (client.get(NAME, site.url + "/limited") for _ in range(20))
        found = await asyncio.gather(*asking)
    assert [answer.status for answer in found] == [200] * 20
    early = [asked for asked in site.asked if asked.at < refused_at[0] + 0.99]
    assert len(early) <= MANY.concurrency, "what was under way already"


@given(st.integers(1, 3), st.integers(2, 4), st.integers(1, 5), st.integers(2, 20))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_asks_a_host_that_takes_only_a_few_at_a_time_is_answered_in_the_end(in_no_time, answering, window, few, concurrency, number):  # fmt: skip
    """It takes `few` in each `window` of seconds and refuses the others until the next."""
    taken: dict[int, int] = {}
    refused = 0

    async def limiting(request: httpx.Request) -> SimpleNamespace:
        nonlocal refused
        await asyncio.sleep(0.05)
        now = int(time.monotonic() // window)
        taken[now] = taken.get(now, 0) + 1
        if taken[now] <= few:
            return await yes(request)
        refused += 1
        return SimpleNamespace(status=429, headers=(("Retry-After", str(window)),), body=b"")

    async def everybody() -> list[Answer]:
        async with client_of("http://127.0.0.1:1", Sources(requests=500, concurrency=concurrency, rate=6000)) as client:
            return await asyncio.gather(*(client.get(NAME, f"http://127.0.0.1:1/{n}") for n in range(number)))

    answering(limiting)
    assert len(in_no_time(everybody())) == number
    assert refused <= number * 3


def test_one_host_that_wants_peace_does_not_hold_the_others(in_no_time, answering):
    async def one_is_busy(request: httpx.Request) -> SimpleNamespace:
        if request.url.host.startswith("de."):
            return SimpleNamespace(status=503, headers=(("Retry-After", "15"),), body=b"")
        return await yes(request)

    async def both() -> float:
        begun = time.monotonic()
        async with client_of(WIKIPEDIA) as client:
            busy = asyncio.create_task(client.get(NAME, "https://de.wikipedia.org/"))
            await asyncio.sleep(0.5)
            for _ in range(5):
                await client.get(NAME, "https://en.wikipedia.org/")
            took = time.monotonic() - begun
            with pytest.raises(BusyError):
                await busy
        return took

    answering(one_is_busy)
    assert in_no_time(both()) < 5


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_a_host_that_is_busy_for_a_moment_is_asked_again(site, reply, status):
    answers = deque([reply(status=status), reply(status=status)])
    site.on("/busy", lambda _: answers.popleft() if answers else reply(b'{"ok": 1}'))
    async with client_of(site.url) as client:
        assert await client.json(NAME, site.url + "/busy", dict) == {"ok": 1}
    assert len(site.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 402, 403, 405, 410, 451])
async def test_a_no_is_taken_for_a_no(site, status):
    site.give("/no", status=status)
    with pytest.raises(RefusedError, match=f"{NAME}.*{status}"):
        await ask(site.url + "/no")
    assert len(site.asked) == 1


async def test_what_is_not_there_is_told_apart_from_data(site):
    site.give("/gone", {"looks": "like data"}, 404)
    assert (await ask(site.url + "/gone")).status == 404
    async with client_of(site.url) as client:
        with pytest.raises(RefusedError, match="404"):
            await client.json(NAME, site.url + "/gone", dict)


@pytest.mark.parametrize("code", ["maxlag", "ratelimited", "readonly"])
def test_replicas_that_lag_behind_are_waited_for(in_no_time, answering, code):
    """MediaWiki says so with status 200 (mediawiki.org/wiki/Manual:Maxlag_parameter)."""
    started: list[float] = []

    async def lagging(request: httpx.Request) -> SimpleNamespace:
        started.append(time.monotonic())
        if len(started) > 2:
            return await yes(request)
        headers = (("MediaWiki-API-Error", code), ("Retry-After", "5"))
        return SimpleNamespace(status=200, headers=headers, body=b'{"error": {"code": "maxlag"}}')

    async def one() -> Any:
        async with client_of("http://127.0.0.1:1") as client:
            return await client.json(NAME, "http://127.0.0.1:1/", dict)

    answering(lagging)
    assert in_no_time(one()) == {}
    assert [round(b - a, 3) >= 5 for a, b in pairwise(started)] == [True, True]


async def test_another_error_of_a_wiki_is_an_answer(site):
    site.give("/api", {"error": {"code": "nosuchpage"}}, MediaWiki_API_Error="nosuchpage")
    assert (await ask(site.url + "/api")).status == 200
    assert len(site.asked) == 1


def in_an_hour() -> str:
    return email.utils.formatdate(time.time() + 3600, usegmt=True)


@pytest.mark.parametrize("wish", ["3600", "86400", "99999999999999999999", "in an hour"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_wants_a_very_long_wait_is_told_of_and_not_slept_through(in_no_time, answering, status, wish):
    asked = 0

    async def go_away(_: httpx.Request) -> SimpleNamespace:
        nonlocal asked
        asked += 1
        said = in_an_hour() if wish == "in an hour" else wish
        return SimpleNamespace(status=status, headers=(("Retry-After", said),), body=b"")

    async def first_and_next() -> float:
        begun = time.monotonic()
        async with client_of("http://127.0.0.1:1") as client:
            with pytest.raises(RefusedError, match=rf"{NAME}.*wait \d+ seconds"):
                await client.get(NAME, "http://127.0.0.1:1/")
            with pytest.raises(RefusedError, match=r"wait \d+ seconds"):
                await client.get(NAME, "http://127.0.0.1:1/next")
        return time.monotonic() - begun

    answering(go_away)
    assert in_no_time(first_and_next()) < 5
    assert asked == 1


def test_nor_is_it_slept_through_by_those_who_were_waiting_for_their_turn(in_no_time, answering):
    async def go_away(_: httpx.Request) -> SimpleNamespace:
        await asyncio.sleep(0.1)
        return SimpleNamespace(status=429, headers=(("Retry-After", "3600"),), body=b"")

    async def everybody() -> tuple[float, list[Any]]:
        begun = time.monotonic()
        async with client_of("http://127.0.0.1:1") as client:
            asking = (client.get(NAME, f"http://127.0.0.1:1/{number}") for number in range(10))
            found = await asyncio.gather(*asking, return_exceptions=True)
        return time.monotonic() - begun, found

    answering(go_away)
    took, found = in_no_time(everybody())
    assert {type(error) for error in found} == {RefusedError}
    assert took < 30


def test_a_date_to_wait_until_is_understood():
    wait = wait_wanted(Answer(429, {"retry-after": email.utils.formatdate(time.time() + 90, usegmt=True)}, b"", ""))
    assert 60 <= wait <= 91
    past = wait_wanted(Answer(429, {"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"}, b"", ""))
    assert past == 0


@pytest.mark.parametrize("text", ["", "soon", "-5", "1.5", "１２", "Mon, 01 Jan 2024 00:00:00 +99999999999999999999", "Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "Mon, 01 Jan 2024 00:00:00 +9999", "Mon, 99 Foo 2024 99:99:99 GMT"])  # fmt: skip
def test_a_wish_that_nobody_can_read_is_no_wish(text):
    assert wait_wanted(Answer(429, {"retry-after": text}, b"", "")) in (None, 0)


_DATES = st.builds(
    lambda day, year, clock, zone: f"Mon, {day} Jan {year} {clock} {zone}",
    st.integers(-1, 99), st.integers(-1, 10**20), st.sampled_from(["00:00:00", "99:99:99", "1:1", ""]),
    st.sampled_from(["GMT", "-0000", "+0000", "+99999999999999999999", "-9999", "XYZ", ""]),
)  # fmt: skip


@given(st.one_of(st.text(), st.from_regex(r"\A[0-9]{1,30}\Z"), _DATES))
@settings(deadline=None)
def test_whatever_a_host_wishes_is_between_nothing_and_a_day(text):
    wait = wait_wanted(Answer(503, {"retry-after": text}, b"", ""))
    assert wait is None or 0 <= wait <= 86_400


@pytest.mark.parametrize("concurrency", [1, 3])
async def test_a_host_never_has_more_of_our_requests_at_once_than_the_settings_say(site, reply, concurrency):
    site.on("/at", lambda _: reply(b"{}", takes=0.03))
    site.give("/from", status=302, Location="/at")
    async with client_of(site.url, Sources(requests=200, concurrency=concurrency, rate=6000)) as client:
        asking = [client.get(NAME, site.url + ("/at" if number % 2 else "/from")) for number in range(20)]
        await asyncio.gather(*asking)
    assert len(site.asked) == 30
    assert site.most_at_once <= concurrency


@pytest.mark.parametrize(("concurrency", "rate"), [(1, 10), (3, 200)])
def test_a_host_never_has_more_of_our_requests_a_minute_than_the_settings_say(in_no_time, answering, concurrency, rate):
    started: list[float] = []

    async def record(request: httpx.Request) -> SimpleNamespace:
        started.append(time.monotonic())
        return await yes(request)

    async def many() -> None:
        how = Sources(requests=500, concurrency=concurrency, rate=rate)
        async with client_of("http://127.0.0.1:1", how) as client:
            await asyncio.gather(*(client.get(NAME, f"http://127.0.0.1:1/{number}") for number in range(2 * rate)))

    answering(record)
    in_no_time(many())
    assert len(started) == 2 * rate
    assert max(sum(at <= other < at + 59.9 for other in started) for at in started) <= rate


# The budget, and the reader's own wish to be offline


async def test_an_article_costs_no_more_requests_than_it_may(site):
    budget = Budget(5)
    async with client_of(site.url, budget=budget) as client:
        asking = (client.get(NAME, f"{site.url}/{number}") for number in range(12))
        found = await asyncio.gather(*asking, return_exceptions=True)
    assert len(site.asked) == 5 == budget.spent
    assert sum(isinstance(answer, Answer) for answer in found) == 5
    assert sum(isinstance(answer, SpentError) for answer in found) == 7


async def test_tries_and_redirects_are_paid_for_too(site):
    site.give("/busy", status=503)
    site.give("/from", status=302, Location="/to")
    for path, limit in (("/busy", 2), ("/from", 1)):
        site.asked.clear()
        async with client_of(site.url, budget=Budget(limit)) as client:
            with pytest.raises(SpentError, match=f"{NAME}.*{limit}"):
                await client.get(NAME, site.url + path)
        assert len(site.asked) == limit


async def test_the_settings_say_what_an_article_may_cost(site):
    async with client_of(site.url, Sources(requests=3)) as client:
        for number in range(3):
            await client.get(NAME, f"{site.url}/{number}")
        with pytest.raises(SpentError):
            await client.get(NAME, site.url + "/more")
    assert len(site.asked) == 3


async def test_nothing_is_sent_while_the_reader_is_offline(site):
    budget = Budget(5)
    async with client_of(site.url, budget=budget, may_send=lambda: False) as client:
        for _ in range(3):
            with pytest.raises(ClosedError, match=NAME):
                await client.get(NAME, site.url + "/")
    assert site.asked == []
    assert budget.spent == 0


async def test_nothing_more_is_sent_once_the_reader_goes_offline(site, reply):
    online = True

    def hang_up(_: Any) -> Any:
        nonlocal online
        online = False
        return reply(status=503)

    site.on("/busy", hang_up)
    async with client_of(site.url, may_send=lambda: online) as client:
        asking = (client.get(NAME, site.url + "/busy") for _ in range(10))
        found = await asyncio.gather(*asking, return_exceptions=True)
    assert {type(error) for error in found} == {ClosedError}
    assert len(site.asked) <= MANY.concurrency, "what was under way already"


# Broken lines and broken answers


async def test_a_host_that_nobody_answers_at_is_said_to_be_unreachable():
    with pytest.raises(UnreachableError, match=f"^{NAME}: ") as caught:
        await ask("http://127.0.0.1:9/")
    assert "\n" not in str(caught.value)
    assert "Err" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (b'{"a": 1}', {"length": 500}),
        (b'{"a": 1', {}),
        (b"\x1f\x8b junk", {"Content_Encoding": "gzip"}),
        (b'{"a": 1}', {"Content_Encoding": "br"}),
        (b'{"a": 1}' + bytes(5000), {"length": -1}),
        (b"", {}),
        (b"\xff\xfe{\x00}\x00", {}),
    ],
    ids=["cut", "half an object", "no gzip", "packed otherwise", "zeros behind it", "empty", "another encoding"],
)
async def test_a_broken_answer_is_an_error_of_the_source_and_never_data(site, body, more):
    site.give("/broken", body, **more)
    async with client_of(site.url) as client:
        with pytest.raises((JunkError, UnreachableError), match=f"^{NAME}: "):
            await client.json(NAME, site.url + "/broken", dict)


async def test_a_line_that_breaks_once_is_tried_again(site, reply):
    answers = deque([reply(b'{"a": ', length=500)])
    site.on("/once", lambda _: answers.popleft() if answers else reply(b'{"ok": 1}'))
    async with client_of(site.url) as client:
        assert await client.json(NAME, site.url + "/once", dict) == {"ok": 1}


async def test_an_answer_that_is_larger_than_wanted_is_refused_once(site):
    site.give("/large", b" " * 60_000)
    with pytest.raises(JunkError, match=NAME):
        await ask(site.url + "/large", largest=50_000)
    assert len(site.asked) == 1
    assert len((await ask(site.url + "/large", largest=60_000)).body) == 60_000


class Thing(msgspec.Struct):
    name: str
    number: int = 0
    inside: list[Thing] = []


KINDS = [dict, list, str, int, float, bool, Any, dict[str, int], list[Thing], Thing, Thing | None, dict[str, Thing | list[Any]]]  # fmt: skip
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "number", "inside", "x"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def is_of(value: Any, kind: Any) -> bool:
    return msgspec.convert(msgspec.to_builtins(value), kind) == value


@given(st.one_of(st.binary(max_size=80), _json.map(msgspec.json.encode), st.text(alphabet='{}[]",:0123456789.eE+-\\u tnfalsrue').map(str.encode)), st.sampled_from(KINDS))  # fmt: skip
@settings(deadline=None, max_examples=400)
def test_any_answer_is_what_was_wanted_or_an_error_in_one_line(body, kind):
    told = None
    try:
        value = decoded(NAME, Answer(200, {}, body, ""), kind)
    except JunkError as error:
        told = str(error)
    assert is_of(value, kind) if told is None else told.startswith(f"{NAME}: ") and "\n" not in told


@pytest.mark.parametrize("kind", [Any, dict, int, float, str, list, Thing], ids=str)
@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 3000 + b"]" * 3000, b"1" * 5000, b"-" + b"9" * 5000, b"1e999999", b"1e-999999", b"0." + b"1" * 5000, b'"\\ud800"', b'"\xed\xa0\x80"', b'"\xff"', b"\xef\xbb\xbf{}", b"NaN", b"Infinity", b"\x00", b'{"name": ' + b"1" * 5000 + b"}", b'{"name": "a", "number": ' + b"1" * 5000 + b"}", b'{"name": "a", "inside": ' * 3000, b'{"\xff": 1}'],
    ids=lambda body: repr(body[:12]),
)  # fmt: skip
def test_the_oddest_of_answers_is_no_other_error_either(body, kind):
    with contextlib.suppress(JunkError):
        decoded(NAME, Answer(200, {}, body, ""), kind)


@given(
    st.binary(max_size=300), st.sampled_from(["", "gzip", "deflate", "br"]), st.sampled_from([200, 204, 206, 300, 304])
)
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_of_a_host_are_data_or_an_error_of_that_source(in_no_time, answering, body, encoding, status):
    async def junk(_: httpx.Request) -> SimpleNamespace:
        return SimpleNamespace(status=status, headers=(("Content-Encoding", encoding),) if encoding else (), body=body)

    async def one() -> None:
        async with client_of("http://127.0.0.1:1") as client:
            with contextlib.suppress(SourceError):
                assert isinstance(await client.json(NAME, "http://127.0.0.1:1/", dict), dict)

    answering(junk)
    in_no_time(one())


# Keys


TROUBLES: dict[str, dict[str, Any]] = {
    "no": {"status": 403}, "unauthorized": {"status": 401}, "busy": {"status": 503}, "limited": {"status": 429, "Retry_After": "3600"},
    "cut": {"body": b"{", "length": 900}, "packed": {"body": b"junk", "Content_Encoding": "gzip"}, "page": {"body": "<html>"},
    "away": {"status": 302, "Location": "http://127.0.0.2:9/"}, "round": {"status": 302, "Location": "/round"},
    "large": {"body": b" " * 9000}, "shape": {"body": "[]"}, "odd": {"status": 302, "Location": "ftp://["},
}  # fmt: skip


def everything_of(error: BaseException) -> str:
    """All that anybody could print of an error and of what led to it."""
    told = [*traceback.format_exception(error)]
    at: BaseException | None = error
    while at is not None:
        told += [
            str(at),
            repr(at),
            repr(at.args),
            repr(getattr(at, "__dict__", "")),
            repr(getattr(at, "__notes__", "")),
        ]
        at = at.__cause__ or at.__context__
    return "\n".join(told)


@pytest.fixture
def loggers(caplog) -> Callable[..., set[str]]:
    """The loggers that have said these words, or held them in an argument, even at their most talkative."""
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(lambda _: not IS_SERVER.get())  # what a test's own server says is no matter
    for name in ("httpx", "httpcore", "stamina", "reader", "hpack", "h2", "asyncio"):
        caplog.set_level(logging.DEBUG, name)
    return lambda words="": {r.name for r in caplog.records if words in f"{r.getMessage()} {r.__dict__!r}"}


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_key_is_in_no_error_and_in_no_log_whatever_goes_wrong(site, loggers, trouble, capfd):
    site.give(f"/{trouble}", **TROUBLES[trouble])
    async with client_of(site.url) as client:
        with pytest.raises(Exception) as caught:
            await client.json(NAME, f"{site.url}/{trouble}", dict, headers={"X-Goog-Api-Key": KEY}, largest=5000)
    assert site.asked[0].headers["x-goog-api-key"] == KEY, "it was sent"
    assert KEY not in everything_of(caught.value)
    assert any(name.startswith("httpcore") for name in loggers()), "they do talk"
    assert loggers(KEY) == set()
    assert KEY not in "".join(capfd.readouterr())


async def test_a_key_is_in_no_error_and_in_no_log_when_nothing_can_be_sent(site, address_book, loggers):
    tries = [
        (client_of("http://127.0.0.1:9"), "http://127.0.0.1:9/"),
        (client_of(site.url, budget=Budget(0)), site.url),
        (client_of(site.url, may_send=lambda: False), site.url),
        (client_of("https://source.invalid"), site.url),
    ]
    for client, url in tries:
        async with client:
            with pytest.raises(SourceError) as caught:
                await client.get(NAME, url, headers={"X-Goog-Api-Key": KEY})
            assert KEY not in everything_of(caught.value)
            assert KEY not in repr(client) + str(client)
    assert loggers(KEY) == set()
    assert site.asked == []


async def test_a_key_is_not_sent_on_to_where_a_redirect_leads(site, serving):
    with serving() as other:
        site.give("/away", status=302, Location=other.url + "/")
        async with client_of(site.url) as client:
            with pytest.raises(RefusedError):
                await client.get(NAME, site.url + "/away", headers={"X-Goog-Api-Key": KEY})
        assert other.asked == []


@pytest.mark.parametrize("key", ["a\nb" + KEY, "ключ" + KEY, KEY + "\x00", "two words " + KEY, f"\x1b[2J{KEY}"])
async def test_a_key_that_no_header_can_carry_is_no_key(monkeypatch, key):
    assert key_of("factcheck", SourceSettings(key=key)) == ""
    if "\x00" not in key:
        monkeypatch.setenv("CAVEAT_SOURCES_FACTCHECK_KEY", key)
        assert key_of("factcheck", SourceSettings()) == ""


def test_a_key_is_taken_from_the_environment_first_and_is_not_shown_by_the_settings(monkeypatch):
    own = SourceSettings(key=KEY)
    assert key_of("factcheck", own) == KEY
    monkeypatch.setenv("CAVEAT_SOURCES_FACTCHECK_KEY", f"  {KEY}-2 \n")
    assert key_of("factcheck", own) == f"{KEY}-2"
    assert KEY not in repr(Sources(each={"factcheck": own}))


# HTTP/2 with a certificate, as all public sources are asked


IS_SERVER: ContextVar[bool] = ContextVar("is_server", default=False)


async def speak_http2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heard: list[dict[str, str]]) -> None:
    """Answer every request of one connection with {}."""
    IS_SERVER.set(True)
    talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
    talk.initiate_connection()
    writer.write(talk.data_to_send())
    while data := await reader.read(65_536):
        for event in talk.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                heard.append(dict(event.headers))
                talk.send_headers(event.stream_id, [(":status", "200"), ("content-type", "application/json")])
                talk.send_data(event.stream_id, b"{}", end_stream=True)
        writer.write(talk.data_to_send())
        await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def http2_server(context: Any) -> AsyncIterator[tuple[int, list[dict[str, str]]]]:
    heard: list[dict[str, str]] = []
    server = await asyncio.start_server(lambda r, w: speak_http2(r, w, heard), "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1], heard
    finally:
        server.close()
        await server.wait_closed()


async def test_a_public_source_is_asked_over_http2(trusted, address_book):
    address_book.lead("api.source.example", ("127.0.0.1",))
    async with http2_server(trusted("api.source.example", alpn=("h2",))) as (port, heard):
        url = f"https://api.source.example:{port}/v1"
        async with client_of(url) as client:
            found = await asyncio.gather(*(client.json(NAME, f"{url}?{number}", dict) for number in range(6)))
    assert found == [{}] * 6
    assert sorted(asked[":path"] for asked in heard) == [f"/v1?{number}" for number in range(6)]
    assert {asked["user-agent"] for asked in heard} == {user_agent()}


async def test_nor_is_the_key_in_any_log_when_it_goes_over_http2(trusted, address_book, loggers):
    address_book.lead("api.source.example", ("127.0.0.1",))
    async with http2_server(trusted("api.source.example", alpn=("h2",))) as (port, heard):
        url = f"https://api.source.example:{port}/v1"
        async with client_of(url) as client:
            assert await client.json(NAME, url, dict, headers={"X-Goog-Api-Key": KEY}) == {}
    assert heard[0]["x-goog-api-key"] == KEY
    assert any(name.startswith("httpcore") for name in loggers()), "they do talk"
    assert loggers(KEY) == set()


async def test_a_host_whose_certificate_is_for_another_name_is_not_asked(trusted, address_book):
    address_book.lead("api.source.example", ("127.0.0.1",))
    async with http2_server(trusted("another.example", alpn=("h2",))) as (port, heard):
        with pytest.raises(UnreachableError, match=NAME):
            await ask(f"https://api.source.example:{port}/")
    assert heard == []


# Nothing is left behind


async def test_a_closed_client_leaves_no_task_and_no_place_is_lost_by_those_who_give_up(site, reply):
    before = asyncio.all_tasks()
    site.on("/slow", lambda _: reply(b"{}", takes=0.3))
    site.give("/busy", status=503)
    async with client_of(site.url, Sources(requests=100, concurrency=2, rate=6000)) as client:
        paths = ["/slow", "/busy", "/fine", "/slow"] * 3
        tasks = [asyncio.create_task(client.get(NAME, site.url + path)) for path in paths]
        await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with asyncio.timeout(20):
            assert (await client.get(NAME, site.url + "/fine")).status == 200
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


SCRIPT = """
import asyncio, sys
from reader.settings import Sources
from reader.sources.client import Client
from reader.sources.model import BusyError
async def main():
    async with Client(Sources(), {"S": sys.argv[1]}) as client:
        try:
            await client.get("S", sys.argv[1] + "/busy")
        except BusyError:
            print("busy")
asyncio.run(main())
"""


def test_nothing_is_written_over_the_screen_while_it_tries_again_and_ends(site):
    site.give("/busy", status=503, Retry_After="0")
    done = subprocess.run(
        [sys.executable, "-W", "always::ResourceWarning", "-c", SCRIPT, site.url],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert len(site.asked) > 1
    assert (done.stdout, done.stderr) == ("busy\n", "")
