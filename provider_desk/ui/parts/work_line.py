"""One line for work that takes a while: what is done, how far it is, a way to stop."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.words import body
from provider_desk.ui.tasks import Task
from provider_desk.ui.theme import px

_PAUSE_MS = 200


class WorkLine(QWidget):
    """Hidden while nothing is under way.

    Attributes:
        stop: asks the work to stop.
    """

    def __init__(self) -> None:
        super().__init__()
        self._task: Task | None = None
        self._cancel: Callable[[], None] | None = None
        self._said = body()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = plain("Stop", self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self._said)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        # What is done at once is not announced at all.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._appear)
        self._wants_focus = False
        self.hide()

    def follow(self, task: Task, words: str) -> None:
        """Show how far a task is until it is over; the cursor goes to Stop."""
        self._task = task
        self.begin(words, task.cancel)
        self._wants_focus = True
        task.progress.connect(self._on_progress)
        task.over.connect(lambda: self._over(task))

    def begin(self, words: str, cancel: Callable[[], None]) -> None:
        """Show work that does not say how far it is; ``end`` hides it."""
        self._cancel = cancel
        self._said.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self._wants_focus = False
        self._pause.start()

    def end(self) -> None:
        """Nothing is under way any more."""
        self._task = self._cancel = None
        self._pause.stop()
        self.hide()

    def _appear(self) -> None:
        self.show()
        if self._wants_focus:
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        if self._cancel is not None:
            self.stop.setEnabled(False)
            self._cancel()

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _over(self, task: Task) -> None:
        if task is self._task:
            self.end()
