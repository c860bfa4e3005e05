"""Who is meant: surnames and pronouns tied to the one person an article has named, or left open."""

from __future__ import annotations

from collections import OrderedDict

from reader.claims.words import HONORIFICS, NOT_NAMES, Word, name_from

_ORGANISATION_LAST = frozenset(
    (
        "house street states kingdom nations union party bank court committee council agency administration "
        "department ministry university college school hospital center centre institute museum times post journal "
        "news guardian tribune telegraph herald league cup city river island islands sea ocean lake mountain "
        "valley station airport square park bridge tower hall theatre company corporation group inc ltd corp act "
        "treaty agreement accord war battle award prize medal oscar lion bear palme globe nobel day week festival programme program project mission force "
        "army navy office commission board association federation society club team games olympics fund service "
        "republic county district region province road avenue church cathedral abbey palace castle records music "
        "studios pictures entertainment airlines airways motors dragon shuttle telescope"
    ).split()
)


class PeopleLedger:
    """The full names of an article in the order of their first mention; feed it sentence by sentence."""

    def __init__(self) -> None:
        self._full: OrderedDict[str, str] = OrderedDict()
        self._by_surname: dict[str, list[str]] = {}
        self._doubted: set[str] = set()

    def note_sentence(self, words: tuple[Word, ...]) -> None:
        """Take up every name of two or more words."""
        at = 0
        while at < len(words):
            if not words[at].is_capital:
                at += 1
                continue
            size = name_from(words, at)
            if size >= 2:
                self.note(" ".join(w.text for w in words[at : at + size]))
            at += max(size, 1)

    def note(self, name: str) -> None:
        """Take up one full name; a middle initial more or less makes no new person."""
        parts = name.split()
        while parts and parts[0].lower() in HONORIFICS:
            parts = parts[1:]
        if len(parts) < 2 or parts[-1].lower() in _ORGANISATION_LAST or parts[0].lower() in NOT_NAMES:
            return
        name = " ".join(parts)
        key = _key(name)
        if key in self._full:
            if len(name) > len(self._full[key]):
                self._full[key] = name
            return
        self._full[key] = name
        surname = _surname(parts)
        self._by_surname.setdefault(surname, []).append(key)

    def full_name(self, name: str) -> str | None:
        """The full name a surname stands for, None when it is not known or could be two people's."""
        parts = [p for p in name.split() if p.lower() not in HONORIFICS]
        if len(parts) >= 2:
            return self._full.get(_key(" ".join(parts)), " ".join(parts))
        if not parts:
            return None
        surname = parts[0].lower().rstrip(".")
        keys = self._by_surname.get(surname, [])
        return self._full[keys[0]] if len(keys) == 1 and surname not in self._doubted else None

    def is_surname(self, word: str) -> bool:
        """Whether somebody the article has named bears it as a surname."""
        return word.lower() in self._by_surname

    def doubt(self, name: str) -> None:
        """Somebody else of that name has turned up: from here on the surname alone means nobody for certain."""
        self._doubted.add(_surname(name.split()))

    def only_one(self) -> bool:
        """Whether the article has named exactly one person so far."""
        return len(self._full) == 1

    def is_noted(self, name: str) -> bool:
        """Whether a name is one of the full names taken up."""
        return _key(name) in self._full


def _surname(parts: list[str]) -> str:
    last = parts[-1].lower()
    if last.rstrip(".") in ("jr", "sr", "ii", "iii", "iv") and len(parts) > 2:
        last = parts[-2].lower()
    return last


def _key(name: str) -> str:
    parts = [p.lower() for p in name.split()]
    return " ".join(p for p in parts if not (len(p.rstrip(".")) == 1 and p not in (parts[0], parts[-1])))


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: equal but for initials, a shorter form, a suffix, or a near spelling of the given name."""
    a, b = (
        [
            w.rstrip(".").lower()
            for w in n.split()
            if w.lower() not in HONORIFICS and w.rstrip(".").lower() not in ("jr", "sr", "ii", "iii")
        ]
        for n in (one, other)
    )
    if not a or not b:
        return True
    if a == b or a[-1] in b or b[-1] in a:
        if len(a) == 1 or len(b) == 1:
            return True
        return a[-1] != b[-1] or a[0][0] == b[0][0] or a[0] in b or b[0] in a or _nickname(a[0], b[0])
    from difflib import SequenceMatcher

    return (
        len(a[-1]) > 4
        and a[-1][0] == b[-1][0]
        and SequenceMatcher(None, a[-1], b[-1]).ratio() > 0.75
        and a[0][0] == b[0][0]
    )


_NICKNAMES = {
    "bill": "william", "will": "william", "bob": "robert", "rob": "robert", "dick": "richard", "rick": "richard", "jim": "james", "jack": "john", "ted": "edward",
    "liz": "elizabeth", "beth": "elizabeth", "kate": "katherine", "peggy": "margaret", "maggie": "margaret", "sasha": "alexander", "tony": "anthony", "hank": "henry",
    "harry": "henry", "chuck": "charles", "charlie": "charles", "frank": "francisco", "joe": "joseph", "mike": "michael", "nick": "nicholas", "tom": "thomas",
    "becky": "rebecca", "sandy": "alexandra", "gus": "virgil", "buzz": "edwin", "polly": "mary", "molly": "mary", "betty": "elizabeth", "nell": "eleanor", "nora": "eleanor",
}  # fmt: skip


def _nickname(one: str, other: str) -> bool:
    return _NICKNAMES.get(one, one) == _NICKNAMES.get(other, other)
