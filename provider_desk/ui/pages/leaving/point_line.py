"""One point of the leaver's list: done or open, how it stands, its deed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from provider_desk.services.rights.leaving import LeaverPoint
from provider_desk.ui.parts.words import soft, state
from provider_desk.ui.theme import px


class PointLine(QFrame):
    """A sign, what is to be done, and how it stands.

    Attributes:
        button: the deed; None where there is nothing to press.
    """

    def __init__(self, point: LeaverPoint, button: QPushButton | None) -> None:
        """Lay it out.

        Args:
            point: of the list.
            button: its deed.
        """
        super().__init__()
        self.button = button
        self.setAccessibleName(f"{point.title}: {point.detail}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(4), 0, px(4))
        row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(state(point.title, "good" if point.done else "warn"))
        words.addWidget(soft(point.detail))
        row.addLayout(words, 1)
        if button is not None:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
