"""A page and, at its right, the panel of the deed that is being done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from provider_desk.ui.forms.typed import cover_fields
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.theme import px

#: Pixels at 100 % that a panel wants, and a page needs beside it.
_PANEL_WIDTH = 400
_PAGE_NEEDS = 420


class Beside(QWidget):
    """Where there is no room for both, the panel has it.

    Attributes:
        emptied: the panel was closed; the page has the place again.
        banner: above the page.
    """

    emptied = Signal()

    def __init__(self, frame: Frame, pages: QWidget) -> None:
        super().__init__()
        self._frame = frame
        self._panel: Panel | None = None
        self._came_from: QWidget | None = None
        self.banner = Banner()
        self._left = QWidget()
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.banner)
        self.banner.shown_or_hidden.connect(
            lambda seen: above.setContentsMargins(
                px(24), px(16) if seen else 0, px(24), 0
            )
        )
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(above)
        left.addWidget(pages, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._left, 1)

    @property
    def panel(self) -> Panel | None:
        """What stands beside the page, if anything."""
        return self._panel

    def show_panel(self, panel: QWidget) -> None:
        """Put a panel there; a draft of the same deed is taken up again."""
        if not isinstance(panel, Panel):
            return
        self.close_panel()
        self._note_where()
        self._panel = panel
        panel.closed.connect(self.close_panel)
        self._row.addWidget(panel)
        cover_fields(self._frame.veil, panel)
        self._frame.drafts.show(panel)
        self.fit()
        panel.show()
        panel.start()

    def close_panel(self) -> None:
        """Take the panel away; one with something typed is kept as a draft."""
        panel, self._panel = self._panel, None
        if panel is None:
            return
        panel.closed.disconnect(self.close_panel)
        self._row.removeWidget(panel)
        self._left.show()
        # The cursor goes back before the panel does: it would land anywhere else.
        self.emptied.emit()
        self._frame.drafts.keep(panel)

    def focus_where_it_was(self) -> bool:
        """Give the focus back to what opened the panel; False where that is gone."""
        came, self._came_from = self._came_from, None
        if came is None or not isValid(came) or not came.isVisible():
            return False
        came.setFocus(Qt.FocusReason.OtherFocusReason)
        return came.hasFocus()

    def _note_where(self) -> None:
        """Remember what has the focus on the page, to give it back later."""
        at = QApplication.focusWidget()
        if at is not None and self._left.isAncestorOf(at):
            self._came_from = at

    def fit(self) -> None:
        """Share the width between page and panel."""
        if self._panel is None:
            return
        both = self.width() >= px(_PANEL_WIDTH) + px(_PAGE_NEEDS)
        self._left.setVisible(both)
        self._panel.setFixedWidth(px(_PANEL_WIDTH) if both else self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share anew."""
        super().resizeEvent(event)
        self.fit()
