"""The public sources that there are: what each is, what is sent there, and how to open those that may be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reader.settings import Sources
from reader.sources.keys import key_of
from reader.sources.model import Source, SourceFacts

if TYPE_CHECKING:
    from reader.sources.client import Client


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    title: str
    url: str
    sends: str
    licence: str
    key: Literal["none", "needed", "optional"] = "none"


_KINDS = (
    _Kind("wikipedia", "Wikipedia", "https://{lang}.wikipedia.org/w/api.php", "names, also two together in one search, and page titles", "CC BY-SA 4.0"),
    _Kind("wikidata", "Wikidata", "https://www.wikidata.org/w/api.php", "item ids, and names that are no page's title", "CC0"),
    _Kind("kiwix", "Kiwix", "", "names", "the book's own"),
    _Kind("zim", "ZIM file", "", "nothing: a file of yours", "the file's own"),
    _Kind("pictures", "Wikimedia Commons", "https://upload.wikimedia.org/", "the address of one picture, and only when you ask for it (i)", "each picture its own"),
    _Kind("crossref", "Crossref", "https://api.crossref.org", "DOIs, and titles of works that the article names", "facts, free to use"),
    _Kind("factcheck", "Google Fact Check", "https://factchecktools.googleapis.com/v1alpha1/claims:search", "names, and your key", "each review's own", "needed"),
    _Kind("claimreview", "Data Commons ClaimReview", "https://storage.googleapis.com/datacommons-feeds/claimreview/latest/data.json", "nothing; fetched only by `caveat sources update`", "CC BY 4.0, each review its own"),
)  # fmt: skip


def source_facts(settings: Sources) -> tuple[SourceFacts, ...]:
    """Every source with its address and state by the settings and the environment."""
    found = []
    for kind in _KINDS:
        own = settings.of(kind.name)
        has_key = kind.key != "none" and bool(key_of(kind.name, own))
        url = own.path if kind.name == "zim" else own.url or kind.url
        found.append(SourceFacts(kind.name, kind.title, url, kind.sends, kind.licence, kind.key, own.enabled, has_key))
    return tuple(found)


def open_local(settings: Sources) -> tuple[Source, ...]:
    """The sources that are files on this machine."""
    from reader.sources.zim import Zim

    return tuple(Zim(facts) for facts in source_facts(settings) if facts.is_asked and facts.is_local)


def open_sources(settings: Sources, client: Client) -> tuple[Source, ...]:
    """The sources on the network that an article asks, in the order in which they build on each other."""
    facts = {f.name: f for f in source_facts(settings) if f.is_asked and not f.is_local}
    return tuple(_OPENERS[name](client, facts[name], settings) for name in _OPENERS if name in facts)


def _wikipedia(client: Client, facts: SourceFacts, settings: Sources) -> Source:
    from reader.sources.wikipedia import Wikipedia

    return Wikipedia(client, facts, settings.refresh)


def _wikidata(client: Client, facts: SourceFacts, settings: Sources) -> Source:
    from reader.sources.wikidata import Wikidata

    return Wikidata(client, facts, settings.refresh)


def _kiwix(client: Client, facts: SourceFacts, settings: Sources) -> Source:
    from reader.sources.kiwix import Kiwix

    return Kiwix(client, facts)


def _crossref(client: Client, facts: SourceFacts, settings: Sources) -> Source:
    from reader.sources.crossref import Crossref

    return Crossref(client, facts)


def _factcheck(client: Client, facts: SourceFacts, settings: Sources) -> Source:
    from reader.sources.factcheck import FactCheck

    return FactCheck(client, facts, key_of(facts.name, settings.of(facts.name)))


_OPENERS: dict[str, Callable[[Client, SourceFacts, Sources], Source]] = {
    "wikipedia": _wikipedia,
    "wikidata": _wikidata,
    "kiwix": _kiwix,
    "crossref": _crossref,
    "factcheck": _factcheck,
}
