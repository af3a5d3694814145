"""What stands on the pages of return and capacity while there is no contract."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.card import Card
from provider_desk.ui.parts.words import body, strong


class NoContract(Card):
    """What to do before there can be a return."""

    def __init__(self, settings: Callable[[], None]) -> None:
        """Lay it out.

        Args:
            settings: goes where contracts are entered.
        """
        super().__init__()
        self.inside.addWidget(strong("This desk has no contract yet."))
        self.inside.addWidget(
            body(
                "Referrals, the return and capacity belong to a contract and its "
                "service areas. Add one in Settings, or bring in the spreadsheet that "
                "you keep today."
            )
        )
        button = primary("Add a contract", settings)
        self.inside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
