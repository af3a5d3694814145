"""A list of which each line has a key: 1, 2, 3 and so on."""

from textwrap import fill

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.fields import OneOf, Value
from provider_desk.ui.forms.line_editors import Editor
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.words import set_property
from provider_desk.ui.theme import px

#: A line is as wide as a panel; a radio button does not wrap its words itself.
_LETTERS = 38
_INDENT = " " * 6


class KeyChoice(Editor):
    """Codes of a value list as radio buttons; a digit picks one and goes on.

    Attributes:
        picked: a line was picked by its key.
        lettered: a letter was typed, which no line carries.
    """

    picked = Signal()
    lettered = Signal(str)

    def __init__(self, kind: OneOf) -> None:
        held = QWidget()
        super().__init__(held)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        offered = [choice for choice in choices(kind.choices).values if choice.offered]
        # What has a key elsewhere has the same key here.
        offered.sort(key=lambda choice: not choice.flags.get("quick", False))
        for number, choice in enumerate(offered, start=1):
            label = own(choice.label)
            words = fill(label, _LETTERS, subsequent_indent=_INDENT)
            button = QRadioButton(f"{number}   {words}")
            line = button.fontMetrics().lineSpacing()
            button.setMinimumHeight(line * (words.count("\n") + 1) + px(8))
            button.setAccessibleName(f"{own(kind.label)}: {label}")
            button.toggled.connect(self._toggled)
            button.installEventFilter(self)
            self._group.addButton(button)
            self._buttons[choice.code] = button
            column.addWidget(button)
        first = next(iter(self._buttons.values()))
        held.setFocusProxy(first)
        self.setFocusProxy(first)

    def value(self) -> Value:
        """The code of the line that is picked."""
        return next((code for code, b in self._buttons.items() if b.isChecked()), None)

    def set_value(self, value: Value) -> None:
        """Pick the line of a code, or none."""
        chosen = self._buttons.get(str(value))
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(button is chosen)
        self._group.setExclusive(True)
        first = next(iter(self._buttons.values()))
        self.setFocusProxy(chosen or first)
        self.changed.emit()

    def mark(self, wrong: bool) -> None:  # noqa: FBT001
        """The words below say what is wrong; a list has no frame to colour."""
        set_property(self, "problem", "true" if wrong else "false")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit picks the line that carries it; letters are told of."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            digit = event.key() - Qt.Key.Key_0.value
            codes = list(self._buttons)
            if 1 <= digit <= len(codes) and not _with_modifier(event):
                self._buttons[codes[digit - 1]].setChecked(True)
                self._buttons[codes[digit - 1]].setFocus()
                self.picked.emit()
                return True
            if event.text().isalpha() and not _with_modifier(event):
                self.lettered.emit(event.text())
        return super().eventFilter(watched, event)

    def _toggled(self, chosen: bool) -> None:  # noqa: FBT001
        if chosen:
            self.changed.emit()


def _with_modifier(event: QKeyEvent) -> bool:
    return event.modifiers() not in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.KeypadModifier,
        Qt.KeyboardModifier.ShiftModifier,
    )
