"""How long the window takes to show what was found, letter by letter.

    python -m tests.bench.bench_typing [FOLDER]

FOLDER is a desk of ``tests.bench.big_desk``; without it one with 50,000 people and few
sessions is made. Milliseconds from the key press until the list with its answer was
painted: question, threads and drawing together, as somebody sees it.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from provider_desk.services.desk import Desk
from provider_desk.ui import theme
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.people import PeoplePage
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.theme import Look
from tests.bench.bench_search import told
from tests.bench.big_desk import PEOPLE, make_big_desk, open_big_desk

_TYPED = ("zoe oak", "zainab", "anna millw", "chloe green", "i-0421", "5/9/1980", "w")
_ROUNDS = 4
_LONGEST_MS = 5_000


def type_all(desk: Desk, folder: Path) -> list[float]:
    """Type every text, letter by letter, several times over."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, Look("light", 100))
    window = MainWindow(folder, Preferences(folder / "window.ini"), desk.clock)
    window.resize(1366, 740)
    window.show()
    window.open_desk(desk)
    view = window.view
    assert view is not None
    view.go("people", {})
    page = view.page
    assert isinstance(page, PeoplePage)
    _until_idle(window)
    times = []
    for _ in range(_ROUNDS):
        for text in _TYPED:
            page.search.clear()
            for letter in text:
                times.append(_typed(page, letter))
                _until_idle(window)
    window.close()
    return times


def _typed(page: PeoplePage, letter: str) -> float:
    loop = QEventLoop()
    page.model.filled.connect(loop.quit)
    QTimer.singleShot(_LONGEST_MS, loop, loop.quit)
    began = time.perf_counter()
    QTest.keyClicks(page.search, letter)
    loop.exec()
    page.table.viewport().repaint()
    took = (time.perf_counter() - began) * 1000
    page.model.filled.disconnect(loop.quit)
    return took


def _until_idle(window: MainWindow) -> None:
    while not window.tasks.idle():
        QTest.qWait(2)


def main() -> None:
    """Open or make a desk, and measure."""
    with tempfile.TemporaryDirectory() as folder:
        if len(sys.argv) > 1:
            desk = open_big_desk(Path(sys.argv[1]))
        else:
            desk = make_big_desk(Path(folder) / "desk", PEOPLE, PEOPLE)
        told("key press to painted list", type_all(desk, Path(folder)))


if __name__ == "__main__":
    main()
