"""A stretch of a long article: what is examined at a time, so that a book needs no more memory than a long read."""

from __future__ import annotations

from dataclasses import replace

from reader.article.model import Article, Paragraph, Stretch

LONGEST = 60_000  # characters: a long read fits as a whole
_HEAD = 4_000  # characters of the beginning, where an article says who and when
_SHORT = 60  # a paragraph costs this much however short it is
_EDGE = 8  # a reader is near an edge within one part of so many
_ELSEWHERE = Paragraph(-1, "boilerplate", "")


def stretch_around(article: Article, paragraph: int, longest: int = LONGEST) -> Stretch:
    """The paragraphs to examine for somebody who reads this one: all of them where they are not too many."""
    paragraphs = article.paragraphs
    start = stop = max(0, min(paragraph, len(paragraphs) - 1))
    room, back, on = longest, True, True
    while room > 0 and (back or on):
        on = stop < len(paragraphs)
        if on:
            room -= len(paragraphs[stop].text) + _SHORT
            stop += 1
        back = start > 0 and room > 0
        if back:
            start -= 1
            room -= len(paragraphs[start].text) + _SHORT
    return Stretch(start, stop)


def is_left(stretch: Stretch, article: Article, paragraph: int) -> bool:
    """Whether somebody who reads this paragraph has come out of the stretch, or so near to an edge that it is time for the next."""
    edge = (stretch.stop - stretch.start) // _EDGE
    near_start = stretch.start > 0 and paragraph < stretch.start + edge
    near_stop = stretch.stop < len(article.paragraphs) and paragraph >= stretch.stop - edge
    return near_start or near_stop


def only(article: Article, stretch: Stretch) -> Article:
    """The article as if it said nothing outside of the stretch and its own beginning; paragraphs keep their numbers."""
    paragraphs = article.paragraphs
    if stretch.start == 0 and stretch.stop >= len(paragraphs):
        return article
    head, room = 0, _HEAD
    while head < stretch.start and room > 0:
        room -= len(paragraphs[head].text) + _SHORT
        head += 1
    kept = (
        *paragraphs[:head],
        *(_ELSEWHERE,) * (stretch.start - head),
        *paragraphs[stretch.start : stretch.stop],
        *(_ELSEWHERE,) * (len(paragraphs) - stretch.stop),
    )
    return replace(article, paragraphs=kept, stretch=stretch)
