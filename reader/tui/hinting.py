"""Letters over whatever can be followed: links, claims, panes. Type them and be there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

from textual import events

from reader.tui.widgets.line_painter import STRENGTH

if TYPE_CHECKING:
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def labels_for(count: int) -> list[str]:
    """So many labels, all of one length, so that none is the beginning of another."""
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    made = ("".join(letters) for letters in product(LETTERS, repeat=length))
    return [label for label, _ in zip(made, range(count), strict=False)]


class Hinting:
    """Shows labels, takes the letters that are typed, and follows the one that is whole."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._goals: dict[str, Callable[[], object]] = {}
        self._typed = ""

    @property
    def acts(self) -> Acts:
        """What keys can do here."""
        return {"hints": self.show, "panes": self.show_panes}

    def show(self) -> None:
        """Label the links and claims in view; a link asks before it leaves, a claim comes into focus."""
        screen, pane = self._screen, self._screen.article_pane
        goals: dict[tuple[int, int], Callable[[], object]] = {}
        for number in pane.paragraphs_in_view():
            for link in screen.article.paragraphs[number].links:
                goals.setdefault((number, link.start), partial(screen.follow, link.target))
            for record in sorted(screen.index.at(number), key=lambda r: STRENGTH[r.leading.label]):
                if record.leading.label != "not-checkable":
                    start = record.claim.span.start
                    goals.setdefault((number, start), partial(screen.walking.jump, number, record.claim.id, start))
        if not goals:
            screen.say("No link and no verdict in view.")
            return
        labels = dict(zip(sorted(goals), labels_for(len(goals)), strict=True))
        shown: dict[int, list[tuple[int, str]]] = {}
        for (number, at), label in labels.items():
            shown.setdefault(number, []).append((at, label))
        pane.show_hints(shown)
        self._wait("follow which letters?", {label: goals[place] for place, label in labels.items()})

    def show_panes(self) -> None:
        """Name the panes with a letter each."""
        screen = self._screen
        panes = {"t": ("text", screen.article_pane.focus), **{k: (n, w.focus) for k, n, w in screen.side_panes()}}
        words = "  ".join(f"{letter} {name}" for letter, (name, _) in panes.items())
        self._wait(f"go to: {words}", {letter: go for letter, (_, go) in panes.items()})

    def _wait(self, question: str, goals: dict[str, Callable[[], object]]) -> None:
        self._goals, self._typed = goals, ""
        self._screen.wait_for_key(question, self._take, then=lambda: self._screen.article_pane.show_hints({}))

    def _take(self, event: events.Key) -> bool:
        """One more letter; gives whether more are waited for."""
        self._typed += event.character or "?"
        if self._typed in self._goals:
            self._goals[self._typed]()
            return False
        return any(label.startswith(self._typed) for label in self._goals)
