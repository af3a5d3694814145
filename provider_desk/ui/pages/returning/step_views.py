"""The views of the steps, one of them shown: only that one asks for room."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class StepViews(QStackedWidget):
    """A stack that is never higher than what it shows needs.

    Each view has a table or scrolls, which gives way; so the least height counts, not
    the height that a table would like.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        """Its views share out the height that there is."""
        return False

    def sizeHint(self) -> QSize:
        """As what is shown."""
        shown = self.currentWidget()
        return super().sizeHint() if shown is None else shown.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As what is shown."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()
