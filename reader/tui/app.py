"""The app: themes, keys and the one screen."""

from __future__ import annotations

import os
from collections.abc import Iterable

from textual.app import App, SystemCommand
from textual.screen import Screen

from reader.article.clean import clean_line
from reader.article.model import Article
from reader.findings import DeskOptions
from reader.resources import resource_dir
from reader.settings import Settings, nearest
from reader.tui.keymap import Keymap
from reader.tui.notices import LastingNotifications
from reader.tui.screens.palette import Palette
from reader.tui.screens.reading import ReadingScreen
from reader.tui.theming import DEFAULT_THEME, NO_COLOR_THEME, VARIABLE_DEFAULTS, load_themes


class CaveatApp(App[None]):
    """Caveat on the terminal."""

    TITLE = "Caveat"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "f35"  # the keymap says what opens it

    def __init__(self, article: Article, options: DeskOptions, settings: Settings) -> None:
        no_color = bool(os.environ.get("NO_COLOR"))
        css = [str(path) for path in sorted(resource_dir("styles").glob("*.tcss"))]
        super().__init__(css_path=css, ansi_color=True if no_color else None)  # type: ignore[arg-type]
        self._notifications = LastingNotifications()
        self._article, self._options, self._settings = article, options, settings
        self._no_color = no_color
        self._themes = load_themes()
        self.keymap = Keymap.from_settings(settings.keys)
        for theme in self._themes.themes:
            self.register_theme(theme)
        self._problems = [*self._themes.problems, *self.keymap.problems, *settings.problems]
        self.theme = self._first_theme()
        self.set_keymap(self.keymap.as_textual())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Caveat's own variables, for themes that do not set them."""
        return VARIABLE_DEFAULTS

    def get_default_screen(self) -> Screen[None]:
        """The one screen, so that no other is made before it."""
        return ReadingScreen(self._article, self._options, self._settings, self.keymap)

    def on_mount(self) -> None:
        """Say what was wrong with the settings; theme and keys are already set, so that nothing is styled twice."""
        for problem in self._problems:
            self.notify(clean_line(problem), title="Settings", severity="warning", markup=False, timeout=8)

    def _first_theme(self) -> str:
        """The theme of the settings if it can be used, else the default, with a line that says so."""
        wanted = self._settings.theme
        if self._no_color and wanted not in self._offered():
            wanted = NO_COLOR_THEME
        if wanted not in self.available_themes:
            self._problems.append(
                f"theme {wanted!r}: no such theme{nearest(wanted, self._themes.names)}; {DEFAULT_THEME} is used"
            )
            return DEFAULT_THEME
        return wanted

    def action_next_theme(self) -> None:
        """The next theme by name."""
        names = self._offered()
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]
        self.notify(f"Theme: {self.theme}", markup=False, timeout=2)

    def action_command_palette(self) -> None:
        """Open the palette, once."""
        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette(id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that has a key, in the palette too."""
        for action in self.keymap.actions:
            if action.id != "palette":
                keys = self.keymap.shown(action.id)
                yield SystemCommand(action.description, f"key: {keys}", lambda run=action.action: self._run(run))
        for name in self._offered():
            yield SystemCommand(f"Theme: {name}", "Use this theme", lambda chosen=name: setattr(self, "theme", chosen))
        yield from (c for c in super().get_system_commands(screen) if c.title == "Screenshot")

    def _offered(self) -> list[str]:
        """The themes to choose from: without colour, only those made of the terminal's own."""
        return [theme.name for theme in self._themes.themes if theme.ansi or not self._no_color]

    async def _run(self, action: str) -> None:
        await self.run_action(action, self.screen)
