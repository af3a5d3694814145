"""The staff register as files: by role, with names only for a reason."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Text
from provider_desk.services.office.register_export import FORMATS, export_register
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.entering.folder_field import documents
from provider_desk.ui.pages.returning.file_panels import PathField
from provider_desk.ui.pages.returning.long_panel import LongPanel, Work
from provider_desk.ui.parts.words import soft, state

_ABOUT = (
    "The newest training and supervision of everybody: what, when, and until when. "
    "Roles stand in it and no names, unless the council has a reason to ask for them."
)
_WORDS = {"csv": "Table for a spreadsheet (.csv)", "pdf": "Pages to print (.pdf)"}
#: In the documents of who is signed in to the computer.
_FOLDER_NAME = "Provider Desk papers"
_WHY = Text(label="Why are names needed?", longest=200)


class ExportRegisterPanel(LongPanel):
    """A folder, the kinds of file, and a box for names with the reason.

    Attributes:
        folder: where the files go.
        named: whether names stand in them.
        why: the reason.
    """

    def __init__(
        self, frame: Frame, folder: Path, used: Callable[[Path], None]
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            folder: where the files went last, or would usually go.
            used: gets the folder into which files were written.
        """
        super().__init__(frame, "Export the staff register", "Write the files", "")
        self._used = used
        self.body.addWidget(soft(_ABOUT))
        self.folder = PathField("Folder", "", QFileDialog.FileMode.Directory)
        self.folder.line.setText(str(folder))
        self.body.addWidget(self.folder.label())
        self.body.addWidget(self.folder)
        self._boxes: dict[str, QCheckBox] = {}
        for ending in FORMATS:
            box = QCheckBox(_WORDS[ending])
            box.setChecked(True)
            self._boxes[ending] = box
            self.body.addWidget(box)
        self.named = QCheckBox("With names")
        self.body.addWidget(self.named)
        self.why = FieldBox(_WHY, LineEditor(_WHY.longest), optional=False)
        self.why.editor.changed.connect(self.why.forget_problem)
        self.why.hide()
        self.named.toggled.connect(self.why.setVisible)
        self.body.addWidget(self.why)
        self._said = state()
        self._said.hide()
        self.body.addWidget(self._said)

    def start(self) -> None:
        """The folder; what stands there gives way to what is typed."""
        self.folder.line.setFocus()
        self.folder.line.selectAll()

    def what_to_do(self) -> Work | None:
        """Write the files into the folder."""
        paths = self.folder.paths()
        why = str(self.why.editor.value() or "") if self.named.isChecked() else ""
        if not paths:
            self.banner.show_words("Choose a folder first.", tone="warn")
            return None
        if self.named.isChecked() and not why:
            self.why.show_problems([Problem("why", "Say it in a few words.")])
            self.why.editor.setFocus()
            return None
        wanted = [name for name, box in self._boxes.items() if box.isChecked()]
        desk = self.frame.desk
        return lambda _progress, _asked: export_register(desk, paths[0], wanted, why)

    def show_result(self, result: tuple[Path, ...]) -> None:
        """Say where the files are."""
        names = ", ".join(path.name for path in result)
        folder = result[0].parent
        self._said.setText(f"✓ Written into {folder}: {names}")
        self._said.show()
        self._used(folder)
        self.frame.say("Staff register exported. Nothing on the desk was changed.")


def usual_folder() -> Path:
    """Where papers go when nobody says where."""
    return documents() / _FOLDER_NAME
