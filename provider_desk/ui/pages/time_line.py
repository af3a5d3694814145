"""A person's time line: everything, newest first, by episode, filtered by kind."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.views import Event
from provider_desk.services.casework.course.grouping import EventGroup
from provider_desk.ui.pages.course.event_list import EventList
from provider_desk.ui.pages.course.event_painter import HEIGHT, EventPainter
from provider_desk.ui.pages.course.kind_filter import KindFilter
from provider_desk.ui.parts.announce import tell_line
from provider_desk.ui.tables.rows import ROW
from provider_desk.ui.theme import px

__all__ = ["EventList", "TimeLine"]

_FIND_WIDTH = 230
_FIND, _FIND_IN_NOTES = "Find words", "Find words, in notes too"
_FOLDS = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}


class _List(QListView):
    opened = Signal(object)
    folded = Signal(object, bool)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        tell_line(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
        elif key in _FOLDS:
            self.folded.emit(self.currentIndex(), _FOLDS[key])
        else:
            super().keyPressEvent(event)


class TimeLine(QWidget):
    """Filters above, events below; Enter or a double click opens one.

    On a heading they fold its events up, as Left does from any of them; Right opens.

    Attributes:
        asked: other words are looked for; carries them.
        search: where they are typed.
        kinds: which kind is shown.
    """

    asked = Signal(str)

    def __init__(self, opened: Callable[[Event], None]) -> None:
        super().__init__()
        self._opened = opened
        self.model = EventList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.kinds = KindFilter(self.model.filter)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_FIND)
        self.search.setAccessibleName("Find in the time line")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(px(_FIND_WIDTH))
        self.search.textChanged.connect(self._look_for)
        above = QHBoxLayout()
        above.setSpacing(px(8))
        above.addWidget(self.kinds, 1)
        above.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(above)
        self.view = _List()
        self.view.setAccessibleName("Time line")
        self.view.setModel(self.model)
        self.view.setItemDelegate(EventPainter(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMinimumHeight(px(HEIGHT * 4))
        self.view.opened.connect(self._open)
        self.view.folded.connect(self._fold)
        self.view.doubleClicked.connect(self._open)
        column.addWidget(self.view, 1)

    def start_over(self) -> None:
        """Somebody else's comes next: no words, every kind, from the newest on."""
        self.search.clear()
        self.model.filter(None)
        self.kinds.set_kinds([])
        self.view.scrollToTop()

    def set_groups(self, groups: Sequence[EventGroup]) -> None:
        """Show other events; the filter stays where it still finds some."""
        self.model.set_groups(groups)
        if self.kinds.set_kinds(self.model.kinds()):
            self.model.filter(None)

    def say_where(self, *, notes: bool) -> None:
        """Say where words are looked for.

        Args:
            notes: in sealed notes too, as whoever is signed in may read them.
        """
        self.search.setPlaceholderText(_FIND_IN_NOTES if notes else _FIND)

    def _look_for(self, text: str) -> None:
        self.model.look_for(text)
        self.asked.emit(text)

    def _fold(self, index: QModelIndex, closed: bool) -> None:  # noqa: FBT001
        group = self.model.heading_above(index.row()) if index.isValid() else None
        if group is None:
            return
        self.model.fold(group, closed=closed)
        self.view.setCurrentIndex(self.model.index(self.model.row_of(group)))

    def _open(self, index: QModelIndex) -> None:
        held = index.data(ROW) if index.isValid() else None
        if isinstance(held, EventGroup):
            self._fold(index, not self.model.is_closed(held))
        elif isinstance(held, Event):
            self._opened(held)
