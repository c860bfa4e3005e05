"""The fault proxy does each kind of harm, survives its clients and leaves nothing; the recorder misses no byte."""

from __future__ import annotations

import gc
import json
import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import httpx
import pytest

from tests.servers.faults import KINDS, FaultProxy, mangle
from tests.servers.recorder import Recorder, RequestParser
from tests.servers.wikidata import WikidataReplay, invented

pytestmark = pytest.mark.xdist_group("servers")

ENTITY = invented("Q1", "Zürich", "a town", [f"name {n}" for n in range(100)])
PATH = "/w/api.php?action=wbgetentities&format=json&ids=Q1"
MOST = 2 << 20
LONG, SHORT = (httpx.Timeout(seconds, connect=10) for seconds in (10, 0.4))


@pytest.fixture(scope="module")
def upstream() -> Iterator[str]:
    with WikidataReplay({"Q1": ENTITY}) as replay:
        yield replay.api.removesuffix("/w/api.php")


@pytest.fixture(scope="module")
def right(upstream: str) -> Any:
    return httpx.get(upstream + PATH).json()


def outcome(client: httpx.Client, url: str, right: Any) -> str:
    """What a careful client makes of it, in a word."""
    body, begun = b"", time.monotonic()
    try:
        with client.stream("GET", url) as answer:
            if answer.status_code != 200:
                return str(answer.status_code)
            for part in answer.iter_bytes():
                body += part
                if len(body) > MOST:
                    return "too much"
                if time.monotonic() - begun > (client.timeout.read or 0):
                    return "too slow"
    except httpx.HTTPError as error:
        return type(error).__name__
    try:
        return "right" if json.loads(body) == right else "wrong"
    except ValueError:
        return "no JSON"


def outcomes(
    upstream: str, kind: str, right: Any, *, times: int = 12, timeout: httpx.Timeout = LONG, **more: Any
) -> Counter[str]:
    with FaultProxy(upstream, seed=7, kinds=[kind], **more) as proxy, httpx.Client(timeout=timeout) as client:
        seen = Counter(outcome(client, proxy.url + PATH, right) for _ in range(times))
        assert proxy.counts == {kind: times}
        return seen


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("reset", {"ReadError", "RemoteProtocolError"}),
        ("half", {"RemoteProtocolError"}),
        ("wrong-type", {"no JSON"}),
        ("junk", {"no JSON"}),
        ("truncated-json", {"no JSON"}),
        ("empty", {"no JSON"}),
        ("status", {"500", "502", "503", "504"}),
        ("busy", {"429"}),
        ("redirect", {"302"}),
        ("bad-gzip", {"DecodingError", "no JSON"}),
        ("mangled", {"wrong"}),
    ],
)
def test_each_quick_fault_is_what_it_says(upstream, right, kind, expected) -> None:
    seen = outcomes(upstream, kind, right)
    assert set(seen) <= expected
    assert kind != "status" or len(seen) > 1
    assert kind != "reset" or seen["ReadError"]


def test_a_stall_sends_headers_and_nothing_more(upstream, right) -> None:
    assert outcomes(upstream, "stall", right, times=2, timeout=SHORT) == {"ReadTimeout": 2}
    assert outcomes(upstream, "stall", right, times=2, patience=0.05) == {"RemoteProtocolError": 2}


def test_a_delay_is_the_right_answer_late(upstream, right) -> None:
    begun = time.monotonic()
    assert outcomes(upstream, "delay", right, times=2, patience=0.1) == {"right": 2}
    assert time.monotonic() - begun >= 0.2
    assert outcomes(upstream, "delay", right, times=1, timeout=SHORT) == {"ReadTimeout": 1}


def test_a_huge_body_goes_on_until_the_client_hangs_up(upstream, right) -> None:
    assert outcomes(upstream, "huge", right, times=6) == {"too much": 6}


def test_a_slow_drip_times_out_only_for_those_who_have_a_deadline(upstream, right) -> None:
    assert outcomes(upstream, "slow-drip", right, times=2, timeout=SHORT) == {"too slow": 2}


def test_a_redirect_and_a_busy_say_what_they_must(upstream) -> None:
    with FaultProxy(upstream, seed=1, kinds=["redirect"]) as proxy:
        assert httpx.get(proxy.url + PATH).headers["Location"] == "http://127.0.0.2:9/"
    with FaultProxy(upstream, seed=1, kinds=["busy"]) as proxy:
        assert {httpx.get(proxy.url + PATH).headers["Retry-After"] for _ in range(20)} == {"0", "1"}


def test_faults_go_on_and_off(upstream, right) -> None:
    with FaultProxy(upstream, seed=3, kinds=["empty"]) as proxy, httpx.Client() as client:
        for on, expected in ((True, "no JSON"), (False, "right"), (True, "no JSON")):
            proxy.on = on
            assert outcome(client, proxy.url + PATH, right) == expected
        assert proxy.counts == {"empty": 2, "clean": 1}


def test_off_is_a_clean_pass_through(upstream) -> None:
    with FaultProxy(upstream, seed=3) as proxy, httpx.Client() as client:
        proxy.on = False
        direct, through = client.get(upstream + PATH), client.get(proxy.url + PATH)
        assert through.json() == direct.json()
        for name in ("Content-Type", "Content-Encoding", "Content-Length", "Vary"):
            assert through.headers[name] == direct.headers[name]
        form = {"action": "wbgetentities", "format": "json", "ids": "Q1"}
        assert client.post(proxy.url + "/w/api.php", data=form).json() == direct.json()
        assert client.post(proxy.url + "/w/api.php", content=iter([b"action=", b"nonsense&format=json"])).json()[
            "error"
        ]


def test_the_share_and_the_seed_decide(upstream, right) -> None:
    def drawn(seed: int) -> list[str]:
        with FaultProxy(upstream, seed=seed, share=0.3, kinds=["empty", "busy"]) as proxy, httpx.Client() as client:
            return [outcome(client, proxy.url + PATH, right) for _ in range(100)]

    first = drawn(5)
    assert first == drawn(5)
    assert first != drawn(6)
    assert 15 <= sum(word != "right" for word in first) <= 45


def test_only_known_kinds(upstream) -> None:
    with pytest.raises(ValueError, match="no such faults"):
        FaultProxy(upstream, seed=1, kinds=["reset", "flood"])
    with pytest.raises(ValueError, match="an upstream is"):
        FaultProxy("localhost", seed=1)


def test_a_dead_upstream_is_a_bad_gateway() -> None:
    with FaultProxy("http://127.0.0.1:1", seed=1, share=0) as proxy:
        assert httpx.get(proxy.url).status_code == 502


def test_mangling_always_changes_something() -> None:
    for seed in range(300):
        spoilt = mangle(ENTITY, Random(seed))
        assert spoilt != ENTITY
        json.dumps(spoilt)
    values: list[Any] = [None, True, 1, 1.5, "x", [], {}]
    for value in values:
        assert type(mangle(value, Random(1))) is not type(value)


def test_it_survives_every_kind_of_client_and_leaves_nothing(upstream, right) -> None:
    httpx.get(upstream + PATH)
    time.sleep(0.1)
    gc.collect()
    threads, files = set(threading.enumerate()), len(os.listdir("/proc/self/fd"))
    words: Counter[str] = Counter()
    with FaultProxy(upstream, seed=11, share=0.8, patience=0.05) as proxy:

        def some() -> None:
            with httpx.Client(timeout=SHORT) as client:
                words.update([outcome(client, proxy.url + PATH, right) for _ in range(60)])

        many = [threading.Thread(target=some) for _ in range(8)]
        for thread in many:
            thread.start()
        for thread in many:
            thread.join()
        for junk in (
            b"",
            b"\x16\x03\x01",
            b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", proxy.port)) as rude:
                rude.sendall(junk)
        assert sum(proxy.counts.values()) == sum(words.values()) == 480
        assert set(proxy.counts) == {*KINDS, "clean"}
        proxy.on = False
        assert httpx.get(proxy.url + PATH).json() == right
    time.sleep(0.1)
    gc.collect()
    assert set(threading.enumerate()) <= threads
    assert len(os.listdir("/proc/self/fd")) <= files


def test_leaving_does_not_wait_for_what_is_held(upstream) -> None:
    with FaultProxy(upstream, seed=1, kinds=["stall", "delay"]) as proxy:
        many = [socket.create_connection(("127.0.0.1", proxy.port)) for _ in range(10)]
        for one in many:
            one.sendall(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while proxy.counts.total() < 10:
            time.sleep(0.01)
        begun = time.monotonic()
    assert time.monotonic() - begun < 2
    for one in many:
        one.close()


# The recorder


def test_the_recorder_keeps_every_byte(upstream, right) -> None:
    with Recorder(upstream) as recorder:
        with httpx.Client() as client:
            assert client.get(recorder.url + PATH, headers={"X-One": "a secret"}).json() == right
            client.post(recorder.url + "/w/api.php", data={"search": "Zürich & more", "format": "json"})
            client.post(recorder.url + "/w/api.php?x=1", content=iter([b"in ", b"chunks"]))
        assert recorder.connections == 1
        until = time.monotonic() + 10
        while len(recorder.request_lines) < 3 and time.monotonic() < until:
            time.sleep(0.01)  # the upstream may answer before the recorder has read the last chunk
        assert recorder.request_lines == [
            f"GET {PATH} HTTP/1.1",
            "POST /w/api.php HTTP/1.1",
            "POST /w/api.php?x=1 HTTP/1.1",
        ]
        first, second, third = recorder.requests
        assert first.headers["x-one"] == "a secret"
        assert second == ("POST /w/api.php HTTP/1.1", second.headers, b"search=Z%C3%BCrich+%26+more&format=json")
        assert third.body == b"in chunks"
        assert recorder.sent.startswith(b"GET /w/api.php?")
        assert recorder.sent.count(b"HTTP/1.1\r\n") == 3
        assert b"a secret" in recorder.sent


def test_the_recorder_keeps_what_is_no_request_and_what_finds_nobody() -> None:
    with Recorder("http://127.0.0.1:1") as recorder:
        for data in (b"GET /secret HTTP/1.1\r\n\r\n", b"\x16\x03\x01 half a word"):
            with socket.create_connection(("127.0.0.1", recorder.port)) as client:
                client.sendall(data)
                assert client.recv(1) == b""
        assert recorder.request_lines == ["GET /secret HTTP/1.1"]
        assert recorder.sent == b"GET /secret HTTP/1.1\r\n\r\n\x16\x03\x01 half a word"


def test_the_recorder_stands_before_a_fault_proxy_too(upstream, right) -> None:
    with FaultProxy(upstream, seed=2, patience=0.05) as proxy, Recorder(proxy.url) as recorder:
        with httpx.Client(timeout=SHORT) as client:
            words = Counter(outcome(client, recorder.url + PATH, right) for _ in range(40))
        assert len(recorder.requests) == words.total() == 40
    with (
        FaultProxy(upstream, seed=2, kinds=["reset"]) as proxy,
        Recorder(proxy.url) as recorder,
        httpx.Client() as client,
    ):
        assert "ReadError" in {outcome(client, recorder.url + PATH, right) for _ in range(10)}


def test_the_recorder_leaves_nothing(upstream) -> None:
    before = set(threading.enumerate())
    with httpx.Client() as client, Recorder(upstream) as recorder:
        client.get(recorder.url + PATH)
        begun = time.monotonic()
    assert time.monotonic() - begun < 2
    assert {t for t in threading.enumerate() if t.name == "Recorder"} <= before


@pytest.mark.parametrize("cut", [lambda data: [data], lambda data: [data[n : n + 1] for n in range(len(data))]])
def test_requests_are_read_however_they_are_cut(cut: Callable[[bytes], list[bytes]]) -> None:
    data = (
        b"GET /a HTTP/1.1\r\nHost: x\r\nX: 1\r\nx: 2\r\n\r\n"
        b"POST /b HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"
        b"POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nde\r\n1\r\nf\r\n0\r\n\r\n"
        b"POST /d HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTrailer: t\r\n\r\n"
    )
    parser = RequestParser()
    requests = [request for part in cut(data) for request in parser.feed(part)]
    assert [request.line.split()[1] for request in requests] == ["/a", "/b", "/c", "/d"]
    assert [request.body for request in requests] == [b"", b"abc", b"def", b""]
    assert requests[0].headers == {"host": "x", "x": "1, 2"}
    assert parser.feed(b"nonsense\r\n\r\n") == []
    assert parser.opaque
