"""Looking at every control of a window: has it a name, is it cut off."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)


def nameless(window: QWidget) -> Iterator[str]:
    """Types of controls that take keys and that a screen reader has no name for."""
    for widget in seen(window):
        takes_keys = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_keys and not widget.focusProxy() and not is_named(widget, window):
            yield type(widget).__name__


def seen(window: QWidget) -> Iterator[QWidget]:
    """Everything that is shown."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            yield widget


def is_named(widget: QWidget, window: QWidget) -> bool:
    """Whether a screen reader has a name for it."""
    if isinstance(widget, QComboBox):
        labels = window.findChildren(QLabel)
        return any(label.buddy() is widget for label in labels)
    interface = QAccessible.queryAccessibleInterface(widget)
    return bool(interface.text(QAccessible.Text.Name).strip())


def cut_off(window: QWidget) -> Iterator[str]:
    """Words on labels and buttons that have no room, with what they would need."""
    for widget in seen(window):
        if isinstance(widget, QScrollArea):
            yield from _past_the_edge(widget)
        if isinstance(widget, QLabel) and widget.text():
            ignored = widget.sizePolicy().horizontalPolicy()
            if ignored == QSizePolicy.Policy.Ignored:
                continue
            if widget.wordWrap():
                needed = widget.heightForWidth(widget.width())
                if widget.height() + 1 < needed:
                    yield f"{widget.text()[:30]!r}: {widget.height()} of {needed} high"
            elif widget.width() + 1 < widget.sizeHint().width():
                hint = widget.sizeHint().width()
                yield f"{widget.text()[:30]!r}: {widget.width()} of {hint} wide"
        elif isinstance(widget, QPushButton):
            least = widget.minimumSizeHint()
            if widget.width() < least.width() or widget.height() < least.height():
                size = (widget.width(), widget.height())
                yield f"{widget.text()[:30]!r}: {size} of {least.toTuple()}"


def _past_the_edge(area: QScrollArea) -> Iterator[str]:
    """What is wider than an area that does not scroll sideways."""
    fixed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    inner, room = area.widget(), area.viewport().width()
    if inner is None or area.horizontalScrollBarPolicy() != fixed:
        return
    if inner.width() > room:
        yield f"what scrolls here: {inner.width()} in a room {room} wide"
