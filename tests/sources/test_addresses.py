"""A web address leads to a public machine or nowhere, however it is written, and where it led at first it leads to the end."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.sources.addresses import Place, is_public, place_of
from reader.sources.model import RefusedError, SourceError, UnreachableError

# iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry: what is not globally reachable
NOT_PUBLIC_4 = [
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/29 192.0.0.170/31 "
        "192.0.2.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
    ).split()
]
NOT_PUBLIC_6 = [
    ipaddress.IPv6Network(net)
    for net in (
        "::/128 ::1/128 ::/96 64:ff9b:1::/48 100::/64 2001:2::/48 2001:db8::/32 3fff::/20 5f00::/16 fc00::/7 fe80::/10 "
        "fec0::/10 ff00::/8"  # fec0::/10 was "site-local" (RFC 3879), and is in use inside networks to this day
    ).split()
]
BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PUBLIC_4 = ["1.1.1.1", "8.8.8.8", "91.198.174.192", "93.184.216.34", "172.15.0.1", "172.32.0.1", "198.20.0.1", "223.255.255.254"]  # fmt: skip
PUBLIC_6 = ["2001:4860:4860::8888", "2606:4700:4700::1111", "2620:0:862:ed1a::1", "2a00:1450:4001:800::200e"]

private_4 = st.sampled_from(NOT_PUBLIC_4).flatmap(lambda net: st.ip_addresses(network=net))
private_6 = st.sampled_from(NOT_PUBLIC_6).flatmap(lambda net: st.ip_addresses(network=net))


def mapped(inner: ipaddress.IPv4Address) -> str:
    return f"::ffff:{inner}"


def nat64(inner: ipaddress.IPv4Address) -> str:
    return f"64:ff9b::{inner}"


def six_to_four(inner: ipaddress.IPv4Address) -> str:
    return str(ipaddress.IPv6Address((0x2002 << 112) | (int(inner) << 80) | 1))


def teredo(inner: ipaddress.IPv4Address) -> str:
    server = int(ipaddress.IPv4Address("65.54.227.120"))
    return str(ipaddress.IPv6Address((0x20010000 << 96) | (server << 64) | (int(inner) ^ 0xFFFFFFFF)))


# Numbers


@given(private_4)
@settings(deadline=None)
def test_no_private_or_special_ipv4_address_is_public(address):
    assert not is_public(str(address))


@given(private_6)
@settings(deadline=None)
def test_no_private_or_special_ipv6_address_is_public(address):
    assert not is_public(str(address))


@pytest.mark.parametrize("hidden", [mapped, nat64, six_to_four, teredo])
@given(private_4)
@settings(deadline=None)
def test_a_private_address_is_none_the_more_public_inside_another_one(hidden, address):
    assert not is_public(hidden(address))


@pytest.mark.parametrize("hidden", [str, mapped, nat64])
@pytest.mark.parametrize("address", PUBLIC_4)
def test_a_public_ipv4_address_is_public_in_its_ipv6_dress_too(hidden, address):
    assert is_public(hidden(ipaddress.IPv4Address(address)))


@pytest.mark.parametrize("address", PUBLIC_6)
def test_a_public_ipv6_address_is_public(address):
    assert is_public(address)


@given(st.ip_addresses())
@settings(deadline=None)
def test_whatever_is_public_is_in_no_special_range(address):
    ranges = NOT_PUBLIC_4 if address.version == 4 else NOT_PUBLIC_6
    if is_public(str(address)):
        assert not any(address in net for net in ranges)


@pytest.mark.parametrize("address", ["fe80::1%eth0", "::1%lo", "127.0.0.1%lo", "fe80::1%25eth0"])
def test_a_zone_does_not_hide_where_an_address_is(address):
    assert not is_public(address)


@given(st.text(max_size=40))
@settings(deadline=None)
def test_what_is_no_number_is_not_public(text):
    try:
        ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        assert not is_public(text)


# Names that are numbers in another spelling


@contextmanager
def no_network() -> Iterator[None]:
    """The system's own resolver, but for numbers in any spelling and for this machine alone: it asks nobody."""

    async def resolve(host: str, port: int, **more: Any) -> list[Any]:
        if host.lower().rstrip(".") == "localhost":
            host = "127.0.0.1"
        return socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
        yield


def spellings(address: ipaddress.IPv4Address) -> list[str]:
    """What inet_aton, and so many a resolver, takes for this address."""
    a, b, c, d = address.packed
    whole = int(address)
    return [
        str(address), str(whole), hex(whole), f"0{whole:o}", f"{a}.{whole & 0xFFFFFF}", f"{a}.{b}.{c << 8 | d}",
        f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"0x{a:X}.{b}.0{c:o}.{d}", f"{address}.",
        str(address).translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
        str(address).translate(str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")),
    ]  # fmt: skip


@given(private_4, st.integers(0, 11), st.sampled_from(["http", "https"]), st.sampled_from(["", ":80", ":8080"]))
@settings(deadline=None)
async def test_a_private_machine_is_not_opened_in_any_spelling_of_its_number(address, spelling, scheme, port):
    url = f"{scheme}://{spellings(address)[spelling]}{port}/page"
    with no_network(), pytest.raises((RefusedError, UnreachableError)):
        await place_of(url, allow_private=False)


@given(st.one_of(private_6.map(str), private_4.map(mapped), private_4.map(nat64), private_4.map(six_to_four)))
@settings(deadline=None)
async def test_nor_as_an_ipv6_literal(address):
    with no_network(), pytest.raises((RefusedError, UnreachableError)):
        await place_of(f"http://[{address}]/", allow_private=False)


@pytest.mark.parametrize("url", ["http://localhost/", "http://LOCALHOST:8000/", "http://localhost./", "http://127.1/", "http://0/", "http://[::]/", "http://[fe80::1%25lo]/"])  # fmt: skip
async def test_this_machine_is_not_opened(url):
    with no_network(), pytest.raises((RefusedError, UnreachableError)):
        await place_of(url, allow_private=False)


async def test_it_is_opened_where_that_is_wanted():
    with no_network():
        assert (await place_of("http://127.0.0.1:8000/a", allow_private=True)).addresses[0] == "127.0.0.1"


@pytest.mark.parametrize("address", PUBLIC_4 + PUBLIC_6)
async def test_a_public_machine_is_opened_by_its_number(address):
    host = f"[{address}]" if ":" in address else address
    with no_network():
        assert (await place_of(f"https://{host}/a", allow_private=False)).addresses[0] == address


# Names


@pytest.mark.parametrize(
    "found",
    [("10.0.0.1",), ("127.0.0.1",), ("::1",), ("93.184.216.34", "192.168.1.1"), ("192.168.1.1", "93.184.216.34"), ("2606:4700::1111", "::ffff:127.0.0.1"), ("169.254.169.254",), ("fe80::1%2",)],
    ids=" ".join,
)  # fmt: skip
async def test_a_name_that_leads_to_a_private_machine_even_among_others_is_refused_in_one_line(address_book, found):
    address_book.lead("news.example", found)
    with pytest.raises(RefusedError, match="news.example.*--allow-private") as caught:
        await place_of("https://news.example/story", allow_private=False)
    assert "\n" not in str(caught.value)
    assert (await place_of("https://news.example/story", allow_private=True)).addresses[0] in found


async def test_a_name_is_looked_up_once_and_its_place_is_held_to(address_book):
    address_book.lead("news.example", ("93.184.216.34",), ("127.0.0.1",))
    place = await place_of("https://news.example:8443/story?id=1", allow_private=False)
    assert place.pinned == ("https://93.184.216.34:8443/story?id=1",)
    assert (place.host, place.port) == ("news.example", 8443)
    assert address_book.looked_up == ["news.example"]


@given(
    st.ip_addresses().map(str),
    st.sampled_from(["http", "https"]),
    st.sampled_from(["", ":1", ":8443", ":65535"]),
    st.sampled_from(["", "/", "/a/b?c=d", "?q", "/@10.0.0.1/", "/a?u=http://10.0.0.1/"]),
)
@settings(deadline=None)
def test_the_held_address_is_the_same_page_on_that_very_machine(address, scheme, port, path):
    given_port = int(port[1:]) if port else {"http": 80, "https": 443}[scheme]
    url = f"{scheme}://news.example{port}{path}"
    parts = urlsplit(Place(url, "news.example", given_port, (address,)).pinned[0])
    asked = urlsplit(url)
    assert ipaddress.ip_address(parts.hostname) == ipaddress.ip_address(address)
    assert (parts.scheme, parts.port, parts.path, parts.query) == (scheme, given_port, asked.path, asked.query)
    assert parts.username is parts.password is None


async def test_a_name_that_nobody_knows_is_said_in_one_line(address_book):
    with pytest.raises(UnreachableError, match="nowhere.example") as caught:
        await place_of("https://nowhere.example/", allow_private=False)
    assert "\n" not in str(caught.value)
    assert "Errno" not in str(caught.value)


@pytest.mark.parametrize("allow_private", [False, True])
async def test_a_name_without_an_address_leads_nowhere(address_book, allow_private):
    address_book.lead("empty.example", ())
    with pytest.raises(UnreachableError):
        await place_of("https://empty.example/", allow_private=allow_private)


@pytest.mark.parametrize(
    "url",
    ["https://me@news.example/", "https://me:secret@news.example/", "https://:secret@news.example/", "https://@news.example/", "http://news.example@127.0.0.1/", "https://127.0.0.1:80@news.example/", "\u200bhttps://me:secret@news.example/", " https://me:secret@news.example/", "https://me:secret@news.example:99999/"],
)  # fmt: skip
@pytest.mark.parametrize("allow_private", [False, True])
async def test_an_address_with_a_name_or_a_password_in_it_is_refused_and_not_repeated(address_book, url, allow_private):
    address_book.lead("news.example", ("93.184.216.34",))
    with pytest.raises(RefusedError) as caught:
        await place_of(url, allow_private=allow_private)
    assert "secret" not in str(caught.value)
    assert address_book.looked_up == []


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://news.example/", "javascript:alert(1)", "data:text/html,hello", "gopher://news.example/", "news.example/story", "//news.example/", "https://", "https:///story", "", "http://[::1", "http://news.example:99999/", "http://news.example:port/", "https://a b.example/", "https://" + "a" * 70 + ".example/"],
)  # fmt: skip
async def test_what_is_no_web_address_is_refused_and_nobody_is_asked_for_it(address_book, url):
    with pytest.raises(RefusedError) as caught:
        await place_of(url, allow_private=True)
    assert "\n" not in str(caught.value)
    assert address_book.looked_up == []


_PARTS = st.sampled_from(
    ["http:", "https:", "//", "/", "@", ":", "[", "]", "::1", "127.0.0.1", "10.1", "news.example", "%", "%25", "\\", "#", "?", "\t", "\n", "\x1b[2J", "\u202e", "ß", "。", "64:ff9b::", "99999", "xn--", "-", ".", "..", "\x00", "\ud800"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PARTS, max_size=9).map("".join), st.lists(_PARTS, max_size=9).map(lambda p: "http://" + "".join(p))))  # fmt: skip
@settings(deadline=None)
async def test_any_text_is_a_place_on_a_public_machine_or_one_clean_line(text):
    async def resolve(host: str, *_: object, **__: object) -> list[object]:
        try:
            return [(0, 0, 0, "", (str(ipaddress.ip_address(host)), 0))]
        except ValueError:
            return [(0, 0, 0, "", ("10.0.0.1" if "1" in host else "93.184.216.34", 0))]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
        try:
            found: Place | SourceError = await place_of(text, allow_private=False)
        except SourceError as error:
            found = error
    if isinstance(found, SourceError):
        assert not any(unicodedata.category(char) in ("Cc", "Cs") or char in BIDI for char in str(found))
    else:
        assert is_public(found.addresses[0])
        assert urlsplit(found.url).scheme in ("http", "https")
