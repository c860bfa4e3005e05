"""How well colours can be read on each other: the contrast ratio of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

from __future__ import annotations

from collections.abc import Iterator

from textual.color import Color
from textual.theme import Theme

LEAST_TEXT = 7.0
LEAST_WORD = 4.5
_GROUNDS = ("background", "surface", "panel")
_WORDS = ("muted", "focus", "verdict-supported", "verdict-refuted", "verdict-conflicting", "verdict-not-enough-evidence", "verdict-not-checkable")  # fmt: skip
_NOTES = ("note-yellow", "note-green", "note-blue", "note-pink")


def contrast(one: Color, other: Color) -> float:
    """The ratio of two opaque colours, 1 to 21."""
    return ratio(luminance(one), luminance(other))


def ratio(one: float, other: float) -> float:
    """The same of two luminances."""
    light, dark = (one, other) if one > other else (other, one)
    return (light + 0.05) / (dark + 0.05)


def weak_pairs(theme: Theme) -> Iterator[tuple[str, str, float, float]]:
    """Pairs of a theme that are hard to read: what, on what, the ratio, and the least that it should be.

    Text on every ground and every highlight, verdict words on them too; a terminal's own colours cannot be known.
    """
    if theme.ansi:
        return
    colours = {name: Color.parse(value) for name, value in theme.variables.items() if name in (*_WORDS, *_NOTES)}
    grounds = {name: Color.parse(getattr(theme, name)) for name in _GROUNDS} | {n: colours[n] for n in _NOTES}
    text = Color.parse(str(theme.foreground))
    for ground, under in grounds.items():
        pairs = [("foreground", text, LEAST_TEXT)]
        pairs += [
            (word, colours[word], LEAST_WORD) for word in _WORDS if ground not in _NOTES or word.startswith("verdict")
        ]
        for name, colour, least in pairs:
            found = contrast(colour, under)
            if found < least:
                yield name, ground, found, least


def luminance(colour: Color) -> float:
    """Relative luminance in sRGB."""
    parts = [value / 255 for value in colour.rgb]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
