"""Whether an office that a record states can be the one a sentence speaks of."""

from __future__ import annotations

import re

from reader.checks.model import Case, Evidence, stated
from reader.checks.record.subjects import years_before
from reader.claims.model import OfficeTitle
from reader.claims.offices.sentence import Sentence as WordedSentence
from reader.claims.offices.sentence import title_of
from reader.claims.recorded.parts import Around, TitleParts
from reader.claims.roles import role_phrases
from reader.claims.words import words_of
from reader.dates import Interval, Precision
from reader.knowledge import model
from reader.knowledge.model import Entity
from reader.knowledge.names import normal
from reader.knowledge.seats import Seat, seats_for
from reader.knowledge.terms import Term, terms_held_by
from reader.language.datetext import resolve

_ANY_OFFICE = frozenset("head chief leader boss".split())
_SAME = {
    "ceo": {"chief", "executive"},
    "chairman": {"chair"},
    "chairwoman": {"chair"},
    "chairperson": {"chair"},
    "premier": {"minister"},
    "head of government": {"minister"},
    "head of state": {"president"},
    "boss": set(),
}
_LESSER = re.compile(r"\b(?:deputy|vice|assistant|associate|under|junior|shadow|acting)\b")
_NEAR, _BESIDE = 90, 45  # characters
_MARKS = re.compile(r",\s|[;:(]|\s[–—-]\s")
_PEOPLE = re.compile(r"(?:an?|the)\s(?P<people>[A-Z][a-z]+)")
_HISTORY = 20  # years
_JUST_LEFT = 3  # days in which somebody may still be called by the title
_RARE = frozenset(
    "minister archbishop mayor governor chancellor pope king queen emperor laureate taoiseach commissioner ombudsman rector".split()
)
_SMALL_WORDS = frozenset("of the for and in to a".split())
_RANKS = frozenset(
    "deputy vice assistant associate under junior shadow former ex acting interim designate elect nominee candidate spokesman spokeswoman aide adviser wife husband son daughter honorary assistant co".split()
)
_UNKNOWN_TITLE = re.compile(r"\b(?:was|is|became|as|been|named|appointed|elected|made)\s(?:an?\s|the\s|its\s)?(?P<noun>[a-z-]+(?:\s[a-z-]+){0,2})\s(?:of|at|for)\s(?:the\s)?[A-Z]")  # fmt: skip
_NO_TITLES = frozenset("head leader one chief member charge time end place part office power".split())


def may_be_called_there(seat: Seat, around: Around, at: int, case: Case, *, must_be: bool) -> bool:
    """Whether a title near a place can be that office's; where none is said, whether none has to be."""
    sentence = around.sentence
    text = case.article.paragraphs[sentence.paragraph].text
    words = words_of(text, sentence.start, sentence.end)
    worded = WordedSentence(sentence.paragraph, text, words, (), text[sentence.start : sentence.end], ())
    far = _BESIDE if must_be else _NEAR
    marks = [m.start() for m in _MARKS.finditer(text, sentence.start, sentence.end)] if not must_be else []
    first = max([sentence.start, at - far, *(m for m in marks if m < at)])
    last = min([sentence.end, at + far, *(m for m in marks if m >= at)])
    titles = [
        title_of(worded, p)
        for p in role_phrases(words)
        if words[p.last - 1].end > first and words[p.first].start < last
    ]
    if titles:
        return any(fits(title, seat, case) for title in titles)
    label = set(normal(seat.label).split())
    unknown = [m["noun"].split()[-1] for m in _UNKNOWN_TITLE.finditer(text, first, last)]
    return not must_be and all(noun in label or noun in _NO_TITLES for noun in unknown)


def has_title(text: str, first: int, last: int) -> bool:
    """Whether any title stands in a stretch of text."""
    return bool(role_phrases(words_of(text, first, last)))


def is_elsewhere(seat: Seat, person: Entity, around: Around, at: int, case: Case) -> bool:
    """Whether the words name another body near, of which the same person has held an office too."""
    near = {
        m.entity.id
        for m in case.mentions.get(around.sentence.paragraph, ())
        if m.entity.kind in ("organisation", "place", "country")
        and around.sentence.contains(m.span)
        and abs(m.span.end - at) < _NEAR
    }
    held = {s.id: _owners(s, case) for s, _ in terms_held_by(person.id, case.known.knowledge)}
    others = set().union(*(owners for seat_id, owners in held.items() if seat_id != seat.id))
    return bool(near & (others - _owners(seat, case))) and not near & _owners(seat, case)


def fits(title: OfficeTitle, seat: Seat, case: Case) -> bool:
    """Whether a title as written can be that seat's, by its owner and by every word of its role and field."""
    label = normal(seat.label)
    if title.scopes and not title.anaphoric:
        match = seats_for(title, case.known)
        if match.seats:
            return any(s.id == seat.id for s in match.seats)
        owned = any(case.known.whose(scope.removesuffix("'s").removesuffix("’s")) for scope in title.scopes)
        if owned and not any(normal(scope) in label for scope in title.scopes):
            return False
    role = normal(title.role)
    if bool(_LESSER.search(role)) != bool(_LESSER.search(label)):
        return False
    if role in _ANY_OFFICE:
        return True
    field = set(normal(" ".join(title.field)).split())
    called = set(label.split()) | {"chair" for w in label.split() if w.startswith("chair")}
    ways = (set(role.split()), _SAME.get(role, {role}))
    return any((words | field) - {"of", "the", "and"} <= called for words in ways)


def match_title(parts: TitleParts, case: Case) -> tuple[str, list[Evidence]] | None:
    """A term of the named person's, in an office whose every word stands in the description, at the time it speaks of."""
    found = case.known.person(parts.person.name)
    words = set(normal(parts.words).split())
    for person in (found.entity,) if found.entity else found.candidates:
        for seat, term in terms_held_by(person.id, case.known.knowledge) if person else ():
            if (
                _is_called(seat, words, case)
                and (_is_of(seat, parts.of, case) if parts.of else is_named(seat, case) or _is_rare(seat))
                and _is_then(parts, words, term, case)
            ):
                until = f"to {term.end}" if term.end else "on"
                said = f"{term.name} was {seat.label} from {term.start} {until}"
                return said, [stated(term.statement, said, "supports", seat.label)]
    return _nationality(parts, case) if found.entity else None


def _nationality(parts: TitleParts, case: Case) -> tuple[str, list[Evidence]] | None:
    """ "An American": a people alone, of whose country the person is a citizen (P27)."""
    word = _PEOPLE.fullmatch(parts.words)
    person = case.known.person(parts.person.name).entity
    if word is None or person is None:
        return None
    countries = {
        e.id for e, kind in case.known.knowledge.named(word["people"]) if kind == "demonym" or e.kind == "country"
    }
    for statement in case.known.knowledge.statements(person.id, model.CITIZENSHIP):
        if statement.is_reliable and statement.value in countries:
            said = f"{person.label} is a citizen of {case.known.knowledge.label(statement.value)}"
            return said, [stated(statement, said, "supports", person.label)]
    return None


def _is_of(seat: Seat, country: str, case: Case) -> bool:
    """Whether an office is that country's."""
    return any(case.known.knowledge.label(owner).startswith(country) for owner in _owners(seat, case))


def _is_rare(seat: Seat) -> bool:
    """Whether an office is of a kind that few people hold, so that its name alone tells it from others."""
    return bool(set(normal(seat.label).split()) & _RARE)


def is_called_so(seat: Seat, words: str, case: Case) -> bool:
    """Whether some words hold all that an office's name says."""
    return _is_called(seat, set(normal(words).split()), case)


def _is_called(seat: Seat, words: set[str], case: Case) -> bool:
    """Whether a description holds all that an office's name says, but for whose it is, and no lesser rank."""
    label = set(normal(seat.label).split())
    if {"prime", "minister"} <= label and words & {"premier"} | ({"head"} if "government" in words else set()):
        words = words | {"prime", "minister"}
    if "secretary" in label:
        label = label - {"state"}  # "Secretary of State for Justice" is the justice secretary
    owners = {w for owner in _owners(seat, case) for w in normal(case.known.knowledge.label(owner)).split()}
    role = label - owners - _SMALL_WORDS
    others = words - label - owners
    called = {"chair" if w.startswith("chair") else w for w in words}
    fields = role - {"minister", "secretary"}
    if (
        fields != role
        and len(fields) > 1
        and fields & called
        and called & {"minister", "secretary"}
        and not others & _RANKS
    ):
        return True  # "the university minister" of "Minister of University and Research"
    return bool(role) and {"chair" if w.startswith("chair") else w for w in role} <= called and not others & _RANKS


def _is_then(parts: TitleParts, words: set[str], term: Term, case: Case) -> bool:
    if case.as_of is None or term.start is None:
        return False
    if words & {"former", "ex", "late", "onetime"}:
        return term.end is not None and term.end.before(case.as_of)
    if words & {"acting", "interim", "caretaker"} and not term.acting:
        return False
    is_then = bool(words & {"then", "was"}) or "at the time" in parts.words or "of the day" in parts.words
    if not is_then and (
        term.covers(case.as_of) or (term.end is not None and term.touches(case.as_of.widened(_JUST_LEFT)))
    ):
        return True
    if not is_then and not _is_long_ago(term, case.as_of):
        return False
    told = [resolve(d, case.as_of, "past") for d in (parts.around.dates or parts.around.told)]
    told += [Interval.year(y) for y in years_before(case, parts.around.sentence.paragraph)[-2:]] if is_then else []
    return any(day is not None and day.precision >= Precision.YEAR and term.covers(day) for day in told)


def _is_long_ago(term: Term, as_of: Interval) -> bool:
    """Whether a term is history, so that a plain title can only be told of its own time."""
    return term.end is not None and as_of.first.year - term.end.last.year > _HISTORY


def _owners(seat: Seat, case: Case) -> set[str]:
    """Whose an office is: its body, its country, the place that it is of."""
    found = {
        s.value
        for prop in (model.HEADS_ORGANISATION, model.COUNTRY, model.JURISDICTION)
        for s in case.known.knowledge.statements(seat.id, prop)
    }
    return found | {seat.organisation} if seat.organisation else found


def is_named(seat: Seat, case: Case) -> bool:
    """Whether the article names whose office it is."""
    owners = _owners(seat, case)
    return any(m.entity.id in owners for found in case.mentions.values() for m in found)
