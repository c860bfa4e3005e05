"""Screens over the reading screen: evidence in full, keys, the as-of date, and leaving for a browser."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.article.model import Article, AsOf
from reader.dates import parse_iso
from reader.findings import ClaimRecord, DeskOptions
from reader.report.wording import (
    ASCII_SIGNS,
    SIGNS,
    WORDS,
    before_line,
    quote_line,
    source_line,
    today_line,
    verdict_words,
)
from reader.tui.keymap import Keymap

_PAUSE = 0.006
_CLOSE: list[BindingType] = [Binding("escape,q", "dismiss_none", "Close")]


class Dialog(ModalScreen[None]):
    """A text to read and close."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_CLOSE,
        Binding("j,down", "scroll(1)", "Down", show=False),
        Binding("k,up", "scroll(-1)", "Up", show=False),
        Binding("space,pagedown", "scroll(10)", "Page down", show=False),
    ]

    def action_dismiss_none(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


class EvidenceScreen(Dialog):
    """Every verdict on a claim with all its evidence, quoted, with source, date and licence."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss_none", "Close"),
        Binding("o", "open_source", "Open the source"),
    ]

    def __init__(self, records: tuple[ClaimRecord, ...], *, ascii_signs: bool) -> None:
        super().__init__(classes="dialog")
        self._records = records
        self._signs = ASCII_SIGNS if ascii_signs else SIGNS

    def compose(self) -> ComposeResult:
        """One scrolling text."""
        with VerticalScroll(classes="dialog-body"):
            yield Static(self._content(), markup=False)

    def action_open_source(self) -> None:
        """Ask before leaving for the first source that has an address."""
        url = first_url(self._records)
        if url:
            self.app.push_screen(LeaveScreen(url))
        else:
            self.notify("This evidence has no address to open.", markup=False)

    def _content(self) -> Content:
        pieces: list[tuple[str, str] | str] = []
        for record in self._records:
            speaker = f"  said by {record.claim.speaker}" if record.claim.speaker else ""
            pieces += [
                (f"“{record.claim.text}”\n", "italic"),
                (f"{record.claim.kind} · paragraph {record.claim.span.paragraph + 1}{speaker}\n\n", "$muted"),
            ]
            for verdict in record.verdicts:
                as_of = f" · as of {verdict.as_of}" if verdict.as_of else ""
                pieces += [
                    (f"{self._signs[verdict.label]} {verdict_words(verdict)}", f"bold $verdict-{verdict.label}"),
                    (f"   {verdict.check}{as_of}\n", "$muted"),
                    f"{verdict.explanation}\n",
                ]
                for evidence in verdict.evidence:
                    pieces += [
                        (
                            "\n  "
                            + {"supports": "for", "refutes": "against", "context": "context"}[evidence.stance]
                            + "  ",
                            "bold $muted",
                        ),
                        f"{quote_line(evidence)}\n",
                        (f"       {source_line(evidence)}\n", "$muted"),
                    ]
                    if evidence.statement and evidence.source != "computation":
                        name = "" if evidence.stance == "context" else "statement "
                        pieces.append((f"       {name}{evidence.statement}\n", "$muted"))
                    if evidence.url:
                        pieces.append((f"       {evidence.url}\n", "$muted"))
                pieces.append("\n")
            pieces += [(f"{today_line(verdict)}\n\n", "$muted") for verdict in record.today]
            pieces += [(f"{before_line(before)}\n\n", "$muted") for before in record.before]
        return Content.assemble(*pieces)


class ExplanationScreen(Dialog):
    """How a claim came to its verdicts: the same text that `caveat explain` prints."""

    def __init__(self, article: Article, options: DeskOptions, claim: str) -> None:
        super().__init__(classes="dialog")
        self._article, self._options, self._claim = article, options, claim
        self._text = Static("looking it up again …", markup=False)

    def compose(self) -> ComposeResult:
        """One scrolling text."""
        with VerticalScroll(classes="dialog-body"):
            yield self._text

    def on_mount(self) -> None:
        """Ask the checks again."""
        self._explain()

    @work(exclusive=True, exit_on_error=False)
    async def _explain(self) -> None:
        from reader.explaining import NoSuchClaimError, explain
        from reader.report.as_explanation import as_explanation

        try:
            found = await explain(self._article, replace(self._options, pause=_PAUSE), self._claim)
        except NoSuchClaimError as error:
            self._text.update(Content(str(error)))
        else:
            self._text.update(Content(as_explanation(found, width=self._text.size.width)))


def first_url(records: tuple[ClaimRecord, ...]) -> str | None:
    """The first address that the evidence of these claims has, http or https only."""
    urls = (e.url for r in records for v in r.verdicts for e in v.evidence)
    return next((url for url in urls if url and url.startswith(("https://", "http://"))), None)


class HelpScreen(Dialog):
    """The keys as they are bound now."""

    def __init__(self, keymap: Keymap, *, ascii_signs: bool) -> None:
        super().__init__(classes="dialog")
        self._keymap = keymap
        self._ascii = ascii_signs

    def compose(self) -> ComposeResult:
        """A table of keys, and what the signs mean."""
        pieces: list[tuple[str, str] | str] = []
        for label, sign in (ASCII_SIGNS if self._ascii else SIGNS).items():
            pieces += [(f"{sign} ", f"bold $verdict-{label}"), f"{WORDS[label]}   "]
        pieces.append(("\n\nKeys\n\n", "bold"))
        for action in self._keymap.actions:
            pieces += [
                (f"  {self._keymap.shown(action.id, plain=self._ascii):<16}", "bold $primary"),
                f"{action.description}\n",
            ]
        pieces.append(("\nA verdict speaks only with evidence. Escape closes this.\n", "$muted"))
        with VerticalScroll(classes="dialog-body"):
            yield Static(Content.assemble(*pieces), markup=False)


class AsOfScreen(ModalScreen[AsOf | None]):
    """Ask for the day the article speaks from."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_none", "Close")]

    def __init__(self, current: AsOf) -> None:
        super().__init__(classes="dialog small")
        self._current = current

    def compose(self) -> ComposeResult:
        """One line to type in."""
        with Vertical(classes="dialog-body"):
            yield Static("The day the article speaks from (YYYY-MM-DD, YYYY-MM or YYYY):", markup=False)
            yield Input(self._current.date.iso if self._current.date else "", placeholder="2022-07-17", id="as-of")
            yield Static("", id="as-of-problem", markup=False)

    def on_mount(self) -> None:
        """The cursor is in the line."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the date, or say what is wrong with it."""
        when = parse_iso(event.value)
        if when is None:
            self.query_one("#as-of-problem", Static).update(
                Content("That is not a date; write it like 2022-07-17, 2022-07 or 2022.")
            )
        else:
            self.dismiss(AsOf(when, "option"))

    def action_dismiss_none(self) -> None:
        """Leave the date as it is."""
        self.dismiss(None)


class LeaveScreen(ModalScreen[None]):
    """Show the host of an address before a browser is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [*_CLOSE, Binding("enter,y", "leave", "Open")]

    def __init__(self, url: str) -> None:
        super().__init__(classes="dialog small")
        self._url = url

    def compose(self) -> ComposeResult:
        """The host in bold, the whole address, and what the keys do."""
        host = urlsplit(self._url).hostname or ""
        with Vertical(classes="dialog-body"):
            yield Static(
                Content.assemble(
                    "Open ",
                    (host, "bold"),
                    " in a browser?\n\n",
                    (self._url, "$muted"),
                    "\n\nEnter opens it, Escape stays.",
                ),
                markup=False,
            )

    def action_leave(self) -> None:
        """Open the address and close."""
        self.app.open_url(self._url)
        self.dismiss(None)

    def action_dismiss_none(self) -> None:
        """Stay."""
        self.dismiss(None)
