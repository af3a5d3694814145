"""How the time line is drawn: a heading for each episode, a dot for each event."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from provider_desk.model.fields import Day, shown
from provider_desk.model.views import Event, EventKind
from provider_desk.services.casework.course.grouping import EventGroup
from provider_desk.ui.own_words import own
from provider_desk.ui.pages.course.event_list import DETAIL, IS_CLOSED
from provider_desk.ui.tables.rows import ROW, Index
from provider_desk.ui.theme import BODY_PT, SMALL_PT, px, tokens

_DAY = Day(label="")
_DATE_WIDTH = 142

#: Pixels at 100 % that a line is high.
HEIGHT = 46
_QUIET = (EventKind.SESSION, EventKind.WAITING)


class EventPainter(QStyledItemDelegate):
    """Draws an event: day at the left, a dot on a line, what happened, details."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are equally high."""
        del index
        return QSize(option.rect.width(), px(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Draw an event or a heading."""
        held = index.data(ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens().wash))
        if isinstance(held, EventGroup):
            self._draw_heading(painter, rect, held, closed=bool(index.data(IS_CLOSED)))
        else:
            self._draw_event(painter, rect, held, str(index.data(DETAIL) or ""))
        painter.restore()

    def _draw_heading(
        self, painter: QPainter, rect: QRect, group: EventGroup, *, closed: bool
    ) -> None:
        colours = tokens()
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.topLeft(), rect.topRight())
        sign = "▸" if closed else "▾"
        text = rect.adjusted(px(8), px(6), -px(12), -px(4))
        half = text.height() // 2
        upper = QRect(text.x(), text.y(), text.width(), half)
        self._write(painter, upper, f"{sign} {group.title}", strong=True, bold=True)
        count = len(group.events)
        many = "1 entry" if count == 1 else f"{count:,} entries"
        lower = QRect(text.x() + px(14), text.y() + half, text.width() - px(14), half)
        self._write(painter, lower, f"{group.detail} · {many}", strong=False)

    def _draw_event(
        self, painter: QPainter, rect: QRect, event: Event, detail: str
    ) -> None:
        self._draw_line(painter, rect, event)
        text = rect.adjusted(px(_DATE_WIDTH), px(4), -px(12), -px(4))
        half = text.height() // 2
        upper = QRect(text.x(), text.y(), text.width(), half)
        lower = QRect(text.x(), text.y() + half, text.width(), half)
        self._write(painter, upper if detail else text, own(event.title), strong=True)
        if detail:
            self._write(painter, lower, detail, strong=False)

    def _draw_line(self, painter: QPainter, rect: QRect, event: Event) -> None:
        colours = tokens()
        x = rect.x() + px(_DATE_WIDTH - 14)
        painter.setPen(QColor(colours.line))
        painter.drawLine(x, rect.top(), x, rect.bottom())
        painter.setPen(Qt.PenStyle.NoPen)
        quiet = event.kind in _QUIET
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
        self,
        painter: QPainter,
        rect: QRect,
        words: str,
        *,
        strong: bool,
        bold: bool = False,
    ) -> None:
        colours = tokens()
        font = _font(strong=strong)
        font.setBold(bold)
        painter.setFont(font)
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
