"""What the tests of the screen share: no home, an app of any size, the program in a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psutil
import pyte
import pytest
from hypothesis import configuration, settings
from rich.cells import cell_len

import reader
from reader.article.load import load_bytes
from reader.article.model import Article
from reader.desk import DeskOptions
from reader.settings import Settings, load_settings
from reader.tui.app import CaveatApp
from reader.tui.screens.reading import ReadingScreen

configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "caveat-hypothesis")  # not into the checkout
settings.register_profile("caveat", database=None, deadline=None, derandomize=True)
settings.load_profile("caveat")

ROOT = Path(reader.__file__).parents[1]
SAMPLE = ROOT / "sample_articles" / "articles" / "station-crew-exchange.md"
PATIENCE = 45.0
T = TypeVar("T")
_ALT_SCREEN = re.compile(rb"\x1b\[\?1049([hl])")


@pytest.fixture(autouse=True)
def config_home(cache_home, tmp_path, monkeypatch) -> Path:
    """The reader's config folder: empty, and theirs alone. There is no home, and nothing of the real terminal."""
    folder = tmp_path / "config"
    folder.mkdir()
    for name in (
        "NO_COLOR",
        "TEXTUAL_THEME",
        "TEXTUAL_DRIVER",
        "TEXTUAL_ANIMATIONS",
        "COLUMNS",
        "LINES",
        "FORCE_COLOR",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    monkeypatch.setenv("CAVEAT_CONFIG_DIR", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return folder


async def _settle(*_: object, **__: object) -> None:
    """Textual's pilot waits by the clock until nothing runs; that every message is handled it sees without."""
    for _turn in range(5):
        await asyncio.sleep(0.001)


@pytest.fixture(autouse=True)
def _swift_pilot(monkeypatch) -> None:
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", _settle)


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample article about the crew exchange."""
    return SAMPLE


@pytest.fixture(scope="session")
def sample_article() -> Article:
    """The same, read."""
    return load_bytes(SAMPLE.read_bytes(), name=SAMPLE.name)


@pytest.fixture
def config(config_home) -> Callable[[str], Settings]:
    """Settings as the program reads them from a config.toml of that text."""

    def written(text: str) -> Settings:
        (config_home / "config.toml").write_text(text, "utf-8")
        return load_settings()

    return written


class Reader:
    """The app under the pilot, asked in the words of somebody who looks at it."""

    def __init__(self, app: CaveatApp, pilot: object) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def reading(self):
        """The reading screen, also below a dialog."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReadingScreen))

    @property
    def has_dialog(self) -> bool:
        """Whether something lies over the reading screen."""
        return not isinstance(self.app.screen, ReadingScreen)

    @property
    def pane(self):
        """The article's pane."""
        return self.reading.article_pane

    @property
    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        return ["".join(s.text for s in strip) for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """What is on the screen, in one string with single spaces, the frame left out."""
        return " ".join(re.sub("[│─╭╮╰╯▁▂▃▄▅▆▇█▌▏▕▎▊▔]", " ", "\n".join(self.lines)).split())

    def words_of(self, widget) -> str:
        """What a widget shows, or would show if it were tall enough; single spaces."""
        return " ".join(str(widget.content if hasattr(widget, "content") else widget.render()).split())

    @property
    def margin(self) -> str:
        """What the margin says, scrolled out of view or not."""
        return self.words_of(self.reading.query_one("#margin-body"))

    @property
    def head(self) -> str:
        """The head line."""
        return self.words_of(self.reading.head)

    @property
    def foot(self) -> str:
        """The foot line."""
        return self.words_of(self.reading.foot)

    async def press(self, *keys: str) -> None:
        """Press keys, or sequences of them ("g g"), then let the screen settle."""
        await self.pilot.press(*(key for sequence in keys for key in sequence.split(" ")))
        await self.pilot.pause(0.055)

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > deadline:
                pytest.fail(f"not within {PATIENCE:.0f} s: {what}\n" + "\n".join(self.lines))
            await self.pilot.pause(0.02)

    async def at_rest(self, state: Callable[[], T]) -> T:
        """Wait until something stays as it is for longer than the margin takes to follow."""
        last = state()
        for _ in range(50):
            await self.pilot.pause(0.15)
            now = state()
            if now == last:
                return now
            last = now
        pytest.fail("the screen does not come to rest\n" + "\n".join(self.lines))

    async def until_checked(self) -> None:
        """Wait until the foot says that the checking is done, or that it failed as a whole."""
        await self.until(
            lambda: re.search("checked in|checking failed", self.reading.foot._progress) is not None,
            "the checking is done",
        )
        await self.pilot.pause(0.055)

    def claims(self, *labels: str) -> list:
        """The claims that are on record, in reading order."""
        found = sorted(self.reading.index.everything(), key=lambda r: (r.claim.span, r.claim.id))
        return [r for r in found if not labels or r.leading.label in labels]

    def rows_of(self, paragraph: int) -> range:
        """The rows of the article that a paragraph takes, counted from the pane's first visible row."""
        laid = self.pane.lines_laid
        top = laid.first_line(paragraph) - self.pane.scroll_offset.y
        return range(top, top + len(laid.lines(paragraph)))

    def sees(self, paragraph: int, at: int | None = None) -> bool:
        """Whether a row of the paragraph (the row that holds a character of it) is painted in the article's pane."""
        region = self.pane.region
        words = self.reading.article.paragraphs[paragraph].text
        rows = list(self.rows_of(paragraph))
        for number, (start, end) in enumerate(self.pane.lines_laid.lines(paragraph)):
            if at is not None and not start <= at <= end:
                continue
            line = rows[number]
            if 0 <= line < region.height:
                painted = self.lines[region.y + line]
                if words[start:end].strip() in painted:
                    return True
        return False


@pytest.fixture
def open_reader(monkeypatch, sample_article, no_parse):
    """Open the app on an article (its text, or an Article; the sample when left out)."""

    @contextlib.asynccontextmanager
    async def opened(
        article: Article | str | bytes | None = None,
        *,
        name: str = "article.txt",
        size: tuple[int, int] = (120, 40),
        options: DeskOptions | None = None,
        own: Settings | None = None,
        language: bool = False,
        checked: bool = True,
    ) -> AsyncIterator[Reader]:
        if not language:
            monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
        if article is None:
            article = sample_article
        elif not isinstance(article, Article):
            article = load_bytes(
                article if isinstance(article, bytes) else article.encode("utf-8", "surrogatepass"), name=name
            )
        app = CaveatApp(article, options or DeskOptions(), own or Settings())
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            seen = Reader(app, pilot)
            await seen.until(lambda: not seen.has_dialog and seen.pane.is_laid_out, "the article is laid out")
            await pilot.pause()
            if checked:
                await seen.until_checked()
            yield seen

    return opened


_SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|P[^\x1b]*\x1b\\|[^\[P])")


def _whole(data: bytes) -> tuple[bytes, bytes]:
    """What was read, and the beginning of a sequence at its end whose rest is still to come."""
    at = data.rfind(b"\x1b")
    if at < 0 or len(data) - at > 64 or _SEQUENCE.match(data, at):
        return data, b""
    return data[:at], data[at:]


class Terminal:
    """The real program in a pseudo-terminal: its bytes, and what a terminal makes of them."""

    def __init__(
        self,
        *words: str,
        size: tuple[int, int] = (120, 40),
        stdin: bytes | None = None,
        env: dict[str, str] | None = None,
        hears_hangup: bool = True,
    ) -> None:
        self.columns, self.rows = size
        self.raw = b""
        self._gone = False
        self._rest = b""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._lock = threading.Lock()
        self.master, slave = pty.openpty()
        self._set_size(*size)
        piped = None
        if stdin is not None:
            piped, feed = os.pipe()
            threading.Thread(target=self._feed, args=(feed, stdin), daemon=True).start()

        def own_terminal() -> None:
            os.setsid()
            signal.signal(signal.SIGHUP, signal.SIG_DFL if hears_hangup else signal.SIG_IGN)
            if hears_hangup:
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        surroundings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reader", *words],
            stdin=slave if piped is None else piped, stdout=slave, stderr=slave, pass_fds=(slave,),
            cwd=ROOT, env=surroundings, preexec_fn=own_terminal,
        )  # fmt: skip
        os.close(slave)
        if piped is not None:
            os.close(piped)
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    @staticmethod
    def _feed(pipe: int, data: bytes) -> None:
        with contextlib.suppress(OSError), os.fdopen(pipe, "wb") as stream:
            stream.write(data)

    def _read(self) -> None:
        while not self._gone:
            try:
                if not select.select([self.master], [], [], 0.1)[0]:
                    continue
                data = os.read(self.master, 65536)
            except OSError:
                return
            if not data:
                return
            with self._lock:
                self.raw += data
                data, self._rest = _whole(self._rest + data)
                with contextlib.suppress(
                    Exception
                ):  # pyte does not know every sequence; what is asserted is on its screen
                    self._stream.feed(
                        re.sub(rb"\x1b\[[<>=?][0-9;]*[uc]|\x1b\[\?[0-9;]*\$p|\x1bP[^\x1b]*\x1b\\", b"", data)
                    )

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """As when somebody drags the window's corner."""
        with self._lock:
            self._screen.resize(rows, columns)
            self._screen.reset()
        self._set_size(columns, rows)
        self.process.send_signal(signal.SIGWINCH)
        self.columns, self.rows = columns, rows

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.master, keys.encode())

    @property
    def lines(self) -> list[str]:
        """The terminal's screen now."""
        with self._lock:
            return list(self._screen.display)

    @property
    def text(self) -> str:
        """The same, in one string with single spaces, the frame left out."""
        return " ".join(re.sub("[│─╭╮╰╯▁▔▊▎]", " ", "\n".join(self.lines)).split())

    def column(self, side: str) -> str:
        """The left or the right part of a wide screen, single spaces."""
        lines = self.lines
        bar = max((line.find("│") for line in lines), default=-1)
        cut = bar if bar > 0 else self.columns
        return " ".join(" ".join(line[:cut] if side == "left" else line[cut + 1 :] for line in lines).split())

    @property
    def colours(self) -> frozenset[tuple[str, str]]:
        """Every pair of foreground and background on the screen."""
        with self._lock:
            return frozenset((c.fg, c.bg) for row in self._screen.buffer.values() for c in row.values())

    def until(self, true: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + seconds
        while not true():
            if time.monotonic() > deadline:
                pytest.fail(
                    f"not within {seconds:.0f} s: {what} (status {self.process.poll()})\n" + "\n".join(self.lines)
                )
            time.sleep(0.03)

    def shows(self, words: str, seconds: float = PATIENCE) -> None:
        """Wait until some words are on the screen."""
        self.until(lambda: words in self.text, f"the screen shows {words!r}", seconds)

    def until_checked(self) -> None:
        """Wait until the foot says that the checking is done."""
        self.until(lambda: "checked in" in self.lines[-1], "the checking is done")

    def descendants(self) -> list[psutil.Process]:
        """The processes that the program has started."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def ends(self) -> int:
        """Wait for the end; the exit status."""
        self.until(lambda: self.process.poll() is not None, "the program ends", 15)
        self._reading.join(PATIENCE)  # a busy machine is slow to hand over the last bytes
        return self.process.returncode

    @property
    def is_left_clean(self) -> bool:
        """Whether the last word on the alternate screen was to leave it."""
        switches = _ALT_SCREEN.findall(self.raw)
        return bool(switches) and switches[-1] == b"l"

    def disappears(self) -> None:
        """As when the window is closed, or the connection to it is lost."""
        self._gone = True
        self._reading.join()
        os.close(self.master)
        self.master = -1

    def local_modes(self) -> int:
        """The terminal's line discipline: echo, canonical input, signals."""
        return termios.tcgetattr(self.master)[3]

    def close(self) -> None:
        """End what is left, whatever happened."""
        for process in self.descendants():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._gone = True
        self._reading.join()  # or it would read from the next terminal, which gets the same number
        with contextlib.suppress(OSError):
            os.close(self.master)


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Start the real program in a terminal of its own."""
    started: list[Terminal] = []

    def start(*words: str, **how: object) -> Terminal:
        started.append(Terminal(*words, **how))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture(scope="session")
def cells() -> Callable[[str], int]:
    """How many columns a text takes on a terminal."""
    return cell_len


@pytest.fixture
def facts_pack(tmp_path):
    """A pack of hand-written entities, built as `caveat pack build` builds one."""
    from reader.knowledge.build import PackBuilder
    from reader.knowledge.facts import facts_from

    def built(entities: list[dict], name: str = "mine", snapshot: str = "2024-01-01") -> Path:
        out = tmp_path / f"{name}.pack"
        with PackBuilder(out, name=name) as builder:
            builder.add(facts_from({"snapshot": snapshot, "entities": entities}, name))
            builder.finish()
        return out

    return built


@pytest.fixture
def toasts() -> Callable[[CaveatApp], str]:
    """What the toasts of an app say, all in one string."""
    return lambda app: " | ".join(f"{n.title}: {n.message}" for n in app._notifications)
