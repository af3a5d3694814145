"""First run, at the end: the desk is there; the files of the sheets can go."""

from collections.abc import Callable
from pathlib import Path

from provider_desk.services.entry import new_desk
from provider_desk.ui.pages.entering.card import left_aligned
from provider_desk.ui.pages.entering.door import Door
from provider_desk.ui.pages.entering.step import Step
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.words import body, set_state, state

_WHAT = (
    "The two files of the sheets can open everything, as the paper can. Once the "
    "paper is in its places, no file is needed any more."
)


class MadeStep(Step):
    """Says so, and offers to delete the files that were written.

    Attributes:
        delete: deletes them.
    """

    NAME = "Done"
    TITLE = "The desk is made"
    DEED = "Open the desk"

    def __init__(self, door: Door, written: Callable[[], tuple[Path, ...]]) -> None:
        """Lay it out.

        Args:
            door: what every way in needs.
            written: the files of the sheets.
        """
        super().__init__()
        self._door = door
        self._written = written
        self._what = body(_WHAT)
        self._where = body()
        self._gone = state()
        self._gone.hide()
        self.delete = plain("Delete the two files", self._delete)
        for part in (self._what, self._where, self._gone):
            self.column.addWidget(part)
        left_aligned(self.column, self.delete)

    def start(self) -> None:
        """Deleting the files comes first."""
        paths = self._written()
        for part in (self._what, self._where, self.delete):
            part.setVisible(bool(paths))
        if paths:
            names = " and ".join(path.name for path in paths)
            self._where.setText(f"{names} are in {paths[0].parent}.")
            self.delete.setFocus()

    def _delete(self) -> None:
        paths = self._written()
        self.delete.setEnabled(False)
        self._door.tasks.write(
            self, lambda: new_desk.delete_sheets(paths), self._deleted, self._failed
        )

    def _deleted(self, _done: object) -> None:
        for part in (self._what, self._where, self.delete):
            part.hide()
        said = "Both files are deleted. A copy may be left in the printer's memory."
        set_state(self._gone, said, "good")
        self._gone.show()

    def _failed(self, error: Exception) -> None:
        self.delete.setEnabled(True)
        self.raised.emit(error)
