"""Who wants in: name and password, or the first run's questions.

This page is the first window, so it does without Qt's large namespaces (``Qt``) and
without the desk's modules until it was painted.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from provider_desk.ui.errors import words_for
from provider_desk.ui.parts.buttons import primary, quiet
from provider_desk.ui.tasks import Tasks
from provider_desk.ui.theme import px

if TYPE_CHECKING:
    from provider_desk.model.clock import Clock
    from provider_desk.services.desk import Desk

_WIDTH = 400


class SignInPage(QWidget):
    """The first thing that is seen, and what stays when the desk is locked.

    Attributes:
        signed_in: carries the open ``Desk``.
    """

    signed_in = Signal(object)

    def __init__(self, folder: Path, clock: "Clock | None", tasks: Tasks) -> None:
        super().__init__()
        self._folder = folder
        self._given_clock = clock
        self._tasks = tasks
        self.setAccessibleName("Sign in")
        self.name = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.problem = QLabel()
        self.problem.setProperty("role", "state")
        self.problem.setProperty("tone", "bad")
        self.problem.setWordWrap(True)
        self.button = primary("Sign in", self.sign_in)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        self._card.setFixedWidth(px(_WIDTH))
        self._inside = QVBoxLayout(self._card)
        self._inside.setContentsMargins(px(24), px(24), px(24), px(24))
        self._inside.setSpacing(px(4))
        self._fill()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(1)
        self._whole = whole
        self._first_run: QWidget | None = None
        self.name.setFocus()

    @property
    def _clock(self) -> "Clock":
        from provider_desk.model.clock import SystemClock  # noqa: PLC0415

        return self._given_clock or SystemClock()

    def prepare(self, sign_in_as: tuple[str, str] | None = None) -> None:
        """Load what signing in needs, and see whether there is a desk to open."""
        folder = self._folder

        def look() -> bool:
            from provider_desk.services.sign_in import desk_exists  # noqa: PLC0415

            return desk_exists(folder)

        def seen(exists: bool) -> None:  # noqa: FBT001
            if not exists:
                self._ask_first_questions()
            elif sign_in_as is not None:
                self.name.setText(sign_in_as[0])
                self.password.setText(sign_in_as[1])
                self.sign_in()

        self._tasks.read(self, look, seen, self._on_error)

    def start(self) -> None:
        """The desk was locked: ask for the password again."""
        self.password.clear()
        self.problem.hide()
        self._set_busy(False)
        (self.password if self.name.text() else self.name).setFocus()

    def sign_in(self) -> None:
        """Try name and password."""
        folder, clock = self._folder, self._clock
        name, password = self.name.text().strip(), self.password.text()
        if not name or not password:
            self.show_words("Type your name and your password.", "")
            (self.name if not name else self.password).setFocus()
            return

        def work() -> "Desk":
            from provider_desk.services import sign_in  # noqa: PLC0415

            return sign_in.sign_in(folder, name, password, clock)

        self.problem.hide()
        self._set_busy(True)
        self._tasks.read(self, work, self._let_in, self._on_error)

    def show_words(self, message: str, advice: str) -> None:
        """Say why it did not work."""
        self.problem.setText(f"▲ {message} {advice}".strip())
        self.problem.show()

    def _let_in(self, desk: "Desk") -> None:
        self.password.clear()
        self._set_busy(False)
        self.signed_in.emit(desk)

    def _on_error(self, error: Exception) -> None:
        self._set_busy(False)
        self.show_words(*words_for(error))
        self.password.setFocus()
        self.password.selectAll()

    def _set_busy(self, busy: bool) -> None:  # noqa: FBT001
        self.button.setEnabled(not busy)
        self.button.setText("Opening the desk …" if busy else "Sign in")

    def _fill(self) -> None:
        inside = self._inside
        title = QLabel("Provider Desk")
        title.setProperty("role", "page")
        inside.addWidget(title)
        inside.addWidget(QLabel("Sign in to open the desk on this PC."))
        inside.addSpacing(px(16))
        inside.addWidget(_label("Name", self.name))
        inside.addWidget(self.name)
        inside.addSpacing(px(8))
        inside.addWidget(_label("Password", self.password))
        row = QHBoxLayout()
        row.setSpacing(px(4))
        row.addWidget(self.password, 1)
        row.addWidget(self._showing())
        inside.addLayout(row)
        self.problem.hide()
        inside.addSpacing(px(8))
        inside.addWidget(self.problem)
        inside.addSpacing(px(8))
        inside.addWidget(self.button)
        self.name.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.sign_in)

    def _showing(self) -> QPushButton:
        button = quiet("Show", lambda: None)
        button.setCheckable(True)
        button.setToolTip("Show or hide the password")

        def turn(shown: bool) -> None:  # noqa: FBT001
            mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
            self.password.setEchoMode(mode)
            button.setText("Hide" if shown else "Show")

        button.toggled.connect(turn)
        return button

    def _ask_first_questions(self) -> None:
        from provider_desk.ui.pages.first_run import (  # noqa: PLC0415
            FirstRun,
            scrolling,
        )

        questions = FirstRun(self._folder, self._clock, self._tasks)
        questions.made.connect(self._first_desk)
        self._first_run = scrolling(questions)
        self._card.hide()
        self._whole.addWidget(self._first_run, 100)
        questions.start()

    def _first_desk(self, desk: "Desk") -> None:
        if self._first_run is not None:
            self._first_run.deleteLater()
            self._first_run = None
        self._card.show()
        self.name.setText(desk.user.name)
        self.signed_in.emit(desk)


def _label(words: str, buddy: QWidget) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "field")
    label.setBuddy(buddy)
    buddy.setAccessibleName(words)
    return label
