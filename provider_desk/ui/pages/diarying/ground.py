"""What lies below the blocks of a week: days, hours, today, bank holidays."""

from datetime import date

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication

from provider_desk.model.diary import Week
from provider_desk.ui.charts.inks import Inks, blend, small
from provider_desk.ui.theme import px, tokens

#: Pixels at 100 % for the names of the hours.
GUTTER = 48


def paint_day(
    painter: QPainter, area: QRect, week: Week, number: int, today: date
) -> None:
    """Today is tinted, a bank holiday grey."""
    inks, on = Inks.now(), week.day(number)
    if on == today:
        painter.fillRect(area, QColor(tokens().wash))
    elif on in week.holidays:
        painter.fillRect(area, blend(inks.surface, inks.line, 0.4))
    painter.setPen(inks.line)
    painter.drawLine(area.left(), 0, area.left(), area.height())


def paint_hour(painter: QPainter, wide: int, y: int, words: str) -> None:
    """A line, and which hour begins below it."""
    inks = Inks.now()
    painter.setPen(inks.line)
    painter.drawLine(px(GUTTER), y, wide, y)
    if words:
        painter.setFont(small(QApplication.font()))
        painter.setPen(inks.soft)
        ascent = painter.fontMetrics().ascent()
        painter.drawText(px(4), y + ascent + px(1), words)
