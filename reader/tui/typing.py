"""What is typed at the foot of the screen: a search, found as it is typed, or a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.widgets.typing_line import TypingLine

if TYPE_CHECKING:
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen


class Typing:
    """Opens the line, and takes up what is typed into it."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    @property
    def acts(self) -> Acts:
        """What keys can do here."""
        return {"search": self.search, "command": self.command, "end-search": self.end}

    @property
    def _line(self) -> TypingLine:
        return self._screen.typing_line

    def search(self) -> None:
        """Ask what to search for; what is typed is found at once."""
        self._screen.seeker.begin()
        self._line.begin("search", "words or a regular expression")

    def command(self) -> None:
        """Ask for a command."""
        self._line.begin("command", "a number, a per cent, set …, or an action")

    def end(self) -> None:
        """End the search or the command; a search that is still being typed leads back to where it began."""
        seeker = self._screen.seeker
        if self._line.display and self._line.purpose == "command":
            self._line.end()
        elif self._line.display or seeker.is_active:
            seeker.end(back=self._line.display)
            self._line.end()
        self._screen.article_pane.focus()
        self._screen.put_cursor()

    def typed(self, message: TypingLine.Typed) -> None:
        """Find what is typed so far."""
        if message.purpose == "search":
            self._seek(message.text)

    def kept(self, message: TypingLine.Kept) -> None:
        """Stay where it was found; or do what the command says."""
        self._line.end()
        self._screen.article_pane.focus()
        self._screen.put_cursor()
        if message.purpose == "search":
            self._seek(message.text)
            return
        from reader.tui.commanding import CommandError, run_command

        try:
            run_command(self._screen, message.text)
        except CommandError as error:
            self._screen.warn(str(error))

    def _seek(self, pattern: str) -> None:
        from reader.tui.searching import SearchError

        screen = self._screen
        try:
            screen.seeker.type(pattern)
        except SearchError as error:
            screen.warn(str(error))
        else:
            screen.run_worker(screen.seeker.count(), exclusive=True, group="count", exit_on_error=False)
