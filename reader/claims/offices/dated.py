"""Which date belongs to an office claim, and how its clause stands to it."""

from __future__ import annotations

import re
from dataclasses import replace

from reader.claims.model import OfficeTime, Status
from reader.claims.offices.sentence import Sentence
from reader.claims.status import status_of
from reader.language.datetext import DateMention


def clause_status(sentence: Sentence, start: int, end: int) -> Status:
    """The status of the clause at stake and of what introduces it."""
    body_start = sentence.words[0].start
    clause = sentence.text[start:end]
    lead = sentence.text[body_start:start]
    status = status_of(sentence.body, clause)
    if status is Status.ASSERTED and lead:
        lead_status = status_of(sentence.body, re.split(r"[,;:—]\s", lead)[-1] if len(lead) > 60 else lead)
        status = lead_status if lead_status is not Status.PLANNED else status
    return status


def date_of(
    sentence: Sentence, after: int, end: int, time: OfficeTime
) -> tuple[OfficeTime, DateMention | None, DateMention | None, int]:
    """The date that belongs to a claim: behind it ("since May 2013", "from 2001 to 2004"), or at the sentence's start."""
    text = sentence.text
    for number, date in enumerate(sentence.dates):
        if date.start < after:
            continue
        link = text[after : date.start]
        if len(link) > 70 or re.search(r"[;:.]|\bwhen\b|\bafter\b|\bbefore\b", link):
            break
        word = (re.findall(r"[a-z]+", link.lower()) or [""])[-1]
        if word in ("early", "mid", "late", "the"):
            word = ([*re.findall(r"[a-z]+", link.lower())] or [""])[-2:][0]
        following = sentence.dates[number + 1] if number + 1 < len(sentence.dates) else None
        if word == "since":
            return "since", date, None, date.end
        if (
            word in ("from", "between")
            and following
            and date.year is None
            and date.month
            and following.year
            and following.month
        ):
            date = replace(date, year=following.year if date.month <= following.month else following.year - 1)
        if (
            word in ("from", "between")
            and following
            and re.fullmatch(r"\s*(?:to|until|till|through|and|–|—|-)\s*(?:the )?", text[date.end : following.start])
        ):
            return "from-to", date, following, following.end
        if word in ("from",):
            return "since" if time == "at" else time, date, None, date.end
        if word in ("until", "till", "through"):
            return "until", date, None, date.end
        if word in ("in", "on", "") and time in ("became", "until") and len(link) < 50:
            return time, date, None, date.end
        if word in ("in", "on", "during") and time == "at" and len(link) < 12:
            return time, date, None, date.end
        break
    opening = sentence.dates[0] if sentence.dates else None
    if opening and opening.start - sentence.words[0].start <= 12 and opening.end <= after:
        lead = text[sentence.words[0].start : opening.start].strip().lower()
        if lead == "since":
            return ("since" if time == "at" else time), opening, None, end
        if lead in ("in", "on", "by", "", "in early", "in late") and time in ("became", "until", "at"):
            return time, opening, None, end
        if lead in ("from", "between") and len(sentence.dates) > 1 and time == "at":
            return "from-to", opening, sentence.dates[1], end
        if lead == "until":
            return ("until" if time == "at" else time), opening, None, end
    return time, None, None, end
