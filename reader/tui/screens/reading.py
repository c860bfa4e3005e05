"""The reading screen: article, margin, head and foot; it routes what the desk and the keys say."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from shutil import get_terminal_size
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.timer import Timer

from reader.article.clean import clean_line
from reader.article.model import Article, AsOf
from reader.findings import (
    ClaimRecord,
    DeskOptions,
    Finished,
    ParagraphKnown,
    Progress,
    SourceFailed,
    SourcesState,
    StageFailed,
)
from reader.settings import Settings
from reader.tui.keymap import Keymap, default_bindings
from reader.tui.messages import EvidenceWanted, FocusMoved
from reader.tui.seeking import Seeker
from reader.tui.widgets.article_pane import ArticlePane
from reader.tui.widgets.bars import Foot, Head
from reader.tui.widgets.margin_pane import MarginPane
from reader.tui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from reader.desk import Desk
    from reader.knowledge.cards import Card

_PROBLEMS = ("refuted", "conflicting")
_DEBOUNCE = 0.05
_REPAINT = 0.2
_PAUSE = 0.006
_WIDE = 100


class ReadingScreen(Screen[None], inherit_bindings=False):
    """One article, read beside its evidence."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *default_bindings(),
        Binding("ctrl+c", "screen.copy_text", "Copy", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012

    def __init__(self, article: Article, options: DeskOptions, settings: Settings, keymap: Keymap) -> None:
        is_wide = get_terminal_size().columns >= _WIDE
        super().__init__(classes="-wide" if is_wide else "-narrow")  # else the first resize styles everything anew
        self._article = article
        self._options = options
        self._keymap = keymap
        self._ascii = settings.reading.signs == "ascii"
        self._records: dict[int, tuple[ClaimRecord, ...]] = {}
        self._cards: dict[int, tuple[Card, ...]] = {}
        self._done = False
        self._asked: SourcesState | None = None
        self._told: set[str] = set()
        self._desk: Desk | None = None
        self._numbered: dict[str, int] | None = None
        self._told_progress = 0.0
        self._margin_timer: Timer | None = None
        self._count_timer: Timer | None = None
        self.article_pane = ArticlePane(article, width=settings.reading.width, ascii_signs=self._ascii)
        self.margin_pane = MarginPane(ascii_signs=self._ascii)
        self.head = Head()
        self.foot = Foot(keymap, ascii_signs=self._ascii)
        self.search_line = SearchLine()
        self._seeker = Seeker(self.article_pane, article.paragraphs, self._show_place)

    def compose(self) -> ComposeResult:
        """Head, the two panes, foot."""
        yield self.head
        with Horizontal(id="panes"):
            yield self.article_pane
            yield self.margin_pane
        yield self.search_line
        yield self.foot

    def on_mount(self) -> None:
        """The text is there at once; the checking begins after the first paint."""
        self.head.show(self._article, online=self._options.online)
        self.article_pane.focus()
        self.call_after_refresh(self._examine)

    @work(exclusive=True, group="desk", exit_on_error=False)
    async def _examine(self) -> None:
        """Run the desk and show what it says, as it says it."""
        gc.enable()
        started = time.monotonic()
        self._done = False
        desk = await asyncio.to_thread(import_module, "reader.desk")
        self._desk = desk.Desk(self._article, replace(self._options, pause=_PAUSE))
        stream = self._desk.run()
        try:
            async for event in stream:
                if isinstance(event, ParagraphKnown):
                    self._take(event)
                elif isinstance(event, Progress):
                    self._show_progress(event)
                elif isinstance(event, StageFailed):
                    self.notify(
                        event.reason, title=f"{event.stage} failed", severity="warning", markup=False, timeout=10
                    )
                elif isinstance(event, SourcesState):
                    self._show_line(event)
                elif isinstance(event, SourceFailed) and not event.is_calm and event.source not in self._told:
                    self._told.add(event.source)
                    self.notify(event.reason, title=event.source, severity="warning", markup=False, timeout=6)
                elif isinstance(event, Finished):
                    self._finish(event, time.monotonic() - started)
        except Exception as error:
            self._done = True
            self.foot.show_progress("checking failed")
            self._show_margin()
            reason = clean_line(f"{type(error).__name__}: {error}")[:200]
            self.notify(reason, title="checking failed", severity="error", markup=False, timeout=15)
        finally:
            await stream.aclose()

    def _show_line(self, state: SourcesState) -> None:
        """Where the asking of sources stands, in the head; cards say what is being refreshed."""
        was, self._asked = self._asked, state
        self.head.show(self._article, online=self._options.online, asked=state)
        if was is None or was.line != state.line:
            self._show_margin()

    def _show_progress(self, event: Progress) -> None:
        """Say how far a stage is, a few times a second and no more."""
        now = time.monotonic()
        if now - self._told_progress >= _REPAINT:
            self._told_progress = now
            self.foot.show_progress(f"{event.stage} {event.done}/{event.total}")

    def _take(self, event: ParagraphKnown) -> None:
        self._records[event.paragraph] = event.claims
        self._numbered = None
        self._cards[event.paragraph] = event.cards
        self.article_pane.show_claims(event.paragraph, event.claims)
        if event.paragraph == self.article_pane.paragraph:
            self._show_margin()
        if self._count_timer is None:
            self._count_timer = self.set_timer(_REPAINT, self._show_counts)

    def _finish(self, event: Finished, seconds: float) -> None:
        found: dict[int, list[ClaimRecord]] = {}
        for record in event.result.claims:
            found.setdefault(record.claim.span.paragraph, []).append(record)
        self._records = {p: tuple(records) for p, records in found.items()}
        self._numbered = None
        self.article_pane.replace_claims(self._records)
        self._done = True
        failed = " · some stages failed" if event.result.failures else ""
        self.foot.show_progress(f"checked in {seconds:.1f} s{failed}")
        self._show_counts()
        self._show_margin()

    def _show_counts(self) -> None:
        self._count_timer = None
        self.foot.show_counts(r.leading.label for records in self._records.values() for r in records)
        self._show_place()

    def on_focus_moved(self, message: FocusMoved) -> None:
        """The margin follows, a moment later, so that holding a key stays smooth."""
        if self._margin_timer is not None:
            self._margin_timer.stop()
        self._margin_timer = self.set_timer(_DEBOUNCE, self._show_margin)
        self._show_place()

    def on_evidence_wanted(self, message: EvidenceWanted) -> None:
        """A claim was double-clicked."""
        self.action_evidence()

    def _show_margin(self) -> None:
        paragraph = self.article_pane.paragraph
        furniture = self._article.paragraphs[paragraph].kind == "boilerplate"
        self.margin_pane.show(
            self._records.get(paragraph, ()),
            self._cards.get(paragraph, ()),
            self.article_pane.claim,
            not self._done,
            furniture,
            self._asked is not None and self._asked.line == "online",
        )

    def _show_place(self) -> None:
        pane = self.article_pane
        if self._seeker.is_active:
            self.foot.show_place(self._seeker.words)
            return
        text = f"¶ {pane.paragraph + 1}/{len(self._article.paragraphs)}"
        if pane.claim is not None:
            numbers = self._numbers()
            text = f"claim {numbers[pane.claim]}/{len(numbers)}" if pane.claim in numbers else text
        self.foot.show_place(text)

    def _numbers(self) -> dict[str, int]:
        """The claims' numbers in the article's order, counted anew only when the claims have changed."""
        if self._numbered is None:
            self._numbered = {record.claim.id: number for number, record in enumerate(self._claims(), 1)}
        return self._numbered

    def _claims(self, labels: tuple[str, ...] = ()) -> Iterator[ClaimRecord]:
        for paragraph in sorted(self._records):
            for record in self._records[paragraph]:
                if not labels or record.leading.label in labels:
                    yield record

    def _step(self, step: int, labels: tuple[str, ...], what: str) -> None:
        claims = list(self._claims(labels))
        if not claims:
            self.notify(f"No {what} found" + ("." if self._done else " so far."), markup=False)
            return
        here = self._here()
        keys = [(r.claim.span.paragraph, r.claim.span.start, r.claim.span.end, r.claim.id) for r in claims]
        after = [n for n, key in enumerate(keys) if key > here]
        before = [n for n, key in enumerate(keys) if key < here]
        chosen = (after[0] if after else 0) if step > 0 else (before[-1] if before else len(claims) - 1)
        span = claims[chosen].claim.span
        self.article_pane.go_to(span.paragraph, claims[chosen].claim.id, span.start)

    def _here(self) -> tuple[int, int, int, str]:
        pane = self.article_pane
        record = next((r for r in self._records.get(pane.paragraph, ()) if r.claim.id == pane.claim), None)
        if record is None:
            return pane.paragraph, -1, -1, ""
        span = record.claim.span
        return span.paragraph, span.start, span.end, record.claim.id

    def _chosen(self) -> tuple[ClaimRecord, ...]:
        """The current claim, else the speaking claims of the paragraph, else all of them."""
        records = self._records.get(self.article_pane.paragraph, ())
        current = tuple(r for r in records if r.claim.id == self.article_pane.claim)
        return current or tuple(r for r in records if r.leading.is_decided) or records

    def action_move(self, step: int) -> None:
        """Move by a paragraph, or scroll the margin when it has the focus."""
        if self.focused is self.margin_pane:
            self.margin_pane.scroll_relative(y=step, animate=False)
        else:
            self.article_pane.move(step)

    def action_page(self, step: int) -> None:
        """Move by a page."""
        if self.focused is self.margin_pane:
            self.margin_pane.scroll_relative(y=step * max(1, self.margin_pane.size.height - 2), animate=False)
        else:
            self.article_pane.page(step)

    def action_edge(self, which: str) -> None:
        """Go to the first or the last paragraph."""
        self.article_pane.go_to(0 if which == "first" else len(self._article.paragraphs) - 1)

    def action_claim(self, step: int) -> None:
        """Go to the next or previous claim; while a search is on, to the next or previous place found."""
        if self._seeker.is_active:
            self._seeker.step(step)
        else:
            self._step(step, (), "claim")

    def action_search(self) -> None:
        """Ask what to search for; what is typed is found at once."""
        self._seeker.begin()
        self.search_line.begin()

    def action_end_search(self) -> None:
        """End the search; while it is still being typed, go back to where it began."""
        if self.search_line.display or self._seeker.is_active:
            self._seeker.end(back=self.search_line.display)
            self.search_line.end()
            self.article_pane.focus()

    def on_search_line_typed(self, message: SearchLine.Typed) -> None:
        """Find what is typed so far."""
        self._seek(message.pattern)

    def on_search_line_kept(self, message: SearchLine.Kept) -> None:
        """Stay where it was found; n and N go on from there."""
        self._seek(message.pattern)
        self.search_line.end()
        self.article_pane.focus()

    def _seek(self, pattern: str) -> None:
        from reader.tui.searching import SearchError

        try:
            self._seeker.type(pattern)
        except SearchError as error:
            self.notify(str(error), title="Search", severity="warning", markup=False, timeout=4)
        else:
            self.run_worker(self._seeker.count(), exclusive=True, group="count", exit_on_error=False)

    def action_problem(self, step: int) -> None:
        """Go to the next or previous refuted or conflicting claim."""
        self._step(step, _PROBLEMS, "refuted or conflicting claim")

    def action_switch_pane(self) -> None:
        """Give the keys to the other pane."""
        (self.article_pane if self.focused is self.margin_pane else self.margin_pane).focus()

    def action_evidence(self) -> None:
        """Show the evidence of the current claim in full."""
        records = self._chosen()
        if records:
            from reader.tui.screens.dialogs import EvidenceScreen

            self.app.push_screen(EvidenceScreen(records, ascii_signs=self._ascii))
        else:
            self.notify("This paragraph holds no claim" + ("." if self._done else " so far."), markup=False)

    def action_explain(self) -> None:
        """Show how the current claim came to its verdicts."""
        records = self._chosen()
        if records:
            from reader.tui.screens.dialogs import ExplanationScreen

            self.app.push_screen(ExplanationScreen(self._article, self._options, records[0].claim.id))
        else:
            self.notify("This paragraph holds no claim" + ("." if self._done else " so far."), markup=False)

    def action_as_of(self) -> None:
        """Ask for the as-of date; a new one checks again."""
        from reader.tui.screens.dialogs import AsOfScreen

        self.app.push_screen(AsOfScreen(self._article.as_of), self._check_again)

    def _check_again(self, as_of: AsOf | None) -> None:
        if as_of is None:
            return
        self._article = replace(self._article, as_of=as_of)
        self._records.clear()
        self._numbered = None
        self._cards.clear()
        self.article_pane.replace_claims({})
        self.head.show(self._article, online=self._options.online, asked=self._asked)
        self._examine()

    def action_open_source(self) -> None:
        """Show the host of the current evidence's source, then open it if that is wanted."""
        from reader.tui.screens.dialogs import LeaveScreen, first_url

        url = first_url(self._chosen())
        if url:
            self.app.push_screen(LeaveScreen(url))
        else:
            self.notify("Nothing here has an address to open.", markup=False)

    def action_online(self) -> None:
        """Go offline, or online again: what is known stays, what waits goes on."""
        if self._options.sources is None or self._desk is None:
            self.notify("This article never asks anybody: it is a sample, or a saved pack.", markup=False)
            return
        online = not self._options.online
        self._options = replace(self._options, online=online)
        line = self._desk.sourcing.line
        (line.open if online else line.close)()
        if self._asked is not None:
            self._asked = replace(self._asked, line="online" if online else "offline")
        self.head.show(self._article, online=online, asked=self._asked)
        self.notify("Online." if online else "Offline: nothing is sent.", markup=False, timeout=2)

    def action_picture(self) -> None:
        """Fetch and show a picture of the first card's entity."""
        cards = [c for c in self._cards.get(self.article_pane.paragraph, ()) if c.page]
        if self._options.sources is None or not self._options.online:
            self.notify("A picture is fetched from the network, and you are offline.", markup=False)
        elif self.app.ansi_color or self.app.no_color:
            self.notify("A picture needs colours.", markup=False)
        elif not cards:
            self.notify("No card here has a page with a picture.", markup=False)
        else:
            from reader.tui.screens.picture import PictureScreen

            self.app.push_screen(PictureScreen(str(cards[0].page), self._options.sources))

    def action_next_theme(self) -> None:
        """Change to the next theme."""
        self.app.action_next_theme()  # type: ignore[attr-defined]

    def action_help(self) -> None:
        """Show the keys as they are bound now."""
        from reader.tui.screens.dialogs import HelpScreen

        self.app.push_screen(HelpScreen(self._keymap, ascii_signs=self._ascii))
