"""Words for a relation beside a value: what a record may state of whoever a sentence is about.

"took over in October 1969", "signed in May 1980", "then 74", "for sixteen years", "his successor": which word goes with
which value, and whom it is about, is told by nearness alone. That is enough to support what a record states in just
these terms, and never enough to refute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reader.article.model import Span
from reader.claims.model import Found, Relation
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of
from reader.language.datetext import DateMention
from reader.language.numbers import find_numbers

Moment = Literal[
    "start", "end", "hold", "born", "died", "won", "signed", "in force", "founded", "begun", "ended", "held", "launched", "landed"
]  # fmt: skip
Bond = Literal["follows", "leads", "won", "founded", "seat", "crew"]

_MOMENTS: dict[Moment, str] = {
    "start": r"since|from|t(?:akes?|ook)\s(?:over|office|up|on|charge|the\s(?:helm|reins|chair|job|post|throne|crown|oath))|bec[ao]mes?|becoming|sworn\sin|installed|inaugurated|appointed|appointment|named|chosen|promoted|"
    r"succeed(?:s|ed|ing)?(?!\sby)|replac(?:es|ed|ing)(?!\sby)|follow(?:s|ed|ing)(?!\sby)|inherit(?:s|ed)|enter(?:s|ed)|mov(?:es|ed)|came\sto\s(?:power|office|the\sthrone)|assum(?:es|ed)|joined|returned|picks\sup|g[oe]ts?|"
    r"goes\sto|given|confirmed|elevated|ascended|acceded|proclaimed|crowned|elect(?:s|ed)|election\sas|made|reached|rose\sto|changed\splaces|start(?:s|ed)|began|beginning|put|handed\sthe",
    "end": r"until|till|left|leav(?:es|ing)|resign(?:s|ed|ation)|step(?:s|ped)\s(?:down|aside)|stood\sdown|quits?|g[ai]ves?\s(?:\w+\s){0,2}up|retire[sd]|retirement|defeat(?:ed)?|lost|ousted|removed|dismissed|sacked|fired|deposed|"
    r"(?:voted|forced|turned|pushed)\s(?:\w+\s)?out|abdicat\w+|depart(?:s|ed|ure)|hand(?:s|ed)\sover|bow(?:s|ed)\sout|overthrown|(?:replaced|succeeded|followed)\sby|[mg]a[dv]e\sway|ended|expired|fell|changed\splaces",
    "hold": r"ran|runs|running|le[ad]ds?|led|head(?:s|ed)|govern(?:s|ed)|ruled|reign(?:s|ed)?|serv(?:es?|ed)|held|holds|in\s(?:office|power|charge|the\s(?:chair|job|post|White\sHouse))|at\sthe\s(?:helm|head|time)|under|with|when|then|"
    r"chair(?:s|ed)|presid\w+|was|were|as|still",
    "born": r"born|birth",
    "died": r"died|dies|dead|death|killed|passed\saway|murdered|assassinated|drowned|perished|lived\suntil",
    "won": r"w[io]ns?|winning|winners?|receiv(?:es?|ed|ing)|award(?:s|ed)?|prizes?|medal(?:s|l?ist)?|gold|silver|bronze|titles?|champions?|records?|laureates?|honoured|honored|collect(?:s|ed)|t[ao]kes?|took|set|broke|shared|"
    r"went\sto|victory|victories|named|trophy|crowned|picked|waited\suntil",
    "signed": r"sign(?:s|ed|ing|ature)",
    "in force": r"in(?:to)?\sforce|t[ao]kes?\seffect|took\seffect|effective|into\seffect|since|from",
    "founded": r"founded|founding|established|establishment|set\s(?:\w+\s){0,4}up|set\sup|created|formed|incorporated|built|opened|opens|unveiled|completed|launched|start(?:s|ed)|began|come\sout|came\sout|published|laid|consecrated|commissioned|"
    r"(?:in|into|entered)\sservice|introduced|dates?\s(?:back\s)?(?:from|to)|since|held\ssince|birthday",
    "begun": r"beg[au]n|began|start(?:s|ed)|broke\sout|outbreak|opened|erupted|invaded|struck|hit|since|from",
    "ended": r"ended|ends|over|closed|expired|lapsed|dissolved|until|till|armistice|surrender(?:ed)?",
    "held": r"held|took\splace|met|happened|occurred|voted|went\sto\sthe\spolls|exploded|sank|crashed|won|lost|election|referendum|summit|disaster|floods?|earthquake|came\sthrough|reached|stormed|storming|shots|first\sseen|"
    r"discovered|dived?|marched|fought|battle|signed|in",
    "launched": r"launch(?:es|ed|ing)?|lift(?:s|ed)?[-\s]?off|blast(?:s|ed)?\soff|took\soff|takes\soff|went\s(?:up|into\sspace)|left|flew|flies|rode|rides|sent\sup|began|in\sorbit\ssince|rocketed|set\soff|travelled|used\sby|first",
    "landed": r"land(?:s|ed|ing)?|splash(?:es|ed|ing)?[-\s]?down|c[ao]me\s(?:down|home|back)|touch(?:es|ed|ing)?\sdown|return(?:s|ed)|were\sback|was\sback|back\s(?:on|in)",
}  # fmt: skip
_CUES: dict[Moment, re.Pattern[str]] = {m: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for m, words in _MOMENTS.items()}  # fmt: skip
_BESIDE_ONLY = frozenset({"since", "from", "until", "till", "in", "with", "as", "put", "when", "under"})
_LEFT, _RIGHT, _SLACK = 90, 60, 28
_LEAD = re.compile(
    r"(?:\b[A-Z][\w’'-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'.-]*)*|\b(?:he|she|who|which|it|that))(?=[\s,])"
)
_LEAD_FAR = 44
_RANGE = re.compile(r"^\s?(?:to|until|till|through|and|[-–])\s?$")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word for a moment, at its place in the paragraph."""

    moment: Moment
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateParts(Relation):
    """A date, or a stretch of time from `when` to `until`, and the words around it for what happened then, nearest first."""

    sentence: Span
    cues: tuple[Cue, ...]
    when: DateMention
    until: DateMention | None
    told: tuple[DateMention, ...]

    @property
    def kind(self) -> str:
        """A date told of something."""
        return "recorded date"


@dataclass(frozen=True, slots=True)
class AgeParts(Relation):
    """Somebody's or something's age, and the dates told up to it; `turns` where it is reached then, `is_now` in the present."""

    sentence: Span
    at: int
    age: int
    dates: tuple[DateMention, ...]
    told: tuple[DateMention, ...]
    is_now: bool = False
    turns: bool = False
    at_death: bool = False

    @property
    def kind(self) -> str:
        """An age."""
        return "recorded age"


@dataclass(frozen=True, slots=True)
class LengthParts(Relation):
    """How long somebody held an office: between `least` and `most` days."""

    sentence: Span
    at: int
    least: float
    most: float

    @property
    def kind(self) -> str:
        """A length of time."""
        return "recorded length"


@dataclass(frozen=True, slots=True)
class BondParts(Relation):
    """Two whom a word ties together: who followed whom, who won what, who founded, flew on or sits where."""

    sentence: Span
    bond: Bond
    start: int
    end: int

    @property
    def kind(self) -> str:
        """What ties them."""
        return f"recorded {self.bond}"


def find_recorded(view: SentenceView) -> Iterator[Found[Relation]]:
    """Every date, age, length of time and bond of a sentence that a record may state."""
    yield from _dates(view)
    yield from _ages(view)
    yield from _lengths(view)
    yield from _bonds(view)


def _found(view: SentenceView, start: int, end: int, parts: Relation) -> Found[Relation]:
    """The claim from whoever is named or meant just before, by offsets in the sentence."""
    leads = [
        m for m in _LEAD.finditer(view.body, max(0, start - _LEAD_FAR - 30), start) if start - m.end() <= _LEAD_FAR
    ]
    first = leads[-1].start() if leads else start
    return Found(view.span(first, end), parts, status_of(view.body, view.body[max(0, start - 30) : end]))


def _sentence(view: SentenceView) -> Span:
    return view.span(0, len(view.body))


def _dates(view: SentenceView) -> Iterator[Found[Relation]]:
    base, body, seen = view.sentence.start, view.body, -1
    placed = [(d, *view.offsets(d)) for d in view.dates]
    for number, (date, start, end) in enumerate(placed):
        if number == seen:
            continue
        until = None
        last = end
        if number + 1 < len(placed) and _RANGE.match(body[end : placed[number + 1][1]]):
            until, last, seen = placed[number + 1][0], placed[number + 1][2], number + 1
        left = max(start - _LEFT, placed[number - 1][2] if number else 0)
        right = min(
            last + _RIGHT,
            placed[number + 1 + (until is not None)][1]
            if number + 1 + (until is not None) < len(placed)
            else len(body),
        )
        cues = _cues(body, left, start, last, right)
        if cues or until is not None:
            points = [c.start for c in cues[:1]] + [start]
            ends = [c.end for c in cues[:1]] + [last]
            placed_cues = tuple(Cue(c.moment, base + c.start, base + c.end) for c in cues)
            yield _found(view, min(points), max(ends), DateParts(_sentence(view), placed_cues, date, until, view.told))


def _cues(body: str, left: int, start: int, end: int, right: int) -> list[Cue]:
    """The nearest word for each moment around a date, nearest first; what is much farther away is left out."""
    found: list[tuple[int, Cue]] = []
    for moment, pattern in _CUES.items():
        best: tuple[int, Cue] | None = None
        for cue in pattern.finditer(body, left, right):
            if start < cue.end() and cue.start() < end:
                continue
            away = start - cue.end() if cue.end() <= start else cue.start() - end + 10
            if cue[0].lower() in _BESIDE_ONLY and not 0 <= start - cue.end() <= 5:
                continue
            if best is None or away < best[0]:
                best = (away, Cue(moment, cue.start(), cue.end()))
        if best is not None:
            found.append(best)
    found.sort(key=lambda pair: pair[0])
    return [cue for away, cue in found if away <= found[0][0] + _SLACK or cue.moment in ("won", "launched", "landed")]


_COUNT = r"\d{1,3}|[a-z]+(?:-[a-z]+)?"
_AGE = re.compile(
    rf"(?P<lead>\b(?:aged|at\sthe\sage\sof|at\sage|turn(?:s|ed|ing)?|celebrat\w+\s(?:his|her|its)|by\sthen|then|now|also|only|just|still|(?:he|she|who|it)\s(?:was|is)|was|is|at|At|[Aa]ged)\s|,\s|\()"
    rf"(?P<age>{_COUNT})(?:st|nd|rd|th)?(?P<old>\syears?\sold|-year-old|\sbirthday|\sanniversary)?(?=[\s,.;:)–—]|$)"
)
_NOT_AGE = re.compile(
    r"^\s(?:per|percent|%|people|years?(?!\sold)|days?|weeks?|months?|hours?|minutes?|seconds?|km|kilomet|met|miles?|million|billion|thousand|hundred|of\b|members?|seats?|votes?|times?|points?|[a-z]+s\b(?<!was)(?<!is))"
)
_DEATH = re.compile(r"\b(?:died|dies|dead|death|killed|passed\saway|dying)\b")


def _ages(view: SentenceView) -> Iterator[Found[Relation]]:
    body, base = view.body, view.sentence.start
    numbers = {n.start: n for n in find_numbers(body)}
    for found in _AGE.finditer(body):
        number = numbers.get(found.start("age"))
        if number is None or number.approximate or number.value != int(number.value) or not 3 <= number.value <= 1100:
            continue
        rest, lead = body[found.end() :], found["lead"].strip().lower()
        if found["old"] is None and (
            _NOT_AGE.match(rest) or (lead == "," and not re.match(r"[,.;)]|\sand\b|\swhen\b|$", rest))
        ):
            continue
        parts = AgeParts(
            _sentence(view),
            base + found.start(),
            int(number.value),
            view.dates,
            view.told,
            is_now=lead.endswith(("is", "now", "turns", "turning")) or lead in (",", "(", "still"),
            turns=lead.startswith(("turn", "celebrat")),
            at_death=_DEATH.search(body[max(0, found.start() - 60) : found.end() + 30]) is not None,
        )
        yield _found(view, found.start("age") if lead in (",", "(") else found.start(), found.end(), parts)


_UNITS = {"year": 365.2425, "month": 30.44, "week": 7.0, "day": 1.0}
_LENGTH = re.compile(
    rf"(?P<about>\b(?:nearly|almost|just\sunder|less\sthan|under|fewer\sthan|more\sthan|over|(?:a\s)?little\smore\sthan|just\sover|about|some|around|barely|only|just|for|after|of|in|its\sfirst|his\sfirst|her\sfirst|the\sfirst)\s)"
    rf"(?P<count>{_COUNT}|\d,\d{{3}})\s(?P<unit>years?|months?|weeks?|days?)\b(?P<more>\sand\s(?:a\sfew|\w+)\smonths)?"
)  # fmt: skip
_IN_OFFICE = re.compile(
    r"\b(?:office|power|charge|job|post|chair|helm|throne|reign\w*|rul(?:e|ed|er|es)|govern\w*|led|lead(?:s|er)?|headed?|heads|ran|run|running|served|there|stayed|lasted|held|holds|minister|premier|president|chancellor|"
    r"director|mayor|king|queen|chief|secretary|at\s(?:his|her)\sdesk|sit\sin|minded)\b"
)


def _lengths(view: SentenceView) -> Iterator[Found[Relation]]:
    body, base = view.body, view.sentence.start
    if not _IN_OFFICE.search(body):
        return
    numbers = {n.start: n for n in find_numbers(body)}
    for found in _LENGTH.finditer(body):
        number = numbers.get(found.start("count"))
        if number is None or re.match(r"\s(?:ago|later|earlier|old|before)\b", body[found.end() :]):
            continue
        least, most = _bounds(found["about"].strip(), float(number.value), found["unit"].rstrip("s"), found["more"])
        yield _found(view, found.start(), found.end(), LengthParts(_sentence(view), base + found.start(), least, most))


def _bounds(about: str, count: float, unit: str, more: str | None) -> tuple[float, float]:
    """What a length of time can mean, in days: a year is said of what is a tenth of a year away from it, no more."""
    size = _UNITS[unit]
    if more:
        extra = re.search(r"and\s(\w+)\smonths", more)
        months = find_numbers(extra[1])[0].value if extra and find_numbers(extra[1]) else None
        low, high = (float(months) - 0.6, float(months) + 0.6) if months is not None else (1.5, 8.0)
        return count * size + low * 30.44, count * size + high * 30.44
    if about in ("nearly", "almost", "just under", "less than", "under", "fewer than", "barely"):
        return (count - (0.5 if about in ("nearly", "almost", "just under", "barely") else 1)) * size, count * size
    if "more" in about or "over" in about:
        return count * size, (count + (0.5 if "just" in about or "little" in about else 1)) * size
    slack = 0.12 if unit == "year" else 0.5 if unit == "month" else 0.6 if unit == "week" else 1.0
    return (count - slack) * size, (count + slack) * size


_BONDS: dict[Bond, re.Pattern[str]] = {
    "follows": re.compile(
        r"\b(?:successors?|succeed(?:s|ed|ing)?(?!\sby)|replac(?:es|ed|ing)(?!\sby)|follow(?:s|ed|ing)(?!\sby)|took\sover\sfrom|takes\sover\sfrom|took\s(?:his|her)\splace|inherit(?:s|ed)\s(?:\w+\s){1,4}from|unseated|defeated|ousted)\b"
    ),
    "leads": re.compile(r"\b(?:predecessors?|(?:replaced|succeeded|followed)\sby|g[ai]ves?\sway\sto|hand(?:s|ed)\sover\sto|made\sway\sfor)\b"),
    "won": re.compile(
        r"\b(?:w[io]ns?|winning|winners?|receiv(?:es?|ed|ing)|awarded|laureates?|honou?red|collects?|collected|t[ao]kes?|took|shar(?:es?|ed)|presented\swith|named|holders?|held|medal(?:l?ist)?|found\sone|went\sto|picked|prize)\b"
    ),
    "founded": re.compile(r"\b(?:founded|founders?|co-founded|co-founders?|set\s(?:\w+\s){0,3}up|set\sup|created|started|established)\b"),
    "seat": re.compile(r"\b(?:headquarter(?:s|ed)|head\soffices?|based|sits|seated|seat)\b"),
    "crew": re.compile(
        r"\b(?:crew(?:s|ed|mates?)?|aboard|on\sboard|flew|flies|flown|flying|rode|rides?|commander|commands?|commanded|pilot(?:s|ed)?|launched|lifted|went\sup|with|was\son|spent|took\soff|reached|signs?|signed|talks|participants?|took\spart|competed|fought)\b"
    ),
}  # fmt: skip


_NAME_AFTER = re.compile(r"[^.;:A-Z]{0,32}[A-Z][\w’'-]*(?:[\s-](?:(?:of|and|the|for)\s)?[A-Z][\w’'-]*)*")


def _bonds(view: SentenceView) -> Iterator[Found[Relation]]:
    base = view.sentence.start
    for bond, pattern in _BONDS.items():
        for cue in pattern.finditer(view.body):
            parts = BondParts(_sentence(view), bond, base + cue.start(), base + cue.end())
            named = _NAME_AFTER.match(view.body, cue.end())
            yield _found(view, cue.start(), named.end() if named else cue.end(), parts)
