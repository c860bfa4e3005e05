"""Going about in the article: paragraphs, pages, claims, marks, and back to where one jumped from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.content import Content

from reader.article.model import Span
from reader.library import Place, found_again, place_in
from reader.tui.claim_index import PROBLEMS

if TYPE_CHECKING:
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen

_REMEMBERED = 100


class Walking:
    """Moves the article's pane, and remembers the places that were left by a jump."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._back: list[tuple[int, str | None, int]] = []
        self._forward: list[tuple[int, str | None, int]] = []

    @property
    def acts(self) -> Acts:
        """What keys can do here."""
        return {
            "next-paragraph": lambda: self.move(1),
            "previous-paragraph": lambda: self.move(-1),
            "page-down": lambda: self.page(1),
            "page-up": lambda: self.page(-1),
            "first-paragraph": lambda: self.jump(0),
            "last-paragraph": lambda: self.jump(len(self._screen.article.paragraphs) - 1),
            "next-claim": lambda: self.claim(1),
            "previous-claim": lambda: self.claim(-1),
            "next-problem": lambda: self.problem(1),
            "previous-problem": lambda: self.problem(-1),
            "other-end": self.other_end,
            "set-mark": lambda: self._screen.wait_for_key("mark with which letter?", self._set_mark),
            "go-to-mark": lambda: self._screen.wait_for_key("go to which mark?", self._go_to_mark),
            "marks": self.list_marks,
            "jump-back": self.back,
            "jump-forward": self.forward,
            "switch-pane": self._screen.switch_pane,
        }

    def move(self, step: int) -> None:
        """Move by a paragraph, or scroll the pane beside it when that has the focus."""
        if (side := self._screen.side_in_focus) is not None:
            side.scroll_relative(y=step, animate=False)
        else:
            self._screen.article_pane.move(step)

    def page(self, step: int) -> None:
        """Move by a page."""
        if (side := self._screen.side_in_focus) is not None:
            side.scroll_relative(y=step * max(1, side.size.height - 2), animate=False)
        else:
            self._screen.article_pane.page(step)

    def claim(self, step: int) -> None:
        """Go to the next or previous claim; while a search is on, to the next or previous place found."""
        if self._screen.seeker.is_active:
            self._screen.seeker.step(step)
        else:
            self._step(step, (), "claim")

    def problem(self, step: int) -> None:
        """Go to the next or previous refuted or conflicting claim."""
        self._step(step, PROBLEMS, "refuted or conflicting claim")

    def _step(self, step: int, labels: tuple[str, ...], what: str) -> None:
        pane = self._screen.article_pane
        found = self._screen.index.step(pane.paragraph, pane.claim, step, labels)
        if found is None:
            examining = self._screen.examining
            where = f" in {examining.where}" if examining.where else ""
            self._screen.say(f"No {what} found{where}" + ("." if examining.is_done else " so far."))
            return
        span = found.claim.span
        pane.go_to(span.paragraph, found.claim.id, span.start)

    def jump(self, paragraph: int, claim: str | None = None, at: int = 0) -> None:
        """Go to a place that may be far, and remember this one."""
        pane = self._screen.article_pane
        if (pane.paragraph, pane.at) != (paragraph, at):
            self.remember()
        pane.go_to(max(0, min(paragraph, len(self._screen.article.paragraphs) - 1)), claim, at)

    def remember(self) -> None:
        """Remember this place as one that was left by a jump."""
        pane = self._screen.article_pane
        here = pane.paragraph, pane.claim, pane.at
        if not self._back or self._back[-1] != here:
            self._back = [*self._back[1 - _REMEMBERED :], here]
            self._forward.clear()

    def jump_to(self, span: Span | None) -> None:
        """Go to a stretch of the text, and to the claim on it."""
        if span is not None:
            record = self._screen.index.covering(span.paragraph, span.start)
            self.jump(span.paragraph, record.claim.id if record else None, span.start)

    def other_end(self) -> None:
        """Go to the next place that contradicts this claim."""
        screen, pane = self._screen, self._screen.article_pane
        record = screen.current_record()
        own = record.claim.span if record else Span(pane.paragraph, pane.at, pane.at + 1)
        ends = screen.index.ends(screen.article, own, record)[1:]
        if ends:
            self.jump_to(next((s for s in ends if s > own), ends[0]))
        else:
            self._screen.say("Nothing in the article contradicts this.")

    def back(self) -> None:
        """Go back to where the last jump began."""
        self._go(self._back, self._forward, "No place to go back to.")

    def forward(self) -> None:
        """Go forward again."""
        self._go(self._forward, self._back, "No place to go forward to.")

    def _go(self, there: list[tuple[int, str | None, int]], here: list[tuple[int, str | None, int]], none: str) -> None:
        if not there:
            self._screen.say(none)
            return
        pane = self._screen.article_pane
        here.append((pane.paragraph, pane.claim, pane.at))
        pane.go_to(*there.pop())

    def list_marks(self) -> None:
        """Show the marks, to go to one or to take it away."""
        from reader.tui.screens.picker import Entry, Picker

        screen = self._screen
        entries = [
            Entry(Content.assemble((f"{name}  ", "bold"), f"¶ {place.paragraph + 1}  ", (place.quote, "$muted")), f"{name} {place.quote}", name)
            for name, place in screen.library.marks(screen.key).items()
        ]  # fmt: skip
        picker = Picker(screen.keymap, "Marks", entries, deleted=lambda name: screen.noting.set_mark(name, None))
        screen.app.push_screen(picker, self._go_to)

    def _set_mark(self, event: events.Key) -> bool:
        name = event.character
        if name and name.isprintable() and not name.isspace():
            pane, screen = self._screen.article_pane, self._screen
            if screen.noting.set_mark(name, place_in(screen.article, pane.paragraph, pane.at)):
                screen.say(f"Mark {name} is set here.")
        return False

    def _go_to_mark(self, event: events.Key) -> bool:
        if event.character:
            self._go_to(event.character)
        return False

    def _go_to(self, name: str | None) -> None:
        if name is None:
            return
        mark = self._screen.library.marks(self._screen.key).get(name)
        if mark is None:
            self._screen.say(f"There is no mark {name!r} here.")
            return
        place: Place | None = found_again(self._screen.article.paragraphs, mark)
        if place is None:
            self._screen.say(f"The words that mark {name!r} stood at are gone.")
        else:
            self.jump(place.paragraph, None, place.at)
