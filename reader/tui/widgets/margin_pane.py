"""The margin beside the text: pinned cards, verdicts on the focused paragraph, then cards of what it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.clock import today
from reader.findings import ClaimRecord
from reader.report.wording import (
    age_words,
    before_line,
    quote_line,
    source_line,
    today_line,
    verdict_words,
)

if TYPE_CHECKING:
    from reader.checks.model import Label, Verdict
    from reader.knowledge.cards import Card
    from reader.library import Note

_Piece = tuple[str, str] | str


@dataclass(frozen=True, slots=True)
class Beside:
    """What belongs beside a paragraph."""

    records: tuple[ClaimRecord, ...] = ()
    cards: tuple[Card, ...] = ()
    notes: tuple[Note, ...] = ()
    pinned: tuple[Card, ...] = ()
    claim: str | None = None
    hidden: int = 0
    """How many claims a filter hides."""
    waiting: bool = False
    furniture: bool = False
    refreshing: bool = False


class SidePane(VerticalScroll, can_focus=True, inherit_bindings=False):
    """One pooled text that follows the reader; nothing is mounted while they move."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self._body = Static(id=f"{name}-body", markup=False)
        self._shown: object = None

    def compose(self) -> ComposeResult:
        """The one body."""
        yield self._body

    def put(self, key: object, pieces: Iterable[_Piece]) -> None:
        """Show some text, from its top, unless that is what is shown already."""
        if key != self._shown:
            self._shown = key
            self._body.update(Content.assemble(*pieces))
            self.scroll_home(animate=False, immediate=True)


class MarginPane(SidePane):
    """What was found on a paragraph; and, unless they have a pane of their own, the cards."""

    def __init__(self, signs: Mapping[Label, str]) -> None:
        super().__init__("margin")
        self._signs = signs

    def show(self, beside: Beside, *, with_cards: bool) -> None:
        """Show what belongs to a paragraph, the current claim first."""
        self.put((beside, with_cards), self._pieces(beside, with_cards=with_cards))

    def _pieces(self, beside: Beside, *, with_cards: bool) -> Iterable[_Piece]:
        if with_cards:
            yield from _pinned(beside)
        if beside.furniture:
            yield "Part of the page, not of the article: not checked.", "$muted"
        for note in beside.notes:
            yield f"note  {note.words}\n" if note.words else "", f"on $note-{note.colour}"
        yield ("\n" if any(n.words for n in beside.notes) else "")
        speaking = [r for r in beside.records if r.leading.label != "not-checkable"]
        chosen = next((r for r in beside.records if r.claim.id == beside.claim), None)
        ordered = ([chosen] if chosen else []) + [r for r in speaking if r is not chosen]
        for record in ordered:
            yield from self._verdicts(record, current=record is chosen)
        yield from self._unsaid(beside, shown=len(ordered), open_claims=len(beside.records) - len(ordered))
        if with_cards:
            yield from _unpinned(beside)

    def _unsaid(self, beside: Beside, *, shown: int, open_claims: int) -> Iterable[_Piece]:
        if open_claims:
            more = "more claim" if shown else "claim"
            sign = self._signs["not-checkable"]
            yield f"{sign} {open_claims} {more}{'s' if open_claims != 1 else ''} that no rule decides\n\n", "$muted"
        if beside.hidden:
            yield f"{beside.hidden} claim{'s' if beside.hidden != 1 else ''} hidden by the filter\n\n", "$muted"
        if beside.waiting and not beside.records and not beside.furniture:
            yield "checking …\n\n", "$muted"

    def _verdicts(self, record: ClaimRecord, *, current: bool) -> Iterable[_Piece]:
        for number, verdict in enumerate(record.verdicts):
            style = f"$verdict-{verdict.label}"
            yield f"{self._signs[verdict.label]} {verdict_words(verdict)}", f"bold {style}"
            yield f"  {verdict.check}" + ("  ◂" if current and number == 0 else "") + "\n", "$muted"
            if number == 0:
                yield f"“{_short(record.claim.text, 160)}”\n", "italic"
            yield f"{verdict.explanation}\n", ""
            if verdict.is_decided:
                yield from _evidence(verdict)
            yield "\n", ""
            if current and number == 0:
                yield from _passages(verdict, record.claim.text)
        for verdict in record.today:
            yield f"{today_line(verdict)}\n\n", "$muted"
        for before in record.before:
            yield f"{before_line(before)}\n\n", "$muted"


class CardsPane(SidePane):
    """The cards in a column of their own, where the screen is wide enough for three."""

    def __init__(self) -> None:
        super().__init__("cards")

    def show(self, beside: Beside) -> None:
        """Show what a paragraph names, the pinned cards first."""
        self.put((beside.cards, beside.pinned, beside.refreshing), self._pieces(beside))

    def _pieces(self, beside: Beside) -> Iterable[_Piece]:
        yield from _pinned(beside)
        yield from _unpinned(beside)


def _unpinned(beside: Beside) -> Iterable[_Piece]:
    pinned = {card.entity.id for card in beside.pinned}
    for card in beside.cards:
        if card.entity.id not in pinned:
            yield from _card(card, refreshing=beside.refreshing)


def told_lines(records: Sequence[ClaimRecord]) -> list[str]:
    """What was found on a paragraph, in words and in the order of its text: for reading it under the paragraph."""
    lines = []
    for record in records:
        lines += [
            f"[{verdict_words(v)}] “{_short(record.claim.text, 160)}” {v.explanation}" for v in record.verdicts if v.label != "not-checkable"
        ]  # fmt: skip
    return lines


def _pinned(beside: Beside) -> Iterable[_Piece]:
    for card in beside.pinned:
        yield "pinned  ", "$accent"
        yield from _card(card, refreshing=beside.refreshing)


def _evidence(verdict: Verdict) -> Iterable[_Piece]:
    shown = [e for e in verdict.evidence if e.stance != "context"][:2]
    said: set[str] = set()
    for evidence in shown:
        if quote_line(evidence).strip("“”. ") not in verdict.explanation:
            yield f"  {_short(quote_line(evidence), 220)}\n", "$muted"
        if source_line(evidence) not in said:
            yield f"  {source_line(evidence)}\n", "$muted"
        said.add(source_line(evidence))
    if len(verdict.evidence) > len(shown):
        yield f"  and {len(verdict.evidence) - len(shown)} more (enter)\n", "$muted"


def _passages(verdict: Verdict, claim: str) -> Iterable[_Piece]:
    """What a page says that comes near to a claim no check decides, the shared words marked: to read, not to believe."""
    from reader.knowledge.passages import shared_words

    quotes = [e for e in verdict.evidence if e.stance == "context" and e.quote]
    if verdict.is_decided or not quotes:
        return
    yield f"what {quotes[0].source} says\n", "$muted"
    for evidence in quotes:
        quote, at = _short(evidence.quote or "", 300), 0
        yield "  “", ""
        for start, end in shared_words(quote, claim):
            yield quote[at:start], ""
            yield quote[start:end], "bold"
            at = end
        yield f"{quote[at:]}”\n", ""
        yield f"  {source_line(evidence)}\n", "$muted"
    yield "\n", ""


def _card(card: Card, *, refreshing: bool) -> Iterable[_Piece]:
    yield card.entity.label, "bold"
    yield f"   {card.entity.description}\n" if card.entity.description else f"   {card.entity.kind}\n", "$muted"
    for label, text in card.lines:
        yield f"  {label:<9}", "$muted"
        yield f"{_short(text, 120)}\n", ""
    if card.checked:
        now = today()
        old = refreshing and card.checked[:10] != now.isoformat()
        told = " · changed since last time" if card.is_changed else " · refreshing" if old else ""
        yield f"  {card.source} · {age_words(card.checked, now)}{told}\n", "$muted"
        if card.url:
            yield f"  {_short(card.url.partition('://')[2], 60)}\n", "$muted"
    yield "\n", ""


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
