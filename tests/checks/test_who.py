"""Who is meant, by hand-labelled mentions in texts written for it."""

from __future__ import annotations

import pytest

LEAST_LABELLED = 300
PRECISION, RECALL = 0.93, 0.65


@pytest.fixture(scope="session")
def rows(load_script):
    """Every labelled mention of the main file, judged."""
    return load_script("mentions").judged()


def test_it_is_right_who_is_meant_where_anybody_is_named(rows):
    taken = [r for r in rows if r.taken is not None]
    wrong = [f"{r.case} {r.text!r}: {r.meant}, taken for {r.taken}" for r in taken if not r.is_right]
    assert len(rows) >= LEAST_LABELLED
    assert len(taken) - len(wrong) >= PRECISION * len(taken), "\n".join(wrong)


def test_most_of_those_who_are_meant_are_found(rows):
    meant = [r for r in rows if r.meant is not None]
    assert sum(r.is_right for r in meant) >= RECALL * len(meant)
