"""Facts an article may tell twice: tolls, ages, years of founding, and "all N" of something counted before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader.article.model import Span
from reader.claims.model import Status, ToldParts
from reader.claims.status import status_of
from reader.language.datetext import DateMention
from reader.language.numbers import Number, find_numbers
from reader.language.sentences import Sentence

_DEAD_AFTER = re.compile(
    r"^\s(?:(?:other\s)?(?:people|persons|passengers|villagers|miners|workers|civilians|children|residents|men|women|pupils|soldiers|sailors|pilgrims|fishermen|tourists)\s)?(?:were\s|was\s|are\s|have\s|had\s|has\s|had\sbeen\s|have\sbeen\s)?(?:killed|dead|died|deaths|fatalities|perished|drowned|lost\stheir\slives)\b"
)
_KILLS_BEFORE = re.compile(
    r"\b(?:kill(?:s|ed|ing)|killed|claim(?:s|ed)\s(?:the\slives\sof)?|death\stoll\s(?:of|is|was|stands\sat|stood\sat)|leav(?:es|ing)|left)\s$",
    re.IGNORECASE,
)
_HURT_AFTER = re.compile(
    r"^\s(?:(?:people|passengers|others|villagers|workers|children|men|women)\s)?(?:were\s|was\s|are\s|have\sbeen\s|had\sbeen\s)?(?:injured|hurt|wounded|injuries)\b"
)
_FOUNDED = re.compile(
    r"(?P<who>(?:[A-Z][\w.&'’-]*(?:\s(?:of|and|the|for)\s|\s)?){1,6}?)\s?,?\s?(?:which\s)?(?:was\s)?(?P<verb>founded|established|set\sup|formed|incorporated)\sin\s$"
)
_AGE = re.compile(
    r"(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w.'’-]+){1,3}),\s(?P<age>\d{1,3})(?=[,.;])|(?P<age2>\d{1,3})-year-old\s(?P<name2>[A-Z][\w'’-]+(?:\s[A-Z][\w.'’-]+){0,3})"
)
_ALL = re.compile(r"\b[Aa]ll\s(?:of\sthe\s|the\s)?$")
_NOUN = re.compile(r"^\s(?P<noun>[a-z][a-z-]{2,}s|people|men|women|children|crew|sheep|fish)\b")
_REVISING = re.compile(
    r"\b(?:risen|rose|rises|rising|later|earlier|initial(?:ly)?|first\s(?:said|put|reported|thought)|revised|since|updated|by\s(?:noon|evening|nightfall|morning|dawn|midnight)|so\sfar|fear(?:ed|s)|could|may|might|up\sfrom|"
    r"previous(?:ly)?|another|more|other|further|additional|remaining|of\sthem|of\swhom|last\syear|in\s(?:1|2)\d{3}|organisers?|organizers?|estimat\w+|according\sto|worst\ssince)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundTold:
    """A fact that may be told twice, before it is made a `Claim`."""

    span: Span
    parts: ToldParts
    status: Status


def find_told(
    paragraph: int, text: str, sentences: tuple[Sentence, ...], dates: tuple[DateMention, ...]
) -> Iterator[FoundTold]:
    """All such facts of a paragraph."""
    for sentence in sentences:
        revising = bool(_REVISING.search(sentence.text))
        numbers = find_numbers(sentence.text)
        for number in numbers:
            if fact := _count(sentence, number, revising):
                measure, subject, end = fact
                span = Span(paragraph, sentence.start + number.start, sentence.start + end)
                status = status_of(sentence.text, sentence.text[max(0, number.start - 30) : end])
                yield FoundTold(span, ToldParts(subject, measure, number, context=_places(sentence.text)), status)
        for found in _AGE.finditer(sentence.text):
            name, age = (found["name"], found["age"]) if found["name"] else (found["name2"], found["age2"])
            number = next(n for n in find_numbers(age))
            span = Span(paragraph, sentence.start + found.start(), sentence.start + found.end())
            yield FoundTold(span, ToldParts((name,), "age", number), Status.ASSERTED)
        for date in dates:
            if sentence.start <= date.start < sentence.end and date.year is not None and not revising:
                lead = _FOUNDED.search(text[sentence.start : date.start])
                if lead:
                    span = Span(paragraph, sentence.start + lead.start(), date.end)
                    yield FoundTold(
                        span,
                        ToldParts((lead["who"].strip(" ,"), lead["verb"]), "founded", None, date),
                        status_of(sentence.text),
                    )


_PLACE = re.compile(r"\b(?:in|at|near|off|outside|from|on)\s(?:the\s)?((?:[A-Z][\w'’-]+\s?)+)")
_DAYS = frozenset(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])


def _places(text: str) -> frozenset[str]:
    """The places and days a sentence names: two tolls of different ones are two tolls."""
    return frozenset(found.strip() for found in _PLACE.findall(text))


def _count(sentence: Sentence, number: Number, revising: bool) -> tuple[str, tuple[str, ...], int] | None:
    """A toll, or "all N things": measure, subject words, and where the words end."""
    text = sentence.text
    if number.approximate or number.currency or number.value != int(number.value) or number.value < 2:
        return None
    after, before = text[number.end :], text[: number.start]
    if not revising:
        if dead := _DEAD_AFTER.match(after):
            return "toll of dead", (), number.end + dead.end()
        if hurt := _HURT_AFTER.match(after):
            return "toll of hurt", (), number.end + hurt.end()
        if (kills := _KILLS_BEFORE.search(before)) and (
            kills[0].lower().startswith(("kill", "claim", "death")) or " dead" in after[:20]
        ):
            return "toll of dead", (), number.end
    noun = _NOUN.match(after)
    if noun:
        return ("all" if _ALL.search(before) else "some"), (noun["noun"],), number.end + noun.end()
    return None
