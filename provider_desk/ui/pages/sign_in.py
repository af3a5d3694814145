"""Who wants in: name and password, or one of the other ways in.

This page is the first window, so it does without Qt's large namespaces (``Qt``) and
without the desk's modules until it was painted.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.model.errors import (
    Damaged,
    DiskFull,
    InUse,
    Missing,
    NoKeyring,
    OlderDesk,
    ReadOnly,
    SecretNeeded,
    TooManyTries,
)
from provider_desk.ui.errors import words_for
from provider_desk.ui.pages.sign_in_card import SignInCard
from provider_desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from provider_desk.model.clock import Clock
    from provider_desk.services.desk import Desk
    from provider_desk.ui.pages.entering.door import Door
    from provider_desk.ui.pages.entering.ways import Ways


class SignInPage(QWidget):
    """The first thing that is seen.

    Attributes:
        signed_in: carries the open ``Desk``.
        card: name and password, what is said, the button.
        name, password, problem, button: on it.
        ways: the other ways in; None until one is wanted.
    """

    signed_in = Signal(object)

    def __init__(
        self,
        folder: Path,
        clock: "Clock | None",
        tasks: Tasks,
        team_secret: Path | None = None,
    ) -> None:
        """Lay it out.

        Args:
            folder: of the desk.
            clock: what tells the time; the machine's by default.
            tasks: work beside the window.
            team_secret: a file that holds the team secret instead of the system.
        """
        super().__init__()
        self._folder = folder
        self._given_clock = clock
        self._tasks = tasks
        self._team_secret = team_secret
        self._made_door: Door | None = None
        self.ways: Ways | None = None
        self.setAccessibleName("Sign in")
        self.card = card = SignInCard()
        self.name, self.password = card.name, card.password
        self.problem, self.button = card.problem, card.button
        self.card.pressed.connect(self.sign_in)
        self.card.forgot.connect(lambda: self.open_ways().go("password"))
        self.card.backup_wanted.connect(lambda: self.open_ways().go("restore"))
        self._whole = self._middle()

    @property
    def door(self) -> "Door":
        """What every way in needs; made when the first one is gone."""
        if self._made_door is None:
            from provider_desk.model.clock import SystemClock  # noqa: PLC0415
            from provider_desk.ui.pages.entering.door import Door  # noqa: PLC0415

            self._made_door = Door(
                self._folder,
                self._given_clock or SystemClock(),
                self._tasks,
                self._team_secret,
            )
        return self._made_door

    def prepare(self, sign_in_as: tuple[str, str] | None = None) -> None:
        """Load what signing in needs, and see whether there is a desk to open."""
        folder = self._folder

        def look() -> bool:
            from provider_desk.services.entry.sign_in import desk_exists  # noqa: PLC0415

            return desk_exists(folder)

        def seen(exists: bool) -> None:  # noqa: FBT001
            if not exists:
                self.open_ways().go("first run")
            elif sign_in_as is not None:
                self.card.name.setText(sign_in_as[0])
                self.card.password.setText(sign_in_as[1])
                self.sign_in()

        self._tasks.read(self, look, seen, self._on_error)

    def start(self) -> None:
        """Ask for the password anew."""
        self.card.start()

    def sign_in(self) -> None:
        """Try name and password."""
        name, password = self.card.typed()
        if not self.card.button.isEnabled():
            return
        if not name or not password:
            self.show_words("Type your name and your password.", "")
            (self.card.name if not name else self.card.password).setFocus()
            return
        self.try_with(name, password)

    def try_with(self, name: str, password: str, older: str = "") -> None:
        """Open the desk in another thread.

        Args:
            name: who wants in.
            password: as typed.
            older: why a desk that is older than it was is to be opened; "" refuses it.
        """
        door = self.door

        def work() -> "Desk":
            from provider_desk.services.entry import sign_in  # noqa: PLC0415

            return sign_in.sign_in(
                door.folder,
                name,
                password,
                door.clock,
                door.vault(),
                accept_older=older,
            )

        self.card.say_nothing()
        self.card.set_busy(True)
        self._tasks.read(self, work, self._let_in, self._on_error)

    def show_words(self, message: str, advice: str, tone: str = "bad") -> None:
        """Say why it did not work, or what was done."""
        self.card.show_words(message, advice, tone)

    def unfinished(self) -> str:
        """What stays behind if the program is closed now, "" where nothing does."""
        return self.ways.unfinished() if self.ways is not None else ""

    def show_card(self, card: QWidget | None) -> None:
        """Show the card of another way in, None for the name and password again."""
        self.card.setVisible(card is None)
        if card is not None:
            self._whole.addWidget(card, 100)
            card.show()

    def open_ways(self) -> "Ways":
        """The other ways in."""
        if self.ways is None:
            from provider_desk.ui.pages.entering.ways import Ways  # noqa: PLC0415

            self.ways = Ways(self)
        return self.ways

    def _let_in(self, desk: "Desk") -> None:
        self.card.password.clear()
        self.card.set_busy(False)
        self.show_card(None)
        self.signed_in.emit(desk)

    def _on_error(self, error: Exception) -> None:
        self.card.set_busy(False)
        if isinstance(error, SecretNeeded | NoKeyring | OlderDesk):
            self.open_ways().answer(error)
            return
        self.show_words(*words_for(error))
        if isinstance(error, TooManyTries):
            self.card.wait(error.seconds)
            return
        if isinstance(error, Damaged | Missing):
            self.card.offer_backup()
        elif isinstance(error, InUse | ReadOnly | DiskFull):
            self.card.offer("Try again", self.sign_in)
        self.card.again()

    def _middle(self) -> QVBoxLayout:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(1)
        return whole
