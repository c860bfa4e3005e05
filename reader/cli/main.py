"""The `caveat` command: the first word that is no subcommand is the article to open."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader import __version__
from reader.cli.options import article_options, asked, words

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


_EXAMPLES = """
Examples:

\b
  caveat                              open what was read last, or the sample article
  caveat story.txt                    open an article
  caveat story.html --as-of 2022-07-17
  caveat https://example.org/story.html
  curl -s https://example.org/a.html | caveat -
  caveat check story.md --format json
  caveat samples                      list the sample articles
  caveat pack build my.pack --entities dump.jsonl.gz

Exit status: 0 read it, 1 with --fail-on and one found, 2 bad usage or input.
"""


class ArticleOrCommand(click.Group):
    """A group whose default command is `read`: `caveat FILE --offline` and `caveat --offline FILE` open an article."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Send what is no subcommand to `read`; a shell that completes the first word wants commands too."""
        if ctx.resilient_parsing and not args:
            return super().parse_args(ctx, args)
        words = [a for a in args if not a.startswith("-") or a == "-"]
        eager = args[:1] and args[0] in ("--help", "-h", "--version")
        if (
            not eager
            and not (args and args[0] in self.commands)
            and not (words and words[0] in self.commands and args[0] == words[0])
        ):
            args = ["read", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, the samples by name, and files."""
        from click.shell_completion import CompletionItem

        from reader.cli.opening import sample_articles

        samples = [
            CompletionItem(p.stem, help=title) for p, title in sample_articles() if p.stem.startswith(incomplete)
        ]
        return [*super().shell_complete(ctx, incomplete), *samples, CompletionItem(incomplete, type="file")]


@click.group(
    cls=ArticleOrCommand,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="caveat")
def cli() -> None:
    """Read an article beside the evidence for what it says."""


@cli.command("read", hidden=True)
@click.argument("article", required=False)
@click.option("--plain", is_flag=True, help="Reading order, ASCII, no lines around it: for screen readers and braille.")
@article_options
def read(article: str | None, plain: bool, **options: Any) -> None:
    """Open an article on the screen ("-" or a pipe reads standard input)."""
    from reader.cli.opening import open_screen

    open_screen(article, asked(options), plain=plain)


@cli.command("serve")
@click.argument("article", required=False)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The port on 127.0.0.1; a free one when left out."
)
@click.option(
    "--visitors", type=click.IntRange(1, 64), default=4, show_default=True, metavar="N", help="Tabs at a time at most."
)
@article_options
@click.pass_context
def serve(ctx: click.Context, /, article: str | None, port: int, visitors: int, **options: Any) -> None:
    """Show the screen in a browser on this machine (extra `serve`); prints its address."""
    from reader.cli.input import read_article
    from reader.cli.serving import serve as run_server
    from reader.settings import load_settings

    if article == "-":
        raise click.UsageError("a browser cannot read a pipe; give a file or an address")
    wanted = asked(options)
    if article is not None:
        from reader.cli.opening import named

        article = named(article)
        read_article(article, wanted, load_settings())
    run_server([*([article] if article else []), *words(ctx, options)], port=port, visitors=visitors)


@cli.command("served", hidden=True)
@click.argument("article", required=False)
@article_options
def served(article: str | None, **options: Any) -> None:
    """One visitor's screen."""
    from reader.cli.opening import open_screen

    open_screen(article, asked(options), served=True)


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
def check(article: str, form: str, fail_on: tuple[str, ...], **options: Any) -> None:
    """Check an article and print what was found ("-" reads standard input)."""
    from reader.cli.checking import run_check

    sys.exit(run_check(article, asked(options), form=form, fail_on=fail_on))


@cli.command("explain")
@click.argument("article")
@click.argument("claim")
@article_options
def explain(article: str, claim: str, **options: Any) -> None:
    """Show how a claim came to its verdicts: parse, who could be meant, statements, gates.

    CLAIM is its number in the report, its id, or some of its words. What was fetched before is used; nothing is asked.
    """
    from reader.cli.explaining import run_explain

    run_explain(article, claim, asked({**options, "offline": True}))


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


@pack.command("save")
@click.argument("article")
@click.argument("out", type=click.Path(path_type=Path))
@article_options
def pack_save(article: str, out: Path, **options: Any) -> None:
    """Save an article with all its evidence as the pack OUT.

    `caveat OUT` opens it anywhere, without a network: whoever reads it sees just what you saw.
    """
    from reader.cli.saving import save

    sys.exit(save(article, out, asked(options)))


@cli.group("store")
def store() -> None:
    """Look after the evidence store: what was fetched once and is there offline."""


@store.command("info")
def store_info() -> None:
    """Say where the store is, how large, and what it holds."""
    from reader.cli.stores import info

    sys.exit(info())


@store.command("prune")
@click.option("--size", type=click.IntRange(0), metavar="MB", help="Down to this size; the setting's when left out.")
def store_prune(size: int | None) -> None:
    """Remove what has not been needed for longest, until the store fits."""
    from reader.cli.stores import prune

    sys.exit(prune(size))


@store.command("verify")
def store_verify() -> None:
    """Check the file and everything in it; exit status 1 when something is wrong."""
    from reader.cli.stores import verify

    sys.exit(verify())


@store.command("repair")
def store_repair() -> None:
    """Make the store anew from what can still be read; the old file is kept beside it."""
    from reader.cli.stores import repair

    sys.exit(repair())


@cli.group("sources", invoke_without_command=True)
@click.pass_context
def sources(ctx: click.Context) -> None:
    """List the public sources: where each is, what is sent there, its licence and state."""
    if ctx.invoked_subcommand is None:
        from reader.cli.sources import list_sources

        sys.exit(list_sources())


@sources.command("update")
def sources_update() -> None:
    """Fetch the feed of reviewed claims again (the one thing that is never fetched by itself)."""
    from reader.cli.sources import update

    sys.exit(update())


@cli.group("themes")
def themes() -> None:
    """List the themes, look at one, check their contrasts, begin one of your own."""


@themes.command("list")
def themes_list() -> None:
    """List the themes; a star marks the one that the settings name."""
    from reader.cli.themes import list_themes

    sys.exit(list_themes())


@themes.command("show")
@click.argument("name")
def themes_show(name: str) -> None:
    """Print a theme's file."""
    from reader.cli.themes import show_theme

    sys.exit(show_theme(name))


@themes.command("check")
@click.argument("theme", nargs=-1)
def themes_check(theme: tuple[str, ...]) -> None:
    """Check theme files (by path or name; all when left out): every key, and whether text and verdicts can be read.

    Text needs a contrast of 7, verdict words one of 4.5 (WCAG 2.2). Exit status 1 when something is wrong.
    """
    from reader.cli.themes import check_themes

    sys.exit(check_themes(theme))


@themes.command("new")
@click.argument("name")
@click.option("--like", default="caveat-dark", show_default=True, metavar="THEME", help="The theme to begin with.")
def themes_new(name: str, like: str) -> None:
    """Begin a theme of your own in the config folder, and print where it is."""
    from reader.cli.themes import new_theme

    sys.exit(new_theme(name, like))


@cli.command("help")
@click.argument("topic", required=False)
@click.pass_context
def help_command(ctx: click.Context, /, topic: str | None) -> None:
    """Tell about a command or a topic: keys, settings, verdicts, themes, files, environment, status."""
    from reader.cli.manual import topics

    known = topics()
    if topic is None:
        click.echo(cli.get_help(ctx.parent or ctx))
        click.echo(f"Topics of `caveat help`: {', '.join(known)}.")
    elif topic in known:
        click.echo(known[topic]())
    elif command := cli.commands.get(topic):
        click.echo(command.get_help(click.Context(command, info_name=topic, parent=ctx.parent)))
    else:
        from reader.cli.problems import stop
        from reader.settings import nearest

        stop(f"help {topic}: no such topic{nearest(topic, (*known, *cli.commands))}")


@cli.command("man")
def man() -> None:
    """Print the man page: `caveat man | man -l -`."""
    from reader.cli.manual import man_page

    click.echo(man_page(), nl=False)


@cli.command("completions")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_script(shell: str) -> None:
    """Print what makes a shell complete `caveat`: eval "$(caveat completions bash)"."""
    from reader.cli.manual import completions

    click.echo(completions(shell))


@cli.command("keys")
def keys() -> None:
    """List the keys of the screen, as your settings have them."""
    from reader.cli.opening import print_keys

    print_keys()


def run() -> None:
    """The entry point: usage errors and broken pipes end without a traceback."""
    gc.disable()  # start-up makes nothing but what stays; what opens a screen turns it on again after the first paint
    try:
        cli(prog_name="caveat")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to be flushed into it
        sys.exit(0)
