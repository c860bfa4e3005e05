"""Choosing themes while seeing them, themes that change on disk, and how the text is set: measure, edge, panes, zen."""

from __future__ import annotations

import re
import time

import pytest
from textual.color import Color

from reader.article.model import Article, Paragraph
from reader.resources import resource_dir
from reader.settings import Settings
from reader.tui.theming import load_themes

SIX = sorted(load_themes().names)
GOOD = (resource_dir("styles") / "themes" / "caveat-dark.toml").read_text("utf-8").replace('"caveat-dark"', '"mine"')
PROSE = (
    "The harbour lies to the north of the town, and the ferries that come in the morning leave again before noon, "
    "so that nobody who wants to see both the market and the old pier has more than a few hours to do it in. "
    "Most people choose the pier, where the wind is strong even in summer and the coffee is better than it looks. "
    "The market has been there for two hundred years and will be there when the pier is gone, as people here say. "
)
LONG = "\n\n".join(f"Paragraph {n}. {PROSE}" for n in range(20))


def page_of(seen) -> Color:
    """The colour of the page, as it is painted behind the text."""
    style = seen.pane.render_line(0)._segments[0].style
    return Color.from_rich_color(style.bgcolor)


def text_rows(seen) -> list[str]:
    """The rows of the article as they are painted, the signs left out."""
    region = seen.pane.region
    return [line[region.x + 4 : region.right].rstrip() for line in seen.lines[region.y : region.bottom]]


@pytest.fixture
def mine(config_home):
    """A theme file of one's own, written whenever it is called."""
    (config_home / "themes").mkdir()

    def write(text: str = GOOD) -> None:
        (config_home / "themes" / "mine.toml").write_text(text, "utf-8")

    write()
    return write


async def quiet(seen) -> None:
    """Take away what is said over the page."""
    seen.app.clear_notifications()
    await seen.until(lambda: not seen.app.screen.query("Toast"), "nothing is said any more")
    await seen.pilot.pause(0.03)


# The list


async def test_each_theme_is_worn_while_it_is_under_the_cursor(open_reader):
    async with open_reader() as seen:
        await seen.press("T", "g g")
        worn, pages = [seen.app.theme], [page_of(seen)]
        for _ in range(5):
            await seen.press("j")
            worn.append(seen.app.theme)
            pages.append(page_of(seen))
        assert sorted(worn) == SIX
        assert len({page.hex for page in pages}) >= 4
        for name in SIX:
            assert name in seen.text
        await seen.press("k")
        assert seen.app.theme == worn[-2]


@pytest.mark.parametrize("close", ["escape", "q"])
async def test_escape_gives_back_the_theme_from_before(open_reader, close):
    async with open_reader(own=Settings(theme="caveat-light")) as seen:
        before = page_of(seen)
        await seen.press("T")
        assert seen.app.theme == "caveat-light"
        await seen.press("j", "j")
        assert seen.app.theme != "caveat-light"
        await seen.press(close)
        assert not seen.has_dialog
        assert seen.app.theme == "caveat-light"
        assert page_of(seen) == before


async def test_enter_keeps_the_theme_that_is_worn(open_reader):
    async with open_reader() as seen:
        await seen.press("T", "g g", "j")
        chosen = seen.app.theme
        await seen.press("enter")
        assert not seen.has_dialog
        assert seen.app.theme == chosen != "caveat-dark"


async def test_a_theme_can_be_searched_for_in_the_list(open_reader):
    async with open_reader() as seen:
        await seen.press("T", "slash", *"contrast")
        assert seen.app.theme == "caveat-contrast"
        await seen.press("enter")
        assert seen.app.theme == "caveat-contrast"
        await seen.press("T", "slash", *"light", "escape", "escape")
        assert seen.app.theme == "caveat-contrast"


async def test_escape_gives_back_a_theme_that_is_not_in_the_list(open_reader):
    async with open_reader(own=Settings(theme="nord")) as seen:
        if seen.app.theme != "nord":
            pytest.skip("a theme of Textual's own is not worn")
        await seen.press("T", "j", "escape")
        assert seen.app.theme == "nord"


async def test_the_place_stays_while_themes_are_looked_at(open_reader):
    async with open_reader(size=(120, 20)) as seen:
        await seen.press("right_square_bracket", "right_square_bracket")
        here, rows = (seen.pane.paragraph, seen.pane.claim), text_rows(seen)
        await seen.press("T", "j", "j", "k", "enter")
        assert (seen.pane.paragraph, seen.pane.claim) == here
        assert text_rows(seen) == rows


# Files that change


async def test_a_theme_of_ones_own_that_is_changed_is_worn_within_two_seconds(open_reader, mine):
    async with open_reader(own=Settings(theme="mine")) as seen:
        assert page_of(seen) == Color.parse("#14171c")
        mine(GOOD.replace('"#14171c"', '"#203040"'))
        started = time.monotonic()
        await seen.until(lambda: page_of(seen) == Color.parse("#203040"), "the new colour is worn")
        assert time.monotonic() - started < 2
        assert seen.app.theme == "mine"


async def test_a_new_file_can_be_chosen_without_starting_again(open_reader, config_home):
    async with open_reader() as seen:
        (config_home / "themes").mkdir()
        (config_home / "themes" / "mine.toml").write_text(GOOD, "utf-8")
        await seen.pilot.pause(1.4)
        await seen.press("T", "slash", *"mine", "enter")
        assert seen.app.theme == "mine"


@pytest.mark.parametrize(
    ("broken", "what"),
    [(GOOD.replace("#ff9a91", "#ff9a9"), "verdicts.refuted"), ("name = ", "cannot be read"), ("", "name")],
    ids=["a bad colour", "no toml", "nothing"],
)
async def test_a_broken_file_leaves_the_last_good_theme_and_is_said(open_reader, mine, toasts, broken, what):
    async with open_reader(own=Settings(theme="mine")) as seen:
        mine(GOOD.replace('"#14171c"', '"#203040"'))
        await seen.until(lambda: page_of(seen) == Color.parse("#203040"), "the good one is worn")
        seen.app.clear_notifications()
        mine(broken)
        await seen.until(lambda: what in toasts(seen.app), "the message")
        assert "mine.toml" in toasts(seen.app)
        assert len(list(seen.app._notifications)) == 1
        assert page_of(seen) == Color.parse("#203040")
        assert seen.app.theme == "mine"
        mine(GOOD.replace('"#14171c"', '"#402030"'))
        await seen.until(lambda: page_of(seen) == Color.parse("#402030"), "the mended one is worn")


async def test_escape_gives_back_a_good_theme_whose_file_is_broken_now(open_reader, mine, toasts):
    async with open_reader(own=Settings(theme="mine")) as seen:
        mine("name = ")
        await seen.until(lambda: "mine.toml" in toasts(seen.app), "the message")
        await seen.press("T", "j", "escape")
        assert seen.app.theme == "mine"
        assert page_of(seen) == Color.parse("#14171c")


async def test_a_file_that_is_taken_away_leaves_what_is_worn(open_reader, mine, config_home):
    async with open_reader(own=Settings(theme="mine")) as seen:
        (config_home / "themes" / "mine.toml").unlink()
        await seen.pilot.pause(1.4)
        assert page_of(seen) == Color.parse("#14171c")
        await seen.press("j", "t")
        assert seen.app.theme in SIX


# Zen


@pytest.mark.parametrize("size", [(180, 40), (120, 40), (60, 30), (40, 12)])
async def test_zen_hides_everything_but_the_text_and_comes_back(open_reader, size):
    async with open_reader(size=size) as seen:
        seen.app.clear_notifications()
        await seen.press("right_square_bracket")
        await seen.pilot.pause(0.1)
        before = seen.lines
        await seen.press("z")
        words = seen.text
        for gone in ("as of 2022", "checked in", "move", "2022-07-17", "refuted", "◂"):
            assert gone not in words
        assert not set("│─▐") & set("".join(seen.lines))
        assert seen.pane.region.height == size[1]
        assert "Rogozin, who had been in charge" in words
        await seen.press("j", "k", "right_square_bracket")
        await seen.press("z")
        await seen.pilot.pause(0.1)
        assert [line.strip() for line in seen.lines[:2]] == [line.strip() for line in before[:2]]
        assert seen.foot in " ".join(seen.lines[-1].split())
        assert "✗ refuted" in seen.margin
        assert seen.pane.region.height < size[1]


async def test_in_zen_the_keys_work_and_what_is_asked_is_still_shown(open_reader):
    async with open_reader() as seen:
        await seen.press("z", "tab", "j", "j")
        assert seen.pane.paragraph == 2
        await seen.press("slash", *"meduza")
        assert seen.reading.typing_line.region.height == 1
        await seen.press("enter", "escape")
        assert seen.pane.paragraph == 12
        await seen.press("right_square_bracket", "enter")
        assert "✗ refuted" in seen.text or "≠ conflicting" in seen.text
        await seen.press("escape", "z")
        assert "checked in" in seen.text


# The measure


async def test_minus_and_plus_change_the_measure_and_say_so(open_reader, toasts):
    async with open_reader(size=(160, 40)) as seen:
        widths = [max(map(len, text_rows(seen)))]
        for _ in range(4):
            await seen.press("minus")
            widths.append(max(map(len, text_rows(seen))))
        assert widths == sorted(widths, reverse=True)
        assert widths[-1] <= 56 < widths[0] <= 72
        assert "Lines of 56 columns." in toasts(seen.app)
        for key in ("plus", "equals_sign", "plus", "plus"):
            await seen.press(key)
        assert max(map(len, text_rows(seen))) == widths[0]


async def test_the_place_stays_while_the_measure_changes(open_reader):
    async with open_reader(LONG, size=(140, 20)) as seen:
        await seen.press("colon", *"12", "enter")
        await seen.press("space", "space")
        paragraph, at = seen.pane.paragraph, seen.pane.at
        for key in [*["minus"] * 6, *["plus"] * 8]:
            await seen.press(key)
            await quiet(seen)
            assert (seen.pane.paragraph, seen.pane.at) == (paragraph, at)
            assert seen.sees(paragraph, at)


async def test_a_claim_in_focus_stays_in_view_while_the_measure_changes(open_reader):
    async with open_reader(size=(140, 16)) as seen:
        for _ in range(4):
            await seen.press("right_square_bracket")
        claim = seen.reading.current_record().claim
        for key in [*["minus"] * 8, *["plus"] * 8]:
            await seen.press(key)
            await quiet(seen)
            assert seen.pane.claim == claim.id
            assert seen.sees(claim.span.paragraph, claim.span.start)


async def test_the_measure_has_a_least_and_a_most(open_reader, toasts):
    async with open_reader(size=(120, 30)) as seen:
        await seen.press(*["minus"] * 20)
        assert seen.pane.measure == 20
        await quiet(seen)
        assert max(map(len, text_rows(seen))) <= 20
        await seen.press(*["plus"] * 50)
        assert seen.pane.measure == 200
        assert f"there is room for {seen.pane.text_width}" in toasts(seen.app)


async def test_the_first_minus_makes_lines_narrower_where_the_pane_has_less_room_than_the_measure(open_reader):
    async with open_reader(LONG, size=(100, 30)) as seen:
        assert seen.pane.text_width < 66
        before = text_rows(seen)
        await seen.press("minus")
        assert text_rows(seen) != before


# An even right edge


@pytest.mark.parametrize("width", [40, 55, 72, 90])
async def test_every_line_but_the_last_of_a_paragraph_is_as_wide_as_the_measure_and_no_word_is_lost(open_reader, width):
    article = Article(
        "Prose",
        (Paragraph(0, "heading", "Prose", 1), Paragraph(1, "body", PROSE.strip()), Paragraph(2, "body", PROSE.strip())),
    )
    async with open_reader(article, size=(169, 60)) as seen:
        await quiet(seen)
        seen.pane.set_measure(width)
        await seen.press("J")
        await quiet(seen)
        assert seen.pane.text_width == width
        rows = text_rows(seen)
        paragraphs = [part.split("\n") for part in re.split(r"\n\n+", "\n".join(rows).strip("\n"))]
        assert len(paragraphs) == 3
        for lines in paragraphs[1:]:
            assert {len(line) for line in lines[:-1]} == {width}
            assert len(lines[-1]) <= width
            assert all(line == line.lstrip() for line in lines)
            assert " ".join(lines).split() == PROSE.split()
            assert not re.search(r"\S {2,}\S", lines[-1])


async def test_j_again_gives_the_ragged_edge_back(open_reader, toasts):
    async with open_reader(size=(160, 60)) as seen:
        before = text_rows(seen)
        await seen.press("J")
        assert "An even right edge." in toasts(seen.app)
        assert text_rows(seen) != before
        assert " ".join(text_rows(seen)).split() == " ".join(before).split()
        await seen.press("J")
        assert "A ragged right edge." in toasts(seen.app)
        assert text_rows(seen) == before


async def test_claims_signs_and_places_found_are_marked_in_justified_lines_too(open_reader):
    async with open_reader(size=(160, 60)) as seen:
        await seen.press("J", "slash", *"rogozin", "enter")
        reversed_words = {
            s.text
            for row in range(seen.pane.size.height)
            for s in seen.pane.render_line(row)
            if s.style and s.style.reverse
        }
        assert "Rogozin" in reversed_words


async def test_lists_and_code_are_not_justified(open_reader):
    kinds = ("list", "code", "quote", "heading")
    article = Article("Kinds", tuple(Paragraph(n, kind, PROSE.strip()) for n, kind in enumerate(kinds)))
    async with open_reader(article, size=(160, 80)) as seen:
        before = text_rows(seen)
        await seen.press("J")
        assert text_rows(seen) == before


async def test_the_last_words_before_a_line_break_are_not_drawn_apart(open_reader):
    article = Article(
        "Verse", (Paragraph(0, "body", "A verse that is not quite as wide as the line is here\nand goes on below it."),)
    )
    async with open_reader(article, size=(160, 30)) as seen:
        await seen.press("J")
        assert "A verse that is not quite as wide as the line is here" in text_rows(seen)


# The panes


async def test_the_keys_of_the_divider_change_the_panes_widths_and_have_ends(open_reader):
    async with open_reader() as seen:
        text, margin = seen.pane.region.width, seen.reading.margin_pane.region.width
        await seen.press("less_than_sign")
        assert seen.pane.region.width < text
        assert seen.reading.margin_pane.region.width > margin
        await seen.press("greater_than_sign", "greater_than_sign")
        assert seen.pane.region.width > text
        assert seen.reading.margin_pane.region.width < margin
        await seen.press(*["greater_than_sign"] * 30)
        assert seen.reading.margin_pane.region.width >= 20
        await seen.press(*["less_than_sign"] * 40)
        assert seen.pane.region.width >= 23


async def test_the_place_stays_while_the_divider_moves(open_reader):
    async with open_reader(size=(120, 16)) as seen:
        for _ in range(4):
            await seen.press("right_square_bracket")
        claim = seen.reading.current_record().claim
        for key in [*["less_than_sign"] * 6, *["greater_than_sign"] * 9]:
            await seen.press(key)
            await quiet(seen)
            assert seen.pane.claim == claim.id
            assert seen.sees(claim.span.paragraph, claim.span.start)


async def drag(seen, column: int) -> None:
    """Draw the divider to a column of the screen with the mouse."""
    at = seen.reading.query_one("#divider").region
    await seen.pilot.mouse_down(offset=(at.x, at.y + 5))
    for x in (at.x + (1 if column > at.x else -1), column):
        await seen.pilot.hover(offset=(x, at.y + 5))
        await seen.pilot.pause(0.03)
    await seen.pilot.mouse_up(offset=(column, at.y + 5))
    await seen.pilot.pause(0.06)


@pytest.mark.parametrize("width", [120, 180])
@pytest.mark.parametrize("share", [0.35, 0.5, 0.65])
async def test_the_divider_follows_the_mouse(open_reader, width, share):
    async with open_reader(size=(width, 40)) as seen:
        column = round(width * share * (1 if width < 170 else 0.75))
        await drag(seen, column)
        assert abs(seen.reading.query_one("#divider").region.x - column) <= 2
        assert seen.reading.margin_pane.region.x >= seen.reading.query_one("#divider").region.right


async def test_the_mouse_that_was_let_go_moves_the_divider_no_more(open_reader):
    async with open_reader(size=(120, 40)) as seen:
        await drag(seen, 50)
        there = seen.reading.query_one("#divider").region.x
        await seen.pilot.hover(offset=(80, 10))
        await seen.pilot.pause(0.06)
        assert seen.reading.query_one("#divider").region.x == there
        await seen.press("j")
        assert seen.pane.paragraph == 1


async def test_keys_go_on_from_where_the_mouse_left_the_divider(open_reader):
    async with open_reader(size=(120, 40)) as seen:
        await drag(seen, 50)
        there = seen.reading.query_one("#divider").region.x
        await seen.press("greater_than_sign")
        assert there < seen.reading.query_one("#divider").region.x <= there + 7
