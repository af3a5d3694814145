"""Copying: what was copied is cleared from the clipboard after a while.

Programs that keep a history of the clipboard are asked not to keep this. Copying out of
a field, which Qt does by itself, is caught and treated alike. Source: domain reference,
F7; security design, §2.8.
"""

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

CLEAR_AFTER_MS = 20_000

#: On Windows the two that end in History and Clipboard hold a number, 0 for no.
_DO_NOT_KEEP = {
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": bytes(4),
    "CanUploadToCloudClipboard": bytes(4),
    "x-kde-passwordManagerHint": b"secret",
}
_OURS = "application/x-provider-desk"


def copy(text: str, told: str = "") -> None:
    """Put words on the clipboard; a ``Keeper`` takes them off again.

    Args:
        text: the words.
        told: what they are, for the log of who looked; "" for what is not logged.
    """
    data = QMimeData()
    data.setText(text)
    data.setData(_OURS, told.encode())
    for name, value in _DO_NOT_KEEP.items():
        data.setData(name, value)
    QGuiApplication.clipboard().setMimeData(data)


class Keeper(QObject):
    """Clears what came from here: after a while, when it locks and at the end.

    Attributes:
        copied: rows were copied; carries which and how many.
    """

    copied = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._board = QGuiApplication.clipboard()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CLEAR_AFTER_MS)
        self._timer.timeout.connect(self.clear)
        self._board.dataChanged.connect(self._changed)

    def clear(self) -> None:
        """Take off what is ours; what another program copied stays."""
        self._timer.stop()
        if self._is_ours() or self._board.ownsClipboard():
            self._board.clear()
        # Where marking words alone copies them, as on X11.
        if self._board.ownsSelection():
            self._board.clear(QClipboard.Mode.Selection)

    def _changed(self) -> None:
        if not self._is_ours():
            self._timer.stop()
            if self._board.ownsClipboard() and self._board.text():
                # Copied out of a field by Qt: the same words, marked as ours.
                copy(self._board.text())
            return
        self._timer.start()
        told = bytes(self._board.mimeData().data(_OURS).data()).decode()
        if told:
            self.copied.emit(told)

    def _is_ours(self) -> bool:
        data = self._board.mimeData()
        # Qt's type says it is always there; without a screen it may not be.
        return bool(data) and data.hasFormat(_OURS)
