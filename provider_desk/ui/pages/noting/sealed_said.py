"""A line above clinical fields that says whether what is written there is sealed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.services.notes import unsealing
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.words import set_state, state


class SealedSaid(QWidget):
    """Hidden unless the words of one of some cases are sealed."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._asked: Sequence[str] = ()
        self._label = state()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._label)
        self.hide()

    @property
    def words(self) -> str:
        """What is said now; "" while it is hidden."""
        return "" if self.isHidden() else self._label.text()

    def ask(self, referral_ids: Sequence[str]) -> None:
        """Find out for these cases."""
        self._asked = tuple(referral_ids)
        self.hide()
        desk = self._frame.desk
        for referral_id in self._asked:
            self._frame.read(
                self,
                partial(unsealing.said_of_sealing, desk, referral_id),
                partial(self._say, self._asked),
                # That it is sealed holds whether or not this can say so.
                lambda _error: None,
            )

    def _say(self, asked: Sequence[str], words: str) -> None:
        if words and asked == self._asked:
            reads = words == unsealing.TEAM_READS
            set_state(self._label, words, "plain" if reads else "warn")
            self.show()
