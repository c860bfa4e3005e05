"""A web page opens as an article: bounded, clean, from the machine it says it is from, and again when there is no network."""

from __future__ import annotations

import contextlib
import gzip
import re
import time
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.article.load import ArticleError
from reader.article.model import Article
from reader.settings import Sources
from reader.sources import addresses, web
from reader.sources.model import JunkError, RefusedError, SourceError, UnreachableError
from reader.sources.web import fetch, open_page

pytestmark = pytest.mark.usefixtures("few_authorities")

HOW = Sources()
LIMIT = 2_000_000
STORY = [
    "The bridge over the river was opened on Tuesday by the mayor of the town, who said that it had been a long time coming.",
    "It is 320 metres long and was built in four years, at a cost that the town has not made public so far.",
    "The old bridge will be closed for good at the end of the month, and a part of it will be kept as a memorial.",
    "People who live near the river have mostly welcomed the new bridge, though some of them fear that there will be more traffic.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in STORY)
PAGE = f"<html lang=en><head><title>A new bridge</title></head><body><article><h1>A new bridge</h1>{PARAGRAPHS}</article></body></html>"


async def opened(url: str, **more: Any) -> Article:
    return await open_page(url, HOW, **{"allow_private": True, "max_bytes": LIMIT, **more})


async def refused(url: str, **more: Any) -> str:
    """The one line that a page which cannot be opened is told in; it names the page or its host."""
    with pytest.raises(ArticleError) as caught:
        await opened(url, **more)
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 300
    return line


def text_of(article: Article) -> str:
    return "\n".join(paragraph.text for paragraph in article.paragraphs)


# What a page says of itself


async def test_a_page_brings_its_title_its_author_its_day_and_its_language(site):
    site.give(
        "/bridge",
        f"""<html lang="en-GB"><head><title>The Daily - a new bridge</title>
        <meta property="og:title" content="A new bridge"><meta name="author" content="Ann Smith">
        <meta property="article:published_time" content="2024-05-07T08:30:00Z"></head>
        <body><nav><a href="/">Home</a></nav><article><h1>A new bridge</h1>{PARAGRAPHS}</article></body></html>""",
    )
    article = await opened(site.url + "/bridge")
    assert (article.title, article.byline, article.language) == ("A new bridge", "Ann Smith", "en")
    assert (article.published, article.as_of.source, article.as_of.date.iso) == ("2024-05-07", "metadata", "2024-05-07")
    assert all(text in text_of(article) for text in STORY)
    assert article.warnings == ()


async def test_the_readers_own_day_goes_before_that_of_the_page(site):
    site.give("/bridge", PAGE.replace("<head>", '<head><meta name="date" content="2024-05-07">'))
    article = await opened(site.url + "/bridge", as_of="2023-01")
    assert (article.as_of.source, article.as_of.date.iso) == ("option", "2023-01")


@pytest.mark.parametrize(
    ("canonical", "is_kept"),
    [
        ("http://news.example/real", True),
        ("https://www.news.example/real", True),
        ("https://m.news.example/real", True),
        ("https://evil.example/real", False),
        ("https://news.example.evil.example/real", False),
        ("https://xnews.example/real", False),
        ("https://example/real", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("", False),
        ("/relative", False),
    ],
)
async def test_a_page_may_name_its_own_address_but_only_on_its_own_site(site, address_book, canonical, is_kept):
    address_book.lead("news.example", ("127.0.0.1",))
    site.give("/a", PAGE.replace("<head>", f'<head><link rel="canonical" href="{canonical}">'))
    url = f"http://news.example:{site.port}/a"
    assert (await opened(url)).url == (canonical if is_kept else url)


async def test_a_page_is_where_its_redirects_lead_in_the_end(site):
    site.give("/old", status=301, Location="/newer")
    site.give("/newer", status=308, Location="new?id=1")
    site.give("/new", PAGE)
    assert (await opened(site.url + "/old")).url == site.url + "/new?id=1"


async def test_a_site_is_told_who_asks(site):
    site.give("/a", PAGE)
    await open_page(site.url + "/a", Sources(contact="me@example.org"), allow_private=True, max_bytes=LIMIT)
    headers = site.asked[0].headers
    assert headers["user-agent"].startswith("Caveat/")
    assert "me@example.org" in headers["user-agent"]
    assert "text/html" in headers["accept"]
    assert {"cookie", "referer", "authorization"}.isdisjoint(headers)


# In which letters


CYRILLIC = "<html lang=ru><head>{}<title>Мост</title></head><body><article><h1>Новый мост</h1>" + "<p>Новый мост через реку открыли во вторник, и мэр города сказал, что его ждали очень долго, много лет подряд.</p>" * 4 + "</article></body></html>"  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "kind", "meta"),
    [
        ("windows-1251", "text/html; charset=windows-1251", ""),
        ("windows-1251", 'text/html; charset="windows-1251"', ""),
        ("windows-1251", "text/html;charset=windows-1251", ""),
        ("windows-1251", "TEXT/HTML; Charset=Windows-1251", ""),
        ("windows-1251", "text/html; charset=windows-1251; level=1", ""),
        ("windows-1251", "text/html; level=1; charset=windows-1251", ""),
        ("windows-1251", "text/html; charset=windows-1251", '<meta charset="utf-8">'),
        ("windows-1251", "text/html", '<meta charset="windows-1251">'),
        ("koi8-r", "text/html", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'),
        ("koi8-r", "application/xhtml+xml; charset=koi8-r", ""),
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=utf-8", '<meta charset="windows-1251">'),
        ("utf-8-sig", "text/html; charset=utf-8", ""),
        ("utf-16", "text/html", ""),
        ("utf-8", "text/html; charset=no-such-encoding", ""),
        ("utf-8", "text/html; charset=hex", ""),
        ("utf-8", "text/html; charset=undefined", ""),
        ("utf-8", "text/html; charset=", ""),
    ],
)
async def test_a_page_in_another_encoding_is_read_in_it(site, encoding, kind, meta):
    site.give("/a", CYRILLIC.format(meta).encode(encoding), kind=kind)
    article = await opened(site.url + "/a")
    assert article.title in ("Мост", "Новый мост")
    assert "через реку открыли во вторник" in text_of(article)


@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "ISO8859-1", "us-ascii", "windows-1252"])
async def test_quotation_marks_of_a_page_that_says_latin_1_are_not_lost(site, label):
    """To the web, Latin-1 and ASCII are names of Windows-1252 (encoding.spec.whatwg.org/#names-and-labels)."""
    page = PAGE.replace("The bridge over", "“A wonder”, the café said – the bridge over").encode("windows-1252")
    site.give("/a", page, kind=f"text/html; charset={label}")
    assert "“A wonder”, the café said – the bridge over" in text_of(await opened(site.url + "/a"))


async def test_a_byte_order_mark_goes_before_what_the_server_says(site):
    """html.spec.whatwg.org/multipage/parsing.html, 13.2.3.2: first the mark, then the server's word."""
    site.give("/a", CYRILLIC.format("").encode("utf-8-sig"), kind="text/html; charset=windows-1251")
    assert "через реку открыли" in text_of(await opened(site.url + "/a"))


# Which kinds


@pytest.mark.parametrize(
    "kind", ["text/plain", "text/plain; charset=utf-8", "text/markdown", "text/markdown; variant=GFM"]
)
async def test_plain_text_and_markdown_are_articles_too(site, kind):
    head = "# A new bridge\n\n" if "markdown" in kind else "A new bridge\n\n"
    site.give("/a", head + "\n\n".join(STORY), kind=kind)
    article = await opened(site.url + "/a")
    assert article.title == "A new bridge"
    assert all(text in text_of(article) for text in STORY)


async def test_plain_text_is_not_read_as_html(site):
    site.give("/a", "\n\n".join([*STORY, "Write <b>this</b> for bold."]), kind="text/plain")
    assert "<b>this</b>" in text_of(await opened(site.url + "/a"))


@pytest.mark.parametrize(
    "kind",
    ["application/pdf", "image/png", "video/mp4", "application/octet-stream", "application/json", "text/css", "application/zip", "nonsense", "image/svg+xml; charset=utf-8"],
)  # fmt: skip
async def test_what_is_no_page_of_text_is_refused_and_named(site, kind):
    site.give("/a", b"%PDF-1.7 " + bytes(range(256)) * 20, kind=kind)
    line = await refused(site.url + "/a")
    assert kind.partition(";")[0] in line
    assert "127.0.0.1" in line


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7\n" + bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + bytes(5000), b"", b"   \n"]
)
async def test_a_page_that_is_none_whatever_it_says_is_told_by_its_address(site, body):
    site.give("/story-7", body)
    assert "127.0.0.1" in await refused(site.url + "/story-7")


@pytest.mark.parametrize("kind", [None, "text/html"])
async def test_a_page_whose_kind_is_not_said_is_a_web_page(site, kind):
    site.give("/a", PAGE, kind=kind)
    assert (await opened(site.url + "/a")).title == "A new bridge"


# When it is not there


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 410, 418, 429, 451, 500, 502, 503, 504])
async def test_a_page_that_is_not_given_is_told_in_one_line_with_the_hosts_own_number(site, status):
    site.give("/a", PAGE, status)
    line = await refused(site.url + "/a")
    assert str(status) in line
    assert "127.0.0.1" in line


async def test_the_usual_refusals_are_told_in_words(site):
    words = {}
    for status in (401, 403, 404, 410, 429, 500):
        site.give(f"/{status}", PAGE, status)
        words[status] = await refused(f"{site.url}/{status}")
    assert "login" in words[401]
    assert "no such page" in words[404]
    assert "removed" in words[410]
    assert "busy" in words[429]
    assert len({re.sub(r"\d+", "", line) for line in words.values()}) == 6


@pytest.mark.parametrize(
    "body",
    ["<html><body><div id=root></div><script>start()</script></body></html>", "<html><body><p>Please sign in to read on.</p></body></html>", "<html><body><noscript>Please turn JavaScript on.</noscript></body></html>"],
)  # fmt: skip
async def test_a_page_without_its_text_is_said_to_have_too_little(site, body):
    site.give("/a", body)
    line = await refused(site.url + "/a")
    assert site.url + "/a" in line
    assert "text" in line


async def test_a_page_that_is_too_large_names_the_option_that_raises_the_limit(site):
    site.give("/a", PAGE + " " * 30_000)
    site.give("/packed", PAGE + " " * 30_000, packed=True)
    for path in ("/a", "/packed"):
        assert "--max-size" in await refused(site.url + path, max_bytes=20_000)
        assert (await opened(site.url + path, max_bytes=60_000)).title == "A new bridge"


@pytest.mark.parametrize("more", [{"Content_Encoding": "gzip"}, {"Content_Encoding": "br"}])
async def test_a_page_that_is_broken_is_not_said_to_be_too_large(site, more):
    site.give("/a", gzip.compress(PAGE.encode())[:-20], **more)
    assert "--max-size" not in await refused(site.url + "/a", max_bytes=LIMIT)


async def test_a_page_that_breaks_off_is_not_opened(site):
    site.give("/a", PAGE[:-200], length=len(PAGE))
    assert "127.0.0.1" in await refused(site.url + "/a")


async def test_a_page_that_takes_too_long_is_given_up(site, monkeypatch):
    monkeypatch.setattr(web, "_SECONDS", 0.2)
    site.give("/a", PAGE, takes=3.0)
    begun = time.monotonic()
    assert "127.0.0.1" in await refused(site.url + "/a")
    assert time.monotonic() - begun < 2.5


async def test_a_page_that_nobody_serves_is_told(site):
    assert "127.0.0.1" in await refused("http://127.0.0.1:9/a")


@pytest.mark.parametrize(
    "url",
    ["http://[", "http://news.example:99999/", "http://news.example:port/", "ftp://news.example/", "javascript:alert(1)", "https://me:secret@news.example/", "http://", "https://" + "a" * 70_000 + ".example/", "https://news.example/" + "a" * 70_000, "http://\ud800/"],
    ids=lambda url: repr(url)[:30],
)  # fmt: skip
async def test_an_address_that_is_none_is_told_in_one_line(address_book, url):
    address_book.lead("news.example", ("127.0.0.1",))
    assert "secret" not in await refused(url)


# Redirects, and where they lead


@pytest.mark.parametrize(
    "to",
    ["http://[", "//[::1", "http://127.0.0.1:99999/", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,hello", "/" + "a" * 70_000, "ftp://127.0.0.1/", "http://me:secret@127.0.0.1/", "http://nowhere.example/", ""],
    ids=lambda to: repr(to)[:30],
)  # fmt: skip
async def test_a_redirect_to_nowhere_is_told_in_one_line(site, address_book, to):
    site.give("/a", PAGE, 302, Location=to)
    assert "secret" not in await refused(site.url + "/a")


async def test_redirects_without_end_are_given_up(site):
    site.give("/a", status=302, Location="/b")
    site.give("/b", status=302, Location="/a")
    assert "redirect" in await refused(site.url + "/a")
    assert len(site.asked) <= 12


@pytest.mark.parametrize("url", ["http://127.0.0.1:{}/", "http://localhost:{}/", "http://2130706433:{}/", "http://[::1]:{}/", "http://[::ffff:127.0.0.1]:{}/", "http://inner.example:{}/", "https://inner.example:{}/"])  # fmt: skip
async def test_a_private_machine_is_not_opened_unless_that_is_wanted(site, address_book, url):
    for name in ("inner.example", "localhost", "2130706433"):
        address_book.lead(name, ("127.0.0.1",))
    assert "--allow-private" in await refused(url.format(site.port), allow_private=False)
    assert site.asked == []


@pytest.mark.parametrize("to", ["http://127.0.0.1:{}/secret", "http://inner.example:{}/secret", "http://mixed.example:{}/secret", "//inner.example:{}/secret"])  # fmt: skip
async def test_a_public_page_cannot_lead_to_a_private_machine(site, address_book, monkeypatch, to):
    """Here 127.0.0.1 under the name of news.example stands for a public machine, everything else is what it is."""
    is_public, is_first = addresses.is_public, [True]

    def first_is_public(address: str) -> bool:
        return is_first.pop() if is_first else is_public(address)

    monkeypatch.setattr(addresses, "is_public", first_is_public)
    address_book.lead("news.example", ("127.0.0.1",))
    address_book.lead("inner.example", ("127.0.0.1",))
    address_book.lead("mixed.example", ("93.184.216.34", "127.0.0.1"))
    site.give("/a", status=302, Location=to.format(site.port))
    assert "--allow-private" in await refused(f"http://news.example:{site.port}/a", allow_private=False)
    assert site.paths == ["/a"]


async def test_a_name_that_leads_elsewhere_at_the_second_look_is_not_looked_at_a_second_time(site, serving, address_book):  # fmt: skip
    """DNS rebinding: what was looked at is what is asked."""
    address_book.lead("news.example", ("127.0.0.1",), ("127.0.0.2",))
    site.give("/a", PAGE)
    article = await opened(f"http://news.example:{site.port}/a")
    assert article.title == "A new bridge"
    assert address_book.looked_up == ["news.example"]
    assert site.asked[0].headers["host"] == f"news.example:{site.port}"


async def test_a_host_is_reached_at_another_of_its_addresses_when_the_first_is_silent(site, address_book):
    """As `localhost` is where a server listens on IPv4 alone."""
    address_book.lead("localhost", ("::1", "127.0.0.1"))
    site.give("/a", PAGE)
    assert (await opened(f"http://localhost:{site.port}/a")).title == "A new bridge"


async def test_no_proxy_comes_between_the_address_that_was_looked_at_and_the_page(site, monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.give("/a", PAGE)
    assert (await opened(site.url + "/a")).title == "A new bridge"


# Encrypted


async def test_an_encrypted_page_is_opened_when_its_certificate_is_for_its_name(serving, trusted, address_book):
    address_book.lead("news.example", ("127.0.0.1",))
    context = trusted("news.example")
    asked_for: list[str | None] = []
    context.sni_callback = lambda _, name, __: asked_for.append(name)
    with serving(lambda raw: context.wrap_socket(raw, server_side=True, do_handshake_on_connect=False)) as site:
        site.give("/a", PAGE)
        assert (await opened(f"https://news.example:{site.port}/a")).title == "A new bridge"
    assert asked_for == ["news.example"]


async def test_a_page_whose_certificate_is_for_another_name_is_not_opened(serving, trusted, address_book):
    address_book.lead("news.example", ("127.0.0.1",))
    context = trusted("another.example")
    with serving(lambda raw: context.wrap_socket(raw, server_side=True, do_handshake_on_connect=False)) as site:
        site.give("/a", PAGE)
        assert "news.example" in await refused(f"https://news.example:{site.port}/a")
        assert site.asked == []


async def test_a_redirect_to_another_name_on_the_same_machine_is_believed_only_with_a_certificate_of_its_own(serving, trusted, address_book):  # fmt: skip
    """Who holds a certificate for one name must not speak for another by a redirect over the same connection."""
    address_book.lead("mine.example", ("127.0.0.1",))
    address_book.lead("yours.example", ("127.0.0.1",))
    context = trusted("mine.example")
    with serving(lambda raw: context.wrap_socket(raw, server_side=True, do_handshake_on_connect=False)) as site:
        site.give("/a", status=302, Location=f"https://yours.example:{site.port}/b")
        site.give("/b", PAGE)
        assert "yours.example" in await refused(f"https://mine.example:{site.port}/a")
        assert site.paths == ["/a"]


@pytest.mark.parametrize("url", ["http://news.example/a", "http://news.example:80/a"])
async def test_a_page_is_asked_for_over_https_whatever_its_address_says(address_book, answering, url):
    """Nothing listens anywhere: only the request counts."""
    asked: list[Any] = []

    async def record(request: Any) -> Any:
        asked.append(request)
        raise OSError

    answering(record)
    address_book.lead("news.example", ("93.184.216.34",))
    await refused(url, allow_private=False)
    assert [(r.url.scheme, r.url.host, r.url.port or 443) for r in asked] == [("https", "93.184.216.34", 443)]
    assert asked[0].headers["host"] == "news.example"
    assert asked[0].extensions["sni_hostname"] == "news.example"


# Without a network


async def test_a_page_opens_again_offline_with_the_day_of_its_fetching(site, store, set_day):
    set_day(date(2026, 3, 2))
    site.give("/a", PAGE)
    first = await opened(site.url + "/a", store=store)
    set_day(date(2026, 3, 9))
    again = await opened(site.url + "/a", store=store, online=False)
    assert len(site.asked) == 1
    assert (again.title, again.url, text_of(again)) == (first.title, first.url, text_of(first))
    assert any("2026-03-02" in warning for warning in again.warnings)


async def test_a_page_opens_again_when_its_server_is_gone_with_a_warning_that_says_the_day(serving, store, set_day):
    set_day(date(2026, 3, 2))
    with serving() as site:
        site.give("/old", status=302, Location="/a")
        site.give("/a", PAGE)
        url = site.url + "/old"
        first = await opened(url, store=store)
    assert first.warnings == ()
    set_day(date(2026, 3, 9))
    again = await opened(url, store=store)
    assert (again.title, again.url, text_of(again)) == (first.title, first.url, text_of(first))
    assert any("2026-03-02" in warning for warning in again.warnings)


async def test_a_page_that_is_fetched_again_is_the_new_one_from_then_on(site, store):
    site.give("/a", PAGE)
    await opened(site.url + "/a", store=store)
    site.give("/a", PAGE.replace("320 metres", "330 metres"))
    assert "330 metres" in text_of(await opened(site.url + "/a", store=store))
    assert "330 metres" in text_of(await opened(site.url + "/a", store=store, online=False))


@pytest.mark.parametrize(
    ("body", "status"), [("<html><body>Please sign in</body></html>", 200), ("", 200), (PAGE, 403), (PAGE, 503)]
)
async def test_a_page_that_is_kept_is_not_lost_to_a_login_that_comes_in_its_place(site, store, body, status):
    site.give("/a", PAGE)
    await opened(site.url + "/a", store=store)
    site.give("/a", body, status)
    await refused(site.url + "/a", store=store)
    assert "320 metres" in text_of(await opened(site.url + "/a", store=store, online=False))


async def test_offline_nothing_is_asked_and_a_page_that_was_never_fetched_is_told(site, store, address_book):
    for kept in (store, None):
        assert "offline" in await refused(site.url + "/a", store=kept, online=False)
    await refused("http://news.example/", store=store, online=False)
    assert site.asked == []
    assert address_book.looked_up == []


async def test_a_page_in_another_encoding_opens_again_in_its_letters(site, store):
    site.give("/a", CYRILLIC.format("").encode("koi8-r"), kind="text/html; charset=koi8-r")
    await opened(site.url + "/a", store=store)
    again = await opened(site.url + "/a", store=store, online=False)
    assert "через реку открыли" in text_of(again)
    assert not any("encoding" in warning for warning in again.warnings)


# Hostile pages


BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HOSTILE = (
    "\x1b[2J\x1b]52;c;aGk=\x07\x9b31m\u202eevil\u202c\x00\x08 [@click=app.quit()]press[/] [bold red]loud[/]\U000e0041"
)


def dangers(article: Article) -> list[str]:
    """Every character that a terminal may act on, anywhere in an article."""
    told = [article.title, article.byline, article.url, article.published, article.language, *article.warnings]
    whole = "".join(filter(None, told)) + text_of(article)
    return [c for c in whole if c in BIDI or c == "\U000e0041" or (unicodedata.category(c) == "Cc" and c != "\n")]


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "text/markdown", "text/html; charset=iso-8859-1", "text/html; charset=unicode_escape"])  # fmt: skip
async def test_a_page_that_wants_to_command_the_terminal_comes_out_clean(site, kind):
    words = HOSTILE.replace("\x00", "") if "html" not in kind else HOSTILE
    body = f"""<html lang="en{words}"><head><title>{words}</title><meta name=author content="{words}"><meta name=date content="2024-01-01{words}">
    <link rel=canonical href="http://127.0.0.1/{words}"><script>evil()</script><style>p{{}}</style></head>
    <body><article><h1>{words}</h1>{PARAGRAPHS}<p>{words} {STORY[0]} &#27;[2J &#x9b;31m &#x202e;</p><script>more()</script></article></body></html>"""
    encoded = body.replace("\x00", "&#0;").encode("utf-8") if "charset" not in kind else body.replace("\x00", "").encode("latin-1", "ignore")  # fmt: skip
    site.give("/a", encoded, kind=kind)
    article = await opened(site.url + "/a")
    assert dangers(article) == []
    assert "[@click=app.quit()]" in text_of(article), "as words it may well be there"
    if "html" in kind:
        assert "evil()" not in text_of(article)
        assert "more()" not in text_of(article)


@pytest.mark.parametrize("kind", ["\x1b[2Jtext/evil", "text/evil\u202e", "a" * 5000, "text/\x9bevil"])
async def test_what_a_server_says_of_a_page_is_cleaned_too(site, kind):
    site.give("/a", PAGE, kind=kind.encode().decode("latin-1"))
    line = await refused(site.url + "/a")
    assert not any(unicodedata.category(char) == "Cc" or char in BIDI for char in line)


@given(st.binary(max_size=300), st.sampled_from(["text/html", "text/plain", "text/markdown", "text/html; charset=utf-16", "text/html; charset=utf-7", "text/html; charset=idna", "text/html; charset=punycode", "text/html; charset=raw_unicode_escape"]))  # fmt: skip
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_clean_article_or_one_line(in_no_time, answering, reply, junk, kind):
    body = junk + PAGE.encode() + junk

    async def answer(_: Any) -> Any:
        return reply(body, headers=(("Content-Type", kind),))

    async def one() -> Article | None:
        with contextlib.suppress(ArticleError):
            return await opened("http://127.0.0.1:1/a")
        return None

    answering(answer)
    article = in_no_time(one())
    assert article is None or dangers(article) == []


# What the bytes are, before they are read


async def test_a_fetch_says_in_its_own_kind_of_error_what_went_wrong(site):
    site.give("/no", PAGE, 403)
    site.give("/large", b" " * 5000)
    site.give("/fine", PAGE, kind="Text/HTML ; charset=utf-8")
    how = {"allow_private": True, "max_bytes": 4000}
    with pytest.raises(RefusedError):
        await fetch(site.url + "/no", HOW, **how)
    with pytest.raises(JunkError):
        await fetch(site.url + "/large", HOW, **how)
    with pytest.raises(UnreachableError):
        await fetch("http://127.0.0.1:9/", HOW, **how)
    page = await fetch(site.url + "/fine", HOW, **how)
    assert (page.url, page.kind, page.body) == (site.url + "/fine", "text/html", PAGE.encode())


@given(st.text(max_size=60) | st.text(alphabet="/?#@:[]%.\\0", max_size=12))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_address_is_a_page_or_an_error_of_its_own_kind(in_no_time, answering, reply, text):
    async def answer(_: Any) -> Any:
        return reply(PAGE.encode())

    async def one() -> None:
        with contextlib.suppress(SourceError):
            await fetch(f"http://127.0.0.1:1{text}", HOW, allow_private=True, max_bytes=LIMIT)

    answering(answer)
    in_no_time(one())
