"""Whether an office that a record states can be the one a sentence speaks of."""

from __future__ import annotations

from reader.article.model import Span
from reader.checks.model import Case
from reader.claims.model import OfficeTitle
from reader.claims.offices.sentence import Sentence as WordedSentence
from reader.claims.offices.sentence import title_of
from reader.claims.recorded import Cue
from reader.claims.roles import role_phrases
from reader.claims.words import words_of
from reader.knowledge.names import normal
from reader.knowledge.seats import Seat, seats_for

_ANY_OFFICE = frozenset("head chief leader boss".split())
_SAME = {
    "ceo": "chief executive",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "premier": "minister",
}
_NEAR = 90


def may_be_called_there(seat: Seat, sentence: Span, cue: Cue, case: Case) -> bool:
    """Whether every title near the cue can be that office's: none is said, or one fits by its seat or its words."""
    text = case.article.paragraphs[sentence.paragraph].text
    words = words_of(text, sentence.start, sentence.end)
    worded = WordedSentence(sentence.paragraph, text, words, (), text[sentence.start : sentence.end], ())
    titles = [
        title_of(worded, p)
        for p in role_phrases(words)
        if words[p.last - 1].end > cue.start - _NEAR and words[p.first].start < cue.end + _NEAR
    ]
    return not titles or any(_fits(title, seat, case) for title in titles)


def _fits(title: OfficeTitle, seat: Seat, case: Case) -> bool:
    label = normal(seat.label)
    if title.scopes and not title.anaphoric:
        match = seats_for(title, case.known)
        if match.seats:
            return any(s.id == seat.id for s in match.seats)
        owned = any(case.known.whose(scope.removesuffix("'s")) for scope in title.scopes)
        if owned and not any(normal(scope) in label for scope in title.scopes):
            return False
    role = normal(title.role)
    if role in _ANY_OFFICE:
        return True
    return _SAME.get(role, role).split()[-1] in {_SAME.get(w, w) for w in label.split()} | {"executive"} & set(
        label.split()
    )
