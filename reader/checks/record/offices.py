"""Terms of office by the record: whether one of somebody's began, ended or ran on a day, in the office that is spoken of."""

from __future__ import annotations

import re

from reader.article.model import Span
from reader.checks.model import Case, Evidence, stated
from reader.checks.office.succession import followed
from reader.checks.record.subjects import everybody, people_named
from reader.checks.record.titles import has_title, is_called_so, is_elsewhere, may_be_called_there
from reader.claims.recorded.parts import Cue, DateParts, Moment
from reader.dates import Interval
from reader.knowledge.model import Entity
from reader.knowledge.terms import Term, terms_held_by
from reader.language.datetext import resolve

Match = tuple[str, list[Evidence]]

_HISTORY = 15  # years: what ended longer ago is told of as history
_FOLLOWS = re.compile(r"^(?:succe|replac|follow|inherit|took over|took the place|unseat|oust|topple)")
_NAMES_TITLE = frozenset("became becomes become becoming named appointed".split())
_OFFICE = re.compile(
    r"\b(?:office|power|post|job|throne|reign\w*|r[ua]n|runs|led|leads?|head(?:s|ed)?|govern\w*|rul(?:e|ed|es)|succe\w+|replac\w+|inherit\w*|follow(?:s|ed)\b(?!\sby\sa)|t(?:ake|ook|akes)\s(?:over|office|his\splace|her\splace)|"
    r"step(?:ped|s)\sdown|stood\sdown|resign\w*|abdicat\w*|sworn|inaugurat\w*|elect\w*|appoint\w*|chair\w*|cabinet|ministry|department|government|seat|predecessor|successor|direct(?:s|ed|ing)?|manag\w+|edit(?:s|ed)|presid\w+|minister\w*|crown\w*|desk|charge|confirmed|title|defeat\w*|dismissed|sacked|ousted|"
    r"Downing\sStreet|White\sHouse|Elys[eé]e|Kremlin|Treasury|Foreign\sOffice|retire\w*|quits?|helm|changed\splaces|premiership|presidency|acting|minded|(?:arch)?bishop|pope|laureate|taoiseach|rector|editor|conductor|coach|manager|director|abbot)\b"
)
_LINE = re.compile(r"(?:\d+\.\s)?[A-Z][\w’'. -]{2,40},?\s(?:since|from|until)\s[\w\s]{4,20}\.?")
_GIVES_WAY = re.compile(r"\bby$|\bway$|hand(?:s|ed)\sover")


def in_office(person: Entity, cue: Cue, when: Interval, parts: DateParts, case: Case) -> Match | None:
    """A term of theirs that began, ended or ran then, in an office that the words can mean."""
    word = case.article.text_at(Span(parts.around.sentence.paragraph, cue.start, cue.end)).lower()
    if not _is_of_whom_it_says(person, word, cue, parts, case) or not is_about_office(cue, parts, case):
        return None
    for seat, term in terms_held_by(person.id, case.known.knowledge):
        if is_elsewhere(seat, person, parts.around, cue.start, case):
            continue
        if not _agrees(term, cue.moment, when) or (word == "since" and not _still_ran(term, parts, case)):
            continue
        must_be = cue.is_weak or word in _NAMES_TITLE
        near = parts.when.start if cue.is_weak else cue.start
        between = case.article.text_at(
            Span(parts.around.sentence.paragraph, min(cue.end, parts.when.start), parts.when.start)
        )
        is_called = must_be and is_called_so(seat, between, case)
        if is_called or may_be_called_there(seat, parts.around, near, case, must_be=must_be):
            return term_found(term, seat.label, case)
    return None


def is_about_office(cue: Cue, parts: DateParts, case: Case) -> bool:
    """Whether a word for holding an office, or a title, stands near."""
    sentence = parts.around.sentence
    text = case.article.paragraphs[sentence.paragraph].text
    first, last = (
        max(sentence.start, min(cue.start, parts.when.start) - 90),
        min(sentence.end, max(cue.end, parts.when.end) + 60),
    )
    if cue.is_weak:
        return True  # a title has to follow
    is_line = _LINE.fullmatch(text, sentence.start, sentence.end) is not None
    return is_line or _OFFICE.search(text, first, last) is not None or has_title(text, first, last)


def _is_of_whom_it_says(person: Entity, word: str, cue: Cue, parts: DateParts, case: Case) -> bool:
    """Where somebody is named whom the person followed, or made way for, the record must say so too."""
    is_after, is_before = _FOLLOWS.match(word) and not word.endswith("by"), _GIVES_WAY.search(word)
    if not is_after and not is_before:
        return True
    text = case.article.paragraphs[parts.around.sentence.paragraph].text
    if "place" in word and not text.startswith(" of ", cue.end):
        return True
    others = [n for n in people_named(case, parts.around) if cue.end <= n.start < cue.end + 50]
    if re.match(r"\s(?:him|her|them)\b", text[cue.end : cue.end + 6]):
        bearers = [s.entity for s in everybody(case, parts.around, cue.start) if s.entity.id != person.id]
    elif others:
        bearers = list(others[0].bearers)
    else:
        return True
    pairs = [(e, person) if is_after else (person, e) for e in bearers]
    return any(followed(earlier, later, case) for earlier, later in pairs)


def _agrees(term: Term, moment: Moment, when: Interval) -> bool:
    if moment == "start":
        return term.start is not None and term.start.inside(when)
    if moment == "end":
        return term.end is not None and term.end.inside(when)
    return term.covers(when)


def _still_ran(term: Term, parts: DateParts, case: Case) -> bool:
    """Whether somebody who held it "since" then held it still on the article's day or on one told of."""
    others = [resolve(d, case.as_of, "past") for d in parts.around.told if d is not parts.when]
    days = [d for d in (*others, case.as_of) if d is not None]
    if term.end is not None and case.as_of is not None and case.as_of.first.year - term.end.last.year > _HISTORY:
        return not any(d.after(term.end) for d in days[:-1])
    return any(term.touches(d) and (term.start is None or not d.overlaps(term.start)) for d in days)


def term_found(term: Term, label: str, case: Case) -> Match:
    """A term of office as a sentence, with its evidence."""
    acting = ", acting," if term.acting else ""
    if term.start is None:
        said = f"{term.name} was {label}{acting} until {term.end}"
    else:
        said = f"{term.name} was {label}{acting} from {term.start} {f'to {term.end}' if term.end else 'on'}"
    return said, [stated(term.statement, said, "supports", label)]
