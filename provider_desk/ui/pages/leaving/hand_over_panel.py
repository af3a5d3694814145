"""Panel: live cases, people who wait and bookings go to a colleague."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt

from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Text
from provider_desk.model.records import User
from provider_desk.services.rights import users
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body

_WHAT = (
    "Live cases, people allocated and booked sessions go to one colleague. What was "
    "recorded stays under the name of who recorded it. Single cases can be moved "
    "afterwards, on the person's page."
)
_TO = Text(label="To whom")


class HandOverPanel(Panel):
    """A colleague is picked by typing.

    Attributes:
        to: the colleague's initials.
        button: hands over.
    """

    def __init__(self, frame: Frame, initials: str, name: str) -> None:
        """Lay it out.

        Args:
            frame: the window.
            initials: of who leaves.
            name: theirs.
        """
        super().__init__(f"Hand over from {name}")
        self._frame = frame
        self._from = initials
        self.banner = Banner()
        self._pick = ChoiceEditor([])
        self.to = FieldBox(_TO, self._pick, optional=False)
        self._pick.changed.connect(self.to.forget_problem)
        for part in (self.banner, body(_WHAT), self.to):
            self.body.addWidget(part)
        self.button = primary("Hand over", self.save)
        self.foot.addWidget(self.button, 1)
        frame.read(self, partial(users.workers, frame.desk), self._offer)

    def start(self) -> None:
        """The colleague."""
        self._pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Hand over."""
        if not self.button.isEnabled():
            return
        desk, start, to = self._frame.desk, self._from, str(self._pick.value() or "")
        self.button.setEnabled(False)
        self._frame.write(
            self,
            lambda: users.reassign_cases(desk, start, to),
            lambda _new: self.closed.emit(),
            self._failed,
            instead="Hand it back the same way if need be.",
        )

    def _offer(self, found: Sequence[User]) -> None:
        others = [user for user in found if user.initials != self._from]
        named = [(user.initials, f"{user.name} ({user.initials})") for user in others]
        self._pick.list.set_options(named)

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, NotValid):
            self.to.show_problems(error.problems)
            self.start()
        else:
            self.banner.show_error(error)
