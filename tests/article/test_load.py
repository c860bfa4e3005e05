"""What cannot be read as an article is refused in one plain line; what can be, is read."""

from __future__ import annotations

import gzip
import io

import pytest

from reader.article.load import ArticleError, load_bytes, load_path, load_stream

STORY = "The café in Łódź opened and nobody was hurt, the council said."


def refusal(call, *arguments, **options):
    with pytest.raises(ArticleError) as refused:
        call(*arguments, **options)
    line = str(refused.value)
    assert "\n" not in line
    return line


def test_a_missing_file_is_named(tmp_path):
    line = refusal(load_path, tmp_path / "gone.txt")
    assert "gone.txt" in line
    assert "no such file" in line


def test_a_directory_is_no_article(tmp_path):
    assert "directory" in refusal(load_path, tmp_path)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_an_empty_file_holds_no_article(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)
    assert name in refusal(load_path, tmp_path / name)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00",
        gzip.compress(b"words " * 100),
        b"%PDF-1.7\nwords",
        b"PK\x03\x04words",
        bytes(range(256)),
    ],
    ids=["png", "gzip", "pdf", "zip", "bytes"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a"])
def test_a_binary_file_is_refused_whatever_its_name(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)
    assert "binary" in refusal(load_path, tmp_path / name)


def test_a_file_over_the_limit_is_refused_and_the_line_says_how_to_raise_it(tmp_path):
    (tmp_path / "big.txt").write_text("word " * 100, "utf-8")
    assert "--max-size" in refusal(load_path, tmp_path / "big.txt", max_bytes=499)
    assert load_path(tmp_path / "big.txt", max_bytes=500).paragraphs


def test_standard_input_has_the_same_limit():
    assert "--max-size" in refusal(load_stream, io.BytesIO(b"word " * 100), max_bytes=499)
    assert load_stream(io.BytesIO(b"word " * 100), max_bytes=500).paragraphs


def test_a_name_with_control_codes_is_shown_without_them(tmp_path, dangers_in):
    line = refusal(load_path, tmp_path / "evil\x1b[2J\nname\u202e.txt")
    assert "evil" in line
    assert dangers_in(line) == []


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    assert "file" in refusal(load_path, tmp_path / "nul\x00byte.txt")


def test_a_file_that_is_read_knows_where_it_came_from(tmp_path):
    (tmp_path / "ä b.txt").write_text(STORY, "utf-8")
    article = load_path(tmp_path / "ä b.txt")
    assert article.paragraphs[0].text == STORY
    assert article.url == (tmp_path / "ä b.txt").resolve().as_uri()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-with-mark"])
def test_unicode_text_in_its_common_encodings_is_read_without_a_warning(encoding):
    data = b"\xff\xfe" + STORY.encode("utf-16-le") if encoding.endswith("with-mark") else STORY.encode(encoding)
    article = load_bytes(data, name="a.txt")
    assert (article.paragraphs[0].text, article.warnings) == (STORY, ())


def test_text_in_another_encoding_is_read_and_a_warning_says_so():
    article = load_bytes("The café was “closed” – no.".encode("cp1252"), name="a.txt")
    assert article.paragraphs[0].text == "The café was “closed” – no."
    assert len(article.warnings) == 1
    assert article.warnings[0].startswith("a.txt: is not UTF-8")


def test_one_broken_byte_does_not_garble_a_text_in_utf_8():
    article = load_bytes(("Łódź, " * 20).encode() + b"\xff words.", name="a.txt")
    assert article.paragraphs[0].text.startswith("Łódź, Łódź")
    assert article.warnings


def test_a_page_is_read_in_the_encoding_it_declares():
    page = '<html><head><meta charset="iso-8859-2"></head><p>Łódź jest miastem w Polsce.</p>'
    article = load_bytes(page.encode("iso-8859-2"), name="a.html")
    assert (article.paragraphs[0].text, article.warnings) == ("Łódź jest miastem w Polsce.", ())


@pytest.mark.parametrize("declared", ["no-such-thing", "hex", "utf-8", "undefined", "idna"])
def test_a_page_in_another_encoding_than_it_declares_is_read_with_a_warning(declared):
    page = f'<html><meta charset="{declared}"><p>The café was open all day long.</p>'
    article = load_bytes(page.encode("cp1252"), name="a.html")
    assert article.paragraphs[0].text == "The café was open all day long."
    assert article.warnings


@pytest.mark.parametrize("start", ["<!DOCTYPE html><html>", "<html>", "<!-- note --><html>", "<article>"])
def test_a_page_without_a_name_is_known_by_its_first_bytes(read, start):
    article = read(f"{start}<p>The bridge opened on Saturday after nine years.</p>", "standard input")
    assert article.paragraphs[0].text == "The bridge opened on Saturday after nine years."


def test_a_text_file_that_speaks_of_tags_stays_text(read):
    words = "<p> is how a paragraph begins in HTML."
    assert read(words, "notes.txt").paragraphs[0].text == words


def test_english_is_known_by_its_common_words_and_other_languages_are_left_unknown(read):
    assert read("The bridge over the river was opened by the mayor on the day that was set for it.").language == "en"
    assert read("Die Brücke über den Fluss wurde am Samstag von der Bürgermeisterin eröffnet.").language is None
