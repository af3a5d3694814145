"""What is looked at in the second step, and whether the figures are issued."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from provider_desk.services.returning.choosing import COUNCIL, INTERNAL
from provider_desk.ui import deeds
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import set_state, state
from provider_desk.ui.theme import px

EXACT, SIDES, IMPACT = INTERNAL, "sides", "impact"
QUESTIONS, RESTATED = "questions", "restated"

#: What can be looked at: code, words, and whether it shows exact figures by itself.
SHOWN = (
    (EXACT, "Exact", True),
    (COUNCIL, "Council's copy", False),
    (SIDES, "Side by side", True),
    (IMPACT, "Scores", False),
    (QUESTIONS, "Three questions", False),
    (RESTATED, "Differs now", True),
)


class ShownRow(QWidget):
    """A chip for each, and below them whether the figures are issued.

    Attributes:
        chosen: something else is to be looked at; carries a code of ``SHOWN``.
        issue_button: issues the council's figures.
    """

    chosen = Signal(str)

    def __init__(self, *, makes: bool, issue: Callable[[], None]) -> None:
        """Lay it out.

        Args:
            makes: whether the exact figures may be seen.
            issue: asks for the figures to be issued.
        """
        super().__init__()
        self._makes = makes
        self._can_issue = False
        self._codes = [code for code, _, inside in SHOWN if makes or not inside]
        self._group = QButtonGroup(self)
        held = QWidget()
        chips = Flow(px(8), held)
        for code, words, _ in SHOWN:
            if code in self._codes:
                button = chip(words, lambda: None)
                self._group.addButton(button, self._codes.index(code))
                chips.addWidget(button)
        self._group.setExclusive(True)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._codes[at]))
        self.issued = state()
        self.issue_button = primary(deeds.ISSUE.words, issue, deeds.ISSUE.key)
        self.issue_button.hide()
        below = QHBoxLayout()
        below.setSpacing(px(12))
        below.addWidget(self.issued, 1)
        below.addWidget(self.issue_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(held)
        column.addLayout(below)
        self.issued.hide()

    def showing(self) -> str:
        """What is looked at: a code of ``SHOWN``."""
        return self._codes[max(self._group.checkedId(), 0)]

    def choose(self, code: str) -> None:
        """Look at something, as if its chip was pressed."""
        self._group.button(self._codes.index(code)).click()

    def can_issue(self) -> bool:
        """Whether the council's figures can be issued now."""
        return self._can_issue

    def show_issued(self, *, issued: bool, why_not: str) -> None:
        """Say whether the council's figures are issued, and offer to.

        Args:
            issued: they stand in the ledger.
            why_not: why they can't be issued now, "" where they can.
        """
        self._can_issue = self._makes and not issued and not why_not
        self.issue_button.setVisible(self._can_issue)
        said = "The council's figures are issued: they stay as they are."
        if not issued:
            said = why_not or "The council's figures are not issued yet."
        set_state(self.issued, said, "good" if issued else "plain")
        self.issued.setVisible(self._makes)


def chip(text: str, changed: Callable[[], None]) -> QPushButton:
    """A small button that stays pressed."""
    button = plain(text, changed)
    button.setProperty("role", "chip")
    button.setCheckable(True)
    return button
