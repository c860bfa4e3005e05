"""Signs and sentences that the screen and the reports share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.article.model import AsOf
    from reader.checks.model import Evidence, Label, Verdict

SIGNS: dict[Label, str] = {
    "supported": "✓",
    "refuted": "✗",
    "conflicting": "≠",
    "not-enough-evidence": "?",
    "not-checkable": "·",
}
ASCII_SIGNS: dict[Label, str] = {
    "supported": "+",
    "refuted": "x",
    "conflicting": "#",
    "not-enough-evidence": "?",
    "not-checkable": ".",
}
WORDS: dict[Label, str] = {
    "supported": "supported",
    "refuted": "refuted",
    "conflicting": "conflicting",
    "not-enough-evidence": "not enough evidence",
    "not-checkable": "not checkable",
}
_FROM = {"option": "yours", "metadata": "the page's own date", "text": "the article's dateline", "unknown": "unknown"}


def verdict_words(verdict: Verdict) -> str:
    """A verdict's word, and that it is a model's opinion or somebody's earlier review where it is no rule's."""
    tier = {"opinion": " (a model's opinion)", "prior-review": " (an earlier review)"}.get(verdict.tier, "")
    return f"{WORDS[verdict.label]}{tier}"


def today_line(verdict: Verdict) -> str:
    """What has changed since: "As of 2026-02-28 it would be refuted: …"; no verdict on the article."""
    return f"As of {verdict.as_of} it would be {WORDS[verdict.label]}: {verdict.explanation}"


def as_of_line(as_of: AsOf) -> str:
    """ "as of 2022-07-17 (yours)", or that it is unknown."""
    if as_of.date is None:
        return "as of: unknown"
    return f"as of {as_of.date.iso} ({_FROM[as_of.source]})"


def source_line(evidence: Evidence) -> str:
    """Where a piece of evidence comes from: source, title, knowledge date, licence."""
    parts = [evidence.source]
    if evidence.title and evidence.source != "computation":
        parts.append(evidence.title)
    if evidence.retrieved:
        parts.append(f"known on {evidence.retrieved}")
    if evidence.revision:
        parts.append(f"revision {evidence.revision}")
    if evidence.licence:
        parts.append(evidence.licence)
    return " · ".join(parts)


def quote_line(evidence: Evidence) -> str:
    """What a piece of evidence says."""
    if evidence.source == "computation":
        return f"{evidence.statement}   (from “{evidence.quote}”)"
    return f"“{evidence.quote}”" if evidence.quote else str(evidence.statement)
