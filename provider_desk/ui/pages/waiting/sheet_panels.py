"""The call sheet to print, and the capacity statement for the hub."""

from collections.abc import Sequence
from pathlib import Path

from provider_desk.services.casework.waiting_on import call_sheet, capacity_statement
from provider_desk.services.casework.waiting_on.call_sheet import CallSheet
from provider_desk.services.casework.waiting_on.capacity_statement import (
    HEADINGS,
    NOTES,
    CapacityStatement,
)
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.long_panel import Work
from provider_desk.ui.pages.waiting import words
from provider_desk.ui.pages.waiting.paper_panel import PaperPanel
from provider_desk.ui.parts.card import Card
from provider_desk.ui.parts.words import body, soft, strong

_SHEET = (
    "A page for whoever rings today: the rule first, then the number, then boxes for "
    "what came of it. Only those are on it who have a safe phone. Shred it after use."
)
_NAMED = (
    "Beside the code stands one word to ask for: the first of what the person is known "
    "as, or of the first names. What is written down as family name is left out."
)
_CODES = "Names are hidden now, so that only codes stand on it."


class CallSheetPanel(PaperPanel):
    """Those in the list who may be phoned, on paper."""

    def __init__(self, frame: Frame, referral_ids: Sequence[str]) -> None:
        super().__init__(frame, deeds.CALL_SHEET.words, "Make the call sheet")
        self._ids = tuple(referral_ids)
        self.body.addWidget(strong(f"{words.people(len(self._ids))} in the list"))
        self.body.addWidget(body(_SHEET))
        self._who = soft("")
        self.body.addWidget(self._who)
        self.add_end()
        frame.privacy_changed.connect(self._say_who)
        self._say_who(frame.privacy)

    def what_to_do(self) -> Work | None:
        """Make the sheet."""
        folder = self.where()
        desk, ids, names = self.frame.desk, self._ids, not self.frame.privacy
        if folder is None:
            return None
        return lambda progress, cancelled: call_sheet.make_call_sheet(
            desk, ids, folder, names=names, progress=progress, cancelled=cancelled
        )

    def show_result(self, result: CallSheet) -> None:
        """Say where it is, and who is not on it."""
        said = f"The sheet is there: {words.people(result.calls)}."
        self.show_files([result.path], said)
        self.show_left_out(result.left_out)

    def _say_who(self, hidden: bool) -> None:  # noqa: FBT001
        self._who.setText(_CODES if hidden else _NAMED)


class CapacityStatementPanel(PaperPanel):
    """What the hub is told, looked at before it is written."""

    def __init__(self, frame: Frame) -> None:
        words_of_button = "Save it as PDF and CSV"
        super().__init__(frame, deeds.CAPACITY_STATEMENT.words, words_of_button)
        self._lines = Card()
        self.body.addWidget(self._lines)
        for note in NOTES:
            self.body.addWidget(soft(note))
        self.add_end()
        desk = frame.desk
        frame.read(self, lambda: capacity_statement.statement(desk), self._show)

    def what_to_do(self) -> Work | None:
        """Write both files."""
        folder, desk = self.where(), self.frame.desk
        if folder is None:
            return None
        return lambda _progress, _cancelled: capacity_statement.save_statement(
            desk, folder
        )

    def show_result(self, result: tuple[Path, ...]) -> None:
        """Say where they are."""
        said = "The statement is there. It holds nothing about one person."
        self.show_files(result, said, secret=False)

    def _show(self, found: CapacityStatement) -> None:
        for line in found.lines:
            self._lines.inside.addWidget(strong(line.area))
            said = zip(HEADINGS[1:], line.cells[1:], strict=True)
            told = " · ".join(f"{head}: {cell}" for head, cell in said if cell)
            self._lines.inside.addWidget(body(told))
