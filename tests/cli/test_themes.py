"""`caveat themes`: listed, shown, checked for legibility, and begun; what is begun can be worn at once."""

from __future__ import annotations

import re

import pytest
import tomli

from reader.resources import resource_dir

SHIPPED = ["caveat-clear", "caveat-contrast", "caveat-dark", "caveat-light", "terminal-dark", "terminal-light"]
FOLDER = resource_dir("styles") / "themes"
GOOD = (FOLDER / "caveat-dark.toml").read_text("utf-8")


@pytest.fixture
def config(tmp_path):
    """A config folder of one's own."""
    return tmp_path / "config"


@pytest.fixture
def themes(command, config):
    """Run `caveat themes …`; gives status, lines printed and lines of errors."""

    def run(*words: object, **more: str) -> tuple[int, list[str], list[str]]:
        done = command("themes", *words, config=config, **more)
        assert b"Traceback" not in done.stderr
        return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode().splitlines()

    return run


@pytest.fixture
def write(config):
    """Put a theme of one's own into the config folder."""

    def written(name: str, text: str):
        path = config / "themes" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return written


def test_the_list_names_every_theme_with_its_kind_and_where_it_is_from(themes):
    status, lines, errors = themes("list")
    assert (status, errors) == (0, [])
    rows = [re.split(r"\s{2,}", line[2:].strip()) for line in lines]
    assert rows == [
        ["caveat-clear", "light" if "dark = false" in (FOLDER / "caveat-clear.toml").read_text() else "dark", "shipped"],
        ["caveat-contrast", "light" if "dark = false" in (FOLDER / "caveat-contrast.toml").read_text() else "dark", "shipped"],
        ["caveat-dark", "dark", "shipped"],
        ["caveat-light", "light", "shipped"],
        ["terminal-dark", "the terminal's own colours", "shipped"],
        ["terminal-light", "the terminal's own colours", "shipped"],
    ]  # fmt: skip
    assert [line[:2] for line in lines] == ["  ", "  ", "* ", "  ", "  ", "  "]


def test_the_list_stars_the_theme_that_is_worn(themes, config):
    config.mkdir()
    (config / "config.toml").write_text('theme = "caveat-light"\n')
    assert [line[2:].split()[0] for line in themes("list")[1] if line.startswith("*")] == ["caveat-light"]


def test_the_list_has_ones_own_themes_and_a_broken_file_costs_one_line(themes, write):
    write("mine", GOOD.replace('"caveat-dark"', '"mine"'))
    broken = write("broken", "name = ")
    status, lines, errors = themes("list")
    assert status == 0
    assert len(lines) == 7
    assert lines[-1].split() == ["mine", "dark", "yours"]
    assert len(errors) == 1
    assert str(broken) in errors[0]


def test_the_list_says_of_a_theme_in_a_file_of_another_name_that_it_is_ones_own(themes, write):
    write("a-file", GOOD.replace('"caveat-dark"', '"mine"'))
    assert [line.split() for line in themes("list")[1] if "mine" in line] == [["mine", "dark", "yours"]]


@pytest.mark.parametrize("name", SHIPPED)
def test_show_prints_the_file_of_a_theme_as_it_is(command, name):
    done = command("themes", "show", name)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (FOLDER / f"{name}.toml").read_bytes()


def test_show_prints_ones_own_theme(themes, write):
    text = GOOD.replace('"caveat-dark"', '"mine"') + "# the end\n"
    write("mine", text)
    assert themes("show", "mine") == (0, text.splitlines(), [])


@pytest.mark.parametrize(
    "words", [("show", "caveat-drak"), ("check", "caveat-drak"), ("new", "mine", "--like", "caveat-drak")]
)
def test_an_unknown_theme_is_said_with_the_nearest_one(themes, config, words):
    status, lines, errors = themes(*words)
    assert (status, lines) == (2, [])
    assert errors == ["caveat: theme 'caveat-drak': no such theme; did you mean caveat-dark?"]
    assert not config.exists()


def test_a_theme_like_none_is_said_with_all_that_there_are(themes):
    status, _, errors = themes("show", "zzz")
    assert status == 2
    assert errors == [f"caveat: theme 'zzz': no such theme; known are {', '.join(SHIPPED)}"]


def test_check_finds_every_shipped_theme_good(themes):
    status, lines, errors = themes("check")
    assert (status, errors) == (0, [])
    assert lines == [f"{FOLDER / name}.toml: good" for name in SHIPPED]


def test_check_takes_names_and_paths(themes, tmp_path):
    path = tmp_path / "somewhere.toml"
    path.write_text(GOOD)
    assert themes("check", "caveat-light", path) == (0, [f"{FOLDER}/caveat-light.toml: good", f"{path}: good"], [])


def test_check_names_a_weak_contrast_with_its_figure_and_the_least(themes, write):
    path = write("pale", GOOD.replace('"caveat-dark"', '"pale"').replace('refuted = "#ff9a91"', 'refuted = "#5a2a2a"'))
    status, lines, errors = themes("check", "pale")
    assert (status, errors) == (1, [])
    found = [re.fullmatch(rf"{re.escape(str(path))}: (\S+) on (\S+): contrast (\d+\.\d), should be (\S+) or more", line) for line in lines]  # fmt: skip
    assert all(found)
    assert {f[1] for f in found} == {"verdict-refuted"}
    assert {"background", "surface", "panel"} <= {f[2] for f in found}
    assert all(1 <= float(f[3]) < 4.5 for f in found)
    assert {f[4] for f in found} == {"4.5"}


def test_check_wants_more_of_the_text_than_of_a_word(themes, write):
    write("grey", GOOD.replace('"caveat-dark"', '"grey"').replace('foreground = "#dfe3e8"', 'foreground = "#8a8f96"'))
    status, lines, _ = themes("check", "grey")
    assert status == 1
    assert all(" foreground on " in line and line.endswith("should be 7 or more") for line in lines)


def test_the_figure_of_a_contrast_is_that_of_wcag(themes, write):
    text = re.sub(r'^(background|surface|panel) = ".*"', r'\1 = "#ffffff"', GOOD, flags=re.M)
    text = text.replace('"caveat-dark"', '"known"').replace('foreground = "#dfe3e8"', 'foreground = "#777777"')
    write("known", text)
    assert any(": foreground on background: contrast 4.5, should be 7" in line for line in themes("check", "known")[1])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('refuted = "#ff9a91"', 'refutd = "#ff9a91"'), "verdicts.refutd: no such colour; did you mean refuted?"),
        (('refuted = "#ff9a91"', 'refuted = "redd"'), "verdicts.refuted: 'redd' is no colour"),
        (('refuted = "#ff9a91"', ""), "verdicts.refuted: is missing"),
        (('name = "caveat-dark"', 'name = "a theme!"'), "name: must be letters, digits and hyphens"),
        (("dark = true", "drak = true"), "drak: no such key; did you mean dark?"),
        (("[palette]", "[palette"), "cannot be read"),
    ],
    ids=["unknown colour", "no colour", "missing", "bad name", "unknown key", "no toml"],
)
def test_check_names_file_and_key_of_what_is_wrong(themes, write, change, said):
    path = write("bad", GOOD.replace(*change))
    status, lines, errors = themes("check", path)
    assert (status, errors) == (1, [])
    assert len(lines) == 1
    assert lines[0].startswith(f"{path}: {said}")


def test_check_of_all_says_what_is_wrong_with_each_file_and_goes_on(themes, write):
    broken = write("broken", "name = ")
    fine = write("mine", GOOD.replace('"caveat-dark"', '"mine"'))
    status, lines, _ = themes("check")
    assert status == 1
    assert len(lines) == 8
    assert lines[-2].startswith(f"{broken}: cannot be read")
    assert lines[-1] == f"{fine}: good"


@pytest.mark.parametrize("like", SHIPPED)
def test_what_new_makes_is_found_by_the_list_and_passes_the_check(themes, config, like):
    path = config / "themes" / "mine.toml"
    status, lines, errors = themes("new", "mine", "--like", like)
    assert (status, lines) == (0, [str(path)])
    assert len(errors) == 1
    assert 'theme = "mine"' in errors[0]
    made, model = tomli.loads(path.read_text()), tomli.loads((FOLDER / f"{like}.toml").read_text())
    assert made == model | {"name": "mine"}
    assert themes("check", "mine") == (0, [f"{path}: good"], [])
    assert "mine" in [line[2:].split()[0] for line in themes("list")[1]]


def test_new_is_like_the_dark_one_when_nothing_is_said(themes, config):
    assert themes("new", "mine")[0] == 0
    assert (config / "themes" / "mine.toml").read_text() == GOOD.replace('"caveat-dark"', '"mine"', 1)


def test_new_may_be_like_ones_own_theme_in_whatever_way_its_name_is_written(themes, write, config):
    write("first", GOOD.replace('name = "caveat-dark"', "name='first'"))
    assert themes("new", "second", "--like", "first")[0] == 0
    assert tomli.loads((config / "themes" / "second.toml").read_text())["name"] == "second"


def test_new_never_overwrites(themes, write):
    path = write("mine", "# mine\n")
    status, lines, errors = themes("new", "mine")
    assert (status, lines, errors) == (2, [], [f"caveat: {path}: is there already"])
    assert path.read_text() == "# mine\n"


@pytest.mark.parametrize("name", ["../mine", "a/b", "a b", "", "-", "a.b", "mine\n", "../../x"])
def test_new_refuses_a_name_that_is_none(themes, config, name):
    status, lines, errors = themes("new", "--", name)
    assert (status, lines) == (2, [])
    assert len(errors) == 1
    assert "a theme's name is letters, digits and hyphens" in errors[0]
    assert not config.exists()


def test_new_says_in_one_line_where_it_cannot_write(themes, config):
    config.write_text("a file, not a folder")
    status, lines, errors = themes("new", "mine")
    assert (status, lines) == (2, [])
    assert len(errors) == 1
    assert "cannot be written" in errors[0]


async def test_what_new_made_is_worn_when_the_settings_name_it(themes, config, monkeypatch, cache_home):
    from reader.article.load import load_bytes
    from reader.findings import DeskOptions
    from reader.settings import load_settings
    from reader.tui.app import CaveatApp

    assert themes("new", "mine", "--like", "caveat-light")[0] == 0
    (config / "config.toml").write_text('theme = "mine"\n')
    monkeypatch.setenv("CAVEAT_CONFIG_DIR", str(config))
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = CaveatApp(load_bytes(b"Words.", name="a.txt"), DeskOptions(builtin=False), load_settings())
    assert app.theme == "mine"
    assert (
        app.current_theme.background == tomli.loads((FOLDER / "caveat-light.toml").read_text())["palette"]["background"]
    )
    assert app._problems == []
