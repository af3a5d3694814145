"""Keeps what is typed in the boxes of the narrative, whatever becomes of the page.

What is not in the store yet is held here, so that a box that is made anew shows it.
"""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from provider_desk.model.changed import Changed
from provider_desk.model.months import Month
from provider_desk.services.returning import narrating
from provider_desk.ui.frame import Frame

#: What could not be kept is tried again so often.
_AGAIN_MS = 5000

#: Contract, month, area and box.
Place = tuple[str, Month, str, str]


class KeptBoxes(QObject):
    """Writes words one after the other, the newest of a box last.

    Attributes:
        kept: words are in the store now: place and words.
        refused: words could not be kept; they are held and tried again: place, error.
    """

    kept = Signal(object, str)
    refused = Signal(object, object)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._held: dict[Place, str] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._try_again)

    def held(self, place: Place, stored: str) -> str:
        """The words of a box: what is not kept yet, else what the store says."""
        return self._held.get(place, stored)

    def all_kept(self) -> bool:
        """Whether everything that was given is in the store."""
        return not self._held

    def keep(self, place: Place, words: str) -> None:
        """Put words into the store; they are held until they are there."""
        if self._held.get(place) == words and not self._again.isActive():
            return
        self._held[place] = words
        self._write(place, words)

    def _write(self, place: Place, words: str) -> None:
        contract_id, month, area, box = place
        desk = self._frame.desk

        def run() -> Changed:
            return narrating.write_box(desk, contract_id, month, area, box, words)

        self._frame.tasks.write(
            self,
            run,
            partial(self._is_kept, place, words),
            partial(self._not_kept, place),
        )

    def _is_kept(self, place: Place, words: str, _changed: Changed) -> None:
        if self._held.get(place) == words:
            del self._held[place]
        self.kept.emit(place, words)

    def _not_kept(self, place: Place, error: Exception) -> None:
        self.refused.emit(place, error)
        self._again.start()

    def _try_again(self) -> None:
        for place, words in list(self._held.items()):
            self._write(place, words)
