"""All settings, made from their types: searched, changed one at a time, and written as they are changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.settings import Settings
from reader.settings_file import Setting, SettingError, all_settings, write_setting
from reader.tui.keymap import Keymap
from reader.tui.screens.picker import Entry, Picker
from reader.tui.screens.sheets import Sheet
from reader.tui.widgets.prompt_line import PromptLine


class SettingsScreen(Picker[Setting]):
    """A list of settings; choosing one turns a switch, goes on to the next choice, or asks for a value."""

    def __init__(
        self, keymap: Keymap, settings: Settings, taken: Callable[[str, object, Settings], bool], themes: Sequence[str]
    ) -> None:
        """`taken` is told each setting that was changed, and says whether the screen has followed it."""
        self._settings, self._taken, self._themes = settings, taken, tuple(themes)
        super().__init__(keymap, "Settings", [self._entry(s) for s in all_settings()], chosen=self._change)

    def _entry(self, setting: Setting) -> Entry[Setting]:
        value = setting.value(self._settings)
        changed = value != setting.default
        label = Content.assemble(
            (f"{setting.name:<28}", "bold" if changed else ""),
            (f"{_shown(value):<24}", "$primary"),
            (f"\n    {setting.help}", "$muted"),
        )
        return Entry(label, f"{setting.name} {setting.help} {_shown(value)}", setting)

    def _change(self, setting: Setting) -> None:
        value = setting.value(self._settings)
        choices = (*self._themes, "auto") if setting.name == "theme" else setting.choices
        if setting.name in ("dark_theme", "light_theme"):
            choices = self._themes
        if setting.kind == "switch":
            self._write(setting, not value)
        elif choices:
            self._write(
                setting, choices[(choices.index(str(value)) + 1) % len(choices)] if value in choices else choices[0]
            )
        else:
            self.app.push_screen(
                ValueScreen(self.keymap, setting, _shown(value)), lambda text: self._typed(setting, text)
            )

    def _typed(self, setting: Setting, text: str | None) -> None:
        if text is not None:
            try:
                self._write(setting, setting.read(text))
            except SettingError as error:
                self.notify(str(error), title="Settings", severity="warning", markup=False)

    def _write(self, setting: Setting, value: object) -> None:
        try:
            self._settings = write_setting(setting, value)
        except SettingError as error:
            self.notify(str(error), title="Settings", severity="warning", markup=False)
            return
        followed = self._taken(setting.name, value, self._settings)
        self.renew([self._entry(s) for s in all_settings()])
        if not followed:
            self.notify("Written; it counts from the next start on.", markup=False, timeout=4)


class ValueScreen(Sheet[str]):
    """Ask for one setting's value."""

    ASKS = True

    def __init__(self, keymap: Keymap, setting: Setting, value: str) -> None:
        super().__init__(keymap, small=True)
        self._setting, self._line = setting, PromptLine(value, id="value")

    def compose(self) -> ComposeResult:
        """What it is for, and a line to type in."""
        with Vertical(classes="dialog-body"):
            yield Static(Content.assemble((self._setting.name, "bold"), f"\n{self._setting.help}"), markup=False)
            yield self._line

    def on_mount(self) -> None:
        """The cursor is in the line."""
        self._line.focus()

    def submit(self, line: PromptLine) -> None:
        """Close with what was typed."""
        self.dismiss(line.value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
