"""The app: themes, keys and the one screen."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

from textual import events
from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from reader.article.clean import clean_line
from reader.article.model import Article
from reader.findings import DeskOptions
from reader.resources import resource_dir
from reader.settings import Settings, nearest
from reader.tui.keymap import Keymap
from reader.tui.notices import LastingNotifications
from reader.tui.opened import Opened
from reader.tui.plain import PlainFilter
from reader.tui.screens.palette import Palette
from reader.tui.screens.reading import ReadingScreen
from reader.tui.theming import DEFAULT_THEME, NO_COLOR_THEME, VARIABLE_DEFAULTS, ThemeWatch, load_themes

_LOOK_AGAIN = 1.0


class CaveatApp(App[None]):
    """Caveat on the terminal."""

    TITLE = "Caveat"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "f35"  # the keymap says what opens it

    def __init__(
        self, article: Article | Opened, options: DeskOptions | None = None, settings: Settings | None = None
    ) -> None:
        opened = (
            article
            if isinstance(article, Opened)
            else Opened(article, options or DeskOptions(), settings or Settings())
        )
        no_color = bool(os.environ.get("NO_COLOR"))
        super().__init__(css_path=str(resource_dir("styles") / "reading.tcss"), ansi_color=True if no_color else None)
        self._notifications = LastingNotifications()
        self.animation_level = "none"
        self.set_class(opened.settings.reading.plain, "-plain")
        self._opened, self._no_color = opened, no_color
        self._shown = 0
        self._typed = ""
        self._themes = load_themes()
        self._watch = ThemeWatch()
        self.keymap = Keymap.from_settings(opened.settings.keys)
        for theme in self._themes.themes:
            self.register_theme(theme)
        self._problems = [*self._themes.problems, *self.keymap.problems, *opened.settings.problems]
        self.theme = self._first_theme()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and in plain mode the one that leaves ASCII alone."""
        own = [PlainFilter()] if self._opened.settings.reading.plain else []
        return [*super().get_line_filters(), *own]

    def notify(self, message: str, **how: Any) -> None:
        """Tell the reader something: in the foot where everything is to be in reading order, else in a corner."""
        reading = next((s for s in self.screen_stack if isinstance(s, ReadingScreen)), None)
        if self._opened.settings.reading.plain and reading is not None:
            reading.foot.say_for(f"{how.get('title', '')}: {message}".removeprefix(": "), how.get("timeout") or 5.0)
        else:
            super().notify(message, **how)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Caveat's own variables, for themes that do not set them."""
        return VARIABLE_DEFAULTS

    def get_default_screen(self) -> Screen[None]:
        """The one screen, so that no other is made before it."""
        return ReadingScreen(self._opened, self.keymap)

    def on_mount(self) -> None:
        """Say what was wrong with the settings; the theme is already set, so that nothing is styled twice."""
        for problem in self._problems:
            self._warn(problem)
        self.set_interval(_LOOK_AGAIN, self._look_at_themes)
        if self._typed:
            self.call_after_refresh(self._take_typed)

    def _take_typed(self) -> None:
        """The keys that were pressed while the terminal was asked for its background."""
        from textual._xterm_parser import XTermParser

        parser = XTermParser()
        for event in (*parser.feed(self._typed), *parser.feed("")):
            if isinstance(event, events.Key):
                self.post_message(event)

    def show_article(self, opened: Opened) -> None:
        """Show another article, or the same one read again, in place of this."""
        self._opened, self._shown = opened, self._shown + 1
        before, name = self.current_mode, f"article-{self._shown}"
        left = list(self.screen_stack)
        self.add_mode(name, lambda: ReadingScreen(opened, self.keymap))
        self.run_worker(self._exchange(before, left, name), exit_on_error=False)

    async def _exchange(self, before: str, left: Sequence[Screen[Any]], after: str) -> None:
        await self.switch_mode(after)
        if self._shown > 1:
            await self.remove_mode(before)
            return
        for screen in reversed(left):  # the mode that an app begins in cannot be removed, what is in it can
            await screen.remove()

    def _first_theme(self) -> str:
        """The theme of the settings if it can be used, else the default, with a line that says so."""
        settings = self._opened.settings
        wanted = settings.theme
        if wanted == "auto":
            from reader.tui.terminal import background

            said = background()
            self._typed = said.typed
            wanted = settings.light_theme if said.is_light else settings.dark_theme
        if self._no_color and wanted not in self.offered_themes():
            wanted = NO_COLOR_THEME
        if wanted not in self.available_themes:
            self._problems.append(
                f"theme {wanted!r}: no such theme{nearest(wanted, self._themes.names)}; {DEFAULT_THEME} is used"
            )
            return DEFAULT_THEME
        return wanted

    def action_next_theme(self) -> None:
        """The next theme by name."""
        names = self.offered_themes()
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]
        self.notify(f"Theme: {self.theme}", markup=False, timeout=2)

    def wear(self, name: str) -> None:
        """Change to a theme by its name, or say that there is none."""
        if name in self.offered_themes():
            self.theme = name
        else:
            self._warn(f"theme {name!r}: no such theme{nearest(name, tuple(self.offered_themes()))}")

    def offered_themes(self) -> list[str]:
        """The themes to choose from: without colour, only those made of the terminal's own."""
        return [theme.name for theme in self._themes.themes if theme.ansi or not self._no_color]

    def take_setting(self, name: str, value: object) -> bool:
        """Take up a changed setting at once, where that can be done; whether it was."""
        reading = next((s for s in self.screen_stack if isinstance(s, ReadingScreen)), None)
        if reading is None:
            return False
        match name, value:
            case "theme", str() if value != "auto":
                self.wear(value)
            case "reading.width", int():
                reading.article_pane.set_measure(value)
            case "reading.justified", bool():
                reading.article_pane.justify(value)
            case _:
                return False
        return True

    def action_command_palette(self) -> None:
        """Open the palette, once."""
        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette(id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that has a key, in the palette too."""
        reading = next((s for s in self.screen_stack if isinstance(s, ReadingScreen)), None)
        if reading is not None:
            for action in self.keymap.actions:
                if action.context == "reading" and action.id != "palette":
                    keys = self.keymap.shown(action.id)
                    yield SystemCommand(action.description, f"key: {keys}", lambda run=action.id: reading.do(run))
        for name in self.offered_themes():
            yield SystemCommand(f"Theme: {name}", "Use this theme", lambda chosen=name: self.wear(chosen))
        yield from (c for c in super().get_system_commands(screen) if c.title == "Screenshot")

    def _look_at_themes(self) -> None:
        """Wear the reader's own theme files as they are written; a broken one leaves the last good theme and says why."""
        if not self._watch.has_changed():
            return
        self._themes = load_themes()
        for theme in self._themes.themes:
            self.register_theme(theme)
        for problem in self._themes.problems:
            self._warn(problem)
        if self.theme in self._themes.names:
            self.mutate_reactive(App.theme)

    def _warn(self, words: str) -> None:
        self.notify(clean_line(words), title="Settings", severity="warning", markup=False, timeout=8)
