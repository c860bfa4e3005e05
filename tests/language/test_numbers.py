"""Numbers as articles write them: their value, how exactly they were meant, and never another number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.numbers import find_numbers

WORDS = ["two", "twenty-one", "hundred", "thousand", "million", "dozen", "about", "or", "so", "and", "minus"]
FIGURES = ["$", "£5m", "3.9", "1,234", "10-20", "-5", "%", "2022", "5.6.7", "k", "m"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 men", "12"),
        ("1,234,567 men", "1234567"),
        ("3.9 billion", "3900000000"),
        ("£5m", "5000000"),
        ("$80 million", "80000000"),
        ("US$2bn", "2000000000"),
        ("twenty-one men", "21"),
        ("Nineteen men", "19"),
        ("two hundred men", "200"),
        ("five thousand men", "5000"),
        ("minus? no: -5 degrees", "-5"),
        ("three dozen eggs", "36"),
    ],
)
def test_a_number_has_the_value_it_is_written_with(text, value):
    (number,) = find_numbers(text)
    assert number.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "half"), [("3.9 billion", "50000000"), ("80 million", "500000"), ("12", "0.5"), ("0.25", "0.005")]
)
def test_a_number_is_no_more_exact_than_its_last_digit(text, half):
    (number,) = find_numbers(text)
    assert number.half_width == Decimal(half)


@pytest.mark.parametrize(
    "text", ["about 50", "more than 50", "some 50 men", "50 or so", "nearly 50", "~50", "50-odd men", "up to 50"]
)
def test_a_number_that_is_not_meant_exactly_is_marked(text):
    (number,) = find_numbers(text)
    assert number.approximate


def test_a_plain_number_is_meant_exactly():
    assert not find_numbers("There were 50 men.")[0].approximate


@pytest.mark.parametrize(("text", "currency"), [("$5", "$"), ("£5m", "£"), ("EUR 5", "EUR"), ("5 men", None)])
def test_the_currency_belongs_to_the_number(text, currency):
    (number,) = find_numbers(text)
    assert number.currency == currency


@pytest.mark.parametrize("text", ["version 5.6.7", "call 1,2345", "the A320neo", "no number at all"])
def test_what_is_no_number_is_none(text):
    assert find_numbers(text) == ()


@given(
    st.one_of(
        st.lists(st.sampled_from(WORDS + FIGURES), max_size=10).map(" ".join),
        st.text("0123456789.,-–$£ mkbn", max_size=20),
    )
)
def test_numbers_stand_where_they_say_in_order(text):
    at = 0
    for number in find_numbers(text):
        assert at <= number.start < number.end
        assert number.text == text[number.start : number.end]
        assert number.half_width > 0
        at = number.end


@given(st.integers(0, 10**12))
def test_any_whole_number_reads_back_with_and_without_commas(value):
    for written in (str(value), f"{value:,}"):
        (number,) = find_numbers(f"It cost {written} in all.")
        assert number.value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred thousand men", 200_000),
        ("two hundred and fifty men", 250),
        ("one million two hundred men", 1_000_200),
    ],
)
def test_a_number_in_several_words_is_read_whole_or_not_at_all(text, value):
    assert [number.value for number in find_numbers(text)] in ([], [Decimal(value)])


def test_metres_are_no_millions():
    assert [number.value for number in find_numbers("a wall 5 m high")] == [Decimal(5)]


@pytest.mark.parametrize("text", ["5 thouſand men", "ſeven men"])
def test_numbers_in_old_print_do_not_crash(text):
    try:
        values = [number.value for number in find_numbers(text)]
    except KeyError as error:
        pytest.fail(f"KeyError {error}")
    assert values in ([], [Decimal(5)], [Decimal(5000)], [Decimal(7)])
