"""The margin beside the text: verdicts on the focused paragraph, then cards of what it names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.clock import today
from reader.findings import ClaimRecord
from reader.report.wording import (
    ASCII_SIGNS,
    SIGNS,
    age_words,
    before_line,
    quote_line,
    source_line,
    today_line,
    verdict_words,
)

if TYPE_CHECKING:
    from reader.checks.model import Verdict
    from reader.knowledge.cards import Card

_Piece = tuple[str, str] | str


class MarginPane(VerticalScroll, can_focus=True, inherit_bindings=False):
    """One pooled text that follows the reader; nothing is mounted while they move."""

    def __init__(self, *, ascii_signs: bool) -> None:
        super().__init__(id="margin")
        self._signs = ASCII_SIGNS if ascii_signs else SIGNS
        self._body = Static(id="margin-body", markup=False)
        self._shown: object = None

    def compose(self) -> ComposeResult:
        """The one body."""
        yield self._body

    def show(
        self,
        records: tuple[ClaimRecord, ...],
        cards: tuple[Card, ...],
        claim: str | None,
        waiting: bool,
        furniture: bool,
        refreshing: bool = False,
    ) -> None:
        """Show a paragraph's verdicts and cards, the current claim first."""
        key = (records, cards, claim, waiting, furniture, refreshing)
        if key == self._shown:
            return
        self._shown = key
        pieces: list[_Piece] = []
        if furniture:
            pieces.append(("Part of the page, not of the article: not checked.", "$muted"))
        speaking = [r for r in records if r.leading.label != "not-checkable"]
        chosen = next((r for r in records if r.claim.id == claim), None)
        ordered = ([chosen] if chosen else []) + [r for r in speaking if r is not chosen]
        for record in ordered:
            pieces += self._verdicts(record, current=record is chosen)
        open_claims = len(records) - len({r.claim.id for r in (*speaking, *([chosen] if chosen else []))})
        if open_claims:
            pieces += [
                (
                    f"{self._signs['not-checkable']} {open_claims} {'more claim' if ordered else 'claim'}{'s' if open_claims != 1 else ''} that no rule decides\n\n",
                    "$muted",
                )
            ]
        if waiting and not records and not furniture:
            pieces.append(("checking …\n\n", "$muted"))
        for card in cards:
            pieces += _card(card, refreshing=refreshing)
        self._body.update(Content.assemble(*pieces))
        self.scroll_home(animate=False, immediate=True)

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
