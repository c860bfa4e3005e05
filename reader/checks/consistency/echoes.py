"""A number told again with the words that bring back what was told before: "the 12-year sentence" after "14 years in prison".

Numbers of one kind are mostly of several things. Here the second one says itself that it is of the same thing: it is
definite, it stands with the verb of the first, or its kind comes once in a thing (the magnitude, the final vote).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from reader.checks.model import Case, Ruling, decided, own_words
from reader.claims.model import Claim, Found, Relation, Status
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of
from reader.claims.told import DAY_STEMS, stems
from reader.language.numbers import Number, find_numbers

NAME = "consistency"

_NEAR = 45  # characters in which a word would make it another number
_HEADLINE = 110  # characters
_TELLINGS = 8  # of one number, so that a long article takes no longer than a short one
_OTHER = re.compile(
    r"\b(?:another|(?<!no\s)others?|half[-\s]time|previous\w*|earlier|initial\w*|at\sfirst|revised|preliminary|partial|so\sfar|risen|rose|up\sfrom|down\sfrom|"
    r"followed|stronger|weaker|each|every|per(?!\scent)|forecast\w*|estimat\w+|average|record|compared|against(?=\s[$€£\d])|instead|rather|suspended|co-defendant\w*|accomplice\w*|brother|rival\w*|"
    r"asked\sfor|sought|demanded|maximum|minimum|up\sto|at\sleast|more|additional|further|remaining|extra|last\s(?:year|season|month|time)|year\sbefore|in\s(?:1\d|20)\d\d|once|of\s(?:them|whom|which)|including|among|exit\spoll\w*|poll\w*|"
    r"until\snow|originally|reduced|cut|halved|appeal\scourt|on\sappeal|average|set|sets|leg|aggregate)\b",
    re.IGNORECASE,
)
_DEFINITE = r"(?:\b(?:the|that|those|these|this|his|her|its|their)|['’]s)\s(?:(?:same|total|whole|entire|new|full|final|magnitude)\s)?"
_BACK = re.compile(rf"(?:{_DEFINITE}|\b[Aa]ll\s(?:of\s)?(?:the\s)?)$", re.IGNORECASE)
_NOUN = r"(?:(?!(?:who|that|which|were|was|are|had|have|people)\b)[a-z-]+\s){0,1}(?P<noun>[a-z]{3,}s|people|men|women|children)"
_AFTER_VERB = re.compile(rf"^\s{_NOUN}\b")
_VERB_BEFORE = re.compile(r"\b(?P<verb>[a-z]+(?:ed|rew|ose|ook|ld|nt|ght|eeds?|ires?|arry|arries))\s$")
_MONEY = re.compile(r"^(?P<noun>\s(?:euros?|pounds?|dollars?|crowns?|kronor|kroner|francs?|yen|yuan|rupees|pesos)\b)?")
_ECHOED = re.compile(
    r"^,?\s(?:(?:that|which|who|whom)\s)?(?:(?!by\b|who\b|which\b|that\b)[\w’']+\s){0,3}?(?P<verb>[a-z]+(?:ed|rew|ose|ook|ld|nt|ght|eeds?|ires?|arry|arries))\b(?!\sby\s[A-Z])"
)
_DONE_TO = re.compile(r"^\s(?:were|was|are|have\sbeen|had\sbeen|will\sbe|to\sbe)\s(?P<verb>[a-z]{3,}ed|hurt)\b")
_ARRESTS = re.compile(r"^\sarrests\b")
_LISTED = re.compile(
    r"\b[Tt]h(?:e|ose)\s(?:(?P<noun>[a-z]{3,}s|men|women|people)\s)?(?:who\s(?:were|are)\s|to\sbe\s)?(?P<verb>[a-z]{3,}ed)(?:\s(?:for|in|over)\s(?:the\s)?[\w-]+)?\s(?:are|were)\s(?:(?:named|identified)\s(?:by\spolice\s)?as\s)?"
    r"(?P<items>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}(?:,\s\d{1,2}(?=,|\sand))?(?:(?:,\s|,?\sand\s)[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}(?:,\s\d{1,2}(?=[,.]|\sand))?)+)(?=[.,;]|$)"
)
_HEADED = re.compile(r"^\s(?P<verb>arrested|injured|hurt|rescued|evacuated|detained)\b")
_THAN_THE = re.compile(r"\bthan\sthe\s$")
_PART = re.compile(r"\b(?:first|second|third|fourth|fifth|half|quarter|women|men|boys|girls)\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a number is of, by the words on both its sides; `back` are words of the sentence that make it speak of one told before."""

    of: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    back: re.Pattern[str] | None = None


def _kind(of: str, before: str, after: str, back: str | None = None) -> _Kind:
    return _Kind(of, re.compile(before), re.compile(after), re.compile(back) if back else None)


_KINDS = (
    _kind("years of a sentence", r"", r"^\syears?['’]?\s(?:in\s(?:prison|jail)|behind\sbars|imprisonment)|^-year\s(?:prison\s|jail\s)?(?:sentence|term)\b"),
    _kind("years of a sentence", r"\bsentence\sof\s$", r"^\syears\b", r"['’]s\ssentence\sof|\b(?:the|his|her|their|that)\ssentence\sof"),
    _kind("magnitude", r"^(?!.*\b(?:after|fore)shock).*\bmagnitude(?:\sof)?[\s-]$", r"", r"\b(?:[Tt]he|['’]s|that)\s(?:[\w.]+\s){0,4}(?:earthquake|quake|tremor)\b"),
    _kind("share of the vote", r"", r"^\s?(?:%|per\s?cent)\sof\s(?:the|all)\svotes?\b"),
    _kind("spectators", r"\bcrowd\sof\s$|\battendance\sof\s$", r""),
    _kind("spectators", r"", r"^\s(?:spectators|fans)\b"),
    _kind("votes of a margin", r"\b(?:margin|majority)\sof\s$", r"", r"\b(?:[Hh]er|[Hh]is|[Tt]heir|[Tt]he|['’]s)\s(?:\w+\s)?(?:margin|majority)\sof"),
    _kind("votes of a margin", r"\bby\s$", r"^\svotes\b"),
    _kind("metres of height", r"", r"^\s(?:metres|meters)\s(?:tall|high)\b"),
    _kind("metres of height", r"\bheight\s(?:of|is|was)\s$", r"^\s(?:metres|meters)\b", r"\b(?:whose|its|the)\sheight"),
    _kind("kilometres of length", r"", r"^\skilomet(?:re|er)s\slong\b"),
    _kind("kilometres of length", r"\blength\s(?:of|is|was)\s$", r"^\skilomet(?:re|er)s\b", r"\b(?:whose|its|the|['’]s)\s(?:total\s)?length"),
    _kind("key rate", r"\b(?:rate\b[^.;]{0,50}\sto|rate\snow\sat)\s$", r"^\s?(?:%|per\s?cent)", r"\brate\snow\sat\s"),
)  # fmt: skip
_SHARED_TWICE = frozenset({"magnitude", "metres of height", "kilometres of length"})
_LASTED = re.compile(r"\b(?P<noun>[a-z]{4,})\b[^.;]{0,60}?\blasted\s$")
_N_DAY = re.compile(r"^-(?P<unit>day|week|month|hour|minute)\s(?:\w+\s)?(?P<noun>[a-z]{4,})\b")
_UNITS = re.compile(r"^\s(?P<unit>day|week|month|hour|minute)s\b")


def find_echoes(view: SentenceView) -> Iterable[Found[Relation]]:
    """Every number whose kind, verb or noun can be brought back."""
    body = view.body
    for number in find_numbers(body):
        is_rough = number.approximate and not _THAN_THE.search(body, 0, number.start)
        if is_rough or _is_another(body, number.start, number.end):
            continue
        for of, is_back, end in _kinds(body, number):
            parts = EchoParts(of, f"{number.value.normalize():f}", _context(body, number.start, number.end), is_back)
            status = status_of(body, body[max(0, number.start - 30) : number.end])
            yield Found(view.span(number.start, end), parts, status)
    if listed := _LISTED.search(body):
        items = [item for item in re.split(r",\s|,?\sand\s", listed["items"]) if not item[:1].isdigit()]
        of = f"{_stem(listed['noun'] or 'people')} {_stem(listed['verb'])}"
        parts = EchoParts(of, str(len(items)), _context(body, listed.start("items"), listed.end()), True)
        yield Found(view.span(listed.start(), listed.end()), parts, status_of(body))
    for score in _SCORE.finditer(body):
        if _RESULT.search(body) and not _is_another(body, score.start(), score.end()):
            is_back = (
                re.search(rf"{_DEFINITE}$|\bfinal\s(?:vote|score|result)\swas\s$", body[: score.start()]) is not None
            )
            parts = EchoParts("points", score[0].replace("–", "-"), _context(body, score.start(), score.end()), is_back)
            yield Found(view.span(score.start(), score.end()), parts, status_of(body, body[: score.end()]))


def _kinds(body: str, number: Number) -> Iterator[tuple[str, bool, int]]:
    """All that a number may be of, each with whether it speaks of what was told before, and where its words end."""
    before, after = body[: number.start], body[number.end :]
    definite = _BACK.search(before) is not None
    for kind in _KINDS:
        if kind.before.search(before) and (unit := kind.after.match(after)):
            is_back = definite or (kind.back is not None and kind.back.search(body) is not None)
            yield kind.of, is_back, number.end + unit.end()
    if (spell := _N_DAY.match(after)) and definite:
        yield f"{spell['unit']}s of {_stem(spell['noun'])}", True, number.end + spell.end()
    if (lasted := _LASTED.search(before)) and (unit := _UNITS.match(after)):
        yield f"{unit['unit']}s of {_stem(lasted['noun'])}", False, number.end + unit.end()
    yield from _echoed(number, before, after, definite)


def _echoed(number: Number, before: str, after: str, definite: bool) -> Iterator[tuple[str, bool, int]]:
    """ "Raised 18 million euros … the 80 million euros raised"; "three men were hurt … the four men hurt"."""
    money = _MONEY.match(after)
    if number.currency or (money and money["noun"]):
        noun, rest = f"money {number.currency}", after[money.end() if money else 0 :]
    elif not definite and (arrests := _ARRESTS.match(after)):
        yield f"{_stem('people')} {_stem('arrested')}", False, number.end + arrests.end()
        return
    elif counted := _AFTER_VERB.match(after):
        noun, rest = _stem(counted["noun"]), after[counted.end() :]
    elif (headed := _HEADED.match(after)) and not definite:
        yield f"{_stem('people')} {_stem(headed['verb'])}", False, number.end + headed.end()
        return
    else:
        return
    end = len(before) + len(number.text) + len(after) - len(rest)
    if definite:
        if echoed := _ECHOED.match(rest):
            yield f"{noun} {_stem(echoed['verb'])}", True, end + echoed.end()
    elif done := _DONE_TO.match(rest) or _VERB_BEFORE.search(before):
        yield f"{noun} {_stem(done['verb'])}", False, end


def _is_another(body: str, start: int, end: int) -> bool:
    return _OTHER.search(body, max(0, start - _NEAR), min(len(body), end + _NEAR)) is not None


def _stem(word: str) -> str:
    return word.lower().rstrip("s")[:5]


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
                text = f"The article tells this in two ways: “{one.text}” and “{other.text}”."
                evidence = [own_words(case.article, c.span, "refutes") for c in (one, other)]
                yield one, decided("conflicting", NAME, text, evidence, case.as_of, [other.id])
                yield other, decided("conflicting", NAME, text, evidence, case.as_of, [one.id])


def _is_one(of: str, a: EchoParts, b: EchoParts, first: Claim, case: Case) -> bool:
    """Whether the later number is of what the earlier one is of."""
    days = [p.context & DAY_STEMS for p in (a, b)]
    if days[0] and days[1] and not days[0] & days[1]:
        return False
    if of != "key rate" and {w for w in a.context ^ b.context if w[0] == "#"} and not _is_headline(first, case):
        return False  # the first half and the second
    shared = len(a.context & b.context)
    if of in ("share of the vote", "spectators"):
        return shared >= 2
    if of == "points":
        return b.is_back if _is_headline(first, case) else b.is_back and shared >= 2
    if of == "votes of a margin" and _is_headline(first, case):
        return b.is_back
    if of in _SHARED_TWICE:
        return b.is_back and shared >= 2
    return b.is_back and not a.is_back and shared >= 1


def _is_headline(claim: Claim, case: Case) -> bool:
    text = case.article.paragraphs[claim.span.paragraph].text
    return claim.span.paragraph == 0 and len(text) < _HEADLINE and not text.rstrip().endswith(".")
