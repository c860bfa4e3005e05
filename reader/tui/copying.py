"""Copying: to the terminal's clipboard (OSC 52, also over ssh), and to the system's where its command is there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen


class Copying:
    """Copies what is in focus, or what is handed to it, and says so."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    @property
    def acts(self) -> Acts:
        """What keys can do here."""
        return {"copy": lambda: self.copy(self._screen.article.text_at(self._screen.current_span()))}

    def copy(self, text: str) -> None:
        """Put text on the clipboard."""
        self._screen.app.copy_to_clipboard(text)
        self._screen.run_worker(self._to_system(text), group="copy", exit_on_error=False)

    async def _to_system(self, text: str) -> None:
        from reader.tui.clipboard import copy_to_system

        where = await asyncio.to_thread(copy_to_system, text)
        self._screen.say(f"Copied ({len(text)} characters{', ' + where if where else ''}).")
