"""Markdown: every block keeps its kind, its order and its words; markup goes."""

from __future__ import annotations

import pytest

PAGE = """---
title: "Bridge opens"
author: Anna Roe
Date: 2022-07-17T08:00:00Z
---
# A bridge opens

The *bridge* over the [Wye](https://example.org/wye) opened
on **Saturday** at `nine`.

- the first car
- the last ferry
  at noon

1. numbered

> We are glad.
>
> Very glad.

| Year | Cost |
|------|------|
| 2013 | 2 million |

```python
x = 1

y = 2
```

![The new bridge](bridge.jpg)

## After it
"""


def test_every_block_comes_in_order_with_its_kind_and_without_its_markup(read, shape):
    assert shape(read(PAGE, "bridge.md")) == [
        ("heading", "A bridge opens"),
        ("body", "The bridge over the Wye opened on Saturday at nine."),
        ("list", "the first car"),
        ("list", "the last ferry\nat noon"),
        ("list", "numbered"),
        ("quote", "We are glad."),
        ("quote", "Very glad."),
        ("table", "Year │ Cost"),
        ("table", "2013 │ 2 million"),
        ("code", "x = 1\n\ny = 2"),
        ("caption", "The new bridge"),
        ("heading", "After it"),
    ]


def test_code_and_tables_are_never_checked(read):
    assert {p.kind for p in read(PAGE, "bridge.md").paragraphs if not p.is_checked} == {"code", "table"}


def test_front_matter_gives_title_author_and_day(read):
    article = read(PAGE, "bridge.md")
    assert (article.title, article.byline, article.published) == ("Bridge opens", "Anna Roe", "2022-07-17")
    assert (article.as_of.source, article.as_of.date.iso) == ("metadata", "2022-07-17")


def test_front_matter_with_windows_line_ends_is_read_the_same(read):
    assert read(PAGE.replace("\n", "\r\n"), "bridge.md") == read(PAGE, "bridge.md")


def test_a_rule_in_the_text_is_no_front_matter(read, shape):
    article = read("Before.\n\n---\ntitle: no\n\n---\n\nAfter.", "bridge.md")
    assert article.title != "no"
    assert shape(article)[-1] == ("body", "After.")


def test_markdown_is_known_by_its_signs_when_the_name_does_not_say_it(read, shape):
    assert shape(read("# A bridge\n\nIt *opened*.", "standard input")) == [
        ("heading", "A bridge"),
        ("body", "It opened."),
    ]


def test_deep_nesting_of_quotes_does_not_crash_and_keeps_the_text_around_it(read):
    texts = [p.text for p in read("First words.\n\n" + "> " * 5000 + "deep\n\nLast words.", "deep.md").paragraphs]
    assert (texts[0], texts[-1]) == ("First words.", "Last words.")


def test_deep_nesting_of_lists_does_not_swallow_the_rest_of_the_article(read):
    nested = "".join("  " * depth + f"- item {depth}\n" for depth in range(60))
    article = read(f"First words.\n\n{nested}\n\nLast words.", "deep.md")
    assert article.paragraphs[0].text == "First words."
    assert article.paragraphs[-1].text == "Last words."


@pytest.mark.parametrize("hidden", ["&#x202e;", "&#27;", "&#x9b;", "&#xE0041;"])
def test_a_control_code_written_as_an_entity_does_not_pass(read, dangers_in, hidden):
    table = f"| a{hidden} |\n|---|\n| b |"
    blocks = [
        f"# Ti{hidden}tle",
        f"Words {hidden}here.",
        f"- it{hidden}em",
        table,
        f"![alt{hidden}](x.png)",
        f"    co{hidden}de",
    ]
    article = read("\n\n".join(blocks), "bridge.md")
    assert len(article.paragraphs) == 7
    assert dangers_in("".join(p.text for p in article.paragraphs)) == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd"])
def test_an_address_in_the_front_matter_that_is_no_web_address_is_not_taken(read, address):
    assert read(f"---\nurl: {address}\n---\n\nWords.", "bridge.md").url is None
