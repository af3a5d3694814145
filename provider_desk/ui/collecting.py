"""Python's collector of what refers to itself runs in the window's thread alone.

By itself it runs in whichever thread asks for memory, and stops all of them: a part of
the window would be taken apart by a thread that may not touch it, which can end the
program, and while a contract is counted the window would stand still.
"""

import gc
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from provider_desk.ui.tasks import Tasks

_LOOK_MS = 1_000

#: So many new things, and it is worth while.
_MANY = 2_000

#: What was there before is looked through once in so many times.
_WHOLE = 20

#: Work beside the window keeps it waiting for no longer than this, seconds.
_PATIENCE_S = 60.0


class Collecting(QObject):
    """Collects while nothing is under way, from its making until ``stop``."""

    def __init__(self, parent: QObject, tasks: Tasks) -> None:
        """Begin.

        Args:
            parent: the window.
            tasks: the work beside it.
        """
        super().__init__(parent)
        self._tasks = tasks
        self._times = 0
        self._last = monotonic()
        gc.disable()
        if gc.get_freeze_count() == 0:
            # What the program itself is made of stays, and need not be looked through.
            gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect, if there is something to collect and nothing is kept waiting."""
        waited = monotonic() - self._last
        if gc.get_count()[0] < _MANY:
            return
        if self._tasks.idle() or waited > _PATIENCE_S:
            self._times += 1
            gc.collect(2 if self._times % _WHOLE == 0 else 1)
            self._last = monotonic()

    def stop(self) -> None:
        """The window is closed: collect what it was made of, and leave it to Python."""
        self._timer.stop()
        gc.collect()
        gc.enable()
