"""Name and password, what went wrong with them, and the way on.

Part of the first window: without Qt's large namespaces (``Qt``) and without the desk's
modules.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from provider_desk.ui.parts.announce import announce
from provider_desk.ui.parts.buttons import plain, primary, quiet
from provider_desk.ui.theme import px

_WIDTH = 400
_A_SECOND = 1_000
_SIGN_IN, _OPENING = "Sign in", "Opening the desk …"
_FORGOT, _BACKUP = "I forgot my password", "Bring a desk back from a backup"
_SIGNS = {"bad": "▲ ", "good": "✓ "}


class SignInCard(QFrame):
    """What is typed, and one line for what is said.

    Attributes:
        pressed: somebody wants in.
        forgot: somebody has no password any more.
        backup_wanted: a desk is to be brought back.
        name, password: what is typed.
        problem: what is said.
        button: signs in; counts down while there is a time to wait.
        way_on: what can be done about it.
        links: the other ways in.
        seconds: how long is still to be waited.
        hint: stands behind whatever is said; for the demo desk only.
    """

    pressed = Signal()
    forgot = Signal()
    backup_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(px(_WIDTH))
        self.name = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.problem = QLabel()
        self.problem.setProperty("role", "state")
        self.problem.setWordWrap(True)
        self.button = primary(_SIGN_IN, self.pressed.emit)
        self.way_on = plain("", self._go_the_way)
        self._way: Callable[[], None] | None = None
        self.links = (
            quiet(_FORGOT, self.forgot.emit),
            quiet(_BACKUP, self.backup_wanted.emit),
        )
        self.seconds = 0
        self.hint = ""
        self._ticking = QTimer(self)
        self._ticking.setInterval(_A_SECOND)
        self._ticking.timeout.connect(self.tick)
        self._fill()
        self.name.setFocus()

    def start(self) -> None:
        """Ask anew."""
        self.password.clear()
        self.say_nothing()
        self.set_busy(False)
        (self.password if self.name.text() else self.name).setFocus()

    def typed(self) -> tuple[str, str]:
        """Name and password as they are typed."""
        return self.name.text().strip(), self.password.text()

    def again(self) -> None:
        """Let the password be typed once more."""
        self.password.setFocus()
        self.password.selectAll()

    def show_words(self, message: str, advice: str, tone: str = "bad") -> None:
        """Say why it did not work, or what was done."""
        self.problem.setProperty("tone", tone)
        self.problem.style().unpolish(self.problem)
        self.problem.style().polish(self.problem)
        said = " ".join(part for part in (message, advice, self.hint) if part)
        self.problem.setText(f"{_SIGNS.get(tone, '')}{said}")
        self.problem.show()
        self._describe(said)
        announce(self.problem, said)

    def say_nothing(self) -> None:
        """What was said no longer holds."""
        self.problem.hide()
        self._describe("")
        self.way_on.hide()
        self.links[1].show()

    def _describe(self, said: str) -> None:
        """Let it be heard wherever the cursor is, as when one comes here by a lock."""
        for each in (self.name, self.password):
            each.setAccessibleDescription(said)

    def offer(self, words: str, run: Callable[[], None]) -> None:
        """A button with the way on, below what went wrong."""
        self._way = run
        self.way_on.setText(words)
        self.way_on.show()

    def offer_backup(self) -> None:
        """The way on is a backup."""
        self.offer(_BACKUP, self.backup_wanted.emit)
        self.links[1].hide()

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001
        """Nothing can be pressed while the desk is being opened."""
        self._ticking.stop()
        self.button.setEnabled(not busy)
        self.button.setText(_OPENING if busy else _SIGN_IN)

    def wait(self, seconds: int) -> None:
        """Count down before the next try."""
        self.seconds = seconds
        self.button.setEnabled(False)
        self._show_wait()
        self._ticking.start()

    def tick(self) -> None:
        """A second has gone."""
        self.seconds -= 1
        self._show_wait()

    def _show_wait(self) -> None:
        if self.seconds > 0:
            self.button.setText(f"Wait {self.seconds} s")
            return
        self.say_nothing()
        self.set_busy(False)
        self.again()

    def _go_the_way(self) -> None:
        if self._way is not None:
            self._way()

    def _fill(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(px(24), px(24), px(24), px(24))
        inside.setSpacing(px(4))
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
        self.way_on.hide()
        inside.addSpacing(px(8))
        inside.addWidget(self.problem)
        inside.addWidget(self.way_on)
        inside.addSpacing(px(8))
        inside.addWidget(self.button)
        inside.addSpacing(px(8))
        for each in self.links:
            inside.addWidget(each)
        self.name.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.pressed.emit)

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


def _label(words: str, buddy: QWidget) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "field")
    label.setBuddy(buddy)
    buddy.setAccessibleName(words)
    return label
