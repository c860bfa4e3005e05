"""Quotations and their speakers: named only where the text itself ties them together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.quotes import find_quotes


def quotes(text):
    return [(text[quote.start : quote.end], quote.speaker) for quote in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ('"We are ready," said Anna Roe on Monday', "We are ready,", "Anna Roe"),
        ("“Hey Dimon,” wrote Kelly, using a short form of the name.", "Hey Dimon,", "Kelly"),
        ('"We are ready," he said.', "We are ready,", "he"),
        ('Anna Roe said: "We are ready."', "We are ready.", "Anna Roe"),
        (
            'Robert Lightfoot wrote a letter stating that it "would be little" alone.',
            "would be little",
            "Robert Lightfoot",
        ),
        ("«We are ready,» Angela Müller told the paper.", "We are ready,", "Angela Müller"),
        ("‘We are ready,’ said Ludwig van Roe in Bath", "We are ready,", "Ludwig van Roe"),
    ],
)
def test_a_quotation_is_found_without_its_marks_and_with_its_speaker(text, words, speaker):
    assert quotes(text) == [(words, speaker)]


def test_a_quotation_that_goes_on_after_its_speaker_is_the_same_speakers():
    text = '"Yes," said Anna Roe on Monday. "It is good."'
    assert quotes(text) == [("Yes,", "Anna Roe"), ("It is good.", "Anna Roe")]


@pytest.mark.parametrize("text", ['It was a "ruin" by then.', 'The film "Solaris" won a prize.', "“Nobody knows.”"])
def test_words_in_quotation_marks_that_nobody_is_said_to_say_have_no_speaker(text):
    assert [speaker for _, speaker in quotes(text)] == [None]


def test_a_quotation_that_goes_on_in_the_next_paragraph_runs_to_the_end():
    assert quotes("He said: “We began in May and went on.") == [("We began in May and went on.", "He")]


@pytest.mark.parametrize(
    "text", ["It's the town's bridge, isn't it.", "The 1990s' best '68 wine.", "Nothing is quoted here."]
)
def test_apostrophes_quote_nothing(text):
    assert quotes(text) == []


@given(
    st.lists(
        st.sampled_from([*"\"“”'‘’«»", "Anna", "said", "he", ", ", ". ", " ", "words and words"]), max_size=25
    ).map("".join)
)
def test_quotations_come_in_order_lie_in_the_text_and_do_not_overlap(text):
    at = 0
    for quote in find_quotes(text):
        assert at <= quote.start < quote.end <= len(text)
        assert quote.speaker is None or quote.speaker in text
        at = quote.end


@pytest.mark.parametrize("text", ['"Yes," said Anna Roe.', '"Yes," said Anna Roe. The town agreed.'])
def test_a_speakers_name_ends_with_the_sentence(text):
    assert quotes(text) == [("Yes,", "Anna Roe")]


def test_a_title_in_the_narrators_own_sentence_is_nobodys_words():
    assert quotes('"We won," said Anna Roe on Monday. The film "Solaris" is from 1972.')[1] == ("Solaris", None)


def test_a_name_with_an_accented_capital_is_not_passed_over_for_another_speaker():
    text = '"We won," said Anna Roe on Monday. "We lost," said Élodie Dupont on Tuesday.'
    assert quotes(text)[1][1] in (None, "Élodie Dupont")


def test_who_is_called_a_name_did_not_say_it():
    assert quotes('Roe was called "the king" in town.') == [("the king", None)]
