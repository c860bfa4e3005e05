"""A date is an interval: definitely before, definitely after, or neither; nothing else may decide."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reader.dates import Interval, Precision, parse_iso, years_between

any_interval = st.tuples(st.dates(), st.dates()).map(lambda pair: Interval(min(pair), max(pair)))
near_days = st.dates(date(2000, 1, 1), date(2003, 12, 31))
near_interval = st.tuples(near_days, near_days).map(lambda pair: Interval(min(pair), max(pair)))
known_interval = st.one_of(
    st.dates().map(Interval.day),
    st.dates().map(lambda day: Interval.month(day.year, day.month)),
    st.dates().map(lambda day: Interval.year(day.year)),
)


@given(near_interval, near_interval)
def test_of_before_after_and_overlapping_exactly_one_holds(one, other):
    assert [one.before(other), one.after(other), one.overlaps(other)].count(True) == 1


@given(near_interval, near_interval)
def test_the_three_relations_read_the_same_from_the_other_side(one, other):
    assert one.before(other) == other.after(one)
    assert one.overlaps(other) == other.overlaps(one)


@given(near_interval, near_interval, st.data())
def test_before_means_before_whichever_days_are_the_true_ones(one, other, data):
    true_one, true_other = data.draw(st.dates(one.first, one.last)), data.draw(st.dates(other.first, other.last))
    assert not one.before(other) or true_one < true_other
    assert not one.inside(other) or other.first <= true_one <= other.last
    assert true_one != true_other or one.overlaps(other)


@given(near_interval, near_interval)
def test_overlapping_intervals_share_a_day(one, other):
    shared = max(one.first, other.first) <= min(one.last, other.last)
    assert one.overlaps(other) == shared


@given(st.lists(near_days, min_size=6, max_size=6, unique=True).map(sorted))
def test_before_is_passed_on(days):
    one, other, third = (Interval(days[at], days[at + 1]) for at in (0, 2, 4))
    assert one.before(other)
    assert other.before(third)
    assert one.before(third)


def test_a_year_is_not_its_first_of_january():
    year, day = Interval.year(2018), Interval.day(date(2018, 5, 24))
    assert year.overlaps(day)
    assert not year.before(day)
    assert day.inside(year)
    assert not year.is_day


@given(any_interval, st.integers(0, 10_000))
def test_a_margin_never_makes_an_interval_smaller_and_never_leaves_the_calendar(interval, days):
    wide = interval.widened(days)
    assert interval.inside(wide)
    assert wide.last == date.max or wide.last - interval.last == timedelta(days)


@given(known_interval)
def test_a_day_a_month_and_a_year_are_written_so_that_they_read_back_the_same(interval):
    assert parse_iso(interval.iso) == interval


@pytest.mark.parametrize(
    "text", ["", "18", "2018-00", "2018-13", "2018-02-29", "2018-04-31", "0000", "2018-1-1", "x2018"]
)
def test_what_is_no_date_or_cannot_be_is_none(text):
    assert parse_iso(text) is None


def test_an_interval_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        Interval(date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval.day(date(2021, 5, 3)), "3 May 2021"),
        (Interval.month(2021, 5), "May 2021"),
        (Interval.year(2021), "2021"),
        (Interval(date(1990, 1, 1), date(1999, 12, 31), Precision.DECADE), "1990s"),
    ],
)
def test_a_date_is_shown_at_the_precision_that_is_known_in_english_whatever_the_locale(interval, words):
    assert str(interval) == words


@given(near_interval, near_interval, st.data())
def test_an_age_lies_between_the_bounds_whichever_days_are_the_true_ones(birth, on, data):
    born, then = data.draw(st.dates(birth.first, birth.last)), data.draw(st.dates(on.first, on.last))
    assume(born <= then)
    birthdays = [(year, born.month, born.day) for year in range(born.year + 1, then.year + 1)]
    age = sum(birthday <= (then.year, then.month, then.day) for birthday in birthdays)
    least, greatest = years_between(birth, on)
    assert least <= age <= greatest


def test_a_known_birthday_gives_one_age_and_a_known_year_two():
    on = Interval.day(date(2022, 7, 17))
    assert years_between(Interval.day(date(1963, 7, 17)), on) == (59, 59)
    assert years_between(Interval.day(date(1963, 7, 18)), on) == (58, 58)
    assert years_between(Interval.year(1963), on) == (58, 59)
