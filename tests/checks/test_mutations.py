"""True sentences made false, one change at a time: support must go, and mostly turn into an accusation."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

import pytest

from reader.language.numbers import find_numbers

LEAST_SHARE = 0.8
LEAST_MUTATIONS = 200
LEAST_REFUTED = 0.35
LEAST_YEARS = 3


def is_far(change) -> bool:
    """Whether a change is of no word of the name, of three years or a month, of a fifth of the number."""
    if change.kind == "person":
        return not set(change.old.split()) & set(change.new.split())
    if change.kind == "date":
        years = [int(year) for text in (change.old, change.new) for year in re.findall(r"\d{4}", text)]
        return abs(years[0] - years[1]) >= LEAST_YEARS if years else change.old != change.new
    (old,), (new,) = find_numbers(change.old), find_numbers(change.new)
    return abs(new.value - old.value) * 5 >= abs(old.value) > 0


@pytest.fixture(scope="session")
def mutations(load_script):
    """The script that makes articles false."""
    return load_script("mutations")


@pytest.fixture
def first(mutations, load_script, unparsed, tmp_path):
    """Of an article: the script, the article, its options, and what is found in it as it is."""
    article, options, _ = load_script("articles").read("main-marovia-flood", tmp_path)
    return mutations, article, options, asyncio.run(mutations.reader.desk.examine(article, options))


@pytest.mark.usefixtures("unparsed", "builtin_cache")
def test_what_has_been_made_false_is_no_longer_supported(mutations, load_script):
    """One test, so that only one process of the tests judges them all."""
    judged = mutations.judged(load_script("articles"))
    still = judged.of("still supported")
    assert not still, "\n".join(map(str, still))
    assert judged.share >= LEAST_SHARE
    assert judged.refuted_share >= LEAST_REFUTED
    changes = [outcome.mutation for outcome in judged.outcomes]
    kinds = [change.kind for change in changes]
    assert len(kinds) >= LEAST_MUTATIONS
    assert min(kinds.count(kind) for kind in ("person", "date", "number")) >= LEAST_MUTATIONS // 10
    assert judged.untouched.total() <= judged.supported // 3
    assert not [change for change in changes if not is_far(change)]


def test_the_same_seed_makes_the_same_changes(first, mutations):
    _, article, options, result = first

    def made() -> list:
        world = mutations.World(options.packs)
        mutator = mutations.Mutator("main-marovia-flood", article, world)
        found = [
            m
            for r in result.claims
            for v in r.verdicts
            if v.label == "supported"
            for m in mutator.mutations(r.claim, v)
        ]
        world.close()
        return found

    assert made() == made() != []


def test_a_change_that_changes_nothing_would_be_seen_as_still_supported(first):
    script, article, options, result = first
    record, verdict = next((r, v) for r in result.claims for v in r.verdicts if v.label == "supported")
    nothing = script.Mutation(
        "same", "number", record.claim, verdict, record.claim.span, record.claim.text, record.claim.text
    )
    seen = script._outcome(nothing, result, asyncio.run(script.reader.desk.examine(nothing.made(article), options)))
    assert seen.fate == "still supported"


def test_what_an_accusation_touches_counts_as_refuted(first):
    script, article, options, result = first
    record, verdict = next(
        (r, v) for r in result.claims for v in r.verdicts if v.label == "supported" and r.claim.text.startswith("Pavic")
    )
    at = record.claim.text.index("2015") + record.claim.span.start
    span = replace(record.claim.span, start=at, end=at + 4)
    false = script.Mutation("flood", "date", record.claim, verdict, span, "2015", "2005")
    seen = script._outcome(false, result, asyncio.run(script.reader.desk.examine(false.made(article), options)))
    assert seen.fate == "refuted"
