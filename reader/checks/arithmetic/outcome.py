"""What a computation found, before it is made a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reader.checks.model import DecidedLabel

NAME = "arithmetic"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A label (None: it abstains), one sentence, and the formula with its numbers."""

    label: DecidedLabel | None
    text: str
    formula: str = ""


def agrees(text: str, formula: str) -> Outcome:
    """The numbers agree."""
    return Outcome("supported", text, formula)


def disagrees(text: str, formula: str) -> Outcome:
    """The numbers cannot agree."""
    return Outcome("refuted", text, formula)


def open_(text: str) -> Outcome:
    """The numbers do not show it either way."""
    return Outcome(None, text)


def shown(value: Decimal) -> str:
    """A number for people: grouped, without needless zeros."""
    rounded = round(value, 2)
    text = f"{rounded:,.2f}".rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"
