"""An explanation as plain text: what was read, who could be meant, what was considered, each gate."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from reader.explaining import Explanation, Judgement
from reader.knowledge.model import Statement
from reader.knowledge.traced import StatementsAsked
from reader.report.wording import SIGNS, quote_line, source_line, verdict_words

_WIDTH = 88
_MOST_STATEMENTS = 12


def as_explanation(explanation: Explanation) -> str:
    """The whole explanation."""
    claim = explanation.record.claim
    lines = [
        f"“{claim.text}”",
        f"{claim.kind} · {claim.id} · paragraph {claim.span.paragraph + 1} · {claim.status.value}"
        + (f" · said by {claim.speaker}" if claim.speaker else ""),
        "",
    ]
    for verdict in explanation.record.verdicts:
        lines.append(f"{SIGNS[verdict.label]} {verdict_words(verdict)} · {verdict.check}")
        lines += _wrapped(verdict.explanation, "  ")
        for evidence in verdict.evidence:
            lines += _wrapped(f"{evidence.stance}: {quote_line(evidence)} — {source_line(evidence)}", "    ")
    for other in explanation.others:
        lines += _wrapped(f"against: “{other.claim.text}” ({other.claim.id})", "    ")
    lines += ["", "Sentence", *_wrapped(explanation.sentence, "  ")]
    if explanation.parse:
        lines += ["", "Parse"]
        lines += [f"  {w.text:<18} {w.tag:<6} {w.relation:<10} ← {w.head}" for w in explanation.parse]
    for judgement in explanation.judgements:
        lines += ["", *_judged(judgement)]
    if not explanation.judgements:
        lines += ["", *_wrapped("No check judges this claim by itself.", "")]
    return "\n".join(lines) + "\n"


def _judged(judgement: Judgement) -> Iterator[str]:
    yield f"Check “{judgement.check}”"
    known = [n for n in judgement.names if n.bearers]
    if known:
        yield "  names that the packs know"
        for name in known:
            bearers = "; ".join(f"{e.label} ({e.id}, {e.kind})" for e in name.bearers[:6])
            yield from _wrapped(f"{name.name}: {bearers}", "    ")
    considered = [c for c in judgement.considered if c.statements]
    if considered:
        yield "  statements considered"
        for asked in considered:
            yield from _considered(asked)
    if judgement.gates:
        yield "  gates"
        for gate, word in judgement.gates:
            why = f": {judgement.verdict.explanation}" if word == "stopped" else ""
            yield from _wrapped(f"{word:<12}{gate.value}{why}", "    ")
    elif not judgement.verdict.is_decided:
        yield from _wrapped(f"open: {judgement.verdict.explanation}", "  ")


def _considered(asked: StatementsAsked) -> Iterator[str]:
    for subject, value, statement in asked.statements[:_MOST_STATEMENTS]:
        yield from _wrapped(f"{subject} · {_shown(value, statement)}", "    ")
    if len(asked.statements) > _MOST_STATEMENTS:
        yield f"    and {len(asked.statements) - _MOST_STATEMENTS} more"


def _shown(value: str, statement: Statement) -> str:
    marks = [
        f"{word} {value}"
        for word, value in (
            ("from", statement.start),
            ("to", statement.end),
            ("in", statement.at),
            ("role", statement.role),
        )
        if value
    ]
    marks += [word for word, is_so in (("acting", statement.acting), ("disputed", statement.disputed), ("circa", statement.circa)) if is_so]  # fmt: skip
    marks += ["no reference"] if not statement.referenced else []
    marks += [statement.rank] if statement.rank != "normal" else []
    return f"{statement.property} = {value}" + (f" ({', '.join(marks)})" if marks else "") + f" [{statement.id}]"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ") or [indent]
