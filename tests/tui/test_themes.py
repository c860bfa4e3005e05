"""Themes: each shipped one is readable by numbers, each can be worn, and a broken file costs one line alone."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import tomli
from textual.color import Color

from reader.resources import resource_dir
from reader.settings import Settings
from reader.tui.theming import load_themes, read_theme

FILES = sorted((resource_dir("styles") / "themes").glob("*.toml"))
SIX = {"caveat-dark", "caveat-light", "caveat-contrast", "caveat-clear", "terminal-dark", "terminal-light"}
COLOURED = [f for f in FILES if not tomli.loads(f.read_text("utf-8")).get("ansi")]
VERDICTS = ("supported", "refuted", "conflicting", "not-enough-evidence", "not-checkable")


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance of a colour in sRGB."""
    parts = [value / 255 for value in Color.parse(colour).rgb]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_the_standard():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_six_themes_are_shipped_and_all_load():
    themes = load_themes()
    assert set(themes.names) == SIX
    assert themes.problems == ()
    assert {f.stem for f in FILES} == SIX


@pytest.mark.parametrize("path", COLOURED, ids=lambda p: p.stem)
def test_text_and_verdicts_can_be_read_on_page_and_dialog(path: Path):
    theme = tomli.loads(path.read_text("utf-8"))
    colours, verdicts = theme["palette"], theme["verdicts"]
    too_weak = []
    for under in ("background", "panel"):
        wanted = [
            (name, colours[name], 7.0 if name == "foreground" else 4.5) for name in ("foreground", "muted", "primary")
        ]
        wanted += [(verdict, verdicts[verdict], 4.5) for verdict in VERDICTS]
        found = [(name, contrast(colour, colours[under]), least) for name, colour, least in wanted]
        too_weak += [f"{name} on {under}: {ratio:.2f}" for name, ratio, least in found if ratio < least]
    assert too_weak == []


@pytest.mark.parametrize("path", COLOURED, ids=lambda p: p.stem)
def test_text_and_verdicts_can_be_read_on_a_highlight_too(path: Path):
    theme, raw = read_theme(path), tomli.loads(path.read_text("utf-8"))
    grounds = [theme.variables[f"note-{colour}"] for colour in ("yellow", "green", "blue", "pink")]
    assert len({*grounds, raw["palette"]["background"]}) == 5
    assert min(contrast(raw["palette"]["foreground"], ground) for ground in grounds) >= 7
    assert min(contrast(verdict, ground) for verdict in raw["verdicts"].values() for ground in grounds) >= 4.5


@pytest.mark.parametrize("path", COLOURED, ids=lambda p: p.stem)
def test_what_has_the_focus_is_told_from_what_has_not(path: Path):
    colours = tomli.loads(path.read_text("utf-8"))["palette"]
    assert contrast(colours["focus"], colours["background"]) >= 3.0


@pytest.mark.parametrize("path", COLOURED, ids=lambda p: p.stem)
def test_verdicts_differ_in_colour_too(path: Path):
    verdicts = tomli.loads(path.read_text("utf-8"))["verdicts"]
    told = [verdicts[v] for v in ("supported", "refuted", "conflicting")]
    assert len(set(told)) == 3


@pytest.mark.parametrize("path", [f for f in FILES if f not in COLOURED], ids=lambda p: p.stem)
def test_a_terminal_theme_uses_the_terminals_own_colours_alone(path: Path):
    theme = tomli.loads(path.read_text("utf-8"))
    assert [c for c in (*theme["palette"].values(), *theme["verdicts"].values()) if not c.startswith("ansi_")] == []


@pytest.mark.parametrize("name", sorted(SIX))
async def test_each_theme_opens_every_screen(open_reader, name):
    async with open_reader(own=Settings(theme=name)) as seen:
        assert seen.app.theme == name
        for keys in (["right_square_bracket", "enter"], ["question_mark"], ["a"], ["o"]):
            await seen.press(*keys)
            assert seen.text
            await seen.press("escape")
        assert seen.app.is_running


async def test_the_key_goes_through_all_six_and_back_to_the_first(open_reader):
    async with open_reader() as seen:
        worn = [seen.app.theme]
        for _ in range(6):
            await seen.press("t")
            worn.append(seen.app.theme)
        assert set(worn) == SIX
        assert worn[0] == worn[6]


async def test_the_verdicts_wear_the_colours_of_the_theme(open_reader):
    for path in COLOURED:
        wanted = Color.parse(tomli.loads(path.read_text("utf-8"))["verdicts"]["refuted"]).rgb
        async with open_reader(own=Settings(theme=path.stem)) as seen:
            segments = [s for strip in seen.app.screen._compositor.render_strips() for s in strip]
            signs = [s.style.color.get_truecolor() for s in segments if s.text.strip() == "✗"]
            assert signs
            assert {tuple(c) for c in signs} == {wanted}


GOOD = next(f for f in FILES if f.stem == "caveat-dark").read_text("utf-8").replace("caveat-dark", "mine")
BROKEN = {
    "a bad colour": (GOOD.replace("#ff9a91", "#ff9a9"), "verdicts.refuted"),
    "a word that is no colour": (GOOD.replace('"#14171c"', '"midnight"'), "palette.background"),
    "an injection": (GOOD.replace('"#14171c"', '"red; display: none"'), "palette.background"),
    "an injection in a verdict": (GOOD.replace('"#ff9a91"', '"red } Screen { display: none"'), "verdicts.refuted"),
    "a variable": (GOOD.replace('"#14171c"', '"$primary"'), "palette.background"),
    "a number": (GOOD.replace('"#14171c"', "14171"), "palette.background"),
    "an unknown key": (GOOD + '\n[extra]\nx = "red"\n', "extra"),
    "an unknown colour": (GOOD.replace("\nfocus =", "\nfokus ="), "fokus"),
    "a missing colour": (GOOD.replace("\nmuted =", "\n# muted ="), "palette.muted"),
    "a missing table": (GOOD.partition("[verdicts]")[0], "verdicts"),
    "a table that is none": ('palette = 1\nname = "mine"\n', "palette"),
    "no name": (GOOD.replace("name =", "# name ="), "name"),
    "a bad name": (GOOD.replace('"mine"', '"a b; c"'), "name"),
    "no toml": ("name = ", "cannot be read"),
    "no text": ("\udcff\udcfe", "cannot be read"),
}


@pytest.mark.parametrize(("text", "what"), BROKEN.values(), ids=BROKEN)
async def test_a_broken_theme_file_costs_one_line_and_the_others_stay(open_reader, config_home, text, what):
    folder = config_home / "themes"
    folder.mkdir()
    (folder / "mine.toml").write_text(text, "utf-8", errors="surrogateescape")
    (folder / "other.toml").write_text(GOOD.replace('"mine"', '"other"'), "utf-8")
    async with open_reader() as seen:
        themes = load_themes()
        assert len(themes.problems) == 1
        assert "mine.toml" in themes.problems[0]
        assert what in themes.problems[0]
        assert "\n" not in themes.problems[0]
        assert set(themes.names) == SIX | {"other"}
        await seen.until(lambda: "Settings" in seen.text, "the line is on the screen")
        await seen.press("t")
        assert seen.app.is_running


@pytest.mark.parametrize(
    "colour",
    [
        "auto",
        "transparent",
        "ansi_default",
        "hsl(200, 50%, 50%)",
        "rgba(1,2,3,0.5)",
        "#ffff",
        " red ",
        "red 50%",
        "initial",
    ],
)
async def test_a_theme_that_is_let_in_can_be_worn(open_reader, config_home, colour):
    folder = config_home / "themes"
    folder.mkdir()
    text = GOOD
    for old in ("#14171c", "#dfe3e8", "#39414c", "#ff9a91"):
        text = text.replace(f'"{old}"', f'"{colour}"')
    (folder / "mine.toml").write_text(text, "utf-8")
    themes = load_themes()
    if "mine" not in themes.names:
        assert len(themes.problems) == 1
        return
    async with open_reader(own=Settings(theme="mine")) as seen:
        for keys in (["right_square_bracket", "enter"], ["a"]):
            await seen.press(*keys)
            await seen.press("escape")
        assert seen.app.is_running


async def test_a_theme_of_ones_own_is_worn_and_comes_up_in_turn(open_reader, config_home, config):
    (config_home / "themes").mkdir()
    (config_home / "themes" / "mine.toml").write_text(GOOD, "utf-8")
    async with open_reader(own=config('theme = "mine"\n')) as seen:
        assert seen.app.theme == "mine"
        worn = set()
        for _ in range(7):
            await seen.press("t")
            worn.add(seen.app.theme)
        assert worn == SIX | {"mine"}


async def test_an_unknown_theme_is_said_with_the_nearest_name(open_reader, toasts, config):
    async with open_reader(own=config('theme = "caveat-drak"\n')) as seen:
        assert "caveat-drak" in toasts(seen.app)
        assert "did you mean caveat-dark?" in toasts(seen.app)
        assert seen.app.theme == "caveat-dark"


async def worn_in_turn(seen) -> set[str]:
    worn = [seen.app.theme]
    for _ in range(4):
        await seen.press("t")
        worn.append(seen.app.theme)
    return set(worn)


async def test_without_colour_only_the_terminals_own_themes_are_offered(open_reader, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_reader(own=Settings(theme="caveat-light")) as seen:
        assert await worn_in_turn(seen) == {"terminal-dark", "terminal-light"}


async def test_without_colour_a_coloured_theme_is_not_offered_whatever_its_name(open_reader, monkeypatch, config_home):
    monkeypatch.setenv("NO_COLOR", "1")
    (config_home / "themes").mkdir()
    (config_home / "themes" / "mine.toml").write_text(GOOD.replace('"mine"', '"terminal-mine"'), "utf-8")
    async with open_reader() as seen:
        assert "terminal-mine" not in await worn_in_turn(seen)


@pytest.mark.parametrize("name", ["nord", "textual-light", "ansi-dark"])
async def test_a_theme_of_textuals_own_does_no_harm(open_reader, name, toasts):
    async with open_reader(own=Settings(theme=name)) as seen:
        assert seen.app.theme == name or name in toasts(seen.app)
        for keys in (["right_square_bracket", "enter"], ["question_mark"], ["a"], ["o"]):
            await seen.press(*keys)
            await seen.press("escape")
        assert seen.app.is_running


async def test_without_colour_the_palette_offers_no_other_theme(open_reader, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_reader(size=(120, 60)) as seen:
        await seen.press("ctrl+p", *"theme")
        await seen.until(lambda: "Theme" in seen.text, "the palette finds it")
        await seen.press("enter")
        await seen.pilot.pause(0.5)
        shown = seen.text.split()
        assert [
            name
            for name in (*(SIX - {"terminal-dark", "terminal-light"}), "nord", "dracula", "gruvbox")
            if name in shown
        ] == []


@pytest.mark.parametrize("value", ["", "1", "true"])
async def test_no_color_counts_when_it_is_not_empty(open_reader, monkeypatch, value):
    monkeypatch.setenv("NO_COLOR", value)
    async with open_reader() as seen:
        assert seen.app.theme == ("terminal-dark" if value else "caveat-dark")
        segments = [s for strip in seen.app.screen._compositor.render_strips() for s in strip]
        colours = {s.style.color.name for s in segments if s.style and s.style.color}
        assert any(c.startswith("#") for c in colours) is not bool(value)


def test_every_file_has_the_same_keys():
    tables = [tomli.loads(f.read_text("utf-8")) for f in FILES]
    for one, other in itertools.pairwise(tables):
        assert one["palette"].keys() == other["palette"].keys()
        assert one["verdicts"].keys() == other["verdicts"].keys()
