"""Counts over a result: what the report, the count line and the screen's foot say."""

from __future__ import annotations

from collections import Counter

from reader.findings import Examination


def totals(result: Examination) -> dict[str, int]:
    """Sentences, claims, checkable ones, and claims by label and by tier and label."""
    counts: Counter[str] = Counter()
    for record in result.claims:
        leading = record.leading
        counts[leading.label] += 1
        if leading.tier != "none":
            counts[f"{leading.tier}.{leading.label}"] += 1
    checkable = sum(record.claim.parts is not None for record in result.claims)
    return {
        "sentences": result.sentences,
        "claims": len(result.claims),
        "checkable": checkable,
        **dict(sorted(counts.items())),
    }


def count_line(result: Examination) -> str:
    """One line for people: "31 claims, 12 can be checked here: 9 supported, 2 refuted, 1 conflicting"."""
    counts = totals(result)
    labels = ("supported", "refuted", "conflicting")
    decided = [f"{n} {label}" for label in labels if (n := counts.get(f"checked.{label}"))]
    said = f": {', '.join(decided)}" if decided else ""
    claims = f"{counts['claims']} claim{'' if counts['claims'] == 1 else 's'}"
    return f"{claims}, {counts['checkable']} can be checked here{said}"
