"""What refers to itself is collected in the window's thread, and in no other."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from provider_desk.ui.collecting import Collecting
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from tests.builders.windows import settle


class Knot:
    """Something that refers to itself, with a part of the window in it."""

    def __init__(self) -> None:
        self.itself = self
        self.part = QObject()


def test_a_thread_beside_the_window_collects_nothing(
    qtbot: QtBot, window: MainWindow, view: DeskView
) -> None:
    gone_in: list[int] = []
    knot = Knot()
    weakref.finalize(knot, lambda: gone_in.append(threading.get_ident()))
    del knot

    def busy() -> int:
        return len([[number] for number in range(200_000)])

    view.frame.read(window, busy, lambda _count: None)
    settle(qtbot, window)
    assert gone_in == []

    window.close()
    assert gone_in == [threading.get_ident()]
    assert gc.isenabled()


def test_it_collects_while_nothing_is_under_way(
    qtbot: QtBot, window: MainWindow, view: DeskView
) -> None:
    go_on = threading.Event()
    collecting = window.findChild(Collecting)
    assert isinstance(collecting, Collecting)
    settle(qtbot, window)
    knot = Knot()
    gone = weakref.ref(knot)
    kept = [[number] for number in range(5_000)]
    del knot

    view.frame.read(window, go_on.wait, lambda _answer: None)
    collecting.look()
    assert gone() is not None
    go_on.set()
    settle(qtbot, window)
    collecting.look()

    assert gone() is None
    assert kept
