"""The one window: signing in first, then the desk.

How a page plugs in is told in ``ui/pages/__init__.py``; what a page may ask for is
``ui/frame.py``; where the places stand is ``ui/places.py``.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox, QStackedWidget

from provider_desk.ui.pages.sign_in import SignInPage
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tasks import Tasks
from provider_desk.ui.theme import px

if TYPE_CHECKING:
    from provider_desk.model.clock import Clock
    from provider_desk.services.desk import Desk
    from provider_desk.ui.desk_view import DeskView
    from provider_desk.ui.frame import Frame

# No name of a person ever stands in a window's title.
_TITLE = "Provider Desk"
_WIDTH, _HEIGHT = 1366, 740


class MainWindow(QMainWindow):
    """Shows who wants in, then the desk, until it is locked or closed.

    Attributes:
        painted: sent once, when the window was drawn for the first time.
        tasks: work beside the window.
        question: the box that asks before something is lost, while it is open.
        sign_in: the page that is shown while nobody is signed in.
    """

    painted = Signal()

    def __init__(
        self, folder: Path, preferences: Preferences, clock: "Clock | None" = None
    ) -> None:
        super().__init__()
        self.setWindowTitle(_TITLE)
        self._preferences = preferences
        self._painted = False
        self._view: DeskView | None = None
        self._kept: Frame | None = None
        self._may_close = False
        self.question: QMessageBox | None = None
        self.tasks = Tasks(self)
        self.sign_in = SignInPage(folder, clock, self.tasks)
        self.sign_in.signed_in.connect(self.open_desk)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sign_in)
        self.setCentralWidget(self._stack)

    @property
    def view(self) -> "DeskView | None":
        """The open desk, None while nobody is signed in."""
        return self._view

    def open_desk(self, desk: "Desk") -> None:
        """Somebody signed in; drafts from before a lock are theirs only."""
        # Imported here, because the first window must not wait for it.
        from provider_desk.ui.desk_view import DeskView  # noqa: PLC0415

        self._view = DeskView(self._frame_for(desk))
        self._stack.addWidget(self._view)
        self._stack.setCurrentWidget(self._view)
        self._view.start()

    def lock(self) -> None:
        """Close the desk and ask for the password again.

        What was typed and not saved stays in memory until the same person is back;
        everything else is let go.
        """
        view, self._view = self._view, None
        if view is not None:
            view.close_panel()
        self._stack.setCurrentWidget(self.sign_in)
        self.sign_in.start()
        if view is None:
            return
        frame = view.frame
        self._stack.removeWidget(view)
        view.deleteLater()
        self.tasks.wait()
        frame.desk.close()
        if frame.drafts.all():
            self._kept = frame
        else:
            frame.deleteLater()

    def _frame_for(self, desk: "Desk") -> "Frame":
        from provider_desk.ui.frame import Frame  # noqa: PLC0415

        kept, self._kept = self._kept, None
        if kept is not None and kept.desk.user.id == desk.user.id:
            kept.desk = desk
            return kept
        if kept is not None:
            kept.drafts.drop_all()
            kept.deleteLater()
        frame = Frame(desk, self._preferences, self.tasks, self)
        frame.lock_wanted.connect(self.lock)
        return frame

    def paintEvent(self, event: QPaintEvent) -> None:
        """Notice the first painting; what is heavy begins after it."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what is being written end, then close the desk.

        Where something was typed and not saved, it is asked for first.
        """
        unsaved = [] if self._may_close else self._unsaved()
        if unsaved:
            event.ignore()
            self._ask_to_close(unsaved)
            return
        self.lock()
        self.tasks.wait()
        super().closeEvent(event)

    def _unsaved(self) -> list[str]:
        if self._view is not None:
            self._view.close_panel()
        frame = self._view.frame if self._view is not None else self._kept
        panels = frame.drafts.all() if frame is not None else []
        return [f"{panel.words}  {panel.subject}".strip() for panel in panels]

    def _ask_to_close(self, unsaved: list[str]) -> None:
        from provider_desk.ui.parts.question import ask  # noqa: PLC0415

        self.question = ask(
            self,
            "Something was typed and not saved.",
            "\n".join(unsaved),
            "Close and lose it",
            "Stay here",
            self._close_anyway,
        )

    def _close_anyway(self) -> None:
        self._may_close = True
        self.close()

    def show_fitting(self) -> None:
        """Show the window; as large as the screen where that is small."""
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(px(_WIDTH), screen.width()), min(px(_HEIGHT), screen.height()))
        if screen.width() <= px(_WIDTH) or screen.height() <= px(_HEIGHT):
            self.showMaximized()
        else:
            self.show()

    def show_fault(self, message: str, advice: str) -> None:
        """Say that something in the program went wrong."""
        if self._view is not None:
            self._view.banner.show_words(message, advice)
        else:
            self.sign_in.show_words(message, advice)
