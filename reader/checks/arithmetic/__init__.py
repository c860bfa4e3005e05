"""Numbers that must agree with each other: sums, products, changes, conversions, times. Needs the text alone.

Every printed number stands for all values that round to it; a claim is supported when some of them agree,
and refuted only when none can and the difference is clearly more than rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reader.checks.arithmetic import derived, numbers, reckoned, times
from reader.checks.arithmetic.outcome import NAME, Outcome
from reader.checks.model import Case, Check, Gate, Ruling, Stance, Verdict, computed, decided, undecided
from reader.claims.model import Claim, FigureParts, Status

_RULES: dict[str, Callable[[FigureParts, Case], Outcome]] = {
    **numbers.RULES,
    **times.RULES,
    **derived.RULES,
    **reckoned.RULES,
}


class ArithmeticCheck(Check):
    """Judges figure claims by computing them."""

    name = NAME
    parts: tuple[type, ...] = (FigureParts,)
    needs_knowledge = False
    whole_article = False

    def judge(self, claims: Sequence[Claim], case: Case) -> Iterable[Ruling]:
        """One verdict for each claim."""
        for claim in claims:
            if isinstance(claim.parts, FigureParts):
                yield claim, _verdict(claim, claim.parts, case)


def _verdict(claim: Claim, parts: FigureParts, case: Case) -> Verdict:
    if claim.status is not Status.ASSERTED and not (
        claim.status is Status.QUOTED and parts.rule in ("conversion", "weekday")
    ):
        return undecided(NAME, f"what is {claim.status.value} is not computed", case.as_of, gate=Gate.SAID)
    outcome = _RULES[parts.rule](parts, case)
    if outcome.label is None:
        return undecided(NAME, outcome.text, case.as_of, gate=Gate.DEFINITE)
    stance: Stance = "supports" if outcome.label == "supported" else "refutes"
    return decided(outcome.label, NAME, outcome.text, [computed(outcome.formula, claim.text, stance)], case.as_of)
