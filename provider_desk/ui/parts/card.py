"""A surface with a thin line round it, for things that belong together."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from provider_desk.ui.own_words import own
from provider_desk.ui.parts.words import section
from provider_desk.ui.theme import px


class Card(QFrame):
    """A column of widgets on a surface.

    Attributes:
        inside: where its content goes.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(px(16), px(12), px(16), px(12))
        self.inside.setSpacing(px(8))
        if title:
            self.setAccessibleName(own(title))
            self.inside.addWidget(section(title))


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a column."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
