"""Things and the dates told of them: "the Treaty of Rome was signed on 25 March 1957", "the 1975 Apollo-Soyuz flight"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reader.claims.sentence import SentenceView
from reader.claims.words import MONTH_WORDS
from reader.dates import MONTHS
from reader.language.datetext import DateMention

Moment = Literal[
    "begun", "ended", "signed", "agreed", "in force", "held", "during", "founded", "launched", "landed", "dated"
]

_WORDS: dict[Moment, str] = {
    "begun": r"beg[au]n|begins?|beginning|start(?:s|ed|ing)?|broke\sout|breaking\sout|outbreak|opened|erupted|invaded|got\sunder\sway",
    "ended": r"end(?:s|ed|ing)?|over|came\sto\s(?:an|its)\send|finished|expir(?:es?|ed)|lapsed|closed|wound\sup|dissolved|disbanded|abolished",
    "signed": r"sign(?:s|ed|ing)|put\stheir\snames\sto",
    "agreed": r"reached|adopt(?:ed|ing|ion)|agreed|concluded|struck",
    "in force": r"(?:enter(?:s|ed|ing)?\s|c[ao]me\s)?in(?:to)?\sforce|took\seffect|effective|came\sinto\seffect",
    "held": r"held|took\splace|tak(?:e|es|ing)\splace|happened|occurred|vot(?:e|ed|ing)|went\s(?:ahead|against|to\sthe\spolls)|exploded|annexed|cast|settled|lost|won|sank|crashed|fought",
    "during": r"under\sway|at\s(?:its|the)\sheight|in\sthe\s(?:thick|middle|midst)\sof|lasted|raged|ran",
    "founded": r"founded|established|set\sup|created|formed|incorporated|came\sinto\sbeing|founding|establishment",
    "launched": r"launch(?:es|ed|ing)?|lift(?:s|ed|ing)?[-\s]?off|blast(?:s|ed)?[-\s]?off|took\soff|sent\s(?:up|into\sorbit)|left|roared\soff|rose|went\s(?:up|into\sspace)|flew|fly|flown|rode|rocketed|liftoff",
    "landed": r"land(?:s|ed|ing)?|splash(?:es|ed)?[-\s]?down|came\s(?:down|home|back)|touch(?:es|ed)?[-\s]?down|return(?:s|ed)|set\sdown|splashdown|touchdown|brought\s(?:down|home)",
}  # fmt: skip


@cache
def _words_for(moments: frozenset[Moment]) -> re.Pattern[str]:
    """The words of some moments, each a group of its own."""
    groups = (rf"(?P<{m.replace(' ', '_')}>\b(?:{words})\b)" for m, words in _WORDS.items() if m in moments)
    return re.compile("|".join(groups), re.IGNORECASE)


_NOUNS = (
    "wars?|referendum|elections?|treaty|agreements?|accords?|pact|protocol|convention|missions?|flights?|programmes?|programs?|crisis|revolution|uprising|massacre|earthquake|"
    "annexation|invasion|summit|games|festival|rover|telescope|spacecraft|probe|satellite|capsule|module|landing|disaster|accident|project|conference|peace|blockade|offensive|coup|plebiscite|vote|"
    "spill|fire|landslide|tsunami|strike|collapse|bombings?|attacks?|shooting|storm|hurricane|floods?|eruption|derailment|crash|protests?|famine|epidemic|riots?|raid|incident|siege|mutiny|lander"
)
_MONTHS = "|".join(MONTHS)
_THING = re.compile(
    rf"(?:(?:[Ff]irst|[Ss]econd|[Tt]hird|\d{{4}})\s|\b(?:annexation|invasion|battle|siege|treaty|fall|partition|liberation|founding|storming|declaration|loss|sinking|collapse|blockade|bombing)\sof\s(?:the\s)?)?"
    rf"\b(?!(?:{_MONTHS})\b)[A-Z][\w’'-]*(?:\.(?=\s?[A-Z]))?(?:[-–\s](?!(?:\d{{1,2}}\s)?(?:{_MONTHS})\b)(?:[A-Z][\w’'-]*(?:\.(?=[A-Z]))?|\d+[A-Za-z]?|(?:of|on|for|and|against|between)(?:\sthe)?(?=\s[A-Z])))*(?:\s(?:[a-z-]+\s){{0,1}}(?:{_NOUNS})\b){{0,2}}"
)
_AROUND = re.compile(
    r"\b(?:anniversar\w+|commemorat\w+|re-?enact\w*|remember\w*|films?|movies?|novels?|musical|premi[eè]re\w*|released|published|album|stamps?|paint\w+|memorial|"
    r"years?\s(?:after|since|before)|originally|intended|due\sto|meant\sto|no\searlier|disagree|instead\sof|rather\sthan|historians|scholars|school\sholds|as\sfirst\splanned|local\stime|"
    r"postpone\w*|delay\w*|put\soff|tentative\w*|was\sto\s(?:be|have)|were\sto\s(?:be|have)|some\s(?:say|hold|date)|reckon\w*|Julian|old\sstyle|evening\sof|night\sof|eve\sof)\b",
    re.IGNORECASE,
)
_OTHER_MOMENT = re.compile(
    r"\b(?:ratif\w+|initial(?:l?ed|ing)|consent\w*|approv\w+|propos\w+|negotiat\w+|announc\w+|draft\w*|reject\w+|denounc\w+|suspend\w*|renew\w*|extend\w*|amend\w*|could|acced\w+|accession|joined|withdr[aeo]w\w*|exit\w*|pull(?:ed|ing)?[-\s]out|departure|nearly|almost|narrowly|close\sto|about\sto|fail\w*)\b|^(?:Had|Were|Should)\b",
    re.IGNORECASE,
)
_AS_SOMETHING = re.compile(r"^,?\sas\s(?:an?|the)\b")
_BREAK = re.compile(
    r"[;:—“”\"]|\s-\s|\b(?:and|but|while|when|whereas|because|though|although|if|before|after|until|than|so|since|by|who|whose|not)\b"
)
_NOT_BESIDE = re.compile(r"\b(?:before|after|until|till|by|than|since|not|around|about|circa|c\.)\s(?:the\s)?(?:end\sof\s)?$", re.IGNORECASE)  # fmt: skip
_PREPOSITION = re.compile(r"\b(?:from|to|of|on|in|with|under|into|by|at|for|against)\s(?:the\s)?$")
_WHOLE_OF = re.compile(r"\b(?:capsule|spacecraft|flight|mission|astronauts|crew|probe|orbiter|lander)\sof\s(?:the\s)?$")
_COORDINATED = re.compile(
    r"^,?\s(?:(?:which|that)\s)?(?:was\s|were\s|is\s)?[a-z]+\s(?:into\sforce\s|force\s)?(?:in|on|from|since)\s[^,;:.]{4,30}?\sand(?=\s)"
)
_FAR, _NEAR = 110, 75


@dataclass(frozen=True, slots=True)
class Dated:
    """A thing, a date and what happened then, by offsets in the sentence.

    `is_plain` says that grammar leaves no other thing for the date to be of; the rest only lies near it.
    """

    start: int
    end: int
    thing: str
    moment: Moment
    verb: str
    when: DateMention
    is_plain: bool

    def scope(self, body: str) -> str:
        """The words that say how the date is told: the clause alone where it is plain, else what stands around too."""
        if not self.is_plain:
            return body[max(0, self.start - 30) : self.end + 12]
        if body[self.start : self.end].startswith(f"{self.thing},"):
            return body[self.start : self.end]
        clause = max(body.rfind(mark, 0, self.start) for mark in (",", ";", ":", "—"))
        return body[max(clause + 1, self.start - 30, 0) : self.end]


def find_dated(view: SentenceView, moments: frozenset[Moment]) -> Iterator[Dated]:
    """Every thing and date of a sentence that may belong together, by the words for some moments or by none."""
    body = view.body
    dates = [(d, *view.offsets(d)) for d in view.dates]
    if not dates:
        return
    things = [t for t in _THING.finditer(body) if t[0].lower() not in MONTH_WORDS and len(t[0]) > 1]
    ranges = list(_ranges(body, dates))
    within = {id(d) for first, last in ranges for d in (first, last)}
    for first, last in ranges:
        yield from _lasting(view, things, first, last)
    for date, start, end in dates:
        if id(date) in within:
            continue
        for thing in things:
            if thing.start() < end and start < thing.end() and not thing[0].startswith(date.text):
                continue
            yield from _pair(body, thing, date, start, end, dates, _words_for(moments))


_RANGE = re.compile(r"^\s?(?:to|until|till|through|and|[-–])\s?$")
_LASTED = re.compile(
    r"^(?:,?(?:\s(?:which|that))?(?:\s(?:was|were))?\s(?:lasted|fought|raged|ran|waged|of)\s(?:from|between)?\s?|\s\()$"
)


def _ranges(body: str, dates: list[tuple[DateMention, int, int]]) -> Iterator[tuple[DateMention, DateMention]]:
    for (first, start, end), (last, following, _) in zip(dates, dates[1:], strict=False):
        link = body[end:following]
        opened = re.search(r"\b(?:from|between)\s(?:the\s)?$", body[:start]) is not None
        if _RANGE.match(link) and (opened or link.strip() in ("-", "–", "to")):
            yield first, last


def _lasting(view: SentenceView, things: list[re.Match[str]], first: DateMention, last: DateMention) -> Iterator[Dated]:
    """A thing that lasted from one date to another, tied by grammar; nothing else is made of a range."""
    (start, _), (_, end) = view.offsets(first), view.offsets(last)
    for thing in things:
        if thing.end() <= start and _LASTED.match(view.body[thing.end() : start]):
            yield Dated(thing.start(), end, thing[0], "begun", "from", first, True)
            yield Dated(thing.start(), end, thing[0], "ended", "to", last, True)


def _pair(
    body: str,
    thing: re.Match[str],
    date: DateMention,
    start: int,
    end: int,
    dates: list[tuple[DateMention, int, int]],
    words: re.Pattern[str],
) -> Iterator[Dated]:
    first, last = min(thing.start(), start), max(thing.end(), end)
    between = body[thing.end() : start] if thing.end() <= start else body[end : thing.start()]
    if len(between) > _FAR or _NOT_BESIDE.search(body[:start]):
        return
    moments = [
        m
        for m in words.finditer(body, max(0, first - 40), min(len(body), last + 45))
        if not (thing.start() <= m.start() < thing.end())
    ]
    if _OTHER_MOMENT.search(body[max(0, first - 30) : last + 12]) or re.search(r"\bby\s[A-Z]|[“”\"]", between):
        return
    plain = _plain(body, thing, start, end, moments)
    crowded = any(first <= s < last and d is not date and not thing.start() <= s < thing.end() for d, s, _ in dates)
    if (
        plain is not None
        and not crowded
        and not _AROUND.search(body[max(0, first - 45) : last + 25])
        and not _AS_SOMETHING.match(body[last:])
    ):
        moment, verb = plain
        is_of_all = _kind(verb, moment) not in ("begun", "ended") or not _is_of_a_part(body, first, start, last)
        yield Dated(*_with(verb, first, last), thing[0], _kind(verb, moment), verb[0] if verb else "", date, is_of_all)
        return
    near = sorted(moments, key=lambda m: min(abs(start - m.end()), abs(m.start() - end)))[:2]
    for verb in near:
        yield Dated(*_with(verb, first, last), thing[0], _kind(verb, "dated"), verb[0], date, False)
    if not near and len(between) < _NEAR:
        yield Dated(first, last, thing[0], "dated", "", date, False)


def _is_of_a_part(body: str, first: int, start: int, last: int) -> bool:
    """Whether it may have begun or ended then for somebody or somewhere alone: "ended in Europe", "For the US, …"."""
    return bool(_FOR_SOME.search(body[:first]) or _SOMEWHERE.search(body[first:start]) or _SOMEWHERE.match(body[last:]))


def _with(verb: re.Match[str] | None, first: int, last: int) -> tuple[int, int]:
    return (min(first, verb.start()), max(last, verb.end())) if verb else (first, last)


def _kind(verb: re.Match[str] | None, otherwise: Moment) -> Moment:
    if verb is None:
        return otherwise
    name = str(verb.lastgroup).replace("_", " ")
    return next((moment for moment in _WORDS if moment == name), otherwise)


_FOR_SOME = re.compile(r"(?:^|[.;:]\s)(?:In|For|On|To|Among|Across|By|At|From|As)\s[^.;:]*,\s(?:the\s)?$")
_SOMEWHERE = re.compile(
    rf"\s(?:in|for|at|on|over|across|with)\s(?:the\s)?(?:[a-z]+\s)?(?!(?:{_MONTHS})\b)[A-Z]|^,?\s(?:for|in|with)\s"
)
_Plain = tuple[Moment, "re.Match[str] | None"]
_LINK = re.compile(r"^,?\s?(?:\(|(?:of|in|on|held\s(?:in|on)|fought\sin)\s)?(?:the\s)?$")
_WHOLE_NAME = re.compile(
    r"\s?(?:$|[,.;:)]|(?:to|of|in|that|which|was|were|is|had|and|on|at|for|with|between|as|when|has|have|where|who|into|from|began|ended|took|the)\b)"
)
_LOOSE_LINK = re.compile(r"^,?\s(?:in|on)\s(?:the\s)?$")
_LEAD = re.compile(r"^(?:,|\sthat|,\s(?:with|as|when))?\s(?:the\s)?(?:(?:\w+|[A-Z]\w+['’]s)\s)?$")
_TO_DATE = re.compile(r"^(?:\s[a-z]+){0,2}(?:\s(?:in|at|from|off|near|over|to|on|into)\s(?:the\s)?(?:[a-z]+\sof\sthe\s)?[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,3})?,?(?:\s(?:on|in|from))?(?:\sthe)?\s$")  # fmt: skip
_TO_VERB = re.compile(r"^(?:,\s(?:with|carrying|operated|led|the|an?)\s[^,;:0-9]{2,60})?,?(?:\s(?:which|that))?(?:\s(?:was|were|is|are|had|has|have|been|would|did|will|be|went|came))*(?:\s[a-z]+ly|\sfirst|\salso|\sonly|\sitself)?\s\(?$")  # fmt: skip


def _plain(body: str, thing: re.Match[str], start: int, end: int, moments: list[re.Match[str]]) -> _Plain | None:
    """What ties the thing to the date where nothing else can: None where something might."""
    if thing.end() <= start:
        between = body[thing.end() : start]
        if _LINK.match(between):
            lead = [m for m in moments if m.end() <= thing.start() and _is_lead(body[m.end() : thing.start()])]
            if lead and lead[-1].lastgroup == "signed" and not between.startswith((",", " (")):
                return None  # others may sign later
            if not lead and _LOOSE_LINK.match(between):
                return None  # "wrote about the war in 1995": the date is the verb's
            return "dated", (lead[-1] if lead else None)
        if coordinated := _COORDINATED.match(between):
            rest = (
                body[: thing.end()] + "," + " " * (coordinated.end() - 1) + between[coordinated.end() :] + body[start:]
            )
            return _plain(rest, thing, start, end, [m for m in moments if m.start() >= thing.end() + coordinated.end()])
        inner = [m for m in moments if thing.end() <= m.start() and m.end() <= start]
        if len(inner) == 1 and not _BREAK.search(between):
            before, after = body[thing.end() : inner[0].start()], body[inner[0].end() : start]
            said_before = body[: thing.start()]
            is_subject = (
                before.startswith((",", " (")) or not _PREPOSITION.search(said_before) or _WHOLE_OF.search(said_before)
            )
            if is_subject and _TO_VERB.match(before) and _TO_DATE.match(after):
                return "dated", inner[0]
        return None
    between = body[end : thing.start()]
    if between.startswith(" that") and not re.search(r"\b[Ii]t\swas\b", body[:start]):
        return None  # "declared on 1 May that the war had ended": the date is the verb's
    if between in (" ", "-") and _WHOLE_NAME.match(body[thing.end() :]):
        return "dated", None
    after_thing = [m for m in moments if 0 <= m.start() - thing.end() <= 12 and not _BREAK.search(body[thing.end() : m.start()])]  # fmt: skip
    if after_thing and _LEAD.match(between):
        return "dated", after_thing[0]
    opening = [m for m in moments if m.end() <= start and m.start() <= 2]
    if opening and re.match(r"^[^,;:]{0,40},\s(?:the\s)?$", between) and _TO_DATE.match(body[opening[-1].end() : start]):  # fmt: skip
        return "dated", opening[-1]
    return None


def _is_lead(words: str) -> bool:
    return re.match(r"^(?:\sof)?(?:\sthe|\stheir|\sits|\san?)?\s(?:\w+\s)?$", words) is not None
