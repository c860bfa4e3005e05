"""Outside text passes one door: what comes out can be shown on any terminal and is still the author's words."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.article.clean import clean, clean_block, clean_line, clean_url

CONTROLS = "\x00\x07\x08\t\x0b\x0c\r\n\x1b\x7f\x85\x9b"
NASTY = CONTROLS + "\xa0\u0301\u034f\u061c\u200b\u200e\u2028\u202e\u2066\u2069\ufeff\U000e0041"
any_text = st.text(st.one_of(st.sampled_from(NASTY), st.characters(exclude_categories=())), max_size=40)
any_address = st.builds(
    "{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTP://", "javascript:", "file:///", "data:", "//", ""]),
    st.sampled_from(["", "example.org", "exämple.org", "[::1]", "user:word@example.org:8080", "example.org:99999"]),
    any_text,
)


@pytest.mark.parametrize("door", [clean, clean_line, clean_block])
def test_no_control_code_bidi_override_or_tag_character_survives(door, dangers_in):
    @given(any_text)
    def holds(text):
        assert dangers_in(door(text)) == []

    holds()


@pytest.mark.parametrize("door", [clean, clean_line, clean_block])
def test_text_that_was_cleaned_once_is_not_changed_by_cleaning_it_again(door):
    @given(any_text)
    @example("e\u200b\u0301")
    def holds(text):
        assert door(door(text)) == door(text)

    holds()


@given(any_text)
def test_a_cleaned_line_is_one_line_with_single_spaces(text):
    line = clean_line(text)
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip()


@pytest.mark.parametrize(
    "words",
    [
        "Łódź, naïve café, “quoted” – £5 … ½",
        "北京和東京",
        "مرحبا بالعالم",
        "שלום עולם",
        "हिन्दी में समाचार",
        "Tiếng Việt",
        "👩\u200d🚀 flew",
    ],
)
def test_the_words_of_every_script_come_through_unchanged(words):
    assert clean(words) == words
    assert clean_line(words) == words


def test_an_escape_sequence_loses_its_power_and_its_letters_stay_visible():
    assert clean("safe\x1b[2Jtext\x9b31m") == "safe[2Jtext31m"


def test_a_name_written_backwards_by_an_override_is_shown_in_the_order_it_is_stored():
    assert clean_line("file\u202egpj.exe") == "filegpj.exe"


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_line_breaks_of_every_system_become_one_newline(line_break):
    assert clean(f"one{line_break}two") == "one\ntwo"


def test_lone_surrogates_are_shown_as_replaced():
    assert clean("a\ud800b") == "a\ufffdb"


def test_a_tower_of_combining_marks_is_cut():
    assert len(clean("a" + "\u0317" * 60)) < 10


@pytest.mark.parametrize("mark", ["\u0317\u034f", "\u20dd"])
def test_a_tower_of_marks_cannot_be_smuggled_in_with_marks_that_have_no_class(mark):
    assert len(clean("a" + mark * 60)) < 20


def test_a_soft_hyphen_does_not_split_a_name():
    assert clean_line("Ros\u00adcosmos") == "Roscosmos"


@given(any_address)
def test_an_address_is_plain_ascii_http_or_it_is_no_address(address):
    url = clean_url(address)
    assert url is None or re.fullmatch(r"https?://[!-~]+", url)
    assert url is None or clean_url(url) == url


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:a,b",
        "//a.org",
        "http://",
        "http://[::1",
        "http://a:99999/",
        "words",
        "",
    ],
)
def test_what_is_no_web_address_is_refused(address):
    assert clean_url(address) is None


def test_an_address_in_other_letters_is_shown_in_its_ascii_form():
    assert clean_url("https://exämple.org/ü b?q=é") == "https://xn--exmple-cua.org/%C3%BC%20b?q=%C3%A9"


def test_a_password_in_an_address_is_not_shown():
    assert clean_url("https://anna:secret@example.org:8443/a") == "https://example.org:8443/a"
