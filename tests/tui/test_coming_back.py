"""Coming back: to where one was the last time, to marks, and to where one jumped from."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from pathlib import Path

import pytest

from reader.library import Library
from tests.tui.at_home import AtHome, keys_of

SAMPLE_TITLE = "Moscow and Washington agree"
PARAGRAPHS = [f"Paragraph {n} tells of the ferry number {n} in the harbour and of nothing else." for n in range(40)]
TALL = " ".join(f"word{n}" for n in range(700)) + "."
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


@pytest.fixture
def newcomer(tmp_path, monkeypatch, no_parse) -> AtHome:
    """Somebody who opens an article of forty paragraphs and has never opened any."""
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
    folder = tmp_path / "home"
    folder.mkdir()
    home = AtHome(folder)
    home.write(*PARAGRAPHS)
    return home


@pytest.fixture
def home(newcomer) -> AtHome:
    """An article of forty paragraphs and a library on disk."""
    newcomer.was_here_before()
    return newcomer


def words_here(seen) -> str:
    """The words that stand where the reader is."""
    return seen.reading.article.paragraphs[seen.pane.paragraph].text[seen.pane.at :]


def place(seen) -> tuple[int, int]:
    return seen.pane.paragraph, seen.pane.at


async def into_the_tall_one(seen) -> int:
    """Read on inside the tall paragraph; the character that the first visible line begins with."""
    await seen.press("j", "j", "j", "j")
    assert seen.pane.paragraph == 1
    assert seen.pane.at > 300
    return seen.pane.at


# The next time


async def test_reading_goes_on_where_it_was_left(home):
    async with home.open(size=(100, 20)) as seen:
        await seen.press(*["j"] * 23)
        assert seen.pane.paragraph == 23
    async with home.open(size=(100, 20)) as seen:
        assert seen.pane.paragraph == 23
        assert seen.sees(23)
        assert "Paragraph 23 tells" in next(line for line in seen.lines if line.startswith("▌"))
        await seen.press("j")
        assert seen.pane.paragraph == 24


async def test_it_goes_on_at_the_very_line_of_a_tall_paragraph(home):
    home.write("Short.", TALL, "The end.")
    async with home.open(size=(80, 16)) as seen:
        at = await into_the_tall_one(seen)
    async with home.open(size=(80, 16)) as seen:
        assert place(seen) == (1, at)
        assert seen.sees(1, at)
    async with home.open(size=(60, 16)) as seen:
        assert place(seen) == (1, at)
        assert seen.sees(1, at)


async def test_it_goes_on_at_the_claim_that_was_read(home):
    home.write(TALL, "NASA administrator Jim Bridenstine spoke in 2022. NASA administrator Bill Nelson spoke in 2022.")
    async with home.open(size=(80, 16), checked=True) as seen:
        await seen.press("N")
        at = seen.pane.at
        assert place(seen) == (1, at)
        assert at > 20
    async with home.open(size=(80, 16)) as seen:
        assert place(seen) == (1, at)


async def test_whoever_left_at_the_top_is_at_the_top(home):
    async with home.open() as seen:
        await seen.press("G", "g g")
    async with home.open() as seen:
        assert place(seen) == (0, 0)


async def test_whoever_went_up_to_what_is_not_the_article_is_there_again(home):
    home.write("```\na = 1\n```", "The first paragraph of the article.", "The second.")
    async with home.open() as seen:
        assert seen.pane.paragraph == 1
        await seen.press("k")
        assert seen.pane.paragraph == 0
    async with home.open() as seen:
        assert seen.pane.paragraph == 0


async def test_each_article_has_its_own_place(home, tmp_path):
    other = AtHome(tmp_path)
    other.library = home.library
    other.write(*PARAGRAPHS)
    async with home.open() as seen:
        await seen.press("j", "j")
    async with other.open() as seen:
        assert seen.pane.paragraph == 0
        await seen.press("G")
    async with home.open() as seen:
        assert seen.pane.paragraph == 2
    async with other.open() as seen:
        assert seen.pane.paragraph == 39


async def test_the_place_goes_along_with_its_words_when_the_text_has_changed(home):
    async with home.open(size=(100, 20)) as seen:
        await seen.press(*["j"] * 23)
    home.write("Something new.", "And more.", *PARAGRAPHS[3:])
    async with home.open(size=(100, 20)) as seen:
        assert words_here(seen) == PARAGRAPHS[23]
        assert seen.sees(22)


async def test_the_place_at_the_top_goes_along_with_its_words_too(home):
    async with home.open() as seen:
        assert place(seen) == (0, 0)
    home.write("Something new.", "And more.", *PARAGRAPHS)
    async with home.open() as seen:
        assert words_here(seen) == PARAGRAPHS[0]


async def test_the_place_is_found_when_most_of_the_text_before_it_is_gone(home):
    async with home.open() as seen:
        await seen.press(*["j"] * 30)
    home.write("Something new.", *PARAGRAPHS[30:33])
    async with home.open() as seen:
        assert words_here(seen) == PARAGRAPHS[30]


async def test_the_line_in_a_tall_paragraph_goes_along_when_words_come_before_it(home):
    home.write("Short.", TALL, "The end.")
    async with home.open(size=(80, 16)) as seen:
        await into_the_tall_one(seen)
        before = words_here(seen)
    home.write("Short.", "New.", f"More words come before all the others, many more. {TALL}", "The end.")
    async with home.open(size=(80, 16)) as seen:
        assert seen.pane.paragraph == 2
        assert words_here(seen) == before
        assert seen.sees(2, seen.pane.at)


async def test_when_the_very_words_are_changed_reading_goes_on_near_them_and_not_at_the_top(home):
    async with home.open() as seen:
        await seen.press(*["j"] * 23)
    changed = list(PARAGRAPHS)
    changed[23] = "Paragraph 23 was corrected: it tells of no ferry at all."
    home.write(*changed)
    async with home.open() as seen:
        assert 22 <= seen.pane.paragraph <= 24


# Amid reading


async def test_reading_it_again_stays_at_the_words(home):
    async with home.open(size=(100, 20)) as seen:
        await seen.press(*["j"] * 23)
        await home.reload(seen)
        assert words_here(seen) == PARAGRAPHS[23]
        assert seen.sees(23)
        home.write("Something new.", "And more.", *PARAGRAPHS)
        await home.reload(seen)
        assert words_here(seen) == PARAGRAPHS[23]
        assert seen.pane.paragraph == 25
        assert seen.sees(25)
        await seen.press("k", "k")
        assert seen.pane.paragraph == 23
        await seen.press("g g")
        assert "Something new." in seen.text


async def test_reading_it_again_shows_what_was_changed_elsewhere_and_its_verdicts(home):
    async with home.open(checked=True) as seen:
        home.write(*PARAGRAPHS, "NASA administrator Jim Bridenstine spoke in July 2022.")
        await home.reload(seen)
        await seen.until_checked()
        await seen.press("right_square_bracket")
        assert seen.pane.paragraph == 40
        assert "refuted" in seen.margin


async def test_reading_it_again_keeps_the_line_of_a_tall_paragraph(home):
    home.write("Short.", TALL, "The end.")
    async with home.open(size=(80, 16)) as seen:
        await into_the_tall_one(seen)
        before = words_here(seen)
        home.write("Short.", "New.", TALL, "The end.")
        await home.reload(seen)
        assert seen.pane.paragraph == 2
        assert words_here(seen) == before


async def test_reading_it_again_keeps_the_theme_and_a_day_that_was_set(home):
    async with home.open() as seen:
        await seen.press("a", *keys_of("2019-03-01"), "enter")
        await seen.press("t")
        theme = seen.app.theme
        await home.reload(seen)
        assert seen.app.theme == theme
        assert "as of 2019-03-01 (yours)" in seen.head


async def test_what_can_no_longer_be_read_is_said_and_stays_on_the_screen(home, toasts):
    async with home.open() as seen:
        await seen.press("j", "j")
        home.article.unlink()
        await seen.press("R")
        await seen.until(lambda: "cannot be read again" in toasts(seen.app), "the line")
        assert place(seen) == (2, 0)
        assert "Paragraph 2 tells" in seen.text


async def test_what_came_through_a_pipe_cannot_be_read_again_and_that_is_said(open_reader, toasts):
    async with open_reader("One.\n\nTwo.") as seen:
        await seen.press("j", "R")
        await seen.until(lambda: "cannot be read again" in toasts(seen.app), "the line")
        assert seen.pane.paragraph == 1


async def test_reading_again_keeps_the_place_when_the_library_cannot_be_written(home):
    async with home.open() as seen:
        await seen.press("j", "j")
    file = sqlite3.connect(home.library)
    file.execute("PRAGMA user_version = 99")
    file.close()
    async with home.open() as seen:
        assert seen.pane.paragraph == 2
        await seen.press("j", "j", "j")
        await home.reload(seen)
        assert seen.pane.paragraph == 5


async def test_themes_and_the_window_s_size_leave_the_place_alone(home):
    home.write("Short.", TALL, "The end.")
    async with home.open(size=(80, 16)) as seen:
        at = await into_the_tall_one(seen)
        themes = iter(seen.app.offered_themes())
        for size in ((50, 12), (180, 40), (40, 20), (80, 16)):
            seen.app.wear(next(themes))
            await seen.pilot.resize_terminal(*size)
            await seen.pilot.pause(0.1)
            assert place(seen) == (1, at)
            assert seen.sees(1, at)
    async with home.open(size=(80, 16)) as seen:
        assert place(seen) == (1, at)


# Marks


@pytest.mark.parametrize("go", ["grave_accent", "apostrophe"])
async def test_a_mark_leads_back_to_where_it_was_set(home, go, toasts):
    async with home.open(size=(100, 20)) as seen:
        await seen.press(*["j"] * 12, "m", "x")
        assert "Mark x is set here" in toasts(seen.app)
        await seen.press("G", go, "x")
        assert place(seen) == (12, 0)
        assert seen.sees(12)
    async with home.open(size=(100, 20)) as seen:
        await seen.press("g g", go, "x")
        assert place(seen) == (12, 0)


async def test_a_mark_is_a_character_and_not_only_a_paragraph(home):
    home.write("Short.", TALL, "The end.")
    async with home.open(size=(80, 16)) as seen:
        at = await into_the_tall_one(seen)
        await seen.press("m", "a", "G", "grave_accent", "a")
        seen.app.clear_notifications()
        await seen.pilot.pause(0.1)
        assert place(seen) == (1, at)
        assert seen.sees(1, at)


async def test_capital_and_small_letters_figures_and_others_are_marks_of_their_own(home):
    async with home.open() as seen:
        for n, name in enumerate(("a", "A", "1", "é", "apostrophe", "q", "m")):
            await seen.press("g g", *["j"] * (n + 2), "m", name)
        for n, name in enumerate(("a", "A", "1", "é", "apostrophe", "q", "m")):
            await seen.press("grave_accent", name)
            assert seen.pane.paragraph == n + 2
        assert seen.app.is_running


async def test_a_mark_that_is_set_again_has_moved(home):
    async with home.open() as seen:
        await seen.press("j", "m", "a", "j", "j", "m", "a", "g g", "grave_accent", "a")
        assert seen.pane.paragraph == 3


async def test_escape_instead_of_a_letter_sets_and_follows_no_mark(home, toasts):
    async with home.open() as seen:
        await seen.press("m")
        assert "mark with which letter?" in seen.foot
        await seen.press("escape")
        assert "letter" not in seen.foot
        await seen.press("j", "grave_accent")
        assert "go to which mark?" in seen.foot
        await seen.press("escape")
        assert seen.pane.paragraph == 1
        assert "is set here" not in toasts(seen.app)
        await seen.press("j")
        assert seen.pane.paragraph == 2


async def test_a_mark_that_is_not_there_is_said(home, toasts):
    async with home.open() as seen:
        await seen.press("j", "grave_accent", "z")
        assert "There is no mark 'z'" in toasts(seen.app)
        assert seen.pane.paragraph == 1


async def test_a_mark_goes_along_with_its_words(home):
    async with home.open() as seen:
        await seen.press(*["j"] * 30, "m", "a")
    home.write("Something new.", *PARAGRAPHS[28:33])
    async with home.open() as seen:
        await seen.press("g g", "grave_accent", "a")
        assert words_here(seen) == PARAGRAPHS[30]


async def test_a_mark_whose_words_are_gone_says_so(home, toasts):
    async with home.open() as seen:
        await seen.press(*["j"] * 30, "m", "a")
    home.write(*PARAGRAPHS[:20])
    async with home.open() as seen:
        await seen.press("j", "grave_accent", "a")
        assert "'a' stood at are gone" in toasts(seen.app)
        assert seen.app.is_running


async def test_marks_are_listed_and_one_is_chosen_searched_or_deleted(home):
    async with home.open() as seen:
        for n, name in ((3, "b"), (9, "a"), (30, "c")):
            await seen.press("g g", *["j"] * n, "m", name)
        await seen.press("g m")
        shown = seen.text
        for line in ("a ¶ 10 Paragraph 9 tells", "b ¶ 4 Paragraph 3 tells", "c ¶ 31 Paragraph 30 tells"):
            assert line in shown
        await seen.press("j", "enter")
        assert seen.pane.paragraph == 3
        await seen.press("g m", "slash", *keys_of("number 30"), "enter")
        assert seen.pane.paragraph == 30
        await seen.press("g m", "d")
        assert "a ¶ 10" not in seen.text
        await seen.press("escape")
    async with home.open() as seen:
        await seen.press("g m")
        assert "a ¶ 10" not in seen.text
        assert "b ¶ 4" in seen.text


async def test_without_marks_the_list_is_empty(home):
    async with home.open() as seen:
        await seen.press("g m")
        assert "nothing here" in seen.text
        await seen.press("d", "enter", "escape")
        assert not seen.has_dialog


# Back and forward

JUMPS = {
    "the last paragraph": (["G"], 39),
    "the first paragraph": (["g g"], 0),
    "a mark": (["grave_accent", "x"], 30),
    "a mark from the list": (["g m", "enter"], 30),
    "the outline": (["g o", "G", "enter"], 20),
    "a note from the list": (["g n", "enter"], 25),
    "a paragraph by its number": (["colon", "1", "1", "enter"], 10),
}


@pytest.mark.parametrize(("jump", "there"), JUMPS.values(), ids=JUMPS)
async def test_back_from_a_jump_and_forward_again(home, jump, there):
    texts = list(PARAGRAPHS)
    texts[20] = "## A heading"
    home.write(*texts)
    async with home.open(size=(100, 20)) as seen:
        await seen.press("g g", *["j"] * 30, "m", "x", *["k"] * 5, "h", *["k"] * 18)
        assert seen.pane.paragraph == 7
        await seen.press(*jump)
        await seen.until(lambda: seen.pane.paragraph == there, "the jump")
        await seen.press("ctrl+o")
        assert seen.pane.paragraph == 7
        assert seen.sees(7)
        await seen.press("ctrl+n")
        assert seen.pane.paragraph == there
        assert seen.sees(there)
        await seen.press("ctrl+o")
        assert seen.pane.paragraph == 7


async def test_back_leads_through_all_jumps_and_forward_through_all_again(home):
    async with home.open(size=(100, 20)) as seen:
        await seen.press("j", "j", "G", "k", "k", "g g", *["j"] * 5, "m", "x", "G", "grave_accent", "x")
        walked = [seen.pane.paragraph]
        for _ in range(4):
            await seen.press("ctrl+o")
            walked.append(seen.pane.paragraph)
        assert walked == [5, 39, 5, 37, 2]
        ahead = []
        for _ in range(4):
            await seen.press("ctrl+n")
            ahead.append(seen.pane.paragraph)
        assert ahead == [37, 5, 39, 5]


async def test_where_there_is_nothing_to_go_back_or_forward_to_it_is_said(home, toasts):
    async with home.open() as seen:
        await seen.press("j", "ctrl+o")
        assert "No place to go back to" in toasts(seen.app)
        await seen.press("ctrl+n")
        assert "No place to go forward to" in toasts(seen.app)
        assert seen.pane.paragraph == 1


async def test_a_new_jump_forgets_what_was_ahead(home, toasts):
    async with home.open() as seen:
        await seen.press("j", "G", "ctrl+o", "j", "j", "g g", "ctrl+n")
        assert "No place to go forward to" in toasts(seen.app)
        assert seen.pane.paragraph == 0
        await seen.press("ctrl+o")
        assert seen.pane.paragraph == 3


async def test_back_leads_to_the_very_line_and_claim(home):
    home.write("Short.", TALL, "NASA administrator Jim Bridenstine spoke in July 2022.", *PARAGRAPHS)
    async with home.open(size=(80, 16), checked=True) as seen:
        at = await into_the_tall_one(seen)
        await seen.press("G", "ctrl+o")
        assert place(seen) == (1, at)
        assert seen.sees(1, at)
        await seen.press("right_square_bracket")
        claim = seen.pane.claim
        assert claim is not None
        await seen.press("G", "ctrl+o")
        assert seen.pane.claim == claim


async def test_a_jump_inside_one_tall_paragraph_can_be_taken_back_too(home):
    home.write("Short.", TALL, "The end.")
    async with home.open(size=(80, 16)) as seen:
        await seen.press("j", "m", "a")
        assert place(seen) == (1, 0)
        at = await into_the_tall_one(seen)
        await seen.press("grave_accent", "a")
        assert place(seen) == (1, 0)
        await seen.press("ctrl+o")
        assert place(seen) == (1, at)


@pytest.mark.parametrize("apart", [True, False], ids=["two paragraphs", "one paragraph"])
async def test_back_from_the_other_end_of_a_contradiction(open_reader, apart):
    async with open_reader() as seen:
        index, article = seen.reading.index, seen.reading.article
        found = next(
            (
                r
                for r in seen.claims("refuted", "conflicting")
                if len(ends := index.ends(article, r.claim.span, r)) > 1
                and (ends[1].paragraph != ends[0].paragraph) == apart
            ),
            None,
        )
        if found is None:
            pytest.skip("the sample holds no such contradiction")
        seen.pane.go_to(found.claim.span.paragraph, found.claim.id, found.claim.span.start)
        await seen.press("percent_sign")
        other = place(seen)
        assert other != (found.claim.span.paragraph, found.claim.span.start)
        await seen.press("ctrl+o")
        assert place(seen) == (found.claim.span.paragraph, found.claim.span.start)
        assert seen.pane.claim == found.claim.id
        await seen.press("ctrl+n")
        assert place(seen) == other


# The first time


async def test_the_very_first_time_three_lines_say_how_to_begin_and_never_again(newcomer, toasts):
    async with newcomer.open() as seen:
        await seen.until(lambda: "Welcome to Caveat" in toasts(seen.app), "the welcome")
        said = [n.message for n in seen.app._notifications if n.title == "Welcome to Caveat"]
        assert len(said) == 1
        assert len(said[0].splitlines()) == 3
        assert "]" in said[0]
        await seen.until(lambda: "Welcome to Caveat" in seen.text, "it is painted")
        await newcomer.reload(seen)
        assert len([n for n in seen.app._notifications if n.title == "Welcome to Caveat"]) == 1
    newcomer.write("Another article.")
    async with newcomer.open(checked=True) as seen:
        assert "Welcome" not in toasts(seen.app)


async def test_the_first_lines_name_the_keys_as_they_are_bound(newcomer, config, toasts):
    own = config('[keys]\nnext-problem = "Z"\nhelp = "f9"\n')
    async with newcomer.open(own=own) as seen:
        await seen.until(lambda: "Welcome to Caveat" in toasts(seen.app), "the welcome")
        said = next(n.message for n in seen.app._notifications if n.title == "Welcome to Caveat")
        assert "Z" in said
        assert "f9" in said
        assert "]" not in said


async def test_a_library_that_is_not_on_disk_welcomes_nobody(open_reader, toasts):
    async with open_reader("One.") as seen:
        assert "Welcome" not in toasts(seen.app)


async def test_where_the_library_cannot_be_on_disk_that_is_said_and_nobody_is_welcomed(newcomer, toasts):
    newcomer.library.parent.write_text("in the way")
    async with newcomer.open(checked=True) as seen:
        assert "nothing is kept" in toasts(seen.app)
        assert "Welcome" not in toasts(seen.app)
        await seen.press("j", "m", "a", "h", "G", "grave_accent", "a")
        assert seen.pane.paragraph == 1
        await newcomer.reload(seen)
        assert seen.pane.paragraph == 1


async def test_a_library_with_broken_pages_does_not_end_the_reader(home, toasts):
    async with home.open() as seen:
        await seen.press("j", "h")
    data = bytearray(home.library.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    home.library.write_bytes(data)
    async with home.open(checked=True) as seen:
        assert "damaged" in toasts(seen.app)
        await seen.press("j", "j")
        assert seen.pane.paragraph == 2
    async with home.open() as seen:
        assert seen.pane.paragraph == 2


# In a terminal


def focused(term) -> str:
    """The words beside the bar of the paragraph in focus."""
    marked = [line.partition("▌")[2].partition("│")[0] for line in term.lines if line.startswith("▌")]
    return " ".join(" ".join(marked).split())


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """A data folder of its own, for every program that is started."""
    folder = tmp_path / "data"
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(folder))
    monkeypatch.setenv("CAVEAT_OFFLINE", "1")
    return folder


@pytest.fixture
def story(tmp_path) -> Path:
    path = tmp_path / "a story.txt"
    path.write_text("\n\n".join(PARAGRAPHS), "utf-8")
    return path


def opened_at(term, words: str) -> None:
    term.until(lambda: words in focused(term), f"the focus is at {words!r}")


def walked(term, keys: str, words: str) -> None:
    term.type(keys)
    opened_at(term, words)


def quit_program(term) -> None:
    term.type("q")
    assert term.ends() == 0


@POSIX
def test_without_a_name_the_sample_is_opened_the_first_time(terminal, data):
    term = terminal()
    term.shows(SAMPLE_TITLE)
    term.shows("Welcome to Caveat")
    quit_program(term)
    term = terminal()
    term.shows(SAMPLE_TITLE)
    term.until_checked()
    assert "Welcome" not in term.text
    quit_program(term)


@POSIX
def test_without_a_name_what_was_read_last_is_opened_where_it_was_left(terminal, data, story, sample):
    term = terminal(str(sample))
    term.shows(SAMPLE_TITLE)
    quit_program(term)
    term = terminal(str(story))
    opened_at(term, "Paragraph 0 tells")
    walked(term, "jjjj", "Paragraph 4 tells")
    quit_program(term)
    term = terminal()
    opened_at(term, "Paragraph 4 tells")
    quit_program(term)


@POSIX
def test_a_name_relative_to_another_folder_is_found_again(terminal, data, story, tmp_path):
    term = terminal(os.path.relpath(story, Path(__file__).parents[2]))
    opened_at(term, "Paragraph 0 tells")
    walked(term, "G", "Paragraph 39 tells")
    quit_program(term)
    term = terminal(str(story))
    opened_at(term, "Paragraph 39 tells")
    quit_program(term)
    library = Library(data / "library.sqlite")
    assert [r.source for r in library.readings()] == [str(story.resolve())]
    library.close()


@POSIX
def test_without_a_name_and_with_the_last_article_gone_the_sample_is_opened(terminal, data, story):
    term = terminal(str(story))
    opened_at(term, "Paragraph 0 tells")
    quit_program(term)
    story.unlink()
    term = terminal()
    term.shows(SAMPLE_TITLE)
    quit_program(term)


@POSIX
def test_a_program_that_is_killed_loses_at_most_the_last_moments(terminal, data, story):
    term = terminal(str(story))
    opened_at(term, "Paragraph 0 tells")
    walked(term, "jjjjj", "Paragraph 5 tells")
    time.sleep(2.5)
    term.process.send_signal(signal.SIGKILL)
    term.process.wait()
    term = terminal()
    opened_at(term, "Paragraph 5 tells")
    quit_program(term)


@POSIX
def test_nor_does_one_that_is_killed_inside_a_tall_paragraph(terminal, data, story):
    story.write_text(f"Short.\n\n{TALL}\n\nThe end.", "utf-8")
    library = Library(data / "library.sqlite")
    library.tell_once("first run")
    library.close()
    term = terminal(str(story), size=(80, 16))
    opened_at(term, "Short")
    term.type("j")
    term.shows("word1 ")
    term.type("jj")
    term.until(lambda: "word9 " not in focused(term), "further on")
    time.sleep(2.5)
    before = focused(term).split()[0]
    term.type("jj")
    term.until(lambda: before not in focused(term), "still further on")
    time.sleep(0.5)
    first = focused(term).split()[0]
    time.sleep(2.5)
    term.process.send_signal(signal.SIGKILL)
    term.process.wait()
    term = terminal(size=(80, 16))
    term.until(lambda: "word" in term.text, "the paragraph")
    time.sleep(1)
    assert first in focused(term)
    quit_program(term)


@POSIX
def test_what_is_highlighted_is_kept_at_once_even_if_the_program_is_killed_then(terminal, data, story):
    term = terminal(str(story))
    opened_at(term, "Paragraph 0 tells")
    walked(term, "j", "Paragraph 1 tells")
    term.type("h")
    term.until(lambda: "◆" in term.text, "the highlight's sign")
    term.process.send_signal(signal.SIGKILL)
    term.process.wait()
    library = Library(data / "library.sqlite")
    assert [n.quote for n in library.notes(str(story.resolve()))] == [PARAGRAPHS[1]]
    library.close()


@POSIX
def test_the_article_is_read_again_in_a_terminal(terminal, data, story):
    term = terminal(str(story))
    opened_at(term, "Paragraph 0 tells")
    walked(term, "jjj", "Paragraph 3 tells")
    story.write_text("\n\n".join(["Something new.", *PARAGRAPHS]), "utf-8")
    term.type("R")
    term.shows("Something new.")
    opened_at(term, "Paragraph 3 tells")
    quit_program(term)


@POSIX
@pytest.mark.parametrize("name", [False, True], ids=["without a name", "with a name"])
def test_a_damaged_library_is_said_and_the_reading_begins(terminal, data, story, name):
    data.mkdir()
    (data / "library.sqlite").write_bytes(b"This is my shopping list.\n" * 400)
    term = terminal(*([str(story)] if name else []))
    term.shows("Paragraph 0 tells" if name else SAMPLE_TITLE)
    term.shows("is damaged", 10)
    quit_program(term)
    assert [p.read_bytes() for p in data.glob("*damaged*")] == [b"This is my shopping list.\n" * 400]


@POSIX
def test_two_programs_read_the_same_article_at_the_same_time(terminal, data, story):
    first = terminal(str(story))
    opened_at(first, "Paragraph 0 tells")
    second = terminal(str(story))
    opened_at(second, "Paragraph 0 tells")
    walked(first, "jj", "Paragraph 2 tells")
    walked(second, "jjj", "Paragraph 3 tells")
    first.type("h")
    second.type("h")
    for term in (first, second):
        term.until(lambda term=term: "◆" in term.text, "its highlight")
    quit_program(first)
    quit_program(second)
    library = Library(data / "library.sqlite")
    assert [n.quote for n in library.notes(str(story.resolve()))] == PARAGRAPHS[2:4]
    assert library.place(str(story.resolve())).paragraph == 3
    library.close()
