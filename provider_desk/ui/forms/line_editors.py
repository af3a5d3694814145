"""Editors that are typed into: words, dates, times, numbers."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from provider_desk.model.day_words import read_day, read_time
from provider_desk.model.fields import Count, Day, Value, shown
from provider_desk.model.sealed_text import IN_PLACE, is_sealed
from provider_desk.ui.parts.words import set_property
from provider_desk.ui.theme import px

#: Stands in a box whose words can't be opened here.
_KEPT = f"{IN_PLACE} Left empty, it stays as it is."


#: Ends of lines and other signs that come with pasted words and have no shape.
_ONE_LINE = dict.fromkeys((*range(32), 127, 0x2028, 0x2029), " ")

#: A date whose words are about as wide as any.
_WIDEST = date(2026, 9, 30)


class Editor(QWidget):
    """What a field is typed into.

    Signals are connected to each other, not through Python: a field that is left while
    its window is deleted still says so, and Qt alone knows who is there to hear it.

    Attributes:
        changed: the value may be another now.
        left: the cursor went on; only where what was typed may not be understood.
        inner: the widget that has the focus and carries the label's name.
        short: whether it fits beside another field.
        secret: a password is typed here; it is never kept anywhere.
    """

    changed = Signal()
    left = Signal()
    short = False
    secret = False

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.inner = inner
        self.setFocusProxy(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(inner)

    def value(self) -> Value:
        """What is typed; None for nothing, and for what is not understood."""
        raise NotImplementedError

    def set_value(self, value: Value) -> None:
        """Show a value."""
        raise NotImplementedError

    def typed(self) -> str:
        """What stands here as it was typed, whether it is understood or not."""
        value = self.value()
        return "" if value is None else str(value)

    def retype(self, text: str) -> None:
        """Put back what ``typed`` said."""
        self.set_value(text or None)

    def settle(self) -> None:
        """Take what was typed for the one thing that it can mean."""

    def problem(self) -> str:
        """Why what is typed can't be understood, "" where it can."""
        return ""

    def mark(self, wrong: bool) -> None:  # noqa: FBT001
        """Show that something is wrong here."""
        set_property(self.inner, "problem", "true" if wrong else "false")


class _OneLine(Editor):
    """Whatever is typed into one line; its letters are what is kept of it."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._typed_into = line
        line.textChanged.connect(self.changed)

    def typed(self) -> str:
        """The letters."""
        return self._typed_into.text()

    def retype(self, text: str) -> None:
        """The same letters again, half a date among them."""
        self._typed_into.setText(text)


class LineEditor(_OneLine):
    """A line of words."""

    def __init__(self, longest: int = 0) -> None:
        self.line = QLineEdit()
        super().__init__(self.line)
        if longest:
            self.line.setMaxLength(longest)

    def value(self) -> Value:
        """The words, without blanks round them; pasted lines become one."""
        return self.line.text().translate(_ONE_LINE).strip()

    def set_value(self, value: Value) -> None:
        """Show words."""
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)


class TextBox(Editor):
    """Several lines of words; Tab goes on to the next field.

    Words that can't be opened here are not shown: the box is empty and says so, and
    leaving it empty keeps them.
    """

    def __init__(self, lines: int) -> None:
        self.box = QPlainTextEdit()
        super().__init__(self.box)
        self.box.setTabChangesFocus(True)
        spacing = self.box.fontMetrics().lineSpacing()
        self.box.setFixedHeight(spacing * lines + px(24))
        self.box.textChanged.connect(self.changed)

    def value(self) -> Value:
        """The words, without blanks round them."""
        return self.box.toPlainText().strip()

    def set_value(self, value: Value) -> None:
        """Show words."""
        sealed = is_sealed(value)
        self.box.setPlaceholderText(_KEPT if sealed else "")
        self.box.setPlainText("" if value is None or sealed else str(value))

    def typed(self) -> str:
        """The words with every blank."""
        return self.box.toPlainText()

    def retype(self, text: str) -> None:
        """Put the words back; one goes on where they end."""
        super().retype(text)
        self.box.moveCursor(QTextCursor.MoveOperation.End)


class _ReadLine(QLineEdit):
    """A line that is written out in full when the cursor leaves it."""

    left = Signal()
    stepped = Signal(int)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Typing replaces what is there; a click puts the cursor where it was clicked.
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)


class DayEditor(_OneLine):
    """A date as people type it; written out in full when the cursor leaves."""

    short = True

    def __init__(self, kind: Day, today: Callable[[], date]) -> None:
        self.line = _ReadLine()
        super().__init__(self.line)
        self._kind = kind
        self._today = today
        self.line.setPlaceholderText("5/9, 5 sep, today, -3")
        wide = self.line.fontMetrics().horizontalAdvance(shown(kind, _WIDEST))
        self.line.setMinimumWidth(wide + px(24))
        self.line.setMaxLength(40)
        self.line.textEdited.connect(self._explain)
        self.line.left.connect(self._write_out)
        self.line.left.connect(self.left)
        self.line.stepped.connect(self._step)

    def value(self) -> Value:
        """The date."""
        return read_day(self.line.text(), self._today(), future=self._kind.future)

    def typed(self) -> str:
        """The date in full: "yesterday" means another day once a draft is old."""
        value = self.value()
        return self.line.text() if value is None else shown(self._kind, value)

    def set_value(self, value: Value) -> None:
        """Show a date in full."""
        self.line.setText(shown(self._kind, value))
        self.line.setCursorPosition(0)

    def problem(self) -> str:
        """Words that are no date."""
        if self.line.text().strip() and self.value() is None:
            return f"“{self.line.text()}” is not a date. Type 5/9, 5 sep, today or -3."
        return ""

    def _explain(self) -> None:
        self.line.setToolTip(shown(self._kind, self.value()))

    def _write_out(self) -> None:
        day = self.value()
        if isinstance(day, date) and self.line.text() != shown(self._kind, day):
            self.set_value(day)

    def _step(self, days: int) -> None:
        day = self.value()
        start = day if isinstance(day, date) else self._today() - timedelta(days=days)
        self.set_value(start + timedelta(days=days))


class TimeEditor(_OneLine):
    """A time of day as people type it."""

    short = True

    def __init__(self) -> None:
        self.line = _ReadLine()
        super().__init__(self.line)
        self.line.setPlaceholderText("9, 14:30, 2pm")
        self.line.setMaxLength(10)
        self.line.left.connect(self._write_out)
        self.line.left.connect(self.left)

    def value(self) -> Value:
        """The time as "HH:MM"."""
        return read_time(self.line.text())

    def set_value(self, value: Value) -> None:
        """Show a time."""
        self.line.setText("" if value is None else str(value))

    def problem(self) -> str:
        """Words that are no time."""
        if self.line.text().strip() and self.value() is None:
            return f"“{self.line.text()}” is not a time. Type 9, 14:30 or 2pm."
        return ""

    def _write_out(self) -> None:
        time = self.value()
        if time is not None:
            self.set_value(time)


class CountEditor(_OneLine):
    """A whole number; arrow keys step."""

    short = True

    def __init__(self, kind: Count) -> None:
        self.line = _ReadLine()
        super().__init__(self.line)
        self._kind = kind
        self.line.setMaxLength(12)
        self.line.stepped.connect(self._step)

    def value(self) -> Value:
        """The number."""
        text = self.line.text().replace(",", "").strip()
        return int(text) if text.removeprefix("-").isdecimal() else None

    def set_value(self, value: Value) -> None:
        """Show a number."""
        self.line.setText("" if value is None else str(value))

    def problem(self) -> str:
        """Words that are no number."""
        if self.line.text().strip() and self.value() is None:
            return f"“{self.line.text()}” is not a whole number."
        return ""

    def _step(self, by: int) -> None:
        held = self.value()
        number = int(held) + by if isinstance(held, int) else self._kind.low
        self.set_value(min(max(number, self._kind.low), self._kind.high))
