"""Noticing that nobody is at the desk: no key and no mouse, or time that jumped.

Input is watched where it enters each window of the program, not at every widget: a
filter over the whole application would be asked about each painting too.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from provider_desk.ui.ending import Why

#: How often it is looked, and from when on a longer pause means that time stood still.
EVERY_MS = 2_000
_ASLEEP_S = 30.0

_INPUT = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    )
)


def seconds() -> float:
    """Time that never goes back and, where the system tells, goes on in its sleep."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class Watch(QObject):
    """Says when the desk is to be locked.

    Attributes:
        due: it is; carries a ``Why``.
    """

    due = Signal(object)

    def __init__(
        self,
        parent: QObject,
        minutes: Callable[[], int],
        now: Callable[[], float] = seconds,
    ) -> None:
        """Watch nothing yet; ``start`` does.

        Args:
            parent: ends with it.
            minutes: after how many without input it is due; asked each time.
            now: tells the time in seconds.
        """
        super().__init__(parent)
        self._minutes = minutes
        self._now = now
        self._last_input = self._last_look = now()
        self._watched: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Somebody signed in: count from now."""
        self._last_input = self._last_look = self._now()
        self._watch_windows()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch_windows)
        self._timer.start()

    def stop(self) -> None:
        """Nobody is signed in."""
        self._timer.stop()

    def look(self) -> None:
        """See whether it is due."""
        now = self._now()
        pause, self._last_look = now - self._last_look, now
        self._watch_windows()
        if pause > _ASLEEP_S:
            self.due.emit(Why.SLEEP)
        elif now - self._last_input >= self._minutes() * 60:
            self.due.emit(Why.IDLE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any input counts; it is only noted, never taken."""
        if event.type() in _INPUT:
            self._last_input = self._now()
        return super().eventFilter(watched, event)

    def _watch_windows(self, _window: QWindow | None = None) -> None:
        """Listen to windows that came since: menus, lists, boxes."""
        for window in QGuiApplication.topLevelWindows():
            if id(window) not in self._watched:
                self._watched.add(id(window))
                window.installEventFilter(self)
