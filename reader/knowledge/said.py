"""What was said of claims at earlier readings: a verdict that changes keeps its old value, its days and the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from reader.article.clean import clean_line
from reader.knowledge.store import EvidenceStore


@dataclass(frozen=True, slots=True)
class Spoken:
    """A verdict as it was given once; `claim` is any key that is the same whenever the same is asked."""

    claim: str
    check: str
    label: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A verdict that has changed: what it was, from when until when, and why it is another now."""

    claim: str
    check: str
    label: str
    explanation: str
    at: str
    until: str
    reason: str


class VerdictHistory:
    """The verdicts in a store."""

    def __init__(self, store: EvidenceStore) -> None:
        self._store = store

    def note(self, given: Iterable[Spoken], today: date, reasons: Mapping[str, str]) -> None:
        """Keep verdicts as given today; one that differs from an earlier day's is kept with its days and the reason.

        What is said and taken back on one day, while answers still arrive, was never the last word. Raises StoreError.
        """
        day = today.isoformat()
        with self._store.writing() as db:
            for verdict in given:
                key = (verdict.claim, verdict.check)
                found = 'SELECT label, explanation, at FROM spoken WHERE claim = ? AND "check" = ?'
                row = next(iter(self._store.rows(found, key)), None)
                if row and row[0] == verdict.label:
                    continue
                if row and row[2] != day:
                    why = reasons.get(verdict.claim, "what it rests on has changed")
                    db.execute("INSERT INTO turned VALUES (?, ?, ?, ?, ?, ?, ?)", (*key, *row, day, why))
                said = (*key, verdict.label, verdict.explanation, day)
                db.execute("INSERT OR REPLACE INTO spoken VALUES (?, ?, ?, ?, ?)", said)

    def last(self, prefix: str) -> dict[tuple[str, str], str]:
        """The labels that were last given to all claims whose key begins so, by claim and check. Raises StoreError."""
        rows = self._store.rows(
            'SELECT claim, "check", label FROM spoken WHERE claim >= ? AND claim < ?', _range(prefix)
        )
        return {(claim, check): label for claim, check, label in rows}

    def turned(self, prefix: str) -> tuple[Turned, ...]:
        """How the verdicts on all claims whose key begins so have changed, the latest first. Raises StoreError."""
        found = "SELECT * FROM turned WHERE claim >= ? AND claim < ? ORDER BY until DESC, rowid DESC"
        return tuple(Turned(*(clean_line(str(v)) for v in row)) for row in self._store.rows(found, _range(prefix)))


def _range(prefix: str) -> tuple[str, str]:
    """The keys that begin so, for an index."""
    return prefix, prefix + "\U0010ffff"
