"""How names are compared: without case, accents, punctuation or a leading article."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PUNCTUATION = re.compile(r"[^\w\s]|_")
_SPELLINGS = {
    "defense": "defence", "labor": "labour", "center": "centre", "program": "programme", "organization": "organisation",
    "culture": "culture", "sports": "sport", "pensions": "pension", "prisons": "prison", "affair": "affairs",
    "economics": "economy", "economic": "economy", "transportation": "transport", "ageing": "aging", "harbor": "harbour",
}  # fmt: skip
_TITLE_STOP = frozenset(["of", "for", "the", "and", "in", "on", "to", "at", "a", "an", "its", "affairs"])


@lru_cache(maxsize=8192)
def normal(name: str) -> str:
    """The form under which a name is looked up."""
    text = name.replace("’", "'").replace("'s ", " ").removesuffix("'s").casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
        text = (
            text.replace("ł", "l")
            .replace("ø", "o")
            .replace("ð", "d")
            .replace("ı", "i")
            .replace("ß", "ss")
            .replace("æ", "ae")
            .replace("đ", "d")
        )
    text = _PUNCTUATION.sub("", text.replace("-", " ").replace("–", " "))
    words = text.split()
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def without_initials(name: str) -> str | None:
    """A name's normal form with its middle initials left out ("John H. Glenn" → "john glenn"), None when it has none."""
    words = normal(name).split()
    kept = [w for place, w in enumerate(words) if len(w) > 1 or place in (0, len(words) - 1)]
    return " ".join(kept) if len(kept) != len(words) and len(kept) >= 2 else None


def title_key(title: str, scope_names: tuple[str, ...] = ()) -> str:
    """A title's words without order, little words and whose it is: "Minister of Finance of Norway" → "finance minister".

    `scope_names` are the names and demonyms of the country or organisation to leave out.
    """
    text = f" {normal(title.replace('-', ' '))} "
    text = text.replace(" secretary of state for ", " secretary ")
    for scope in sorted((normal(s) for s in scope_names), key=len, reverse=True):
        if scope and f" {scope} " in text and text.strip() != scope:
            text = text.replace(f" {scope} ", " ", 1)
    words = [_SPELLINGS.get(w, w) for w in text.split() if w not in _TITLE_STOP]
    words = ["chair" if w in ("chairman", "chairwoman", "chairperson") else w for w in words]
    return " ".join(sorted(set(words)))
