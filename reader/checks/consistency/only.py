""" "The only", "sole" and "monopoly" against another one of the kind in the same article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.article.model import Span
from reader.checks.model import Case, Evidence, Ruling, decided, own_words, stated
from reader.claims.model import Claim, OnlyParts, Status
from reader.dates import parse_iso
from reader.knowledge import model
from reader.knowledge.model import Entity
from reader.knowledge.names import normal
from reader.language.sentences import split_sentences

_NOT_NOW = re.compile(
    r"\b(?:retired|former(?:ly)?|closed|shut|sunk|sank|scrapped|until|used to|once|museum|no longer|planned|plans?|will|would|to be built|under construction|next year|not|never|no other|hopes?|"
    r"proposed|abandoned|replaced|discontinued|disappeared|demolished|laid up|wrecked|stopped|ended|in (?:1[0-9]|20[01])\d{2})\b|n['’]t\b",
    re.IGNORECASE,
)
_NEAR = 45  # characters
_NAME = r"(?:the\s)?(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3})"
_SYNONYMS = {"carry": "ferry", "carries": "ferry", "carried": "ferry", "fly": "ferry", "flies": "ferry", "flown": "ferry", "transport": "ferry", "transports": "ferry", "take": "ferry", "taking": "ferry", "ferrying": "ferry",
             "crews": "crew", "astronauts": "crew", "astronaut": "crew", "cosmonauts": "crew", "cosmonaut": "crew", "people": "crew", "passengers": "crew"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rival:
    name: str
    span: Span
    evidence: tuple[Evidence, ...] = ()


def rivals(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """One verdict for each only-claim that the article itself, or what it names, contradicts."""
    for claim in claims:
        parts = claim.parts
        if not isinstance(parts, OnlyParts) or claim.status is not Status.ASSERTED:
            continue
        rival = _told_rival(claim, parts, case) or _known_rival(claim, parts, case)
        if rival is None:
            continue
        what = "a monopoly" if parts.monopoly else f"the only {parts.kind}"
        text = (
            f"The article calls {parts.holder} the holder of a monopoly, but also names {rival.name}."
            if parts.monopoly
            else f"The article calls {parts.holder} {what}, but also names {rival.name}."
        )
        evidence = [
            own_words(case.article, claim.span, "refutes"),
            own_words(case.article, rival.span, "refutes"),
            *rival.evidence,
        ]
        yield claim, decided("conflicting", "consistency", text, evidence, case.as_of)


def _told_rival(claim: Claim, parts: OnlyParts, case: Case) -> _Rival | None:
    """Another thing of the same kind, named as such in another sentence that shares words with the claim."""
    if parts.monopoly:
        return None
    kind = re.escape(parts.kind.rstrip("s"))
    pattern = re.compile(
        rf"\b[Aa](?:nother|\ssecond|\srival)\s(?:[a-z-]+\s){{0,2}}{kind}s?\b|{_NAME},?\s(?:which\sis\s|is\s)?(?:a|another|the\sother)\s(?:[a-z-]+\s){{0,3}}{kind}\b|\b(?:the|a|rival)\s{kind}\s(?P<name2>[A-Z][\w'’-]+)|"
        rf"(?:\b[Tt]he|['’]s)\s(?:other|second)\s(?:[a-z-]+\s)?{kind}\b|\b[Bb]oth\s{kind}s\b|\b(?:two|three|four|several)\s{kind}s\b"
    )
    wanted = {normal(w).rstrip("s") for w in parts.predicate if len(w) > 3}
    for paragraph in case.article.checked:
        for sentence in split_sentences(paragraph.text):
            span = Span(paragraph.id, sentence.start, sentence.end)
            if span.overlaps(claim.span):
                continue
            for found in pattern.finditer(sentence.text):
                if _NOT_NOW.search(
                    sentence.text, max(0, found.start() - _NEAR), min(len(sentence.text), found.end() + _NEAR)
                ):
                    continue
                name = found["name"] or found["name2"]
                if name and (
                    normal(name) in normal(parts.holder)
                    or normal(parts.holder) in normal(name)
                    or name in ("The", "A", "It", "He", "She")
                ):
                    continue
                shared = wanted & {normal(w).rstrip("s") for w in re.findall(r"[A-Za-z][\w-]+", sentence.text)}
                if wanted and not shared:
                    continue
                return _Rival(name or f"“{found[0].strip()}”", span)
    return None


def _known_rival(claim: Claim, parts: OnlyParts, case: Case) -> _Rival | None:
    """Another thing of the same class, in service on the as-of date by the packs and named in the article."""
    if case.resolver is None or case.as_of is None:
        return None
    for kind in _classes(parts, case):
        for entity in _members(kind, case):
            if _is_holders(entity, parts, case) or not _in_service(entity, case):
                continue
            place = _named_in(entity, case, claim.span)
            if place is not None:
                statements = [
                    s
                    for s in case.known.knowledge.statements(entity.id)
                    if s.property in (model.STARTED, model.OPERATOR) and s.is_reliable
                ]
                evidence = tuple(
                    stated(s, _sentence(entity, s.property, s.value, case), "refutes", entity.label)
                    for s in statements[:2]
                )
                return _Rival(entity.label, place, evidence)
    return None


def _sentence(entity: Entity, prop: str, value: str, case: Case) -> str:
    if prop == model.STARTED:
        return f"{entity.label} has been in service since {parse_iso(value) or value}"
    return f"{entity.label} is operated by {case.known.knowledge.label(value)}"


def _classes(parts: OnlyParts, case: Case) -> list[Entity]:
    """Classes whose description covers what the claim says: the holder's own, or for a monopoly those of its things."""
    knowledge = case.known.knowledge
    holders = case.known.whose(parts.holder) + [e for e, _ in knowledge.named(parts.holder)]
    found: dict[str, Entity] = {}
    for holder in holders:
        things = (
            [holder.id]
            if not parts.monopoly
            else [
                s.subject
                for prop in (model.COUNTRY, model.OPERATOR)
                for s in knowledge.statements_with(holder.id, prop)
            ]
        )
        for thing in things:
            for statement in knowledge.statements(thing, model.INSTANCE_OF):
                entity = knowledge.entity(statement.value)
                if entity and entity.kind == "class" and _covers(entity, parts):
                    found[entity.id] = entity
    return list(found.values())


def _covers(kind: Entity, parts: OnlyParts) -> bool:
    described = {_SYNONYMS.get(w, w) for w in normal(f"{kind.label} {kind.description or ''}").split()}
    said = {_SYNONYMS.get(w, w) for w in normal(" ".join(parts.predicate)).split()}
    if not parts.monopoly and parts.kind not in described and parts.kind.rstrip("s") not in described:
        return False
    return len(said & described) >= 2


def _members(kind: Entity, case: Case) -> list[Entity]:
    knowledge = case.known.knowledge
    return [e for s in knowledge.statements_with(kind.id, model.INSTANCE_OF) if (e := knowledge.entity(s.subject))]


def _is_holders(entity: Entity, parts: OnlyParts, case: Case) -> bool:
    knowledge = case.known.knowledge
    if any(e.id == entity.id for e, _ in knowledge.named(parts.holder)):
        return True
    owners = {e.id for e in case.known.whose(parts.holder)}
    return (
        any(
            s.value in owners for prop in (model.COUNTRY, model.OPERATOR) for s in knowledge.statements(entity.id, prop)
        )
        if parts.monopoly
        else False
    )


def _in_service(entity: Entity, case: Case) -> bool:
    statements = case.known.knowledge.statements(entity.id)
    started = [d for s in statements if s.property == model.STARTED and (d := s.date)]
    ended = [d for s in statements if s.property == model.ENDED and (d := s.date)]
    return bool(
        case.as_of
        and started
        and all(d.before(case.as_of) for d in started)
        and not any(not d.after(case.as_of) for d in ended)
    )


def _named_in(entity: Entity, case: Case, apart_from: Span) -> Span | None:
    pattern = re.compile(rf"\b{re.escape(entity.label)}\b")
    for paragraph in case.article.checked:
        for sentence in split_sentences(paragraph.text):
            span = Span(paragraph.id, sentence.start, sentence.end)
            if not span.overlaps(apart_from) and pattern.search(sentence.text):
                return span
    return None
