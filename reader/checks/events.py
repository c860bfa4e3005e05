"""When wars, treaties, votes and other events happened, began or ended, and when organisations were founded.

The rules are those of `reader.checks.moments`; a founding is never refuted (Wikidata's inception mixes founding,
first meeting and legal birth).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.checks.model import Case, Check, Ruling
from reader.checks.moments import MomentParts, Rules, judge_moment
from reader.claims.dated import Moment, find_dated
from reader.claims.model import Claim, Found, Relation
from reader.claims.sentence import SentenceView
from reader.claims.status import status_of
from reader.knowledge import model

_MOMENTS: dict[Moment, tuple[str, ...]] = {
    "begun": (model.STARTED, model.POINT_IN_TIME),
    "ended": (model.ENDED, model.DISSOLVED),
    "signed": (model.POINT_IN_TIME,),
    "agreed": (model.POINT_IN_TIME,),
    "in force": (model.STARTED,),
    "held": (model.POINT_IN_TIME, model.STARTED),
    "during": (model.POINT_IN_TIME,),
    "founded": (model.INCEPTION, model.STARTED, model.POINT_IN_TIME),
    "dated": (model.POINT_IN_TIME, model.STARTED, model.ENDED),
}
_RULES = Rules("events", frozenset({"event", "treaty", "organisation", "other", "work", "award"}), _MOMENTS)
_SOUGHT = frozenset(_MOMENTS)


class EventDateParts(MomentParts):
    """An event and the date told of it."""

    __slots__ = ()


class EventsCheck(Check):
    """Judges the dates of events against dated statements."""

    name = _RULES.name
    parts: tuple[type, ...] = (EventDateParts,)
    needs_knowledge = True
    whole_article = False

    def find(self, sentence: SentenceView) -> Iterable[Found[Relation]]:
        """Every thing and date that may belong together."""
        for dated in find_dated(sentence, _SOUGHT):
            status = status_of(sentence.body, dated.scope(sentence.body))
            yield Found(sentence.span(dated.start, dated.end), EventDateParts.of(dated), status)

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """One verdict a claim."""
        for claim in claims:
            if isinstance(claim.parts, EventDateParts):
                yield claim, judge_moment(claim, claim.parts, case, _RULES)
