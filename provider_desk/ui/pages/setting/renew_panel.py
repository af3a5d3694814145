"""Panel: a new recovery sheet is saved, printed, typed back, and takes over."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Text
from provider_desk.services.entry import sheets
from provider_desk.services.entry.sheet_renewal import AFTERWARDS, Renewal
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.entering.card import enter_goes_on
from provider_desk.ui.pages.entering.folder_field import (
    PathField,
    documents,
    open_path,
)
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, soft, state
from provider_desk.ui.theme import px

_FOLDER = Text(
    label="Save the sheet in", help="A USB stick is best; print it from there."
)
_SAVE, _FINISH = "Save the sheet", "Let the new sheet take over"
_FIRST = (
    "Until the last step the old sheet holds. If you stop before, nothing changes, and "
    "the file that was saved opens nothing."
)
_LONGEST = 12


class RenewPanel(Panel):
    """Two steps: the sheet on paper, then two of its groups typed back.

    Attributes:
        folder: where the sheet is saved.
        boxes: what is typed back, by name.
        button: does the step.
        written: the file, once it is there.
    """

    def __init__(self, frame: Frame, which: str) -> None:
        """Lay it out.

        Args:
            frame: the window.
            which: "A" or "B".
        """
        super().__init__(f"Renew recovery sheet {which}")
        self._frame = frame
        self._renewal = Renewal(frame.desk, which)
        self.written: Path | None = None
        self.banner = Banner()
        self.folder = PathField(_FOLDER, "Choose a folder", str(documents()))
        self.folder.line.returnPressed.connect(self.save)
        self.boxes: dict[str, FieldBox] = {}
        self._back = QWidget()
        self._opener = plain("Open to print", self._open)
        self._fill_back()
        self._back.hide()
        for part in (self.banner, body(_FIRST), self.folder, self._back):
            self.body.addWidget(part)
        self.button = primary(_SAVE, self.save)
        self.foot.addWidget(self.button, 1)

    def start(self) -> None:
        """The folder, or printing."""
        if self.written is None:
            self.folder.start()
        else:
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save the sheet; then, once it is typed back, let it take over."""
        if not self.button.isEnabled():
            return
        self.banner.hide()
        if self.written is None:
            self._save()
        else:
            self._finish()

    def _save(self) -> None:
        folder = self.folder.path()
        if folder is None:
            self.folder.show_problems([Problem("folder", "Name a folder.")])
            return
        self.button.setEnabled(False)
        renewal = self._renewal
        self._frame.read(self, lambda: renewal.write(folder), self._saved, self._failed)

    def _saved(self, path: Path) -> None:
        self.written = path
        self.button.setEnabled(True)
        self.button.setText(_FINISH)
        self.folder.hide()
        self._where.setText(f"{path.name} is in {path.parent}.")
        self._back.show()
        self.start()

    def _finish(self) -> None:
        answers = {name: str(box.editor.value()) for name, box in self.boxes.items()}
        renewal = self._renewal
        for box in self.boxes.values():
            box.show_problems(())
        self.button.setEnabled(False)
        self._frame.write(
            self,
            lambda: renewal.finish(answers),
            lambda _new: self._over(),
            self._failed,
            instead="The old sheet can't come back; renew it again if need be.",
        )

    def _over(self) -> None:
        """The file has done its duty; the paper is what counts."""
        path = self.written
        self.closed.emit()
        if path is not None:
            self._frame.open_panel(DeletePanel(self._frame, path))

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if not isinstance(error, NotValid):
            self.banner.show_error(error)
            return
        for name, box in self.boxes.items():
            box.show_problems([p for p in error.problems if p.field == name])
        first = next((p.field for p in error.problems if p.field in self.boxes), "")
        if first:
            self.boxes[first].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_back(self) -> None:
        column = QVBoxLayout(self._back)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self._where = soft()
        column.addWidget(state("It is saved. Now print it.", "good"))
        column.addWidget(self._where)
        column.addWidget(self._opener, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(body("Then type these groups from the paper."))
        for asked in self._renewal.asked:
            kind = Text(label=f"Sheet {asked.sheet}, group {asked.group}")
            box = FieldBox(kind, LineEditor(_LONGEST), optional=False)
            self.boxes[asked.name] = box
            column.addWidget(box)
        enter_goes_on(list(self.boxes.values()), self.save)

    def _open(self) -> None:
        if self.written is not None:
            open_path(self.written)


class DeletePanel(Panel):
    """The new sheet holds; its file can go.

    Attributes:
        button: deletes it.
    """

    def __init__(self, frame: Frame, path: Path) -> None:
        """Lay it out.

        Args:
            frame: the window.
            path: the file.
        """
        super().__init__("The new sheet holds")
        self._frame = frame
        self._path = path
        self.banner = Banner()
        said = (
            f"The file {path.name} in {path.parent} can open what the paper opens. "
            "Once the paper is in its place, delete the file. "
            f"{AFTERWARDS}"
        )
        self.body.addWidget(self.banner)
        self.body.addWidget(body(said))
        self.button = primary("Delete the file", self.save)
        self.foot.addWidget(self.button, 1)

    def start(self) -> None:
        """The button."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Delete it."""
        path = self._path
        self._frame.read(
            self, lambda: sheets.delete((path,)), self._gone, self.banner.show_error
        )

    def _gone(self, _done: None) -> None:
        self._frame.say(f"{self._path.name} is deleted.")
        self.closed.emit()
