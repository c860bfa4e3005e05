"""The articles that Caveat promises to get right: what is wrong in them is found, what is true is left in peace."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import reader
from reader.article.load import load_path
from reader.desk import examine

ROOT = Path(reader.__file__).parents[1]
SHARED = ROOT.parent / "shared" / "articles"
ISS = SHARED / "iss-agreement.txt"
WIKINEWS = sorted((SHARED / "wikinews").glob("*.txt")) if (SHARED / "wikinews").is_dir() else []
ADMINISTRATORS = ("Robert Lightfoot", "Jim Bridenstine", "John H. Glenn")
WRONG = {"refuted", "conflicting"}
KNOWN_ERRORS = ("dministrator", "Glenn in March", "since May 2013", "monopoly", "operational vehicle", "55 seats")
FURNITURE = (
    "top of page",
    "bottom of page",
    "About the Blogger",
    "Start your 3-day FREE trial",
    "Are you a member of the 4BK",
    "To read more of April's blogs",
)
PRIZES_TRUE = (
    "Narges Mohammadi, who is 51",
    "Jon Fosse, 64",
    "three people: Moungi Bawendi",
    "up 58.5 per cent",
    "Marie Curie (1867-1934)",
    "Albert Einstein, who was born on",
    "38C (100F)",
    "Thursday",
)
HANDOVERS_TRUE = (
    "President Sauli Niinistö",
    "president of Finland from 2000 to 2012",
    "Nicolas Sarkozy became",
    "from 2012 to 2017",
    "President Emmanuel Macron",
    "Barack Obama became",
    "President Joe Biden",
    "Prime Minister Anthony Albanese",
    "1 March 2012, a Thursday",
    "Wednesday, 20 January 2021",
    "23 May 2022, a Monday",
    "7,800 km (4,850 miles)",
    "90 people, 40 in the office",
)
needs_iss = pytest.mark.skipif(not ISS.is_file(), reason="the shared articles are not here")


class Found:
    """An examined article, asked in the words of a reader."""

    def __init__(self, result) -> None:
        self.result = result

    def about(self, *words: str) -> list:
        """The records whose own words hold all of these."""
        return [r for r in self.result.claims if all(w in r.claim.text for w in words)]

    def labels(self, *words: str) -> set[tuple[str, str]]:
        return {(v.check, v.label) for r in self.about(*words) for v in r.verdicts if v.is_decided}

    def said(self, *words: str) -> str:
        return " ".join(v.explanation for r in self.about(*words) for v in r.verdicts)

    def with_label(self, *labels: str) -> list[str]:
        return [r.claim.text for r in self.result.claims if {v.label for v in r.verdicts} & set(labels)]


@pytest.fixture(scope="session")
def found(cache_home):
    """Examine an article once a session."""
    done: dict[tuple, Found] = {}

    def examined(path: Path, as_of: str | None = None) -> Found:
        if (path, as_of) not in done:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("XDG_CACHE_HOME", str(cache_home))
                patch.setenv("PYTHONPATH", str(ROOT))
                done[path, as_of] = Found(asyncio.run(examine(load_path(path, as_of=as_of))))
        return done[path, as_of]

    return examined


@pytest.fixture
def iss(found):
    return found(ISS, "2022-07-17")


def sample(found, name: str) -> Found:
    return found(ROOT / "sample_articles" / "articles" / f"{name}.md")


def assert_three_administrators_are_wrong(article: Found) -> None:
    ids = {}
    for name in ADMINISTRATORS:
        records = article.about("dministrator", name)
        assert records, name
        assert {label for _, label in article.labels("dministrator", name)} <= WRONG
        assert "Bill Nelson" in article.said("dministrator", name)
        tied = [
            (r.claim.id, v) for r in records for v in r.verdicts if (v.check, v.label) == ("consistency", "conflicting")
        ]
        assert len(tied) == 1, name
        ids[name] = tied[0]
    for name, (own, verdict) in ids.items():
        assert set(verdict.related) == {other for other, _ in ids.values()} - {own}, name
        assert all(n in verdict.explanation for n in ADMINISTRATORS)


@needs_iss
def test_nothing_fails_on_the_agreement_article(iss):
    assert iss.result.failures == ()


@needs_iss
def test_none_of_the_three_was_nasas_administrator_and_the_article_contradicts_itself(iss):
    assert_three_administrators_are_wrong(iss)
    for name in ADMINISTRATORS:
        assert ("office", "refuted") in iss.labels("dministrator", name)


@needs_iss
def test_john_glenn_was_dead_when_he_is_said_to_have_spoken(iss):
    assert ("lifespan", "refuted") in iss.labels("Glenn in March")
    assert "8 December 2016" in iss.said("Glenn in March")


@needs_iss
def test_rogozin_was_not_in_charge_since_may_2013(iss):
    assert ("office", "refuted") in iss.labels("Rogozin", "since May 2013")
    assert "24 May 2018" in iss.said("Rogozin", "since May 2013")


@needs_iss
def test_russia_has_no_monopoly_and_soyuz_is_not_the_only_vehicle_while_crew_dragon_flies(iss):
    for words in (("monopoly on ISS crew transport",), ("only currently operational vehicle",)):
        assert iss.labels(*words) == {("consistency", "conflicting")}
        assert "Crew Dragon" in iss.said(*words)


@needs_iss
def test_the_price_of_55_seats_does_not_fit_the_price_of_one(iss):
    assert iss.labels("$3.9 billion", "55 seats") in ({("arithmetic", "conflicting")}, {("arithmetic", "refuted")})
    assert "55" in iss.said("$3.9 billion", "55 seats")
    assert "4,400,000,000" in iss.said("$3.9 billion", "55 seats")


@needs_iss
def test_what_is_true_is_supported(iss):
    assert iss.labels("President Vladimir Putin") == {("office", "supported")}
    assert iss.labels("Elon Musk", "CEO of SpaceX") == {("office", "supported")}
    assert iss.labels("Frank Rubio", "Sergey Prokopyev", "Dmitry Petelin") == {("spaceflight", "supported")}
    assert "Soyuz MS-22" in iss.said("Frank Rubio", "Sergey Prokopyev", "Dmitry Petelin")
    assert ("office", "supported") in iss.labels("Dmitry Rogozin with Yuri Borisov")


@needs_iss
def test_nothing_else_in_the_agreement_article_is_called_wrong(iss):
    assert not [text for text in iss.with_label(*WRONG) if not any(k in text for k in KNOWN_ERRORS)]


@needs_iss
def test_only_what_lies_ahead_is_called_planned(iss):
    planned = [
        r.claim.text for r in iss.result.claims for v in r.verdicts if "lanned" in v.explanation and v.is_decided
    ]
    assert planned == [r.claim.text for r in iss.about("Frank Rubio will fly")]


@needs_iss
def test_what_surrounds_the_article_holds_no_claims_and_the_story_itself_is_whole(iss):
    paragraphs = iss.result.article.paragraphs
    furniture = {p.id for p in paragraphs if p.kind == "boilerplate"}
    start = next(p.id for p in paragraphs if p.text.startswith("The United States and Russia have reached"))
    end = next(p.id for p in paragraphs if p.text.startswith("Rogozin has been a thorn"))
    assert not [r.claim.text for r in iss.result.claims if r.claim.span.paragraph in furniture]
    assert not [u for u in iss.result.unclaimed if u.span.paragraph in furniture]
    assert not furniture & set(range(start, end + 1))
    for words in FURNITURE:
        assert [p for p in paragraphs if p.id in furniture and p.text.startswith(words)], words


@needs_iss
def test_those_who_once_held_the_office_are_shown_with_their_own_terms(iss):
    assert "20 January 2017 to 23 April 2018" in iss.said("dministrator", "Robert Lightfoot")
    assert "23 April 2018 to 20 January 2021" in iss.said("dministrator", "Jim Bridenstine")


# --- the sample articles


def test_the_sample_full_of_errors_shows_them_all_and_no_other(idle, found):
    article = sample(found, "station-crew-exchange")
    assert article.result.failures == ()
    assert_three_administrators_are_wrong(article)
    assert ("office", "refuted") in article.labels("Rogozin", "since May 2013")
    assert article.labels("monopoly on ISS crew transport") == {("consistency", "conflicting")}
    assert article.labels("only operational vehicle") == {("consistency", "conflicting")}
    assert {label for _, label in article.labels("55 seats")} <= WRONG
    assert article.labels("55 seats")
    assert not [text for text in article.with_label(*WRONG) if not any(k in text for k in KNOWN_ERRORS)]


def test_the_sample_full_of_errors_supports_what_is_true(idle, found):
    article = sample(found, "station-crew-exchange")
    assert article.labels("President Vladimir Putin") == {("office", "supported")}
    assert article.labels("Elon Musk", "CEO of SpaceX") == {("office", "supported")}
    assert article.labels("Frank Rubio", "Sergey Prokopyev", "Dmitry Petelin") == {("spaceflight", "supported")}
    assert ("spaceflight", "supported") in article.labels("Apollo-Soyuz", "July 1975")
    assert ("events", "supported") in article.labels("24 February invasion")


def test_of_the_prizes_one_number_is_not_true_and_only_that_one_is_refuted(idle, found):
    article = sample(found, "numbers-of-the-prize")
    (wrong,) = article.with_label(*WRONG)
    assert "65 tables of 20 guests each, 1,200 guests" in wrong
    assert "1,300" in article.said("1,200 guests")
    for words in PRIZES_TRUE:
        assert {label for _, label in article.labels(words)} == {"supported"}, words


def test_of_the_handovers_one_date_is_not_true_and_only_that_one_is_refuted(idle, found):
    article = sample(found, "quiet-transitions")
    (wrong,) = article.with_label(*WRONG)
    assert "Jacques Chirac" in wrong
    assert "from 1997 to 2007" in wrong
    assert "17 May 1995" in article.said("from 1997 to 2007")
    for words in HANDOVERS_TRUE:
        assert {label for _, label in article.labels(words)} == {"supported"}, words


# --- what was true when it was written


@pytest.mark.skipif(not WIKINEWS, reason="the shared articles are not here")
@pytest.mark.parametrize("path", WIKINEWS, ids=lambda p: p.stem)
def test_nothing_in_a_sound_article_is_called_wrong(idle, found, path):
    assert found(path).with_label(*WRONG) == []
