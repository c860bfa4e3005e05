"""Which entity a name means: one, the one the article's context points to, or openly none."""

from __future__ import annotations

import pytest

from reader.dates import parse_iso
from reader.knowledge.resolve import Resolver

JULY = parse_iso("2022-07-17")


def _person(key: str, label: str, *facts: tuple[str, str], **more) -> dict:
    return {
        "id": key,
        "label": label,
        "kind": "person",
        "statements": [{"property": p, "value": v} for p, v in facts],
        **more,
    }


@pytest.fixture
def smiths(world):
    """Two John Smiths, one of them an astronaut of Q100, and some more."""
    return world(
        [
            _person("Q1", "John Smith", ("P450", "Q100"), ("P569", "1970-01-01"), ("P27", "Q145")),
            _person("Q2", "John Smith", ("P569", "1950"), ("P27", "Q145")),
            _person("Q3", "Jane Doe"),
            {
                "id": "Q100",
                "label": "Apollo 99",
                "kind": "mission",
                "statements": [{"property": "P1029", "value": "Q1"}],
            },
            {
                "id": "Q101",
                "label": "Apollo 98",
                "kind": "mission",
                "statements": [{"property": "P1029", "value": "Q2"}],
            },
            {"id": "Q145", "label": "United Kingdom", "kind": "country", "demonyms": ["British"]},
        ]
    )


def test_a_name_that_one_person_bears_means_them_for_certain(smiths):
    found = Resolver(smiths, JULY).person("Jane Doe")
    assert (found.entity.id, found.reason, found.is_certain) == ("Q3", "one", True)


def test_namesakes_stay_open(smiths):
    found = Resolver(smiths, JULY).person("John Smith")
    assert (found.entity, found.reason, found.is_certain) == (None, "ambiguous", False)
    assert {c.id for c in found.candidates} == {"Q1", "Q2"}


@pytest.mark.parametrize(
    ("context", "meant"), [("Q100", "Q1"), ("Q101", "Q2")], ids=["from the person", "from the mission"]
)
def test_what_else_the_article_names_tells_namesakes_apart_but_is_no_certainty(smiths, context, meant):
    resolver = Resolver(smiths, JULY)
    resolver.note_context([context])
    found = resolver.person("John Smith")
    assert (found.entity.id, found.reason) == (meant, "context")
    assert not found.is_certain
    assert len(found.candidates) == 2


@pytest.mark.parametrize("context", [["Q100", "Q101"], ["Q145"], ["Q3"]], ids=["both", "their country", "a stranger"])
def test_context_that_fits_both_or_neither_leaves_them_open(smiths, context):
    resolver = Resolver(smiths, JULY)
    resolver.note_context(context)
    assert resolver.person("John Smith").entity is None


def test_context_helps_whenever_it_is_noted(smiths):
    resolver = Resolver(smiths, JULY)
    assert resolver.person("John Smith").entity is None
    resolver.note_context(["Q100"])
    assert resolver.person("John Smith").entity.id == "Q1"


def test_somebody_born_after_the_article_cannot_be_meant(smiths):
    found = Resolver(smiths, parse_iso("1961-04-12")).person("John Smith")
    assert (found.entity.id, found.is_certain) == ("Q2", True)
    assert Resolver(smiths, parse_iso("1900")).person("John Smith").reason == "unknown"


def test_somebody_born_in_the_articles_own_year_and_somebody_without_a_birth_date_may_be_meant(smiths):
    assert Resolver(smiths, parse_iso("1950-03-01")).person("John Smith").entity.id == "Q2"
    assert Resolver(smiths, parse_iso("1700-01-01")).person("Jane Doe").entity.id == "Q3"


def test_without_a_date_nobody_is_too_young(smiths):
    assert len(Resolver(smiths, None).person("John Smith").candidates) == 2


@pytest.mark.parametrize("name", ["Nobody Atall", "Smith", "Jane", "Apollo 99", "", "the"])
def test_a_surname_alone_an_unknown_name_and_a_thing_are_no_person(smiths, name):
    found = Resolver(smiths, JULY).person(name)
    assert (found.entity, found.reason) == (None, "unknown")


@pytest.mark.parametrize(
    "name", ["cosmonaut Jane Doe", "British Jane Doe", "Senator Jane Doe", "Jane Q. Doe", "JANE DOE", "Jane Doe’s"]
)
def test_a_rank_a_people_or_an_initial_does_not_hide_a_person(smiths, name):
    assert Resolver(smiths, JULY).person(name).entity.id == "Q3"


def test_a_first_name_more_is_another_person(smiths):
    assert Resolver(smiths, JULY).person("Mary Jane Doe").entity is None


def test_a_demonym_names_a_country_only_where_somebodys_is_asked(smiths):
    resolver = Resolver(smiths, JULY)
    assert [e.id for e in resolver.whose("British")] == ["Q145"]
    assert [e.id for e in resolver.whose("United Kingdom’s")] == ["Q145"]
    assert resolver.whose("Jane Doe") == []
    assert resolver.anything("British").entity is None


def test_anything_can_be_narrowed_to_a_kind(smiths):
    resolver = Resolver(smiths, JULY)
    assert resolver.anything("Apollo 99").entity.id == "Q100"
    assert resolver.anything("Apollo 99", frozenset({"person"})).reason == "unknown"


def test_an_office_is_no_thing_that_an_article_names(builtin):
    assert builtin.named("Administrator of NASA")
    assert Resolver(builtin, JULY).anything("Administrator of NASA").entity is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Frank Rubio", "Francisco Rubio"),
        ("Yuri Borisov", "Yury Borisov"),
        ("Dmitry Rogozin", "Dmitri Rogozin"),
        ("Charles Bolden", "Charlie Bolden"),
    ],
)
def test_the_built_in_pack_knows_people_of_the_story_in_both_spellings(builtin, one, other):
    resolver = Resolver(builtin, JULY)
    assert resolver.person(one).entity is not None
    assert resolver.person(one).entity.id == resolver.person(other).entity.id
