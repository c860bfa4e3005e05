"""Slips of the pen: one number or date of a thing told again with digits swapped, one wrong, or one left out.

Two numbers of one kind that differ at will are mostly numbers of two things; two that differ by what a hand gets wrong
(1,150 and 1,510; 3 March and 13 March), of one noun, in sentences that tell of one matter, are mostly one number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from reader.checks.consistency.contradiction import told_in_two_ways
from reader.checks.model import Case, Ruling
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of
from reader.claims.told import stems
from reader.language.numbers import Number, find_numbers
from reader.language.units import find_quantities

_UPDATED = re.compile(
    r"\b(?:risen|rose|rises|rising|climb\w*|fell|fallen|grew|grown|jump\w*|dropp?\w*|revis\w+|updat\w+|correct\w+|initial(?:ly)?|at\sfirst|so\sfar|up\sfrom|down\sfrom|instead\sof|rather\sthan|compared|against(?=\s[$€£\d])|originally|"
    r"forecast\w*|expect\w*|estimat\w+|target\w*|budget\w*|project(?:ed|ion)\w*|average|each|per\s(?!cent)|apiece|another|others?|further|additional|remaining|more|less|fewer|previous\w*|earlier|later|"
    r"last\syear|year\sbefore|year\searlier|next\syear|half[-\s]time|at\sthe\sbreak|including|among|of\s(?:them|whom|which)|or\sso|between|alone|than|both|twins?|brother|sister)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:[Rr]oute|[Ff]light|[Pp]age|[Cc]hapter|[Rr]oom|[Gg]ate|[Ll]ane|[Pp]latform|[Rr]oad|[Ll]ine|[Bb]us|[Nn]umber|No\.?|[Aa]ct|[Aa]rticle|[Ss]tage|[Ll]ap|[Ll]evel|[Gg]roup)\s$"
)
_ORDINALS = frozenset("first second third fourth fifth sixth half quarter final women men boys girls home away".split())
_NEAR = 45  # characters
_TELLINGS = 12  # of one number, so that a long article takes no longer than a short one
_NOUN = re.compile(
    r"^[\s-](?:(?!(?:of|in|to|and|at|on|for|was|were|is|are|when|that|who|which|as|but|the|a|an|than|from|by|with|had|has|have)\b)[a-z-]+\s){0,2}?(?P<noun>[a-z]{3,}(?:s|men|ple|ren))\b|^-(?P<noun2>[a-z]{3,})\b"
)
_MONEY = re.compile(r"^\s(?P<what>euros?|pounds?|dollars?|crowns?|kronor|kroner|francs?|yen|yuan|rupees|pesos)\b")
_MAGNITUDE = re.compile(r"\b(?P<what>magnitude|strength|score|rate)\s(?:of\s)?$", re.IGNORECASE)
_PERCENT = re.compile(r"^\s?(?:%|per\s?cent\b)")
_NO_NUMBER = re.compile(r"^\s?(?:am|pm|a\.m|p\.m|o'clock|years?\sold|-year-old|st\b|nd\b|rd\b|th\b)|^:\d")
_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d$")
_YEARS = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_WHEN = frozenset(
    "Monda Tuesd Wedne Thurs Frida Satur Sunda Janua Febru March April May June July Augus Septe Octob Novem Decem".split()
)
_ONE_ACT = (
    r"open(?:ed|s|ing)?|inaugurated|opens\sits\sdoors",
    r"found(?:ed|ing)|established|set\sup",
    r"stolen|stole|theft",
    r"married|wedding|marriage",
    r"born|birth",
    r"died|death",
    r"signed|signing",
    r"joined",
    r"burned\sdown|fire|destroyed",
    r"began|begun|started",
    r"discovered|discovery",
    r"sank|sinking|crashed|crash",
    r"first\slight|on\sair|maiden\sflight",
    r"executed|execution|hanged|crowned|coronation",
    r"emigrated|left|moved",
    r"won|victory",
    r"close(?:s|d)?|ends?|ended",
)
_ONCE = re.compile(rf"\b(?:{'|'.join(_ONE_ACT)})\b", re.IGNORECASE)
_REPEATED = re.compile(
    r"\b(?:re-?open\w*|re-?built|re-?founded|re-?married|again|every|each|annual\w*|anniversar\w*|twice|several|both|or|instead|rather|not|corrected|postponed|delayed|planned|originally)\b",
    re.IGNORECASE,
)
_SHARED, _SHARED_BY_HEADLINE, _SHARED_OF_PERCENTS = 2, 2, 5


@dataclass(frozen=True, slots=True)
class SlipParts(Relation):
    """A number with its noun or unit, or a date with what was done then, and the words of its sentence."""

    of: str
    digits: str
    context: frozenset[str]
    is_whole_number: bool

    @property
    def kind(self) -> str:
        """What it is a number of."""
        return f"number of {self.of}"


def find_slips(view: SentenceView) -> Iterable[Found[Relation]]:
    """Every exact number of a sentence that nothing calls a new, an average or a partial one."""
    body = view.body
    quantities = {q.start: q for q in find_quantities(body)}
    dated = [view.offsets(d) for d in view.dates]
    for number in find_numbers(body):
        if number.approximate or any(start <= number.start < end for start, end in dated) or _YEAR.match(number.text):
            continue
        after = body[number.end :]
        quantity = quantities.get(number.start)
        if (
            _NO_NUMBER.match(after)
            or _LABEL.search(body, 0, number.start)
            or _is_updated(body, number.start, number.end)
        ):
            continue
        end = number.end
        if quantity is not None:
            of, end = f"size {quantity.unit.dimension} {quantity.unit.factors[0]}", quantity.end
        elif number.currency:
            of = f"money {number.currency}"
        elif money := _MONEY.match(after):
            of, end = f"money {money['what'].rstrip('s')}", number.end + money.end()
        elif percent := _PERCENT.match(after):
            of, end = "per cent", number.end + percent.end()
        elif noun := _NOUN.match(after):
            of, end = f"count {(noun['noun'] or noun['noun2']).rstrip('s')[:5]}", number.end + noun.end()
        else:
            continue
        parts = SlipParts(of, _digits(number), _context(body, number.start, number.end), number.value % 1 == 0)
        yield Found(view.span(number.start, end), parts, status_of(body, body[max(0, number.start - 30) : end]))


def find_date_slips(view: SentenceView) -> Iterable[Found[Relation]]:
    """Every full date and every year of a sentence, with the nearest word for something that is done once."""
    body = view.body
    taken: dict[int, int] = {}
    for date in view.dates:
        start, end = view.offsets(date)
        verbs = [
            v
            for v in _ONCE.finditer(body)
            if -_NEAR < start - v.end() < 2 * _NEAR and not (start < v.end() and v.start() < end)
        ]
        if not verbs or date.year is None or _REPEATED.search(body, max(0, start - _NEAR), min(len(body), end + _NEAR)):
            continue
        verb = min(verbs, key=lambda v: abs(start - v.end()))
        if taken.setdefault(verb.start(), start) != start:
            continue  # it was done on a date that stands before
        stem = next(number for number, words in enumerate(_ONE_ACT) if re.fullmatch(words, verb[0], re.IGNORECASE))
        digits = f"{date.year:04}{date.month or 0:02}{date.day or 0:02}"
        parts = SlipParts(f"date {stem}", digits, _context(body, start, end), True)
        first, last = min(start, verb.start()), max(end, verb.end())
        yield Found(view.span(first, last), parts, status_of(body, body[max(0, start - 40) : end]))


def _is_updated(body: str, start: int, end: int) -> bool:
    return _UPDATED.search(body, max(0, start - _NEAR), min(len(body), end + _NEAR)) is not None


def _context(body: str, start: int, end: int) -> frozenset[str]:
    """What the sentence tells besides the number, with the ordinals that would make it another thing."""
    rest = body[:start] + " " + body[end:]
    return (
        stems(rest)
        | {f"year {y}" for y in _YEARS.findall(rest)}
        | {f"#{w}" for w in rest.lower().replace("-", " ").split() if w.strip(".,;") in _ORDINALS}
    )


def _digits(number: Number) -> str:
    return re.sub(r"\D", "", f"{number.value.normalize():f}")


def slip_conflicts(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """One verdict for each end of a slip; more than two numbers of one thing are a list, a table, or several things."""
    told: defaultdict[str, dict[str, list[tuple[Claim, SlipParts]]]] = defaultdict(dict)
    for claim in claims:
        if isinstance(claim.parts, SlipParts) and claim.status in (Status.ASSERTED, Status.PLANNED):
            told[claim.parts.of].setdefault(claim.parts.digits, []).append((claim, claim.parts))
    for numbers in told.values():
        if len(numbers) != 2:
            continue
        first, second = (ends[:_TELLINGS] for ends in numbers.values())
        for (one, a), (other, b) in product(first, second):
            if one.span.paragraph != other.span.paragraph and _is_slip(
                a, b, min(one.span.paragraph, other.span.paragraph)
            ):
                yield from told_in_two_ways([one, other], case)


def _is_slip(a: SlipParts, b: SlipParts, first_paragraph: int) -> bool:
    if not _slipped(a, b):
        return False
    is_headline = first_paragraph == 0
    if not is_headline and any({w for w in x.context if w[0] == "#"} - y.context for x, y in ((a, b), (b, a))):
        return False  # the first week and the second
    years = [{w for w in c.context if w.startswith("year ")} for c in (a, b)]
    if years[0] and years[1] and not years[0] & years[1]:
        return False
    shared = {w.lower() for w in a.context} & {w.lower() for w in b.context}
    days = [c.context & _WHEN for c in (a, b)]
    if days[0] and days[1] and not days[0] & days[1]:
        return False
    own, others = (
        {w for w in c.context if w.lower() not in shared and w[:1].isupper() and w not in _WHEN} for c in (a, b)
    )
    if own and others and not is_headline and len(own) + len(others) > len(shared) + 1:
        return False
    if a.of.startswith("date") and _is_swap_of_a_day(a.digits, b.digits):
        return bool(shared)
    least = _SHARED_OF_PERCENTS if a.of == "per cent" else _SHARED_BY_HEADLINE if is_headline else _SHARED
    return len(shared) >= least


def _slipped(a: SlipParts, b: SlipParts) -> bool:
    """Of dates one of year, month and day is another one: by a slip, or the month or the day alone."""
    if not a.of.startswith("date"):
        return not is_rounding(a.digits, b.digits) and differ_by_a_slip(a.digits, b.digits)
    fields = [
        (x, y)
        for x, y in ((a.digits[:4], b.digits[:4]), (a.digits[4:6], b.digits[4:6]), (a.digits[6:], b.digits[6:]))
        if x != y
    ]
    if len(fields) != 1 or "00" in fields[0]:
        return False
    return len(fields[0][0]) == 2 or differ_by_a_slip(*fields[0])


def _is_swap_of_a_day(one: str, other: str) -> bool:
    """Whether two full dates are of one month and year and their days the same two digits: 12 and 21 March 1997."""
    return one[:6] == other[:6] and "00" not in one[4:6] and sorted(one[6:]) == sorted(other[6:])


def is_rounding(one: str, other: str) -> bool:
    """Whether two whole numbers are one, rounded and exact: 82,000 and 82,100."""
    rough, exact = sorted((one, other), key=lambda digits: len(digits.rstrip("0")))
    zeros = len(rough) - len(rough.rstrip("0"))
    return zeros > 0 and rough.isdigit() and exact.isdigit() and round(int(exact), -zeros) == int(rough)


def differ_by_a_slip(one: str, other: str) -> bool:
    """Whether two rows of digits differ by a swap, one wrong digit of several, or one left out."""
    one, other = one.lstrip("0") or one, other.lstrip("0") or other
    if one == other or max(len(one), len(other)) < 2:
        return False
    if len(one) == len(other):
        return sorted(one) == sorted(other) or sum(x != y for x, y in zip(one, other, strict=True)) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return (
        len(longer) - len(shorter) == 1
        and len(shorter) > 1
        and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
    )
