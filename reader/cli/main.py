"""The `caveat` command: the first word that is no subcommand is the article to open."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from reader import __version__, clock

_EXAMPLES = """
Examples:

\b
  caveat                              open the sample article
  caveat story.txt                    open an article
  caveat story.html --as-of 2022-07-17
  curl -s https://example.org/a.html | caveat -
  caveat check story.md --format json
  caveat samples                      list the sample articles
  caveat pack build my.pack --entities dump.jsonl.gz

Exit status: 0 read it, 1 with --fail-on and one found, 2 bad usage or input.
"""


class ArticleOrCommand(click.Group):
    """A group whose default command is `read`: `caveat FILE --offline` and `caveat --offline FILE` open an article."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Send what is no subcommand to `read`."""
        words = [a for a in args if not a.startswith("-") or a == "-"]
        eager = args[:1] and args[0] in ("--help", "-h", "--version")
        if (
            not eager
            and not (args and args[0] in self.commands)
            and not (words and words[0] in self.commands and args[0] == words[0])
        ):
            args = ["read", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=ArticleOrCommand,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="caveat")
def cli() -> None:
    """Read an article beside the evidence for what it says."""


_Command = Callable[..., None]


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


def article_options(command: _Command) -> _Command:
    """The options that opening and checking share."""
    for option in (
        click.option("--as-of", metavar="DATE", help="The day the article speaks from: YYYY, YYYY-MM or YYYY-MM-DD."),
        click.option("--offline", is_flag=True, help="Never use the network."),
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


@cli.command("read", hidden=True)
@click.argument("article", required=False)
@article_options
def read(
    article: str | None,
    as_of: str | None,
    offline: bool,
    packs: tuple[Path, ...],
    no_builtin_pack: bool,
    checks: tuple[str, ...],
    max_size: int,
) -> None:
    """Open an article on the screen ("-" or a pipe reads standard input)."""
    from reader.cli.opening import open_screen

    open_screen(
        article, as_of=as_of, packs=packs, builtin=not no_builtin_pack, checks=checks, max_bytes=max_size * 1024 * 1024
    )


@cli.command("check")
@click.argument("article")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="What to write to standard output.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["refuted", "conflicting"]),
    multiple=True,
    help="Exit with status 1 when such a verdict is found (repeatable).",
)
@article_options
def check(
    article: str,
    form: str,
    fail_on: tuple[str, ...],
    as_of: str | None,
    offline: bool,
    packs: tuple[Path, ...],
    no_builtin_pack: bool,
    checks: tuple[str, ...],
    max_size: int,
) -> None:
    """Check an article and print what was found ("-" reads standard input)."""
    from reader.cli.checking import run_check

    sys.exit(
        run_check(
            article,
            form=form,
            fail_on=fail_on,
            as_of=as_of,
            packs=packs,
            builtin=not no_builtin_pack,
            checks=checks,
            max_bytes=max_size * 1024 * 1024,
        )
    )


@cli.command("explain")
@click.argument("article")
@click.argument("claim")
@article_options
def explain(
    article: str,
    claim: str,
    as_of: str | None,
    offline: bool,
    packs: tuple[Path, ...],
    no_builtin_pack: bool,
    checks: tuple[str, ...],
    max_size: int,
) -> None:
    """Show how a claim came to its verdicts: parse, who could be meant, statements, gates.

    CLAIM is its number in the report, its id, or some of its words.
    """
    from reader.cli.explaining import run_explain

    run_explain(
        article,
        claim,
        as_of=as_of,
        packs=packs,
        builtin=not no_builtin_pack,
        checks=checks,
        max_bytes=max_size * 1024 * 1024,
    )


@cli.command("samples")
def samples() -> None:
    """List the sample articles; `caveat NAME` opens one."""
    from reader.cli.opening import sample_articles

    for path, title in sample_articles():
        click.echo(f"{path.stem:<24} {title}")


@cli.group("pack")
def pack() -> None:
    """Build packs of evidence, and look into them."""


@pack.command("build")
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--entities",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Wikidata entity JSON: an array or one entity a line (.gz too).",
)
@click.option(
    "--pages",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Pages, one {title, extract, url, revision, wikidata} a line.",
)
@click.option("--reviews", type=click.Path(path_type=Path), multiple=True, help="A schema.org ClaimReview data feed.")
@click.option(
    "--facts",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Hand-kept facts in TOML, as under sample_articles/facts.",
)
@click.option("--snapshot", metavar="DATE", help="The day up to which the statements are known to hold.")
@click.option("--name", help="The pack's name; by default its file name.")
def pack_build(
    out: Path,
    entities: tuple[Path, ...],
    pages: tuple[Path, ...],
    reviews: tuple[Path, ...],
    facts: tuple[Path, ...],
    snapshot: str | None,
    name: str | None,
) -> None:
    """Build the pack OUT from what public sources publish."""
    from reader.cli.packs import build

    sys.exit(build(out, entities, pages, reviews, facts, snapshot, name))


@pack.command("info")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def pack_info(path: Path | None) -> None:
    """Say what a pack holds; the built-in one when PATH is left out."""
    from reader.cli.packs import info

    sys.exit(info(path))


@cli.command("keys")
def keys() -> None:
    """List the keys of the screen, as your settings have them."""
    from reader.cli.opening import print_keys

    print_keys()


def run() -> None:
    """The entry point: usage errors and broken pipes end without a traceback."""
    gc.disable()  # start-up makes nothing but what stays; what opens a screen turns it on again after the first paint
    try:
        cli()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to be flushed into it
        sys.exit(0)
