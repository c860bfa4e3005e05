"""config.toml: an error is one line with file, key and the nearest right name; the default stands in for it alone."""

from __future__ import annotations

import pytest

from reader.settings import Checking, Reading, Settings, config_dir, load_settings


@pytest.fixture
def loaded(tmp_path):
    """The settings that a config.toml of this text gives."""

    def from_text(text: str | bytes) -> Settings:
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        settings = load_settings(path)
        assert all(str(path) in p and "\n" not in p and p.isprintable() for p in settings.problems)
        return settings

    return from_text


def test_no_file_means_the_defaults_and_nothing_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("CAVEAT_CONFIG_DIR", str(tmp_path / "config"))
    assert load_settings() == Settings()
    assert config_dir() == tmp_path / "config"
    assert list(tmp_path.iterdir()) == []


def test_the_config_folder_is_where_xdg_says(tmp_path, monkeypatch):
    monkeypatch.delenv("CAVEAT_CONFIG_DIR", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert config_dir() == tmp_path / "caveat"


def test_right_settings_are_taken(loaded):
    settings = loaded(
        'theme = "caveat-light"\n[reading]\nwidth = 60\nsigns = "ascii"\n'
        '[checking]\nchecks = ["office"]\npacks = ["~/a.pack"]\noffline = true\n[keys]\nquit = "x"\n'
    )
    assert settings == Settings(
        "caveat-light", Reading(60, "ascii"), Checking(("office",), ("~/a.pack",), offline=True), keys={"quit": "x"}
    )


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("them = 'x'", "them", "did you mean theme?"),
        ("theme = 3", "theme", "caveat-dark"),
        ("[readng]\nwidth = 60", "readng", "did you mean reading?"),
        ("reading = 5", "reading", "[reading]"),
        ("[reading]\nwidht = 60", "reading.widht", "did you mean width?"),
        ("[reading]\ncolour = 60", "reading.colour", "width, signs"),
        ("[reading]\nwidth = 'wide'", "reading.width", "default"),
        ("[reading]\nwidth = 0", "reading.width", "between 20 and 200"),
        ("[reading]\nwidth = 100000", "reading.width", "between 20 and 200"),
        ("[reading]\nsigns = 'emoji'", "reading.signs", "unicode or ascii"),
        ("[checking]\nchecks = 'office'", "checking.checks", "default"),
        ("[checking]\noffline = 'yes'", "checking.offline", "default"),
        ("[checking]\nmodels = 'x'", "checking.models", "did you mean model?"),
        ("keys = 'vim'", "keys", "[keys]"),
        ("[keys]\nquit = ['q']", "keys.quit", "in quotes"),
    ],
    ids=lambda value: value.replace("\n", " "),
)
def test_a_wrong_setting_is_one_line_and_the_default_stands_in(loaded, text, key, said):
    settings = loaded(text)
    (problem,) = settings.problems
    assert f"config.toml: {key}: " in problem
    assert said in problem
    assert (settings.theme, settings.reading, settings.checking, settings.keys) == (
        "caveat-dark",
        Reading(),
        Checking(),
        {},
    )


def test_a_wrong_setting_costs_no_other_one(loaded):
    settings = loaded(
        'theme = "caveat-light"\n[reading]\nwidth = "wide"\nsigns = "ascii"\n'
        '[checking]\nmodel = 1\noffline = true\n[keys]\nquit = 1\nhelp = "h"\n'
    )
    assert len(settings.problems) == 3
    assert (settings.theme, settings.reading, settings.checking, settings.keys) == (
        "caveat-light",
        Reading(72, "ascii"),
        Checking(offline=True),
        {"help": "h"},
    )


@pytest.mark.parametrize(
    "text",
    ["theme = ", "[reading\n", "a = 1\na = 2", b"theme = '\xff\xfe'", "\x00"],
    ids=["no value", "no bracket", "twice", "no UTF-8", "a null"],
)
def test_a_file_that_is_no_toml_is_one_line_and_the_defaults_stand_in(loaded, text):
    settings = loaded(text)
    assert len(settings.problems) == 1
    assert "defaults" in settings.problems[0]
    assert Settings(problems=settings.problems) == settings


def test_a_folder_in_the_place_of_the_file_is_one_line(tmp_path):
    (tmp_path / "config.toml").mkdir()
    settings = load_settings(tmp_path / "config.toml")
    assert len(settings.problems) == 1
    assert "config.toml" in settings.problems[0]


def test_a_message_carries_no_control_code_of_the_file(loaded):
    settings = loaded('"\\u001b[31mthme" = 1\n[keys]\n"a\\nb" = 2\n')
    assert len(settings.problems) == 2
