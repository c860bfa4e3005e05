"""Debian's Chromium without a window, for tests of what a visitor of a page that textual-serve made sees and does.

    async with Browser() as browser:
        tab = await browser.open("http://127.0.0.1:8000/")
        await tab.until("Moscow and Washington")
        await tab.click(*await tab.where("Moscow"))  # as everywhere in a browser, keys go where the last click was
        await tab.press("j", "ctrl+x", ":", "enter")

It is driven over the DevTools protocol, https://chromedevtools.github.io/devtools-protocol/, and reaches this machine only.
It has a folder of its own, and is killed at the end of the `with` block or of the thread that started it, or at exit.
"""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import tempfile
import time
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from signal import SIGKILL
from types import TracebackType
from typing import Any, Self

import aiohttp
import pytest

from tests.servers.processes import PATIENCE, serve

ANSWER = 30.0
"""Seconds that Chromium gets for one command."""

ALONE = 0.3
"""Seconds after Escape in which Textual would take the next key for the rest of one that begins with it."""

_FLAGS = """
    --headless=new --no-sandbox --remote-debugging-port=0 --no-startup-window --no-first-run --no-default-browser-check
    --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage
    --disable-background-timer-throttling --disable-renderer-backgrounding --disable-backgrounding-occluded-windows
""".split()  # without its sandbox: it needs rights that root and most containers lack, and the pages are our own
_LOOPBACK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"

_TRAP = """
    Object.defineProperty(Object.prototype, "terminal", {configurable: true, set(made) {
        delete Object.prototype.terminal;
        this.terminal = window.xterm = made;
    }});
"""  # the page draws on a canvas and keeps its Terminal to itself, in the one object that has a field of this name
_TEXT = """(() => {
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    if (!window.xterm?.element?.contains(middle)) return document.body?.innerText ?? "";
    const shown = xterm.buffer.active;
    const lines = Array.from({length: xterm.rows}, (_, y) => shown.getLine(shown.viewportY + y).translateToString());
    return lines.map(line => line.trimEnd()).join("\\n");
})()"""
_WHERE = """(words => {
    const shown = xterm.buffer.active, box = xterm.element.querySelector(".xterm-screen").getBoundingClientRect();
    for (let y = 0; y < xterm.rows; y++) {
        const line = shown.getLine(shown.viewportY + y), columns = [];
        let text = "";
        for (let x = 0; x < xterm.cols; x += line.getCell(x).getWidth() || 1) {
            text += line.getCell(x).getChars() || " ";
            while (columns.length < text.length) columns.push(x);
        }
        const at = text.indexOf(words);
        if (at >= 0) return [
            box.left + (columns[at] + 0.5) * box.width / xterm.cols, box.top + (y + 0.5) * box.height / xterm.rows];
    }
    return null;
})"""


# Keys: the name of the key, its place on an American keyboard, Windows' number for it

_MODIFIERS = {"alt": 1, "ctrl": 2, "meta": 4, "shift": 8}
_NAMED = {
    "enter": ("Enter", 13), "escape": ("Escape", 27), "tab": ("Tab", 9), "backspace": ("Backspace", 8),
    "delete": ("Delete", 46), "home": ("Home", 36), "end": ("End", 35), "pageup": ("PageUp", 33),
    "pagedown": ("PageDown", 34), "left": ("ArrowLeft", 37), "up": ("ArrowUp", 38), "right": ("ArrowRight", 39),
    "down": ("ArrowDown", 40), **{f"f{n}": (f"F{n}", 111 + n) for n in range(1, 13)},
}  # fmt: skip
_TYPED = {
    " ": ("Space", 32), **{f"{c}{c.upper()}": (f"Key{c.upper()}", ord(c.upper())) for c in "abcdefghijklmnopqrstuvwxyz"},
    **{pair: (f"Digit{pair[0]}", ord(pair[0])) for pair in "0) 1! 2@ 3# 4$ 5% 6^ 7& 8* 9(".split()},
    ";:": ("Semicolon", 186), "=+": ("Equal", 187), ",<": ("Comma", 188), "-_": ("Minus", 189), ".>": ("Period", 190),
    "/?": ("Slash", 191), "`~": ("Backquote", 192), "[{": ("BracketLeft", 219), "\\|": ("Backslash", 220),
    "]}": ("BracketRight", 221), "'\"": ("Quote", 222),
}  # fmt: skip
_CHARACTERS = {
    character: (code, number, _MODIFIERS["shift"] if shifted else 0)
    for pair, (code, number) in _TYPED.items()
    for shifted, character in enumerate(pair)
}


def _stroke(key: str) -> dict[str, Any]:
    """What pressing a key means to `Input.dispatchKeyEvent`; a key is named as Textual does or is the character."""
    before, _, rest = key[:-1].rpartition("+")
    name = rest + key[-1]
    held = sum(_MODIFIERS[modifier] for modifier in before.split("+") if modifier)
    if name in _NAMED:
        code, number = _NAMED[name]
        named = {"key": code, "code": code, "windowsVirtualKeyCode": number, "modifiers": held}
        return named | ({"text": "\r"} if name == "enter" else {})
    character = " " if name == "space" else name
    if len(character) != 1:
        raise ValueError(f"no such key: {key!r}")
    code, number, shift = _CHARACTERS.get(character, ("", 0, 0))
    typed = {"key": character, "code": code, "windowsVirtualKeyCode": number, "modifiers": held | shift}
    return typed | ({} if held else {"text": character})


# The browser


def missing_programs() -> list[str]:
    """The Debian packages that this machine lacks; empty when the browser can run."""
    needed = {"chromium": "chromium", "setpriv": "util-linux"}
    return [package for program, package in needed.items() if not shutil.which(program)]


class Browser:
    """Chromium, alive as long as the `async with` block; `size` is that of every page, in pixels.

    Starting it holds up the event loop for about a second. The thread that does it is to live as long as the browser.
    """

    def __init__(self, size: tuple[int, int] = (1200, 800)) -> None:
        self.size = size
        self.pid = 0
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._tabs: dict[str, Tab] = {}
        self._ending = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as ending:
            folder = Path(tempfile.mkdtemp(prefix="browser-"))
            ending.callback(_remove, folder)
            port = folder / "DevToolsActivePort"
            words = ["setpriv", "--pdeathsig", "KILL", "chromium", *_FLAGS, _LOOPBACK, f"--user-data-dir={folder}"]
            running = serve(
                lambda _: words,
                lambda _: port.exists() and port.read_text().count("\n") == 1,
                folder / "chromium.log",
                {"HOME": str(folder), "TMPDIR": str(folder)},
                stop=SIGKILL,
            )
            ending.callback(running.end)
            self.pid = running.pid
            number, path = port.read_text().split()
            session = await ending.enter_async_context(aiohttp.ClientSession())
            address = f"ws://127.0.0.1:{number}{path}"
            self._socket = await ending.enter_async_context(session.ws_connect(address, max_msg_size=0))
            listening = asyncio.create_task(self._listen())
            ending.callback(listening.cancel)
            self._ending = ending.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._ending.aclose()

    async def open(self, url: str) -> Tab:
        """A new tab at that address, which may still be loading; it has a window of its own, so none hides another."""
        target = (await self.call("Target.createTarget", url="about:blank", newWindow=True))["targetId"]
        session = (await self.call("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        tab = self._tabs[session] = Tab(self, target, session)
        await tab.call("Page.enable")
        await tab.call("Network.enable")
        await tab.call("Page.addScriptToEvaluateOnNewDocument", source=_TRAP)
        await tab.call("Emulation.setFocusEmulationEnabled", enabled=True)
        size = {"width": self.size[0], "height": self.size[1], "deviceScaleFactor": 1, "mobile": False}
        await tab.call("Emulation.setDeviceMetricsOverride", **size)
        if failed := (await tab.call("Page.navigate", url=url)).get("errorText"):
            raise ConnectionError(f"{url}: {failed}")
        return tab

    async def addresses(self) -> list[str]:
        """Where all its tabs are, those that pages opened by themselves too."""
        found = (await self.call("Target.getTargets"))["targetInfos"]
        return [target["url"] for target in found if target["type"] == "page"]

    async def call(self, method: str, session: str | None = None, **values: Any) -> dict[str, Any]:
        """Send a command of the protocol, to the browser or to one tab's session; gives back its result."""
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        to = {"sessionId": session} if session else {}
        await self._socket.send_json({"id": number, "method": method, "params": values, **to})
        try:
            async with asyncio.timeout(ANSWER):
                said = await answer
        finally:
            del self._waiting[number]
        if "error" in said:
            raise RuntimeError(f"{method}: {said['error']['message']}")
        return dict(said["result"])

    async def _listen(self) -> None:
        """Give answers to those who wait for them, and events to their tab."""
        try:
            async for message in self._socket:
                said = message.json()
                answer = self._waiting.get(said.get("id", 0))
                if answer and not answer.done():
                    answer.set_result(said)
                elif said.get("sessionId") in self._tabs:
                    self._tabs[said["sessionId"]].hear(said)
        finally:
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(ConnectionError("Chromium is gone"))


class Tab:
    """One visitor. `asked` is every address that the page asked for, that of its websocket too, reachable or not."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self.asked: list[str] = []
        self._browser = browser
        self._target = target
        self._session = session

    async def call(self, method: str, **values: Any) -> dict[str, Any]:
        """Send a command of the protocol to this tab."""
        return await self._browser.call(method, self._session, **values)

    def hear(self, said: dict[str, Any]) -> None:
        """Note an event."""
        match said:
            case {"method": "Network.requestWillBeSent", "params": {"request": {"url": str(url)}}}:
                self.asked.append(url)
            case {"method": "Network.webSocketCreated", "params": {"url": str(url)}}:
                self.asked.append(url)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other: "j", "G", ":", "space", "enter", "down", "ctrl+x", "shift+tab"."""
        for key in keys:
            stroke = _stroke(key)
            await self.call("Input.dispatchKeyEvent", type="keyDown" if "text" in stroke else "rawKeyDown", **stroke)
            await self.call("Input.dispatchKeyEvent", type="keyUp", **{k: v for k, v in stroke.items() if k != "text"})
            if key == "escape":
                await asyncio.sleep(ALONE)

    async def click(self, x: float, y: float) -> None:
        """Move the mouse there and click, in pixels from the page's upper left corner."""
        await self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for what in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=what, x=x, y=y, button="left", clickCount=1)

    async def where(self, words: str) -> tuple[float, float]:
        """The pixel in the middle of the first letter of words that the terminal shows in one line."""
        found = await self.evaluate(f"{_WHERE}({json.dumps(words)})")
        if found is None:
            pytest.fail(f"the terminal does not show {words!r}\n{await self.text()}")
        return found[0], found[1]

    async def evaluate(self, js: str) -> Any:
        """The value of an expression in the page, or what its promise brings."""
        done = await self.call("Runtime.evaluate", expression=js, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in done:
            failed = done["exceptionDetails"]
            raise RuntimeError(failed.get("exception", {}).get("description", failed["text"]))
        return done["result"].get("value")

    async def screenshot_bytes(self) -> bytes:
        """The page as a PNG picture."""
        return base64.b64decode((await self.call("Page.captureScreenshot"))["data"])

    async def screenshot(self, path: Path) -> None:
        """Write what the tab shows as PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    async def text(self) -> str:
        """The terminal's lines; the page's own words while it shows no terminal or something lies over it."""
        return str(await self.evaluate(_TEXT))

    async def until(self, words: str, seconds: float = 10) -> str:
        """Wait until some words are shown, whatever the space between them; gives back all that is shown then."""
        deadline = time.monotonic() + seconds
        while words not in " ".join((shown := await self.text()).split()):
            if time.monotonic() > deadline:
                pytest.fail(f"not within {seconds:g} s: the page shows {words!r}\n{shown}")
            await asyncio.sleep(0.03)
        return shown

    async def close_tab(self) -> None:
        """As when the visitor closes it; nothing else can be done with it then."""
        await self._browser.call("Target.closeTarget", targetId=self._target)


def _remove(folder: Path) -> None:
    """Remove the browser's folder; its last children may still write there for a moment after they were killed."""
    until = time.monotonic() + PATIENCE
    while folder.exists():
        shutil.rmtree(folder, ignore_errors=time.monotonic() < until)
        time.sleep(0.01)
