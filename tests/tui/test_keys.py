"""Every key does what the list of keys says, and config.toml may change any of them without breaking one."""

from __future__ import annotations

import pytest

from reader.settings import Settings
from reader.tui.keymap import ACTIONS, Keymap

DEFAULTS = {action.id: action for action in ACTIONS}
READING = [a for a in ACTIONS if a.context == "reading"]


def problems_of(seen, toasts) -> str:
    return toasts(seen.app)


@pytest.mark.parametrize(("forward", "back"), [("j", "k"), ("down", "up")])
async def test_the_focus_moves_by_a_paragraph_and_stops_at_the_ends(open_reader, forward, back):
    async with open_reader() as seen:
        await seen.press(forward, forward, forward)
        assert seen.pane.paragraph == 3
        await seen.press(back)
        assert seen.pane.paragraph == 2
        await seen.press(back, back, back, back)
        assert seen.pane.paragraph == 0
        marked = [line for line in seen.lines if line.startswith("▌")]
        assert "Moscow and Washington agree" in marked[0]


@pytest.mark.parametrize(("first", "last"), [("g g", "G"), ("home", "end")])
async def test_the_ends_of_the_article(open_reader, first, last):
    async with open_reader(size=(120, 20)) as seen:
        await seen.press(last)
        assert seen.pane.paragraph == 12
        assert "What becomes of Rogozin" in seen.text
        await seen.press(first)
        assert seen.pane.paragraph == 0
        assert "Sample article: written for Caveat" in seen.text


@pytest.mark.parametrize(("down", "up"), [("space", "b"), ("pagedown", "pageup")])
async def test_pages_go_on_and_back_and_take_the_focus_along(open_reader, down, up):
    async with open_reader(size=(120, 20)) as seen:
        await seen.press(down)
        here = seen.pane.paragraph
        assert here > 0
        assert seen.sees(here)
        await seen.press(*[down] * 6)
        assert seen.pane.paragraph == 12
        assert seen.sees(12)
        await seen.press(*[up] * 8)
        assert seen.pane.paragraph == 0
        assert seen.sees(0)


async def test_nothing_is_skipped_when_an_article_is_read_by_pages(open_reader):
    text = "\n\n".join(f"Paragraph {n} says that the number {n} is between its neighbours." for n in range(60))
    async with open_reader(text, size=(80, 20), checked=False) as seen:
        read = seen.text
        for _ in range(40):
            await seen.pilot.press("space")
            read += seen.text
        assert [n for n in range(60) if f"Paragraph {n} says" not in read] == []


async def test_a_paragraph_taller_than_the_screen_is_read_to_its_end_by_moving(open_reader):
    text = "Short.\n\n" + " ".join(f"word{n}" for n in range(400)) + "\n\nThe end."
    async with open_reader(text, size=(60, 20), checked=False) as seen:
        await seen.press("j")
        read = seen.text
        for _ in range(30):
            if seen.pane.paragraph != 1:
                break
            await seen.press("j")
            read += seen.text
        assert [n for n in range(400) if f"word{n}" not in read] == []
        assert seen.pane.paragraph == 2


async def test_at_the_end_of_the_article_moving_on_changes_nothing(open_reader):
    text = "Short.\n\n" + " ".join(f"word{n}" for n in range(200))
    async with open_reader(text, size=(60, 20)) as seen:
        await seen.press("G", *["j"] * 8)
        assert "word199" in seen.text
        for _ in range(3):
            await seen.press("j")
            assert "word199" in seen.text


async def test_claims_come_in_the_order_of_the_text_and_wrap_around(open_reader):
    async with open_reader() as seen:
        all_claims = [r.claim.id for r in seen.claims()]
        visited = []
        for _ in all_claims:
            await seen.pilot.press("n")
            visited.append(seen.pane.claim)
        assert visited == all_claims
        await seen.press("n")
        assert seen.pane.claim == all_claims[0]
        await seen.press("N")
        assert seen.pane.claim == all_claims[-1]
        assert seen.foot.find(f"claim {len(all_claims)}/{len(all_claims)}") >= 0


async def test_problems_are_the_refuted_and_the_conflicting_claims_alone(open_reader):
    async with open_reader() as seen:
        problems = [r.claim.id for r in seen.claims("refuted", "conflicting")]
        assert len(problems) > 4
        visited = []
        for _ in problems:
            await seen.press("right_square_bracket")
            visited.append(seen.pane.claim)
            assert seen.sees(seen.pane.paragraph)
            assert seen.margin.startswith(("✗ refuted", "≠ conflicting"))
        assert visited == problems
        await seen.press("right_square_bracket")
        assert seen.pane.claim == problems[0]
        await seen.press("left_square_bracket")
        assert seen.pane.claim == problems[-1]


async def test_where_there_is_no_problem_the_key_says_so(open_reader, toasts):
    async with open_reader("It was a fine day.\n\nNobody was there.") as seen:
        await seen.press("right_square_bracket")
        assert "No refuted or conflicting claim found" in toasts(seen.app)
        await seen.press("enter")
        assert "holds no claim" in toasts(seen.app)
        await seen.press("o")
        assert "Nothing here has an address" in toasts(seen.app)


async def test_tab_gives_the_keys_to_the_margin_and_back(open_reader):
    async with open_reader(size=(120, 20)) as seen:
        await seen.press("right_square_bracket", "right_square_bracket", "tab")
        here, before = seen.pane.paragraph, seen.reading.margin_pane.scroll_offset.y
        await seen.press("j", "j", "j")
        assert seen.pane.paragraph == here
        assert seen.reading.margin_pane.scroll_offset.y > before
        await seen.press("k", "k", "k")
        assert seen.reading.margin_pane.scroll_offset.y == before
        await seen.press("space")
        assert seen.reading.margin_pane.scroll_offset.y > before
        await seen.press("tab", "j")
        assert seen.pane.paragraph == here + 1


async def test_evidence_is_shown_in_full_and_closed_by_escape_enter_or_q(open_reader):
    async with open_reader() as seen:
        await seen.press("right_square_bracket")
        for close in ("escape", "enter", "q"):
            await seen.press("enter")
            shown = seen.text
            assert "against" in shown
            assert "Vladimir Popovkin was Director General of Roscosmos from 29 April 2011 to 10 October 2013" in shown
            assert "Wikipedia, List of Heads of Roscosmos" in shown
            assert "known on 2026-02-28" in shown
            assert "CC0" in shown
            await seen.press(close)
            assert not seen.has_dialog
        assert seen.app.is_running


async def test_another_day_checks_again_and_shows_whose_it_is(open_reader):
    text = "---\ntitle: An office\ndate: 2022-07-17\n---\n\nNASA administrator Jim Bridenstine spoke on Friday.\n"
    async with open_reader(text, name="a.md") as seen:
        assert "as of 2022-07-17 (the page's own date)" in seen.head
        assert seen.claims()[0].leading.label == "refuted"
        await seen.press("a", *["backspace"] * 10, *"2019-03-01", "enter")
        await seen.until_checked()
        assert "as of 2019-03-01 (yours)" in seen.head
        assert seen.claims()[0].leading.label == "supported"
        assert "✓ 1" in seen.foot
        assert "✗ 0" in seen.foot
        await seen.press("n")
        assert "✓ supported" in seen.margin


async def test_a_wrong_day_is_refused_with_a_line_and_changes_nothing(open_reader):
    async with open_reader() as seen:
        before = [r.leading for r in seen.claims()]
        for wrong in ("2022-13-01", "yesterday", "2022-02-30", " "):
            await seen.press(
                "a", *["backspace"] * 12, *[{"-": "minus", " ": "space"}.get(c, c) for c in wrong], "enter"
            )
            assert "That is not a date" in seen.text
            await seen.press("escape")
        assert "as of 2022-07-17 (the page's own date)" in seen.head
        assert [r.leading for r in seen.claims()] == before


@pytest.mark.parametrize("day", ["2022", "2022-07", "2022-07-17"])
async def test_a_day_may_be_a_month_or_a_year(open_reader, day):
    async with open_reader("It was a fine day.") as seen:
        assert "as of: unknown" in seen.head
        await seen.press("a", *[{"-": "minus"}.get(c, c) for c in day], "enter")
        assert f"as of {day} (yours)" in seen.head


async def test_the_host_is_shown_before_anything_is_opened_and_only_enter_opens_it(open_reader):
    async with open_reader() as seen:
        opened = []
        seen.app.open_url = lambda url, **_: opened.append(url)
        await seen.press("right_square_bracket", "o")
        assert "Open en.wikipedia.org in a browser?" in seen.text
        for other in ("j", "space", "tab", "escape"):
            await seen.press(other)
        assert opened == []
        assert not seen.has_dialog
        await seen.press("o", "enter")
        assert opened == ["https://en.wikipedia.org/wiki/List_of_Heads_of_Roscosmos"]
        assert not seen.has_dialog
        await seen.press("enter", "o", "q")
        assert len(opened) == 1


async def test_the_theme_changes_and_its_name_is_said(open_reader, toasts):
    async with open_reader() as seen:
        before = seen.app.theme
        await seen.press("t")
        assert seen.app.theme != before
        assert f"Theme: {seen.app.theme}" in toasts(seen.app)


async def test_the_list_of_keys_is_the_keymap_that_works_now(open_reader, config):
    own = config('[keys]\nnext-claim = "Z, g c"\nopen-source = "none"\nquit = "ctrl+x, Q"\n')
    async with open_reader(own=own, size=(120, 150)) as seen:
        await seen.press("question_mark")
        shown = seen.text
        for action in ACTIONS:
            assert action.description in shown
        assert "Z, g c Next claim" in shown
        assert "n Next claim" not in shown
        assert "(none) Open the source" in shown
        assert "ctrl+x, Q Quit" in shown
        await seen.press("escape")
        assert "Z claim" in seen.foot
        await seen.press("g c")
        assert seen.pane.claim is not None


async def test_ascii_signs_are_ascii_everywhere(open_reader, config):
    async with open_reader(own=config('[reading]\nsigns = "ascii"\n'), size=(120, 50)) as seen:
        await seen.press("right_square_bracket")
        shown = seen.text + seen.margin
        await seen.press("enter")
        shown += seen.text
        await seen.press("escape", "question_mark")
        shown += seen.text
        assert not set("✓✗≠") & set(shown)


async def test_the_palette_holds_every_action(open_reader):
    async with open_reader(size=(120, 200)) as seen:
        await seen.press("ctrl+p")
        await seen.until(lambda: "Next theme" in seen.text, "the palette lists the actions")
        shown = seen.text
        assert [a.description for a in READING if a.id != "palette" and a.description not in shown] == []
        await seen.press(*"last para")
        await seen.until(
            lambda: "Last paragraph" in seen.text and "Next theme" not in seen.text, "the one that is meant"
        )
        await seen.press("down", "enter")
        await seen.until(lambda: seen.pane.paragraph == 12, "an action from the palette is done")


async def test_quit(open_reader):
    async with open_reader() as seen:
        await seen.press("q")
        assert seen.app.return_code == 0
        assert not seen.app.is_running


@pytest.mark.parametrize(
    "action",
    [a.id for a in READING if a.id not in ("quit", "palette", "switch-pane", "page-up", "page-down", "end-search")],
)
async def test_an_action_can_be_given_another_key(open_reader, config, action):
    own = config(f'[keys]\n{action} = "f9"\n')
    assert own.problems == ()
    async with open_reader(own=own, size=(120, 24)) as seen:
        await seen.press("j", "j", "j", "n", "n") if "next" in DEFAULTS[action].keys else await seen.press(
            "space", "right_square_bracket"
        )

        def state():
            return seen.lines, seen.pane.claim, len(seen.app.screen_stack), len(seen.app._notifications)

        before = await seen.at_rest(state)
        for old in DEFAULTS[action].keys[:1]:
            await seen.press(old)
        assert state() == before
        await seen.press("f9")
        await seen.until(lambda: state() != before, "the new key does it")


@pytest.mark.parametrize("action", [a.id for a in ACTIONS if a.context == "selection"])
async def test_so_can_what_is_done_with_a_selection(open_reader, config, action):
    own = config(f'[keys]\n{action} = "f9"\n')
    async with open_reader("One two three four five six seven. " * 8, own=own, size=(60, 24)) as seen:
        await seen.press(
            "v", *(["l"] * 3 if action != "select-right" else ["j"]), "j" if action != "select-down" else "w"
        )

        def state():
            return (
                seen.reading.selecting.is_on,
                seen.reading.selecting.cursor,
                seen.pane.shown.selection,
                len(seen.app.screen_stack),
                len(seen.app._notifications),
            )

        before = state()
        await seen.press(DEFAULTS[action].keys[0])
        assert state() == before
        await seen.press("o" if action == "select-line-end" else "l", *(["o"] if action == "select-line-end" else []))
        before = state()
        await seen.press("f9")
        await seen.until(lambda: state() != before, "the new key does it")


@pytest.mark.parametrize("action", ["dialog-down", "dialog-last", "dialog-search", "dialog-close", "dialog-choose"])
async def test_and_what_is_done_in_a_list(open_reader, config, action):
    own = config(f'[keys]\n{action} = "f9"\n')
    async with open_reader(own=own, size=(100, 24)) as seen:
        await seen.press("question_mark", "pagedown")
        before = seen.lines, len(seen.app.screen_stack)
        await seen.press(DEFAULTS[action].keys[0])
        assert (seen.lines, len(seen.app.screen_stack)) == before
        await seen.press("f9")
        await seen.until(lambda: (seen.lines, len(seen.app.screen_stack)) != before, "the new key does it")


@pytest.mark.parametrize("action", [a.id for a in READING])
async def test_none_takes_an_action_its_keys(open_reader, config, action):
    own = config(f'[keys]\n{action} = "none"\n')
    async with open_reader(own=own, size=(120, 24)) as seen:
        assert not own.problems
        await seen.press("space", "right_square_bracket")

        def state():
            return (
                seen.pane.paragraph,
                seen.pane.claim,
                seen.pane.scroll_offset,
                seen.app.theme,
                seen.app.focused,
                len(seen.app.screen_stack),
                seen.app.is_running,
            )

        before = state()
        for key in DEFAULTS[action].keys:
            if action == "end-search" or not any(k.startswith(f"{key} ") for a in READING for k in a.keys):
                await seen.press(key)
        assert state() == before


async def test_a_key_that_was_freed_can_be_given_to_another_action(open_reader, config):
    own = config('[keys]\npalette = "none"\ntheme = "ctrl+p"\nswitch-pane = "none"\nnext-claim = "tab"\n')
    async with open_reader(own=own) as seen:
        assert seen.app.keymap.problems == ()
        await seen.press("tab")
        assert seen.pane.claim is not None
        before = seen.app.theme
        await seen.press("ctrl+p")
        assert seen.app.theme != before


async def test_two_keys_can_be_swapped(open_reader, config):
    async with open_reader(own=config('[keys]\nnext-paragraph = "k"\nprevious-paragraph = "j"\n')) as seen:
        assert seen.app.keymap.problems == ()
        await seen.press("k", "k", "j")
        assert seen.pane.paragraph == 1


WRONG = {
    "unknown action": ('next-clam = "x"', "next-clam", "next-claim"),
    "no key": ('next-claim = "notakey"', "next-claim", "notakey"),
    "empty": ('next-claim = ""', "next-claim", "default"),
    "not in quotes": ("next-claim = 5", "next-claim", "default"),
    "taken": ('next-claim = "q"', "next-claim", "quit"),
    "taken twice": ('next-claim = "Z"\nprevious-claim = "Z"', "previous-claim", "next-claim"),
    "the beginning of another": ('next-claim = "g"', "next-claim", "g already means first-paragraph (First paragraph)"),
    "beginning with another": ('next-claim = "j j"', "next-claim", "j j already means next-paragraph (Next paragraph)"),
    "modified nonsense": ('next-claim = "ctrl+nokey"', "next-claim", "nokey"),
}


@pytest.mark.parametrize(("line", "where", "what"), WRONG.values(), ids=WRONG)
async def test_a_wrong_key_is_said_in_one_line_and_the_default_stands(open_reader, config, line, where, what):
    own = config(f"[keys]\n{line}\n")
    async with open_reader(own=own) as seen:
        said = [*own.problems, *seen.app.keymap.problems]
        assert len(said) == 1
        assert "config.toml" in said[0]
        assert where in said[0]
        assert what in said[0]
        assert "\n" not in said[0]
        await seen.until(lambda: where in seen.text, "the line is on the screen")
        keys = {a.id: a.keys for a in seen.app.keymap.actions}
        assert (
            keys[where if where in DEFAULTS else "next-claim"]
            == DEFAULTS[where if where in DEFAULTS else "next-claim"].keys
        )
        await seen.press("q")
        assert not seen.app.is_running


@pytest.mark.parametrize("key", ["strg+x", "foo+x", "control+x", "++", "ctrl+"])
def test_a_key_with_an_unknown_modifier_is_no_key(key):
    keymap = Keymap.from_settings({"next-claim": key})
    assert len(keymap.problems) == 1
    assert next(a.keys for a in keymap.actions if a.id == "next-claim") == ("n",)


async def test_a_config_that_is_no_toml_is_said_and_the_defaults_stand(open_reader, config):
    own = config("[keys\nnext-claim = ")
    async with open_reader(own=own) as seen:
        await seen.until(lambda: "cannot be read" in seen.text, "the line is on the screen")
        await seen.press("n")
        assert seen.pane.claim is not None


def test_whatever_the_reader_writes_every_action_has_its_own_keys():
    import itertools

    wishes = ["j", "q", "none", "x", "n,N", "tab", "g g", "j k"]
    for first, second, third in itertools.product(wishes, repeat=3):
        keymap = Keymap.from_settings({"next-paragraph": first, "next-claim": second, "quit": third})
        for context in ("reading", "selection", "dialog"):
            bound = [f"{key} " for a in keymap.actions if a.context == context for key in a.keys]
            clashes = [(a, b) for a, b in itertools.permutations(bound, 2) if b.startswith(a)]
            assert clashes == [], (first, second, third)
        assert len(keymap.actions) == len(ACTIONS)


async def test_every_action_is_something_that_can_be_done_and_nothing_else_is(open_reader):
    async with open_reader() as seen:
        assert set(seen.reading.acts) == {a.id for a in ACTIONS if a.context != "dialog"}


async def test_settings_made_in_code_are_like_none(open_reader):
    async with open_reader(own=Settings()) as seen:
        assert [a.keys for a in seen.app.keymap.actions] == [a.keys for a in ACTIONS]
