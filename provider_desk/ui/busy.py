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

    Attributes:
        said: the word; "" once nothing is slow any more.
    """

    said = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._numbers = count()
        self._under_way: dict[int, tuple[str, float]] = {}
        self._shown = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def begin(self, words: str) -> Callable[[], None]:
        """Something begins; hands back what is to be called when it is over."""
        number = next(self._numbers)
        self._under_way[number] = (words, monotonic())
        if not self._timer.isActive():
            self._timer.start(SLOW_MS)
        return partial(self._end, number)

    def _end(self, number: int) -> None:
        self._under_way.pop(number, None)
        if self._shown:
            self._look()

    def _look(self) -> None:
        """Say what is slow, and look again while something is under way."""
        slow = monotonic() - SLOW_MS / 1000
        words = [word for word, since in self._under_way.values() if since <= slow]
        self._say(words[0] if words else "")
        if self._under_way and not words and not self._timer.isActive():
            self._timer.start(SLOW_MS // 2)

    def _say(self, words: str) -> None:
        if words != self._shown:
            self._shown = words
            self.said.emit(words)
