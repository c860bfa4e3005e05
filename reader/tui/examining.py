"""The desk at work behind the screen: what it says goes to the index, the panes and the foot, as it says it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from reader.article.clean import clean_line
from reader.article.model import AsOf
from reader.findings import Event, Finished, ParagraphKnown, Progress, SourceFailed, SourcesState, StageFailed

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.desk import Desk
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen

_REPAINT = 0.2
_PAUSE = 0.006


class Examining:
    """Runs the desk over the screen's article; a new day, or another article, runs it again."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self.is_done = False
        self.asked: SourcesState | None = None
        self.desk: Desk | None = None
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

    def start(self) -> None:
        """Examine the article; what was begun before is given up."""
        self._screen.run_worker(self._run(), exclusive=True, group="desk", exit_on_error=False)

    def again(self) -> None:
        """Know nothing, and examine anew."""
        screen = self._screen
        screen.index.clear()
        screen.article_pane.replace_claims({})
        screen.overview.replace({})
        screen.head.show(screen.article, online=screen.options.online, asked=self.asked)
        self.start()

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
        screen, started = self._screen, time.monotonic()
        self.is_done = False
        desk = await asyncio.to_thread(import_module, "reader.desk")
        self.desk = desk.Desk(screen.article, replace(screen.options, pause=_PAUSE))
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
            self._screen.foot.show_progress(f"{event.stage} {event.done}/{event.total}")

    def _line(self, state: SourcesState) -> None:
        """Where the asking of sources stands, in the head; cards say what is being refreshed."""
        was, self.asked = self.asked, state
        self._screen.head.show(self._screen.article, online=self._screen.options.online, asked=state)
        if was is None or was.line != state.line:
            self._screen.show_beside()

    def _finished(self, event: Finished, seconds: float) -> None:
        screen = self._screen
        screen.index.replace(event.result.claims)
        screen.show_all_claims()
        self.is_done = True
        failed = " · some stages failed" if event.result.failures else ""
        screen.foot.show_progress(f"checked in {seconds:.1f} s{failed}")
        self._counts()
        screen.show_beside()

    def _counts(self) -> None:
        self._count_timer = None
        self._screen.foot.show_counts(r.leading.label for r in self._screen.index.everything())
        self._screen.overview.refresh()
        self._screen.show_place()
