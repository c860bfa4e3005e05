"""Hostile text cannot hurt: the screen shows words, and the terminal gets no orders from an article or a pack."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import time
import unicodedata

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from reader.article.load import ArticleError, load_bytes
from reader.desk import DeskOptions
from reader.knowledge.build import PackBuilder, read_entities
from reader.knowledge.builtin import builtin_pack
from reader.knowledge.facts import read_facts
from reader.knowledge.model import Statement

UNSHRUNK = (Phase.explicit, Phase.generate)  # an app for every step of shrinking would take minutes
OSC52 = "\x1b]52;c;ZXZpbA==\x07"
OSC8 = "\x1b]8;;http://evil.example/\x1b\\click\x1b]8;;\x1b\\"
TITLE = "\x1b]0;evil\x07"
BIDI = "\u202eevil\u202c \u2066x\u2069 \u200f\u061c"
C1 = "\x9b31mred\x9d52;c;ZXZpbA==\x9c\x90q\x9c"
HARMFUL = {
    "every C0 code": "".join(f"{chr(n)} and a few words more " for n in (*range(1, 32), 127)) + "end",
    "every C1 code": "".join(map(chr, range(128, 160))) + " end",
    "clipboard": f"a {OSC52} b \x1b]52;c;ZXZpbA==\x1b\\ c",
    "link": f"a {OSC8} b",
    "window title": f"a {TITLE} b \x1b]2;evil\x1b\\ c",
    "screen": 'a \x1b[2J\x1b[H\x1b[31mred\x1b[0m\x1bc \x1b[?1049l \x1b[6n \x1b#8 \x1bP$q"p\x1b\\ b',
    "one-byte sequences": f"a {C1} b",
    "bidi": f"a {BIDI} b",
    "tags and invisibles": "a \U000e0041\U000e007f \u200b\u2060\ufeff\ufff9x\ufffb b",
    "noncharacters": "a \ufdd0 \uffff \U0010ffff b",
    "towers": "a" + "\u0301" * 500 + " b",
}
MARKUP = {
    "click": "[@click=app.quit()]press[/]",
    "wrong end": "[/nope] and [/]",
    "capital": "[B]x [A link=x]y [$error]z [_a=1]w [ b]v",
    "backslash": r"a\ \[b] [[c]] \\[/]",
    "rich": "[link=http://evil.example]x[/link] :skull: [#ff0000 on red]q",
    "css": "red; display: none } Screen { background: red",
}
WORST = "".join((OSC52, OSC8, TITLE, C1, BIDI, "[/nope][@click=app.quit()]q[/][B]x"))


def dangers_in(text: str) -> list[str]:
    """Characters that no terminal may be given, by their Unicode properties."""
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return [
        f"U+{ord(c):04X}"
        for c in text
        if unicodedata.category(c) in ("Cc", "Cs") or unicodedata.bidirectional(c) in bidi
    ]


def assert_harmless(seen) -> str:
    """Nothing on the screen now commands the terminal, links anywhere or can be clicked to act; its text."""
    strips = seen.app.screen._compositor.render_strips()
    segments = [segment for strip in strips for segment in strip]
    shown = "\n".join("".join(s.text for s in strip) for strip in strips)
    assert dangers_in("".join(s.text for s in segments)) == []
    assert [s.style.link for s in segments if s.style and s.style.link] == []
    assert [s.style.meta for s in segments if s.style and "@click" in s.style.meta] == []
    return shown


def is_refused(text: str, name: str) -> bool:
    """Whether this is no article; then one line says so."""
    try:
        load_bytes(text.encode("utf-8", "surrogatepass"), name=name)
    except ArticleError as refused:
        line = str(refused)
    else:
        return False
    assert name in line
    assert "\n" not in line
    return True


async def look_everywhere(seen) -> str:
    """Every paragraph with its margin, every claim's evidence, the keys and the way out; all that was read."""
    read = []
    for paragraph in range(min(6, len(seen.reading.article.paragraphs))):
        seen.pane.go_to(paragraph)
        await seen.pilot.pause(0.06)
        read += [assert_harmless(seen), seen.margin]
    for record in seen.claims("refuted", "supported", "conflicting")[:2]:
        seen.pane.go_to(record.claim.span.paragraph, record.claim.id, record.claim.span.start)
        for key in ("enter", "o"):
            await seen.press(key)
            read.append(assert_harmless(seen))
            while seen.has_dialog:
                await seen.press("escape")
    await seen.press("question_mark")
    read.append(assert_harmless(seen))
    await seen.press("escape")
    assert seen.app.is_running
    return "\n".join(read)


def as_plain(payload: str) -> tuple[str, str]:
    return (
        "article.txt",
        f"{payload}\n\nBy {payload}\n\nNASA administrator Robert Lightfoot said {payload} on Friday.\n",
    )


def as_markdown(payload: str) -> tuple[str, str]:
    line = payload.replace("\n", " ").replace("\r", " ")
    return "article.md", (
        f"---\ntitle: {line}\nauthor: {line}\ndate: 2022-07-17\n---\n\n# {line}\n\n> {line}\n\n- {line}\n\n"
        f"[{line}](http://x.example/{line.replace(' ', '')})\n\n"
        f"NASA administrator Robert Lightfoot said `{line}` on Friday.\n"
    )


def as_html(payload: str) -> tuple[str, str]:
    raw = payload.replace("<", "&lt;")
    coded = "".join(f"&#x{ord(c):x};" for c in payload)
    linked = json.dumps(
        {"@type": "NewsArticle", "headline": payload, "author": {"name": payload}, "datePublished": "2022-07-17"}
    )
    return "article.html", (
        f"<!doctype html><html lang='en'><head><title>{raw}</title><meta property='og:title' content='{coded}'>"
        f"<meta name='author' content='{coded}'>"
        f"<script type='application/ld+json'>{linked}</script><link rel='canonical' href='http://x.example/{coded}'></head><body><article><h1>{coded}</h1>"
        f"<p>NASA administrator Robert Lightfoot said {raw} on Friday, "
        f"and it was the longest thing that anybody had heard him say in a year.</p>"
        f"<blockquote><p>{coded} is what the man from the agency had written on the wall of the room.</p></blockquote>"
        f"<p title='{coded}'>The rest of the day was quiet and {coded} all in all.</p>"
        f"</article></body></html>"
    )


@pytest.mark.parametrize("form", [as_plain, as_markdown, as_html])
@pytest.mark.parametrize("payload", [*HARMFUL.values(), WORST], ids=[*HARMFUL, "all together"])
async def test_no_order_to_the_terminal_comes_through_an_article(open_reader, form, payload):
    name, text = form(payload)
    async with open_reader(text, name=name, options=DeskOptions(builtin=form is not as_plain), size=(100, 30)) as seen:
        shown = assert_harmless(seen)
        seen.pane.go_to(len(seen.reading.article.paragraphs) - 1)
        await seen.pilot.pause(0.06)
        shown += assert_harmless(seen)
        assert dangers_in(seen.margin + seen.head + seen.foot) == []
        assert "Robert Lightfoot" in shown


@pytest.mark.parametrize("payload", MARKUP.values(), ids=MARKUP)
async def test_markup_in_an_article_is_words_like_others(open_reader, payload):
    text = f"{payload}\n\nNASA administrator Robert Lightfoot said {payload} on Friday.\n"
    async with open_reader(text, size=(90, 40)) as seen:
        assert f"Lightfoot said {payload} on Friday" in seen.text.replace("· ", "")
        await look_everywhere(seen)


async def test_clicking_on_every_cell_of_an_article_full_of_markup_does_not_quit(open_reader):
    async with open_reader(
        "[@click=app.quit()]press[/] [@click=app.bell]me[/]\n\n[link=http://evil.example]here[/link]", size=(60, 16)
    ) as seen:
        opened = []
        seen.app.open_url = lambda url, **_: opened.append(url)
        for y in (3, 4, 5):
            for x in range(2, 40, 4):
                await seen.pilot.click(offset=(x, y))
        assert seen.app.is_running
        assert opened == []


NASTY = st.text(
    st.one_of(
        st.sampled_from(
            "\x00\x07\x08\x1b\x7f\x85\x90\x9b\x9c\x9d\u202e\u2066\u2069\u200f\ufeff"
            "[]@/\\=();:'\"$&<>#*_`~-|!é漢\u0301👩\u200d❤\ufe0f \n\t\r"
        ),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")),
    ),
    max_size=120,
)


@settings(max_examples=8, suppress_health_check=list(HealthCheck), phases=UNSHRUNK)
@given(
    st.lists(NASTY, min_size=1, max_size=30),
    st.sampled_from([as_plain, as_markdown, as_html]),
    st.sampled_from([(120, 40), (60, 20), (40, 12)]),
)
@example([WORST], as_html, (40, 12))
async def test_no_text_at_all_crashes_the_reader_or_commands_the_terminal(open_reader, pieces, form, size):
    name, text = form("\n\n".join(pieces))
    if is_refused(text, name):  # too many control codes: a binary file
        return
    async with open_reader(text, name=name, size=size, options=DeskOptions(builtin=False)) as seen:
        for key in ("j", "space", "G", "n", "tab", "space", "tab", "g"):
            await seen.pilot.press(key)
            assert_harmless(seen)
        await seen.pilot.resize_terminal(53, 17)
        await seen.pilot.pause()
        assert_harmless(seen)
        assert seen.app.is_running


@pytest.mark.parametrize(
    "text", ["X" * 4_000, "$1 " * 2_400, "Aa " * 5_000], ids=["one word in capitals", "sums of money", "names"]
)
async def test_no_paragraph_holds_up_the_keys_for_long(open_reader, text):
    async with open_reader(
        f"The first paragraph is short.\n\n{text}\n\nThe last paragraph is short.", checked=False
    ) as seen:
        worst, before = 0.0, time.monotonic()
        while not seen.reading.examining.is_done and worst < 2:
            await asyncio.sleep(0.01)
            now = time.monotonic()
            worst, before = max(worst, now - before), now
        assert worst < 2, "the screen was deaf for more than two seconds"


async def test_a_word_of_a_megabyte_can_be_read_past(open_reader):
    text = f"The first paragraph is short.\n\n{'x' * 1_000_000}\n\nThe last paragraph is short."
    async with open_reader(text, checked=False) as seen:
        await seen.press("j")
        assert "xxxxxxxx" in seen.text
        await seen.press("G")
        assert "The last paragraph is short." in seen.text
        await seen.pilot.resize_terminal(60, 20)
        await seen.until(lambda: max(map(len, seen.lines)) <= 60, "the new width is used")
        await seen.until(lambda: "The last paragraph is short." in seen.text, "the place is kept")


async def test_very_long_lines_and_many_of_them(open_reader):
    text = "\n\n".join(f"Paragraph {n} " + "word " * 2_000 for n in range(30))
    async with open_reader(text, options=DeskOptions(builtin=False)) as seen:
        await seen.press("G")
        assert "Paragraph 29" in seen.text


def nested(depth: int) -> str:
    words = "<p>The kernel of it is this sentence, and it is quite long enough to be read.</p>"
    return "<html><body>" + "<div><blockquote><ul><li>" * depth + words + "</li></ul></blockquote></div>" * depth


async def test_html_nested_two_hundred_deep_is_read(open_reader):
    async with open_reader(nested(50), name="deep.html") as seen:
        assert "The kernel of it is this sentence" in seen.text


async def test_html_nested_without_end_is_read_or_refused_in_one_line(open_reader):
    if not is_refused(nested(5_000), "deep.html"):
        async with open_reader(nested(5_000), name="deep.html") as seen:
            assert "The kernel of it is this sentence" in seen.text


def evil_entity(number: str, label: str, alias: str) -> dict:
    value = {"entity-type": "item", "id": "Q5"}
    when = {
        "time": "+1950-01-01T00:00:00Z",
        "precision": 11,
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
        "before": 0,
        "after": 0,
        "timezone": 0,
    }
    refs = [
        {
            "hash": "0",
            "snaks": {
                "P248": [{"snaktype": "value", "property": "P248", "datavalue": {"value": WORST, "type": "string"}}]
            },
        }
    ]
    kind = {
        "mainsnak": {"snaktype": "value", "datavalue": {"value": value, "type": "wikibase-entityid"}},
        "id": f"{number}$1{WORST}",
        "rank": "normal",
        "references": refs,
    }
    born = {
        "mainsnak": {"snaktype": "value", "datavalue": {"value": when, "type": "time"}},
        "id": f"{number}$2{WORST}",
        "rank": "normal",
        "references": refs,
    }
    named = {
        "mainsnak": {
            "snaktype": "value",
            "datavalue": {"value": {"text": WORST + alias, "language": "en"}, "type": "monolingualtext"},
        },
        "id": f"{number}$3",
        "rank": "normal",
        "references": refs,
    }
    return {
        "type": "item", "id": number, "labels": {"en": {"value": label}},
        "descriptions": {"en": {"value": f"somebody {WORST}"}},
        "aliases": {"en": [{"value": alias}, {"value": alias + WORST}]},
        "claims": {"P31": [kind], "P569": [born], "P1813": [named]}, "sitelinks": {"enwiki": {"title": label + WORST}},
        "lastrevid": 1, "modified": f"2024-01-01{WORST}",
    }  # fmt: skip


async def test_a_pack_built_from_hostile_wikidata_shows_its_words_and_no_more(open_reader, tmp_path):
    source = tmp_path / "evil.jsonl"
    source.write_text(
        "\n".join(
            json.dumps(e)
            for e in (evil_entity("Q1", f"Zed Quux{WORST}", "Zed Quux"), evil_entity("Q2", "Anna Bark", f"{WORST}Anna"))
        ),
        "utf-8",
    )
    out = tmp_path / "evil.pack"
    with PackBuilder(out, name=f"evil {WORST}") as builder:
        builder.add(read_entities(source))
        builder.finish()
    text = "Zed Quux was born on 3 March 1960.\n\nAnna Bark, who was born in 1940, met Zed Quux in 1930.\n"
    async with open_reader(text, options=DeskOptions(packs=(out,), builtin=False)) as seen:
        shown = await look_everywhere(seen)
        assert "somebody" in shown
        assert dangers_in(shown.replace("\n", "")) == []


FACTS = """
source = {worst}
snapshot = "2024-01-01"
licence = {worst}
[[entity]]
id = "local:acme"
label = "Acme Works"
kind = "organisation"
description = {worst}
statements = [{{ property = "P571", value = "1999-05-01" }}, {{ property = "P2388", value = "local:head" }}]
[[entity]]
id = "local:head"
label = "Director of Acme Works"
kind = "position"
statements = [{{ property = "P2389", value = "local:acme" }}]
[[entity]]
id = "local:zed"
label = "Zed Quux"
kind = "person"
description = {worst}
aliases = [{worst}]
statements = [
  {{ property = "P569", value = "1950-01-01", source = {worst}, url = {link} }},
  {{ property = "P570", value = "2001-01-01", source = {worst}, url = {link} }},
  {{ property = "P39", value = "local:head", start = "1999-05-01", end = "2001-01-01", role = {worst},
    ordinal = {worst}, source = {worst}, url = {link} }},
]
"""


async def test_a_pack_built_from_hostile_facts_shows_its_words_and_no_more(open_reader, tmp_path):
    source = tmp_path / "evil.toml"
    source.write_text(
        FACTS.format(
            worst=json.dumps("by " + WORST).replace("\\u007f", "\\u007F"),
            link=json.dumps("http://evil.example/" + WORST),
        ),
        "utf-8",
    )
    out = tmp_path / "evil.pack"
    with PackBuilder(out, name="evil") as builder:
        builder.add(read_facts(source))
        builder.finish()
    text = "Zed Quux was born on 3 March 1960.\n\nZed Quux, the director of Acme Works since 1999, died in 2011.\n"
    async with open_reader(text, options=DeskOptions(packs=(out,), builtin=False)) as seen:
        shown = await look_everywhere(seen)
        assert len(seen.claims("refuted")) > 0
        assert "evil" in shown


async def test_a_pack_that_somebody_else_wrote_gives_the_terminal_no_orders(open_reader, tmp_path):
    evil = tmp_path / "evil.pack"
    shutil.copy(builtin_pack(), evil)
    worse = msgspec.structs.replace
    with sqlite3.connect(evil) as pack:
        pack.execute(
            "UPDATE entity SET label = label || ?, description = coalesce(description, '') || ?, "
            "url = coalesce(url, 'http://evil.example/') || ?",
            (WORST, WORST, WORST),
        )
        rows = []
        for row, body in pack.execute("SELECT rowid, body FROM statement").fetchall():
            statement = msgspec.msgpack.decode(body, type=Statement)
            where = worse(
                statement.provenance,
                source=statement.provenance.source + WORST,
                url=(statement.provenance.url or "http://evil.example/") + WORST,
                licence=WORST,
            )
            rows.append((msgspec.msgpack.encode(worse(statement, id=statement.id + WORST, provenance=where)), row))
        pack.executemany("UPDATE statement SET body = ? WHERE rowid = ?", rows)
        pack.execute("UPDATE manifest SET value = value || ?", (WORST,))
    pack.close()
    async with open_reader(options=DeskOptions(packs=(evil,), builtin=False)) as seen:
        assert len(seen.claims("refuted")) > 0
        await look_everywhere(seen)


async def test_settings_and_theme_files_give_the_terminal_no_orders(open_reader, config, config_home):
    (config_home / "themes").mkdir()
    (config_home / "themes" / "bad.toml").write_text(f"name = {json.dumps(WORST)}\n{json.dumps(WORST)} = 1\n", "utf-8")
    own = config(
        f"theme = {json.dumps(WORST)}\n[keys]\nquit = {json.dumps(WORST)}\n{json.dumps(WORST)} = 'x'\n"
        f"[reading]\n{json.dumps(WORST)} = 1\n"
    )
    async with open_reader(own=own, size=(120, 60)) as seen:
        await seen.until(lambda: "Settings" in seen.text, "the problems are said")
        assert_harmless(seen)


@pytest.mark.parametrize("form", [as_plain, as_markdown, as_html])
def test_the_bytes_that_reach_a_terminal_hold_none_of_the_articles_own(terminal, tmp_path, form):
    name, text = form(WORST)
    path = tmp_path / name
    path.write_text(text, "utf-8", newline="")
    term = terminal(str(path), "--as-of", "2022-07-17")
    term.shows("Robert Lightfoot")
    term.until_checked()
    for key in "jjn":
        term.type(key)
    term.type("\r")
    term.until(lambda: "╭" in "".join(term.lines), "the evidence")
    term.type("\x1b")
    term.until(lambda: "╭" not in "".join(term.lines), "the article again")
    term.type("q")
    assert term.ends() == 0
    forbidden = [
        "\x1b]52",
        "\x1b]8;",
        "\x1b]0;",
        "\x1b]2;",
        "\x9b",
        "\x9d",
        "\x9c",
        "\x90",
        *"\u202e\u202c\u2066\u2069\u200f\u061c",
    ]
    assert [repr(code) for code in forbidden if code.encode() in term.raw] == []


def test_a_file_name_gives_the_terminal_no_orders(terminal, tmp_path):
    path = tmp_path / f"{OSC52.replace('/', '')}\u202e.txt"
    term = terminal(str(path))
    assert term.ends() == 2
    assert b"no such file" in term.raw
    assert b"\x1b" not in term.raw
    assert "\u202e".encode() not in term.raw
