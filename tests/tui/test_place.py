"""The place is never lost, and no text is: wrapping, resizing, other themes and new verdicts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from textual import events
from textual.geometry import Size

from reader.desk import DeskOptions
from reader.tui.wrapping import wrap

UNSHRUNK = (Phase.explicit, Phase.generate)  # an app for every step of shrinking would take minutes
SIZES = st.tuples(st.integers(40, 200), st.integers(12, 60))
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "word",
                "a",
                "supercalifragilistic" * 8,
                "漢字",
                "漢" * 40,
                "日本語。",
                "e\u0301" * 12,
                "a\u0308",
                "👩\u200d🚀",
                "❤\ufe0f",
                "🇩🇪",
                "👍🏽",
                "한국어",
                "\u0915\u094d\u0937",
                "-",
                "ﷺ",
                "1️⃣",
                "\u00ad",
            ]
        ),
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12),
    ),
    max_size=40,
).map(" ".join)


def pieces(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@settings(max_examples=400)
@given(TEXTS, st.integers(4, 120))
@example("e\u0301" * 10 + " " + "漢" * 10, 10)
@example("❤\ufe0f " * 20, 9)
def test_no_line_is_wider_than_the_room(cells, text, width):
    for line in pieces(text, width):
        assert cells(line) <= width or len(line) == 1, (line, cells(line))


@settings(max_examples=400)
@given(TEXTS, st.integers(1, 120))
@example("", 10)
@example("a\n\nb\n", 1)
@example("  two  spaces  ", 3)
def test_no_text_is_lost_by_wrapping_but_the_space_at_a_break(text, width):
    lines = wrap(text, width)
    assert lines[0][0] == 0
    assert lines[-1][1] == len(text)
    for (_, end), (start, _) in zip(lines, lines[1:], strict=False):
        assert text[end:start] in ("", " ", "\n")


@settings(max_examples=200)
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=60), st.integers(9, 40))
def test_words_that_fit_a_line_are_never_broken_and_lines_are_filled(words, width):
    text = " ".join(words)
    lines = pieces(text, width)
    assert [w for line in lines for w in line.split()] == words
    for line, after in zip(lines, lines[1:], strict=False):
        assert len(line) + 1 + len(after.split()[0]) > width


@settings(max_examples=200)
@given(st.lists(st.sampled_from(["é", "한국어", "naïve", "word"]), min_size=1, max_size=60), st.integers(9, 40))
def test_words_of_other_scripts_are_not_broken_either(words, width):
    assert [w for line in pieces(" ".join(words), width) for w in line.split()] == words


@pytest.mark.parametrize(
    "whole", ["e\u0301", "👩\u200d🚀", "❤\ufe0f", "👍🏽", "🇩🇪"], ids=["accent", "astronaut", "heart", "thumb", "flag"]
)
def test_a_character_of_several_code_points_stays_whole(whole):
    text = "x" * 7 + whole * 20
    for line in pieces(text, 8):
        rest = line.replace("x", "").replace(whole, "")
        assert rest == "", line


def text_of(paragraphs: int) -> str:
    long = " ".join(f"word{n}" for n in range(260))
    return "\n\n".join(
        long if n == 3 else f"Paragraph {n}: " + " ".join(f"w{n}x{m}" for m in range(n * 7 % 60))
        for n in range(paragraphs)
    )


@settings(max_examples=8, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
@given(st.integers(0, 19), st.lists(SIZES, min_size=1, max_size=5))
@example(8, [(120, 12)])
@example(8, [(200, 60), (140, 14), (40, 12)])
async def test_the_paragraph_in_focus_stays_in_sight_whatever_the_size(open_reader, paragraph, sizes):
    async with open_reader(text_of(20), options=DeskOptions(builtin=False), checked=False) as seen:
        seen.pane.go_to(paragraph)
        await seen.pilot.pause()
        for size in sizes:
            await seen.pilot.resize_terminal(*size)
            await seen.pilot.pause(0.05)
            await seen.until(lambda: seen.sees(paragraph), f"paragraph {paragraph} is in sight at {size}")
            assert seen.pane.paragraph == paragraph
            assert max(map(len, seen.lines)) <= size[0]


@settings(max_examples=6, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
@given(st.integers(2, 9), st.lists(SIZES, min_size=1, max_size=3))
@example(4, [(90, 20)])
async def test_the_place_inside_a_long_paragraph_is_kept_through_resizes(open_reader, pages, sizes):
    text = "Short.\n\n" + " ".join(f"word{n}" for n in range(1500)) + "\n\nThe end."
    async with open_reader(text, size=(70, 24), options=DeskOptions(builtin=False), checked=False) as seen:
        await seen.pilot.press(*["j"] * pages)
        first_row = seen.lines[seen.pane.region.y + 1]
        word = first_row.strip(" ▌").split()[1]
        for size in sizes:
            await seen.pilot.resize_terminal(*size)
            await seen.until(lambda: f" {word} " in f" {seen.text} ", f"{word} is in sight at {size}")


async def test_the_current_claim_stays_in_sight_through_resizes(open_reader):
    text = (
        "---\ndate: 2022-07-17\n---\n\n"
        + "Nothing was said about it at the time. " * 60
        + "NASA administrator Robert Lightfoot spoke. "
        + "Nobody else was there then. " * 60
    )
    async with open_reader(text, name="a.md", size=(80, 24)) as seen:
        await seen.press("right_square_bracket")
        claim = seen.pane.claim
        assert "Robert Lightfoot" in seen.text
        for size in ((60, 20), (120, 30), (44, 14)):
            await seen.pilot.resize_terminal(*size)
            await seen.until(
                lambda: "Lightfoot" in " ".join(seen.lines[2 : seen.pane.region.bottom]),
                f"the claim is in sight at {size}",
            )
            assert seen.pane.claim == claim


async def test_a_key_that_is_pressed_while_the_screen_is_laid_out_counts(open_reader):
    async with open_reader(text_of(20), options=DeskOptions(builtin=False), checked=False) as seen:
        for number, size in enumerate(((90, 30), (60, 20), (120, 40)), 1):
            await seen.pilot.resize_terminal(*size)
            seen.pane.on_resize(events.Resize(Size(*size), Size(*size)))
            seen.pane._text_width = 0
            seen.pane.on_resize(events.Resize(Size(*size), Size(*size)))
            seen.reading.walking.move(1)
            await seen.pilot.pause(0.1)
            assert seen.pane.paragraph == number


async def test_a_new_theme_changes_no_line(open_reader):
    async with open_reader(size=(100, 24)) as seen:
        await seen.press("space", "right_square_bracket")
        before = [line[:38] for line in seen.lines[:16]]
        for _ in range(6):
            await seen.press("t")
            assert [line[:38] for line in seen.lines[:16]] == before


async def test_new_verdicts_change_neither_the_place_nor_the_lines(open_reader, sample_article):
    async with open_reader(size=(100, 24), checked=False) as seen:
        await seen.press("space", "j")
        place = seen.pane.paragraph, seen.pane.scroll_offset
        await seen.until_checked()
        assert (seen.pane.paragraph, seen.pane.scroll_offset) == place
        words = [line[4:40] for line in seen.lines[2:10]]
        await seen.press("a", *["backspace"] * 10, *"1999", "enter")
        await seen.until_checked()
        assert (seen.pane.paragraph, seen.pane.scroll_offset) == place
        assert [line[4:40] for line in seen.lines[2:10]] == words


async def test_all_of_the_article_can_be_read_at_any_width(open_reader):
    words = [f"w{n}한국é{n}" for n in range(120)]
    for width in (40, 57, 100, 143):
        async with open_reader(
            " ".join(words), size=(width, 60), options=DeskOptions(builtin=False), checked=False
        ) as seen:
            read = ""
            for _ in range(12):
                read += seen.text + " "
                await seen.pilot.press("j")
            assert [w for w in words if w not in read] == [], width


async def test_the_keys_are_swift_in_an_article_of_five_thousand_paragraphs(open_reader):
    import time

    text = "\n\n".join(f"Paragraph {n} holds a few plain words and then some more of them." for n in range(5_000))
    async with open_reader(text, options=DeskOptions(builtin=False), checked=False) as seen:
        started = time.monotonic()
        for key in ("G", "home", "G", "home"):
            await seen.pilot.press(key)
        assert time.monotonic() - started < 6
        seen.pane.go_to(4_321)
        await seen.pilot.resize_terminal(77, 23)
        await seen.pilot.pause(0.05)
        assert seen.sees(4_321)
