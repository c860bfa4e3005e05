"""All kinds of terminals: few colours, dark and light ones, tiny and huge ones, and hands that type swiftly."""

from __future__ import annotations

import asyncio
import re
import sys
import threading
import time

import pytest
import tomli
from textual import events

from reader.resources import resource_dir
from tests.tui.conftest import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

FIRST_WORDS = "Two countries that agree on little"
SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
QUERY, IDENTITY = b"\x1b]11;?", b"\x1b[?62c"
LIGHT, DARK = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", b"\x1b]11;rgb:1414/1717/1c1c\x07"


def focused(term) -> str:
    """The words beside the bar of the focus, without the signs before and beside them."""
    marked = [re.split("[│▐]", line[4:])[0] for line in term.lines if line.startswith("▌")]
    return re.sub(r"[✓✗≠]\s*$", "", " ".join(" ".join(marked).split()))


def colours_in(raw: bytes) -> set[str]:
    """How colours were told: "2" for 24 bits, "5" for one of 256, "16" for one of the first sixteen."""
    ways = set()
    for found in SGR.findall(raw):
        codes = found.decode().replace(":", ";").split(";")
        while codes:
            code = codes.pop(0)
            if code in ("38", "48") and codes:
                ways.add(way := codes.pop(0))
                del codes[: 3 if way == "2" else 1]
            elif re.fullmatch(r"3[0-7]|4[0-7]|9[0-7]|10[0-7]", code):
                ways.add("16")
    return ways


def test_a_terminal_that_cannot_move_its_cursor_is_told_what_to_use(terminal, sample):
    term = terminal(str(sample), env={"TERM": "dumb"})
    assert term.ends() == 2
    lines = term.raw.decode().split("\r\n")
    assert len(lines) == 2
    assert lines[1] == ""
    assert "`caveat check`" in lines[0]
    assert "\x1b" not in lines[0]


@pytest.mark.parametrize(
    ("env", "ways"),
    [
        ({"TERM": "xterm", "COLORTERM": ""}, {"16"}),
        ({"TERM": "linux", "COLORTERM": ""}, {"16"}),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, {"5", "16"}),
        ({"TERM": "screen-256color", "COLORTERM": ""}, {"5", "16"}),
    ],
    ids=["xterm", "linux", "xterm-256color", "screen-256color"],
)
def test_a_terminal_of_few_colours_is_sent_no_more_than_it_has(terminal, sample, env, ways):
    term = terminal(str(sample), env=env)
    term.shows(FIRST_WORDS)
    term.until_checked()
    term.type("]")
    term.until(lambda: "✗ refuted" in term.text, "the verdict")
    term.type("t")
    term.shows("Theme:")
    sent = colours_in(term.raw)
    assert sent
    assert sent <= ways
    assert re.search(rb"[34]8[;:]2[;:]", term.raw) is None
    term.type("q")
    assert term.ends() == 0


def test_a_terminal_of_all_colours_is_sent_them(terminal, sample):
    term = terminal(str(sample))
    term.shows(FIRST_WORDS)
    assert "2" in colours_in(term.raw)


# Dark or light


def ground_of(theme: str) -> str:
    text = (resource_dir("styles") / "themes" / f"{theme}.toml").read_text("utf-8")
    return tomli.loads(text)["palette"]["background"].lstrip("#").lower()


def theme_of(term) -> str:
    """The theme that is worn, by the ground under most of the text."""
    with term._lock:
        grounds = [str(cell.bg).lower() for row in term._screen.buffer.values() for cell in row.values()]
    most = max(set(grounds), key=grounds.count)
    known = {ground_of(name): name for name in ("caveat-dark", "caveat-light", "caveat-contrast", "caveat-clear")}
    return known.get(most, most)


@pytest.fixture
def auto(config_home):
    """The settings leave the theme to the terminal."""
    (config_home / "config.toml").write_text('theme = "auto"\n', "utf-8")
    return config_home / "config.toml"


class Answering(Terminal):
    """A terminal that answers when it is asked for its background."""

    def __init__(self, *words: str, answer: bytes, after: float = 0.0, **how: object) -> None:
        self.answered = False
        self._answer, self._after = answer, after
        super().__init__(*words, **how)  # type: ignore[arg-type]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while not self.answered and not self._gone and self.process.poll() is None:
            if QUERY in self.raw:
                time.sleep(self._after)
                self.type(self._answer.decode("latin-1"))
                self.answered = True
            time.sleep(0.001)


@pytest.fixture
def answering(config_home):
    """Start the program in a terminal that answers."""
    started: list[Answering] = []

    def start(*words: str, answer: bytes, **how: object) -> Answering:
        started.append(Answering(*words, answer=answer, env={"COLORFGBG": ""}, **how))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.mark.parametrize(
    ("told", "theme"),
    [
        ("0;15", "caveat-light"),
        ("0;7", "caveat-light"),
        ("0;default;15", "caveat-light"),
        ("15;0", "caveat-dark"),
        ("15;default;0", "caveat-dark"),
        ("7;8", "caveat-dark"),
    ],
)
def test_the_theme_is_as_light_as_the_terminal_says_by_itself(terminal, auto, sample, told, theme):
    term = terminal(str(sample), env={"COLORFGBG": told})
    term.shows(FIRST_WORDS)
    assert theme_of(term) == theme
    assert QUERY not in term.raw


@pytest.mark.parametrize(
    ("answer", "theme"),
    [
        (LIGHT + IDENTITY, "caveat-light"),
        (b"\x1b]11;rgb:ff/ff/ff\x07" + IDENTITY, "caveat-light"),
        (b"\x1b]11;rgba:fdfd/f6f6/e3e3/ffff\x1b\\" + IDENTITY, "caveat-light"),
        (DARK + IDENTITY, "caveat-dark"),
        (b"\x1b]11;rgb:0000/0000/8080\x1b\\" + IDENTITY, "caveat-dark"),
        (IDENTITY, "caveat-dark"),
        (b"", "caveat-dark"),
    ],
    ids=["light", "light in two digits", "light with alpha", "dark", "blue", "only what it is", "nothing"],
)
def test_the_theme_is_as_light_as_the_terminal_answers_and_nothing_is_typed_by_it(
    answering, auto, sample, answer, theme
):
    term = answering(str(sample), answer=answer)
    term.shows(FIRST_WORDS)
    assert term.answered
    assert theme_of(term) == theme
    term.until_checked()
    first = focused(term)
    assert "¶ 1/" in term.lines[-1] or "¶ 2/" in term.lines[-1]
    time.sleep(0.3)
    assert focused(term) == first
    term.type("j")
    term.until(lambda: focused(term) not in ("", first), "j moves the focus")
    term.type("k")
    term.until(lambda: focused(term) == first, "k moves it back")
    term.type("q")
    assert term.ends() == 0
    assert b"11;rgb" not in term.raw, "the answer was echoed"
    assert "rgb:" not in term.text


def test_the_themes_for_dark_and_light_are_those_of_the_settings(answering, auto, sample):
    auto.write_text('theme = "auto"\nlight_theme = "caveat-contrast"\ndark_theme = "caveat-light"\n', "utf-8")
    for answer, theme in ((LIGHT, "caveat-contrast"), (DARK, "caveat-light")):
        term = answering(str(sample), answer=answer + IDENTITY)
        term.shows(FIRST_WORDS)
        assert theme_of(term) == theme


@pytest.mark.parametrize("theme", ["caveat-dark", "caveat-light"])
def test_a_key_that_is_pressed_before_anything_is_shown_is_not_lost(answering, config_home, sample, theme):
    (config_home / "config.toml").write_text(f'theme = "{theme}"\n', "utf-8")
    term = answering(str(sample), answer=DARK + IDENTITY)
    term.type("G")
    term.shows("What becomes of Rogozin", 8)
    term.until(lambda: "What becomes of Rogozin" in focused(term), "the last paragraph", 5)


@pytest.mark.parametrize("answer", [DARK + IDENTITY, LIGHT, b""], ids=["at once", "without an end", "never"])
def test_keys_that_are_pressed_while_the_terminal_is_asked_are_not_lost(answering, auto, sample, answer):
    term = answering(str(sample), answer=answer, after=0.2)
    term.until(lambda: QUERY in term.raw, "the terminal is asked", 20)
    term.type("G")
    term.until(lambda: "What becomes of Rogozin" in focused(term), "the last paragraph", 20)
    term.type("k")
    term.until(lambda: "What becomes of Rogozin" not in focused(term), "keys go on being keys", 10)
    assert "rgb" not in term.text


# Sizes


@pytest.mark.parametrize("size", [(300, 100), (40, 12)], ids=["huge", "tiny"])
def test_a_huge_and_a_tiny_terminal_show_the_text_and_take_the_keys(terminal, sample, size):
    term = terminal(str(sample), size=size)
    term.until(lambda: "Moscow and Washington agree" in term.text, "the title", 10)
    term.type("jj")
    term.until(lambda: focused(term).startswith("Two countries that agree"), "the second paragraph after the title", 40)
    term.type("G")
    term.until(lambda: "What becomes of Rogozin" in focused(term), "the last paragraph", 10)
    if size[0] > 100:
        term.until_checked()
    term.type("gg")
    term.until(lambda: focused(term).startswith("Moscow and Washington"), "the first paragraph", 10)
    assert len(term.lines) == size[1]
    term.until(lambda: "✗ 5" in term.lines[-1], "the verdicts are in", 40)
    term.type("]")
    term.until(lambda: "Rogozin" in focused(term), "the first refuted claim", 10)
    term.type("\r")
    term.shows("against" if size[0] > 100 else "refuted", 10)
    time.sleep(0.3)
    term.type("\x1b")
    time.sleep(0.5)
    term.type("?")
    term.shows("supported", 10)
    term.type("q")
    time.sleep(0.3)
    term.type("q")
    assert term.ends() == 0
    assert term.is_left_clean


# A swift hand


def ready(terminal, sample):
    term = terminal(str(sample))
    term.shows(FIRST_WORDS)
    term.until_checked()
    return term


def test_a_search_that_is_typed_at_once_is_taken_whole(terminal, sample):
    term = ready(terminal, sample)
    for words in ("soyuz", "quit", "meduza"):
        term.type(f"/{words}\r")
        term.shows(f"“{words}”", 5)
        time.sleep(0.2)
        term.type("\x1b")
        term.until(lambda words=words: f"“{words}”" not in term.text, "Escape ends the search", 5)
    assert term.process.poll() is None


def test_a_command_that_is_typed_at_once_is_taken_whole(terminal, sample):
    term = ready(terminal, sample)
    for number in (7, 3, 11, 5):
        term.type(f":{number}\r")
        term.until(lambda number=number: f"¶ {number}/" in term.lines[-1], f"paragraph {number}", 5)


def test_a_day_that_is_typed_at_once_is_taken_whole(terminal, sample):
    term = ready(terminal, sample)
    for day in ("2019-03-21", "1999"):
        term.type(f"a{day}\r")
        term.until(lambda day=day: f"as of {day} (yours)" in term.lines[0], f"the day is {day}", 8)
        term.until_checked()


def test_a_note_that_is_typed_at_once_is_taken_whole(terminal, sample):
    term = ready(terminal, sample)
    term.type("Aquit the zT? now/\r")
    term.until(lambda: "note quit the zT? now/" in term.column("right"), "the note", 8)
    assert term.process.poll() is None
    assert "Theme:" not in term.text


def test_a_search_and_keys_after_it_in_one_go_are_taken_in_their_order(terminal, sample):
    term = ready(terminal, sample)
    term.type("/nasa\rnn")
    term.until(lambda: re.search(r"“nasa” 3 of \d+", term.lines[-1]) is not None, "the third place", 5)


async def soon(seen, true, what: str) -> None:
    """Wait for a few seconds until something is so."""
    for _ in range(400):
        if true():
            return
        await seen.pilot.pause(0.02)
    pytest.fail(f"not within 8 s: {what}\n" + "\n".join(seen.lines))


def at_once(seen, text: str) -> None:
    """All keys of a text, with no time between them."""
    for char in text:
        key = events.Key("enter", "\r") if char == "\r" else events.Key(_name(char), char)
        seen.app._driver.send_message(key)


def _name(char: str) -> str:
    from textual.keys import _character_to_key

    return _character_to_key(char)


async def test_what_is_typed_right_after_opening_the_note_sheet_is_in_the_note(open_reader):
    async with open_reader() as seen:
        at_once(seen, "Aquit now\r")
        await soon(seen, lambda: not seen.has_dialog and "note quit now" in seen.margin, "the note is kept")
        assert seen.app.is_running


@pytest.mark.parametrize("words", ["quit", "a b", "j/k?q"])
async def test_what_is_typed_right_after_opening_the_note_sheet_stays_in_the_line(open_reader, words):
    from textual.widgets import Input

    async with open_reader() as seen:
        at_once(seen, "A" + words)
        await soon(seen, lambda: [line.value for line in seen.app.screen.query(Input)][-1:] == [words], "the words")
        await seen.press("x")
        assert seen.app.screen.query_one(Input).value == words + "x"
        await seen.press("backspace", "enter")
        await soon(seen, lambda: f"note {words}" in seen.margin, "the note is kept")


async def test_a_note_that_is_changed_at_once_is_changed(open_reader):
    async with open_reader() as seen:
        at_once(seen, "Amine\r")
        await soon(seen, lambda: "note mine" in seen.margin, "the note")
        at_once(seen, "A still\r")
        await soon(seen, lambda: "note mine still" in seen.margin, "the longer note")


async def test_keys_after_a_note_that_is_typed_at_once_are_keys_again(open_reader):
    async with open_reader() as seen:
        at_once(seen, "Amine\rG")
        last = len(seen.reading.article.paragraphs) - 1
        await soon(seen, lambda: seen.pane.paragraph == last, "the last paragraph")
        assert [n.words for n in seen.reading.noting.notes.values()] == ["mine"]


async def test_a_slip_of_a_swift_hand_is_taken_back_by_backspace(open_reader):
    from textual.widgets import Input

    async with open_reader() as seen:
        at_once(seen, "Amimn")
        seen.app._driver.send_message(events.Key("backspace", "\x7f"))
        seen.app._driver.send_message(events.Key("backspace", "\x7f"))
        at_once(seen, "ne")
        await soon(seen, lambda: seen.has_dialog, "the sheet")
        await seen.pilot.pause(0.2)
        assert seen.app.screen.query_one(Input).value == "mine"


async def test_a_day_that_is_typed_right_after_opening_its_sheet_is_the_day(open_reader):
    async with open_reader() as seen:
        at_once(seen, "a2019-03-21\r")
        await soon(seen, lambda: "as of 2019-03-21 (yours)" in seen.head, "the day")


async def at_a_pace(seen, text: str, turns: int) -> None:
    """All keys of a text, with some turns of the program between them: one comes whatever it is just about to do."""
    for char in text:
        at_once(seen, char)
        for _ in range(turns):
            await asyncio.sleep(0)


@pytest.mark.parametrize("turns", [*range(1, 12), 15, 20, 30])
async def test_at_no_pace_is_a_key_lost_or_overtaken_while_a_line_opens(open_reader, turns):
    async with open_reader() as seen:
        await at_a_pace(seen, "/latvian\r", turns)
        await soon(seen, lambda: "“latvian” 1 of 1" in seen.foot, "the search")
        await at_a_pace(seen, "Aat noon\r", turns)
        await soon(seen, lambda: not seen.has_dialog and "note at noon" in seen.margin, "the note")
        await at_a_pace(seen, "a2019-03-21\r", turns)
        await soon(seen, lambda: "as of 2019-03-21 (yours)" in seen.head, "the day")
        await at_a_pace(seen, ":3\r", turns)
        await soon(seen, lambda: seen.pane.paragraph == 2, "the paragraph")


async def test_a_search_and_a_command_are_taken_whole_too(open_reader):
    async with open_reader() as seen:
        at_once(seen, "/soyuz\r")
        await soon(seen, lambda: "“soyuz”" in seen.foot, "the search")
        await seen.press("escape")
        at_once(seen, ":9\r")
        await soon(seen, lambda: seen.pane.paragraph == 8, "the ninth paragraph")
