"""The settings as a list on the screen, and the file they are written to."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import settings as typed
from reader.settings import SOURCE_NAMES, Settings, load_settings
from reader.settings_file import SettingError, all_settings, write_setting

BY_NAME = {s.name: s for s in all_settings()}
NAMED = {" ": "space", ".": "full_stop", "_": "underscore", "/": "slash", ":": "colon", "-": "minus", ",": "comma"}


async def choose(seen, name: str) -> None:
    """Open the settings, search for one by its name, and choose it."""
    await seen.press("comma", "slash", *[NAMED.get(c, c) for c in name], "enter")


async def answer(seen, text: str) -> None:
    """Type a value in place of the one that stands there."""
    await seen.press("end", *["backspace"] * 60, *[NAMED.get(c, c) for c in text], "enter")


def written(config_home: Path) -> dict:
    """What is in the file."""
    return tomli.loads((config_home / "config.toml").read_text("utf-8"))


# The list


def expected_names() -> set[str]:
    """Every field of the settings' types; keys have their own table, and a source's key is better kept elsewhere."""
    names = {f.name for f in dataclasses.fields(Settings)} - {"reading", "checking", "sources", "keys", "problems"}
    for table in ("Reading", "Checking", "Sources"):
        names |= {f"{table.lower()}.{f.name}" for f in dataclasses.fields(getattr(typed, table)) if f.name != "each"}
    own = [f.name for f in dataclasses.fields(typed.SourceSettings) if f.name != "key"]
    return names | {f"sources.{source}.{name}" for source in SOURCE_NAMES for name in own}


def test_every_field_of_the_settings_is_listed_and_none_twice():
    names = [s.name for s in all_settings()]
    assert len(names) == len(set(names))
    assert set(names) == expected_names()


@pytest.mark.parametrize("setting", all_settings(), ids=lambda s: s.name)
def test_each_setting_has_its_help_and_its_default(setting):
    assert len(setting.help) > 10
    assert setting.value(Settings()) == setting.default


async def test_the_screen_lists_every_setting_with_its_help_and_value(open_reader, config):
    own = config('[sources]\nrequests = 77\n[sources.kiwix]\nurl = "http://127.0.0.1:8080"\n')
    async with open_reader(own=own, size=(130, 250)) as seen:
        await seen.press("comma")
        shown = seen.text
        for setting in all_settings():
            assert setting.name in shown
            assert " ".join(setting.help.split())[:60] in shown
        assert "sources.requests 77" in shown
        assert "sources.kiwix.url http://127.0.0.1:8080" in shown
        assert "reading.width 72" in shown


async def test_the_settings_can_be_searched_by_name_and_by_what_they_are_for(open_reader, config):
    async with open_reader(own=config("")) as seen:
        await seen.press("comma", "slash", *"megabytes")
        assert "sources.store" in seen.text
        assert "reading.width" not in seen.text
        await seen.press("escape")
        assert "reading.width" in seen.text
        await seen.press("slash", *"zzzz")
        assert "nothing here" in seen.text
        await seen.press("enter", "escape", "escape")
        assert not seen.has_dialog


# Changing


async def test_a_switch_is_turned_and_written_and_turned_back(open_reader, config, config_home):
    async with open_reader(own=config("# mine\n")) as seen:
        await choose(seen, "reading.justified")
        assert written(config_home) == {"reading": {"justified": True}}
        assert "reading.justified true" in seen.text
        assert seen.pane.is_justified
        await seen.press("enter")
        assert written(config_home) == {"reading": {"justified": False}}
        assert not seen.pane.is_justified
        assert (config_home / "config.toml").read_text("utf-8").startswith("# mine\n")


async def test_a_choice_goes_on_to_the_next_and_round(open_reader, config, config_home):
    async with open_reader(own=config("")) as seen:
        await choose(seen, "reading.signs")
        assert written(config_home)["reading"]["signs"] == "ascii"
        await seen.press("enter")
        assert written(config_home)["reading"]["signs"] == "unicode"


async def test_a_theme_is_worn_as_it_is_chosen(open_reader, config, config_home):
    async with open_reader(own=config("")) as seen:
        before = seen.app.theme
        await seen.press("comma", "enter")
        assert seen.app.theme == written(config_home)["theme"] != before


async def test_auto_is_worn_at_once_or_it_is_said_that_it_counts_later(open_reader, config, config_home, toasts):
    own = config('theme = "terminal-light"\ndark_theme = "caveat-contrast"\nlight_theme = "caveat-contrast"\n')
    async with open_reader(own=own) as seen:
        await seen.press("comma")
        for _ in range(8):
            seen.app.clear_notifications()
            await seen.press("enter")
            if written(config_home)["theme"] == "auto":
                break
        assert written(config_home)["theme"] == "auto"
        assert seen.app.theme == "caveat-contrast" or "from the next start on" in toasts(seen.app)


async def test_a_width_is_typed_written_and_seen_at_once(open_reader, config, config_home):
    async with open_reader(own=config("")) as seen:
        await choose(seen, "reading.width")
        assert "Columns of text at most (20 to 200)." in seen.text
        await answer(seen, "40")
        assert written(config_home) == {"reading": {"width": 40}}
        assert seen.pane.text_width == 40


async def test_a_list_and_a_text_are_written_as_such(open_reader, config, config_home, toasts):
    async with open_reader(own=config("")) as seen:
        await choose(seen, "checking.checks")
        await answer(seen, "office, lifespan")
        assert written(config_home)["checking"]["checks"] == ["office", "lifespan"]
        assert "from the next start on" in toasts(seen.app)
        await seen.press("escape", "escape")
        await choose(seen, "sources.contact")
        await answer(seen, "me_example")
        assert written(config_home)["sources"]["contact"] == "me_example"
        assert load_settings().checking.checks == ("office", "lifespan")


async def test_escape_while_a_value_is_typed_writes_nothing(open_reader, config_home):
    async with open_reader() as seen:
        await choose(seen, "reading.width")
        await seen.press("backspace", "9", "escape")
        assert not (config_home / "config.toml").exists()
        assert seen.pane.measure == 72


async def test_settings_opened_again_show_what_was_changed_and_turn_that(open_reader, config, config_home):
    async with open_reader(own=config("")) as seen:
        await choose(seen, "reading.justified")
        assert written(config_home)["reading"]["justified"] is True
        await seen.press("escape", "escape")
        assert not seen.has_dialog
        await seen.press("comma", "slash", *[NAMED.get(c, c) for c in "reading.justified"])
        assert "reading.justified true" in seen.text
        await seen.press("enter")
        assert written(config_home)["reading"]["justified"] is False


# What is refused

WRONG = {
    "a width too large": ("reading.width", "500", "reading.width"),
    "a width that is none": ("reading.width", "wide", "reading.width"),
    "no width": ("reading.width", "", "reading.width"),
    "a rate of nothing": ("sources.rate", "0", "sources.rate"),
    "a deadline that is none": ("sources.deadline", "nan", "sources.deadline"),
    "a deadline without an end": ("sources.deadline", "inf", "sources.deadline"),
    "a store too small": ("sources.store", "9", "sources.store"),
}


@pytest.mark.parametrize(("name", "text", "said"), WRONG.values(), ids=WRONG)
async def test_a_wrong_value_is_refused_in_one_line_and_nothing_is_written(
    open_reader, config, config_home, name, text, said
):
    before = b"# mine\n[reading]\nwidth = 60 # so\n"
    async with open_reader(own=config(before.decode())) as seen:
        await choose(seen, name)
        seen.app.clear_notifications()
        await answer(seen, text)
        notices = list(seen.app._notifications)
        assert len(notices) == 1
        assert said in notices[0].message
        assert "\n" not in notices[0].message
        assert (config_home / "config.toml").read_bytes() == before
        assert seen.pane.measure == 60


@pytest.mark.parametrize(("name", "value"), [("reading.width", 500), ("sources.rate", 0), ("sources.deadline", 1e9)])
def test_a_wrong_value_makes_no_file_where_there_was_none(tmp_path, name, value):
    path = tmp_path / "new" / "config.toml"
    with pytest.raises(SettingError):
        write_setting(BY_NAME[name], value, path)
    assert not path.exists()


def test_what_is_said_of_a_refused_value_names_no_other_as_used(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("[reading]\nwidth = 60\n", "utf-8")
    with pytest.raises(SettingError) as refused:
        write_setting(BY_NAME["reading.width"], 500, path)
    assert "between 20 and 200" in str(refused.value)
    assert "72 is used" not in str(refused.value)
    assert load_settings(path).reading.width == 60


async def test_a_folder_that_cannot_be_written_is_said_and_nothing_changes(open_reader, config_home, monkeypatch):
    (config_home.parent / "file").write_text("", "utf-8")
    monkeypatch.setenv("CAVEAT_CONFIG_DIR", str(config_home.parent / "file"))
    async with open_reader() as seen:
        seen.app.clear_notifications()
        await choose(seen, "reading.justified")
        notices = list(seen.app._notifications)
        assert len(notices) == 1
        assert "cannot be written" in notices[0].message
        assert "\n" not in notices[0].message
        assert not seen.pane.is_justified
        assert "reading.justified false" in seen.text


@pytest.mark.parametrize("fault", ["mkstemp", "replace"])
def test_a_disk_that_is_full_leaves_the_file_as_it_was_and_no_other_beside_it(tmp_path, monkeypatch, fault):
    folder = tmp_path / "own"
    folder.mkdir()
    path = folder / "config.toml"
    path.write_bytes(b"theme = 'caveat-light'\n")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"reader.settings_file.{'tempfile' if fault == 'mkstemp' else 'os'}.{fault}", full)
    with pytest.raises(SettingError, match="No space left on device"):
        write_setting(BY_NAME["reading.width"], 60, path)
    assert path.read_bytes() == b"theme = 'caveat-light'\n"
    assert [p.name for p in folder.iterdir()] == ["config.toml"]


BROKEN = {
    "no toml": b"[reading\nwidth = ",
    "no text": b"\xff\xfe[reading]\n",
    "a table that is a number": b"reading = 5\n",
    "a table that is a list": b"[[reading]]\nwidth = 60\n",
}


@pytest.mark.parametrize("before", BROKEN.values(), ids=BROKEN)
async def test_a_file_that_cannot_be_read_is_said_and_left_alone(open_reader, config_home, before):
    (config_home / "config.toml").write_bytes(before)
    async with open_reader() as seen:
        await seen.press("comma", "slash", *"reading", "full_stop", *"justified")
        seen.app.clear_notifications()
        await seen.press("enter")
        notices = list(seen.app._notifications)
        assert len(notices) == 1
        assert "nothing was written" in notices[0].message
        assert "\n" not in notices[0].message
        assert (config_home / "config.toml").read_bytes() == before


# The file


def kept_lines(before: bytes, after: bytes, key: bytes) -> list[bytes]:
    """The lines of the file as it was that are not in it any more, without those of the key itself."""
    rest = after.splitlines(keepends=True)
    gone = []
    for line in before.splitlines(keepends=True):
        if line in rest:
            rest.remove(line)
        elif not line.strip().startswith(key):
            gone.append(line)
    return gone


NASTY = {
    "comments everywhere": b"# top\n\n[reading] # the table\n# before\nwidth = 60 # so wide\n# after\nsigns = 'ascii'\n\n# end",
    "dotted keys": b"reading.signs = 'ascii' # dotted\nreading.width = 60\n",
    "an inline table": b"reading = { signs = 'ascii', width = 60 } # inline\ntheme = 'caveat-light'\n",
    "tables out of order": b"[sources.wikidata]\nenabled = false\n[reading]\nwidth = 60\n[sources]\nrequests = 5\n[keys]\nquit = 'q'\n",
    "no other table": b"[keys]\nnext-claim = 'n, ctrl+n' # mine\n",
    "a table below alone": b"[sources.wikidata]\nenabled = false # not this one\n",
    "strange spaces": b"  [ reading ]  \n\twidth   =   60   # so\n\n\n\n   [keys]\nquit='q'",
    "lines of Windows": b"# top\r\n[reading]\r\nwidth = 60 # so\r\nsigns = 'ascii'\r\n\r\n[keys]\r\nquit = 'q'\r\n",
    "no end of line": b"theme = 'caveat-light'",
    "unknown things": b'mystery = [1, # one\n  2, # two\n]\n[other."a b"]\nc = 1979-05-27T07:32:00Z\n',
    "quoted keys": b"\"theme\" = 'caveat-light'\n[\"reading\"]\n'width' = 60\n",
    "long strings": b"[checking]\npacks = [\n  'a.pack', # first\n  '''b\n.pack''',\n]\n[reading]\nwidth = 60\n",
    "letters of every kind": "# Größe, 幅, 🚀\n[reading]\nwidth = 60 # ширина\n".encode(),
    "nothing": b"",
}
CHANGES = [
    ("reading.width", 40),
    ("theme", "caveat-contrast"),
    ("sources.requests", 7),
    ("sources.wikidata.enabled", True),
    ("sources.kiwix.url", "http://127.0.0.1:8080"),
    ("checking.checks", ["office"]),
]


def put(data: dict, name: str, value: object) -> dict:
    """The same tables with one value set."""
    *tables, key = name.split(".")
    at = data
    for table in tables:
        at = at.setdefault(table, {})
    at[key] = value
    return data


@pytest.mark.parametrize(("name", "value"), CHANGES, ids=[c[0] for c in CHANGES])
@pytest.mark.parametrize("before", NASTY.values(), ids=NASTY)
def test_one_value_is_written_and_comments_and_all_else_are_kept(tmp_path, before, name, value):
    path = tmp_path / "config.toml"
    path.write_bytes(before)
    after = write_setting(BY_NAME[name], value, path)
    shown = BY_NAME[name].value(after)
    assert (list(shown) if isinstance(shown, tuple) else shown) == value
    assert tomli.loads(path.read_text("utf-8")) == put(tomli.loads(before.decode()), name, value)
    inline = b"reading" if before.startswith(b"reading = {") and name.startswith("reading") else b""
    key = name.rpartition(".")[2].encode()
    gone = kept_lines(before, path.read_bytes(), key)
    dotted = name.encode()
    allowed = (dotted, b"'" + key, b'"' + key, *((inline,) if inline else ()))
    assert [
        g for g in gone if not g.strip().startswith(allowed) and path.read_bytes().find(g.rstrip(b"\r\n")) < 0
    ] == []
    if b"\r\n" in before:
        assert path.read_bytes().count(b"\r\n") >= before.count(b"\r\n")


@pytest.mark.parametrize("before", NASTY.values(), ids=NASTY)
def test_writing_a_value_and_the_old_one_again_gives_the_file_back_byte_for_byte(tmp_path, before):
    if b"width" not in before:
        before += b"\n[reading]\nwidth = 60\n" if b"reading" not in before else b""
    path = tmp_path / "config.toml"
    path.write_bytes(before)
    write_setting(BY_NAME["reading.width"], 40, path)
    assert path.read_bytes() != before
    write_setting(BY_NAME["reading.width"], 60, path)
    assert path.read_bytes() == before


def test_the_comment_behind_a_value_stays_behind_it(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(NASTY["comments everywhere"])
    write_setting(BY_NAME["reading.width"], 40, path)
    assert path.read_bytes() == NASTY["comments everywhere"].replace(b"width = 60 #", b"width = 40 #")


def test_the_files_rights_are_kept(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("", "utf-8")
    path.chmod(0o640)
    write_setting(BY_NAME["theme"], "caveat-light", path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_a_link_to_another_stays_one(tmp_path):
    real = tmp_path / "dotfiles.toml"
    real.write_text("# kept elsewhere\n", "utf-8")
    path = tmp_path / "config.toml"
    path.symlink_to(real)
    write_setting(BY_NAME["reading.width"], 60, path)
    assert path.is_symlink()
    assert tomli.loads(real.read_text("utf-8")) == {"reading": {"width": 60}}


COMMENT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12).map(lambda s: f"# {s}")
LINES = st.lists(
    st.one_of(
        COMMENT,
        st.just(""),
        st.sampled_from(
            [
                "theme = 'caveat-light'",
                'dark_theme = "caveat-dark"  # c',
                "[reading]",
                "width = 60 # w",
                "signs='ascii'",
            ]
        ),
        st.sampled_from(["[sources]", "requests = 5", "[sources.zim]", "path = '~/a.zim'", "[keys]", "quit = 'q, Q'"]),
    ),
    max_size=12,
)


def is_toml(text: str) -> bool:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return False
    return True


@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture])
@given(LINES.map("\n".join).filter(is_toml), st.sampled_from([*CHANGES, ("sources.zim.path", "/b.zim")]))
def test_whatever_is_in_the_file_one_value_changes_and_nothing_else(tmp_path_factory, text, change):
    name, value = change
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode())
    data = tomli.loads(text)
    tables = name.split(".")[:-1]
    at = data
    for table in tables:
        at = at.get(table, {}) if isinstance(at, dict) else at
    if not isinstance(at, dict):
        return
    write_setting(BY_NAME[name], value, path)
    after = path.read_text("utf-8")
    assert tomli.loads(after) == put(data, name, value)
    for comment in (line for line in text.splitlines() if line.startswith("#")):
        assert comment in after


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30))
def test_any_words_are_read_back_as_they_were_typed(tmp_path_factory, words):
    path = tmp_path_factory.getbasetemp() / "words.toml"
    path.unlink(missing_ok=True)
    setting = BY_NAME["sources.contact"]
    value = setting.read(words)
    assert setting.value(write_setting(setting, value, path)) == value == words.strip()
