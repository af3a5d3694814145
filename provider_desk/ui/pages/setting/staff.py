"""Settings: the people who sign in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from provider_desk.model.records import User
from provider_desk.services.rights import users
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.pages.setting.staff_panels import AddUserPanel, ChangeUserPanel
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.tables.columns import declared
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView


class StaffSection(Section):
    """A table of people; opening one changes the role, the password, or lets them go.

    Attributes:
        table: of everybody who signs in.
        button: adds somebody.
    """

    TITLE = "People who sign in"
    ABOUT = (
        "Each person has a name and a password of their own; the role says what they "
        "may do. Whoever leaves is taken off the same day: open their line."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.model: RowTable[User] = RowTable(
            [
                declared(User, "name", lambda user: user.name, 220),
                declared(User, "role", lambda user: user.role, 190),
                declared(User, "initials", lambda user: user.initials, 170, leaves=2),
                declared(User, "team", lambda user: user.team, 150, leaves=1),
                declared(User, "ends_on", lambda user: user.ends_on, 150, leaves=3),
            ]
        )
        self.table = TableView(self.TITLE, self.model, frame.preferences, self._open)
        self.button = primary("Add a person who signs in", self.add)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def load(self) -> None:
        """Show who signs in."""
        desk = self.frame.desk
        self.frame.read(self, lambda: users.users(desk), self._show)

    def start(self) -> None:
        """The button that adds somebody."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Ask for name and role, and show a first password."""
        self.frame.open_panel(AddUserPanel(self.frame))

    def _open(self, user: User) -> None:
        self.frame.open_panel(ChangeUserPanel(self.frame, user))

    def _show(self, found: Sequence[User]) -> None:
        self.model.set_rows(found)
