"""Wikidata as a source: what is asked, how often, and what stands in the store afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from reader.knowledge.pack import Knowledge, Pack
from reader.knowledge.store import EvidenceStore, TitleFound
from reader.settings import Sources
from reader.sources.client import Client
from reader.sources.model import Learned, SourceFacts, Wanted
from reader.sources.wikidata import Wikidata
from tests.servers.wikidata import (
    SOMEVALUE,
    Asked,
    WikidataReplay,
    agencies,
    entity_value,
    invented,
    statement,
    text_value,
    time_value,
)

pytestmark = pytest.mark.xdist_group("servers")

REFRESH = 7
CLASSES = frozenset({"Q5", "Q6256"})
NASA, ESA = "Q23548", "Q42262"
RETH, KAAL, OFFICE, VELMARA = "Q900001", "Q900002", "Q900003", "Q900004"


@pytest.fixture(scope="module")
def real() -> dict[str, Any]:
    """The real entities."""
    return agencies()


@pytest.fixture
def replay() -> Iterator[WikidataReplay]:
    """A Wikidata that knows what a human and what a country is, and nobody yet."""
    with WikidataReplay({number: invented(number, f"kind {number}") for number in CLASSES}) as running:
        yield running


@pytest.fixture
async def ask(replay, store) -> AsyncIterator[Callable[..., Any]]:
    """Ask about names and ids, as for one article; gives what was learned, and in `requests` what was asked for it."""
    facts = SourceFacts("wikidata", "Wikidata", replay.api, "ids", "CC0")
    async with Client(Sources(rate=6000, requests=200), {"Wikidata": replay.api}) as client:
        source = Wikidata(client, facts, REFRESH)

        async def asked(*known: str, names: tuple[str, ...] = (), language: str = "en") -> Told:
            before = len(replay.requests)
            learned = [item async for item in source.who(Wanted(names, known, language=language), store)]
            return Told(learned, replay.requests[before:])

        yield asked


class Told:
    """One reading: what was learned, what was asked."""

    def __init__(self, learned: list[Learned], requests: list[Asked]) -> None:
        self.entities = frozenset().union(*(item.entities for item in learned)) - CLASSES
        self.changed = frozenset().union(*(item.changed for item in learned))
        self.requests = requests
        self.ids = [set(r.params["ids"].split("|")) for r in requests if "ids" in r.params]
        self.whole = [i for i, r in zip(self.ids, self._gets(), strict=True) if "claims" in r.params["props"]]
        self.labels = [i for i, r in zip(self.ids, self._gets(), strict=True) if "labels" in r.params["props"] and "claims" not in r.params["props"]]  # fmt: skip
        self.revisions = [i for i, r in zip(self.ids, self._gets(), strict=True) if r.params["props"] == "info"]
        self.searches = [r.params["search"] for r in requests if r.params["action"] == "wbsearchentities"]

    def _gets(self) -> list[Asked]:
        return [r for r in self.requests if "ids" in r.params]


def know(replay: WikidataReplay, *entities: dict[str, Any]) -> None:
    replay.entities |= {entity["id"]: entity for entity in entities}


def means(store: EvidenceStore, today: date, language: str = "en", **items: str | None) -> None:
    """What Wikipedia said of names: `Amalia_Reth=RETH` is a page with that item, None is no page."""
    found = [TitleFound(n.replace("_", " "), item, n.replace("_", " ") if item else None, None if item else "missing") for n, item in items.items()]  # fmt: skip
    store.keep_titles(language, found, today)


def named(store: EvidenceStore, name: str) -> set[str]:
    """Whom a name means, as every article asks."""
    knowledge = Knowledge([Pack(store.path, live=True)])
    try:
        return {entity.id for entity, _ in knowledge.named(name)}
    finally:
        knowledge.close()


def reth(*claims: dict[str, Any], label: str = "Amalia Reth") -> dict[str, Any]:
    return invented(RETH, label, "politician", ["A. Reth"], [statement("P31", entity_value("Q5")), *claims])


def edited(replay: WikidataReplay, entity: str, **changes: Any) -> None:
    """A new revision of an entity."""
    before = replay.entities[entity]
    replay.entities[entity] = before | {"lastrevid": before["lastrevid"] + 1000} | changes


# How entities are asked


async def test_entities_are_asked_fifty_ids_a_call_and_all_are_there(ask, replay, store, real):
    replay.entities = real
    ids = sorted(i for i, entity in real.items() if "en" in entity["labels"])[:120]
    told = await ask(*ids)
    assert max(len(i) for i in told.ids) <= 50
    assert [len(i) for i in told.whole[:3]] == [50, 50, 20]
    assert set().union(*told.whole[:3]) == set(ids)
    assert set(ids) <= told.entities
    assert all(store.pack.entity(i) and store.pack.statements(i) for i in ids)
    assert store.fetched([f"entity:{NASA}"])[f"entity:{NASA}"].revision == str(real[NASA]["lastrevid"])


async def test_what_is_kept_says_where_and_when_it_is_from(ask, replay, store, today):
    know(replay, reth(statement("P569", time_value("1961-05-04"))))
    await ask(RETH)
    (born,) = (s for s in store.pack.statements(RETH) if s.property == "P569")
    assert born.value == "1961-05-04"
    assert born.provenance.source == "Wikidata"
    assert born.provenance.url == f"https://www.wikidata.org/wiki/{RETH}"
    assert born.provenance.licence == "CC0"
    assert born.provenance.retrieved == today.isoformat()
    assert born.provenance.revision == str(replay.entities[RETH]["lastrevid"])


async def test_a_name_that_has_a_page_is_its_items_name_whatever_the_item_is_called(ask, replay, store, today):
    know(replay, invented(VELMARA, "Republic of Velmara", claims=[statement("P31", entity_value("Q6256"))]))
    means(store, today, Velmarian_Republic=VELMARA)
    await ask(names=("Velmarian Republic",))
    assert named(store, "the Velmarian Republic") == {VELMARA}
    assert named(store, "Republic of Velmara") == {VELMARA}


async def test_nothing_is_sent_where_nothing_is_known_of_any_name(ask, store, today):
    means(store, today, Velmara=None)
    told = await ask(names=("Velmara",))
    assert told.requests == []


async def test_no_article_asks_for_more_than_a_hundred_and_fifty_entities(ask, replay, real):
    replay.entities = real
    told = await ask(*sorted(real)[:200])
    assert sum(len(i) for i in told.whole[:3]) <= 150


# What has moved, and what is not there


@pytest.mark.parametrize("key", ["asked", "target"])
async def test_a_merged_item_is_kept_under_the_id_it_has_now_and_its_name_finds_it(ask, replay, store, today, key):
    replay.redirect_key = key
    know(replay, reth(statement("P166", entity_value("Q900010"))), invented("Q900010", "Order of the Reed"))
    replay.redirects["Q990001"] = RETH
    means(store, today, Amalia_Maria_Reth="Q990001")
    told = await ask(names=("Amalia Maria Reth",))
    assert RETH in told.entities
    assert store.pack.entity(RETH).label == "Amalia Reth"
    assert store.pack.entity("Q990001") is None
    assert named(store, "Amalia Reth") == {RETH}
    assert named(store, "Amalia Maria Reth") == {RETH}
    assert store.pack.entity("Q900010").label == "Order of the Reed"


@pytest.mark.parametrize("key", ["asked", "target"])
async def test_an_item_and_one_that_was_merged_into_it_are_one(ask, replay, store, key):
    replay.redirect_key = key
    know(replay, reth())
    replay.redirects["Q990001"] = RETH
    await ask("Q990001", RETH)
    assert named(store, "Amalia Reth") == {RETH}
    assert len(store.pack.statements(RETH)) == 1


async def test_a_merged_item_is_not_asked_again_while_it_is_fresh(ask, replay, store):
    know(replay, reth())
    replay.redirects["Q990001"] = RETH
    await ask("Q990001")
    assert (await ask("Q990001")).requests == []


async def test_missing_ids_break_nothing_and_are_not_asked_again(ask, replay, store):
    know(replay, reth())
    told = await ask("Q999999", RETH, "Q999998")
    assert told.entities == {RETH}
    assert store.pack.entity("Q999999") is None
    assert (await ask("Q999999", RETH, "Q999998")).requests == []


async def test_values_that_are_missing_are_not_asked_again(ask, replay, store):
    know(replay, reth(statement("P166", entity_value("Q900010"))))
    told = await ask(RETH)
    assert {"Q900010"} in [i & {"Q900010"} for i in told.ids]
    assert not [i for i in (await ask(RETH)).ids if "Q900010" in i]


async def test_an_id_that_no_item_can_have_spoils_nothing_for_the_others(ask, replay, store):
    know(replay, reth())
    told = await ask("Qwertz", RETH, "Q99999999999")
    assert told.entities == {RETH}


async def test_empty_lists_in_the_place_of_empty_maps_are_read(ask, replay, store):
    assert replay.lists_for_maps
    know(replay, invented(VELMARA, "Velmara"))
    told = await ask(VELMARA)
    assert told.entities == {VELMARA}
    assert store.pack.entity(VELMARA).label == "Velmara"
    assert store.pack.statements(VELMARA) == []


async def test_an_item_without_any_name_breaks_nothing(ask, replay, store):
    know(replay, reth(), invented(VELMARA, "Velmara") | {"labels": {}})
    told = await ask(VELMARA, RETH)
    assert told.entities == {RETH}
    assert (await ask(VELMARA, RETH)).requests == []


async def test_junk_in_one_statement_costs_that_statement_only(ask, replay, store):
    good = statement("P569", time_value("1961-05-04"))
    junk: list[Any] = [
        {"mainsnak": "nonsense", "id": "x", "rank": "normal"},
        {"mainsnak": {"snaktype": "value", "property": "P569", "datavalue": {"type": "time", "value": {"time": 7}}}},
        {"mainsnak": {"snaktype": "value", "property": "P569"}},
        {"id": f"{RETH}$no-snak"},
        [],
        None,
        statement("P569", time_value("1961-05-04")) | {"mainsnak": {"snaktype": "value", "datavalue": {"type": "time", "value": None}}},
        statement("P569", time_value("1961-05-04")) | {"qualifiers": {"P580": [{"datavalue": {"value": "soon"}}]}},
    ]  # fmt: skip
    entity = reth(good, statement("P570", SOMEVALUE))
    for item in junk:
        know(replay, entity | {"claims": entity["claims"] | {"P569": [item, good], "P27": "not a list"}})
        await ask("Q999990", RETH)
        stated = {(s.property, s.value) for s in store.pack.statements(RETH)}
        assert ("P569", "1961-05-04") in stated
        assert ("P31", "Q5") in stated
        assert ("P570", "somevalue") in stated
        with store.writing():  # as if it had never been asked
            store._db.execute("DELETE FROM fetched")


async def test_an_entity_that_is_junk_altogether_costs_itself_only(ask, replay, store):
    know(replay, reth(), invented(VELMARA, "Velmara") | {"lastrevid": "yesterday"})
    told = await ask(VELMARA, RETH)
    assert told.entities == {RETH}


# A host that asks for patience


async def test_a_busy_host_is_waited_for_and_then_all_is_there(ask, replay, store):
    know(replay, reth())
    replay.busy = 1
    told = await ask(RETH)
    assert told.entities == {RETH}
    assert told.whole == [{RETH}, {RETH}]
    assert told.requests[1].at - told.requests[0].at >= 0.9  # it said: in a second


async def test_replicas_that_lag_are_waited_for_and_then_all_is_there(ask, replay, store, today, set_day):
    know(replay, reth())
    await ask(RETH)
    later = today + timedelta(days=REFRESH + 1)
    set_day(later)
    replay.lagging = 1
    told = await ask(RETH)
    assert told.entities == {RETH}
    assert [len(i) for i in told.revisions] == [1, 1]
    assert all("maxlag" in r.params for r in told.requests if r.params["props"] == "info")
    assert told.requests[1].at - told.requests[0].at >= 0.9
    assert {s.provenance.retrieved for s in store.pack.statements(RETH)} == {later.isoformat()}


# What statements name


def decorated(awards: int, offices: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A person with so many awards and offices, and the items of these."""
    medals = [invented(f"Q91{n:04d}", f"Medal number {n}") for n in range(awards)]
    seats = [
        invented(f"Q92{n:04d}", f"Minister number {n}", claims=[statement("P1001", entity_value(VELMARA)), statement("P1308", entity_value(KAAL), start="2001-05-04")])
        for n in range(offices)
    ]  # fmt: skip
    claims = [statement("P166", entity_value(m["id"])) for m in medals] + [statement("P39", entity_value(s["id"]), start="1999") for s in seats]  # fmt: skip
    return reth(*claims), [*medals, *seats, invented(KAAL, "Bruno Kaal"), invented(VELMARA, "Velmara")]


async def test_labels_are_fetched_fifty_at_a_time_and_offices_whole(ask, replay, store):
    person, values = decorated(awards=70, offices=3)
    know(replay, person, *values)
    told = await ask(RETH)
    offices = {f"Q92{n:04d}" for n in range(3)}
    medals = {f"Q91{n:04d}" for n in range(70)}
    assert max(len(i) for i in told.ids) <= 50
    assert offices in told.whole
    assert medals <= set().union(*told.labels)
    assert not medals & set().union(*told.whole)
    assert {store.pack.entity(i).label for i in medals} == {f"Medal number {n}" for n in range(70)}
    assert {store.pack.entity(i).kind for i in medals} == {"award"}
    assert {store.pack.entity(i).kind for i in offices} == {"position"}
    assert all(store.pack.statements(i) == [] for i in medals)
    assert all({s.property for s in store.pack.statements(i)} == {"P1001", "P1308"} for i in offices)


async def test_who_held_an_office_has_a_name_too(ask, replay, store):
    person, values = decorated(awards=2, offices=1)
    know(replay, person, *values)
    await ask(RETH)
    (held,) = (s for s in store.pack.statements("Q920000") if s.property == "P1308")
    assert (held.value, held.start) == (KAAL, "2001-05-04")
    assert store.pack.entity(KAAL).label == "Bruno Kaal"
    assert store.pack.entity(KAAL).kind == "person"
    assert store.pack.entity(VELMARA).label == "Velmara"


async def test_labels_never_cost_more_than_three_calls_an_article(ask, replay, store):
    person, values = decorated(awards=400, offices=60)
    know(replay, person, *values)
    told = await ask(RETH)
    assert len(told.requests) <= 1 + 3
    assert max(len(i) for i in told.ids) <= 50


async def test_labels_that_are_known_are_not_asked_again(ask, replay, store):
    person, values = decorated(awards=10, offices=2)
    know(replay, person, *values, invented("Q900020", "Karl Roe", claims=[statement("P166", entity_value("Q910003"))]))
    await ask(RETH)
    told = await ask("Q900020")
    assert told.ids == [{"Q900020"}]


# Languages


async def test_names_come_in_the_articles_language_then_in_any_then_in_english(ask, replay, store):
    def only(entity: str, *terms: tuple[str, str]) -> dict[str, Any]:
        return invented(entity, "x") | {"labels": {at: {"language": at, "value": value} for at, value in terms}}

    know(
        replay,
        only("Q900031", ("de", "Velmarien"), ("en", "Velmara"), ("mul", "Velm")),
        only("Q900032", ("en", "Sarnland"), ("mul", "Sarn")),
        only("Q900033", ("en", "Northland")),
        only("Q900034", ("mul", "Reth")),
        only("Q900035", ("fr", "Terre")),
    )
    told = await ask(*(f"Q90003{n}" for n in range(1, 6)), language="de")
    labels = {i: store.pack.entity(i).label for i in told.entities}
    assert labels.pop("Q900032") in ("Sarn", "Sarnland")
    assert labels == {"Q900031": "Velmarien", "Q900033": "Northland", "Q900034": "Reth"}
    assert named(store, "Velmarien") == {"Q900031"}


async def test_an_english_article_reads_names_that_hold_in_all_languages(ask, replay, store):
    entity = invented(RETH, "x") | {"labels": {"mul": {"language": "mul", "value": "Amalia Reth"}}, "aliases": {"mul": [{"language": "mul", "value": "A. Reth"}]}}  # fmt: skip
    know(replay, entity)
    await ask(RETH)
    assert store.pack.entity(RETH).label == "Amalia Reth"
    assert named(store, "A. Reth") == {RETH}


async def test_a_name_that_only_english_has_a_page_for_is_meant_in_an_article_of_another_language(
    ask, replay, store, today
):
    know(replay, invented(VELMARA, "Velmara"))
    means(store, today, "de", Velmara=None)
    means(store, today, "en", Velmara=VELMARA)
    told = await ask(names=("Velmara",), language="de")
    assert told.entities == {VELMARA}


# What is fresh, what is old


async def test_what_is_fresh_is_not_asked_again(ask, replay, store, today, set_day, real):
    replay.entities = real
    await ask(NASA, ESA)
    set_day(today + timedelta(days=REFRESH - 1))
    assert [i for i in (await ask(NASA, ESA)).ids if i & {NASA, ESA}] == []


async def test_what_is_old_and_unchanged_costs_a_look_at_its_revision_only(ask, replay, store, today, set_day):
    know(replay, reth(statement("P569", time_value("1961"))), invented(KAAL, "Bruno Kaal", claims=[statement("P31", entity_value("Q5"))]))  # fmt: skip
    await ask(RETH, KAAL)
    later = today + timedelta(days=REFRESH + 1)
    set_day(later)
    told = await ask(RETH, KAAL)
    assert told.revisions == [{RETH, KAAL}]
    assert told.whole == []
    assert told.changed == frozenset()
    assert {s.provenance.retrieved for i in (RETH, KAAL) for s in store.pack.statements(i)} == {later.isoformat()}
    assert (await ask(RETH, KAAL)).requests == []


async def test_what_is_old_and_changed_is_fetched_whole_and_told(ask, replay, store, today, set_day):
    know(replay, reth(statement("P569", time_value("1961"))), invented(KAAL, "Bruno Kaal", claims=[statement("P31", entity_value("Q5"))]))  # fmt: skip
    first = await ask(RETH, KAAL)
    assert first.changed == frozenset()
    edited(replay, RETH, claims=reth(statement("P569", time_value("1962")))["claims"])
    later = today + timedelta(days=REFRESH + 1)
    set_day(later)
    told = await ask(RETH, KAAL)
    assert told.revisions == [{RETH, KAAL}]
    assert told.whole == [{RETH}]
    assert told.changed == {RETH}
    assert {s.value for s in store.pack.statements(RETH)} == {"Q5", "1962"}
    assert {s.provenance.retrieved for i in (RETH, KAAL) for s in store.pack.statements(i)} == {later.isoformat()}
    assert {s.provenance.revision for s in store.pack.statements(RETH)} == {str(replay.entities[RETH]["lastrevid"])}


async def test_an_old_item_without_statements_is_compared_by_its_revision_too(ask, replay, store, today, set_day):
    know(replay, invented(VELMARA, "Velmara"))
    await ask(VELMARA)
    set_day(today + timedelta(days=REFRESH + 1))
    told = await ask(VELMARA)
    assert told.revisions == [{VELMARA}]
    assert told.whole == []


async def test_a_name_that_has_changed_is_told_even_where_nothing_is_stated(ask, replay, store, today, set_day):
    know(replay, invented(VELMARA, "Velmara"))
    await ask(VELMARA)
    edited(replay, VELMARA, labels={"en": {"language": "en", "value": "Velmara Free State"}})
    set_day(today + timedelta(days=REFRESH + 1))
    told = await ask(VELMARA)
    assert told.changed == {VELMARA}
    assert store.pack.entity(VELMARA).label == "Velmara Free State"


async def test_a_name_that_an_item_has_lost_is_its_name_no_longer(ask, replay, store, today, set_day):
    know(replay, reth())
    await ask(RETH)
    assert named(store, "A. Reth") == {RETH}
    edited(replay, RETH, aliases={})
    set_day(today + timedelta(days=REFRESH + 1))
    await ask(RETH)
    assert named(store, "A. Reth") == set()
    assert named(store, "Amalia Reth") == {RETH}


async def test_an_item_that_was_deleted_meanwhile_breaks_nothing(ask, replay, store, today, set_day):
    know(replay, reth(), invented(KAAL, "Bruno Kaal"))
    await ask(RETH, KAAL)
    replay.missing.add(RETH)
    set_day(today + timedelta(days=REFRESH + 1))
    assert KAAL in (await ask(RETH, KAAL)).entities
    assert (await ask(RETH, KAAL)).requests == []


# Names that are no page's title


NAMESAKES = (
    invented("Q900041", "Ana Pérez", "painter", claims=[statement("P31", entity_value("Q5"))]),
    invented("Q900042", "Ana Pérez", "judge", claims=[statement("P31", entity_value("Q5"))]),
    invented("Q900043", "Ana Pérez Foundation"),
)


async def test_two_people_of_one_name_leave_the_name_open(ask, replay, store, today):
    know(replay, *NAMESAKES)
    store.keep_titles("en", [TitleFound("Ana Pérez", None, None, "missing")], today)
    told = await ask(names=("Ana Pérez",))
    assert told.searches == ["Ana Pérez"]
    assert named(store, "Ana Pérez") == {"Q900041", "Q900042"}
    assert named(store, "Ana Perez") == {"Q900041", "Q900042"}
    assert "Q900043" not in told.entities


async def test_what_was_searched_for_is_not_searched_for_again_on_the_next_day(ask, replay, store, today, set_day):
    know(replay, *NAMESAKES)
    store.keep_titles("en", [TitleFound("Ana Pérez", None, None, "missing"), TitleFound("No Body", None, None, "missing")], today)  # fmt: skip
    await ask(names=("Ana Pérez", "No Body"))
    set_day(today + timedelta(days=1))
    assert (await ask(names=("Ana Pérez", "No Body"))).requests == []
    assert named(store, "Ana Pérez") == {"Q900041", "Q900042"}


async def test_what_was_found_by_a_search_is_compared_when_it_is_old_too(ask, replay, store, today, set_day):
    know(replay, *NAMESAKES)
    store.keep_titles("en", [TitleFound("Ana Pérez", None, None, "missing")], today)
    await ask(names=("Ana Pérez",))
    edited(replay, "Q900041", descriptions={"en": {"language": "en", "value": "sculptor"}})
    later = today + timedelta(days=REFRESH + 1)
    set_day(later)
    store.keep_titles("en", [TitleFound("Ana Pérez", None, None, "missing")], later)
    told = await ask(names=("Ana Pérez",))
    assert told.changed == {"Q900041"}
    assert store.pack.entity("Q900041").description == "sculptor"


async def test_few_names_are_searched_for_and_no_single_words(ask, replay, store, today):
    names = ("Perez", *(f"No Body{n}" for n in range(6)))
    store.keep_titles("en", [TitleFound(n, None, None, "missing") for n in names], today)
    told = await ask(names=names)
    assert 0 < len(told.searches) <= 2
    assert "Perez" not in told.searches


async def test_a_name_of_several_pages_is_not_searched_for(ask, replay, store, today):
    know(replay, *NAMESAKES)
    store.keep_titles("en", [TitleFound("Ana Pérez", None, "Ana Pérez", "disambiguation")], today)
    assert (await ask(names=("Ana Pérez",))).requests == []
    assert named(store, "Ana Pérez") == set()


async def test_a_redirect_from_a_person_to_another_persons_page_names_nobody(ask, replay, store, today):
    know(replay, reth())
    store.keep_titles("en", [TitleFound("Ben Roe", RETH, "Amalia Reth", None)], today)
    await ask(names=("Ben Roe",))
    assert named(store, "Ben Roe") == set()
    assert named(store, "Amalia Reth") == {RETH}


@pytest.mark.parametrize("name", ["Ben Reth", "Amalia Roe", "Mrs Ben"])
async def test_a_redirect_that_shares_half_a_name_names_nobody_either(ask, replay, store, today, name):
    know(replay, reth())
    store.keep_titles("en", [TitleFound(name, RETH, "Amalia Reth", None)], today)
    await ask(names=(name,))
    assert named(store, name) == set()


@pytest.mark.parametrize("name", ["Amalia J. Reth", "Amalia Maria Reth", "AMALIA RETH"])
async def test_a_longer_form_of_a_persons_name_is_their_name(ask, replay, store, today, name):
    know(replay, reth())
    store.keep_titles("en", [TitleFound(name, RETH, "Amalia Reth", None)], today)
    await ask(names=(name,))
    assert named(store, name) == {RETH}


async def test_a_body_may_be_called_what_its_page_is_not(ask, replay, store, today, real):
    replay.entities = real
    store.keep_titles("en", [TitleFound("Houston Space People", NASA, "NASA", None)], today)
    await ask(names=("Houston Space People",))
    assert named(store, "Houston Space People") == {NASA}


async def test_an_official_name_that_is_stated_is_a_name(ask, replay, store):
    know(replay, invented(VELMARA, "Velmara", claims=[statement("P1448", text_value("Free Commune of Velmara"))]))
    await ask(VELMARA)
    assert named(store, "Free Commune of Velmara") == {VELMARA}
