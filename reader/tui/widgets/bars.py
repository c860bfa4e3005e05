"""The head and the foot: what is read, as of when, how far the checking is, what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static

from reader.article.model import Article
from reader.report.wording import ASCII_SIGNS, SIGNS, as_of_line, line_words
from reader.tui.keymap import Keymap, shown_key

if TYPE_CHECKING:
    from reader.checks.model import Label
    from reader.findings import SourcesState

_WIDE = 100


class Head(Static):
    """The title on the left; as-of date with where it came from, offline or online, on the right."""

    def __init__(self) -> None:
        super().__init__(id="head", markup=False)
        self._title, self._facts, self._brief = "", "", ""

    def show(self, article: Article, *, online: bool, asked: SourcesState | None = None) -> None:
        """Take up an article's title and date, and where the asking of sources stands."""
        self._title = article.title or "(no title)"
        where = line_words(asked, online=online)
        self._facts = f"{as_of_line(article.as_of)} · {where}"
        self._brief = f"{article.as_of.date.iso if article.as_of.date else 'undated'} · {where.partition(' · ')[0]}"
        self._fit()

    def on_resize(self) -> None:
        """Fit the title to the room that the facts leave."""
        self._fit()

    def _fit(self) -> None:
        facts = self._facts if self.size.width - len(self._facts) > 30 else self._brief
        room = self.size.width - len(facts) - 3
        title = (
            self._title
            if cell_len(self._title) <= room
            else set_cell_size(self._title, max(0, room - 1)).rstrip() + "…"
        )
        pad = " " * max(1, self.size.width - cell_len(title) - len(facts))
        self.update(Content.assemble((title, "bold"), pad, (facts, "$muted")), layout=False)


class Foot(Static):
    """Keys, progress or place, and the counts of verdicts."""

    def __init__(self, keymap: Keymap, *, ascii_signs: bool) -> None:
        super().__init__(id="foot", markup=False)
        self._keymap = keymap
        self._signs = ASCII_SIGNS if ascii_signs else SIGNS
        self._plain = ascii_signs
        self._counts: Counter[Label] = Counter()
        self._progress = "reading …"
        self._place = ""
        self._waiting = ""

    def show_counts(self, labels: Iterable[Label]) -> None:
        """Count the claims by verdict."""
        self._counts = Counter(labels)
        self._fit()

    def show_progress(self, text: str) -> None:
        """How far the checking is, or that it is done."""
        self._progress = text
        self._fit()

    def show_place(self, text: str) -> None:
        """Where the reader is: "claim 3/11"."""
        self._place = text
        self._fit()

    def say_for(self, words: str, seconds: float) -> None:
        """Say something in the place of the keys, for some seconds or until something else is said there."""
        said = " ".join(words.split())
        self.show_waiting(said)
        self.set_timer(seconds, lambda: self.show_waiting("") if self._waiting == said else None)

    def show_waiting(self, text: str) -> None:
        """What the next key is waited for, in place of the keys; "" where none is."""
        if text != self._waiting:
            self._waiting = text
            self._fit()

    def on_resize(self) -> None:
        """Fit what is shown to the width."""
        self._fit()

    def _fit(self) -> None:
        labels: tuple[Label, ...] = ("supported", "refuted", "conflicting", "not-enough-evidence", "not-checkable")
        counts: list[tuple[str, str] | str] = []
        for label in labels:
            if self._counts[label] or label in ("supported", "refuted", "conflicting"):
                counts += [(f"{self._signs[label]} {self._counts[label]}", f"$verdict-{label}"), "  "]
        right = Content.assemble(*counts)
        middle = " · ".join(p for p in (self._place, self._progress) if p)
        room = self.size.width - right.cell_length - len(middle) - 4
        if self._waiting:
            self._say(self._waiting, right)
            return
        keys = self._keys() if room > 12 else ""
        keys = keys if cell_len(keys) <= room else keys[: max(0, keys.rfind("  ", 0, room))]
        if self.size.width < right.cell_length + len(middle) + 2:
            middle = self._place or middle
        pad = max(1, self.size.width - len(keys) - len(middle) - right.cell_length - 2)
        self.update(Content.assemble((keys, "$muted"), " " * pad, (middle, ""), "  ", right), layout=False)

    def _say(self, words: str, right: Content) -> None:
        """Words in place of keys and place; the counts stay where there is room."""
        width = self.size.width - 2
        if cell_len(words) + right.cell_length + 2 > width:
            right = Content("")
        if cell_len(words) > width:
            words = set_cell_size(words, max(0, width - 1)).rstrip() + "…"
        pad = " " * max(1, width - cell_len(words) - right.cell_length)
        self.update(Content.assemble((words, "bold"), pad, right), layout=False)

    def _keys(self) -> str:
        return "  ".join(
            f"{shown_key(a.keys[0], plain=self._plain)} {a.word}" for a in self._keymap.actions if a.word and a.keys
        )
