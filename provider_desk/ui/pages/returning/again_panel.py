"""Issuing a return again, because the council insists: once, with its reason."""

from PySide6.QtWidgets import QLabel, QLineEdit

from provider_desk.model.months import Month
from provider_desk.services.returning import issuing
from provider_desk.services.returning.issuing import Made
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.long_panel import LongPanel, Work
from provider_desk.ui.parts.words import body

_FIRST = (
    "The first choice is not to. What was late or wrong goes into the next return by "
    "itself, and the council's figures stay as they are. If the council insists, the "
    "newest return can be issued once more, as version 2. Version 1 stays in the "
    "ledger, and the attacker is given both."
)


class AgainPanel(LongPanel):
    """Why, and the deed.

    Attributes:
        why: kept beside it on the desk; it does not leave.
    """

    ASIDE = False

    def __init__(self, frame: Frame, contract_id: str, month: Month) -> None:
        super().__init__(
            frame,
            f"Issue the return for {month.name} again",
            "Issue version 2",
            "Rounding and attacking …",
        )
        self._of = contract_id, month
        self.why = QLineEdit()
        self.why.setAccessibleName("Why it is issued again")
        label = QLabel("Why it is issued again")
        label.setProperty("role", "field")
        label.setBuddy(self.why)
        for part in (body(_FIRST), label, self.why):
            self.body.addWidget(part)

    def start(self) -> None:
        """Put the cursor into the reason."""
        self.why.setFocus()

    def what_to_do(self) -> Work:
        """Round and attack again."""
        desk, (contract_id, month) = self.frame.desk, self._of
        why = self.why.text()
        return lambda progress, cancelled: issuing.reissue(
            desk, contract_id, month, why, progress=progress, cancelled=cancelled
        )

    def tell(self, result: Made) -> None:
        """Every page hears of it."""
        self.frame.tell(result.changed)

    def show_result(self, _result: Made) -> None:
        """There is nothing more to do here."""
        self.closed.emit()
