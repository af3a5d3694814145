"""From a key press until everything is read, shown and painted, in the real window."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QWidget

from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.today import TodayPage

#: Milliseconds: until it is painted without a word, and without an answer to a key.
LIMIT = 100

_TICK_MS = 2

#: So many rounds without anything under way, and all is painted.
_CALM = 3

#: What says that it goes on is looked for from here on, so often.
_TOLD_FROM_S, _TOLD_EACH_S = 0.09, 0.02

#: Longer than this nothing is waited for.
_PATIENCE_S = 120


class Pulse(QObject):
    """Beats in the window's thread, and keeps the longest time between two beats.

    Attributes:
        longest: milliseconds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        """Forget what was before."""
        self.longest, self._last = 0.0, time.perf_counter()

    def leave_out(self, seconds: float) -> None:
        """Some of the time since the last beat was the measuring's own."""
        self._last += seconds

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now


@dataclass(frozen=True, slots=True)
class Took:
    """What one press took.

    Attributes:
        ms: until everything was read, shown and painted.
        whole: until the numbers beside the places were counted anew too.
        still: the longest time at which the window answered nothing, milliseconds.
        told: the words that said it goes on, "" where nothing did.
    """

    ms: float
    whole: float
    still: float
    told: str


def took(window: MainWindow, pulse: Pulse, deed: Callable[[], None]) -> Took:
    """Do something, and wait until all of it is shown and painted."""
    _clear_away()
    pulse.begin()
    began = time.perf_counter()
    deed()
    told, look_at = "", began + _TOLD_FROM_S
    calm, shown = 0, 0.0
    while calm < _CALM and time.perf_counter() < began + _PATIENCE_S:
        QApplication.processEvents()
        calm = calm + 1 if window.tasks.idle() else 0
        now = time.perf_counter()
        if not shown and is_shown(window):
            shown = now
        if not told and now > look_at:
            told = goes_on(window)
            looked = time.perf_counter()
            look_at = looked + _TOLD_EACH_S
            pulse.leave_out(looked - now)
        # Without a breath this loop would keep the readers from their work.
        time.sleep(0.001)
    whole = (time.perf_counter() - began) * 1000
    # The next beat tells of what stood still up to now.
    until = time.perf_counter() + 3 * _TICK_MS / 1000
    while time.perf_counter() < until:
        QApplication.processEvents()
    return Took((shown - began) * 1000 if shown else whole, whole, pulse.longest, told)


def _clear_away() -> None:
    """Let go of what was closed: without a loop of its own Qt would keep it all."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def is_shown(window: MainWindow) -> bool:
    """Whether all is shown but the numbers beside the places; on Today, those too."""
    view = window.view
    if view is None or isinstance(view.page, TodayPage):
        return window.tasks.idle()
    return window.tasks.idle(but=view.counting)


def goes_on(window: QWidget) -> str:
    """The words in sight that say that something goes on: "Reading …"."""
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text().endswith("…"):
            return label.text()
    bars = window.findChildren(QProgressBar)
    return "a bar" if any(bar.isVisible() for bar in bars) else ""


def press(window: QWidget, key: str) -> None:
    """Press keys, one after the other, as Qt writes them: "Ctrl+G, H"."""
    sequence: Any = QKeySequence(key)
    for number in range(sequence.count()):
        combined = sequence[number]
        at = QApplication.focusWidget() or window
        QTest.keyClick(at, combined.key(), combined.keyboardModifiers())


class Table:
    """Prints a line for each thing measured, and keeps what is over the limit.

    Attributes:
        over: what took too long without a word, or stood still for too long.
    """

    def __init__(self) -> None:
        self.over: list[str] = []

    def begin(self, heading: str) -> None:
        """Print a heading."""
        columns = ("first", "still", "p50", "p95", "still", "whole")
        names = "".join(f"{name:>7}" for name in columns)
        print(f"\n{heading:34}{names}  ms", flush=True)

    def line(self, name: str, first: Took, again: list[Took]) -> None:
        """Print how long something took at the first time, and from then on."""
        every = [first, *again]
        each = sorted(one.ms for one in again or every)
        late = each[min(len(each) - 1, round(len(each) * 0.95))]
        middle = statistics.median(each)
        still = max(one.still for one in again or every)
        whole = max(one.whole for one in again or every)
        told = next((one.told for one in every if one.told), "")
        print(
            f"{name[:33]:34}{first.ms:7.0f}{first.still:7.0f}{middle:7.0f}{late:7.0f}"
            f"{still:7.0f}{whole:7.0f}  {told}",
            flush=True,
        )
        if any(one.ms > LIMIT and not one.told for one in every):
            self.over.append(f"{name}: {max(one.ms for one in every):.0f} ms, no word")
        if max(first.still, still) > LIMIT:
            self.over.append(f"{name}: still for {max(first.still, still):.0f} ms")
