"""Settings: one's own password."""

from PySide6.QtCore import Qt

from provider_desk.model.errors import NotValid, WrongPassword
from provider_desk.model.fields import Text
from provider_desk.services.rights import users
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.setting.secret import (
    AGAIN,
    PASSWORD,
    differing,
    empty,
    secret_box,
    typed,
)
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.theme import px

_OLD = Text(label="Your password now")
_NEW = Text(label="New password", help=PASSWORD.help)
_WIDTH = 420


class PasswordSection(Section):
    """The old one, the new one twice."""

    TITLE = "Your password"
    ABOUT = (
        "Nobody can look a password up, not even a manager. If you write it down, keep "
        "it where only you get at it: it opens what you may read."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.banner = Banner()
        self.old, self.new = secret_box(_OLD), secret_box(_NEW)
        self.again = secret_box(AGAIN)
        self.button = primary("Change password", self.save)
        for part in (self.banner, self.old, self.new, self.again, self.button):
            part.setMaximumWidth(px(_WIDTH))
            self.column.addWidget(part)
        for box in (self.old, self.new, self.again):
            box.editor.changed.connect(box.forget_problem)
        self.column.addStretch(1)

    def start(self) -> None:
        """The old password."""
        self.old.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Change it, if both new ones are the same."""
        wrong = differing(self.new, self.again, "again")
        self.again.show_problems(wrong)
        if wrong or not self.button.isEnabled():
            return
        self.banner.hide()
        desk, old, new = self.frame.desk, typed(self.old), typed(self.new)
        self.button.setEnabled(False)
        self.frame.write(
            self,
            lambda: users.change_password(desk, old, new),
            lambda _new: self._changed(),
            self._failed,
            instead="The old one opens nothing now; change it again if need be.",
        )

    def _changed(self) -> None:
        self.button.setEnabled(True)
        empty(self.old, self.new, self.again)
        self.start()

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, NotValid):
            self.new.show_problems(error.problems)
            self.new.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.banner.show_error(error)
        if isinstance(error, WrongPassword):
            self.start()
