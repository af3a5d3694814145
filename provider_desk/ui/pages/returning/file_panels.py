"""Files of returns: one that is opened, the council's workbook, several merged."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QWidget

from provider_desk.model import files
from provider_desk.model.months import Month
from provider_desk.services.returning import merging, signing, workbook
from provider_desk.services.returning.merging import MergedFiles
from provider_desk.services.returning.signing import ReadBack
from provider_desk.services.returning.workbook import Filled
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.long_panel import LongPanel, Work
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.file_dialog import file_dialog
from provider_desk.ui.parts.words import body, set_state, state
from provider_desk.ui.theme import px

_FILE = (
    "Choose a return's .json. You are told whether it is, to the last figure, what was "
    "issued and signed here."
)
_WORKBOOK = (
    "The council's own .xlsx with named cells, such as PD_A1 or PD_B1_YTD, is filled "
    "with the figures that were issued. Nothing else in it changes. Where its cells "
    "have no names, a mapping file says which cell takes which figure."
)
_MERGE = (
    "Choose the council copies (.json) of several providers for one month. The "
    "scorecard of all and a benchmark are made of what they published; no record of a "
    "person is needed, and nothing is unrounded. Somebody who is supported by two "
    "providers counts twice."
)


class PathField(QWidget):
    """A path that is typed or chosen.

    Attributes:
        line: where it is typed; several are parted by semicolons.
    """

    def __init__(self, label: str, pattern: str, mode: QFileDialog.FileMode) -> None:
        """Lay it out.

        Args:
            label: what is chosen.
            pattern: of the files offered, "Returns (*.json)"; "" for a folder.
            mode: one file, several, or a folder.
        """
        super().__init__()
        self._label, self._pattern, self._mode = label, pattern, mode
        self.line = QLineEdit()
        self.line.setAccessibleName(label)
        choose = plain("Choose", self._choose)
        choose.setAccessibleName(f"Choose: {label}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.line, 1)
        row.addWidget(choose)

    def label(self) -> QLabel:
        """The words that stand above it."""
        made = QLabel(self._label)
        made.setProperty("role", "field")
        made.setBuddy(self.line)
        return made

    def paths(self) -> list[Path]:
        """What is chosen; nothing where nothing is typed."""
        parts = (part.strip() for part in self.line.text().split(";"))
        return [Path(part).expanduser() for part in parts if part]

    def _choose(self) -> None:
        dialog = file_dialog(self, self._label)
        dialog.setFileMode(self._mode)
        if self._pattern:
            dialog.setNameFilter(self._pattern)
        else:
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(
            lambda chosen: self.line.setText("; ".join(chosen))
        )
        dialog.open()


class _FilesPanel(LongPanel):
    """A panel with path fields, and a line for what came of it."""

    def __init__(
        self, frame: Frame, title: str, button: str, about: str, *fields: PathField
    ) -> None:
        super().__init__(frame, title, button, "Working …")
        self.result = state()
        self.body.addWidget(body(about))
        for field in fields:
            self.body.addWidget(field.label())
            self.body.addWidget(field)
        self.body.addWidget(self.result)
        self._first = fields[0]

    def start(self) -> None:
        """Put the cursor into the first field."""
        self._first.line.setFocus()

    def asked(self, field: PathField, words: str) -> list[Path]:
        """What a field holds; where it holds nothing, it is asked for."""
        paths = field.paths()
        if not paths:
            self.banner.show_words(words, "")
            field.line.setFocus()
        return paths


class FilePanel(_FilesPanel):
    """Is this file what was signed?"""

    def __init__(self, frame: Frame) -> None:
        self.file = PathField(
            "Return file", "Returns (*.json)", QFileDialog.FileMode.ExistingFile
        )
        super().__init__(frame, "Open a return file", "Check it", _FILE, self.file)

    def what_to_do(self) -> Work | None:
        """Read it and compare it with the ledger."""
        paths = self.asked(self.file, "Choose a file.")
        desk = self.frame.desk
        if not paths:
            return None
        return lambda _progress, _cancelled: signing.read_return_file(
            desk, _content(paths[0])
        )

    def show_result(self, result: ReadBack) -> None:
        """Say what it is."""
        table = result.table
        name = f"{table.provider}, {table.month.name}, version {table.version}."
        said = " ".join((name, *result.words))
        set_state(self.result, said, "good" if result.signed else "warn")


class WorkbookPanel(_FilesPanel):
    """The council's own workbook, filled in."""

    def __init__(self, frame: Frame, contract_id: str, month: Month) -> None:
        one = QFileDialog.FileMode.ExistingFile
        self.template = PathField("The council's workbook", "Workbooks (*.xlsx)", one)
        self.mapping = PathField(
            "Mapping file (optional)", "Mappings (*.toml *.csv)", one
        )
        self.folder = PathField(
            "Folder for the filled one", "", QFileDialog.FileMode.Directory
        )
        self.folder.line.setText(str(_documents()))
        super().__init__(
            frame,
            "Fill in the council's own workbook",
            "Fill it in",
            _WORKBOOK,
            self.template,
            self.mapping,
            self.folder,
        )
        self._of = contract_id, month

    def what_to_do(self) -> Work | None:
        """Fill a copy of it."""
        template = self.asked(self.template, "Choose the council's workbook.")
        folder = template and self.asked(self.folder, "Choose a folder.")
        if not template or not folder:
            return None
        desk, (contract_id, month) = self.frame.desk, self._of
        out = folder[0] / f"{template[0].stem}_{month}.xlsx"
        mapping = next(iter(self.mapping.paths()), None)
        return lambda _progress, _cancelled: workbook.fill_council_workbook(
            desk, contract_id, month, template[0], out, mapping
        )

    def show_result(self, result: Filled) -> None:
        """Say where it is."""
        said = f"It is there: {result.path} (version {result.version}, {result.status})"
        set_state(self.result, said, "good")


class MergePanel(_FilesPanel):
    """Several providers' returns in, scorecard and benchmark out."""

    def __init__(self, frame: Frame) -> None:
        self.files = PathField(
            "Return files, one for each provider",
            "Returns (*.json)",
            QFileDialog.FileMode.ExistingFiles,
        )
        self.folder = PathField("Folder", "", QFileDialog.FileMode.Directory)
        self.folder.line.setText(str(_documents()))
        super().__init__(
            frame,
            "Put several providers' returns together",
            "Merge them",
            _MERGE,
            self.files,
            self.folder,
        )

    def what_to_do(self) -> Work | None:
        """Merge and write."""
        paths = self.asked(self.files, "Choose at least two files.")
        folder = paths and self.asked(self.folder, "Choose a folder.")
        if not paths or not folder:
            return None
        today = self.frame.desk.today()
        return lambda progress, cancelled: merging.merge_files(
            paths, folder[0], today, progress=progress, cancelled=cancelled
        )

    def show_result(self, result: MergedFiles) -> None:
        """Say where they are."""
        names = "\n".join(str(path) for path in result.paths)
        who = ", ".join(result.merged.providers)
        set_state(self.result, f"Merged: {who}.\n{names}", "good")


def _documents() -> Path:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place)) / "Provider Desk returns"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise files.in_words(error, path) from error
