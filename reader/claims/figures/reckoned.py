"""Figures reckoned from those told just before: "together 1,124", "315,529 ahead", "50,000 per kilometre", "or 62.5 per cent".

Only a word for the reckoning beside the number makes one a claim; which numbers it comes from is found by trying, so
that agreement to the last digit supports it and nothing refutes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from reader.claims.figures.found import FoundFigure, figure
from reader.claims.model import FigureParts
from reader.language.datetext import DateMention
from reader.language.numbers import Number, find_numbers
from reader.language.sentences import Sentence

Reckoning = Literal["total", "difference", "rate", "share", "one in"]

_TOTAL = re.compile(
    r"\b(?:together|altogether|in\sall|in\stotal|all\stold|combined|in\sthe\saggregate|(?:makes|making|made|giv(?:es|ing)|gave|for)\s(?:a\stotal\sof\s|up\s)?|total(?:s|led|ling|ing)?(?:\sof)?|sum(?:\sof)?|out\sof|turnout)\b"
)
_DIFFERENCE = re.compile(
    r"\b(?:ahead|lead|leads|leading|margin|majority|difference|gap|beating|beat|won\sby|by|more|fewer|less|other|others|remaining|remain|rest|left|cut|loss|lost|rise|rose|gain(?:ed)?|surplus|deficit|apart|extra|further|without|"
    r"behind|short\sof)\b"
)
_RATE = re.compile(r"^[^.;,0-9]{0,22}?\b(?:a|per|each|every|for\seach|for\severy|apiece)\b")
_EACH_BEFORE = re.compile(r"\b(?:each|every)\s(?:of\s(?:the\s)?)?$")
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percent\b)")
_OR = re.compile(r"(?:,|\s\()?\s(?:or|that\sis|which\sis|i\.e\.)\s(?:some\s|about\s|roughly\s|almost\s|nearly\s)?$")
_ONE_IN = re.compile(r"\bone\sin\s(?P<n>[a-z]+|\d+)\b")
_WORDS = re.compile(r"(?:\s[a-z’'-]+){0,3}")
_YEARLIKE = re.compile(r"^(?:1[5-9]|20)\d\d$")
_NEAR = 26  # characters between a number and the word for the reckoning
_POOL = 8  # numbers told last


def find_reckoned(
    paragraph: int, sentence: Sentence, before: tuple[Sentence, ...], dates: tuple[DateMention, ...]
) -> Iterator[FoundFigure]:
    """Every number of a sentence beside a word for a reckoning; `before` are the two sentences before it."""
    numbers = find_numbers(sentence.text)
    own = [_placed(n, sentence) for n in numbers]
    earlier = [_placed(n, s) for s in before for n in find_numbers(s.text)]
    free = [n for n in (*earlier, *own) if not _is_dated(n, dates)]
    text, base = sentence.text, sentence.start
    for number in (n for n in own if not _is_dated(n, dates)):
        start, end = number.start - base, number.end - base
        pool = [n for n in free if n is not number][-_POOL - len(own) :]
        for kind in _reckonings(text, start, end, number):
            parts = FigureParts("reckoned", (number, *pool), words=(kind,), is_from_elsewhere=True)
            near = text[max(0, start - 40) : end + 20]
            yield figure(paragraph, text, number.start, number.end + _tail(text, end), parts, near)
    for found in _ONE_IN.finditer(text):
        if count := find_numbers(found["n"]):
            number = replace(count[0], start=base + found.start("n"), end=base + found.end("n"))
            pool = [n for n in free if not base + found.start() <= n.start < base + found.end()][-_POOL:]
            parts = FigureParts("reckoned", (number, *pool), words=("one in",), is_from_elsewhere=True)
            yield figure(paragraph, text, base + found.start(), base + found.end(), parts)


def _reckonings(text: str, start: int, end: int, number: Number) -> Iterator[Reckoning]:
    """The words for a reckoning that stand beside a number."""
    if number.approximate and not _PERCENT.match(text, end):
        return
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _PERCENT.match(text, end):
        if _OR.search(before):
            yield "share"
        return
    if _TOTAL.search(before) or _TOTAL.search(after):
        yield "total"
    if _DIFFERENCE.search(before) or _DIFFERENCE.search(after):
        yield "difference"
    if _RATE.match(after) or _EACH_BEFORE.search(before):
        yield "rate"


def _tail(text: str, end: int) -> int:
    found = _PERCENT.match(text, end) or _WORDS.match(text, end)
    return found.end() - end if found else 0


def _placed(number: Number, sentence: Sentence) -> Number:
    return replace(number, start=number.start + sentence.start, end=number.end + sentence.start)


def _is_dated(number: Number, dates: tuple[DateMention, ...]) -> bool:
    return any(d.start < number.end and number.start < d.end for d in dates) or _YEARLIKE.match(number.text) is not None
