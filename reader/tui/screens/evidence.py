"""Sheets about claims: the evidence in full, how a claim was checked, and both ends of a contradiction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.article.model import Article, Span
from reader.clock import today
from reader.findings import ClaimRecord, DeskOptions
from reader.report.wording import (
    age_words,
    before_line,
    quote_line,
    source_line,
    today_line,
    verdict_words,
)
from reader.tui.keymap import Keymap
from reader.tui.screens.dialogs import LeaveScreen
from reader.tui.screens.sheets import Piece, Sheet, TextSheet

if TYPE_CHECKING:
    from reader.checks.model import Label

_PAUSE = 0.006
_STANCES = {"supports": "for", "refutes": "against", "context": "context"}


class EvidenceScreen(TextSheet[None]):
    """Every verdict on a claim with all its evidence, quoted, with source, date and licence."""

    def __init__(self, keymap: Keymap, records: Sequence[ClaimRecord], signs: Mapping[Label, str]) -> None:
        super().__init__(keymap)
        self._records, self._signs = records, signs

    @property
    def acts(self) -> dict[str, Callable[[], object]]:
        """A source can be opened from here."""
        return super().acts | {"dialog-source": self._open_source}

    def _open_source(self) -> None:
        url = first_url(self._records)
        if url:
            self.app.push_screen(LeaveScreen(self.keymap, url))
        else:
            self.notify("This evidence has no address to open.", markup=False)

    def content(self) -> Content:
        """All of it."""
        return Content.assemble(*(piece for record in self._records for piece in self._record(record)))

    def _record(self, record: ClaimRecord) -> Iterable[Piece]:
        speaker = f"  said by {record.claim.speaker}" if record.claim.speaker else ""
        yield f"“{record.claim.text}”\n", "italic"
        yield f"{record.claim.kind} · paragraph {record.claim.span.paragraph + 1}{speaker}\n\n", "$muted"
        for verdict in record.verdicts:
            as_of = f" · as of {verdict.as_of}" if verdict.as_of else ""
            yield f"{self._signs[verdict.label]} {verdict_words(verdict)}", f"bold $verdict-{verdict.label}"
            yield f"   {verdict.check}{as_of}\n", "$muted"
            yield f"{verdict.explanation}\n"
            if verdict.gate is not None:
                yield f"stopped at: {verdict.gate.value}\n", "$muted"
            for evidence in verdict.evidence:
                yield f"\n  {_STANCES[evidence.stance]}  ", "bold $muted"
                yield f"{quote_line(evidence)}\n"
                age = f" · {age_words(evidence.retrieved, today())}" if evidence.retrieved else ""
                yield f"       {source_line(evidence)}{age}\n", "$muted"
                if evidence.statement and evidence.source != "computation":
                    name = "" if evidence.stance == "context" else "statement "
                    yield f"       {name}{evidence.statement}\n", "$muted"
                if evidence.url:
                    yield f"       {evidence.url}\n", "$muted"
            yield "\n"
        for verdict in record.today:
            yield f"{today_line(verdict)}\n\n", "$muted"
        for before in record.before:
            yield f"{before_line(before)}\n\n", "$muted"


class ExplanationScreen(TextSheet[None]):
    """How a claim came to its verdicts: the same text that `caveat explain` prints."""

    def __init__(self, keymap: Keymap, article: Article, options: DeskOptions, claim: str) -> None:
        super().__init__(keymap)
        self._article, self._options, self._claim = article, options, claim

    def content(self) -> Content:
        """What stands there until the checks have been asked again."""
        self._explain()
        return Content("looking it up again …")

    @work(exclusive=True, exit_on_error=False)
    async def _explain(self) -> None:
        from reader.explaining import NoSuchClaimError, explain
        from reader.report.as_explanation import as_explanation

        try:
            found = await explain(self._article, replace(self._options, pause=_PAUSE), self._claim)
        except NoSuchClaimError as error:
            self.body.update(Content(str(error)))
        else:
            self.body.update(Content(as_explanation(found, width=self.body.size.width)))


class ContradictionScreen(Sheet[Span]):
    """Two places of the article that contradict each other, side by side; choosing one goes there."""

    def __init__(
        self, keymap: Keymap, article: Article, record: ClaimRecord, ends: Sequence[Span], signs: Mapping[Label, str]
    ) -> None:
        super().__init__(keymap)
        self._signs, self._here = signs, "▸" if signs["supported"] == "✓" else ">"
        self._article, self._record, self._ends = article, record, ends
        self._chosen = 1
        self._sides = (Static(markup=False, classes="side"), Static(markup=False, classes="side"))
        self._why = Static(markup=False, classes="picker-hint")

    @property
    def acts(self) -> dict[str, Callable[[], object]]:
        """Go from side to side, and into the text."""
        return super().acts | {
            "dialog-next": self._next,
            "dialog-down": self._next,
            "dialog-up": self._next,
            "dialog-choose": lambda: self.dismiss(self._ends[self._chosen]),
        }

    def compose(self) -> ComposeResult:
        """The two texts, and under them what is wrong between them."""
        with Vertical(classes="dialog-body"):
            with Horizontal(classes="sides"):
                for side in self._sides:
                    with VerticalScroll(classes="side-scroll", can_focus=False):
                        yield side
            yield self._why

    def on_mount(self) -> None:
        """Show both."""
        self._show()

    def _next(self) -> None:
        self._chosen = 0 if self._chosen == len(self._ends) - 1 else self._chosen + 1
        self._show()

    def _show(self) -> None:
        second = max(1, self._chosen)
        for side, number in zip(self._sides, (0, second), strict=True):
            side.update(self._side(self._ends[number], chosen=number == self._chosen))
        verdict = min(self._record.verdicts, key=lambda v: (v.label != "conflicting", not v.is_decided))
        more = f" · {len(self._ends) - 1} other places" if len(self._ends) > 2 else ""
        keys = (
            f"{self.keymap.shown('dialog-next')} the other side{more}   {self.keymap.shown('dialog-choose')} go there"
        )
        self._why.update(
            Content.assemble(
                (f"{self._signs[verdict.label]} ", f"$verdict-{verdict.label}"),
                verdict.explanation,
                "\n",
                (keys, "$muted"),
            )
        )

    def _side(self, span: Span, *, chosen: bool) -> Content:
        text = self._article.paragraphs[span.paragraph].text
        mark = "reverse bold" if chosen else "bold underline"
        return Content.assemble(
            (f"{self._here if chosen else ' '} paragraph {span.paragraph + 1}\n\n", "$muted"),
            text[: span.start],
            (text[span.start : span.end], mark),
            text[span.end :],
        )


def first_url(records: Iterable[ClaimRecord]) -> str | None:
    """The first address that the evidence of these claims has, http or https only."""
    urls = (e.url for r in records for v in r.verdicts for e in v.evidence)
    return next((url for url in urls if url and url.startswith(("https://", "http://"))), None)
