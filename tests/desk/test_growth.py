"""A long article takes time in proportion to its length, counted in calls of functions and not by the clock."""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import random

from reader.article.load import load_bytes
from reader.desk import examine

SHORT, LONG = 60, 300
MOST_GROWTH = 1.15
"""Calls for each paragraph of the long article, to those for each of the short one."""

_PEOPLE = ["Anna Lind", "Bruno Kaal", "Edda Lorn", "Ivo Brand", "Vladimir Putin", "Bill Nelson", "Angela Merkel"]
_SENTENCES = [
    "{who} met {other} in Berlin on {day} March {year} and spoke for {n} minutes.",
    "The company paid ${n} million for {m} trains, {who} said.",
    "President {who} was born in {year} and took office in {year2}.",
    "Of the {n} people on board {m} were hurt, the coastguard told {other}.",
    "The only bridge is {m} miles long; {who}, {age}, has crossed it {n} times since {year}.",
]


def paragraphs(count: int) -> str:
    """So many paragraphs of people, dates and numbers, the first of any count the same."""
    dice = random.Random(3)

    def sentence() -> str:
        who, other = dice.sample(_PEOPLE, 2)
        year = dice.randint(1950, 2020)
        return dice.choice(_SENTENCES).format(
            who=who,
            other=other,
            day=dice.randint(1, 28),
            year=year,
            year2=year + 40,
            age=dice.randint(30, 80),
            n=dice.randint(10, 900),
            m=dice.randint(2, 90),
        )

    return "\n\n".join(" ".join(sentence() for _ in range(4)) for _ in range(count))


def calls(count: int) -> int:
    """How many functions are called to examine so many paragraphs."""
    article = load_bytes(paragraphs(count).encode(), name="long.txt", as_of="2021-06-01")
    profile = cProfile.Profile()
    profile.enable()
    asyncio.run(examine(article))
    profile.disable()
    return pstats.Stats(profile).total_calls  # type: ignore[attr-defined]


def test_a_paragraph_of_a_long_article_costs_what_one_of_a_short_one_does(no_parse, monkeypatch):
    monkeypatch.setattr("reader.desk.LanguageWorker", no_parse)
    calls(SHORT)  # what is kept from now on, such as compiled patterns, is no part of it
    assert calls(LONG) / LONG <= MOST_GROWTH * calls(SHORT) / SHORT
