"""People counted, and then named after a colon with what they are or did: "three were hurt: the tenant, Ann Lee, her son Tim, …".

Such a list has no items that a comma ends, so the names in it are counted. More names than people are a mistake; fewer
are one only where the list is said to be the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reader.claims.figures.found import FoundFigure, figure
from reader.claims.model import FigureParts
from reader.language.numbers import Number, find_numbers
from reader.language.sentences import Sentence

_COLLECTIVE = {"duo": 2, "pair": 2, "trio": 3, "quartet": 4, "quintet": 5, "sextet": 6, "septet": 7}
_GROUP = re.compile(rf"\b(?P<group>{'|'.join(_COLLECTIVE)})\sof\s[a-z]+s\b")
_PEOPLE = re.compile(
    r"^(?:\s(?!and\b|or\b)[a-z-]+){0,2}?\s(?P<noun>(?:of\s(?:its|his|her|their|the|our)\s)?(?:people|men|women|children|members|ministers|officers|boys|girls|players|candidates|directors|judges|jurors|students|pupils|"
    r"soldiers|sailors|climbers|divers|rowers|runners|riders|singers|actors|writers|authors|artists|winners|survivors|victims|passengers|employees|workers|managers|councillors|senators|deputies|lawmakers|MPs|astronauts|cosmonauts|"
    r"scientists|researchers|engineers|doctors|nurses|teachers|suspects|defendants|founders|partners|brothers|sisters|friends|guests|speakers|colleagues))\b"
)
_WHOLE = re.compile(r"\b(?:consists?|consisted|consisting|made\sup|composed|comprises?|comprised|comprising)\b")
_PARTIAL = re.compile(
    r"\b(?:includ\w+|among|amongst|such\sas|like|for\s(?:example|instance)|at\sleast|notably|especially|several|others?|rest|remaining|more|about|led\sby|headed\sby|except|apart|not|each|every|instead|either|or|versus|vs|against|replac\w+|succeed\w*|"
    r"coached|trained|managed|supported|helped|alias|aka|known\sas|née|also\scalled|nicknamed)\b",
    re.IGNORECASE,
)
_COLON = re.compile(r"(?P<said>[^:;.!?]{0,90}?):\s(?=[A-Za-z])")
_WORD = r"[A-Z][\w'’-]+"
_NAME = re.compile(rf"{_WORD}(?:\s(?:(?:de|da|dos|del|della|van|von|der|den|la|le|al|bin|ben|ter)\s)*{_WORD})*")
_CALENDAR = re.compile(
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|^(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)
_PLACED = re.compile(r"\b(?:of|in|at|from|near|to|for|by|on|off|with|under|over|via|a|an)\s(?:the\s)?$", re.IGNORECASE)
_ITEM = rf"{_WORD}(?:\s{_WORD}){{0,3}}"
_THEY_ARE = re.compile(
    rf"(?:They|These|Those\s[a-z]+ed|The\s(?P<noun>[a-z]{{3,}}s))\s(?:are|were|will\sbe)\s(?P<items>{_ITEM}(?:,\s{_ITEM})*,?\sand\s{_ITEM})\."
)
_SOME_THINGS = re.compile(r"^\s(?:[a-z-]+\s){0,2}?(?:[a-z]{3,}s|people|men|women|children)\b")
_KIN = re.compile(r"\b(?:son|daughter|wife|husband|brother|sister|mother|father|cousin|nephew|niece)\s$")
_NO_PERSON = re.compile(
    r"\b(?:University|College|Institute|School|Hospital|Street|Road|Party|Club|United|City|State|County|Council|Group|Ltd|Inc|Prize|Court|Church|Union|Bank|Party|Award|Cup|League|Games|Ministry|Department|Company|Brothers|Sir|Lord|Saint|St|Dr|Mr|Mrs|Ms)\b"
)


def find_named(paragraph: int, sentence: Sentence, before: Sentence | None) -> Iterator[FoundFigure]:
    """Every such list of a sentence, and one that is the whole sentence, of what the sentence before counts."""
    text = sentence.text
    if before is not None:
        yield from _listed_after(paragraph, sentence, before)
    for number, after in _counted(text):
        colon = _COLON.match(text, after)
        if not colon or _PARTIAL.search(text, number.start, colon.end()):
            continue
        listed = text[colon.end() :].split(":")[0]
        names = _names(listed)
        if not names or _PARTIAL.search(listed) or '"' in listed or "“" in listed:
            continue
        is_whole = number.unit_in_last_place == 0 or _WHOLE.search(text[: number.start]) is not None
        count = int(number.value)
        if len(names) > count or (is_whole and count > len(names) > 1 and len(names) == _parts(listed)):
            placed = Number(
                number.start + sentence.start, number.end + sentence.start, number.text, number.value, Decimal(1), None
            )
            end = colon.end() + len(listed.rstrip(".,; "))
            parts = FigureParts("list count", (placed,), words=("list", *names))
            yield figure(paragraph, text, sentence.start + number.start, sentence.start + end, parts, "")


def _listed_after(paragraph: int, sentence: Sentence, before: Sentence) -> Iterator[FoundFigure]:
    """ "Two countries will buy a radar. The buyers are Estonia, Latvia and Lithuania."."""
    listed = _THEY_ARE.fullmatch(sentence.text.rstrip())
    counts = [n for n in find_numbers(before.text) if _SOME_THINGS.match(before.text[n.end :]) and not n.currency]
    if listed is None or len(counts) != 1 or counts[0].approximate or not 2 <= counts[0].value <= 12:
        return
    number = counts[0]
    noun = listed["noun"]
    if (noun and not re.search(rf"\b{noun[:3]}", before.text)) or _PARTIAL.search(before.text):
        return
    items = re.split(r",\sand\s|,\s|\sand\s", listed["items"])
    placed = Number(number.start + before.start, number.end + before.start, number.text, number.value, Decimal(1), None)
    parts = FigureParts("list count", (placed,), words=("list", *items))
    yield figure(paragraph, sentence.text, before.start + number.start, sentence.end, parts, "")


def _counted(text: str) -> Iterator[tuple[Number, int]]:
    """Every count of people with where its noun ends; a quartet is four, of which no place is rounded."""
    for number in find_numbers(text):
        is_count = 2 <= number.value <= 12 and number.value % 1 == 0 and not number.approximate and not number.currency
        if is_count and (people := _PEOPLE.match(text[number.end :])):
            yield number, number.end + people.end()
    for group in _GROUP.finditer(text):
        value = Decimal(_COLLECTIVE[group["group"]])
        yield Number(group.start("group"), group.end("group"), group["group"], value, Decimal(0), None), group.end()


def _names(listed: str) -> tuple[str, ...]:
    """The people a list names, each once: two words or more, or one after a word of kinship."""
    found: dict[str, str] = {}
    for name in _NAME.finditer(listed):
        before = listed[: name.start()]
        is_kin = _KIN.search(before) is not None
        if _PLACED.search(before) or before.endswith(("'s ", "’s ")) or _NO_PERSON.search(name[0]):
            continue
        if (len(name[0].split()) > 1 or is_kin) and not any(_CALENDAR.match(w) for w in name[0].split()):
            found.setdefault(name[0].split()[-1], name[0])
    return tuple(found.values())


def _parts(listed: str) -> int:
    """How many there are between commas and "and": as many as names where nobody is left unnamed."""
    return len([p for p in re.split(r",\s(?:and\s)?|\sand\s", listed.rstrip(". ")) if not p.startswith("with ")])
