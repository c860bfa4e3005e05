"""A replay of Wikidata's Action API over real entity JSON, and builders for entities that tests make up.

Shapes are Wikibase's own (repo/includes/Api/GetEntities, ResultBuilder, SearchEntities); no Wikibase can be installed.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import re
import socket
import sys
import threading
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

AGENCIES = Path(__file__).resolve().parents[2] / "sample_articles" / "tables" / "wikidata-agencies.jsonl.gz"
SOMEVALUE, NOVALUE = "somevalue", "novalue"
MOST = 50  # values of one parameter, and results of one search
_PROPS = ("info", "sitelinks", "aliases", "labels", "descriptions", "claims", "datatype")
_MAPS = ("labels", "descriptions", "aliases", "claims", "sitelinks")
_INFO = ("pageid", "ns", "title", "lastrevid", "modified")
_ID = re.compile(r"[QP][1-9]\d{0,9}", re.IGNORECASE)
_NAMESPACE = uuid.UUID("6f0c5f2e-8f3f-4f2e-9a55-3c1a5f1d7a10")

Entity = dict[str, Any]


def agencies() -> dict[str, Entity]:
    """The real entities of the snapshot, by id; a fresh copy each time, to be changed at will."""
    with gzip.open(AGENCIES, "rt", encoding="utf-8") as lines:
        return {entity["id"]: entity for entity in map(json.loads, lines)}


# Builders


def entity_value(id: str) -> dict[str, Any]:  # noqa: A002 - the field's own word
    """The datavalue that names an item or a property."""
    kind = "property" if id.startswith("P") else "item"
    return {"value": {"entity-type": kind, "numeric-id": int(id[1:]), "id": id}, "type": "wikibase-entityid"}


def time_value(iso: str) -> dict[str, Any]:
    """The datavalue of a Gregorian date, precise to the year, the month or the day as it is written."""
    sign, parts = ("-", iso[1:].split("-")) if iso.startswith("-") else ("+", iso.split("-"))
    year, month, day = (*parts, "00", "00")[:3]
    value = {
        "time": f"{sign}{int(year):04d}-{month}-{day}T00:00:00Z",
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": 8 + len(parts),
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    }
    return {"value": value, "type": "time"}


def text_value(text: str, language: str = "en") -> dict[str, Any]:
    """The datavalue of a text in a language, as P1448 and P1813 have it."""
    return {"value": {"text": text, "language": language}, "type": "monolingualtext"}


def quantity_value(amount: float, unit: str | None = None) -> dict[str, Any]:
    """The datavalue of a number, with the id of its unit or none."""
    uri = f"http://www.wikidata.org/entity/{unit}" if unit else "1"
    return {"value": {"amount": f"{amount:+}", "unit": uri}, "type": "quantity"}


def snak(prop: str, value: str | Mapping[str, Any], *, hashed: bool = True) -> dict[str, Any]:
    """A property with a datavalue, a plain string, or one of the two words for an unknown value and for none."""
    made: dict[str, Any] = {"snaktype": "value", "property": prop}
    if value in (SOMEVALUE, NOVALUE):
        made |= {"snaktype": value, "datatype": "time" if prop in ("P580", "P582", "P585") else "wikibase-item"}
    else:
        data = {"value": value, "type": "string"} if isinstance(value, str) else dict(value)
        made |= {"datavalue": data, "datatype": _datatype(data)}
    return made | {"hash": _hash(made)} if hashed else made


def _datatype(data: Mapping[str, Any]) -> str:
    if data["type"] == "wikibase-entityid":
        return f"wikibase-{data['value']['entity-type']}"
    return "url" if data["type"] == "string" and data["value"].startswith("http") else data["type"]


def _hash(made: object) -> str:
    return hashlib.sha1(json.dumps(made, sort_keys=True).encode(), usedforsecurity=False).hexdigest()


def _dated(iso: str) -> str | dict[str, Any]:
    return iso if iso in (SOMEVALUE, NOVALUE) else time_value(iso)


def statement(
    prop: str,
    value: str | Mapping[str, Any],
    *,
    start: str | None = None,
    end: str | None = None,
    at: str | None = None,
    rank: Literal["preferred", "normal", "deprecated"] = "normal",
    role: str | None = None,
    referenced: bool = True,
    id: str | None = None,  # noqa: A002 - the field's own word
    qualifiers: Mapping[str, str | Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """A statement of the real shape; dates are ISO or "somevalue", the id follows from the content if none is given."""
    values: dict[str, str | Mapping[str, Any]] = {
        p: _dated(d) for p, d in (("P580", start), ("P582", end), ("P585", at)) if d
    }
    values |= {"P3831": entity_value(role)} if role else {}
    values |= dict(qualifiers or {})
    made: dict[str, Any] = {"mainsnak": snak(prop, value), "type": "statement"}
    if values:
        made |= {"qualifiers": {p: [snak(p, v)] for p, v in values.items()}, "qualifiers-order": list(values)}
    made |= {"id": id or f"Q0${uuid.uuid5(_NAMESPACE, _hash(made))}", "rank": rank}
    return made | {"references": [reference()]} if referenced else made


def reference(url: str = "https://www.example.org/record") -> dict[str, Any]:
    """A reference to an address (P854)."""
    snaks = {"P854": [snak("P854", url, hashed=False)]}
    return {"hash": _hash(snaks), "snaks": snaks, "snaks-order": ["P854"]}


def invented(
    id: str,  # noqa: A002 - the field's own word
    label: str,
    description: str = "",
    aliases: Iterable[str] = (),
    claims: Mapping[str, Iterable[dict[str, Any]]] | Iterable[dict[str, Any]] | None = None,
    enwiki: str | None = None,
) -> Entity:
    """An entity of the real shape with English terms; the claims come by property or as plain statements."""
    statements = chain.from_iterable(claims.values()) if isinstance(claims, Mapping) else claims or ()
    grouped: dict[str, list[dict[str, Any]]] = {}
    for made in statements:
        own = made | {"id": made["id"].replace("Q0$", f"{id}$", 1)}
        grouped.setdefault(made["mainsnak"]["property"], []).append(own)
    named = [{"language": "en", "value": alias} for alias in aliases]
    return {
        "pageid": 200_000_000 + int(id[1:]),
        "ns": 120 if id.startswith("P") else 0,
        "title": f"Property:{id}" if id.startswith("P") else id,
        "lastrevid": 2_000_000_000 + int(id[1:]),
        "modified": "2026-01-01T00:00:00Z",
        "type": "property" if id.startswith("P") else "item",
        "id": id,
        "labels": {"en": {"language": "en", "value": label}},
        "descriptions": {"en": {"language": "en", "value": description}} if description else {},
        "aliases": {"en": named} if named else {},
        "claims": grouped,
        "sitelinks": {"enwiki": {"site": "enwiki", "title": enwiki, "badges": []}} if enwiki else {},
    }


# The replay


@dataclass(frozen=True)
class Asked:
    """One request as it came: query and form together, header names in lower case, `at` by time.monotonic()."""

    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    at: float


@dataclass(frozen=True)
class _Reply:
    body: Any
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200
    kind: str = "application/json; charset=utf-8"


class _ApiError(Exception):
    """What the API answers instead, with HTTP 200."""

    def __init__(self, code: str, info: str, **more: Any) -> None:
        super().__init__(info)
        self.code, self.info, self.more = code, info, more


class WikidataReplay:
    """Answers wbgetentities and wbsearchentities on loopback from given entities, with the real one's refusals."""

    def __init__(
        self,
        entities: Mapping[str, Entity],
        *,
        latency: float = 0.0,
        redirect_key: Literal["asked", "target"] = "asked",
    ) -> None:
        self.entities = dict(entities)
        self.latency = latency
        self.redirect_key: Literal["asked", "target"] = redirect_key
        self.redirects: dict[str, str] = {}
        self.missing: set[str] = set()
        self.lagging = 0
        self.busy = 0
        self.lists_for_maps = True
        self._asked: list[Asked] = []
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def api(self) -> str:
        """The address of the API."""
        assert self._server, "the replay is not running"
        return f"http://127.0.0.1:{self._server.server_address[1]}/w/api.php"

    @property
    def requests(self) -> list[Asked]:
        """What was asked until now, refused or not."""
        with self._lock:
            return list(self._asked)

    def __enter__(self) -> Self:
        self._ending.clear()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server
        assert self._thread
        self._ending.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join(10)

    def reply(self, asked: Asked) -> _Reply:
        """The answer to one request, after the latency and the refusals that were ordered."""
        with self._lock:
            self._asked.append(asked)
        self._ending.wait(self.latency)
        if self._spend("busy"):
            return _Reply(
                "<html><body>Too many requests</body></html>", (("Retry-After", "1"),), 429, "text/html; charset=utf-8"
            )
        if asked.path != "/w/api.php":
            return _Reply("<html><body>Not found</body></html>", (), 404, "text/html; charset=utf-8")
        if asked.params.get("format") != "json":
            return _Reply("<html><body>MediaWiki API result</body></html>", (), 200, "text/html; charset=utf-8")
        try:
            return _Reply(self._answer(asked.params))
        except _ApiError as error:
            return _refusal(error, asked.params)

    def _spend(self, counter: Literal["busy", "lagging"]) -> bool:
        """Take one from what was ordered; several threads ask."""
        with self._lock:
            left: int = getattr(self, counter)
            setattr(self, counter, max(0, left - 1))
            return left > 0

    def _answer(self, params: Mapping[str, str]) -> dict[str, Any]:
        if "maxlag" in params and self._spend("lagging"):
            info = "Waiting for 10.64.32.12: 7.3 seconds lagged."
            raise _ApiError("maxlag", info, host="10.64.32.12", lag=7.3, type="db")
        action = params.get("action", "help")
        if action == "wbgetentities":
            return self._get_entities(params)
        if action == "wbsearchentities":
            return self._search(params)
        raise _ApiError("badvalue", f'Unrecognized value for parameter "action": {action}.')

    # wbgetentities

    def _get_entities(self, params: Mapping[str, str]) -> dict[str, Any]:
        ids, sites, titles = (_values(params, name) for name in ("ids", "sites", "titles"))
        if not ids and not (sites and titles):
            raise _ApiError(
                "param-missing",
                'Either provide the Item "ids" or pairs of "sites" and "titles" for corresponding pages.',
            )
        known = [_parsed(wanted) for wanted in ids]
        found: dict[str, Any] = {}
        for site, title in _pairs(sites, titles):
            if linked := self._linked(site, title):
                known.append(linked)
            else:
                found[str(-1 - len(found))] = {"site": site, "title": title, "missing": ""}
        for wanted in dict.fromkeys(known):
            key, entity = self._entity(wanted, params)
            found[key] = entity
        return _warned(params) | {"entities": found, "success": 1}

    def _linked(self, site: str, title: str) -> str | None:
        wanted = title.replace("_", " ")
        for number, entity in list(self.entities.items()):
            link = _at(entity.get("sitelinks"), site)
            if link and link["title"] == wanted and number not in self.missing:
                return number
        return None

    def _entity(self, wanted: str, params: Mapping[str, str]) -> tuple[str, Entity]:
        """The key of an entity in the answer, and what stands there; one redirect is followed, a second is not."""
        target = self.redirects.get(wanted, wanted) if params.get("redirects") != "no" else wanted
        gone = {wanted, target} & self.missing or target in self.redirects
        if gone or target not in self.entities:
            return wanted, {"id": wanted, "missing": ""}
        props = _props(params)
        entity = _filtered(self.entities[target], props, params)
        if target != wanted and props:
            entity = {"redirects": {"from": wanted, "to": target}} | entity
        if self.lists_for_maps:
            entity |= {name: [] for name in _MAPS if name in entity and not entity[name]}
        return (target if self.redirect_key == "target" else wanted), entity

    # wbsearchentities

    def _search(self, params: Mapping[str, str]) -> dict[str, Any]:
        for name in ("search", "language"):
            if name not in params:
                raise _ApiError("missingparam", f'The "{name}" parameter must be set.')
        first, limit = _number(params, "continue", 0), min(_number(params, "limit", 7), MOST)
        hits = sorted(self._hits(params), key=lambda hit: hit[0])
        last = first + limit
        shown = [self._hit(entity, match, params) for _, entity, match in hits[first:last]]
        more = {"search-continue": last} if len(hits) > last and last <= MOST else {}
        return {"searchinfo": {"search": params["search"]}, "search": shown} | more | {"success": 1}

    def _hits(self, params: Mapping[str, str]) -> Iterable[tuple[tuple[int, int, int], Entity, dict[str, str]]]:
        """Each entity that matches, with its place: whole names before beginnings, the more linked before the rest."""
        for number, entity in list(self.entities.items()):
            if entity.get("type", "item") != params.get("type", "item") or number in self.missing | set(self.redirects):
                continue
            if match := _match(entity, params):
                whole = match["text"].casefold() == params["search"].strip().casefold()
                yield (not whole, -len(entity.get("sitelinks") or ()), int(number[1:])), entity, match

    def _hit(self, entity: Entity, match: dict[str, str], params: Mapping[str, str]) -> dict[str, Any]:
        number, language = entity["id"], params.get("uselang", params["language"])
        shown = {
            name: term
            for name in ("label", "description")
            if (term := next((t for at in _fallback(language) if (t := _at(entity.get(f"{name}s"), at))), None))
        }
        hit: dict[str, Any] = {"id": number, "title": entity.get("title", number), "pageid": entity.get("pageid", 0)}
        hit["display"] = {name: {"value": term["value"], "language": term["language"]} for name, term in shown.items()}
        hit |= {
            "repository": "wikidata",
            "url": f"//www.wikidata.org/wiki/{hit['title']}",
            "concepturi": f"http://www.wikidata.org/entity/{number}",
        }
        hit |= {name: term["value"] for name, term in shown.items()}
        hit["match"] = match
        if match["text"] != hit.get("label"):
            hit["aliases"] = [match["text"]]
        return hit


def _values(params: Mapping[str, str], name: str) -> list[str]:
    """The values of a parameter that takes many, 50 at most."""
    values = [value for value in params.get(name, "").split("|") if value]
    if len(values) > MOST:
        info = f'Too many values supplied for parameter "{name}". The limit is {MOST}.'
        raise _ApiError("toomanyvalues", info, parameter=name, limit=MOST, lowlimit=MOST, highlimit=500)
    return values


def _number(params: Mapping[str, str], name: str, default: int) -> int:
    value = params.get(name, str(default)).replace("max", str(MOST))
    if not re.fullmatch(r"-?\d+", value):
        raise _ApiError("badinteger", f'Invalid value "{value}" for integer parameter "{name}".')
    return max(0, int(value))


def _parsed(wanted: str) -> str:
    """The id as it is written; a bad one refuses the whole request."""
    if not _ID.fullmatch(wanted) or int(wanted[1:]) > 2**31 - 1:
        raise _ApiError("no-such-entity", f'Could not find an entity with the ID "{wanted}".', id=wanted)
    return wanted.upper()


def _pairs(sites: list[str], titles: list[str]) -> list[tuple[str, str]]:
    """Each title with its site: one of the two may stand for all of the other."""
    if not sites or not titles:
        return []
    if len(sites) != len(titles) and 1 not in (len(sites), len(titles)):
        raise _ApiError("params-illegal", "Must request one site or one title, or an equal number of sites and titles.")
    most = max(len(sites), len(titles))
    return list(zip(sites * (most // len(sites)), titles * (most // len(titles)), strict=True))


def _props(params: Mapping[str, str]) -> set[str]:
    asked = set(_values(params, "props")) if "props" in params else set(_PROPS)
    return asked | ({"sitelinks"} if "sitelinks/urls" in asked else set())


def _warned(params: Mapping[str, str]) -> dict[str, Any]:
    """What the real one says of props that it does not know, while it answers the rest."""
    odd = sorted(_props(params) - {*_PROPS, "sitelinks/urls"})
    text = f'Unrecognized {"value" if len(odd) == 1 else "values"} for parameter "props": {", ".join(odd)}.'
    return {"warnings": {"wbgetentities": {"*": text}}} if odd else {}


def _filtered(entity: Entity, props: set[str], params: Mapping[str, str]) -> Entity:
    """What was asked of an entity: its parts, the languages of its terms, the sites of its links."""
    kept: Entity = {name: entity[name] for name in _INFO if "info" in props and name in entity}
    kept |= {"type": entity.get("type", "item"), "id": entity["id"]}
    kept |= {name: entity[name] for name in _MAPS if name in props and name in entity}
    if languages := _values(params, "languages"):
        for name in {"labels", "descriptions"} & set(kept):
            kept[name] = _terms(kept[name], languages, "languagefallback" in params)
        if "aliases" in kept:
            kept["aliases"] = {at: terms for at in languages if (terms := _at(kept["aliases"], at))}
    if kept.get("sitelinks"):
        kept["sitelinks"] = _links(kept["sitelinks"], _values(params, "sitefilter"), "sitelinks/urls" in props)
    return kept


def _terms(terms: Any, languages: list[str], falls_back: bool) -> dict[str, Any]:
    """The terms of these languages; with fallback another language's stands in, and says so."""
    kept = {}
    for language in languages:
        for at in _fallback(language) if falls_back else [language]:
            if term := _at(terms, at):
                kept[language] = term if at == language else term | {"for-language": language}
                break
    return kept


def _fallback(language: str) -> list[str]:
    return list(dict.fromkeys([language, language.split("-")[0], "mul", "en"]))


def _at(terms: Any, language: str) -> Any:
    return terms.get(language) if isinstance(terms, dict) else None


def _links(links: Mapping[str, Any], sites: list[str], with_urls: bool) -> dict[str, Any]:
    kept = {}
    for site, link in links.items():
        if not sites or site in sites:
            kept[site] = {name: value for name, value in link.items() if name != "url"}
            if with_urls:
                kept[site]["url"] = link.get("url") or _address(site, link["title"])
    return kept


def _address(site: str, title: str) -> str:
    return f"https://{site.removesuffix('wiki')}.wikipedia.org/wiki/{title.replace(' ', '_')}"


def _match(entity: Entity, params: Mapping[str, str]) -> dict[str, str] | None:
    """The name of an entity that the search begins: its id, a label or an alias, in the language or in all of them."""
    wanted = " ".join(params["search"].split()).casefold()
    if wanted == entity["id"].casefold():
        return {"type": "entityId", "text": entity["id"]}
    languages = [params["language"], *(["mul"] if "strictlanguage" not in params else [])]
    best = None
    for language in dict.fromkeys(languages):
        label = _at(entity.get("labels"), language)
        for kind, term in [("label", label), *(("alias", a) for a in _at(entity.get("aliases"), language) or ())]:
            if term and wanted and term["value"].casefold().startswith(wanted):
                match = {"type": kind, "language": language, "text": term["value"]}
                if term["value"].casefold() == wanted:
                    return match
                best = best or match
    return best


def _refusal(error: _ApiError, params: Mapping[str, str]) -> _Reply:
    """An error as the Action API writes it, in the old format or in the one of `errorformat`."""
    where = "See https://www.wikidata.org/w/api.php for API usage."
    body: dict[str, Any]
    if params.get("errorformat", "bc") == "bc":
        usage = {"docref" if params.get("formatversion") == "2" else "*": where}
        body = {"error": {"code": error.code, "info": error.info} | error.more | usage, "servedby": "replay"}
    else:
        module = "main" if error.code in ("maxlag", "badvalue") else params.get("action", "main")
        one = {"code": error.code, "text": error.info} | ({"data": error.more} if error.more else {})
        body = {"errors": [one | {"module": module}], "docref": where, "servedby": "replay"}
    headers = [("MediaWiki-API-Error", error.code)]
    if error.code == "maxlag":
        headers += [("Retry-After", "1"), ("X-Database-Lag", str(int(error.more["lag"])))]
    return _Reply(body, tuple(headers))


class _Server(ThreadingHTTPServer):
    """Threads of its own that it can end: kept-alive connections would hold them for ever."""

    request_queue_size = 128

    def __init__(self, replay: WikidataReplay) -> None:
        self.replay = replay
        self._open: dict[socket.socket, threading.Thread] = {}
        self._open_lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        with self._open_lock:
            self._open[request] = thread
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._open_lock:
            self._open.pop(request, None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End every connection and wait for its thread."""
        with self._open_lock:
            still = dict(self._open)
        for connection in still:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in still.values():
            thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    """Reads a request, records it, writes the answer at once."""

    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self._handle(b"")

    def do_POST(self) -> None:
        self._handle(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _handle(self, form: bytes) -> None:
        address = urlsplit(self.path)
        pairs = [*parse_qsl(address.query, keep_blank_values=True), *parse_qsl(form.decode(), keep_blank_values=True)]
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.replay.reply(Asked(self.command, address.path, dict(pairs), headers, time.monotonic()))
        text = reply.body if isinstance(reply.body, str) else json.dumps(reply.body, ensure_ascii=False)
        self._write(reply, text.encode(), zipped="gzip" in headers.get("accept-encoding", ""))

    def _write(self, reply: _Reply, body: bytes, *, zipped: bool) -> None:
        headers = [("Content-Type", reply.kind), ("Vary", "Accept-Encoding"), *reply.headers]
        if zipped:
            body = gzip.compress(body, 1)
            headers.append(("Content-Encoding", "gzip"))
        self.send_response(reply.status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own word
        """The list of requests is the log."""
