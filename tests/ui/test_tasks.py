"""Work beside the window: answers come back, late ones for what is gone do not."""

import threading
from collections.abc import Iterator
from functools import partial
from time import sleep

import pytest
from PySide6.QtCore import QEvent, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.errors import Cancelled, DeskError
from provider_desk.ui.tasks import Asked, Newest, Progress, Task, Tasks


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = Tasks(holder)
    yield made
    made.wait()


def test_work_runs_elsewhere_and_its_answer_comes_back_here(
    qtbot: QtBot, tasks: Tasks, owner: QWidget
) -> None:
    here = QThread.currentThread()
    heard: list[tuple[bool, bool]] = []
    failed: list[Exception] = []

    tasks.read(
        owner,
        lambda: QThread.currentThread() is here,
        lambda same: heard.append((same, QThread.currentThread() is here)),
        failed.append,
    )
    qtbot.waitUntil(tasks.idle)

    assert heard == [(False, True)]
    assert failed == []


def test_what_is_raised_comes_back_as_an_error(
    qtbot: QtBot, tasks: Tasks, owner: QWidget
) -> None:
    failed: list[Exception] = []

    def work() -> None:
        raise DeskError("The disk is full.", "Nothing is lost.")

    tasks.write(owner, work, lambda _: None, failed.append)
    qtbot.waitUntil(tasks.idle)

    assert [str(error) for error in failed] == ["The disk is full. Nothing is lost."]


def test_nobody_is_called_who_is_gone(
    qtbot: QtBot, tasks: Tasks, owner: QWidget
) -> None:
    go_on = threading.Event()
    gone = QWidget(owner)
    heard: list[object] = []
    tasks.read(gone, go_on.wait, heard.append, heard.append)

    gone.deleteLater()
    qtbot.wait(20)
    go_on.set()
    qtbot.waitUntil(tasks.idle)

    assert heard == []


def test_writes_come_one_after_the_other_in_order(
    qtbot: QtBot, tasks: Tasks, owner: QWidget
) -> None:
    order: list[int] = []
    failed: list[Exception] = []

    def work(number: int) -> None:
        sleep(0.02 if number == 0 else 0)
        order.append(number)

    for number in range(5):
        tasks.write(owner, partial(work, number), lambda _: None, failed.append)
    qtbot.waitUntil(tasks.idle)

    assert order == [0, 1, 2, 3, 4]
    assert failed == []


def test_long_work_tells_how_far_it_is_and_stops_when_asked(
    qtbot: QtBot, tasks: Tasks, owner: QWidget
) -> None:
    watched, begun = threading.Event(), threading.Event()
    failed: list[Exception] = []
    seen: list[tuple[int, int]] = []

    def work(progress: Progress, cancelled: Asked) -> None:
        watched.wait()
        progress(1, 100)
        begun.set()
        while not cancelled():
            sleep(0.001)
        raise Cancelled("Stopped; nothing was changed.")

    task = tasks.long(owner, work, lambda _: None, failed.append)
    task.progress.connect(lambda done, of: seen.append((done, of)))
    watched.set()
    qtbot.waitUntil(begun.is_set)
    task.cancel()
    qtbot.waitUntil(tasks.idle)

    assert seen == [(1, 100)]
    assert isinstance(failed[0], Cancelled)


def test_only_the_newest_of_quick_questions_is_answered(
    qtbot: QtBot, tasks: Tasks, owner: QWidget
) -> None:
    go_on = threading.Event()
    asked: list[str] = []
    heard: list[str] = []
    newest = Newest(owner, tasks)

    def look(text: str) -> str:
        asked.append(text)
        go_on.wait()
        return text

    for text in ("s", "sa", "sam"):
        newest.ask(partial(look, text), heard.append, lambda _: None)
    go_on.set()
    qtbot.waitUntil(lambda: heard == ["sam"])

    assert asked == ["s", "sam"]


def test_what_is_over_is_freed_with_all_that_it_was_asked_for(
    qtbot: QtBot, tasks: Tasks, owner: QWidget
) -> None:
    """In the window's thread: a widget may hang on what was asked for."""
    freed_here: list[bool] = []

    class Held:
        def __del__(self) -> None:
            freed_here.append(threading.current_thread() is threading.main_thread())

    def ask() -> None:
        held: list[object] = [Held()]
        tasks.read(owner, lambda: None, held.append, lambda _error: None)

    for _ in range(50):
        ask()
    qtbot.waitUntil(tasks.idle)
    tasks.wait()
    qtbot.waitUntil(lambda: len(freed_here) == 50)

    assert all(freed_here)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert tasks.findChildren(Task) == []


def test_nothing_more_begins_once_the_window_closes(
    qtbot: QtBot, tasks: Tasks, owner: QWidget
) -> None:
    go_on, heard = threading.Event(), list[str]()

    def ask_again(_answer: object) -> None:
        heard.append("answered")
        tasks.read(owner, lambda: heard.append("ran"), lambda _: None, lambda _: None)

    tasks.read(owner, go_on.wait, ask_again, lambda _: None)
    go_on.set()
    tasks.end()
    tasks.write(owner, lambda: heard.append("wrote"), lambda _: None, lambda _: None)
    qtbot.waitUntil(tasks.idle)
    tasks.wait()

    assert heard == []
