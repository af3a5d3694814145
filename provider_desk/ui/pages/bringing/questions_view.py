"""Dates that can be read in two ways: asked about, never guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.words import body, soft, state
from provider_desk.ui.theme import px

#: What an order of dates is called here.
_ORDERS = {
    "dmy": "The day comes first: 03/04/2017 is 3 April",
    "mdy": "The month comes first: 03/04/2017 is 4 March",
    "ymd": "The year comes first: 2017/04/03 is 3 April",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a column.

    Attributes:
        key: (sheet, column).
        text: the question in words.
        orders: the answers that fit.
        hint: what other dates of the column say.
    """

    key: tuple[str, str]
    text: str
    orders: Sequence[str]
    hint: str = ""


class QuestionsView(QWidget):
    """A card for each question, then a button to go on.

    Attributes:
        answered: every question has its answer.
    """

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._groups: dict[tuple[str, str], QButtonGroup] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(px(8))
        self.button = primary("Read the dates so", self.answered.emit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(12))
        whole.addLayout(self._column)
        whole.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addStretch(1)

    def ask(self, questions: Sequence[Asked]) -> None:
        """Show questions; what was answered before about others is kept."""
        clear(self._column)
        self._groups = {}
        said = state("Some dates can be read in two ways.", "warn")
        self._column.addWidget(said)
        for question in questions:
            self._column.addWidget(self._card(question))
        self._follow()
        first = next(iter(self._groups.values()), None)
        if first is not None and first.buttons():
            first.buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def answers(self) -> dict[tuple[str, str], Any]:
        """(sheet, column) → order."""
        found = {}
        for key, group in self._groups.items():
            chosen = group.checkedButton()
            if chosen is not None:
                found[key] = chosen.property("order")
        return found

    def _card(self, question: Asked) -> Card:
        card = Card()
        card.inside.addWidget(body(question.text))
        if question.hint:
            card.inside.addWidget(soft(question.hint))
        group = QButtonGroup(card)
        for order in question.orders:
            button = QRadioButton(_ORDERS.get(order, order))
            button.setProperty("order", order)
            button.setAccessibleDescription(question.text)
            button.toggled.connect(lambda _on: self._follow())
            group.addButton(button)
            card.inside.addWidget(button)
        self._groups[question.key] = group
        return card

    def _follow(self) -> None:
        self.button.setEnabled(len(self.answers()) == len(self._groups))
