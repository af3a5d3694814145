"""Settings: the people who sign in."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Text, Value
from provider_desk.model.records import User
from provider_desk.services import users
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.setting.secret import (
    AGAIN,
    PASSWORD,
    differing,
    secret_box,
    typed,
)
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body
from provider_desk.ui.tables.columns import declared
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView

_LET_GO = "Take away their way in"


class StaffSection(Section):
    """A table of people; opening one changes the role or lets them go."""

    TITLE = "People who sign in"
    ABOUT = (
        "Each person has a name and a password of their own; the role says what they "
        "may do. Whoever leaves is taken off the same day."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.model: RowTable[User] = RowTable(
            [
                declared(User, "name", lambda user: user.name, 240),
                declared(User, "role", lambda user: user.role, 160),
                declared(User, "initials", lambda user: user.initials, 180),
                declared(User, "ends_on", lambda user: user.ends_on, 150),
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
        """Ask for name, role and a first password."""
        self.frame.open_panel(AddUserPanel(self.frame))

    def _open(self, user: User) -> None:
        self.frame.open_panel(ChangeUserPanel(self.frame, user))

    def _show(self, found: Sequence[User]) -> None:
        self.model.set_rows(found)


class AddUserPanel(FormPanel):
    """Name, role, code, and a first password that they can change."""

    def __init__(self, frame: Frame) -> None:
        desk = frame.desk
        form = RecordForm(User, ["name", "role", "initials"], desk.today)
        self.password, self.again = secret_box(PASSWORD), secret_box(AGAIN)
        self._secret = ""

        def run(values: Mapping[str, Value]) -> Changed:
            return users.add_user(
                desk,
                str(values["name"]),
                str(values["role"]),
                self._secret,
                initials=str(values["initials"] or ""),
            )

        super().__init__(frame, "Add a person who signs in", form, "Add person", run)
        for box in (self.password, self.again):
            self.body.addWidget(box)
            box.editor.changed.connect(box.forget_problem)

    def save(self) -> None:
        """Save, if both passwords are the same."""
        wrong = differing(self.password, self.again, "again")
        self.again.show_problems(wrong)
        if not wrong:
            self._secret = typed(self.password)
            super().save()

    def _failed(self, error: Exception) -> None:
        super()._failed(error)
        if isinstance(error, NotValid):
            mine = [p for p in error.problems if p.field == "password"]
            self.password.show_problems(mine)


class ChangeUserPanel(FormPanel):
    """Role, code and last day; or an end at once."""

    def __init__(self, frame: Frame, user: User) -> None:
        desk = frame.desk
        form = RecordForm(User, ["role", ("initials", "ends_on")], desk.today)
        super().__init__(
            frame,
            user.name,
            form,
            "Save",
            lambda values: users.change_user(desk, user.id, values),
            draft=f"user:{user.id}",
        )
        form.set_values(user.values())
        self._user = user
        if user.id != desk.user.id:
            self.foot.addWidget(plain(_LET_GO, self._let_go))

    def _let_go(self) -> None:
        self.frame.open_panel(LetGoPanel(self.frame, self._user))


class LetGoPanel(Panel):
    """Asks why, then takes somebody's way in away; it can't be undone here."""

    def __init__(self, frame: Frame, user: User) -> None:
        super().__init__(f"{_LET_GO}: {user.name}")
        self.frame = frame
        self._user = user
        self.banner = Banner()
        kind = Text(label="Why", longest=200)
        self.why = FieldBox(kind, LineEditor(kind.longest), optional=False)
        self.why.editor.changed.connect(self.why.forget_problem)
        told = (
            "They can't sign in from now on. What they recorded stays under their "
            "name. To let them in again, add them anew."
        )
        for part in (self.banner, body(told), self.why):
            self.body.addWidget(part)
        self.button = primary(_LET_GO, self.save)
        self.foot.addWidget(self.button, 1)

    def start(self) -> None:
        """The reason."""
        self.why.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Do it."""
        reason = typed(self.why)
        if not reason:
            self.why.show_problems([Problem("why", "Say why; it is kept in history.")])
            self.start()
            return
        desk, user_id = self.frame.desk, self._user.id
        self.button.setEnabled(False)
        self.frame.write(
            self,
            lambda: users.let_go(desk, user_id, reason),
            lambda _new: self.closed.emit(),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.banner.show_error(error)
