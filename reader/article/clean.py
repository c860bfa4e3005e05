"""The one door through which outside text comes in: nothing that passes can command a terminal.

Terminals act on C0 and C1 control codes (ECMA-48), and bidirectional overrides reorder what is
shown (Unicode TR 36); both are dropped, as are characters that show nothing and mean nothing here.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u00ad\u034f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # direction marks, overrides and isolates, invisible operators
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"  # byte order marks, annotation controls, tag characters
)
_SURROGATE_OR_NONCHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_SPACE_BEFORE_BREAK = re.compile(r" *\n *")
_MARKS_IN_A_ROW = 4


def clean(text: str) -> str:
    """Return `text` with no control code, bidi override or invisible character; line breaks stay.

    Canonical composition (NFC) comes last, so that offsets counted later are stable and a second cleaning changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_BREAKS.sub("\n", text)
    text = _SURROGATE_OR_NONCHARACTER.sub("\ufffd", text)
    text = unicodedata.normalize("NFC", _FORBIDDEN.sub("", text.replace("\t", "    ")))
    return text if text.isascii() else _without_mark_towers(text)


def clean_line(text: str) -> str:
    """`clean`, on one line with single spaces: for titles, names, paragraphs and messages."""
    return _SPACES.sub(" ", clean(text).replace("\n", " ")).strip()


def clean_block(text: str) -> str:
    """`clean` with single spaces and the line breaks kept: for lists, tables and verse."""
    return _SPACE_BEFORE_BREAK.sub("\n", _SPACES.sub(" ", clean(text))).strip()


def clean_url(url: str) -> str | None:
    """An http or https address in plain ASCII, or None: anything else is not followed and not shown as a link."""
    try:
        parts = urlsplit(clean_line(url))
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[A-Za-z0-9.:-]+", host):
        return None
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    safe = "/%:@!$&'()*+,;=-._~"
    return urlunsplit(
        (
            parts.scheme,
            netloc,
            quote(parts.path, safe=safe),
            quote(parts.query, safe=safe + "?"),
            quote(parts.fragment, safe=safe),
        )
    )


def _without_mark_towers(text: str) -> str:
    """Cut runs of combining marks that no script needs: they spill over the lines around them."""
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if run <= _MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept) if len(kept) != len(text) else text
