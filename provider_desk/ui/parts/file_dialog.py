"""Choosing files and folders, without the system keeping a list of what was chosen.

A file's or a folder's name may be a person's. The system's own dialog puts what was
chosen on lists of recent files; Qt's keeps folders, which are forgotten at once.
"""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

#: Where Qt's dialog keeps the folders that were gone to.
_FOLDERS = ("FileDialog/history", "FileDialog/lastVisited", "FileDialog/shortcuts")


def file_dialog(parent: QWidget, title: str, start: str = "") -> QFileDialog:
    """A dialog that is gone, and its folders forgotten, when it was answered.

    Args:
        parent: what it stands before.
        title: what is chosen.
        start: the folder it begins in.
    """
    dialog = QFileDialog(parent, title, start)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.destroyed.connect(lambda *_gone: forget_folders())
    return dialog


def forget_folders() -> None:
    """Take every folder off the list that Qt keeps."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for name in _FOLDERS:
        kept.remove(name)
