"""The result as JSON by report.schema.json: equal inputs give equal bytes."""

from __future__ import annotations

import json
from typing import Any

from reader import __version__
from reader.article.model import Span
from reader.checks.model import Evidence, Verdict
from reader.findings import ClaimRecord, Examination
from reader.report.totals import totals

SCHEMA = "caveat/report/1"


def as_json(result: Examination) -> str:
    """The report as indented JSON with a final line break."""
    return json.dumps(report(result), ensure_ascii=False, indent=2) + "\n"


def report(result: Examination) -> dict[str, Any]:
    """The report as plain data."""
    article = result.article
    return {
        "schema": SCHEMA,
        "tool": {
            "version": __version__,
            "checks": list(result.checks),
            "packs": list(result.packs),
            "online": result.online,
        },
        "article": {
            "title": article.title,
            "byline": article.byline,
            "url": article.url,
            "published": article.published,
            "language": article.language,
            "as_of": {"date": article.as_of.date.iso if article.as_of.date else None, "from": article.as_of.source},
            "paragraphs": [{"id": p.id, "kind": p.kind, "text": p.text} for p in article.paragraphs],
        },
        "entities": _entities(result),
        "claims": [_claim(record) for record in result.claims],
        "unclaimed": [{"span": _span(u.span), "reason": u.reason} for u in result.unclaimed],
        "totals": totals(result),
    }


def _entities(result: Examination) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for mention in result.mentions:
        entity = mention.entity
        row = found.setdefault(
            entity.id,
            {
                "id": entity.id,
                "label": entity.label,
                "description": entity.description,
                "url": entity.url,
                "mentions": [],
            },
        )
        row["mentions"].append(_span(mention.span))
    return list(found.values())


def _claim(record: ClaimRecord) -> dict[str, Any]:
    claim = record.claim
    return {
        "id": claim.id,
        "span": _span(claim.span),
        "text": claim.text,
        "kind": claim.kind,
        "speaker": claim.speaker,
        "verdicts": [_verdict(v) for v in record.verdicts],
        **({"today": [_verdict(v) for v in record.today]} if record.today else {}),
    }


def _span(span: Span) -> dict[str, int]:
    return {"paragraph": span.paragraph, "start": span.start, "end": span.end}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "label": verdict.label,
        "tier": verdict.tier,
        "check": verdict.check,
        "explanation": verdict.explanation,
        "confidence": None,
        "as_of": verdict.as_of,
        "evidence": [_evidence(e) for e in verdict.evidence],
        "related": list(verdict.related),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "source": evidence.source,
        "url": evidence.url,
        "title": evidence.title,
        "quote": evidence.quote,
        "statement": evidence.statement,
        "revision": evidence.revision,
        "retrieved": evidence.retrieved,
        "licence": evidence.licence,
        "stance": evidence.stance,
    }
