"""Panels that were left with something typed; they open where they were."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from provider_desk.ui.parts.panel import Panel


class Drafts(QObject):
    """What was begun and not saved, by deed and what it is about.

    Attributes:
        changed: the list is not what it was.
    """

    changed = Signal()

    def __init__(self, parent: QObject, window: QWidget) -> None:
        super().__init__(parent)
        self._kept: dict[str, Panel] = {}
        # Kept panels live here, so that they end with the window.
        self._home = QWidget(window)
        self._home.hide()

    def keep(self, panel: Panel) -> None:
        """Keep a panel that somebody leaves, or let it go if nothing was typed."""
        panel.hide()
        if panel.draft and panel.is_dirty():
            self._kept[panel.draft] = panel
            panel.setParent(self._home)
            self.changed.emit()
        else:
            panel.deleteLater()

    def take(self, panel: Panel) -> Panel:
        """The draft of the same deed if there is one, else the panel itself."""
        kept = self._kept.pop(panel.draft, None)
        if kept is None:
            return panel
        if kept is not panel:
            panel.deleteLater()
        self.changed.emit()
        return kept

    def drop(self, panel: Panel) -> None:
        """Throw a draft away."""
        if self._kept.pop(panel.draft, None) is not None:
            panel.deleteLater()
            self.changed.emit()

    def drop_all(self) -> None:
        """Throw everything away."""
        for panel in self.all():
            self.drop(panel)

    def all(self) -> list[Panel]:
        """Those that wait, oldest first."""
        return list(self._kept.values())
