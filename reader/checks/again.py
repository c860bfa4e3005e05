"""Claims judged once more: as of today, and as what somebody is quoted as saying.

Only claims that tell of no day of their own are judged again. Packs know the world up to their snapshot, so the day
is today, or else the last one that the statements considered are known to hold on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.article.model import Article
from reader.checks.model import Case, Check, Ruling, Verdict
from reader.claims.model import Claim, Status
from reader.dates import Interval
from reader.knowledge.resolve import Resolver
from reader.knowledge.traced import TracedKnowledge


def judge_again(
    claim: Claim, then: Sequence[Verdict], checks: Sequence[Check], article: Article, resolver: Resolver, now: Interval
) -> tuple[Verdict, ...]:
    """The verdicts as of now that differ from those as of the article's day; nothing where none does."""
    parts = claim.parts.of_any_day() if claim.parts is not None else None
    if parts is None:
        return ()
    decided = {v.check: v.label for v in then if v.is_decided}
    timeless = replace(claim, parts=parts)
    found: list[Verdict] = []
    for check in checks:
        if not check.needs_knowledge or not isinstance(parts, check.parts) or check.name not in decided:
            continue
        before = _verdict(check, timeless, article, resolver, article.as_of.date)
        verdict = _latest(check, timeless, article, resolver, now)
        if before is not None and verdict is not None and verdict.label != before.label:
            found.append(verdict)
    return tuple(found)


def _latest(check: Check, claim: Claim, article: Article, resolver: Resolver, now: Interval) -> Verdict | None:
    """The decided verdict of today, else of the last day that is known."""
    traced = TracedKnowledge(resolver.knowledge)
    verdict = _verdict(check, claim, article, resolver.over(traced, now), now)
    if verdict is not None:
        return verdict
    known = [s.known_until for found in traced.considered.values() for s in found if s.known_until]
    last = max((k for k in known if k.before(now)), default=None)
    if last is None or (article.as_of.date is not None and not last.after(article.as_of.date)):
        return None
    return _verdict(check, claim, article, resolver.over(resolver.knowledge, last), last)


def _verdict(check: Check, claim: Claim, article: Article, resolver: Resolver, day: Interval | None) -> Verdict | None:
    return next((v for _, v in check.judge([claim], Case(article, day, resolver)) if v.is_decided), None)


def said_by_others(check: Check, claims: Sequence[Claim], case: Case) -> list[Ruling]:
    """What somebody is quoted as saying may be supported, with their name; it never accuses the article."""
    quoted = {c.id: c for c in claims if c.status is Status.QUOTED and c.speaker}
    if not quoted or check.whole_article:
        return []
    told = [replace(c, status=Status.ASSERTED) for c in quoted.values()]
    return [
        (quoted[c.id], replace(v, explanation=f"Said by {quoted[c.id].speaker}: {v.explanation}"))
        for c, v in check.judge(told, case)
        if v.label == "supported"
    ]
