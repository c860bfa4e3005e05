"""Sentences: split where a reader would, and every character stays in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.sentences import split_sentences

WORDS = ["Mr.", "U.S.", "p.m.", "J.", "Inc.", "No.", "5", "3.5", "…", "...", "!", "?!", "He", "left", "it."]
PIECES = [*WORDS, *'"“”’()— \n\u00a0']
pieces = st.lists(st.sampled_from(PIECES), max_size=40)
some_text = st.one_of(st.text(max_size=120), pieces.map(" ".join), pieces.map("".join))


def texts(paragraph):
    return [sentence.text for sentence in split_sentences(paragraph)]


@given(some_text)
def test_sentences_come_in_order_do_not_overlap_and_lose_nothing_but_the_space_between_them(text):
    sentences = split_sentences(text)
    at = 0
    for sentence in sentences:
        assert not text[at : sentence.start].strip()
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.text.strip()
        at = sentence.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "He met Dr. Smith and Prof. J. K. Rowan at 5 p.m. on Monday.",
        "The U.S. Senate and the U.N. General Assembly met.",
        "Martin Luther King Jr. lived near St. Louis in Jan. 1960.",
        "Acme Inc. paid $3.5 million, i.e. too much, to Roe & Co. in May.",
        "See No. 5 and fig. 3 of the report.",
        "Wait… what did he say?",
        '"Is it so?" he asked.',
        "“No!” she cried.",
        "‘Yes,’ she said.",
    ],
)
def test_abbreviations_initials_and_quoted_questions_do_not_end_a_sentence(sentence):
    assert texts(f"{sentence} Nobody was hurt.") == [sentence, "Nobody was hurt."]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("He lives in the U.S. He works.", ["He lives in the U.S.", "He works."]),
        ('He said: "It is over." Then he left.', ['He said: "It is over."', "Then he left."]),
        ("It ended in 1998. 24 people left.", ["It ended in 1998.", "24 people left."]),
        ("“It is.” “It is not.”", ["“It is.”", "“It is not.”"]),
        ("It rained (a lot). (Nobody minded.) They left!", ["It rained (a lot).", "(Nobody minded.)", "They left!"]),
        ("no full stop", ["no full stop"]),
        ("", []),
    ],
)
def test_a_paragraph_is_split_where_a_reader_would(paragraph, expected):
    assert texts(paragraph) == expected
