"""The files of the last step: for whom, where to, and where they are afterwards."""

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
from provider_desk.services.returning import exporting
from provider_desk.services.returning.choosing import COUNCIL, INTERNAL, PUBLIC
from provider_desk.services.returning.exporting import Exported
from provider_desk.services.returning.standing import Standing
from provider_desk.services.returning.writing import FORMATS
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.check_view import to_put_right
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.file_dialog import file_dialog
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import (
    body,
    set_property,
    set_state,
    soft,
    state,
    strong,
)
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.tasks import Task
from provider_desk.ui.theme import px

#: What a copy is for.
_COPY_WORDS = {
    INTERNAL: "Exact figures, for the office alone. They never leave.",
    PUBLIC: (
        "Made of what the council got: breakdowns by quarter, no words, nothing "
        "exact. The council's copy has to be issued first."
    ),
}
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
        copy: for whom.
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
        self._standing: Standing | None = None
        self._task: Task | None = None
        self._what = strong()
        self._blocked = state()
        offered = [(c.code, c.label) for c in choices("return_copy").values]
        self.copy = Pick("Copy", offered, 40)
        self.copy.set_code(COUNCIL)
        self.copy.picked.connect(lambda _code: self._say_what())
        self.banner = Banner()
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self.folder = QLineEdit(str(Path(documents) / _FOLDER_NAME))
        self.folder.setAccessibleName("Folder")
        self.button = plain(deeds.EXPORT.words, self.export, deeds.EXPORT.key)
        self.work = WorkLine()
        self.result = Card()
        self.result.hide()
        self._lay_out()

    def show_table(self, contract_id: str, table: ReturnTable) -> None:
        """Say what would be exported.

        Args:
            contract_id: whose return it is.
            table: the internal copy, with its checks.
        """
        same = self._table is not None and self._table.month == table.month
        self._contract_id, self._table = contract_id, table
        self._say_what()
        if not same:
            self._standing = None
            self.result.hide()
            self.banner.hide()

    def show_standing(self, standing: Standing) -> None:
        """Say what exporting means as the month stands."""
        self._standing = standing
        once = standing.signed or standing.not_submitted
        set_property(self.button, "role", "primary" if once else "plain")
        self._say_what()

    def _say_what(self) -> None:
        table = self._table
        if table is None:
            return
        self._what.setText(f"{table.month.name}, {table.contract_title}")
        count = to_put_right(table)
        things = "1 check is" if count == 1 else f"{count} checks are"
        left = f"{things} to put right. " if count else ""
        said = _COPY_WORDS.get(self.copy.code(), "")
        if self.copy.code() == COUNCIL:
            said = self._council_words()
        set_state(self._blocked, f"{left}{said}", "warn" if count else "plain")

    def _council_words(self) -> str:
        found = self._standing
        if found is not None and found.signed:
            return "What was signed is exported."
        if found is not None and found.issued:
            return "Nobody has signed it yet: every page says that it is a draft."
        return (
            "This issues the figures: they stay as they are from then on. Until it is "
            "signed off, every page says that it is a draft."
        )

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
        month, copy = table.month, self.copy.code()
        folder = Path(self.folder.text().strip()).expanduser()
        self.button.setEnabled(False)
        self._task = self._frame.long(
            self,
            lambda progress, cancelled: exporting.export(
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
        card = Card("Files")
        card.inside.addWidget(self._what)
        card.inside.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        card.inside.addWidget(self._blocked)
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


def _path(path: Path) -> QLabel:
    label = body(str(path))
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
