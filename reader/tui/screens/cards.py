"""Cards in full: everything that is known of what a paragraph names, as of then and now, and where else it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.content import Content

from reader.knowledge.cards import CardInFull
from reader.tui.keymap import Keymap
from reader.tui.screens.dialogs import LeaveScreen
from reader.tui.screens.sheets import Piece, TextSheet


class CardScreen(TextSheet[int]):
    """One card at a time, the others a key away; choosing leads to the next paragraph that names it."""

    def __init__(
        self,
        keymap: Keymap,
        cards: Sequence[CardInFull],
        named_in: Callable[[str], Sequence[int]],
        pin: Callable[[CardInFull], bool],
        paragraph: int,
    ) -> None:
        """`named_in` gives the paragraphs that name an entity; `pin` pins a card or takes the pin out, and says which."""
        super().__init__(keymap)
        self._cards, self._named_in, self._pin, self._paragraph = cards, named_in, pin, paragraph
        self._number = 0

    @property
    def acts(self) -> dict[str, Callable[[], object]]:
        """The next card, the pin, the source, and where it is named next."""
        return super().acts | {
            "dialog-next": self._next,
            "dialog-pin": self._pin_it,
            "dialog-source": self._open_source,
            "dialog-choose": self._go_on,
        }

    @property
    def _current(self) -> CardInFull:
        return self._cards[self._number]

    def _next(self) -> None:
        self._number = (self._number + 1) % len(self._cards)
        self.body.update(self.content())
        self.acts["dialog-first"]()

    def _pin_it(self) -> None:
        pinned = self._pin(self._current)
        self.notify("Pinned." if pinned else "No longer pinned.", markup=False, timeout=2)

    def _open_source(self) -> None:
        url = self._current.card.url
        if url and url.startswith(("https://", "http://")):
            self.app.push_screen(LeaveScreen(self.keymap, url))
        else:
            self.notify("This card has no address to open.", markup=False)

    def _go_on(self) -> None:
        places = self._named_in(self._current.card.entity.id)
        after = [p for p in places if p > self._paragraph]
        self.dismiss((after or places or [self._paragraph])[0])

    def content(self) -> Content:
        """The card."""
        return Content.assemble(*self._pieces())

    def _pieces(self) -> Iterable[Piece]:
        whole, card = self._current, self._current.card
        if len(self._cards) > 1:
            keys = self.keymap.shown("dialog-next")
            yield f"card {self._number + 1} of {len(self._cards)} · {keys} the next one\n\n", "$muted"
        yield card.entity.label, "bold"
        yield f"   {card.entity.description or card.entity.kind}\n\n", "$muted"
        yield "as of the article's day\n", "bold $muted"
        yield from _lines(whole.then)
        if whole.now != whole.then:
            yield "\nas of today\n", "bold $muted"
            yield from _lines(whole.now)
        yield f"\neverything known ({len(whole.statements)})\n", "bold $muted"
        for name, value, source in whole.statements:
            yield f"  {name}  ", "$muted"
            yield f"{value}\n"
            yield f"      {source}\n", "$muted"
        places = ", ".join(f"¶ {p + 1}" for p in self._named_in(card.entity.id))
        yield f"\nnamed in {places or 'this paragraph alone'} · {self.keymap.shown('dialog-choose')} goes on to the next\n"
        if card.url:
            yield f"{card.url}\n", "$muted"


def _lines(lines: Iterable[tuple[str, str]]) -> Iterable[Piece]:
    for label, text in lines:
        yield f"  {label:<9}", "$muted"
        yield f"{text}\n"
