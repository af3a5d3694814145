"""What to do where the waiting list has nobody to show."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt

from provider_desk.model.waiting_rows import WaitingList
from provider_desk.ui.pages.waiting import words
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.card import Card
from provider_desk.ui.parts.words import body, strong


class Empty(Card):
    """Nobody waits, or nobody in the part that was chosen."""

    def __init__(self, show_all: Callable[[], None]) -> None:
        super().__init__()
        self._what = strong()
        self._advice = body()
        self._all = quiet("Show everybody who waits", show_all)
        self.inside.addWidget(self._what)
        self.inside.addWidget(self._advice)
        self.inside.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_for(
        self, found: WaitingList, shown: int, today: date, *, whole: bool
    ) -> None:
        """Say it where nobody is shown, and hide otherwise.

        Args:
            found: the list.
            shown: how many rows of it the chosen part has.
            today: the day that it is.
            whole: whether it has everybody who waits, not one's own caseload only.
        """
        self.setVisible(not shown)
        filtered = bool(found.rows)
        self._all.setVisible(filtered)
        if filtered:
            self._what.setText("Nobody in this part of the list.")
            self._advice.setText("Others are waiting outside the chosen part.")
            return
        day = words.day_words(found.as_of)
        now = found.as_of == today
        who = "Nobody" if whole else "Nobody of your caseload"
        self._what.setText(
            f"{who} is waiting." if now else f"{who} was waiting on {day}."
        )
        if not whole:
            self._advice.setText(
                "Somebody who waits is on your caseload once the referral is allocated "
                "to you."
            )
            return
        self._advice.setText(
            "Accepting a referral puts somebody on this list. Find the person with "
            "Ctrl+K, then press Ctrl+Shift+R for a new referral or Ctrl+Shift+D to "
            "decide one; or bring in the spreadsheet that you keep today."
        )
