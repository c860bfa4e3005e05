"""Links: the very words lead where the page says, notes lead there and back, and nothing leads anywhere else."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.article import saved
from reader.article.model import Article, Link, Paragraph

PROSE = "The bridge over the Wye opened on Saturday after nine years of work, the county council said in a statement."


def words_of(paragraph: Paragraph) -> list[tuple[str, str]]:
    """Each link's words, as they stand in the text, and its target."""
    return [(paragraph.text[link.start : link.end], link.target) for link in paragraph.links]


def all_links(article: Article) -> list[tuple[str, str]]:
    return [link for paragraph in article.paragraphs for link in words_of(paragraph)]


def marked(paragraph: Paragraph) -> str:
    """The text with every link in square quotes: where exactly it begins and ends."""
    text = paragraph.text
    for link in reversed(paragraph.links):
        text = f"{text[: link.start]}⟦{text[link.start : link.end]}⟧{text[link.end :]}"
    return text


def page(*blocks: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>Bridge</title>{head}</head><body><article><h1>Bridge</h1>"
        f"<p>{PROSE}</p>{''.join(blocks)}<p>{PROSE} Nobody was hurt.</p></article></body></html>"
    )


def paragraph_with(article: Article, words: str) -> Paragraph:
    return next(p for p in article.paragraphs if words in p.text)


CASES = [
    ("It [opened](https://a.example/x) today.", "It <a href='https://a.example/x'>opened</a> today.", "It ⟦opened⟧ today."),
    ("[Here](https://a.example/) and [here](https://b.example/).", "<a href='https://a.example/'>Here</a> and <a href='https://b.example/'>here</a>.", "⟦Here⟧ and ⟦here⟧."),
    ("[here](https://a.example/) and [here](https://b.example/).", "<a href='https://a.example/'>here</a> and <a href='https://b.example/'>here</a>.", "⟦here⟧ and ⟦here⟧."),
    ("Not here but [here](https://a.example/).", "Not here but <a href='https://a.example/'>here</a>.", "Not here but ⟦here⟧."),
    ("Other towns and [the](https://a.example/) Wye.", "Other towns and <a href='https://a.example/'>the</a> Wye.", "Other towns and ⟦the⟧ Wye."),
    ("A [very **bold *and* new** `x` word](https://a.example/) there.", "A <a href='https://a.example/'>very <b>bold <i>and</i> new</b> <code>x</code> word</a> there.", "A ⟦very bold and new x word⟧ there."),
    ("So **[bold](https://a.example/)** it is.", "So <b><a href='https://a.example/'>bold</a></b> it is.", "So ⟦bold⟧ it is."),
    ("Two [lines\nof words](https://a.example/) there.", "Two <a href='https://a.example/'>lines\nof   words</a> there.", "Two ⟦lines of words⟧ there."),
    ("Das [schöne Café 日本](https://a.example/) da.", "Das <a href='https://a.example/'>sch&ouml;ne Cafe\u0301 日本</a> da.", "Das ⟦schöne Café 日本⟧ da."),
    ("A [dog](javascript:x) and [dog](https://a.example/).", "A <a href='javascript:x'>dog</a> and <a href='https://a.example/'>dog</a>.", None),
    ("Code `here` and [here](https://a.example/).", "Code <code>here</code> and <a href='https://a.example/'>here</a>.", "Code here and ⟦here⟧."),
]  # fmt: skip
NAMES = ["one", "two", "the same words twice", "words that stand there before", "words that stand in a word before", "nested", "inside bold", "two lines", "accents", "a bad one first", "code before"]  # fmt: skip


@pytest.mark.parametrize(("markdown", "html", "shown"), CASES, ids=NAMES)
def test_exactly_the_words_of_a_link_in_markdown_lead_there(read, markdown, html, shown):
    paragraph = read(markdown, "a.md").paragraphs[0]
    assert marked(paragraph) == (shown or "A [dog](javascript:x) and ⟦dog⟧.")
    assert [t for _, t in words_of(paragraph)] == re.findall(r"\((https://.*?)\)", markdown)


@pytest.mark.parametrize(("markdown", "html", "shown"), CASES, ids=NAMES)
def test_exactly_the_words_of_a_link_in_a_page_lead_there(read, markdown, html, shown):
    paragraph = read(page(f"<p>{html} {PROSE}</p>"), "a.html").paragraphs[2]
    assert marked(paragraph) == f"{shown or 'A dog and ⟦dog⟧.'} {PROSE}"
    assert [t for _, t in words_of(paragraph)] == re.findall(r"'(https://.*?)'", html)


def test_links_with_the_same_words_keep_their_own_targets(read):
    article = read("[here](https://a.example/1), [here](https://a.example/2), [here](https://a.example/3)", "a.md")
    assert all_links(article) == [("here", f"https://a.example/{n}") for n in (1, 2, 3)]
    assert [link.start for link in article.paragraphs[0].links] == [0, 6, 12]


def test_a_link_of_a_heading_a_list_and_a_quotation_leads_there_too(read):
    text = "# A [title](https://a.example/t)\n\n- an [item](https://a.example/i)\n\n> a [word](https://a.example/q)\n"
    assert [words_of(p) for p in read(text, "a.md").paragraphs] == [
        [("title", "https://a.example/t")],
        [("item", "https://a.example/i")],
        [("word", "https://a.example/q")],
    ]


def test_a_link_in_a_table_leads_there_in_a_page(read):
    rows = "<table><tr><th>The name of it</th><th>Its source there</th></tr><tr><td>The bridge over the Wye</td><td><a href='https://a.example/t'>the council</a></td></tr></table>"
    article = read(page(rows), "a.html")
    assert words_of(paragraph_with(article, "the council")) == [("the council", "https://a.example/t")]


def test_a_link_in_a_table_leads_there_in_markdown(read):
    article = read("| Name | Source |\n|---|---|\n| Bridge | [council](https://a.example/t) |\n", "a.md")
    assert words_of(article.paragraphs[1]) == [("council", "https://a.example/t")]


def test_a_link_over_a_line_break_of_a_page_keeps_its_words(read):
    article = read(page(f"<p>See <a href='https://a.example/'>the<br>council</a>. {PROSE}</p>"), "a.html")
    assert words_of(article.paragraphs[2]) == [("the council", "https://a.example/")]


def test_a_link_around_a_whole_paragraph_stays_with_that_paragraph(read):
    block = f"<a href='https://a.example/'><p>Whole. {PROSE}</p></a><p>After it. Whole. {PROSE}</p>"
    article = read(page(block), "a.html")
    assert words_of(paragraph_with(article, "After it")) == []
    assert words_of(paragraph_with(article, "Whole.")) == [(f"Whole. {PROSE}", "https://a.example/")]


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/wye", "https://news.example/wye"),
        ("wye.html", "https://news.example/2022/wye.html"),
        ("../wye", "https://news.example/wye"),
        ("?page=2", "https://news.example/2022/bridge?page=2"),
        ("//other.example/wye", "https://other.example/wye"),
        ("https://other.example/wye", "https://other.example/wye"),
    ],
)
@pytest.mark.parametrize(
    "head",
    ['<link rel="canonical" href="https://news.example/2022/bridge">', '<meta property="og:url" content="https://news.example/2022/bridge">'],
    ids=["canonical", "og:url"],
)  # fmt: skip
def test_a_relative_address_is_of_the_page_that_the_article_came_from(read, href, target, head):
    article = read(page(f"<p>More on <a href='{href}'>the river</a> there. {PROSE}</p>", head=head), "a.html")
    assert all_links(article) == [("the river", target)]


@pytest.mark.parametrize("href", ["/wye", "wye.html", "//other.example/x"])
def test_a_relative_address_of_a_page_that_does_not_say_where_it_is_leads_nowhere(read, href):
    article = read(page(f"<p>More on <a href='{href}'>the river</a> there. {PROSE}</p>"), "a.html")
    assert "the river" in article.paragraphs[2].text
    assert all_links(article) == []


BAD = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "mailto:a@b.example",
    "ftp://a.example/x",
    "https://",
    "http:///etc/passwd",
    "#nowhere",
    "#",
    "",
    "https://[::1",
    "https://a.example:99999999/",
]


@pytest.mark.parametrize("href", BAD)
def test_what_is_no_web_address_is_no_link_in_a_page(read, href):
    article = read(page(f'<p>More on <a href="{href}">the river</a> there. {PROSE}</p>'), "a.html")
    assert "More on the river there." in article.paragraphs[2].text
    assert all_links(article) == []


@pytest.mark.parametrize("href", [href for href in BAD if href != "https://"])
def test_what_is_no_web_address_is_no_link_in_a_page_that_says_where_it_is(read, href):
    head = '<link rel="canonical" href="https://news.example/bridge">'
    article = read(page(f'<p>More on <a href="{href}">the river</a> there. {PROSE}</p>', head=head), "a.html")
    assert article.url == "https://news.example/bridge"
    assert all_links(article) == []


@pytest.mark.parametrize("href", BAD)
def test_what_is_no_web_address_is_no_link_in_markdown(read, href):
    article = read(f"More on [the river](<{href}>) there.", "a.md")
    assert "the river" in article.paragraphs[0].text
    assert all_links(article) == []


# Notes


def test_a_footnote_leads_to_its_note_and_the_note_leads_back(read):
    article = read("First words.\n\nIt opened[^a] late.\n\nMore.\n\n[^a]: On *Saturday*.\n", "a.md")
    assert [p.text for p in article.paragraphs] == ["First words.", "It opened[1] late.", "More.", "[1] On Saturday."]
    assert marked(article.paragraphs[1]) == "It opened⟦[1]⟧ late."
    assert words_of(article.paragraphs[1]) == [("[1]", "#3")]
    assert words_of(article.paragraphs[3]) == [("[1]", "#1")]


def test_every_footnote_leads_to_its_own_note_and_back(read):
    text = "One[^x].\n\nTwo[^y] and three[^z].\n\n[^z]: Z.\n[^x]: X with [a word](https://a.example/).\n[^y]: Y.\n"
    article = read(text, "a.md")
    assert [p.text for p in article.paragraphs] == [
        "One[1].", "Two[2] and three[3].", "[1] X with a word.", "[2] Y.", "[3] Z.",
    ]  # fmt: skip
    assert [words_of(p) for p in article.paragraphs] == [
        [("[1]", "#2")],
        [("[2]", "#3"), ("[3]", "#4")],
        [("[1]", "#0"), ("a word", "https://a.example/")],
        [("[2]", "#1")],
        [("[3]", "#1")],
    ]


def test_a_footnote_is_its_own_mark_and_not_a_number_in_brackets_before_it(read):
    article = read("As [1] says, it opened[^a].\n\n[^a]: On Saturday.\n", "a.md")
    assert marked(article.paragraphs[0]) == "As [1] says, it opened⟦[1]⟧."


def test_a_footnote_in_a_table_leads_to_its_note(read):
    article = read("| Year |\n|---|\n| 2013[^a] |\n\n[^a]: About.\n", "a.md")
    assert words_of(article.paragraphs[1]) == [("[1]", "#2")]
    assert words_of(article.paragraphs[2]) == [("[1]", "#1")]


def test_a_footnote_that_is_not_there_is_left_as_it_is_written(read):
    article = read("It opened[^none] late.", "a.md")
    assert article.paragraphs[0].text == "It opened[^none] late."
    assert all_links(article) == []


def test_notes_of_a_page_lead_there_and_back(read):
    blocks = (
        f"<p>It opened late<a href='#fn1' id='ref1'>[1]</a>. {PROSE}</p><p>Between the two of them. {PROSE}</p>"
        f"<ol><li id='fn1'>So says the council of the county in a long note. <a href='#ref1'>back</a></li></ol>"
    )
    article = read(page(blocks), "a.html")
    here, note = paragraph_with(article, "It opened late"), paragraph_with(article, "So says")
    assert (words_of(here), words_of(note)) == ([("[1]", f"#{note.id}")], [("back", f"#{here.id}")])


@pytest.mark.parametrize(
    "anchor",
    ["<h2 id='there'>A heading over it all</h2>", "<a name='there'></a><p>A heading over it all. {p}</p>", "<p><span id='there'>A heading over it all.</span> {p}</p>", "<section id='there'><p>A heading over it all. {p}</p></section>"],
    ids=["heading", "name", "span", "section"],
)  # fmt: skip
def test_a_link_inside_the_page_leads_to_the_paragraph_of_its_anchor(read, anchor):
    article = read(page(f"<p>See <a href='#there'>below</a> for it. {PROSE}</p>", anchor.format(p=PROSE)), "a.html")
    assert words_of(article.paragraphs[2]) == [("below", f"#{paragraph_with(article, 'A heading over').id}")]


def test_a_link_to_an_anchor_that_holds_nothing_never_leads_out_of_the_article(read):
    text = page(f"<p>See <a href='#end'>the end</a> of it. {PROSE}</p>").replace(
        "</article>", "<p id='end'>&#x200b;</p></article>"
    )
    article = read(text, "a.html")
    assert all(int(t[1:]) < len(article.paragraphs) for _, t in all_links(article))
    assert "the end" in article.paragraphs[2].text


# Lists


def numbers(article: Article) -> list[tuple[str, int]]:
    return [(p.text.split()[0], p.level) for p in article.paragraphs if p.kind == "list"]


def test_items_of_a_numbered_list_keep_their_numbers_in_markdown(read):
    article = read("1. one\n2. two\n   - dot\n   - dash\n3. three\n\n   more of it\n\nBetween.\n\n5. five\n6. six\n", "a.md")  # fmt: skip
    assert numbers(article) == [
        ("one", 1), ("two", 2), ("dot", 0), ("dash", 0), ("three", 3), ("more", 0), ("five", 5), ("six", 6),
    ]  # fmt: skip


def items(*words: str) -> str:
    return "".join(f"<li>{word} of the things that are told in this long list.</li>" for word in words)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<ol>{items('One', 'Two')}</ol>", [("One", 1), ("Two", 2)]),
        (f"<ol start=5>{items('One', 'Two')}</ol>", [("One", 5), ("Two", 6)]),
        (f"<ol start='many'>{items('One')}</ol>", [("One", 1)]),
        (f"<ol start='99999999999999999999'>{items('One')}</ol>", [("One", 1)]),
        (f"<ul>{items('One', 'Two')}</ul>", [("One", 0), ("Two", 0)]),
        (f"<ol>{items('One')}</ol><ul>{items('Dot')}</ul><ol>{items('Uno')}</ol>", [("One", 1), ("Dot", 0), ("Uno", 1)]),
        (f"<ol><li>One of the things that are told in this list.<ul>{items('Dot')}</ul></li>{items('Two')}</ol>", [("One", 1), ("Dot", 0), ("Two", 2)]),
        ("<ol><li><p>One of the things that are told in this long list.</p></li></ol>", [("One", 1)]),
        (f"<ol><li></li></ol><ul>{items('Dot')}</ul>", [("Dot", 0)]),
    ],
    ids=["from one", "from five", "bad start", "great start", "bullets", "after another", "nested", "paragraphs", "empty before bullets"],
)  # fmt: skip
def test_items_of_a_numbered_list_keep_their_numbers_in_a_page(read, html, expected):
    assert numbers(read(page(html), "a.html")) == expected


# Tables


TABLE = [["Year", "", "Cost"], ["2013", "München 日本語", "2 million"], ["1", "x", "12 million pounds and more"]]


def bars(text: str) -> list[int]:
    """The columns that the rules of a row stand in."""
    return [cell_len(text[:at]) for at, char in enumerate(text) if char == "│"]


def test_rows_of_a_table_stand_in_columns_in_markdown(read):
    rows = ["| " + " | ".join(row) + " |" for row in TABLE]
    article = read("\n".join([rows[0], "|---|---|---|", *rows[1:]]), "a.md")
    assert {p.kind for p in article.paragraphs} == {"table"}
    assert [[cell.strip() for cell in p.text.split("│")] for p in article.paragraphs] == TABLE
    assert len({tuple(bars(p.text)) for p in article.paragraphs}) == 1


CELLS = [["The year of it", "The town it is in", "Cost"], ["2013 or so", "München 日本語", "2 million pounds"]]


@pytest.mark.parametrize("cell", ["{}", "<b>{}</b>"], ids=["plain", "marked up"])
def test_rows_of_a_table_stand_in_columns_in_a_page(read, cell):
    rows = "".join("<tr>" + "".join(f"<td>{cell.format(c)}</td>" for c in row) + "</tr>" for row in CELLS)
    shown = [p for p in read(page(f"<table>{rows}</table>"), "a.html").paragraphs if p.kind == "table"]
    assert [[part.strip() for part in p.text.split("│")] for p in shown] == CELLS
    assert len({tuple(bars(p.text)) for p in shown}) == 1


@given(st.lists(st.lists(st.sampled_from(["a", "日本", "e\u0301", "한국어 word", "", "long " * 7, "x"]), min_size=3, max_size=3), min_size=1, max_size=6))  # fmt: skip
def test_columns_are_straight_whatever_is_in_the_cells(read, rows):
    lines = ["| " + " | ".join(row) + " |" for row in [["one", "two", "three"], *rows]]
    article = read("\n".join([lines[0], "|---|---|---|", *lines[1:]]), "a.md")
    assert len(article.paragraphs) == len(rows) + 1
    assert len({tuple(bars(p.text.ljust(200))) for p in article.paragraphs}) == 1


# Saved articles


def article_of(*paragraphs: Paragraph) -> Article:
    return Article("Title", paragraphs)


def test_a_saved_article_keeps_its_links_and_numbers(read):
    text = "See [here](https://a.example/x?y=1) and here[^a].\n\n5. five\n\n[^a]: A note.\n"
    article = read(text, "a.md")
    again = saved.from_bytes(saved.to_bytes(article), "a.pack")
    assert len(all_links(article)) == 3
    assert again.paragraphs == article.paragraphs


@pytest.mark.parametrize(
    "link",
    [
        [-1, 3, "https://a.example/"],
        [3, 3, "https://a.example/"],
        [5, 3, "https://a.example/"],
        [0, 12, "https://a.example/"],
        [0, 3, "javascript:alert(1)"],
        [0, 3, "file:///etc/passwd"],
        [0, 3, "data:text/html,x"],
        [0, 3, "words"],
        [0, 3, ""],
        [0, 3, "#999"],
        [0, 3, "#2"],
        [0, 3, "#-1"],
        [0, 3, "#x"],
        [0, 3, "#"],
        [0, 3, "#99999999999999999999"],
    ],
    ids=str,
)
def test_a_bad_link_of_a_saved_article_is_left_out_and_the_good_ones_stay(link):
    data = json.loads(saved.to_bytes(article_of(Paragraph(0, "body", "Words here."), Paragraph(1, "body", "More."))))
    data["paragraphs"][0] = ["body", "Words here.", 0, [link, [0, 11, "#1"], [6, 10, "https://a.example/x"]]]
    again = saved.from_bytes(json.dumps(data).encode(), "a.pack")
    assert again.paragraphs[0].links == (Link(0, 11, "#1"), Link(6, 10, "https://a.example/x"))


# Whatever is fed


WORDS = st.sampled_from(["here", "the", "[1]", "1", "  ", "a\nb", "日本", "e\u0301", "*x*", "\u200b", "\u202e", "other", "()", "<b>x</b>", "![p](q.png)", ""])  # fmt: skip
TARGETS = st.sampled_from(["https://a.example/x", "http://b.example", "#fn1", "#a", "#0", "#-1", "/rel", "javascript:x", "data:x", "file:///x", "", "#", "//x", "https://[", "http://ü.example/ö"])  # fmt: skip
LINK = st.tuples(WORDS, TARGETS)
MARKDOWN = st.lists(
    st.one_of(
        LINK.map(lambda link: f"[{link[0]}](<{link[1]}>)"),
        WORDS,
        st.sampled_from(["[^a]", "[^b]", "^[inline]", "\n\n", "\n\n[^a]: note ", "\n\n[^b]: [^a] ", "\n\n> ", "\n\n1. ", "\n\n| a | b |\n|---|---|\n| [^a] | ", "\n\n# ", " | "]),
    ),
    max_size=25,
).map(" ".join)  # fmt: skip
HTML = st.lists(
    st.one_of(
        LINK.map(lambda link: f'<a href="{link[1]}">{link[0]}</a>'),
        LINK.map(lambda link: f'<a href="{link[1]}" id="a"><p>{link[0]}</p></a>'),
        WORDS,
        st.sampled_from(["<p id=fn1>", "<p id=a>", "</p>", "<a name=a></a>", "<li id=fn1>", "<ol start=3>", "</ol>", "<td>", "<tr>", "<table>", "</table>", "<br>", "<nav>", "</nav>", "<script>x</script>", "<a href='#a'>", "</a>", "<p id=a>\u200b</p>", PROSE]),
    ),
    max_size=25,
).map(" ".join)  # fmt: skip


def no_bad_link(article: Article) -> None:
    for paragraph in article.paragraphs:
        at = 0
        for link in paragraph.links:
            assert 0 <= link.start < link.end <= len(paragraph.text)
            assert at <= link.start, "links stand in order and beside each other"
            at = link.end
            if link.target.startswith("#"):
                assert 0 <= int(link.target[1:]) < len(article.paragraphs)
            else:
                assert re.match(r"https?://[a-z0-9.:\[\]-]+", link.target)


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(MARKDOWN)
def test_whatever_markdown_is_fed_every_link_is_of_the_text_and_leads_somewhere(read, text):
    no_bad_link(read(f"# Title\n\nFirst.\n\n{text}", "a.md"))


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(HTML, st.booleans())
@example('See <a href="#a">here</a> <p id=a>\u200b</p>', False)
@example('<a href="https://a.example/x"><p>here</p></a>', False)
def test_whatever_page_is_fed_every_link_is_of_the_text_and_leads_somewhere(read, body, has_base):
    head = '<link rel="canonical" href="https://news.example/b">' if has_base else ""
    no_bad_link(read(f"<html><head>{head}</head><body><p>First words.</p>{body}</body></html>", "a.html"))
