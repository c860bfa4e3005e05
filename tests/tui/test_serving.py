"""`caveat serve`: the same screen in a real browser, behind a token, bounded, and gone when the tab is closed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import psutil
import pytest

from reader.library import Library, key_of
from tests.servers.browser import Browser, missing_programs
from tests.servers.presence import require

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("patient")]
ARTEFACTS = Path(os.environ.get("CAVEAT_ARTEFACTS", "")) if os.environ.get("CAVEAT_ARTEFACTS") else None
GONE_WITHIN = 6.0


@pytest.fixture
def patient(monkeypatch) -> None:
    """The browser needs a home of its own to write in, and no variable of ours."""
    monkeypatch.delenv("CAVEAT_OFFLINE", raising=False)


class Server:
    """The server's process and the address that it printed."""

    def __init__(self, process: subprocess.Popen[bytes], url: str) -> None:
        self.process, self.url = process, url

    def visitors(self) -> list[psutil.Process]:
        """The processes of its visitors and of what they started."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []


@pytest.fixture
async def served(tmp_path, sample) -> AsyncIterator[Callable[..., Server]]:
    started: list[Server] = []

    def start(*words: str) -> Server:
        env = {**os.environ, "CAVEAT_DATA_DIR": str(tmp_path / "data"), "CAVEAT_CONFIG_DIR": str(tmp_path / "config")}
        process = subprocess.Popen(
            [sys.executable, "-m", "reader", "serve", *(words or (str(sample),))],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, start_new_session=True,
        )  # fmt: skip
        assert process.stdout is not None
        started.append(Server(process, process.stdout.readline().decode().strip()))
        return started[-1]

    yield start
    for server in started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()
        assert server.process.stdout is not None
        server.process.stdout.close()


async def gone(processes: list[psutil.Process]) -> float:
    """Seconds until none of them runs."""
    since = time.monotonic()
    while any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes):
        if time.monotonic() - since > GONE_WITHIN:
            pytest.fail(f"still there: {[p.cmdline() for p in processes if p.is_running()]}")
        await asyncio.sleep(0.05)
    return time.monotonic() - since


async def shoot(tab, name: str) -> None:
    """Keep a picture, where somebody wants it."""
    if ARTEFACTS is not None:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        await tab.screenshot(ARTEFACTS / f"served-{name}.png")


async def test_an_article_is_read_searched_and_noted_in_a_browser_and_its_process_ends_with_the_tab(
    served, sample, sample_article, tmp_path
):
    require(missing_programs())
    server = served()
    async with Browser(size=(1240, 860)) as browser:
        tab = await browser.open(server.url)
        await tab.until("Moscow and Washington agree", 30)
        await tab.until("checked in", 60)
        await tab.press("]")
        assert "✗ refuted" in await tab.until("Director General of Roscosmos")
        await shoot(tab, "problem")
        await tab.press("/", *"latvian", "enter")
        assert "1 of 1" in await tab.until("“latvian”")
        await shoot(tab, "search")
        await tab.press("escape", "A", *"ask the desk", "enter")
        await tab.until("note ask the desk")
        await shoot(tab, "note")
        before = await tab.screenshot_bytes()
        await tab.press("t")
        await tab.until("Theme: ")
        assert await tab.screenshot_bytes() != before
        await shoot(tab, "theme")
        visitors = server.visitors()
        assert visitors
        await tab.close_tab()
        await gone(visitors)
    outside = [
        url
        for url in tab.asked
        if not url.startswith((server.url.rpartition("/")[0], server.url.replace("http", "ws", 1), "data:", "blob:"))
    ]
    assert outside == []
    library = Library(tmp_path / "data" / "library.sqlite")
    assert [n.words for n in library.notes(key_of(sample_article, str(sample)))] == ["ask the desk"]
    assert library.place(key_of(sample_article, str(sample))).paragraph > 0
    library.close()


async def test_no_more_visitors_than_are_allowed_have_a_process(served):
    require(missing_programs())
    server = served("--visitors", "1", "station-crew-exchange")
    async with Browser() as browser:
        first = await browser.open(server.url)
        await first.until("Moscow and Washington", 30)
        second = await browser.open(server.url)
        await second.until("This reading has ended", 30)
        await first.close_tab()
        await gone(server.visitors())
        third = await browser.open(server.url)
        await third.until("Moscow and Washington", 30)


async def test_a_server_that_is_killed_leaves_no_process_behind(served):
    require(missing_programs())
    server = served()
    async with Browser() as browser:
        tab = await browser.open(server.url)
        await tab.until("checked in", 60)
        visitors = server.visitors()
        os.kill(server.process.pid, signal.SIGKILL)
        await gone(visitors)


async def test_without_the_token_and_from_another_page_nothing_is_served(served):
    server = served()
    root, token = server.url.rstrip("/").rsplit("/", 1)
    assert len(token) > 20
    assert root.startswith("http://127.0.0.1:")
    async with aiohttp.ClientSession() as session:
        for path in ("/", "/ws", "/static/js/textual.js", "/wrong/ws", f"/{token[:-1]}/", "/download/x"):
            async with session.get(root + path) as answer:
                assert answer.status == 404, path
        async with session.get(server.url) as page:
            assert page.status == 200
            assert "googleapis" not in await page.text()
        for origin in ("https://example.org", "http://127.0.0.1:1", None):
            headers = {"Origin": origin} if origin else {}
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(f"{server.url}ws", headers=headers)
            assert refused.value.status == 403
    assert server.visitors() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [(("-",), "cannot read a pipe"), (("no-such-file.txt",), "no-such-file.txt"), (("--port", "99999"), "port")],
)
def test_what_cannot_be_served_is_said_in_one_line(command_line, words, said):
    done = command_line("serve", *words)
    assert done.returncode == 2
    assert said in done.stderr.decode().splitlines()[-1]


@pytest.fixture
def command_line(config_home):
    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-m", "reader", *words], capture_output=True, timeout=60, check=False)

    return run
