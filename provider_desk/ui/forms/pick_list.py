"""A list of words to pick from by typing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QListView,
    QSizePolicy,
    QWidget,
)

_LEAST_LETTERS = 6

#: Ways back to a list that somebody was typing into: the cursor stays where it is.
_GOES_ON = frozenset(
    (
        Qt.FocusReason.MouseFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.ActiveWindowFocusReason,
    )
)


class PickList(QComboBox):
    """Codes with words; typing any part of the words finds them.

    Its name for a screen reader is what it holds; the label speaks through the buddy.

    Attributes:
        changed: another line was picked, or other words were typed.
    """

    changed = Signal()

    def __init__(
        self, options: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(_LEAST_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(16)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView()
        popup.setProperty("role", "popup")
        completer.setPopup(popup)
        self.setCompleter(completer)
        self.set_options(options)
        self.currentTextChanged.connect(self.changed)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText("Type to find")
            line.returnPressed.connect(self.settle)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other lines; what was picked stays if it is still there."""
        held = self.code()
        self.clear()
        for code, words in options:
            self.addItem(words, code)
        self.set_code(held)

    def code(self) -> str | None:
        """The code of the line whose words are shown, None for any other words."""
        typed = self.currentText().strip().casefold()
        for row in range(self.count()):
            if self.itemText(row).casefold() == typed:
                return str(self.itemData(row))
        return None

    def set_code(self, code: str | None) -> None:
        """Show the words of a code; one that is not offered is added to be shown."""
        row = self.findData(code) if code else -1
        if code and row < 0:
            self.addItem(code, code)
            row = self.count() - 1
        self.setCurrentIndex(row)
        if row < 0:
            self.setEditText("")
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field takes the only line that what was typed can mean."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed next takes the place of what stands there, except by mouse."""
        super().focusInEvent(event)
        line = self.lineEdit()
        if line is not None and event.reason() not in _GOES_ON:
            line.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page, it never changes a value by accident."""
        event.ignore()

    def settle(self) -> None:
        """Take the only line that what was typed can mean; Enter does it too."""
        typed = self.currentText().strip().casefold()
        if not typed or self.code() is not None:
            return
        words = [self.itemText(row) for row in range(self.count())]
        starting = [w for w in words if w.casefold().startswith(typed)]
        holding = starting or [w for w in words if typed in w.casefold()]
        if len(holding) == 1:
            self.setCurrentIndex(words.index(holding[0]))
