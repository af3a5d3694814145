"""Work beside the window, so that it never stands still.

Reads run on a few threads, writes one after the other on a single one. ``done`` and
``failed`` are called in the window's thread, and only while the widget they were
asked for still exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QObject,
    QThreadPool,
    Signal,
    Slot,
)

from provider_desk.model.errors import Cancelled

T = TypeVar("T")

Progress = Callable[[int, int], None]
Asked = Callable[[], bool]

_READERS = 3
_MOMENT_MS = 5


class Task(QObject):
    """One piece of work under way.

    Attributes:
        progress: how much is done, of how much.
        is_long: it can be stopped, and then nothing of it was done.
        over: sent once, after ``done`` or ``failed``.
    """

    progress = Signal(int, int)
    over = Signal()

    def __init__(
        self,
        parent: QObject,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__(parent)
        self._owner: QObject | None = owner
        self._done = done
        self._failed = failed
        self._cancelled = False
        self.is_long = False

    def cancel(self) -> None:
        """Ask the work to stop; it ends with ``Cancelled``."""
        self._cancelled = True

    def cancelled(self) -> bool:
        """Whether somebody asked to stop; long work asks this now and then."""
        return self._cancelled

    def is_of(self, owner: QObject) -> bool:
        """Whether it was asked for by this one."""
        return self._owner is owner

    def answer(self, answer: object) -> None:
        """Hand the answer on, if whoever asked is still there.

        Args:
            answer: what the work returned, or a ``_Raised``.
        """
        owner, done, failed = self._owner, self._done, self._failed
        # Let go here: a thread of the pool may be the last to hold on to this task.
        self._owner, self._done, self._failed = None, _nobody, _nobody
        try:
            if owner is None or not shiboken6.isValid(owner):
                return
            if isinstance(answer, _Raised):
                failed(answer.error)
            else:
                done(answer)
        finally:
            self.over.emit()


def _nobody(_answer: object) -> None:
    """Hears nothing."""


@dataclass(frozen=True, slots=True)
class _Raised:
    """What the work raised, on its way to the window's thread."""

    error: Exception


class Tasks(QObject):
    """The two pools of a window: several readers, one writer."""

    #: Sent from a pool's thread, so it arrives in the window's by itself. It is sent
    #: by what outlives the pools, never by a task, which is freed once it is over.
    _answered = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._answered.connect(self._on_answer)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(_READERS)
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._running: set[Task] = set()
        self._ended = False

    def read(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Task:
        """Ask the desk something."""
        task = self._made(owner, done, failed)
        self._start(self._readers, task, work)
        return task

    def write(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Task:
        """Change the desk; after everything that was asked for before."""
        task = self._made(owner, done, failed)
        self._start(self._writer, task, work)
        return task

    def long(
        self,
        owner: QObject,
        work: Callable[[Progress, Asked], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        aside: bool = False,
    ) -> Task:
        """Long work with progress and ``Task.cancel``.

        In the writer's thread, where deeds wait for it; ``aside`` among the reads, for
        what works something out and writes at its end at most.
        """
        task = self._made(owner, done, failed)
        task.is_long = True

        def guarded() -> T:
            if task.cancelled():
                raise Cancelled("Stopped before it began; nothing was changed.")
            return work(task.progress.emit, task.cancelled)

        pool = self._readers if aside else self._writer
        self._start(pool, task, guarded)
        return task

    def idle(self, but: QObject | None = None) -> bool:
        """Whether nothing is under way, but for what one asked."""
        return not any(but is None or not task.is_of(but) for task in self._running)

    def finish(self, seconds: float) -> bool:
        """Stop what is long, and let the rest end and be answered.

        Args:
            seconds: for how long at most.

        Returns:
            Whether something long was stopped.
        """
        stopped = False
        for task in self._running:
            stopped = stopped or task.is_long
            task.cancel()
        # Nothing that is pressed meanwhile counts any more.
        only = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
        until = monotonic() + seconds
        while not self.idle() and monotonic() < until:
            QCoreApplication.processEvents(only)
            self._writer.waitForDone(_MOMENT_MS)
            self._readers.waitForDone(_MOMENT_MS)
        return stopped

    def end(self) -> None:
        """The window closes: let what is under way end, and begin nothing more.

        An answer that comes now is told to nobody. It would ask for more, and that
        would run on while Qt takes the pools apart.
        """
        self._ended = True
        self.wait()

    def wait(self) -> None:
        """Let what is under way end."""
        for task in self._running:
            task.cancel()
        self._readers.waitForDone()
        self._writer.waitForDone()

    def _made(
        self,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Task:
        task = Task(self, owner, done, failed)
        self._running.add(task)
        return task

    def _start(self, pool: QThreadPool, task: Task, work: Callable[[], T]) -> None:
        if self._ended:
            self._running.discard(task)
        else:
            pool.start(partial(self._run, task, work))

    def _run(self, task: Task, work: Callable[[], T]) -> None:
        """Do the work; called in the thread of a pool."""
        try:
            answer: object = work()
        except Exception as error:  # noqa: BLE001 - handed on to the window's thread
            answer = _Raised(error)
        self._answered.emit(task, answer)

    @Slot(object, object)
    def _on_answer(self, task: Task, answer: object) -> None:
        try:
            if not self._ended:
                task.answer(answer)
        finally:
            self._running.discard(task)
            # By Qt and in this thread, whoever still holds on to it in another.
            task.deleteLater()


class Newest(QObject):
    """Questions as somebody types: one at a time, and only the newest is asked next.

    An answer that is no longer wanted is dropped, so typing is never waited for.
    """

    def __init__(
        self,
        owner: QObject,
        tasks: Tasks,
        begun: Callable[[], Callable[[], None]] | None = None,
    ) -> None:
        """Ask nothing yet.

        Args:
            owner: it ends with it.
            tasks: the pools.
            begun: called as a question begins; gives what its end is told to.
        """
        super().__init__(owner)
        self._tasks = tasks
        self._begun = begun
        self._running = False
        self._next: Callable[[], None] | None = None
        self._then: Callable[[], None] | None = None

    def when_answered(self, run: Callable[[], None]) -> None:
        """Do something once the newest question is answered: at once if it is.

        Typing on, or a question that fails, drops it.
        """
        if self._running:
            self._then = run
        else:
            run()

    def ask(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Ask now, or as soon as the question before is answered."""
        self._then = None
        if self._running:
            self._next = lambda: self._ask(work, done, failed)
        else:
            self._ask(work, done, failed)

    def _ask(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._running = True

        def answered(result: T) -> None:
            if self._go_on():
                return
            done(result)
            then, self._then = self._then, None
            if then is not None:
                then()

        def raised(error: Exception) -> None:
            if self._go_on():
                return
            self._then = None
            failed(error)

        task = self._tasks.read(self, work, answered, raised)
        if self._begun is not None:
            task.over.connect(self._begun())

    def _go_on(self) -> bool:
        self._running = False
        waiting, self._next = self._next, None
        if waiting is None:
            return False
        waiting()
        return True
