"""Search in the text, as somebody at the keyboard uses it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Paragraph
from reader.tui.searching import Found, SearchError, TextSearch

TEXT = "\n\n".join(
    ["The harbour"]
    + [f"Paragraph {n} tells of ferries in the harbour." + (" One Soyuz." if n % 5 == 0 else "") for n in range(40)]
    + ["The last one has [brackets] and a.b dots, and $t markup [/nope]."]
)


def article(*texts: str) -> list[Paragraph]:
    return [Paragraph(n, "body", text) for n, text in enumerate(texts)]


async def typed(seen, words: str) -> None:
    await seen.press("slash")
    await seen.press(*[{" ": "space", "[": "left_square_bracket"}.get(c, c) for c in words])


def painted_style(seen, paragraph: int, word: str):
    """The style that a word of a paragraph is painted in."""
    text = seen.reading.article.paragraphs[paragraph].text
    at = text.index(word)
    for row, (start, end) in enumerate(seen.pane.lines_laid.lines(paragraph)):
        if start <= at < end:
            strip = seen.pane._make(seen.pane.lines_laid, paragraph, row)
            return next(s.style for s in strip if word in s.text)
    raise AssertionError(word)


async def test_what_is_typed_is_found_at_once_and_enter_keeps_it(open_reader):
    async with open_reader(TEXT) as seen:
        await typed(seen, "soyuz")
        assert "Soyuz" in seen.reading.article.paragraphs[seen.pane.paragraph].text
        assert seen.pane.paragraph == 1
        await seen.until(lambda: "“soyuz” 1 of 8" in seen.foot, "the count")
        await seen.press("enter")
        assert not seen.reading.typing_line.display
        assert seen.pane.paragraph == 1


async def test_n_and_capital_n_go_through_the_places_and_round_the_end(open_reader):
    async with open_reader(TEXT) as seen:
        await typed(seen, "soyuz")
        await seen.press("enter", "n")
        assert seen.pane.paragraph == 6
        await seen.until(lambda: "2 of 8" in seen.foot, "the place")
        await seen.press("N", "N")
        assert seen.pane.paragraph == 36
        await seen.until(lambda: "8 of 8" in seen.foot, "round the end")
        await seen.press("n")
        assert seen.pane.paragraph == 1


async def test_escape_ends_the_search_and_n_is_the_next_claim_again(open_reader):
    async with open_reader() as seen:
        await typed(seen, "station")
        await seen.press("enter", "n", "escape")
        assert "“station”" not in seen.foot
        place = seen.pane.paragraph
        await seen.press("n")
        assert seen.pane.claim is not None
        assert seen.pane.paragraph >= place


async def test_escape_while_typing_leads_back_to_where_it_began(open_reader):
    async with open_reader(TEXT) as seen:
        await seen.press("j", "j", "j")
        await typed(seen, "brackets")
        assert seen.pane.paragraph == 41
        await seen.press("escape")
        assert seen.pane.paragraph == 3
        assert not seen.reading.typing_line.display


async def test_places_are_marked_and_the_one_that_is_meant_more_than_the_others(open_reader):
    async with open_reader(TEXT) as seen:
        await typed(seen, "harbour")
        here, there = painted_style(seen, 0, "harbour"), painted_style(seen, 2, "harbour")
        assert here.reverse
        assert there.reverse
        assert here != there
        await seen.press("escape")
        assert not painted_style(seen, 2, "harbour").reverse


async def test_small_letters_find_both_cases_and_a_capital_only_itself(open_reader):
    async with open_reader("soyuz and Soyuz and SOYUZ.") as seen:
        await typed(seen, "soyuz")
        await seen.until(lambda: "1 of 3" in seen.foot, "all three")
        await seen.press("escape")
        await typed(seen, "Soyuz")
        await seen.until(lambda: "1 of 1" in seen.foot, "one")


async def test_a_regular_expression_finds_what_it_describes_and_a_broken_one_its_own_letters(open_reader):
    async with open_reader(TEXT) as seen:
        await typed(seen, "paragraph 1[0-9]")
        await seen.until(lambda: "1 of 10" in seen.foot, "ten to nineteen")
        await seen.press("escape")
        await typed(seen, "[brackets")
        assert seen.pane.paragraph == 41
        await seen.until(lambda: "“[brackets” 1 of 1" in seen.foot, "its own letters")


async def test_what_is_not_there_is_said_and_nothing_moves(open_reader):
    async with open_reader(TEXT) as seen:
        await seen.press("j", "j")
        await typed(seen, "zzzz")
        assert "not found" in seen.foot
        assert seen.pane.paragraph == 2
        await seen.press("enter", "n")
        assert seen.pane.paragraph == 2


async def test_an_empty_search_is_none(open_reader):
    async with open_reader(TEXT) as seen:
        await seen.press("slash", "enter")
        assert not seen.reading.seeker.is_active
        await seen.press("j")
        assert seen.pane.paragraph == 1


async def test_the_search_stays_through_a_resize_and_a_theme(open_reader):
    async with open_reader(TEXT) as seen:
        await typed(seen, "soyuz")
        await seen.press("enter", "n", "t")
        await seen.pilot.resize_terminal(50, 20)
        await seen.pilot.pause(0.1)
        assert seen.pane.paragraph == 6
        await seen.press("n")
        assert seen.pane.paragraph == 11
        assert painted_style(seen, 11, "Soyuz").reverse


async def test_keys_that_mean_something_on_the_page_are_only_letters_in_the_line(open_reader):
    async with open_reader(TEXT) as seen:
        await typed(seen, "qOtGa")
        assert seen.app.is_running
        assert seen.reading.typing_line.value == "qOtGa"
        assert not seen.has_dialog


@given(st.lists(st.text("ab. \n漢é", max_size=30), min_size=1, max_size=6), st.text("ab.*[(漢", min_size=1, max_size=5))
def test_every_place_is_where_the_words_are_and_going_on_meets_each_once(texts, pattern):
    search = TextSearch(pattern, article(*texts))
    for count in search.count_on():
        assert count >= 0
    every = [f for n in range(len(texts)) for f in search.in_paragraph(n)]
    assert every == sorted(every)
    met, here = [], Found(0, 0, 0)
    for _ in every:
        found = search.nearest(here.paragraph, here.start + bool(met), 1)
        assert found is not None
        met.append(found)
        here = found
    assert sorted(met) == every
    assert [search.place_of(f) for f in every] == [f"{n} of {len(every)}" for n in range(1, len(every) + 1)]


def test_an_expression_that_would_never_end_is_given_up():
    search = TextSearch(r"(?:a?){40}a{40}(?:\w+\s?)*z$", article("a" * 39 + " " + "word " * 200))
    started = time.monotonic()
    assert search.nearest(0, 0, 1) is None or time.monotonic() - started < 30
    assert time.monotonic() - started < 30


def test_a_pattern_that_is_too_long_is_refused():
    with pytest.raises(SearchError):
        TextSearch("a" * 500, article("a"))
