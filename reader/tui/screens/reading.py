"""The reading screen: article, margin, head and foot; it routes keys and messages to the parts that know what to do."""

from __future__ import annotations

from collections.abc import Callable
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer

from reader.article.model import Span
from reader.findings import ClaimRecord
from reader.library import key_of
from reader.report.wording import ASCII_SIGNS, SIGNS
from reader.settings import Settings
from reader.tui.acts import Acts
from reader.tui.claim_index import ClaimIndex, Filter
from reader.tui.collecting import EVERY, Collecting
from reader.tui.copying import Copying
from reader.tui.examining import Examining
from reader.tui.hinting import Hinting
from reader.tui.keeping import Keeping
from reader.tui.keymap import Keymap, KeyReader
from reader.tui.looking import Looking
from reader.tui.messages import DividerDragged, FocusMoved, LineWanted, TextClicked, TextDragged, ViewMoved
from reader.tui.noting import Noting
from reader.tui.opened import Opened
from reader.tui.screens.sheets import Sheet
from reader.tui.seeking import Seeker
from reader.tui.selecting import Selecting
from reader.tui.showing import Showing
from reader.tui.terminal import show_cursor
from reader.tui.typing import Typing
from reader.tui.walking import Walking
from reader.tui.widgets.article_pane import ArticlePane
from reader.tui.widgets.bars import Foot, Head
from reader.tui.widgets.divider import Divider
from reader.tui.widgets.margin_pane import Beside, CardsPane, MarginPane, SidePane, told_lines
from reader.tui.widgets.overview import Overview
from reader.tui.widgets.typing_line import TypingLine

if TYPE_CHECKING:
    from reader.tui.app import CaveatApp

_DEBOUNCE = 0.05
_KEPT_AFTER = 1.5
_WIDE, _VERY_WIDE, _TALL = 100, 170, 18


class ReadingScreen(Screen[None], inherit_bindings=False):
    """One article, read beside its evidence."""

    BINDINGS = [Binding("ctrl+c", "screen.copy_text", "Copy", show=False)]  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide"), (_VERY_WIDE, "-very-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (_TALL, "-tall")]  # noqa: RUF012

    def __init__(self, opened: Opened, keymap: Keymap) -> None:
        columns, rows = get_terminal_size()
        width = "-narrow" if columns < _WIDE else "-wide" if columns < _VERY_WIDE else "-very-wide"
        height = "-tall" if rows >= _TALL else "-short"
        super().__init__(classes=f"{width} {height}")  # else the first resize styles everything anew
        self.article, self.options, self.settings = opened.article, opened.options, opened.settings
        self.library, self.keymap = opened.library, keymap
        self.opened = opened
        self.key = key_of(opened.article, opened.source)
        reading = opened.settings.reading
        self.is_plain, self.is_ascii = reading.plain, reading.signs == "ascii" or reading.plain
        self.signs = ASCII_SIGNS if self.is_ascii else SIGNS
        self.set_class(self.is_plain, "-plain")
        self._readers = {c: KeyReader(keymap, c) for c in ("reading", "selection")}
        self._waiting: Callable[[events.Key], bool] | None = None
        self._after_waiting: Callable[[], object] | None = None
        self._margin_timer: Timer | None = None
        self._place_timer: Timer | None = None
        self._make_widgets()
        self._make_parts()

    def _make_widgets(self) -> None:
        reading = self.settings.reading
        self.article_pane = ArticlePane(
            self.article,
            width=reading.width,
            ascii_signs=self.is_ascii,
            justified=reading.justified,
            told=self.is_plain,
        )
        self.overview = Overview(self.article_pane, self.signs)
        self.margin_pane, self.cards_pane = MarginPane(self.signs), CardsPane()
        self.head, self.foot = Head(), Foot(self.keymap, ascii_signs=self.is_ascii)
        self.typing_line = TypingLine()

    def _make_parts(self) -> None:
        self.index = ClaimIndex(len(self.article.paragraphs))
        self.seeker = Seeker(self.article_pane, self.article.paragraphs, self.show_place)
        self.examining, self.walking, self.noting = Examining(self), Walking(self), Noting(self)
        self.selecting, self.hinting = Selecting(self), Hinting(self)
        self.showing, self.looking = Showing(self), Looking(self)
        self.keeping, self.typing, self.copying = Keeping(self), Typing(self), Copying(self)
        self.collecting = Collecting(lambda: not self.examining.is_done)
        parts = (
            self.examining, self.walking, self.noting, self.selecting, self.hinting,
            self.showing, self.looking, self.keeping, self.typing, self.copying,
        )  # fmt: skip
        own: Acts = {
            "select": self.selecting.begin,
            "palette": self.showing.help if self.is_plain else lambda: self.owner.action_command_palette(),
            "quit": lambda: self.call_later(self.app.run_action, "app.quit"),
        }
        self.acts: Acts = {id_: act for part in parts for id_, act in part.acts.items()} | own

    @property
    def owner(self) -> CaveatApp:
        """The app, as what it is."""
        return cast("CaveatApp", self.app)

    def compose(self) -> ComposeResult:
        """Head, the panes, foot."""
        yield self.head
        with Horizontal(id="panes"):
            with Horizontal(id="text"):
                yield self.article_pane
                yield self.overview
            yield Divider(ascii_signs=self.is_ascii)
            with Vertical(id="side"):
                yield self.margin_pane
            yield self.cards_pane
        yield self.typing_line
        yield self.foot

    def on_mount(self) -> None:
        """The text is there at once, where it was left; the checking begins after the first paint."""
        self.head.show(self.article, online=self.options.online)
        self.keeping.return_to_place()
        self.article_pane.focus()
        self.call_after_refresh(self._settle_in)
        if self.is_plain and not self.app.is_web:
            show_cursor()

    def on_unmount(self) -> None:
        """Keep the place."""
        self.keeping.keep_place()
        self.collecting.end()

    def _settle_in(self) -> None:
        self.keeping.begin()
        self.noting.load()
        self.examining.start()
        self.set_interval(EVERY, self.collecting.step)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Do what a key means where the reader is; what is typed into a line is no key."""
        self.collecting.key()
        if self._waiting is not None:
            event.stop()
            self._take_waited(event)
            return
        reader = self._readers["selection" if self.selecting.is_on else "reading"]
        if (top := self.app.screen) is not self and isinstance(top, Sheet) and not top.is_closing:
            event.stop()
            top.on_key(event)
            return
        if self.typing_line.takes_keys and event.key not in ("escape", "ctrl+p"):
            if event.key == "enter":
                event.stop()
                self.typing.kept(self.typing_line.whole())
            elif self.typing_line.take(event):
                event.stop()
            return
        if not reader.knows(event.key):
            return
        event.stop()
        action = reader.press(event.key)
        self.foot.show_waiting(f"{reader.waiting} …" if reader.waiting else "")
        if action is not None:
            self.do(action)

    def do(self, action: str) -> None:
        """Do an action by its id."""
        self.acts[action]()

    def do_chosen(self, action: Any) -> None:
        """Do what was chosen from a list of actions."""
        if action is not None and action.context == "reading":
            self.call_later(self.do, action.id)

    def wait_for_key(
        self, question: str, take: Callable[[events.Key], bool], then: Callable[[], object] | None = None
    ) -> None:
        """Give the next key to `take`, and the one after it while that says so; Escape ends it. `then` is done at the end."""
        self._waiting, self._after_waiting = take, then
        self.foot.show_waiting(question)

    def _take_waited(self, event: events.Key) -> None:
        take, then = self._waiting, self._after_waiting
        self._waiting = None
        if event.key != "escape" and take is not None and take(event):
            self._waiting = take
            return
        if self._waiting is None:
            self.foot.show_waiting("")
        if then is not None:
            then()

    # What the parts ask of the screen

    @property
    def side_in_focus(self) -> SidePane | None:
        """The pane beside the text that has the keys."""
        return self.focused if isinstance(self.focused, SidePane) else None

    def side_panes(self) -> list[tuple[str, str, SidePane]]:
        """The panes beside the text that are to be seen, with a letter and a name each."""
        panes: list[tuple[str, str, SidePane]] = [("m", "margin", self.margin_pane), ("c", "cards", self.cards_pane)]
        return [pane for pane in panes if pane[2].display and pane[2].region.width > 0]

    def switch_pane(self) -> None:
        """Give the keys to the next pane."""
        panes = [self.article_pane, *(pane for _, _, pane in self.side_panes())]
        here = next((n for n, pane in enumerate(panes) if pane is self.focused), 0)
        panes[(here + 1) % len(panes)].focus()

    def current_record(self) -> ClaimRecord | None:
        """The claim in focus."""
        return self.index.by_id(self.article_pane.claim) if self.article_pane.claim else None

    def current_span(self) -> Span:
        """The claim in focus, else the whole paragraph."""
        record, paragraph = self.current_record(), self.article_pane.paragraph
        return record.claim.span if record else Span(paragraph, 0, len(self.article.paragraphs[paragraph].text))

    def say(self, words: str) -> None:
        """Tell the reader something, for a moment."""
        self.notify(words, markup=False, timeout=2.5)

    def warn(self, words: str) -> None:
        """Tell the reader that something is wrong."""
        self.notify(words, severity="warning", markup=False, timeout=8)

    def follow(self, target: str) -> None:
        """Go where a link leads: inside the article, or out of it after asking."""
        if target.startswith("#"):
            self.walking.jump(int(target[1:]))
        else:
            self.showing.leave(target)

    def on_typing_line_typed(self, message: TypingLine.Typed) -> None:
        """Something is being typed."""
        self.collecting.key()
        self.typing.typed(message)

    def on_typing_line_kept(self, message: TypingLine.Kept) -> None:
        """Something was typed."""
        self.typing.kept(message)

    # What is shown

    def show_paragraph(self, paragraph: int) -> None:
        """Show the claims of a paragraph where its text is."""
        records = self.index.at(paragraph)
        self.article_pane.show_claims(paragraph, records)
        self.overview.take(paragraph, records)
        if self.is_plain:
            self.article_pane.show_told(paragraph, told_lines(records))

    def show_all_claims(self) -> None:
        """Show the claims of the whole article anew."""
        shown = self.index.shown()
        self.article_pane.replace_claims(shown)
        self.overview.replace(shown)
        if self.is_plain:
            for paragraph in {*shown, *self.article_pane.told_at}:
                self.article_pane.show_told(paragraph, told_lines(shown.get(paragraph, ())))
        self.show_beside()
        self.show_place()

    def filter_claims(self, name: Filter | str) -> None:
        """Show only some claims."""
        self.say(f"Shown: {self.index.set_filter(cast('Filter', name))}.")
        self.show_all_claims()

    def show_beside(self) -> None:
        """Show what belongs to the focused paragraph."""
        paragraph = self.article_pane.paragraph
        three = self.has_class("-very-wide")
        beside = Beside(
            records=self.index.at(paragraph),
            cards=self.index.cards.get(paragraph, ()),
            notes=self.noting.at(paragraph),
            pinned=self.showing.pinned,
            claim=self.article_pane.claim,
            hidden=self.index.hidden_at(paragraph),
            waiting=self.examining.is_awaited(paragraph),
            furniture=self.article.paragraphs[paragraph].kind == "boilerplate",
            refreshing=self.examining.is_refreshing,
        )
        self.put_cursor()
        self.margin_pane.show(beside, with_cards=not three)
        if three:
            self.cards_pane.show(beside)

    def show_place(self) -> None:
        """Say where the reader is."""
        pane = self.article_pane
        if self.selecting.is_on:
            span = self.selecting.span
            self.foot.show_place(f"selecting {span.end - span.start} characters")
            return
        if self.seeker.is_active:
            self.foot.show_place(self.seeker.words)
            return
        number = self.index.number(pane.claim) if pane.claim else None
        sign = "paragraph" if self.is_plain else "¶"
        here = f"{sign} {pane.paragraph + 1}/{len(self.article.paragraphs)}"
        place = f"claim {number[0]}/{number[1]}" if number else here
        self.foot.show_place(place if self.index.filter == "all" else f"{place} · {self.index.filter}")

    def on_focus_moved(self, message: FocusMoved) -> None:
        """The margin follows, a moment later, so that holding a key stays smooth."""
        for timer in (self._margin_timer, self._place_timer):
            if timer is not None:
                timer.stop()
        self._margin_timer = self.set_timer(_DEBOUNCE, self.show_beside)
        self._place_timer = self.set_timer(_KEPT_AFTER, self.keeping.keep_place)
        self.examining.follow()
        self.show_place()
        self.put_cursor()

    def on_view_moved(self, message: ViewMoved) -> None:
        """The overview shows what of the article is on the screen."""
        self.overview.refresh()
        self.put_cursor()

    def put_cursor(self) -> None:
        """The terminal's cursor stands where the reader is, for whoever follows it by hand or ear."""
        if self.is_plain and self.is_current and not self.typing_line.display:
            self.app.cursor_position = self.article_pane.place_on_screen()

    def on_screen_resume(self) -> None:
        """Whatever lay over the text is gone."""
        self.call_after_refresh(self.put_cursor)

    def on_text_clicked(self, message: TextClicked) -> None:
        """A click brings a claim into focus, a second one shows its evidence."""
        record = self.index.covering(message.paragraph, message.at)
        self.article_pane.focus()
        self.article_pane.go_to(message.paragraph, record.claim.id if record else None, message.at)
        if record is not None and message.times == 2:
            self.showing.evidence()
        link = next(
            (k for k in self.article.paragraphs[message.paragraph].links if k.start <= message.at < k.end), None
        )
        if link is not None:
            self.follow(link.target)

    def on_text_dragged(self, message: TextDragged) -> None:
        """What the mouse was drawn over is selected."""
        self.selecting.begin(Span(message.paragraph, message.start, message.end))

    def on_resize(self) -> None:
        """Cards go into a column of their own, or come back, with the room that there is."""
        self.call_after_refresh(self.show_beside)
        self.call_after_refresh(self.put_cursor)

    def on_line_wanted(self, message: LineWanted) -> None:
        """The overview was clicked."""
        self.walking.remember()
        self.article_pane.scroll_to_line(message.line)

    def on_divider_dragged(self, message: DividerDragged) -> None:
        """The divider was drawn."""
        self.looking.divide_at(message.column)

    # The app's

    def theme_names(self) -> list[str]:
        """The themes that can be worn."""
        return self.owner.offered_themes()

    def set_theme(self, name: str) -> None:
        """Wear a theme."""
        self.owner.wear(name)

    def next_theme(self) -> None:
        """Wear the next theme."""
        self.owner.action_next_theme()

    def take_setting(self, name: str, value: object, settings: Settings) -> bool:
        """Take up a setting that was changed, where that can be done at once; whether it was."""
        self.settings = settings
        return self.owner.take_setting(name, value)
