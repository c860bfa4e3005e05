"""Earlier reviews of similar claims: only where names, numbers and polarity are the same; in a tier of their own, and never a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.article.load import load_bytes
from reader.article.model import Article, Span
from reader.checks.model import Verdict
from reader.checks.reviewed import earlier_review, is_similar
from reader.claims.model import Claim
from reader.dates import Interval
from reader.knowledge.model import Review
from reader.knowledge.pack import Knowledge, Pack

RATING = "Mostly false — «it depends»"

SAME = {
    "word for word": (
        "The Ruhn dam lost 40 percent of its water in 2019.",
        "The Ruhn dam lost 40 percent of its water in 2019.",
    ),
    "other words, the same names and numbers": (
        "In 2019 the Ruhn dam lost 40 percent of all its water, the operator said.",
        "The Ruhn dam lost 40 percent of its water in 2019.",
    ),
    "another order": (
        "Of the money for schools, Governor Ilse Tarn cut 12 million in May.",
        "In May Governor Ilse Tarn cut 12 million of the money for schools.",
    ),
    "a number with and without commas": (
        "The city of Velm counted 12,500 empty flats.",
        "The city of Velm counted 12500 empty flats.",
    ),
    "both say no": (
        "Minister Odo Frell never paid taxes on his house in Lund.",
        "Minister Odo Frell has not paid taxes on his house in Lund.",
    ),
    "more is said around it": (
        "Vaccines cause no autism, Dr. Hanna Weiss said on Monday in Graz.",
        "Vaccines cause no autism.",
    ),
    "a curly apostrophe": (
        "Velm’s mayor sold the harbour to Norsk Shipping.",
        "Velm's mayor sold the harbour to Norsk Shipping.",
    ),
}

OTHER = {
    "another number": (
        "The Ruhn dam lost 60 percent of its water in 2019.",
        "The Ruhn dam lost 40 percent of its water in 2019.",
    ),
    "another year": (
        "The Ruhn dam lost 40 percent of its water in 2009.",
        "The Ruhn dam lost 40 percent of its water in 2019.",
    ),
    "one number more": (
        "The city of Velm counted 12,500 empty flats and 300 empty shops.",
        "The city of Velm counted 12,500 empty flats.",
    ),
    "a number in words that is another": (
        "Three schools in Velm were closed by Governor Ilse Tarn.",
        "Two schools in Velm were closed by Governor Ilse Tarn.",
    ),
    "another size of number": (
        "Governor Ilse Tarn cut 12 billion of the money for schools.",
        "Governor Ilse Tarn cut 12 million of the money for schools.",
    ),
    "only one of the two says no": (
        "Minister Odo Frell paid taxes on his house in Lund.",
        "Minister Odo Frell never paid taxes on his house in Lund.",
    ),
    "a contraction that says no": (
        "Velm didn’t sell the harbour to Norsk Shipping.",
        "Velm did sell the harbour to Norsk Shipping.",
    ),
    "a denial": (
        "Odo Frell denied that he sold the harbour to Norsk Shipping.",
        "Odo Frell said that he sold the harbour to Norsk Shipping.",
    ),
    "another name inside": (
        "The harbour was sold by Odo Frell to Norsk Shipping.",
        "The harbour was sold by Ilse Tarn to Norsk Shipping.",
    ),
    "another name at the beginning": (
        "Tarn signed the harbour law in secret.",
        "Frell signed the harbour law in secret.",
    ),
    "another place": (
        "Governor Ilse Tarn closed all the libraries in Graz.",
        "Governor Ilse Tarn closed all the libraries in Velm.",
    ),
    "a name in the review that the article does not have": (
        "The libraries were closed for the summer by the council.",
        "The libraries in Velm were closed for the summer by the council.",
    ),
    "the same name, another matter": (
        "Governor Ilse Tarn plays the cello in Velm.",
        "Governor Ilse Tarn closed all the libraries in Velm.",
    ),
    "nothing but numbers in common": (
        "In 2019 the museum had 40 visitors.",
        "The Ruhn dam lost 40 percent of its water in 2019.",
    ),
    "who did it to whom": (
        "Velm sued Graz over the harbour.",
        "Graz sued Velm over the harbour.",
    ),
    "up instead of down": (
        "Rents in Velm rose by 12 percent in 2019.",
        "Rents in Velm fell by 12 percent in 2019.",
    ),
}


@pytest.fixture
def reviewing(store, today) -> Iterator[Callable[..., Verdict | None]]:
    """What is said beside a sentence, given reviewed claims that the store holds."""
    opened: list[Knowledge] = []

    def said(sentence: str, *reviewed: str, before: str = "It was a quiet day in town. ", **more: object) -> Verdict | None:  # fmt: skip
        for number, claim in enumerate(reviewed):
            item = {
                "claimReviewed": claim,
                "reviewRating": {"alternateName": RATING},
                "author": {"name": "Check Office"},
                "url": f"https://checks.example/{number}",
                "datePublished": "2020-05-06T10:00:00Z",
                "sdLicense": "CC BY 4.0",
            }
            assert store.keep_reviews([item | more], today) == 1
        opened.append(Knowledge([Pack(store.path, live=True)]))
        return earlier_review(*claimed(sentence, before), opened[-1], Interval.day(today))

    yield said
    for knowledge in opened:
        knowledge.close()


def claimed(sentence: str, before: str = "") -> tuple[Claim, Article]:
    """A claim that takes up a sentence of an article."""
    article = load_bytes(f"Harbour plan is back\n\n{before}{sentence}\n".encode(), name="story.txt", as_of="2022-07-17")
    paragraph = article.paragraphs[-1]
    start = paragraph.text.index(sentence)
    return Claim(Span(paragraph.id, start, start + len(sentence)), sentence, "statement", paragraph.text), article


def review(claim: str) -> Review:
    return Review(claim, RATING)


@pytest.mark.parametrize("kind", list(SAME))
def test_a_review_of_the_same_claim_is_shown(reviewing, kind):
    sentence, claim = SAME[kind]
    assert is_similar(sentence, review(claim))
    verdict = reviewing(sentence, claim)
    assert verdict is not None
    assert [e.quote for e in verdict.evidence] == [claim]


@pytest.mark.parametrize("kind", list(OTHER))
def test_a_review_of_another_claim_is_not_shown(reviewing, kind):
    sentence, claim = OTHER[kind]
    assert reviewing(sentence, claim) is None


@pytest.mark.parametrize("kind", [k for k in OTHER if k != "a name in the review that the article does not have"])
def test_what_is_another_claim_is_another_the_other_way_round_too(reviewing, kind):
    sentence, claim = OTHER[kind]
    assert reviewing(claim, sentence) is None


def test_a_review_stands_in_a_tier_of_its_own_and_decides_nothing(reviewing):
    sentence, claim = SAME["word for word"]
    verdict = reviewing(sentence, claim)
    assert (verdict.label, verdict.tier) == ("not-enough-evidence", "prior-review")
    assert not verdict.is_decided
    assert {e.stance for e in verdict.evidence} == {"context"}


def test_the_rating_stands_in_the_reviewers_own_words_with_who_when_and_where(reviewing):
    sentence, claim = SAME["word for word"]
    verdict = reviewing(sentence, claim)
    assert RATING in verdict.explanation
    assert "Check Office" in verdict.explanation
    assert "2020-05-06" in verdict.explanation
    (evidence,) = verdict.evidence
    assert evidence.url == "https://checks.example/0"
    assert evidence.licence == "CC BY 4.0"
    assert evidence.source == "Check Office"


@pytest.mark.parametrize("rating", ["True", "Refuted", "FALSE", "supported", "Pants on Fire"])
def test_whatever_the_rating_says_it_decides_nothing(reviewing, rating):
    verdict = reviewing(*SAME["word for word"], reviewRating={"alternateName": rating})
    assert not verdict.is_decided
    assert f"«{rating}»" in verdict.explanation


def test_a_review_by_nobody_known_is_still_told(reviewing):
    verdict = reviewing(*SAME["word for word"], author=None, datePublished=None, sdLicense=None)
    assert RATING in verdict.explanation
    assert "None" not in verdict.explanation


def test_among_many_reviews_the_similar_one_is_found(reviewing):
    others = [claim for _, claim in OTHER.values() if "schools" not in claim]
    sentence, claim = SAME["another order"]
    verdict = reviewing(sentence, *dict.fromkeys(others), claim)
    assert [e.quote for e in verdict.evidence] == [claim]


def test_no_reviews_say_nothing(reviewing):
    assert reviewing("The Ruhn dam lost 40 percent of its water in 2019.") is None


def test_a_sentence_of_two_words_is_no_claim_to_be_reviewed(reviewing):
    assert reviewing("It rained.", "It rained.") is None


def test_only_the_sentence_of_the_claim_counts_not_its_neighbours(reviewing):
    assert reviewing("It was cold.", "The Ruhn dam lost 40 percent of its water in 2019.", before="The Ruhn dam lost 40 percent of its water in 2019. ") is None  # fmt: skip


words = st.lists(
    st.sampled_from("Velm Graz Tarn Frell dam harbour water schools sold closed lost never not no 40 2019 12,500 3.5 percent million".split()),
    min_size=1, max_size=12,
).map(" ".join)  # fmt: skip


@settings(database=None, derandomize=True, deadline=None, max_examples=200)
@given(words, words)
def test_similar_claims_never_differ_in_their_numbers(one, other):
    def numbers(text: str) -> set[str]:
        return {w.replace(",", "") for w in text.split() if w[0].isdigit()}

    if is_similar(one, review(other)):
        assert numbers(one) == numbers(other)
        assert bool({"not", "no", "never"} & set(one.split())) == bool({"not", "no", "never"} & set(other.split()))
