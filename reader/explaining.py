"""How a claim came to its verdicts: its parse, who could be meant, what was considered, and every gate.

The claim's checks judge it once more over knowledge that remembers what it is asked, so that the explanation is
what happens and no account written beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.article.model import Article
from reader.checks.again import said_by_others
from reader.checks.model import Gate, Verdict
from reader.checks.registry import chosen
from reader.claims.model import Claim
from reader.desk import Desk
from reader.findings import ClaimRecord, DeskOptions, Examination, Finished, StageFailed
from reader.knowledge.traced import NameAsked, StatementsAsked, TracedKnowledge
from reader.language.client import WorkerError
from reader.language.model import Parsed, ParseRequest
from reader.language.sentences import Sentence, split_sentences

_NUMBER = re.compile(r"[0-9]{1,6}")


class NoSuchClaimError(Exception):
    """Nothing fits what was asked for; the message is one line."""


@dataclass(frozen=True, slots=True)
class ParsedWord:
    """A word of the sentence with its tag, its relation, and the word it depends on."""

    text: str
    tag: str
    relation: str
    head: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One check's way with the claim: what it asked for, and its verdict."""

    check: str
    names: tuple[NameAsked, ...]
    considered: tuple[StatementsAsked, ...]
    verdict: Verdict

    @property
    def gates(self) -> tuple[tuple[Gate, str], ...]:
        """Each gate with "passed", "stopped" or "not reached"."""
        order = list(Gate)
        stop = order.index(self.verdict.gate) if self.verdict.gate else None
        if stop is None and not self.verdict.is_decided:
            return ()
        words = [
            "passed" if stop is None or n < stop else "stopped" if n == stop else "not reached"
            for n in range(len(order))
        ]
        return tuple(zip(order, words, strict=True))


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that there is to say about one claim."""

    record: ClaimRecord
    sentence: str
    parse: tuple[ParsedWord, ...]
    judgements: tuple[Judgement, ...]
    others: tuple[ClaimRecord, ...]
    failures: tuple[StageFailed, ...] = ()


async def explain(article: Article, options: DeskOptions, wanted: str) -> Explanation:
    """Examine an article and explain the claim of that number, id or words. Raises NoSuchClaimError."""
    desk = Desk(article, replace(options, online=False, keep_trying=False))
    stream = desk.run()
    try:
        async for event in stream:
            if isinstance(event, Finished):
                return await _explained(desk, event.result, wanted)
    finally:
        await stream.aclose()
    raise NoSuchClaimError("the desk ended without a result")


def pick(result: Examination, wanted: str) -> ClaimRecord:
    """The claim of that number (from 1), of an id that begins so, or that holds these words. Raises NoSuchClaimError."""
    claims = result.claims
    if not wanted.strip():
        raise NoSuchClaimError("the claim is not named; give its number, its id, or some of its words")
    if _NUMBER.fullmatch(wanted) and 1 <= int(wanted) <= len(claims):
        return claims[int(wanted) - 1]
    found = [r for r in claims if len(wanted) >= 4 and r.claim.id.startswith(wanted)]
    found = found or [r for r in claims if wanted.casefold() in r.claim.text.casefold()]
    if not found:
        raise NoSuchClaimError(f"no claim has the number, id or words {wanted!r}; there are {len(claims)}")
    return min(found, key=lambda r: (not r.leading.is_decided, len(r.claim.text)))


async def _explained(desk: Desk, result: Examination, wanted: str) -> Explanation:
    record = pick(result, wanted)
    span = record.claim.span
    text = desk.article.paragraphs[span.paragraph].text
    sentences = split_sentences(text)
    sentence = next((s for s in sentences if s.start <= span.start < s.end), Sentence(0, len(text), text))
    parse = await _parse(desk, span.paragraph, text, sentences, sentence)
    judgements = tuple(_judgements(desk, record.claim))
    related = {c for v in record.verdicts for c in v.related}
    others = tuple(r for r in result.claims if r.claim.id in related)
    return Explanation(record, sentence.text, parse, judgements, others, result.failures)


async def _parse(
    desk: Desk, paragraph: int, text: str, sentences: Sequence[Sentence], sentence: Sentence
) -> tuple[ParsedWord, ...]:
    """The parse of the sentence, empty where the worker cannot be had: that has been said in the stream."""
    if desk.worker is None:
        return ()
    request = ParseRequest(paragraph, text, [s.start for s in sentences])
    try:
        answers = [answer async for answer in desk.worker.parse([request])]
    except WorkerError:
        return ()
    for answer in answers:
        if isinstance(answer, Parsed):
            parse = answer.parse
            words = [text[a:b] for a, b in zip(parse.starts, parse.ends, strict=True)]
            inside = parse.tokens_in(sentence.start, sentence.end)
            return tuple(ParsedWord(words[n], parse.tags[n], parse.deps[n], words[parse.heads[n]]) for n in inside)
    return ()


def _judgements(desk: Desk, claim: Claim) -> list[Judgement]:
    """Each check that reads this kind of claim, asked once more with its look-ups remembered."""
    found = []
    for check in chosen(desk.options.checks):
        if claim.parts is None or not isinstance(claim.parts, check.parts) or check.whole_article:
            continue
        traced = TracedKnowledge(desk.knowledge) if desk.knowledge and check.needs_knowledge else None
        resolver = desk.resolver.over(traced) if desk.resolver and traced else None
        if check.needs_knowledge and resolver is None:
            continue
        case = desk.case(resolver)
        rulings = [*check.judge([claim], case), *said_by_others(check, [claim], case)]
        if rulings:
            names = tuple(traced.names.values()) if traced else ()
            considered = traced.asked if traced else ()
            found.append(Judgement(check.name, names, considered, rulings[-1][1]))
    return found
