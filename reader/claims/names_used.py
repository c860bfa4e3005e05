"""The names that an article uses, as they could stand over a page: what is looked up when the reader is online.

Only names leave the machine, never a sentence: a run of capitals in running text, without titles and honorifics, the names of
people first. A word that is a capital only because it begins a sentence is no name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from reader.article.model import Paragraph
from reader.claims.people import PeopleLedger
from reader.claims.words import HONORIFICS, NOT_NAMES
from reader.dates import MONTHS
from reader.language.datetext import WEEKDAYS
from reader.language.sentences import split_sentences

_LINK = "(?:(?:of|for|on|and|de|la|du|da|von|van|der|den|al|bin)\\s(?:the\\s)?){1,3}"
_RUN = re.compile(rf"\b[A-Z][\w&’'.-]*(?:\s(?:{_LINK}|&\s)?[A-Z0-9][\w&’'.-]*)*")
_LINKS = frozenset("of for on and the &".split())
DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"”]+")
TITLE = re.compile(r"[“\"]([A-Z][^“”\"]{15,200})[”\"]")
_WORK_BEFORE = re.compile(r"\b(?:entitled|titled|called|paper|study|preprint|article),?\s\Z")
_WORK_AFTER = re.compile(
    r",?\s(?:(?:a|the|their|his|her)\s(?:\w+\s)?(?:paper|study|preprint|article)\b|(?:was\s)?published\sin\b)"
)
_SPLIT = re.compile(r"\sand\s")
_PLAIN = frozenset(
    (
        "i a an the he she it they we you but if when while after before there this that his her their its our my in on at of and or not as "
        "so by for from with to no yes who what why how where which then now here also however meanwhile still yet some many most all "
        "both each few one two three four five six seven eight nine ten new more other another such these those mr mrs ms dr "
        "monday tuesday wednesday thursday friday saturday sunday"
    ).split()
)
_BEFORE_NAMES = frozenset({"new"})
"""Plain words that begin the names of places."""
_TIME_WORDS = frozenset(word.lower() for word in (*MONTHS, *WEEKDAYS))
_LEADS = frozenset(
    "president minister chancellor premier senator governor mayor prime director general administrator secretary commander captain judge "
    "bishop former acting deputy vice chief chairman chairwoman astronaut cosmonaut justice ambassador".split()
)
_LOOSE = _LEADS | _TIME_WORDS | _LINKS
_OFFICE_OF = re.compile(rf"(?:\S+\s)?(?:CEO|{'|'.join(w.title() for w in sorted(_LEADS))}) of ")
_LONGEST = 10
_MOST = 150


def names_used(paragraphs: Iterable[Paragraph], people: PeopleLedger, language: str | None = None) -> tuple[str, ...]:
    """The names of an article, the most used first, at most 150; a full name's parts are not names of their own.

    Other languages than English may write every noun with a capital, so that one word alone is no name there.
    """
    counts: Counter[str] = Counter()
    lower: set[str] = set()
    at_start: Counter[str] = Counter()
    for paragraph in paragraphs:
        if not paragraph.is_checked or paragraph.kind == "heading":
            continue
        lower.update(re.findall(r"\b[a-z]+\b", paragraph.text))
        for sentence in split_sentences(paragraph.text):
            text = paragraph.text[sentence.start : sentence.end]
            if _is_headline(text):
                continue
            for found in _RUN.finditer(text):
                is_first = not text[: found.start()].strip(" “\"'‘(")
                for name in dict.fromkeys(_names_in(found[0], people, is_first=is_first)):
                    counts[name] += 1
                    at_start[name] += is_first
    kept = [n for n in counts if not _is_word(n, lower, only_first=at_start[n] == counts[n])]
    if language not in (None, "en"):
        kept = [n for n in kept if " " in n]
    parts = {word for n in kept if " " in n and people.is_noted(n) for word in n.split()}
    names = [n for n in kept if n not in parts or not people.is_surname(n)]
    return tuple(sorted(names, key=lambda n: (-counts[n], " " not in n, n))[:_MOST])


def dois_used(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    """The DOIs that an article gives (doi.org/doi_handbook, 2.2)."""
    found = (m[0].rstrip(".,;:)]”’\"'") for p in paragraphs for m in DOI.finditer(p.text))
    return tuple(dict.fromkeys(found))


def works_used(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    """Titles in quotation marks that the words around them call a paper or a study: no speech is taken for one."""
    found = []
    for paragraph in paragraphs:
        if paragraph.is_checked:
            for title in TITLE.finditer(paragraph.text):
                before, after = paragraph.text[: title.start()], paragraph.text[title.end() :]
                if len(title[1].split()) >= 4 and (_WORK_BEFORE.search(before) or _WORK_AFTER.match(after)):
                    found.append(title[1].rstrip(",."))
    return tuple(dict.fromkeys(found))


def _is_headline(sentence: str) -> bool:
    """Whether every word has a capital, as in a headline that stands in the text: there capitals say nothing."""
    words = re.findall(r"[^\W\d_]+", sentence)
    return len(words) > 3 and all(w[0].isupper() or w in _LINKS or len(w) < 3 for w in words)


def _names_in(run: str, people: PeopleLedger, *, is_first: bool) -> Iterator[str]:
    """The names in one run of capitals: the whole, and what it may be made of.

    That is: a person behind a title or an agency, what stands before an office, one and another.
    """
    whole = _trimmed(_bare(run), people, is_first=is_first)
    yield from _named(whole)
    if is_first and " of " in (text := " ".join(whole)):
        yield from _named(text.split(" of ", 1)[1].removeprefix("the ").split())
    for piece in _SPLIT.split(run):
        words = _trimmed(_bare(piece), people, is_first=is_first)
        size = next((n for n in range(min(len(words), 4), 1, -1) if _is_person(words[-n:], people)), 0)
        if size:
            yield " ".join(words[-size:])
            words = _without_tail(words[:-size])
        office = next((n for n, w in enumerate(words) if n and w.lower() in _LEADS), None)
        if office is not None:
            yield from _named(_without_tail(words[:office]))
            yield from _named(_trimmed(words[office:], people, is_first=False))
        elif words != whole:
            yield from _named(words)
        for n, word in enumerate(words[:-1], 1):
            if word.endswith(("'s", "’s")) and len(words) - n > 1:
                yield from _named([*words[: n - 1], word[:-2]])
                yield from _named(words[n:])


def _is_person(words: list[str], people: PeopleLedger) -> bool:
    """Whether these words are one of the full names of an article, and no office stands among them."""
    return people.is_noted(" ".join(words)) and not any(w.lower() in _LEADS for w in words)


def _named(words: list[str]) -> Iterator[str]:
    """Words as a name, unless they are too many; an office's owner is a name too."""
    name = " ".join(words)
    if words and len(words) <= _LONGEST:
        yield name
        if _OFFICE_OF.match(name):
            yield name[name.index(" of ") + 4 :].removeprefix("the ")


def _bare(piece: str) -> list[str]:
    """The words of a run without what hangs on them; only the last one's possessive is no part of the name."""
    words = [w.rstrip("'’,;:-") for w in piece.split()]
    kept = [w if re.fullmatch(r"(?:[A-Z]\.)+", w) else w.rstrip(".") for w in words]
    kept = [w for w in kept if w]
    return [*kept[:-1], kept[-1].removesuffix("'s").removesuffix("’s")] if kept else []


def _trimmed(words: list[str], people: PeopleLedger, *, is_first: bool) -> list[str]:
    """Without titles before a name, the little word that began the sentence, and what hangs loose behind."""
    while words and (words[0].lower().rstrip(".") in HONORIFICS or (len(words) > 1 and words[0].lower() in _LEADS)):
        words = words[1:]
    while words and _is_little(words) and (is_first or len(words) > 1):
        words = words[1:]
    return words if len(words) > 1 and people.is_noted(" ".join(words)) else _without_tail(words)


def _is_little(words: list[str]) -> bool:
    """Whether the first word is a plain one, and not the beginning of a place's name ("New York")."""
    return words[0].lower() in _PLAIN and not (words[0].lower() in _BEFORE_NAMES and len(words) > 1)


def _without_tail(words: list[str]) -> list[str]:
    """Without offices, days and links at the end; a number stays unless it is a day's ("Apollo 11", but not "June 5")."""
    while words and (words[-1].lower() in _LOOSE or (words[-1].isdigit() and _is_dated(words))):
        words = words[:-1]
    return words


def _is_dated(words: list[str]) -> bool:
    return len(words) == 1 or words[-2].lower() in _TIME_WORDS or len(words[-1]) > 2


def _is_word(name: str, lower: set[str], *, only_first: bool) -> bool:
    """Whether it is no name but a word: of time, a plain one, or one that only ever begins a sentence."""
    low = name.lower()
    if low in _PLAIN or low in _TIME_WORDS or low in _LEADS or low in NOT_NAMES or len(name) < 2:
        return True
    if name.isdigit() or not any(c.isalpha() for c in name):
        return True
    return only_first and " " not in name and not name.isupper() and (low in lower or len(name) < 4)
