"""The manual, made from the program itself: man page, completions, help topics, and the tables of the README.

`python -m reader.cli.manual` writes all of it anew; a test fails when what is written is no longer what the program says.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from reader import __version__
from reader.report.wording import SIGNS, WORDS

FOLDER = Path(__file__).parents[1] / "manual"
SHELLS = {"bash": "caveat.bash", "zsh": "_caveat", "fish": "caveat.fish"}
_COMPLETE = "_CAVEAT_COMPLETE"
_MEANINGS = {
    "supported": "evidence says the same",
    "refuted": "evidence says otherwise, and every gate was passed",
    "conflicting": "the article, or the evidence, says two things",
    "not-enough-evidence": "looked for where it should be, and not found",
    "not-checkable": "no rule decides it",
}
_FILES = (
    ("$XDG_CONFIG_HOME/caveat/config.toml", "settings and keys (CAVEAT_CONFIG_DIR sets the folder)"),
    ("$XDG_CONFIG_HOME/caveat/themes/*.toml", "themes of your own"),
    ("$XDG_DATA_HOME/caveat/library.sqlite", "places, marks, highlights and notes (CAVEAT_DATA_DIR sets the folder)"),
    ("$XDG_DATA_HOME/caveat/evidence.sqlite", "what was fetched from public sources"),
    ("$XDG_CACHE_HOME/caveat/", "the built-in pack, compiled from its sources"),
)
_VARIABLES = (
    ("NO_COLOR", "when it is not empty: no colours, the terminal's own alone"),
    ("BROWSER", "what opens an address, after you were shown its host"),
    ("CAVEAT_OFFLINE", "when it is not empty: ask nobody"),
    ("CAVEAT_CONFIG_DIR, CAVEAT_DATA_DIR", "where settings and data are"),
    ("CAVEAT_SOURCES_NAME_URL, CAVEAT_SOURCES_NAME_KEY", "a source's address and key"),
)
_STATUS = (("0", "read it"), ("1", "with --fail-on, and one was found"), ("2", "bad usage or input; one line says what and where"))  # fmt: skip


def topics() -> dict[str, Callable[[], str]]:
    """What `caveat help` can tell about, each made when it is asked for."""
    return {
        "keys": _keys,
        "settings": settings_file,
        "verdicts": lambda: "\n".join(f"{SIGNS[k]}  {WORDS[k]:<22} {v}" for k, v in _MEANINGS.items()),  # type: ignore[index]
        "themes": _themes,
        "files": lambda: _table(_FILES),
        "environment": lambda: _table(_VARIABLES),
        "status": lambda: _table(_STATUS),
    }


def keys_table() -> str:
    """The keys as a table in Markdown."""
    from reader.tui.keymap import Keymap

    lines = ["| keys | id | what they do |", "|---|---|---|"]
    for name, actions in Keymap().groups():
        lines.append(f"| **{name}** | | |")
        for action in actions:
            keys = ", ".join(f"`` {k} ``" if "`" in k else f"`{k}`" for k in Keymap().shown(action.id).split(", "))
            lines.append(f"| {keys} | `{action.id}` | {action.description} |")
    return "\n".join(lines)


def settings_file() -> str:
    """A config.toml with every setting at its default, each with what it is for."""
    from reader.settings import SOURCE_NAMES
    from reader.settings_file import all_settings

    lines: list[str] = []
    table = ""
    example = f"sources.{SOURCE_NAMES[0]}"
    for setting in all_settings():
        at, _, key = setting.name.rpartition(".")
        if at.startswith("sources.") and at != example:
            continue
        if at != table:
            table = at
            lines += ["", f"[{table}]" + (f"  # so too {', '.join(SOURCE_NAMES[1:])}" if at == example else "")]
        lines.append(f"{f'{key} = {_toml(setting.default)}':<36} # {setting.help}")
    return "\n".join([*lines, "", "[keys]", 'next-claim = "n, ctrl+y"     # any action of `caveat keys`; "g n" is a sequence, "none" unbinds'])  # fmt: skip


def man_page() -> str:
    """The man page, in man(7)'s macros."""
    from reader.cli.main import cli

    return "\n".join((*_head(), *_commands(cli), *_man_keys(), *_man_topics())) + "\n"


def completions(shell: str) -> str:
    """A shell's completion script, as click makes it."""
    from click.shell_completion import get_completion_class

    from reader.cli.main import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise ValueError(shell)
    made = kind(cli, {}, "caveat", _COMPLETE)
    return made.source_template % made.source_vars()


def written(root: Path) -> Iterator[tuple[Path, str]]:
    """Every generated file of a checkout with what it should hold."""
    yield FOLDER / "caveat.1", man_page()
    for shell, name in SHELLS.items():
        yield FOLDER / name, completions(shell)
    readme = root / "README.md"
    if readme.is_file():
        text = _between(readme.read_text("utf-8"), "keys", keys_table())
        yield readme, _between(text, "settings", f"```toml\n{settings_file().strip()}\n```")


def _between(text: str, name: str, made: str) -> str:
    pattern = re.compile(f"(<!-- {name} -->\n).*?(\n<!-- end of {name} -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}\n{made}\n{found[2]}", text)


def _head() -> Iterator[str]:
    yield '.\\" Made by python -m reader.cli.manual; do not edit.'
    yield f'.TH CAVEAT 1 "" "caveat {__version__}" "User Commands"'
    yield from (".SH NAME", "caveat \\- read an article beside the evidence for what it says")
    yield from (
        ".SH SYNOPSIS",
        ".B caveat",
        "[\\fIARTICLE\\fR] [\\fIOPTIONS\\fR]",
        ".br",
        ".B caveat",
        "\\fICOMMAND\\fR ...",
    )
    yield from (".SH DESCRIPTION", _roff("Opens an article (a file, a web address, or - for standard input) in a split view: paragraphs on the left, and beside each one the verdicts on what it claims, with evidence, dated and sourced. Without ARTICLE it opens what was read last, or the sample."))  # fmt: skip


def _commands(group: click.Group) -> Iterator[str]:
    yield ".SH COMMANDS"
    for path, command in _walk(group, ()):
        context = click.Context(command, info_name=" ".join(path))
        usage = command.get_usage(context).removeprefix("Usage: ")
        yield from (".SS " + _roff(" ".join(("caveat", *path)) if path != ("read",) else "caveat [ARTICLE]"), _roff(f"caveat {usage}".replace("caveat read ", "caveat ")), ".PP")  # fmt: skip
        yield _roff(" ".join((command.help or "").replace("\b", "").split()))
        for param in command.params:
            record = param.get_help_record(context)
            if record:
                yield from (".TP", f".B {_roff(record[0])}", _roff(record[1]))


def _walk(group: click.Group, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in sorted(group.commands.items(), key=lambda pair: (pair[0] != "read", pair[0])):
        if command.hidden and name != "read":
            continue
        yield (*above, name), command
        if isinstance(command, click.Group):
            yield from _walk(command, (*above, name))


def _man_keys() -> Iterator[str]:
    from reader.tui.keymap import Keymap

    yield ".SH KEYS"
    for name, actions in Keymap().groups():
        yield f".SS {_roff(name)}"
        for action in actions:
            yield from (".TP", f".B {_roff(Keymap().shown(action.id))}", _roff(f"{action.description} ({action.id})"))


def _man_topics() -> Iterator[str]:
    yield from (".SH VERDICTS", ".nf", _roff(topics()["verdicts"]()), ".fi")
    yield from (".SH SETTINGS", ".nf", _roff(settings_file()), ".fi")
    for name, rows in (("FILES", _FILES), ("ENVIRONMENT", _VARIABLES), ("EXIT STATUS", _STATUS)):
        yield f".SH {name}"
        for what, words in rows:
            yield from (".TP", f".B {_roff(what)}", _roff(words))


def _roff(text: str) -> str:
    """Text that no macro and no escape can be read into."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("'", "\\(aq")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in text.split("\n"))


def _keys() -> str:
    from reader.settings import load_settings
    from reader.tui.keymap import Keymap

    keymap = Keymap.from_settings(load_settings().keys)
    parts = []
    for name, actions in keymap.groups():
        rows = [f"  {keymap.shown(a.id):<18} {a.id:<20} {a.description}" for a in actions]
        parts.append("\n".join((name, *rows)))
    return "\n\n".join(parts)


def _themes() -> str:
    return textwrap.dedent(
        """\
        caveat themes list         the themes, and which one is worn
        caveat themes new mine     begin one of your own; a running Caveat follows every change of its file
        caveat themes check mine   every key, and whether text and verdicts can be read (WCAG 2.2)

        theme = "auto" takes dark_theme or light_theme, as the terminal's background is. terminal-dark and
        terminal-light are made of the terminal's own colours."""
    )


def _table(rows: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{what}\n    {words}" for what, words in rows)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[]"
    return f'"{value}"' if isinstance(value, str) else str(value)


if __name__ == "__main__":
    for path, text in written(FOLDER.parents[1]):
        path.write_text(text, "utf-8")
        print(path, file=sys.stderr)
