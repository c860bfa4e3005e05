"""One seat, several holders: a title that only one person can bear at a time, given to two people in one article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from reader.checks.consistency.contradiction import contradiction
from reader.checks.consistency.definites import definite_pairs
from reader.checks.model import Case, Ruling
from reader.claims.model import Claim, OfficeParts, Status, SuccessionParts
from reader.claims.people import same_person
from reader.knowledge.names import normal, title_key

_SINGLE = frozenset(
    (
        "president prime-minister premier first-minister chancellor king queen emperor emir sultan pope monarch "
        "governor mayor lord-mayor administrator director director-general general-director executive-director "
        "managing-director head chief boss ceo chief-executive chief-executive-officer chair chairman chairwoman "
        "chairperson secretary-general speaker head-coach coach manager captain rector principal headteacher dean "
        "attorney-general prosecutor-general minister secretary commissioner superintendent treasurer "
        "commander-in-chief chief-justice leader editor provost ombudsman secretary-of-state foreign-secretary "
        "chief-of-staff"
    ).split()
)
_ALIKE = {"boss": "head", "chief": "head", "chief executive officer": "ceo", "chief executive": "ceo", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
          "premier": "prime minister", "director-general": "director general", "secretary-general": "secretary general", "coach": "head coach"}  # fmt: skip
_Key = tuple[str, str, str]  # the role, its field, and whose it is
_BESIDE, _COMING = 400, 40  # characters
_WILL_BE = re.compile(r"\b(?:will|would|by|until|before|next|to)\b", re.IGNORECASE)
_LESSER = re.compile(
    r"\b(?:shadow|deputy|vice|assistant|associate|interim|honorary|emeritus|designate|elect|opposition|rival|co)\b",
    re.IGNORECASE,
)
_NEEDS_FIELD = frozenset({"minister", "secretary", "commissioner"})
_ACRONYM = re.compile(r"((?:[A-Z][\w&'’-]*\s(?:(?:of|and|the|for|on)\s)*){1,7}[A-Z][\w'’-]*)\s\(([A-Z][A-Za-z]{1,7})\)")
_COUNTRY_WORDS = re.compile(
    r"^(?:us|u\.s\.|american|uk|british|russian|french|german|indian|chinese|japanese|the)\s", re.IGNORECASE
)


def seat_conflicts(claims: Sequence[Claim], case: Case) -> Iterator[Ruling]:
    """For every seat with several holders: one verdict for each claim, tied to all the others."""
    acronyms = _acronyms(case)
    groups: dict[_Key, list[Claim]] = defaultdict(list)
    moved = {name for claim in claims for name in _people_who_move(claim)}
    bare: list[Claim] = []
    for claim in claims:
        parts = claim.parts
        if isinstance(parts, OfficeParts) and _is_of_one_seat(claim, parts):
            is_scoped = parts.title.scopes or parts.title.anaphoric
            if is_scoped and not _years_told(claim, parts, case):
                groups[_key(parts, acronyms)].append(claim)
            elif not is_scoped:
                bare.append(claim)
    groups = _with_anaphors(_by_one_name(groups))
    for group in (*_with_bare(groups, bare, case).values(), *definite_pairs(bare, groups, case)):
        kept = [
            c
            for c in group
            if isinstance(c.parts, OfficeParts) and not any(same_person(c.parts.person.name, name) for name in moved)
        ]
        people = _different(kept)
        if len(people) < 2:
            continue
        names = ", ".join(people[:-1]) + f" and {people[-1]}"
        first = kept[0].parts
        title = case.article.text_at(first.title.span) if isinstance(first, OfficeParts) else ""
        text = f"{_number(len(people))} people hold this office in this article: {names} ({title.removeprefix('the ').removeprefix('The ')})."
        yield from contradiction(kept, case, text)


def _with_anaphors(groups: dict[_Key, list[Claim]]) -> dict[_Key, list[Claim]]:
    """ "The agency's administrator" is that of the one agency whose administrator the article names, if there is only one."""
    named = {key: list(found) for key, found in groups.items() if key[2]}
    for (role, _, scope), found in groups.items():
        owners = [key for key in named if key[0] == role]
        if not scope and len(owners) == 1:
            named[owners[0]] += found
    return named


def _by_one_name(groups: dict[_Key, list[Claim]]) -> dict[_Key, list[Claim]]:
    """The United Nations are the UN, where both are written."""
    merged: dict[_Key, list[Claim]] = defaultdict(list)
    for (role, field, scope), found in groups.items():
        initials = "".join(word[0] for word in scope.split())
        short = (role, field, initials)
        merged[short if " " in scope and short in groups else (role, field, scope)] += found
    return merged


def _with_bare(groups: dict[_Key, list[Claim]], bare: Sequence[Claim], case: Case) -> dict[_Key, list[Claim]]:
    """ "Union president B" is that of the Chess Union, where that is the only one whose president the article names."""
    found = {key: list(group) for key, group in groups.items()}
    for claim in bare:
        parts = claim.parts
        if not isinstance(parts, OfficeParts) or _years_told(claim, parts, case):
            continue
        role, field, _ = _key(parts, {})
        owners = [key for key in groups if key[0] == role and key[2]]
        if len(owners) != 1:
            continue
        _, of_field, scope = owners[0]
        if not of_field and field and scope.split()[-1] == field:
            found[owners[0]].append(claim)
    return found


def _years_told(claim: Claim, parts: OfficeParts, case: Case) -> bool:
    """Whether dates beside the title may make it a title of another time; what will be in 2030 does not."""
    for date in parts.told:
        if abs(date.start - claim.span.start) < _BESIDE and date.year is not None:
            before = case.article.paragraphs[claim.span.paragraph].text[max(0, date.start - _COMING) : date.start]
            if not _WILL_BE.search(before):
                return True
    return False


def _is_of_one_seat(claim: Claim, parts: OfficeParts) -> bool:
    """Whether a claim gives a seat for one to somebody, without any sign of another time."""
    title = parts.title
    role = title.role.replace(" ", "-")
    if (
        claim.status is not Status.ASSERTED
        or parts.time != "at"
        or parts.tense != "unknown"
        or title.acting
        or title.ordinal
    ):
        return False
    if _LESSER.search(claim.text) or role not in _SINGLE or len(parts.person.name.split()) < 2:
        return False
    if title.role in _NEEDS_FIELD and not title.field and not any(" " in s for s in title.scopes):
        return False
    return parts.when is None


def _people_who_move(claim: Claim) -> Iterator[str]:
    """People whom the article also calls former, new or coming, or who follow one another: their seat changes hands in it."""
    parts = claim.parts
    if isinstance(parts, SuccessionParts):
        yield parts.successor.name
        yield parts.predecessor.name
    elif isinstance(parts, OfficeParts) and (
        parts.time in ("former", "became", "until", "future", "from-to")
        or claim.status is Status.PLANNED
        or parts.title.acting
        or parts.tense == "past"
    ):
        yield parts.person.name


def _key(parts: OfficeParts, acronyms: dict[str, str]) -> _Key:
    title = parts.title
    scope = " ".join(sorted(_scope(s, acronyms) for s in title.scopes))
    return _ALIKE.get(title.role, title.role), title_key(" ".join(title.field)) if title.field else "", scope


def _scope(text: str, acronyms: dict[str, str]) -> str:
    bare = normal(_COUNTRY_WORDS.sub("", _bare(text)) if len(text.split()) > 2 else text)
    bare = acronyms.get(bare, bare)
    return _stem(bare) if " " not in bare else bare


def _bare(scope: str) -> str:
    return scope.removesuffix("'s").removesuffix("’s")


def _stem(word: str) -> str:
    """A country's or place's name and its demonym mostly share their beginning ("Norway", "Norwegian")."""
    return word[:4] if len(word) > 4 else word


def _acronyms(case: Case) -> dict[str, str]:
    """ "National Aeronautics and Space Administration (NASA)": long forms and what the article shortens them to."""
    found: dict[str, str] = {}
    for paragraph in case.article.paragraphs:
        for match in _ACRONYM.finditer(paragraph.text) if "(" in paragraph.text else ():
            found[normal(_COUNTRY_WORDS.sub("", match[1]))] = normal(match[2])
    return found


def _different(claims: Sequence[Claim]) -> list[str]:
    people: list[str] = []
    for claim in claims:
        if isinstance(claim.parts, OfficeParts) and not any(
            same_person(claim.parts.person.name, name) for name in people
        ):
            people.append(claim.parts.person.name)
    return people


def _number(count: int) -> str:
    return {2: "Two", 3: "Three", 4: "Four", 5: "Five"}.get(count, str(count))
