"""`caveat sources`, `caveat store`, and web addresses, as somebody at a prompt meets them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from reader.knowledge.store import EvidenceStore

STORY = """<!doctype html><html lang="en"><head><title>Crews</title><meta property="article:published_time" content="2019-03-01T08:00:00Z">
<meta name="author" content="Ann Oak"></head><body><nav>Home | News</nav><article><h1>Crews meet in Moscow</h1>
<p>NASA administrator Jim Bridenstine met the head of Roscosmos, Dmitry Rogozin, in Moscow on Friday to talk about seats for the next
crews, officials of both agencies said after the meeting.</p><p>They agreed to meet again in the spring and to let the engineers of both
sides look at the docking port before anybody flies to the station again, which may take until the summer.</p></article></body></html>"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/gone":
                self.send_response(410)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body = b"<html><p>Sign in.</p></html>" if self.path == "/thin" else STORY.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def caveat(tmp_path, cache_home):
    """Run `caveat`, allowed to go online, with a config and a store of its own; no source is anywhere but on loopback."""
    config = tmp_path / "config"
    config.mkdir()
    off = "\n".join(f"[sources.{n}]\nenabled = false" for n in ("wikidata", "wikipedia", "crossref", "pictures"))
    (config / "config.toml").write_text(off)

    def run(*words: object, **more: str) -> subprocess.CompletedProcess:
        env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.environ["PYTHONPATH"],
            "HOME": str(tmp_path / "missing"),
            "XDG_CACHE_HOME": str(cache_home),
            "CAVEAT_CONFIG_DIR": str(config),
            "CAVEAT_DATA_DIR": str(tmp_path / "data"),
            **more,
        }
        started = [sys.executable, "-m", "reader", *map(str, words)]
        return subprocess.run(started, capture_output=True, text=True, env=env, timeout=90, start_new_session=True)

    return run


def test_a_web_address_is_checked_like_a_file_with_the_page_s_own_day(caveat, site):
    done = caveat("check", f"{site}/story.html", "--allow-private", "--format", "json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["article"]["title"] == "Crews meet in Moscow"
    assert report["article"]["byline"] == "Ann Oak"
    assert report["article"]["as_of"] == {"date": "2019-03-01", "from": "metadata"}
    assert report["article"]["url"] == f"{site}/story.html"
    assert {p["text"] for p in report["article"]["paragraphs"] if p["kind"] == "boilerplate"} == {"Home | News"}
    assert any(v["label"] == "supported" and v["check"] == "office" for c in report["claims"] for v in c["verdicts"])


def test_a_page_that_was_read_once_opens_offline(caveat, site):
    first = caveat("check", f"{site}/story.html", "--allow-private")
    again = caveat("check", f"{site}/story.html", "--allow-private", "--offline")
    assert (first.returncode, again.returncode) == (0, 0)
    assert again.stdout.splitlines()[0] == first.stdout.splitlines()[0]
    assert caveat("check", f"{site}/other.html", "--offline").returncode == 2


@pytest.mark.parametrize(
    ("path", "said"),
    [("/gone", "removed"), ("/thin", "too little text")],
)
def test_what_is_no_article_is_said_in_one_line(caveat, site, path, said):
    done = caveat("check", f"{site}{path}", "--allow-private")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_private_machine_is_not_asked_unless_that_is_allowed(caveat, site):
    done = caveat("check", f"{site}/story.html")
    assert done.returncode == 2
    assert "--allow-private" in done.stderr


@pytest.mark.parametrize(
    "address", ["http://", "https://exa mple", "http://[::1", "https://user:pw@127.0.0.1/", "https://127.0.0.1:99999/"]
)
def test_an_address_that_is_none_is_said_in_one_line(caveat, address):
    done = caveat("check", address, "--allow-private")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_sources_are_listed_with_where_they_are_what_is_sent_and_whether_they_are_on(caveat):
    listed = caveat("sources").stdout
    blocks = {b.splitlines()[0].split(" (")[0]: b for b in listed.strip().split("\n\n")}
    assert "switched off" in blocks["Wikidata"]
    assert "off: needs a key" in blocks["Google Fact Check"]
    assert "never" in blocks["Wikidata"]
    assert all(
        word in block for block in blocks.values() for word in ("host", "is sent", "key", "licence", "last answer")
    )


def test_a_key_of_the_environment_switches_its_source_on_and_is_shown_nowhere(caveat):
    done = caveat("sources", CAVEAT_SOURCES_FACTCHECK_KEY="very-secret-key")
    block = next(b for b in done.stdout.split("\n\n") if b.startswith("Google"))
    assert block.splitlines()[0].endswith(": on")
    assert "set" in block
    assert "very-secret" not in done.stdout + done.stderr


def test_an_address_of_the_environment_takes_the_place_of_the_source_s_own(caveat):
    done = caveat("sources", CAVEAT_SOURCES_WIKIDATA_URL="https://mirror.example/w/api.php")
    assert "mirror.example" in done.stdout
    assert "www.wikidata.org" not in done.stdout


def test_a_store_that_is_not_there_yet_is_empty_and_no_error(caveat):
    done = caveat("store", "info")
    assert done.returncode == 0
    assert "nothing has been fetched" in done.stdout


def test_the_store_says_what_it_holds_is_pruned_verified_and_repaired(caveat, site, tmp_path):
    caveat("check", f"{site}/story.html", "--allow-private")
    told = caveat("store", "info").stdout
    assert "web pages          1" in told
    assert caveat("store", "verify").returncode == 0
    assert caveat("store", "prune", "--size", "0").returncode == 0
    assert "web pages          0" in caveat("store", "info").stdout
    path = tmp_path / "data" / "evidence.sqlite"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + os.urandom(len(whole) // 2))
    assert caveat("store", "verify").returncode == 1
    done = caveat("store", "repair")
    assert done.returncode == 0
    assert list(path.parent.glob("*.damaged-1"))
    assert caveat("store", "verify").returncode == 0


def test_a_file_that_is_no_store_is_left_alone(caveat, tmp_path):
    path = tmp_path / "data" / "evidence.sqlite"
    path.parent.mkdir()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE mine (x)")
    before = path.read_bytes()
    done = caveat("store", "info")
    assert done.returncode == 2
    assert "no evidence store" in done.stderr
    assert path.read_bytes() == before
    with pytest.raises(Exception, match="no evidence store"):
        EvidenceStore(path)
    assert path.read_bytes()[:16] == before[:16]


def test_the_feed_of_reviews_is_fetched_when_it_is_asked_for_and_used_from_then_on(caveat, tmp_path):
    feed = {"dataFeedElement": [{"item": [{"claimReviewed": "Dmitry Rogozin said the station would fall on Florida", "author": {"name": "Checkers"}, "datePublished": "2019-02-02", "url": "https://example.org/r", "reviewRating": {"alternateName": "Out of context"}}]}, {"item": None}]}  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(feed).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/data.json"
    try:
        done = caveat("sources", "update", CAVEAT_SOURCES_CLAIMREVIEW_URL=url)
    finally:
        server.shutdown()
        server.server_close()
    assert done.returncode == 0, done.stderr
    assert "1 reviews" in done.stderr
    story = tmp_path / "story.txt"
    story.write_text("Station\n\nDmitry Rogozin said the station would fall on Florida one day.\n")
    found = json.loads(caveat("check", story, "--format", "json").stdout)
    verdicts = [v for c in found["claims"] for v in c["verdicts"] if v["tier"] == "prior-review"]
    assert [v["label"] for v in verdicts] == ["not-enough-evidence"] * len(verdicts)
    assert verdicts
    assert "«Out of context»" in verdicts[0]["explanation"]
    assert caveat("sources", "update", CAVEAT_SOURCES_CLAIMREVIEW_URL=url).returncode == 2
