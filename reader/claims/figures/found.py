"""A figure claim before it is made a `Claim`, and how its sentence stands to it."""

from __future__ import annotations

import re

from reader.article.model import Span
from reader.claims.model import FigureParts, Found, Status

_FALSE_WORDS = re.compile(
    r"\b(?:wrongly|falsely|incorrectly|mistaken(?:ly)?|erroneous(?:ly)?|denied|untrue|false|if|would have|supposed|hypothetical|forged|typo|misprint|joked|fictional|(?:is|was|are|were|did|does|do|had|has|have) not|isn['’]t|wasn['’]t|aren['’]t)\b",
    re.IGNORECASE,
)


FoundFigure = Found[FigureParts]


def figure(
    paragraph: int, sentence: str, start: int, end: int, parts: FigureParts, clause: str | None = None
) -> FoundFigure:
    """A found figure; a clause that denies or imagines it takes its status away."""
    status = Status.UNREAL if _FALSE_WORDS.search(clause if clause is not None else sentence) else Status.ASSERTED
    if sentence.rstrip().endswith("?"):
        status = Status.QUESTION
    return FoundFigure(Span(paragraph, start, end), parts, status)
