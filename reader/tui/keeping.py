"""What is kept between readings: the place in the article, and that it was read; and reading it again from its source."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.library import LibraryError, find_words, place_in

if TYPE_CHECKING:
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen

_WELCOME_SECONDS = 15.0
_ROOM = 60  # columns: in less, three lines in a corner would cover the text


class Keeping:
    """Asks the library, and says in one line what it cannot keep."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    @property
    def acts(self) -> Acts:
        """What keys can do here."""
        return {"reload": self.reload}

    def begin(self) -> None:
        """Take up in the library that this article is read; the very first time, say how to begin."""
        screen = self._screen
        if screen.library.problem:
            screen.warn(screen.library.problem)
        with contextlib.suppress(LibraryError):  # a library that cannot be written has said so above
            screen.library.open_article(screen.key, screen.article.title or "", screen.opened.source)
            if screen.library.tell_once("first run"):
                self._welcome()

    def return_to_place(self) -> None:
        """Go to where the reader was: to the words that stood there, else to the paragraph of that number."""
        screen = self._screen
        place = screen.opened.place or screen.library.place(screen.key)
        if place is not None and place.quote:
            paragraphs = screen.article.paragraphs
            where = find_words(paragraphs, place.paragraph, place.at, place.quote)
            paragraph, at = where or (min(place.paragraph, len(paragraphs) - 1), 0)
            screen.article_pane.go_to(paragraph, None, at)

    def keep_place(self) -> None:
        """Write down where the reader is."""
        pane, screen = self._screen.article_pane, self._screen
        with contextlib.suppress(LibraryError):  # as above
            screen.library.keep_place(screen.key, place_in(screen.article, pane.paragraph, pane.at))

    def reload(self) -> None:
        """Read the article again from where it came; the place stays with its words."""
        self._screen.run_worker(self._reload(), exclusive=True, group="reload", exit_on_error=False)

    async def _reload(self) -> None:
        screen, again = self._screen, self._screen.opened.again
        article = await asyncio.to_thread(again) if again is not None else None
        if article is None:
            screen.say("This article cannot be read again: it came through a pipe, or its source is gone.")
            return
        self.keep_place()
        place = place_in(screen.article, screen.article_pane.paragraph, screen.article_pane.at)
        if screen.article.as_of.source == "option":
            article = replace(article, as_of=screen.article.as_of)
        screen.owner.show_article(replace(screen.opened, article=article, place=place))

    def _welcome(self) -> None:
        keys = self._screen.keymap
        if self._screen.size.width < _ROOM or self._screen.has_class("-short"):
            self._screen.foot.say_for(f"“{keys.shown('help')}” lists every key", _WELCOME_SECONDS)
            return
        self._screen.notify(
            f"“{keys.shown('next-problem')}” goes to the next problem, “{keys.shown('evidence')}” shows why.\n"
            f"“{keys.shown('help')}” lists every key, “{keys.shown('settings')}” the settings.\n"
            "A verdict speaks only with evidence; most sentences have none.",
            title="Welcome to Caveat",
            markup=False,
            timeout=_WELCOME_SECONDS,
        )
