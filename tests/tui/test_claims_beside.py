"""What is told beside the text: the filter, the overview, pins, cards in full, contradictions, and the panes."""

from __future__ import annotations

import pytest

from reader.report.wording import SIGNS

ORDER = ("refuted", "conflicting", "supported")
PROBLEMS = ("refuted", "conflicting")
SHOWN = {
    "problems": ("refuted", "conflicting"),
    "decided": ("refuted", "conflicting", "supported"),
    "no opinions": None,
    "all": None,
}
LONG = "\n\n".join(f"Paragraph {n} is here to be read and says nothing more than that." for n in range(120))


def column_of(seen, widget) -> list[str]:
    """What a widget shows, row by row."""
    region = widget.region
    return [line[region.x : region.x + region.width] for line in seen.lines[region.y : region.y + region.height]]


def signs_in_text(seen) -> list[str]:
    """The verdict signs to the left of the text, from the top."""
    region = seen.pane.region
    lines = seen.lines[region.y : region.y + region.height]
    return [line[region.x + 2] for line in lines if line[region.x + 2] in "✓✗≠?"]


def overview(seen) -> str:
    """The column at the right edge of the text, from the top."""
    return "".join(column_of(seen, seen.reading.overview))


def sheet(seen) -> str:
    """What the sheet over the text says, without the page behind it."""
    return seen.words_of(seen.app.screen.query_one(".dialog-body Static"))


def under(seen) -> str:
    """What stands under the two sides of a contradiction."""
    return seen.words_of(seen.app.screen.query_one(".picker-hint"))


async def filtered(seen, name: str) -> None:
    """Press the key of the filter until the foot names this one."""
    for _ in range(list(SHOWN).index(name) + 1 if name != "all" else 0):
        await seen.press("F")


async def at_paragraph(seen, number: int) -> None:
    """Go to a paragraph with the command line; the first is 1."""
    await seen.press("colon", *str(number), "enter")
    assert seen.pane.paragraph == number - 1


async def press_until(seen, key: str, true, what: str) -> None:
    """Press a key until something is so; there are not sixty of anything here."""
    for _ in range(60):
        if true():
            return
        await seen.press(key)
    raise AssertionError(what)


# The filter


async def test_the_filter_goes_through_its_four_kinds_and_the_foot_names_it(open_reader, toasts):
    async with open_reader() as seen:
        named = []
        for _ in range(4):
            await seen.press("F")
            named.append(seen.foot)
        for foot, name in zip(named, ("problems", "decided", "no opinions"), strict=False):
            assert f"· {name}" in foot
        assert not any(f"· {name}" in named[3] for name in ("problems", "decided", "no opinions", "all"))
        said = toasts(seen.app)
        for words in ("refuted and conflicting claims only", "decided claims only", "no opinions", "all claims"):
            assert words in said


async def test_the_signs_in_the_text_are_those_that_the_filter_shows(open_reader):
    async with open_reader(size=(120, 80)) as seen:
        everything = signs_in_text(seen)
        assert set(everything) == {"✓", "✗", "≠"}
        await filtered(seen, "problems")
        assert signs_in_text(seen) == [sign for sign in everything if sign in "✗≠"]
        await seen.press("F")
        assert signs_in_text(seen) == everything
        await seen.press("F", "F")
        assert signs_in_text(seen) == everything


async def test_the_margin_says_how_many_claims_the_filter_hides(open_reader):
    async with open_reader() as seen:
        await at_paragraph(seen, 4)
        assert seen.margin.count("✓ supported") == 2
        assert "hidden by the filter" not in seen.margin
        await filtered(seen, "problems")
        assert "✓ supported" not in seen.margin
        assert "2 claims hidden by the filter" in seen.margin
        await at_paragraph(seen, 5)
        assert "✗ refuted" in seen.margin
        assert "1 claim hidden by the filter" in seen.margin
        await seen.press("F", "F", "F")
        assert "hidden by the filter" not in seen.margin


async def test_an_undecided_claim_is_hidden_where_only_decided_ones_are_shown(open_reader):
    async with open_reader() as seen:
        await at_paragraph(seen, 5)
        assert "that no rule decides" in seen.margin
        await seen.press("F", "F")
        assert "that no rule decides" not in seen.margin
        assert "1 claim hidden by the filter" in seen.margin
        assert "✗ refuted" in seen.margin


@pytest.mark.parametrize("name", ["problems", "decided"])
async def test_n_and_capital_n_step_over_what_the_filter_hides(open_reader, name):
    async with open_reader() as seen:
        shown = [r.claim.id for r in seen.claims(*SHOWN[name])]
        assert 0 < len(shown) < len(seen.claims())
        await filtered(seen, name)
        visited = []
        for number in range(len(shown)):
            await seen.press("n")
            visited.append(seen.pane.claim)
            assert f"claim {number + 1}/{len(shown)} · {name}" in seen.foot
        assert visited == shown
        await seen.press("n", "N")
        assert seen.pane.claim == shown[-1]


async def test_the_overview_shows_no_verdict_that_the_filter_hides(open_reader):
    async with open_reader() as seen:
        before = overview(seen)
        assert "✓" in before
        await filtered(seen, "problems")
        assert "✓" not in overview(seen)
        assert overview(seen).count("✗") == before.count("✗")
        await seen.press("F", "F", "F")
        seen.app.clear_notifications()
        await seen.until(lambda: overview(seen) == before, "the whole column is as it was")


async def test_the_counts_in_the_foot_are_of_all_claims_whatever_is_shown(open_reader):
    async with open_reader(size=(180, 40)) as seen:
        counts = seen.foot[seen.foot.index("✓") :]
        await filtered(seen, "problems")
        assert seen.foot.endswith(counts)


async def test_a_filter_that_hides_everything_says_so_when_one_asks_for_a_claim(open_reader, toasts):
    async with open_reader(
        "---\ndate: 2022-07-17\n---\n\nVladimir Putin, the president of Russia, spoke.", name="a.md"
    ) as seen:
        assert [r.leading.label for r in seen.claims()] == ["supported"]
        await filtered(seen, "problems")
        await seen.press("n")
        assert seen.pane.claim is None
        assert "No claim found" in toasts(seen.app)
        assert "1 claim hidden by the filter" in seen.margin


async def test_the_filter_stays_when_another_day_is_asked_for(open_reader):
    async with open_reader() as seen:
        await filtered(seen, "problems")
        await seen.press("a", *["backspace"] * 10, *"2022-07-16", "enter")
        await seen.until_checked()
        assert "· problems" in seen.foot
        assert "✓" not in "".join(signs_in_text(seen))


async def test_hints_are_given_to_no_claim_that_the_filter_hides(open_reader, toasts):
    async with open_reader(
        "---\ndate: 2022-07-17\n---\n\nVladimir Putin, the president of Russia, spoke.", name="a.md"
    ) as seen:
        await filtered(seen, "problems")
        await seen.press("f")
        assert "No link and no verdict in view" in toasts(seen.app)


# The overview


async def test_the_overview_stands_at_the_right_edge_of_the_text_and_shows_the_strongest_verdict(open_reader):
    async with open_reader(size=(120, 20)) as seen:
        assert seen.reading.overview.region.right == seen.reading.query_one("#divider").region.x
        shown, laid = overview(seen), seen.pane.lines_laid
        wanted: dict[int, str] = {}
        for record in seen.claims(*ORDER):
            row = laid.first_line(record.claim.span.paragraph) * len(shown) // laid.total
            label = record.leading.label
            wanted[row] = min(wanted.get(row, label), label, key=ORDER.index)
        assert {n: c for n, c in enumerate(shown) if c in "✓✗≠"} == {n: SIGNS[label] for n, label in wanted.items()}
        assert {"✓", "✗"} <= set(shown)


async def test_the_overview_shows_what_of_the_article_is_in_view_and_follows(open_reader):
    async with open_reader(LONG, size=(120, 30)) as seen:
        top = overview(seen)
        assert top.startswith("▐")
        assert top.endswith(" ")
        share = seen.pane.size.height / seen.pane.lines_laid.total
        assert abs(top.count("▐") - share * len(top)) <= 1.5
        await seen.press("G")
        bottom = overview(seen)
        assert bottom.endswith("▐")
        assert bottom.startswith(" ")
        await at_paragraph(seen, 60)
        middle = overview(seen)
        assert middle.startswith(" ")
        assert middle.endswith(" ")
        assert "▐" in middle[len(middle) // 3 : 2 * len(middle) // 3]


async def test_a_click_on_the_overview_goes_there(open_reader):
    async with open_reader(LONG, size=(120, 30)) as seen:
        height = seen.reading.overview.size.height
        await seen.pilot.click("#overview", offset=(0, height - 1))
        await seen.pilot.pause(0.06)
        assert seen.pane.paragraph >= 115
        assert seen.sees(seen.pane.paragraph)
        await seen.pilot.click("#overview", offset=(0, height // 2))
        await seen.pilot.pause(0.06)
        assert 50 <= seen.pane.paragraph <= 70
        assert seen.sees(seen.pane.paragraph)
        await seen.pilot.click("#overview", offset=(0, 0))
        await seen.pilot.pause(0.06)
        assert seen.pane.paragraph <= 4
        assert seen.sees(seen.pane.paragraph)


async def test_a_click_on_a_sign_of_the_overview_brings_that_paragraph_into_view(open_reader):
    async with open_reader(size=(120, 16)) as seen:
        row = overview(seen).rindex("✓")
        await seen.pilot.click("#overview", offset=(0, row))
        await seen.pilot.pause(0.06)
        assert "✓" in signs_in_text(seen)
        assert seen.pane.paragraph >= 10


async def test_from_where_one_was_before_a_click_on_the_overview_one_can_go_back(open_reader):
    async with open_reader(LONG, size=(120, 30)) as seen:
        await seen.press("j", "j")
        await seen.pilot.click("#overview", offset=(0, seen.reading.overview.size.height - 1))
        await seen.pilot.pause(0.06)
        assert seen.pane.paragraph > 100
        await seen.press("ctrl+o")
        assert seen.pane.paragraph == 2


async def test_an_article_of_two_paragraphs_shows_no_thumb(open_reader):
    async with open_reader("One paragraph.\n\nAnd a second one.") as seen:
        assert overview(seen).strip() == ""
    async with open_reader(LONG) as seen:
        assert "▐" in overview(seen)


async def test_ascii_signs_are_ascii_in_the_overview_too(open_reader, config):
    async with open_reader(own=config('[reading]\nsigns = "ascii"\n'), size=(120, 20)) as seen:
        shown = overview(seen)
        assert shown.isascii()
        assert {"|", "x", "+"} <= set(shown)


# Pins


async def test_a_pinned_card_stays_in_the_margin_while_one_moves_on_and_can_be_taken_out(open_reader, toasts):
    async with open_reader() as seen:
        await at_paragraph(seen, 13)
        assert "Meduza" in seen.margin
        await seen.press("p")
        assert "Meduza: pinned." in toasts(seen.app)
        await at_paragraph(seen, 3)
        assert seen.margin.startswith("pinned Meduza")
        assert "International Space Station" in seen.margin
        await seen.press("j", "n")
        assert seen.margin.startswith("pinned Meduza")
        await at_paragraph(seen, 13)
        await seen.press("p")
        assert "Meduza: no longer pinned." in toasts(seen.app)
        await at_paragraph(seen, 3)
        assert "pinned" not in seen.margin
        assert "Meduza" not in seen.margin


async def test_a_pinned_card_is_not_shown_a_second_time_in_its_own_paragraph(open_reader):
    async with open_reader() as seen:
        await at_paragraph(seen, 3)
        assert seen.margin.count("International Space Station") == 1
        await seen.press("p")
        assert seen.margin.startswith("pinned International Space Station")
        assert seen.margin.count("International Space Station") == 1


async def test_two_cards_can_be_pinned(open_reader):
    async with open_reader() as seen:
        await at_paragraph(seen, 13)
        await seen.press("p")
        await at_paragraph(seen, 3)
        await seen.press("p")
        await at_paragraph(seen, 2)
        assert seen.margin.count("pinned") == 2
        assert "Meduza" in seen.margin
        assert "International Space Station" in seen.margin


async def test_where_there_is_no_card_to_pin_the_key_says_so(open_reader, toasts):
    async with open_reader("It was a fine day.") as seen:
        await seen.press("p")
        assert "No card here to pin" in toasts(seen.app)
        assert "pinned" not in seen.margin


async def test_a_pinned_card_speaks_as_of_the_day_that_is_asked_for_now(open_reader):
    text = "---\ntitle: A\ndate: 2022-07-17\n---\n\nVladimir Putin spoke of Dmitry Rogozin.\n\nNobody listened.\n"
    async with open_reader(text, name="a.md") as seen:
        paragraph = next(n for n, p in enumerate(seen.reading.article.paragraphs) if "Putin" in p.text)
        await at_paragraph(seen, paragraph + 1)
        await seen.press("p")
        await seen.press("a", *["backspace"] * 10, *"1998-01-01", "enter")
        await seen.until_checked()
        cards = seen.reading.index.cards[paragraph]
        fresh = [f"{label} {text}" for label, text in cards[0].lines]
        await at_paragraph(seen, paragraph + 2)
        assert seen.margin.startswith("pinned")
        assert [line for line in fresh if " ".join(line.split()) not in seen.margin] == []


# Cards in full


async def test_a_card_in_full_tells_every_statement_with_its_source_and_where_else_it_is_named(open_reader):
    async with open_reader(size=(120, 100)) as seen:
        await at_paragraph(seen, 13)
        await seen.press("c")
        await seen.until(lambda: "everything known" in seen.text, "the card")
        await press_until(seen, "tab", lambda: "card 2 of" in seen.text, "the second card")
        shown = sheet(seen)
        assert "Dmitry Rogozin" in shown
        assert "as of the article's day" in shown
        assert "born 21 December 1963" in shown
        count = int(shown.partition("everything known (")[2].partition(")")[0])
        assert count >= 3
        body = shown.partition("everything known")[2]
        assert body.count("known on") == count
        assert body.count("CC0") == count
        assert "named in ¶ 4, ¶ 5, ¶ 7, ¶ 13" in shown


async def test_a_card_in_full_tells_what_was_so_on_the_articles_day_and_what_is_so_today(open_reader):
    text = "---\ntitle: A\ndate: 1998-01-01\n---\n\nVladimir Putin spoke.\n\nNobody listened.\n\nVladimir Putin spoke again.\n"
    async with open_reader(text, name="a.md", size=(120, 100)) as seen:
        number = next(n for n, p in enumerate(seen.reading.article.paragraphs) if "Putin" in p.text)
        await at_paragraph(seen, number + 1)
        await seen.press("c")
        await seen.until(lambda: "everything known" in seen.text, "the card")
        then, _, now = sheet(seen).partition("as of today")
        now = now.partition("everything known")[0]
        assert "as of the article's day" in then
        assert "later President of Russia since 7 May 2012" in then
        assert "President of Russia since 7 May 2012" in now
        assert "later President" not in now


async def test_an_office_that_nobody_says_has_ended_is_not_told_as_an_earlier_one_today(open_reader):
    text = "---\ntitle: A\ndate: 1998-01-01\n---\n\nVladimir Putin spoke.\n"
    async with open_reader(text, name="a.md", size=(120, 100)) as seen:
        number = next(n for n, p in enumerate(seen.reading.article.paragraphs) if "Putin" in p.text)
        await at_paragraph(seen, number + 1)
        await seen.press("c")
        await seen.until(lambda: "everything known" in seen.text, "the card")
        now = sheet(seen).partition("as of today")[2].partition("everything known")[0]
        assert "President of Russia since 7 May 2012" in now
        assert "earlier President of Russia since 7 May 2012" not in now


async def test_a_card_that_is_the_same_today_says_it_once(open_reader):
    async with open_reader(size=(120, 100)) as seen:
        await at_paragraph(seen, 1)
        await seen.press("c")
        await seen.until(lambda: "everything known" in seen.text, "the card")
        assert "as of the article's day" in seen.text
        assert "as of today" not in seen.text


async def test_a_card_of_many_lines_that_is_the_same_today_says_it_once_and_whole(open_reader, facts_pack):
    from reader.findings import DeskOptions

    terms = [
        ("1990-01-01", "1991-01-01", "Q90000011"),
        ("1992-01-01", "1993-01-01", "Q90000012"),
        ("1994-01-01", "1999-01-01", "Q90000013"),
        ("1995-01-01", "1999-01-01", "Q90000014"),
    ]
    person = {
        "id": "Q90000001",
        "kind": "person",
        "label": "Erika Mustermannova",
        "description": "a politician",
        "statements": [
            {"property": "P569", "value": "1950-01-01"},
            {"property": "P570", "value": "2001-01-01"},
            {"property": "P166", "value": "Q90000011"},
            {"property": "P450", "value": "Q90000012"},
            *({"property": "P39", "value": seat, "start": start, "end": end} for start, end, seat in terms),
        ],
    }
    offices = [
        {"id": seat, "kind": "other", "label": f"Minister of Matter {seat[-1]}", "statements": []}
        for _, _, seat in terms
    ]
    pack = facts_pack([person, *offices])
    text = "---\ntitle: A\ndate: 2005-01-01\n---\n\nErika Mustermannova was remembered in many speeches.\n"
    async with open_reader(text, name="a.md", size=(120, 100), options=DeskOptions(packs=(pack,))) as seen:
        number = next(n for n, p in enumerate(seen.reading.article.paragraphs) if "Erika" in p.text)
        await at_paragraph(seen, number + 1)
        await seen.press("c")
        await seen.until(lambda: "everything known" in seen.text, "the card")
        assert "as of today" not in seen.text


async def test_tab_goes_to_the_next_card_and_round(open_reader):
    async with open_reader(size=(120, 60)) as seen:
        await at_paragraph(seen, 5)
        await seen.press("c")
        await seen.until(lambda: "card 1 of 4" in seen.text, "the first of four")
        names = []
        for number in range(4):
            assert f"card {number + 1} of 4" in seen.text
            names.append(
                next(
                    n
                    for n in ("Dmitry Rogozin", "Russia", "Vladimir Putin", "Moscow")
                    if f"the next one {n}" in sheet(seen)
                )
            )
            await seen.press("tab")
        assert names == ["Dmitry Rogozin", "Russia", "Vladimir Putin", "Moscow"]
        assert "card 1 of 4" in seen.text


async def test_p_pins_the_card_that_is_open(open_reader):
    async with open_reader(size=(120, 60)) as seen:
        await at_paragraph(seen, 5)
        await seen.press("c")
        await seen.until(lambda: "card 1 of 4" in seen.text, "the cards")
        await seen.press("tab", "tab", "p")
        await seen.until(lambda: "Pinned." in seen.text, "that it is pinned")
        await seen.press("escape")
        await at_paragraph(seen, 3)
        assert seen.margin.startswith("pinned Vladimir Putin")
        await seen.press("c")
        await seen.until(lambda: "card 1 of 2" in seen.text, "its own and the pinned one")
        await seen.press("tab", "p")
        await seen.until(lambda: "No longer pinned." in seen.text, "that it is not")
        await seen.press("escape")
        assert "pinned" not in seen.margin


async def test_o_asks_before_a_card_opens_its_source(open_reader, facts_pack):
    from reader.findings import DeskOptions

    born = [{"property": "P569", "value": "1950-01-01"}]
    pack = facts_pack([{"id": "Q90000001", "kind": "person", "label": "Erika Mustermannova", "statements": born}])
    text = "Erika Mustermannova was remembered in many speeches."
    async with open_reader(text, size=(120, 60), options=DeskOptions(packs=(pack,))) as seen:
        opened = []
        seen.app.open_url = lambda url, **_: opened.append(url)
        await seen.press("c")
        await seen.until(lambda: "everything known" in seen.text, "the card")
        assert "https://www.wikidata.org/wiki/Q90000001" in sheet(seen)
        await seen.press("o")
        assert "Open www.wikidata.org in a browser?" in seen.text
        await seen.press("escape")
        assert opened == []
        assert "everything known" in sheet(seen)
        await seen.press("o", "enter")
        assert opened == ["https://www.wikidata.org/wiki/Q90000001"]


async def test_a_card_without_an_address_says_that_there_is_none_to_open(open_reader):
    async with open_reader(size=(120, 60)) as seen:
        await at_paragraph(seen, 13)
        await seen.press("c")
        await seen.until(lambda: "everything known" in seen.text, "the card")
        assert "https://" not in sheet(seen)
        await seen.press("o")
        await seen.until(lambda: "no address to open" in seen.text, "that there is none")


async def test_enter_goes_on_to_the_next_paragraph_that_names_it_and_round(open_reader):
    async with open_reader(size=(120, 60)) as seen:
        await at_paragraph(seen, 5)
        met = []
        for _ in range(4):
            await seen.press("c")
            await seen.until(lambda: "everything known" in seen.text, "the cards")
            await press_until(seen, "tab", lambda: "the next one Dmitry Rogozin" in sheet(seen), "his card")
            await seen.press("enter")
            await seen.until(lambda: not seen.has_dialog, "the sheet is closed")
            met.append(seen.pane.paragraph + 1)
        assert met == [7, 13, 4, 5]
        await seen.press("ctrl+o")
        assert seen.pane.paragraph + 1 == 4


async def test_where_nothing_is_named_the_key_of_the_cards_says_so(open_reader, toasts):
    async with open_reader("It was a fine day.") as seen:
        await seen.press("c")
        assert "names nothing that is known." in toasts(seen.app)
        assert not seen.has_dialog


# Contradictions


async def at_monopoly(seen) -> None:
    """Bring the claim of a monopoly into focus."""
    for _ in range(len(seen.claims())):
        await seen.press("right_square_bracket")
        if "monopoly" in seen.reading.current_record().claim.text:
            return
    raise AssertionError("there is no such claim")


async def test_both_ends_of_a_contradiction_stand_side_by_side_with_the_explanation(open_reader):
    async with open_reader() as seen:
        await at_monopoly(seen)
        explanation = next(v.explanation for v in seen.reading.current_record().verdicts if v.label == "conflicting")
        await seen.press("x")
        shown = seen.text
        assert "▸ paragraph 6" in shown
        assert "paragraph 10" in shown
        row = next(line for line in seen.lines if "paragraph 10" in line)
        assert row.index("paragraph 10") < row.index("paragraph 6")
        assert under(seen).startswith("≠ " + " ".join(explanation.split()))


async def test_tab_changes_the_side_and_enter_goes_there(open_reader):
    async with open_reader() as seen:
        await at_monopoly(seen)
        await seen.press("x", "enter")
        assert not seen.has_dialog
        assert seen.pane.paragraph == 5
        await seen.press("ctrl+o")
        assert seen.pane.paragraph == 9
        await seen.press("n", "N", "x", "tab")
        assert "▸ paragraph 10" in seen.text
        await seen.press("tab")
        assert "▸ paragraph 6" in seen.text
        await seen.press("tab", "enter")
        assert seen.pane.paragraph == 9


async def test_escape_closes_a_contradiction_and_nothing_has_moved(open_reader):
    async with open_reader() as seen:
        await at_monopoly(seen)
        here = seen.pane.paragraph, seen.pane.claim
        await seen.press("x", "tab", "escape")
        assert not seen.has_dialog
        assert (seen.pane.paragraph, seen.pane.claim) == here


async def test_what_is_said_under_a_contradiction_is_what_is_wrong_between_its_ends(open_reader):
    async with open_reader(size=(160, 60)) as seen:
        both = [
            r
            for r in seen.claims("refuted")
            if any(v.label == "conflicting" and v.check == "consistency" for v in r.verdicts)
        ]
        assert both
        record = both[0]
        conflict = next(v for v in record.verdicts if v.check == "consistency")
        await press_until(seen, "right_square_bracket", lambda: seen.pane.claim == record.claim.id, "the claim")
        await seen.press("x")
        assert " ".join(conflict.explanation.split()) in under(seen)


async def test_a_contradiction_of_three_places_shows_each_of_them(open_reader):
    async with open_reader(size=(160, 60)) as seen:
        await press_until(
            seen,
            "right_square_bracket",
            lambda: "“NASA administrator Robert Lightfoot”" in seen.margin,
            "the first of three",
        )
        await seen.press("x")
        assert "2 other places" in seen.text
        met = []
        for _ in range(3):
            met.append(seen.text.partition("▸ paragraph ")[2].split()[0])
            await seen.press("tab")
        assert met == ["8", "9", "8"]


async def test_ascii_signs_are_ascii_in_a_contradiction_too(open_reader, config):
    async with open_reader(own=config('[reading]\nsigns = "ascii"\n')) as seen:
        await at_monopoly(seen)
        await seen.press("x")
        assert "the other side" in seen.text
        assert not set("✓✗≠") & set(seen.text)


async def test_where_nothing_is_contradicted_both_keys_say_so(open_reader, toasts):
    async with open_reader() as seen:
        await at_paragraph(seen, 4)
        for key in ("x", "percent_sign"):
            seen.app.clear_notifications()
            await seen.press(key)
            assert "Nothing in the article contradicts this" in toasts(seen.app)
            assert not seen.has_dialog
            assert seen.pane.paragraph == 3


async def test_per_cent_goes_to_the_other_end_and_brings_its_line_into_view(open_reader):
    async with open_reader(size=(120, 14)) as seen:
        await at_monopoly(seen)
        await seen.press("percent_sign")
        assert seen.pane.paragraph == 5
        assert seen.sees(5, at=138)
        await seen.press("ctrl+o")
        assert seen.pane.paragraph == 9


async def test_per_cent_goes_round_all_ends_and_comes_back(open_reader):
    async with open_reader() as seen:
        ring = [
            r.claim.id
            for r in seen.claims()
            if any(v.check == "consistency" and len(v.related) >= 2 for v in r.verdicts)
        ]
        ring = ring or [r.claim.id for r in seen.claims("refuted") if any(v.check == "consistency" for v in r.verdicts)]
        assert len(ring) == 3
        await press_until(seen, "n", lambda: seen.pane.claim == ring[0], "the first of three")
        met = []
        for _ in range(3):
            await seen.press("percent_sign")
            met.append(seen.pane.claim)
        assert met == [ring[1], ring[2], ring[0]]


async def test_per_cent_twice_is_where_one_was(open_reader):
    async with open_reader() as seen:
        await at_monopoly(seen)
        here = seen.pane.paragraph
        await seen.press("percent_sign")
        assert seen.pane.paragraph != here
        await seen.press("percent_sign")
        assert seen.pane.paragraph == here


# Evidence


async def test_the_evidence_names_the_gate_that_stopped_an_open_claim(open_reader):
    async with open_reader(size=(120, 60)) as seen:
        opened = [r for r in seen.claims("not-checkable") if r.leading.gate]
        assert opened
        await press_until(seen, "n", lambda: seen.pane.claim == opened[0].claim.id, "the open claim")
        await seen.press("enter")
        assert f"stopped at: {opened[0].leading.gate.value}" in seen.text
        assert "· not checkable" in seen.text


async def test_the_evidence_of_a_decided_claim_names_no_gate(open_reader):
    async with open_reader(size=(120, 60)) as seen:
        await seen.press("right_square_bracket", "enter")
        assert "✗ refuted" in seen.text
        assert "stopped at" not in seen.text


# The panes


async def test_on_a_very_wide_screen_the_cards_have_a_column_of_their_own(open_reader):
    async with open_reader(size=(180, 40)) as seen:
        await at_paragraph(seen, 5)
        text, margin, cards = seen.pane.region, seen.reading.margin_pane.region, seen.reading.cards_pane.region
        assert text.right <= margin.x
        assert margin.right <= cards.x
        assert min(text.width, margin.width, cards.width) > 25
        shown = " ".join(" ".join(column_of(seen, seen.reading.cards_pane)).split())
        assert "Dmitry Rogozin" in shown
        assert "born 21 December 1963" in shown
        assert "born 21 December 1963" not in seen.margin
        assert "✗ refuted" in seen.margin
        assert "✗ refuted" not in shown


async def test_on_a_wide_screen_the_cards_stand_in_the_margin(open_reader):
    async with open_reader(size=(120, 40)) as seen:
        await at_paragraph(seen, 5)
        assert seen.reading.cards_pane.region.width == 0
        assert seen.pane.region.right <= seen.reading.margin_pane.region.x
        assert "✗ refuted" in seen.margin
        assert "born 21 December 1963" in seen.margin


async def test_on_a_narrow_screen_the_margin_stands_under_the_text(open_reader):
    async with open_reader(size=(60, 40)) as seen:
        await at_paragraph(seen, 5)
        text, margin = seen.pane.region, seen.reading.margin_pane.region
        assert margin.y >= text.bottom
        assert margin.x == text.x
        assert margin.height >= 8
        assert text.height > margin.height
        assert "✗ refuted" in " ".join(column_of(seen, seen.reading.margin_pane))


async def test_on_a_very_small_screen_the_margin_has_three_rows(open_reader):
    async with open_reader(size=(40, 12)) as seen:
        await seen.press("right_square_bracket")
        text, margin = seen.pane.region, seen.reading.margin_pane.region
        assert margin.height == 3
        assert margin.y >= text.bottom
        assert text.height >= 4
        assert "✗ refuted" in " ".join(column_of(seen, seen.reading.margin_pane))


async def test_a_window_that_is_made_wider_shows_the_cards_in_their_column_at_once(open_reader):
    async with open_reader(size=(120, 40)) as seen:
        await at_paragraph(seen, 5)
        await seen.pilot.resize_terminal(180, 40)
        await seen.pilot.pause(0.3)
        shown = " ".join(" ".join(column_of(seen, seen.reading.cards_pane)).split())
        assert "born 21 December 1963" in shown
        assert "born 21 December 1963" not in seen.margin


async def test_a_window_that_is_made_narrower_shows_the_cards_in_the_margin_at_once(open_reader):
    async with open_reader(size=(180, 40)) as seen:
        await at_paragraph(seen, 5)
        assert "born 21 December 1963" not in seen.margin
        await seen.pilot.resize_terminal(120, 40)
        await seen.pilot.pause(0.3)
        assert "born 21 December 1963" in seen.margin


async def test_ctrl_w_and_a_letter_go_to_a_pane(open_reader):
    async with open_reader(size=(180, 40)) as seen:
        panes = {"t": seen.pane, "m": seen.reading.margin_pane, "c": seen.reading.cards_pane}
        for letter in ("m", "c", "t", "c", "m", "t"):
            await seen.press("ctrl+w")
            for words in ("t text", "m margin", "c cards"):
                assert words in seen.foot
            await seen.press(letter)
            assert seen.app.focused is panes[letter]
            assert "go to:" not in seen.foot


async def test_ctrl_w_offers_no_pane_that_is_not_there(open_reader):
    async with open_reader(size=(120, 40)) as seen:
        await seen.press("ctrl+w")
        assert "m margin" in seen.foot
        assert "c cards" not in seen.foot
        await seen.press("c")
        assert seen.app.focused is seen.pane
        assert not seen.has_dialog
        await seen.press("ctrl+w", "escape", "j")
        assert seen.pane.paragraph == 1


@pytest.mark.parametrize(("width", "count"), [(180, 3), (120, 2), (60, 2)])
async def test_tab_goes_round_the_panes(open_reader, width, count):
    async with open_reader(size=(width, 40)) as seen:
        round_trip = [seen.pane, seen.reading.margin_pane, seen.reading.cards_pane][:count]
        for pane in [*round_trip[1:], *round_trip]:
            await seen.press("tab")
            assert seen.app.focused is pane
