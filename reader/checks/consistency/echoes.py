"""A number told again with the words that bring back what was told before: "the 12-year sentence" after "14 years in prison".

Numbers of one kind are mostly of several things. Here the second one says itself that it is of the same thing: it is
definite, it stands with the verb of the first, or its kind comes once in a thing (the magnitude, the final vote).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from reader.checks.consistency.contradiction import told_in_two_ways
from reader.checks.consistency.echo_kinds import IS_DEFINITE, NumberKind, kinds_of
from reader.checks.consistency.slips import differ_by_a_slip, is_rounding
from reader.checks.model import Case, Ruling
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of
from reader.claims.told import DAY_STEMS, stems
from reader.language.numbers import Number, find_numbers

_WHOLE_THING = frozenset({"key rate"})
_OF_THE_HEADLINE = frozenset(
    {"years of a sentence", "magnitude", "people arres", "people injur", "money of a fine", "people aboard"}
)

_NEAR = 45  # characters in which a word would make it another number
_BREAK = re.compile(r"[,;:](?=\s)|\s[–—-]\s")
_HEADLINE = 110  # characters
_TELLINGS = 8  # of one number, so that a long article takes no longer than a short one
_OTHER = re.compile(
    r"\b(?:another|(?<!no\s)others?|half[-\s]time|previous\w*|earlier|initial\w*|at\sfirst|revised|preliminary|partial|so\sfar|risen|rose|up\sfrom|down\sfrom|"
    r"followed|stronger|weaker|forecast\w*|estimat\w+|compared|against(?=\s[$€£\d])|instead|rather|suspended|co-defendant\w*|accomplice\w*|brother|rival\w*|"
    r"asked\sfor|sought|demanded|maximum|minimum|up\sto|at\sleast|additional|(?<!no\s)further|remaining|extra|last\s(?:year|season|month|time)|year\sbefore|in\s(?:1\d|20)\d\d|including|among|exit\spoll\w*|poll\w*|"
    r"until\snow|originally|reduced|halved|appeal\scourt|on\sappeal|aggregate)\b",
    re.IGNORECASE,
)
_OTHER_BESIDE = re.compile(
    r"\b(?:each|every(?!\sone\sof)|per(?!\scent)|average|more|once|of\s(?:them|whom|which)|cut|sets?|leg)\b",
    re.IGNORECASE,
)
_NOUN = r"(?:(?!(?:who|that|which|were|was|are|had|have|people)\b)[a-z-]+\s){0,1}(?P<noun>[a-z]{3,}s|people|men|women|children)"
_AFTER_VERB = re.compile(rf"^\s{_NOUN}\b")
_VERB_BEFORE = re.compile(
    r"\b(?P<verb>[a-z]+(?:ed|rew|ose|ook|ld|nt|ght|eeds?|ires?|arry|arries|ands|aises|akes|ags|ecures))(?:\sin)?\s$"
)
_MONEY = re.compile(r"^(?P<noun>\s(?:euros?|pounds?|dollars?|crowns?|kronor|kroner|francs?|yen|yuan|rupees|pesos)\b)?")
_ECHOED = re.compile(
    r"^,?\s(?:(?:that|which|who|whom)\s)?(?:(?!by\b|who\b|which\b|that\b)[\w’']+\s){0,4}?(?P<verb>hurt|[a-z]+(?:ed|rew|ose|ook|ld|nt|ght|eeds?|ires?|arry|arries))\b(?!\sby\s[A-Z])"
)
_DONE_TO = re.compile(r"^\s(?:were|was|are|have\sbeen|had\sbeen|will\sbe|to\sbe)\s(?P<verb>[a-z]{3,}ed|hurt)\b")
_ARRESTS, _ARRESTED = re.compile(r"^\sarrests\b"), "people arres"
_OF_THOSE = re.compile(
    r"^\s(?:of\sthose|of\sthe)\s(?P<verb>arrested|detained|injured|hurt|wounded|rescued|evacuated)\b"
)
_IN_ALL = re.compile(r"^.{0,30}?\bin\s(?:all|total)\b")
_ALIKE = {
    "hurt": "injur",
    "wound": "injur",
    "detai": "arres",
    "make": "raise",
    "land": "raise",
    "secur": "raise",
    "broug": "raise",
    "colle": "raise",
    "bag": "raise",
    "lande": "raise",
}
_LISTED = re.compile(
    r"\b[Tt]h(?:e|ose)\s(?:(?P<noun>[a-z]{3,}s|men|women|people)\s)?(?:who\s(?:were|are)\s|to\sbe\s)?(?P<verb>[a-z]{3,}ed)(?:\s(?:for|in|over)\s(?:the\s)?[\w-]+)?\s(?:are|were)\s(?:(?:named|identified)\s(?:by\spolice\s)?as\s)?"
    r"(?P<items>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}(?:,\s\d{1,2}(?=,|\sand))?(?:(?:,\s|,?\sand\s)[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}(?:,\s\d{1,2}(?=[,.]|\sand))?)+)(?=[.,;]|$)"
)
_PEOPLE = re.compile(
    r"men|women|people|teenagers|boys|girls|brothers|sisters|students|officers|suspects|defendants|youths"
)
_FULL_NAME = r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,3}"
_AGED = rf"{_FULL_NAME},\s\d{{1,2}}"
_WITH_AGES = re.compile(
    rf"{_AGED}(?:,\s{_AGED})*,?\sand\s{_AGED},?\s(?:are|were|have|had|will|all|each|appeared|denied|face|pleaded)\b"
)
_HEADED = re.compile(r"^\s(?P<verb>arrested|injured|hurt|rescued|evacuated|detained)\b")
_IN_THE_END = re.compile(r"\bfinal\s(?:vote|score|result)\swas\s$|\bstood\sat\s$")
_THAN_THE = re.compile(r"\bthan\sthe\s$")
_PART = re.compile(
    r"\b(?:(?:first|second|third|fourth|fifth)(?=[\s-](?:half|quarter|leg|round|set|match|game|day|night|week|month|year|stage|race|test|vote|ballot|reading|term|division|team|phase|tranche|strike|funding)\b)|half|quarter|women|men|boys|girls)\b",
    re.IGNORECASE,
)
_SCORE = re.compile(r"(?<![\w-])(?P<one>\d{1,3})[-–](?P<other>\d{1,3})(?![\w-])")
_RESULT = re.compile(
    r"\b(?:won|wins?|beat|defeat\w*|victory|defeat|final\s(?:vote|score|result)|passe[sd]|voted|draw)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class EchoParts(Relation):
    """A number of something, the words around it, and whether it speaks of what was told before."""

    of: str
    value: str
    context: frozenset[str]
    is_back: bool

    @property
    def kind(self) -> str:
        """What it is a number of."""
        return f"number of {self.of}"


def find_echoes(view: SentenceView) -> Iterable[Found[Relation]]:
    """Every number whose kind, verb or noun can be brought back."""
    body = view.body
    for number in find_numbers(body):
        is_rough = number.approximate and not _THAN_THE.search(body, 0, number.start)
        if is_rough or _is_another(body, number.start, number.end):
            continue
        for kind in (*kinds_of(body, number), *_echoed(number, body[: number.start], body[number.end :])):
            value, context = f"{number.value.normalize():f}", _context(body, number.start, number.end)
            status = status_of(body, body[max(0, number.start - 30) : number.end])
            yield Found(view.span(number.start, kind.end), EchoParts(kind.of, value, context, kind.is_back), status)
    if listed := _LISTED.search(body):
        items = [item for item in re.split(r",\s|,?\sand\s", listed["items"]) if not item[:1].isdigit()]
        of = f"{_stem(listed['noun'] or 'people')} {_stem(listed['verb'])}"
        parts = EchoParts(of, str(len(items)), _context(body, listed.start("items"), listed.end()), True)
        yield Found(view.span(listed.start(), listed.end()), parts, status_of(body))
    if listed := _WITH_AGES.match(body):
        count = len(re.findall(rf"{_FULL_NAME}(?=,\s\d)", listed[0]))
        yield Found(
            view.span(0, listed.end()),
            EchoParts("people named", str(count), _context(body, 0, 0), True),
            status_of(body, ""),
        )
    for score in _SCORE.finditer(body):
        if _RESULT.search(body) and not _is_another(body, score.start(), score.end()):
            before = body[: score.start()]
            is_back = IS_DEFINITE.search(before) is not None or _IN_THE_END.search(before) is not None
            parts = EchoParts("points", score[0].replace("–", "-"), _context(body, score.start(), score.end()), is_back)
            yield Found(view.span(score.start(), score.end()), parts, status_of(body, body[: score.end()]))


def _echoed(number: Number, before: str, after: str) -> Iterator[NumberKind]:
    """ "Raised 18 million euros … the 80 million euros raised"; "three men were hurt … the four men hurt"."""
    definite = IS_DEFINITE.search(before) is not None
    money, counted = _MONEY.match(after), _AFTER_VERB.match(after)
    if number.currency or (money and money["noun"]):
        noun, rest = f"money {number.currency}", after[money.end() if money else 0 :]
    elif not definite and (arrests := _ARRESTS.match(after)):
        yield NumberKind(_ARRESTED, False, number.end + arrests.end())
        return
    elif counted:
        noun, rest = _stem(counted["noun"]), after[counted.end() :]
    elif definite and (those := _OF_THOSE.match(after)):
        yield NumberKind(f"people {_verb(those['verb'])}", True, number.end + those.end())
        return
    elif (headed := _HEADED.match(after)) and not definite:
        yield NumberKind(f"people {_verb(headed['verb'])}", False, number.end + headed.end())
        return
    else:
        return
    end = number.end + len(after) - len(rest)
    if counted and _PEOPLE.fullmatch(counted["noun"]) and number.value > 1:
        yield NumberKind("people named", False, end)
    if definite:
        if echoed := _ECHOED.match(rest):
            yield NumberKind(f"{noun} {_verb(echoed['verb'])}", True, end + echoed.end())
    elif done := _DONE_TO.match(rest) or _VERB_BEFORE.search(before):
        yield NumberKind(f"{noun} {_verb(done['verb'])}", _IN_ALL.match(rest) is not None, end)


def _is_another(body: str, start: int, end: int) -> bool:
    """Whether a word near a number, or one of its own part of the sentence, makes it the number of something else."""
    first, last = max(0, start - _NEAR), min(len(body), end + _NEAR)
    if _OTHER.search(body, first, last):
        return True
    first = max([first, *(m.end() for m in _BREAK.finditer(body, first, start))])
    after = _BREAK.search(body, end, last)
    return _OTHER_BESIDE.search(body, first, after.start() if after else last) is not None


def _stem(word: str) -> str:
    return "people" if word == "people" else word.lower().rstrip("s")[:5]


def _verb(word: str) -> str:
    stem = _stem(word)
    return _ALIKE.get(stem, stem)


def _context(body: str, start: int, end: int) -> frozenset[str]:
    rest = f"{body[:start]} {body[end:]}"
    parts = {f"#{found[0].lower()}" for found in _PART.finditer(rest)}
    return frozenset(w if w in DAY_STEMS else w.lower() for w in stems(rest)) | parts


def echo_conflicts(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """One verdict for each end; where a kind has more than two numbers in the article, they are of several things."""
    told: defaultdict[str, dict[str, list[tuple[Claim, EchoParts]]]] = defaultdict(dict)
    for claim in claims:
        if isinstance(claim.parts, EchoParts) and claim.status in (Status.ASSERTED, Status.PLANNED):
            told[claim.parts.of].setdefault(claim.parts.value, []).append((claim, claim.parts))
    for of, numbers in told.items():
        if len(numbers) != 2:
            continue
        first, second = (ends[:_TELLINGS] for ends in numbers.values())
        for (one, a), (other, b) in product(first, second):
            if one.span.paragraph != other.span.paragraph and _is_one(of, a, b, one, case):
                yield from told_in_two_ways([one, other], case)


def _is_one(of: str, a: EchoParts, b: EchoParts, first: Claim, case: Case) -> bool:
    """Whether the later number is of what the earlier one is of."""
    days = [p.context & DAY_STEMS for p in (a, b)]
    if days[0] and days[1] and not days[0] & days[1]:
        return False
    if of not in _WHOLE_THING and {w for w in a.context ^ b.context if w[0] == "#"} and not _is_headline(first, case):
        return False  # the first half and the second
    digits = [re.sub(r"\D", "", p.value) for p in (a, b)]
    if is_rounding(a.value, b.value):
        return False
    if of == "people named":
        return b.is_back and not a.is_back and Decimal(b.value) > Decimal(a.value)
    shared = len(a.context & b.context) + differ_by_a_slip(*digits)
    if _is_headline(first, case):
        return (of in _OF_THE_HEADLINE and not _adds_up(a, b, case)) or b.is_back
    if of in ("share of the vote", "spectators"):
        return shared >= 2 or (b.is_back and shared >= 1)
    if of == "points" or of == "magnitude":
        return b.is_back and shared >= 2
    if " in " in of:
        return b.is_back and shared >= 1
    return b.is_back and not a.is_back and shared >= 1


def _adds_up(whole: EchoParts, part: EchoParts, case: Case) -> bool:
    """Whether another number of the article makes up for what the later one lacks."""
    missing = Decimal(whole.value) - Decimal(part.value) if "-" not in whole.value else Decimal(0)
    values = {n.value for p in case.article.checked for n in find_numbers(p.text)}
    return missing > 0 and missing in values


def _is_headline(claim: Claim, case: Case) -> bool:
    text = case.article.paragraphs[claim.span.paragraph].text
    return claim.span.paragraph == 0 and len(text) < _HEADLINE and not text.rstrip().endswith(".")
