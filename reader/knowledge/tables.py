"""The public fact tables of the built-in pack, read as their publishers shaped them (see NOTICE)."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from reader.article.clean import clean_line
from reader.dates import MONTHS, parse_iso
from reader.knowledge import model
from reader.knowledge.model import Entity, EntityRecord, Provenance, Statement
from reader.knowledge.names import normal, title_key

_COLLECTIONS = {
    "australia": "Q408", "brazil": "Q155", "finland": "Q33", "france": "Q142", "india": "Q668", "kazakhstan": "Q232", "nigeria": "Q1033", "russia": "Q159",
    "south-africa": "Q258", "south-korea": "Q884", "sweden": "Q34", "turkey": "Q43", "ukraine": "Q212", "united-kingdom": "Q145", "us": "Q30", "world": "",
}  # fmt: skip
_OFFICES = "Wikidata, terms of office (every-politician-scrapers)"
_LEADERS = "Wikidata, world leaders of February 2026 (bdacaII_knowledge_extraction)"
_SPACE = "Wikidata and Wikipedia, people in space (bendsp/space-data)"
_NOBEL = "The Nobel Prize's public data"
_LEADERS_MONTH = "2026-02"
_SPACE_DAY = "2026-01-31"
_NOBEL_DAY = "2023-12-31"
_PRIZES = {
    "physics": "Nobel Prize in Physics", "chemistry": "Nobel Prize in Chemistry", "medicine": "Nobel Prize in Physiology or Medicine",
    "literature": "Nobel Prize in Literature", "peace": "Nobel Peace Prize", "economics": "Sveriges Riksbank Prize in Economic Sciences in Memory of Alfred Nobel",
}  # fmt: skip
_HAND_KEPT_FLIGHTS = frozenset({"soyuz-ms-22", "spacex-crew-5", "crew-dragon-demo-2", "apollo-soyuz"})
_SLUG = re.compile(r"[^a-z0-9]+")

Row = dict[str, str]


def read_tables(folder: Path) -> Iterator[EntityRecord]:
    """Every table in the folder, as entities with statements."""
    countries = _rows(folder / "countries.csv")
    yield from _countries(countries)
    positions = {row["position_id"]: row for row in _rows(folder / "office-positions.csv")}
    people = _rows(folder / "office-people.csv")
    yield from _people(people)
    holders = _rows(folder / "office-holders.csv")
    yield from _positions(holders, positions)
    yield from _terms(holders)
    yield from _leaders(_rows(folder / "world-leaders-2026-02.csv"), holders, countries)
    travellers = _rows(folder / "space-travellers.csv")
    yield from _travellers(travellers, countries)
    known = {(normal(row["name"]), row["born"]): row["person_id"] for row in people if row["born_precision"] == "11"}
    yield from _laureates(_rows(folder / "nobel-laureates.csv"), known)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [{key: clean_line(value or "") for key, value in row.items() if key} for row in csv.DictReader(stream)]


def _wikidata(source: str, subject: str, day: str, licence: str = "CC0") -> Provenance:
    return Provenance(
        source, f"https://www.wikidata.org/wiki/{subject}" if subject.startswith("Q") else None, None, day, licence
    )


def _statement(
    subject: str, prop: str, value: str, provenance: Provenance, key: str = "", **more: str | None
) -> Statement:
    kind = "entity" if re.match(r"(?:Q\d+|local:.+)$", value) else "date" if parse_iso(value) else "text"
    return Statement(
        id=f"table/{subject}/{prop}/{value}/{key}",
        subject=subject,
        property=prop,
        value=value,
        provenance=provenance,
        value_kind=kind,  # type: ignore[arg-type]
        start=more.get("start"),
        end=more.get("end"),
        at=more.get("at"),
    )


def _countries(rows: list[Row]) -> Iterator[EntityRecord]:
    for row in rows:
        url = f"https://www.wikidata.org/wiki/{row['id']}"
        aliases = tuple(a for a in row["aliases"].split("|") if a)
        yield EntityRecord(
            Entity(row["id"], row["name"], "country", "country", url),
            aliases,
            tuple(d for d in row["demonyms"].split("|") if d),
        )


def _dated(text: str, precision: str) -> str:
    return text[: {"9": 4, "10": 7, "11": 10}.get(precision, 0)]


def _people(rows: list[Row]) -> Iterator[EntityRecord]:
    for row in rows:
        subject = row["person_id"]
        source = _wikidata(_OFFICES, subject, "2022-08-03")
        statements = [
            _statement(subject, prop, date, source)
            for prop, column in ((model.BORN, "born"), (model.DIED, "died"))
            if (date := _dated(row[column], row[f"{column}_precision"])) and parse_iso(date)
        ]
        url = f"https://www.wikidata.org/wiki/{subject}"
        yield EntityRecord(
            Entity(subject, row["name"], "person", None, url),
            (),
            (),
            tuple(statements),
            (row["enwiki"],) if row["enwiki"] else (),
        )


def _office_id(row: Row) -> str:
    return row["position_id"] or f"local:office/{row['country']}/{_SLUG.sub('-', row['position'].lower()).strip('-')}"


def _positions(holders: list[Row], described: dict[str, Row]) -> Iterator[EntityRecord]:
    """Each office once: its full title where a table describes it, else its short title, with whose it is."""
    seen: dict[str, tuple[str, set[str]]] = {}
    for row in holders:
        seen.setdefault(_office_id(row), (row["country"], set()))[1].add(row["position"])
    for office, (collection, titles) in seen.items():
        row = described.get(office, {})
        whose = {row.get("country_id", ""), row.get("jurisdiction_id", "")} - {""} or {_COLLECTIONS[collection]} - {""}
        source = _wikidata(_OFFICES, office, "2022-08-03")
        label = row.get("position") or min(titles)
        url = f"https://www.wikidata.org/wiki/{office}" if office.startswith("Q") else None
        statements = tuple(_statement(office, model.COUNTRY, country, source) for country in sorted(whose))
        sitelink = row.get("enwiki", "")
        yield EntityRecord(
            Entity(office, label, "position", None, url),
            tuple(sorted(titles - {label})),
            (),
            statements,
            (sitelink,) if sitelink and not sitelink.startswith("List") else (),
        )


def _terms(holders: list[Row]) -> Iterator[EntityRecord]:
    by_person: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for number, row in enumerate(holders):
        if not row["person_id"]:
            continue
        acting = row["position"].lower().startswith("acting ")
        source = _wikidata(_OFFICES, row["person_id"], row["snapshot"])
        statement = _statement(
            row["person_id"],
            model.POSITION_HELD,
            _office_id(row),
            source,
            str(number),
            start=row["start"] or None,
            end=row["end"] or None,
        )
        by_person[row["person_id"], row["person"]].append(statement if not acting else _as_acting(statement))
    for (person, name), statements in by_person.items():
        yield EntityRecord(
            Entity(person, name, "person", None, f"https://www.wikidata.org/wiki/{person}"), (), (), tuple(statements)
        )


def _as_acting(statement: Statement) -> Statement:
    import msgspec

    return msgspec.structs.replace(statement, acting=True)


def _leaders(rows: list[Row], holders: list[Row], countries: list[Row]) -> Iterator[EntityRecord]:
    """Leaders hold the office in the snapshot's month and are not known to at any other time."""
    offices = {
        (_COLLECTIONS[row["country"]], title_key(row["position"])): _office_id(row)
        for row in reversed(holders)
        if row["position_id"]
    }
    ids = {normal(name): row["id"] for row in countries for name in (row["name"], *row["aliases"].split("|")) if name}
    for row in rows:
        country = ids.get(normal(row["country"]))
        if not country:
            continue
        office = offices.get((country, title_key(row["position"])))
        if office is None:
            office = f"local:office/{country}/{_SLUG.sub('-', row['position'].lower()).strip('-')}"
            source = _wikidata(_LEADERS, office, _LEADERS_MONTH)
            label = f"{row['position']} of {row['country']}"
            yield EntityRecord(
                Entity(office, label, "position"),
                (row["position"],),
                (),
                (_statement(office, model.COUNTRY, country, source),),
            )
        person = row["wikidata_id"]
        held = _statement(
            person, model.POSITION_HELD, office, _wikidata(_LEADERS, person, "2026-02-28"), "leaders", at=_LEADERS_MONTH
        )
        yield EntityRecord(
            Entity(person, row["person"], "person", None, f"https://www.wikidata.org/wiki/{person}"), (), (), (held,)
        )


def _travellers(rows: list[Row], countries: list[Row]) -> Iterator[EntityRecord]:
    ids = {normal(name): row["id"] for row in countries for name in (row["name"], *row["aliases"].split("|")) if name}
    missions: dict[str, str] = {}
    for row in rows:
        subject = row["wikidata_id"]
        if not subject.startswith("Q"):
            continue
        source = _wikidata(_SPACE, subject, _SPACE_DAY)
        statements = [_statement(subject, model.OCCUPATION, "local:occupation/astronaut", source)]
        statements += [
            _statement(subject, model.CITIZENSHIP, ids[normal(n)], source)
            for n in row["nationality"].split("/")
            if normal(n) in ids
        ]
        flight, day = row["first_flight_name"], _long_date(row["first_flight_date"])
        if flight and day:
            slug = _SLUG.sub("-", flight.lower()).strip("-")
            mission = f"local:{slug}" if slug in _HAND_KEPT_FLIGHTS else f"local:flight/{slug}"
            missions.setdefault(mission, flight)
            statements.append(_statement(subject, model.MISSION, mission, source, at=day))
        url = f"https://www.wikidata.org/wiki/{subject}"
        yield EntityRecord(Entity(subject, row["name"], "person", "space traveller", url), (), (), tuple(statements))
    for mission, name in missions.items():
        yield EntityRecord(Entity(mission, name, "mission", "space flight"))
    yield EntityRecord(
        Entity("local:occupation/astronaut", "astronaut", "class"), ("cosmonaut", "taikonaut", "space traveller")
    )


def _long_date(text: str) -> str | None:
    parts = text.split()
    if len(parts) != 3 or parts[1] not in MONTHS:
        return None
    return f"{int(parts[2]):04d}-{MONTHS.index(parts[1]) + 1:02d}-{int(parts[0]):02d}"


def _laureates(rows: list[Row], known: dict[tuple[str, str], str]) -> Iterator[EntityRecord]:
    """A laureate is a person of the office tables when name and day of birth are the same; else a local entity."""
    for category, label in _PRIZES.items():
        yield EntityRecord(
            Entity(f"local:nobel/{category}", label, "award"),
            (
                f"Nobel prize in {category}",
                f"Nobel {category} prize",
                f"{category} Nobel",
                f"Nobel Prize for {category.title()}",
            ),
        )
    for row in rows:
        organisation = row["gender"] == "org"
        subject = known.get((normal(row["name"]), row["born"]), f"local:nobel-laureate/{row['id']}")
        source = Provenance(
            _NOBEL,
            f"https://www.nobelprize.org/laureate/{row['id']}",
            None,
            _NOBEL_DAY,
            "public data of the Nobel Foundation",
        )
        statements = [
            _statement(subject, prop, row[column], source, "nobel")
            for prop, column in (
                (model.INCEPTION if organisation else model.BORN, "born"),
                (model.DISSOLVED if organisation else model.DIED, "died"),
            )
            if parse_iso(row[column])
        ]
        for prize in filter(None, row["prizes"].split("|")):
            year, category = prize.split(" ", 1)
            statements.append(_statement(subject, model.AWARD, f"local:nobel/{category}", source, year, at=year))
        kind: model.EntityKind = "organisation" if organisation else "person"
        yield EntityRecord(Entity(subject, row["name"], kind, "Nobel laureate", source.url), (), (), tuple(statements))
