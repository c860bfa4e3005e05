"""Facts an article may tell twice: tolls, ages, sizes, sums, counts, dates of what happened, and "all N" counted before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reader.article.model import Span
from reader.claims.model import Found, Status, ToldParts
from reader.claims.status import status_of
from reader.language.datetext import DateMention
from reader.language.numbers import Number, find_numbers
from reader.language.sentences import Sentence
from reader.language.units import find_quantities

_DEAD_AFTER = re.compile(
    r"^\s(?:(?:other\s)?(?:people|persons|passengers|villagers|miners|workers|civilians|children|residents|men|women|pupils|soldiers|sailors|pilgrims|fishermen|tourists)\s)?(?:were\s|was\s|are\s|have\s|had\s|has\s|had\sbeen\s|have\sbeen\s)?(?:killed|dead|died|deaths|fatalities|perished|drowned|lost\stheir\slives)\b|^\s(?:people\s)?who\s(?:died|drowned|perished|were\skilled|lost\stheir\slives)\b"
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
    r"(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w.'’-]+){0,3}),\s(?P<age>\d{1,3})(?=[,.;])|(?P<age2>\d{1,3})-year-old\s(?P<name2>[A-Z][\w'’-]+(?:\s[A-Z][\w.'’-]+){0,3})"
)
_ALL = re.compile(r"\b[Aa]ll\s(?:of\sthe\s|the\s)?$")
ANY_GROUP = "group"
_THAT_GROUP = re.compile(
    r"^(?:\s(?:who|that|which)\s(?:were|was|are|had\sbeen))?\s(?:aboard\b|on\sboard\b|(?:in|of|from)\s(?:the|this|that)\s(?:party|group|team|crew|order|expedition|convoy|series)\b)"
)
_OF_WHAT = re.compile(r"\b(?:the|this|that)\s([A-Za-z][\w-]+)")
_NOUN = re.compile(
    r"^\s(?:(?!of\b|in\b|and\b|to\b|or\b|per\b|other\b|more\b)[a-z]+\s)?(?P<noun>[a-z][a-z-]{2,}s|people|men|women|children|crew|sheep|fish)\b"
)
_REVISING = re.compile(
    r"\b(?:risen|rose|rises|rising|later|earlier|initial(?:ly)?|first\s(?:said|put|reported|thought)|revised|since|updated|by\s(?:noon|evening|nightfall|morning|dawn|midnight)|so\sfar|fear(?:ed|s)|could|may|might|up\sfrom|(?:1[5-9]|20)\d\d|"
    r"previous(?:ly)?|another|more|other|further|additional|remaining|of\sthem|of\swhom|last\syear|in\s(?:1|2)\d{3}|organisers?|organizers?|estimat\w+|according\sto|worst\ssince|at\sfirst|second|third|alone|in\sall|in\stotal|including|among)\b",
    re.IGNORECASE,
)
_RESTRICTED = re.compile(r"^\s(?:on|in|at|of|from|who|that|with|along|near|behind)\b")
_DEFINITE = re.compile(r"\b(?:the|those|these|all|its|their|his|her)\s(?:[a-z]+\s)?$", re.IGNORECASE)


_REVISED = re.compile(
    r"\b(?:risen|rose|rises|rising|earlier\s(?:report|count|figure|estimate)\w*|initial(?:ly)?|first\s(?:said|put|reported|thought)|revised|updated|since\s(?:risen|fallen|grown)|so\sfar|fear(?:ed|s)|could|may|might|up\sfrom|down\sfrom|"
    r"previous(?:ly)?|another|other|further|additional|remaining|more|less|fewer|than|of\sthem|of\swhom|of\swhich|last\syear|year\sbefore|organisers?|organizers?|estimat\w+|projected|forecast|budgeted|planned|instead|each|per|a\syear|average|"
    r"up\sto|as\smany|between|at\sleast|originally|eventually|later|now|then|once|phase|stage|half)\b",
    re.IGNORECASE,
)


FoundTold = Found[ToldParts]


def find_told(
    paragraph: int, text: str, sentences: tuple[Sentence, ...], dates: tuple[DateMention, ...]
) -> Iterator[FoundTold]:
    """All such facts of a paragraph."""
    for sentence in sentences:
        revising = bool(_REVISING.search(sentence.text))
        numbers = find_numbers(sentence.text)
        revised = bool(_REVISED.search(sentence.text))
        yield from _measured(paragraph, sentence, numbers, revised)
        yield from _happened(paragraph, text, sentence, dates)
        for number in numbers:
            if fact := _count(sentence, number, revising):
                measure, subject, end = fact
                span = Span(paragraph, sentence.start + number.start, sentence.start + end)
                status = status_of(sentence.text, sentence.text[max(0, number.start - 30) : end])
                yield FoundTold(
                    span,
                    ToldParts(
                        subject,
                        measure,
                        number,
                        context=_places(sentence.text),
                        is_definite=_DEFINITE.search(sentence.text[: number.start]) is not None,
                    ),
                    status,
                )
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
DAY_STEMS = frozenset({"Monda", "Tuesd", "Wedne", "Thurs", "Frida", "Satur", "Sunda"})
_DAYS = frozenset(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])


_COUNTED = re.compile(
    r"^\s(?:(?!of\b|in\b|to\b|and\b|years?\b|months?\b|weeks?\b|days?\b|hours?\b|minutes?\b)[a-z-]+\s){0,2}?(?P<noun>(?!years\b|months\b|weeks\b|days\b|hours\b|minutes\b|times\b|as\b|was\b|has\b|is\b)[a-z]{3,}s|people|men|women|children)\b"
)
_HYPHENED = re.compile(r"^-(?P<noun>room|seat|bed|bedroom|storey|story|page|member|minute|day|week|month|acre)\b")
_MONEY_AFTER = re.compile(r"^\s(?P<what>euros?|pounds?|dollars?|crowns?|kronor|kroner|francs?|yen|yuan|rupees|pesos)\b")
_STOP_WORDS = frozenset(
    "that this with from they them their there were been have will would about after before when which while where whose what also into than then more most some such only over under very much many "
    "each both other others because during between said says told year years month week weeks days hours people first last next made make takes took just even still since".split()
)
_EVENT_VERBS = re.compile(
    r"\b(?P<verb>open(?:ed|s)?|open its doors|opens its doors|inaugurated|found(?:ed)?|established|stolen|stole|married|wedding|born|built|launched|signed\sfor|signed|sank|crashed|arrested|discovered|closed?|closes|joined|held|began|begins?|starts?|started|ended|took place|struck|erupted|elected|won)\b",
    re.IGNORECASE,
)
_NEAR_DATE = 45  # characters
_NOT_ONCE = re.compile(
    r"\b(?:again|re-?open\w*|second|third|earlier|later|originally|postponed|delayed|put\s(?:back|off)|instead|first\s(?:set|planned|opened)|every|each|annual\w*|previous\w*|last|another|or|rather|not|too|also)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(?:since|by|before|after|until|till|to)\s(?:the\s)?$")
_WHEN_IT = re.compile(
    rf",?\s(?:when|the\s(?:day|date|year)\s(?:on|in)\swhich)\s(?:[\w’'-]+\s){{1,4}}?{_EVENT_VERBS.pattern}",
    re.IGNORECASE,
)
_VERB_STEMS = {
    "wedding": "marri",
    "married": "marri",
    "stole": "stol",
    "stolen": "stol",
    "inaugurated": "open",
    "opens its doors": "open",
    "open its doors": "open",
    "founded": "found",
    "established": "found",
    "starts": "start",
    "begin": "start",
    "begins": "start",
    "signed for": "join",
    "began": "start",
}


def stems(text: str) -> frozenset[str]:
    """The words of a sentence that carry its matter, cut to their first five letters; names keep their capital."""
    words = re.findall(r"[A-Za-zÀ-ž][\w-]{2,}", text.replace("'s", "").replace("’s", ""))
    return frozenset(
        w[:5] if w[0].isupper() else w[:5].lower() for w in words if w.lower() not in _STOP_WORDS and len(w) > 3
    )


def _measured(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...], revising: bool) -> Iterator[FoundTold]:
    """A size, a sum of money or a count with its noun, and what the sentence says of it."""
    if revising:
        return
    quantities = {q.start: q for q in find_quantities(sentence.text)}
    for number in numbers:
        after = sentence.text[number.end :]
        if (
            number.approximate
            or re.match(r"\s?(?:%|per\s?cent|-year-old|years?\sold|am\b|pm\b|o'clock)", after)
            or re.fullmatch(r"(?:1[5-9]|20)\d\d", number.text)
        ):
            continue
        quantity = quantities.get(number.start)
        if quantity is not None:
            measure, end = f"size:{quantity.unit.dimension}", quantity.end
            value = replace(
                number,
                value=quantity.value * quantity.unit.factors[0],
                unit_in_last_place=quantity.half_width * 2 * quantity.unit.factors[0],
            )
        elif number.currency:
            measure, end, value = f"money:{number.currency}", number.end, number
        elif money := _MONEY_AFTER.match(after):
            measure, end, value = f"money:{money['what'].rstrip('s')}", number.end + money.end(), number
        elif noun := (_COUNTED.match(after) or _HYPHENED.match(after)):
            measure, end, value = f"count:{noun['noun'].rstrip('s')[:6]}", number.end + noun.end(), number
        else:
            continue
        span = Span(paragraph, sentence.start + number.start, sentence.start + end)
        status = status_of(sentence.text, sentence.text[max(0, number.start - 40) : end])
        yield FoundTold(
            span,
            ToldParts(
                (),
                measure,
                value,
                context=stems(sentence.text[: number.start] + " " + sentence.text[end:]),
                is_definite=_DEFINITE.search(sentence.text[: number.start]) is not None,
            ),
            status,
        )


def _happened(paragraph: int, text: str, sentence: Sentence, dates: tuple[DateMention, ...]) -> Iterator[FoundTold]:
    """The day or year of something done: the nearest verb before the date, and what the sentence says of it."""
    for date in dates:
        if not sentence.start <= date.start < sentence.end or (date.year is None and date.day is None):
            continue
        first, last = max(sentence.start, date.start - _NEAR_DATE), min(sentence.end, date.end + _NEAR_DATE)
        if _NOT_ONCE.search(text, first, last) or _BOUND.search(text, first, date.start):
            continue
        verbs = list(_EVENT_VERBS.finditer(text, sentence.start, date.start))
        after = _WHEN_IT.match(text, date.end, sentence.end)
        if after is not None:
            verb = after
        elif verbs and date.start - verbs[-1].end() <= 40:
            verb = verbs[-1]
        else:
            continue
        said = verb["verb"].lower()
        stem = _VERB_STEMS.get(said, said[:4])
        rest = text[sentence.start : date.start] + " " + text[date.end : sentence.end]
        span = Span(paragraph, min(verb.start(), date.start), max(verb.end(), date.end))
        clause = text[max(sentence.start, span.start - 30) : span.end]
        parts = ToldParts((stem,), f"date:{stem}", None, date, stems(rest))
        yield FoundTold(span, parts, status_of(sentence.text, clause))


def _victims(after: str) -> tuple[str, ...]:
    """Who the dead or hurt of a toll are, by the noun behind its number: children are other ones than people."""
    noun = re.match(r"^\s(?:who\s)?(?P<noun>passengers|villagers|miners|workers|civilians|children|residents|men|women|pupils|soldiers|sailors|pilgrims|fishermen|tourists)\b", after)  # fmt: skip
    return (noun["noun"],) if noun else ()


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
            return "toll of dead", _victims(after), number.end + dead.end()
        if hurt := _HURT_AFTER.match(after):
            return "toll of hurt", _victims(after), number.end + hurt.end()
        if (kills := _KILLS_BEFORE.search(before)) and (
            kills[0].lower().startswith(("kill", "claim", "death")) or " dead" in after[:20]
        ):
            return "toll of dead", _victims(after), number.end
    if not (noun := _NOUN.match(after)):
        return None
    subject, end = (noun["noun"],), number.end + noun.end()
    if not _ALL.search(before):
        return "some", subject, end
    rest = after[noun.end() :]
    return "all", (*subject, *(_whole(rest) if _RESTRICTED.match(rest) else ())), end


def _whole(rest: str) -> tuple[str, ...]:
    """What "all N passengers aboard the bus" are all of, by its nouns; `ANY_GROUP` where the words are those for what was told of."""
    group = _THAT_GROUP.match(rest)
    return (ANY_GROUP,) if group else tuple(w.lower() for w in _OF_WHAT.findall(rest.split(",")[0])) or ("",)
