"""Several packs asked as one: names, merged statements, and the order in which they are asked."""

from __future__ import annotations

from reader.knowledge.pack import Knowledge, Pack


def _person(key: str, label: str, **more) -> dict:
    return {"id": key, "label": label, "kind": "person", **more}


def test_statements_of_two_packs_merge_by_their_id_and_the_first_pack_wins(build, wd):
    def term(key: str, year: int, **more) -> dict:
        return wd.claim(wd.value("Q5"), key=key, P580=wd.time(f"+{year}-01-01"), **more)

    newer = build([wd.item("Q1", "Anna", {"P39": [term("Q1$a", 2001), term("Q1$b", 2010)]})], "newer", "2024-01-01")
    older = build([wd.item("Q1", "Anna", {"P39": [term("Q1$a", 1999), term("Q1$c", 2020)]})], "older", "2020-01-01")
    for packs, start, day in (
        ((newer, older), "2001-01-01", "2024-01-01"),
        ((older, newer), "1999-01-01", "2020-01-01"),
    ):
        knowledge = Knowledge([Pack(p) for p in packs])
        found = {s.id: s for s in knowledge.statements("Q1", "P39")}
        assert set(found) == {"Q1$a", "Q1$b", "Q1$c"} == {s.id for s in knowledge.statements_with("Q5", "P39")}
        assert len(knowledge.statements("Q1")) == 3
        assert found["Q1$a"].start == start
        assert found["Q1$a"].provenance.retrieved == day
        knowledge.close()


def test_the_first_pack_that_knows_an_entity_names_it(world):
    knowledge = world([_person("Q1", "Yuri Borisov")], [_person("Q1", "Yury Borisov"), _person("Q2", "Bob")])
    assert knowledge.label("Q1") == "Yuri Borisov"
    assert knowledge.label("Q2") == "Bob"
    assert knowledge.pack_names == ("pack 1", "pack 2")


def test_an_entity_has_one_name_whichever_pack_knows_the_alias(world):
    knowledge = world([_person("Q1", "Yuri Borisov")], [_person("Q1", "Yury Borisov", aliases=["Yuriy Borisov"])])
    assert {e.label for e, _ in knowledge.named("Yuriy Borisov")} == {"Yuri Borisov"}


def test_namesakes_of_both_packs_are_found(world):
    knowledge = world([_person("Q1", "John Smith")], [_person("Q2", "John Smith"), _person("Q1", "John Smith")])
    assert sorted(e.id for e, kind in knowledge.named("John Smith") if kind == "label") == ["Q1", "Q2"]


def test_a_local_entity_joins_no_other_by_its_name(world):
    facts = [{"property": "P569", "value": "1960"}]
    knowledge = world([_person("local:anna", "Anna A", statements=facts)], [_person("Q1", "Anna A")])
    assert knowledge.statements("Q1") == ()
    assert knowledge.entity("local:anna").is_local
    assert not knowledge.entity("Q1").is_local


def test_an_unknown_id_is_shown_as_it_is(world):
    knowledge = world([_person("Q1", "Anna")])
    assert knowledge.label("Q404") == "Q404"
    assert knowledge.entity("Q404") is None
    assert knowledge.statements("Q404") == ()


def test_names_are_found_with_other_accents_case_and_article_but_not_in_part(world):
    knowledge = world([_person("Q1", "Łukasz Żółć", aliases=["The Pole"])])
    for name in ("lukasz zolc", "ŁUKASZ ŻÓŁĆ", "Pole", "the pole's"):
        assert [e.id for e, _ in knowledge.named(name)] == ["Q1"], name
    assert knowledge.named("Łukasz") == []


def test_a_demonym_is_told_from_a_name(world):
    norway = {"id": "Q20", "label": "Norway", "kind": "country", "demonyms": ["Norwegian", "Norwegians"]}
    knowledge = world([norway])
    assert [(e.id, kind) for e, kind in knowledge.named("Norwegian")] == [("Q20", "demonym")]
    assert [(e.id, kind) for e, kind in knowledge.named("Norway’s")] == [("Q20", "label")]


def test_statements_are_found_from_both_ends(world):
    crew = {
        "id": "local:ms-22",
        "label": "MS-22",
        "kind": "mission",
        "statements": [{"property": "P1029", "value": "Q1"}],
    }
    knowledge = world([crew, _person("Q1", "Anna")])
    assert [s.value for s in knowledge.statements("local:ms-22", "P1029")] == ["Q1"]
    assert [s.subject for s in knowledge.statements_with("Q1", "P1029")] == ["local:ms-22"]
    assert knowledge.statements_with("Q1", "P450") == ()


def test_no_packs_know_nothing():
    knowledge = Knowledge([])
    assert knowledge.named("NASA") == []
    assert knowledge.pack_names == ()
