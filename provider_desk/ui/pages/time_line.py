"""A person's time line: everything, newest first, filtered by kind."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
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
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.tables.rows import ROW, Index
from provider_desk.ui.theme import BODY_PT, SMALL_PT, px, tokens

_DAY = Day(label="")
_TOP = QModelIndex()
_DATE_WIDTH = 142
_HEIGHT = 46
_CORRECTED = "put right later"


class EventList(QAbstractListModel):
    """The events of the kinds that are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Event, ...] = ()
        self._shown: list[Event] = []
        self._kind: EventKind | None = None

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
        self._shown = [e for e in self._all if kind is None or e.kind == kind]
        self.endResetModel()

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
            parts = (shown(_DAY, event.on), event.title, event.detail)
            corrected = (_CORRECTED,) if event.corrected else ()
            return " · ".join(part for part in (*parts, *corrected) if part)
        return event if role == ROW else None


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
        has_detail = bool(event.detail or event.corrected)
        self._write(painter, upper if has_detail else text, event.title, strong=True)
        if has_detail:
            parts = (event.detail, _CORRECTED if event.corrected else "")
            self._write(painter, lower, " · ".join(p for p in parts if p), strong=False)
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
    """Filters above, events below; Enter or a double click opens one."""

    def __init__(self, opened: Callable[[Event], None]) -> None:
        super().__init__()
        self._opened = opened
        self.model = EventList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._chips = Flow(px(6))
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

    def _make_chips(self, kinds: list[EventKind | None]) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons = {}
        for kind in kinds:
            words = "Everything" if kind is None else _plural(kind).capitalize()
            chip = plain(words, lambda kind=kind: self._filter(kind))  # type: ignore[misc]
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setChecked(kind is None)
            self._buttons[kind] = chip
            self._chips.addWidget(chip)

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
