"""A window that nobody signed in to yet, on a real desk or on none; people invented."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from provider_desk.keys.vault import FileVault
from provider_desk.model.clock import FixedClock
from provider_desk.services.desk import Desk
from provider_desk.services.entry.new_desk import NewDesk
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.entering.card import EntryCard
from provider_desk.ui.pages.entering.first_run import FirstRun
from provider_desk.ui.pages.sign_in import SignInPage
from provider_desk.ui.preferences import Preferences
from tests.builders.desks import planned
from tests.builders.windows import settle

C = TypeVar("C", bound=EntryCard)


class Entrance:
    """A folder for a desk, a file for the team secret, and windows on them.

    Attributes:
        folder: of the desk, made or not.
        vault: the file that keeps the team secret.
        window: the newest one.
    """

    def __init__(
        self, qtbot: QtBot, tmp_path: Path, preferences: Preferences, clock: FixedClock
    ) -> None:
        self.tmp_path = tmp_path
        self.folder = tmp_path / "a desk"
        self.secret = tmp_path / "team secret"
        self.vault = FileVault(self.secret)
        self.clock = clock
        self._qtbot = qtbot
        self._preferences = preferences
        self.plan: NewDesk | None = None
        self.window = self.new_window()

    def make(self) -> Desk:
        """An open desk with a manager; ``plan`` then holds its sheets."""
        self.plan = planned(self.clock, self.vault)
        self.plan.vouched()
        return self.plan.make(self.folder)

    def code(self, sheet: str) -> str:
        """The code of a recovery sheet."""
        assert self.plan is not None
        groups = {each.which: each.groups for each in self.plan.sheets}
        return " ".join(groups[sheet])

    def new_window(self) -> MainWindow:
        """Start the program again."""
        made = MainWindow(
            self.folder, self._preferences, self.clock, team_secret=self.secret
        )
        self._qtbot.addWidget(made)
        made.resize(1366, 740)
        made.show()
        self.window = made
        return made

    @property
    def page(self) -> SignInPage:
        """Who wants in."""
        return self.window.sign_in

    def settle(self) -> None:
        """Wait until nothing is under way."""
        settle(self._qtbot, self.window)

    def first_run(self) -> FirstRun:
        """The first run's card, where there is no desk."""
        self.page.prepare()
        self.settle()
        return self.card(FirstRun)

    def card(self, kind: type[C]) -> C:
        """The card that is shown in place of name and password."""
        assert self.page.ways is not None
        found = self.page.ways.card
        assert isinstance(found, kind), found
        return found

    def sign_in(self, name: str, password: str) -> None:
        """Type name and password, and press the button."""
        self.page.name.setText(name)
        self.page.password.setText(password)
        self.page.sign_in()
        self.settle()

    def desk(self) -> Desk:
        """The desk that is open in the window."""
        assert self.window.view is not None
        return self.window.view.frame.desk

    def said(self) -> str:
        """Everything that stands on the window now."""
        labels = self.window.findChildren(QLabel)
        return " ".join(label.text() for label in labels if label.isVisible())

    def close(self) -> None:
        """Close the window, and with it the desk that is open in it."""
        self.window._may_close = True
        self.window.close()
