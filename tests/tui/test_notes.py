"""Highlights and notes: made, seen, found, changed, taken away, undone, and there again the next time."""

from __future__ import annotations

import random
import sqlite3

import pytest

from reader.library import Library, Note
from tests.tui.at_home import AtHome, kept, keys_of, signs_of_notes

HEAD = "---\ntitle: An office\ndate: 2022-07-17\n---"
CLAIM = "NASA administrator Jim Bridenstine spoke on Friday."
FIRST = "It was a fine day at the harbour, and nobody there was in a hurry."
LAST = "The ferries left one after another, red ones and white ones, until the harbour was empty."
LONG = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega. "
    * 3
)
SIGNS = "◆●■▲"


@pytest.fixture
def home(tmp_path, monkeypatch, no_parse) -> AtHome:
    """An article of three paragraphs, one of which holds a refuted claim, and a library on disk."""
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
    folder = tmp_path / "home"
    folder.mkdir()
    home = AtHome(folder)
    home.was_here_before()
    home.write(HEAD, FIRST, CLAIM, LAST)
    return home


def written(home: AtHome) -> list[Note]:
    """The notes that are in the file."""
    library = Library(home.library)
    notes = library.notes(str(home.article))
    library.close()
    return notes


async def write_note(seen, words: str, key: str = "A") -> None:
    await seen.press(key)
    await seen.until(lambda: seen.has_dialog, "the line to write in")
    await seen.press(*keys_of(words), "enter")
    await seen.until(lambda: not seen.has_dialog, "the note is taken")
    await seen.pilot.pause(0.06)


async def list_notes(seen) -> None:
    await seen.press("g n")
    await seen.until(lambda: "Highlights and notes" in seen.text, "the list")


def shaded(seen, paragraph: int) -> str:
    """The words of a paragraph that are painted on another ground than the rest."""
    region, words = seen.pane.region, []
    strips = seen.app.screen._compositor.render_strips()
    for row, (start, end) in zip(seen.rows_of(paragraph), seen.pane.lines_laid.lines(paragraph), strict=True):
        line = strips[region.y + row].crop(region.x + 4, region.x + 4 + end - start)
        plain = seen.pane.rich_style.bgcolor
        words.append("".join(s.text for s in line if s.style is None or s.style.bgcolor != plain))
    return " ".join(w for w in words if w)


def lines_of(text: str, seen) -> list[str]:
    return [text[start:end] for start, end in seen.pane.lines_laid.lines(seen.pane.paragraph)]


# Highlighting


async def test_a_paragraph_is_highlighted_and_the_same_key_takes_it_away(open_reader):
    async with open_reader(f"{FIRST}\n\n{LAST}") as seen:
        assert signs_of_notes(seen, 0) == ""
        assert shaded(seen, 0) == ""
        await seen.press("h")
        assert signs_of_notes(seen, 0) == "◆"
        assert shaded(seen, 0) == FIRST
        assert kept(seen)[0] == [(FIRST, "yellow", "")]
        assert signs_of_notes(seen, 1) == ""
        await seen.press("h")
        assert signs_of_notes(seen, 0) == ""
        assert shaded(seen, 0) == ""
        assert kept(seen)[0] == []


async def test_the_claim_in_focus_is_highlighted_alone(open_reader):
    text = f"{HEAD}\n\nIt was a fine day. {CLAIM} Nobody listened.\n"
    async with open_reader(text, name="a.md") as seen:
        await seen.press("right_square_bracket")
        claim = seen.claims("refuted")[0].claim
        await seen.press("h")
        assert kept(seen)[0] == [(claim.text, "yellow", "")]
        assert shaded(seen, claim.span.paragraph) == claim.text
        await seen.press("h")
        assert kept(seen)[0] == []


@pytest.mark.parametrize(("signs", "shown"), [("unicode", SIGNS), ("ascii", "1234")])
async def test_every_colour_has_a_sign_and_they_come_one_after_another(open_reader, config, signs, shown):
    own = config(f'[reading]\nsigns = "{signs}"\n')
    async with open_reader(f"{FIRST}\n\n{LAST}", own=own) as seen:
        await seen.press("h")
        assert signs_of_notes(seen, 0) == shown[0]
        grounds = set()
        for sign in (*shown[1:], shown[0]):
            await seen.press("H")
            assert signs_of_notes(seen, 0) == sign
            grounds.add(str(seen.pane._make(seen.pane.lines_laid, 0, 0)._segments[-2].style.bgcolor))
        assert len(grounds) == 4
        assert len(kept(seen)[0]) == 1
        await list_notes(seen)
        assert f"{shown[0]} ¶ 1" in seen.text
        if signs == "ascii":
            assert not set(SIGNS) & set(seen.text)


async def test_the_next_highlight_has_the_colour_of_the_last_one(open_reader):
    async with open_reader(f"{FIRST}\n\n{LAST}") as seen:
        await seen.press("h", "H", "j", "h")
        assert [colour for _, colour, _ in kept(seen)[0]] == ["green", "green"]
        assert signs_of_notes(seen, 1) == "●"


async def test_a_colour_key_where_nothing_is_highlighted_highlights(open_reader):
    async with open_reader(FIRST) as seen:
        await seen.press("H")
        assert kept(seen)[0] == [(FIRST, "green", "")]


async def test_a_highlight_over_several_lines_has_one_sign_where_it_begins(open_reader):
    async with open_reader(LONG, size=(60, 30)) as seen:
        await seen.press("v", "j", "j", "j", "enter")
        assert signs_of_notes(seen, 0) == "◆"
        assert len(lines_of(LONG, seen)) > 4
        quote = kept(seen)[0][0][0]
        assert shaded(seen, 0).split() == quote.split()


async def test_a_highlight_that_begins_in_the_space_between_two_lines_has_its_sign_too(open_reader):
    async with open_reader(LONG, size=(60, 30)) as seen:
        end = seen.pane.lines_laid.lines(0)[0][1]
        assert LONG[end] == " "
        await seen.press("v", "dollar_sign", "l", "o", "dollar_sign", "l", "l", "l", "l", "enter")
        assert kept(seen)[0] == [(LONG[end : end + 4], "yellow", "")]
        assert signs_of_notes(seen, 0) == "◆"


# Notes in words


async def test_a_note_is_shown_beside_the_text_and_in_the_list(home):
    async with home.open() as seen:
        await write_note(seen, "ask the harbour [/nope] about it")
        assert "note ask the harbour [/nope] about it" in seen.margin
        assert "ask the harbour [/nope] about it" in seen.text
        assert signs_of_notes(seen, 0) == "◆"
        await seen.press("j")
        assert "ask the harbour" not in seen.margin
        await list_notes(seen)
        assert "¶ 1 ask the harbour [/nope] about it “It was a fine day" in seen.text
    assert [(n.words, n.quote) for n in written(home)] == [("ask the harbour [/nope] about it", FIRST)]


async def test_what_the_note_is_on_is_said_where_it_is_written_and_escape_leaves_all_as_it_was(home):
    async with home.open() as seen:
        await seen.press("A")
        assert f"“{FIRST}”" in seen.text
        await seen.press(*keys_of("never mind"), "escape")
        assert not seen.has_dialog
        assert kept(seen)[0] == []
        await seen.press("A", "enter")
        assert kept(seen)[0] == []
        await write_note(seen, "mine")
        await seen.press("A")
        await seen.press(*keys_of(" and more"), "escape")
        assert kept(seen)[0] == [(FIRST, "yellow", "mine")]
    assert [n.words for n in written(home)] == ["mine"]


async def test_a_note_is_written_on_a_highlight_that_is_there_and_changed_by_the_same_key(home):
    async with home.open() as seen:
        await seen.press("H", "H")
        await write_note(seen, "mine")
        assert kept(seen)[0] == [(FIRST, "blue", "mine")]
        await seen.press("A", "end", *keys_of(" still"), "enter")
        assert kept(seen)[0] == [(FIRST, "blue", "mine still")]
        assert "note mine still" in seen.margin
        await seen.press("A", "ctrl+u", "enter")
        assert kept(seen)[0] == [(FIRST, "blue", "")]
        assert "note" not in seen.margin


async def test_what_is_typed_goes_on_after_the_words_of_a_note_and_does_not_wipe_them_out(home):
    async with home.open() as seen:
        await write_note(seen, "mine")
        await write_note(seen, " still")
        assert kept(seen)[0] == [(FIRST, "yellow", "mine still")]


async def test_a_note_on_selected_words_is_on_those_words_even_inside_a_highlight(open_reader):
    async with open_reader(FIRST) as seen:
        await seen.press("h")
        await seen.press("v", "w", "w", "o", "w")
        assert seen.reading.article.text_at(seen.reading.selecting.span) == "was a"
        await write_note(seen, "inside", key="a")
        assert kept(seen)[0] == sorted([(FIRST, "yellow", ""), ("was a", "yellow", "inside")])


# The list


async def test_the_list_has_all_notes_in_the_order_of_the_text_and_choosing_goes_there(home):
    async with home.open() as seen:
        await seen.press("G")
        await write_note(seen, "about ferries")
        await seen.press("g g")
        await write_note(seen, "about the day")
        await list_notes(seen)
        shown = seen.text
        assert 0 <= shown.index("about the day") < shown.index("about ferries")
        await seen.press("j", "enter")
        assert not seen.has_dialog
        assert seen.pane.paragraph == 2
        assert seen.sees(2, 0)
        await seen.press("ctrl+o")
        assert seen.pane.paragraph == 0


async def test_choosing_goes_to_the_very_words(open_reader):
    async with open_reader("\n\n".join([LONG * 12, FIRST]), size=(60, 20), checked=False) as seen:
        await seen.press("v", *["j"] * 40, "o", *["j"] * 39, "enter", "G")
        note = seen.reading.library.notes(seen.reading.key)[0]
        assert note.start > 1_000
        await list_notes(seen)
        await seen.press("enter")
        assert (seen.pane.paragraph, seen.pane.at) == (0, note.start)
        assert seen.sees(0, note.start)


async def test_the_list_is_searched_by_the_words_of_the_note_and_of_the_article(home):
    async with home.open() as seen:
        await write_note(seen, "Weather")
        await seen.press("G")
        await write_note(seen, "ships")
        for words, there, gone in (("weath", "Weather", "ships"), ("empty", "ships", "Weather")):
            await list_notes(seen)
            await seen.press("slash", *keys_of(words))
            shown = seen.text.partition("Highlights and notes")[2]
            assert there in seen.text
            assert f"{gone} “" not in shown
            await seen.press("escape")
            assert f"{gone} “" in seen.text
            await seen.press("escape")
            assert not seen.has_dialog
        await list_notes(seen)
        await seen.press("slash", *keys_of("nowhere"))
        assert "nothing here" in seen.text
        await seen.press("enter", "escape", "escape")
        assert len(kept(seen)[0]) == 2
        await seen.press("g g")
        await list_notes(seen)
        await seen.press("slash", *keys_of("ships"), "enter")
        assert seen.pane.paragraph == 2


async def test_letters_typed_into_the_search_of_the_list_delete_nothing(home):
    async with home.open() as seen:
        await write_note(seen, "deed")
        await list_notes(seen)
        await seen.press("slash", *keys_of("deed"))
        assert len(kept(seen)[0]) == 1
        assert "deed “" in seen.text


async def test_a_note_is_deleted_from_the_list(home):
    async with home.open() as seen:
        await write_note(seen, "one")
        await seen.press("j", "j")
        await write_note(seen, "two")
        await list_notes(seen)
        await seen.press("d")
        assert "one “" not in seen.text
        assert "two “" in seen.text
        assert [words for _, _, words in kept(seen)[0]] == ["two"]
        await seen.press("d")
        assert "nothing here" in seen.text
        await seen.press("d", "e", "enter", "escape")
        assert not seen.has_dialog
        assert signs_of_notes(seen, 0) == signs_of_notes(seen, 2) == ""
    assert written(home) == []


async def test_a_note_is_changed_from_the_list(home):
    async with home.open() as seen:
        await write_note(seen, "one")
        await seen.press("j", "j")
        await list_notes(seen)
        await seen.press("e")
        await seen.until(lambda: "A note on" in seen.text, "the line to write in")
        assert FIRST[:30] in seen.text
        await seen.press("end", *keys_of(" and a half"), "enter")
        assert [words for _, _, words in kept(seen)[0]] == ["one and a half"]
    assert [n.words for n in written(home)] == ["one and a half"]


async def test_the_note_that_is_changed_from_the_list_is_the_one_that_was_chosen(open_reader):
    async with open_reader(FIRST) as seen:
        await seen.press("v", "w", "w", "enter", "v", "w", "enter")
        quotes = [n.quote for n in seen.reading.library.notes(seen.reading.key)]
        assert len(quotes) == 2
        await list_notes(seen)
        await seen.press("j", "e")
        await seen.until(lambda: "A note on" in seen.text, "the line to write in")
        await seen.press(*keys_of("second"), "enter")
        assert {quote: words for quote, _, words in kept(seen)[0]} == {quotes[0]: "", quotes[1]: "second"}


async def test_an_empty_list_says_so(open_reader):
    async with open_reader(FIRST) as seen:
        await list_notes(seen)
        assert "nothing here" in seen.text
        await seen.press("enter", "q")
        assert not seen.has_dialog


# Undo


ACTS = {
    "a highlight": ([], ["h"]),
    "taking a highlight away": (["h"], ["h"]),
    "a highlight in the next colour": ([], ["H"]),
    "another colour": (["h"], ["H"]),
    "a highlight of selected words": ([], ["v", "w", "w", "enter"]),
    "selected words in a colour": ([], ["v", "w", "3"]),
    "a note": ([], ["A", *keys_of("my words"), "enter"]),
    "a note on selected words": ([], ["v", "w", "a", *keys_of("my words"), "enter"]),
    "words on a highlight": (["h"], ["A", *keys_of("my words"), "enter"]),
    "other words": (["A", *keys_of("my words"), "enter"], ["A", "end", *keys_of(" are these"), "enter"]),
    "taking a note away": (["A", *keys_of("my words"), "enter"], ["h"]),
    "deleting a note in the list": (["A", *keys_of("my words"), "enter"], ["g n", "d", "escape"]),
    "changing a note in the list": (["h"], ["g n", "e", *keys_of("late"), "enter"]),
    "a mark": ([], ["m", "x"]),
    "a mark moved": (["m", "x", "j"], ["m", "x"]),
    "deleting a mark in the list": (["m", "x"], ["g m", "d", "escape"]),
}


@pytest.mark.parametrize(("before", "act"), ACTS.values(), ids=ACTS)
async def test_it_can_be_undone_and_done_again(home, before, act):
    async with home.open() as seen:
        for key in before:
            await seen.press(key)
        first, signs = kept(seen), signs_of_notes(seen, 0)
        for key in act:
            await seen.press(key)
        assert not seen.has_dialog
        second, signs_then = kept(seen), signs_of_notes(seen, 0)
        assert second != first
        await seen.press("u")
        assert (kept(seen), signs_of_notes(seen, 0)) == (first, signs)
        await seen.press("ctrl+r")
        assert (kept(seen), signs_of_notes(seen, 0)) == (second, signs_then)
        await seen.press("u")
        assert (kept(seen), signs_of_notes(seen, 0)) == (first, signs)
    async with home.open() as seen:
        await seen.press("g g")
        assert (kept(seen), signs_of_notes(seen, 0)) == (first, signs)


async def test_everything_is_undone_step_by_step_and_done_again_in_order(home):
    async with home.open() as seen:
        states = [kept(seen)]
        for keys in (["h"], ["H"], ["A", *"abc", "enter"], ["j"], ["h"], ["m", "q"], ["k"], ["h"], ["v", "w", "2"]):
            for key in keys:
                await seen.press(key)
            if kept(seen) != states[-1]:
                states.append(kept(seen))
        assert len(states) == 8
        for state in reversed(states[:-1]):
            await seen.press("u")
            assert kept(seen) == state
        await seen.press("u")
        assert kept(seen) == states[0]
        for state in states[1:]:
            await seen.press("ctrl+r")
            assert kept(seen) == state
        await seen.press("ctrl+r")
        assert kept(seen) == states[-1]


async def test_after_something_new_nothing_is_done_again(open_reader, toasts):
    async with open_reader(f"{FIRST}\n\n{LAST}") as seen:
        await seen.press("h", "u", "j", "h")
        after = kept(seen)
        await seen.press("ctrl+r")
        assert kept(seen) == after
        assert "Nothing to be done again" in toasts(seen.app)


async def test_undo_says_what_it_undid_and_when_there_is_nothing(open_reader, toasts):
    async with open_reader(FIRST) as seen:
        await seen.press("u")
        assert "Nothing to be undone" in toasts(seen.app)
        await seen.press("m", "X", "u")
        assert "Mark X: undone" in toasts(seen.app)
        await seen.press("ctrl+r")
        assert "Mark X: done again" in toasts(seen.app)


# The next time


async def test_notes_are_there_again_the_next_time(home):
    async with home.open() as seen:
        await seen.press("j", "h")
        await seen.press("j")
        await write_note(seen, "about ferries")
        await seen.press("H")
        before = kept(seen)
    async with home.open() as seen:
        assert kept(seen) == before
        assert signs_of_notes(seen, 1) == "◆"
        assert signs_of_notes(seen, 2) == "●"
        assert shaded(seen, 2).split() == LAST.split()
        await seen.press("G")
        assert "note about ferries" in seen.margin
        await seen.press("h")
    assert [n.quote for n in written(home)] == [CLAIM]


async def test_notes_go_along_with_their_words_when_the_text_before_them_has_changed(home):
    async with home.open() as seen:
        await seen.press("G")
        await write_note(seen, "about ferries")
        await seen.press("g g", "v", "w", "w", "w", "o", "w", "w", "2")
        assert kept(seen)[0][1][0] == "a f"
    home.write(HEAD, "A new beginning.", "And another one.", f"They say: {FIRST}", CLAIM, f"At last! {LAST}")
    async with home.open() as seen:
        assert shaded(seen, 2) == "a f"
        assert signs_of_notes(seen, 2) == "●"
        assert shaded(seen, 4).split() == LAST.split()
        assert signs_of_notes(seen, 0) == signs_of_notes(seen, 1) == signs_of_notes(seen, 3) == ""
        await seen.press("G")
        assert "note about ferries" in seen.margin
        await list_notes(seen)
        assert "¶ 5 about ferries" in seen.text


async def test_they_go_along_while_the_article_is_open_too(home):
    async with home.open() as seen:
        await seen.press("G", "h")
        home.write(HEAD, "A new beginning.", FIRST, CLAIM, LAST)
        await home.reload(seen)
        assert shaded(seen, 3).split() == LAST.split()
        assert signs_of_notes(seen, 2) == ""


async def test_a_note_stays_on_the_second_of_two_equal_words(home):
    home.write("red fish, red fish, red fish.", LAST)
    async with home.open() as seen:
        await seen.press("v", *["w"] * 4, "o", *["w"] * 5, "enter")
        note = seen.reading.library.notes(seen.reading.key)[0]
        start, quote = note.start, note.quote
        assert (start, quote) == (20, "red f")
    home.write("Oh! red fish, red fish, red fish.", LAST)
    async with home.open() as seen:
        assert [(n.start, n.quote) for n in seen.reading.noting.notes.values()] == [(start + 4, quote)]


async def test_a_note_whose_words_are_gone_is_listed_as_such_and_not_lost(home):
    async with home.open() as seen:
        await seen.press("G")
        await write_note(seen, "about ferries")
    home.write(HEAD, FIRST, CLAIM, "Nothing of this sort was written.")
    async with home.open() as seen:
        assert signs_of_notes(seen, 2) == ""
        await seen.press("G")
        assert "about ferries" not in seen.margin
        await list_notes(seen)
        assert "no longer in the article about ferries “The ferries left" in seen.text
        await seen.press("enter")
        assert seen.pane.paragraph == 2
    home.write(HEAD, "Something came before.", FIRST, CLAIM, LAST)
    async with home.open() as seen:
        assert shaded(seen, 3).split() == LAST.split()
        await seen.press("G")
        assert "note about ferries" in seen.margin


@pytest.mark.parametrize(
    "now", [(HEAD, FIRST), (HEAD, FIRST, CLAIM, "Nothing of this sort.")], ids=["shorter", "other"]
)
async def test_the_words_of_a_note_on_text_that_is_gone_can_be_changed(home, now):
    async with home.open() as seen:
        await seen.press("G")
        await write_note(seen, "ferries")
    home.write(*now)
    async with home.open() as seen:
        await list_notes(seen)
        await seen.press("e")
        await seen.pilot.pause(0.1)
        assert seen.app.is_running
        assert "A note on “The ferries left" in seen.text
        await seen.press("end", *keys_of(" then"), "enter")
        assert kept(seen)[0] == [(LAST, "yellow", "ferries then")]
        assert seen.app.is_running


async def test_the_note_on_text_that_is_gone_can_be_deleted_and_brought_back(home):
    async with home.open() as seen:
        await seen.press("G", "h")
    home.write(HEAD, FIRST)
    async with home.open() as seen:
        await list_notes(seen)
        await seen.press("d", "escape")
        assert kept(seen)[0] == []
        await seen.press("u")
        assert kept(seen)[0] == [(LAST, "yellow", "")]
        await list_notes(seen)
        assert "no longer in the article" in seen.text


# A library that cannot be written


async def test_what_cannot_be_kept_is_said_and_nothing_pretends_to_be(home, toasts):
    async with home.open() as seen:
        await seen.press("h", "m", "a")
    file = sqlite3.connect(home.library)
    file.execute("PRAGMA user_version = 99")
    file.close()
    async with home.open() as seen:
        assert "newer" in toasts(seen.app)
        assert signs_of_notes(seen, 0) == "◆"
        before = kept(seen)
        await seen.press("j", "h")
        assert "nothing is kept" in toasts(seen.app)
        assert signs_of_notes(seen, 1) == ""
        await seen.press("m", "b")
        assert "Mark b is set here" not in toasts(seen.app)
        await seen.press("u", "ctrl+r")
        assert kept(seen) == before


@pytest.mark.parametrize(("opening", "there"), [("g n", "¶ 1"), ("g m", "a ¶ 1")])
async def test_what_cannot_be_deleted_stays_in_its_list(home, toasts, opening, there):
    async with home.open() as seen:
        await seen.press("h", "m", "a")
    file = sqlite3.connect(home.library)
    file.execute("PRAGMA user_version = 99")
    file.close()
    async with home.open() as seen:
        before = kept(seen)
        await seen.press(opening)
        await seen.press("d")
        assert seen.app.is_running
        assert kept(seen) == before
        assert "nothing is kept" in toasts(seen.app)
        assert there in seen.text


# Selecting with the keys

SELECTIONS = {
    "a character": (["v"], "a"),
    "to the right": (["v", "l", "l"], "alp"),
    "no further than the start": (["v", "h", "h"], "a"),
    "back again": (["v", "l", "l", "h"], "al"),
    "the arrows": (["v", "right", "right", "left"], "al"),
    "to the next word": (["v", "w"], "alpha b"),
    "two words on": (["v", "w", "w"], "alpha beta g"),
    "back to the word before": (["v", "w", "w", "b"], "alpha b"),
    "the other end": (["v", "w", "w", "o", "w"], "beta g"),
    "backwards over the other end": (["v", "w", "w", "o", "w", "w", "w"], "gamma d"),
    "and back to the first end": (["v", "w", "o", "o", "l"], "alpha be"),
}


@pytest.mark.parametrize(("keys", "chosen"), SELECTIONS.values(), ids=SELECTIONS)
async def test_keys_select(open_reader, keys, chosen):
    async with open_reader(LONG, size=(60, 30)) as seen:
        await seen.press(*keys)
        assert seen.reading.article.text_at(seen.reading.selecting.span) == chosen
        assert f"selecting {len(chosen)} characters" in seen.foot
        painted = [s for s in seen.pane._make(seen.pane.lines_laid, 0, 0) if s.style and s.style.reverse]
        assert "".join(s.text for s in painted) == chosen
        await seen.press("y")
        assert seen.app.clipboard == chosen
        assert "selecting" not in seen.foot


async def test_lines_are_selected_by_down_up_and_their_ends(open_reader):
    async with open_reader(LONG, size=(60, 30)) as seen:
        lines = lines_of(LONG, seen)
        selecting = seen.reading.selecting
        await seen.press("v", "dollar_sign")
        assert seen.reading.article.text_at(selecting.span) == lines[0]
        await seen.press("j", "dollar_sign")
        assert seen.reading.article.text_at(selecting.span) == f"{lines[0]} {lines[1]}"
        await seen.press("0")
        assert seen.reading.article.text_at(selecting.span) == f"{lines[0]} {lines[1][0]}"
        await seen.press("l", "l", "j")
        assert seen.reading.article.text_at(selecting.span) == f"{lines[0]} {lines[1]} {lines[2][:3]}"
        await seen.press("k", "up", "home")
        assert selecting.span.end == 1
        await seen.press("end")
        assert seen.reading.article.text_at(selecting.span) == lines[0]


async def test_a_selection_never_leaves_its_paragraph_whatever_is_pressed(open_reader):
    chance = random.Random(5)
    async with open_reader(f"{FIRST}\n\n{LONG}\n\n{LAST}", size=(50, 14), checked=False) as seen:
        await seen.press("j", "v")
        for _ in range(150):
            await seen.pilot.press(chance.choice("hjklwbo0") if chance.random() < 0.9 else "dollar_sign")
            span = seen.reading.selecting.span
            assert span.paragraph == 1
            assert 0 <= span.start < span.end <= len(LONG.strip())
            assert seen.sees(1, seen.reading.selecting.cursor)
        chosen = seen.reading.article.text_at(seen.reading.selecting.span)
        await seen.press("enter")
        assert kept(seen)[0] == [(chosen, "yellow", "")]


@pytest.mark.parametrize(("key", "colour", "sign"), [("enter", "yellow", "◆"), ("1", "yellow", "◆"), ("2", "green", "●"), ("3", "blue", "■"), ("4", "pink", "▲")])  # fmt: skip
async def test_what_is_selected_is_highlighted_in_the_colour_of_its_number(home, key, colour, sign):
    async with home.open() as seen:
        await seen.press("v", "w", "w", "h", "h", key)
        assert kept(seen)[0] == [("It was", colour, "")]
        assert signs_of_notes(seen, 0) == sign
        assert shaded(seen, 0) == "It was"
        assert not seen.reading.selecting.is_on
    assert [(n.quote, n.colour) for n in written(home)] == [("It was", colour)]


async def test_a_note_is_written_on_what_is_selected(home):
    async with home.open() as seen:
        await seen.press("v", "w", "w", "h", "h", "a")
        assert "“It was”" in seen.text
        await seen.press(*keys_of("which day"), "enter")
        assert kept(seen)[0] == [("It was", "yellow", "which day")]
        assert "note which day" in seen.margin


@pytest.mark.parametrize("key", ["escape", "v", "q"])
async def test_a_selection_ends_without_a_trace(open_reader, key):
    async with open_reader(FIRST) as seen:
        await seen.press("v", "w", "w", key)
        assert seen.app.is_running
        assert "selecting" not in seen.foot
        assert shaded(seen, 0) == ""
        assert kept(seen)[0] == []
        assert not [s for s in seen.pane._make(seen.pane.lines_laid, 0, 0) if s.style and s.style.reverse]


async def test_selecting_begins_where_the_reader_is(open_reader):
    text = f"{HEAD}\n\nIt was a fine day. {CLAIM} Nobody listened.\n"
    async with open_reader(text, name="a.md") as seen:
        await seen.press("right_square_bracket", "v")
        claim = seen.claims("refuted")[0].claim
        assert seen.reading.selecting.cursor == claim.span.start


async def test_a_selection_stays_through_a_resize_and_a_theme(open_reader):
    async with open_reader(LONG, size=(60, 30)) as seen:
        await seen.press("v", *["w"] * 12)
        chosen = seen.reading.article.text_at(seen.reading.selecting.span)
        await seen.pilot.resize_terminal(45, 20)
        await seen.pilot.pause(0.1)
        seen.app.action_next_theme()
        await seen.press("y")
        assert seen.app.clipboard == chosen


# Copying


async def test_the_claim_or_the_paragraph_is_copied(open_reader, toasts):
    text = f"{HEAD}\n\nIt was a fine day. {CLAIM} Nobody listened.\n\n{LAST}\n"
    async with open_reader(text, name="a.md") as seen:
        await seen.press("right_square_bracket", "y")
        assert seen.app.clipboard == seen.claims("refuted")[0].claim.text
        await seen.press("G", "y")
        assert seen.app.clipboard == LAST
        await seen.until(lambda: f"Copied ({len(LAST)} characters" in toasts(seen.app), "it is said")


# The mouse


async def drag(seen, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Draw the mouse from one row and column of the text to another."""
    top = seen.rows_of(seen.pane.paragraph)[0]
    first, last = ((4 + column, top + row) for row, column in (start, end))
    await seen.pilot.mouse_down(seen.pane, offset=first)
    await seen.pilot.hover(seen.pane, offset=((first[0] + last[0]) // 2, last[1]))
    await seen.pilot.hover(seen.pane, offset=last)
    await seen.pilot.mouse_up(seen.pane, offset=last)
    await seen.pilot.pause(0.06)


async def test_what_the_mouse_is_drawn_over_is_selected_and_can_be_copied_and_highlighted(open_reader):
    async with open_reader(LONG, size=(60, 30)) as seen:
        lines = lines_of(LONG, seen)
        await drag(seen, (0, 6), (0, 9))
        assert seen.reading.selecting.is_on
        assert seen.reading.article.text_at(seen.reading.selecting.span) == "beta"
        await seen.press("y")
        assert seen.app.clipboard == "beta"
        await drag(seen, (0, 6), (1, 3))
        assert seen.reading.article.text_at(seen.reading.selecting.span) == f"{lines[0][6:]} {lines[1][:4]}"
        await seen.press("2")
        assert kept(seen)[0] == [(f"{lines[0][6:]} {lines[1][:4]}", "green", "")]


async def test_the_mouse_selects_backwards_as_well(open_reader):
    async with open_reader(LONG, size=(60, 30)) as seen:
        await drag(seen, (0, 9), (0, 6))
        assert seen.reading.article.text_at(seen.reading.selecting.span) == "beta"


async def test_a_click_that_is_not_drawn_selects_nothing(open_reader):
    async with open_reader(f"{FIRST}\n\n{LAST}") as seen:
        await seen.pilot.click(seen.pane, offset=(8, seen.rows_of(1)[0]))
        await seen.pilot.pause(0.06)
        assert not seen.reading.selecting.is_on
        assert seen.pane.paragraph == 1


async def test_what_is_drawn_over_by_the_mouse_can_be_widened_with_the_keys(open_reader):
    async with open_reader(LONG, size=(60, 30)) as seen:
        await drag(seen, (0, 6), (0, 9))
        await seen.press("w")
        assert seen.reading.article.text_at(seen.reading.selecting.span) == "beta g"
