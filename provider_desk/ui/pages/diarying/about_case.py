"""Whose session it is, with a way to another case."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.model.views import Case
from provider_desk.ui.pages.case_picker import case_detail, case_words
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.theme import px
from provider_desk.ui.veil import Veil


class AboutCase(QWidget):
    """Name or code, where the case stands, and a button.

    Attributes:
        other: goes to another case; hidden where it can't be another one.
    """

    def __init__(self, veil: Veil, change: Callable[[], None]) -> None:
        super().__init__()
        self._veil = veil
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self._who = strong()
        self._detail = soft()
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self._who)
        column.addWidget(self._detail)
        row.addWidget(words, 1)
        self.other = quiet("Change", change)
        self.other.setAccessibleName("Change whose session it is")
        row.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)

    def show_case(self, case: Case, detail: str = "") -> None:
        """Say whose it is; ``detail`` instead of where the case stands."""
        self._veil.say(
            self._who, case_words(case, hidden=False), case_words(case, hidden=True)
        )
        self._detail.setText(detail or case_detail(case))
