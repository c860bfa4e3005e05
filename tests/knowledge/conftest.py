"""What the tests of the knowledge share: no home folder, small packs made of real JSON, and the built-in pack."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import configuration

from reader.article.model import Span
from reader.claims.model import OfficeTitle
from reader.knowledge.build import PackBuilder, read_entities
from reader.knowledge.builtin import compile_builtin
from reader.knowledge.facts import facts_from
from reader.knowledge.pack import Knowledge, Pack

GREGORIAN = "http://www.wikidata.org/entity/Q1985727"
JULIAN = "http://www.wikidata.org/entity/Q1985786"

configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "caveat-hypothesis")  # not into the checkout


@pytest.fixture(autouse=True)
def _no_home(tmp_path_factory, monkeypatch):
    nowhere = tmp_path_factory.mktemp("nobody")
    monkeypatch.setenv("HOME", str(nowhere / "missing"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(nowhere / "cache"))


@pytest.fixture(scope="session")
def wd():
    """Wikidata's JSON, as its API and its dumps write it."""

    def item_value(entity: str) -> dict:
        value = {"entity-type": "item", "numeric-id": int(entity[1:]), "id": entity}
        return {"snaktype": "value", "datavalue": {"value": value, "type": "wikibase-entityid"}}

    def time(text: str, precision: int = 11, calendar: str = GREGORIAN) -> dict:
        value = {"time": f"{text}T00:00:00Z", "timezone": 0, "before": 0, "after": 0, "precision": precision}
        return {"snaktype": "value", "datavalue": {"value": value | {"calendarmodel": calendar}, "type": "time"}}

    def string(text: str) -> dict:
        return {"snaktype": "value", "datavalue": {"value": text, "type": "string"}}

    def text_in(text: str, language: str = "en") -> dict:
        return {
            "snaktype": "value",
            "datavalue": {"value": {"text": text, "language": language}, "type": "monolingualtext"},
        }

    def reference(*properties: str) -> dict:
        return {"hash": "0" * 40, "snaks": {p: [{"property": p} | string("x")] for p in properties}}

    def claim(
        snak: dict, *, key: str = "Q1$1", rank: str = "normal", references: tuple = ("P248",), **qualifiers
    ) -> dict:
        """`references` are sets of reference properties; a qualifier is a snak or a list of them."""
        groups = [r if isinstance(r, tuple) else (r,) for r in references]
        lists = {p: q if isinstance(q, list) else [q] for p, q in qualifiers.items()}
        return {
            "mainsnak": snak,
            "type": "statement",
            "id": key,
            "rank": rank,
            "qualifiers": lists,
            "references": [reference(*g) for g in groups],
        }

    def item(entity: str, label: str | None, claims: dict | None = None, **more) -> dict:
        labels = {"en": {"language": "en", "value": label}} if label else {}
        return {"type": "item", "id": entity, "labels": labels, "claims": claims or {}, **more}

    some = {"snaktype": "somevalue"}
    none = {"snaktype": "novalue"}
    return SimpleNamespace(
        value=item_value,
        time=time,
        string=string,
        text=text_in,
        claim=claim,
        item=item,
        some=some,
        none=none,
        julian=JULIAN,
        gregorian=GREGORIAN,
    )


@pytest.fixture
def build(tmp_path):
    """Build a pack of Wikidata items, as `caveat pack build` would, and give its path."""

    def built(items: list[dict], name: str = "test", snapshot: str | None = None) -> Path:
        source = tmp_path / f"{name}.jsonl.gz"
        source.write_bytes(gzip.compress("\n".join(json.dumps(i) for i in items).encode()))
        out = tmp_path / f"{name}.pack"
        with PackBuilder(out, name=name, snapshot=snapshot) as builder:
            builder.add(read_entities(source, snapshot))
            builder.finish()
        return out

    return built


@pytest.fixture
def know(build) -> Iterator:
    """The knowledge in a pack of Wikidata items."""
    opened: list[Knowledge] = []

    def known(items: list[dict], name: str = "test", snapshot: str | None = "2024-01-01") -> Knowledge:
        opened.append(Knowledge([Pack(build(items, name, snapshot))]))
        return opened[-1]

    yield known
    for knowledge in opened:
        knowledge.close()


@pytest.fixture
def world(tmp_path) -> Iterator:
    """The knowledge in packs of hand-written facts, one pack a list of entities, asked in that order."""
    opened: list[Knowledge] = []

    def made(*packs: list[dict], snapshot: str = "2024-01-01") -> Knowledge:
        paths = []
        for number, entities in enumerate(packs):
            out = tmp_path / f"world-{len(opened)}-{number}.pack"
            with PackBuilder(out, name=f"pack {number + 1}") as builder:
                builder.add(facts_from({"snapshot": snapshot, "entities": entities}, f"world-{number}"))
                builder.finish()
            paths.append(out)
        opened.append(Knowledge([Pack(p) for p in paths]))
        return opened[-1]

    yield made
    for knowledge in opened:
        knowledge.close()


@pytest.fixture(scope="session")
def builtin_path(tmp_path_factory) -> Path:
    """The built-in pack, compiled from the sources in this checkout."""
    out = tmp_path_factory.mktemp("builtin") / "builtin.pack"
    compile_builtin(out)
    return out


@pytest.fixture(scope="session")
def builtin(builtin_path) -> Iterator[Knowledge]:
    knowledge = Knowledge([Pack(builtin_path)])
    yield knowledge
    knowledge.close()


@pytest.fixture(scope="session")
def title():
    """An office as the claims find it in a sentence: its role, whose it is, its field."""

    def written(role: str, *scopes: str, field: tuple[str, ...] = ()) -> OfficeTitle:
        return OfficeTitle(Span(0, 0, 1), role, field, scopes)

    return written
