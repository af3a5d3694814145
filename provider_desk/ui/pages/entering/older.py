"""The desk is older than this computer remembers it: three ways to go on."""

from PySide6.QtCore import Qt, Signal

from provider_desk.model.errors import OlderDesk, Problem
from provider_desk.model.fields import Text
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.pages.entering.card import EntryCard, enter_goes_on, left_aligned
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.card import Card
from provider_desk.ui.parts.words import body, strong

_WHY = Text(
    label="Why go on with this older desk",
    help="It stands in the log of who looked, under your name.",
    longest=200,
)
_TITLE = "This desk is older than it was"
_ASK = (
    "If you do not know how this came about, stop here and call whoever looks after "
    "this computer. A copy put back by somebody else can hide what was recorded since. "
    "Leave everything as it is until then."
)
_RESTORE = (
    "If the newer desk was lost, a newer backup brings back more than this copy has."
)
_ACCEPT = (
    "If you put this copy back yourself and know that nothing newer is left, a manager "
    "can go on with it. What was recorded since then is not on it."
)


class OlderCard(EntryCard):
    """Says in numbers what is missing, and asks what is to be done.

    Attributes:
        accepted: a manager goes on with this desk; carries the reason.
        backup_wanted: a newer backup is to be put back.
        why: the reason.
    """

    accepted = Signal(str)
    backup_wanted = Signal()

    def __init__(self, error: OlderDesk) -> None:
        super().__init__(_TITLE, error.message, "Stop here")
        self._advice = body(error.advice)
        self._advice.setVisible(bool(error.advice))
        self.back.hide()
        assert _WHY.longest  # noqa: S101 - declared above
        self.why = FieldBox(_WHY, LineEditor(_WHY.longest), optional=False)
        enter_goes_on([self.why], self.accept)
        self.accept_button = plain("Go on with this desk", self.accept)
        self.column.addWidget(self._advice)
        self.column.addWidget(_way("1  Ask first", body(_ASK)))
        newer = _way("2  Put a newer backup back", body(_RESTORE))
        left_aligned(
            newer.inside,
            plain("Bring a desk back from a backup", self.backup_wanted.emit),
        )
        self.column.addWidget(newer)
        go_on = _way("3  Go on as a manager", body(_ACCEPT), self.why)
        left_aligned(go_on.inside, self.accept_button)
        self.column.addWidget(go_on)

    def start(self) -> None:
        """Stopping is the usual answer."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Stop here: back to signing in, with nothing opened."""
        self.leave()

    def accept(self) -> None:
        """Go on with this desk, if a reason is given."""
        reason = str(self.why.editor.value() or "")
        if not reason:
            self.why.show_problems([Problem("why", "Say why; it is kept in the log.")])
            self.why.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accepted.emit(reason)


def _way(title: str, *parts: object) -> Card:
    card = Card()
    card.setProperty("role", "note")
    card.setAccessibleName(title)
    card.inside.addWidget(strong(title))
    for part in parts:
        card.inside.addWidget(part)  # type: ignore[arg-type]
    return card
