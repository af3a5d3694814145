"""Says that something is read or saved, where it takes longer than it should."""

from collections.abc import Callable
from functools import partial
from itertools import count
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

READING = "Reading …"
SAVING = "Saving …"

#: From here on it is said, milliseconds.
SLOW_MS = 100


class Busy(QObject):
    """What is under way, and the word for what has been for too long.

    One question that follows upon another, such as a group upon the list of groups, is
    one wait to whoever pressed the key: the time runs from the first of them until
    nothing is under way.

    Attributes:
        said: the word; "" once nothing is slow any more.
    """

    said = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._numbers = count()
        self._under_way: dict[int, str] = {}
        self._since = 0.0
        self._shown = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def begin(self, words: str) -> Callable[[], None]:
        """Something begins; hands back what is to be called when it is over."""
        number = next(self._numbers)
        if not self._under_way:
            self._since = monotonic()
        self._under_way[number] = words
        if not self._timer.isActive():
            self._timer.start(SLOW_MS)
        return partial(self._end, number)

    def _end(self, number: int) -> None:
        self._under_way.pop(number, None)
        if self._shown:
            self._look()

    def _look(self) -> None:
        """Say what is slow, and look again while something is under way."""
        left = SLOW_MS / 1000 - (monotonic() - self._since)
        words = next(iter(self._under_way.values()), "")
        self._say(words if left <= 0 else "")
        if self._under_way and not self._shown and not self._timer.isActive():
            self._timer.start(max(round(left * 1000), 1))

    def _say(self, words: str) -> None:
        if words != self._shown:
            self._shown = words
            self.said.emit(words)
