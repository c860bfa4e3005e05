"""Dates and the words beside them for what happened then."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.claims.model import Found, Relation
from reader.claims.recorded.around import around, found_at
from reader.claims.recorded.parts import Cue, DateParts, Moment
from reader.claims.sentence import SentenceView

_MOMENTS: dict[Moment, str] = {
    "start": r"since|from|t(?:akes?|ook|aking)\s(?:over|office|up|on|charge|(?:his|her|the)\s(?:place|seat|desk|helm|reins|chair|job|post|throne|crown|oath))|bec[ao]mes?|becoming|sworn\sin|installed|inaugurated|appointed|appointment|named|chosen|promoted|"
    r"succeed(?:s|ed|ing)?(?!\sby)|replac(?:es|ed|ing)(?!\sby)|follow(?:s|ed)(?!\sby)|inherit(?:s|ed)|enter(?:s|ed)|mov(?:es|ed)|unseat(?:s|ed)|toppled|came\sto\s(?:power|office|the\sthrone)|assum(?:es|ed)|joined|returned|"
    r"goes\sto|confirmed|elevated|ascended|acceded|proclaimed|crowned|elect(?:s|ed)|election\sas|rose\sto|start(?:s|ed)|began|beginning|handed\sthe",
    "end": r"until|till|left|leav(?:es|ing)|resign(?:s|ed|ation)|step(?:s|ped)\s(?:down|aside)|stood\sdown|quits?|g[ai]ves?\s(?:\w+\s){0,2}up|retire[sd]|retirement|defeat(?:ed)?|lost|ousted|removed|dismissed|sacked|fired|deposed|"
    r"(?:voted|forced|turned|pushed)\s(?:\w+\s)?out|abdicat\w+|depart(?:s|ed|ure)|hand(?:s|ed)\sover|bow(?:s|ed)\sout|overthrown|(?:replaced|succeeded|followed)\sby|[mg]a[dv]e\sway|ended|expired|fell",
    "hold": r"ran(?!\sout)|runs(?!\sout)|running(?!\sout)|le[ad]ds?|led|head(?:s|ed)|govern(?:s|ed)|ruled|reign(?:s|ed)?|serv(?:es?|ed)|held|holds|in\s(?:office|power|charge|the\s(?:chair|job|post|White\sHouse)|Downing\sStreet|the\sElys[eé]e|the\sKremlin)|at\sNumber\s10|at\sthe\s(?:helm|head)|"
    r"chair(?:s|ed)|presid\w+|was|were|as|still|when|then|under|with",
    "born": r"born|birth",
    "died": r"died|dies|dead|death|killed|passed\saway|murdered|assassinated|shot|executed|hanged|beheaded|drowned|perished|lived\suntil",
    "won": r"w[io]ns?|winning|winners?|receiv(?:es?|ed|ing)|award(?:s|ed)?|prizes?|medal(?:s|l?ist)?|gold|silver|bronze|titles?|champions?|records?|laureates?|honoured|honored|collect(?:s|ed)|t[ao]kes?|took|set|broke|shared|"
    r"went\sto|victory|victories|named|trophy|crowned|picked",
    "signed": r"sign(?:s|ed|ing|ature)",
    "in force": r"in(?:to)?\sforce|t[ao]kes?\seffect|took\seffect|effective|into\seffect|since|from",
    "founded": r"founded|founding|established|establishment|set\s(?:\w+\s){0,4}up|set\sup|created|formed|incorporated|built|opened|opens|unveiled|completed|launched|start(?:s|ed)|began|came\sout|published|appeared|laid|consecrated|commissioned|"
    r"(?:in|into|entered)\sservice|introduced|first\s(?:sailed|flew|ran|played|printed|published|broadcast)|came\salong|independent|independence|painted|written|made|opened\sits\sdoors|open|dates?\s(?:back\s)?(?:from|to)|since|birthday",
    "begun": r"beg[au]n|began|start(?:s|ed)|broke\sout|outbreak|opened|erupted|invaded|struck|hit|since|from",
    "ended": r"ended|ends|over|closed|expired|lapsed|dissolved|until|till|armistice|surrender(?:ed)?",
    "held": r"held|took\splace|met|happened|occurred|voted|went\sto\sthe\spolls|exploded|reached|sank|crashed|won|lost|election|referendum|summit|disaster|floods?|earthquake|"
    r"discovered|dived?|marched|fought|battle|since\sthat\sof|in|on|of",
    "launched": r"launch(?:es|ed|ing)?|lift(?:s|ed)?[-\s]?off|blast(?:s|ed)?\soff|t[ao]kes?\soff|took\soff|went\s(?:up|into\sspace)|left|flew|flies|rode|rides|sent\sup|began|set\soff",
    "landed": r"land(?:s|ed|ing)?|(?:put|set)\sdown|splash(?:es|ed|ing)?[-\s]?down|c[ao]me\s(?:down|home|back)|touch(?:es|ed|ing)?\sdown|return(?:s|ed)|(?:was|were)\s(?:only\s)?back|back\s(?:only\s)?(?:on|in)",
}  # fmt: skip
_CUES: dict[Moment, re.Pattern[str]] = {m: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for m, words in _MOMENTS.items()}  # fmt: skip
_BESIDE_ONLY = frozenset({"since", "from", "until", "till", "in", "on", "of"})
_BESIDE_DATE = re.compile(
    r"\s(?:(?:the|about|around|early|late|mid|this|last|next)\s)*(?:(?:end|beginning|start|middle|close|spring|summer|autumn|fall|winter|(?:first|last)\sdays)\sof\s(?:the\s)?)?"
)
_WEAK = frozenset({"was", "were", "as", "still", "when", "then", "under", "with", "held", "holds"})
_LEFT, _RIGHT, _SLACK, _BESIDE = 90, 60, 28, 60  # characters
_STOP = re.compile(r"[,;:(—–]")
_HEAD = re.compile(
    r"\W*(?:(?:and|but|so|then|when)\s)?(?:(?:[Ii]n|[Oo]n|[Bb]y|[Ss]ince|[Ff]rom|[Aa]t|[Uu]ntil|[Ee]arly|[Ll]ate)\s)*(?:the\s)?"
)
_RANGE = re.compile(r"^\s?(?:to|until|till|through|and|[-–])\s?$")


def find_dated_words(view: SentenceView) -> Iterator[Found[Relation]]:
    """Every date of a sentence, or stretch of time from one to the next, with the words around it."""
    if not view.dates:
        return
    base, body, seen = view.sentence.start, view.body, -1
    placed = [(d, *view.offsets(d)) for d in view.dates]
    bounds = [0, *(end for _, _, end in placed)], [*(start for _, start, _ in placed), len(body)]
    here = around(view)
    for number, (date, start, end) in enumerate(placed):
        if number == seen:
            continue
        last, until = number, None
        if number + 1 < len(placed) and _is_range(body, start, body[end : placed[number + 1][1]]):
            last = seen = number + 1
            until, end = placed[last][0], placed[last][2]
        left, right = max(start - _LEFT, bounds[0][number]), min(end + _RIGHT, bounds[1][last + 1])
        cues = _cues(body, left, start, end, right)
        if cues or until is not None:
            beside = [c for c in cues if start - c.end < _BESIDE and c.start - end < _BESIDE][:1]
            first, final = min([start, *(c.start for c in beside)]), max([end, *(c.end for c in beside)])
            moved = tuple(Cue(c.moment, base + c.start, base + c.end, c.is_weak) for c in cues)
            yield found_at(view, first, final, DateParts(here, moved, date, until))


def _opens_clause(body: str, start: int) -> bool:
    """Whether a date stands at the head of its clause, so that what comes behind a comma is told of it."""
    marks = [m.end() for m in _STOP.finditer(body, 0, start)]
    return _HEAD.fullmatch(body[marks[-1] if marks else 0 : start]) is not None


def _is_range(body: str, start: int, link: str) -> bool:
    return _RANGE.match(link) is not None and ("and" not in link or body[:start].rstrip().endswith("between"))


def _cues(body: str, left: int, start: int, end: int, right: int) -> list[Cue]:
    """The nearest word for each moment around a date, nearest first; what is much farther away is left out."""
    found: list[tuple[int, Cue]] = []
    for moment, pattern in _CUES.items():
        best: tuple[int, Cue] | None = None
        is_of_all = moment == "won"  # one word for a list of winners and years
        for cue in pattern.finditer(body, *((0, len(body)) if is_of_all else (left, right))):
            word = cue[0].lower()
            if start < cue.end() and cue.start() < end:
                continue
            if word in _BESIDE_ONLY and not (cue.end() <= start and _BESIDE_DATE.fullmatch(body, cue.end(), start)):
                continue
            if (
                not is_of_all
                and cue.start() >= end
                and _STOP.search(body[end : cue.start()])
                and not _opens_clause(body, start)
            ):
                continue
            away = start - cue.end() if cue.end() <= start else cue.start() - end + 10
            is_weak = word in _WEAK or word in ("in", "on", "of")
            if best is None or (is_weak, away) < (best[1].is_weak, best[0]):
                best = (away, Cue(moment, cue.start(), cue.end(), is_weak))
        if best is not None:
            found.append(best)
    found.sort(key=lambda pair: (pair[1].is_weak, pair[0]))
    nearest = min((away for away, _ in found), default=0)
    return [cue for away, cue in found if away <= nearest + _SLACK or cue.moment == "won"]
