"""The one window: signing in first, then the desk.

How a page plugs in is told in ``ui/pages/__init__.py``; what a page may ask for is
``ui/frame.py``; where the places stand is ``ui/places.py``.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox, QStackedWidget

from provider_desk.ui.collecting import Collecting
from provider_desk.ui.pages.sign_in import SignInPage
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tasks import Tasks
from provider_desk.ui.theme import px

if TYPE_CHECKING:
    from provider_desk.model.clock import Clock
    from provider_desk.services.desk import Desk
    from provider_desk.services.looking.looks import LookKind
    from provider_desk.ui.desk_view import DeskView
    from provider_desk.ui.ending import Ending, Locked, Why
    from provider_desk.ui.guard import Guard

# No name of a person ever stands in a window's title.
_TITLE = "Provider Desk"
_WIDTH, _HEIGHT = 1366, 740


class MainWindow(QMainWindow):
    """Shows who wants in, then the desk, until it is locked or closed.

    Locking ends the process: see ``ui/ending.py``. Nothing of an open desk is ever
    shown again by a process that was locked.

    Attributes:
        painted: sent once, when the window was drawn for the first time.
        tasks: work beside the window.
        question: the box that asks before something is lost, while it is open.
        sign_in: the page that is shown while nobody is signed in.
    """

    painted = Signal()

    def __init__(
        self,
        folder: Path,
        preferences: Preferences,
        clock: "Clock | None" = None,
        *,
        team_secret: Path | None = None,
        ending: "Ending | None" = None,
    ) -> None:
        """Nobody is signed in yet.

        Args:
            folder: where the desk is, or will be.
            preferences: what this PC remembers of the window.
            clock: what tells the time; the machine's by default.
            team_secret: a file that holds the team secret instead of the system.
            ending: what ends the process after a lock; without it the window closes.
        """
        super().__init__()
        self.setWindowTitle(_TITLE)
        self._preferences = preferences
        self._ending = ending
        self._painted = False
        self._view: DeskView | None = None
        self._guard: Guard | None = None
        self._may_close = False
        self.question: QMessageBox | None = None
        self.tasks = Tasks(self)
        self._collecting = Collecting(self, self.tasks)
        self.sign_in = SignInPage(folder, clock, self.tasks, team_secret)
        self.sign_in.signed_in.connect(self.open_desk)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sign_in)
        self.setCentralWidget(self._stack)

    @property
    def view(self) -> "DeskView | None":
        """The open desk, None while nobody is signed in."""
        return self._view

    @property
    def guard(self) -> "Guard | None":
        """What watches over the open desk, None while nobody is signed in."""
        return self._guard

    def open_desk(self, desk: "Desk") -> None:
        """Somebody signed in."""
        # Imported here, because the first window must not wait for it.
        from provider_desk.ui.desk_view import DeskView  # noqa: PLC0415
        from provider_desk.ui.ending import Why  # noqa: PLC0415
        from provider_desk.ui.frame import Frame  # noqa: PLC0415
        from provider_desk.ui.guard import Guard  # noqa: PLC0415

        frame = Frame(desk, self._preferences, self.tasks, self)
        frame.lock_wanted.connect(self.lock)
        frame.switch_wanted.connect(partial(self.lock, Why.SWITCH))
        self._guard = Guard(frame, self)
        self._guard.due.connect(self.lock)
        self._view = DeskView(frame)
        self._stack.addWidget(self._view)
        self._stack.setCurrentWidget(self._view)
        self._view.start()
        self._guard.start()

    def lock(self, why: "Why | None" = None) -> None:
        """Take the desk off the screen at once, keep drafts, end the process.

        Args:
            why: for the words of the sign-in page; somebody asked for it by default.
        """
        if self._view is None:
            return
        from provider_desk.services.looking.looks import LookKind  # noqa: PLC0415
        from provider_desk.ui.ending import Locked, Why  # noqa: PLC0415

        behind = not self.isActiveWindow()
        stopped = self._leave(LookKind.LOCKED)
        if self._ending is None:
            self.close()
        else:
            self._ending.end(Locked(why or Why.ASKED, stopped=stopped, behind=behind))

    def _leave(self, kind: "LookKind") -> bool:
        """Close the desk; whether something long was stopped."""
        from provider_desk.ui import winding_up  # noqa: PLC0415

        place = self.saveGeometry()
        winding_up.hide_all()
        view, guard = self._view, self._guard
        self._view = self._guard = None
        if view is None or guard is None:
            return False
        guard.stop()
        stopped = winding_up.wind_up(view.frame, kind)
        self._preferences.set_place(place)
        self._stack.removeWidget(view)
        view.deleteLater()
        return stopped

    def paintEvent(self, event: QPaintEvent) -> None:
        """Notice the first painting; what is heavy begins after it."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the desk; what was typed and not saved is kept for the next time."""
        unfinished = "" if self._may_close else self.sign_in.unfinished()
        if unfinished and self._view is None:
            event.ignore()
            self._ask_to_close(unfinished)
            return
        if self._view is not None:
            from provider_desk.services.looking.looks import LookKind  # noqa: PLC0415

            self._leave(LookKind.SIGNED_OUT)
        self.tasks.end()
        self._collecting.stop()
        super().closeEvent(event)

    def _ask_to_close(self, unfinished: str) -> None:
        from provider_desk.ui.parts.question import ask  # noqa: PLC0415

        self.question = ask(
            self,
            "Something is not finished.",
            unfinished,
            "Close and lose it",
            "Stay here",
            self._close_anyway,
        )

    def _close_anyway(self) -> None:
        self._may_close = True
        self.close()

    def come_back(self, locked: "Locked", hint: str = "") -> None:
        """Stand where the window stood before the lock, and say why it was locked."""
        self.sign_in.card.hint = hint
        self.sign_in.show_words(locked.words(), "", "plain")
        place = self._preferences.place()
        if place is not None:
            self.restoreGeometry(place)
        if locked.behind:
            from PySide6.QtCore import Qt  # noqa: PLC0415 - large, and seldom needed

            # Whoever types in another program goes on typing there.
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.show()

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
