"""One life told in two ways: two births or two deaths of one person, or a death before the birth.

What is done after a death is no contradiction: companies, sons and namesakes bear the name on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reader.checks.consistency.namesakes import tells_of_namesakes
from reader.checks.model import Case, Ruling, decided, own_words
from reader.claims.model import Claim, LifeParts, Status
from reader.dates import Interval
from reader.knowledge.names import normal
from reader.language.datetext import resolve


def life_conflicts(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """One verdict for each end of a contradiction."""
    if tells_of_namesakes(case.article):
        return
    lives: dict[str, list[tuple[Claim, LifeParts, Interval]]] = defaultdict(list)
    for claim in claims:
        parts = claim.parts
        if not isinstance(parts, LifeParts) or claim.status is not Status.ASSERTED or parts.person.is_inferred:
            continue
        when = resolve(parts.when, case.as_of, "past") if parts.when is not None else None
        if when is not None and len(parts.person.name.split()) > 1:
            lives[normal(parts.person.name)].append((claim, parts, when))
    for told in lives.values():
        for one, other in _pairs(told):
            text = f"The article tells this in two ways: “{one.text}” and “{other.text}”."
            evidence = [own_words(case.article, c.span, "refutes") for c in (one, other)]
            yield one, decided("conflicting", "consistency", text, evidence, case.as_of, [other.id])
            yield other, decided("conflicting", "consistency", text, evidence, case.as_of, [one.id])


def _pairs(told: Sequence[tuple[Claim, LifeParts, Interval]]) -> Iterator[tuple[Claim, Claim]]:
    for place, (one, first, then) in enumerate(told):
        for other, second, later in told[place + 1 :]:
            facts = {first.fact, second.fact}
            if first.fact == second.fact and first.fact in ("born", "died"):
                if not then.overlaps(later):
                    yield one, other
            elif facts == {"born", "died"}:
                born, died = (then, later) if first.fact == "born" else (later, then)
                if died.before(born):
                    yield one, other
