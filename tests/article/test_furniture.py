"""The page around an article is kept and never checked; the story is never taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

import reader
from reader.article.load import load_path

STORY = [
    "The footbridge over the Wye at Hay opened on Saturday after nine years of work.",
    "It cost 12 million pounds, said Anna Roe, who leads the county council.",
    '"They told me to sign up for our newsletter, and I never heard of it again," said a walker.',
    "Why it took so long",
    "The first builder went bankrupt in March 2016, and the second in 2019.",
    "Nobody was hurt.",
]
ABOVE = [
    "Skip to main content",
    "Menu",
    "Facebook | Twitter | WhatsApp",
    "Sign up for our newsletter and never miss a walk!",
]
HEADLINE = "A bridge opens at last"
BYLINE = "Written by Tom van Dale"
BELOW = [
    "3 Comments",
    "About the author",
    "Tom van Dale walks along rivers and has written four books about them.",
    "Related posts",
    "Five inns at the water",
    "© 2022 The Slow Walker. All rights reserved.",
    "Back to top",
]
ISS = Path(reader.__file__).parents[2] / "shared" / "articles" / "iss-agreement.txt"


@pytest.fixture(scope="module")
def blog(read):
    return read("\n\n".join([*ABOVE, HEADLINE, BYLINE, *STORY, *BELOW]), "walk.txt")


def test_no_paragraph_of_the_story_is_lost_between_the_furniture(blog):
    assert [p.text for p in blog.paragraphs if p.is_checked] == [HEADLINE, *STORY]


def test_furniture_above_and_below_is_kept_as_boilerplate_in_its_place(blog):
    assert [p.text for p in blog.paragraphs] == [*ABOVE, HEADLINE, BYLINE, *STORY, *BELOW]
    assert [p.text for p in blog.paragraphs if p.kind == "boilerplate"] == [*ABOVE, BYLINE, *BELOW]


def test_the_title_and_the_author_are_found_between_the_furniture(blog):
    assert (blog.title, blog.byline) == (HEADLINE, "Tom van Dale")


def test_only_headings_have_a_level(blog):
    assert [p.text for p in blog.paragraphs if p.level and p.kind != "heading"] == []


def test_about_the_author_early_in_an_article_does_not_swallow_the_story(read):
    article = read("\n\n".join(["A book about rivers", "About the author", *STORY]))
    assert set(STORY) <= {p.text for p in article.paragraphs if p.is_checked}


@pytest.mark.parametrize(
    "sentence",
    [
        "Related parties sold shares worth $5 million on Monday.",
        "Recommended doses were halved in 2019.",
        "Trending upward since May, prices rose 4% in June.",
        "Copyright law was changed in 2001 by Congress.",
        "By Friday the city was under water.",
        '"Sign up for our newsletter, they told me, and I did," said a walker.',
        "Sharing the cost was the mayor's idea.",
        "Home prices rose by a tenth.",
    ],
)
def test_a_sentence_of_the_story_is_not_furniture_for_its_first_word(read, sentence):
    article = read("\n\n".join([HEADLINE, STORY[0], sentence, STORY[1]]))
    assert article.paragraphs[2].kind == "body"


def test_a_last_paragraph_that_reports_a_call_to_donate_belongs_to_the_story(read):
    article = read(
        "\n\n".join([HEADLINE, *STORY, "The Red Cross asked people to donate blood at its centre in Leeds."])
    )
    assert article.paragraphs[-1].kind == "body"


def test_a_sentence_that_begins_with_by_names_no_author(read):
    assert read(f"{HEADLINE}\n\nBy Friday the city was under water.").byline is None


@pytest.mark.skipif(not ISS.exists(), reason="the shared real articles are not beside this checkout")
def test_a_real_blog_page_keeps_its_whole_story_and_none_of_its_furniture():
    article = load_path(ISS)
    checked = [p.text for p in article.paragraphs if p.is_checked]
    assert checked[0].startswith("The US and Russia reach an agreement")
    assert checked[1].startswith("The United States and Russia have reached")
    assert checked[-1].startswith("Rogozin has been a thorn in the side")
    assert len(checked) == 29
    assert article.byline == "April Carson"
    assert article.as_of.source == "unknown"
