"""Panel: somebody's way in is taken away, with the reason."""

from PySide6.QtCore import Qt

from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Text
from provider_desk.services.rights import users
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body

_DEED = "Take away their way in"
_TOLD = (
    "They can't sign in from now on, and new keys begin for all they held. What they "
    "recorded stays under their name. To let them in again, add them anew."
)
_WHY = Text(label="Why", longest=200)


class LetGoPanel(Panel):
    """Asks why; it can't be undone here.

    Attributes:
        why: the reason.
        button: does it.
    """

    def __init__(self, frame: Frame, user_id: str, name: str) -> None:
        """Lay it out.

        Args:
            frame: the window.
            user_id: who leaves.
            name: theirs.
        """
        super().__init__(f"{_DEED}: {name}")
        self.frame = frame
        self._user_id = user_id
        self.banner = Banner()
        self.why = FieldBox(_WHY, LineEditor(_WHY.longest or 0), optional=False)
        self.why.editor.changed.connect(self.why.forget_problem)
        for part in (self.banner, body(_TOLD), self.why):
            self.body.addWidget(part)
        self.button = primary(_DEED, self.save)
        self.foot.addWidget(self.button, 1)

    def start(self) -> None:
        """The reason."""
        self.why.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Do it."""
        reason = str(self.why.editor.value() or "")
        if not reason:
            self.why.show_problems([Problem("why", "Say why; it is kept in history.")])
            self.start()
            return
        if not self.button.isEnabled():
            return
        desk, user_id = self.frame.desk, self._user_id
        self.button.setEnabled(False)
        self.frame.write(
            self,
            lambda: users.let_go(desk, user_id, reason),
            lambda _new: self.closed.emit(),
            self._failed,
            instead="Came back? Add them again in Settings.",
        )

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, NotValid):
            self.why.show_problems(error.problems)
        else:
            self.banner.show_error(error)
