"""Going somewhere by letters, by a line at the foot, by the outline and by sequences of keys."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Article, Link, Paragraph
from reader.tui.hinting import labels_for

NAMED = {" ": "space", "%": "percent_sign", "-": "minus", "[": "left_square_bracket", "/": "slash"}


def linked(*rows: tuple[str, str, str], title: str = "Links") -> Article:
    """An article of one paragraph for each row of text, the words that are a link, and where it leads."""
    paragraphs = []
    for number, (text, words, target) in enumerate(rows):
        at = text.find(words) if words else -1
        links = (Link(at, at + len(words), target),) if at >= 0 else ()
        paragraphs.append(Paragraph(number, "body", text, links=links))
    return Article(title, tuple(paragraphs))


ARTICLE = linked(
    ("It was told by the Courier on Monday.", "the Courier", "https://courier.example/story?id=1"),
    ("More of it stands below, in the last part.", "in the last part", "#3"),
    ("Nothing leads anywhere from here.", "", ""),
    ("This is the last part.", "", ""),
)


def many(count: int) -> Article:
    """An article of one paragraph with so many links, each a word of its own."""
    text = " ".join(f"word{n:03}" for n in range(count))
    links = tuple(Link(8 * n, 8 * n + 7, f"https://host{n}.example/") for n in range(count))
    return Article("Many", (Paragraph(0, "body", text, links=links),))


def text_rows(seen) -> list[str]:
    """The rows of the article as they are painted, the signs left out."""
    region = seen.pane.region
    return [line[region.x + 4 : region.right].rstrip() for line in seen.lines[region.y : region.bottom]]


def hints(seen) -> list[str]:
    """The letters that are painted over the text, label by label, from the top."""
    found = []
    hint = seen.pane.get_component_rich_style("article--hint", partial=True)
    for row in range(seen.pane.size.height):
        label = ""
        for segment in seen.pane.render_line(row):
            is_hint = bool(
                segment.style and segment.style.bold and segment.style.reverse and segment.style.color == hint.color
            )
            if is_hint:
                label += segment.text
            elif label:
                found.append(label)
                label = ""
        if label:
            found.append(label)
    return found


async def quiet(seen) -> None:
    """Take away what is said over the page."""
    seen.app.clear_notifications()
    await seen.until(lambda: not seen.app.screen.query("Toast"), "nothing is said any more")
    await seen.pilot.pause(0.03)


async def command(seen, words: str) -> None:
    """Type a line at the foot and press enter."""
    await seen.press("colon")
    await seen.press(*[NAMED.get(c, c) for c in words])
    await seen.press("enter")


# Letters


async def test_links_get_letters_and_typing_one_asks_before_leaving_for_a_browser(open_reader):
    async with open_reader(ARTICLE) as seen:
        opened = []
        seen.app.open_url = lambda url, **_: opened.append(url)
        before = text_rows(seen)
        await seen.press("f")
        assert "follow which letters?" in seen.foot
        assert hints(seen) == ["a", "s"]
        await seen.press("a")
        assert "Open courier.example in a browser?" in seen.text
        assert "https://courier.example/story?id=1" in seen.text
        assert opened == []
        await seen.press("escape")
        assert opened == []
        assert text_rows(seen) == before
        await seen.press("f", "a", "enter")
        assert opened == ["https://courier.example/story?id=1"]
        assert not seen.has_dialog


async def test_a_link_inside_the_article_goes_there_and_one_can_come_back(open_reader):
    async with open_reader(ARTICLE) as seen:
        await seen.press("f", "s")
        assert not seen.has_dialog
        assert seen.pane.paragraph == 3
        assert hints(seen) == []
        assert "follow which" not in seen.foot
        await seen.press("ctrl+o")
        assert seen.pane.paragraph == 0


async def test_a_click_on_a_link_does_the_same(open_reader):
    async with open_reader(ARTICLE) as seen:
        row = next(n for n, line in enumerate(text_rows(seen)) if "the last part" in line and "below" in line)
        column = text_rows(seen)[row].index("last part")
        await seen.pilot.click("#article", offset=(4 + column, row))
        await seen.pilot.pause(0.06)
        assert seen.pane.paragraph == 3


async def test_a_click_on_a_link_hits_it_in_a_justified_line_too(open_reader):
    line = "A few words of every length stand here and at the end the link comes"
    article = linked((f"{line} extraordinarily late and goes on.", "link comes", "#1"), ("The end.", "", ""))
    async with open_reader(article, size=(140, 30)) as seen:
        seen.pane.set_measure(len(line) + 6)
        await seen.press("J")
        row = next(n for n, line in enumerate(text_rows(seen)) if "comes" in line)
        column = text_rows(seen)[row].rindex("s")
        assert column == seen.pane.text_width - 1
        await seen.pilot.click("#article", offset=(4 + column, row))
        await seen.pilot.pause(0.06)
        assert seen.pane.paragraph == 1


async def test_claims_get_letters_and_typing_one_brings_it_into_focus(open_reader):
    async with open_reader(size=(120, 60)) as seen:
        await seen.press("f")
        assert len(hints(seen)) == len(set(hints(seen))) > 10
        problem = seen.claims("refuted")[0].claim
        text = seen.reading.article.paragraphs[problem.span.paragraph].text
        row = next(n for n, line in enumerate(text_rows(seen)) if "who had been in charge of the Russian" in line)
        label = text_rows(seen)[row][0]
        assert text.startswith("Rogozin")
        assert label == hints(seen)[2]
        await seen.press(label)
        assert seen.pane.claim == problem.id
        assert seen.margin.startswith("✗ refuted")
        assert hints(seen) == []


async def test_escape_takes_the_letters_away_and_nothing_has_moved(open_reader):
    async with open_reader(ARTICLE) as seen:
        before = seen.lines
        await seen.press("f")
        assert seen.lines != before
        await seen.press("escape")
        assert seen.lines == before
        await seen.press("j")
        assert seen.pane.paragraph == 1


@pytest.mark.parametrize("key", ["z", "A", "1", "space", "enter", "down", "ctrl+n"])
async def test_what_is_no_label_takes_the_letters_away_and_does_nothing(open_reader, key):
    async with open_reader(ARTICLE) as seen:
        before = seen.lines
        await seen.press("f", key)
        assert seen.lines == before
        assert not seen.has_dialog


async def test_only_what_is_in_view_gets_letters(open_reader):
    rows = [(f"Paragraph {n} has a link.", "a link", f"https://host{n}.example/") for n in range(60)]
    async with open_reader(linked(*rows), size=(80, 20)) as seen:
        await seen.press("f")
        in_view = [line for line in text_rows(seen) if "has" in line]
        assert len(hints(seen)) == len(in_view) <= 12
        assert all(len(label) == 1 for label in hints(seen))


async def test_links_of_a_long_paragraph_that_are_out_of_view_get_no_letters(open_reader):
    async with open_reader(many(200), size=(60, 14)) as seen:
        await seen.press("f")
        in_view = sum(len(re.findall(r"\d\d\d", line)) for line in text_rows(seen))
        assert in_view < 150
        labels = hints(seen)
        assert len(labels) == in_view
        needed = 1 if in_view <= 26 else 2
        assert {len(label) for label in labels} == {needed}


async def test_more_than_26_links_get_two_letters_each_and_both_are_typed(open_reader):
    async with open_reader(many(40), size=(120, 30)) as seen:
        await seen.press("f")
        labels = hints(seen)
        assert len(labels) == len(set(labels)) == 40
        assert {len(label) for label in labels} == {2}
        await seen.press(labels[30][0])
        assert not seen.has_dialog
        assert "follow which letters?" in seen.foot
        await seen.press(labels[30][1])
        assert "Open host30.example in a browser?" in seen.text


async def test_escape_after_the_first_of_two_letters_ends_it(open_reader):
    async with open_reader(many(40), size=(120, 30)) as seen:
        await seen.press("f", "a", "escape")
        assert hints(seen) == []
        await seen.press("f")
        label = hints(seen)[7]
        await seen.press(*label)
        assert "Open host7.example" in seen.text


async def test_26_links_still_need_one_letter_each(open_reader):
    async with open_reader(many(26), size=(120, 30)) as seen:
        await seen.press("f")
        assert len(hints(seen)) == 26
        assert {len(label) for label in hints(seen)} == {1}


@pytest.mark.parametrize("words", ["文書", "документ", "🚀 rocket", "l’œuvre"])
async def test_a_link_in_any_script_shows_its_letter(open_reader, words):
    async with open_reader(linked((f"Here: {words}.", words, "https://host.example/"))) as seen:
        await seen.press("f")
        assert hints(seen) == ["a"]
        await seen.press("a")
        assert "Open host.example" in seen.text


async def test_where_there_is_nothing_to_follow_the_key_says_so(open_reader, toasts):
    async with open_reader("It was a fine day.") as seen:
        await seen.press("f")
        assert "No link and no verdict in view" in toasts(seen.app)
        await seen.press("j", "q")
        assert not seen.app.is_running


@given(st.integers(0, 20_000))
def test_no_label_is_the_beginning_of_another(count):
    labels = labels_for(count)
    assert len(labels) == len(set(labels)) == count
    assert len({len(label) for label in labels}) <= 1
    assert all(re.fullmatch("[a-z]+", label) for label in labels)
    ordered = sorted(labels)
    assert not any(b.startswith(a) for a, b in itertools.pairwise(ordered))
    shortest = next(n for n in itertools.count(1) if 26**n >= count)
    assert all(len(label) == shortest for label in labels)


# The line at the foot

SIXTY = "\n\n".join(f"Paragraph {n} is here to be read." for n in range(1, 61))


@pytest.mark.parametrize(
    ("words", "paragraph"),
    [
        ("42", 42),
        ("1", 1),
        ("0", 1),
        ("60", 60),
        ("999999999", 60),
        (" 42 ", 42),
        ("0%", 1),
        ("100%", 60),
        ("999%", 60),
        ("50 %", 31),
    ],
)
async def test_a_number_or_a_per_cent_goes_there(open_reader, words, paragraph):
    async with open_reader(SIXTY) as seen:
        await command(seen, "20")
        await command(seen, words)
        assert abs(seen.pane.paragraph + 1 - paragraph) <= ("%" in words and "50" in words)
        assert seen.sees(seen.pane.paragraph)
        assert not seen.reading.typing_line.display


async def test_fifty_per_cent_is_the_middle_and_one_can_come_back(open_reader):
    async with open_reader(SIXTY) as seen:
        await command(seen, "50%")
        assert seen.pane.paragraph in (29, 30)
        await seen.press("ctrl+o")
        assert seen.pane.paragraph == 0
        await seen.press("ctrl+n")
        assert seen.pane.paragraph in (29, 30)


async def test_set_theme_wears_it(open_reader):
    async with open_reader() as seen:
        await command(seen, "set theme caveat-light")
        assert seen.app.theme == "caveat-light"


async def test_set_width_makes_lines_so_wide(open_reader):
    async with open_reader(size=(120, 60)) as seen:
        await command(seen, "set width 40")
        rows = [row for row in text_rows(seen) if row]
        assert max(map(len, rows)) <= 40
        assert max(map(len, rows)) >= 34


async def test_set_justify_makes_the_right_edge_even_and_ragged_again(open_reader):
    async with open_reader(size=(120, 60)) as seen:
        before = text_rows(seen)
        await command(seen, "set justify on")
        assert text_rows(seen) != before
        await command(seen, "set justify on")
        assert text_rows(seen) != before
        await command(seen, "set justify off")
        assert text_rows(seen) == before


@pytest.mark.parametrize("name", ["problems", "decided", "no opinions"])
async def test_set_filter_shows_only_those_claims(open_reader, name):
    async with open_reader() as seen:
        await command(seen, f"set filter {name}")
        assert f"· {name}" in seen.foot
        await command(seen, "set filter all")
        assert f"· {name}" not in seen.foot


async def test_an_actions_id_does_it(open_reader):
    async with open_reader() as seen:
        await command(seen, "last-paragraph")
        assert seen.pane.paragraph == 12
        await command(seen, "next-problem")
        assert seen.pane.claim == seen.claims("refuted", "conflicting")[0].claim.id
        await command(seen, "search")
        assert seen.reading.typing_line.display
        await seen.press(*"meduza", "enter", "escape")
        assert seen.pane.paragraph == 12
        await command(seen, "help")
        assert "Next paragraph" in seen.text
        await seen.press("escape")
        await command(seen, "quit")
        assert not seen.app.is_running


WRONG = {
    "an action": ("next-paragraf", "next-paragraph"),
    "the word set": ("sett theme x", "set"),
    "a theme": ("set theme caveat-drak", "caveat-dark"),
    "a filter": ("set filter problem", "problems"),
    "a setting": ("set widht 60", "width"),
    "a width that is no number": ("set width wide", "between 20 and 200"),
    "a width too small": ("set width 19", "between 20 and 200"),
    "a width too large": ("set width 201", "between 20 and 200"),
    "neither on nor off": ("set justify yes", "on or off"),
    "nothing to set": ("set", "theme, width, justify, filter"),
    "no value": ("set theme", "theme, width, justify, filter"),
    "markup": ("[bold]next", "no such command"),
    "a negative number": ("-3", "no such command"),
    "an action of a list": ("dialog-close", "no such command"),
}


@pytest.mark.parametrize(("words", "said"), WRONG.values(), ids=WRONG)
async def test_a_wrong_line_is_said_in_one_line_with_the_nearest_name(open_reader, toasts, words, said):
    async with open_reader() as seen:
        await seen.press("j", "j")
        await quiet(seen)
        before = seen.pane.paragraph, seen.app.theme, seen.pane.measure, text_rows(seen)
        await command(seen, words)
        notices = list(seen.app._notifications)
        assert len(notices) == 1
        assert said in notices[0].message
        assert "\n" not in notices[0].message
        await quiet(seen)
        assert (seen.pane.paragraph, seen.app.theme, seen.pane.measure, text_rows(seen)) == before
        await seen.press("j")
        assert seen.pane.paragraph == 3


async def test_escape_takes_the_line_away_and_nothing_is_done(open_reader):
    async with open_reader() as seen:
        await seen.press("colon", *"12")
        assert seen.reading.typing_line.display
        await seen.press("escape")
        assert not seen.reading.typing_line.display
        assert seen.pane.paragraph == 0
        await seen.press("j")
        assert seen.pane.paragraph == 1
        await seen.press("colon")
        assert seen.reading.typing_line.value == ""


async def test_an_empty_line_does_nothing(open_reader):
    async with open_reader() as seen:
        await command(seen, "")
        await command(seen, "   ")
        assert not [n for n in seen.app._notifications if n.severity != "information"]
        assert seen.pane.paragraph == 0


async def test_an_action_of_selecting_leaves_no_mark_that_escape_does_not_take_away(open_reader):
    async with open_reader() as seen:
        before = text_rows(seen), hints(seen), seen.pane.shown.selection
        await command(seen, "select-line-end")
        seen.app.clear_notifications()
        await seen.press("escape")
        assert (text_rows(seen), hints(seen), seen.pane.shown.selection) == before


async def test_nothing_is_highlighted_by_a_line_while_nothing_is_selected(open_reader):
    async with open_reader() as seen:
        await seen.press("j", "j", "j")
        await command(seen, "select-highlight")
        assert {n: notes for n in range(13) if (notes := list(seen.reading.noting.at(n)))} == {}


async def test_a_search_goes_on_after_a_command_was_begun_and_left(open_reader):
    async with open_reader(SIXTY) as seen:
        await seen.press("slash", *"read", "enter", "n")
        await seen.press("colon", "escape", "n")
        assert seen.pane.paragraph == 2


# The outline

HEADINGS = Article(
    "A story",
    tuple(
        Paragraph(n, kind, text, level)
        for n, (kind, text, level) in enumerate(
            [
                ("heading", "A story", 1),
                ("body", "It begins.", 0),
                ("heading", "The harbour", 2),
                ("body", "Ferries come.", 0),
                ("body", "Ferries go.", 0),
                ("heading", "The second pier", 3),
                ("body", "Nobody is there.", 0),
                ("heading", "The town", 2),
                ("body", "It ends.", 0),
            ]
        )
    ),
)


async def test_the_outline_lists_the_headings_in_order_and_indented(open_reader):
    async with open_reader(HEADINGS) as seen:
        await seen.press("g o")
        rows = [line for line in seen.lines if "¶" in line and line.count("│") >= 2]
        names = ["A story", "The harbour", "The second pier", "The town"]
        assert [next(n for n in names if n in row) for row in rows] == names
        columns = [row.index(name) for row, name in zip(rows, names, strict=True)]
        assert columns[0] < columns[1] < columns[2]
        assert columns[3] == columns[1]
        for row, number in zip(rows, (1, 3, 6, 8), strict=True):
            assert f"¶ {number}" in row
        assert "Ferries come" not in " ".join(rows)


@pytest.mark.parametrize(("place", "heading"), [(0, 0), (1, 0), (2, 2), (4, 2), (6, 5), (8, 7)])
async def test_the_heading_that_one_is_under_is_chosen_when_the_outline_opens(open_reader, place, heading):
    async with open_reader(HEADINGS) as seen:
        await command(seen, str(place + 1))
        await seen.press("g o", "enter")
        assert not seen.has_dialog
        assert seen.pane.paragraph == heading


async def test_choosing_a_heading_goes_there_and_one_can_come_back(open_reader):
    async with open_reader(HEADINGS) as seen:
        await seen.press("j", "g o", "j", "j", "enter")
        assert seen.pane.paragraph == 5
        await seen.press("ctrl+o")
        assert seen.pane.paragraph == 1
        await seen.press("g o", "slash", *"town", "enter")
        assert seen.pane.paragraph == 7


async def test_escape_closes_the_outline_and_nothing_has_moved(open_reader):
    async with open_reader(HEADINGS) as seen:
        await seen.press("j", "g o", "j", "escape")
        assert not seen.has_dialog
        assert seen.pane.paragraph == 1


async def test_an_article_without_headings_says_that_it_has_none(open_reader, toasts):
    async with open_reader(ARTICLE) as seen:
        await seen.press("g o")
        assert "no headings" in toasts(seen.app)
        assert not seen.has_dialog


# Sequences


async def test_the_first_key_of_a_sequence_is_shown_in_the_foot_until_the_next(open_reader):
    async with open_reader() as seen:
        await seen.press("G")
        before = seen.foot
        await seen.press("g")
        assert seen.foot.startswith("g …")
        await seen.press("g")
        assert "g …" not in seen.foot
        assert seen.pane.paragraph == 0
        await seen.press("G")
        assert seen.foot == before


@pytest.mark.parametrize("other", ["x", "j", "q", "escape", "enter", "space", "f12", "1"])
async def test_an_unknown_key_after_g_does_nothing_and_swallows_no_further_key(open_reader, other):
    async with open_reader() as seen:
        await seen.press("j", "j")
        before = seen.lines
        await seen.press("g", other)
        assert seen.app.is_running
        assert seen.lines == before
        await seen.press("j")
        assert seen.pane.paragraph == 3
        await seen.press("g", "g")
        assert seen.pane.paragraph == 0


async def test_a_sequence_in_a_list_works_and_an_unknown_second_key_does_not(open_reader):
    async with open_reader(size=(100, 24)) as seen:
        await seen.press("question_mark")
        top = seen.lines
        await seen.press("G")
        assert seen.lines != top
        end = seen.lines
        await seen.press("g", "q")
        assert seen.has_dialog
        assert seen.lines == end
        await seen.press("g g")
        assert seen.lines == top
