"""`--plain`: everything in reading order, in ASCII, with no lines around it, and the cursor where the reader is."""

from __future__ import annotations

import re
import sys

import pytest

from reader.settings import Reading, Settings
from tests.tui.at_home import keys_of

PLAIN = Settings(reading=Reading(plain=True))
BOXES = re.compile("[\u2500-\u259f\u25a0-\u25ff]")
DECIDED = ("supported", "refuted", "conflicting")
SCREENS = {
    "reading": "",
    "claim": "n",
    "help list": "question_mark",
    "help list further down": "question_mark j j j j space j j j",
    "help list searched": "question_mark slash q",
    "evidence": "right_square_bracket enter",
    "as-of": "a",
    "settings": "comma",
    "a setting's value": "comma slash w i d t h enter enter",
    "outline": "g o",
    "note": "A",
    "themes": "T",
    "search": "slash s o y u z",
    "search kept": "slash s o y u z enter",
    "command": "colon",
    "waiting for a key": "g",
    "contradiction": "right_square_bracket x",
    "cards": "j c",
    "explanation": "right_square_bracket e",
    "palette": "ctrl+p",
    "hints": "f",
    "highlight": "h",
    "selecting": "v",
    "filter": "F",
}


def shown(seen) -> str:
    return "\n".join(line.rstrip() for line in seen.lines)


def told_under(seen, paragraph: int) -> str:
    """What stands between a paragraph's last row and the next paragraph, single spaces."""
    laid, region = seen.pane.lines_laid, seen.pane.region
    start = laid.first_line(paragraph) + len(laid.lines(paragraph)) - seen.pane.scroll_offset.y
    end = laid.first_line(paragraph) + laid.height(paragraph) - seen.pane.scroll_offset.y
    return " ".join(" ".join(seen.lines[region.y + row][4:] for row in range(start, end)).split())


def cursor_line(seen) -> str:
    return seen.lines[seen.app.cursor_position.y]


def first_words(seen, paragraph: int) -> str:
    """The words of a paragraph's first line."""
    start, end = seen.pane.lines_laid.lines(paragraph)[0]
    return seen.reading.article.paragraphs[paragraph].text[start:end]


def is_at(seen, paragraph: int) -> bool:
    """Whether the cursor is on the first row of a paragraph, at its first character."""
    at = seen.app.cursor_position
    return seen.lines[at.y][at.x :].startswith(first_words(seen, paragraph)[:20])


@pytest.mark.parametrize("size", [(120, 40), (60, 20)], ids=["wide", "narrow"])
@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS.keys())
async def test_no_lines_or_blocks_are_drawn(open_reader, keys, size):
    async with open_reader(own=PLAIN, size=size) as seen:
        if keys:
            await seen.press(*keys.split(" "))
            await seen.pilot.pause(0.1)
        assert seen.text
        assert sorted(set(BOXES.findall(shown(seen)))) == [], shown(seen)


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS.keys())
async def test_all_that_is_shown_around_an_article_in_ascii_is_ascii(open_reader, sample_article, keys):
    assert all(p.text.isascii() for p in sample_article.paragraphs)
    async with open_reader(own=PLAIN) as seen:
        if keys:
            await seen.press(*keys.split(" "))
            await seen.pilot.pause(0.1)
        assert sorted({char for char in shown(seen) if not char.isascii()}) == [], shown(seen)


async def test_the_articles_own_text_keeps_its_characters(open_reader):
    async with open_reader("Zürich “quoted” 日本 – it said…", own=PLAIN) as seen:
        assert "Zürich “quoted” 日本 – it said…" in seen.text


async def test_lists_and_quotations_have_ascii_marks(open_reader):
    async with open_reader("- one\n- two\n\n3. three\n\n> said\n", name="a.md", own=PLAIN) as seen:
        rows = [line[4:].rstrip() for line in seen.lines[seen.pane.region.y : seen.pane.region.bottom]]
        assert [row for row in rows if row][:4] == ["- one", "- two", "3.  three", "| said"]
        assert not BOXES.search(shown(seen))


async def test_what_was_found_stands_right_under_its_paragraph_in_the_order_of_the_text(open_reader):
    async with open_reader(own=PLAIN, size=(100, 160)) as seen:
        decided = seen.claims(*DECIDED)
        assert len(decided) > 5
        assert len({r.leading.label for r in decided}) > 1
        places: dict[int, int] = {}
        for record in decided:
            paragraph = record.claim.span.paragraph
            under = told_under(seen, paragraph)
            for verdict in record.verdicts:
                if verdict.label in DECIDED:
                    explanation = " ".join(verdict.explanation.split())
                    assert explanation in under
                    at = under.index(explanation, places.get(paragraph, 0))
                    assert verdict.label in under[:at].rpartition("[")[2]
            places[paragraph] = under.index(" ".join(record.leading.explanation.split()))
        bare = [p.id for p in seen.reading.article.paragraphs if not seen.reading.index.at(p.id)]
        assert bare
        assert {told_under(seen, p) for p in bare} == {""}


async def test_all_that_was_found_is_read_in_order_by_paging(open_reader):
    async with open_reader(own=PLAIN, size=(80, 24)) as seen:
        read: list[str] = []
        for _ in range(30):
            region = seen.pane.region
            rows = [line[4:].rstrip() for line in seen.lines[region.y : region.bottom]]
            overlap = next(n for n in range(len(rows), -1, -1) if read[len(read) - n :] == rows[:n])
            read += rows[overlap:]
            await seen.press("space")
        whole = " ".join(" ".join(read).split())
        at = 0
        for paragraph in seen.reading.article.paragraphs:
            at = whole.index(" ".join(paragraph.text.split()), at)
            for record in seen.reading.index.at(paragraph.id):
                for verdict in record.verdicts:
                    if verdict.label in DECIDED:
                        assert " ".join(verdict.explanation.split()) in whole[at:]


async def test_what_is_told_fits_the_measure(open_reader):
    async with open_reader(own=PLAIN, size=(40, 400)) as seen:
        region, decided = seen.pane.region, seen.claims(*DECIDED)
        assert decided
        rows = [line[region.x + 4 : region.right].rstrip() for line in seen.lines[region.y : region.bottom]]
        assert max(map(len, rows)) <= seen.pane.text_width
        for record in decided:
            told = told_under(seen, record.claim.span.paragraph)
            assert " ".join(record.leading.explanation.split()) in told


async def test_there_is_nothing_beside_the_text(open_reader):
    async with open_reader(own=PLAIN, size=(200, 40)) as seen:
        assert seen.pane.region.right >= 198
        assert not seen.reading.side_panes()


async def test_a_new_day_changes_what_is_told(open_reader):
    async with open_reader(own=PLAIN, size=(100, 160)) as seen:
        before = {r.claim.span.paragraph: told_under(seen, r.claim.span.paragraph) for r in seen.claims(*DECIDED)}
        await seen.press("a", *["backspace"] * 10, *"1999", "enter")
        await seen.until_checked()
        after = {p: told_under(seen, p) for p in before}
        assert after != before
        for record in seen.claims(*DECIDED):
            assert " ".join(record.leading.explanation.split()) in told_under(seen, record.claim.span.paragraph)


# Messages


def has_toast(seen) -> bool:
    return any(toast.display and toast.region.height for toast in seen.app.screen.query("Toast"))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("t", "Theme:"),
        ("F", "Shown:"),
        ("y", "opied"),
        ("u", "ndo"),
        ("colon n o n s e n s e enter", "nonsense"),
        ("slash ( enter", "("),
        ("percent_sign", "contradict"),
        ("R", "again"),
    ],
    ids=["theme", "filter", "copy", "undo", "bad command", "bad search", "no contradiction", "reload"],
)
async def test_messages_come_in_the_foot_and_not_over_the_text(open_reader, keys, words):
    async with open_reader(own=PLAIN) as seen:
        await seen.press(*keys.replace("(", "left_parenthesis").split(" "))
        await seen.pilot.pause(0.1)
        assert words in seen.lines[-1], shown(seen)
        assert not has_toast(seen)


async def test_a_message_of_a_sheet_lies_over_nothing_either(open_reader):
    async with open_reader(own=PLAIN) as seen:
        await seen.press("comma")
        await seen.press("slash", *"justified", "enter")
        await seen.press("enter")
        await seen.pilot.pause(0.1)
        assert not has_toast(seen), shown(seen)


async def test_what_is_wrong_with_the_settings_is_said_in_the_foot(open_reader, config):
    own = config('them = "x"\n[reading]\nplain = true\n')
    async with open_reader(own=own, checked=False) as seen:
        await seen.pilot.pause(0.1)
        assert not has_toast(seen), shown(seen)
        assert "them" in seen.lines[-1]


async def test_a_message_gives_the_foot_back_after_its_time(open_reader):
    async with open_reader(own=PLAIN) as seen:
        before = seen.foot
        await seen.press("F")
        assert "Shown:" in seen.foot
        await seen.pilot.pause(5.0)
        assert "Shown:" not in seen.foot
        assert "checked in" in seen.foot
        assert "checked in" in before


# The cursor


async def test_the_cursor_is_at_the_line_in_focus_wherever_the_reader_goes(open_reader):
    async with open_reader(own=PLAIN, size=(80, 24)) as seen:
        for keys in ("j", "j", "j", "k", "G", "home", "j"):
            await seen.press(keys)
            assert is_at(seen, seen.pane.paragraph), (keys, seen.app.cursor_position, shown(seen))
            assert cursor_line(seen).startswith(">")


async def test_the_cursor_is_at_the_line_of_a_claim(open_reader):
    async with open_reader(own=PLAIN, size=(80, 24)) as seen:
        for _ in range(6):
            await seen.press("n")
            record = seen.reading.current_record()
            span = record.claim.span
            start, end = seen.pane.line_of(span.paragraph, span.start)
            line = seen.reading.article.paragraphs[span.paragraph].text[start:end]
            assert line.strip() in cursor_line(seen)


async def test_the_cursor_is_at_the_text_while_paging(open_reader):
    async with open_reader(own=PLAIN, size=(80, 24)) as seen:
        for key in ("space", "space", "b", "space"):
            await seen.press(key)
            region = seen.pane.region
            assert region.y <= seen.app.cursor_position.y < region.bottom
            laid, top = seen.pane.lines_laid, seen.pane.scroll_offset.y
            first = laid.first_line(seen.pane.paragraph)
            begins_above = first < top
            assert cursor_line(seen).startswith(">") or begins_above, (key, shown(seen))
            if begins_above:
                assert seen.app.cursor_position.y == region.y


async def test_the_cursor_follows_its_line_when_verdicts_are_told_above_it(open_reader):
    async with open_reader(own=PLAIN, size=(100, 60)) as seen:
        await seen.press("j", "j", "j")
        place = seen.pane.paragraph
        assert is_at(seen, place)
        before = seen.rows_of(place).start
        seen.pane.show_told(0, ["[refuted] “Moscow” one.", "[supported] “Washington” two."])
        await seen.pilot.pause(0.1)
        assert seen.pane.paragraph == place
        assert seen.rows_of(place).start == before + 2
        assert is_at(seen, place), (seen.app.cursor_position, shown(seen))


async def test_the_cursor_follows_its_line_when_the_window_changes(open_reader):
    async with open_reader(own=PLAIN, size=(100, 40)) as seen:
        await seen.press("j", "j", "j")
        for size in ((60, 30), (44, 16), (110, 50)):
            await seen.pilot.resize_terminal(*size)
            await seen.pilot.pause(0.15)
            assert is_at(seen, seen.pane.paragraph), (size, seen.app.cursor_position, shown(seen))


@pytest.mark.parametrize("keys", ["slash escape", "a escape", "A escape", "question_mark escape", "colon escape", "comma slash escape escape"])  # fmt: skip
async def test_the_cursor_is_back_at_its_line_after_something_else_was_open(open_reader, keys):
    async with open_reader(own=PLAIN, size=(100, 40)) as seen:
        await seen.press("j", "j")
        assert is_at(seen, seen.pane.paragraph)
        await seen.press(*keys.split(" "))
        await seen.until(lambda: not seen.has_dialog, "nothing else is open")
        await seen.pilot.pause(0.1)
        assert is_at(seen, seen.pane.paragraph), (seen.app.cursor_position, shown(seen))


async def test_the_cursor_is_in_the_line_that_is_typed_into(open_reader):
    async with open_reader(own=PLAIN) as seen:
        await seen.press("slash", *"soy")
        assert "soy" in cursor_line(seen)
        await seen.press("escape", "A")
        await seen.press(*"mine")
        assert "mine" in cursor_line(seen)


# Keys


async def test_the_keys_work_as_they_do_without_it(open_reader):
    places = []
    for own in (Settings(), PLAIN):
        async with open_reader(own=own) as seen:
            taken = []
            for keys in ("j", "j", "n", "n", "]", "N", "[", "G", "home", "j"):
                await seen.press(*keys_of(keys) if len(keys) == 1 else [keys])
                taken.append((seen.pane.paragraph, seen.pane.claim))
            await seen.press("slash", *"soyuz", "enter")
            taken.append((seen.pane.paragraph, seen.pane.at))
            await seen.press("escape", "colon", "4", "enter")
            taken.append((seen.pane.paragraph, seen.pane.at))
            await seen.press("right_square_bracket", "enter")
            assert seen.has_dialog
            assert "against" in seen.text
            await seen.press("q")
            assert not seen.has_dialog
            places.append(taken)
    assert places[0] == places[1]


# In a terminal

in_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")


def cursor_of(term) -> tuple[int, int]:
    with term._lock:
        return term._screen.cursor.x, term._screen.cursor.y


def focused_row(term) -> int:
    """The first row with the mark of the focus."""
    return next((n for n, line in enumerate(term.lines) if line.startswith(">")), -1)


@in_a_terminal
def test_the_terminals_own_cursor_is_seen_and_stands_at_the_paragraph_in_focus(terminal, sample):
    term = terminal("read", "--plain", str(sample), size=(100, 40))
    term.shows("Two countries that agree on little")
    term.type("j")
    term.until_checked()
    rows = set()
    for keys, place in (("j", 3), ("j", 4), ("k", 3), ("G", 13), ("gg", 1), ("j", 2)):
        term.type(keys)
        term.until(lambda place=place: f" {place}/13 " in term.lines[-1], f"paragraph {place}", 8)
        term.until(lambda: cursor_of(term)[1] == focused_row(term) >= 0, f"the cursor is at paragraph {place}", 5)
        rows.add(cursor_of(term)[1])
    assert len(rows) > 2
    assert re.findall(rb"\x1b\[\?25([hl])", term.raw)[-1] == b"h"
    assert not BOXES.search("\n".join(term.lines))
    term.type("q")
    assert term.ends() == 0
    assert term.is_left_clean


@in_a_terminal
def test_the_cursor_is_hidden_without_plain(terminal, sample):
    term = terminal("read", str(sample))
    term.shows("Two countries that agree on little")
    assert re.findall(rb"\x1b\[\?25([hl])", term.raw)[-1] == b"l"


@in_a_terminal
def test_the_cursor_is_still_seen_after_sheets_and_after_the_article_was_read_again(terminal, sample, config_home):
    (config_home / "config.toml").write_text("[reading]\nplain = true\n")
    term = terminal(str(sample))
    term.shows("Two countries that agree on little")
    term.type("j")
    term.until_checked()
    for keys, words in (("?", "Next paragraph"), ("a", "The day the article speaks from")):
        term.type(keys)
        term.shows(words, 8)
        term.type("\x1b")
        term.until(lambda words=words: words not in term.text, "Escape closes it", 8)
    term.type("R")
    term.shows("again", 8)
    term.type("j")
    term.until(lambda: "3/13" in term.lines[-1], "j moves on", 8)
    assert re.findall(rb"\x1b\[\?25([hl])", term.raw)[-1] == b"h"
    term.until(lambda: cursor_of(term)[1] == focused_row(term) >= 0, "the cursor is at the paragraph", 5)
