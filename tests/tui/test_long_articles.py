"""A book is examined around whoever reads it: what is known is said, and where it has been looked."""

from __future__ import annotations

import asyncio
import gc
import re
import weakref

from reader.article.stretch import LONGEST

FILLER = "The river ran high that week, and those who lived beside it carried their chairs upstairs again. " * 3
WRONG_DAY = "The bridge was closed on Sunday, 18 July 2022, and has not been opened since."
COUNT = LONGEST // len(FILLER) * 3


def book(*wrong: int) -> str:
    """A long article with a day that was no Sunday in some paragraphs."""
    return "\n\n".join(WRONG_DAY if n in wrong else FILLER for n in range(COUNT)) + "\n"


def problems(seen) -> list[int]:
    return [r.claim.span.paragraph for r in seen.claims("refuted", "conflicting")]


def stretch(seen) -> tuple[int, int]:
    """The paragraphs that the foot says were looked at."""
    found = re.search(r"¶ (\d+)–(\d+) checked in", seen.reading.foot._progress)
    assert found is not None, seen.foot
    return int(found[1]), int(found[2])


async def until_elsewhere(seen, before: tuple[int, int]) -> None:
    await seen.until(
        lambda: "checked in" in seen.reading.foot._progress and stretch(seen) != before,
        "the next stretch has been checked",
    )


async def test_the_foot_says_which_paragraphs_have_been_checked(open_reader):
    async with open_reader(book(4, COUNT - 4)) as seen:
        first, last = stretch(seen)
        assert first == 1
        assert 100 < last < COUNT
        assert problems(seen) == [4]


async def test_what_is_far_away_is_checked_when_one_goes_there_and_again_when_one_comes_back(open_reader):
    async with open_reader(book(4, COUNT - 4)) as seen:
        at_first = stretch(seen)
        await seen.press("G")
        await until_elsewhere(seen, at_first)
        assert stretch(seen)[1] == COUNT
        await seen.until(lambda: COUNT - 4 in problems(seen), "the error at the end is found")
        await seen.press("[")
        await seen.until(lambda: seen.pane.paragraph == COUNT - 4, "a key leads to it")
        at_last = stretch(seen)
        await seen.press("g g")
        await until_elsewhere(seen, at_last)
        assert stretch(seen) == at_first
        assert problems(seen) == [4]


async def test_nothing_is_said_to_be_unfounded_where_nothing_was_looked_at(open_reader):
    async with open_reader(book()) as seen:
        await seen.press("]")
        first, last = stretch(seen)
        said = [n.message for n in seen.app._notifications]
        assert f"No refuted or conflicting claim found in ¶ {first}–{last}." in said


async def test_a_paragraph_that_was_not_looked_at_yet_is_still_being_checked(open_reader):
    async with open_reader(book()) as seen:
        seen.reading.examining.follow = lambda: None
        await seen.press("G")
        await seen.pilot.pause(0.2)
        assert "checking …" in seen.margin


async def test_as_soon_as_the_next_stretch_is_begun_its_paragraphs_are_being_checked(open_reader):
    async with open_reader(book()) as seen:
        examining = seen.reading.examining
        before = examining.where
        examining._run = lambda: asyncio.sleep(60)  # a desk that takes its time
        await seen.press("G")
        await seen.until(lambda: examining.where != before, "the next stretch is begun")
        await seen.pilot.pause(0.1)
        assert "checking …" in seen.margin


async def test_an_examination_that_was_given_up_leaves_nothing_in_memory(open_reader):
    async with open_reader(book()) as seen:
        examining = seen.reading.examining
        first = examining.desk
        examining.start()
        await seen.until(
            lambda: examining.desk not in (None, first) and bool(examining.desk._streamed), "it is begun again"
        )
        assert not examining.is_done
        given_up = weakref.ref(examining.desk)
        examining.start()
        await seen.until(lambda: examining.is_done, "the next one has ended")
        gc.unfreeze()
        gc.collect()
        assert given_up() is None


async def test_after_an_article_was_read_again_the_collector_is_still_ours(open_reader):
    async with open_reader() as seen:
        before = seen.reading
        seen.app.show_article(before.opened)
        await seen.until(lambda: before not in seen.app.screen_stack and not before.is_running, "the other has ended")
        await seen.until(lambda: not gc.isenabled(), "it is ours again")


async def test_what_is_known_stays_in_sight_while_the_next_stretch_is_checked(open_reader):
    async with open_reader(book(4)) as seen:
        last = stretch(seen)[1]
    near = last - 3
    async with open_reader(book(near - 20)) as seen:
        await seen.until(lambda: problems(seen) == [near - 20], "it is found")
        before = stretch(seen)
        seen.pane.go_to(near, None, 0)
        lost = 0
        for _ in range(4000):
            await seen.pilot.pause(0.01)
            lost += near - 20 not in problems(seen)
            if "checked in" in seen.reading.foot._progress and stretch(seen) != before:
                break
        assert stretch(seen)[0] > 1
        assert problems(seen) == [near - 20]
        assert lost == 0


async def test_an_explanation_at_the_end_of_a_book_is_of_what_was_checked_there(open_reader):
    async with open_reader(book(COUNT - 4)) as seen:
        before = stretch(seen)
        await seen.press("G")
        await until_elsewhere(seen, before)
        await seen.press("[", "e")
        await seen.until(lambda: "Check “arithmetic”" in seen.text, "the explanation names the check")


async def test_an_article_of_usual_length_is_checked_as_a_whole_and_the_foot_counts_no_paragraphs(open_reader):
    async with open_reader() as seen:
        assert seen.reading.foot._progress.startswith("checked in")


async def test_in_plain_mode_nothing_is_told_of_paragraphs_that_are_no_longer_known(open_reader, config):
    own = config("[reading]\nplain = true\n")
    async with open_reader(book(40), own=own) as seen:
        await seen.until(lambda: bool(seen.pane.told_at), "the verdict is told under its paragraph")
        assert seen.pane.told_at == {40}
        await seen.press("G")
        await seen.until(lambda: not seen.pane.told_at, "nothing is told any more")
