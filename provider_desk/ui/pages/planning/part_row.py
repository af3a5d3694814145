"""The parts of the capacity page, side by side at its top."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from provider_desk.ui.own_words import own
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.theme import px


class PartRow(QWidget):
    """Buttons, one of them pressed; the arrow keys walk along them.

    Attributes:
        chosen: somebody went to a part; carries its number from 0.
    """

    chosen = Signal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        row = Flow(px(8), self)
        for number, name in enumerate(names):
            button = plain(name, lambda: None)
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setAccessibleName(own(f"Part {number + 1}, {name}"))
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self.chosen)
        self._group.button(0).setChecked(True)

    def now(self) -> int:
        """The part that is shown."""
        return self._group.checkedId()

    def go_to(self, number: int) -> None:
        """Mark a part as the one that is shown."""
        self._group.button(number).setChecked(True)
