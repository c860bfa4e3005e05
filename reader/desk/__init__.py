"""The pipeline: runs the stages over one article and streams what is known so far.

Checks that need the text alone speak first; then knowledge, then the parse and, online, whatever sources answer, as it
arrives. A stage that fails says so and its claims stay open: no failure ever becomes a verdict. Whoever stops listening
cancels the rest.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import replace

from reader.article.model import Article, AsOf
from reader.checks.model import Case, Check
from reader.checks.registry import chosen
from reader.claims.model import Claim
from reader.claims.shallow import LONGEST_SENTENCE, ShallowParagraph, ShallowReader
from reader.claims.statements import read_statements
from reader.desk.gathering import Heard
from reader.desk.sourcing import Ended, Sourcing, opened
from reader.desk.work import Work
from reader.findings import (
    ClaimRecord,
    DeskOptions,
    Event,
    Examination,
    Finished,
    ParagraphKnown,
    Progress,
    SourceFailed,
    SourcesState,
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
from reader.language.sentences import split_sentences
from reader.sources.model import Learned

_BREATH = 0.003  # seconds
_PARSED_AHEAD = 256
_ALL_PARSED = object()
_TOO_LATE = object()


class Desk:
    """Examines one article. `run` may be called once; close the generator to cancel what is left."""

    def __init__(
        self,
        article: Article,
        options: DeskOptions | None = None,
        as_of: AsOf | None = None,
        *,
        knowledge: type[Knowledge] = Knowledge,
    ) -> None:
        self.article = replace(article, as_of=as_of) if as_of else article
        self.options = options or DeskOptions()
        self._checks = chosen(self.options.checks)
        self._work = Work(self.article)
        self._reader = ShallowReader([check.find for check in self._checks])
        self._kind = knowledge
        self.knowledge: Knowledge | None = None
        self.resolver: Resolver | None = None
        self._cards: dict[str, Card] = {}
        self._since = time.monotonic()
        self._inbox: asyncio.Queue[Parsed | Refused | WorkerError | Heard | Ended | object] = asyncio.Queue()
        self._room_ahead = asyncio.Semaphore(_PARSED_AHEAD)
        self._streamed: dict[int, tuple[tuple[ClaimRecord, ...], tuple[Card, ...]]] = {}
        self._sourcing = Sourcing(self.options, self._inbox.put_nowait)
        self._asked: SourcesState | None = None
        self._settled: tuple[ClaimRecord, ...] = ()
        self.worker: LanguageWorker | None = None

    @property
    def sourcing(self) -> Sourcing:
        """The line to public sources: a screen opens and closes it while the desk runs."""
        return self._sourcing

    async def run(self) -> AsyncGenerator[Event, None]:
        """Stream events until the last `Finished`. Never raises for a stage that fails: it says so in the stream, once."""
        said: set[StageFailed | SourceFailed] = set()
        stages = self._stages()
        try:
            async for event in stages:
                if not isinstance(event, StageFailed | SourceFailed) or event not in said:
                    yield event
                if isinstance(event, StageFailed | SourceFailed):
                    said.add(event)
        finally:
            await stages.aclose()

    def case(self, resolver: Resolver | None) -> Case:
        """What checks judge in: the article, its day and its mentions so far, with names asked of that resolver."""
        return self._work.case(resolver)

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
            self._asked = self._start_asking()
            if self._asked is not None:
                yield self._asked
            async for event in self._language_stage(asking=self._asked is not None):
                yield event
            yield await self._finished()
        finally:
            tasks = [task for task in (parsing, starting, opening) if task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)  # what failed has been said in the stream
            if self.worker:
                await self.worker.close()
            if self.knowledge:
                self.knowledge.close()
            await self._sourcing.close()

    async def _text_stage(self) -> AsyncIterator[Event]:
        """Claims and verdicts from the words alone."""
        paragraphs = self.article.checked
        alone = [c for c in self._checks if not c.needs_knowledge and not c.whole_article]
        for number, paragraph in enumerate(paragraphs):
            try:
                shallow = self._reader.read(paragraph)
            except Exception as error:
                yield self._failed("claims", error)
                self._work.leave_open(paragraph, split_sentences(paragraph.text), error)
                continue
            self._work.shallow[paragraph.id] = shallow
            self._work.claims[paragraph.id] = list(shallow.claims)
            for failure in self._judge(alone, shallow.claims):
                yield failure
            yield self._known(paragraph.id)
            yield Progress("text", number + 1, len(paragraphs))
            await self._breathe()
        async for event in self._whole_article_stage():
            yield event

    async def _whole_article_stage(self) -> AsyncIterator[Event]:
        """Claims against claims; paragraphs whose verdicts that changes, here or through a tie, are said anew."""
        claims = [c for paragraph in sorted(self._work.claims) for c in self._work.claims[paragraph]]
        for failure in self._judge([c for c in self._checks if c.whole_article], claims):
            yield failure
        async for event in self._changed():
            yield event

    async def _changed(self) -> AsyncIterator[Event]:
        """Paragraphs whose claims or cards now stand otherwise than was said."""
        for paragraph in sorted(self._work.claims):
            before = self._streamed.get(paragraph)
            known = self._known(paragraph)
            if self._streamed[paragraph] != before:
                yield known
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
        total = len(self._work.shallow)
        done = 0
        async for event in self._informed_pass(self.knowledge):
            yield event
            if isinstance(event, ParagraphKnown):
                done += 1
                yield Progress("knowledge", done, total)

    async def _informed_pass(self, knowledge: Knowledge, *, again: bool = False) -> AsyncIterator[Event]:
        """Find who is meant and judge by what is known; `again` says only what has changed since."""
        self.resolver = Resolver(knowledge, self.article.as_of.date, words_used(self.article))
        who = WhoReader(self.resolver, self._reader.people, self.article.as_of.date)
        for paragraph, shallow in self._work.shallow.items():
            try:
                self._work.mentions[paragraph] = who.read(paragraph, shallow.paragraph.text, shallow.sentences)
            except Exception as error:
                yield self._failed("knowledge", error)
            await self._breathe()
        await asyncio.sleep(0)
        self._work.quote_from(knowledge, self._reader.people)
        informed = [c for c in self._checks if c.needs_knowledge]
        for paragraph, shallow in self._work.shallow.items():
            for failure in self._judge(informed, shallow.claims):
                yield failure
            for failure in self._work.judge_again(informed, shallow.claims, self.resolver):
                yield failure
            before = self._streamed.get(paragraph)
            known = self._known(paragraph)
            if not again or self._streamed[paragraph] != before:
                yield known
            await self._breathe()

    def _unsaid(self) -> list[StageFailed]:
        """All failures so far, for those that happened away from the stream; what was said is not said again."""
        return list(self._work.failures)

    def _start_asking(self) -> SourcesState | None:
        """Ask public sources, where that is wanted; without a screen, until the deadline."""
        mentions = (m for p in sorted(self._work.mentions) for m in self._work.mentions[p])
        paragraphs = self.article.paragraphs
        asking = self._sourcing.start(paragraphs, self._reader.people, mentions, self.article.language)
        if asking and not self.options.keep_trying and self.options.sources is not None:
            loop = asyncio.get_running_loop()
            loop.call_later(self.options.sources.deadline, self._inbox.put_nowait, _TOO_LATE)
        return asking

    async def _parse_ahead(self, starting: asyncio.Task[LanguageWorker]) -> None:
        """Have the worker parse while the other stages run; what it answers, or why it stopped, waits in the inbox."""
        short = (
            s for s in self._work.shallow.values() if all(x.end - x.start <= LONGEST_SENTENCE for x in s.sentences)
        )
        requests = [ParseRequest(s.paragraph.id, s.paragraph.text, [x.start for x in s.sentences]) for s in short]
        try:
            if self.article.language not in (None, "en"):
                raise WorkerError(f"the article's language ({self.article.language}) is not supported yet")
            self.worker = await starting
            async for answer in self.worker.parse(requests):
                await self._room_ahead.acquire()
                self._inbox.put_nowait(answer)
            self._inbox.put_nowait(_ALL_PARSED)
        except WorkerError as error:
            self._inbox.put_nowait(error)

    async def _language_stage(self, *, asking: bool = False) -> AsyncIterator[Event]:
        """Every other factual clause, or the reason why a sentence holds none; and what sources answer meanwhile."""
        waiting = dict(self._work.shallow)
        total = len(waiting)
        parsing = True
        learned: list[Learned] = []
        while parsing or asking:
            item = await self._inbox.get()
            if isinstance(item, Parsed | Refused):
                self._room_ahead.release()
            if isinstance(item, Parsed) and item.id in waiting:
                yield self._parsed(waiting.pop(item.id), item)
                yield Progress("language", total - len(waiting), total)
            elif isinstance(item, Refused) and item.id in waiting:
                self._work.leave_unparsed(
                    [waiting.pop(item.id)], self._failed("language", WorkerError(item.reason)).reason
                )
            elif item is _ALL_PARSED or isinstance(item, WorkerError | Parsed | Refused):
                if parsing:
                    self._work.leave_unparsed(waiting.values(), self._work.why_unparsed(item))
                    parsing = False
                    for failure in self._unsaid():
                        yield failure
                    if asking and self.options.keep_trying:
                        yield await self._finished()
            elif isinstance(item, Learned):
                learned.append(item)
            elif isinstance(item, SourcesState | SourceFailed):
                self._asked = item if isinstance(item, SourcesState) else self._asked
                yield item
            else:
                asking = False
                if isinstance(item, Ended) and item.error is not None:
                    yield self._failed("sources", item.error)
            if learned and (self._inbox.empty() or not asking):
                async for event in self._learned(learned):
                    yield event
                learned = []
                if not parsing and asking:
                    yield await self._finished()
            await self._breathe()

    async def _learned(self, learned: Sequence[Learned]) -> AsyncIterator[Event]:
        """Judge again by what sources have answered."""
        if self.knowledge is None:
            return
        for item in learned:
            self._sourcing.changed |= item.changed
        self.knowledge = self.knowledge.afresh()
        self._cards.clear()
        if any(item.entities or item.changed for item in learned):
            async for event in self._informed_pass(self.knowledge, again=True):
                yield event
            async for event in self._whole_article_stage():
                yield event
        else:
            self._work.quote_from(self.knowledge, self._reader.people)
            async for event in self._changed():
                yield event

    def _parsed(self, shallow: ShallowParagraph, answer: Parsed) -> Event:
        paragraph = shallow.paragraph
        kept = self._work.kept(paragraph.id)
        try:
            statements, unclaimed = read_statements(paragraph, shallow.sentences, shallow.quotes, answer.parse, kept)
        except Exception as error:
            self._work.leave_open(paragraph, shallow.sentences, error)
            return self._failed("claims", error)
        self._work.claims[paragraph.id] += statements
        self._work.unclaimed[paragraph.id] = unclaimed
        return self._known(paragraph.id)

    async def _breathe(self) -> None:
        """Let others run when this has gone on for some milliseconds: a screen's keys, above all."""
        if time.monotonic() - self._since > _BREATH:
            await asyncio.sleep(self.options.pause)
            self._since = time.monotonic()

    def _judge(self, checks: Sequence[Check], claims: Sequence[Claim]) -> list[StageFailed]:
        return self._work.judge(checks, claims, self.resolver)

    def _failed(self, stage: str, error: Exception) -> StageFailed:
        return self._work.failed(stage, error)

    def _records(self, paragraph: int) -> tuple[ClaimRecord, ...]:
        return self._work.records(paragraph)

    def _known(self, paragraph: int) -> ParagraphKnown:
        cards: list[Card] = []
        for mention in _first_of_each(self._work.mentions.get(paragraph, ())):
            try:
                cards.append(self._card(mention))
            except PackError as error:
                self._failed("knowledge", error)
        known = ParagraphKnown(paragraph, self._records(paragraph), tuple(cards))
        self._streamed[paragraph] = known.claims, known.cards
        return known

    def _card(self, mention: Mention) -> Card:
        if mention.entity.id not in self._cards and self.knowledge is not None:
            is_changed = mention.entity.id in self._sourcing.changed
            as_of = self.article.as_of.date
            self._cards[mention.entity.id] = make_card(mention.entity, self.knowledge, as_of, is_changed=is_changed)
        return self._cards[mention.entity.id]

    async def _finished(self) -> Finished:
        """The result, once what was said at earlier readings has been looked up: the store's disk holds up no keys."""
        records = self._work.all_records()
        try:
            earlier = await asyncio.to_thread(self._sourcing.history, self.article, records, self.knowledge)
            self._work.before = earlier
        except PackError as error:
            self._failed("evidence store", error)
        self._settled = self._work.all_records() if self._work.before else records
        return Finished(self._result())

    def _result(self) -> Examination:
        packs = self.knowledge.pack_names if self.knowledge else ()
        checks = tuple(c.name for c in self._checks)
        return self._work.examination(self._settled, checks, packs, online=self.options.online, asked=self._asked)

    async def _open_packs(self) -> Knowledge:
        def failed(error: PackError | OSError) -> object:
            return self._failed("knowledge", error)

        await opened(self._sourcing, lambda error: self._failed("evidence store", error))
        live = self._sourcing.store.pack if self._sourcing.store else None
        own, builtin = self.options.packs, self.options.builtin
        return await open_knowledge(own, builtin=builtin, live=live, failed=failed, kind=self._kind)

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
