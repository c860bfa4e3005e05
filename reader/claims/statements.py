"""Every factual sentence is accounted for: its clauses are claims, or there is a stated reason why it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.article.model import Paragraph, Span
from reader.claims.model import Claim, Status, Unclaimed
from reader.claims.status import quoted, status_of
from reader.language.model import Parse
from reader.language.quotes import Quote
from reader.language.sentences import Sentence

_CLAUSE_DEPS = frozenset({"ROOT", "conj", "relcl", "ccomp", "parataxis"})
_OPINION = re.compile(
    r"\b(?:I|we|We)\s(?:\w+\s)?(?:think|believe|feel|hope|guess|suppose|love|hate|wish|want|prefer|doubt|fear|regret|am\s(?:proud|happy|sorry|glad|afraid)|are\s(?:proud|happy|sorry|glad|afraid))\b|"
    r"\b(?:arguably|fortunately|unfortunately|sadly|happily|thankfully|in\s(?:my|our)\sopinion|hopefully)\b|\bit\s(?:is|was)\s(?:a\s)?(?:shame|pity|time|important|vital|wonderful|terrible|disgraceful)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(r"\b(?:should|must|ought\sto|need\sto|have\sto|had\sbetter|let's|let\sus)\b", re.IGNORECASE)
_PREDICTION = re.compile(
    r"\b(?:will|shall|won't|is\sgoing\sto|are\sgoing\sto|may|might|could|would|is\s(?:likely|expected|set|due)\sto|are\s(?:likely|expected|set|due)\sto)\b|['’]ll\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\bit\s(?:is|was)\s(?:not|n't)\s(?:immediately\s)?(?:clear|known)\b|\bremains\s(?:unclear|to\sbe\sseen)\b|\bis\snow\suncertain\b",
    re.IGNORECASE,
)
_SHORTEST = 3


def read_statements(
    paragraph: Paragraph, sentences: Sequence[Sentence], quotes: tuple[Quote, ...], parse: Parse, known: Sequence[Claim]
) -> tuple[list[Claim], list[Unclaimed]]:
    """The clauses of a paragraph that `known` claims do not already cover, and the sentences without any claim."""
    claims: list[Claim] = []
    unclaimed: list[Unclaimed] = []
    for sentence in sentences:
        span = Span(paragraph.id, sentence.start, sentence.end)
        covered = [c for c in known if c.span.overlaps(span)]
        reason = why_not(sentence.text, parse, sentence)
        if reason is None:
            found = _clauses(paragraph, sentence, quotes, parse, covered)
            claims += found
            if not found and not covered:
                reason = "nothing is stated in it"
        if reason is not None and not covered:
            unclaimed.append(Unclaimed(span, reason))
    return claims, unclaimed


def unparsed(
    paragraph: Paragraph, sentences: Sequence[Sentence], known: Sequence[Claim], reason: str
) -> list[Unclaimed]:
    """The sentences of a paragraph that could not be parsed and hold no other claim."""
    spans = [Span(paragraph.id, s.start, s.end) for s in sentences]
    return [Unclaimed(span, reason) for span in spans if not any(c.span.overlaps(span) for c in known)]


def why_not(text: str, parse: Parse, sentence: Sentence) -> str | None:
    """Why a sentence states nothing that can be true or false, or None if it does."""
    outside = re.sub(r"[“\"][^”\"]*[”\"]?", " ", text)
    tokens = parse.tokens_in(sentence.start, sentence.end)
    tags = {parse.tags[t] for t in tokens}
    if text.rstrip("”\"'’) ").endswith("?"):
        return "a question"
    if len(text.split()) < _SHORTEST or not tags & {"VBZ", "VBD", "VBP", "VBN", "VB", "MD"}:
        return "no full sentence"
    if not outside.strip(" .,!?") and _OPINION.search(text):
        return "an opinion or a feeling, in a quotation"
    if _OPINION.search(outside):
        return "an opinion or a feeling"
    if _UNKNOWN.search(outside):
        return "says that something is not known"
    if not outside.strip(" .,!?") and (_ADVICE.search(text) or _PREDICTION.search(text)):
        return "advice or prediction, in a quotation"
    if _ADVICE.search(outside) and not tags & {"VBD"}:
        return "advice"
    if _PREDICTION.search(outside) and not tags & {"VBD", "VBZ", "VBP"}:
        return "a prediction"
    return None


def _clauses(
    paragraph: Paragraph, sentence: Sentence, quotes: tuple[Quote, ...], parse: Parse, covered: Sequence[Claim]
) -> list[Claim]:
    tokens = parse.tokens_in(sentence.start, sentence.end)
    heads = [
        t
        for t in tokens
        if parse.deps[t] in _CLAUSE_DEPS
        and (parse.tags[t].startswith("VB") or parse.deps[t] == "ROOT")
        and _is_clause(parse, t, tokens)
    ]
    owner = _owners(parse, tokens, set(heads))
    found: list[Claim] = []
    for head in heads:
        own = [t for t in tokens if owner[t - tokens.start] == head]
        words = [t for t in own if parse.tags[t] not in (",", ".", ":", "''", "``", "HYPH", "CC")]
        if len(words) < _SHORTEST:
            continue
        span = Span(paragraph.id, parse.starts[words[0]], parse.ends[words[-1]])
        if any(c.span.contains(span) or _share(c.span, span) > 0.7 for c in covered):
            continue
        text = paragraph.text[span.start : span.end]
        quote = quoted(span.start, span.end, quotes)
        status = Status.QUOTED if quote else status_of(sentence.text, text)
        found.append(Claim(span, text, "statement", paragraph.text, None, status, quote.speaker if quote else None))
    return found


def _is_clause(parse: Parse, head: int, tokens: range) -> bool:
    """A conjoined verb is a clause of its own; a conjoined noun is not."""
    return parse.deps[head] != "conj" or parse.tags[head].startswith("VB")


def _owners(parse: Parse, tokens: range, heads: set[int]) -> list[int]:
    """For every token, the nearest clause head above it."""
    owners = []
    for token in tokens:
        at, steps = token, 0
        while at not in heads and parse.heads[at] != at and parse.heads[at] in tokens and steps < 200:
            at, steps = parse.heads[at], steps + 1
        owners.append(at)
    return owners


def _share(one: Span, other: Span) -> float:
    if not one.overlaps(other):
        return 0.0
    common = min(one.end, other.end) - max(one.start, other.start)
    return common / max(1, other.end - other.start)
