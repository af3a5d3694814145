"""Panel: access to records outside a caseload that somebody was given is ended."""

from functools import partial

from PySide6.QtCore import Qt

from provider_desk.model.changed import Changed
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.saying import some
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body

_WHAT = "They can open these records until the last day of each. It ends at once."


class AccessPanel(Panel):
    """One button for all that were given.

    Attributes:
        button: ends them.
    """

    def __init__(self, frame: Frame, user_id: str, name: str) -> None:
        """Lay it out.

        Args:
            frame: the window.
            user_id: whose access.
            name: theirs.
        """
        super().__init__(f"End access of {name}")
        self._frame = frame
        self._user_id = user_id
        self.banner = Banner()
        for part in (self.banner, body(_WHAT)):
            self.body.addWidget(part)
        self.button = primary("End all access", self.save)
        self.foot.addWidget(self.button, 1)

    def start(self) -> None:
        """The button."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """End them."""
        if not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        self._frame.write(
            self,
            partial(_end_all, self._frame.desk, self._user_id),
            lambda _new: self.closed.emit(),
            self._failed,
            instead="Give it again from the person's page if need be.",
        )

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.banner.show_error(error)


def _end_all(desk: Desk, user_id: str) -> Changed:
    touched: frozenset[str] = frozenset()
    given = [each for each in caseload.access_given(desk) if each.user_id == user_id]
    for access in given:
        changed = caseload.end_access(desk, access.id, "leaves the service")
        touched |= changed.records.get(type(access).TABLE, frozenset())
    said = f"{some(len(given), 'access', 'accesses')} ended."
    return Changed({"case_access": touched}, said)
