"""Step three: the files, where they go, and where they are afterwards."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.choices import choices
from provider_desk.model.errors import Cancelled
from provider_desk.returns.table import ReturnTable
from provider_desk.services import monthly_return
from provider_desk.services.monthly_return import FORMATS, Exported
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.check_view import to_put_right
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.file_dialog import file_dialog
from provider_desk.ui.parts.words import body, set_state, soft, state, strong
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.tasks import Task
from provider_desk.ui.theme import px

#: What each file is good for.
_USES = {
    "csv": "for a machine, or to look at in a spreadsheet",
    "xlsx": "a workbook: cover, notes, one table to a sheet",
    "pdf": "to print and to read: the scorecard",
    "json": "the frozen copy, with its hash",
}
_FOLDER_NAME = "Provider Desk returns"


class ExportView(QWidget):
    """What will be made, a folder, the button, then the files.

    Attributes:
        folder: where the files go.
        button: makes them.
    """

    def __init__(self, frame: Frame, exported: Callable[[Exported], None]) -> None:
        """Lay it out.

        Args:
            frame: the window.
            exported: told once the files are there.
        """
        super().__init__()
        self._frame = frame
        self._exported = exported
        self._contract_id = ""
        self._table: ReturnTable | None = None
        self._task: Task | None = None
        self._what = strong()
        self._blocked = state()
        self.banner = Banner()
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self.folder = QLineEdit(str(Path(documents) / _FOLDER_NAME))
        self.folder.setAccessibleName("Folder")
        self.button = primary("Export the return", self.export)
        self.work = WorkLine()
        self.result = Card()
        self.result.hide()
        self._lay_out()

    def show_table(self, contract_id: str, table: ReturnTable) -> None:
        """Say what would be exported."""
        self._contract_id, self._table = contract_id, table
        copy = choices("return_copy").label(table.copy)
        self._what.setText(
            f"{table.month.name}, {table.contract_title}. Copy: {copy}. "
            f"Version {table.version}."
        )
        count = to_put_right(table)
        self._blocked.setVisible(bool(count))
        things = "1 check is" if count == 1 else f"{count} checks are"
        set_state(
            self._blocked,
            f"{things} to put right. The files can be made to look at, but such a "
            "return can't be signed.",
            "warn",
        )
        self.result.hide()

    def start(self) -> None:
        """Put the cursor on the button."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def export(self) -> None:
        """Make the files."""
        table = self._table
        if table is None or self._task is not None:
            return
        self.banner.hide()
        self.result.hide()
        desk, contract_id = self._frame.desk, self._contract_id
        month, copy = table.month, table.copy
        folder = Path(self.folder.text().strip()).expanduser()
        self.button.setEnabled(False)
        self._task = self._frame.long(
            self,
            lambda progress, cancelled: monthly_return.export(
                desk, contract_id, month, copy, folder, FORMATS, progress, cancelled
            ),
            self._done,
            self._failed,
        )
        self.work.follow(self._task, "Exporting …")

    def _done(self, made: Exported) -> None:
        self._over()
        self._show_result(made)
        self._frame.tell(made.changed)
        self._exported(made)

    def _failed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, Cancelled):
            self.banner.show_words(error.message, error.advice, "plain")
        else:
            self.banner.show_error(error)
        self.start()

    def _over(self) -> None:
        self._task = None
        self.work.end()
        self.button.setEnabled(True)

    def _show_result(self, made: Exported) -> None:
        clear(self.result.inside)
        self.result.inside.addWidget(state("The files are there.", "good"))
        for path in made.paths:
            ending = path.suffix.removeprefix(".")
            self.result.inside.addWidget(_path(path))
            self.result.inside.addWidget(soft(_USES.get(ending, "")))
        self.result.inside.addWidget(soft(f"Hash of the figures: {made.sha256}"))
        folder = made.paths[0].parent if made.paths else Path()
        opener = plain("Open the folder", lambda: open_path(folder))
        self.result.inside.addWidget(opener, 0, Qt.AlignmentFlag.AlignLeft)
        self.result.show()
        opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        dialog = file_dialog(self, "Choose a folder", self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _lay_out(self) -> None:
        label = QLabel("Folder")
        label.setProperty("role", "field")
        label.setBuddy(self.folder)
        where = QHBoxLayout()
        where.setSpacing(px(8))
        where.addWidget(self.folder, 1)
        where.addWidget(plain("Choose a folder", self._choose))
        work = QHBoxLayout()
        work.setSpacing(px(8))
        work.addWidget(self.button)
        work.addWidget(self.work, 1)
        work.addStretch(0)
        card = Card()
        for part in (self._what, self._blocked):
            card.inside.addWidget(part)
        card.inside.addWidget(label)
        card.inside.addLayout(where)
        card.inside.addWidget(soft(f"Made are: {', '.join(FORMATS)}."))
        card.inside.addLayout(work)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.banner)
        column.addWidget(card)
        column.addWidget(self.result)
        column.addStretch(1)


def open_path(path: Path) -> None:
    """Show a file or folder with the machine's own program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def left_words(table: ReturnTable) -> str:
    """What is left in this step."""
    return f"as version {table.version}"


def _path(path: Path) -> QLabel:
    label = body(str(path))
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
