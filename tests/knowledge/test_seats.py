"""Offices as seats: which one a title means, who held it when, and whether it has one holder at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reader.dates import parse_iso
from reader.knowledge.resolve import Resolver
from reader.knowledge.seats import Seat, seats_for
from reader.knowledge.terms import is_single_seat, terms_of

NASA_HEAD, ROSCOSMOS_HEAD = "Q358841", "local:head-of-roscosmos"


@pytest.fixture
def meant(builtin, title):
    """The ids of the seats that a title means in the built-in pack."""

    def find(role: str, *scopes: str, field: tuple[str, ...] = ()) -> list[str]:
        return [
            s.id for s in seats_for(title(role, *scopes, field=field), Resolver(builtin, parse_iso("2022-07-17"))).seats
        ]

    return find


@pytest.mark.parametrize(
    ("role", "scopes", "seat"),
    [
        ("administrator", ("NASA",), NASA_HEAD),
        ("chief", ("NASA",), NASA_HEAD),
        ("head", ("US space agency",), NASA_HEAD),
        ("administrator", ("National Aeronautics and Space Administration",), NASA_HEAD),
        ("head", ("NASA's",), NASA_HEAD),
        ("head", ("Russian space agency",), ROSCOSMOS_HEAD),
        ("director general", ("Roscosmos",), ROSCOSMOS_HEAD),
        ("boss", ("Roskosmos",), ROSCOSMOS_HEAD),
        ("chief", ("Roscosmos",), ROSCOSMOS_HEAD),
        ("president", ("Russian",), "Q218295"),
        ("president", ("Russia",), "Q218295"),
        ("president", ("Russia's",), "Q218295"),
        ("president", ("US",), "Q11696"),
        ("president", ("American",), "Q11696"),
        ("president", ("United States",), "Q11696"),
        ("secretary of state", ("US",), "Q14213"),
        ("prime minister", ("British",), "Q14211"),
        ("prime minister", ("UK",), "Q14211"),
        ("president", ("French",), "Q191954"),
        ("governor", ("Bank of England",), "Q2579905"),
        ("chief executive", ("SpaceX",), "Q193701#P169"),
        ("ceo", ("SpaceX",), "Q193701#P169"),
    ],
)
def test_a_title_as_written_means_its_one_seat(meant, role, scopes, seat):
    assert meant(role, *scopes) == [seat]


@pytest.mark.parametrize(
    ("role", "scopes"),
    [
        ("deputy administrator", ("NASA",)),
        ("chairman", ("NASA",)),
        ("president", ("NASA",)),
        ("president", ("SpaceX",)),
        ("chairman", ("SpaceX",)),
        ("head", ("Narnia",)),
        ("vice president", ("Roscosmos",)),
        ("spokesman", ("NASA",)),
        ("administrator", ("Robert Lightfoot",)),
    ],
)
def test_another_title_of_the_same_body_is_not_its_head(meant, role, scopes):
    assert meant(role, *scopes) == []


def test_a_part_of_a_body_is_not_the_body(meant):
    assert meant("head", "NASA", field=("astronaut", "office")) == []
    assert meant("director", "NASA's Jet Propulsion Laboratory") == []


def test_an_unknown_seat_says_what_was_looked_for(builtin, title):
    match = seats_for(title("head", "Narnia"), Resolver(builtin, None))
    assert match.seats == ()
    assert "Narnia" in match.reason
    assert match.is_scoped


def test_a_title_without_a_country_may_be_anybodys(builtin, title):
    match = seats_for(title("president"), Resolver(builtin, None))
    assert not match.is_scoped
    assert {"Q11696", "Q218295"} <= {s.id for s in match.seats}


@pytest.mark.parametrize(
    ("role", "field", "scopes"),
    [
        ("minister", ("finance",), ("Norway",)),
        ("minister", ("finance",), ("Norwegian",)),
        ("minister", ("finance",), ("Norway’s",)),
        ("minister", (), ("finance of Norway",)),
        ("minister", (), ("Norway's finance",)),
    ],
)
def test_a_ministers_country_may_stand_before_or_after(world, title, role, field, scopes):
    def office(key: str, label: str, country: str) -> dict:
        return {"id": key, "label": label, "kind": "position", "statements": [{"property": "P17", "value": country}]}

    knowledge = world(
        [
            {"id": "Q20", "label": "Norway", "kind": "country", "demonyms": ["Norwegian"]},
            {"id": "Q34", "label": "Sweden", "kind": "country", "demonyms": ["Swedish"]},
            office("Q901", "Minister of Finance of Norway", "Q20"),
            office("Q902", "Minister of Finance of Sweden", "Q34"),
            office("Q903", "Prime Minister of Norway", "Q20"),
            office("Q904", "Deputy Minister of Finance of Norway", "Q20"),
        ]
    )
    assert [s.id for s in seats_for(title(role, *scopes, field=field), Resolver(knowledge, None)).seats] == ["Q901"]


def test_two_owners_of_one_name_are_told(world, title):
    def country(key: str, office: str) -> list[dict]:
        facts = [{"property": "P17", "value": key}]
        return [
            {"id": key, "label": "Freedonia", "kind": "country"},
            {"id": office, "label": "President of Freedonia", "kind": "position", "statements": facts},
        ]

    match = seats_for(
        title("president", "Freedonia"), Resolver(world([*country("Q1", "Q11"), *country("Q2", "Q22")]), None)
    )
    assert {s.id for s in match.seats} == {"Q11", "Q22"}
    assert not match.is_one_owner


def test_the_heads_of_nasa_come_in_order_with_their_dates(builtin):
    terms = terms_of(Seat(NASA_HEAD, "Administrator of NASA", "Q23548"), builtin)
    assert [(t.name, t.start.iso, t.acting) for t in terms] == [
        ("Charles F. Bolden Jr.", "2009-07-17", False),
        ("Robert Lightfoot Jr.", "2017-01-20", True),
        ("Jim Bridenstine", "2018-04-23", False),
        ("Steve Jurczyk", "2021-01-20", True),
        ("Bill Nelson", "2021-05-03", False),
        ("Janet Petro", "2025-01-20", True),
        ("Sean Duffy", "2025-07-09", True),
        ("Jared Isaacman", "2025-12-18", False),
    ]


def test_a_term_told_by_two_sources_is_one_with_the_newer_knowledge(builtin):
    told = [s for s in builtin.statements("Q23548", "P1037") if s.value == "Q358437"]
    assert [(s.end, s.provenance.retrieved) for s in told] == [(None, "2021-06-21")], (
        "the old JSON still has Nelson in office"
    )
    (nelson,) = [t for t in terms_of(Seat(NASA_HEAD, "", "Q23548"), builtin) if t.name == "Bill Nelson"]
    assert (nelson.end.iso, nelson.known_until.iso) == ("2025-01-20", "2026-02-28")


@pytest.fixture
def terms(world):
    """The terms of one office, from tuples of (person's number, start, end, more)."""

    def made(*rows: tuple, packs: int = 1):
        people = {n: {"id": f"Q{n}", "label": "ABCDEFGH"[n - 1], "kind": "person", "statements": []} for n, *_ in rows}
        for number, start, end, *more in rows:
            fact = {"property": "P39", "value": "Q99", "start": start, "end": end, **(more[0] if more else {})}
            people[number]["statements"].append({k: v for k, v in fact.items() if v is not None})
        return terms_of(Seat("Q99", "the office"), world(list(people.values())))

    return made


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_tellings_the_newer_knowledge_stays_whichever_comes_first(terms, order):
    rows = [
        (1, "2010-01-01", None, {"retrieved": "2012-01-01"}),
        (1, "2010-01-15", "2014-05-01", {"retrieved": "2020-01-01"}),
    ]
    (term,) = terms(*rows[::order])
    assert (term.end.iso, term.known_until.iso) == ("2014-05-01", "2020-01-01")


def test_two_terms_of_one_person_stay_two(terms):
    found = terms((1, "2000-05-07", "2008-05-07"), (1, "2012-05-07", None))
    assert [t.start.iso for t in found] == ["2000-05-07", "2012-05-07"]


def test_terms_come_by_their_start_however_they_are_written(terms):
    assert [t.name for t in terms((3, "2020", None), (1, "2001-02", "2010-01-01"), (2, "2010-01-01", "2020"))] == [
        "A",
        "B",
        "C",
    ]


def test_an_open_term_holds_until_its_knowledge_date_and_no_longer(terms):
    (term,) = terms((1, "2021-01-20", None, {"retrieved": "2022-08-03"}))
    assert term.covers(parse_iso("2022-08-03"))
    assert term.covers(parse_iso("2021-01-20"))
    assert not term.covers(parse_iso("2022-08-04"))
    assert not term.covers(parse_iso("2022-08")), "the month goes on after what is known"
    assert term.touches(parse_iso("2022-08-04")), "it may still be held"
    assert not term.touches(parse_iso("2021-01-19"))


def test_the_us_president_is_not_known_beyond_the_tables_day(builtin):
    terms = terms_of(Seat("Q11696", "President"), builtin)
    (biden,) = [t for t in terms if t.name == "Joe Biden"]
    assert biden.covers(parse_iso("2022-07-17"))
    assert not biden.covers(parse_iso("2024-07-17"))


def test_a_row_without_dates_holds_for_its_month_only(builtin):
    (trump,) = [t for t in terms_of(Seat("Q11696", "President"), builtin) if t.at]
    assert trump.name == "Donald Trump"
    assert trump.covers(parse_iso("2026-02-14"))
    assert not trump.covers(parse_iso("2026-01-31"))
    assert not trump.touches(parse_iso("2026-03-01"))


def test_a_year_covers_only_what_lies_surely_inside(terms):
    (term,) = terms((1, "2010", "2014"))
    assert term.covers(parse_iso("2012-06-01"))
    assert not term.covers(parse_iso("2010-06-01"))
    assert not term.covers(parse_iso("2014-06-01"))
    assert term.touches(parse_iso("2010-06-01"))
    assert not term.is_day_dated


def test_a_term_that_ends_before_it_begins_is_no_term(terms):
    assert terms((1, "2014-01-01", "2010-01-01")) == ()


def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


WHEN = parse_iso("2013-06-01")
A, B, C = (1, "2000-01-01", "2009-12-31"), (2, "2010-01-01", "2014-12-31"), (3, "2015-01-01", "2019-12-31")


def test_three_holders_one_after_the_other_are_a_single_seat(terms):
    assert is_single_seat(terms(A, B, C), WHEN) is None


@pytest.mark.parametrize("seat", [NASA_HEAD, ROSCOSMOS_HEAD, "Q218295", "Q11696", "Q14213"])
def test_well_known_offices_are_single_seats_on_the_day_of_the_story(builtin, seat):
    assert is_single_seat(terms_of(Seat(seat, "the office"), builtin), parse_iso("2022-07-14")) is None


def test_two_holders_are_too_few_to_tell(terms):
    assert "fewer than three" in is_single_seat(terms(A, B), WHEN)
    assert "fewer than three" in is_single_seat(terms(A, B, (3, "2015", "2019")), WHEN), "a year is not a day"
    assert "fewer than three" in is_single_seat(terms(A, B, (*C, {"acting": True})), WHEN), (
        "acting holders do not count"
    )


def test_a_month_of_overlap_is_a_handover_and_more_are_two_seats(terms):
    def seat(days: int):
        return is_single_seat(terms(A, (2, "2010-01-01", _after("2015-01-01", days)), C), WHEN)

    assert seat(31) is None
    assert "terms of B and C overlap" in seat(32)


def test_an_open_term_before_another_is_an_overlap(terms):
    assert "terms of A and B overlap" in is_single_seat(terms((1, "2000-01-01", None), B, C), WHEN)


def test_an_overlap_is_found_behind_another_term_of_the_same_person(terms):
    found = terms((1, "2000-01-01", "2012-12-31"), (1, "2009-06-01", "2009-12-31"), (2, "2010-01-01", "2014-12-31"), C)
    assert "overlap" in (is_single_seat(found, WHEN) or "")


def test_a_long_term_that_overlaps_a_later_one_is_found(terms):
    found = terms((1, "2000-01-01", "2012-12-31"), (2, "2001-01-01", "2001-01-20"), (3, "2010-01-01", "2014-12-31"))
    assert "overlap" in (is_single_seat(found, WHEN) or "")


def test_a_term_without_days_that_may_lie_in_anothers_leaves_it_open(terms):
    assert "term of D is not dated to the day" in is_single_seat(terms(A, B, C, (4, "2012", "2014")), WHEN)


def test_a_gap_of_forty_days_is_bridged_and_a_longer_one_is_not(terms):
    def seat(days: int):
        return is_single_seat(terms(A, B, (3, _after("2014-12-31", days), "2019-12-31")), WHEN)

    assert seat(40) is None
    assert "between B and C" in seat(41)


def test_an_acting_holder_fills_a_gap(terms):
    found = terms(A, B, (4, "2015-01-01", "2016-05-31", {"acting": True}), (3, "2016-06-01", "2019-12-31"))
    assert is_single_seat(found, WHEN) is None


def test_a_gap_far_from_the_day_does_not_matter(terms):
    found = terms((4, "1980-01-01", "1985-01-01"), A, B, C)
    assert is_single_seat(found, WHEN) is None


def test_a_day_that_nobody_is_known_to_have_held_it_is_open(terms):
    assert "nobody is known" in is_single_seat(terms(A, B, C), parse_iso("2023-01-01"))
    acting = terms(A, B, (*C[:2], "2016-12-31"), (4, "2017-01-01", "2018-01-01", {"acting": True}))
    assert "nobody is known" in is_single_seat(acting, parse_iso("2017-06-01"))
