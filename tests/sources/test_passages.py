"""The passages of pages that stand nearest to a claim: exact quotes, at most two, and none that shares a mere name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.knowledge.model import Page
from reader.knowledge.passages import PassageIndex, content_words, shared_words


def page(title: str, extract: str) -> Page:
    return Page(title, extract, f"https://en.wikipedia.org/wiki/{title.replace(' ', '_')}", "1", None, "Wikipedia")


PAGES = [
    page(
        "Vantaa Bridge",
        "Vantaa Bridge is a cable-stayed bridge in the north of the country. It is 612 metres long.\n"
        "History\nConstruction began in 1987 under the engineer Aila Korpi. The bridge was opened by the president on 4 June 1991. "
        "Repairs closed it for eleven months in 2008.",
    ),
    page(
        "Aila Korpi",
        "Aila Korpi (born 3 May 1941) is a structural engineer. She studied at the Helsinki University of Technology.\n"
        "She received the Brunel Medal in 1993 for her work on cable-stayed bridges. She retired in 2006 and keeps bees.",
    ),
    page(
        "Orsk Refinery",
        "The Orsk Refinery processes crude oil in the Ural region. A fire in March 2015 destroyed two storage tanks and injured nine workers.\n"
        "Its capacity is 6.6 million tonnes a year. The owner sold the plant to a Kazakh company in 2019.",
    ),
    page(
        "Lake Morava",
        "Lake Morava is a freshwater lake. Its greatest depth is 281 metres, measured by divers in 1974.\n"
        "The lake freezes in most winters. Pike and perch are fished commercially by a cooperative of twelve families.",
    ),
    page(
        "Teresa Valdoro",
        "Teresa Valdoro is a soprano from Bergamo. She sang Tosca at La Scala in 1998.\n"
        "She cancelled all performances in 2003 after an operation on her vocal cords. Her recording of Norma won a Gramophone Award.",
    ),
    page(
        "Kelmont Airport",
        "Kelmont Airport serves the city of Kelmont. Its single runway was lengthened to 2,900 metres in 2012.\n"
        "The airport handled four million passengers in 2019. Night flights are forbidden between eleven and five.",
    ),
    page(
        "Treaty of Lauden",
        "The Treaty of Lauden ended the salt war between the two duchies. It was signed on 9 October 1648 in a mill.\n"
        "The treaty divided the salt works equally. A copy is kept in the archive of the cathedral.",
    ),
    page(
        "Ferrow Institute",
        "The Ferrow Institute studies the migration of birds. It was founded by the ornithologist Edmund Ferrow in 1926.\n"
        "Researchers there ringed the first storks that were followed by satellite. The institute employs forty people.",
    ),
    page(
        "Halden Cup",
        "The Halden Cup is a sailing race around three islands. The record of five hours and two minutes was set by the yacht Miranda in 2017.\n"
        "The race was cancelled in 2020. Entries are limited to eighty boats.",
    ),
    page(
        "Nordhav",
        "Nordhav is a village on the coast. A lighthouse of red iron was built there in 1889.\n"
        "The lighthouse was automated in 1976. The last keeper, Olga Brandt, died at the age of ninety-eight.",
    ),
]

CLAIMS = [
    ("Vantaa Bridge, which the president opened in June 1991, will be closed again.", "The bridge was opened by the president on 4 June 1991."),
    ("Korpi won the Brunel Medal for her bridges.", "She received the Brunel Medal in 1993 for her work on cable-stayed bridges."),
    ("Nine workers were hurt when a fire destroyed storage tanks at the refinery in 2015.", "A fire in March 2015 destroyed two storage tanks and injured nine workers."),
    ("The lake's greatest depth, divers say, is 300 metres.", "Its greatest depth is 281 metres, measured by divers in 1974."),
    ("Valdoro has not sung Norma since her operation, when she cancelled her performances.", "She cancelled all performances in 2003 after an operation on her vocal cords."),
    ("The runway at Kelmont was lengthened to 2,900 metres.", "Its single runway was lengthened to 2,900 metres in 2012."),
    ("The salt war ended with a treaty that was signed in a mill.", "It was signed on 9 October 1648 in a mill."),
    ("Storks were followed by satellite by researchers of the institute.", "Researchers there ringed the first storks that were followed by satellite."),
    ("The yacht Miranda holds the record of five hours.", "The record of five hours and two minutes was set by the yacht Miranda in 2017."),
    ("The last keeper of the lighthouse died at ninety-eight.", "The last keeper, Olga Brandt, died at the age of ninety-eight."),
]  # fmt: skip


@pytest.fixture(scope="module")
def index() -> PassageIndex:
    return PassageIndex(PAGES)


@pytest.mark.parametrize(("claim", "expected"), CLAIMS)
def test_the_nearest_passage_is_the_one_that_a_reader_would_look_for(index, claim, expected):
    found = index.nearest(claim)
    assert found
    assert expected in found[0].quote


@pytest.mark.parametrize("claim", [claim for claim, _ in CLAIMS])
def test_passages_are_exact_quotes_of_different_places_and_at_most_two(index, claim):
    found = index.nearest(claim)
    assert len(found) <= 2
    for passage in found:
        assert passage.quote == passage.page.extract[passage.start : passage.end]
        assert passage.quote.strip()
        assert passage.page in PAGES
    places = [(p.page.title, at) for p in found for at in range(p.start, p.end)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    "claim",
    [
        "Teresa Valdoro bought a house in Portugal.",
        "Vantaa Bridge was mentioned twice.",
        "Nordhav celebrated its football team.",
        "Lake Morava inspired a novel.",
        "Kelmont Airport, Kelmont Airport and Kelmont Airport again.",
        "It was a quiet evening.",
        "The of and.",
        "",
    ],
)
def test_a_claim_that_shares_only_a_pages_title_with_it_gets_no_passage(index, claim):
    assert index.nearest(claim) == ()


def test_the_same_words_in_another_form_are_found(index):
    (first, *_) = index.nearest("Fishing for perches and pikes is done by cooperatives.")
    assert "Pike and perch are fished" in first.quote


def test_a_sentence_that_stands_on_two_pages_is_quoted_once():
    same = "A fire destroyed two storage tanks in March."
    index = PassageIndex([page("One", same), page("Two", same), page("Three", "Nothing of the kind was told there.")])
    assert [p.quote for p in index.nearest("The fire in March destroyed both storage tanks.")] == [same]


def test_two_places_are_quoted_where_two_say_something():
    index = PassageIndex(
        [
            page("One", "A fire destroyed two storage tanks in March. " + "Rain fell. " * 5),
            page("Two", "The storage tanks that were destroyed in March have been built anew after the fire."),
        ]
    )
    found = index.nearest("Storage tanks were destroyed by fire in March.")
    assert {p.page.title for p in found} == {"One", "Two"}


def test_no_more_than_two_are_quoted_where_many_say_something():
    said = [
        "A fire destroyed the storage tanks in March {}.",
        "In March {} storage tanks burned; fire destroyed them.",
        "Fire crews say the tanks of the storage hall were destroyed in March {}.",
    ]
    index = PassageIndex([page(f"Page {n}", said[n % 3].format(f"of year {n}")) for n in range(9)])
    assert len(index.nearest("Storage tanks were destroyed by fire in March.")) == 2


def test_one_word_besides_the_title_is_too_little(index):
    assert index.nearest("The village of Nordhav wants a new lighthouse song.") != ()
    assert index.nearest("Nordhav sells lighthouse songs.") == ()


def test_no_pages_give_no_passages():
    assert PassageIndex([]).is_empty
    assert PassageIndex([page("Empty", "  \n\n ")]).is_empty
    assert PassageIndex([]).nearest("Storage tanks were destroyed by fire.") == ()


def test_a_very_long_sentence_is_not_quoted_whole():
    endless = "The tanks were destroyed by fire and " + "so on and on " * 400 + "in March."
    found = PassageIndex([page("Long", f"{endless} The fire destroyed the tanks in March.")]).nearest("A fire destroyed tanks in March.")  # fmt: skip
    assert [p.quote for p in found] == ["The fire destroyed the tanks in March."]


# What is marked


def marked(quote: str, claim: str) -> list[str]:
    return [quote[start:end] for start, end in shared_words(quote, claim)]


def test_the_words_that_quote_and_claim_share_are_marked():
    quote = "A fire in March 2015 destroyed two storage tanks and injured nine workers."
    claim = "Nine WORKERS were hurt when fires destroyed a tank in 2015."
    assert marked(quote, claim) == ["fire", "2015", "destroyed", "tanks", "nine", "workers"]


def test_little_words_are_not_marked():
    assert marked("It was of the and to be.", "It was of the and to be.") == []


def test_nothing_is_marked_where_nothing_is_shared():
    assert marked("Pike and perch are fished.", "Storage tanks burned.") == []


# Any text

some_text = st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0x2FFF), max_size=300) | st.lists(
    st.sampled_from("A fire destroyed tanks in March. The\n owner sold\n\nit. Nine ... 4.5 “He said so!” U.S. Mr. Éa \t AND OR NOT \" * NEAR( - :".split(" ")),
    max_size=60,
).map(" ".join)  # fmt: skip


@settings(database=None, derandomize=True, deadline=None, max_examples=120)
@given(st.lists(st.tuples(st.text(max_size=12), some_text), max_size=4), some_text)
def test_a_passage_is_always_an_exact_quote_and_there_are_never_more_than_two(pages, claim):
    found = PassageIndex([page(title, extract) for title, extract in pages]).nearest(claim)
    assert len(found) <= 2
    for passage in found:
        assert passage.quote == passage.page.extract[passage.start : passage.end]
        assert passage.quote
        assert "\n" not in passage.quote


@settings(database=None, derandomize=True, deadline=None, max_examples=120)
@given(some_text, some_text)
def test_marks_lie_inside_the_quote_on_whole_words_of_both(quote, claim):
    spans = shared_words(quote, claim)
    assert all(0 <= start < end <= len(quote) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
    if quote == claim:
        words = {quote[start:end].casefold() for start, end in spans}
        assert set(content_words(quote)) <= words
