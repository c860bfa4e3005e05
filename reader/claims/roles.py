"""Office titles as journalists write them: role, field and whose it is, from the words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.claims.role_words import FIELDS, MODIFIERS, ROLES
from reader.claims.words import HONORIFICS, MONTH_WORDS, Word

_LONGEST_ROLE = max(len(role) for role in ROLES)
_ROLE_LAST = frozenset(role[-1] for role in ROLES)
_PARTICIPLES = frozenset({"appointed", "elected", "re-elected", "designated", "first", "deposed", "ousted", "jailed"})
_AUXILIARIES = frozenset(
    ["is", "was", "were", "be", "been", "being", "has", "had", "have", "got", "first", "re", "newly"]
) - {"newly"}
_LINKS = frozenset({"of", "for", "to", "at", "on", "in"})
_FORMER = frozenset({"former", "ex", "late", "ousted", "one-time", "onetime", "deposed"})
_THEN = frozenset({"then", "then-"})
_FUTURE = frozenset({"incoming", "designated", "elected"})
_ACTING = frozenset({"acting", "interim", "caretaker", "transitional"})
_ORDINALS = {
    w: n
    for n, w in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth"
        ).split(),
        1,
    )
}
_ORDINAL = re.compile(r"^(\d{1,3})(?:st|nd|rd|th)$")
_EX = re.compile(r"^(ex|then|acting|ex)-(.+)$")


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A title found among words: word range, role, field words, the words that may name whose it is, modifiers."""

    first: int
    last: int
    role: str
    field: tuple[str, ...]
    left_scope: tuple[str, ...]
    right_scope: tuple[str, ...]
    modifiers: frozenset[str]
    ordinal: int | None
    definite: bool

    @property
    def is_former(self) -> bool:
        """ "former", "ex-", "outgoing": the term is over or about to be."""
        return bool(self.modifiers & _FORMER)

    @property
    def is_then(self) -> bool:
        """ "then-": held at the time told of."""
        return bool(self.modifiers & _THEN)

    @property
    def is_future(self) -> bool:
        """ "incoming", "-elect", "-designate": not yet held."""
        return bool(self.modifiers & _FUTURE) or "elect" in self.modifiers

    @property
    def is_acting(self) -> bool:
        """ "acting", "interim": held for somebody to come."""
        return bool(self.modifiers & _ACTING)


def role_phrases(words: tuple[Word, ...]) -> list[RolePhrase]:
    """All titles in a sentence, left to right, each as wide as its words allow."""
    found: list[RolePhrase] = []
    at = 0
    while at < len(words):
        size = _role_size(words, at)
        if size:
            phrase = _expand(words, at, size)
            if phrase:
                found.append(phrase)
                at = max(phrase.last, at + size)
                continue
        at += 1
    return found


def _role_size(words: tuple[Word, ...], at: int) -> int:
    if words[at].lower not in _FIRST_WORDS and not _EX.match(words[at].lower):
        return 0
    for size in range(min(_LONGEST_ROLE, len(words) - at), 0, -1):
        if tuple(_bare(w.lower) for w in words[at : at + size]) in ROLES:
            return size
    return 0


_FIRST_WORDS = (
    frozenset(role[0] for role in ROLES)
    | {f"{role[0]}-elect" for role in ROLES}
    | {f"{role[0]}-designate" for role in ROLES}
)


_SURNAME_ROLES = frozenset({"king", "dean", "pope", "head", "chief", "provost", "rector", "coach"})
ENVOYS = frozenset(
    {
        "ambassador",
        "high commissioner",
        "deputy high commissioner",
        "permanent representative",
        "deputy permanent representative",
    }
)


def _bare(lower: str) -> str:
    if found := _EX.match(lower):
        lower = found[2]
    return lower.removesuffix("-elect").removesuffix("-designate")


def _names_follow(words: tuple[Word, ...], at: int) -> bool:
    return at < len(words) and words[at].is_capital and words[at].text[0].isalpha()


def _expand(words: tuple[Word, ...], at: int, size: int) -> RolePhrase | None:
    role = " ".join(_bare(w.lower) for w in words[at : at + size])
    if (
        size == 1
        and words[at].is_capital
        and role in _SURNAME_ROLES
        and not _names_follow(words, at + 1)
        and at
        and words[at - 1].is_capital
        and words[at - 1].lower not in MODIFIERS | FIELDS
    ):
        return None
    modifiers: set[str] = set()
    for word in words[at : at + size]:
        if ex := _EX.match(word.lower):
            modifiers.add(ex[1])
        if word.lower.endswith(("-elect", "-designate")):
            modifiers.add("elect")
    first, field, scope, definite, ordinal = _left(words, at, modifiers)
    last, right, right_field = _right(words, at + size, role)
    if last < len(words) and words[last].lower in ("elect", "designate") and words[last - 1].text == "-":
        modifiers.add("elect")
    return RolePhrase(
        first,
        last,
        role,
        tuple(dict.fromkeys((*field, *right_field))),
        scope,
        right,
        frozenset(modifiers),
        ordinal,
        definite,
    )


def _left(
    words: tuple[Word, ...], at: int, modifiers: set[str]
) -> tuple[int, tuple[str, ...], tuple[str, ...], bool, int | None]:
    """Walk left over field words, modifiers and the capitals that name whose the office is."""
    field: list[str] = []
    scope: list[str] = []
    ordinal = None
    definite = False
    first = at
    while first > 0 and at - first < 12:
        word = words[first - 1]
        lower = word.lower
        if lower in ("the", "a", "an", "his", "her", "its", "their", "our", "whose", "this"):
            definite = lower == "the"
            first -= 1
            break
        if match := _ORDINAL.match(lower):
            ordinal = int(match[1])
        elif lower in _ORDINALS and not word.is_capital:
            ordinal = _ORDINALS[lower] if not field and not scope else ordinal
            modifiers.add(lower)
        elif (ex := _EX.match(lower)) and (
            ex[2] in MODIFIERS or ex[2] in FIELDS or word.text.partition("-")[2][:1].isupper()
        ):
            modifiers.add(ex[1])
            if ex[2] in MODIFIERS:
                modifiers.add(ex[2])
            elif ex[2] in FIELDS:
                field.insert(0, ex[2])
            else:
                scope.insert(0, word.text.partition("-")[2])
        elif lower in _PARTICIPLES and first >= 2 and words[first - 2].lower in _AUXILIARIES:
            break
        elif lower in MODIFIERS and not (
            word.is_capital and scope and lower in ("new", "own", "first", "second", "third", "own")
        ):
            modifiers.add(lower)
        elif lower in ("'s", "’s"):
            scope.insert(0, "'s")
        elif scope == ["'s"] and not field and not word.is_capital and lower.isalpha() and lower not in FIELDS:
            pass  # "the town's mayor": whose it is was named before
        elif lower in FIELDS and not (word.is_capital and (scope or _names_whose(words, first - 1))):
            field.insert(0, lower)
        elif word.is_capital and lower not in HONORIFICS and (first - 1 > 0 or _opens_with_name(word)):
            scope.insert(0, word.text)
        elif lower in ("and", "&") and _joins(words, first - 1, field, scope):
            (scope if scope and scope[0][:1].isupper() else field).insert(0, lower)
        elif lower in ("of", "the") and scope and first >= 2 and words[first - 2].is_capital:
            scope.insert(0, lower)
        elif lower == "-" or (lower == "," and _comma_in_field(words, first - 1, field)):
            pass
        else:
            break
        first -= 1
    while field and field[0] in ("and", "&"):
        field.pop(0)
    return first, tuple(w for w in field if w not in ("and", "&")), _trim(scope), definite, ordinal


def _names_whose(words: tuple[Word, ...], at: int) -> bool:
    """Whether a capital field word belongs to a longer name ("Central Bank of Norway governor", "Air Force chief")."""
    return at > 0 and words[at - 1].is_capital and words[at - 1].lower not in ("the",) and at - 1 > 0


def _opens_with_name(word: Word) -> bool:
    return word.lower not in _OPENERS


_OPENERS = frozenset(
    (
        "when while after before since until if although though as but and or so yet in on at by with from for to "
        "the a an this that these those there here then now later meanwhile however both neither either outgoing "
        "incoming former acting"
    ).split()
)


def _joins(words: tuple[Word, ...], at: int, field: list[str], scope: list[str]) -> bool:
    if at == 0:
        return False
    before = words[at - 1]
    if scope and scope[0][:1].isupper():
        return (
            before.is_capital
            and at - 1 > 0
            and before.lower not in _OPENERS
            and len(scope) >= 1
            and "'s" not in scope
            and _same_name(words, at)
        )
    return bool(field) and before.lower in FIELDS


def _same_name(words: tuple[Word, ...], at: int) -> bool:
    """ "National Aeronautics and Space Administration": a name goes on past "and" when an article or preposition opens it."""
    start = at - 1
    while start > 0 and (words[start].is_capital or words[start].lower in ("and", "of")):
        start -= 1
    return words[start].lower in ("the", "of", "at") and at - start > 2


def _comma_in_field(words: tuple[Word, ...], at: int, field: list[str]) -> bool:
    return bool(field) and at > 0 and words[at - 1].lower in FIELDS and "and" in [w.lower for w in words[at : at + 5]]


def _trim(scope: list[str]) -> tuple[str, ...]:
    while scope and scope[0].lower() in ("'s", "’s", "and", "&", "of", "the"):
        scope.pop(0)
    return tuple(scope)


def _right(words: tuple[Word, ...], at: int, role: str) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Walk right over "of the US National Aeronautics and Space Administration (NASA)" or "for foreign affairs"."""
    end = at
    scope: list[str] = []
    if end >= len(words) or words[end].lower not in _LINKS:
        return end, (), ()
    if words[end].lower in ("in", "on", "at") and role not in ("head", "director", "chief", "manager"):
        return end, (), ()
    link = end
    solid = end
    end += 1
    envoy = role in ENVOYS
    while end < len(words) and end - at < 16:
        word = words[end]
        lower = word.lower
        following = words[end + 1] if end + 1 < len(words) else None
        if lower in ("the", "its", "his", "her", "their"):
            pass
        elif lower in ("'s", "’s"):
            scope.append("'s")
        elif lower in FIELDS and not word.is_capital:
            scope.append(lower)
            solid = end + 1
        elif word.is_capital and word.text[0].isalpha() and lower not in MONTH_WORDS:
            scope.append(word.text)
            solid = end + 1
        elif (
            (lower in ("of", "for", "and", "&") or (envoy and lower == "to"))
            and following
            and (following.is_capital or following.lower in FIELDS or following.lower == "the")
            and scope
        ):
            if lower == "and" and (
                following.lower == "the" or (following.is_capital and _starts_clause(words, end + 1))
            ):
                break
            scope.append(lower)
        elif lower == "," and following and following.is_capital and _list_goes_on(words, end):
            scope.append(",")
        else:
            break
        end += 1
    while scope and scope[-1].lower() in ("of", "for", "and", "&", ",", "'s", "the", "to"):
        scope.pop()
    if not scope:
        return link, (), ()
    return _past_brackets(words, solid), tuple(scope), ()


def _starts_clause(words: tuple[Word, ...], at: int) -> bool:
    """Whether the capitals after "and" are the subject of a new clause rather than part of a name."""
    end = at
    while end < len(words) and words[end].is_capital:
        end += 1
    return end < len(words) and words[end].lower in (
        "is",
        "was",
        "has",
        "had",
        "said",
        "will",
        "told",
        "are",
        "were",
        ",",
    )


def _list_goes_on(words: tuple[Word, ...], at: int) -> bool:
    """ "Trade, Industry and Energy": one capital word between commas, then "and" and another."""
    rest = [w.lower for w in words[at + 1 : at + 6]]
    return (
        len(rest) >= 3 and rest[1] in ("and", ",") and words[at + 3].is_capital and rest[0] in FIELDS
        if at + 3 < len(words)
        else False
    )


def _past_brackets(words: tuple[Word, ...], end: int) -> int:
    if end < len(words) and words[end].text == "(":
        for close in range(end + 1, min(end + 6, len(words))):
            if words[close].text == ")":
                return close + 1
    return end


def scope_text(parts: tuple[str, ...]) -> str:
    """The words that name whose an office is, joined as they were written."""
    return re.sub(r"\s+([,'’])", r"\1", " ".join(parts)).replace(" 's", "'s").strip()
