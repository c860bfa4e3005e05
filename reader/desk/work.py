"""What is known so far of one article, by paragraph: claims, verdicts, mentions; judging, and the records made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reader.article.clean import clean_line
from reader.article.model import Article, Paragraph
from reader.checks.again import judge_again, said_by_others
from reader.checks.model import Case, Check, Evidence, Verdict, undecided
from reader.checks.reviewed import NAME, earlier_review
from reader.checks.settle import settle, without_twins
from reader.claims.model import Claim, OnlyParts, Status, Unclaimed
from reader.claims.names_used import names_used
from reader.claims.people import PeopleLedger
from reader.claims.shallow import ShallowParagraph
from reader.claims.statements import unparsed
from reader.clock import today
from reader.dates import Interval
from reader.findings import Before, ClaimRecord, Examination, SourcesState, StageFailed
from reader.knowledge.facts import FactError
from reader.knowledge.mentions import Mention
from reader.knowledge.model import Page
from reader.knowledge.names import normal
from reader.knowledge.pack import Knowledge
from reader.knowledge.passages import PassageIndex
from reader.knowledge.resolve import Resolver
from reader.knowledge.schema import PackError
from reader.language.client import WorkerError
from reader.language.model import Parsed, Refused
from reader.language.sentences import Sentence

_MOST_QUOTED = 200


@dataclass(slots=True)
class Work:
    """The state of one examination; the desk fills it and streams what it says."""

    article: Article
    shallow: dict[int, ShallowParagraph] = field(default_factory=dict)
    claims: dict[int, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    verdicts: dict[str, dict[str, Verdict]] = field(default_factory=lambda: defaultdict(dict))
    unclaimed: dict[int, list[Unclaimed]] = field(default_factory=dict)
    mentions: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    today: dict[str, tuple[Verdict, ...]] = field(default_factory=dict)
    before: Mapping[str, tuple[Before, ...]] = field(default_factory=dict)
    failures: list[StageFailed] = field(default_factory=list)
    quotes: PassageIndex | None = None
    names: tuple[str, ...] | None = None
    reviewing: Knowledge | None = None
    broken: set[str] = field(default_factory=set)
    _quoted: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    _reviewed: set[str] = field(default_factory=set)

    def case(self, resolver: Resolver | None) -> Case:
        """What checks judge in: the article, its day and its mentions so far, with names asked of that resolver."""
        return Case(self.article, self.article.as_of.date, resolver, self.mentions)

    def failed(self, stage: str, error: Exception) -> StageFailed:
        """Note a stage that could not do its work, once."""
        known = isinstance(error, (PackError, FactError, WorkerError, OSError))
        failure = StageFailed(stage, clean_line(str(error) if known else f"{type(error).__name__}: {error}")[:200])
        if failure not in self.failures:
            self.failures.append(failure)
        return failure

    def quote_from(self, knowledge: Knowledge, people: PeopleLedger) -> None:
        """Quote from the pages of all that is meant or named, and look for earlier reviews, from now on."""
        self.quotes = None
        if knowledge.has_pages:
            meant = list(dict.fromkeys(m.entity.id for p in sorted(self.mentions) for m in self.mentions[p]))
            if self.names is None:
                self.names = names_used(self.article.paragraphs, people, self.article.language)
            named = [f"name:{normal(name)}" for name in self.names]
            self.quotes = PassageIndex(knowledge.pages([*meant[:_MOST_QUOTED], *named]))
        self._quoted.clear()
        self._reviewed.clear()
        for found in self.verdicts.values():
            found.pop(NAME, None)
        self.reviewing = knowledge if any(pack.has_reviews for pack in knowledge.packs) else None

    def judge(self, checks: Sequence[Check], claims: Sequence[Claim], resolver: Resolver | None) -> list[StageFailed]:
        """Run checks over claims; what they said before is forgotten. A check that breaks leaves its claims open and says so."""
        events: list[StageFailed] = []
        case = self.case(resolver)
        for check in checks:
            mine = [c for c in claims if isinstance(c.parts, check.parts)]
            if not mine:
                continue
            for claim in mine:
                if claim.id in self.verdicts:
                    self.verdicts[claim.id].pop(check.name, None)
            try:
                rulings = [*check.judge(mine, case), *said_by_others(check, mine, case)]
            except Exception as error:
                events.append(self.failed(f"check {check.name}", error))
                self.broken.add(check.name)
                rulings = [
                    (c, undecided(check.name, f"the check failed ({type(error).__name__})", case.as_of)) for c in mine
                ]
            for claim, verdict in rulings:
                self.verdicts[claim.id][check.name] = verdict
        return events

    def judge_again(
        self, checks: Sequence[Check], claims: Sequence[Claim], resolver: Resolver | None
    ) -> list[StageFailed]:
        """What has changed since the article's day, for claims that were decided or would be now."""
        now = Interval.day(today())
        then = self.article.as_of.date
        if resolver is None or then is None or not then.before(now):
            return []
        events: list[StageFailed] = []
        for claim in claims:
            self.today.pop(claim.id, None)
            verdicts = list(self.verdicts.get(claim.id, {}).values())
            if claim.status is not Status.ASSERTED or not any(v.is_decided for v in verdicts):
                continue
            try:
                self.today[claim.id] = judge_again(claim, verdicts, checks, self.article, resolver, now)
            except Exception as error:
                events.append(self.failed("as of today", error))
        return events

    def leave_open(self, paragraph: Paragraph, sentences: Sequence[Sentence], error: Exception) -> None:
        """Account for the sentences of a paragraph that could not be read."""
        reason = f"it could not be read ({type(error).__name__})"
        self.unclaimed[paragraph.id] = unparsed(paragraph, sentences, self.kept(paragraph.id), reason)

    def why_unparsed(self, answer: object) -> str:
        """Why the rest of an article stays unparsed: what the worker said last, or that its sentences are too long."""
        if isinstance(answer, WorkerError):
            return self.failed("language", answer).reason
        if isinstance(answer, Refused):
            return self.failed("language", WorkerError(answer.reason)).reason
        if isinstance(answer, Parsed):
            error = WorkerError("the language worker answered for a paragraph it was not asked about")
            return self.failed("language", error).reason
        return "it is too long to be parsed"

    def leave_unparsed(self, waiting: Iterable[ShallowParagraph], reason: str) -> None:
        """Account for the sentences of paragraphs that were not parsed."""
        for shallow in waiting:
            paragraph = shallow.paragraph
            self.unclaimed[paragraph.id] = unparsed(paragraph, shallow.sentences, self.kept(paragraph.id), reason)

    def kept(self, paragraph: int) -> list[Claim]:
        """The claims of a paragraph that stand."""
        return [c for c in self.claims[paragraph] if self._is_kept(c)]

    def _is_kept(self, claim: Claim) -> bool:
        """A relation that nothing was found for is no claim of its own: its sentence is one. A check that broke is said."""
        found = self.verdicts.get(claim.id, {})
        if any(name in self.broken for name in found):
            return True
        if claim.parts is not None and not claim.parts.stands_alone:
            return any(v.is_decided for v in found.values())
        return True

    def records(self, paragraph: int, settled: dict[str, tuple[Verdict, ...]] | None = None) -> tuple[ClaimRecord, ...]:
        """The claims of a paragraph with their verdicts, as they stand now."""
        kept = sorted(self.kept(paragraph), key=lambda c: (c.span.start, c.span.end, c.kind))
        self._review(kept)
        found = settled if settled is not None else settle(self._verdicts_around(kept))
        return tuple(
            ClaimRecord(c, self._in_context(c, found), self.today.get(c.id, ()), self.before.get(c.id, ()))
            for c in without_twins(kept, found)
        )

    def all_records(self) -> tuple[ClaimRecord, ...]:
        """All claims in the article's order."""
        for paragraph in self.claims:
            self._review(self.kept(paragraph))
        settled = settle({claim: list(found.values()) for claim, found in self.verdicts.items()})
        return tuple(r for p in sorted(self.claims) for r in self.records(p, settled))

    def _review(self, claims: Sequence[Claim]) -> None:
        """What an earlier review of a similar claim said, where no rule speaks."""
        if self.reviewing is None:
            return
        for claim in claims:
            if claim.id in self._reviewed or any(v.is_decided for v in self.verdicts.get(claim.id, {}).values()):
                continue
            self._reviewed.add(claim.id)
            verdict = earlier_review(claim, self.article, self.reviewing, self.article.as_of.date)
            if verdict is not None:
                self.verdicts[claim.id][NAME] = verdict

    def _verdicts_around(self, claims: Sequence[Claim]) -> dict[str, list[Verdict]]:
        """The verdicts on some claims and on those they are tied to: all that settling these few needs."""
        ids = {c.id for c in claims}
        ids |= {other for c in ids for v in self.verdicts.get(c, {}).values() for other in v.related}
        return {c: list(self.verdicts.get(c, {}).values()) for c in ids}

    def _in_context(self, claim: Claim, found: Mapping[str, tuple[Verdict, ...]]) -> tuple[Verdict, ...]:
        """A claim's verdicts; where no rule speaks, with the passages that come nearest to it."""
        first, *rest = found.get(claim.id) or (self._default(claim),)
        if first.label == "not-checkable" and (quotes := self._quotes_for(claim)):
            first = replace(first, evidence=(*first.evidence, *quotes))
        return (first, *rest)

    def _default(self, claim: Claim) -> Verdict:
        as_of = self.article.as_of.date
        failed = next((f.reason for f in self.failures if f.stage == "knowledge"), None)
        if claim.parts is not None and failed and not isinstance(claim.parts, OnlyParts):
            return undecided("knowledge", failed, as_of)
        if claim.speaker or claim.status.value == "quoted":
            return undecided("claims", "said in a quotation; no rule decides this kind of statement", as_of)
        return undecided("claims", "no rule decides this kind of statement", as_of)

    def examination(
        self,
        records: tuple[ClaimRecord, ...],
        checks: tuple[str, ...],
        packs: tuple[str, ...],
        *,
        online: bool,
        asked: SourcesState | None,
    ) -> Examination:
        """The whole result as it stands now."""
        return Examination(
            article=self.article,
            claims=records,
            unclaimed=tuple(u for p in sorted(self.unclaimed) for u in self.unclaimed[p]),
            mentions=tuple(m for p in sorted(self.mentions) for m in self.mentions[p]),
            sentences=sum(len(s.sentences) for s in self.shallow.values()),
            checks=checks,
            packs=packs,
            failures=tuple(self.failures),
            online=online,
            asked=asked,
        )

    def _quotes_for(self, claim: Claim) -> tuple[Evidence, ...]:
        """The passages nearest to a claim, as context."""
        if self.quotes is None or self.quotes.is_empty:
            return ()
        if claim.id not in self._quoted:
            self._quoted[claim.id] = tuple(
                Evidence(
                    p.page.source or "page", "context", quote=p.quote, statement=f"characters {p.start} to {p.end} of the page's text",
                    url=_address(p.page), title=p.page.title,
                    revision=p.page.revision, retrieved=p.page.retrieved, licence=p.page.licence,
                )
                for p in self.quotes.nearest(claim.text)
            )  # fmt: skip
        return self._quoted[claim.id]


def _address(page: Page) -> str | None:
    """Where a page can be opened; one of a file on this machine cannot (RFC 2606 keeps .invalid for names that lead nowhere)."""
    return None if page.url and ".invalid/" in page.url else page.url
