"""The claims and cards of an article as they become known: what is shown of them, their numbers, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from reader.article.model import Article, Span, Stretch
from reader.findings import ClaimRecord

if TYPE_CHECKING:
    from reader.knowledge.cards import Card

Filter = Literal["all", "problems", "decided", "no opinions"]
FILTERS: dict[Filter, str] = {
    "all": "all claims",
    "problems": "refuted and conflicting claims only",
    "decided": "decided claims only",
    "no opinions": "no opinions of models",
}
PROBLEMS = ("refuted", "conflicting")


class ClaimIndex:
    """What is known so far; a filter hides claims here and therefore everywhere."""

    def __init__(self, paragraphs: int) -> None:
        self.filter: Filter = "all"
        self.cards: dict[int, tuple[Card, ...]] = {}
        self.latest: dict[str, Card] = {}
        """Every card by its entity, as it is known now."""
        self._all: dict[int, tuple[ClaimRecord, ...]] = {}
        self._by_id: dict[str, ClaimRecord] = {}
        self._counts = [0] * paragraphs

    def take(self, paragraph: int, claims: tuple[ClaimRecord, ...], cards: tuple[Card, ...]) -> None:
        """Take up what is known of a paragraph."""
        for record in self._all.get(paragraph, ()):
            self._by_id.pop(record.claim.id, None)
        self._by_id |= {record.claim.id: record for record in claims}
        self._all[paragraph] = claims
        self._counts[paragraph] = len(self.at(paragraph))
        self.take_cards(paragraph, cards)

    def take_cards(self, paragraph: int, cards: tuple[Card, ...]) -> None:
        """Take up who and what a paragraph names."""
        self.cards[paragraph] = cards
        self.latest |= {card.entity.id: card for card in cards}

    def replace(self, claims: Iterable[ClaimRecord]) -> None:
        """Take up the claims of the whole article."""
        found: dict[int, list[ClaimRecord]] = {}
        for record in claims:
            found.setdefault(record.claim.span.paragraph, []).append(record)
        self._all = {paragraph: tuple(records) for paragraph, records in found.items()}
        self._by_id = {record.claim.id: record for record in self.everything()}
        self._count()

    def keep(self, stretch: Stretch) -> None:
        """Know nothing any more outside of a stretch."""

        def is_kept(paragraph: int) -> bool:
            return stretch.start <= paragraph < stretch.stop

        self.replace([r for r in self.everything() if is_kept(r.claim.span.paragraph)])
        self.cards = {paragraph: cards for paragraph, cards in self.cards.items() if is_kept(paragraph)}
        self.latest = {card.entity.id: card for cards in self.cards.values() for card in cards}

    def clear(self) -> None:
        """Know nothing again."""
        self.replace(())
        self.cards.clear()

    def next_filter(self) -> str:
        """Go on to the next filter; what it shows, in words."""
        names = list(FILTERS)
        return self.set_filter(names[(names.index(self.filter) + 1) % len(names)])

    def set_filter(self, name: Filter) -> str:
        """Show only some claims; which, in words."""
        self.filter = name
        self._count()
        return FILTERS[name]

    def at(self, paragraph: int) -> tuple[ClaimRecord, ...]:
        """The shown claims of a paragraph."""
        records = self._all.get(paragraph, ())
        return records if self.filter == "all" else tuple(r for r in records if self._is_shown(r))

    def hidden_at(self, paragraph: int) -> int:
        """How many claims of a paragraph the filter hides."""
        return len(self._all.get(paragraph, ())) - len(self.at(paragraph))

    def shown(self) -> dict[int, tuple[ClaimRecord, ...]]:
        """All shown claims by paragraph."""
        return {paragraph: self.at(paragraph) for paragraph in self._all}

    def everything(self) -> Iterator[ClaimRecord]:
        """All claims, shown or not: for counting."""
        for records in self._all.values():
            yield from records

    def by_id(self, claim_id: str) -> ClaimRecord | None:
        """A claim by its id."""
        return self._by_id.get(claim_id)

    def covering(self, paragraph: int, at: int) -> ClaimRecord | None:
        """The first shown claim over a character."""
        return next((r for r in self.at(paragraph) if r.claim.span.start <= at < r.claim.span.end), None)

    def number(self, claim_id: str) -> tuple[int, int] | None:
        """Which of the shown claims this is, and how many there are."""
        record = self.by_id(claim_id)
        if record is None or not self._is_shown(record):
            return None
        paragraph = record.claim.span.paragraph
        place = sorted(self.at(paragraph), key=_key).index(record)
        return sum(self._counts[:paragraph]) + place + 1, sum(self._counts)

    def step(self, paragraph: int, claim_id: str | None, step: int, labels: tuple[str, ...] = ()) -> ClaimRecord | None:
        """The shown claim after or before a place, round the end of the article; None where there is none."""
        record = next((r for r in self._all.get(paragraph, ()) if r.claim.id == claim_id), None)
        here = _key(record) if record else (paragraph, -1, -1, "")
        count = len(self._counts)
        for distance in range(count + 1 if count else 0):
            number = (paragraph + step * distance) % count
            if not self._counts[number]:
                continue
            found = sorted((r for r in self.at(number) if not labels or r.leading.label in labels), key=_key)
            if distance == 0:
                found = [r for r in found if (_key(r) > here if step > 0 else _key(r) < here)]
            if found:
                return found[0] if step > 0 else found[-1]
        return None

    def naming(self, entity_id: str) -> list[int]:
        """The paragraphs that name an entity."""
        return sorted(p for p, cards in self.cards.items() if any(c.entity.id == entity_id for c in cards))

    def ends(self, article: Article, own: Span, record: ClaimRecord | None = None) -> list[Span]:
        """The places of the article that contradict a claim or a place, or each other: its own first."""
        from reader.checks.model import own_place

        def told(one: ClaimRecord) -> set[Span]:
            verdicts = [v for v in one.verdicts if v.label in PROBLEMS]
            related = (self.by_id(claim_id) for v in verdicts for claim_id in v.related)
            quoted = (own_place(article, e) for v in verdicts for e in v.evidence)
            return {r.claim.span for r in related if r} | {span for span in quoted if span}

        pointing = (r for r in self.everything() if r.leading.label in PROBLEMS and r is not record)
        back = {r.claim.span for r in pointing if any(span.overlaps(own) for span in told(r))}
        return [own, *sorted(s for s in (told(record) if record else set()) | back if not s.overlaps(own))]

    def _count(self) -> None:
        self._counts = [len(self.at(paragraph)) for paragraph in range(len(self._counts))]

    def _is_shown(self, record: ClaimRecord) -> bool:
        match self.filter:
            case "problems":
                return record.leading.label in PROBLEMS
            case "decided":
                return record.leading.is_decided
            case "no opinions":
                return record.leading.tier != "opinion"
        return True


def _key(record: ClaimRecord) -> tuple[int, int, int, str]:
    span = record.claim.span
    return span.paragraph, span.start, span.end, record.claim.id
