"""Web pages: the story in its order, the page's furniture kept but not checked, and nothing that is code."""

from __future__ import annotations

import json

import pytest

from reader.article.load import ArticleError

PAGE = """<!doctype html><html lang="en-GB"><head><title>Bridge opens | The Daily Note</title>
<meta property="og:title" content="Bridge opens after nine years"><meta name="author" content="Anna Roe">
<meta property="article:published_time" content="2022-07-17T08:00:00+01:00">
<link rel="canonical" href="https://example.org/bridge"><style>.x { color: crimson }</style>
<script>var tracker = "secret words";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li>World news section</li></ul></nav>
<article><h1>Bridge opens after nine years</h1>
<p>The bridge over the Wye at Hay opened on <b>Saturday</b> after nine years of work, the county council said.</p>
<h2>What it cost the county</h2>
<p>It cost 12 million pounds, which is twice what was planned when the work began in the spring of 2013.</p>
<blockquote><p>We are very glad that the people of the town can cross the river again, said the mayor.</p></blockquote>
<ul><li>The first car crossed at nine in the morning.</li><li>The last ferry sailed at noon on the same day.</li></ul>
<figure><img src="b.jpg"><figcaption>The new bridge, seen from the old ferry landing in July.</figcaption></figure>
<pre>x = 1
y = 2</pre>
<script>document.write("secret words");</script><style>p { secret: words }</style><noscript>secret words</noscript>
<p>Nobody was hurt while it was built, and the ferry will be kept as a museum, the mayor told the paper.</p>
</article><aside>Sign up for our newsletter and never miss a story.</aside>
<footer>Copyright 2022 The Daily Note. All rights reserved.</footer></body></html>"""

SENTENCE = "The bridge opened on Saturday after nine years of work."


@pytest.fixture(scope="module")
def article(read):
    return read(PAGE, "bridge.html")


def test_the_story_comes_in_its_order_with_its_kinds(article, shape):
    around = ("boilerplate", "caption")
    story = [(kind, text.split()[0]) for kind, text in shape(article) if kind not in around]
    assert story == [
        ("heading", "Bridge"),
        ("body", "The"),
        ("heading", "What"),
        ("body", "It"),
        ("quote", "We"),
        ("list", "The"),
        ("list", "The"),
        ("code", "x"),
        ("body", "Nobody"),
    ]


def test_words_in_bold_stay_in_their_sentence(article):
    assert any("opened on Saturday after nine years" in p.text for p in article.paragraphs)


def test_the_page_around_the_story_is_kept_as_boilerplate(article, shape):
    furniture = {text for kind, text in shape(article) if kind == "boilerplate"}
    assert furniture >= {
        "Home",
        "World news section",
        "Sign up for our newsletter and never miss a story.",
        "Copyright 2022 The Daily Note. All rights reserved.",
    }


def test_the_caption_of_a_picture_in_the_story_is_a_caption(article, shape):
    assert ("caption", "The new bridge, seen from the old ferry landing in July.") in shape(article)


def test_scripts_and_styles_never_appear(article):
    shown = " ".join([article.title, *(p.text for p in article.paragraphs)])
    assert not [word for word in ("secret", "tracker", "crimson", "document.write") if word in shown]


def test_title_author_day_language_and_address_come_from_the_page(article):
    assert (article.title, article.byline, article.published) == (
        "Bridge opens after nine years",
        "Anna Roe",
        "2022-07-17",
    )
    assert (article.language, article.url) == ("en", "https://example.org/bridge")
    assert article.as_of.source == "metadata"


def test_linked_data_gives_what_no_meta_element_says_and_broken_linked_data_is_passed_over(read):
    news = {"headline": "Bridge opens", "datePublished": "2022-07-17T10:00:00Z", "author": [{"name": "Anna Roe"}]}
    blocks = ['{"headline": broken', json.dumps({"@graph": [news]}), "[" * 100_000, '"words"', "[1, null]"]
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    article = read(f"<html><head>{scripts}</head><body><p>{SENTENCE}</p></body></html>", "bridge.html")
    assert (article.title, article.byline, article.published) == ("Bridge opens", "Anna Roe", "2022-07-17")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "http://[::1"])
def test_a_canonical_address_that_is_no_web_address_is_not_taken(read, address):
    assert (
        read(f'<html><head><link rel="canonical" href="{address}"></head><p>{SENTENCE}</p>', "bridge.html").url is None
    )


def test_broken_html_gives_all_its_words_in_order(read):
    page = "<html><body><p>One <b>two<p>Three</i> four</div></table><td>Five six<li>Seven & eight &bogus; <<< x"
    article = read(page, "broken.html")
    assert " ".join(p.text for p in article.paragraphs) == "One two Three four Five six Seven & eight &bogus; <<< x"


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "blockquote", "table><tr><td"])
def test_nesting_of_5000_levels_does_not_crash_and_keeps_what_stands_above_it(read, tag):
    article = read(f"<html><body><p>{SENTENCE}</p>{f'<{tag}>' * 5000}<p>Deep down are words.</p>", "deep.html")
    assert article.paragraphs[0].text == SENTENCE


def test_text_that_is_dropped_for_its_depth_is_not_dropped_in_silence(read):
    deep = "<div>" * 5000 + "<p>Deep.</p>" + "</div>" * 5000
    page = f"<html><body><p>{SENTENCE}</p>{deep}<p>Nobody was hurt.</p></body></html>"
    article = read(page, "deep.html")
    assert article.warnings or article.paragraphs[-1].text == "Nobody was hurt."


def test_an_xhtml_page_with_its_xml_declaration_is_read(read):
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>'
    try:
        article = read(f"{declaration}\n<html><body><p>{SENTENCE}</p></body></html>", "bridge.xhtml")
    except ArticleError as error:
        pytest.fail(str(error))
    assert article.paragraphs[0].text == SENTENCE


def test_control_codes_in_any_place_of_a_page_do_not_pass(read, dangers_in):
    evil = "a&#x202e;b\x1b[31m\x9bc&#x9b;&#xE0041;"
    linked = '<script type="application/ld+json">{"author": "A\\u202e\\u001b"}</script>'
    head = f"<head><title>{evil}</title>{linked}</head>"
    table = f"<table><tr><td>{evil}</td></tr></table>"
    blocks = f"<h1>{evil} one two</h1><p>{SENTENCE} {evil}</p><ul><li>{evil}</li></ul>{table}"
    page = f"<html>{head}<body>{blocks}</body></html>"
    article = read(page, "evil.html")
    assert len(article.paragraphs) == 4
    assert dangers_in("".join([article.title, article.byline, *(p.text for p in article.paragraphs)])) == []


def test_control_codes_in_preformatted_text_do_not_pass(read, dangers_in):
    article = read(f"<html><body><p>{SENTENCE}</p><pre>x = 1 \x1b[2J &#x202e; \x9b31m</pre></body></html>", "evil.html")
    assert article.paragraphs[-1].text.startswith("x = 1")
    assert dangers_in(article.paragraphs[-1].text) == []


def test_control_codes_in_the_language_of_a_page_do_not_pass(read, dangers_in):
    assert dangers_in(read(f'<html lang="&#x202e;e"><p>{SENTENCE}</p></html>', "evil.html").language or "") == []
