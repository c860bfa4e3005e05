""" "The company" is the one that an article is about: what its record states may support what is told of it."""

from __future__ import annotations

import asyncio

import pytest

from reader.article.load import load_bytes
from reader.desk import DeskOptions, examine
from reader.knowledge.build import PackBuilder
from reader.knowledge.facts import facts_from


def organisation(number: int, label: str, founded: str, description: str) -> dict:
    return {
        "id": f"local:o{number}",
        "label": label,
        "aliases": [],
        "kind": "organisation",
        "description": description,
        "statements": [{"property": "P571", "value": founded}],
    }


WORLD = {
    "world": "two firms and a bank",
    "snapshot": "2024-06-01",
    "entities": [
        organisation(1, "Brennick Foods", "1951-06-04", "maker of biscuits"),
        organisation(2, "Zelmar", "1969-03-10", "dairy company"),
        organisation(3, "Ostrand Bank", "1924-02-01", "bank in Ostrand"),
        organisation(4, "Harbour Bank", "1931-11-01", "bank in Ostrand"),
    ],
}
ABOUT_BRENNICK = "Brennick Foods has a new head. She comes from Zelmar. Brennick Foods has 800 bakers, and Brennick Foods needs more.\n\n"


@pytest.fixture
def supported(tmp_path):
    """What is supported of a text in that world."""

    def judged(text: str) -> list[str]:
        path = tmp_path / "world.pack"
        with PackBuilder(path, name="world") as builder:
            builder.add(facts_from(WORLD, "world"))
            builder.finish()
        article = load_bytes(text.encode(), name="a.txt", as_of="2024-03-05")
        result = asyncio.run(examine(article, DeskOptions(packs=(path,), builtin=False)))
        path.unlink()
        return [v.explanation for r in result.claims for v in r.verdicts if v.label == "supported"]

    return judged


@pytest.mark.parametrize("noun", ["company", "firm", "group"])
def test_the_company_is_the_one_that_is_named_most(supported, noun):
    said = supported(ABOUT_BRENNICK + f"The {noun} was founded in June 1951 with one oven.")
    assert any("Brennick Foods began to exist on 4 June 1951" in words for words in said)


def test_the_company_is_not_another_that_is_named_in_passing(supported):
    said = supported(ABOUT_BRENNICK + "The company was founded in March 1969 with one oven.")
    assert not any("Zelmar" in words for words in said)


def test_the_bank_is_the_bank_that_is_named_most_and_no_other_body(supported):
    text = "Ostrand Bank raised its rate. Brennick Foods and Harbour Bank waited. Ostrand Bank explained why.\n\n"
    said = supported(text + "The bank opened its doors in February 1924.")
    assert any("Ostrand Bank began to exist on 1 February 1924" in words for words in said)


def test_where_two_are_named_as_often_nothing_is_said(supported):
    text = "Ostrand Bank and Harbour Bank waited for the rate.\n\nRain fell.\n\nNobody spoke.\n\n"
    assert not any("Harbour" in words for words in supported(text + "The bank opened its doors in November 1930."))
    assert not any("Bank" in words for words in supported(text + "The bank opened its doors in 1931."))
