"""Totals: parts against their sum, lists against their count, rates and counts against the product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reader.claims.figures.found import FoundFigure, figure
from reader.claims.model import FigureParts
from reader.language.numbers import WORDS, Number, find_numbers
from reader.language.sentences import Sentence

_NOT_EXHAUSTIVE = re.compile(
    r"\b(?:includ\w+|among(?:st)?|such as|like|e\.g|for example|for instance|at least|mostly|mainly|some of|notably|especially|particularly|several|others?|the rest|remaining|remainder|more than|about|average|from)\b",
    re.IGNORECASE,
)
_PARTS_INTRO = re.compile(
    r"^(?P<noun>(?:\s(?!and\b|or\b|to\b|from\b|in \d)[A-Za-z'’-]+){0,9}?)\s?(?:(?P<sign>[:–—])|,?\s(?:made up of|consist(?:s|ed|ing) of|composed of|comprising|comprised)|,\sof\s(?:whom|which|them)|,(?=\s(?:\d|[a-z]+)\s(?:of\sthem|of\swhom|of\swhich)|\s(?:\d[\d,]*|[a-z-]+)\s))"
)
_MARKED = re.compile(r"\bof\s(?:them|whom|which)\b|consist|made up|compos|compris")
_LIST_INTRO = re.compile(r"^(?P<noun>(?:\s[A-Za-z'’-]+){1,9}?)(?P<are>\s(?:are|were|is|include)\s|(?:\s?[:–—]\s))")
_PREPOSED = re.compile(r"\s(?:in|on|for|at|from)\s")
_ITEM_SPLIT = re.compile(r",\s(?:and\s)?|\sand\s")
_EACH_COUNT = re.compile(r"\b(?:each|every)\b|\bapiece\b|\bin each\b", re.IGNORECASE)
_TOTAL_AFTER = re.compile(r"^(?:[^.;]{0,40}?\s)?(?:in\sall|in\stotal|altogether|all\stold|combined|overall)\b")
_TOTAL_BEFORE = re.compile(
    r"(?:\b(?:or|which\s(?:means|meant|makes|made|is|comes\sto)|that\s(?:made|makes|is|was|means|comes\sto)|making|for\sa\stotal\sof|a\stotal\sof|totalling|totaling|in\sall|in\stotal|altogether|amounting\sto|came\sto|comes\sto|cost|costing|bringing\s(?:in|the\stotal\sto))\s(?:a\stotal\sof\s)?|=\s?)$",
    re.IGNORECASE,
)
_OF = re.compile(
    r"^\s(?:equal\s|monthly\s|weekly\s|annual\s|yearly\s|daily\s)?(?P<noun>[a-z-]+)\s(?:of(?:\sthe)?|at|worth|×|x)\s(?:only\s|just\s)?$"
)
_RATE = re.compile(
    r"^\s(?:a|an|per|each|every|for\seach|for\severy)\s(?P<unit>[a-z]+)\b|^-?\s?(?:a|per)-(?P<unit2>[a-z]+)\b"
)
_REMAINDER = re.compile(r"\b(?:remaining|remainder|the\srest)\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b)")
_ADD_FIELDS = frozenset({"year", "month", "week", "day", "hour", "decade", "time", "head", "capita"})
_TOTAL_NOUNS = re.compile(r"\b(?:dead|hurt|injured|killed|people|total)\b")


def find_sums(paragraph: int, text: str, sentence: Sentence, following: Sentence | None) -> Iterator[FoundFigure]:
    """All totals of a sentence (a rate may stand in it and its total in the next one)."""
    numbers = find_numbers(sentence.text)
    yield from _parts(paragraph, sentence, numbers)
    yield from _list_counts(paragraph, sentence, numbers)
    yield from _too_many_named(paragraph, sentence, numbers)
    yield from _set_off(paragraph, sentence, numbers)
    yield from _products(paragraph, sentence, numbers)
    yield from _rates(paragraph, sentence, following, numbers)
    yield from _percent_parts(paragraph, sentence, numbers)


def _placed(number: Number, sentence: Sentence) -> Number:
    return replace(number, start=number.start + sentence.start, end=number.end + sentence.start)


def _parts(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "12 people: seven men and five women", "five puppies, three of them male and two female", "consists of …"."""
    text = sentence.text
    for place, total in enumerate(numbers[:-2]):
        if _PERCENT.match(text, total.end) or total.approximate:
            continue
        if re.search(r"\d[^.;:]{0,60}(?:,|\sand)\s$", text[: total.start]) or re.match(
            r"\sof\s(?:them|these|whom|which)\b,?\s(?!:)", text[total.end :]
        ):
            continue  # itself a part of a list that began before
        intro = _PARTS_INTRO.match(text[total.end :])
        if not intro:
            continue
        rest = numbers[place + 1 :]
        gap = text[total.end + intro.end() : rest[0].start]
        if gap.strip() not in ("", "with", "up of") or len(gap) > 6:
            continue
        parts, end = _run_of_parts(text, rest, total)
        if (
            len(parts) < 2
            or _NOT_EXHAUSTIVE.search(text[total.start : end])
            or any(_PERCENT.match(text, p.end) for p in parts)
        ):
            continue
        if (
            not intro["sign"]
            and "," in intro[0]
            and not _MARKED.search(text[total.end : parts[0].end + 12])
            and not re.search(r"\sand\s", text[parts[-2].end : parts[-1].start])
        ):
            continue
        if any(p.value > total.value for p in parts) and not intro["sign"]:
            continue
        if len({p.currency for p in (total, *parts)}) > 1:
            continue
        marked = (
            bool(intro["sign"] and intro["noun"]) or _MARKED.search(text[total.end : parts[0].end + 12]) is not None
        )
        yield _sum_figure(paragraph, sentence, "parts", (total, *parts), end, () if marked else ("unmarked",))
    for place in range(2, len(numbers)):
        yield from _added_up(paragraph, sentence, numbers, place)


def _run_of_parts(text: str, rest: tuple[Number, ...], total: Number) -> tuple[list[Number], int]:
    """Parts joined by commas and a last "and", each with a few words of its own."""
    parts = [rest[0]]
    ended = False
    for number in rest[1:]:
        gap = text[parts[-1].end : number.start]
        if (
            len(gap) > 70
            or re.search(r"[;:.(]|\bfrom\b|\bto\b|\bwho\b|\bwhile\b|\bbut\b|\bby\b|\bafter\b|\bat\b", gap)
            or not re.search(r",|\band\b", gap)
        ):
            break
        if ended:
            return parts, 0
        parts.append(number)
        ended = bool(re.search(r"\band\s(?:the\s)?$|\band\s$", gap))
    end = parts[-1].end
    tail = re.match(r"(?:\s[a-z'’-]+){0,5}", text[end:])
    return (parts if ended else []), end + (tail.end() if tail else 0)


def _added_up(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...], place: int) -> Iterator[FoundFigure]:
    """ "4 dead and 6 hurt, 10 in all" is left to the parts before a stated total."""
    text, total = sentence.text, numbers[place]
    one, other = numbers[place - 2], numbers[place - 1]
    between = text[one.end : other.start]
    lead = text[other.end : total.start]
    if (
        not re.fullmatch(r"(?:\s[a-z'’-]+){0,4}(?:,)?\sand\s", between)
        or not re.search(r",\s(?:a\stotal\sof\s|or\s|making\s)?$", lead)
        or len(lead) > 40
    ):
        return
    if not (_TOTAL_AFTER.match(text[total.end :]) or "total of" in lead or "making" in lead):
        return
    if place >= 3 and re.fullmatch(r"(?:\s[a-z'’-]+){0,4},\s", text[numbers[place - 3].end : one.start]):
        return
    if len({n.currency for n in (one, other, total)}) == 1 and not any(n.approximate for n in (one, other, total)):
        yield _sum_figure(paragraph, sentence, "parts", (total, one, other), total.end)


def _sum_figure(
    paragraph: int, sentence: Sentence, rule: str, numbers: tuple[Number, ...], end: int, words: tuple[str, ...] = ()
) -> FoundFigure:
    start = min(n.start for n in numbers)
    parts = FigureParts(rule, tuple(_placed(n, sentence) for n in numbers), words=words)
    return figure(
        paragraph, sentence.text, sentence.start + start, sentence.start + max(end, max(n.end for n in numbers)), parts
    )


def _percent_parts(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """Shares of a whole whose last one is called the remaining one: they make 100 per cent."""
    text = sentence.text
    percents = [
        n for n in numbers if _PERCENT.match(text, n.end) or re.match(r"\s(?:against|in favour)", text[n.end :])
    ]
    if len(percents) < 2 or not _REMAINDER.search(text[percents[-2].end : percents[-1].start]):
        return
    if any(p.approximate for p in percents) or re.search(r"\bof the (?:rest|others|former|latter)\b", text):
        return
    end = percents[-1].end + len((_PERCENT.match(text, percents[-1].end) or re.match("", ""))[0])  # type: ignore[index]
    yield _sum_figure(paragraph, sentence, "percent parts", tuple(percents), end)


def _list_counts(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "three people: A, B and C", "the six films in competition are …", "two of its founders, A and B,"."""
    text = sentence.text
    for number in numbers:
        if (
            number.value > 12
            or number.value < 2
            or number.currency
            or number.approximate
            or number.value != int(number.value)
        ):
            continue
        intro = _LIST_INTRO.match(text[number.end :])
        if not intro or not intro["noun"].split()[0 if _PREPOSED.search(intro["noun"]) else -1].endswith(
            ("s", "people", "men", "women", "children")
        ):
            continue
        if (
            intro["are"].strip() == "include"
            or _NOT_EXHAUSTIVE.search(intro["noun"])
            or (re.search(r"\bof\b", intro["noun"].partition(" in ")[0]) and intro["are"].strip() in ("are", "were"))
        ):
            continue
        start = number.end + intro.end()
        body = re.split(
            r"[.;!?]|\s[–—]\s|,\s(?:who|which|where|all|each|both|according|said|police)\b|\s(?:have|has|had|will|were|was|are|is)\s|\bin that order\b",
            text[start:],
        )[0].rstrip(' ,"”')
        items = _items(body)
        if (
            items is None
            or _NOT_EXHAUSTIVE.search(body)
            or any(n.text[:1].islower() or n.text[:1].isdigit() for n in find_numbers(body))
        ):
            continue
        if intro["are"].strip() in ("are", "were") and not all(item[:1].isupper() for item in items):
            continue  # what they are or do, and no list of them
        label = "list" if intro["are"].strip() in (":", "–", "—", "are", "were") else "apposition"
        words = (label, *items)
        yield figure(
            paragraph,
            text,
            sentence.start + number.start,
            sentence.start + start + len(body),
            FigureParts("list count", (_placed(number, sentence),), words=words),
            "",
        )


_NAMED = r"[A-Z][\w'’-]+(?:\s(?:(?:de|da|van|von|la|al)\s)?[A-Z][\w'’-]+){0,3}(?:,\s\d{1,3}(?=,|\sand))?(?:\sof\s[A-Z][\w'’-]+)?"
_NAMED_AFTER = re.compile(
    rf"^\s(?:[a-z-]+\s){{0,3}}?(?P<noun>[a-z]+s|people|men|women|children)(?:,|:|\s[–—-])\s(?P<names>{_NAMED}(?:,\s{_NAMED})+,?\sand\s{_NAMED})(?=[,.;]|\s[–—-]|$|\s[a-z])"
)


_KIN_NAMED = re.compile(
    r"^\s(?:children|sons|daughters|brothers|sisters|siblings|grandchildren|grandsons|granddaughters),\s(?P<names>[A-Z][\w’'-]+(?:,\s[A-Z][\w’'-]+)+,?\sand\s[A-Z][\w’'-]+)(?=[,.;]|$|\s[a-z])"
)
_SET_OFF = re.compile(
    r"^\s(?P<noun>[a-z]+s|people|men|women)\s(?:[-–—]\s|\()(?P<names>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?(?:,\s[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)+\sand\s[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)(?:\s[-–—]|\))"
)
_JOINED_NAMES = re.compile(r"\b(?:Bosnia|Trinidad|Antigua|Saint|Papua|Sao|São|Turks|Wallis|Tristan)\b")
_CLOSES = re.compile(r"[,.;:!?]|\s[–—-]|$")


def _too_many_named(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "two chemists, A of X, B of Y and C of Z": more are named than were counted."""
    text = sentence.text
    for number in numbers:
        kin = _KIN_NAMED.match(text[number.end :])
        named = kin or _NAMED_AFTER.match(text[number.end :])
        if not named or number.value != int(number.value) or number.currency or number.approximate or number.value > 12:
            continue
        items = tuple(re.split(r",?\sand\s|,\s(?!\d)", named["names"]))
        if (not kin and any(len(re.findall(r"\b[A-Z]", item)) < 2 for item in items)) or not _CLOSES.match(
            text[number.end + named.end("names") :]
        ):
            continue  # single words may be one title, or a town and its country
        if len(items) <= number.value or _NOT_EXHAUSTIVE.search(text[number.start : number.end + named.start("names")]):
            continue
        end = number.end + named.end("names")
        parts = FigureParts("list count", (_placed(number, sentence),), words=("list", *items))
        yield figure(paragraph, text, sentence.start + number.start, sentence.start + end, parts, "")


def _set_off(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "The four countries - Norway, Iceland and Canada - said": all of them are named between dashes or brackets."""
    text = sentence.text
    for number in numbers:
        named = _SET_OFF.match(text[number.end :])
        whole = re.search(r"\b(?:[Tt]he|[Aa]ll|[Tt]hese|[Tt]hose)\s$", text[: number.start])
        if (
            not named
            or not whole
            or number.value % 1
            or number.currency
            or number.approximate
            or _JOINED_NAMES.search(named["names"])
        ):
            continue
        items = tuple(re.split(r"\sand\s|,\s", named["names"]))
        end = number.end + named.end("names")
        parts = FigureParts("list count", (_placed(number, sentence),), words=("list", *items))
        yield figure(paragraph, text, sentence.start + number.start, sentence.start + end, parts, "")


def _items(body: str) -> tuple[str, ...] | None:
    """The items of a list, or None where it cannot be told where one ends ("Marks and Spencer, Procter and Gamble")."""
    if not re.search(r",|\sand\s", body):
        return None
    by_comma = [part.strip() for part in re.split(r",\s", body) if part.strip()]
    last = by_comma[-1]
    inner = [part for part in by_comma[:-1] if re.search(r"\sand\s|\s&\s", part)]
    if inner:
        return None
    if last.startswith("and "):
        items = [*by_comma[:-1], last[4:]]
        if " and " in last[4:]:
            return None
    else:
        tail = re.split(r"\sand\s", last)
        if len(tail) > 2 or (len(tail) == 1 and len(by_comma) < 4):
            return None
        items = [*by_comma[:-1], *tail]
    if any(len(item.split()) > 7 for item in items) or len(items) < 2:
        return None
    if not all(item[:1].isupper() or item[:1] in "\"“'‘" for item in items) and not all(
        item[:1].islower() for item in items
    ):
        return None
    return tuple(items)


def _products(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "12 instalments of £45, or £540 in total", "each of the 32 teams was allowed a squad of 26, which means 832"."""
    text = sentence.text
    for place in range(len(numbers) - 2):
        count, rate, total = numbers[place : place + 3]
        gap, lead = text[count.end : rate.start], text[rate.end : total.start]
        tied = _OF.match(gap) or (
            _EACH_COUNT.search(text[max(0, count.start - 14) : count.end])
            and re.fullmatch(r"[^.;,]{1,60}?\s(?:of|a|an)\s", gap)
        )
        if not tied or len(lead) > 90 or re.search(r"[;]|\d", lead):
            continue
        if not (
            _TOTAL_BEFORE.search(lead)
            or (re.search(r",\s(?:a\stotal\sof\s)?$", lead) and _TOTAL_AFTER.match(text[total.end :]))
        ):
            continue
        if (
            any(n.approximate for n in (count, rate, total))
            or count.currency
            or _PERCENT.match(text, total.end)
            or _PERCENT.match(text, rate.end)
        ):
            continue
        if rate.currency != total.currency or _RATE.match(text[total.end :]):
            continue
        tail = re.match(r"(?:[^.;,]{0,25}?\s(?:in\sall|in\stotal|altogether))?", text[total.end :])
        unit = _length_words(text, rate, total)
        yield _sum_figure(
            paragraph, sentence, "product", (count, rate, total), total.end + (tail.end() if tail else 0), unit
        )


def _length_words(text: str, rate: Number, total: Number) -> tuple[str, ...]:
    """The units behind a rate and a total, when they are measures ("50-metre pool", "two kilometres")."""
    from reader.language.units import find_quantities

    found = {q.start: q.name for q in find_quantities(text)}
    if rate.start in found and total.start in found:
        return found[rate.start], found[total.start]
    return ()


def _rates(
    paragraph: int, sentence: Sentence, following: Sentence | None, numbers: tuple[Number, ...]
) -> Iterator[FoundFigure]:
    """ "$80 million per seat … $3.9 billion for 55 seats": a rate, its count and its total, in this sentence or the next."""
    rates = [
        (n, unit)
        for n in numbers
        if (found := _RATE.match(sentence.text[n.end :]))
        and (unit := found["unit"] or found["unit2"]) not in _ADD_FIELDS
    ]
    if len(rates) != 1:
        return
    rate, unit = rates[0]
    if re.search(
        r"\b(?:average|between|from|range|ranging|up to|as much as)\b",
        sentence.text[max(0, rate.start - 30) : rate.start],
    ):
        return
    for where in (sentence, following):
        if where is None:
            continue
        others = find_numbers(where.text)
        counts = [
            n
            for n in others
            if not n.currency
            and re.match(rf"\s(?:\w+\s)?{re.escape(unit)}s?\b", where.text[n.end :])
            and not (where is sentence and n.start == rate.start)
        ]
        totals = [
            n
            for n in others
            if n.currency == rate.currency and not (where is sentence and n.start == rate.start) and n not in counts
        ]
        if len(counts) != 1 or len(totals) != 1 or (rate.currency is None and where is not sentence):
            continue
        count, total = counts[0], totals[0]
        between = where.text[min(count.end, total.end) : max(count.start, total.start)]
        if len(between) > 80 or not (
            re.fullmatch(r"\s(?:for|to\sbuy|on)\s(?:the\s|its\s|all\s)?", between)
            or _TOTAL_BEFORE.search(where.text[: total.start])
            or _TOTAL_AFTER.match(where.text[total.end :])
        ):
            continue
        if rate.currency is None and not (
            _TOTAL_AFTER.match(where.text[total.end :]) or _TOTAL_BEFORE.search(where.text[: total.start])
        ):
            continue
        start = sentence.start + rate.start
        end = where.start + max(count.end + len(unit) + 2, total.end)
        parts = FigureParts(
            "rate", (_placed(count, where), _placed(rate, sentence), _placed(total, where)), words=(unit,)
        )
        yield figure(
            paragraph, sentence.text + (where.text if where is not sentence else ""), start, min(end, where.end), parts
        )
        return


def number_word(value: int) -> str:
    """The English word for a small number, for explanations."""
    return next((word for word, n in WORDS.items() if n == value), str(value))
