"""The property numbers in the code are Wikidata's: each constant's name fits the property's English label."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reader.knowledge import model
from reader.knowledge.build import _SCOPE_PROPERTIES

LABELS = json.loads((Path(__file__).parent / "property_labels.json").read_text("utf-8"))
CONSTANTS = {name: value for name, value in vars(model).items() if name.isupper() and re.fullmatch(r"P\d+", str(value))}
MEANINGS = {
    "POSITION_HELD": "position held",
    "DIRECTOR": "director",
    "CHIEF_EXECUTIVE": "chief executive",
    "OFFICE_OF_HEAD": "office held by head",
    "HEADS_ORGANISATION": "organization directed by the office",
    "OFFICE_HOLDER": "officeholder",
    "COUNTRY": "country",
    "JURISDICTION": "jurisdiction",
    "BORN": "date of birth",
    "DIED": "date of death",
    "INCEPTION": "inception",
    "DISSOLVED": "dissolved",
    "STARTED": "start time",
    "ENDED": "end time",
    "POINT_IN_TIME": "point in time",
    "HEADQUARTERS": "headquarters",
    "CAPITAL": "capital",
    "FOUNDER": "founded by",
    "LAUNCHED": "time of spacecraft launch",
    "LANDED": "time of spacecraft landing",
    "LAUNCH_SITE": "location of spacecraft launch",
    "MISSION": "astronaut mission",
    "CREW": "crew member",
    "OPERATOR": "operator",
    "LAUNCH_VEHICLE": "space launch vehicle",
    "LOCATED_IN": "located in the administrative territorial entity",
    "LOCATION": "location",
    "COORDINATES": "coordinate location",
    "AWARD": "award received",
    "CITIZENSHIP": "citizenship",
    "OCCUPATION": "occupation",
    "PARTICIPANT": "participant",
    "PARTICIPANT_IN": "participant in",
    "INSTANCE_OF": "instance of",
    "PART_OF": "part of",
}


@pytest.mark.parametrize("name", sorted(CONSTANTS))
def test_a_constants_name_fits_the_label_that_wikidata_gives_its_number(name):
    label = LABELS[CONSTANTS[name]]["label"]
    assert MEANINGS[name] in label
    if name in ("COUNTRY", "CAPITAL", "OPERATOR", "PARTICIPANT", "LOCATION"):
        assert label == MEANINGS[name], "country of citizenship, capital of and participant in are other properties"


def test_no_number_has_two_names():
    assert len(set(CONSTANTS.values())) == len(CONSTANTS) == len(MEANINGS)


def test_every_label_says_where_it_was_looked_up():
    assert all(len(entry["source"]) > 20 and key[1:] in entry["source"] for key, entry in LABELS.items())


def test_whose_an_office_is_is_asked_by_country_jurisdiction_and_organisation():
    labels = {LABELS[p]["label"] for p in _SCOPE_PROPERTIES}
    assert labels == {"country", "applies to jurisdiction", "organization directed by the office or position"}
