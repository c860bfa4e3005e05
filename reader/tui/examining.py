"""The desk at work behind the screen: what it says goes to the index, the panes and the foot, as it says it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from reader.article.clean import clean_line
from reader.article.model import Article, AsOf, Stretch
from reader.article.stretch import is_left, only, stretch_around
from reader.findings import Event, Finished, ParagraphKnown, Progress, SourceFailed, SourcesState, StageFailed

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.desk import Desk
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen

_REPAINT = 0.2
_PAUSE = 0.006
_SETTLED = 0.4  # seconds elsewhere before what is around that place is examined


class Examining:
    """Runs the desk over the screen's article; a new day, or another article, runs it again.

    Of an article that is longer than a long read it examines the stretch around the reader, and goes on as the reader does.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self.is_done = False
        self.asked: SourcesState | None = None
        self.desk: Desk | None = None
        self._stretch = Stretch(0, len(screen.article.paragraphs))
        self._standing: Stretch | None = None
        self._going_on: Timer | None = None
        self._at_work = asyncio.Lock()
        self._told: set[str] = set()
        self._told_progress = 0.0
        self._count_timer: Timer | None = None

    @property
    def acts(self) -> Acts:
        """What keys can do here."""
        return {"online": self.switch_line, "as-of": self.ask_day}

    @property
    def is_refreshing(self) -> bool:
        """Whether sources are being asked."""
        return self.asked is not None and self.asked.line == "online"

    @property
    def article(self) -> Article:
        """What is examined: the article, or as much of it as is examined at a time."""
        return only(self._screen.article, self._stretch)

    @property
    def where(self) -> str:
        """Which paragraphs are examined, "" where all are."""
        start, stop = self._stretch.start, self._stretch.stop
        if stop - start >= len(self._screen.article.paragraphs):
            return ""
        return f"{'paragraphs ' if self._screen.is_plain else '¶ '}{start + 1}–{stop}"

    def is_awaited(self, paragraph: int) -> bool:
        """Whether there may be more to know of a paragraph soon."""
        return not self.is_done or not self._stretch.start <= paragraph < self._stretch.stop

    def start(self) -> None:
        """Examine the article around the reader; what was begun before is given up."""
        self.is_done = False
        self._stretch = stretch_around(self._screen.article, self._screen.article_pane.paragraph)
        self._screen.run_worker(self._run(), exclusive=True, group="desk", exit_on_error=False)

    def follow(self) -> None:
        """The reader has moved: out of what is examined, perhaps."""
        if self._going_on is None and self._is_left:
            self._going_on = self._screen.set_timer(_SETTLED, self._go_on)

    @property
    def _is_left(self) -> bool:
        return is_left(self._stretch, self._screen.article, self._screen.article_pane.paragraph)

    def _go_on(self) -> None:
        """Examine the stretch around the reader; what is known of it already stands until all of it is known anew."""
        self._going_on = None
        if not self._is_left:
            return
        before, known = self._stretch, self.is_done
        self.start()
        screen, now = self._screen, self._stretch
        shared = Stretch(max(before.start, now.start), min(before.stop, now.stop))
        self._standing = shared if known and shared.start < shared.stop else None
        screen.index.keep(self._standing or Stretch(0, 0))
        screen.show_all_claims()

    def again(self) -> None:
        """Know nothing, and examine anew."""
        screen = self._screen
        screen.index.clear()
        self._standing = None
        screen.head.show(screen.article, online=screen.options.online, asked=self.asked)
        self.start()
        screen.show_all_claims()

    def ask_day(self) -> None:
        """Ask for the as-of date; a new one checks again."""
        from reader.tui.screens.dialogs import AsOfScreen

        self._screen.app.push_screen(AsOfScreen(self._screen.keymap, self._screen.article.as_of), self._take_day)

    def _take_day(self, as_of: AsOf | None) -> None:
        if as_of is not None:
            self._screen.article = replace(self._screen.article, as_of=as_of)
            self.again()

    def switch_line(self) -> None:
        """Go offline, or online again: what is known stays, what waits goes on."""
        screen = self._screen
        if screen.options.sources is None or self.desk is None:
            screen.say("This article never asks anybody: it is a sample, or a saved pack.")
            return
        online = not screen.options.online
        screen.options = replace(screen.options, online=online)
        line = self.desk.sourcing.line
        (line.open if online else line.close)()
        if self.asked is not None:
            self.asked = replace(self.asked, line="online" if online else "offline")
        screen.head.show(screen.article, online=online, asked=self.asked)
        screen.say("Online." if online else "Offline: nothing is sent.")

    async def _run(self) -> None:
        async with self._at_work:  # what was begun before has ended, and its memory is free
            try:
                await self._examine()
            except asyncio.CancelledError as error:
                error.__traceback__ = None  # whoever keeps it would keep the desk and all it knows
                raise

    async def _examine(self) -> None:
        screen, started = self._screen, time.monotonic()
        desk = await asyncio.to_thread(import_module, "reader.desk")
        if self.desk is not None:
            self.desk = None
            screen.collecting.recent()
        self.desk = desk.Desk(self.article, replace(screen.options, pause=_PAUSE))
        stream = self.desk.run()
        try:
            async for event in stream:
                self._take(event, started)
        except Exception as error:
            self.is_done = True
            screen.foot.show_progress("checking failed")
            screen.show_beside()
            reason = clean_line(f"{type(error).__name__}: {error}")[:200]
            screen.notify(reason, title="checking failed", severity="error", markup=False, timeout=15)
        finally:
            await stream.aclose()

    def _take(self, event: Event, started: float) -> None:
        screen = self._screen
        match event:
            case ParagraphKnown():
                self._paragraph(event)
            case Progress():
                self._progress(event)
            case StageFailed():
                screen.notify(event.reason, title=f"{event.stage} failed", severity="warning", markup=False, timeout=10)
            case SourcesState():
                self._line(event)
            case SourceFailed() if not event.is_calm and event.source not in self._told:
                self._told.add(event.source)
                screen.notify(event.reason, title=event.source, severity="warning", markup=False, timeout=6)
            case Finished():
                self._finished(event, time.monotonic() - started)

    def _paragraph(self, event: ParagraphKnown) -> None:
        screen = self._screen
        if self._standing is not None and self._standing.start <= event.paragraph < self._standing.stop:
            screen.index.take_cards(event.paragraph, event.cards)
            return
        screen.index.take(event.paragraph, event.claims, event.cards)
        screen.show_paragraph(event.paragraph)
        if event.paragraph == screen.article_pane.paragraph:
            screen.show_beside()
        if self._count_timer is None:
            self._count_timer = screen.set_timer(_REPAINT, self._counts)

    def _progress(self, event: Progress) -> None:
        """Say how far a stage is, a few times a second and no more."""
        now = time.monotonic()
        if now - self._told_progress >= _REPAINT:
            self._told_progress = now
            self._screen.foot.show_progress(f"{self.where} {event.stage} {event.done}/{event.total}".lstrip())

    def _line(self, state: SourcesState) -> None:
        """Where the asking of sources stands, in the head; cards say what is being refreshed."""
        was, self.asked = self.asked, state
        self._screen.head.show(self._screen.article, online=self._screen.options.online, asked=state)
        if was is None or was.line != state.line:
            self._screen.show_beside()

    def _finished(self, event: Finished, seconds: float) -> None:
        screen = self._screen
        self._standing = None
        screen.index.replace(event.result.claims)
        screen.show_all_claims()
        self.is_done = True
        failed = " · some stages failed" if event.result.failures else ""
        screen.foot.show_progress(f"{self.where} checked in {seconds:.1f} s{failed}".lstrip())
        self._counts()
        screen.show_beside()

    def _counts(self) -> None:
        self._count_timer = None
        self._screen.foot.show_counts(r.leading.label for r in self._screen.index.everything())
        self._screen.overview.refresh()
        self._screen.show_place()
