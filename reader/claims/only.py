"""Claims that something is the only one of its kind, or has the monopoly of something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.article.model import Span
from reader.claims.model import Found, OnlyParts
from reader.claims.status import status_of
from reader.claims.words import Word, name_until

_ONLY = frozenset({"only", "sole", "lone"})
_KIND_MODIFIERS = re.compile(r"^(?:[a-z]+ly\s)?")
_PEOPLE = frozenset(
    (
        "person man woman one child son daughter survivor member player team candidate winner minister senator "
        "party country nation state side people girl boy way time thing reason question problem exception example "
        "difference hope chance option solution answer drawback thing day place ones two three four five few goal "
        "point points medal vote witness driver author scientist head cosmonaut astronaut astronauts"
    ).split()
)
_PREDICATE_STOP = frozenset(
    (
        "the a an of in on at to for by with from that which who is are was were and or able currently can could "
        "its their this now still as it be able"
    ).split()
)
_PREPOSITIONS = frozenset(
    (
        "across over under through between along around near within inside outside against among anywhere serving "
        "into onto beyond behind beside above below off up down during after before without left about under "
        "until so not also than like"
    ).split()
)
_MONOPOLY = re.compile(
    r"\b(?:has|have|had|holds?|held|enjoys?|enjoyed|keeps|kept)\s(?:had\s|held\s|enjoyed\s)?(?:a|the|its|their)\s(?:(?:virtual|near|effective|state|complete|total|legal)\s)?monopoly\s(?:on|of|over|in)\s(?P<good>[^,.;]{3,80})"
)
_LIMITED = re.compile(r"\b(?:virtual|near|effective)\smonopoly\b|\bnot\sthe\sonly\b|\bonly\sone\sof\b", re.IGNORECASE)


FoundOnly = Found[OnlyParts]


def find_only(paragraph: int, text: str, words: tuple[Word, ...]) -> Iterator[FoundOnly]:
    """Every "the only KIND …" with a holder, and every monopoly, of a sentence."""
    if not words:
        return
    start, end = words[0].start, words[-1].end
    body = text[start:end]
    if _LIMITED.search(body):
        return
    if found := _MONOPOLY.search(body):
        holder = _holder_before(text, words, start + found.start())
        if holder:
            parts = OnlyParts(holder, "monopoly", _content(found["good"]), monopoly=True)
            yield FoundOnly(Span(paragraph, start + body.find(holder), start + found.end()), parts, status_of(body))
    for place, word in enumerate(words):
        if word.lower not in _ONLY or place == 0 or words[place - 1].lower != "the" or place + 1 >= len(words):
            continue
        claim = _only_at(paragraph, text, words, place, body)
        if claim:
            yield claim


def _only_at(paragraph: int, text: str, words: tuple[Word, ...], place: int, body: str) -> FoundOnly | None:
    kind_at = place + 1
    while (
        kind_at < len(words)
        and (
            words[kind_at].lower.endswith(("ly", "al", "ing", "ive", "ed", "ern", "an"))
            or words[kind_at].lower in ("other", "big", "large", "daily", "public", "direct")
        )
        and kind_at + 1 < len(words)
        and words[kind_at + 1].text.isalpha()
        and words[kind_at + 1].text.islower()
        and words[kind_at + 1].lower not in _PREDICATE_STOP | _PREPOSITIONS
    ):
        kind_at += 1
    if kind_at >= len(words) or not words[kind_at].text.isalpha() or not words[kind_at].text.islower():
        return None
    kind = words[kind_at].lower
    while (
        kind_at + 1 < len(words)
        and words[kind_at + 1].text.islower()
        and words[kind_at + 1].text.isalpha()
        and words[kind_at + 1].lower not in _PREDICATE_STOP | _PREPOSITIONS
        and not words[kind_at + 1].lower.endswith(("ing", "ed"))
    ):
        kind_at += 1
        kind = words[kind_at].lower
    if kind in _PEOPLE or (
        kind_at + 2 < len(words)
        and words[kind_at + 1].lower == "to"
        and words[kind_at + 2].lower in ("have", "survive", "win", "vote", "be")
    ):
        return None
    holder, start = _holder(text, words, place - 1)
    if not holder:
        return None
    end_at = kind_at + 1
    while (
        end_at < len(words)
        and words[end_at].text not in (",", ";", ".", "—", "–", ":", "(")
        and words[end_at].lower not in ("and", "but", "while", "because", "since", "when")
    ):
        end_at += 1
    predicate = _content(text[words[kind_at].end : words[end_at - 1].end])
    span = Span(paragraph, start, words[end_at - 1].end)
    return FoundOnly(span, OnlyParts(holder, kind, predicate), status_of(body, text[start : words[end_at - 1].end]))


def _holder(text: str, words: tuple[Word, ...], the: int) -> tuple[str, int]:
    """ "X is the only …" and "X, the only …"; X is a name, or "the/it" phrase, before."""
    at = the
    if (at and words[at - 1].lower in ("is", "was", "remains", "are")) or (at and words[at - 1].text == ","):
        at -= 1
    elif at and words[at - 1].lower == "as":
        return "", 0
    else:
        return "", 0
    if at and words[at - 1].text == ",":
        at -= 1
    size = name_until(words, at)
    if size:
        return text[words[at - size].start : words[at - 1].end], words[at - size].start
    begin = at
    while (
        begin > 0
        and words[begin - 1].text.isalpha()
        and at - begin < 5
        and words[begin - 1].lower not in ("that", "said", "says", "but", "and")
    ):
        begin -= 1
        if words[begin].lower in ("the", "its", "their", "this"):
            break
    capitals = [
        w for w in words[begin:at] if w.is_capital and w.lower not in ("the", "it", "this", "that", "he", "she")
    ]
    if capitals:
        return text[capitals[0].start : capitals[-1].end], words[begin].start
    return ("", 0) if begin == at else (text[words[begin].start : words[at - 1].end], words[begin].start)


def _holder_before(text: str, words: tuple[Word, ...], offset: int) -> str:
    before = tuple(w for w in words if w.end <= offset)
    while before and before[-1].lower in ("which", "who", ",", "still", "now", "has", "long"):
        before = before[:-1]
    size = name_until(before, len(before))
    if size:
        return text[before[-size].start : before[-1].end]
    if before and before[-1].text.isalpha():
        first = len(before) - 1
        while (
            first > 0 and before[first - 1].text.isalpha() and len(before) - first < 3 and before[first].lower != "the"
        ):
            first -= 1
        return text[before[first].start : before[-1].end]
    return ""


def _content(text: str) -> tuple[str, ...]:
    return tuple(w for w in re.findall(r"[A-Za-z][\w-]*", text) if w.lower() not in _PREDICATE_STOP)
