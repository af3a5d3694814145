"""Panels: write a process note, and continue one."""

from collections.abc import Callable, Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotAllowed
from provider_desk.model.fields import Day, shown
from provider_desk.model.notes import NoteText
from provider_desk.services.notes import process_notes
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.noting.fields import (
    TITLE,
    WHY,
    WORDS,
    NotePanel,
    say_who_reads,
)
from provider_desk.ui.parts.words import soft

_SAVE = "Save and seal"
_DAY = Day(label="")
_ADDING = "Only added something at the end? Then leave “Why” empty."


class WriteNotePanel(NotePanel):
    """A new process note about a person."""

    def __init__(self, frame: Frame, client_id: str, code: str) -> None:
        super().__init__(
            frame,
            deeds.PROCESS_NOTE.words,
            _SAVE,
            subject=code,
            draft=f"process note:{client_id}",
        )
        self._client_id = client_id
        self.opening = Opening("process note", {"client_id": client_id, "code": code})
        say_who_reads(self)
        self.ask("text", WORDS, optional=False)
        self.ask("title", TITLE, optional=True)

    def deed(self, values: dict[str, str]) -> Changed | tuple[str, Changed]:
        """Write the note."""
        return process_notes.write(
            self.frame.desk, self._client_id, values["title"], values["text"]
        )


class ContinueNotePanel(NotePanel):
    """The next version of one's own process note."""

    def __init__(self, frame: Frame, note: NoteText, code: str) -> None:
        newest = note.versions[0]
        super().__init__(
            frame,
            "Continue process note",
            _SAVE,
            subject=code,
            draft=f"continue note:{note.line.thread}",
        )
        self._note_id = newest.note_id
        self.opening = Opening(
            "continue note", {"note_id": newest.note_id, "code": code}
        )
        said = f"Version {newest.version} of {shown(_DAY, newest.on)} stays."
        self.body.addWidget(soft(f"{said} {_ADDING}"))
        self.ask("text", WORDS, optional=False, value=newest.text)
        self.ask("title", TITLE, optional=True, value=newest.title)
        self.ask("reason", WHY, optional=True)

    def start(self) -> None:
        """Put the cursor behind what is there."""
        super().start()
        box = self.boxes["text"].editor.inner
        if hasattr(box, "moveCursor"):
            from PySide6.QtGui import QTextCursor  # noqa: PLC0415

            box.moveCursor(QTextCursor.MoveOperation.End)

    def deed(self, values: dict[str, str]) -> Changed | tuple[str, Changed]:
        """Write the next version."""
        return process_notes.continue_note(
            self.frame.desk,
            self._note_id,
            values["title"],
            values["text"],
            values["reason"],
        )


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel of a new note that a draft was typed into."""
    if may(frame.desk, Permission.WRITE_SEALED):
        frame.open_panel(WriteNotePanel(frame, args["client_id"], args["code"]))
    else:
        gone()


def reopen_continue(
    frame: Frame, args: Mapping[str, str], gone: Callable[[], None]
) -> None:
    """Open the panel of a note that was being continued."""
    desk, note_id = frame.desk, args["note_id"]

    def read() -> NoteText:
        note = process_notes.read(desk, note_id)
        if not note.line.mine:
            raise NotAllowed("Somebody else wrote this process note.")
        return note

    def found(note: NoteText) -> None:
        frame.open_panel(ContinueNotePanel(frame, note, args["code"]))

    frame.read(frame, read, found, lambda _error: gone())
