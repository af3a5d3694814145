"""The pages of the window, each made when somebody first goes there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget

from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.places import Place


class PageStack(QStackedWidget):
    """One page at a time; a page that is larger than the window scrolls."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._areas: dict[str, QScrollArea] = {}

    @property
    def page(self) -> Page | None:
        """What is shown now."""
        area = self.currentWidget()
        inner = area.widget() if isinstance(area, QScrollArea) else None
        return inner if isinstance(inner, Page) else None

    def turn_to(self, place: Place) -> Page:
        """Show a place, and hand back its page."""
        if place.name not in self._areas:
            self._areas[place.name] = self._held(place.made(self._frame))
        self.setCurrentWidget(self._areas[place.name])
        page = self.page
        assert page is not None  # noqa: S101 - the line above put it there
        return page

    def forget_others(self) -> None:
        """Make every page but the one that is shown anew when it is next gone to."""
        shown = self.currentWidget()
        for name, area in list(self._areas.items()):
            if area is not shown:
                del self._areas[name]
                self.removeWidget(area)
                area.deleteLater()

    def _held(self, page: Page) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        area.setAccessibleName(page.accessibleName())
        self.addWidget(area)
        return area
