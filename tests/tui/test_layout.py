"""Where the lines stand: exact wherever somebody looks, still while it settles, and nothing skipped or read twice."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.article.model import Article, Paragraph
from reader.desk import DeskOptions
from reader.tui import layout as layout_module
from reader.tui.layout import Layout
from reader.tui.wrapping import is_right_to_left, wrap

OFFLINE = DeskOptions(builtin=False)
KINDS = ("body", "body", "heading", "quote", "list", "code", "table", "caption", "boilerplate")
CLOSE = ("list", "table", "code")

TEXTS = st.one_of(
    st.integers(1, 120).map(lambda n: " ".join(f"w{k}" for k in range(n))),
    st.integers(1, 60).map(lambda n: "漢字" * n),
    st.integers(1, 60).map(lambda n: "\n".join("x" for _ in range(n))),
    st.integers(1, 90).map(lambda n: "e\u0301\u0323" * n),
    st.integers(1, 400).map(lambda n: "y" * n),
)
BLOCKS = st.lists(st.tuples(st.sampled_from(KINDS), TEXTS, st.integers(0, 3)), min_size=1, max_size=40)


def paragraphs_of(blocks) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(n, kind, text, level if kind in ("list", "heading") else 0)
        for n, (kind, text, level) in enumerate(blocks)
    )


@pytest.fixture
def unsettled(monkeypatch):
    """Makes layouts of which nothing is exact yet, however short the article is."""

    def made(paragraphs, width: int, tail=lambda _: 0) -> Layout:
        with monkeypatch.context() as patch:
            patch.setattr(layout_module, "_SHORT", -1)
            return Layout(paragraphs, width, tail)

    return made


def rows_between(exact: Layout, one: int, other: int) -> int:
    """How many lines there are from a paragraph's first line to the nearest line of another one, in truth."""
    if other >= one:
        return exact.first_line(other) - exact.first_line(one)
    return exact.first_line(one) - exact.first_line(other + 1) + 1


SETTLINGS = st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40)), min_size=1, max_size=6)
SLOW = settings(max_examples=150, suppress_health_check=list(HealthCheck))


@SLOW
@given(BLOCKS, SETTLINGS, st.integers(8, 90))
@example([("list", "one", 0)] * 40, [(20, 15)], 40)
@example([("body", "e\u0301\u0323" * 90, 0)] * 40, [(20, 15)], 30)
@example([("body", "\n".join("x" * 60), 0)] * 40, [(20, 40), (10, 5)], 30)
@example([("list", "e\u0323\u0331\u0301\u0302" * 38, 0)] * 40, [(20, 10)], 40)
@example([("body", "👨\u200d👩\u200d👧\u200d👦" * 30, 0)] * 40, [(20, 20)], 30)
def test_every_line_around_the_reader_is_exact_whatever_was_settled_before(unsettled, blocks, settlings, width):
    paragraphs = paragraphs_of(blocks)
    exact, laid = Layout(paragraphs, width), unsettled(paragraphs, width)
    for at, rows in settlings:
        place = min(at, len(paragraphs) - 1)
        laid.settle(place, rows)
        for other in range(len(paragraphs)):
            if rows_between(exact, place, other) < rows:
                assert laid.height(other) == exact.height(other), (place, rows, other)
                assert laid.first_line(other) - laid.first_line(place) == exact.first_line(other) - exact.first_line(
                    place
                )


@SLOW
@given(BLOCKS, SETTLINGS, st.integers(8, 90))
def test_first_line_and_paragraph_at_and_row_of_agree_at_any_time(unsettled, blocks, settlings, width):
    paragraphs = paragraphs_of(blocks)
    laid = unsettled(paragraphs, width, lambda p: p % 3)
    for at, rows in [(0, 0), *settlings]:
        if rows:
            laid.settle(min(at, len(paragraphs) - 1), rows)
        first = 1
        for paragraph in range(len(paragraphs)):
            assert laid.first_line(paragraph) == first
            following = laid.first_line(paragraph + 1) if paragraph + 1 < len(paragraphs) else laid.total
            assert following - first >= laid.height(paragraph) >= 1
            assert {laid.paragraph_at(line) for line in range(first, following)} == {paragraph}
            first = following
            lines = laid.lines(paragraph)
            for row, (start, end) in enumerate(lines):
                assert laid.row_of(paragraph, start) == row
                assert end == start or laid.row_of(paragraph, end - 1) == row
        assert laid.paragraph_at(0) == 0
        assert laid.paragraph_at(laid.total + 99) == len(paragraphs) - 1


@SLOW
@given(BLOCKS, st.permutations(range(40)), st.integers(8, 90))
def test_when_everything_has_been_settled_all_is_as_in_an_article_that_was_short(unsettled, blocks, order, width):
    paragraphs = paragraphs_of(blocks)
    exact, laid = Layout(paragraphs, width), unsettled(paragraphs, width)
    for place in order:
        if place < len(paragraphs):
            laid.settle(place, 1)
    assert [laid.first_line(p) for p in range(len(paragraphs))] == [exact.first_line(p) for p in range(len(paragraphs))]
    assert laid.total == exact.total
    assert [laid.paragraph_at(n) for n in range(exact.total)] == [exact.paragraph_at(n) for n in range(exact.total)]


@SLOW
@given(BLOCKS, SETTLINGS, st.integers(8, 90))
def test_settling_says_whether_a_line_has_moved_and_what_is_settled_stays(unsettled, blocks, settlings, width):
    paragraphs = paragraphs_of(blocks)
    laid = unsettled(paragraphs, width)
    for at, rows in settlings:
        place = min(at, len(paragraphs) - 1)
        before = [laid.first_line(p) for p in range(len(paragraphs))], laid.total
        moved = laid.settle(place, rows)
        after = [laid.first_line(p) for p in range(len(paragraphs))], laid.total
        assert moved == (before != after)
        assert laid.settle(place, rows) is False
        assert ([laid.first_line(p) for p in range(len(paragraphs))], laid.total) == after


def test_settling_wraps_only_what_is_near(unsettled, monkeypatch):
    wrapped = []
    monkeypatch.setattr(layout_module, "wrap", lambda text, width: wrapped.append(text) or wrap(text, width))
    paragraphs = paragraphs_of([("body", f"Paragraph {n}. " + "word " * 30, 0) for n in range(2000)])
    laid = unsettled(paragraphs, 60)
    heights = [laid.height(p) for p in range(2000)]
    laid.settle(1000, 30)
    assert 20 <= len(wrapped) < 120
    far = [*range(900), *range(1100, 2000)]
    assert [laid.height(p) for p in far] == [heights[p] for p in far]
    assert [laid.first_line(p) for p in range(900)] == [1 + sum(h + 1 for h in heights[:p]) for p in range(900)]


def test_an_article_of_fifty_thousand_paragraphs_is_not_wrapped_to_be_opened(monkeypatch):
    wrapped = []
    monkeypatch.setattr(layout_module, "wrap", lambda text, width: wrapped.append(text) or wrap(text, width))
    paragraphs = paragraphs_of([("body", f"Paragraph {n} " + "word " * (n % 50), 0) for n in range(50_000)])
    laid = Layout(paragraphs, 72)
    assert len(wrapped) < 1_000
    laid.settle(25_000, 50)
    laid.settle(0, 50)
    laid.settle(49_999, 50)
    assert 0 < len(wrapped) < 1_000
    assert laid.paragraph_at(laid.first_line(25_000)) == 25_000


@SLOW
@given(BLOCKS, st.integers(8, 90))
def test_one_blank_line_follows_each_paragraph_but_none_stands_inside_a_list_a_table_or_code(blocks, width):
    paragraphs = paragraphs_of(blocks)
    laid = Layout(paragraphs, width)
    for one, other in zip(paragraphs, paragraphs[1:], strict=False):
        blank = laid.first_line(other.id) - laid.first_line(one.id) - len(laid.lines(one.id))
        if one.kind != other.kind or one.kind not in CLOSE:
            assert blank == 1
        elif bool(one.level) == bool(other.level):
            assert blank == 0
    assert laid.first_line(0) == 1
    assert laid.total == laid.first_line(len(paragraphs) - 1) + len(laid.lines(len(paragraphs) - 1)) + 1


@SLOW
@given(BLOCKS, st.integers(12, 90), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 5)), max_size=5))
def test_what_is_told_under_a_paragraph_takes_its_lines_there(blocks, width, told):
    paragraphs = paragraphs_of(blocks)
    lines: dict[int, int] = {}
    laid, bare = Layout(paragraphs, width, lambda p: lines.get(p, 0)), Layout(paragraphs, width)
    for at, count in told:
        place = min(at, len(paragraphs) - 1)
        has_changed = lines.get(place, 0) != count
        lines[place] = count
        assert laid.changed(place) == has_changed
        assert [laid.first_line(p) - bare.first_line(p) for p in range(len(paragraphs))] == [
            sum(lines.get(q, 0) for q in range(p)) for p in range(len(paragraphs))
        ]


# Wrapping

CLOSING, OPENING = "。、，．！？：；」』）】〉》", "「『（【〈《"
CJK = st.lists(
    st.one_of(st.sampled_from("漢字日本語中文カタひら"), st.sampled_from(CLOSING + OPENING)), min_size=1, max_size=80
).map("".join)


def pieces(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


def breaks_of(text: str) -> list[int]:
    """Where a line of ideographs and marks may end."""
    return [at for at in range(1, len(text)) if text[at] not in CLOSING and text[at - 1] not in OPENING]


@settings(max_examples=400)
@given(CJK, st.integers(4, 40))
@example("漢字漢字。漢字", 8)
@example("漢字漢「字」漢", 8)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one_where_it_need_not(text, width):
    allowed = breaks_of(text)
    for start, end in wrap(text, width)[:-1]:
        if any(start < at <= start + width // 2 for at in allowed):
            assert end in allowed, text[start : end + 1]


@settings(max_examples=400)
@given(CJK, st.integers(4, 40))
def test_lines_of_ideographs_are_filled_as_far_as_their_marks_allow(text, width):
    allowed = [*breaks_of(text), len(text)]
    for start, end in wrap(text, width)[:-1]:
        fitting = [at for at in allowed if start < at <= start + width // 2]
        assert end == (fitting[-1] if fitting else start + width // 2)


MIXED = st.lists(st.sampled_from(["漢", "字", "「", "」", "。", "a", "bbb", "한국", " ", "é", "１", "🚀", "(", ")"]), min_size=1, max_size=60).map("".join)  # fmt: skip


@settings(max_examples=1500)
@given(MIXED, st.integers(4, 30))
@example("a「bbbbbbb」漢", 10)
def test_no_line_of_mixed_scripts_is_wider_than_the_room(text, width):
    assert [line for line in pieces(text, width) if cell_len(line) > width] == []


def test_breaks_happen_between_ideographs_without_a_space():
    assert pieces("日本語の文章を読む", 8) == ["日本語の", "文章を読", "む"]
    assert pieces("word 日本語の文章", 10) == ["word 日本", "語の文章"]
    assert pieces("漢字word漢字", 8) == ["漢字word", "漢字"]
    assert pieces("漢字漢word漢字", 8) == ["漢字漢", "word漢字"]


def test_korean_words_stay_whole():
    assert pieces("대한민국 서울특별시 한강", 14) == ["대한민국", "서울특별시", "한강"]
    assert pieces("서울에서 열린 회의", 13) == ["서울에서 열린", "회의"]


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(["한국어", "서울", "대한민국", "회의", "é"]), min_size=1, max_size=40), st.integers(9, 40)
)
def test_korean_words_stay_whole_at_any_width(words, width):
    assert [w for line in pieces(" ".join(words), width) for w in line.split()] == words


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("שלום עולם", True),
        ("مرحبا بالعالم", True),
        ("«שלום», he said", True),
        ("123, שלום", True),
        ("— مرحبا Hello", True),
        ("Hello שלום", False),
        ("été שלום", False),
        ("123 …", False),
        ("", False),
        ("日本語 שלום", False),
    ],
)
def test_a_paragraph_runs_to_the_left_when_its_first_letter_does(text, is_so):
    assert is_right_to_left(text) is is_so


# On the screen


def rows_of(seen, paragraph: int) -> list[str]:
    """A paragraph's rows as painted, from the gutter's end to the pane's right edge."""
    region = seen.pane.region
    return [cut(seen.lines[region.y + row], region.x + 4, region.right) for row in seen.rows_of(paragraph)]


def cut(line: str, start: int, end: int) -> str:
    """The columns of a line, which are not its characters."""
    kept, column = "", 0
    for char in line:
        if start <= column < end:
            kept += char
        column += cell_len(char)
    return kept


HEBREW = "ראש הממשלה אמר ביום שני כי הממשלה תדון בהצעה החדשה בשבוע הבא " * 4
ARABIC = "قال رئيس الوزراء يوم الاثنين إن الحكومة ستناقش الاقتراح الجديد " * 4


@pytest.mark.parametrize("text", [HEBREW, ARABIC], ids=["hebrew", "arabic"])
async def test_a_paragraph_that_runs_to_the_left_ends_at_the_right_edge_of_the_measure(open_reader, text):
    article = f"First words in English.\n\n{text.strip()}\n\nLast words in English."
    async with open_reader(article, options=OFFLINE, checked=False) as seen:
        shown = rows_of(seen, 1)
        assert len(shown) > 2
        assert {cell_len(row.rstrip()) for row in shown} == {seen.pane.text_width}
        assert " ".join(" ".join(shown).split()) == " ".join(text.split())
        assert rows_of(seen, 0)[0].startswith("First words")
        assert rows_of(seen, 2)[0].startswith("Last words")


async def test_a_quotation_that_runs_to_the_left_ends_at_the_right_edge_too(open_reader):
    async with open_reader(f"> {HEBREW}", name="a.md", options=OFFLINE, checked=False) as seen:
        shown = rows_of(seen, 0)
        assert {cell_len(row.rstrip()) for row in shown} == {seen.pane.text_width}
        assert all(row.startswith("▏ ") for row in shown)


async def test_a_click_in_a_paragraph_that_runs_to_the_left_is_on_the_character_under_it(open_reader):
    async with open_reader(f"English.\n\n{HEBREW.strip()}", options=OFFLINE, checked=False) as seen:
        from textual.geometry import Offset

        row = seen.rows_of(1)[-1]
        start, end = seen.pane.lines_laid.lines(1)[-1]
        left = 4 + seen.pane.text_width - (end - start)
        assert seen.pane.place_at(Offset(left, row)) == (1, start)
        assert seen.pane.place_at(Offset(left + 5, row)) == (1, start + 5)


PAGE = """# A list

- a first item that is so long that it does not fit into one line of forty columns, and so it goes on
- second

9. nine
10. ten that is so long that it does not fit into one line of forty columns, and so it goes on
11. eleven

> Words that were said by somebody who said so much that one line of forty columns does not hold it.

```
def f(x):
    return    x

  # odd
```

| Name | Cost |
|------|------|
| 日本 | 1 |
| Hay-on-Wye | 2 million |

The end.
"""


async def test_lists_quotations_code_and_tables_stand_as_they_are_meant(open_reader):
    async with open_reader(PAGE, name="a.md", size=(44 + 1, 48), options=OFFLINE, checked=False) as seen:
        region = seen.pane.region
        shown = [cut(line, region.x + 4, region.right - 1).rstrip() for line in seen.lines[region.y : region.bottom]]
        text = "\n".join(shown)
        first = next(n for n, line in enumerate(shown) if line.startswith("• a first"))
        second = shown.index("• second")
        assert second > first + 1
        assert all(re.match(r"  \S", line) for line in shown[first + 1 : second])
        nine = next(n for n, line in enumerate(shown) if line.startswith("9. "))
        assert shown[nine - 1] == ""
        assert shown[nine + 1].startswith("10. ten")
        eleven = next(n for n, line in enumerate(shown) if line.startswith("11. "))
        assert all(re.match(r" {4}\S", line) for line in shown[nine + 2 : eleven])
        quoted = [line for line in shown if line.startswith("▏ ")]
        assert len(quoted) >= 3
        assert " ".join(line[2:] for line in quoted).startswith("Words that were said by somebody")
        code = next(n for n, line in enumerate(shown) if line.endswith("def f(x):"))
        margin = shown[code].index("def")
        assert [line[margin:] for line in shown[code : code + 4]] == ["def f(x):", "    return    x", "", "  # odd"]
        rows = [line for line in shown if "│" in line]
        assert len(rows) == 3
        assert len({cell_len(row[: row.index("│")]) for row in rows}) == 1
        assert "\n\n\n" not in text.strip()


# A long article in its pane

COUNT = 3_000


def long_text() -> str:
    return "\n\n".join(f"p{n}: " + " ".join(f"w{n}x{k}" for k in range(n * 7 % 61)) for n in range(COUNT))


LONG = long_text()
WORDS = LONG.split()


def words_seen(seen) -> list[str]:
    region = seen.pane.region
    return re.findall(
        r"p\d+:|w\d+x\d+", "\n".join(line[: region.right] for line in seen.lines[region.y : region.bottom])
    )


def is_stretch(words: list[str]) -> bool:
    """Whether these words follow each other in the article."""
    start = WORDS.index(words[0])
    return WORDS[start : start + len(words)] == words


def joined(before: list[str], after: list[str]) -> list[str]:
    """Two screens put together where they overlap; fails where something is between them."""
    assert after[0] in before, (before[-1], after[0])
    return before[: before.index(after[0])] + after


def long_reader(open_reader, size=(90, 30)):
    return open_reader(LONG, size=size, options=OFFLINE, checked=False)


@pytest.mark.parametrize("size", [(90, 30), (44, 16)], ids=["wide", "narrow"])
async def test_twenty_pages_from_the_top_are_the_words_of_the_article_in_their_order(open_reader, size):
    async with long_reader(open_reader, size) as seen:
        read = words_seen(seen)
        assert read[0] == "p0:"
        for _ in range(20):
            before = words_seen(seen)
            await seen.press("space")
            after = words_seen(seen)
            assert after != before
            read = joined(read, after)
        assert read == WORDS[: len(read)]


async def test_twenty_pages_up_from_the_end_are_the_words_too(open_reader):
    async with long_reader(open_reader) as seen:
        await seen.press("G")
        read = words_seen(seen)
        assert read[-1] == WORDS[-1]
        for _ in range(20):
            await seen.press("b")
            shown = words_seen(seen)
            assert is_stretch(shown)
            read = joined(shown, read)
        assert read == WORDS[-len(read) :]
        assert len(read) > 1000


async def test_to_the_end_and_home_again_shows_the_last_and_the_first_words(open_reader):
    async with long_reader(open_reader) as seen:
        for _ in range(2):
            await seen.press("G")
            assert words_seen(seen)[-1] == WORDS[-1]
            assert is_stretch(words_seen(seen))
            assert f"¶ {COUNT}/{COUNT}" in seen.foot
            await seen.press("home")
            assert words_seen(seen)[0] == WORDS[0]
            assert is_stretch(words_seen(seen))


async def turn_wheel(seen, times: int, *, up: bool) -> None:
    from textual import events

    kind = events.MouseScrollUp if up else events.MouseScrollDown
    for _ in range(times):
        seen.pane.post_message(kind(seen.pane, 5, 5, 0, -1 if up else 1, 0, False, False, False, 5, 5))
    await seen.pilot.pause(0.02)


@pytest.mark.parametrize("start", [0, 1_500, COUNT - 1])
async def test_the_wheel_never_skips_or_repeats_a_line(open_reader, start):
    async with long_reader(open_reader) as seen:
        seen.pane.go_to(start)
        await seen.pilot.pause(0.05)
        for up in (start == COUNT - 1, start != COUNT - 1):
            moved = 0
            for _ in range(40):
                before, y = words_seen(seen), seen.pane.scroll_offset.y
                await turn_wheel(seen, 1, up=up)
                after = words_seen(seen)
                assert is_stretch(after)
                if seen.pane.scroll_offset.y != y:
                    moved += 1
                    shown = joined(after, before) if up else joined(before, after)
                    assert is_stretch(shown)
                    assert len(set(before) & set(after)) > 0
            assert moved > 10


async def test_the_wheel_moves_the_text_by_the_same_few_lines_up_and_down(open_reader):
    async with long_reader(open_reader) as seen:
        seen.pane.go_to(2_000)
        await seen.pilot.pause(0.05)

        def rows() -> list[str]:
            region = seen.pane.region
            return [line[4 : region.right - 1].rstrip() for line in seen.lines[region.y : region.bottom]]

        for up in [True] * 40 + [False] * 40:
            before = rows()
            await turn_wheel(seen, 1, up=up)
            after = rows()
            steps = [n for n in range(1, 8) if (after[n:] == before[:-n] if up else before[n:] == after[:-n])]
            assert steps, "the text has jumped"


async def test_the_line_at_the_top_stays_while_lines_around_it_settle(open_reader):
    async with long_reader(open_reader) as seen:
        for place in (700, 1_900, 2_700, 40, 1_300):
            seen.pane.go_to(place)
            await seen.pilot.pause(0.03)
            before = words_seen(seen)
            assert f"p{place}:" in before
            for near in range(place - 150, place + 150, 25):
                seen.pane._settled(max(0, min(COUNT - 1, near)))
            await seen.pilot.pause(0.03)
            assert words_seen(seen) == before


async def test_a_place_in_a_long_article_is_kept_when_the_window_changes(open_reader):
    async with long_reader(open_reader) as seen:
        seen.pane.go_to(2_222)
        await seen.pilot.pause(0.05)
        for size in ((60, 20), (120, 40), (44, 14), (90, 30)):
            await seen.pilot.resize_terminal(*size)
            await seen.pilot.pause(0.05)
            assert "p2222:" in words_seen(seen)
            assert is_stretch(words_seen(seen))


async def test_all_of_a_long_article_can_be_gone_through_by_its_paragraphs(open_reader):
    async with long_reader(open_reader) as seen:
        seen.pane.go_to(1_490)
        await seen.pilot.pause(0.02)
        for place in range(1_491, 1_521):
            await seen.pilot.press("j")
            assert f"p{place}:" in words_seen(seen), place
        for place in range(1_519, 1_480, -1):
            await seen.pilot.press("k")
            assert f"p{place}:" in words_seen(seen), place


async def test_an_article_of_few_words_is_shown_whole(open_reader):
    article = Article("T", (Paragraph(0, "body", "Only this."),))
    async with open_reader(article, options=OFFLINE, checked=False) as seen:
        await seen.press("G", "space", "b", "home")
        assert "Only this." in seen.text
