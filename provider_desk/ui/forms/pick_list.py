"""A list of words to pick from by typing."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QSizePolicy,
    QWidget,
)

from provider_desk.ui.parts.list_room import (
    CutLine,
    WholeList,
    keep_in_sight,
    make_room,
    widest,
)
from provider_desk.ui.parts.words import tip

_LEAST_LETTERS = 6

#: Ways back to a list that somebody was typing into: the cursor stays where it is.
_GOES_ON = frozenset(
    (
        Qt.FocusReason.MouseFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.ActiveWindowFocusReason,
    )
)


#: Ways out of a list that is gone on with: its own lines, another window.
_AWAY = _GOES_ON - {Qt.FocusReason.MouseFocusReason}

#: What a line is found by: its words, and others that mean the same.
_FOUND_BY = Qt.ItemDataRole.UserRole + 1


class _Completer(QCompleter):
    """Finds lines by more words than it shows."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The words of a line."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class PickList(QComboBox):
    """Codes with words; typing any part of the words finds them.

    Its name for a screen reader is what it holds; the label speaks through the buddy.

    Attributes:
        changed: another line was picked, or other words were typed.
        left: the cursor went on to something else.
    """

    changed = Signal()
    left = Signal()

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        also: Mapping[str, str] | None = None,
    ) -> None:
        """Offer lines.

        Args:
            options: codes and words.
            parent: as for any widget.
            also: code → other words that find its line.
        """
        super().__init__(parent)
        self._also = also or {}
        # By its line: ``setEditable`` would make the list that drops down as well, and
        # the style sheet look at all of it, in every form that nobody opens a list of.
        self.setLineEdit(CutLine(self))
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(_LEAST_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(16)
        completer = _Completer(self.model(), self)
        completer.setCompletionRole(_FOUND_BY)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._found = popup = WholeList()
        popup.setProperty("role", "popup")
        completer.setPopup(popup)
        self.setCompleter(completer)
        self.set_options(options)
        self.currentTextChanged.connect(self.changed)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText("Type to find")
            self.currentTextChanged.connect(self._tell_whole)
            line.returnPressed.connect(self.settle)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other lines; what was picked stays if it is still there."""
        held = self.code()
        self.clear()
        for code, words in options:
            self._add(code, words)
        self.set_code(held)

    def _add(self, code: str, words: str) -> None:
        self.addItem(words, code)
        also = self._also.get(code, "")
        found_by = f"{words} · {also}" if also else words
        self.setItemData(self.count() - 1, found_by, _FOUND_BY)

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
            self._add(code, code)
            row = self.count() - 1
        self.setCurrentIndex(row)
        if row < 0:
            self.setEditText("")
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _tell_whole(self, words: str) -> None:
        """Long words in full; on the line, where the privacy view holds them back."""
        line = self.lineEdit()
        if line is not None:
            line.setToolTip(tip(words))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field takes the only line that what was typed can mean."""
        leaves = event.reason() != Qt.FocusReason.PopupFocusReason
        if leaves:
            self.settle()
        super().focusOutEvent(event)
        line = self.lineEdit()
        if leaves and line is not None:
            # Of words that are longer than the field the beginning is to be read.
            line.setCursorPosition(0)
        if event.reason() not in _AWAY:
            self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed next takes the place of what stands there, except by mouse."""
        super().focusInEvent(event)
        self._found.setMinimumWidth(max(widest(self), self.width()))
        line = self.lineEdit()
        if line is not None and event.reason() not in _GOES_ON:
            # Backwards, so that long words are seen from where they begin.
            line.end(False)
            line.home(True)

    def showPopup(self) -> None:
        """Lines are whole in the list."""
        make_room(self)
        super().showPopup()
        keep_in_sight(self.view().window())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down do not go from words that are no line to some line or other."""
        steps = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if steps and self.currentText().strip() and self.code() is None:
            event.accept()
            completer = self.completer()
            if self.fitting() and completer is not None:
                completer.complete()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page, it never changes a value by accident."""
        event.ignore()

    def settle(self) -> None:
        """Take the only line that what was typed can mean; Enter does it too."""
        holding = self.fitting()
        if len(holding) == 1:
            self.setCurrentIndex(self.findText(holding[0]))

    def fitting(self) -> list[str]:
        """The lines that words which are no line yet can mean; none for a line."""
        typed = self.currentText().strip().casefold()
        if not typed or self.code() is not None:
            return []
        words = [self.itemText(row) for row in range(self.count())]
        starting = [w for w in words if w.casefold().startswith(typed)]
        return starting or [
            w
            for row, w in enumerate(words)
            if typed in str(self.itemData(row, _FOUND_BY)).casefold()
        ]
