"""An explanation as plain text: what was read, who could be meant, what was considered, each gate."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from reader.explaining import Explanation, Judgement
from reader.knowledge.model import Statement
from reader.knowledge.traced import StatementsAsked
from reader.report.wording import SIGNS, quote_line, source_line, verdict_words

_MOST_STATEMENTS = 12
_MOST_BEARERS = 6
_NARROWEST = 20


def as_explanation(explanation: Explanation, width: int = 88) -> str:
    """The whole explanation, its lines no longer than `width` columns."""
    return "\n".join(line for text in _lines(explanation) for line in _wrapped(text, max(width, _NARROWEST))) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """A line's own lines: the first with the blanks it begins with, the others two columns further in."""
    indent = text[: len(text) - len(text.lstrip())]
    if len(text) <= width:
        return [text]
    how = textwrap.TextWrapper(
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_on_hyphens=False,
        break_long_words=False,  # an id is there to be copied
    )
    return how.wrap(text.strip())


def _lines(explanation: Explanation) -> Iterator[str]:
    claim = explanation.record.claim
    yield f"“{claim.text}”"
    speaker = f" · said by {claim.speaker}" if claim.speaker else ""
    yield f"{claim.kind} · {claim.id} · paragraph {claim.span.paragraph + 1} · {claim.status.value}{speaker}"
    yield ""
    for verdict in explanation.record.verdicts:
        yield f"{SIGNS[verdict.label]} {verdict_words(verdict)} · {verdict.check}"
        yield f"  {verdict.explanation}"
        for evidence in verdict.evidence:
            yield f"    {evidence.stance}: {quote_line(evidence)} — {source_line(evidence)}"
    for other in explanation.others:
        yield f"    against: “{other.claim.text}” ({other.claim.id})"
    yield from ("", "Sentence", f"  {explanation.sentence}")
    if explanation.parse:
        yield from ("", "Parse")
        for word in explanation.parse:
            yield f"  {word.text:<18} {word.tag:<6} {word.relation:<10} ← {word.head}"
    for judgement in explanation.judgements:
        yield ""
        yield from _judged(judgement)
    if not explanation.judgements:
        yield from ("", "No check judges this claim by itself.")


def _judged(judgement: Judgement) -> Iterator[str]:
    yield f"Check “{judgement.check}”"
    known = [n for n in judgement.names if n.bearers]
    if known:
        yield "  names that the packs know"
        for name in known:
            bearers = "; ".join(f"{e.label} ({e.id}, {e.kind})" for e in name.bearers[:_MOST_BEARERS])
            more = f"; and {len(name.bearers) - _MOST_BEARERS} more" if len(name.bearers) > _MOST_BEARERS else ""
            yield f"    {name.name}: {bearers}{more}"
    considered = [c for c in judgement.considered if c.statements]
    if considered:
        yield "  statements considered"
        for asked in considered:
            yield from _considered(asked)
    if judgement.gates:
        yield "  gates"
        for gate, word in judgement.gates:
            why = f": {judgement.verdict.explanation}" if word == "stopped" else ""
            yield f"    {word:<12}{gate.value}{why}"
    elif not judgement.verdict.is_decided:
        yield f"  open: {judgement.verdict.explanation}"


def _considered(asked: StatementsAsked) -> Iterator[str]:
    for subject, value, statement in asked.statements[:_MOST_STATEMENTS]:
        yield f"    {subject} · {_shown(value, statement)}"
    if len(asked.statements) > _MOST_STATEMENTS:
        yield f"    and {len(asked.statements) - _MOST_STATEMENTS} more"


def _shown(value: str, statement: Statement) -> str:
    dates = (("from", statement.start), ("to", statement.end), ("in", statement.at), ("role", statement.role))
    flags = (("acting", statement.acting), ("disputed", statement.disputed), ("circa", statement.circa))
    marks = [f"{word} {date}" for word, date in dates if date] + [word for word, is_so in flags if is_so]
    marks += ["no reference"] if not statement.referenced else []
    marks += [statement.rank] if statement.rank != "normal" else []
    return f"{statement.property} = {value}" + (f" ({', '.join(marks)})" if marks else "") + f" [{statement.id}]"
