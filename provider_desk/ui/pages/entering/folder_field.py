"""A folder or a file to be named: typed, or chosen with the machine's own dialogue."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from provider_desk.model.fields import Text
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.file_dialog import file_dialog
from provider_desk.ui.theme import px


class PathField(FieldBox):
    """A line with the path, and a button that opens the dialogue.

    Attributes:
        line: where one types.
        choose: opens the dialogue.
    """

    def __init__(
        self, kind: Text, button: str, path: str = "", wanted: str = ""
    ) -> None:
        """Lay it out.

        Args:
            kind: label and help.
            button: words on the button that opens the dialogue.
            path: what stands there at first.
            wanted: which files are meant, such as "Backups (*.pdbackup)"; "" for a
                folder.
        """
        editor = LineEditor()
        super().__init__(kind, editor, optional=False)
        self._wanted = wanted
        self._words = button
        self.line = editor.line
        self.line.setText(path)
        editor.changed.connect(self.forget_problem)
        self.choose = plain(button, self._choose)
        # The button stands beside the line, not below it.
        column = editor.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - every editor has one
        column.removeWidget(self.line)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        column.addLayout(row)

    def path(self) -> Path | None:
        """What is named, None for nothing."""
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def start(self) -> None:
        """Put the cursor here."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        dialog = file_dialog(self, self._words, self.line.text())
        if self._wanted:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilters([self._wanted, "All files (*)"])
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.line.setText)
        dialog.open()


def documents() -> Path:
    """The account's folder of documents."""
    return Path(
        QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
    )


def open_path(path: Path) -> None:
    """Show a file or folder with the machine's own program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
