"""What a number is of, so far as one thing has only one of its kind: the years of a sentence, the length of a bridge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader.language.numbers import Number

_DEFINITE = r"(?:\b(?:the|that|those|these|this|his|her|its|their)|['’]s)\s(?:(?:same|total|whole|entire|new|full|final|magnitude)\s)?"
IS_DEFINITE = re.compile(rf"(?:{_DEFINITE}|\b[Aa]ll\s(?:of\s)?(?:the\s)?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberKind:
    """What a number is of, whether its words bring back one told before, and where they end in the sentence."""

    of: str
    is_back: bool
    end: int


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind by the words on both sides of its number; `back` are words of the sentence that bring back what was told."""

    of: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    back: re.Pattern[str] | None = None


def _kind(of: str, before: str, after: str, back: str | None = None) -> _Kind:
    return _Kind(of, re.compile(before), re.compile(after), re.compile(back) if back else None)


_KINDS = (
    _kind("years of a sentence", r"", r"^\syears?['’]?\s(?:in\s(?:prison|jail)|behind\sbars|imprisonment)|^-year\s(?:prison\s|jail\s)?(?:sentence|term)\b"),
    _kind("years of a sentence", r"\b(?:[Jj]ailed|imprisoned|gaoled|[Ss]entenc(?:ed|ing))\b[^.;]{0,40}?\s(?:for|to)\s$", r"^\syears\b(?!\s(?:in\s(?:prison|jail)|behind))"),
    _kind("years of a sentence", r"\bsentence\sof\s$", r"^\syears\b", r"['’]s\ssentence\sof|\b(?:the|his|her|their|that)\ssentence\sof"),
    _kind("magnitude", r"^(?!.*\b(?:after|fore)shock).*\b[Mm]agnitude(?:\sof)?[\s-]$", r"", r"\b(?:[Tt]he|['’]s|that)\s(?:[\w.]+\s){0,4}(?:earthquake|quake|tremor)\b"),
    _kind("magnitude", r"", r"^-magnitude\s(?:earthquake|quake|tremor)\b"),
    _kind("share of the vote", r"", r"^\s?(?:%|per\s?cent)\sof\s(?:the|all)\svotes?\b"),
    _kind("share of the vote", r"(?:['’]s|\b[Hh]is|\b[Hh]er|\b[Tt]he)\s(?:final\s)?(?:share|tally)\sof\s$", r"^\s?(?:%|per\s?cent)(?!\sof)", r"\b(?:share|tally)\sof\b"),
    _kind("spectators", r"\bcrowd\sof\s$|\battendance\sof\s$", r"", r"['’]s\s(?:crowd|attendance)\sof"),
    _kind("spectators", r"", r"^\s(?:spectators|fans)\b|^\speople\swho\s(?:attended|watched)\b"),
    _kind("votes of a margin", r"\b(?:margin|majority)\sof\s$", r"", r"\b(?:[Hh]er|[Hh]is|[Tt]heir|[Tt]he|['’]s)\s(?:\w+\s)?(?:margin|majority)\sof"),
    _kind("votes of a margin", r"\bby\s$", r"^\svotes\b"),
    _kind("people injur", r"\b[Ii]njur(?:es|ed|ing)\s$", r"^(?!\s(?:of|per\s?cent)\b)"),
    _kind("people aboard", r"", r"^\s(?:people|passengers|others)?\s?(?:on\sboard|aboard)\b"),
    _kind("money of a fine", r"\bfined\s$|\bfine\sof\s$", r""),
    _kind("money of a price", r"\b(?:sold\sfor|fetched|changed\shands\sfor)\s$", r""),
    _kind("money of a price", r"", r"^(?:\s(?:euros?|pounds?|dollars?|crowns?|kronor|kroner|francs?))?\s(?:that\s)?(?:it|he|she|they|the\sbuyer)\s(?:had\s)?paid\b"),
    _kind("key rate", r"\b(?:rate\b[^.;]{0,50}\sto|rate\snow\sat)\s$", r"^\s?(?:%|per\s?cent)", r"\brate\snow\sat\s"),
)  # fmt: skip
_BALANCE = re.compile(
    r"\b(?P<the>[Tt]he\s|[Ii]ts\s|['’]s\s)?(?:[a-z-]+\s)?(?P<noun>profit|loss|turnover|revenue|income)\b(?:\sfor\s(?:1\d|20)\d\d)?(?:\sof|,\sat)\s$"
)
_SPELLS = {"walkout": "strike", "stoppage": "strike", "walk-out": "strike", "surgery": "operation"}
_LASTING = r"strike|walk-?out|stoppage|siege|trial|blockade|hunt|search|operation|surgery|voyage|outage|closure|lockdown|hearing|drought|festival|tour|occupation|shutdown|blackout|match|debate|meeting|summit|curfew|ceasefire|truce"
_LASTED = re.compile(
    rf"\b(?P<noun>{_LASTING})\b[^.;]{{0,140}}?\b(?:lasted|lasting|took)\s(?:exactly\s|only\s|just\s|a\sfull\s)?$"
)
_SPELL_OF = re.compile(rf"^-(?P<unit>day|week|month|hour|minute|year)\s(?:[a-z]+\s)?(?P<noun>{_LASTING})\b")
_UNITS = re.compile(r"^\s(?P<unit>day|week|month|hour|minute|year)s\b")
_TALL = frozenset("tower mast spire statue chimney lighthouse skyscraper building monument tree dam cliff".split())
_LONG = "bridge footbridge tunnel road path trail wall ship vessel yacht canal pipeline fence runway pier cable track route ferry platform reef railway".split()
_THINGS = "|".join(sorted((*_TALL, *_LONG), key=len, reverse=True))
_UNIT = r"(?P<unit>metre|meter|foot|feet|kilomet(?:re|er)|mile|yard)s?"
_NAME = r"(?:[A-Z][\w’']+\s)*[A-Z][\w’']+"
_N_UNIT_THING = re.compile(rf"^-{_UNIT}\s(?:(?:[a-z]+\s)?(?P<thing>{_THINGS})\b|(?P<name>{_NAME}))")
_UNITS_OF = re.compile(rf"^\s{_UNIT}\sof\s(?:the\s)?(?P<name>{_NAME})")
_UNITS_LONG = re.compile(rf"^\s{_UNIT}(?:\s(?P<how>long|tall|high|wide))?\b")
_UNITS_THING = re.compile(rf"^\s{_UNIT},\s(?:the|this)\s(?:[a-z]+\s)?(?P<thing>{_THINGS})\b")
_THING_IS = re.compile(
    rf"(?P<the>\b(?:[Tt]he|[Tt]his|[Ii]ts)\s)?(?:[a-z]+\s)?\b(?:(?P<thing>{_THINGS})|(?P<name>{_NAME})),?\s(?:which\s)?(?:is|was|will\sbe|stands?|measures?|stood|measured)\s$"
)
_MEASURE_OF = re.compile(r"\b(?P<how>height|length|width)\s(?:of|is|was)\s$")
_THING_WHOSE = re.compile(rf"\b(?:(?P<thing>{_THINGS})|(?P<name>{_NAME})),\swhose\s(?:height|length|width)\sis\s$")
_LENGTH_OF_THING = re.compile(rf"\b(?P<thing>{_THINGS})['’]s\s(?:total\s)?(?:height|length|width)\sof\s$")
_DIMENSIONS = {"long": "length", "tall": "height", "high": "height", "wide": "width"}


def kinds_of(body: str, number: Number) -> Iterator[NumberKind]:
    """All that a number of a sentence may be of."""
    before, after = body[: number.start], body[number.end :]
    definite = IS_DEFINITE.search(before) is not None
    for kind in _KINDS:
        if kind.before.search(before) and (unit := kind.after.match(after)):
            is_back = definite or (kind.back is not None and kind.back.search(body) is not None)
            yield NumberKind(kind.of, is_back, number.end + unit.end())
    if balance := _BALANCE.search(before):
        yield NumberKind(f"money of a {balance['noun']}", definite or bool(balance["the"]), number.end)
    yield from _spells(number, before, after, definite)
    yield from _sizes(number, before, after, definite)


def _spells(number: Number, before: str, after: str, definite: bool) -> Iterator[NumberKind]:
    """ "The strike lasted 19 days … the 23-day strike"."""
    if spell := _SPELL_OF.match(after):
        yield NumberKind(f"{spell['unit']}s of {_event(spell['noun'])}", definite, number.end + spell.end())
    if (lasted := _LASTED.search(before)) and (unit := _UNITS.match(after)):
        yield NumberKind(f"{unit['unit']}s of {_event(lasted['noun'])}", False, number.end + unit.end())


def _event(noun: str) -> str:
    return _SPELLS.get(noun, noun)


def _sizes(number: Number, before: str, after: str, definite: bool) -> Iterator[NumberKind]:
    """ "A 412-metre bridge … the bridge is 385 metres long"."""
    if (
        (found := _N_UNIT_THING.match(after))
        or (found := _UNITS_OF.match(after))
        or (found := _UNITS_THING.match(after))
    ):
        thing = found.groupdict().get("thing") or found["name"]
        how = _MEASURE_OF.search(before)
        dimension = how["how"] if how else "height" if thing in _TALL else "length"
        yield _size(
            found["unit"], dimension, thing, definite or found.re is not _N_UNIT_THING, number.end + found.end()
        )
        return
    size = _UNITS_LONG.match(after)
    owner = _THING_WHOSE.search(before) or _LENGTH_OF_THING.search(before) or _THING_IS.search(before)
    dimension = size["how"] or _measure(before) if size else None
    if size and owner and dimension:
        thing = owner["thing"] or owner.groupdict().get("name") or ""
        is_back = owner.re is not _THING_IS or bool(owner["the"]) or bool(owner["name"])
        yield _size(size["unit"], _DIMENSIONS.get(dimension, dimension), thing, is_back, number.end + size.end())
    elif (
        size
        and size["how"]
        and (named := re.match(rf",\s(?:the\s)?(?P<name>{_NAME})\s(?:is|was)\b", after[size.end() :]))
    ):
        yield _size(size["unit"], _DIMENSIONS[size["how"]], named["name"], False, number.end + size.end())


def _measure(before: str) -> str | None:
    how = _MEASURE_OF.search(before)
    return how["how"] if how else None


def _size(unit: str, dimension: str, thing: str, is_back: bool, end: int) -> NumberKind:
    unit = unit.replace("meter", "metre").replace("feet", "foot")
    return NumberKind(f"{dimension} in {unit}s of {' '.join(thing.lower().split()[-2:])}", is_back, end)
