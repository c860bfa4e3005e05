"""Changes and ratios: "rose from 40 to 50, up 25 %", "twice as many as the 43", "a third of the 90 seats"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from reader.claims.figures.found import FoundFigure, figure
from reader.claims.model import FigureParts
from reader.language.numbers import Number, find_numbers
from reader.language.sentences import Sentence

_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|pc\b)")
_POINTS = re.compile(r"[\s-]?(?:percentage[\s-]points?|points?\b)")
_FROM_TO = re.compile(
    r"\bfrom\s(?:about\s|some\s|a\s|an\s|just\s)*(?P<a>{n})(?P<u1>[^,.;\d]{0,40}?)\s(?:last\syear\s|the\syear\sbefore\s)?to\s(?:about\s|some\s|just\s|a\srecord\s)*(?P<b>{n})".replace(
        "{n}", r"[$€£¥]?\d[\d,]*(?:\.\d+)?(?:\s?(?:million|billion|bn|m|thousand|trillion))?"
    )
)
_TO_FROM = re.compile(
    r"\bto\s(?:about\s|some\s|just\s|a\srecord\s)*(?P<b>{n})(?P<u1>[^,.;\d]{0,40}?)\sfrom\s(?:about\s|some\s|just\s)*(?P<a>{n})".replace(
        "{n}", r"[$€£¥]?\d[\d,]*(?:\.\d+)?(?:\s?(?:million|billion|bn|m|thousand|trillion))?"
    )
)
_UP = re.compile(
    r"\b(?:up|rise|rose|risen|rising|increase[ds]?|increasing|gain(?:ed|s)?|grew|grown|growth|jump(?:ed)?|climb(?:ed)?|soar(?:ed)?|surge[ds]?|higher|more|put up|gone|went)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:down|fall|fell|fallen|falling|drop(?:ped|s)?|decrease[ds]?|decline[ds]?|shrunk|shrank|cut|lower(?:ed)?|slump(?:ed)?|plunge[ds]?|reduc(?:ed|tion)|loss|fewer|less|slid|dipped|tumbled)\b",
    re.IGNORECASE,
)
_WAS_FROM = re.compile(r"\b(?:up|down)\s(?:by\s)?$", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:against|compared\s(?:with|to)|versus|from)\s(?:about\s|some\s|just\s|the\s)*$", re.IGNORECASE
)
_FACTORS = {
    "double": 2,
    "doubled": 2,
    "twice": 2,
    "twofold": 2,
    "triple": 3,
    "tripled": 3,
    "trebled": 3,
    "threefold": 3,
    "quadrupled": 4,
    "fourfold": 4,
    "fivefold": 5,
    "sixfold": 6,
    "tenfold": 10,
    "halved": Decimal("0.5"),
}
_FACTOR_FROM_TO = re.compile(rf"\b(?P<f>{'|'.join(sorted(_FACTORS, key=len, reverse=True))})\b[^.;]{{0,30}}?\bfrom\s")
_TIMES_THE = re.compile(
    r"\b(?P<f>twice|double|triple|three times|four times|five times|six times|ten times|half|a third|a quarter|a fifth|a tenth|two thirds|two-thirds|three quarters|three-quarters)\s(?:as\s(?:many|much)\sas\s|of\s)?(?:the\s)(?:about\s|some\s)?$"
)
_SHARE = {"half": (1, 2), "a third": (1, 3), "a quarter": (1, 4), "a fifth": (1, 5), "a tenth": (1, 10), "two thirds": (2, 3), "two-thirds": (2, 3), "three quarters": (3, 4), "three-quarters": (3, 4),
          "twice": (2, 1), "double": (2, 1), "triple": (3, 1), "three times": (3, 1), "four times": (4, 1), "five times": (5, 1), "six times": (6, 1), "ten times": (10, 1)}  # fmt: skip
_OF_WHOLE = re.compile(r"\b[Oo]f\s(?:the\s|its\s|their\s|all\s)?(?:[\w’'-]+\s)?$")
_YEARLIKE = re.compile(r"^(?:1[5-9]|20)\d\d$")


def find_changes(paragraph: int, text: str, sentence: Sentence) -> Iterator[FoundFigure]:
    """All changes and ratios of a sentence."""
    numbers = find_numbers(sentence.text)
    if len(numbers) < 2:
        return
    percents = [n for n in numbers if _PERCENT.match(sentence.text, n.end)]
    points = [n for n in numbers if _POINTS.match(sentence.text, n.end) and n not in percents]
    yield from _percent_change(paragraph, sentence, numbers, percents, points)
    yield from _share_of(paragraph, sentence, numbers, percents)
    yield from _ratios(paragraph, sentence, numbers)
    yield from _differences(paragraph, sentence, numbers)
    yield from _over_time(paragraph, sentence, numbers)


def _at(numbers: tuple[Number, ...], start: int, end: int) -> Number | None:
    return next((n for n in numbers if start <= n.start < end), None)


def _placed(number: Number, sentence: Sentence) -> Number:
    return replace(number, start=number.start + sentence.start, end=number.end + sentence.start)


def _percent_change(
    paragraph: int, sentence: Sentence, numbers: tuple[Number, ...], percents: list[Number], points: list[Number]
) -> Iterator[FoundFigure]:
    pair = _pair(sentence.text, numbers, percents)
    if pair is None:
        return
    before, after = pair
    rest = [n for n in (*percents, *points) if n not in pair]
    pair_is_percent = before in percents or after in percents
    if len(rest) != 1:
        return
    change = rest[0]
    if pair_is_percent and change not in points:
        return
    if change in points and not pair_is_percent:
        return
    if before.currency != after.currency and before.currency and after.currency:
        return
    first, last = min(before.start, after.start), max(before.end, after.end)
    gap = sentence.text[min(change.end, last) : max(change.start, first)]
    if ";" in gap or (
        re.match(r"\s?(?:%|per\s?cent|pc),?\sfrom\s\d", sentence.text[change.end :])
        and not _FROM_TO.match(sentence.text, sentence.text.find("from", change.end))
    ):
        return  # a level of something else, and no change of these two
    near = sentence.text[max(0, change.start - 45) : change.end + 30]
    up, down = _UP.search(near), _DOWN.search(near)
    if not up and not down:
        up, down = _UP.search(sentence.text), _DOWN.search(sentence.text)
    direction = "up" if up and not down else "down" if down and not up else ""
    if re.match(
        r"\s?(?:%|per\s?cent|pc)\s(?:on|since|over|in|from)\s(?:the\s)?(?:1|2|last|year|same|previous)",
        sentence.text[change.end :],
    ):
        return
    if re.search(
        r"\ba year\b(?!\s(?:earlier|ago|before|later))|\bper year\b|\bannual\w*\b|\beach (?:year|month)\b|\ba month\b for|compound|\bseasonally|\bmargin|\bshare of\b|\binflation\b|\breal terms\b|\byields?\b",
        near,
    ):
        return
    rule = "points" if change in points else "percent change"
    if change.approximate and rule != "points":
        rule = "percent change about"
    start, end = (
        min(n.start for n in (before, after, change)),
        max(_percent_end(sentence.text, change), before.end, after.end),
    )
    before = _scaled_alike(before, after)
    parts = FigureParts(rule, tuple(_placed(n, sentence) for n in (before, after, change)), words=(direction,))
    yield figure(paragraph, sentence.text, sentence.start + start, sentence.start + end, parts)


def _scaled_alike(before: Number, after: Number) -> Number:
    """ "From 6.24 to 4.98 billion": the first number is of billions too."""
    printed = after.text.split()[0].lstrip("$€£¥").replace(",", "")
    if before.unit_in_last_place > 1 or not re.fullmatch(r"\d+(?:\.\d+)?", printed) or Decimal(printed) == after.value:
        return before
    scale = after.value / Decimal(printed)
    return replace(before, value=before.value * scale, unit_in_last_place=before.unit_in_last_place * scale)


def _percent_end(text: str, number: Number) -> int:
    found = _PERCENT.match(text, number.end) or _POINTS.match(text, number.end)
    return found.end() if found else number.end


def _pair(text: str, numbers: tuple[Number, ...], percents: list[Number]) -> tuple[Number, Number] | None:
    """The number before and the number after a change, where the words show which is which."""
    if found := _FROM_TO.search(text):
        before, after = _at(numbers, found.start("a"), found.end("a")), _at(numbers, found.start("b"), found.end("b"))
        return (before, after) if before and after and before is not after else None
    if found := _TO_FROM.search(text):
        before, after = _at(numbers, found.start("a"), found.end("a")), _at(numbers, found.start("b"), found.end("b"))
        return (before, after) if before and after and before is not after else None
    plain = [n for n in numbers if n not in percents and not _YEARLIKE.match(n.text) and not n.in_words]
    if len(plain) != 2 or len(percents) != 1:
        return None
    first, second = plain
    between = text[first.end : second.start]
    if (first.currency or second.currency) and first.currency != second.currency:
        return None
    if (
        re.search(r"\b(?:up|down)\s(?:by\s)?[^;.]{0,20}$", text[: percents[0].start])
        and first.end < percents[0].start < second.start
        and _AGAINST.search(text[percents[0].end : second.start])
    ):
        return second, first
    if _AGAINST.search(between) and "from" not in between and percents[0].start > second.end:
        return second, first
    if (
        percents[0].start > second.end
        and re.search(r"\bhad been\b|\bwas\b|\bwere\b", text[: first.start])
        and re.search(
            r"\b(?:put up|raised|increased|cut|lowered|reduced|risen|rose|fell|fallen|gone)\b[^.;]{0,12}\bto\s$",
            between,
        )
    ):
        return first, second
    return None


def _share_of(
    paragraph: int, sentence: Sentence, numbers: tuple[Number, ...], percents: list[Number]
) -> Iterator[FoundFigure]:
    """ "15 per cent of the 2,000 workers, or 300"; "three of the eight samples, or 37.5%"."""
    text = sentence.text
    for percent in percents:
        whole = next(
            (
                n
                for n in numbers
                if n.start > percent.end
                and re.fullmatch(
                    r"\s?(?:%|per\s?cent|pc)\sof\s(?:the|its|their|all|his|her)\s(?:\w+\s)?",
                    text[percent.end : n.start],
                )
            ),
            None,
        )
        part = next(
            (
                n
                for n in numbers
                if whole
                and n.start > whole.end
                and re.search(r",\sor\s(?:about\s|some\s)?$", text[whole.end : n.start])
                and n.start - whole.end < 60
            ),
            None,
        )
        if whole and part and part not in percents:
            yield _figure_of(paragraph, sentence, "share", (percent, whole, part))
    for whole, part in zip(numbers, numbers[1:], strict=False):
        percent = next((p for p in percents if p.start > part.end and re.fullmatch(r"(?:\s[a-z]+){0,3},\sor\s(?:about\s|some\s)?", text[part.end : p.start])), None)  # type: ignore[assignment]  # fmt: skip
        if (
            percent
            and _OF_WHOLE.search(text[: whole.start])
            and re.fullmatch(r",?\s(?:[a-z]+,?\s){0,4}", text[whole.end : part.start])
        ):
            yield _figure_of(paragraph, sentence, "share", (percent, whole, part))
    for part, whole in zip(numbers, numbers[1:], strict=False):
        if re.fullmatch(
            r"\s(?:out\s)?of\s(?:the|its|their|all|a\stotal\sof)?\s?(?:\w+\s)?", text[part.end : whole.start]
        ):
            percent = next(
                (
                    p
                    for p in percents
                    if p.start > whole.end
                    and re.search(r",\sor\s(?:about\s|some\s)?$|\($", text[whole.end : p.start])
                    and p.start - whole.end < 60
                ),
                None,
            )  # type: ignore[assignment]
            if percent:
                yield _figure_of(paragraph, sentence, "share", (percent, whole, part))


def _figure_of(
    paragraph: int, sentence: Sentence, rule: str, numbers: tuple[Number, ...], words: tuple[str, ...] = ()
) -> FoundFigure:
    start, end = min(n.start for n in numbers), max(_percent_end(sentence.text, n) for n in numbers)
    parts = FigureParts(rule, tuple(_placed(n, sentence) for n in numbers), words=words)
    return figure(paragraph, sentence.text, sentence.start + start, sentence.start + end, parts)


_THAN = re.compile(
    r"^\s(?:[a-z]+\s){0,3}?(?P<way>more|less|fewer|higher|lower|above|below|up\son|down\son)\s(?:than\s)?(?:the\s|its\s|last\syear['’]s\s|a\s)?$"
)
_UNDER = frozenset({"less", "fewer", "lower", "below", "down on"})
_A_TIME = re.compile(
    r"^\s(?:[a-z]+\s){0,2}?(?:a|per|each|every)\s(?P<unit>year|month|week|day)\b,?\s(?:or|making|which\sis|that\sis)\s(?:about\s|some\s)?$"
)
_OVER = re.compile(r"^\s(?:[a-z]+\s){0,2}?(?:over|in|for)\s(?:the\snext\s)?$")


def _differences(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "$48.6 million …, $5.4 million more than the $43.2 million": the first of one kind is the sum or the difference."""
    text = sentence.text
    for place, (by, other) in enumerate(zip(numbers, numbers[1:], strict=False)):
        way = _THAN.match(text[by.end : other.start])
        alike = [n for n in numbers[:place] if n.currency == by.currency == other.currency]
        if not way or not alike or _PERCENT.match(text, by.end) or _PERCENT.match(text, other.end):
            continue
        one = alike[-1]
        if one.currency is None or _YEARLIKE.match(one.text) or by.start - one.end > 120:
            continue
        yield _figure_of(
            paragraph, sentence, "difference", (one, by, other), ("less" if way["way"] in _UNDER else "more",)
        )


def _over_time(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "14 million euros a year, or 42 million over three years"."""
    text = sentence.text
    for rate, total, times in zip(numbers, numbers[1:], numbers[2:], strict=False):
        each = _A_TIME.match(text[rate.end : total.start])
        if each and _OVER.match(text[total.end : times.start]) and re.match(rf"\s{each['unit']}s\b", text[times.end :]):
            yield _figure_of(paragraph, sentence, "over time", (rate, times, total))


def _ratios(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    text = sentence.text
    if found := _FACTOR_FROM_TO.search(text):
        pair = re.search(r"\bfrom\s", text[found.end() - 5 :])
        after = [n for n in numbers if n.start >= found.end()]
        if (
            pair
            and len(after) >= 2
            and re.fullmatch(r"[^.;]{0,40}?\sto\s(?:about\s|some\s)?", text[after[0].end : after[1].start])
        ):
            factor = _FACTORS[found["f"]]
            start = min(found.start(), after[0].start)
            parts = FigureParts(
                "ratio", (_placed(after[1], sentence), _placed(after[0], sentence)), words=(str(factor), found["f"])
            )
            yield figure(paragraph, text, sentence.start + start, sentence.start + after[1].end, parts)
    for whole in numbers:
        lead = text[: whole.start]
        share = _TIMES_THE.search(lead)
        if not share or _PERCENT.match(text, whole.end):
            continue
        top, bottom = _SHARE[share["f"]]
        factor = Decimal(top) / Decimal(bottom)
        part = _part_of(text, numbers, whole, share)
        if part is not None and not (part.currency and whole.currency and part.currency != whole.currency):
            parts = FigureParts(
                "ratio", (_placed(part, sentence), _placed(whole, sentence)), words=(str(factor), share["f"])
            )
            start, end = min(part.start, share.start()), max(part.end, whole.end)
            yield figure(paragraph, text, sentence.start + start, sentence.start + end, parts)


def _part_of(text: str, numbers: tuple[Number, ...], whole: Number, share: re.Match[str]) -> Number | None:
    """The number that is so many times the whole: ", or seven" behind it, or the one just before ", a third of the"."""
    behind = next(
        (
            n
            for n in numbers
            if n.start > whole.end and re.search(r",\sor\s$", text[whole.end : n.start]) and n.start - whole.end < 60
        ),
        None,
    )
    if behind:
        return behind
    before = [n for n in numbers if n.end < share.start() and not _YEARLIKE.match(n.text)]
    if not before:
        return None
    gap = text[before[-1].end : share.start()]
    return (
        before[-1]
        if len(gap) < 60
        and re.search(r",\s(?:or\s|that is\s|which is\s|some\s)?$", gap)
        and not re.search(r"[.;:]", gap)
        else None
    )
