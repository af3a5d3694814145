"""Going once round a window by Tab, and what was not met on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.builders.controls import seen

#: No page has so many; who gets here is in a trap.
_MOST = 400


@dataclass(slots=True)
class Round:
    """What one round met.

    Attributes:
        met: everything that had the cursor, in order.
        missed: what takes keys and is shown but never had it.
        trap: what kept the cursor, "" where it came round.
    """

    met: list[QWidget] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    trap: str = ""


def press(at: QWidget, key: Qt.Key) -> None:
    """Press a key."""
    QTest.keyClick(at, key)


def tab_round(
    window: QWidget,
    key: Qt.Key = Qt.Key.Key_Tab,
    press: Callable[[QWidget, Qt.Key], None] = press,
) -> Round:
    """Press Tab until the cursor comes somewhere for the second time.

    Args:
        window: has the keyboard.
        key: ``Key_Backtab`` goes the other way.
        press: presses a key, and returns when it was taken.
    """
    found = Round()
    press(_cursor(window), key)
    while _cursor(window) not in found.met and len(found.met) < _MOST:
        found.met.append(_cursor(window))
        press(_cursor(window), key)
    if _cursor(window) is not found.met[0]:
        found.trap = _words(_cursor(window))
    met = set(found.met)
    found.missed = [
        _words(stop) for stop in _stops(window) if not met & set(_group_of(stop))
    ]
    return found


def _cursor(window: QWidget) -> QWidget:
    return QApplication.focusWidget() or window


def _stops(window: QWidget) -> Iterator[QWidget]:
    for widget in seen(window):
        policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        takes = policy == Qt.FocusPolicy.TabFocus and not widget.focusProxy()
        if takes and widget.isEnabled():
            yield widget


def _group_of(widget: QWidget) -> Iterator[QWidget]:
    """Buttons of which one is chosen are one stop; arrows go on from there."""
    yield widget
    if isinstance(widget, QAbstractButton):
        group = widget.group()
        if group is not None and group.exclusive():
            yield from group.buttons()
        elif widget.autoExclusive():
            parent = widget.parentWidget()
            yield from (
                each
                for each in (parent.findChildren(QAbstractButton) if parent else ())
                if each.autoExclusive()
            )


def _words(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()}".strip()
