"""The privacy view: one switch over everything on the screen that is personal.

What shows something personal is put under the veil once, where it is made::

    column.addWidget(veil.over(strong(name), instead=code))    # a label
    veil.over(self.search)                                     # anything else
    Column("Born", lambda row: row.born, private=True)         # tables, lists

A label says other words while the veil is down; a table says what its columns say
instead; any other widget is painted over, the cursor's place too, so that no screenshot
holds it. A field that somebody goes into by mouse or Tab is seen until it is left,
because nobody can write what cannot be seen. Source: domain reference, F7.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFocusEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QGraphicsEffect,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from provider_desk.ui.theme import px, tokens

#: What stands in the place of words that are hidden.
HIDDEN = "hidden"

W = TypeVar("W", bound=QWidget)

_MARK = "veiled"
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly

#: Ways into a field that somebody chose; a program's own focus is none.
_CHOSEN = frozenset(
    (
        Qt.FocusReason.MouseFocusReason,
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
    )
)


class Follower(Protocol):
    """What can hide its private parts itself: the model of a table or a list."""

    def set_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Hide what is private, or show it."""


class Veil(QObject):
    """Whether the personal is hidden now, and all that follows it.

    Attributes:
        changed: it was turned; carries whether the personal is hidden from now on.
    """

    changed = Signal(bool)

    def __init__(self, *, hidden: bool = False) -> None:
        super().__init__()
        self._hidden = hidden

    @property
    def hidden(self) -> bool:
        """Whether the personal is hidden now."""
        return self._hidden

    def turn(self, hidden: bool) -> None:  # noqa: FBT001
        """Hide what is personal, or show it again."""
        if hidden != self._hidden:
            self._hidden = hidden
            self.changed.emit(hidden)

    def over(self, widget: W, instead: str = HIDDEN) -> W:
        """Put a widget under the veil.

        Args:
            widget: shows something personal.
            instead: what a label says while it is hidden.

        Returns:
            The same widget.
        """
        if isinstance(widget, QLabel):
            self.say(widget, widget.text(), instead)
        elif widget.property(_MARK) is None:
            widget.setProperty(_MARK, True)
            _Cover(self, widget)
        return widget

    def say(self, label: QLabel, words: str, instead: str = HIDDEN) -> None:
        """Let a label say something personal, now or later.

        Args:
            label: put under the veil where it is not yet.
            words: what it says.
            instead: what it says while the veil is down.
        """
        found = label.findChild(_Words, options=_DIRECT) or _Words(self, label)
        found.say(words, instead)

    def over_all(self, widgets: Iterable[QWidget]) -> None:
        """Put several widgets under the veil."""
        for widget in widgets:
            self.over(widget)

    def lead(self, follower: Follower, owner: QObject) -> None:
        """Let a model follow for as long as its owner is there."""
        follower.set_privacy(self._hidden)
        _Led(self, follower, owner)


class _Led(QObject):
    """Hands the veil's turning on; ends with the widget that shows the model."""

    def __init__(self, veil: Veil, follower: Follower, owner: QObject) -> None:
        super().__init__(owner)
        self._follower = follower
        veil.changed.connect(self._turned)

    def _turned(self, hidden: bool) -> None:  # noqa: FBT001
        self._follower.set_privacy(hidden)


class _Words(QObject):
    """Other words on a label while the veil is down, for eyes and screen readers."""

    def __init__(self, veil: Veil, label: QLabel) -> None:
        super().__init__(label)
        self._veil = veil
        self._label = label
        self._words = self._instead = ""
        veil.changed.connect(self._show)

    def say(self, words: str, instead: str) -> None:
        self._words, self._instead = words, instead if words else ""
        self._show()

    def _show(self) -> None:
        self._label.setText(self._instead if self._veil.hidden else self._words)


class _Cover(QObject):
    """Paints over a widget while the veil is down and nobody chose to write in it."""

    def __init__(self, veil: Veil, widget: QWidget) -> None:
        super().__init__(widget)
        self._veil = veil
        self._widget = widget
        self._opened = False
        self._paint = _Painted(widget)
        widget.setGraphicsEffect(self._paint)
        self._show()
        for changed in _text_signals(widget):
            changed.connect(lambda *_text: self._show())
        # The one that the keys go to: of a list box that is typed into, its line.
        inner = _typed_into(widget)
        inner.installEventFilter(self)
        veil.changed.connect(self._turned)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Going into a field opens it, leaving it covers it again."""
        if event.type() == QEvent.Type.ToolTip and self._paint.isEnabled():
            return True
        if isinstance(event, QFocusEvent):
            if event.gotFocus():
                chosen = event.reason() in _CHOSEN or not _filled(self._widget)
                self._opened = self._opened or chosen
            elif event.reason() != Qt.FocusReason.PopupFocusReason:
                self._opened = False
            self._show()
        return super().eventFilter(watched, event)

    def _turned(self, hidden: bool) -> None:  # noqa: FBT001
        # Whoever turns it on wants everything gone, where the cursor stands too.
        del hidden
        self._opened = False
        self._show()

    def _show(self) -> None:
        hidden = self._veil.hidden and not self._opened
        # An empty field has nothing to hide, and its hint helps.
        self._paint.setEnabled(hidden and _filled(self._widget))


class _Painted(QGraphicsEffect):
    """A plain ground in the place of a widget, with a word where there is room."""

    def draw(self, painter: QPainter) -> None:
        """Paint the ground; what the widget would paint is never asked for."""
        widget = self.parent()
        if not isinstance(widget, QWidget):
            return
        colours = tokens()
        room = QRectF(widget.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.line))
        painter.setBrush(QColor(colours.wash))
        corner = px(4)
        painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        painter.setPen(QColor(colours.soft))
        painter.setFont(widget.font())
        inside = room.adjusted(px(8), px(4), -px(8), -px(4))
        top = inside.height() > painter.fontMetrics().lineSpacing() * 2
        side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, int(side | Qt.AlignmentFlag.AlignLeft), HIDDEN)


def is_covered(widget: QWidget) -> bool:
    """Whether a widget is painted over now."""
    effect = widget.graphicsEffect()
    return isinstance(effect, _Painted) and effect.isEnabled()


def _filled(widget: QWidget) -> bool:
    """Whether there is anything to hide; what is no field always counts as filled."""
    if isinstance(widget, QLineEdit):
        return bool(widget.text())
    if isinstance(widget, QPlainTextEdit):
        return bool(widget.toPlainText())
    if isinstance(widget, QComboBox):
        return bool(widget.currentText())
    return True


def _text_signals(widget: QWidget) -> list[SignalInstance]:
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        return [widget.textChanged]
    return [widget.currentTextChanged] if isinstance(widget, QComboBox) else []


def _typed_into(widget: QWidget) -> QWidget:
    line = widget.lineEdit() if isinstance(widget, QComboBox) else None
    return line if line is not None else widget
