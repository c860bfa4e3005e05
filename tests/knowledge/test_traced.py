"""Knowledge that remembers what it is asked answers exactly as the knowledge it wraps."""

from __future__ import annotations

import pytest

from reader.dates import parse_iso
from reader.knowledge.model import BORN, COUNTRY, POSITION_HELD
from reader.knowledge.names import normal
from reader.knowledge.resolve import Resolver
from reader.knowledge.seats import seats_for
from reader.knowledge.terms import terms_of
from reader.knowledge.traced import TracedKnowledge

FIRST = [
    {"id": "Q1", "label": "Anna Lind", "kind": "person", "aliases": ["Ann Lind"], "statements": [
        {"property": "P39", "value": "Q9", "start": "2001-01-01", "end": "2005-01-01"},
        {"property": "P39", "value": "Q9", "start": "2010", "rank": "deprecated"},
        {"property": "P569", "value": "1960-03-02", "referenced": False},
        {"property": "P39", "value": "Q404", "start": "1999", "disputed": True},
    ]},
    {"id": "Q9", "label": "Mayor of Nord", "kind": "position", "statements": [{"property": "P17", "value": "Q5"}]},
    {"id": "Q5", "label": "Nord", "kind": "country", "demonyms": ["Nordic"]},
]  # fmt: skip
SECOND = [
    {"id": "Q1", "label": "Anna L.", "kind": "person", "aliases": ["Anna Lind"], "statements": [{"property": "P569", "value": "1961"}]},
    {"id": "Q2", "label": "Anna Lind", "kind": "person", "statements": [{"property": "P39", "value": "Q9", "start": "2005-01-01"}]},
]  # fmt: skip
NAMES = ("Anna Lind", "ANNA  LIND", "Ann Lind", "Anna L.", "Nordic", "the Nord", "Mayor of Nord", "Nobody", "", "Añña")
IDS = ("Q1", "Q2", "Q5", "Q9", "Q404", "")
PROPERTIES = (None, POSITION_HELD, BORN, COUNTRY, "P0")


@pytest.fixture
def both(world):
    """A knowledge of two packs that overlap, and the same one traced."""
    plain = world(FIRST, SECOND)
    return plain, TracedKnowledge(plain)


def test_it_answers_every_question_as_the_knowledge_it_wraps(both):
    plain, traced = both
    assert traced.pack_names == plain.pack_names
    for _ in ("asked first", "asked again"):
        for name in NAMES:
            assert traced.named(name) == plain.named(name)
            assert traced.named_normal(normal(name)) == plain.named_normal(normal(name))
        for key in IDS:
            assert traced.entity(key) == plain.entity(key)
            assert traced.label(key) == plain.label(key)
            for prop in PROPERTIES:
                assert traced.statements(key, prop) == plain.statements(key, prop)
                assert traced.statements_with(key, prop or "P39") == plain.statements_with(key, prop or "P39")


def test_it_answers_of_the_built_in_pack_as_that_does(builtin, title):
    traced = TracedKnowledge(builtin)
    day = parse_iso("2022-07-17")
    for knowledge in (builtin, traced):
        resolver = Resolver(knowledge, day)
        match = seats_for(title("administrator", "NASA"), resolver)
        found = [
            resolver.person("Bill Nelson"),
            resolver.anything("Roscosmos"),
            match,
            [terms_of(seat, knowledge) for seat in match.seats],
        ]
        assert match.seats
        if knowledge is builtin:
            wanted = found
    assert found == wanted
    assert traced.names
    assert traced.considered


def test_it_remembers_each_name_with_all_who_bear_it_each_once(both):
    _, traced = both
    traced.named("Anna  LIND")
    traced.named("Anna Lind")
    traced.named("Nobody")
    asked = {name.name: [e.id for e in name.bearers] for name in traced.names.values()}
    assert asked == {"anna lind": ["Q1", "Q2"], "nobody": []}


def test_it_remembers_all_statements_that_were_looked_at_as_people_name_them(both):
    plain, traced = both
    traced.statements("Q1", POSITION_HELD)
    (asked,) = traced.asked
    assert [s for _, _, s in asked.statements] == list(plain.statements("Q1", POSITION_HELD))
    assert len(asked.statements) == 3, "deprecated and disputed ones too"
    assert {(subject, value) for subject, value, _ in asked.statements} == {
        ("Anna Lind", "Mayor of Nord"),
        ("Anna Lind", "Q404"),
    }


def test_it_remembers_look_ups_from_both_ends_and_of_each_property_apart(both):
    plain, traced = both
    looked_up = [
        traced.statements("Q1", POSITION_HELD),
        traced.statements("Q1", BORN),
        traced.statements("Q1"),
        traced.statements("Q9"),
        traced.statements_with("Q9", POSITION_HELD),
        traced.statements("Q404"),
    ]
    remembered = [tuple(s for _, _, s in asked.statements) for asked in traced.asked]
    assert sorted(remembered, key=repr) == sorted(looked_up, key=repr)
    assert {s.subject for s in plain.statements_with("Q9", POSITION_HELD)} == {"Q1", "Q2"}


def test_what_the_wrapped_knowledge_was_asked_before_is_not_remembered_and_is_when_asked_again(both):
    plain, _ = both
    plain.named("Anna Lind")
    plain.statements("Q1")
    traced = TracedKnowledge(plain)
    assert (traced.names, traced.considered) == ({}, {})
    traced.named("Anna Lind")
    traced.statements("Q1")
    assert len(traced.names) == len(traced.considered) == 1


def test_two_who_remember_the_same_knowledge_do_not_share_their_memory(both):
    plain, one = both
    other = TracedKnowledge(plain)
    one.named("Nordic")
    one.statements("Q9")
    assert (other.names, other.considered) == ({}, {})


def test_what_is_remembered_is_no_part_of_the_answer(both):
    """Whoever changes the list that they were given changes no memory and no later answer of another."""
    plain, traced = both
    found = traced.named("Anna Lind")
    kept = traced.names["anna lind"].bearers
    found.clear()
    assert traced.names["anna lind"].bearers == kept
    assert plain.named("Anna Lind")


def test_knowledge_without_a_pack_is_traced_too(world):
    traced = TracedKnowledge(world())
    assert traced.named("Anna Lind") == []
    assert traced.statements("Q1") == ()
    assert [n.bearers for n in traced.names.values()] == [()]
