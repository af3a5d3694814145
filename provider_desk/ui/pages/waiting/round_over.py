"""The end of a round of calls."""

from PySide6.QtCore import Qt

from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, state


class RoundOver(Panel):
    """How the round went."""

    def __init__(self, report: str, what: str = "Call through") -> None:
        super().__init__(f"{what}: done")
        self.body.addWidget(state("That was the last one on this list.", "good"))
        self.body.addWidget(body(report))
        self.button = primary("Back to the list", self.leave)
        self.foot.addWidget(self.button, 1)

    def start(self) -> None:
        """The only thing left to do."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
