"""A web page as an article: fetched within the same bounds as everything else, and kept so that it opens offline too."""

from __future__ import annotations

import asyncio
import codecs
from dataclasses import dataclass, replace
from email.message import Message
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpx

from reader.article.clean import clean_line
from reader.article.load import ArticleError, load_bytes
from reader.article.model import Article
from reader.settings import Sources
from reader.sources.addresses import Place, place_of
from reader.sources.bounded import BrokenBodyError, TooMuchError, read_bounded
from reader.sources.client import user_agent
from reader.sources.model import JunkError, RefusedError, SourceError, UnreachableError

if TYPE_CHECKING:
    from reader.knowledge.store import EvidenceStore

_TYPES = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "text/plain": "page.txt",
    "text/markdown": "page.md",
}
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.8,text/markdown;q=0.8"
_MOST_REDIRECTS = 5
_TIMEOUT = 15.0
_SECONDS = 25.0
_FEWEST_WORDS = 40
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page's bytes, where they came from in the end, and what kind they are said to be."""

    url: str
    kind: str
    body: bytes


async def open_page(
    url: str,
    settings: Sources,
    *,
    store: EvidenceStore | None = None,
    online: bool = True,
    allow_private: bool = False,
    max_bytes: int,
    as_of: str | None = None,
) -> Article:
    """The article of a web address; offline, or when it cannot be reached, as it was fetched last. Raises ArticleError."""
    shown = clean_line(url) if "@" not in url else "the address"
    kept = store.article(url) if store is not None else None
    if online:
        try:
            page = await fetch(url, settings, allow_private=allow_private, max_bytes=max_bytes)
        except UnreachableError as error:
            if kept is None:
                raise ArticleError(str(error)) from error
            return _as_kept(kept, shown, as_of, str(error))
        except SourceError as error:
            raise ArticleError(str(error)) from error
        article = _article(page, shown, as_of)
        if store is not None:  # only now: a sign-in page in its place must not cost what was kept
            await asyncio.to_thread(store.keep_article, url, page.url, page.kind, page.body)
        return article
    if kept is None:
        raise ArticleError(f"{shown}: you are offline, and this page has not been fetched before")
    return _as_kept(kept, shown, as_of, f"{shown}: you are offline")


def _as_kept(kept: tuple[str, str, bytes, str], shown: str, as_of: str | None, why: str) -> Article:
    """A page as it was fetched once, with the day of that."""
    article = _article(FetchedPage(*kept[:3]), shown, as_of)
    return replace(article, warnings=(*article.warnings, f"{why}; this is the page as it was fetched on {kept[3]}"))


async def fetch(url: str, settings: Sources, *, allow_private: bool, max_bytes: int) -> FetchedPage:
    """Fetch a page, its redirects followed and each of them looked at. Raises SourceError.

    Every hop has a connection of its own: one that was made for another name on the same machine proves nothing for this one.
    """
    for _hop in range(_MOST_REDIRECTS + 1):
        place = await place_of(_encrypted(url), allow_private=allow_private)
        status, found, body = await _answer(place, settings, max_bytes)
        if status not in (301, 302, 303, 307, 308):
            return _page(place, status, found, body)
        try:
            url = urljoin(place.url, found.get("location", ""))
        except ValueError as error:
            raise RefusedError(place.host, "redirects to what is no address") from error
    raise RefusedError(place.host, "redirects without end")


async def _answer(place: Place, settings: Sources, max_bytes: int) -> tuple[int, httpx.Headers, bytes]:
    """The answer of the first of a name's machines that can be reached. Raises SourceError."""
    async with httpx.AsyncClient(http2=True, follow_redirects=False, trust_env=False, timeout=_TIMEOUT) as client:
        for number, pinned in enumerate(place.pinned, 1):
            try:
                return await _send(client, place, pinned, settings, max_bytes)
            except UnreachableError as error:
                if number == len(place.pinned) or not isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout):  # fmt: skip
                    raise
    raise UnreachableError(place.host, "cannot be reached")


async def _send(
    client: httpx.AsyncClient, place: Place, pinned: str, settings: Sources, max_bytes: int
) -> tuple[int, httpx.Headers, bytes]:
    host = urlsplit(place.url).netloc
    headers = {"User-Agent": user_agent(settings.contact), "Accept-Encoding": "gzip", "Accept": _ACCEPT, "Host": host}
    try:
        request = client.build_request("GET", pinned, headers=headers, extensions={"sni_hostname": place.host})
        async with asyncio.timeout(_SECONDS):
            response = await client.send(request, stream=True)
            try:
                encoding = response.headers.get("content-encoding", "").lower()
                return response.status_code, response.headers, await read_bounded(response.aiter_raw(), encoding, max_bytes)  # fmt: skip
            finally:
                await response.aclose()
    except TimeoutError as error:
        raise UnreachableError(place.host, f"took over {_SECONDS:.0f} seconds") from error
    except (httpx.TransportError, OSError) as error:
        raise UnreachableError(place.host, f"cannot be reached ({type(error).__name__})") from error
    except TooMuchError as error:
        raise JunkError(place.host, f"the page {error}; --max-size raises the limit") from error
    except BrokenBodyError as error:
        raise JunkError(place.host, f"the page {error}") from error
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedError(place.host, "leads to what is no address") from error


def _page(place: Place, status: int, headers: httpx.Headers, body: bytes) -> FetchedPage:
    if status >= 400:
        meaning = {401: "wants a login", 402: "wants to be paid", 403: "says no", 404: "has no such page", 410: "has removed the page", 429: "is busy; try later"}  # fmt: skip
        raise RefusedError(place.host, f"{meaning.get(status, 'cannot answer')} (HTTP {status})")
    told = Message()
    told["content-type"] = headers.get("content-type", "text/html")
    kind = str(told["content-type"]).partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise RefusedError(place.host, f"holds {kind or 'something'}, which is no page of text")
    return FetchedPage(place.url, kind, _as_utf8(body, str(told.get_param("charset") or "")))


def _as_utf8(body: bytes, charset: str) -> bytes:
    """A mark at the beginning goes before what a server says of its encoding, and that before what a page says of itself.

    What calls itself Latin-1 or ASCII on the web is Windows-1252 (encoding.spec.whatwg.org, 4.2).
    """
    name = charset.strip(" \"'").lower()
    if not name or name in ("utf-8", "utf8") or body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return body
    try:
        name = codecs.lookup(name).name
        return b"\xef\xbb\xbf" + body.decode("cp1252" if name in ("iso8859-1", "ascii") else name, "replace").encode()
    except (LookupError, UnicodeError):
        return body


def _article(page: FetchedPage, shown: str, as_of: str | None) -> Article:
    """A page's article, with every message about the address and not about a file. Raises ArticleError."""
    name = _TYPES.get(page.kind, "page.html")
    try:
        article = load_bytes(page.body, name=name, as_of=as_of)
        words = sum(len(p.text.split()) for p in article.checked)
    except ArticleError as error:
        said = str(error)
        if not said.endswith(("is empty", "holds no text")):
            raise ArticleError(said.replace(name, shown, 1)) from error
        words = 0
    if words < _FEWEST_WORDS:
        raise ArticleError(
            f"{shown}: holds too little text to be an article ({words} words); it may need a login or JavaScript: save the page from your browser and give the file"
        )
    mine = article.url if article.url and _is_same_site(article.url, page.url) else page.url
    return replace(article, url=mine, warnings=tuple(w.replace(name, shown, 1) for w in article.warnings))


def _is_same_site(one: str, other: str) -> bool:
    """Whether a page may call itself so: the same host, or one below or above the other."""
    a, b = ((urlsplit(u).hostname or "").removeprefix("www.") for u in (one, other))
    return a == b or (a.count(".") > 0 and b.endswith(f".{a}")) or (b.count(".") > 0 and a.endswith(f".{b}"))


def _encrypted(url: str) -> str:
    """The address over https, unless it is this machine's own."""
    try:
        parts = urlsplit(url)
        plain = parts.port in (None, 80)
    except ValueError:
        return url  # whoever looks it up says what is wrong with it
    if plain and parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        return parts._replace(scheme="https", netloc=parts.netloc.removesuffix(":80")).geturl()
    return url
