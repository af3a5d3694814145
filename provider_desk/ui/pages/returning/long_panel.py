"""A panel whose deed takes a while: it shows how far it is, and can be stopped."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from provider_desk.model.errors import Cancelled
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.tasks import Asked, Progress, Task

#: Does it; called in another thread.
Work = Callable[[Progress, Asked], Any]


class LongPanel(Panel):
    """Words, a button, a line of work.

    Attributes:
        ASIDE: it reads and works out, and keeps no deed waiting.
        banner: what went wrong.
        button: does it; Ctrl+Enter does the same.
    """

    ASIDE: ClassVar[bool] = True

    def __init__(self, frame: Frame, title: str, button: str, working: str) -> None:
        """Lay it out.

        Args:
            frame: the window.
            title: what is done.
            button: words on the button: the deed.
            working: words while it is under way.
        """
        super().__init__(title)
        self.frame = frame
        self._working = working
        self._task: Task | None = None
        self.banner = Banner()
        self.work = WorkLine()
        self.button = primary(button, self.save)
        self.button.setToolTip(f"{own(button)}  (Ctrl+Enter)")
        self.body.addWidget(self.banner)
        self.above_foot(self.work)
        self.foot.addWidget(self.button, 1)

    def start(self) -> None:
        """Put the cursor on the button."""
        self.button.setFocus()

    def save(self) -> None:
        """Do it, once."""
        work = self.what_to_do()
        if self._task is not None or work is None:
            return
        self.banner.hide()
        self.button.setEnabled(False)
        # Asked for by the window, so that its end is heard of if this is closed.
        self._task = self.frame.long(
            self.frame, work, self._done, self._failed, aside=self.ASIDE
        )
        self.work.follow(self._task, self._working)

    def what_to_do(self) -> Work | None:
        """The work, made of what is typed; None where something is missing."""
        raise NotImplementedError

    def show_result(self, result: Any) -> None:
        """Show what came of it."""
        raise NotImplementedError

    def tell(self, result: Any) -> None:
        """Let everybody hear of it; also where this was closed meanwhile."""

    def _done(self, result: Any) -> None:
        self.tell(result)
        if isValid(self):
            self._over()
            self.show_result(result)

    def _failed(self, error: Exception) -> None:
        if not isValid(self):
            if not isinstance(error, Cancelled):
                self.frame.failed.emit(error)
            return
        self._over()
        if isinstance(error, Cancelled):
            self.banner.show_words(error.message, error.advice, "plain")
        else:
            self.banner.show_error(error)
        self.show_top()
        self.button.setFocus()

    def _over(self) -> None:
        self._task = None
        self.button.setEnabled(True)
        at = QApplication.focusWidget()
        if at is not None and self.work.isAncestorOf(at):
            # Before Stop is hidden, or the cursor would leave the panel.
            self.button.setFocus()
        self.work.end()
