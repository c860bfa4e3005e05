"""Wikidata's statements: ranks, qualifiers, references and dates, read as Wikidata means them."""

from __future__ import annotations

import pytest

from reader.dates import parse_iso
from reader.knowledge.seats import Seat
from reader.knowledge.terms import terms_of
from reader.knowledge.wikidata import iso_of

OFFICE = "Q358841"


@pytest.fixture
def one(know, wd):
    """The one statement of a property that an item with this claim has, or None."""

    def read(claim: dict, prop: str = "P39"):
        found = know([wd.item("Q1", "Anna", {prop: [claim]})]).statements("Q1", prop)
        return found[0] if found else None

    return read


@pytest.fixture
def held(know, wd):
    """Anna's term of office with these qualifiers, as a check sees it."""

    def read(rank: str = "normal", **qualifiers):
        claims = {"P39": [wd.claim(wd.value(OFFICE), rank=rank, **qualifiers)]}
        knowledge = know([wd.item("Q1", "Anna", claims), wd.item(OFFICE, "An office")])
        terms = terms_of(Seat(OFFICE, "An office"), knowledge)
        return terms[0] if terms else None

    return read


def test_nasas_directors_are_read_from_wikidatas_own_json(builtin):
    directors = {s.value: s for s in builtin.statements("Q23548", "P1037")}
    bridenstine, nelson = directors["Q3601035"], directors["Q358437"]
    assert (bridenstine.start, bridenstine.end, bridenstine.ordinal, bridenstine.rank) == (
        "2018-04-23",
        "2021-01-20",
        "13",
        "normal",
    )
    assert (nelson.start, nelson.end, nelson.ordinal, nelson.rank) == ("2021-05-03", None, "14", "preferred")
    assert bridenstine.role == nelson.role == OFFICE
    assert nelson.provenance.revision == "1446200066"
    assert nelson.provenance.url == "https://www.wikidata.org/wiki/Q23548"
    assert str(nelson.known_until) == "21 June 2021"
    assert nelson.provenance.licence == "CC0"


def test_what_nasas_json_says_without_a_reference_decides_nothing(builtin):
    (head,) = [s for s in builtin.statements("Q23548", "P2388") if s.provenance.source == "Wikidata"]
    assert head.value == OFFICE
    assert not head.is_reliable


@pytest.mark.parametrize(("rank", "reliable"), [("preferred", True), ("normal", True), ("deprecated", False)])
def test_a_deprecated_statement_is_kept_but_never_relied_on(one, wd, rank, reliable):
    statement = one(wd.claim(wd.value(OFFICE), rank=rank))
    assert statement.rank == rank
    assert statement.is_reliable is reliable


def test_a_deprecated_term_was_never_held(held, wd):
    assert held(P580=wd.time("+2018-01-01")) is not None
    assert held(rank="deprecated", P580=wd.time("+2018-01-01")) is None


def test_a_term_has_its_dates_ordinal_and_neighbours(one, wd):
    statement = one(
        wd.claim(
            wd.value(OFFICE),
            key="Q1$abc",
            P580=wd.time("+2018-04-23"),
            P582=wd.time("+2021-01-00", 10),
            P1545=wd.string("13"),
            P1365=wd.value("Q7"),
            P1366=wd.value("Q8"),
            P585=wd.time("+2019-00-00", 9),
        )
    )
    assert (statement.id, statement.subject, statement.value) == ("Q1$abc", "Q1", OFFICE)
    assert (statement.start, statement.end, statement.at) == ("2018-04-23", "2021-01", "2019")
    assert (statement.ordinal, statement.replaces, statement.replaced_by) == ("13", "Q7", "Q8")
    assert not statement.acting
    assert statement.is_reliable


@pytest.mark.parametrize("prop", ["P5102", "P2868", "P3831"])
def test_an_acting_holder_is_known_as_acting(held, wd, prop):
    assert held(P580=wd.time("+2021-01-20"), **{prop: wd.value("Q4676846")}).acting
    assert not held(P580=wd.time("+2021-01-20"), **{prop: wd.value("Q5")}).acting


@pytest.mark.parametrize("order", [("Q4676846", OFFICE), (OFFICE, "Q4676846")], ids=["acting first", "office first"])
def test_an_acting_director_of_an_organisation_holds_its_office(know, wd, order):
    director = wd.claim(wd.value("Q1"), P580=wd.time("+2021-01-20"), P3831=[wd.value(r) for r in order])
    knowledge = know([wd.item("Q2", "The agency", {"P1037": [director]}), wd.item("Q1", "Anna")])
    (term,) = terms_of(Seat(OFFICE, "Administrator", "Q2"), knowledge)
    assert (term.name, term.acting) == ("Anna", True)


def test_an_end_at_an_unknown_date_is_an_end(held, wd):
    term = held(P580=wd.time("+2018-04-23"), P582=wd.some)
    assert term.ended
    assert not term.is_day_dated
    assert not term.covers(parse_iso("2019-01-01")), "nobody knows whether it had ended by then"
    assert term.touches(parse_iso("2019-01-01"))


@pytest.mark.parametrize("qualifiers", ["none", "missing", "empty"])
def test_a_term_without_an_end_is_open(held, one, wd, qualifiers):
    start = {"P580": wd.time("+2018-04-23")}
    term = (
        held(**start)
        if qualifiers == "missing"
        else held(**start, P582=wd.none)
        if qualifiers == "none"
        else held(**start, P582=[])
    )
    assert not term.ended
    assert term.covers(parse_iso("2020-01-01"))


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [("+1985-01-01", "+1990-00-00", 8), ("+1985-01-01", "+2000-00-00", 7), ("-0049-10-01", "-0044-03-15", 11)],
    ids=["decade", "century", "BCE"],
)
def test_an_end_that_is_known_only_roughly_is_still_an_end(held, wd, start, end, precision):
    term = held(P580=wd.time(start), P582=wd.time(end, precision))
    assert term is None or term.ended
    assert term is None or not term.covers(parse_iso("2023-06-01"))


def test_a_disputed_statement_decides_nothing(one, wd):
    statement = one(wd.claim(wd.value(OFFICE), P1310=wd.value("Q5")))
    assert statement.disputed
    assert not statement.is_reliable


CIRCA = {"circa": "Q5727902", "presumably": "Q18122778", "possibly": "Q30230067"}
# the numbers below stand with these labels in public code (find_string ids 46215457477, 68769922331)
MORE_DOUBTS = {"near": "Q21818619", "hypothetically": "Q18603603", "disputed": "Q18912752"}


@pytest.mark.parametrize("prop", ["P1480", "P5102"])
@pytest.mark.parametrize("word", CIRCA)
def test_an_approximate_statement_decides_nothing(one, wd, prop, word):
    assert not one(wd.claim(wd.value(OFFICE), **{prop: wd.value(CIRCA[word])})).is_reliable


@pytest.mark.parametrize(
    ("prop", "word"), [("P1480", "near"), ("P5102", "hypothetically"), ("P5102", "disputed"), ("P1480", "disputed")]
)
def test_a_doubtful_statement_decides_nothing(one, wd, prop, word):
    assert not one(wd.claim(wd.value(OFFICE), **{prop: wd.value(MORE_DOUBTS[word])})).is_reliable


@pytest.mark.parametrize(
    ("references", "referenced"),
    [
        ((), False),
        (("P143",), False),
        ((("P143", "P813"),), False),
        ((("P143", "P4656"),), False),
        (("P143", "P143"), False),
        (("P248",), True),
        ((("P854", "P813"),), True),
        (("P143", "P854"), True),
        ((("P143", "P248"),), True),
    ],
)
def test_imported_from_wikipedia_is_no_reference(one, wd, references, referenced):
    statement = one(wd.claim(wd.value(OFFICE), references=references))
    assert statement.referenced is referenced
    assert statement.is_reliable is referenced


@pytest.mark.parametrize(
    ("time", "precision", "iso", "told"),
    [
        ("+2018-00-00", 9, "2018", "2018"),
        ("+2018-01-01", 9, "2018", "2018"),
        ("+2018-00-00", 11, "2018", "2018"),
        ("+2018-05-00", 10, "2018-05", "May 2018"),
        ("+2018-05-01", 10, "2018-05", "May 2018"),
        ("+2018-05-24", 11, "2018-05-24", "24 May 2018"),
        ("+0988-00-00", 9, "0988", "988"),
    ],
)
def test_a_date_is_as_wide_as_its_precision(one, wd, time, precision, iso, told):
    statement = one(wd.claim(wd.time(time, precision)), "P569")
    assert statement.value == iso
    assert str(statement.date) == told


def test_a_year_is_never_the_first_of_january(one, wd):
    born = one(wd.claim(wd.time("+2018-00-00", 9)), "P569").date
    assert not born.is_day
    assert (born.first.isoformat(), born.last.isoformat()) == ("2018-01-01", "2018-12-31")


@pytest.mark.parametrize(
    ("time", "precision"),
    [("+1900-00-00", 7), ("+1990-00-00", 8), ("+1000-00-00", 6), ("-0044-03-15", 11), ("-0044-00-00", 9)],
)
def test_a_century_a_decade_and_a_year_before_christ_are_no_usable_date(one, wd, time, precision):
    statement = one(wd.claim(wd.time(time, precision)), "P569")
    assert statement is None or statement.date is None


def test_a_day_of_the_julian_calendar_is_never_taken_for_one_of_ours(one, wd):
    born = one(wd.claim(wd.time("+1870-04-10", calendar=wd.julian)), "P569").date
    assert born is None or (not born.is_day and not parse_iso("1870-04-22").after(born))


def test_a_julian_day_at_the_end_of_a_year_may_lie_in_the_next(wd):
    value = wd.time("+1642-12-25", calendar=wd.julian)["datavalue"]["value"]
    found = iso_of(value)
    assert found is None or parse_iso(found).overlaps(parse_iso("1643-01-04"))


@pytest.mark.parametrize("part", ["aliases", "descriptions", "sitelinks", "claims"])
def test_an_empty_map_may_come_as_an_empty_list(know, wd, part):
    item = wd.item("Q1", "Anna", {"P569": [wd.claim(wd.time("+1960-01-01"))]}, descriptions={"en": {"value": "a test"}})
    item[part] = []
    knowledge = know([item])
    assert knowledge.label("Q1") == "Anna"
    assert len(knowledge.statements("Q1")) == (0 if part == "claims" else 1)


def test_empty_qualifiers_and_references_may_come_as_empty_lists(one, wd):
    claim = wd.claim(wd.value(OFFICE))
    claim["qualifiers"] = claim["references"] = []
    statement = one(claim)
    assert (statement.start, statement.end, statement.acting, statement.referenced) == (None, None, False, False)
    claim["references"] = [{"snaks": []}]
    assert not one(claim).referenced


def test_an_item_without_a_name_is_left_out_and_mul_is_a_name(know, wd):
    nameless, many = wd.item("Q1", None), wd.item("Q2", None)
    nameless["labels"] = []
    many["labels"] = {"mul": {"language": "mul", "value": "Anna"}, "de": {"value": "Anna auf Deutsch"}}
    knowledge = know([nameless, many])
    assert knowledge.entity("Q1") is None
    assert knowledge.label("Q2") == "Anna"


def test_one_broken_statement_does_not_take_the_others_with_it(know, wd):
    good = wd.claim(wd.value(OFFICE), key="Q1$good")
    broken = [
        {"mainsnak": {"snaktype": "value", "datavalue": {"type": "time", "value": {"time": "x"}}}},
        {"rank": "normal"},
        7,
    ]
    knowledge = know([wd.item("Q1", "Anna", {"P39": [*broken, good], "P569": broken})])
    assert [s.id for s in knowledge.statements("Q1")] == ["Q1$good"]


def test_dead_at_an_unknown_date_is_not_the_same_as_no_death(one, wd):
    died = one(wd.claim(wd.some), "P570")
    assert (died.value_kind, died.date) == ("somevalue", None)


@pytest.mark.parametrize(
    ("claims", "kind"),
    [
        ("Q5", "person"),
        ("Q6256", "country"),
        ("Q4164871", "position"),
        ("Q4830453", "organisation"),
        ("Q131569", "treaty"),
        ("Q12345", "other"),
    ],
)
def test_what_an_item_is_an_instance_of_says_what_it_is(know, wd, claims, kind):
    assert know([wd.item("Q1", "It", {"P31": [wd.claim(wd.value(claims))]})]).entity("Q1").kind == kind


def test_who_was_born_is_a_person_and_who_has_a_director_an_organisation(know, wd):
    born = wd.item("Q1", "Anna", {"P569": [wd.claim(wd.time("+1960-01-01"))]})
    led = wd.item("Q2", "Agency", {"P1037": [wd.claim(wd.value("Q1"))]})
    knowledge = know([born, led])
    assert (knowledge.entity("Q1").kind, knowledge.entity("Q2").kind) == ("person", "organisation")
