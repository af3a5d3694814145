"""Saying something aloud that nobody has the cursor on."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say some words now, wherever the cursor is.

    Args:
        widget: shows the words.
        words: what is said; nothing is said of "".
    """
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def tell_line(view: QAbstractItemView) -> None:
    """Let a screen reader say the line at the cursor, once a list gets the focus.

    Qt says it only when the cursor moves in the list, not when it comes back to it.
    """
    if QAccessible.isActive():
        # Qt tells of the list itself only after this.
        QTimer.singleShot(0, view, lambda: _tell(view))


def _tell(view: QAbstractItemView) -> None:
    if not view.hasFocus() or not view.currentIndex().isValid():
        return
    here = QAccessible.queryAccessibleInterface(view)
    line = here.focusChild() if here is not None else None
    if line is not None:
        focus = QAccessibleEvent(line, QAccessible.Event.Focus)
        QAccessible.updateAccessibility(focus)
