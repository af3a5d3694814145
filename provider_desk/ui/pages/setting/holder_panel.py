"""Panel: the counselling key is given to somebody, or taken away."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Text
from provider_desk.services.rights import counsel_key
from provider_desk.services.rights.counsel_key import Holder
from provider_desk.services.rights.permissions import Permission, permissions_of
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, soft

_WHY = Text(label="Why", longest=200)
_GIVE = (
    "With the key they read what is sealed for their team, older notes too. It is "
    "written down in the log of who looked."
)
_TAKE = (
    "New keys begin at once: what is sealed from now on they can't read. What they "
    "have read or copied before is out of reach."
)


class HolderPanel(Panel):
    """One person, and the deeds that fit how they stand.

    Attributes:
        buttons: the deeds that are offered.
        why: the reason for taking the key away.
    """

    def __init__(self, frame: Frame, holder: Holder) -> None:
        """Lay it out.

        Args:
            frame: the window.
            holder: whom it is about.
        """
        super().__init__(f"Counselling key: {holder.user.name}")
        self._frame = frame
        self._holder = holder
        self.banner = Banner()
        assert _WHY.longest  # noqa: S101 - declared above
        self.why = FieldBox(_WHY, LineEditor(_WHY.longest), optional=False)
        self.why.editor.changed.connect(self.why.forget_problem)
        self.buttons: list[QPushButton] = []
        self.body.addWidget(self.banner)
        if holder.wanted:
            self._offer_giving()
        may_lead = Permission.GIVE_COUNSEL_KEY in permissions_of(holder.user.role)
        if may_lead and not holder.lead:
            self._offer_leading()
        if (holder.teams or holder.lead) and holder.user.id != frame.desk.user.id:
            self._offer_taking()
        if not self.buttons:
            self.body.addWidget(
                body("This is you. Another clinical lead can take your key away.")
            )

    def start(self) -> None:
        """The first deed."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def give(self) -> None:
        """Give the key of their team."""
        desk, user_id = self._frame.desk, self._holder.user.id
        self._do(lambda: counsel_key.give(desk, user_id))

    def make_lead(self) -> None:
        """Give every team's key, and the right to give them."""
        desk, user_id = self._frame.desk, self._holder.user.id
        self._do(lambda: counsel_key.make_lead(desk, user_id))

    def take_away(self) -> None:
        """Take every key away, if a reason is given."""
        reason = str(self.why.editor.value() or "")
        if not reason:
            problem = Problem("why", "Say why; it is kept in the log.")
            self.why.show_problems([problem])
            self.why.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, user_id = self._frame.desk, self._holder.user.id
        self._do(lambda: counsel_key.take_away(desk, user_id, reason))

    def _offer_giving(self) -> None:
        team = self._holder.user.team
        self.body.addWidget(body(_GIVE))
        self._add(primary(f"Give the key of team “{team}”", self.give))

    def _offer_leading(self) -> None:
        self.body.addWidget(
            soft(
                "As a clinical lead they hold every team's key, and give it to others."
            )
        )
        self._add(plain("Let them give the key too", self.make_lead))

    def _offer_taking(self) -> None:
        self.body.addWidget(body(_TAKE))
        self.body.addWidget(self.why)
        self._add(plain("Take the key away", self.take_away))

    def _add(self, button: QPushButton) -> None:
        self.buttons.append(button)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _do(self, deed: Callable[[], Changed]) -> None:
        self.banner.hide()
        self._enable(on=False)
        self._frame.write(
            self,
            deed,
            lambda _new: self.closed.emit(),
            self._failed,
            instead="By mistake? Open their line again.",
        )

    def _enable(self, *, on: bool) -> None:
        for button in self.buttons:
            button.setEnabled(on)

    def _failed(self, error: Exception) -> None:
        self._enable(on=True)
        self.banner.show_error(error)
