"""A small invented world for tests of sources: an agency, its three directors, their pages, and an article about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.settings import Sources, SourceSettings
from tests.servers.mediawiki import MediaWiki, WikiPage
from tests.servers.wikidata import WikidataReplay, entity_value, invented, statement, time_value

AGENCY, OFFICE, ANNA, KARL, EVA = "Q91001", "Q91000", "Q90001", "Q90002", "Q90003"
AS_OF = "2021-06-01"
ARTICLE = """Ferries fail

The Harbour Safety Agency said on Tuesday that 14 ferries had failed its inspection. Anna Bergstrom, the director of the Harbour Safety Agency, called the result "a warning".

Karl Lind, director of the Harbour Safety Agency, said the divers looked at every hull of the oil harbour ferries.

Bergstrom, who was born in 1960, has led the agency since February 2019.
"""
_MORE = "It has inspected ferries and oil harbours since 1988. The agency employs divers who look at hulls."


def entities(*, annas_end: str | None = "2023-05-10") -> dict[str, dict[str, Any]]:
    """The world as Wikidata has it; `annas_end` is the end of Anna Bergstrom's term."""
    person = statement("P31", entity_value("Q5"))

    def held(start: str, end: str | None) -> dict[str, Any]:
        return statement("P39", entity_value(OFFICE), start=start, end=end, id=f"{start}-term")

    anna = [person, statement("P569", time_value("1960-03-04")), held("2019-02-01", annas_end)]
    made = (
        invented(ANNA, "Anna Bergstrom", "Swedish engineer, director of an agency", claims=anna, enwiki="Anna Bergstrom"),
        invented(KARL, "Karl Lind", "Swedish civil servant, director of an agency", claims=[person, held("2014-02-01", "2019-01-31")], enwiki="Karl Lind"),
        invented(EVA, "Eva Holm", "Swedish civil servant, director of an agency", claims=[person, held("2023-05-11", None)], enwiki="Eva Holm"),
        invented(OFFICE, "Director of the Harbour Safety Agency", "head of an agency", claims=[
            statement("P31", entity_value("Q4164871")),
            statement("P2389", entity_value(AGENCY)),
            statement("P1308", entity_value(ANNA), start="2019-02-01", end=annas_end),
            statement("P1308", entity_value(KARL), start="2014-02-01", end="2019-01-31"),
            statement("P1308", entity_value(EVA), start="2023-05-11"),
        ]),
        invented(AGENCY, "Harbour Safety Agency", "Swedish government agency for the safety of harbours", claims=[
            statement("P31", entity_value("Q327333")),
            statement("P2388", entity_value(OFFICE)),
            statement("P571", time_value("1988-04-01")),
        ], enwiki="Harbour Safety Agency"),
        invented("Q327333", "government agency", "kind of organisation"),
        invented("Q4164871", "position", "office that somebody holds"),
        invented("Q5", "human", "member of the species"),
    )  # fmt: skip
    return {entity["id"]: entity for entity in made}


def pages() -> list[WikiPage]:
    """The world as Wikipedia has it."""
    return [
        WikiPage("Harbour Safety Agency", f"'''Harbour Safety Agency''' is a Swedish government agency. {_MORE}", item=AGENCY),
        WikiPage("Anna Bergstrom", "'''Anna Bergstrom''' (born 4 March 1960) is a Swedish engineer. She studied in Lund.", item=ANNA),
        WikiPage("Karl Lind", "'''Karl Lind''' is a Swedish civil servant who likes to sail.", item=KARL),
        WikiPage("Eva Holm", "'''Eva Holm''' is a Swedish civil servant.", item=EVA),
        WikiPage("Lind", "'''Lind''' may mean many people.", disambiguation=True),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Harbour:
    """The two servers of that world."""

    wikidata: WikidataReplay
    mediawiki: MediaWiki

    def settings(self, **more: Any) -> Sources:
        """Settings that ask these servers and no other."""
        return sources(self.wikidata.api, self.mediawiki.api, **more)


def sources(wikidata: str, wikipedia: str, **more: Any) -> Sources:
    """Settings for a Wikidata and a Wikipedia at these addresses; every other source is off."""
    off = {name: SourceSettings(enabled=False) for name in ("crossref", "factcheck", "claimreview", "kiwix", "zim")}
    on = {"wikidata": SourceSettings(url=wikidata), "wikipedia": SourceSettings(url=wikipedia)}
    return Sources(each={**off, **on}, **more)


@contextmanager
def harbour(folder: Path, *, latency: float = 0.0) -> Iterator[Harbour]:
    """Both servers, as long as the block lasts."""
    with WikidataReplay(entities(), latency=latency) as wikidata, MediaWiki(folder, pages()) as mediawiki:
        yield Harbour(wikidata, mediawiki)
