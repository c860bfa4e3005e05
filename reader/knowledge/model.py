"""What is known: entities and their statements, in Wikidata's terms, with source and knowledge date.

Property numbers are Wikidata's; their English labels are asserted against a snapshot in the tests.
"""

from __future__ import annotations

import builtins
from typing import Literal

import msgspec

from reader.dates import Interval, parse_iso

EntityKind = Literal[
    "person", "country", "place", "organisation", "position", "event", "craft", "mission", "treaty", "award", "work", "class", "other"
]  # fmt: skip
AliasKind = Literal["label", "alias", "demonym", "title"]
Rank = Literal["preferred", "normal", "deprecated"]

POSITION_HELD = "P39"
DIRECTOR = "P1037"
CHIEF_EXECUTIVE = "P169"
OFFICE_OF_HEAD = "P2388"
HEADS_ORGANISATION = "P2389"
OFFICE_HOLDER = "P1308"
COUNTRY = "P17"
JURISDICTION = "P1001"
BORN = "P569"
DIED = "P570"
INCEPTION = "P571"
DISSOLVED = "P576"
STARTED = "P580"
ENDED = "P582"
POINT_IN_TIME = "P585"
HEADQUARTERS = "P159"
CAPITAL = "P36"
FOUNDER = "P112"
LAUNCHED = "P619"
LANDED = "P620"
LAUNCH_SITE = "P448"
MISSION = "P450"
CREW = "P1029"
OPERATOR = "P137"
LAUNCH_VEHICLE = "P375"
LOCATED_IN = "P131"
LOCATION = "P276"
COORDINATES = "P625"
AWARD = "P166"
CITIZENSHIP = "P27"
OCCUPATION = "P106"
PARTICIPANT = "P710"
PARTICIPANT_IN = "P1344"
INSTANCE_OF = "P31"
PART_OF = "P361"
PROPERTY_LABELS = {
    POSITION_HELD: "position held", DIRECTOR: "director / manager", CHIEF_EXECUTIVE: "chief executive officer", OFFICE_OF_HEAD: "office held by head of the organization",
    HEADS_ORGANISATION: "organization directed by the office or position", OFFICE_HOLDER: "officeholder", COUNTRY: "country", JURISDICTION: "applies to jurisdiction",
    BORN: "date of birth", DIED: "date of death", INCEPTION: "inception", DISSOLVED: "dissolved, abolished or demolished date", STARTED: "start time", ENDED: "end time",
    POINT_IN_TIME: "point in time", HEADQUARTERS: "headquarters location", CAPITAL: "capital", FOUNDER: "founded by", LAUNCHED: "UTC date of spacecraft launch",
    LANDED: "UTC date of spacecraft landing", LAUNCH_SITE: "start point", MISSION: "astronaut mission", CREW: "crew member(s)", OPERATOR: "operator", LAUNCH_VEHICLE: "space launch vehicle",
    LOCATED_IN: "located in the administrative territorial entity", LOCATION: "location", COORDINATES: "coordinate location", AWARD: "award received", CITIZENSHIP: "country of citizenship",
    OCCUPATION: "occupation", PARTICIPANT: "participant", PARTICIPANT_IN: "participant in", INSTANCE_OF: "instance of", PART_OF: "part of",
}  # fmt: skip


class Provenance(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a statement comes from: its source as shown to people, address, revision, licence, and knowledge date."""

    source: str
    url: str | None = None
    revision: str | None = None
    retrieved: str | None = None
    licence: str | None = None


class Statement(msgspec.Struct, frozen=True, omit_defaults=True):
    """One dated statement. `value` is an entity id, a date ("2018-05"), a quantity or a text, as `value_kind` says.

    `start`, `end`, `at` are ISO dates whose length is their precision; `end` is "?" for ended at an unknown date.
    """

    id: str
    subject: str
    property: str
    value: str
    provenance: Provenance
    value_kind: Literal["entity", "date", "quantity", "text", "somevalue", "novalue"] = "text"
    start: str | None = None
    end: str | None = None
    at: str | None = None
    acting: bool = False
    ordinal: str | None = None
    role: str | None = None
    replaces: str | None = None
    replaced_by: str | None = None
    rank: Rank = "normal"
    disputed: bool = False
    circa: bool = False
    referenced: bool = True

    @builtins.property
    def is_reliable(self) -> bool:
        """Whether it may decide anything: referenced, not deprecated, neither disputed nor approximate."""
        return self.referenced and self.rank != "deprecated" and not self.disputed and not self.circa

    @builtins.property
    def date(self) -> Interval | None:
        """The value as an interval, if it is a date of usable precision."""
        return parse_iso(self.value) if self.value_kind == "date" else None

    @builtins.property
    def known_until(self) -> Interval | None:
        """The day up to which an open statement is known to hold."""
        return parse_iso(self.provenance.retrieved[:10]) if self.provenance.retrieved else None


class Entity(msgspec.Struct, frozen=True):
    """Somebody or something a text can name."""

    id: str
    label: str
    kind: EntityKind = "other"
    description: str | None = None
    url: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether its id is Caveat's own because no public one is confirmed."""
        return self.id.startswith("local:")


class Page(msgspec.Struct, frozen=True):
    """A page's text to quote from, with where and when it was read."""

    title: str
    extract: str
    url: str | None = None
    revision: str | None = None
    entity: str | None = None
    source: str | None = None
    retrieved: str | None = None
    licence: str | None = None


class Review(msgspec.Struct, frozen=True):
    """A claim that somebody has reviewed, with their rating in their own words (schema.org/ClaimReview)."""

    claim: str
    rating: str
    publisher: str | None = None
    url: str | None = None
    reviewed: str | None = None
    licence: str | None = None


class EntityRecord(msgspec.Struct, frozen=True):
    """An entity with all that one source says of it: what a pack is built from."""

    entity: Entity
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    sitelinks: tuple[str, ...] = ()
    revision: str | None = None
