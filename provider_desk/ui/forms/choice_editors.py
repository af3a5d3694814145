"""Editors that are picked from: a list of words, yes or no."""

from collections.abc import Mapping

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from provider_desk.model.fields import Value, YesNo, shown
from provider_desk.ui.forms.line_editors import Editor
from provider_desk.ui.forms.pick_list import PickList
from provider_desk.ui.own_words import own
from provider_desk.ui.theme import px


class ChoiceEditor(Editor):
    """One of a list of words, found by typing."""

    short = True

    def __init__(
        self, options: list[tuple[str, str]], also: Mapping[str, str] | None = None
    ) -> None:
        """Offer lines.

        Args:
            options: codes and words.
            also: code → other words that find its line.
        """
        self.list = PickList(options, also=also)
        super().__init__(self.list)
        self.list.changed.connect(self.changed)
        self.list.left.connect(self.left)

    def value(self) -> Value:
        """The code."""
        return self.list.code()

    def set_value(self, value: Value) -> None:
        """Show the words of a code; a retired one is shown too."""
        self.list.set_code(None if value is None else str(value))

    def typed(self) -> str:
        """The code, or the words where they are no line of the list."""
        return self.list.code() or self.list.currentText()

    def retype(self, text: str) -> None:
        """Pick the line of a code, or type the words again."""
        if text and self.list.findData(text) < 0:
            self.list.setEditText(text)
        else:
            self.list.set_code(text or None)

    def settle(self) -> None:
        """Take the only line that the words can mean."""
        self.list.settle()

    def problem(self) -> str:
        """Words that are not in the list."""
        typed = self.list.currentText()
        if not typed.strip() or self.list.code() is not None:
            return ""
        if self.list.fitting():
            return f"“{typed}” fits several lines of the list. Choose one."
        return f"“{typed}” is not in the list. Choose a line."


class YesNoEditor(Editor):
    """Yes, no, or not said."""

    short = True

    def __init__(self, kind: YesNo) -> None:
        held = QWidget()
        super().__init__(held)
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self._group = QButtonGroup(self)
        self._buttons: dict[str | None, QRadioButton] = {}
        for code in ("Y", "N", None):
            words = shown(kind, code).capitalize() or "Not said"
            button = QRadioButton(words)
            button.setAccessibleName(own(f"{kind.label}: {words}"))
            button.toggled.connect(self._toggled)
            self._group.addButton(button)
            self._buttons[code] = button
            row.addWidget(button)
        row.addStretch(1)
        self._buttons[None].setChecked(True)
        held.setFocusProxy(self._buttons["Y"])

    def value(self) -> Value:
        """The answer."""
        return next(code for code, b in self._buttons.items() if b.isChecked())

    def set_value(self, value: Value) -> None:
        """Show an answer."""
        self._buttons[None if value is None else str(value)].setChecked(True)

    def _toggled(self, chosen: bool) -> None:  # noqa: FBT001
        if chosen:
            self.changed.emit()
