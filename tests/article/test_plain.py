"""Plain text: paragraphs and their kinds, however the text was wrapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.plain import read_plain

LONG = (
    "The bridge over the Wye at Hay opened on Saturday, and after nine years of work the county thanked its builders."
)
VOCABULARY = [
    "the",
    "river",
    "rose",
    "Anna",
    "Roe",
    "left",
    "in",
    "2022",
    "with",
    "12",
    "men",
    "-",
    "By:",
    "x.",
    "3)",
    "*",
    "©",
]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=30)


def kinds(text):
    return [(paragraph.kind, paragraph.text) for paragraph in read_plain(text)]


def test_blank_lines_part_paragraphs_and_the_first_short_line_is_the_title():
    assert kinds("A bridge opens\n\nIt opened on Saturday.\n\n\n \nNobody was hurt.") == [
        ("heading", "A bridge opens"),
        ("body", "It opened on Saturday."),
        ("body", "Nobody was hurt."),
    ]


def test_the_title_is_of_level_one_and_later_headings_are_below_it():
    levels = [
        p.level for p in read_plain("A bridge opens\n\nIt opened on Saturday.\n\nWhat it cost\n\nA lot of money.")
    ]
    assert levels == [1, 0, 2, 0]


def test_hard_wrapped_lines_are_joined_into_one_paragraph():
    assert kinds("The bridge over the Wye\nopened on Saturday after\nnine years of work.") == [
        ("body", "The bridge over the Wye opened on Saturday after nine years of work."),
    ]


def test_a_text_with_a_paragraph_a_line_and_no_blank_lines_is_split_at_its_lines():
    lines = ["A bridge opens", LONG, LONG, "Nobody was hurt."]
    assert [text for _, text in kinds("\n".join(lines))] == lines


def test_windows_line_ends_part_paragraphs_as_others_do():
    assert [text for _, text in kinds("One sentence here.\r\n\r\nAnother one here.")] == [
        "One sentence here.",
        "Another one here.",
    ]


@pytest.mark.parametrize("item", ["- {}", "* {}", "• {}", "1. {}", "2) {}"])
def test_lines_with_bullets_are_a_list(item):
    block = "\n".join(
        item.format(words) for words in ("the first car crossed at nine.", "the last ferry sailed at noon.")
    )
    assert kinds(f"It was a long day.\n\n{block}")[-1] == ("list", block)


def test_the_words_under_a_picture_are_a_caption():
    assert kinds("It was a long day.\n\nPhoto: The new bridge, seen from the ferry.")[-1][0] == "caption"


def test_a_question_can_head_a_part_of_the_article():
    assert kinds("It was a long day.\n\nWho paid for it?\n\nNobody knows that.")[1] == ("heading", "Who paid for it?")


def test_a_sentence_is_no_heading():
    assert kinds("It was a long day.\n\nNobody paid.")[1] == ("body", "Nobody paid.")


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(["\n", "\n\n", "\r\n", "\n \n"]))
def test_no_word_of_a_text_is_lost_and_none_is_moved(blocks, between):
    text = between.join(" ".join(block) for block in blocks)
    assert " ".join(p.text for p in read_plain(text)).split() == text.split()


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_paragraphs_are_numbered_in_order(text):
    paragraphs = read_plain(text)
    assert [p.id for p in paragraphs] == list(range(len(paragraphs)))
    assert all(p.text.strip() for p in paragraphs)
