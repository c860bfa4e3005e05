"""Quotations: what stands between quotation marks, and who is said to have said it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTE = re.compile(
    r"“([^“”\"]{1,4000})(?:[”\"]|$)|(?<![\w])\"([^\"]{1,4000})(?:\"|$)|«([^«»]{1,4000})(?:»|$)|(?<!\w)[‘']([^‘’'\n]{12,2000}[.,!?])[’'](?!\w)"
)
_SAY = (
    r"(?:said|says|say|told|added|adds|asked|wrote|writes|tweeted|tweets|posted|replied|responded|answered|argued|claimed|claims|insisted|warned|stated|states|"
    r"announced|declared|explained|noted|commented|recalled|continued|concluded|acknowledged|admitted|joked|remarked|quipped|stressed|read|according to)"
)
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΩА-ЯЁ"
_WORD = rf"(?:[{_CAPITAL}]\.|[{_CAPITAL}][\w'’-]+)"
_NAME = rf"(?:{_WORD}(?:\s+(?:de|van|von|al|bin|der|la)(?=\s)|\s+{_WORD}){{0,4}})"
_AFTER = re.compile(
    rf"^[\s,—–-]*(?:{_SAY}\s+(?P<n1>{_NAME}|he|she|they)|(?P<n2>{_NAME}|he|she|they|He|She|They)\s*,?[^.“\"]{{0,60}}?\b{_SAY}\b)"
)
_BEFORE = re.compile(rf"(?P<between>[^.“”\"]{{0,80}}?)\b{_SAY}\b[^.“”\"]{{0,50}}[,:]?\s*(?:that\s+)?$")
_SPEAKER = re.compile(rf"{_NAME}|\b(?:[Hh]e|[Ss]he|[Tt]hey)\b")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: offsets of its words (marks not included), and the speaker as the text names them."""

    start: int
    end: int
    speaker: str | None


def find_quotes(text: str) -> tuple[Quote, ...]:
    """All quotations of a paragraph; a speaker is named only where a verb of saying ties them to it."""
    if not any(mark in text for mark in "\"“«‘'"):
        return ()
    quotes: list[Quote] = []
    for found in _QUOTE.finditer(text):
        group = found.lastindex or 1
        start, end = found.span(group)
        speaker = _speaker(text, found.start(), found.end()) or (
            _carried(text, quotes[-1], found.start()) if quotes else None
        )
        quotes.append(Quote(start, end, speaker))
    return tuple(quotes)


_ATTRIBUTION = re.compile(rf"^[”\"»’',.!? ]{{0,4}}[^“”\"]{{0,140}}\b{_SAY}\b[^“”\"]{{0,140}}$|^[”\"»’',.!? ]{{0,4}}$")


def _carried(text: str, before: Quote, start: int) -> str | None:
    """The speaker goes on after their own "said X", and after nothing else."""
    between = text[before.end : start]
    return before.speaker if _ATTRIBUTION.match(between) and not re.search(r"\w[.!?]\s+\w", between) else None


def _speaker(text: str, start: int, end: int) -> str | None:
    after = _AFTER.match(text[end : end + 160])
    if after:
        return (after["n1"] or after["n2"]).strip(" ,")
    before = _BEFORE.search(text[max(0, start - 200) : start])
    names = _SPEAKER.findall(before["between"]) if before else []
    return names[-1].strip(" ,") if names else None
