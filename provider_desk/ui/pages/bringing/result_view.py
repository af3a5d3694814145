"""The end: what came in, and where the rows set aside are."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.services.bring_in import BroughtIn
from provider_desk.ui.pages.bringing import preview
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.words import body, soft, state, strong
from provider_desk.ui.theme import px


class ResultView(QWidget):
    """What happened, in words.

    Attributes:
        again: other files are to be brought in.
    """

    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.card = Card()
        self.open_aside: QWidget | None = None
        self._other = plain("Bring in other files", self.again.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.card)
        column.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_result(self, made: BroughtIn) -> None:
        """Say what came in."""
        clear(self.card.inside)
        self.open_aside = None
        inside = self.card.inside
        inside.addWidget(state("It is on the desk.", "good"))
        inside.addWidget(body(preview.summary(made.look)))
        if made.set_aside is not None:
            self._add_aside(made.set_aside, len(made.look.batch.set_aside))

    def start(self) -> None:
        """Put the cursor on what comes next."""
        first = self.open_aside or self._other
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_aside(self, path: Path, count: int) -> None:
        inside = self.card.inside
        rows = "1 row was" if count == 1 else f"{count:,} rows were"
        inside.addSpacing(px(8))
        inside.addWidget(strong(f"{rows} set aside"))
        where = body(str(path))
        where.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        inside.addWidget(where)
        inside.addWidget(
            soft(
                "Each row has a sentence that says what is wrong. Correct them there, "
                "save the workbook and bring it in: only what is new is added."
            )
        )
        row = QHBoxLayout()
        row.setSpacing(px(8))
        opener = primary("Open the workbook", lambda: _open(path))
        row.addWidget(opener)
        row.addWidget(plain("Open its folder", lambda: _open(path.parent)))
        row.addStretch(1)
        held = QWidget()
        held.setProperty("role", "clear")
        row.setContentsMargins(0, 0, 0, 0)
        held.setLayout(row)
        inside.addWidget(held)
        self.open_aside = opener


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
