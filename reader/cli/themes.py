"""`caveat themes`: list, show, check and begin themes."""

from __future__ import annotations

import re
from pathlib import Path

import click

from reader.cli.problems import stop, warn
from reader.resources import resource_dir
from reader.settings import config_dir, load_settings, nearest

_NAME = re.compile(r"(?m)^\s*name\s*=.*$")


def list_themes() -> int:
    """A line for each theme: its name, whether it is worn, and where it is from."""
    from reader.tui.theming import load_themes, own_names

    themes, worn, own = load_themes(), load_settings().theme, own_names()
    for problem in themes.problems:
        warn(problem)
    for theme in themes.themes:
        kind = "the terminal's own colours" if theme.ansi else "dark" if theme.dark else "light"
        mark = "*" if theme.name == worn else " "
        click.echo(f"{mark} {theme.name:<20} {kind:<28} {'yours' if theme.name in own else 'shipped'}")
    return 0


def show_theme(name: str) -> int:
    """The theme's file, as it is."""
    click.echo(_path_of(name).read_text("utf-8"), nl=False)
    return 0


def check_themes(words: tuple[str, ...]) -> int:
    """Say what is wrong with theme files, or with all themes; 1 when something is."""
    from reader.tui.contrast import weak_pairs
    from reader.tui.theming import ThemeError, read_theme

    paths = [Path(w) if Path(w).is_file() else _path_of(w) for w in words] or _all_paths()
    wrong = 0
    for path in paths:
        try:
            theme = read_theme(path)
        except ThemeError as error:
            wrong += 1
            click.echo(str(error))
            continue
        weak = [f"{path}: {n} on {ground}: contrast {ratio:.1f}, should be {least:g} or more" for n, ground, ratio, least in weak_pairs(theme)]  # fmt: skip
        wrong += bool(weak)
        click.echo("\n".join(weak) or f"{path}: good")
    return 1 if wrong else 0


def new_theme(name: str, like: str) -> int:
    """Begin a theme of one's own as a copy of another."""
    if not name.replace("-", "").replace("_", "").isalnum():
        stop(f"{name!r}: a theme's name is letters, digits and hyphens")
    path, source = _own(name), _path_of(like)
    if path.exists():
        stop(f"{path}: is there already")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_NAME.sub(f'name = "{name}"', source.read_text("utf-8"), count=1), "utf-8")
    except OSError as error:
        stop(f"{path}: cannot be written ({error.strerror})")
    click.echo(path)
    warn(f'wear it with theme = "{name}" in config.toml; a running Caveat follows every change of the file')
    return 0


def _own(name: str) -> Path:
    return config_dir() / "themes" / f"{name}.toml"


def _all_paths() -> list[Path]:
    own = config_dir() / "themes"
    return sorted((resource_dir("styles") / "themes").glob("*.toml")) + (
        sorted(own.glob("*.toml")) if own.is_dir() else []
    )


def _path_of(name: str) -> Path:
    paths = {path.stem: path for path in _all_paths()}
    if name not in paths:
        stop(f"theme {name!r}: no such theme{nearest(name, tuple(paths))}")
    return paths[name]
