"""A person's time line: everything, newest first, filtered by kind."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.fields import Day, shown
from provider_desk.model.views import Event, EventKind
from provider_desk.services.casework.search_text import folded
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.tables.rows import ROW, Index
from provider_desk.ui.theme import BODY_PT, SMALL_PT, px, tokens
from provider_desk.ui.veil import HIDDEN

_DAY = Day(label="")
_TOP = QModelIndex()
_DATE_WIDTH = 142
_HEIGHT = 46
_CORRECTED = "put right later"
_FIND_WIDTH = 230
_FIND, _FIND_IN_NOTES = "Find words", "Find words, in notes too"
#: What was written, or that it is hidden.
_DETAIL = Qt.ItemDataRole.UserRole + 1


class EventList(QAbstractListModel):
    """The events of the kinds that are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Event, ...] = ()
        self._shown: list[Event] = []
        self._kind: EventKind | None = None
        self._words: list[str] = []
        self._also: frozenset[str] = frozenset()
        self._hidden = False

    def set_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Hide what was written, or show it."""
        self._hidden = hidden
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def set_events(self, events: Sequence[Event]) -> None:
        """Show other events, newest first."""
        self._all = tuple(events)
        self.filter(self._kind)

    @property
    def events(self) -> tuple[Event, ...]:
        """All of them, shown or not."""
        return self._all

    def filter(self, kind: EventKind | None) -> None:
        """Show only one kind, or all."""
        self.beginResetModel()
        self._kind = kind
        self._shown = [
            event
            for event in self._all
            if (kind is None or event.kind == kind) and self._is_found(event)
        ]
        self.endResetModel()

    def look_for(self, text: str, also: Collection[str] = ()) -> None:
        """Show only events that say all the words, or are among some records.

        Args:
            text: words; capitals and accents do not matter.
            also: ids of records in which the words were found elsewhere.
        """
        self._words = folded(text).split()
        self._also = frozenset(also)
        self.filter(self._kind)

    def _is_found(self, event: Event) -> bool:
        if not self._words or event.row_id in self._also:
            return True
        said = folded(f"{event.title} {event.detail}")
        return all(word in said for word in self._words)

    def kinds(self) -> list[EventKind]:
        """The kinds there are, in the order of their declaration."""
        present = {event.kind for event in self._all}
        return [kind for kind in EventKind if kind in present]

    def rowCount(self, parent: Index = _TOP) -> int:
        """How many events are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for a screen reader, or the event itself for the painter."""
        if not index.isValid():
            return None
        event = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            parts = (shown(_DAY, event.on), event.title, self._detail(event))
            return " · ".join(part for part in parts if part)
        if role == _DETAIL:
            return self._detail(event)
        return event if role == ROW else None

    def _detail(self, event: Event) -> str:
        detail = HIDDEN if self._hidden and event.detail else event.detail
        parts = (detail, _CORRECTED if event.corrected else "")
        return " · ".join(part for part in parts if part)


class _Painter(QStyledItemDelegate):
    """Draws an event: day at the left, a dot on a line, what happened, details."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are equally high."""
        del index
        return QSize(option.rect.width(), px(_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Draw one event."""
        event: Event = index.data(ROW)
        colours = tokens()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.wash))
        self._draw_line(painter, rect, event)
        text = rect.adjusted(px(_DATE_WIDTH), px(4), -px(12), -px(4))
        half = text.height() // 2
        upper = QRect(text.x(), text.y(), text.width(), half)
        lower = QRect(text.x(), text.y() + half, text.width(), half)
        detail = str(index.data(_DETAIL) or "")
        self._write(painter, upper if detail else text, event.title, strong=True)
        if detail:
            self._write(painter, lower, detail, strong=False)
        painter.restore()

    def _draw_line(self, painter: QPainter, rect: QRect, event: Event) -> None:
        colours = tokens()
        x = rect.x() + px(_DATE_WIDTH - 14)
        painter.setPen(QColor(colours.line))
        painter.drawLine(x, rect.top(), x, rect.bottom())
        painter.setPen(Qt.PenStyle.NoPen)
        quiet = event.kind in (EventKind.SESSION, EventKind.WAITING)
        painter.setBrush(QColor(colours.soft if quiet else colours.accent))
        size = px(3 if quiet else 4)
        painter.drawEllipse(
            x - size, rect.center().y() - size, 2 * size + 1, 2 * size + 1
        )
        painter.setFont(_font(strong=False))
        painter.setPen(QColor(colours.soft))
        day = rect.adjusted(px(8), 0, 0, 0)
        day.setWidth(px(_DATE_WIDTH - 28))
        painter.drawText(day, Qt.AlignmentFlag.AlignVCenter, shown(_DAY, event.on))

    def _write(
        self, painter: QPainter, rect: QRect, words: str, *, strong: bool
    ) -> None:
        colours = tokens()
        painter.setFont(_font(strong=strong))
        painter.setPen(QColor(colours.ink if strong else colours.soft))
        cut = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, rect.width()
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, cut)


def _font(*, strong: bool) -> QFont:
    font = QFont(QApplication.font())
    if not strong:
        font.setPointSizeF(font.pointSizeF() * SMALL_PT / BODY_PT)
    return font


class _List(QListView):
    opened = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class TimeLine(QWidget):
    """Filters above, events below; Enter or a double click opens one.

    Attributes:
        asked: other words are looked for; carries them.
        search: where they are typed.
    """

    asked = Signal(str)

    def __init__(self, opened: Callable[[Event], None]) -> None:
        super().__init__()
        self._opened = opened
        self.model = EventList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._chips = Flow(px(6))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_FIND)
        self.search.setAccessibleName("Find in the time line")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(px(_FIND_WIDTH))
        self.search.textChanged.connect(self._look_for)
        self._chips.addWidget(self.search)
        column.addLayout(self._chips)
        self.view = _List()
        self.view.setAccessibleName("Time line")
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Painter(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMinimumHeight(px(_HEIGHT * 4))
        self.view.opened.connect(self._open)
        self.view.doubleClicked.connect(self._open)
        column.addWidget(self.view, 1)
        self._buttons: dict[EventKind | None, QPushButton] = {}

    def set_events(self, events: Sequence[Event]) -> None:
        """Show other events; the filter stays where it still finds some."""
        self.model.set_events(events)
        wanted: list[EventKind | None] = [None, *self.model.kinds()]
        if wanted != list(self._buttons):
            self._make_chips(wanted)
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

    def _make_chips(self, kinds: list[EventKind | None]) -> None:
        # By ``removeWidget``, which frees what the layout itself made for a widget.
        for chip in self._buttons.values():
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.removeWidget(self.search)
        self._buttons = {}
        for kind in kinds:
            words = "Everything" if kind is None else _plural(kind).capitalize()
            chip = plain(words, lambda kind=kind: self._filter(kind))  # type: ignore[misc]
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setChecked(kind is None)
            self._buttons[kind] = chip
            self._chips.addWidget(chip)
        self._chips.addWidget(self.search)

    def _filter(self, kind: EventKind | None) -> None:
        for each, chip in self._buttons.items():
            chip.setChecked(each == kind)
        self.model.filter(kind)

    def _open(self, index: QModelIndex) -> None:
        event = index.data(ROW) if index.isValid() else None
        if isinstance(event, Event):
            self._opened(event)


def _plural(kind: EventKind) -> str:
    words = {EventKind.WAITING: "waiting", EventKind.EXIT: "exit strategies"}
    return words.get(kind, f"{kind.value}s")
