"""The day an article speaks from: from a dateline at its top, at the precision it is written with, else unknown."""

from __future__ import annotations

import pytest

from reader.article.load import ArticleError, load_bytes

STORY = "The bridge opened and nobody was hurt, the council said."


def as_of(line, read):
    return read(f"A bridge opens\n\n{line}\n\n{STORY}").as_of


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("KYIV, 17 July 2022 (Agency) - The city was quiet.", "2022-07-17"),
        ("Tuesday, March 8, 2011", "2011-03-08"),
        ("2022-07-17", "2022-07-17"),
        ("Published: 17 July 2022 at 10:30 GMT", "2022-07-17"),
        ("Updated on Sept. 5, 2021", "2021-09-05"),
        ("1st May 2020", "2020-05-01"),
        ("By Anna Roe, 5 May 2020", "2020-05-05"),
        ("July 2022", "2022-07"),
    ],
)
def test_a_dateline_at_the_top_says_when_the_article_was_written_as_exactly_as_it_is_known(read, line, day):
    found = as_of(line, read)
    assert (found.source, found.date.iso) == ("text", day)


@pytest.mark.parametrize(
    "line",
    [
        "On 17 July 2022 the war was long.",
        "The treaty of 5 May 2020 was signed in Bath.",
        "31 June 2022",
        "2022-13-01",
        "LONDON, July 17 (Agency) - The city was quiet.",
    ],
)
def test_a_date_in_the_story_an_impossible_one_and_one_without_a_year_leave_the_day_unknown(read, line):
    found = as_of(line, read)
    assert (found.source, found.date) == ("unknown", None)


def test_a_date_far_down_the_page_is_no_dateline(read):
    assert read("\n\n".join(["A bridge opens", *[STORY] * 12, "17 July 2022"])).as_of.source == "unknown"


def test_a_month_printed_with_a_long_s_does_not_crash(read):
    assert as_of("ſeptember 2022", read).source in ("text", "unknown")


def test_the_readers_own_date_goes_before_the_articles(read):
    article = load_bytes(f"---\ndate: 2020-01-01\n---\n\n{STORY}".encode(), name="a.md", as_of="2022-07")
    assert (article.as_of.source, article.as_of.date.iso) == ("option", "2022-07")


def test_metadata_goes_before_the_text(read):
    article = read(f"---\ndate: 2020-01\n---\n\n17 July 2022\n\n{STORY}", "a.md")
    assert (article.as_of.source, article.as_of.date.iso) == ("metadata", "2020-01")


@pytest.mark.parametrize(
    "given", ["2022-02-30", "2022-13", "yesterday", "17 July 2022", "", "2022-7-1", "0000", "bad\nline\x1b[2J"]
)
def test_a_date_option_that_is_none_is_refused_in_one_line(given, dangers_in):
    with pytest.raises(ArticleError) as refused:
        load_bytes(STORY.encode(), name="a.txt", as_of=given)
    assert "--as-of" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert dangers_in(str(refused.value)) == []
