"""One splitter of sentences for every stage, so that a span means the same before and after the parse.

Rule-based (Grefenstette & Tapanainen 1994: abbreviations first, then the look of what follows), because
the text-only checks speak before any model is loaded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BOUNDARY = re.compile(r"([.!?…]+)([\"'”’»)\]]*)(\s+)(?=([\"'“‘«(\[—–-]*)(\S))")
_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms messrs dr prof rev hon pres gov sen rep gen col lt sgt capt cmdr maj adm st ste jr sr vs v etc "
        "cf al ca approx est no nos vol pp p fig figs ch sec art inc ltd co corp bros plc jan feb mar apr jun jul "
        "aug sep sept oct nov dec mon tue wed thu fri sat sun dept univ ave blvd rd mt ft u.s u.k u.n e.u a.m p.m "
        "i.e e.g b.c a.d d.c l.a ph.d m.d b.a m.a"
    ).split()
)
_NEVER_LAST = frozenset(
    (
        "mr mrs ms messrs dr prof rev hon pres gov sen rep gen col lt sgt capt cmdr maj adm vs v e.g i.e cf "
        "approx ca fig no nos"
    ).split()
)
_LAST_WORD = re.compile(r"([\w.’']+)$")
_LONGEST_SEARCHED = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: offsets into its paragraph's text, and the text itself."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split a paragraph; every character but the white space between sentences belongs to one."""
    sentences: list[Sentence] = []
    start = _skip_space(text, 0)
    for found in _BOUNDARY.finditer(text):
        if found.start() < start or not _is_end(text, found):
            continue
        end = found.end(2)
        sentences.append(Sentence(start, end, text[start:end]))
        start = found.end(3)
    rest = text[start:].rstrip()
    if rest:
        sentences.append(Sentence(start, start + len(rest), rest))
    return tuple(sentences)


def _is_end(text: str, found: re.Match[str]) -> bool:
    mark, closing, following = found[1], found[2], found[5]
    if mark == ".":
        before = _LAST_WORD.search(text[max(0, found.start() - _LONGEST_SEARCHED) : found.start()])
        word = before[1].lower() if before else ""
        if len(word) == 1 and word.isalpha() and word != "i":
            return False
        if word in _NEVER_LAST or (word in _ABBREVIATIONS and not _starts_anew(text, found)):
            return False
    if mark in ("…", "...") and following.islower():
        return False
    if closing and mark[0] in "!?" and following.islower():
        return False
    return not following.islower() or bool(found[4])


def _starts_anew(text: str, found: re.Match[str]) -> bool:
    """After an abbreviation, only a word that commonly opens a sentence shows that one begins."""
    rest = text[found.end() : found.end() + 12]
    return (
        re.match(r"(?:The|A|An|In|On|At|He|She|It|They|We|But|And|This|That|There|His|Her|If|When|As|For)\b", rest)
        is not None
    )


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
