"""Ctrl+Z in a field with nothing to take back is for the deed that was just done.

A line of text keeps the key for itself, whether or not there is anything typed in it
that it could take back; then the key would do nothing at all. But while a form holds
words that are not saved, the key is meant for them: then no deed is taken back.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.parts.panel import Panel


class UndoKey(QObject):
    """Watches the field that the cursor is in."""

    def __init__(self, offered: Callable[[], bool], parent: QObject) -> None:
        """Begin.

        Args:
            offered: whether a deed can be taken back now.
            parent: ends it.
        """
        super().__init__(parent)
        self._offered = offered
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the key pass where the field has no use for it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and self._offered()
            and not _takes_back(watched)
            and not _in_the_middle(watched)
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _moved(self, left: QWidget | None, come: QWidget | None) -> None:
        if isinstance(left, QLineEdit | QPlainTextEdit):
            left.removeEventFilter(self)
        if isinstance(come, QLineEdit | QPlainTextEdit):
            come.installEventFilter(self)


def _takes_back(field: QObject) -> bool:
    """Whether something was typed into a field that it can take back itself."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return isinstance(field, QPlainTextEdit) and field.document().isUndoAvailable()


def _in_the_middle(field: QObject) -> bool:
    """Whether a form round a field holds something typed that is not saved."""
    return any(
        isinstance(each, Panel | RecordForm) and each.is_dirty()
        for each in _round(field)
    )


def _round(field: QObject) -> Iterator[QObject]:
    at: QObject | None = field
    while at is not None:
        yield at
        at = at.parent()
