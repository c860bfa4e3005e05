"""Awards by the record: which of a person's awards a clause speaks of."""

from __future__ import annotations

from reader.article.model import Span
from reader.checks.lookup import reliable
from reader.checks.model import Case, Evidence, stated
from reader.dates import Interval, parse_iso
from reader.knowledge import model
from reader.knowledge.model import Entity, Statement
from reader.knowledge.names import normal

_ANY_AWARD = frozenset("prize award medal the of in for and title best".split())


def award_in(
    person: Entity, when: Interval, clause: Span, case: Case, *, must_name: bool
) -> tuple[str, list[Evidence]] | None:
    """An award that a person received then, if the clause names it, or names none."""
    words = set(normal(case.article.text_at(clause)).split())
    mine = reliable(case, person.id, model.AWARD)
    named = {
        m.entity.id
        for m in case.mentions.get(clause.paragraph, ())
        if m.entity.kind == "award" and m.span.overlaps(clause)
    }
    for statement in mine:
        at = parse_iso(statement.at) if statement.at else None
        if at is None or not (at.inside(when) or (when.inside(at) and at.first.year == at.last.year)):
            continue
        own = _words(statement, case)
        if named and statement.value not in named and not own & words - _ANY_AWARD:
            continue
        rivals = [s for s in mine if s.value != statement.value]
        if any((_words(rival, case) - own) & words for rival in rivals) and not _only_in(own, rivals, case) & words:
            continue
        if not own & words - _ANY_AWARD and (named or must_name):
            continue
        label = case.known.knowledge.label(statement.value)
        said = f"{person.label} received the {label.removeprefix('The ')} in {at}"
        return said, [stated(statement, said, "supports", person.label)]
    return None


def _only_in(own: set[str], rivals: list[Statement], case: Case) -> set[str]:
    """The words that tell an award from the person's others."""
    return own - {w for rival in rivals for w in _words(rival, case)}


def _words(statement: Statement, case: Case) -> set[str]:
    return set(normal(case.known.knowledge.label(statement.value)).split()) - {"the", "of", "in", "for", "and"}
