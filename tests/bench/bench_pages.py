"""How long pages and panels take in the real window, and how long it stands still.

    python -m tests.bench.bench_pages [FOLDER [NAME ...]]

FOLDER is a desk of ``tests.bench.big_desk``, filled by ``tests.bench.big_casework``;
without it one of about 250,000 rows is made. For each page, or those named: from the
key press until everything is read, shown and painted, at the first time and as the
median and the slowest of some more; and the longest time at which the window answered
nothing. The status is 1 where a page stands still for too long.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.places import PLACES
from provider_desk.ui.preferences import Preferences
from tests.bench.big_casework import fill
from tests.bench.big_desk import make_big_desk, open_big_desk

#: About 250,000 rows.
PEOPLE, SESSIONS = 10_000, 130_000

#: Milliseconds without an answer to a key or the mouse, once a page was seen before.
STILL = 50

_TIMES = 5
_TICK_MS = 2


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

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now


def settled(window: MainWindow, pulse: Pulse, deed: Callable[[], None]) -> list[float]:
    """Milliseconds until a deed is done, shown and painted; the longest stillness."""
    pulse.begin()
    began = time.perf_counter()
    deed()
    calm = 0
    while calm < 3:
        QApplication.processEvents()
        calm = calm + 1 if window.tasks.idle() else 0
        # Without a breath this loop would keep the readers from their work.
        time.sleep(0.001)
    took = (time.perf_counter() - began) * 1000
    # The next beat tells of what stood still up to now.
    until = time.perf_counter() + 3 * _TICK_MS / 1000
    while time.perf_counter() < until:
        QApplication.processEvents()
    return [took, pulse.longest]


def run(view: DeskView, words: str) -> None:
    """Do a deed that can be done here."""
    next(offer for offer in view.offers() if offer.key.words == words).run()


def live_person(desk: Desk) -> str:
    """Somebody who is in support."""
    rows = people.search(desk, "", count=50).rows
    return next(row for row in rows if row.status == "live").client_id


def works(view: DeskView) -> dict[str, Callable[[], None]]:
    """What is measured: its name, and how it is opened."""
    who = live_person(view.frame.desk)
    found: dict[str, Callable[[], None]] = {
        place.words: partial(view.go, place.name, {})
        for place in PLACES
        if place.name not in ("settings", "help", "return", "person")
    }

    def with_person(words: str) -> Callable[[], None]:
        return partial(run, view, words)

    found["A person"] = partial(view.go, "person", {"client_id": who})
    for key in (deeds.LOG_SESSION, deeds.CLOSE_EPISODE, deeds.MERGE_PEOPLE):
        found[f"Panel: {key.words}"] = with_person(key.words)
    return found


def measure(desk: Desk, settings: Path, names: list[str]) -> int:
    """Open each page some times, and say how long it takes."""
    window = MainWindow(desk.folder, Preferences(settings), desk.clock)
    window.resize(1366, 768)
    window.show()
    pulse = Pulse()
    first = settled(window, pulse, partial(window.open_desk, desk))
    print(f"{'':28}{'first':>9}{'still':>8}{'p50':>9}{'slowest':>9}{'still':>8}  ms")
    print(f"{'the desk, with Today':28}{first[0]:9.0f}{first[1]:8.0f}")
    view = window.view
    assert view is not None
    over = []
    for name, deed in works(view).items():
        if names and name not in names:
            continue
        first = settled(window, pulse, deed)
        again = []
        for _ in range(_TIMES):
            if not name.startswith("Panel"):
                settled(window, pulse, partial(view.go, "help", {}))
            view.close_panel()
            again.append(settled(window, pulse, deed))
        took = [each[0] for each in again]
        still = statistics.median(each[1] for each in again)
        print(
            f"{name:28}{first[0]:9.0f}{first[1]:8.0f}{statistics.median(took):9.0f}"
            f"{max(took):9.0f}{still:8.0f}",
            flush=True,
        )
        if still > STILL:
            over.append(f"{name}: stands still for {still:.0f} ms, limit {STILL}")
    window.close()
    print("\n".join(over) or "never still for long")
    return 1 if over else 0


def main() -> int:
    """Open or make a desk, and measure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) > 1:
            desk = open_big_desk(Path(sys.argv[1]))
        else:
            desk = make_big_desk(Path(folder) / "desk", PEOPLE, SESSIONS)
            fill(desk)
        status = measure(desk, Path(folder) / "settings.ini", sys.argv[2:])
        app.processEvents()
    return status


if __name__ == "__main__":
    raise SystemExit(main())
