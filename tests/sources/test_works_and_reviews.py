"""Works and earlier reviews from services that want a name or a DOI: stand-ins on loopback, in the shapes that the services document."""

from __future__ import annotations

import contextlib

import pytest

from reader.article.load import load_bytes
from reader.claims.names_used import dois_used, works_used
from reader.knowledge.names import normal
from reader.settings import Sources, SourceSettings
from reader.sources.client import Client
from reader.sources.crossref import Crossref
from reader.sources.factcheck import FactCheck
from reader.sources.keys import key_of
from reader.sources.model import JunkError, SourceFacts, Wanted
from reader.sources.registry import source_facts

TITLE = "A Study of Harbour Divers and Their Hulls"
WORK = {
    "DOI": "10.1234/ABC.5", "title": [TITLE], "type": "journal-article", "container-title": ["Journal of Ports"],
    "issued": {"date-parts": [[2018, 3]]}, "author": [{"given": "Ann", "family": "Oak"}, {"given": "B", "family": "Ash"}],
}  # fmt: skip
RETRACTED = {
    **WORK,
    "updated-by": [{"type": "retraction", "DOI": "10.1234/r", "updated": {"date-parts": [[2020, 5, 1]]}}],
}
KEY = "very-secret-key"


async def gathered(source, wanted: Wanted, store) -> None:
    async for _ in source.context(wanted, store):
        pass


def crossref(client: Client, site) -> Crossref:
    return Crossref(client, SourceFacts("crossref", "Crossref", site.url, "DOIs", "free"))


async def works(site, store, **wanted) -> None:
    async with Client(Sources(), {"Crossref": site.url}) as client:
        await gathered(crossref(client, site), Wanted(**wanted), store)


def work_named(store, name: str):
    found = [e for e, _ in store.pack.named(normal(name)) if e.kind == "work"]
    return found[0] if found else None


async def test_a_work_by_its_doi_has_a_card_with_journal_year_and_authors(site, store):
    site.give("/works/10.1234%2Fabc.5", {"message": WORK})
    site.give("/works", {"message": {"items": []}})
    await works(site, store, dois=("10.1234/abc.5",))
    work = work_named(store, "10.1234/abc.5")
    assert work.label == TITLE
    assert work.description == "journal article, Journal of Ports, 2018-03, by Ann Oak and others"
    assert work.url == "https://doi.org/10.1234/ABC.5"


async def test_a_retracted_work_says_so_before_anything_else(site, store):
    site.give("/works/10.1234%2Fabc.5", {"message": RETRACTED})
    await works(site, store, dois=("10.1234/abc.5",))
    assert work_named(store, "10.1234/abc.5").description.startswith("RETRACTION, 2020-05-01: ")


async def test_a_retraction_that_only_its_notice_tells_of_is_found(site, store):
    notice = {"title": ["Retraction"], "issued": {"date-parts": [[2021]]}, "update-to": [{"type": "retraction", "DOI": "10.1234/abc.5"}, {"type": "correction", "DOI": "10.9/x"}]}  # fmt: skip
    site.give("/works/10.1234%2Fabc.5", {"message": WORK})
    site.give("/works", {"message": {"items": [notice]}})
    await works(site, store, dois=("10.1234/abc.5",))
    assert work_named(store, "10.1234/abc.5").description.startswith("RETRACTION, 2021: ")


async def test_a_correction_is_no_retraction(site, store):
    site.give("/works/10.1234%2Fabc.5", {"message": {**WORK, "updated-by": [{"type": "correction"}]}})
    await works(site, store, dois=("10.1234/abc.5",))
    assert work_named(store, "10.1234/abc.5").description.startswith("journal article")


async def test_a_title_means_the_work_of_that_very_title_and_no_near_one(site, store):
    near = {**WORK, "title": ["A Study of Harbour Divers"], "DOI": "10.1234/near"}
    site.give("/works", {"message": {"items": [near, RETRACTED]}})
    await works(site, store, works=(TITLE,))
    assert work_named(store, TITLE).id == "doi:10.1234/abc.5"
    await works(site, store, works=("A Study of Something Else Entirely",))
    assert work_named(store, "A Study of Something Else Entirely") is None


async def test_what_was_asked_for_is_not_asked_again(site, store):
    site.give("/works/10.1234%2Fgone", status=404)
    await works(site, store, dois=("10.1234/gone",))
    asked = len(site.asked)
    await works(site, store, dois=("10.1234/gone",))
    assert len(site.asked) == asked


@pytest.mark.parametrize("junk", [{"message": 3}, [], {"message": {"items": {}}}, "x", {}])
async def test_junk_is_an_error_of_that_source_alone(site, store, junk):
    site.give("/works", junk)
    with contextlib.suppress(JunkError):
        await works(site, store, works=(TITLE,))
    assert work_named(store, TITLE) is None


@pytest.mark.parametrize("work", [{"DOI": 3}, {"DOI": "10.1/a", "title": 3, "author": "x", "issued": [], "updated-by": "x"}, {"DOI": "10.1/a", "title": [None], "author": [3], "issued": {"date-parts": [["x"]]}, "updated-by": [{"type": None}, 3]}])  # fmt: skip
async def test_a_work_with_odd_fields_breaks_nothing(site, store, work):
    site.give("/works/10.1%2Fa", {"message": work})
    site.give("/works", {"message": {"items": []}})
    await works(site, store, dois=("10.1/a",))


def paragraphs(text: str):
    return load_bytes(f"Title\n\n{text}\n".encode(), name="a.txt").paragraphs


def test_dois_are_found_as_they_are_written():
    text = "See doi:10.1234/abc.5, https://doi.org/10.5555/12345678. And (10.1000/xyz123); not 10.12 or 10.5/a."
    assert dois_used(paragraphs(text)) == ("10.1234/abc.5", "10.5555/12345678", "10.1000/xyz123")


def test_only_what_the_words_around_call_a_paper_is_taken_for_its_title_and_no_speech_ever():
    assert works_used(paragraphs(f"The team wrote a paper, “{TITLE},” last year.")) == (TITLE,)
    assert works_used(paragraphs(f"“{TITLE}” was published in the Journal of Ports.")) == (TITLE,)
    speech = "“We must never study this harbour again after that,” she told the journal."
    assert works_used(paragraphs(speech)) == ()
    assert works_used(paragraphs("He said “The Paper Is Not Worth Reading at All” and left the study.")) == ()


CLAIMS = {"claims": [
    {"text": "Ferries failed 14 inspections", "claimReview": [
        {"publisher": {"name": "Checkers"}, "url": "https://example.org/r", "reviewDate": "2020-02-02T00:00:00Z", "textualRating": "Mostly true"},
        {"publisher": {"site": "other.example"}, "url": "https://other.example/r", "textualRating": "Falso"},
        {"publisher": None},
    ]},
    {"text": None, "claimReview": None}, {},
]}  # fmt: skip


async def reviews(site, store, key: str = KEY, names=("Harbour Safety Agency",)) -> None:
    facts = SourceFacts("factcheck", "Google Fact Check", f"{site.url}/claims", "names", "own", "needed")
    async with Client(Sources(), {"Google Fact Check": facts.url}) as client:
        await gathered(FactCheck(client, facts, key), Wanted(names), store)


async def test_reviews_are_kept_in_the_reviewers_own_words_with_day_and_address(site, store):
    site.give("/claims", CLAIMS)
    await reviews(site, store)
    found = {(r.publisher, r.rating, r.url, r.reviewed) for r in store.pack.reviews(["ferries", "inspections"])}
    assert found == {
        ("Checkers", "Mostly true", "https://example.org/r", "2020-02-02T00:00:00Z"),
        ("other.example", "Falso", "https://other.example/r", None),
    }


async def test_nothing_found_is_an_empty_object_and_no_error(site, store):
    site.give("/claims", {})
    await reviews(site, store)
    assert not store.pack.has_reviews


async def test_names_are_sent_with_the_key_in_a_header_and_in_nothing_else(site, store):
    site.give("/claims", CLAIMS)
    await reviews(site, store)
    asked = site.asked[0]
    assert asked.headers["x-goog-api-key"] == KEY
    assert KEY not in asked.query
    assert "Harbour+Safety+Agency" in asked.query
    assert KEY.encode() not in store.path.read_bytes()


async def test_a_key_that_is_refused_is_said_and_never_repeated(site, store):
    site.give("/claims", {"error": {"code": 403, "message": f"bad key {KEY}"}}, status=403)
    with pytest.raises(Exception, match="says no") as told:
        await reviews(site, store)
    assert KEY not in repr(told.value) + str(told.value)


def test_a_key_comes_from_the_environment_before_the_settings_and_is_no_part_of_what_is_shown(monkeypatch):
    own = SourceSettings(key="of-the-settings")
    assert key_of("factcheck", own) == "of-the-settings"
    monkeypatch.setenv("CAVEAT_SOURCES_FACTCHECK_KEY", KEY)
    assert key_of("factcheck", own) == KEY
    shown = repr(own) + repr(source_facts(Sources(each={"factcheck": own})))
    assert "of-the-settings" not in shown
    assert KEY not in shown


@pytest.mark.parametrize("key", ["two words", "new\nline", "nön", "\x1b[2J"])
def test_a_key_that_could_not_stand_in_a_header_is_none(key):
    assert key_of("factcheck", SourceSettings(key=key)) == ""


def test_the_keyring_is_opened_only_where_the_settings_say_so(monkeypatch):
    keyring = pytest.importorskip("keyring", reason="needs the extra keyring")
    asked = []
    monkeypatch.setattr(keyring, "get_password", lambda *words: asked.append(words) or KEY)
    assert key_of("factcheck", SourceSettings()) == ""
    assert asked == []
    assert key_of("factcheck", SourceSettings(key="keyring")) == KEY
    assert asked == [("caveat", "factcheck")]


def test_a_keyring_that_is_locked_is_no_key(monkeypatch):
    keyring = pytest.importorskip("keyring", reason="needs the extra keyring")

    def locked(*_):
        raise keyring.errors.KeyringLocked("locked")

    monkeypatch.setattr(keyring, "get_password", locked)
    assert key_of("factcheck", SourceSettings(key="keyring")) == ""


def test_without_a_key_google_is_not_asked():
    facts = next(f for f in source_facts(Sources()) if f.name == "factcheck")
    assert not facts.is_asked
