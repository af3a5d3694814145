"""The office: who signs in, and whose account ends."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt

from provider_desk.model.records import User
from provider_desk.services.rights import users
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.tables.columns import declared
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView


class AccountsSection(Section):
    """Those whose account ends stand first; opening one leads to Settings.

    Attributes:
        table: of everybody who signs in.
        change: opens the settings where they are changed.
    """

    TITLE = "Accounts"
    ABOUT = (
        "Who signs in, those whose account ends first. Students and bank counsellors "
        "have a last day; Today tells of it two weeks ahead."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.model: RowTable[User] = RowTable(
            [
                declared(User, "name", lambda user: user.name, 220),
                declared(User, "role", lambda user: user.role, 220),
                declared(User, "ends_on", lambda user: user.ends_on, 160),
            ]
        )
        self.table = TableView(self.TITLE, self.model, frame.preferences, self._open)
        self.change = plain("Change in Settings", self._settings)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)

    def load(self) -> None:
        """Show who signs in."""
        desk = self.frame.desk
        self.frame.read(self, lambda: users.users(desk), self._show)

    def start(self) -> None:
        """The table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, _user: User) -> None:
        self._settings()

    def _settings(self) -> None:
        self.frame.go("settings", part="staff")

    def _show(self, found: Sequence[User]) -> None:
        self.model.set_rows(sorted(found, key=lambda u: u.ends_on or date.max))
