"""How names and titles are compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.knowledge.names import normal, title_key, without_initials

steady = settings(database=None, deadline=None, derandomize=True, max_examples=300)
LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("Cc",)), max_size=30)
WORDS = st.lists(
    st.sampled_from(["minister", "finance", "foreign", "affairs", "defence", "deputy", "health", "secretary"]),
    min_size=1,
)


@steady
@given(st.text(max_size=40))
@example("The The")
@example("The The Band")
@example("Caveat™")
def test_a_normal_name_is_its_own_normal_form(name):
    assert normal(normal(name)) == normal(name)


@steady
@given(LATIN)
def test_a_name_is_found_however_its_accents_are_encoded(name):
    assert normal(unicodedata.normalize("NFD", name)) == normal(unicodedata.normalize("NFC", name))


@steady
@given(LATIN)
def test_a_normal_name_has_single_spaces_and_no_punctuation(name):
    found = normal(name)
    assert found == " ".join(found.split())
    assert all(c == " " or c.isalnum() for c in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wilhelm Conrad Röntgen", "wilhelm conrad rontgen"),
        ("Łódź", "Lodz"),
        ("Rosmah Ørsted", "rosmah orsted"),
        ("Novak Đoković", "Novak Dokovic"),
        ("STRASSE", "Straße"),
        ("NASA", "nasa"),
        ("N.A.S.A.", "NASA"),
        ("the Netherlands", "Netherlands"),
        ("The Hague", "Hague"),
        ("Norway's", "Norway"),
        ("Norway’s", "Norway"),
        ("Jean-Claude Juncker", "Jean Claude Juncker"),
        ("NASA's Artemis programme", "NASA Artemis programme"),
        ("  Yuri   Borisov ", "Yuri Borisov"),
        ("Crew–5", "Crew-5"),
        ("Vkusno & tochka", "Vkusno tochka"),
    ],
)
def test_the_same_name_is_found_in_other_spellings(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Georgia", "Georgian"), ("Soyuz MS-22", "Soyuz MS-2"), ("Bush Jr.", "Bush"), ("Путин", "Ельцин"), ("The", "")],
)
def test_different_names_stay_apart(one, other):
    assert normal(one) != normal(other)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("John H. Glenn", "john glenn"),
        ("Robert M. Lightfoot Jr.", "robert lightfoot jr"),
        ("George W. Bush", "george bush"),
        ("John Glenn", None),
        ("J. Edgar Hoover", None),
        ("Malcolm X", None),
    ],
)
def test_middle_initials_can_be_left_out_but_first_and_last_names_cannot(name, short):
    assert without_initials(name) == short


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minister of Finance", "Finance Minister"),
        ("Secretary of Defense", "Defence Secretary"),
        ("Secretary of State for Defence", "Defence Secretary"),
        ("Minister for Foreign Affairs", "Foreign Minister"),
        ("Secretary of Labor", "Labour Secretary"),
        ("Chairwoman of the Council", "chairman of the council"),
        ("Minister of Transportation", "Transport Minister"),
        ("Minister for Sports", "Sport Minister"),
    ],
)
def test_a_title_is_the_same_office_in_another_order_or_spelling(one, other):
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deputy Minister of Finance", "Minister of Finance"),
        ("Vice President", "President"),
        ("Secretary of State", "Secretary"),
        ("Minister of Health", "Minister of Finance"),
        ("Prime Minister", "Minister"),
        ("Chief of Staff", "Chief"),
    ],
)
def test_titles_of_different_offices_stay_apart(one, other):
    assert title_key(one) != title_key(other)


@pytest.mark.parametrize(
    "written", ["Minister of Finance of Norway", "Norwegian Minister of Finance", "Norway's finance minister"]
)
def test_whose_office_it_is_is_left_out_of_the_title(written):
    assert title_key(written, ("Norway", "Norwegian")) == title_key("finance minister")


def test_a_title_that_is_only_a_countrys_name_keeps_it():
    assert title_key("Norway", ("Norway",)) == "norway"


@steady
@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_of_a_titles_words_does_not_matter(words, random):
    shuffled = list(words)
    random.shuffle(shuffled)
    assert title_key(" ".join(shuffled)) == title_key(" ".join(words))
