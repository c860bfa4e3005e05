"""What lies over the reading screen: evidence, cards, contradictions, outline, keys, settings, pictures, and leaving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from reader.findings import ClaimRecord

if TYPE_CHECKING:
    from reader.knowledge.cards import Card, CardInFull
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen


class Showing:
    """Opens the sheets and takes up what they return."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._pinned: dict[str, Card] = {}

    @property
    def pinned(self) -> tuple[Card, ...]:
        """The pinned cards, each as it is known now."""
        return tuple(self._screen.index.latest.get(id_, card) for id_, card in self._pinned.items())

    @property
    def acts(self) -> Acts:
        """What keys can do here."""
        return {
            "evidence": self.evidence,
            "explain": self.explain,
            "contradiction": self.contradiction,
            "open-source": self.open_source,
            "card": self.cards,
            "pin": self.pin_first,
            "picture": self.picture,
            "outline": self.outline,
            "help": self.help,
            "settings": self.settings,
        }

    def _chosen(self) -> Sequence[ClaimRecord]:
        """The current claim, else the speaking claims of the paragraph, else all of them."""
        current = self._screen.current_record()
        records = self._screen.index.at(self._screen.article_pane.paragraph)
        return (current,) if current else tuple(r for r in records if r.leading.is_decided) or records

    def _none(self) -> None:
        done = self._screen.examining.is_done
        self._screen.say("This paragraph holds no claim" + ("." if done else " so far."))

    def evidence(self) -> None:
        """The evidence of the current claim in full."""
        from reader.tui.screens.evidence import EvidenceScreen

        if records := self._chosen():
            self._screen.app.push_screen(EvidenceScreen(self._screen.keymap, records, self._screen.signs))
        else:
            self._none()

    def explain(self) -> None:
        """How the current claim came to its verdicts."""
        from reader.tui.screens.evidence import ExplanationScreen

        screen = self._screen
        if records := self._chosen():
            screen.app.push_screen(
                ExplanationScreen(screen.keymap, screen.examining.article, screen.options, records[0].claim.id)
            )
        else:
            self._none()

    def contradiction(self) -> None:
        """Both ends of a contradiction, side by side."""
        from reader.tui.screens.evidence import ContradictionScreen

        screen = self._screen
        for record in self._chosen():
            ends = screen.index.ends(screen.article, record.claim.span, record)
            if len(ends) > 1:
                sheet = ContradictionScreen(screen.keymap, screen.article, record, ends, screen.signs)
                screen.app.push_screen(sheet, screen.walking.jump_to)
                return
        screen.say("Nothing in the article contradicts this.")

    def open_source(self) -> None:
        """Show the host of the current evidence's source, then open it if that is wanted."""
        from reader.tui.screens.evidence import first_url

        url = first_url(self._chosen())
        if url:
            self.leave(url)
        else:
            self._screen.say("Nothing here has an address to open.")

    def leave(self, url: str) -> None:
        """Ask before a browser is opened."""
        from reader.tui.screens.dialogs import LeaveScreen

        self._screen.app.push_screen(LeaveScreen(self._screen.keymap, url))

    def cards(self) -> None:
        """The cards of this paragraph in full."""
        screen, paragraph = self._screen, self._screen.article_pane.paragraph
        cards = {c.entity.id: c for c in (*screen.index.cards.get(paragraph, ()), *self.pinned)}
        if cards:
            screen.run_worker(
                self._cards(tuple(cards.values()), paragraph), exclusive=True, group="cards", exit_on_error=False
            )
        else:
            screen.say("This paragraph names nothing that is known" + ("." if screen.examining.is_done else " so far."))

    async def _cards(self, cards: Sequence[Card], paragraph: int) -> None:
        from reader.desk.cards import PackError, cards_in_full
        from reader.tui.screens.cards import CardScreen

        screen = self._screen
        try:
            wholes = await cards_in_full(cards, screen.options, screen.article.as_of.date)
        except PackError as error:
            screen.warn(str(error))
            return
        sheet = CardScreen(screen.keymap, wholes, screen.index.naming, self._pin, paragraph)
        screen.app.push_screen(sheet, lambda there: None if there is None else screen.walking.jump(there))

    def pin_first(self) -> None:
        """Pin this paragraph's first card, or take the pin out."""
        cards = self._screen.index.cards.get(self._screen.article_pane.paragraph, ())
        if not cards and not self.pinned:
            self._screen.say("No card here to pin.")
            return
        card = cards[0] if cards else self.pinned[-1]
        pinned = self._turn(card)
        self._screen.say(f"{card.entity.label}: {'pinned' if pinned else 'no longer pinned'}.")

    def _pin(self, whole: CardInFull) -> bool:
        return self._turn(whole.card)

    def _turn(self, card: Card) -> bool:
        was = self._pinned.pop(card.entity.id, None)
        if was is None:
            self._pinned[card.entity.id] = card
        self._screen.show_beside()
        return was is None

    def picture(self) -> None:
        """Fetch and show a picture of the first card's entity."""
        screen = self._screen
        cards = [c for c in screen.index.cards.get(screen.article_pane.paragraph, ()) if c.page]
        if screen.options.sources is None or not screen.options.online:
            screen.say("A picture is fetched from the network, and you are offline.")
        elif screen.app.ansi_color or screen.app.no_color:
            screen.say("A picture needs colours.")
        elif not cards:
            screen.say("No card here has a page with a picture.")
        else:
            from reader.tui.screens.picture import PictureScreen

            screen.app.push_screen(PictureScreen(screen.keymap, str(cards[0].page), screen.options.sources))

    def outline(self) -> None:
        """The headings, to go to one."""
        from reader.tui.screens.picker import Entry, Picker

        screen = self._screen
        headings = [p for p in screen.article.paragraphs if p.kind == "heading"]
        if not headings:
            screen.say("This article has no headings.")
            return
        entries = [
            Entry(Content.assemble("  " * max(0, p.level - 1), p.text, (f"  ¶ {p.id + 1}", "$muted")), p.text, p.id)
            for p in headings
        ]
        here = screen.article_pane.paragraph
        at = max((n for n, p in enumerate(headings) if p.id <= here), default=0)
        picker = Picker(screen.keymap, "Outline", entries, at=at)
        screen.app.push_screen(picker, lambda there: None if there is None else screen.walking.jump(there))

    def help(self) -> None:
        """The keys as they are bound now; choosing one does it."""
        from reader.tui.screens.help import HelpScreen

        screen = self._screen
        screen.app.push_screen(HelpScreen(screen.keymap, screen.signs, plain=screen.is_ascii), screen.do_chosen)

    def settings(self) -> None:
        """All settings, to be changed."""
        from reader.tui.screens.settings import SettingsScreen

        screen = self._screen
        screen.app.push_screen(
            SettingsScreen(screen.keymap, screen.settings, screen.take_setting, screen.theme_names())
        )
