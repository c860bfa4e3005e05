"""Words that tie two together, and titles that do not say whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from reader.claims.model import Found, Relation
from reader.claims.offices.sentence import Sentence as WordedSentence
from reader.claims.offices.sentence import title_of
from reader.claims.offices.titles import stands_alone
from reader.claims.recorded.around import around, found_at
from reader.claims.recorded.parts import Bond, BondParts, Named, TitleParts
from reader.claims.roles import role_phrases
from reader.claims.sentence import SentenceView
from reader.claims.status import title_status

_BONDS: dict[Bond, re.Pattern[str]] = {
    "follows": re.compile(
        r"\b(?:successors?|succeed(?:s|ed|ing)?(?!\sby)|replac(?:es|ed|ing)(?!\sby)|follow(?:s|ed|ing)(?!\sby)|took\sover\sfrom|takes\sover\sfrom|took\s(?:his|her)\splace|inherit(?:s|ed)\s(?:\w+\s){1,4}from|unseated|ousted)\b"
    ),
    "leads": re.compile(
        r"\b(?:predecessors?|(?:replaced|succeeded|followed)\sby|g[ai]ves?\sway\sto|hand(?:s|ed)\sover\sto|made\sway\sfor)\b"
    ),
    "won": re.compile(
        r"\b(?:w[io]ns?|winning|winners?|receiv(?:es?|ed|ing)|awarded|laureates?|honou?red|collects?|collected|t[ao]kes?|took|shar(?:es?|ed)|presented\swith|named|holders?|held|medal(?:l?ist)?|found\sone|went\sto|picked|prize)\b"
    ),
    "founded": re.compile(r"\b(?:founded|founders?|co-founded|co-founders?|set\s(?:\w+\s){0,3}up|set\sup|created|started|established)\b"),
    "seat": re.compile(r"\b(?:headquarter(?:s|ed)|head\soffices?|based|sits|seated|seat)\b"),
    "capital": re.compile(r"\bcapital\b(?!\s(?:gains?|spending|expenditure|markets?|letters?|punishment|city\sof\sculture|of\sculture|increase|stock|ratio))"),
    "crew": re.compile(
        r"\b(?:crew(?:s|ed|mates?)?|aboard|on\sboard|flew|flies|flown|flying|rode|rides?|commander|commands?|commanded|pilot(?:s|ed)?|launched|lifted|went\sup|with|was\son|spent|took\soff|reached|signs?|signed|talks|participants?|took\spart|competed|fought|included)\b"
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


_DATED = re.compile(r"[^,.;:]{0,30}\s(?:since|from|until|till|between|in)\s(?:[A-Z][a-z]+\s)?\d|\s\(")


def find_titles(view: SentenceView) -> Iterator[Found[Relation]]:
    """Every title right after or before a name: "Mosher, the town's chief administrative officer"."""
    people = view.named_people()
    if not people:
        return
    base, body = view.sentence.start, view.body
    worded = WordedSentence(view.paragraph, view.text, view.words, view.dates, body, view.told)
    for phrase in role_phrases(view.words):
        if phrase.is_future or phrase.is_acting or not stands_alone(view.words, phrase):
            continue
        title = title_of(worded, phrase)
        start, end = title.span.start - base, title.span.end - base
        if _DATED.match(body, end):
            continue  # the date is told of the title, and is found as one
        for person in people:
            behind, ahead = body[person.end : start], body[end : person.start]
            is_after = person.end <= start and re.fullmatch(
                r",\s(?:(?:an?|the|its|their|his|her|now|then|still|also|[\w’'-]+['’]s)\s){0,4}(?:[a-z-]+\s){0,2}",
                behind,
            )
            is_before = end <= person.start and re.fullmatch(r",?\s", ahead)
            if is_after or is_before:
                time: Literal["now", "former", "then"] = (
                    "former" if phrase.is_former else "then" if phrase.is_then or "then " in behind else "now"
                )
                parts = TitleParts(
                    around(view), Named(base + person.start, base + person.end, person.name), title, time
                )
                yield Found(view.span(min(start, person.start), max(end, person.end)), parts, title_status(body))
