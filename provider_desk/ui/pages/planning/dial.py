"""A number to slide or to type, with its label above and where it comes from below."""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from provider_desk.ui.own_words import own
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.words import soft
from provider_desk.ui.theme import px

_NUMBER_WIDTH = 80


@dataclass(frozen=True, slots=True)
class DialKind:
    """What a dial asks for.

    Attributes:
        name: of the number.
        label: words above, with the unit.
        low: the least.
        high: the most.
        places: decimals.
        marks: values with a button of their own, each with its words.
    """

    name: str
    label: str
    low: float
    high: float
    places: int = 0
    marks: tuple[tuple[int, str], ...] = ()


class _Slider(QSlider):
    """The wheel scrolls the page; it never changes a number by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Number(QDoubleSpinBox):
    """As the slider."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Dial(QWidget):
    """A slider and a number that always say the same.

    Attributes:
        turned: the number is another one now, by hand.
        number: is typed into; up and down change it too.
        slider: the same by mouse, or by the arrow keys.
    """

    turned = Signal()

    def __init__(self, kind: DialKind) -> None:
        super().__init__()
        self.kind = kind
        self._scale = 10**kind.places
        self._covered = self._unsaid = False
        self.number = _Number()
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.source = soft()
        self._few = soft("fewer than 5")
        self._few.hide()
        self._lay_out()
        self._set_up()

    def _lay_out(self) -> None:
        label = QLabel(own(self.kind.label))
        label.setProperty("role", "field")
        label.setWordWrap(True)
        label.setBuddy(self.number)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.slider, 1)
        row.addWidget(self._few, 1)
        row.addWidget(self.number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(label)
        column.addLayout(row)
        if self.kind.marks:
            marks = QHBoxLayout()
            marks.setSpacing(px(4))
            for value, words in self.kind.marks:
                button = plain(words, partial(self._press, value))
                button.setProperty("role", "quiet")
                button.setAccessibleName(own(f"{self.kind.label}: {words}"))
                marks.addWidget(button)
            marks.addStretch(1)
            column.addLayout(marks)
        column.addWidget(self.source)
        self.source.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _set_up(self) -> None:
        kind = self.kind
        self.number.setAccessibleName(own(kind.label))
        self.number.setDecimals(kind.places)
        self.number.setFixedWidth(px(_NUMBER_WIDTH))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.slider.setAccessibleName(own(f"{kind.label}, slider"))
        self.set_range(kind.high)
        self.number.valueChanged.connect(self._typed)
        self.slider.valueChanged.connect(self._slid)

    def set_range(self, high: float) -> None:
        """Let it go as high as this at least."""
        kind = self.kind
        high = max(kind.high, high)
        for blocked in (self.number, self.slider):
            blocked.blockSignals(True)
        self.number.setRange(kind.low, high)
        self.slider.setRange(round(kind.low * self._scale), round(high * self._scale))
        self.slider.setPageStep(max(round((high - kind.low) * self._scale / 10), 1))
        for blocked in (self.number, self.slider):
            blocked.blockSignals(False)

    def value(self) -> Fraction:
        """The number, to its decimals."""
        return Fraction(round(self.number.value() * self._scale), self._scale)

    def set_value(self, value: Fraction | float) -> None:
        """Show a number; nobody is told."""
        shown = float(value)
        if shown > self.number.maximum():
            self.set_range(shown * 2)
        for blocked in (self.number, self.slider):
            blocked.blockSignals(True)
        self.number.setValue(shown)
        self.slider.setValue(round(shown * self._scale))
        for blocked in (self.number, self.slider):
            blocked.blockSignals(False)
        self._show_few()

    def set_source(self, words: str) -> None:
        """Say where the number comes from."""
        self.source.setText(words)
        self.hide_source(hidden=self._unsaid)

    def hide_source(self, *, hidden: bool) -> None:
        """Leave out where it comes from, small numbers and all, or say it again."""
        self._unsaid = hidden
        words = "" if hidden else self.source.text()
        self.source.setVisible(bool(words))
        self.number.setAccessibleDescription(words)

    def cover(self, covered: bool) -> None:  # noqa: FBT001
        """Say a small number of people in words while the screen may be shared."""
        self._covered = covered
        self._show_few()

    def _show_few(self) -> None:
        few = self._covered and 0 < self.value() < 5  # noqa: PLR2004
        self._few.setVisible(few)
        self.slider.setVisible(not few)
        self.number.setVisible(not few)

    def _press(self, value: int) -> None:
        self.number.setValue(value)

    def _typed(self, value: float) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(value * self._scale))
        self.slider.blockSignals(False)
        self.turned.emit()

    def _slid(self, value: int) -> None:
        self.number.blockSignals(True)
        self.number.setValue(value / self._scale)
        self.number.blockSignals(False)
        self.turned.emit()
