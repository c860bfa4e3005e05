"""Titles tied to a name by a verb: "X has been minister since", "she leads the agency"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.article.model import Span
from reader.claims.model import OfficeParts, OfficeTime, OfficeTitle, PersonMention, Status
from reader.claims.offices.dated import clause_status, date_of
from reader.claims.offices.sentence import MAY_FOLLOW_TITLE, FoundOffice, Sentence, person_at, title_of
from reader.claims.people import PeopleLedger
from reader.claims.roles import RolePhrase, scope_text
from reader.claims.words import Word, name_until
from reader.language.datetext import Tense

_COPULA = re.compile(
    r"""^(?:,\s(?:aged\s)?\d{1,3}\s,?\s?)?(?:,\s(?!who\b)[^,;:]{2,90}?\s(?:,|(?=who\s))\s?)?,?\s?(?:(?:who|and)\s)?(?:(?P<adv>currently|also|now|then|still|later|subsequently|previously|briefly|eventually|soon|once|first|himself|herself|again|officially|formally)\s)?(?:
      (?P<now>is|remains|serves(?:\salso)?\sas|acts\sas|works\sas|has\sbeen|has\sserved\sas|has\sremained|continues\sas|'s)
    | (?P<was>was|served(?:\sbriefly)?\sas|acted\sas|worked\sas|had\sbeen|had\sserved\sas|remained|reigned\sas|ruled\sas|sat\sas)
    | (?P<became>became|had\sbecome|has\sbecome|becomes|(?:was|is|had\sbeen|has\sbeen|were)\s(?:first\s)?(?:appointed|named|elected|re-elected|sworn\sin|confirmed|made|installed|chosen|promoted|inaugurated|picked|crowned|voted\sin|proclaimed|selected)(?:\s(?:as|to|to\sbe|to\sserve\sas|for|by\s\S+\sas|to\sbecome))?
        |took\s(?:office|over|up\s(?:the\s)?(?:post|office|job|role|position))\s(?:as|of)|takes\sover\sas|assumed\s(?:office\sas|the\s(?:office|post|position|role)\sof)|started\sas|began\sas|returned\sas|came\sin\sas|entered\soffice\sas|was\sput\sin\scharge\sas|joined\sas|won\soffice\sas|ascended\sas)
    | (?P<ended>(?:has\s|had\s)?(?:resigned|stepped\sdown|quit|retired|stood\sdown|left|left\soffice|departed|bowed\sout|was\sdismissed|was\sousted|was\sremoved|was\sreplaced|was\sfired|was\ssacked|ended\shis\sterm|ended\sher\sterm|ceased)\s(?:as|from\shis\spost\sas|from\sher\spost\sas|from\sthe\spost\sof|from\soffice\sas|to\sbe))
    | (?P<future>will\s(?:be|become|serve\sas|take\sover\sas|take\soffice\sas|remain)|is\sto\sbecome|is\s(?:expected|due|set|poised|likely)\sto\s(?:be|become|take\sover\sas))
    )\s?(?:(?:the|a|an|their|its|his|her|both|also|then|now|still|only|for\s\w+\syears?|,)\s?)*$""",
    re.VERBOSE | re.IGNORECASE,
)


_LEADING = re.compile(
    r"""^(?:,\s\d{1,3}\s,?\s?)?(?:,\s(?!who\b)[^,;:]{2,90}?\s(?:,|(?=who\s))\s?)?,?\s?(?:who\s)?(?:also\s|now\s|currently\s|still\s|then\s|later\s|briefly\s|previously\s)?(?:
      (?P<now>heads|leads|runs|chairs|at\sthe\s(?:head|helm)\sof|(?:has\sbeen|is)\s(?:in\scharge\sof|at\sthe\shelm\sof|heading|running|leading)|has\s(?:headed|led|run)|oversees)
    | (?P<was>headed|led|ran|chaired|had\s(?:headed|led|run)|was\s(?:in\scharge\sof|at\sthe\shelm\sof|heading|running|leading)|had\sbeen\s(?:in\scharge\sof|heading|running|leading|at\sthe\shelm\sof))
    | (?P<became>took\s(?:charge|over|the\shelm|control)(?:\sof)?|was\s(?:appointed|named|chosen)\sto\s(?:head|lead|run)|was\sput\sin\scharge\sof|took\sover\s(?:the\s)?(?:leadership|running)\sof|assumed\s(?:the\sleadership|control)\sof)
    | (?P<future>will\s(?:head|lead|run|take\sover|take\scharge\sof))
    )$""",
    re.VERBOSE | re.IGNORECASE,
)


_VERB_GAP = 22


def title_by_verb(
    sentence: Sentence, phrase: RolePhrase, people: PeopleLedger, subject: str | None
) -> FoundOffice | None:
    """ "X, who has been NASA's administrator since …", "In 2011 she became prime minister of Denmark"."""
    for person, gap_start in _subjects(sentence, phrase.first, people, subject):
        gap = " ".join(w.text for w in sentence.words[gap_start : phrase.first])
        found = _COPULA.match(gap)
        if found:
            return _said(sentence, phrase, person, found)
    return None


def _subjects(
    sentence: Sentence, before: int, people: PeopleLedger, subject: str | None
) -> Iterator[tuple[PersonMention, int]]:
    """People named shortly before a place, nearest first, with the word after each."""
    words = sentence.words
    for end in range(before, max(0, before - _VERB_GAP), -1):
        word = words[end - 1]
        if word.lower in ("he", "she") and subject:
            yield PersonMention(Span(sentence.paragraph, word.start, word.end), word.text, subject), end
        elif word.is_capital and (size := name_until(words, end)):
            yield person_at(sentence, end - size, size, people), end


def _said(sentence: Sentence, phrase: RolePhrase, person: PersonMention, verb: re.Match[str]) -> FoundOffice | None:
    kind = verb.lastgroup if verb.lastgroup != "adv" else None
    kind = next((name for name in ("now", "was", "became", "ended", "future") if verb[name]), kind)
    time: OfficeTime = {"now": "at", "was": "at", "became": "became", "ended": "until", "future": "future"}[
        kind or "now"
    ]  # type: ignore[assignment]
    tense: Tense = "past" if kind in ("was", "became", "ended") else "future" if kind == "future" else "unknown"
    start = min(person.span.start, sentence.words[phrase.first].start)
    end = sentence.words[phrase.last - 1].end
    dated, when, until, end = date_of(sentence, sentence.words[phrase.last - 1].end, end, time)
    if phrase.is_former or (verb["adv"] in ("once", "previously") and kind != "became"):
        dated = "former" if not when else dated
    if phrase.is_future:
        dated = "future"
    status = clause_status(sentence, start, end)
    if kind == "future" and status is Status.ASSERTED:
        status = Status.PLANNED
    parts = OfficeParts(person, title_of(sentence, phrase), dated, tense, when, until, told=sentence.told)
    return FoundOffice(Span(sentence.paragraph, start, end), parts, status)


def leads(sentence: Sentence, people: PeopleLedger, subject: str | None) -> list[FoundOffice]:
    """ "X, who had been in charge of the Russian space programme since May 2013", "she has led the agency"."""
    found = []
    words = sentence.words
    for place in range(1, len(words)):
        if words[place - 1].lower not in _LEAD_LAST:
            continue
        match = None
        for found_person, gap_start in _subjects(sentence, place - 1, people, subject):
            person = found_person
            match = _LEADING.match(" ".join(w.text for w in words[gap_start:place]))
            if match:
                break
        if not match:
            continue
        scope, end = _object(words, place)
        if not scope:
            continue
        kind = match.lastgroup or "now"
        time: OfficeTime = {"now": "at", "was": "at", "became": "became", "future": "future"}[kind]  # type: ignore[assignment]
        tense: Tense = "past" if kind in ("was", "became") else "future" if kind == "future" else "unknown"
        stop = words[end - 1].end
        time, when, until, stop = date_of(sentence, words[end - 1].end, stop, time)
        role = "chair" if words[place - 1].lower in ("chairs", "chaired") else "head"
        title = OfficeTitle(Span(sentence.paragraph, words[place].start, words[end - 1].end), role, (), (scope,))
        status = clause_status(sentence, person.span.start, stop)
        found.append(
            FoundOffice(
                Span(sentence.paragraph, person.span.start, stop),
                OfficeParts(person, title, time, tense, when, until, told=sentence.told),
                status,
            )
        )
    return found


_LEAD_LAST = frozenset(
    (
        "heads headed leads led runs ran of heading running leading run over charge helm head lead control "
        "oversees chairs chaired"
    ).split()
)


_BODY_NOUNS = frozenset(
    "firm group institution institute festival department service business team club event foundation charity chain carrier".split()
)


def _object(words: tuple[Word, ...], at: int) -> tuple[str, int]:
    """The noun phrase that is led: capitals, or an article and words up to a known kind of body."""
    from reader.claims.role_words import FIELDS

    end = at
    parts: list[str] = []
    while end < len(words) and end - at < 10:
        word = words[end]
        if word.lower in ("the", "its", "his", "her", "their") and end == at:
            pass
        elif word.lower in ("'s", "’s"):
            parts.append("'s")
        elif (
            (word.is_capital and word.text[0].isalpha())
            or word.lower in FIELDS
            or word.lower in _BODY_NOUNS
            or (word.lower in ("of", "and", "for") and parts and end + 1 < len(words) and words[end + 1].is_capital)
        ):
            parts.append(word.text)
        else:
            break
        end += 1
    while parts and parts[-1].lower() in ("of", "and", "for", "'s"):
        parts.pop()
        end -= 1
    if (
        end < len(words)
        and parts
        and words[end].text.isalpha()
        and words[end].text.islower()
        and words[end].lower not in MAY_FOLLOW_TITLE
    ):
        return "", end
    return scope_text(tuple(parts)), end
