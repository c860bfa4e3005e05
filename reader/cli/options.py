"""The options that reading, checking, explaining and serving share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader import clock

if TYPE_CHECKING:
    from reader.cli.input import Asked

Command = Callable[..., None]


class Day(click.ParamType[date]):
    """An ISO day, for --today."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read YYYY-MM-DD."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date; write YYYY-MM-DD", param, ctx)


def _fix_today(ctx: click.Context, param: click.Parameter, value: date | None) -> date | None:
    if value is not None:
        clock.set_today(value)
    return value


def article_options(command: Command) -> Command:
    """The options that opening and checking share."""
    for option in (
        click.option("--as-of", metavar="DATE", help="The day the article speaks from: YYYY, YYYY-MM or YYYY-MM-DD."),
        click.option("--offline", is_flag=True, help="Never use the network."),
        click.option(
            "--allow-private", is_flag=True, help="Open web addresses on this machine and its private network too."
        ),
        click.option(
            "--pack",
            "packs",
            type=click.Path(path_type=Path),
            multiple=True,
            help="A pack of evidence to ask first (repeatable).",
        ),
        click.option("--no-builtin-pack", is_flag=True, help="Leave the built-in pack out."),
        click.option("--check", "checks", multiple=True, metavar="NAME", help="Run only this check (repeatable)."),
        click.option(
            "--max-size",
            type=click.IntRange(1),
            default=16,
            show_default=True,
            metavar="MB",
            help="The largest article to read.",
        ),
        click.option(
            "--today",
            type=Day(),
            callback=_fix_today,
            is_eager=True,
            expose_value=False,
            help="Take this for today's date.",
        ),
    ):
        command = option(command)
    return command


def asked(options: dict[str, Any]) -> Asked:
    """The shared options as one value."""
    from reader.cli.input import Asked

    return Asked(
        as_of=options["as_of"],
        offline=options["offline"],
        packs=options["packs"],
        builtin=not options["no_builtin_pack"],
        checks=options["checks"],
        max_bytes=options["max_size"] * 1024 * 1024,
        allow_private=options["allow_private"],
    )


def words(ctx: click.Context, options: dict[str, Any]) -> list[str]:
    """The shared options as they would be written, to be handed on to another process."""
    written: list[str] = []
    for param in ctx.command.params:
        if not isinstance(param, click.Option) or param.name not in options:
            continue
        value = options[param.name]
        if param.is_flag:
            written += [param.opts[0]] if value else []
        elif value is not None:
            written += [w for one in (value if param.multiple else (value,)) for w in (param.opts[0], str(one))]
    return written
