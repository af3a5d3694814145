"""A block of the diary as a widget of its own, and the cursor at a free time.

Each has the focus by itself and a name, so that a screen reader hears where one is.
"""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from provider_desk.model.times import time_of
from provider_desk.ui.charts.inks import Inks, blend, bold, small
from provider_desk.ui.pages.diarying.entries import Entry
from provider_desk.ui.parts.words import tip
from provider_desk.ui.theme import px, tokens
from provider_desk.ui.veil import Veil

_BAR = 4
_NARROW = 150


#: Reasons after which the cursor comes back to the same block.
COMES_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
)
#: Reasons after which somebody came by the keyboard.
BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Block(QWidget):
    """A session or a group's meeting; it can be dragged while it is still booked.

    Attributes:
        opened: a double click.
        dropped: it was dragged to a place in the grid.
    """

    opened = Signal(object)
    dropped = Signal(object, QPoint)

    def __init__(self, entry: Entry, veil: Veil, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._veil = veil
        self._from: QPoint | None = None
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        veil.changed.connect(self._turned)
        self._turned()

    def _turned(self, _hidden: bool = False) -> None:  # noqa: FBT001, FBT002
        words = self.entry.said(hidden=self._veil.hidden)
        self.setAccessibleName(words)
        # Without it a screen reader says the tooltip: the same words again.
        self.setAccessibleDescription("Enter opens it")
        self.setToolTip(tip(words))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take it up, where it can still be moved."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton and self.entry.is_open:
            self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry it."""
        if self._from is None:
            return
        at = event.position().toPoint()
        far = (at - self._from).manhattanLength()
        if self._dragging or far >= QApplication.startDragDistance():
            self._dragging = True
            self.raise_()
            self.move(self.mapToParent(at - self._from))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put it down."""
        del event
        if self._dragging:
            middle = QPoint(self.x() + self.width() // 2, self.y())
            self.dropped.emit(self.entry, middle)
        self._from, self._dragging = None, False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        del event
        self.opened.emit(self.entry)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A bar at the left, who, and what came of it."""
        inks, chosen = Inks.now(), tokens()
        tone = QColor(getattr(chosen, _tone(self.entry)))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pen = QPen(inks.focus, 2) if self.hasFocus() else QPen(tone, 1)
        painter.setPen(pen)
        quiet = self.entry.sign == "-"
        painter.setBrush(inks.surface if quiet else blend(inks.surface, tone, 0.14))
        painter.drawRoundedRect(area, px(4), px(4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone)
        bar = QRectF(px(2), px(2), px(_BAR), area.height() - px(2))
        painter.drawRoundedRect(bar, 2, 2)
        self._write(painter, inks)

    def _write(self, painter: QPainter, inks: Inks) -> None:
        entry = self.entry
        who = entry.who(hidden=self._veil.hidden)
        # Where there is little room, who it is matters more: the hour is at the left.
        timed = entry.begins >= 0 and self.width() > px(_NARROW)
        time = f"{time_of(entry.begins)} " if timed else ""
        over = "! " if entry.clashes else ""
        left, top, width = px(10), px(3), self.width() - px(14)
        state = f"{entry.state()} · {entry.kind()}"
        heavy, light = bold(self.font()), small(self.font())
        sign = f"{entry.sign} {over}"
        head = first_line(QFontMetrics(heavy), width, sign, time, who)
        lines = [(heavy, inks.ink, head)]
        if self.width() <= px(_NARROW):
            # A name can be read only where no sign stands before it.
            state = f"{entry.sign} {state}"
            first, _, rest = who.partition(" ")
            whole = QFontMetrics(heavy).horizontalAdvance(who) <= width
            lines = [(heavy, inks.ink, who if whole else first)]
            if rest and not whole:
                tall = self.height() >= 3 * QFontMetrics(heavy).height()
                words = rest if tall else f"{entry.sign} {rest}"
                lines.append((light, inks.ink, words))
        lines.append((light, inks.soft, state))
        for font, ink, words in lines:
            metrics = QFontMetrics(font)
            if top > px(3) and top + metrics.height() > self.height():
                break
            painter.setFont(font)
            painter.setPen(ink)
            fits = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(left, top + metrics.ascent(), fits)
            top += metrics.height()


def first_line(
    metrics: QFontMetrics, width: int, sign: str, time: str, who: str
) -> str:
    """Sign, hour and name; without the hour where the name would be cut off.

    Args:
        metrics: of the letters.
        width: pixels that there are.
        sign: what came of it, and whether it overlaps.
        time: the hour, which stands at the left of the week too.
        who: the name.
    """
    whole = f"{sign}{time}{who}"
    return whole if metrics.horizontalAdvance(whole) <= width else f"{sign}{who}"


class More(QWidget):
    """How many blocks there was no room for; a click shows them in the list.

    Attributes:
        wanted: it was pressed: the first of them.
    """

    wanted = Signal(object)

    def __init__(self, left_out: list[Entry], veil: Veil, parent: QWidget) -> None:
        super().__init__(parent)
        self._left_out = left_out
        self._veil = veil
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        veil.changed.connect(self._turned)
        self._turned()
        self.show()
        self.lower()

    def _turned(self, _hidden: bool = False) -> None:  # noqa: FBT001, FBT002
        names = ", ".join(x.who(hidden=self._veil.hidden) for x in self._left_out)
        words = f"{len(self._left_out)} more at this time: {names}"
        self.setAccessibleName(words)
        self.setAccessibleDescription("L shows the list")
        self.setToolTip(tip(f"{words}. See the list  (L)"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show them."""
        del event
        self.wanted.emit(self._left_out[0])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The number."""
        painter = QPainter(self)
        painter.setFont(bold(self.font()))
        painter.setPen(Inks.now().ink)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(self.rect(), int(middle), f"+{len(self._left_out)}")


def _tone(entry: Entry) -> str:
    return {"✓": "good", "✗": "bad", "!": "warn", "-": "soft"}.get(entry.sign, "accent")


class FreeTime(QWidget):
    """The cursor at a free time; there are two, so that each step is heard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = ""
        self.hide()

    def call(self, words: str, time: str) -> None:
        """Say which time it is."""
        self.words = time
        self.setAccessibleName(words)
        self.setAccessibleDescription("N or Enter books here")
        self.setToolTip(f"{words}: N or Enter books here")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ring with the time in it."""
        inks = Inks.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ring = inks.focus if self.hasFocus() else inks.line
        painter.setPen(QPen(ring, 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, px(4), px(4))
        painter.setFont(small(self.font()))
        painter.setPen(inks.soft)
        inside = area.adjusted(px(8), 0, -px(4), 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(inside, int(middle), f"{self.words} free")
