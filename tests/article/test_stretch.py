"""A long article is examined a stretch at a time, around whoever reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.load import load_bytes
from reader.article.model import Article, Paragraph
from reader.article.stretch import is_left, only, stretch_around

LENGTHS = st.lists(st.integers(0, 400), min_size=1, max_size=60)


def article(lengths: list[int]) -> Article:
    return Article("Long", tuple(Paragraph(n, "body", "x" * length) for n, length in enumerate(lengths)))


@given(LENGTHS, st.data())
def test_whoever_reads_a_paragraph_has_it_examined(lengths, data):
    long, here = article(lengths), data.draw(st.integers(0, len(lengths) - 1))
    stretch = stretch_around(long, here, 2_000)
    assert stretch.start <= here < stretch.stop
    assert only(long, stretch).paragraphs[here].text == long.paragraphs[here].text


@given(LENGTHS, st.data())
def test_a_stretch_that_was_just_begun_is_not_left_at_once(lengths, data):
    long, here = article(lengths), data.draw(st.integers(0, len(lengths) - 1))
    assert not is_left(stretch_around(long, here, 2_000), long, here)


@given(LENGTHS, st.data())
def test_a_stretch_is_no_longer_than_was_asked_but_for_its_last_paragraphs(lengths, data):
    long, here = article(lengths), data.draw(st.integers(0, len(lengths) - 1))
    stretch = stretch_around(long, here, 2_000)
    inner = lengths[stretch.start + 1 : stretch.stop - 1]
    assert sum(inner) <= 2_000


@given(LENGTHS, st.data())
def test_paragraphs_keep_their_numbers_and_say_nothing_elsewhere(lengths, data):
    long, here = article(lengths), data.draw(st.integers(0, len(lengths) - 1))
    stretch = stretch_around(long, here, 2_000)
    shown = only(long, stretch).paragraphs
    assert len(shown) == len(lengths)
    for number, paragraph in enumerate(shown):
        if stretch.start <= number < stretch.stop:
            assert paragraph == long.paragraphs[number]
        else:
            assert paragraph == long.paragraphs[number] or (paragraph.text == "" and not paragraph.is_checked)


def test_an_article_that_is_short_enough_is_examined_as_it_is():
    long_read = article([400] * 120)
    assert only(long_read, stretch_around(long_read, 60)) is long_read
    assert not any(is_left(stretch_around(long_read, 60), long_read, n) for n in range(120))


def test_the_beginning_of_a_book_is_always_heard():
    book = article([400] * 5_000)
    there = only(book, stretch_around(book, 4_000))
    assert there.paragraphs[0].text
    assert there.paragraphs[2_000].text == ""
    assert there.stretch is not None


def test_reading_on_leads_to_the_next_stretch_before_the_edge_is_reached():
    book = article([400] * 5_000)
    first = stretch_around(book, 0)
    left = next(n for n in range(5_000) if is_left(first, book, n))
    assert left < first.stop
    following = stretch_around(book, left)
    assert following.start < first.stop < following.stop


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \n", "\n\n\n\n", "\r\r"])
def test_a_book_has_the_paragraphs_that_it_is_written_in(gap):
    written = [f"Paragraph {n} tells of the ferry, and of nothing else that day." for n in range(5_000)]
    read = load_bytes(gap.join(written).encode(), name="book.txt")
    assert [p.text for p in read.paragraphs] == written
