"""Figures that what was told before gives: lists without a total, years and race times between two, shares of what was named.

They are told without the numbers they come from beside them, so agreement supports them and nothing refutes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reader.claims.figures.found import FoundFigure, figure
from reader.claims.model import FigureParts
from reader.language.datetext import DateMention
from reader.language.numbers import Number, find_numbers
from reader.language.sentences import Sentence

_LISTED = re.compile(r"[,;]|\band\b")
_NOT_PARTS = re.compile(
    r"[.:(]|\b(?:from|to)\s[$€£¥]?\d|\bwhile\b|\bbut\b|\bafter\b|\bsince\b|\bthan\b|\bout\sof\b|\bof\sthe\s\d"
)
_TAIL = re.compile(r"(?:\s[a-z’'-]+){0,5}")
_LEAST_WHOLE = 10
_LONGEST_GAP = 70
_YEARS = re.compile(
    r"^(?:-|\s)(?:long\s|full\s|whole\s|years['’]\s)?years?\b(?!-old|\sold)(?P<cue>\s(?:later|earlier|after|before|ago|since|without|between|to\sget|to\sreach|on\b|in\sall)|['’]|\shistory|-?\s?history|,|\.|$|\s\w+)"
)
_AGE_WORDS = re.compile(
    r"\b(?:aged?|old|sentence[ds]?|jail\w*|prison|contract|lease|warranty|mortgage|deal|plan|term|ban(?:ned)?|olds?|guarantee)\b"
)
_UNBROKEN = re.compile(r"\b(?:until|since|no\sone|nobody|without|not\sone|none|never|nothing)\b", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:(?P<min>\d{1,3}|[a-z]+(?:-[a-z]+)?)\sminutes?(?:\sand)?\s)?(?P<sec>\d{1,2}|[a-z]+(?:-[a-z]+)?)\sseconds?\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:back|behind|ahead|beat(?:en|ing)?|within|short\sof|gone|off|faster|slower|clear|margin|lead(?:s|ing)?|better|outside|inside|quicker|took|taken|lost|gap|separated|later|adrift|down)\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(r"^[^.;:]{0,30}?\b(?:more|less|fewer|higher|lower|greater|smaller)\sthan\s[^.;:0-9]{0,40}?$|^[^.;:]{0,12}?\b(?:above|below|short\sof|up\son|down\son)\s[^.;:0-9]{0,30}?$")  # fmt: skip
_FRACTIONS = {"half": (1, 2), "a third": (1, 3), "one third": (1, 3), "a quarter": (1, 4), "one quarter": (1, 4), "two thirds": (2, 3), "two-thirds": (2, 3), "three quarters": (3, 4), "three-quarters": (3, 4), "a fifth": (1, 5), "four fifths": (4, 5)}  # fmt: skip
_FRACTION = re.compile(rf"\b(?:(?P<about>a\slittle\sover|just\sover|more\sthan|over|nearly|almost|just\sunder|about|some|roughly|around)\s)?(?P<share>{'|'.join(_FRACTIONS)})\b(?!\s(?:of\s)?(?:a|an)\s)")  # fmt: skip
_NEAR_SHARE = 90  # characters
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percent\b)")


def find_derived(
    paragraph: int, sentence: Sentence, before: Sentence | None, dates: tuple[DateMention, ...]
) -> Iterator[FoundFigure]:
    """Every such figure of a sentence; `before` is the sentence that comes before it, `dates` are the paragraph's."""
    numbers = find_numbers(sentence.text)
    found = (
        *_listed(paragraph, sentence, numbers),
        *_years(paragraph, sentence, numbers, dates),
        *_times(paragraph, sentence),
        *_less_than(paragraph, sentence, before, numbers),
        *_shares(paragraph, sentence, numbers),
    )
    yield from (replace(f, parts=replace(f.parts, is_from_elsewhere=True)) for f in found)


def _figure(paragraph: int, sentence: Sentence, start: int, end: int, parts: FigureParts) -> FoundFigure:
    """A figure whose clause alone tells how it is said."""
    near = sentence.text[max(0, start - sentence.start - 40) : end - sentence.start + 20]
    return figure(paragraph, sentence.text, start, end, parts, near)


def _placed(number: Number, sentence: Sentence) -> Number:
    return replace(number, start=number.start + sentence.start, end=number.end + sentence.start)


def _listed(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "Of these 38 are rated good, 9 fair and 14 poor": three parts or more, the last one behind "and"."""
    text, run = sentence.text, list[Number]()
    yield from _of_their(paragraph, sentence, numbers)
    yield from _of_all(paragraph, sentence, numbers)
    for place, number in enumerate(numbers):
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        run.append(number)
        gap = text[number.end : following.start] if following else "."
        goes_on = (
            following is not None and len(gap) <= _LONGEST_GAP and _LISTED.search(gap) and not _NOT_PARTS.search(gap)
        )
        ends_list = len(run) >= 3 and re.search(r"\band\b", text[run[-2].end : run[-1].start]) is not None
        if goes_on and not ends_list and following is not None and following.currency == number.currency:
            continue
        is_whole = len(run) >= 3 and re.search(r"\band\b", text[run[-2].end : run[-1].start])
        if is_whole and not any(n.approximate or _PERCENT.match(text, n.end) for n in run):
            parts = FigureParts("listed", tuple(_placed(n, sentence) for n in run))
            end = run[-1].end + len(_TAIL.match(text, run[-1].end)[0])  # type: ignore[index]
            yield _figure(paragraph, sentence, sentence.start + run[0].start, sentence.start + end, parts)
        run = []


def _of_all(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "Of the 989 on board 852 died and 137 lived": two parts that make the whole."""
    text = sentence.text
    for total, one, two in zip(numbers, numbers[1:], numbers[2:], strict=False):
        is_whole = re.search(r"\b[Oo]f\s(?:the|its|their|these|those|all)\s(?:the\s)?$", text[: total.start])
        if is_whole and "and" in text[one.end : two.start] and one.value + two.value == total.value >= _LEAST_WHOLE:
            parts = FigureParts("listed", tuple(_placed(n, sentence) for n in (one, two)))
            end = two.end + len(_TAIL.match(text, two.end)[0])  # type: ignore[index]
            yield _figure(paragraph, sentence, sentence.start + one.start, sentence.start + end, parts)


def _of_their(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "Won seven of their 32 matches, drawn nine and lost 16": the total stands behind the first part."""
    for one, total, two, three in zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False):
        text = sentence.text
        if (
            re.fullmatch(r"\sof\s(?:the|their|its|his|her)\s", text[one.end : total.start])
            and one.value + two.value + three.value == total.value
        ):
            parts = FigureParts("listed", tuple(_placed(n, sentence) for n in (one, two, three)))
            yield _figure(paragraph, sentence, sentence.start + one.start, sentence.start + three.end, parts)


def _years(
    paragraph: int, sentence: Sentence, numbers: tuple[Number, ...], dates: tuple[DateMention, ...]
) -> Iterator[FoundFigure]:
    """ "No one came back for 52 years", "after fifty years, in 2048", "another 55 to reach the third"."""
    told = tuple(d for d in dates if d.start < sentence.end and d.year is not None)
    for number in numbers:
        unit = _YEARS.match(sentence.text[number.end :])
        if not unit or number.approximate or number.value % 1 or not 3 <= number.value <= 3000:
            continue
        lead = sentence.text[max(0, number.start - 8) : number.start]
        if re.search(r"\b(?:for|of)\s(?:\w+\s)?$", lead) and not _UNBROKEN.search(sentence.text):
            continue
        if _AGE_WORDS.search(sentence.text[max(0, number.start - 25) : number.end + 25]):
            continue
        end = sentence.start + number.end + len(unit[0].split()[0] if unit[0].startswith("-") else " years")
        words = ("ago",) if (unit["cue"] or "").strip() == "ago" else ()
        parts = FigureParts("years apart", (_placed(number, sentence),), told, words)
        yield _figure(paragraph, sentence, sentence.start + number.start, min(end, sentence.end), parts)


def _times(paragraph: int, sentence: Sentence) -> Iterator[FoundFigure]:
    """ "Four minutes and 44 seconds back": between two race times of the article."""
    for found in _DURATION.finditer(sentence.text):
        if not _APART.search(sentence.text[max(0, found.start() - 50) : found.end() + 40]):
            continue
        minutes = find_numbers(found["min"]) if found["min"] else ()
        seconds = find_numbers(found["sec"])
        if not seconds or (found["min"] and not minutes):
            continue
        total = int(seconds[0].value) + (int(minutes[0].value) * 60 if minutes else 0)
        parts = FigureParts("times apart", words=(str(total),))
        yield _figure(paragraph, sentence, sentence.start + found.start(), sentence.start + found.end(), parts)


def _less_than(
    paragraph: int, sentence: Sentence, before: Sentence | None, numbers: tuple[Number, ...]
) -> Iterator[FoundFigure]:
    """ "That is 0.6 percentage points less than January's 8.7": of the number told in the sentence before."""
    for gap, other in zip(numbers, numbers[1:], strict=False):
        if before is None or gap.approximate or other.approximate or gap.value >= other.value:
            continue
        if not _DIFFERENCE.match(sentence.text[gap.end : other.start]):
            continue
        earlier = tuple(n for n in find_numbers(before.text) if n.currency == other.currency and not n.approximate)
        parts = FigureParts(
            "less than", (_placed(gap, sentence), _placed(other, sentence), *(_placed(n, before) for n in earlier))
        )
        yield _figure(paragraph, sentence, sentence.start + gap.start, sentence.start + other.end, parts)


def _shares(paragraph: int, sentence: Sentence, numbers: tuple[Number, ...]) -> Iterator[FoundFigure]:
    """ "365 of the 650 seats, or some 56 per cent": a share beside the two numbers it comes from."""
    text = sentence.text
    percents = [n for n in numbers if _PERCENT.match(text, n.end)]
    plain = [n for n in numbers if n not in percents and n.unit_in_last_place >= 1 and not (n.in_words and n.value < 4)]
    for percent in percents:
        if pair := _part_and_whole(text, plain, percent.start):
            parts = FigureParts("share of both", tuple(_placed(n, sentence) for n in (*pair, percent)))
            end = percent.end + len((_PERCENT.match(text, percent.end) or [""])[0])
            yield _figure(paragraph, sentence, sentence.start + percent.start, sentence.start + end, parts)
    for found in _FRACTION.finditer(text):
        if pair := _part_and_whole(text, plain, found.start()):
            top, bottom = _FRACTIONS[found["share"]]
            words = (str(top), str(bottom), found["about"] or "")
            parts = FigureParts("fraction of both", tuple(_placed(n, sentence) for n in pair), words=words)
            yield _figure(paragraph, sentence, sentence.start + found.start(), sentence.start + found.end(), parts)


def _part_and_whole(text: str, plain: list[Number], at: int) -> tuple[Number, Number] | None:
    """ "A of the B" or "Of the B … A" right before a share, with no other number between."""
    before = [n for n in plain if n.end <= at and at - n.end < _NEAR_SHARE]
    if len(before) < 2 or before[-1].currency != before[-2].currency:
        return None
    first, second = before[-2:]
    if re.match(r"(?:\s[a-z]+)?\s(?:out\s)?of\s(?:the\s|its\s|their\s|all\s)?$", text[first.end : second.start]):
        return first, second
    if re.search(r"\b[Oo]f\s(?:the\s|its\s|their\s|all\s)?$", text[: first.start]) and second.value < first.value:
        return second, first
    return None
