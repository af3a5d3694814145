"""The buttons at the bottom of a panel: in a second line where one has no room."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLayoutItem, QWidget

from provider_desk.ui.parts.flow import Flow


class Foot(Flow):
    """Lays buttons out as a row does, and goes on below before it cuts their words."""

    def __init__(self, spacing: int) -> None:
        super().__init__(spacing)
        self._shares: dict[QWidget, int] = {}

    def addWidget(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a button at the end.

        Args:
            widget: the button.
            stretch: its share of what is left over in its line, as in a row.
        """
        self._shares[widget] = stretch
        super().addWidget(widget)

    def _share(self, button: QWidget | None) -> int:
        return 0 if button is None else self._shares.get(button, 0)

    def _place(self, line: list[QLayoutItem], room: QRect) -> None:
        """Put the buttons of a line beside each other; they share what is over."""
        shares = [self._share(item.widget()) for item in line]
        wide = sum(item.sizeHint().width() for item in line)
        over = max(room.width() - wide - self._gap * (len(line) - 1), 0)
        x = room.x()
        for item, share in zip(line, shares, strict=True):
            width = item.sizeHint().width() + over * share // max(sum(shares), 1)
            width = min(width, room.width())
            item.setGeometry(QRect(x, room.y(), width, room.height()))
            x += width + self._gap
