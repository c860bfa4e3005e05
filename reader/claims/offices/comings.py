"""Offices taken up and given up without being named: "Brandt resigned in May 1974", "she took over in February 2020"."""

from __future__ import annotations

import re

from reader.article.model import Span
from reader.claims.model import OfficeParts, OfficeTime, OfficeTitle, PersonMention
from reader.claims.offices.dated import clause_status
from reader.claims.offices.sentence import FoundOffice, Sentence, person_at
from reader.claims.people import PeopleLedger
from reader.claims.words import PRONOUNS, name_from

_WENT = r"resigned|stepped\sdown|stood\sdown|left(?:\soffice)?|quit|abdicated|retired|was\s(?:ousted|deposed|toppled|dismissed|voted\sout)|lost\s(?:office|power)|gave\sup\s(?:the\s)?(?:post|office|title|throne)|gave\sthe\stitle\sup"
_CAME = r"took\s(?:over|office|power|charge)|came\sto\s(?:power|office)|was\s(?:sworn\sin|inaugurated|crowned|enthroned)|assumed\soffice|ascended(?:\sthe\sthrone)?|succeeded\sto\sthe\sthrone"
_MOVE = re.compile(
    rf"^(?:,?\swho)?\s(?:had\s|has\s|then\s|later\s|finally\s)?(?:(?P<went>{_WENT})|(?P<came>{_CAME}))(?:\s(?:as|from|at)\s(?:[a-z’']+\s?){{1,4}})?,?\s(?:early\s|late\s|only\s)?(?:in|on|at\sthe\send\sof|at\sthe\sbeginning\sof)\s(?:the\s)?$"
)
_LONGEST_GAP = 60


def comings_and_goings(sentence: Sentence, people: PeopleLedger, subject: str | None) -> list[FoundOffice]:
    """Each person of a sentence and the date at which they came or went."""
    found = []
    for person in _people(sentence, people, subject):
        for date in sentence.dates:
            gap = sentence.text[person.span.end : date.start] if date.start > person.span.end else ""
            move = _MOVE.match(gap) if 0 < len(gap) <= _LONGEST_GAP else None
            if move is None:
                continue
            verb = "went" if move["went"] else "came"
            at = person.span.end + move.start(verb)
            title = OfficeTitle(Span(sentence.paragraph, at, person.span.end + move.end(verb)), "head")
            time: OfficeTime = "until" if verb == "went" else "became"
            parts = OfficeParts(person, title, time, "past", date, told=sentence.told)
            status = clause_status(sentence, person.span.start, date.end)
            found.append(FoundOffice(Span(sentence.paragraph, person.span.start, date.end), parts, status))
            break
    return found


def _people(sentence: Sentence, people: PeopleLedger, subject: str | None) -> list[PersonMention]:
    words, found, at = sentence.words, [], 0
    while at < len(words):
        word = words[at]
        size = name_from(words, at) if word.is_capital else 0
        if word.lower in PRONOUNS and subject:
            found.append(PersonMention(Span(sentence.paragraph, word.start, word.end), word.text, subject))
        elif size:
            found.append(person_at(sentence, at, size, people))
        at += max(size, 1)
    return found
