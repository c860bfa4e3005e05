"""How a sentence stands to what it says: asserted, denied, imagined, rumoured, planned, asked or quoted."""

from __future__ import annotations

import re
from functools import lru_cache

from reader.claims.model import Status
from reader.language.quotes import Quote

_NEGATED = re.compile(
    r"\b(?:not|never|n't|no longer|neither|nor|denied|denies|deny|denying|rejected (?:the )?(?:claim|report|suggestion|idea)s?|refuted|disputed|disputes|untrue|false(?:ly)?|wrongly|incorrectly|mistaken(?:ly)?|erroneous(?:ly)?|myth|hoax|(?:nobody|no one|no-one)(?: has| had)?(?: ever)? (?:said|says|claim\w*|thinks?|believes?)|isn|wasn|hasn|didn)\b|n['’]t\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:alleged(?:ly)?|reported(?:ly)?|rumou?r(?:s|ed)?|purported(?:ly)?|supposed(?:ly)?|said to (?:be|have)|thought to (?:be|have)|believed to (?:be|have)|claim(?:s|ed|ing)? (?:that|to be|to have)|"
    r"apparently|speculat(?:ion|ed)|unconfirmed|according to (?:legend|rumou?rs?|folklore))\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:if|unless|whether|were to|would(?: have| be)?|could have|might(?: have)?|may have|as if|as though|imagine[sd]?|imaginary|pretend(?:s|ed|ing)?|hypothetical(?:ly)?|fiction(?:al)?|"
    r"play(?:s|ed|ing) (?:the (?:role|part)|a |an |fictional|president|prime|king|queen)|portray(?:s|ed|ing|al)|starr?(?:s|ed|ing)? as|stars|in the (?:film|movie|series|novel|play|drama|sitcom|musical|game)|in the role of|satirical|satire|parody|spoof|april fool|wish(?:es|ed)?|dream(?:s|ed|t)? of)\b",
    re.IGNORECASE,
)
_FICTION = re.compile(
    r"\b(?:fiction(?:al|alised)?|play(?:s|ed|ing) (?:the (?:role|part)|a |an |fictional|president|prime|king|queen)|portray(?:s|ed|ing|al)|stars? as|starring|in the (?:film|movie|series|novel|drama|sitcom|musical)|"
    r"in the role of|satirical|satire|parody|spoof|biopic|april fool|lookalike|impersonat\w+)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|shall|is to|are to|was to|were to|going to|due to (?:be|become|take|start|fly|launch|arrive|open|meet)|set to|expected to|planned|plans to|plan to|planning to|scheduled|slated|nominat\w+|nominee|candida\w+|intend\w*|hop(?:es|ed|ing) to|"
    r"propos\w+|contender|front-?runner|favou?rite to|tipped|poised|considered for|in line to|aims? to|vow\w* to|pledg\w+ to|bid to|running for|run for|ran for|campaigned? (?:for|to)|seeking|ask(?:s|ed|ing) .{0,30} to (?:be|become)|offered)\b|['’]ll\b",
    re.IGNORECASE,
)


def quoted(start: int, end: int, quotes: tuple[Quote, ...]) -> Quote | None:
    """The quotation that a stretch lies in, if it does."""
    return next((q for q in quotes if q.start <= start and end <= q.end), None)


@lru_cache(maxsize=1024)
def status_of(sentence: str, scope: str | None = None) -> Status:
    """The status of what `scope` (the clause at stake, default the whole sentence) says.

    What the patterns do not understand errs towards a status that no check decides. Several finders ask the same of
    a sentence one after another, and the patterns are long.
    """
    words = scope if scope is not None else sentence
    if sentence.rstrip().endswith("?"):
        return Status.QUESTION
    if _UNREAL.search(words):
        return Status.UNREAL
    if _NEGATED.search(words):
        return Status.NEGATED
    if _HEARSAY.search(words):
        return Status.HEARSAY
    if _PLANNED.search(words):
        return Status.PLANNED
    return Status.ASSERTED


def title_status(sentence: str) -> Status:
    """The status of a title that stands with a name: only fiction and questions take its truth away."""
    if _FICTION.search(sentence):
        return Status.UNREAL
    return (
        Status.QUESTION if sentence.rstrip().endswith("?") and " who " in f" {sentence.lower()} " else Status.ASSERTED
    )
