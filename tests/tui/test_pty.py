"""The real program in a real terminal: what a person sees, types, and is left with."""

from __future__ import annotations

import os
import re
import signal
import sys
import time

import psutil
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")

FIRST_WORDS = "Two countries that agree on little"
REFUTED = "Rogozin, who had been in charge"
SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
HELD_COLOURS = re.compile(r"3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8")


def focused(term) -> str:
    """The words beside the bar of the paragraph in focus."""
    marked = [line.partition("▌")[2].partition("│")[0] for line in term.lines if line.startswith("▌")]
    return " ".join(" ".join(marked).split())


def colours_in(raw: bytes) -> list[str]:
    """The codes of foreground and background colours in SGR sequences."""
    codes = []
    for found in SGR.findall(raw):
        codes += [code for code in found.decode().replace(":", ";").split(";") if HELD_COLOURS.fullmatch(code)]
    return codes


def test_the_text_is_there_before_the_checking_is_done(terminal, sample):
    term = terminal(str(sample))
    term.until(lambda: FIRST_WORDS in term.text, "the first paragraph")
    assert "checked in" not in term.lines[-1]
    term.until_checked()
    assert "as of 2022-07-17" in term.lines[0]
    assert "offline" in term.lines[0]


def test_from_the_first_paragraph_to_the_evidence_and_out_again(terminal, sample):
    term = terminal(str(sample))
    before = term.local_modes()
    term.shows(FIRST_WORDS)
    term.until_checked()
    workers = term.descendants()

    first = focused(term)
    term.type("j")
    term.until(lambda: focused(term) not in ("", first), "j moves the focus")
    term.type("k")
    term.until(lambda: focused(term) == first, "k moves it back")

    term.type("]")
    term.until(lambda: focused(term).replace("✗ ", "").startswith(REFUTED), "] goes to the first refuted claim")
    term.until(lambda: "Popovkin" in term.column("right"), "the margin explains it")
    margin = term.column("right")
    assert "✗ refuted" in margin
    assert "Dmitry Rogozin was Director" in margin
    assert "10 October 2013" in margin

    term.type("\r")
    term.shows("against")
    term.shows("Wikipedia, List of Heads of Roscosmos")
    term.shows("CC0")
    term.shows("https://en.wikipedia.org/wiki/List_of_Heads_of_Roscosmos")
    term.type("\x1b")
    term.until(lambda: "against" not in term.text, "Escape closes the evidence")

    colours = term.colours
    term.type("t")
    term.shows("Theme:")
    assert term.colours != colours

    term.type("?")
    term.shows("Next paragraph")
    term.type("/")
    time.sleep(0.3)
    term.type("conflicting")
    term.shows("Next refuted or conflicting claim")
    term.type("\x1b")
    term.shows("Page down")
    term.type("q")
    term.until(lambda: "esc, q close" not in term.text, "q closes the keys")

    for size in ((60, 20), (40, 12)):
        term.resize(*size)
        term.until(lambda: REFUTED in focused(term), f"the paragraph in focus is on a screen of {size}")
        assert "▌" in term.text
    term.type("k")
    term.until(lambda: "NASA and Roscosmos announced" in focused(term), "k moves on a small screen")

    term.type("q")
    assert term.ends() == 0
    assert term.is_left_clean
    assert term.local_modes() == before
    _, alive = psutil.wait_procs(workers, 5)
    assert not alive


def test_an_article_through_a_pipe_leaves_the_keyboard_to_the_reader(terminal, sample):
    term = terminal("-", stdin=sample.read_bytes())
    term.shows(FIRST_WORDS)
    first = focused(term)
    term.type("j")
    term.until(lambda: focused(term) not in ("", first), "j moves the focus")
    term.type("q")
    assert term.ends() == 0
    assert term.is_left_clean


def test_without_colour_no_colour_is_sent_and_every_verdict_has_its_sign(terminal, sample):
    term = terminal(str(sample), env={"NO_COLOR": "1"})
    term.shows(FIRST_WORDS)
    term.until_checked()
    assert re.search(r"✓ \d+ +✗ \d+ +≠ \d+", term.lines[-1])
    term.type("]")
    term.until(lambda: "✗ refuted" in term.text, "the verdict, by sign and word")
    term.type("?")
    term.shows("not enough evidence")
    term.shows("esc, q close")
    term.type("\x1b")
    term.until(lambda: "esc, q close" not in term.text, "Escape closes the keys")
    term.type("t")
    term.shows("Theme:")
    term.type("q")
    assert term.ends() == 0
    assert colours_in(term.raw) == []


def test_colours_are_sent_where_they_are_wanted(terminal, sample):
    term = terminal(str(sample))
    term.shows(FIRST_WORDS)
    assert "38" in colours_in(term.raw)


def test_quitting_amid_the_checking_is_quick_and_leaves_nothing(terminal, sample):
    term = terminal(str(sample))
    term.shows(FIRST_WORDS)
    workers = term.descendants()
    term.type("q")
    assert term.ends() == 0
    assert term.is_left_clean
    assert [word for word in (b"Traceback", b"Error", b"Exception", b"Loop", b"never") if word in term.raw] == []
    _, alive = psutil.wait_procs(workers, 5)
    assert not alive


def test_closing_the_window_leaves_no_process(terminal, sample):
    term = terminal(str(sample))
    term.shows(FIRST_WORDS)
    term.until(lambda: bool(term.descendants()), "the language process runs")
    workers = term.descendants()
    term.process.send_signal(signal.SIGHUP)
    term.ends()
    _, alive = psutil.wait_procs(workers, 8)
    assert not alive


@pytest.mark.parametrize("hears_hangup", [True, False])
def test_a_terminal_that_disappears_takes_the_program_with_it(terminal, sample, hears_hangup):
    term = terminal(str(sample), hears_hangup=hears_hangup)
    term.shows(FIRST_WORDS)
    term.until(lambda: bool(term.descendants()), "the language process runs")
    workers = term.descendants()
    term.disappears()
    assert term.process.wait(8) != 0
    _, alive = psutil.wait_procs(workers, 8)
    assert not alive


def test_a_small_terminal_and_a_plain_locale_are_enough(terminal, sample):
    term = terminal(str(sample), size=(40, 12), env={"LC_ALL": "C", "LANG": "C", "TERM": "xterm"})
    term.until(lambda: "Moscow and Washington agree" in term.text, "the title")
    term.type("jj")
    term.until(lambda: "Two countries that agree" in focused(term), "j moves the focus")
    term.type("G")
    term.until(lambda: "What becomes of Rogozin" in focused(term), "the last paragraph")
    term.type("j")
    term.until(lambda: "not commented." in term.text, "its end")
    term.type("q")
    assert term.ends() == 0


def test_a_script_without_a_terminal_is_told_so_in_one_line(sample):
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "reader", str(sample)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        start_new_session=True,
        env=os.environ,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "terminal" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
