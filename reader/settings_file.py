"""The settings as a list made from their types, and the file they are written to, its comments kept.

What each one is for is the docstring under it in `settings.py`: there is no second list that could say something else.
"""

from __future__ import annotations

import ast
import inspect
import os
import tempfile
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from reader import settings as typed
from reader.article.clean import clean_line
from reader.settings import Checking, Reading, Settings, Sources, SourceSettings, config_dir, load_settings

Kind = Literal["switch", "choice", "number", "text", "list"]
_KINDS: dict[Any, Kind] = {bool: "switch", int: "number", float: "number", str: "text"}
_TABLES: dict[str, type] = {"reading": Reading, "checking": Checking, "sources": Sources}


class SettingError(Exception):
    """A setting cannot be changed; the message is one line."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name as in config.toml ("reading.width"), what it is for, and what it may be."""

    name: str
    kind: Kind
    help: str
    default: object
    choices: tuple[str, ...] = ()

    def value(self, settings: Settings) -> object:
        """What it is now."""
        table, _, key = self.name.rpartition(".")
        if table.startswith("sources."):
            return getattr(settings.sources.each.get(table.partition(".")[2], SourceSettings()), key)
        return getattr(getattr(settings, table) if table else settings, key)

    def read(self, text: str) -> object:
        """What somebody typed, as its value. Raises SettingError."""
        text = text.strip()
        try:
            match self.kind:
                case "number":
                    return type(self.default)(text)  # type: ignore[call-arg]
                case "list":
                    return [part.strip() for part in text.split(",") if part.strip()]
                case "switch" | "choice":
                    return {"true": True, "false": False}[text] if self.kind == "switch" else text
        except (ValueError, KeyError) as error:
            raise SettingError(f"{self.name}: {clean_line(text)!r} is no {self.kind}") from error
        return text


def all_settings() -> tuple[Setting, ...]:
    """Every setting but the keys, in the order of the file."""
    found = [_setting(Settings, key, "") for key in ("theme", "dark_theme", "light_theme")]
    for table, kind in _TABLES.items():
        found += [_setting(kind, f.name, table) for f in fields(kind) if f.name != "each"]
    for source in typed.SOURCE_NAMES:
        found += [
            _setting(SourceSettings, f.name, f"sources.{source}") for f in fields(SourceSettings) if f.name != "key"
        ]
    return tuple(found)


def write_setting(setting: Setting, value: object, path: Path | None = None) -> Settings:
    """Write one setting into the file and nothing else; gives the settings as they are then. Raises SettingError."""
    import tomlkit
    from tomlkit.exceptions import ParseError

    path = (path or config_dir() / "config.toml").resolve()
    try:
        before = path.read_bytes().decode("utf-8") if path.exists() else ""
        document = tomlkit.parse(before)
    except (OSError, UnicodeDecodeError, ParseError) as error:
        raise SettingError(f"{path}: cannot be read ({clean_line(str(error))}); nothing was written") from error
    *tables, key = setting.name.split(".")
    at: Any = document
    for table in tables:
        if not isinstance(at.get(table, {}), dict):
            raise SettingError(f"{path}: {table}: is no table; nothing was written")
        at = at.setdefault(table, tomlkit.table())
    at[key] = value
    return _write(path, tomlkit.dumps(document), setting)


def _write(path: Path, text: str, setting: Setting) -> Settings:
    """Put a file in another's place whole, if the setting in it is right, or not at all. Raises SettingError."""
    spare: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        spare = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
        after = load_settings(spare)
        if problem := next((p for p in after.problems if f": {setting.name}:" in p), None):
            why = problem.removeprefix(f"{clean_line(name)}: ").rpartition("; ")[0]
            raise SettingError(f"{path}: {why}; nothing was written")
        if path.exists():
            spare.chmod(path.stat().st_mode & 0o777)
        spare.replace(path)
    except OSError as error:
        raise SettingError(f"{path}: cannot be written ({clean_line(error.strerror or str(error))})") from error
    finally:
        if spare is not None:
            spare.unlink(missing_ok=True)
    return after


def _setting(kind: type, key: str, table: str) -> Setting:
    hint = get_type_hints(kind)[key]
    default = next(f.default for f in fields(kind) if f.name == key) if is_dataclass(kind) else None
    choices = get_args(hint) if get_origin(hint) is Literal else ()
    shape: Kind = "choice" if choices else _KINDS.get(hint, "list")
    return Setting(f"{table}.{key}".lstrip("."), shape, _docs(kind).get(key, ""), default, choices)


def _docs(kind: type) -> dict[str, str]:
    """The docstrings under a class's attributes (PEP 257)."""
    body = next(
        n for n in ast.parse(inspect.getsource(typed)).body if isinstance(n, ast.ClassDef) and n.name == kind.__name__
    )
    docs = {}
    for line, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and isinstance(after, ast.Expr):
            value = after.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                docs[line.target.id] = value.value
    return docs
