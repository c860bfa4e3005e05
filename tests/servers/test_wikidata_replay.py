"""The replay answers as Wikidata does: shapes, limits, refusals, redirects, fallbacks; and ends when it is left."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from reader.knowledge.wikidata import RawEntity, record_of
from tests.servers.wikidata import (
    WikidataReplay,
    agencies,
    entity_value,
    invented,
    quantity_value,
    snak,
    statement,
    text_value,
    time_value,
)

pytestmark = pytest.mark.xdist_group("servers")

NASA = "Q23548"
MADE = {
    "Q900001": invented("Q900001", "Amalia Reth", "politician", ["A. Reth"], enwiki="Amalia Reth"),
    "Q900002": invented("Q900002", "Velmara"),
}


@pytest.fixture(scope="module")
def real() -> dict[str, Any]:
    return agencies()


@pytest.fixture
def replay(real: dict[str, Any]) -> Iterator[WikidataReplay]:
    with WikidataReplay(real | MADE) as running:
        yield running


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(headers={"User-Agent": "CaveatTest/1 (https://example.org)"}) as own:
        yield own


def ask(client: httpx.Client, replay: WikidataReplay, action: str = "wbgetentities", **params: Any) -> httpx.Response:
    return client.get(replay.api, params={"action": action, "format": "json", **params})


def test_agencies_are_real_and_fresh() -> None:
    one, two = agencies(), agencies()
    assert len(one) == 266
    assert one[NASA]["labels"]["en"]["value"] == "NASA"
    one[NASA]["labels"].clear()
    assert two[NASA]["labels"]


def test_entities_come_whole_by_default_but_for_the_links_addresses(client, replay, real) -> None:
    body = ask(client, replay, ids=f"{NASA}|Q900001").json()
    assert body["success"] == 1
    assert list(body["entities"]) == [NASA, "Q900001"]
    nasa = body["entities"][NASA]
    assert nasa["claims"] == real[NASA]["claims"]
    assert nasa["lastrevid"] == real[NASA]["lastrevid"]
    assert nasa["sitelinks"]["enwiki"] == {"site": "enwiki", "title": "NASA", "badges": ["Q17437798"]}


def test_props_languages_and_sites_filter(client, replay) -> None:
    asked = {"props": "labels|aliases|sitelinks/urls", "languages": "en|de", "sitefilter": "enwiki|dewiki"}
    nasa = ask(client, replay, ids=NASA, **asked).json()["entities"][NASA]
    assert set(nasa) == {"type", "id", "labels", "aliases", "sitelinks"}
    assert set(nasa["labels"]) == {"en", "de"}
    assert set(nasa["aliases"]) == {"en", "de"}
    assert nasa["sitelinks"]["enwiki"]["url"] == "https://en.wikipedia.org/wiki/NASA"
    assert set(nasa["sitelinks"]) == {"enwiki", "dewiki"}
    assert set(ask(client, replay, ids=NASA, props="").json()["entities"][NASA]) == {"type", "id"}


def test_unknown_props_are_a_warning(client, replay) -> None:
    body = ask(client, replay, ids=NASA, props="labels|nonsense").json()
    assert "nonsense" in body["warnings"]["wbgetentities"]["*"]
    assert body["entities"][NASA]["labels"]


def test_languages_fall_back_and_say_so(client, replay) -> None:
    replay.entities["Q900003"] = invented("Q900003", "Only English")
    replay.entities["Q900004"] = invented("Q900004", "x") | {"labels": {"mul": {"language": "mul", "value": "All"}}}
    asked = {"ids": "Q900003|Q900004", "props": "labels", "languages": "fr|en"}
    entities = ask(client, replay, **asked).json()["entities"]
    assert "fr" not in entities["Q900003"]["labels"]
    assert entities["Q900004"]["labels"] == []
    entities = ask(client, replay, **asked, languagefallback="1").json()["entities"]
    english = {"language": "en", "value": "Only English"}
    assert entities["Q900003"]["labels"] == {"fr": english | {"for-language": "fr"}, "en": english}
    assert entities["Q900004"]["labels"]["en"] == {"language": "mul", "value": "All", "for-language": "en"}


@pytest.mark.parametrize("lists", [True, False])
def test_empty_maps_are_lists_as_php_has_them(client, replay, lists) -> None:
    replay.lists_for_maps = lists
    entity = ask(client, replay, ids="Q900002").json()["entities"]["Q900002"]
    empty = [] if lists else {}
    assert all(entity[name] == empty for name in ("descriptions", "aliases", "claims", "sitelinks"))


@pytest.mark.parametrize(("key", "under"), [("asked", "Q77"), ("target", "Q900001")])
def test_a_redirect_gives_the_targets_entity(client, replay, key, under) -> None:
    replay.redirects |= {"Q77": "Q900001", "Q78": "Q77"}
    replay.redirect_key = key
    entities = ask(client, replay, ids="Q77").json()["entities"]
    assert list(entities) == [under]
    assert entities[under]["id"] == "Q900001"
    assert entities[under]["redirects"] == {"from": "Q77", "to": "Q900001"}
    assert ask(client, replay, ids="Q78").json()["entities"]["Q78"] == {"id": "Q78", "missing": ""}
    assert ask(client, replay, ids="Q77", redirects="no").json()["entities"]["Q77"]["missing"] == ""


def test_missing_and_unknown_ids_are_missing(client, replay) -> None:
    replay.missing.add("Q900001")
    entities = ask(client, replay, ids="Q900001|Q5555|Q900002").json()["entities"]
    assert entities["Q900001"] == {"id": "Q900001", "missing": ""}
    assert entities["Q5555"] == {"id": "Q5555", "missing": ""}
    assert entities["Q900002"]["type"] == "item"


def test_sites_and_titles(client, replay) -> None:
    entities = ask(client, replay, sites="enwiki", titles="Amalia Reth|Nobody|NASA").json()["entities"]
    assert set(entities) == {"Q900001", NASA, "-1"}
    assert entities["-1"] == {"site": "enwiki", "title": "Nobody", "missing": ""}
    body = ask(client, replay, sites="enwiki|dewiki|frwiki", titles="A|B").json()
    assert body["error"]["code"] == "params-illegal"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"ids": "|".join(f"Q{n}" for n in range(1, 52))}, "toomanyvalues"),
        ({"ids": f"{NASA}|banana"}, "no-such-entity"),
        ({"ids": "Q99999999999"}, "no-such-entity"),
        ({"ids": "Q0"}, "no-such-entity"),
        ({}, "param-missing"),
        ({"action": "wbnonsense"}, "badvalue"),
        ({"action": "wbsearchentities", "search": "x"}, "missingparam"),
        ({"action": "wbsearchentities", "search": "x", "language": "en", "limit": "many"}, "badinteger"),
    ],
)
def test_errors_come_with_http_200(client, replay, params, code) -> None:
    answer = ask(client, replay, **params)
    assert answer.status_code == 200
    assert answer.headers["MediaWiki-API-Error"] == code
    assert answer.json()["error"]["code"] == code
    errors = ask(client, replay, **params, errorformat="plaintext", formatversion="2").json()["errors"]
    assert errors[0]["code"] == code


def test_fifty_by_post_are_fine_and_the_limit_is_said(client, replay, real) -> None:
    some = list(real)[:50]
    form = {"action": "wbgetentities", "format": "json", "ids": "|".join(some), "props": "labels"}
    assert list(client.post(replay.api, data=form).json()["entities"]) == some
    assert replay.requests[-1].method == "POST"
    assert replay.requests[-1].params["ids"].count("|") == 49
    error = client.post(replay.api, data=form | {"ids": "|".join([*some, "Q1"])}).json()["error"]
    assert (error["limit"], error["lowlimit"], error["highlimit"]) == (50, 50, 500)


def test_search_finds_beginnings_of_labels_and_aliases(client, replay) -> None:
    body = ask(client, replay, "wbsearchentities", search="nasa", language="en").json()
    first = body["search"][0]
    assert body["searchinfo"] == {"search": "nasa"}
    assert first["id"] == NASA
    assert first["match"] == {"type": "label", "language": "en", "text": "NASA"}
    assert first["label"] == first["display"]["label"]["value"] == "NASA"
    assert first["concepturi"] == f"http://www.wikidata.org/entity/{NASA}"
    assert "aliases" not in first
    (alias,) = ask(client, replay, "wbsearchentities", search="a. RE", language="en").json()["search"]
    assert alias["label"] == "Amalia Reth"
    assert alias["match"] == {"type": "alias", "language": "en", "text": "A. Reth"}
    assert alias["aliases"] == ["A. Reth"]
    assert alias["description"] == "politician"


def test_search_pages_and_leaves_out(client, replay) -> None:
    asked = {"search": "national", "language": "en"}
    first = ask(client, replay, "wbsearchentities", **asked, limit=5).json()
    assert len(first["search"]) == 5
    assert first["search-continue"] == 5
    second = ask(client, replay, "wbsearchentities", **asked, limit=5, **{"continue": 5}).json()
    assert not {hit["id"] for hit in first["search"]} & {hit["id"] for hit in second["search"]}
    assert len(ask(client, replay, "wbsearchentities", **asked, limit=500).json()["search"]) <= 50
    assert ask(client, replay, "wbsearchentities", **asked, type="property").json()["search"] == []
    replay.missing.add("Q900001")
    assert ask(client, replay, "wbsearchentities", search="Amalia", language="en").json()["search"] == []


def test_search_in_all_languages_and_by_id(client, replay) -> None:
    name = {"labels": {"mul": {"language": "mul", "value": "Orsolva"}}}
    replay.entities["Q900005"] = invented("Q900005", "x") | name
    (hit,) = ask(client, replay, "wbsearchentities", search="ors", language="de").json()["search"]
    assert hit["match"]["language"] == hit["display"]["label"]["language"] == "mul"
    strict = ask(client, replay, "wbsearchentities", search="ors", language="de", strictlanguage="1").json()
    assert strict["search"] == []
    (hit,) = ask(client, replay, "wbsearchentities", search="q900002", language="en").json()["search"]
    assert hit["match"] == {"type": "entityId", "text": "Q900002"}


def test_maxlag_refuses_those_who_send_it_with_http_200(client, replay) -> None:
    replay.lagging = 2
    assert "entities" in ask(client, replay, ids=NASA, props="labels").json()
    for _ in range(2):
        answer = ask(client, replay, ids=NASA, maxlag=5)
        assert answer.status_code == 200
        assert answer.headers["Retry-After"] == "1"
        assert answer.headers["X-Database-Lag"] == "7"
        assert answer.headers["MediaWiki-API-Error"] == "maxlag"
        assert answer.json()["error"] | {"info": "", "*": ""} == {
            "code": "maxlag", "info": "", "host": "10.64.32.12", "lag": 7.3, "type": "db", "*": "",
        }  # fmt: skip
    assert "entities" in ask(client, replay, ids=NASA, maxlag=5, props="labels").json()


def test_busy_refuses_everybody_for_so_many_requests(client, replay) -> None:
    replay.busy = 2
    for _ in range(2):
        answer = ask(client, replay, ids=NASA)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "1"
    assert ask(client, replay, ids=NASA, props="").status_code == 200
    assert len(replay.requests) == 3


def test_without_the_format_it_is_a_page_and_elsewhere_nothing(client, replay) -> None:
    answer = client.get(replay.api, params={"action": "wbgetentities", "ids": NASA})
    assert answer.headers["Content-Type"].startswith("text/html")
    assert client.get(replay.api.replace("/w/", "/x/")).status_code == 404


def test_answers_are_zipped_for_those_who_can(client, replay) -> None:
    zipped = ask(client, replay, ids=NASA)
    plain = client.get(zipped.url, headers={"Accept-Encoding": "identity"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert zipped.json() == plain.json()
    assert int(zipped.headers["Content-Length"]) < len(plain.content) / 3


def test_requests_are_kept_with_their_headers(client, replay) -> None:
    ask(client, replay, ids=NASA, props="", titles="Zürich & more")
    (asked,) = replay.requests
    assert (asked.method, asked.path) == ("GET", "/w/api.php")
    assert asked.params == {
        "action": "wbgetentities", "format": "json", "ids": NASA, "props": "", "titles": "Zürich & more",
    }  # fmt: skip
    assert asked.headers["user-agent"].startswith("CaveatTest/1")


def test_many_threads_ask_at_once(replay) -> None:
    replay.busy = 10
    statuses: list[int] = []

    def some() -> None:
        with httpx.Client() as own:
            statuses.extend(ask(own, replay, ids=NASA, props="info").status_code for _ in range(10))

    threads = [threading.Thread(target=some) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replay.requests) == 60
    assert sorted(statuses) == [200] * 50 + [429] * 10


def test_nothing_is_left_and_a_slow_answer_does_not_hold_the_end() -> None:
    before = set(threading.enumerate())
    with httpx.Client() as client, WikidataReplay(MADE, latency=30) as replay:

        def wait() -> None:
            with contextlib.suppress(httpx.HTTPError):
                client.get(replay.api, timeout=20)

        slow = threading.Thread(target=wait)
        slow.start()
        while not replay.requests:
            time.sleep(0.005)
        port, begun = httpx.URL(replay.api).port, time.monotonic()
    slow.join(5)
    assert time.monotonic() - begun < 3
    assert set(threading.enumerate()) <= before
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/w/api.php")


@pytest.mark.parametrize(
    ("iso", "text", "precision"),
    [
        ("2021", "+2021-00-00T00:00:00Z", 9),
        ("2021-05", "+2021-05-00T00:00:00Z", 10),
        ("2021-05-03", "+2021-05-03T00:00:00Z", 11),
        ("-0044-03-15", "-0044-03-15T00:00:00Z", 11),
    ],
)
def test_times_are_as_precise_as_they_are_written(iso, text, precision) -> None:
    value = time_value(iso)["value"]
    assert (value["time"], value["precision"]) == (text, precision)


def test_statements_have_the_real_shape(real) -> None:
    made = statement(
        "P39", entity_value("Q42"), start="2021-05-03", end="somevalue", at="2022", rank="preferred", role="Q4676846"
    )
    theirs = next(s for s in real[NASA]["claims"]["P1037"] if "qualifiers" in s and "references" in s)
    assert set(made) == set(theirs)
    assert set(made["mainsnak"]) - {"hash"} == set(theirs["mainsnak"]) - {"hash"}
    assert made["qualifiers-order"] == ["P580", "P582", "P585", "P3831"]
    assert made["qualifiers"]["P582"][0]["snaktype"] == "somevalue"
    assert "datavalue" not in made["qualifiers"]["P582"][0]
    assert list(made["references"][0]["snaks"]) == ["P854"]
    assert statement("P31", entity_value("Q5"), referenced=False).keys() == {"mainsnak", "type", "id", "rank"}
    assert statement("P31", entity_value("Q5"), id="Q1$x")["id"] == "Q1$x"
    assert snak("P1545", "46")["datatype"] == "string"


def test_invented_entities_are_read_by_caveat_like_real_ones(client, replay) -> None:
    held = [
        statement("P31", entity_value("Q5")),
        statement("P39", entity_value("Q900010"), start="2021-05-03", end="2024-06", role="Q4676846"),
        statement("P39", "novalue", rank="deprecated", referenced=False),
        statement("P569", time_value("1960-03-02")),
        statement("P1813", text_value("Reth")),
        statement("P1082", quantity_value(70), qualifiers={"P1545": "3"}),
    ]
    replay.entities["Q900011"] = invented("Q900011", "Bela Reth", "politician", ["B. Reth"], held, "Bela Reth")
    replay.entities["P9001"] = invented("P9001", "a property")
    entities = ask(client, replay, ids="Q900011|P9001").json()["entities"]
    assert entities["P9001"]["type"] == "property"
    raw = entities["Q900011"]
    record = record_of(RawEntity(**{name: raw[name] for name in RawEntity.__struct_fields__}))
    assert record is not None
    assert record.entity.kind == "person"
    assert record.aliases == ("B. Reth", "Reth")
    office = next(s for s in record.statements if s.property == "P39" and s.value == "Q900010")
    assert (office.start, office.end, office.acting, office.referenced) == ("2021-05-03", "2024-06", True, True)
    assert office.id.startswith("Q900011$")
    assert len({s["id"] for group in raw["claims"].values() for s in group}) == len(held)
    by_property = {"P31": [held[0]]}
    assert list(invented("Q1", "x", claims=by_property)["claims"]) == ["P31"]
    json.dumps(raw)
