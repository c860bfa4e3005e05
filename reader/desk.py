"""The pipeline: runs the stages over one article and streams what is known so far.

Checks that need the text alone speak first; then knowledge, then the parse. A stage that fails says so
and its claims stay open: no failure ever becomes a verdict. Whoever stops listening cancels the rest.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

from reader.article.clean import clean_line
from reader.article.model import Article, AsOf, Paragraph
from reader.checks.again import judge_again, said_by_others
from reader.checks.model import Case, Check, Verdict, undecided
from reader.checks.registry import chosen
from reader.checks.settle import settle, without_twins
from reader.claims.model import Claim, OnlyParts, Status, Unclaimed
from reader.claims.shallow import LONGEST_SENTENCE, ShallowParagraph, ShallowReader
from reader.claims.statements import read_statements, unparsed
from reader.clock import today
from reader.dates import Interval
from reader.findings import (
    ClaimRecord,
    DeskOptions,
    Event,
    Examination,
    Finished,
    ParagraphKnown,
    Progress,
    StageFailed,
)
from reader.knowledge.cards import Card, make_card
from reader.knowledge.facts import FactError
from reader.knowledge.mentions import Mention
from reader.knowledge.opening import open_knowledge
from reader.knowledge.pack import Knowledge
from reader.knowledge.resolve import Resolver, words_used
from reader.knowledge.schema import PackError
from reader.knowledge.who import WhoReader
from reader.language.client import LanguageWorker, WorkerError
from reader.language.model import Parsed, ParseRequest, Refused
from reader.language.sentences import Sentence, split_sentences

_BREATH = 0.003  # seconds
_PARSED_AHEAD = 256


@dataclass(slots=True)
class _Work:
    """What is known so far, by paragraph."""

    shallow: dict[int, ShallowParagraph] = field(default_factory=dict)
    claims: dict[int, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    verdicts: dict[str, dict[str, Verdict]] = field(default_factory=lambda: defaultdict(dict))
    unclaimed: dict[int, list[Unclaimed]] = field(default_factory=dict)
    mentions: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    today: dict[str, tuple[Verdict, ...]] = field(default_factory=dict)
    failures: list[StageFailed] = field(default_factory=list)


class Desk:
    """Examines one article. `run` may be called once; close the generator to cancel what is left."""

    def __init__(self, article: Article, options: DeskOptions | None = None, as_of: AsOf | None = None) -> None:
        self.article = replace(article, as_of=as_of) if as_of else article
        self.options = options or DeskOptions()
        self._checks = chosen(self.options.checks)
        self._work = _Work()
        self._reader = ShallowReader([check.find for check in self._checks])
        self.knowledge: Knowledge | None = None
        self.resolver: Resolver | None = None
        self._cards: dict[str, Card] = {}
        self._since = time.monotonic()
        self._answers: asyncio.Queue[Parsed | Refused | WorkerError | None] = asyncio.Queue(_PARSED_AHEAD)
        self._broken: set[str] = set()
        self._streamed: dict[int, tuple[ClaimRecord, ...]] = {}
        self.worker: LanguageWorker | None = None

    async def run(self) -> AsyncIterator[Event]:
        """Stream events until `Finished`. Never raises for a stage that fails: it says so in the stream, once."""
        said: set[StageFailed] = set()
        stages = self._stages()
        try:
            async for event in stages:
                if not isinstance(event, StageFailed) or event not in said:
                    yield event
                if isinstance(event, StageFailed):
                    said.add(event)
        finally:
            await stages.aclose()

    def case(self, resolver: Resolver | None) -> Case:
        """What checks judge in: the article, its day and its mentions so far, with names asked of that resolver."""
        return Case(self.article, self.article.as_of.date, resolver, self._work.mentions)

    async def _stages(self) -> AsyncGenerator[Event, None]:
        starting = asyncio.create_task(self._start_worker(), name="start the language worker")
        opening = asyncio.create_task(self._open_packs(), name="open the packs")
        parsing: asyncio.Task[None] | None = None
        try:
            async for event in self._text_stage():
                yield event
            parsing = asyncio.create_task(self._parse_ahead(starting), name="parse ahead")
            async for event in self._knowledge_stage(opening):
                yield event
            async for event in self._whole_article_stage():
                yield event
            async for event in self._language_stage():
                yield event
            yield Finished(self._result())
        finally:
            tasks = [task for task in (parsing, starting, opening) if task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)  # what failed has been said in the stream
            if self.worker:
                await self.worker.close()
            if self.knowledge:
                self.knowledge.close()

    async def _text_stage(self) -> AsyncIterator[Event]:
        """Claims and verdicts from the words alone."""
        total = len(self.article.paragraphs)
        alone = [c for c in self._checks if not c.needs_knowledge and not c.whole_article]
        for number, paragraph in enumerate(self.article.paragraphs):
            if paragraph.is_checked:
                try:
                    shallow = self._reader.read(paragraph)
                except Exception as error:
                    yield self._failed("claims", error)
                    self._leave_open(paragraph, split_sentences(paragraph.text), error)
                    continue
                self._work.shallow[paragraph.id] = shallow
                self._work.claims[paragraph.id] = list(shallow.claims)
                for event in self._judge(alone, shallow.claims):
                    yield event
                yield self._known(paragraph.id)
            yield Progress("text", number + 1, total)
            await self._breathe()
        async for event in self._whole_article_stage():
            yield event

    async def _whole_article_stage(self) -> AsyncIterator[Event]:
        """Claims against claims; paragraphs whose verdicts that changes, here or through a tie, are said anew."""
        claims = [c for paragraph in sorted(self._work.claims) for c in self._work.claims[paragraph]]
        for event in self._judge([c for c in self._checks if c.whole_article], claims):
            yield event
        for paragraph in sorted(self._work.claims):
            if self._records(paragraph) != self._streamed.get(paragraph):
                yield self._known(paragraph)
            await self._breathe()
        await asyncio.sleep(0)

    async def _knowledge_stage(self, opening: asyncio.Task[Knowledge]) -> AsyncIterator[Event]:
        """Who is meant, cards, and the checks that look things up."""
        try:
            self.knowledge = await opening
        except (PackError, FactError, OSError) as error:
            self._failed("knowledge", error)
        for failure in self._unsaid():
            yield failure
        if self.knowledge is None:
            return
        self.resolver = Resolver(self.knowledge, self.article.as_of.date, words_used(self.article))
        who = WhoReader(self.resolver, self._reader.people, self.article.as_of.date)
        for paragraph, shallow in self._work.shallow.items():
            try:
                mentions = who.read(paragraph, shallow.paragraph.text, shallow.sentences)
            except Exception as error:
                yield self._failed("knowledge", error)
                continue
            self._work.mentions[paragraph] = mentions
            await self._breathe()
        await asyncio.sleep(0)
        informed = [c for c in self._checks if c.needs_knowledge]
        total = len(self._work.shallow)
        for number, (paragraph, shallow) in enumerate(self._work.shallow.items()):
            for event in self._judge(informed, shallow.claims):
                yield event
            for event in self._judge_again(informed, shallow.claims):
                yield event
            yield self._known(paragraph)
            yield Progress("knowledge", number + 1, total)
            await self._breathe()

    def _unsaid(self) -> list[StageFailed]:
        """All failures so far, for those that happened away from the stream; what was said is not said again."""
        return list(self._work.failures)

    async def _parse_ahead(self, starting: asyncio.Task[LanguageWorker]) -> None:
        """Have the worker parse while the other stages run; what it answers, or why it stopped, waits in a queue."""
        short = (
            s for s in self._work.shallow.values() if all(x.end - x.start <= LONGEST_SENTENCE for x in s.sentences)
        )
        requests = [ParseRequest(s.paragraph.id, s.paragraph.text, [x.start for x in s.sentences]) for s in short]
        try:
            if self.article.language not in (None, "en"):
                raise WorkerError(f"the article's language ({self.article.language}) is not supported yet")
            self.worker = await starting
            async for answer in self.worker.parse(requests):
                await self._answers.put(answer)
            await self._answers.put(None)
        except WorkerError as error:
            await self._answers.put(error)

    async def _language_stage(self) -> AsyncIterator[Event]:
        """Every other factual clause, or the reason why a sentence holds none."""
        waiting = dict(self._work.shallow)
        total = len(waiting)
        reason = "it is too long to be parsed"
        while (answer := await self._answers.get()) is not None:
            if isinstance(answer, WorkerError):
                reason = self._failed("language", answer).reason
                break
            if answer.id is None or answer.id not in waiting:
                reason = self._failed(
                    "language", WorkerError("the language worker answered for a paragraph it was not asked about")
                ).reason
                break
            if isinstance(answer, Parsed):
                yield self._parsed(waiting.pop(answer.id), answer)
                yield Progress("language", total - len(waiting), total)
            else:
                reason = self._failed("language", WorkerError(answer.reason)).reason
            await self._breathe()
        for paragraph, shallow in waiting.items():
            kept = [c for c in self._work.claims[paragraph] if self._is_kept(c)]
            self._work.unclaimed[paragraph] = unparsed(shallow.paragraph, shallow.sentences, kept, reason)
        for failure in self._unsaid():
            yield failure

    def _parsed(self, shallow: ShallowParagraph, answer: Parsed) -> Event:
        paragraph = shallow.paragraph
        kept = [c for c in self._work.claims[paragraph.id] if self._is_kept(c)]
        try:
            statements, unclaimed = read_statements(paragraph, shallow.sentences, shallow.quotes, answer.parse, kept)
        except Exception as error:
            self._leave_open(paragraph, shallow.sentences, error)
            return self._failed("claims", error)
        self._work.claims[paragraph.id] += statements
        self._work.unclaimed[paragraph.id] = unclaimed
        return self._known(paragraph.id)

    async def _breathe(self) -> None:
        """Let others run when this has gone on for some milliseconds: a screen's keys, above all."""
        if time.monotonic() - self._since > _BREATH:
            await asyncio.sleep(self.options.pause)
            self._since = time.monotonic()

    def _leave_open(self, paragraph: Paragraph, sentences: Sequence[Sentence], error: Exception) -> None:
        """Account for the sentences of a paragraph that could not be read."""
        kept = [c for c in self._work.claims[paragraph.id] if self._is_kept(c)]
        self._work.unclaimed[paragraph.id] = unparsed(
            paragraph, sentences, kept, f"it could not be read ({type(error).__name__})"
        )

    def _judge(self, checks: Sequence[Check], claims: Sequence[Claim]) -> list[Event]:
        """Run checks over claims; a check that breaks leaves its claims open and says so."""
        events: list[Event] = []
        case = self.case(self.resolver)
        for check in checks:
            mine = [c for c in claims if isinstance(c.parts, check.parts)]
            if not mine:
                continue
            try:
                rulings = [*check.judge(mine, case), *said_by_others(check, mine, case)]
            except Exception as error:
                events.append(self._failed(f"check {check.name}", error))
                self._broken.add(check.name)
                rulings = [
                    (c, undecided(check.name, f"the check failed ({type(error).__name__})", case.as_of)) for c in mine
                ]
            for claim, verdict in rulings:
                self._work.verdicts[claim.id][check.name] = verdict
        return events

    def _judge_again(self, checks: Sequence[Check], claims: Sequence[Claim]) -> list[Event]:
        """What has changed since the article's day, for claims that were decided or would be now."""
        now = Interval.day(today())
        then = self.article.as_of.date
        if self.resolver is None or then is None or not then.before(now):
            return []
        events: list[Event] = []
        for claim in claims:
            verdicts = list(self._work.verdicts.get(claim.id, {}).values())
            if claim.status is not Status.ASSERTED or not any(v.is_decided for v in verdicts):
                continue
            try:
                self._work.today[claim.id] = judge_again(claim, verdicts, checks, self.article, self.resolver, now)
            except Exception as error:
                events.append(self._failed("as of today", error))
        return events

    def _failed(self, stage: str, error: Exception) -> StageFailed:
        known = isinstance(error, (PackError, FactError, WorkerError, OSError))
        failure = StageFailed(stage, clean_line(str(error) if known else f"{type(error).__name__}: {error}")[:200])
        if failure not in self._work.failures:
            self._work.failures.append(failure)
        return failure

    def _is_kept(self, claim: Claim) -> bool:
        """A relation that nothing was found for is no claim of its own: its sentence is one. A check that broke is said."""
        found = self._work.verdicts.get(claim.id, {})
        if any(name in self._broken for name in found):
            return True
        if claim.parts is not None and not claim.parts.stands_alone:
            return any(v.is_decided for v in found.values())
        return True

    def _records(
        self, paragraph: int, settled: dict[str, tuple[Verdict, ...]] | None = None
    ) -> tuple[ClaimRecord, ...]:
        kept = sorted(
            (c for c in self._work.claims[paragraph] if self._is_kept(c)),
            key=lambda c: (c.span.start, c.span.end, c.kind),
        )
        found = settled if settled is not None else settle(self._verdicts_around(kept))
        return tuple(
            ClaimRecord(c, found.get(c.id) or (self._default(c),), self._work.today.get(c.id, ()))
            for c in without_twins(kept, found)
        )

    def _all_verdicts(self) -> dict[str, list[Verdict]]:
        return {claim: list(found.values()) for claim, found in self._work.verdicts.items()}

    def _verdicts_around(self, claims: Sequence[Claim]) -> dict[str, list[Verdict]]:
        """The verdicts on some claims and on those they are tied to: all that settling these few needs."""
        ids = {c.id for c in claims}
        ids |= {other for c in ids for v in self._work.verdicts.get(c, {}).values() for other in v.related}
        return {c: list(self._work.verdicts.get(c, {}).values()) for c in ids}

    def _default(self, claim: Claim) -> Verdict:
        failed = next((f.reason for f in self._work.failures if f.stage == "knowledge"), None)
        if claim.parts is not None and failed and not isinstance(claim.parts, OnlyParts):
            return undecided("knowledge", failed, self.article.as_of.date)
        if claim.speaker or claim.status.value == "quoted":
            return undecided(
                "claims", "said in a quotation; no rule decides this kind of statement", self.article.as_of.date
            )
        return undecided("claims", "no rule decides this kind of statement", self.article.as_of.date)

    def _known(self, paragraph: int) -> ParagraphKnown:
        cards: list[Card] = []
        for mention in _first_of_each(self._work.mentions.get(paragraph, ())):
            try:
                cards.append(self._card(mention))
            except PackError as error:
                self._failed("knowledge", error)
        self._streamed[paragraph] = records = self._records(paragraph)
        return ParagraphKnown(paragraph, records, tuple(cards))

    def _card(self, mention: Mention) -> Card:
        if mention.entity.id not in self._cards and self.knowledge is not None:
            self._cards[mention.entity.id] = make_card(mention.entity, self.knowledge, self.article.as_of.date)
        return self._cards[mention.entity.id]

    def _result(self) -> Examination:
        settled = settle(self._all_verdicts())
        records = tuple(r for p in sorted(self._work.claims) for r in self._records(p, settled))
        return Examination(
            article=self.article,
            claims=records,
            unclaimed=tuple(u for p in sorted(self._work.unclaimed) for u in self._work.unclaimed[p]),
            mentions=tuple(m for p in sorted(self._work.mentions) for m in self._work.mentions[p]),
            sentences=sum(len(s.sentences) for s in self._work.shallow.values()),
            checks=tuple(c.name for c in self._checks),
            packs=self.knowledge.pack_names if self.knowledge else (),
            failures=tuple(self._work.failures),
            online=self.options.online,
        )

    async def _open_packs(self) -> Knowledge:
        return await open_knowledge(
            self.options.packs, builtin=self.options.builtin, failed=lambda error: self._failed("knowledge", error)
        )

    async def _start_worker(self) -> LanguageWorker:
        worker = LanguageWorker(self.options.model)
        try:
            await worker.start()
        except BaseException:
            await worker.close()
            raise
        self.worker = worker
        return worker


def _first_of_each(mentions: Sequence[Mention]) -> list[Mention]:
    return list({m.entity.id: m for m in reversed(mentions)}.values())[::-1]


async def examine(article: Article, options: DeskOptions | None = None) -> Examination:
    """The whole result at once, for the headless twin."""
    result: Examination | None = None
    async for event in Desk(article, options).run():
        if isinstance(event, Finished):
            result = event.result
    if result is None:
        raise RuntimeError("the desk ended without a result")
    return result
