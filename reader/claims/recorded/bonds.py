"""Words that tie two together, and titles that do not say whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.claims.model import Found, Relation
from reader.claims.recorded.around import around, found_at
from reader.claims.recorded.parts import Bond, BondParts, Named, TitleParts
from reader.claims.sentence import SentenceView
from reader.claims.status import title_status

_BONDS: dict[Bond, re.Pattern[str]] = {
    "follows": re.compile(
        r"\b(?:successors?|succeed(?:s|ed|ing)?(?!\sby)|replac(?:es|ed|ing)(?!\sby)|follow(?:s|ed|ing)(?!\sby)|in\ssuccession\sto|t(?:ook|akes?|aking)\sover\sfrom|took\s(?:his|her)\splace|inherit(?:s|ed)\s(?:\w+\s){1,4}from|unseated|ousted)\b"
    ),
    "leads": re.compile(
        r"\b(?:predecessors?|(?:replaced|succeeded|followed)\sby|g[ai]ves?\sway\sto|hand(?:s|ed)\sover\sto|made\sway\sfor)\b"
    ),
    "won": re.compile(
        r"\b(?:w[io]ns?|winning|winners?|receiv(?:es?|ed|ing)|awarded|laureates?|honou?red|collects?|collected|t[ao]kes?|took|shar(?:es?|ed)|presented\swith|named|holders?|held|medal(?:l?ist)?|found\sone|went\sto|picked|prize)\b"
    ),
    "founded": re.compile(r"\b(?:founded|founders?|co-founded|co-founders?|set\s(?:\w+\s){0,3}up|set\sup|created|started|established)\b"),
    "seat": re.compile(r"\b(?:headquarter(?:s|ed)|(?:head\s)?offices?|based|sits|seated|seat|home)\b"),
    "capital": re.compile(r"\b(?:capital|(?:chief|county)\stown)\b(?!\s(?:gains?|spending|expenditure|markets?|letters?|punishment|city\sof\sculture|of\sculture|increase|stock|ratio))"),
    "runs": re.compile(r"\bwho\s(?:now\s|still\s)?(?:runs|heads|leads|chairs|directs|edits|governs|manages|presides\sover)\s(?:it|the|its|his|her|this|that|[A-Z])"),
    "vehicle": re.compile(r"\b(?:atop|on\stop\sof|rockets?|boosters?|launchers?|upper\sstage|lifted\sby|launched\s(?:on|by)|aboard|on\sa|rode|carried\sby)\b"),
    "place": re.compile(r"\b(?:island|city|town|village|port|capital|region|province|county|state|district)\sof\b|,\s(?:in\s)?(?=[A-Z])"),
    "crew": re.compile(
        r"\b(?:crew(?:s|ed|mates?)?|aboard|on\sboard|flew|flies|flown|flying|rode|rides?|commander|commands?|commanded|pilot(?:s|ed)?|(?:with|under)(?=\s[A-Z])|was\son|signs?|signed|participants?|took\spart|competed|fought|included)\b"
    ),
}  # fmt: skip
_NAME_AFTER = re.compile(r"[^.;:A-Z]{0,32}[A-Z][\w’'-]*(?:[\s-](?:(?:of|and|the|for)\s)?[A-Z][\w’'-]*)*")


def find_bonds(view: SentenceView) -> Iterator[Found[Relation]]:
    """Every word of a sentence that ties two together."""
    base, here = view.sentence.start, None
    for bond, pattern in _BONDS.items():
        for cue in pattern.finditer(view.body):
            here = here or around(view)
            named = _NAME_AFTER.match(view.body, cue.end())
            parts = BondParts(here, bond, base + cue.start(), base + cue.end())
            yield found_at(view, cue.start(), named.end() if named else cue.end(), parts)


_APPOSED = re.compile(
    r",\s(?P<words>(?:(?:now|then|still|at\sthe\stime|for\syears)\s|at\sthe\stime,?\s)?(?:(?:the|its|their|his|her|an?|[\w’'-]+['’]s|acting|former)\s[^,.;:()–—]{3,90}|(?!(?:who|which|and|but|said|says|told|with|as|in|on|at|for|to|from|after|when|where)\b)[a-z][^,.;:()–—]{3,90}))(?=[,.;:)–—]|$)"
)
_TITLE_BEFORE = re.compile(
    r"(?:^|[\s(])(?P<words>(?:the\s|its\s|their\s|former\s|acting\s|[\w’'-]+['’]s\s)?(?:[a-z-]+\s){1,5}(?:was\s|is\s)?),?\s?$"
)
_HOUSES = {
    "Downing": ("prime minister", "United Kingdom"),
    "10": ("prime minister", "United Kingdom"),
    "Ten": ("prime minister", "United Kingdom"),
    "White House": ("president", "United States"),
    "Oval Office": ("president", "United States"),
    "lys": ("president", "France"),
}
_HOUSE = re.compile(
    r"(?P<house>(?:10\s)?Downing\sStreet|Number\s(?:10|Ten)|No\.?\s?10|the\s(?:White\sHouse|Oval\sOffice|[EÉ]lys[eé]e))\b"
)
_IN_HOUSE = re.compile(
    rf"(?:\s(?P<was>was|sat|lived|ruled|governed|reigned))?(?:\s(?:still|then|already))?\s(?:in|at)\s{_HOUSE.pattern}"
)
_CAPITAL_TITLE = re.compile(r"(?:^|[\s(“\"])(?P<words>(?:[A-Z][a-z-]+\s(?:of\s)?){1,3})$")
_DATED = re.compile(
    r"\b(?:since|from|until|till|between)\s(?:(?:this|last|next|early|late|mid)[\s-])?(?:[A-Z][a-z]+|\d)|\bin\s(?:[A-Z][a-z]+\s)?\d{4}|\b(?:who|which|whose|for\s\w+\syears)\b"
)


def _in_houses(view: SentenceView) -> Iterator[Found[Relation]]:
    """ "With William Gladstone in Downing Street", "Kennedy was in the White House": the office by its house."""
    if not _HOUSE.search(view.body):
        return
    for person in view.named_people():
        if found := _IN_HOUSE.match(view.body, person.end):
            title, of = next(office for house, office in _HOUSES.items() if house in found["house"])
            base = view.sentence.start
            named = Named(base + person.start, base + person.end, person.name)
            words = f"was {title}" if found["was"] else title
            parts = TitleParts(around(view), named, words, of)
            yield Found(view.span(person.start, found.end()), parts, title_status(view.body))


def find_titles(view: SentenceView) -> Iterator[Found[Relation]]:
    """Every description right beside a name that may be a title: "Mosher, the town's chief administrative officer"."""
    yield from _in_houses(view)
    base, body, here = view.sentence.start, view.body, None
    for person in view.named_people():
        after = _APPOSED.match(body, person.end)
        before = _TITLE_BEFORE.search(body, max(0, person.start - 70), person.start)
        before = before or _CAPITAL_TITLE.search(body, max(0, person.start - 50), person.start)
        for found in (after, before):
            if found is None or _DATED.search(found["words"]) or _DATED.match(body, found.end("words") + 1):
                continue
            here = here or around(view)
            start, end = min(person.start, found.start("words")), max(person.end, found.end("words"))
            named = Named(base + person.start, base + person.end, person.name)
            yield Found(view.span(start, end), TitleParts(here, named, found["words"].strip()), title_status(body))
