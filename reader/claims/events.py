"""Relations that data may state: dated events, crews, seats, founders, awards, capitals, nationality and occupation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reader.article.model import Span
from reader.claims.model import EventParts, Found, Status
from reader.claims.people import PeopleLedger
from reader.claims.status import status_of
from reader.claims.words import MONTH_WORDS, Word, name_from
from reader.language.datetext import DateMention
from reader.language.sentences import Sentence

_VERBS: dict[str, str] = {
    "founded": "begun", "established": "begun", "set up": "begun", "created": "begun", "formed": "begun", "incorporated": "begun", "started": "begun", "inception": "begun", "came into being": "begun",
    "launched": "launched", "lifted off": "launched", "blasted off": "launched", "took off": "launched", "launch": "launched", "liftoff": "launched", "lift-off": "launched", "sent into orbit": "launched",
    "in orbit since": "launched", "operational since": "launched", "orbiting since": "launched", "left": "launched", "roared off": "launched", "rose": "launched", "went up": "launched", "go up": "launched", "fly": "launched", "flew": "launched",
    "landed": "landed", "splashed down": "landed", "came down": "landed", "touched down": "landed", "returned": "landed", "set down": "landed", "splashdown": "landed", "brought down": "landed",
    "signed": "held", "adopted": "held", "concluded": "held", "agreed": "held", "happened": "held", "occurred": "held", "took place": "held", "exploded": "held", "erupted": "begun", "held": "held",
    "began": "begun", "begun": "begun", "broke out": "begun", "begin": "begun", "opened": "begun", "invaded": "begun", "invasion": "begun", "annexed": "held", "annexation": "held",
    "ended": "ended", "came to its end": "ended", "came to an end": "ended", "end": "ended", "over": "ended", "dissolved": "ended", "disbanded": "ended", "expired": "ended", "closed": "ended", "withdraw": "begun", "withdrew": "begun", "withdrawal": "begun", "quit": "begun",
    "disaster": "held", "accident": "held", "war": "begun",
}  # fmt: skip
_VERB = re.compile(
    rf"\b(?P<verb>{'|'.join(re.escape(v) for v in sorted(_VERBS, key=len, reverse=True))})\b", re.IGNORECASE
)
_BASED = re.compile(
    r"\b(?P<place>[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)?)-based\s(?P<what>(?:[a-z-]+\s){0,4})(?P<org>[A-Z][\w&'’.-]*(?:\s[A-Z][\w&'’.-]*){0,4})?"
)
_BASED_AFTER = re.compile(
    r"(?P<org>[A-Z][\w&'’.-]*(?:\s[A-Z][\w&'’.-]*){0,4}),?\s(?:(?:which|that)\s(?:is|has\sits)\s|is\s|has\sits\s)?(?:an?\s(?P<place2>[A-Z][\w'’-]*)-based\b|(?:based|headquartered|headquarters|seat)\s(?:is\s)?in\s(?P<place>[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)?))"
)
_FOUNDERS = re.compile(
    r"(?P<org>[A-Z][\w&'’.-]*(?:\s[A-Z][\w&'’.-]*){0,3})\s?,?\s(?:which\s|that\s)?(?:was\s)?(?:co-)?(?:founded|set\sup|started|created|established)\s(?:in\s\d{4}\s)?by\s(?P<who>[A-Z][^,.;]{2,80})|(?P<who2>[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,3}(?:\sand\s[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,3})?)\s(?:co-)?(?:founded|started|set\sup|created|established)\s(?P<org2>[A-Z][\w&'’.-]*(?:\s[A-Z][\w&'’.-]*){0,3})"
)
_AWARD = re.compile(
    r"(?:(?P<y1>(?:18|19|20)\d\d)\s)?(?P<award>Nobel\s(?:[Pp]eace\s|[Ll]iterature\s|[Pp]hysics\s|[Cc]hemistry\s|[Mm]edicine\s|[Ee]conomics\s)?[Pp]rize(?:\s(?:in|for)\s(?:[A-Z][a-z]+(?:\sor\s[A-Z][a-z]+)?|physics|chemistry|medicine|literature|peace|economics))?|(?:[A-Z][\w'’-]+\s){1,4}(?:Prize|Award|Medal|Cup))"
)
_CAPITAL = re.compile(
    r"(?P<country>[A-Z][\w'’-]+(?:\s[A-Z][\w-]+)?)(?:['’]s)?\scapital,?\s(?P<city>[A-Z][\w'’-]+(?:\s[A-Z][\w-]+)?)|(?P<city2>[A-Z][\w'’í-]+(?:\s[A-Z][\w-]+)?),\s(?:the\s)?(?:capital\sof\s(?P<country2>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)|(?P<country3>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)(?:['’]s)?\scapital)\b"
)
_OPERATED = re.compile(
    r"(?P<thing>[A-Z][\w'’.-]*(?:\s(?:[A-Z][\w'’.-]*|\d+|I{1,3}|IV|V))*),?\s(?:which\sis\s|is\s|was\s)?(?:operated|flown|run)\sby\s(?P<org>[A-Z][\w&'’.-]*(?:\s[A-Z][\w&'’.-]*)*)"
)
_FLYING = re.compile(
    r"\b(?:fly|flies|flew|flown|flying|aboard|on\sboard|ride|rode|ridden|crew|launch|launched|lift\soff|lifted\soff|blast|blasted|orbit|seats?|strapped|squeeze)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"\b(?P<thing>[A-Z][\w’-]*(?:[-\s](?:[A-Z][\w’-]*|\d+[A-Za-z]?))*)")
_PEOPLE_NOUNS = re.compile(r"\b[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\s(?:[a-z-]+\s)?$")


_LASTING = frozenset({"seat", "capital", "calling", "founder", "operator"})


FoundEvent = Found[EventParts]


_Make = Callable[[int, int, EventParts], FoundEvent]


def find_events(
    paragraph: int,
    text: str,
    sentence: Sentence,
    words: tuple[Word, ...],
    dates: tuple[DateMention, ...],
    people: PeopleLedger,
) -> Iterator[FoundEvent]:
    """All relations of a sentence that data may state."""
    body = sentence.text
    status = status_of(body)

    def event(start: int, end: int, parts: EventParts) -> FoundEvent:
        span = Span(paragraph, sentence.start + start, min(sentence.start + end, sentence.end))
        own = status_of(body, body[max(0, start - 30) : end]) if parts.relation in _LASTING else status
        return FoundEvent(span, parts, own)

    names = _names(words, sentence, people)
    yield from _dated(paragraph, text, sentence, dates, status)
    for found in _BASED.finditer(body):
        if found["org"]:
            yield event(found.start(), found.end(), EventParts("seat", found["org"], found["place"]))
        elif lead := re.search(r"([A-Z][\w&'’.-]*(?:\s[A-Z][\w&'’.-]*){0,4}),\s(?:an?|the)\s$", body[: found.start()]):
            yield event(lead.start(1), found.end("place") + 6, EventParts("seat", lead[1], found["place"]))
        elif tail := re.match(
            r"[^.;]{0,30}?(?:,\s|\s)(?P<org>[A-Z][\w&'’.-]*(?:\s[A-Z][\w&'’.-]*){0,4})", body[found.end() :]
        ):
            yield event(found.start(), found.end() + tail.end(), EventParts("seat", tail["org"], found["place"]))
    for found in _BASED_AFTER.finditer(body):
        yield event(found.start(), found.end(), EventParts("seat", found["org"], found["place"] or found["place2"]))
    for found in _FOUNDERS.finditer(body):
        who, org = (found["who"], found["org"]) if found["org"] else (found["who2"], found["org2"])
        founders = tuple(p.strip() for p in re.split(r",\s(?:and\s)?|\sand\s", who) if p.strip())
        yield event(found.start(), found.end(), EventParts("founder", org, None, others=founders))
    for found in _CAPITAL.finditer(body):
        country = found["country"] or found["country2"] or found["country3"]
        yield event(found.start(), found.end(), EventParts("capital", country, found["city"] or found["city2"]))
    for found in _OPERATED.finditer(body):
        yield event(found.start(), found.end(), EventParts("operator", found["thing"], found["org"]))
    yield from _awards(sentence, names, dates, event)
    yield from _crews(text, sentence, names, dates, event)
    yield from _callings(text, sentence, names, event)


def _names(words: tuple[Word, ...], sentence: Sentence, people: PeopleLedger) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        size = name_from(words, at) if words[at].is_capital else 0
        if size:
            start, end = words[at].start - sentence.start, words[at + size - 1].end - sentence.start
            full = people.full_name(sentence.text[start:end])
            if full is not None and (size >= 2 or people.is_noted(full)):
                found.append((start, end, full))
        at += max(size, 1)
    return found


def _dated(
    paragraph: int, text: str, sentence: Sentence, dates: tuple[DateMention, ...], status: Status
) -> Iterator[FoundEvent]:
    """Every thing and date tied by a verb of beginning, launching, holding or ending, nearest first."""
    body = sentence.text
    verbs = list(_VERB.finditer(body))
    if not verbs or not dates:
        return
    things = [t for t in _THING.finditer(body) if t["thing"].lower() not in MONTH_WORDS and len(t["thing"]) > 1]
    for date in dates:
        at = date.start - sentence.start
        near = [v for v in verbs if 0 <= at - v.end() <= 70 or 0 <= v.start() - (date.end - sentence.start) <= 60]
        if re.search(r"\b(?:before|after|until|by|than)\s(?:the\s)?(?:end\sof\s)?$", body[:at]) or not near:
            continue
        for verb in sorted(near, key=lambda v: min(abs(at - v.end()), abs(v.start() - at)))[:2]:
            for thing in things:
                if abs(thing.start() - verb.start()) > 110:
                    continue
                if thing.start() < verb.start() and re.search(
                    r"\b(?:of|by|from|with|at|for|to|in)\s(?:the\s)?$", body[: thing.start()]
                ):
                    continue
                start = min(thing.start(), verb.start(), at)
                end = max(thing.end(), verb.end(), date.end - sentence.start)
                parts = EventParts(
                    f"date:{_VERBS[verb['verb'].lower()]}",
                    thing["thing"],
                    verb["verb"].lower(),
                    date,
                    "past" if status is not Status.PLANNED else "future",
                )
                clause = status_of(body, body[start:end])
                yield FoundEvent(
                    Span(paragraph, sentence.start + start, sentence.start + end),
                    parts,
                    clause if clause is not Status.ASSERTED else status,
                )


def _awards(
    sentence: Sentence, names: list[tuple[int, int, str]], dates: tuple[DateMention, ...], event: _Make
) -> Iterator[FoundEvent]:
    for found in _AWARD.finditer(sentence.text):
        year = next((d for d in dates if d.start - sentence.start == found.start("y1")), None) if found["y1"] else None
        year = year or (dates[0] if len(dates) == 1 else None)
        year = year or next((d for d in dates if 0 <= d.start - sentence.start - found.end() < 45), None)
        year = year or next((d for d in dates if 0 <= found.start() - (d.end - sentence.start) < 40), None)
        for group in _together(names, sentence.text):
            start, end, name = group[0][0], group[-1][1], group[0][2]
            if name in found["award"] or found["award"] in name:
                continue
            stop = max(end, found.end(), (year.end - sentence.start) if year else 0)
            others = tuple(n for _, _, n in group[1:])
            yield event(min(start, found.start()), stop, EventParts("award", name, found["award"], year, others=others))


def _together(names: list[tuple[int, int, str]], body: str) -> Iterator[list[tuple[int, int, str]]]:
    """Names joined by "and" or a comma are told of together."""
    group: list[tuple[int, int, str]] = []
    for name in names:
        if group and not re.fullmatch(r",?\s(?:and\s)?", body[group[-1][1] : name[0]]):
            yield group
            group = []
        group.append(name)
    if group:
        yield group


def _crews(
    text: str, sentence: Sentence, names: list[tuple[int, int, str]], dates: tuple[DateMention, ...], event: _Make
) -> Iterator[FoundEvent]:
    """People on a flight: named flight and one person, or several people together."""
    body = sentence.text
    if not names or not _FLYING.search(body):
        return
    things = [
        t
        for t in _THING.finditer(body)
        if not any(a <= t.start() < b for a, b, _ in names) or re.search(r"\d", t["thing"])
    ]
    for clause_start, clause_end in _clauses(body):
        people = [(a, b, n) for a, b, n in names if clause_start <= a < clause_end]
        flights = [t for t in things if clause_start <= t.start() < clause_end]
        when = next((d for d in dates if clause_start <= d.start - sentence.start < clause_end), None)
        if len(people) >= 2 and _FLYING.search(body[clause_start:clause_end]):
            craft = tuple(t["thing"] for t in flights)
            yield event(
                people[0][0],
                people[-1][1],
                EventParts("crew", people[0][2], None, when, others=(*(n for _, _, n in people[1:]), "|", *craft)),
            )
        for start, end, name in people:
            for flight in flights:
                if re.search(r"\d|[A-Z]\w+\s[A-Z]", flight["thing"]):
                    first, last = min(start, flight.start()), max(end, flight.end())
                    yield event(first, last, EventParts("crew", name, flight["thing"], when, others=("|",)))


def _clauses(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in re.finditer(r";\s|\bwhile\b|,\sbut\b", body):
        yield start, found.start()
        start = found.end()
    yield start, len(body)


def _callings(text: str, sentence: Sentence, names: list[tuple[int, int, str]], event: _Make) -> Iterator[FoundEvent]:
    """ "Japanese astronaut Koichi Wakata"; "Björk, an Icelandic singer"."""
    body = sentence.text
    for start, end, name in names:
        lead = re.search(
            r"(?P<people>\b[A-Z][a-z]+(?:\s[A-Z][a-z]+)?|\bUS|\bU\.S\.|\bUK)\s(?P<calling>[a-z-]+(?:\sand\s[a-z-]+)?)\s$",
            body[:start],
        )
        if lead and lead["calling"] not in (
            "and",
            "by",
            "that",
            "of",
            "in",
            "on",
            "with",
            "to",
            "said",
            "president",
            "minister",
        ):
            yield event(lead.start(), end, EventParts("calling", name, lead["people"], others=(lead["calling"],)))
        tail = re.match(
            r",\s(?:an?|the)\s(?P<people>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(?P<calling>[a-z-]+)\b", body[end:]
        )
        if tail:
            yield event(start, end + tail.end(), EventParts("calling", name, tail["people"], others=(tail["calling"],)))
