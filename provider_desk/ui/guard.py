"""What stands watch while somebody is signed in: over idleness, the machine, copying.

It also sees each minute to what must be remembered outside the desk, so that an older
copy put in its place is noticed, to a clock that jumps, and to the room in reserve; and
once, a while after signing in, to the day's check and the day's backup.
"""

from collections.abc import Callable
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from provider_desk.model.errors import Cancelled, DeskError
from provider_desk.services.looking import looks
from provider_desk.services.looking.looks import LookKind
from provider_desk.services.safety import freshness, reserve, upkeep
from provider_desk.services.safety.clock_check import ClockWatch, at_sign_in
from provider_desk.services.safety.upkeep import Seen
from provider_desk.ui import memory_guard
from provider_desk.ui.clipboard import Keeper
from provider_desk.ui.frame import Frame
from provider_desk.ui.locking import Watch
from provider_desk.ui.machine_lock import listen

_MINUTE_MS = 60_000
#: The first pages come first; talking to the machine takes some milliseconds.
_LATER_MS = 1_500
#: The day's check reads the whole store: the first work of the day goes before.
_UPKEEP_MS = 20_000


class Guard(QObject):
    """Lives as long as the open desk.

    Attributes:
        due: the desk is to be locked; carries a ``Why``.
        watch: notices that nobody is there.
        clipboard: clears what was copied.
    """

    due = Signal(object)

    def __init__(self, frame: Frame, window: QWidget) -> None:
        super().__init__(frame)
        self._frame = frame
        self._window = window
        self.watch = Watch(self, frame.preferences.lock_minutes)
        self.watch.due.connect(self.due)
        self.clipboard = Keeper(self)
        self.clipboard.copied.connect(self._copied)
        self._clock = ClockWatch(frame.desk.clock)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._each_minute)
        self._left = Event()
        self._upkeep = QTimer(self)
        self._upkeep.setSingleShot(True)
        self._upkeep.setInterval(_UPKEEP_MS)
        self._upkeep.timeout.connect(self.see_to_desk)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            # Leaving the window for another is a moment to keep what was typed.
            app.applicationStateChanged.connect(frame.drafts.save)

    def start(self) -> None:
        """Begin; what talks to the machine comes a moment later."""
        self.watch.start()
        self._minute.start()
        QTimer.singleShot(_LATER_MS, self, self._listen)
        self._upkeep.start()
        wrong = at_sign_in(self._frame.desk)
        if wrong:
            self._frame.failed.emit(DeskError(wrong))

    def stop(self) -> None:
        """The desk is left."""
        self.watch.stop()
        self._minute.stop()
        self._upkeep.stop()
        self._left.set()
        self.clipboard.clear()

    def _listen(self) -> None:
        number = int(self._window.winId())
        listen(self, number, self.due.emit)
        if self._frame.preferences.uncaptured():
            memory_guard.hide_from_screenshots(number, wanted=True)
        self._read(partial(reserve.keep, self._frame.desk))

    def see_to_desk(self) -> None:
        """Check the store and make the day's backup, where either is due."""
        frame = self._frame
        work = partial(upkeep.see_to, frame.desk, cancelled=self._left.is_set)
        frame.tasks.read(self, work, self._seen, self._not_seen)

    def _seen(self, seen: Seen) -> None:
        if seen.words:
            self._frame.failed.emit(DeskError(seen.words))

    def _not_seen(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._frame.failed.emit(error)

    def _copied(self, told: str) -> None:
        """Copying is a look; what can't be written down is not copied either."""
        desk = self._frame.desk

        def refused(error: Exception) -> None:
            self.clipboard.clear()
            self._frame.failed.emit(error)

        self._frame.tasks.write(
            self,
            partial(looks.note, desk, LookKind.COPIED, about=told),
            lambda _none: None,
            refused,
        )

    def _each_minute(self) -> None:
        frame = self._frame
        jumped = self._clock.jumped()
        if jumped:
            frame.failed.emit(DeskError(jumped))
        self._read(partial(freshness.remember, frame.desk))
        self._read(partial(reserve.keep, frame.desk))

    def _read(self, task: Callable[[], None]) -> None:
        """Do something beside the window; what is in its way is met again later."""
        self._frame.tasks.read(self, task, lambda _none: None, lambda _error: None)
