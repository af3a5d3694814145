"""A page that may be higher than the window, as with large text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

#: Property of a widget that a panel scrolls into sight as a whole.
IS_FIELD = "isField"


def scrolling(inner: QWidget) -> QScrollArea:
    """Something that scrolls where it has no room; it takes no focus itself."""
    inner.setProperty("role", "clear")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def centred(card: QWidget) -> QScrollArea:
    """A card in the middle of an area that scrolls where it is too high."""
    held = QWidget()
    # Not by alignment: then its height would be asked for at the width of the window.
    beside = QHBoxLayout()
    beside.addStretch(1)
    beside.addWidget(card)
    beside.addStretch(1)
    around = QVBoxLayout(held)
    around.addStretch(1)
    around.addLayout(beside)
    around.addStretch(1)
    return scrolling(held)
