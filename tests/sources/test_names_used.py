"""Which names of an article leave the machine: names as pages are called, never a word that is not there, never a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.article.load import load_bytes
from reader.article.model import Article
from reader.claims.names_used import names_used
from reader.claims.shallow import ShallowReader

PARTICLES = frozenset("of for the and de la du da von van der den bin al el di del dos das ten ter le to in at".split())
LEAD = "Harbour plan is back\n\n"


def read(text: str, name: str = "story.txt") -> tuple[Article, tuple[str, ...]]:
    """An article, and its names as the desk takes them: after the whole article has been read."""
    article = load_bytes(text.encode(), name=name, as_of="2022-07-17")
    reader = ShallowReader()
    for paragraph in article.paragraphs:
        if paragraph.is_checked:
            reader.read(paragraph)
    return article, names_used(article.paragraphs, reader.people)


def names(*paragraphs: str) -> tuple[str, ...]:
    return read(LEAD + "\n\n".join(paragraphs))[1]


# What journalists write. Behind each sentence: all the names in it, as pages are called.

WRITTEN = {
    "honorifics": (
        "Mr Johnson's office said that Dr. Maria Santos would travel to São Paulo in March.",
        {"Johnson", "Maria Santos", "São Paulo"},
    ),
    "an office before a name": (
        "President Emmanuel Macron met Chancellor Olaf Scholz in Berlin on Monday.",
        {"Emmanuel Macron", "Olaf Scholz", "Berlin"},
    ),
    "an agency before an office before a name": (
        "NASA Administrator Bill Nelson and Roscosmos chief Yuri Borisov signed the deal on 15 July 2022.",
        {"NASA", "Bill Nelson", "Roscosmos", "Yuri Borisov"},
    ),
    "a possessive": (
        "The European Space Agency's director general, Josef Aschbacher, said the rocket was late.",
        {"European Space Agency", "Josef Aschbacher"},
    ),
    "two possessives": (
        "Norway’s parliament asked Equinor’s board about Johan Sverdrup’s oil.",
        {"Norway", "Equinor", "Johan Sverdrup"},
    ),
    "a word that begins a sentence": (
        "Inspectors came again. Officials blamed the inspectors, and other officials blamed Lisbon.",
        {"Lisbon"},
    ),
    "a little word before a name": (
        "In January 2020, Britain left the European Union. However, Brussels waited.",
        {"Britain", "European Union", "Brussels"},
    ),
    "dates": (
        "On Friday, 3 June 2011, and again on Sunday June 5, it rained in Oslo.",
        {"Oslo"},
    ),
    "one and another": (
        "Lebanon and Israel agreed on a border; the talks between Hezbollah and Amos Hochstein went on.",
        {"Lebanon", "Israel", "Hezbollah", "Amos Hochstein"},
    ),
    "a surname later": (
        "The prize went to Ales Bialiatski in Oslo. Bialiatski was in prison, and friends of Bialiatski thanked Oslo.",
        {"Ales Bialiatski", "Oslo"},
    ),
    "a name with of": (
        "A former judge spoke to the House of Commons about the Ministry of Defence.",
        {"House of Commons", "Ministry of Defence"},
    ),
    "capitals inside": (
        "The deal between PayPal and AT&T was, a lawyer for O'Brien said, seen by the FBI.",
        {"PayPal", "AT&T", "O'Brien", "FBI"},
    ),
    "an initial": (
        "The brother of John F. Kennedy, Robert Kennedy, was shot in Los Angeles.",
        {"John F. Kennedy", "Robert Kennedy", "Los Angeles"},
    ),
    "a city that begins with a plain word": (
        "She was a senator for New York and lived in New Zealand, not in New Delhi.",
        {"New York", "New Zealand", "New Delhi"},
    ),
    "a surname that is a month": (
        "A former prime minister, Theresa May, was there, and so was Brian May.",
        {"Theresa May", "Brian May"},
    ),
    "particles": (
        "The head of the commission, Ursula von der Leyen, met Oscar de la Renta.",
        {"Ursula von der Leyen", "Oscar de la Renta"},
    ),
    "a number that belongs to the name": (
        "The flight of Apollo 11 was followed by that of Soyuz 5.",
        {"Apollo 11", "Soyuz 5"},
    ),
    "an ampersand": (
        "The wages at Marks & Spencer are higher than those at Tesco.",
        {"Marks & Spencer", "Tesco"},
    ),
    "a possessive inside a name": (
        "They had been seen near King's Cross and at St Mary's Hospital.",
        {"King's Cross", "St Mary's Hospital"},
    ),
    "a body whose name ends like a person's": (
        "The prize was shared with the Center for Civil Liberties.",
        {"Center for Civil Liberties"},
    ),
    "a city before an office before a name": (
        "The mourners remembered Chicago Mayor Harold Washington.",
        {"Harold Washington", "Chicago"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(WRITTEN))
def test_the_names_that_journalists_write_are_found_as_pages_are_called(kind):
    sentence, expected = WRITTEN[kind]
    found = set(names(sentence))
    assert expected - found == set()
    assert {extra for extra in found - expected if not is_made_of(extra, expected)} == set()


def is_made_of(found: str, names: set[str]) -> bool:
    """Whether it is a part of one of these names, or some of them with offices and "and" between: it may be a name too."""
    rest = found
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "")
    linked = set(rest.split()) <= {"and", "&", "of", "for", "the", "Administrator", "Mayor"}
    return any(f" {found} " in f" {name} " or (linked and name in found) for name in names)


def test_the_names_of_a_long_article_are_found_together():
    kinds = list(WRITTEN)[:13]
    expected = set.union(*(WRITTEN[kind][1] for kind in kinds))
    assert expected <= set(names(*(WRITTEN[kind][0] for kind in kinds)))


def test_an_office_says_whose_it_is():
    found = names("It was the CEO of Volkswagen who left, not the Governor of the Bank of England.")
    assert {"Volkswagen", "Bank of England"} <= set(found)


def test_a_headline_in_capitals_sends_nothing_as_a_sentence():
    for headline in (
        "PRIME MINISTER RESIGNS AFTER REVOLT IN LONDON",
        "Police Arrest Three Men Near Paris Airport Hotel",
    ):
        found = read(f"{headline}\n\nThe police would not say more about it on Monday.\n")[1]
        assert headline not in found
        assert not [name for name in found if len(name.split()) > 3]


@pytest.mark.parametrize(
    "line",
    [
        "POLICE ARREST MAN IN PARIS",
        "ROME FIRE KILLS FIVE",
        "Police Arrest Man In Paris",
        "Rishi Sunak Becomes Prime Minister",
        "Stocks Fall As Oil Rises",
    ],
)
def test_a_headline_that_stands_between_paragraphs_is_no_name(line):
    text = f"<article><h1>Quiet day</h1><p>It was a quiet day in the town by the sea.</p><p>{line}</p><p>Nobody was about and nothing happened.</p></article>"  # fmt: skip
    assert line not in read(text, "story.html")[1]


def test_headings_quote_no_names():
    assert (
        "Anna Lind" not in read("# Anna Lind\n\nIt was a quiet day.\n\n## Karl Roe\n\nNothing happened.\n", "a.md")[1]
    )


def test_what_is_no_part_of_the_article_is_not_looked_up():
    text = "# A quiet day\n\nIt rained in Oslo.\n\n```\nPrivate Key Of Anna\n```\n"
    assert read(text, "a.md")[1] == ("Oslo",)


def test_the_most_used_names_come_first():
    found = names(
        "She met Ola Dahl in Bergen.", *["Then he met Kari Lie again in the snow."] * 3, *["It was cold in Oslo."] * 9
    )
    assert [name for name in found if name in ("Oslo", "Kari Lie", "Bergen")] == ["Oslo", "Kari Lie", "Bergen"]


def test_there_are_never_more_than_a_hundred_and_fifty():
    text = [f"They met Ab{chr(97 + n % 26)}{chr(97 + n // 26)}o Dahl there." for n in range(200)]
    assert len(names(*text)) == 150


def test_the_same_article_always_gives_the_same_names():
    text = [sentence for sentence, _ in WRITTEN.values()]
    assert names(*text) == names(*text)


# Any text

word = st.one_of(
    st.sampled_from(
        "Anna Lind Karl Roe NASA Oslo Paris President Mr Dr. May Monday January St. New The In Ministry Bank CEO King's "
        "McKay O'Brien Élan Øst U.S. J. II 11 2022 5,000 & and of for de von the a said was met not their children "
        "secret money told nobody about it".split()
    ),
    st.text(st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x24F), min_size=1, max_size=9),
)
sentence = st.tuples(
    st.lists(word, min_size=1, max_size=24), st.sampled_from([".", "!", "?", ",", ";", ".”", "'s.", " –", "…"])
)


def text_of(sentences: Sequence[tuple[Sequence[str], str]]) -> str:
    return " ".join(" ".join(words) + mark for words, mark in sentences)


@settings(database=None, derandomize=True, deadline=None, max_examples=150)
@given(st.lists(st.lists(sentence, min_size=1, max_size=5), min_size=1, max_size=4))
def test_whatever_is_written_only_words_of_the_article_leave_and_never_a_sentence(paragraphs):
    article, found = read(LEAD + "\n\n".join(map(text_of, paragraphs)))
    text = "\n".join(p.text for p in article.paragraphs)
    assert len(found) <= 150
    assert len(set(found)) == len(found)
    for name in found:
        assert name == " ".join(name.split())
        assert [w for w in name.split() if w not in text] == []
        assert [w for w in name.split() if w[0].islower() and w not in PARTICLES] == []
        assert len(name.split()) <= 8


@settings(database=None, derandomize=True, deadline=None, max_examples=150)
@given(st.lists(word, min_size=2, max_size=20), st.sampled_from(["said", "was told nothing about", "met"]))
def test_a_sentence_with_a_verb_never_leaves(words, verb):
    line = f"{' '.join(words)} {verb} {' '.join(reversed(words))}."
    article, found = read(LEAD + line)
    assert not [name for name in found if verb in name or name == article.paragraphs[-1].text.rstrip(".")]


@settings(database=None, derandomize=True, deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_any_text_at_all_is_read(text):
    article, found = read(LEAD + text)
    whole = "\n".join(p.text for p in article.paragraphs)
    assert all(w in whole for name in found for w in name.split())
