"""Titles beside a name: before it, after it as an apposition, and a second one joined to the first."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from reader.article.model import Span
from reader.claims.model import OfficeParts, OfficeTime, PersonMention, Status
from reader.claims.offices.dated import date_of
from reader.claims.offices.sentence import MAY_FOLLOW_TITLE, FoundOffice, Sentence, person_at, title_of
from reader.claims.people import PeopleLedger
from reader.claims.roles import RolePhrase
from reader.claims.status import title_status
from reader.claims.words import HONORIFICS, Word, name_from, name_until
from reader.language.datetext import Tense

_APPOSITION_END = frozenset(
    {
        ",",
        ".",
        ";",
        ")",
        "-",
        "–",
        "—",
        ":",
        "since",
        "from",
        "until",
        "who",
        "and",
        "between",
        "whose",
        "but",
        "at",
        "when",
        "till",
        "?",
        "!",
    }
)


_TITLE_PREPOSITIONS = frozenset({"to", "of", "for"})


_RANK_LOWERING = frozenset(
    (
        "associate assistant deputy vice under junior co sub regional senior honorary shadow presidential "
        "assistant-deputy principal joint lead"
    ).split()
)


_CHIEF_LIKE = frozenset({"chief", "head", "executive", "director", "general", "commander"})


_RELATED_PEOPLE = frozenset(
    (
        "aide adviser advisor spokesman spokeswoman spokesperson wife husband son daughter brother sister friend "
        "ally critic deputy lawyer rival assistant secretary counsel envoy successor predecessor father mother "
        "widow confidant colleague supporter opponent nephew cousin biographer portrait candidate challenger "
        "ambassador representative member editor partner widower grandson granddaughter niece uncle aunt doctor "
        "chauffeur bodyguard interpreter translator speechwriter private press chief staff office nominee bid run "
        "race campaign job post position role title post-holder deputies aides advisers"
    ).split()
)


def stands_alone(words: tuple[Word, ...], phrase: RolePhrase) -> bool:
    """Whether the role noun is the head of its phrase ("NASA chief scientist" is no chief of NASA)."""
    if phrase.first > 0 and words[phrase.first - 1].lower in _RANK_LOWERING:
        return False
    if phrase.last < len(words):
        following = words[phrase.last]
        if (
            phrase.role.split()[-1] in _CHIEF_LIKE
            and following.text.isalpha()
            and following.text.islower()
            and following.lower not in MAY_FOLLOW_TITLE
        ):
            return False
        if following.lower in ("'s", "’s") or (following.text == "-" and following.end < len(words)):
            return False
    if phrase.right_scope and "'s" in phrase.right_scope and phrase.last < len(words):
        following = words[phrase.last]
        if following.text.isalpha() and following.text.islower() and following.lower not in MAY_FOLLOW_TITLE:
            return False
    return True


def title_before(sentence: Sentence, phrase: RolePhrase, people: PeopleLedger) -> FoundOffice | None:
    """ "NASA administrator Robert Lightfoot"; "the prime minister, Erna Solberg,"; "ROLE and former astronaut NAME"."""
    words, at = sentence.words, phrase.last
    if swallowed := _name_in_scope(words, phrase):
        shorter, at, size = swallowed
        return _titled(sentence, shorter, person_at(sentence, at, size, people), "before")
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
    if (
        not comma
        and phrase.definite
        and not phrase.right_scope
        and not phrase.left_scope
        and not phrase.field
        and size == 1
    ):
        return None
    return _titled(sentence, phrase, person_at(sentence, at, size, people), "before")


def _name_in_scope(words: tuple[Word, ...], phrase: RolePhrase) -> tuple[RolePhrase, int, int] | None:
    """ "Prime Minister of Norway Jonas Gahr Støre": the name that the run of capitals after "of" has taken in."""
    run = phrase.last
    while run > phrase.first and words[run - 1].is_capital and words[run - 1].text[0].isalpha():
        run -= 1
    length = phrase.last - run
    if (
        not phrase.right_scope
        or length < 3
        or words[run - 1].lower not in ("of", "the", "for")
        or (phrase.last < len(words) and words[phrase.last].lower in ("'s", "’s", "and", "of"))
    ):
        return None
    whose = 2 if words[run].lower in _TWO_WORD_PLACES and length >= 4 else 1
    size = length - whose
    if not 2 <= size <= 4 or name_from(words, run + whose) != size:
        return None
    scope = phrase.right_scope[: len(phrase.right_scope) - size]
    return replace(phrase, last=run + whose, right_scope=scope), run + whose, size


_TWO_WORD_PLACES = frozenset(
    (
        "new south north west east united saudi sri costa el san santa los las great hong sierra burkina papua "
        "cape puerto ivory"
    ).split()
)


def _closes(words: tuple[Word, ...], at: int, phrase: RolePhrase, sentence: Sentence) -> bool:
    if at >= len(words) or words[at].text in (",", ".", ";", ")", "—", "–", ":", "!", "?"):
        return True
    return words[at].lower in ("and", "who")


def _belongs_to_other(words: tuple[Word, ...], phrase: RolePhrase) -> bool:
    """ "an aide to the president, John Smith," may be naming the aide."""
    at = phrase.first - 1
    return at >= 1 and words[at].lower in _TITLE_PREPOSITIONS and words[at - 1].lower in _RELATED_PEOPLE


def _after_second_title(words: tuple[Word, ...], at: int) -> tuple[int, int]:
    """Past "and former space shuttle astronaut" to the name, when nothing but lower-case words stands between."""
    for place in range(at, min(at + 7, len(words))):
        word = words[place]
        if word.is_capital:
            size = name_from(words, place)
            return (place, size) if size >= 2 and place > at else (place, 0)
        if not word.text.isalpha() or word.lower in MAY_FOLLOW_TITLE - {"of", "to", "for", "in"}:
            break
    return at, 0


def title_after(sentence: Sentence, phrase: RolePhrase, people: PeopleLedger) -> FoundOffice | None:
    """ "Elon Musk, the CEO of SpaceX," and "Bill Nelson, 79, NASA's administrator since May 2021"."""
    words, at = sentence.words, phrase.first - 1
    if (
        at >= 1
        and words[at].lower in ("now", "then", "currently", "formerly", "once", "also")
        and words[at - 1].text == ","
    ):
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
    if (
        words[at].text == ","
        and at - size >= 1
        and words[at - size - 1].lower in ("to", "in", "at", "near", "from")
        and size == 1
    ):
        return None
    return _titled(sentence, phrase, person_at(sentence, at - size, size, people), "after")


def _apposition_comma(words: tuple[Word, ...], at: int) -> int | None:
    """The comma after the name in "Charles Bolden, a former shuttle commander and the 12th administrator"."""
    for place in range(at - 1, max(0, at - 10), -1):
        if words[place].text == ",":
            return place if words[place + 1].lower in ("a", "an", "the") and words[place - 1].is_capital else None
        if not words[place].text.replace("-", "").isalnum():
            return None
    return None


def _titled(
    sentence: Sentence, phrase: RolePhrase, person: PersonMention, form: Literal["before", "after"]
) -> FoundOffice:
    time: OfficeTime = "former" if phrase.is_former else "future" if phrase.is_future else "at"
    status = title_status(sentence.body)
    when = until = None
    tense: Tense = "unknown"
    end = max(person.span.end, sentence.words[phrase.last - 1].end)
    if form == "after" and time == "at":
        time, when, until, end = date_of(sentence, sentence.words[phrase.last - 1].end, end, time)
    if phrase.is_then:
        time, tense = "at", "past"
        when = when or next(iter(sentence.dates), None)
    lead = [w.lower for w in sentence.words[max(0, phrase.first - 3) : phrase.first]]
    if _SUCCESSION_WORDS & set(lead):
        status = Status.UNREAL
    parts = OfficeParts(person, title_of(sentence, phrase), time, tense, when, until, form, sentence.told)
    start = min(person.span.start, sentence.words[phrase.first].start)
    return FoundOffice(Span(sentence.paragraph, start, end), parts, status)


def is_chained(words: tuple[Word, ...], one: RolePhrase, other: RolePhrase) -> bool:
    """Whether a second title is joined to the first by "and" or a comma."""
    between = [w.lower for w in words[one.last : other.first]]
    return between in (["and"], [",", "and"], [","], ["as", "well", "as"], ["or"]) and between != ["or"]


def second_title(sentence: Sentence, phrase: RolePhrase, person: PersonMention, first: FoundOffice) -> FoundOffice:
    """ "Borisov, Russia's deputy prime minister and a former defence minister": the second title of the same person."""
    parts = first.parts
    if not isinstance(parts, OfficeParts):
        raise TypeError("only an office can be chained to an office")
    title = title_of(sentence, phrase)
    if not title.scopes:
        title = replace(title, scopes=parts.title.scopes)
    time: OfficeTime = "former" if phrase.is_former else "future" if phrase.is_future else "at"
    span = Span(sentence.paragraph, title.span.start, title.span.end)
    return FoundOffice(
        span, OfficeParts(person, title, time, parts.tense, None, None, parts.form, sentence.told), first.status
    )


_SUCCESSION_WORDS = frozenset({"predecessor", "successor", "replaced", "succeeded"})
