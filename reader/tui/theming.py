"""Themes as small TOML files: a palette and the verdicts' colours, checked before Textual sees them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tomli
from textual.color import Color, ColorParseError
from textual.theme import Theme

from reader.article.clean import clean_line
from reader.library import COLOURS
from reader.resources import resource_dir
from reader.settings import config_dir, nearest
from reader.tui.contrast import LEAST_WORD, luminance, ratio

DEFAULT_THEME = "caveat-dark"
NO_COLOR_THEME = "terminal-dark"
_PALETTE = ("background", "surface", "panel", "foreground", "primary", "secondary", "accent", "muted", "rule", "focus")
_VERDICTS = ("supported", "refuted", "conflicting", "not-enough-evidence", "not-checkable")
VARIABLE_DEFAULTS = {
    "muted": "ansi_default",
    "rule": "ansi_default",
    "focus": "ansi_default",
    **{f"verdict-{v}": "ansi_default" for v in _VERDICTS},
    **{f"note-{name}": f"ansi_{name.replace('pink', 'magenta')}" for name in COLOURS},
}
_NOTE_HUES = {"yellow": "#ffd400", "green": "#22c55e", "blue": "#3b82f6", "pink": "#ec4899"}
_TINTS = (0.2, 0.17, 0.14, 0.11, 0.08, 0.05)  # of a note's hue in the background
_ANSI_EXTRAS = {
    "block-cursor-foreground": "ansi_black", "block-cursor-background": "ansi_white", "input-cursor-background": "ansi_black", "input-cursor-foreground": "ansi_bright_white",
    "input-cursor-text-style": "none", "border-blurred": "ansi_black", "ansi-background": "ansi_black", "ansi-foreground": "ansi_white",
    "screen-selection-background": "ansi_bright_blue", "screen-selection-foreground": "ansi_black", "input-selection-background": "ansi_bright_blue", "input-selection-foreground": "ansi_black",
}  # fmt: skip


class ThemeError(Exception):
    """A theme file is wrong; the message is one line with file and key."""


@dataclass(frozen=True, slots=True)
class Themes:
    """All themes that can be used, shipped and the reader's own, and what was wrong with any file."""

    themes: tuple[Theme, ...]
    problems: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, in order."""
        return tuple(theme.name for theme in self.themes)


def load_themes() -> Themes:
    """The shipped themes and those in the config folder's `themes/`; a broken file is left out and said."""
    found: dict[str, Theme] = {}
    problems: list[str] = []
    own = config_dir() / "themes"
    paths = sorted((resource_dir("styles") / "themes").glob("*.toml")) + (
        sorted(own.glob("*.toml")) if own.is_dir() else []
    )
    for path in paths:
        try:
            theme = read_theme(path)
            found[theme.name] = theme
        except ThemeError as error:
            problems.append(str(error))
    return Themes(tuple(found.values()), tuple(problems))


def own_names() -> frozenset[str]:
    """The names of the reader's own themes, as their files give them."""
    names = set()
    for path in (config_dir() / "themes").glob("*.toml"):
        with contextlib.suppress(ThemeError):  # it is said where the themes are loaded
            names.add(read_theme(path).name)
    return frozenset(names)


class ThemeWatch:
    """Says whether the reader's own theme files have changed since it was last asked."""

    def __init__(self) -> None:
        self._seen = self._now()

    def has_changed(self) -> bool:
        """Whether a file has come, gone or been written."""
        before, self._seen = self._seen, self._now()
        return before != self._seen

    def _now(self) -> tuple[tuple[str, int, int], ...]:
        found = []
        for path in (config_dir() / "themes").glob("*.toml"):
            with contextlib.suppress(OSError):  # gone since it was listed
                stat = path.stat()
                found.append((path.name, stat.st_mtime_ns, stat.st_size))
        return tuple(sorted(found))


def read_theme(path: Path) -> Theme:
    """One theme file. Raises ThemeError with file, key and the nearest right name."""
    shown = clean_line(str(path))
    try:
        data = tomli.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ThemeError(f"{shown}: cannot be read ({clean_line(str(error))})") from error
    name = data.get("name")
    if not isinstance(name, str) or not name.replace("-", "").replace("_", "").isalnum():
        raise ThemeError(f"{shown}: name: must be letters, digits and hyphens in quotes")
    for key in data:
        if key not in ("name", "dark", "ansi", "palette", "verdicts"):
            raise ThemeError(
                f"{shown}: {clean_line(str(key))}: no such key{nearest(str(key), ('name', 'dark', 'ansi', 'palette', 'verdicts'))}"
            )
    palette = _colours(data.get("palette"), _PALETTE, "palette", shown)
    verdicts = _colours(data.get("verdicts"), _VERDICTS, "verdicts", shown)
    ansi = bool(data.get("ansi", False))
    variables = {
        "muted": palette["muted"],
        "rule": palette["rule"],
        "focus": palette["focus"],
        **{f"verdict-{k}": v for k, v in verdicts.items()},
        **({} if ansi else _note_tints(palette["background"], verdicts.values())),
    }
    return Theme(
        name=name,
        primary=palette["primary"],
        secondary=palette["secondary"],
        accent=palette["accent"],
        foreground=palette["foreground"],
        background=palette["background"],
        surface=palette["surface"],
        panel=palette["panel"],
        boost="ansi_default" if ansi else None,
        warning=verdicts["conflicting"],
        error=verdicts["refuted"],
        success=verdicts["supported"],
        dark=bool(data.get("dark", True)),
        ansi=ansi,
        variables={**(_ANSI_EXTRAS if ansi else {}), **variables},
    )


def _note_tints(background: str, verdicts: Iterable[str]) -> dict[str, str]:
    """The background with as much of each note's hue in it as leaves the verdicts' colours legible."""
    ground, over = Color.parse(background), [luminance(Color.parse(verdict)) for verdict in verdicts]
    tints = {}
    for name, hue in _NOTE_HUES.items():
        mixed = [ground.blend(Color.parse(hue), tint) for tint in _TINTS]
        legible = (m for m in mixed if _is_legible(luminance(m), over))
        tints[f"note-{name}"] = next(legible, mixed[-1]).hex6
    return tints


def _is_legible(under: float, over: Iterable[float]) -> bool:
    return all(ratio(under, colour) >= LEAST_WORD for colour in over)


def _colours(data: object, keys: tuple[str, ...], table: str, shown: str) -> dict[str, str]:
    if not isinstance(data, dict):
        raise ThemeError(f"{shown}: {table}: must be a table, [{table}]")
    for key in data:
        if key not in keys:
            raise ThemeError(f"{shown}: {table}.{clean_line(str(key))}: no such colour{nearest(str(key), keys)}")
    for key in keys:
        value = data.get(key)
        if not isinstance(value, str):
            raise ThemeError(f"{shown}: {table}.{key}: is missing, or no colour in quotes")
        try:
            Color.parse(value)
        except ColorParseError as error:
            raise ThemeError(f"{shown}: {table}.{key}: {clean_line(value)!r} is no colour") from error
    return {key: str(data[key]) for key in keys}
