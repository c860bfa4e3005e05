"""Wikidata's entity JSON, read as published (mediawiki.org/wiki/Wikibase/DataModel/JSON)."""

from __future__ import annotations

from typing import Any

import msgspec

from reader.article.clean import clean_line
from reader.knowledge import model
from reader.knowledge.model import Entity, EntityKind, EntityRecord, Provenance, Rank, Statement

_ACTING = "Q4676846"
_UNCERTAIN = frozenset(
    {"Q5727902", "Q18122778", "Q30230067", "Q21818619", "Q18603603", "Q18912752"}
)  # circa, presumably, possibly, near, hypothetically, disputed
_KEPT = frozenset(
    (
        "P31 P17 P39 P1037 P169 P488 P2388 P2389 P1308 P1001 P569 P570 P571 P576 P580 P582 P585 P159 P36 P112 "
        "P619 P620 P448 P375 P450 P1029 P137 P166 P27 P106 P710 P1344 P276 P361 P35 P6 P131 P625 P1365 P1366 P1448 P1813"
    ).split()
)
_KINDS: dict[str, EntityKind] = {
    "Q5": "person", "Q6256": "country", "Q3624078": "country", "Q515": "place", "Q4164871": "position", "Q294414": "position",
    "Q131569": "treaty", "Q43229": "organisation", "Q327333": "organisation", "Q4830453": "organisation", "Q484652": "organisation",
}  # fmt: skip


class _Snak(msgspec.Struct):
    snaktype: str = "value"
    datavalue: Any = None


class _Claim(msgspec.Struct):
    mainsnak: _Snak
    id: str = ""
    rank: str = "normal"
    qualifiers: Any = None
    references: Any = None


class _Term(msgspec.Struct):
    value: str = ""


class RawEntity(msgspec.Struct):
    """An entity as it stands in a dump or an API's answer; empty maps may come as lists (PHP)."""

    id: str = ""
    type: str = "item"
    labels: Any = None
    descriptions: Any = None
    aliases: Any = None
    claims: Any = None
    sitelinks: Any = None
    lastrevid: int | None = None
    modified: str | None = None


def record_of(raw: RawEntity, language: str = "en", snapshot: str | None = None) -> EntityRecord | None:
    """One entity with the statements Caveat can use; None for what has no id or no name."""
    label = _term(raw.labels, language)
    number = clean_line(raw.id)
    if not number or not label:
        return None
    raw = msgspec.structs.replace(raw, id=number)
    retrieved = snapshot or clean_line(raw.modified or "")[:10] or None
    provenance = Provenance(
        "Wikidata",
        f"https://www.wikidata.org/wiki/{raw.id}",
        str(raw.lastrevid) if raw.lastrevid else None,
        retrieved,
        "CC0",
    )
    claims = raw.claims if isinstance(raw.claims, dict) else {}
    statements = []
    for prop in sorted(set(claims) & _KEPT):
        for item in claims[prop] if isinstance(claims[prop], list) else ():
            try:
                statement = _statement(raw.id, prop, msgspec.convert(item, _Claim), provenance)
            except (msgspec.ValidationError, KeyError, TypeError, ValueError, AttributeError):
                continue
            if statement:
                statements.append(statement)
    aliases = raw.aliases if isinstance(raw.aliases, dict) else {}
    names = [clean_line(str(a.get("value", ""))) for a in (*_dicts(aliases.get(language)), *_dicts(aliases.get("mul")))]
    names += [s.value for s in statements if s.property in ("P1813", "P1448")]
    sitelinks = raw.sitelinks if isinstance(raw.sitelinks, dict) else {}
    link = sitelinks.get("enwiki") or {}
    description = _term(raw.descriptions, language)
    return EntityRecord(
        Entity(raw.id, label, _kind(statements), description, f"https://www.wikidata.org/wiki/{raw.id}"),
        tuple(n for n in names if n),
        (),
        tuple(statements),
        (clean_line(str(link["title"])),) if isinstance(link, dict) and "title" in link else (),
        provenance.revision,
    )


def _term(terms: Any, language: str) -> str | None:
    if not isinstance(terms, dict):
        return None
    for wanted in (language, "mul", "en"):
        term = terms.get(wanted)
        if isinstance(term, dict) and term.get("value"):
            return clean_line(str(term["value"])) or None
    return None


def _kind(statements: list[Statement]) -> EntityKind:
    properties = {s.property for s in statements}
    for statement in statements:
        if statement.property == model.INSTANCE_OF and statement.value in _KINDS:
            return _KINDS[statement.value]
    if properties & {model.BORN, model.DIED, model.POSITION_HELD}:
        return "person"
    return (
        "organisation"
        if properties
        & {model.DIRECTOR, model.CHIEF_EXECUTIVE, model.HEADQUARTERS, model.INCEPTION, model.OFFICE_OF_HEAD}
        else "other"
    )


def _statement(subject: str, prop: str, claim: _Claim, provenance: Provenance) -> Statement | None:
    kind, value = _value(claim.mainsnak)
    if value is None:
        return None
    qualifiers = claim.qualifiers if isinstance(claim.qualifiers, dict) else {}
    nature = {_entity_in(q) for p in ("P5102", "P2868", "P3831") for q in _dicts(qualifiers.get(p))}
    circumstances = {_entity_in(q) for p in ("P1480", "P5102") for q in _dicts(qualifiers.get(p))}
    rank: Rank = "preferred" if claim.rank == "preferred" else "deprecated" if claim.rank == "deprecated" else "normal"
    return Statement(
        id=clean_line(claim.id) or f"{subject}-{prop}-{value}",
        subject=subject,
        property=prop,
        value=value,
        provenance=provenance,
        value_kind=kind,
        start=_date_in(qualifiers, "P580"),
        end=_date_in(qualifiers, "P582"),
        at=_date_in(qualifiers, "P585"),
        acting=_ACTING in nature,
        ordinal=_text_in(qualifiers, "P1545"),
        role=next((e for q in _dicts(qualifiers.get("P3831")) if (e := _entity_in(q)) and e != _ACTING), None),
        replaces=next((e for q in _dicts(qualifiers.get("P1365")) if (e := _entity_in(q))), None),
        replaced_by=next((e for q in _dicts(qualifiers.get("P1366")) if (e := _entity_in(q))), None),
        rank=rank,
        disputed="P1310" in qualifiers,
        circa=bool(circumstances & _UNCERTAIN),
        referenced=_is_referenced(claim.references),
    )


def _value(snak: _Snak) -> tuple[Any, str | None]:
    if snak.snaktype in ("somevalue", "novalue"):
        return snak.snaktype, snak.snaktype
    data = snak.datavalue
    value = data["value"]
    if data["type"] == "wikibase-entityid":
        return "entity", clean_line(str(value.get("id") or f"Q{value['numeric-id']}"))
    if data["type"] == "time":
        return "date", iso_of(value)
    if data["type"] == "globecoordinate":
        return "text", f"{float(value['latitude']):.4f},{float(value['longitude']):.4f}"
    if data["type"] == "quantity":
        return "quantity", clean_line(f"{value['amount']} {str(value.get('unit', '1')).rsplit('/', 1)[-1]}")
    if data["type"] == "monolingualtext":
        return "text", clean_line(str(value["text"]))
    return ("text", clean_line(value)) if isinstance(value, str) else ("text", None)


def iso_of(value: dict[str, Any]) -> str | None:
    """A time value as ISO at its precision; None below a year's precision, before year 1, or Julian below a month."""
    time, precision = str(value["time"]), int(value["precision"])
    if not time.startswith("+") or precision < 9:
        return None
    year, month, day = time[1:].split("T")[0].split("-")
    julian = str(value.get("calendarmodel", "")).endswith("Q1985786")
    if precision >= 11 and month != "00" and day != "00" and not julian:
        return f"{int(year):04d}-{month}-{day}"
    if precision >= 10 and month != "00" and not julian:
        return f"{int(year):04d}-{month}"
    return None if julian and (month, day) != ("00", "00") and _on_the_edge(month, day) else f"{int(year):04d}"


def _on_the_edge(month: str, day: str) -> bool:
    """A Julian day in the last or first weeks of a year may lie in the next or last one by our calendar."""
    return (month == "12" and int(day or 0) > 15) or (month == "01" and int(day or 0) < 15)


def _dicts(items: Any) -> list[dict[str, Any]]:
    """The objects of a list; anything else in it is passed over."""
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _date_in(qualifiers: dict[str, Any], prop: str) -> str | None:
    for qualifier in _dicts(qualifiers.get(prop)):
        if qualifier.get("snaktype") == "somevalue":
            return "?"
        if qualifier.get("snaktype", "value") == "value":
            iso = iso_of(qualifier["datavalue"]["value"])
            if iso or prop == "P582":
                return iso or "?"
    return None


def _entity_in(qualifier: Any) -> str | None:
    data = qualifier.get("datavalue") if isinstance(qualifier, dict) else None
    value = data.get("value") if isinstance(data, dict) else None
    return clean_line(str(value["id"])) if isinstance(value, dict) and "id" in value else None


def _text_in(qualifiers: dict[str, Any], prop: str) -> str | None:
    for qualifier in _dicts(qualifiers.get(prop)):
        value = (qualifier.get("datavalue") or {}).get("value")
        if isinstance(value, str):
            return clean_line(value)
    return None


def _is_referenced(references: Any) -> bool:
    """At least one reference that is more than "imported from a Wikimedia project" (P143)."""
    for reference in references if isinstance(references, list) else ():
        snaks = set(reference.get("snaks", {})) if isinstance(reference, dict) else set()
        if snaks - {"P143", "P4656", "P813"}:
            return True
    return False
