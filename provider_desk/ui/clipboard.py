"""Copying: what was copied is cleared from the clipboard after a while.

Programs that keep a history of the clipboard are asked not to keep this. Source:
domain reference, F7; security findings, 2.8.
"""

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

_CLEAR_AFTER_MS = 20_000
_DO_NOT_KEEP = {
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "x-kde-passwordManagerHint": b"secret",
}


def copy(text: str) -> None:
    """Put words on the clipboard; they go again unless something else was copied."""
    data = QMimeData()
    data.setText(text)
    for name, value in _DO_NOT_KEEP.items():
        data.setData(name, value)
    board = QGuiApplication.clipboard()
    board.setMimeData(data)

    def clear() -> None:
        if board.text() == text:
            board.clear()

    QTimer.singleShot(_CLEAR_AFTER_MS, board, clear)
