"""Building packs from what public sources publish, as it is."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import stat
import tracemalloc
from datetime import date

import pytest

from reader import clock
from reader.knowledge.build import PackBuilder, read_entities, read_json_lines, read_reviews
from reader.knowledge.pack import Knowledge, Pack
from reader.knowledge.schema import PackError

ITEM = '{"type":"item","id":"%s","labels":{"en":{"language":"en","value":"%s"}},"claims":{}}'
ANNA, BOB = ITEM % ("Q1", "Anna"), ITEM % ("Q2", "Bob é")
BOTH = [("Q1", "Anna"), ("Q2", "Bob é")]
API = json.dumps({"entities": {"Q1": json.loads(ANNA), "Q2": json.loads(BOB)}, "success": 1}, ensure_ascii=False)
PRETTY = json.dumps([json.loads(ANNA), json.loads(BOB)], indent=2, ensure_ascii=False)


@pytest.fixture
def read(tmp_path):
    def entities(data: str | bytes, name: str = "some.json"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return [(r.entity.id, r.entity.label) for r in read_entities(path)]

    return entities


@pytest.mark.parametrize(
    "text",
    [
        f"[{ANNA},{BOB}]",
        f"[\n{ANNA},\n{BOB}\n]\n",
        f"[\r\n{ANNA},\r\n{BOB}\r\n]",
        f"{ANNA}\n{BOB}\n",
        f"{ANNA}\n\n\n{BOB}",
        f"[{ANNA},\n{BOB}]",
        PRETTY,
        PRETTY.replace("\n", "\r\n"),
        json.dumps(json.loads(PRETTY), indent=2),
        "\n".join(json.dumps(item, indent=4) for item in json.loads(PRETTY)),
        API,
        json.dumps(json.loads(API), indent=1),
    ],
    ids=[
        "one line",
        "dump",
        "windows dump",
        "lines",
        "empty lines",
        "two-line array",
        "pretty",
        "windows pretty",
        "escaped",
        "pretty objects",
        "api",
        "pretty api",
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_wikidatas_json_is_read_in_every_shape_it_is_published_in(read, text, packed):
    assert (read(gzip.compress(text.encode()), "some.json.gz") if packed else read(text)) == BOTH


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"success": 1} | json.loads(API), separators=(",", ":")),
        API.replace('{"entities"', '{ "entities" ', 1),
    ],
    ids=["success first", "spaces"],
)
def test_an_api_answer_is_read_however_it_is_laid_out(read, text):
    assert read(text) == BOTH


def test_what_an_api_answer_does_not_know_is_left_out(read):
    answer = json.loads(API)
    answer["entities"]["Q3"] = {"id": "Q3", "missing": ""}
    assert read(json.dumps(answer)) == BOTH


@pytest.mark.parametrize("shift", [0, 1])
def test_no_letter_of_a_long_pretty_printed_file_is_lost(read, shift):
    label = "x" * shift + "é" * 700_000
    found = read(json.dumps([{"id": "Q1", "labels": {"en": {"value": label}}}], indent=1, ensure_ascii=False))
    assert found == [("Q1", label)]


JUNK = {
    "markup": b"<html>\n<p>502 Bad Gateway</p>",
    "words": b"hello {",
    "numbers": b"[1,2]",
    "null": b"null",
    "cut": ANNA.encode()[:40],
    "cut array": f"[\n{ANNA},\n".encode() + BOB.encode()[:30],
    "two on a line": f"{ANNA},{BOB}".encode(),
    "id": b'{"id": 5, "labels": {"en": {"value": "x"}}}',
    "utf-16": f"[{ANNA}]".encode("utf-16"),
    "cut pretty": PRETTY.encode()[:-20],
    "after a good one": f"{ANNA}\nnonsense".encode(),
}
HARD_JUNK = {
    "array of words": b"[junk]",
    "entities list of numbers": b'{"entities":[1]}',
    "entity of numbers": b'{"entities":{"Q1":{"id":5}}}',
    "latin-1": b'{"id":\xff\n"Q1"}',
    "nested": b"[" * 100_000 + b"]" * 100_000,
}
HARD_GZIP = {"not gzip": ANNA.encode(), "cut gzip": gzip.compress(f"{ANNA}\n".encode() * 500)[:60]}


def _build(source, out) -> None:
    with PackBuilder(out, name="x") as builder:
        builder.add(read_entities(source))
        builder.finish()


def _fails_cleanly(folder, data: bytes, suffix: str = "json") -> None:
    source, out = folder / f"in.{suffix}", folder / "out" / "x.pack"
    source.write_bytes(data)
    with pytest.raises(PackError) as told:
        _build(source, out)
    assert "\n" not in str(told.value)
    assert str(told.value).isprintable()
    assert source.name in str(told.value)
    assert list(out.parent.iterdir()) == [], "neither half a pack nor a temporary file is left"


@pytest.mark.parametrize("kind", JUNK)
def test_junk_is_told_in_one_line_and_leaves_nothing_behind(tmp_path, kind):
    _fails_cleanly(tmp_path, JUNK[kind])


@pytest.mark.parametrize("kind", HARD_JUNK)
def test_hard_junk_is_told_in_one_line_and_leaves_nothing_behind(tmp_path, kind):
    _fails_cleanly(tmp_path, HARD_JUNK[kind])


@pytest.mark.parametrize("kind", HARD_GZIP)
def test_damaged_gzip_is_told_in_one_line_and_leaves_nothing_behind(tmp_path, kind):
    _fails_cleanly(tmp_path, HARD_GZIP[kind], "json.gz")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(PackError, match=r"nowhere\.json: cannot be read"):
        list(read_entities(tmp_path / "nowhere.json"))


def _half(read, part: str) -> list:
    labels = "" if "labels" in part else ',"labels":{"en":{"value":"Anna"}}'
    return read(f'{{"id":"Q1"{labels},{part}}}')


@pytest.mark.parametrize(
    "part",
    [
        '"aliases":{"en":null}',
        '"claims":{"P39":[{"mainsnak":{"datavalue":{"type":"wikibase-entityid","value":"Q5"}}}]}',
        '"claims":{"P39":[{"mainsnak":{"datavalue":{"type":"wikibase-entityid","value":{"id":"Q5"}}},'
        '"qualifiers":{"P580":[null]}}]}',
    ],
    ids=["null aliases", "word for an item", "null qualifier"],
)
def test_an_entity_with_a_broken_part_is_kept_as_far_as_it_goes(read, part):
    assert _half(read, part) == [("Q1", "Anna")]


@pytest.mark.parametrize(
    "part",
    [
        '"aliases":{"en":"Ann"}',
        '"sitelinks":{"enwiki":null}',
        '"labels":{"en":{"value":"Anna"},"de":null}',
        '"claims":{"P39":[null]}',
        '"claims":{"P39":null}',
        '"claims":{"P39":[{"mainsnak":{"datavalue":null}}]}',
    ],
)
def test_half_an_entity_is_kept_as_far_as_it_goes(read, part):
    assert _half(read, part) == [("Q1", "Anna")]


def test_a_failed_build_leaves_the_old_pack_as_it_was(tmp_path, build, wd):
    pack = build([wd.item("Q1", "Anna")])
    before = pack.read_bytes()
    (tmp_path / "bad.json").write_text("junk")
    with pytest.raises(PackError):
        _build(tmp_path / "bad.json", pack)
    assert pack.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_build_that_is_stopped_leaves_nothing_behind(tmp_path, wd):
    out = tmp_path / "out" / "x.pack"
    with pytest.raises(KeyboardInterrupt), PackBuilder(out, name="x"):
        raise KeyboardInterrupt
    assert list(out.parent.iterdir()) == []


def test_a_build_that_is_not_finished_leaves_nothing_behind(tmp_path):
    out = tmp_path / "out" / "x.pack"
    with PackBuilder(out, name="x"):
        pass
    assert list(out.parent.iterdir()) == []


def test_a_pack_is_one_readable_file(tmp_path, build, wd):
    pack = build([wd.item("Q1", "Anna")], "one")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.jsonl.gz", "one.pack"]
    assert stat.S_IMODE(os.stat(pack).st_mode) == 0o644
    with sqlite3.connect(pack) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_manifest_says_name_day_sources_licences_and_knowledge_date(tmp_path, build, wd):
    items = [
        wd.item("Q1", "A", {"P569": [wd.claim(wd.time("+1960-01-01"))]}, modified="2021-06-21T23:52:40Z", lastrevid=7),
        wd.item("Q2", "B", {"P569": [wd.claim(wd.time("+1961-01-01"))]}, modified="2020-01-01T00:00:00Z"),
    ]
    clock.set_today(date(2026, 5, 4))
    try:
        manifest = Pack(build(items, "mine")).manifest
        dated = Pack(build(items, "dated", "2025-12-31"))
    finally:
        clock.set_today(None)
    assert manifest["name"] == "mine"
    assert manifest["made"] == "2026-05-04"
    assert manifest["snapshot"] == "2021-06-21", "the latest `modified` in the input"
    assert (manifest["sources"], manifest["licences"]) == ("Wikidata", "CC0")
    assert dated.manifest["snapshot"] == "2025-12-31"
    assert {s.provenance.retrieved for s in dated.statements("Q2")} == {"2025-12-31"}


def test_the_same_entity_told_twice_is_one_entity_with_all_that_was_told(build, wd):
    first = wd.item("Q1", "Anna", {"P569": [wd.claim(wd.time("+1960-01-01"), key="Q1$a")]})
    second = wd.item(
        "Q1", "Anna K.", {"P570": [wd.claim(wd.time("+2020-01-01"), key="Q1$b")]}, aliases={"en": [{"value": "Annie"}]}
    )
    pack = Pack(build([first, second]))
    assert pack.counts["entity"] == 1
    assert {s.property for s in pack.statements("Q1")} == {"P569", "P570"}
    assert [e.label for e, _ in pack.named("annie")] == ["Anna"]


CODES = "\x1b[31m\u202e\u200b\x07"


def test_no_control_code_of_an_entitys_words_gets_into_a_pack(build, wd):
    claims = {"P1448": [wd.claim(wd.text(f"A{CODES}"))], "P569": [wd.claim(wd.time("+1960-01-01"), key=f"Q1${CODES}")]}
    claims["P39"] = [wd.claim(wd.value("Q5"), P1545=wd.string(f"4{CODES}"))]
    item = wd.item(
        "Q1",
        f"Anna{CODES}",
        claims,
        aliases={"en": [{"value": f"B{CODES}"}]},
        descriptions={"en": {"value": f"C{CODES}"}},
    )
    pack = Pack(build([item]))
    text = repr([pack.entity("Q1"), pack.statements("Q1")])
    assert "Anna" in text
    assert not [c for c in ("\\x1b", "\\u202e", "\\u200b", "\\x07") if c in text]


@pytest.mark.parametrize("place", ["id", "value", "modified", "unit"])
def test_no_control_code_of_an_entitys_ids_gets_into_a_pack(build, wd, place):
    item = wd.item("Q1", "Anna", {"P39": [wd.claim(wd.value("Q5"))]}, modified="2020-01-01T00:00:00Z")
    if place == "id":
        item["id"] = f"Q1{CODES}"
    elif place == "value":
        item["claims"]["P39"][0]["mainsnak"]["datavalue"]["value"]["id"] = f"Q5{CODES}"
    elif place == "modified":
        item["modified"] = CODES + "2020-01-01"
    else:
        value = {"amount": f"+5{CODES}", "unit": f"http://x/Q1{CODES}"}
        item["claims"]["P39"][0]["mainsnak"]["datavalue"] = {"type": "quantity", "value": value}
    pack = Pack(build([item]))
    text = repr([(pack.entity(i), pack.statements(i)) for i in ("Q1", f"Q1{CODES}")])
    assert not [c for c in ("\\x1b", "\\u202e", "\\u200b", "\\x07") if c in text]


@pytest.fixture
def filled(tmp_path):
    """A pack of pages and reviews read from files, and the numbers taken in."""

    def fill(pages: str | None = None, reviews: str | None = None):
        out = tmp_path / "filled.pack"
        taken = []
        with PackBuilder(out, name="filled") as builder:
            for text, add, reader in (
                (pages, builder.add_pages, read_json_lines),
                (reviews, builder.add_reviews, read_reviews),
            ):
                if text is not None:
                    (tmp_path / "in.json").write_text(text, "utf-8")
                    taken.append(add(reader(tmp_path / "in.json")))
            builder.finish()
        return out, taken

    return fill


PAGE = {
    "title": "Soyuz MS-22",
    "extract": "Soyuz MS-22 was a crewed flight.\n\nIt launched in 2022.",
    "revision": 12345,
    "url": "https://en.wikipedia.org/wiki/Soyuz_MS-22",
    "wikidata": "Q113522066",
}


def test_pages_come_in_with_their_address_revision_and_entity_and_can_be_searched(filled):
    pack, taken = filled(pages=json.dumps(PAGE) + "\n" + json.dumps(PAGE | {"title": "Another", "extract": "Nothing."}))
    assert taken == [2] == [Pack(pack).counts["page"]]
    with sqlite3.connect(pack) as db:
        row = db.execute("SELECT title, extract, url, revision, entity FROM page WHERE id = 1").fetchone()
        found = db.execute(
            "SELECT p.title FROM page_text t JOIN page p ON p.id = t.rowid WHERE page_text MATCH 'launch'"
        ).fetchall()
    assert row == (PAGE["title"], PAGE["extract"], PAGE["url"], "12345", PAGE["wikidata"])
    assert found == [("Soyuz MS-22",)]


def test_pages_without_title_or_text_and_empty_items_are_left_out(filled):
    lines = [None, {}, PAGE | {"title": None}, PAGE | {"extract": ""}, PAGE, [], "x"]
    assert filled(pages=json.dumps(lines))[1] == [1]


def test_a_pages_words_and_address_pass_the_door(filled):
    bad = PAGE | {"title": f"A{CODES}", "extract": f"B{CODES}", "url": "javascript:alert(1)"}
    with sqlite3.connect(filled(pages=json.dumps(bad))[0]) as db:
        title, extract, url = db.execute("SELECT title, extract, url FROM page").fetchone()
    assert (title, extract, url) == ("A[31m", "B[31m", None)


@pytest.mark.parametrize("entity", [["Q1"], {"id": "Q1"}, f"Q1{CODES}", "\ud800"])
def test_a_pages_entity_of_the_wrong_shape_is_no_crash_and_no_control_code(filled, entity):
    try:
        pack, _ = filled(pages=json.dumps(PAGE | {"wikidata": entity}))
    except PackError:
        return
    with sqlite3.connect(pack) as db:
        (found,) = db.execute("SELECT entity FROM page").fetchone()
    assert found is None or found.isprintable()


REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": "The Moon is cheese.",
    "url": "https://example.org/moon",
    "datePublished": "2022-07-17",
    "author": {"name": "Checkers"},
    "reviewRating": {"alternateName": "False", "ratingValue": "1"},
    "sdLicense": "CC BY 4.0",
}


@pytest.mark.parametrize(
    "feed",
    [
        {"@type": "DataFeed", "dataFeedElement": [{"item": [REVIEW]}, {"item": REVIEW}]},
        [REVIEW, REVIEW],
        {"dataFeedElement": [None, {"item": None}, {"item": [None, REVIEW]}, {"item": []}, REVIEW, "x", 5]},
    ],
    ids=["feed", "array", "null items"],
)
def test_claim_reviews_come_in_from_every_shape_of_feed(filled, feed):
    pack, taken = filled(reviews=json.dumps(feed, indent=1))
    assert taken == [2]
    with sqlite3.connect(pack) as db:
        rows = db.execute("SELECT claim, rating, publisher, url, reviewed, licence FROM review").fetchall()
    assert (
        rows
        == [("The Moon is cheese.", "False", "Checkers", "https://example.org/moon", "2022-07-17", "CC BY 4.0")] * 2
    )


@pytest.mark.parametrize("indent", [None, 1], ids=["one line", "pretty"])
def test_a_null_item_of_an_array_is_passed_over(filled, indent):
    assert filled(reviews=json.dumps([None, REVIEW, {"dataFeedElement": [{"item": [REVIEW]}]}, None], indent=indent))[
        1
    ] == [2]


def test_claim_reviews_come_in_from_json_lines(filled):
    assert filled(reviews="\n".join([json.dumps(REVIEW)] * 3))[1] == [3]


@pytest.mark.parametrize(
    "fault",
    [
        {"reviewRating": None},
        {"reviewRating": {"ratingValue": 1}},
        {"claimReviewed": None},
        {"claimReviewed": 5},
        {"reviewRating": "False"},
    ],
)
def test_a_review_without_a_claim_or_a_worded_rating_is_left_out(filled, fault):
    assert filled(reviews=json.dumps([REVIEW | fault, REVIEW]))[1] == [1]


def test_a_reviews_wording_is_the_publishers_and_a_missing_publisher_stays_missing(filled):
    pack, _ = filled(
        reviews=json.dumps(
            [REVIEW | {"author": None, "reviewRating": {"alternateName": "Pants on Fire!"}, "url": None}]
        )
    )
    with sqlite3.connect(pack) as db:
        assert db.execute("SELECT rating, publisher, url FROM review").fetchone() == ("Pants on Fire!", None, None)


@pytest.mark.parametrize("junk", ['{"a": ', "nonsense", '{"a": tru}', '{"a": 1}\n{"b": }'])
@pytest.mark.parametrize("read_items", [read_json_lines, read_reviews])
def test_junk_pages_and_reviews_are_told_in_one_line(tmp_path, junk, read_items):
    (tmp_path / "in.json").write_text(junk)
    with pytest.raises(PackError, match=r"^in\.json: [^\n]+$"):
        list(read_items(tmp_path / "in.json"))


@pytest.mark.parametrize("read_items", [read_json_lines, read_reviews])
def test_a_junk_array_of_pages_or_reviews_is_told_in_one_line(tmp_path, read_items):
    (tmp_path / "in.json").write_text('[{"a"}]')
    with pytest.raises(PackError, match=r"^in\.json: [^\n]+$"):
        list(read_items(tmp_path / "in.json"))


@pytest.mark.parametrize("shape", ["lines", "pretty array"])
def test_memory_does_not_grow_with_the_input(tmp_path, shape):
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.json"
        item = json.loads(ANNA) | {"sitelinks": {"enwiki": {"title": "x" * 400}}}
        items = (json.dumps(item | {"id": f"Q{n}"}, indent=1 if shape != "lines" else None) for n in range(count))
        with path.open("w") as stream:
            stream.write("[\n" + ",\n".join(items) + "\n]")
        tracemalloc.start()
        try:
            with PackBuilder(tmp_path / f"{count}.pack", name="x") as builder:
                assert builder.add(read_entities(path)) == count
                builder.finish()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    small, large = peak(5_000), peak(25_000)
    assert large < small * 1.5 + 1_000_000


def test_an_entity_is_found_by_label_alias_article_and_without_initials(know, wd):
    item = wd.item(
        "Q1",
        "John H. Glenn",
        {"P31": [wd.claim(wd.value("Q5"))]},
        aliases={"en": [{"value": "Mister Gléñn"}], "mul": [{"value": "J. Glenn"}], "de": [{"value": "Hans Glenn"}]},
        sitelinks={"enwiki": {"title": "John Glenn (astronaut)"}},
    )
    knowledge: Knowledge = know([item])
    for name in ("John H. Glenn", "JOHN GLENN", "mister glenn", "j glenn"):
        assert [e.id for e, _ in knowledge.named(name)][:1] == ["Q1"], name
    assert knowledge.named("Hans Glenn") == []
    assert knowledge.named("John") == []


@pytest.mark.parametrize("prop", ["P1448", "P1813"])
def test_an_official_or_a_short_name_is_an_alias(know, wd, prop):
    knowledge = know([wd.item("Q1", "Institute of Things", {prop: [wd.claim(wd.text("InstThings"))]})])
    assert [e.id for e, _ in knowledge.named("InstThings")] == ["Q1"]
