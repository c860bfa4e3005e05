"""Claims that somebody holds, held, began or ended an office, found in the words of a sentence.

Three forms: the title before the name, the title after it as an apposition, and a verb between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from reader.article.model import Span
from reader.claims.model import OfficeParts, OfficeTime, OfficeTitle, PersonMention, Status, SuccessionParts
from reader.claims.people import PeopleLedger
from reader.claims.roles import ENVOYS, RolePhrase, role_phrases, scope_text
from reader.claims.status import status_of, title_status
from reader.claims.words import HONORIFICS, NOT_NAMES, Word, name_from, name_until
from reader.language.datetext import DateMention, Tense

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
_APPOSITION_END = frozenset({",", ".", ";", ")", "-", "–", "—", ":", "since", "from", "until", "who", "and", "between", "whose", "but", "at", "when", "till", "?", "!"})
_TITLE_PREPOSITIONS = frozenset({"to", "of", "for"})
_RANK_LOWERING = frozenset("associate assistant deputy vice under junior co sub regional senior honorary shadow presidential assistant-deputy principal joint lead".split())
_CHIEF_LIKE = frozenset({"chief", "head", "executive", "director", "general", "commander"})
_MAY_FOLLOW_TITLE = frozenset("who whose since from until till of for to at in on and or but as is was has had said says told will would by with after before when while during between that may did does were did announced warned wrote called".split())
_RELATED_PEOPLE = frozenset(
    "aide adviser advisor spokesman spokeswoman spokesperson wife husband son daughter brother sister friend ally critic deputy lawyer rival assistant secretary counsel envoy "
    "successor predecessor father mother widow confidant colleague supporter opponent nephew cousin biographer portrait candidate challenger ambassador representative member "
    "editor partner widower grandson granddaughter niece uncle aunt doctor chauffeur bodyguard interpreter translator speechwriter private press chief staff office nominee bid "
    "run race campaign job post position role title post-holder deputies aides advisers".split()
)
_VERB_GAP = 22


@dataclass(frozen=True, slots=True)
class FoundOffice:
    """An office claim before it is made a `Claim`."""

    span: Span
    parts: OfficeParts | SuccessionParts
    status: Status


@dataclass(frozen=True, slots=True)
class _Sentence:
    paragraph: int
    text: str
    words: tuple[Word, ...]
    dates: tuple[DateMention, ...]
    body: str
    told: tuple[DateMention, ...]


def find_offices(paragraph: int, text: str, words: tuple[Word, ...], dates: tuple[DateMention, ...], people: PeopleLedger, subject: str | None, told: tuple[DateMention, ...] = ()) -> list[FoundOffice]:
    """All office claims of a sentence (`words`, `dates` of that sentence, offsets into the paragraph's `text`).

    `subject` is the person a pronoun at the sentence's start means, if that is one person; `told` are
    the dates of the paragraph up to here.
    """
    if not words:
        return []
    body = text[words[0].start : words[-1].end]
    sentence = _Sentence(paragraph, text, words, dates, body, told or dates)
    phrases = [p for p in role_phrases(words) if _stands_alone(words, p)]
    found: list[FoundOffice] = []
    chained: dict[int, tuple[PersonMention, FoundOffice]] = {}
    for number, phrase in enumerate(phrases):
        claim = _before(sentence, phrase, people) or _after(sentence, phrase, people) or _verb(sentence, phrase, people, subject)
        if claim is None and number and (previous := chained.get(number - 1)) and _is_chained(words, phrases[number - 1], phrase):
            claim = _chained(sentence, phrase, *previous)
        if claim is not None:
            found.append(claim)
            if isinstance(claim.parts, OfficeParts):
                chained[number] = (claim.parts.person, claim)
    found += _led(sentence, people, subject)
    found += _successions(sentence, people, phrases)
    found += _predecessors(sentence, people, phrases, subject)
    return found


def office_claims(found: FoundOffice) -> Iterator[tuple[str, Span, OfficeParts | SuccessionParts]]:
    """The claims an office holds: that somebody holds or held it, and, where it is stated, since or until when."""
    parts = found.parts
    if not isinstance(parts, OfficeParts):
        yield "succession", found.span, parts
        return
    if parts.time not in ("since", "from-to", "until") or parts.when is None:
        yield "office", found.span, parts
        return
    yield "office term", found.span, parts
    end = max(parts.title.span.end, parts.person.span.end)
    if end < found.span.end:
        held: OfficeTime = "at"
        tense: Tense = parts.tense if parts.time == "since" else "past"
        yield "office", replace(found.span, end=end), replace(parts, time=held, tense=tense, when=None, until=None, form="said")


def _stands_alone(words: tuple[Word, ...], phrase: RolePhrase) -> bool:
    """Whether the role noun is the head of its phrase ("NASA chief scientist" is no chief of NASA)."""
    if phrase.first > 0 and words[phrase.first - 1].lower in _RANK_LOWERING:
        return False
    if phrase.last < len(words):
        following = words[phrase.last]
        if phrase.role.split()[-1] in _CHIEF_LIKE and following.text.isalpha() and following.text.islower() and following.lower not in _MAY_FOLLOW_TITLE:
            return False
        if following.lower in ("'s", "’s") or (following.text == "-" and following.end < len(words)):
            return False
    if phrase.right_scope and "'s" in phrase.right_scope and phrase.last < len(words):
        following = words[phrase.last]
        if following.text.isalpha() and following.text.islower() and following.lower not in _MAY_FOLLOW_TITLE:
            return False
    return True


def _title(sentence: _Sentence, phrase: RolePhrase) -> OfficeTitle:
    words = sentence.words
    span = Span(sentence.paragraph, words[phrase.first].start, words[phrase.last - 1].end)
    scopes = tuple(s for s in (scope_text(phrase.right_scope), scope_text(phrase.left_scope)) if s)
    if (owner := _owner(sentence, phrase)) and (not scopes or phrase.role in ENVOYS):
        scopes = (*scopes, owner)
    return OfficeTitle(span, phrase.role, phrase.field, scopes, phrase.is_acting, phrase.ordinal)


_BODIES = frozenset("country nation kingdom republic company firm group bank agency airline carmaker party club state city union".split())


def _owner(sentence: _Sentence, phrase: RolePhrase) -> str | None:
    """Whose "its governor" or "the country's health minister" is: the one body the sentence has named before."""
    words, at = sentence.words, phrase.first
    possessive = words[at].lower == "its" or (at >= 1 and words[at].lower in ("'s", "’s") and words[at - 1].lower in _BODIES)
    if not possessive:
        return None
    named: list[str] = []
    start = 0
    while start < at:
        word = words[start]
        if not word.is_capital or not word.text[0].isalpha() or word.lower in NOT_NAMES - _NAME_OPENERS:
            start += 1
            continue
        end = start + 1
        while end < at and (words[end].is_capital or (words[end].lower in ("of", "and", "the") and end + 1 < at and words[end + 1].is_capital)):
            end += 1
        named.append(sentence.text[word.start : words[end - 1].end])
        start = end
    return named[0] if len(set(named)) == 1 else None


_NAME_OPENERS = frozenset("bank central national federal united north south west east ministry department agency university".split())


def _person(sentence: _Sentence, first: int, size: int, people: PeopleLedger) -> PersonMention:
    words = sentence.words[first : first + size]
    while len(words) > 1 and words[0].lower in HONORIFICS:
        words = words[1:]
    text = sentence.text[words[0].start : words[-1].end]
    return PersonMention(Span(sentence.paragraph, words[0].start, words[-1].end), text, people.full_name(text))


def _before(sentence: _Sentence, phrase: RolePhrase, people: PeopleLedger) -> FoundOffice | None:
    """"NASA administrator Robert Lightfoot"; "the prime minister, Erna Solberg,"; "ROLE and former astronaut NAME"."""
    words, at = sentence.words, phrase.last
    if swallowed := _name_in_scope(words, phrase):
        shorter, at, size = swallowed
        return _titled(sentence, shorter, _person(sentence, at, size, people), "before")
    if at >= len(words):
        return None
    comma = words[at].text == ","
    at += comma
    while at < len(words) and words[at].lower in HONORIFICS and at + 1 < len(words):
        at += 1
    size = name_from(words, at)
    if size and comma and not _closes(words, at + size, phrase, sentence):
        return None
    if size and comma and _belongs_to_other(words, phrase):
        return None
    if not size and not comma and words[at].lower == "and":
        at, size = _after_second_title(words, at + 1)
    if not size:
        return None
    if not comma and phrase.definite and not phrase.right_scope and not phrase.left_scope and not phrase.field and size == 1:
        return None
    return _titled(sentence, phrase, _person(sentence, at, size, people), "before")


def _name_in_scope(words: tuple[Word, ...], phrase: RolePhrase) -> tuple[RolePhrase, int, int] | None:
    """"Prime Minister of Norway Jonas Gahr Støre": the name that the run of capitals after "of" has taken in."""
    run = phrase.last
    while run > phrase.first and words[run - 1].is_capital and words[run - 1].text[0].isalpha():
        run -= 1
    length = phrase.last - run
    if not phrase.right_scope or length < 3 or words[run - 1].lower not in ("of", "the", "for") or phrase.last < len(words) and words[phrase.last].lower in ("'s", "’s", "and", "of"):
        return None
    whose = 2 if words[run].lower in _TWO_WORD_PLACES and length >= 4 else 1
    size = length - whose
    if not 2 <= size <= 4 or name_from(words, run + whose) != size:
        return None
    scope = phrase.right_scope[: len(phrase.right_scope) - size]
    return replace(phrase, last=run + whose, right_scope=scope), run + whose, size


_TWO_WORD_PLACES = frozenset("new south north west east united saudi sri costa el san santa los las great hong sierra burkina papua cape puerto ivory".split())


def _closes(words: tuple[Word, ...], at: int, phrase: RolePhrase, sentence: _Sentence) -> bool:
    if at >= len(words) or words[at].text in (",", ".", ";", ")", "—", "–", ":", "!", "?"):
        return True
    return words[at].lower in ("and", "who")


def _belongs_to_other(words: tuple[Word, ...], phrase: RolePhrase) -> bool:
    """"an aide to the president, John Smith," may be naming the aide."""
    at = phrase.first - 1
    return at >= 1 and words[at].lower in _TITLE_PREPOSITIONS and words[at - 1].lower in _RELATED_PEOPLE


def _after_second_title(words: tuple[Word, ...], at: int) -> tuple[int, int]:
    """Past "and former space shuttle astronaut" to the name, when nothing but lower-case words stands between."""
    for place in range(at, min(at + 7, len(words))):
        word = words[place]
        if word.is_capital:
            size = name_from(words, place)
            return (place, size) if size >= 2 and place > at else (place, 0)
        if not word.text.isalpha() or word.lower in _MAY_FOLLOW_TITLE - {"of", "to", "for", "in"}:
            break
    return at, 0


def _after(sentence: _Sentence, phrase: RolePhrase, people: PeopleLedger) -> FoundOffice | None:
    """"Elon Musk, the CEO of SpaceX," and "Bill Nelson, 79, NASA's administrator since May 2021"."""
    words, at = sentence.words, phrase.first - 1
    if at >= 1 and words[at].lower in ("now", "then", "currently", "formerly", "once", "also") and words[at - 1].text == ",":
        if words[at].lower in ("formerly", "once"):
            phrase = replace(phrase, modifiers=phrase.modifiers | {"former"})
        if words[at].lower == "then":
            phrase = replace(phrase, modifiers=phrase.modifiers | {"then"})
        at -= 1
    if at >= 3 and words[at].lower == "and" and (comma := _apposition_comma(words, at)) is not None:
        at = comma
    bracket = at >= 1 and words[at].text == "("
    if at < 1 or (words[at].text not in (",", "–", "—", "-") and not bracket):
        return None
    if at >= 2 and words[at - 1].text.isdigit() and len(words[at - 1].text) <= 3 and words[at - 2].text == ",":
        at -= 2
    size = name_until(words, at)
    if not size:
        return None
    if phrase.last < len(words) and words[phrase.last].lower not in _APPOSITION_END:
        return None
    if words[at].text == "," and at - size >= 1 and words[at - size - 1].lower in ("to", "in", "at", "near", "from") and size == 1:
        return None
    return _titled(sentence, phrase, _person(sentence, at - size, size, people), "after")


def _apposition_comma(words: tuple[Word, ...], at: int) -> int | None:
    """The comma after the name in "Charles Bolden, a former shuttle commander and the 12th administrator"."""
    for place in range(at - 1, max(0, at - 10), -1):
        if words[place].text == ",":
            return place if words[place + 1].lower in ("a", "an", "the") and words[place - 1].is_capital else None
        if not words[place].text.replace("-", "").isalnum():
            return None
    return None


def _titled(sentence: _Sentence, phrase: RolePhrase, person: PersonMention, form: Literal["before", "after"]) -> FoundOffice:
    time: OfficeTime = "former" if phrase.is_former else "future" if phrase.is_future else "at"
    status = title_status(sentence.body)
    when = until = None
    tense: Tense = "unknown"
    end = max(person.span.end, sentence.words[phrase.last - 1].end)
    if form == "after" and time == "at":
        time, when, until, end = _dated(sentence, sentence.words[phrase.last - 1].end, end, time)
    if phrase.is_then:
        time, tense = "at", "past"
        when = when or next(iter(sentence.dates), None)
    lead = [w.lower for w in sentence.words[max(0, phrase.first - 3) : phrase.first]]
    if _SUCCESSION_WORDS & set(lead):
        status = Status.UNREAL
    parts = OfficeParts(person, _title(sentence, phrase), time, tense, when, until, form, sentence.told)
    start = min(person.span.start, sentence.words[phrase.first].start)
    return FoundOffice(Span(sentence.paragraph, start, end), parts, status)


def _verb(sentence: _Sentence, phrase: RolePhrase, people: PeopleLedger, subject: str | None) -> FoundOffice | None:
    """"X, who has been NASA's administrator since …", "In 2011 she became prime minister of Denmark"."""
    for person, gap_start in _subjects(sentence, phrase.first, people, subject):
        gap = " ".join(w.text for w in sentence.words[gap_start : phrase.first])
        found = _COPULA.match(gap)
        if found:
            return _said(sentence, phrase, person, found)
    return None


def _subjects(sentence: _Sentence, before: int, people: PeopleLedger, subject: str | None) -> Iterator[tuple[PersonMention, int]]:
    """People named shortly before a place, nearest first, with the word after each."""
    words = sentence.words
    for end in range(before, max(0, before - _VERB_GAP), -1):
        word = words[end - 1]
        if word.lower in ("he", "she") and subject:
            yield PersonMention(Span(sentence.paragraph, word.start, word.end), word.text, subject), end
        elif word.is_capital and (size := name_until(words, end)):
            yield _person(sentence, end - size, size, people), end


def _said(sentence: _Sentence, phrase: RolePhrase, person: PersonMention, verb: re.Match[str]) -> FoundOffice | None:
    kind = verb.lastgroup if verb.lastgroup != "adv" else None
    kind = next((name for name in ("now", "was", "became", "ended", "future") if verb[name]), kind)
    time: OfficeTime = {"now": "at", "was": "at", "became": "became", "ended": "until", "future": "future"}[kind or "now"]  # type: ignore[assignment]
    tense: Tense = "past" if kind in ("was", "became", "ended") else "future" if kind == "future" else "unknown"
    start = min(person.span.start, sentence.words[phrase.first].start)
    end = sentence.words[phrase.last - 1].end
    dated, when, until, end = _dated(sentence, sentence.words[phrase.last - 1].end, end, time)
    if phrase.is_former or verb["adv"] in ("once", "previously") and kind != "became":
        dated = "former" if not when else dated
    if phrase.is_future:
        dated = "future"
    status = _clause_status(sentence, start, end)
    if kind == "future" and status is Status.ASSERTED:
        status = Status.PLANNED
    parts = OfficeParts(person, _title(sentence, phrase), dated, tense, when, until, told=sentence.told)
    return FoundOffice(Span(sentence.paragraph, start, end), parts, status)


def _clause_status(sentence: _Sentence, start: int, end: int) -> Status:
    """The status of the clause at stake and of what introduces it."""
    body_start = sentence.words[0].start
    clause = sentence.text[start:end]
    lead = sentence.text[body_start:start]
    status = status_of(sentence.body, clause)
    if status is Status.ASSERTED and lead:
        lead_status = status_of(sentence.body, re.split(r"[,;:—]\s", lead)[-1] if len(lead) > 60 else lead)
        status = lead_status if lead_status is not Status.PLANNED else status
    return status


def _dated(sentence: _Sentence, after: int, end: int, time: OfficeTime) -> tuple[OfficeTime, DateMention | None, DateMention | None, int]:
    """The date that belongs to a claim: behind it ("since May 2013", "from 2001 to 2004"), or at the sentence's start."""
    text = sentence.text
    for number, date in enumerate(sentence.dates):
        if date.start < after:
            continue
        link = text[after : date.start]
        if len(link) > 70 or re.search(r"[;:.]|\bwhen\b|\bafter\b|\bbefore\b", link):
            break
        word = (re.findall(r"[a-z]+", link.lower()) or [""])[-1]
        if word in ("early", "mid", "late", "the"):
            word = ([*re.findall(r"[a-z]+", link.lower())] or [""])[-2:][0]
        following = sentence.dates[number + 1] if number + 1 < len(sentence.dates) else None
        if word == "since":
            return "since", date, None, date.end
        if word in ("from", "between") and following and date.year is None and date.month and following.year and following.month:
            date = replace(date, year=following.year if date.month <= following.month else following.year - 1)
        if word in ("from", "between") and following and re.fullmatch(r"\s*(?:to|until|till|through|and|–|—|-)\s*(?:the )?", text[date.end : following.start]):
            return "from-to", date, following, following.end
        if word in ("from",):
            return "since" if time == "at" else time, date, None, date.end
        if word in ("until", "till", "through"):
            return "until", date, None, date.end
        if word in ("in", "on", "") and time in ("became", "until") and len(link) < 50:
            return time, date, None, date.end
        if word in ("in", "on", "during") and time == "at" and len(link) < 12:
            return time, date, None, date.end
        break
    opening = sentence.dates[0] if sentence.dates else None
    if opening and opening.start - sentence.words[0].start <= 12 and opening.end <= after:
        lead = text[sentence.words[0].start : opening.start].strip().lower()
        if lead == "since":
            return ("since" if time == "at" else time), opening, None, end
        if lead in ("in", "on", "by", "", "in early", "in late") and time in ("became", "until", "at"):
            return time, opening, None, end
        if lead in ("from", "between") and len(sentence.dates) > 1 and time == "at":
            return "from-to", opening, sentence.dates[1], end
        if lead == "until":
            return ("until" if time == "at" else time), opening, None, end
    return time, None, None, end


def _is_chained(words: tuple[Word, ...], one: RolePhrase, other: RolePhrase) -> bool:
    between = [w.lower for w in words[one.last : other.first]]
    return between in (["and"], [",", "and"], [","], ["as", "well", "as"], ["or"]) and between != ["or"]


def _chained(sentence: _Sentence, phrase: RolePhrase, person: PersonMention, first: FoundOffice) -> FoundOffice:
    """"Borisov, Russia's deputy prime minister and a former defence minister": the second title of the same person."""
    parts = first.parts
    if not isinstance(parts, OfficeParts):
        raise TypeError("only an office can be chained to an office")
    title = _title(sentence, phrase)
    if not title.scopes:
        title = replace(title, scopes=parts.title.scopes)
    time: OfficeTime = "former" if phrase.is_former else "future" if phrase.is_future else "at"
    span = Span(sentence.paragraph, title.span.start, title.span.end)
    return FoundOffice(span, OfficeParts(person, title, time, parts.tense, None, None, parts.form, sentence.told), first.status)


def _led(sentence: _Sentence, people: PeopleLedger, subject: str | None) -> list[FoundOffice]:
    """"X, who had been in charge of the Russian space programme since May 2013", "she has led the agency"."""
    found = []
    words = sentence.words
    for place in range(1, len(words)):
        if words[place - 1].lower not in _LEAD_LAST:
            continue
        match = None
        for person, gap_start in _subjects(sentence, place - 1, people, subject):
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
        time, when, until, stop = _dated(sentence, words[end - 1].end, stop, time)
        role = "chair" if words[place - 1].lower in ("chairs", "chaired") else "head"
        title = OfficeTitle(Span(sentence.paragraph, words[place].start, words[end - 1].end), role, (), (scope,))
        status = _clause_status(sentence, person.span.start, stop)
        found.append(FoundOffice(Span(sentence.paragraph, person.span.start, stop), OfficeParts(person, title, time, tense, when, until, told=sentence.told), status))
    return found


_LEAD_LAST = frozenset("heads headed leads led runs ran of heading running leading run over charge helm head lead control oversees chairs chaired".split())


def _object(words: tuple[Word, ...], at: int) -> tuple[str, int]:
    """The noun phrase that is led: capitals, or an article and words up to a known kind of body."""
    from reader.claims.roles import FIELDS

    end = at
    parts: list[str] = []
    while end < len(words) and end - at < 10:
        word = words[end]
        if word.lower in ("the", "its", "his", "her", "their") and end == at:
            pass
        elif word.lower in ("'s", "’s"):
            parts.append("'s")
        elif (word.is_capital and word.text[0].isalpha()) or word.lower in FIELDS or (word.lower in ("of", "and", "for") and parts and end + 1 < len(words) and words[end + 1].is_capital):
            parts.append(word.text)
        else:
            break
        end += 1
    while parts and parts[-1].lower() in ("of", "and", "for", "'s"):
        parts.pop()
        end -= 1
    if end < len(words) and parts and words[end].text.isalpha() and words[end].text.islower() and words[end].lower not in _MAY_FOLLOW_TITLE:
        return "", end
    return scope_text(tuple(parts)), end


_SUCCESSION_WORDS = frozenset({"predecessor", "successor", "replaced", "succeeded"})


def _successions(sentence: _Sentence, people: PeopleLedger, phrases: list[RolePhrase]) -> list[FoundOffice]:
    """"replaced A with B", "B replaced A", "B succeeded A as …": who followed whom."""
    words = sentence.words
    found = []
    for place, word in enumerate(words):
        if word.lower not in ("replaced", "succeeded", "replaces", "succeeds"):
            continue
        passive = place >= 1 and words[place - 1].lower in ("was", "were", "been", "is", "be")
        title = next((_title(sentence, p) for p in phrases if p.first > place), None)
        after = place + 1
        if passive:
            subject_end = place - (2 if words[place - 1].lower == "been" else 1)
            size = name_until(words, subject_end)
            by = next((i for i in range(after, min(after + 12, len(words))) if words[i].lower == "by"), None)
            other = _named_at(sentence, by + 1, people) if by is not None else None
            if size and other:
                one = _person(sentence, subject_end - size, size, people)
                found.append(_succession(sentence, other, one, title))
            continue
        first = _named_at(sentence, after, people)
        if first is None:
            continue
        past_first = next(i for i, w in enumerate(words) if w.end >= first.span.end) + 1
        if past_first < len(words) and words[past_first].lower == "with" and word.lower.startswith("replac"):
            second = _named_at(sentence, past_first + 1, people)
            if second:
                found.append(_succession(sentence, second, first, None))
        else:
            size = name_until(words, place - (1 if words[place - 1].lower in ("has", "had", "who", "later", "then") else 0))
            at = place - (1 if words[place - 1].lower in ("has", "had", "who", "later", "then") else 0)
            if size:
                found.append(_succession(sentence, _person(sentence, at - size, size, people), first, title))
    return found


def _predecessors(sentence: _Sentence, people: PeopleLedger, phrases: list[RolePhrase], subject: str | None) -> list[FoundOffice]:
    """"her predecessor as prime minister, A", "Bolden's successor, B": the owner is before or after the one named."""
    words = sentence.words
    found = []
    for place, word in enumerate(words):
        if word.lower not in ("predecessor", "successor"):
            continue
        start = place - 1 if place and words[place - 1].lower in ("immediate", "direct") else place
        if start < 1:
            continue
        before = words[start - 1]
        owner: PersonMention | None = None
        if before.lower in ("his", "her") and subject:
            owner = PersonMention(Span(sentence.paragraph, before.start, before.end), before.text, subject)
        elif before.lower in ("'s", "’s") and (size := name_until(words, start - 1)):
            owner = _person(sentence, start - 1 - size, size, people)
        title_phrase = next((p for p in phrases if place < p.first <= place + 3), None)
        at = title_phrase.last if title_phrase else place + 1
        if at < len(words) and words[at].text == ",":
            at += 1
        other = _named_at(sentence, at, people)
        if owner is None or other is None:
            continue
        title = _title(sentence, title_phrase) if title_phrase else None
        pair = (owner, other) if word.lower == "predecessor" else (other, owner)
        found.append(_succession(sentence, *pair, title))
    return found


def _named_at(sentence: _Sentence, at: int, people: PeopleLedger) -> PersonMention | None:
    words = sentence.words
    while at < len(words) and words[at].lower in HONORIFICS:
        at += 1
    for phrase_end in (at,):
        size = name_from(words, phrase_end)
        if size:
            return _person(sentence, phrase_end, size, people)
    return None


def _succession(sentence: _Sentence, successor: PersonMention, predecessor: PersonMention, title: OfficeTitle | None) -> FoundOffice:
    start = min(successor.span.start, predecessor.span.start)
    end = max(successor.span.end, predecessor.span.end)
    return FoundOffice(Span(sentence.paragraph, start, end), SuccessionParts(successor, predecessor, title), _clause_status(sentence, start, end))
