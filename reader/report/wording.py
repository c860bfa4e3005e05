"""Signs and sentences that the screen and the reports share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.article.model import AsOf
    from reader.checks.model import Evidence, Label, Verdict
    from reader.findings import Before, SourcesState

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


def line_words(state: SourcesState | None, *, online: bool) -> str:
    """Where the asking of sources stands, calmly: being offline is a state, not a fault."""
    if state is None:
        return "online" if online else "offline"
    waiting = f" · {state.waiting} names wait" if state.waiting else ""
    if state.line == "offline":
        return f"offline{waiting}"
    if state.line == "lost":
        return f"no network{waiting}"
    spent = f" · {state.requests} of {state.budget} requests" if state.requests else ""
    return f"{'asking' if state.line == 'online' and state.waiting else 'online'}{spent}"


def before_line(before: Before) -> str:
    """What a check said at an earlier reading, and why it says otherwise now."""
    return f"Was {WORDS[before.label]} from {before.at} to {before.until} ({before.check}): {before.reason}. It said: {before.explanation}"  # fmt: skip


def age_words(day: str, today: date) -> str:
    """How long ago something was asked for: "checked today", "checked 3 days ago"."""
    try:
        days = (today - date.fromisoformat(day[:10])).days
    except ValueError:
        return f"known on {day}"
    return "checked today" if days <= 0 else "checked yesterday" if days == 1 else f"checked {days} days ago"


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
