"""Highlights and notes, kept in the library at once; each change can be undone and done again."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content

from reader.article.model import Span
from reader.library import COLOURS, Colour, LibraryError, Note, Place, find_words
from reader.tui.widgets.line_painter import ASCII_NOTE_SIGNS, NOTE_SIGNS

if TYPE_CHECKING:
    from reader.tui.acts import Acts
    from reader.tui.screens.reading import ReadingScreen

_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class _Change:
    """One act: how to do it and how to undo it, and what it is called."""

    name: str
    do: Callable[[], object]
    undo: Callable[[], object]


class Noting:
    """The reader's own marks on the article."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._colour: Colour = COLOURS[0]
        self._done: list[_Change] = []
        self._undone: list[_Change] = []
        self.notes: dict[str, Note] = {}
        self.lost: set[str] = set()
        """Notes whose words are no longer in the article."""

    @property
    def acts(self) -> Acts:
        """What keys can do here."""
        return {
            "highlight": self.toggle,
            "highlight-colour": self.next_colour,
            "note": self.write,
            "notes": self.list_notes,
            "undo": self.undo,
            "redo": self.redo,
        }

    def load(self) -> None:
        """Take up the notes of the article, each where its words stand now."""
        screen = self._screen
        self.notes, self.lost = {}, set()
        for note in screen.library.notes(screen.key):
            where = find_words(screen.article.paragraphs, note.paragraph, note.start, note.quote)
            if where is None:
                self.lost.add(note.id)
                self.notes[note.id] = note
            else:
                self.notes[note.id] = replace(note, paragraph=where[0], start=where[1], end=where[1] + len(note.quote))
        self._show()

    def at(self, paragraph: int) -> tuple[Note, ...]:
        """The notes on a paragraph."""
        return tuple(n for n in self.notes.values() if n.paragraph == paragraph and n.id not in self.lost)

    def toggle(self) -> None:
        """Highlight the claim or the paragraph, or take its highlight away."""
        span = self._screen.current_span()
        here = [n for n in self.at(span.paragraph) if n.start < span.end and span.start < n.end]
        note = next((n for n in here if (n.start, n.end) == (span.start, span.end) or not n.words), None)
        if note is not None:
            self._drop(note)
        else:
            self.highlight(span, self._colour)

    def highlight(self, span: Span, colour: Colour, words: str = "") -> None:
        """Highlight a stretch of the text."""
        self._colour = colour
        quote = self._screen.article.text_at(span)
        note = Note(os.urandom(16).hex(), span.paragraph, span.start, span.end, quote, colour, words)
        self._change(_Change("highlight", lambda: self._put(note), lambda: self._take_away(note)))

    def next_colour(self) -> None:
        """Give the highlight here the next colour, or make one in it."""
        span = self._screen.current_span()
        note = self._on(span)
        colour = COLOURS[(COLOURS.index(note.colour if note else self._colour) + 1) % len(COLOURS)]
        if note is None:
            self.highlight(span, colour)
        else:
            self._colour = colour
            self._replace(note, replace(note, colour=colour), "colour")

    def write(self) -> None:
        """Ask for the words of the note on the claim or the paragraph, or of a new one."""
        span = self._screen.current_span()
        note = self._on(span)
        if note is None:
            self.write_on(span)
        else:
            self.rewrite(note)

    def write_on(self, span: Span) -> None:
        """Ask for the words of a new note."""
        from reader.tui.screens.dialogs import NoteScreen

        def taken(words: str | None) -> None:
            if words:
                self.highlight(span, self._colour, words)

        self._screen.app.push_screen(NoteScreen(self._screen.keymap, self._screen.article.text_at(span)), taken)

    def rewrite(self, note: Note) -> None:
        """Ask for other words of a note."""
        from reader.tui.screens.dialogs import NoteScreen

        def taken(words: str | None) -> None:
            if words is not None:
                self._replace(note, replace(note, words=words), "note")

        self._screen.app.push_screen(NoteScreen(self._screen.keymap, note.quote, note.words), taken)

    def list_notes(self) -> None:
        """Show all notes, to go to one, to change or to delete it."""
        from reader.tui.screens.picker import Entry, Picker

        signs = ASCII_NOTE_SIGNS if self._screen.is_ascii else NOTE_SIGNS
        notes = sorted(self.notes.values(), key=lambda n: (n.paragraph, n.start))
        entries = [
            Entry(
                Content.assemble(
                    (f"{signs[n.colour]} ", f"on $note-{n.colour}"),
                    f"¶ {n.paragraph + 1}  " if n.id not in self.lost else "no longer in the article  ",
                    (f"{n.words}  " if n.words else "", "bold"),
                    (f"“{n.quote[:100]}”", "$muted"),
                ),
                f"{n.words} {n.quote} {n.colour}",
                n.id,
            )
            for n in notes
        ]
        picker = Picker(self._screen.keymap, "Highlights and notes", entries, deleted=self._delete, edited=self._edit)
        self._screen.app.push_screen(picker, self._go_to)

    def undo(self) -> None:
        """Undo the last change."""
        self._turn(self._done, self._undone, "undone", lambda change: change.undo)

    def redo(self) -> None:
        """Do again what was undone."""
        self._turn(self._undone, self._done, "done again", lambda change: change.do)

    def set_mark(self, name: str, place: Place | None) -> bool:
        """Set a mark or take it away, in a way that can be undone; whether it could be done."""
        library, key = self._screen.library, self._screen.key
        before = library.marks(key).get(name)
        return self._change(
            _Change(
                f"mark {name}", lambda: library.set_mark(key, name, place), lambda: library.set_mark(key, name, before)
            )
        )

    def _on(self, span: Span) -> Note | None:
        return next((n for n in self.at(span.paragraph) if n.start < span.end and span.start < n.end), None)

    def _drop(self, note: Note) -> bool:
        return self._change(_Change("highlight", lambda: self._take_away(note), lambda: self._put(note)))

    def _replace(self, note: Note, changed: Note, what: str) -> None:
        self._change(_Change(what, lambda: self._put(changed), lambda: self._put(note)))

    def _delete(self, note_id: str) -> bool:
        return self._drop(self.notes[note_id])

    def _edit(self, note_id: str) -> None:
        self._screen.call_later(self.rewrite, self.notes[note_id])

    def _go_to(self, note_id: str | None) -> None:
        if note_id is not None and note_id not in self.lost and note_id in self.notes:
            note = self.notes[note_id]
            self._screen.walking.jump_to(Span(note.paragraph, note.start, note.end))

    def _change(self, change: _Change) -> bool:
        try:
            change.do()
        except LibraryError as error:
            self._screen.warn(str(error))
            return False
        self._done = [*self._done[1 - _REMEMBERED :], change]
        self._undone.clear()
        return True

    def _turn(
        self, taken: list[_Change], put: list[_Change], word: str, way: Callable[[_Change], Callable[[], object]]
    ) -> None:
        if not taken:
            self._screen.say(f"Nothing to be {word}.")
            return
        try:
            way(taken[-1])()
        except LibraryError as error:
            self._screen.warn(str(error))
            return
        put.append(taken.pop())
        self._screen.say(f"{put[-1].name[0].upper()}{put[-1].name[1:]}: {word}.")

    def _put(self, note: Note) -> None:
        self.notes[note.id] = self._screen.library.put_note(self._screen.key, note)
        self._show()

    def _take_away(self, note: Note) -> None:
        self._screen.library.drop_note(note.id)
        self.notes.pop(note.id, None)
        self._show()

    def _show(self) -> None:
        by_paragraph: dict[int, list[Note]] = {}
        for note in self.notes.values():
            if note.id not in self.lost:
                by_paragraph.setdefault(note.paragraph, []).append(note)
        self._screen.article_pane.show_notes(by_paragraph)
        self._screen.show_beside()
