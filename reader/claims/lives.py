"""Claims about lives: ages, births and deaths as stated, and dated acts that only the living can do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reader.article.model import Span
from reader.claims.model import Found, LifeFact, LifeParts, PersonMention
from reader.claims.people import PeopleLedger
from reader.claims.status import status_of
from reader.claims.words import HONORIFICS, Word, name_from
from reader.language.datetext import DateMention
from reader.language.numbers import WORDS
from reader.language.sentences import Sentence

_AGE_AFTER = re.compile(
    r"^\s?,\s(?:who\s(?:is|was)\s)?(?:aged\s|now\s|then\s|still\s|only\s|just\s|also\s|by\sthen\s|still\sjust\s)*(?P<age>\d{1,3})(?:\syears\sold)?(?=\s*(?:[,;:)–—]|\.(?!\d)|$|\swhen\b))"
    r"|^\s\((?:aged\s)?(?P<age2>\d{1,3})\)"
    r"|^(?:,\swho)?\s(?:is|was)\s(?:now\s|then\s|only\s|just\s|still\s|also\s|aged\s)*(?P<age3>\d{1,3})(?:\syears\sold)?(?=\s*(?:[,;:)–—]|\.(?!\d)|$|\s(?:and|when|but|at|years|last|this)\b))"
    r"|^\s?,\s(?:still\s|just\s|only\s)*(?P<age4>\d{1,3})\syears\sold"
    r"|^\s?,\s(?:an?|the)\s(?P<age5>\d{1,3})-year-old"
)
_TURNS = re.compile(
    r"^(?:,\swho)?\s(?:turns|turned|will\sturn|celebrates\s(?:his|her))\s(?P<age>\d{1,3})(?:st|nd|rd|th)?(?:\sbirthday)?\b"
)
_AGE_BEFORE = re.compile(
    rf"\b(?:(?P<age>\d{{1,3}})|(?P<word>(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?))-year-old\s(?:[A-Z]?[a-z]+\s){{0,2}}$",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"^\s?[,]?\s?\((?P<a>1\d{3}|20\d{2})\s?[-–—]\s?(?P<b>1\d{3}|20\d{2})\)|^\s?,?\s?\((?:born|b\.)\s(?P<c>1\d{3}|20\d{2})\)"
)
_BORN_GAP = re.compile(
    r"^(?:[^.;]{0,60}?[\s,(])?(?:was\s)?born(?:\s(?:in|at|to|near|on)\s(?!\d|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)[^.;0-9]{2,40}?)?(?:,?\s(?:on|in))?,?\s(?:the\s)?$"
)
_DIED_WORDS = r"(?:died|passed\saway|was\skilled|was\smurdered|was\sassassinated|was\sfound\sdead|death|lost\s(?:his|her)\s(?:long\s)?(?:battle|fight)\s(?:with|against|to)\s\w+)"
_DIED_GAP = re.compile(
    rf"^(?P<lead>[^.;]{{0,90}}?)\b{_DIED_WORDS}\b(?P<tail>[^.;]{{0,60}}?)\s(?:on|in|of|early\son|late\son)?\s?(?:the\s)?$"
)
_DIED_AGED = re.compile(
    rf"^(?P<lead>[^.;]{{0,90}}?)(?:\b{_DIED_WORDS}\b)(?P<mid>[^;]{{0,70}}?),?\s(?:aged|at\sthe\sage\sof|at\sage|at|age)\s(?P<age>\d{{1,3}})(?=\s*(?:[,;.)–—]|$|\s(?:of|in|on|from|after|at|by|surrounded)\b))(?!\s?(?:per|%))"
)
_AGE_WHEN_DIED = re.compile(r"^(?:,\swho)?\s(?:was|were)\s(?:only\s|just\s)?(?P<age>\d{1,3})\swhen\s(?:he|she)\sdied")
_PRONOUN_AGE = re.compile(
    r"^(?:He|She)\s(?:was|is)\s(?:only\s|just\s)?(?P<age>\d{1,3})(?:\syears\sold)?(?=[.,;]|\sand\b)"
)
_LEADING_PRONOUN = re.compile(r"^(?:[“\"])?(?P<pronoun>He|She)\b")
_AT_AGE = re.compile(r"^At\s(?:the\sage\sof\s|just\s|only\s)?(?P<age>\d{1,3}),\s$")
_BORN_FIRST = re.compile(r"^Born\s(?:(?:in|at|near|to)\s[^.;,0-9]{2,40}\s)?(?:on|in)\s$")
_ANOTHER_CLAUSE = re.compile(r"\s\w+\s\w.*\s(?:and|but)\s$")
_BORN_PRONOUN = re.compile(r"(?:\s(?:in|at|near|to|into)\s[^.;,]{2,60})?,\s(?P<pronoun>he|she)\b")
_ALIVE = re.compile(r"^(?:,\swho)?\s(?:is\s(?:still\s)?(?:alive|living)|still\slives|lives\sstill|remains\salive)\b")
_DEATH_IN = re.compile(rf"\b(?:{_DIED_WORDS}|dead|obituary|funeral|mourns?|mourned)\b")

_COUNTING = re.compile(
    r"\b(?:votes?|points?|goals?|runs|wickets?|shots?|strokes?|seats?|medals?|ballots?|scored|tries|wins|caps|laps|threes|rebounds|per\scent|percent)\b|%"
)

_ACTS = (
    "said says told announced declared signed met visited opened spoke voted cast addressed attended "
    "telephoned phoned called arrived planted presented delivered presided testified wrote tweeted posted cut "
    "toasted shook sang promised insisted warned argued added replied answered asked thanked hosted welcomed "
    "received inaugurated launched chaired joined travelled traveled landed drove walked danced ran swam flew "
    "played won resigned appointed nominated vetoed ordered unveiled laid met pledged urged gave took read "
    "recited conducted performed taught lectured briefed toured painted composed carved sculpted married emigrated enlisted"
).split()
_ONLY_BEFORE_BIRTH = frozenset(
    ["won", "received", "flew", "joined", "played", "ran", "gave", "took", "called", "asked"]
)
_ACT_AFTER = re.compile(
    rf"^(?:,\swho)?\s(?:also\s|later\s|then\s|again\s|first\s|personally\s|himself\s|herself\s)?(?P<verb>{'|'.join(sorted(set(_ACTS), key=len, reverse=True))})\b(?!\saway|\son\sstage)"
)
_SAID_BEFORE = re.compile(
    r"\b(?P<verb>said|says|wrote|announced|declared|added|(?:signed|opened|unveiled|welcomed)\s(?:[^,.;]{2,50}\s)?by|told\sby)\s(?P<title>(?:[A-Za-z'’-]+\s){0,9})$"
)
_NOT_IN_LIFE = re.compile(
    r"\b(?:posthum\w+|late|film|movie|documentary|series|drama|musical|opera|stage|episode|recording|recorded|archive\w*|footage|audio|tape|letter|diary|diaries|memoir\w*|book|novel|statue|portrait|will|estate|"
    r"foundation|institute|named|hologram|actor|actress|playing|plays|portray\w*|ghost|spirit|if|imagine\w*|dream\w*|forger?y?|forged|fake\w*|poll|ranking|last time|coffin|ashes|body|remains|"
    r"funeral|memorial|biograph\w+|historian\w*|wax|puppet|character|legend|reprint\w*|translated|exhibition|museum|deepfake|voice|novelist's|avatar|chatbot|painting|photograph\w*|picture|game|comic|podcast|tribute|never|nobody|not)\b",
    re.IGNORECASE,
)
_CLAUSE_BREAK = re.compile(
    r"[;:]|,\s(?:and|but)\b|\b(?:who|which|whom|whose|when|while|after|before|because|although|was|were|had|has|is|are|that)\b"
)
_ACT_REACH = 90
_SHORTEST_MONONYM = 4  # letters


FoundLife = Found[LifeParts]


def find_lives(
    paragraph: int,
    text: str,
    sentence: Sentence,
    words: tuple[Word, ...],
    dates: tuple[DateMention, ...],
    people: PeopleLedger,
    subject: str | None,
    told: tuple[DateMention, ...] = (),
) -> list[FoundLife]:
    """All life claims of a sentence; `dates` are that sentence's, `subject` is whom a pronoun at its start means."""
    found: list[FoundLife] = []
    for person in _people(paragraph, text, words, people):
        found += _about(paragraph, text, sentence, person, dates)
        found += _acts(paragraph, text, sentence, person, dates)
    if subject and (pronoun := _pronoun(paragraph, sentence, subject)):
        found += _about(paragraph, text, sentence, pronoun, dates)
    if subject and (match := _PRONOUN_AGE.match(sentence.text)):
        pronoun = PersonMention(Span(paragraph, sentence.start, sentence.start + 3), sentence.text[:3].strip(), subject)
        earlier = text[: sentence.start]
        fact: LifeFact = "age-at-death" if _DEATH_IN.search(earlier[-300:]) else "age"
        if fact == "age-at-death" or " is " in match[0]:
            found.append(
                _life(
                    paragraph,
                    pronoun,
                    sentence.start,
                    sentence.start + match.end(),
                    LifeParts(pronoun, fact, age=int(match["age"])),
                    sentence,
                )
            )
    if subject:
        found += _born_first(paragraph, text, sentence, subject, dates)
    return [replace(f, parts=replace(f.parts, told=told)) for f in found]


def _born_first(
    paragraph: int, text: str, sentence: Sentence, subject: str, dates: tuple[DateMention, ...]
) -> Iterator[FoundLife]:
    """ "Born on 2 May 1951 to a baker, she …"."""
    for date in dates[:1]:
        pronoun = _BORN_PRONOUN.match(text, date.end, sentence.end)
        if pronoun and _BORN_FIRST.match(text[sentence.start : date.start]):
            span = Span(paragraph, pronoun.start("pronoun"), pronoun.end())
            person = PersonMention(span, pronoun["pronoun"], subject)
            yield _life(paragraph, person, sentence.start, date.end, LifeParts(person, "born", when=date), sentence)


def _pronoun(paragraph: int, sentence: Sentence, subject: str) -> PersonMention | None:
    """The pronoun that a sentence or its last clause begins with."""
    match = _LEADING_PRONOUN.search(sentence.text)
    if match is None:
        return None
    start = sentence.start + match.start("pronoun")
    return PersonMention(Span(paragraph, start, sentence.start + match.end()), match["pronoun"], subject)


def _people(paragraph: int, text: str, words: tuple[Word, ...], people: PeopleLedger) -> Iterator[PersonMention]:
    at = 0
    while at < len(words):
        size = name_from(words, at) if words[at].is_capital and words[at].lower not in HONORIFICS else 0
        if size:
            first, last = words[at], words[at + size - 1]
            name = text[first.start : last.end]
            full = people.full_name(name)
            goes_by_one = size == 1 and len(name) > _SHORTEST_MONONYM and not people.is_surname(name)
            if full is not None or goes_by_one:
                yield PersonMention(Span(paragraph, first.start, last.end), name, full)
        at += max(size, 1)


def _life(
    paragraph: int, person: PersonMention, start: int, end: int, parts: LifeParts, sentence: Sentence
) -> FoundLife:
    status = status_of(sentence.text, sentence.text[max(0, start - sentence.start - 40) : end - sentence.start])
    return FoundLife(Span(paragraph, min(start, person.span.start), max(end, person.span.end)), parts, status)


def _about(
    paragraph: int, text: str, sentence: Sentence, person: PersonMention, dates: tuple[DateMention, ...]
) -> Iterator[FoundLife]:
    """What is stated of a person right before or behind the name."""
    after = text[person.span.end : sentence.end]
    before = text[sentence.start : person.span.start]
    if died := (_AGE_WHEN_DIED.match(after) or _DIED_AGED.match(after)):
        lead = died.groupdict().get("lead") or ""
        if _is_about_person(lead):
            end = person.span.end + died.end("age")
            yield _life(
                paragraph,
                person,
                person.span.start,
                end,
                LifeParts(person, "age-at-death", age=int(died["age"])),
                sentence,
            )
    elif (age := _AGE_AFTER.match(after)) and not _is_a_score(age[0], sentence.text):
        number = next(n for n, value in age.groupdict().items() if value)
        fact: LifeFact = "age"
        if "aged" in age[0] and re.search(r"^[^.;]{0,20}\b(?:has\s)?died\b", after[age.end() :]):
            fact = "age-at-death"
        when = _told_with(after, age, dates, person.span.end, sentence)
        if when is None and re.search(r"\bthen\s\d", age[0]):
            when = dates[0] if len(dates) == 1 else None
        if when is not None or " was " not in age[0] or fact == "age-at-death":
            end = person.span.end + age.end(number)
            is_then = "then " in age[0] or " was " in age[0]
            if not is_then or when is not None:
                yield _life(
                    paragraph,
                    person,
                    person.span.start,
                    end,
                    LifeParts(person, fact, when=when if is_then else None, age=int(age[number])),
                    sentence,
                )
    elif turns := _TURNS.match(after):
        when = next((d for d in dates if d.start >= person.span.end and d.start - person.span.end < 40), None)
        if when is not None:
            yield _life(
                paragraph,
                person,
                person.span.start,
                when.end,
                LifeParts(person, "age", when=replace(when), age=int(turns["age"]), tense="future", verb="turns"),
                sentence,
            )
    elif _ALIVE.match(after):
        yield _life(paragraph, person, person.span.start, person.span.end + 20, LifeParts(person, "alive"), sentence)
    if age := _AGE_BEFORE.search(before):
        start = sentence.start + age.start()
        stated = int(age["age"]) if age["age"] else sum(WORDS[w] for w in age["word"].lower().split("-"))
        yield _life(paragraph, person, start, person.span.end, LifeParts(person, "age", age=stated), sentence)
    if age := _AT_AGE.match(before):
        yield _life(
            paragraph, person, sentence.start, person.span.end, LifeParts(person, "age", age=int(age["age"])), sentence
        )
    if born := next(
        (
            d
            for d in dates
            if _BORN_FIRST.match(text[sentence.start : d.start])
            and re.fullmatch(r",\s", text[d.end : person.span.start])
        ),
        None,
    ):
        yield _life(paragraph, person, sentence.start, person.span.end, LifeParts(person, "born", when=born), sentence)
    if years := _BRACKET.match(after):
        end = person.span.end + years.end()
        born = _year(years["a"] or years["c"], person.span.end + years.start("a" if years["a"] else "c"))
        died_year = _year(years["b"], person.span.end + years.start("b")) if years["b"] else None
        yield _life(
            paragraph,
            person,
            person.span.start,
            end,
            LifeParts(person, "lifespan" if died_year else "born", when=born, until=died_year),
            sentence,
        )
        return
    for date in dates:
        if date.start < person.span.end or date.start - person.span.end > 170:
            continue
        gap = text[person.span.end : date.start]
        if re.match(r"\s(?:today|this (?:week|month))\b", text[date.end :]) and date.relative:
            break
        if (match := _BORN_GAP.match(gap)) and _is_about_person(gap.partition("born")[0]):
            yield _life(paragraph, person, person.span.start, date.end, LifeParts(person, "born", when=date), sentence)
        elif (
            (match := _DIED_GAP.match(gap))
            and _is_about_person(match["lead"])
            and not re.search(r"\b(?:after|before|since|when)\b", match["tail"])
        ):
            said = _life(paragraph, person, person.span.start, date.end, LifeParts(person, "died", when=date), sentence)
            if _ANOTHER_CLAUSE.search(
                match["lead"]
            ):  # "governed until 2001 and died last September": only the death is meant
                said = replace(said, span=Span(paragraph, person.span.end + len(match["lead"]), date.end))
            yield said
            break


def _is_a_score(words: str, sentence: str) -> bool:
    """Whether a bare number behind a name may be of votes or points: "Roeder 134 and Finn, 61"."""
    return re.fullmatch(r",\s\d+", words) is not None and _COUNTING.search(sentence) is not None


def _year(digits: str, start: int) -> DateMention:
    return DateMention(start, start + 4, digits, year=int(digits))


_OTHER_PERSON = re.compile(
    r"['’]s\b(?!\sdeath)|\b(?:his|her|their|whose)\s(?!death\b)\w+|\b(?:father|mother|wife|husband|son|daughter|brother|sister|friend|patient|king|queen)\b|\b[A-Z][a-z]+\s[A-Z][a-z]+\b|,\s(?:and|but)\b"
)


def _is_about_person(lead: str) -> bool:
    """Whether nobody else comes between the name and what is stated."""
    cut = lead[:-1] if lead.endswith("s") else lead
    return not _OTHER_PERSON.search(cut.replace(", whose ", ", ")) and not re.search(
        r"\b(?:film|book|series|novel|play|statue)\b", cut
    )


def _told_with(
    after: str, age: re.Match[str], dates: tuple[DateMention, ...], offset: int, sentence: Sentence
) -> DateMention | None:
    """The date at which somebody had that age: "was 27 when, on 12 April 1961", "then 40, circled … on 20 February 1962"."""
    if not re.search(r"\b(?:then|was)\b", age[0]) and not after[age.end() :].lstrip().startswith("when"):
        return None
    behind = [d for d in dates if d.start >= offset + age.end() and d.is_absolute]
    return behind[0] if len(behind) == 1 else None


def _acts(
    paragraph: int, text: str, sentence: Sentence, person: PersonMention, dates: tuple[DateMention, ...]
) -> Iterator[FoundLife]:
    """A dated act with the person as its subject."""
    after = text[person.span.end : sentence.end]
    before = text[sentence.start : person.span.start]
    verb = act = None
    if act := _ACT_AFTER.match(after):
        verb, verb_end = act["verb"], person.span.end + act.end()
    elif act := _SAID_BEFORE.search(before):
        if re.search(r"\b(?:by|of|that|about|to|from)\b", act["title"]) or act["title"].strip().endswith(("'s", "’s")):
            return
        verb, verb_end = act["verb"].split()[0], person.span.end
        if inner := [d for d in dates if sentence.start + act.start() < d.start < person.span.start]:
            dates = tuple(inner)
            person = (
                replace(person, span=Span(paragraph, inner[0].end, person.span.end))
                if act["verb"].endswith("by")
                else person
            )
    if re.search(r"\b[Tt]he\s$", before) or re.match(r"[^.“\"]{0,80}\bthat\s(?:it|its)\b", after):
        return  # a ship, a company or a place that bears the name
    if verb is None or _NOT_IN_LIFE.search(_without_quotes(sentence.text)):
        return
    date = _act_date(text, sentence, person, verb_end, dates)
    if date is None:
        return
    start = min(date.start, person.span.start) if sentence.end - sentence.start < 400 else person.span.start
    parts = LifeParts(person, "acts", when=date, verb=verb, tense="past")
    status = status_of(sentence.text, _without_quotes(text[start : max(verb_end, date.end)]))
    yield FoundLife(Span(paragraph, start, max(verb_end, date.end)), parts, status)


def _without_quotes(text: str) -> str:
    return re.sub(r"“[^”]*”?|\"[^\"]*\"?", " ", text)


def _act_date(
    text: str, sentence: Sentence, person: PersonMention, verb_end: int, dates: tuple[DateMention, ...]
) -> DateMention | None:
    for date in dates:
        if date.relative and date.relative.split()[-1] in ("later", "earlier"):
            continue
        if date.start >= verb_end:
            gap = text[verb_end : date.start]
            if len(gap) <= _ACT_REACH and not _CLAUSE_BREAK.search(gap):
                return date
            return None
        if date.end <= person.span.start:
            gap = text[date.end : person.span.start]
            if not gap:
                return date
            lead = text[sentence.start : date.start].lower()
            if re.fullmatch(r",?\s?(?:when\s|that\s)?(?:the\s)?(?:[A-Za-z'’-]+\s){0,4}", gap) and re.search(
                r"(?:^|[\s,(])(?:on|in|when|,|by|as early as|since)?\s*(?:the\s)?$", lead
            ):
                return date
    return None


def acts_after_death(verb: str) -> bool:
    """Whether a verb says something that nobody dead can be the subject of (a dead person may still win a prize)."""
    return verb not in _ONLY_BEFORE_BIRTH
