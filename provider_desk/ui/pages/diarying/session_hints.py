"""What to know before a session is written down, on a tinted ground above its form."""

from dataclasses import replace

from provider_desk.services.casework.booking.hints import Hints
from provider_desk.ui.parts.banner import Note
from provider_desk.ui.parts.words import set_state, soft, state

_OPEN_CASE = (
    "A criminal case is open. Notes may be asked for: facts only, nothing about the "
    "evidence."
)


class SessionHints(Note):
    """An open case, the agreement before trial, and how much of it is used."""

    def __init__(self) -> None:
        super().__init__()
        self._hints = Hints()
        self._bucket = ""
        self._besides = ""
        self._open_case = state(_OPEN_CASE, "warn")
        self._agreement = soft()
        self._allowance = state()
        for part in (self._open_case, self._agreement, self._allowance):
            self.inside.addWidget(part)

    def tell(self, hints: Hints, counted: str = "") -> None:
        """Take what is known of a case.

        Args:
            hints: what is known.
            counted: "PRE" or "POST" where this very session counts there already; it
                is left out of the number, which says so.
        """
        used = dict(hints.allowance.used)
        if counted:
            used[counted] = max(used.get(counted, 0) - 1, 0)
        self._hints = replace(hints, allowance=replace(hints.allowance, used=used))
        self._besides = " besides this one" if counted else " so far"
        self._show()

    def choose(self, bucket: str) -> None:
        """Before or after a trial was chosen, or neither."""
        self._bucket = bucket
        self._show()

    def counted(self) -> str:
        """“5 of 8 before trial so far.”; "" where neither is chosen."""
        if not self._bucket:
            return ""
        return f"{self._hints.allowance.words(self._bucket)}{self._besides}."

    def is_used_up(self) -> bool:
        """Whether one more session is more than was agreed."""
        held = self._hints.allowance
        return bool(self._bucket) and held.is_used(self._bucket)

    def _show(self) -> None:
        known, bucket = self._hints, self._bucket
        self._open_case.setVisible(known.open_case)
        self._agreement.setText(known.agreement)
        self._agreement.setVisible(bool(known.agreement))
        self._allowance.setVisible(bool(bucket))
        if bucket:
            used = known.allowance.is_used(bucket)
            words = f"{known.allowance.words(bucket)}{self._besides}"
            if used:
                words += ": one more is more than was agreed, so say why"
            set_state(self._allowance, words, "warn" if used else "plain")
        self.setVisible(known.open_case or bool(known.agreement) or bool(bucket))
