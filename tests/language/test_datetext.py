"""Dates as articles write them: found where they stand, and resolved no further than the text allows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.dates import Interval, Precision, parse_iso
from reader.language.datetext import find_dates, resolve

SUNDAY = Interval.day(date(2022, 7, 17))
LEADING = ["on", "in", "by", "since", "last", "next", "this", "the", "of", "early", "mid", "late", "two", "999"]
UNITS = ["year", "month", "week", "years", "ago", "earlier", "yesterday", "today", "tomorrow", "people", ",", ".", "km"]
NAMES = ["February", "June", "May", "Sept.", "Dec", "July,", "Friday", "Sunday,"]
FIGURES = ["3", "31", "30th", "29", "2022", "2018-05-24", "2022-13-45", "1990s", "1066", "12", "$2018"]
WORDS = [*LEADING, *UNITS, *NAMES, *FIGURES]
OPEN_WITHOUT_A_DAY = ["yesterday", "on Friday", "on 24 May", "in May", "last year"]
date_words = st.one_of(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.text(max_size=60))
tenses = st.sampled_from(["past", "future", "unknown"])
sane_days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def only(text, as_of=SUNDAY, tense="past"):
    (mention,) = find_dates(text)
    return resolve(mention, as_of, tense)


@given(date_words)
def test_dates_are_found_in_order_where_they_stand_and_do_not_overlap(text):
    at = 0
    for mention in find_dates(text):
        assert at <= mention.start < mention.end
        assert mention.text == text[mention.start : mention.end]
        at = mention.end


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("It opened on 24 May 2018.", "2018-05-24"),
        ("It opened on Thursday, May 24th, 2018, at noon.", "2018-05-24"),
        ("It opened on 2018-05-24.", "2018-05-24"),
        ("It opened on the 24th of May 2018.", "2018-05-24"),
        ("It opened on Sept. 5, 2018.", "2018-09-05"),
        ("It opened in late May 2018.", "2018-05"),
        ("It opened in 2018.", "2018"),
        ("It opened in the 1990s.", "1990/1999"),
    ],
)
def test_a_date_that_the_text_alone_fixes_has_the_precision_it_is_written_with(text, iso):
    assert only(text, as_of=None).iso == iso


def test_an_abbreviated_month_and_its_year_are_one_date():
    assert [mention.text for mention in find_dates("It opened in Sept. 2018.")] in (["Sept. 2018"], ["in Sept. 2018"])


@pytest.mark.parametrize(
    ("text", "tense", "iso"),
    [
        ("It opened on 24 February.", "past", "2022-02-24"),
        ("It opened on 24 December.", "past", "2021-12-24"),
        ("It opens on 24 February.", "future", "2023-02-24"),
        ("It opened in May.", "past", "2022-05"),
        ("It opened in September.", "past", "2021-09"),
        ("It opens in September.", "future", "2022-09"),
        ("It opened on Friday.", "past", "2022-07-15"),
        ("It opens on Friday.", "future", "2022-07-22"),
        ("It opened last Sunday.", "past", "2022-07-10"),
        ("It opened yesterday.", "past", "2022-07-16"),
        ("It opens tomorrow.", "future", "2022-07-18"),
        ("It opened last year.", "past", "2021"),
        ("It opened last month.", "past", "2022-06"),
        ("It opened last July.", "past", "2021-07"),
    ],
)
def test_a_partial_or_relative_date_is_read_from_the_day_the_article_speaks_from(text, tense, iso):
    assert only(text, tense=tense).iso == iso


@pytest.mark.parametrize("text", OPEN_WITHOUT_A_DAY)
def test_without_a_day_to_speak_from_a_relative_date_stays_open(text):
    assert only(text, as_of=None) is None


@pytest.mark.parametrize("text", ["It opened yesterday.", "It opened on Friday.", "It opened last month."])
def test_a_relative_day_stays_open_when_only_the_month_of_the_article_is_known(text):
    assert only(text, as_of=Interval.month(2022, 7)) is None


def test_last_year_needs_no_more_than_the_year_of_the_article():
    assert only("It opened last year.", as_of=Interval.year(2018)) == Interval.year(2017)


@pytest.mark.parametrize(
    "text", ["on 31 June 2022", "on 30 February", "on 29 February 2019", "on 2022-13-45", "on April 31, 1999"]
)
def test_a_day_that_cannot_exist_is_found_and_resolves_to_nothing(text):
    (mention,) = find_dates(text)
    assert mention.start == 3
    assert resolve(mention, SUNDAY, "past") is None


@pytest.mark.parametrize(
    "text", ["It cost $2018.", "Some 1,999 people came.", "2000 people came.", "It may rain.", "They march on."]
)
def test_amounts_and_verbs_are_no_dates(text):
    assert find_dates(text) == ()


@given(date_words, sane_days, tenses)
def test_a_date_in_an_article_of_our_time_never_crashes_and_never_runs_backwards(text, day, tense):
    for mention in find_dates(text):
        when = resolve(mention, Interval.day(day), tense)
        assert when is None or when.first <= when.last


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("999 years ago", "0500-01-01"),
        ("next month", "9999-12-31"),
        ("next week", "9999-12-31"),
        ("last year", "0001"),
        ("in May", "0001-06-01"),
    ],
)
def test_no_date_that_can_be_given_as_the_articles_makes_a_relative_date_crash(text, as_of):
    (mention,) = find_dates(text)
    try:
        found = resolve(mention, parse_iso(as_of), "past")
    except (ValueError, OverflowError) as error:
        pytest.fail(f"{text!r} as of {as_of}: {error}")
    assert found is None or found.first <= found.last


@given(st.sampled_from(["on 24 December", "on 3 May", "in July", "since March"]), sane_days, st.booleans(), tenses)
def test_a_date_read_from_a_coarse_day_holds_whichever_day_is_the_true_one(text, day, only_year_known, tense):
    coarse = Interval.year(day.year) if only_year_known else Interval.month(day.year, day.month)
    (mention,) = find_dates(text)
    from_coarse, from_day = resolve(mention, coarse, tense), resolve(mention, Interval.day(day), tense)
    assert from_coarse is None or from_day is None or from_day.inside(from_coarse)


def test_next_july_said_in_july_is_not_this_month():
    found = only("It opens next July.", tense="future")
    assert found is None or found.iso == "2023-07"


@pytest.mark.parametrize("text", ["It opened this week.", "It opened two years ago."])
def test_what_is_shown_of_a_date_covers_what_is_meant(text):
    meant = only(text, as_of=Interval.day(date(2022, 7, 3)))
    shown = parse_iso(meant.iso)
    assert meant.precision is Precision.DAY or shown is None or meant.inside(shown)
