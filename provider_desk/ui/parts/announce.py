"""Saying something aloud that nobody has the cursor on."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say some words now, wherever the cursor is.

    Args:
        widget: shows the words.
        words: what is said; nothing is said of "".
    """
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
