"""The last word on an article: one error must not spread to the claims that it contradicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.article.model import Span
from reader.checks.model import Verdict
from reader.claims.model import Claim, Relation

_CHECK_LAST = "record"  # it supports by nearness what others read by grammar
_ORDER = {"refuted": 0, "conflicting": 1, "supported": 2, "not-enough-evidence": 3, "not-checkable": 4}
_TIERS = {"checked": 0, "prior-review": 1, "opinion": 2, "none": 3}


def settle(verdicts: Mapping[str, Sequence[Verdict]]) -> dict[str, tuple[Verdict, ...]]:
    """Order each claim's verdicts, rules before opinions, and drop what data has cleared up.

    When an article gives two versions of a fact and data supports one and refutes the other, the supported
    one keeps its support alone; where data decides nothing, both stay conflicting and tied together.
    """
    supported = {claim for claim, found in verdicts.items() if any(_by_data(v, "supported") for v in found)}
    refuted = {claim for claim, found in verdicts.items() if any(_by_data(v, "refuted") for v in found)}
    settled: dict[str, tuple[Verdict, ...]] = {}
    for claim, found in verdicts.items():
        kept = [v for v in found if not (claim in supported and _is_told_twice(v) and set(v.related) & refuted)]
        speaking = [v for v in kept if v.is_decided or v.label == "not-enough-evidence"]
        settled[claim] = tuple(sorted(speaking or kept, key=lambda v: (_TIERS[v.tier], _ORDER[v.label], v.check)))
    return settled


def _by_data(verdict: Verdict, label: str) -> bool:
    return verdict.tier == "checked" and verdict.label == label and verdict.check != "consistency"


def _is_told_twice(verdict: Verdict) -> bool:
    return verdict.label == "conflicting" and verdict.check == "consistency"


def without_twins(claims: Sequence[Claim], verdicts: dict[str, tuple[Verdict, ...]]) -> list[Claim]:
    """Of several claims over the same words that rest on the same, only one is shown: a relation gives way, then the longer."""
    kept: list[Claim] = []
    for claim in sorted(
        claims,
        key=lambda c: (isinstance(c.parts, Relation), _CHECK_LAST in _checks(verdicts, c), c.span.end - c.span.start),
    ):
        is_relation = _is_decided(verdicts, claim) and isinstance(claim.parts, Relation)
        twin = is_relation and any(
            k.span.overlaps(claim.span) and _is_decided(verdicts, k) and _is_twin(verdicts, k, claim) for k in kept
        )
        if not twin:
            kept.append(claim)
    return sorted(kept, key=lambda c: (c.span.start, c.span.end, c.kind))


def _is_twin(verdicts: dict[str, tuple[Verdict, ...]], kept: Claim, claim: Claim) -> bool:
    """Whether two claims say the same: in the same words, or by nothing but what the kept one rests on too."""
    if _says(verdicts, kept) == _says(verdicts, claim):
        return True
    if not kept.span.contains(claim.span) and 2 * _shared(kept.span, claim.span) < claim.span.end - claim.span.start:
        return False
    rests, on = _rests_on(verdicts, claim), _rests_on(verdicts, kept)
    return bool(rests) and rests <= on and _CHECK_LAST in _checks(verdicts, claim)


def _shared(one: Span, other: Span) -> int:
    """The characters that two spans of one paragraph share."""
    return min(one.end, other.end) - max(one.start, other.start)


def _rests_on(verdicts: dict[str, tuple[Verdict, ...]], claim: Claim) -> set[tuple[str, str]]:
    """The statements that a claim's decided verdicts quote, each with the label it leads to."""
    return {
        (v.label, e.statement) for v in verdicts.get(claim.id, ()) if v.is_decided for e in v.evidence if e.statement
    }


def _checks(verdicts: dict[str, tuple[Verdict, ...]], claim: Claim) -> set[str]:
    return {v.check for v in verdicts.get(claim.id, ())}


def _is_decided(verdicts: dict[str, tuple[Verdict, ...]], claim: Claim) -> bool:
    return any(v.is_decided for v in verdicts.get(claim.id, ()))


def _says(verdicts: dict[str, tuple[Verdict, ...]], claim: Claim) -> str:
    return "; ".join(v.explanation for v in verdicts.get(claim.id, ()))
