"""What a page carries around its article: recognised, kept as `boilerplate`, never checked.

Every rule needs a positive sign of furniture; what has none stays part of the story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reader.article.model import Paragraph

_ALWAYS = re.compile(
    r"""^\W*(?:
      (?:top|bottom|end)\ of\ (?:the\ )?page | back\ to\ top | skip\ to\ (?:main\ |the\ )?content
    | (?:main\ |site\ )?(?:menu|navigation|search|home|log\ ?in|sign\ ?in|register|subscribe|share|print|e-?mail|comments?|advertisement|sponsored(?:\ content)?)
    | (?:please\ )?share\ (?:this|on|via|the)\b.{0,60} | (?:tweet|pin)\ (?:this|it)
    | (?:read|see|watch|listen)\ (?:also|more|next|too)\b.{0,160} | (?:related|recommended|most\ read|most\ popular|trending|more\ from|you\ (?:may|might)\ also\ like)\b.{0,120}
    | (?:subscribe|sign\ up|sign-up|register|join)\ (?:to|for|now|today|here|us)\b.{0,160}
    | follow\ (?:us|me|him|her|them|on)\b.{0,100}
    | (?:click|tap)\ (?:here|to|below)\b.{0,120} | (?:start|begin|get)\ your\ .{0,40}\b(?:trial|subscription|newsletter)\b.{0,40}
    | (?:©|\(c\)|copyright)\W.{0,160} | all\ rights\ reserved\b.{0,60}
    | (?:we|this\ (?:site|website|page))\ uses?\ cookies\b.{0,200} | accept\ (?:all\ )?cookies
    | (?:leave|post|add|write)\ (?:a|your)\ (?:comment|reply)\b.{0,60} | (?:no|\d+)\ (?:comments?|replies|shares|likes|views)
    | (?:filed\ under|posted\ in|tags?|categor(?:y|ies)|topics?)\ ?:.{0,160}
    | (?:\d+|[a-z]+)[\ -]min(?:ute)?s?\ read | (?:previous|next)\ (?:article|post|story|page)\b.{0,120}
    | (?:facebook|twitter|x|instagram|whatsapp|telegram|linkedin|reddit|youtube|rss)(?:\W+(?:facebook|twitter|instagram|whatsapp|telegram|linkedin|reddit|youtube|rss|e-?mail|print))*
    | (?:photo|image|picture)\ ?(?:credit|courtesy)\ ?:.{0,100}
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)

_AFTERWORD = re.compile(
    r"""^\W*(?:
      about\ (?:the|this)\ (?:author|blogger|writer|reporter|journalist|correspondent|contributor|editor)s?\b
    | (?:the\ )?author(?:'s)?\ (?:bio|biography|box)\b | (?:contact|editors?)\ (?:the\ author|notes?\ to\ editors)
    | (?:notes?\ (?:to|for)\ editors|media\ contacts?|press\ contacts?|about\ us)\b
    | (?:related|recommended|more)\ (?:articles|stories|posts|reading|news|coverage) | you\ (?:may|might)\ also\ like
    | (?:leave\ a\ (?:comment|reply)|comments)\W*$
    )""",
    re.IGNORECASE | re.VERBOSE,
)

_STATES = re.compile(r"\b(?:is|are|was|were|has|have|had|sold|rose|fell|said|halved|changed|[a-z]{3,}ed|will)\b")
_TO_VISITOR = re.compile(
    r"\b(?:you|your|our|us|reserved|newsletter|cookies|click|subscribe|sign up)\b|©", re.IGNORECASE
)
_REPORTS = re.compile(r"\b(?:asked|said|told|called on|urged|has|have|was|were|had)\b")
_ADDRESSES_VISITOR = re.compile(
    r"\b(?:subscribe|sign up|newsletter|free trial|check out (?:her|his|our|their|my)|follow (?:us|her|him|me) on|our website|"
    r"become a member|are you a member|donate|support (?:us|our work)|download (?:our|the) app|unsubscribe|promo code)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?i:by|words by|written by|posted by|story by|reported by|author)\s*:?\s+(?P<name>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][\w.'’-]*(?:,?\s+(?:[A-Z][\w.'’-]*|and|&|de|van|von|da|bin|al|la|der)){0,7},?)\s*$"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def byline_of(text: str) -> str | None:
    """The author's name if the line is a byline ("By: April Carson"), else None."""
    found = _BYLINE.match(text.strip())
    if not found or len(text) > 100:
        return None
    return found["name"].strip(" ,")


def is_furniture_line(text: str) -> bool:
    """Whether a line is furniture by itself, wherever it stands."""
    return (_ALWAYS.match(text) is not None and not _is_sentence(text)) or byline_of(text) is not None


def _is_sentence(text: str) -> bool:
    """A statement about the world, however it begins: it ends like one, has a verb in it, and does not speak to a visitor."""
    if '"' in text or "“" in text:
        return True
    return text.rstrip().endswith(".") and _STATES.search(text) is not None and not _TO_VISITOR.search(text)


def mark_furniture(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Return the paragraphs with a page's furniture marked `boilerplate`; text, order and ids stay."""
    furniture = {p.id for p in paragraphs if p.kind == "boilerplate" or is_furniture_line(p.text)}
    furniture |= _afterword(paragraphs, furniture)
    furniture |= _visitor_lines(paragraphs, furniture)
    furniture |= _headings_of_nothing(paragraphs, furniture)
    return tuple(replace(p, kind="boilerplate", level=0) if p.id in furniture else p for p in paragraphs)


def _afterword(paragraphs: Sequence[Paragraph], known: set[int]) -> set[int]:
    """Everything from "About the author" on, when it stands in the last half of the page."""
    story = [p for p in paragraphs if p.id not in known]
    for place, paragraph in enumerate(story):
        short = len(paragraph.text) <= 80
        if short and place >= len(story) / 2 and _AFTERWORD.match(paragraph.text):
            return {p.id for p in paragraphs if p.id >= paragraph.id}
    return set()


def _visitor_lines(paragraphs: Sequence[Paragraph], known: set[int]) -> set[int]:
    """Lines at either end of the page that speak to its visitor ("sign up for our newsletter")."""
    found: set[int] = set()
    for ordered in (paragraphs, tuple(reversed(paragraphs))):
        for paragraph in ordered:
            if paragraph.id in known or paragraph.id in found:
                continue
            if (
                not _ADDRESSES_VISITOR.search(paragraph.text)
                or len(paragraph.text) > 400
                or '"' in paragraph.text
                or "“" in paragraph.text
                or (_REPORTS.search(paragraph.text) and not _TO_VISITOR.search(paragraph.text))
            ):
                break
            found.add(paragraph.id)
    return found


def _headings_of_nothing(paragraphs: Sequence[Paragraph], known: set[int]) -> set[int]:
    """A heading followed by furniture alone heads no part of the story: it is a link to another one."""
    found: set[int] = set()
    seen_furniture = False
    for paragraph in reversed(paragraphs):
        if paragraph.id in known:
            seen_furniture = True
        elif paragraph.kind == "heading" and seen_furniture:
            found.add(paragraph.id)
        else:
            break
    return found if len(found) < len(paragraphs) - len(known) else set()


def looks_like_heading(text: str) -> bool:
    """Whether a line of plain text reads as a heading: short, one line, and no sentence's end."""
    if len(text) > 120 or "\n" in text or text[:1] in "\"“'‘-*•" or not any(char.isalpha() for char in text):
        return False
    if text.endswith("?"):
        return len(text.split()) <= 16 and not re.search(r"[.!?]\s", text)
    return not _SENTENCE_END.search(text) and not text.endswith((",", ";", ":"))
