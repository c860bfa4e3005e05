"""The least Textual app that shows a text: what the other benchmarks hold Caveat against.

`python tests/bench/bare_app.py FILE` shows the whole text in one Static; `j` and `k` change one line below it, which is
the least that a key can do on a screen.
"""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """One Static, and a line that counts keys."""

    CSS = "#count { dock: bottom; height: 1; }"
    BINDINGS = [("j", "count(1)"), ("k", "count(-1)")]  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text, self._count = text, 0

    def compose(self) -> ComposeResult:
        """The text and the counting line."""
        yield Static(self._text, markup=False)
        yield Static("counted 0", id="count", markup=False)

    def action_count(self, step: int) -> None:
        """Change the counting line."""
        self._count += step
        self.query_one("#count", Static).update(f"counted {self._count}")


if __name__ == "__main__":
    BareApp(Path(sys.argv[1]).read_text("utf-8")).run()
