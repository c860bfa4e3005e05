"""The last word on an article: one error must not spread to the claims that it contradicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.checks.model import Verdict

_ORDER = {"refuted": 0, "conflicting": 1, "supported": 2, "not-enough-evidence": 3, "not-checkable": 4}


def settle(verdicts: Mapping[str, Sequence[Verdict]]) -> dict[str, tuple[Verdict, ...]]:
    """Order each claim's verdicts and drop what data has cleared up.

    When an article gives two versions of a fact and data supports one and refutes the other, the supported
    one keeps its support alone; where data decides nothing, both stay conflicting and tied together.
    """
    supported = {
        claim
        for claim, found in verdicts.items()
        if any(v.label == "supported" and v.check != "consistency" for v in found)
    }
    refuted = {claim for claim, found in verdicts.items() if any(v.label == "refuted" for v in found)}
    settled: dict[str, tuple[Verdict, ...]] = {}
    for claim, found in verdicts.items():
        kept = [
            v
            for v in found
            if not (
                v.label == "conflicting"
                and v.check == "consistency"
                and claim in supported
                and set(v.related) & refuted
            )
        ]
        speaking = [v for v in kept if v.is_decided or v.label == "not-enough-evidence"]
        settled[claim] = tuple(sorted(speaking or kept, key=lambda v: (_ORDER[v.label], v.check)))
    return settled
