"""Panels: somebody is added, changed, or gets a new password."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import User
from provider_desk.services.rights import users
from provider_desk.services.rights.permissions import Permission, permissions_of
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.setting.given_password import GivenPassword
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, soft, strong

_RESET = (
    "For somebody who forgot their password. Their old one opens nothing from then on, "
    "and what they had typed and not saved is lost."
)
_ROLE = (
    "The counselling key goes with the role: whoever writes no sealed notes in a new "
    "one loses it, and only a clinical lead gives it again."
)
_COUNSEL = "If they hold the counselling key, the clinical lead has to give it again."


class AddUserPanel(FormPanel):
    """Name, role, initials, team, last day, and a first password made by chance.

    Attributes:
        password: the words to be handed over.
    """

    def __init__(self, frame: Frame) -> None:
        desk = frame.desk
        rows: list[Row] = ["name", "role", ("initials", "ends_on"), "team"]
        form = RecordForm(User, rows, desk.today)
        self.password = GivenPassword()

        def run(values: Mapping[str, Value]) -> Changed:
            ends_on = values["ends_on"]
            return users.add_user(
                desk,
                str(values["name"]),
                str(values["role"]),
                self.password.words,
                initials=str(values["initials"] or ""),
                ends_on=ends_on if isinstance(ends_on, date) else None,
                team=str(values["team"] or ""),
            )

        super().__init__(
            frame,
            "Add a person who signs in",
            form,
            "Add person",
            run,
            draft="user:new",
            opening=Opening("user", {"user_id": ""}),
            instead="By mistake? Open their line: “They leave”.",
        )
        self.body.addWidget(self.password)
        self.setTabOrder(self.password.another, self.button)


class ChangeUserPanel(FormPanel):
    """Role, initials, team and last day; a new password; or they leave.

    Attributes:
        deeds: the other deeds about this person; none about oneself.
    """

    def __init__(self, frame: Frame, user: User) -> None:
        desk = frame.desk
        form = RecordForm(User, ["role", ("initials", "ends_on"), "team"], desk.today)
        super().__init__(
            frame,
            user.name,
            form,
            "Save",
            lambda values: users.change_user(desk, user.id, values),
            draft=f"user:{user.id}",
            opening=Opening("user", {"user_id": user.id}),
            instead="By mistake? Open their line again.",
        )
        form.set_values(user.values())
        self._user = user
        if Permission.WRITE_SEALED in permissions_of(user.role):
            self.body.addWidget(soft(_ROLE))
        self.deeds = (
            plain("Set a new password", self.reset),
            plain("They leave: open the checklist", self.leaves),
        )
        if user.id == desk.user.id:
            self.body.addWidget(soft("This is you. Your password is in Settings too."))
            return
        self.body.addWidget(strong("Also"))
        for deed in self.deeds:
            self.body.addWidget(deed, 0, Qt.AlignmentFlag.AlignLeft)

    def reset(self) -> None:
        """Give them a new password."""
        self.frame.open_panel(ResetPanel(self.frame, self._user))

    def leaves(self) -> None:
        """What is to be done when they leave."""
        user = self._user
        self.frame.go("leaver", user_id=user.id, name=user.name, initials=user.initials)


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel about somebody who signs in that a draft was typed into."""
    wanted = args["user_id"]
    if not wanted:
        frame.open_panel(AddUserPanel(frame))
        return

    def show(found: Sequence[User]) -> None:
        same = next((user for user in found if user.id == wanted), None)
        if same is None:
            gone()
        else:
            frame.open_panel(ChangeUserPanel(frame, same))

    desk = frame.desk
    frame.read(frame, lambda: users.users(desk), show, lambda _error: gone())


class ResetPanel(Panel):
    """A new password made by chance, to be handed over.

    Attributes:
        password: the words.
        button: sets it.
    """

    def __init__(self, frame: Frame, user: User) -> None:
        """Lay it out.

        Args:
            frame: the window.
            user: who gets it.
        """
        super().__init__(f"New password for {user.name}")
        self._frame = frame
        self._user = user
        self.banner = Banner()
        self.password = GivenPassword("New password")
        for part in (self.banner, body(_RESET), self.password, soft(_COUNSEL)):
            self.body.addWidget(part)
        self.button = primary("Set this password", self.save)
        self.foot.addWidget(self.button, 1)

    def start(self) -> None:
        """Other words can be asked for first."""
        self.password.another.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Set it."""
        if not self.button.isEnabled():
            return
        desk, user_id, words = self._frame.desk, self._user.id, self.password.words
        self.button.setEnabled(False)
        self._frame.write(
            self,
            lambda: users.reset_password(desk, user_id, words),
            lambda _new: self.closed.emit(),
            self._failed,
            instead="The old one can't come back; set another if need be.",
        )

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.banner.show_error(error)
