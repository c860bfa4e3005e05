"""`caveat sources`: who is asked, what is sent there, and how they answered last."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import click

from reader.cli.input import reviews_path, store_path
from reader.cli.problems import stop, warn
from reader.knowledge.schema import PackError
from reader.settings import load_settings
from reader.sources.model import SourceFacts
from reader.sources.registry import source_facts


def list_sources() -> int:
    """One block a source: host, what is sent, key, licence, state, last answer."""
    settings = load_settings()
    for problem in settings.problems:
        warn(problem)
    last = _last_answers()
    for facts in source_facts(settings.sources):
        click.echo(f"{facts.title} ({facts.name}): {_state(facts)}")
        click.echo(f"  host         {_where(facts) or 'none set'}")
        click.echo(f"  is sent      {facts.sends}")
        click.echo(f"  key          {_key(facts)}")
        click.echo(f"  licence      {facts.licence}")
        click.echo(f"  last answer  {last.get(facts.name, 'never')}\n")
    return 0


def _state(facts: SourceFacts) -> str:
    if not facts.enabled:
        return "switched off"
    if not facts.url:
        return "off until [sources." + facts.name + "] has a " + ("path" if facts.name == "zim" else "url")
    if facts.key == "needed" and not facts.has_key:
        return "off: needs a key"
    return "on"


def _where(facts: SourceFacts) -> str:
    return urlsplit(facts.url).netloc or facts.url


def _key(facts: SourceFacts) -> str:
    return {"none": "none needed", "needed": "needed", "optional": "optional"}[facts.key] + (" · set" if facts.has_key else "")  # fmt: skip


def _last_answers() -> dict[str, str]:
    """The day of each source's last answer, from the store and the pack of reviews."""
    path = store_path()
    if not path.is_file():
        return _feed_day()
    from reader.knowledge.store import EvidenceStore

    try:
        store = EvidenceStore(path)
    except PackError as error:
        warn(str(error))
        return {}
    try:
        return {**store.last_answers(), **_feed_day()}
    finally:
        store.close()


def _feed_day() -> dict[str, str]:
    from reader.knowledge.pack import Pack

    path = reviews_path()
    if not path.is_file():
        return {}
    try:
        pack = Pack(path)
    except PackError as error:
        warn(str(error))
        return {}
    day = pack.manifest.get("made", "")
    pack.close()
    return {"claimreview": day}


def update() -> int:
    """Fetch the ClaimReview feed into the store."""
    from reader.sources.claimreview import update_reviews

    settings = load_settings().sources
    facts = next(f for f in source_facts(settings) if f.name == "claimreview")
    if not facts.is_asked:
        stop("sources update: [sources.claimreview] is switched off")
    try:
        count = asyncio.run(update_reviews(settings, facts, reviews_path()))
    except (PackError, OSError) as error:
        stop(f"sources update: {error}")
    warn(f"sources update: {count:,} reviews from {_where(facts)}")
    return 0
