"""Room for long words in a list to pick from: whole in the list, "…" in the field."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from provider_desk.ui.theme import px

#: Pixels at 100 % round the words of a line, a scroll bar with them.
_ROUND = 36


def widest(box: QComboBox) -> int:
    """Pixels that the longest line of a list needs."""
    advance = box.fontMetrics().horizontalAdvance
    lines = (box.itemText(row) for row in range(box.count()))
    return max(map(advance, lines), default=0) + px(_ROUND)


def make_room(box: QComboBox) -> None:
    """Make the list that is about to open as wide as its longest line."""
    room = box.screen().availableGeometry().width()
    box.view().setMinimumWidth(min(max(widest(box), box.width()), room))


def keep_in_sight(popup: QWidget) -> None:
    """Move a list that opened over the edge of the screen back on it."""
    room = popup.screen().availableGeometry()
    over = popup.geometry().right() - room.right()
    if over > 0:
        popup.move(max(room.left(), popup.x() - over), popup.y())


def paint_cut(box: QComboBox) -> None:
    """Paint a list that is not typed into, its words with "…" where they are cut."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    style, part = box.style(), QStyle.SubControl.SC_ComboBoxEditField
    kind = QStyle.ComplexControl.CC_ComboBox
    room = style.subControlRect(kind, option, part, box).width()
    option.currentText = box.fontMetrics().elidedText(
        option.currentText, Qt.TextElideMode.ElideRight, room
    )
    painter = QStylePainter(box)
    painter.drawComplexControl(kind, option)
    painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class CutLine(QLineEdit):
    """Words that are longer than the field end in "…" until somebody goes into it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, or the beginning of them."""
        words, room = self.text(), self.contentsRect().adjusted(2, 0, -2, 0)
        metrics = self.fontMetrics()
        if self.hasFocus() or metrics.horizontalAdvance(words) <= room.width():
            super().paintEvent(event)
            return
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        painter.setPen(self.palette().text().color())
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(room), int(side), cut)


class WholeList(QListView):
    """What is found while one types: as wide as its words, and never off the screen."""

    def moveEvent(self, event: QMoveEvent) -> None:
        """Stay on the screen."""
        super().moveEvent(event)
        keep_in_sight(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay on the screen."""
        super().resizeEvent(event)
        keep_in_sight(self)
