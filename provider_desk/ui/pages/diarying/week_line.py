"""Whose week and which: a worker, a day, a week back or on."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from provider_desk.model.diary import monday_of
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import DayEditor
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.theme import px

#: The code of everybody's week among the workers.
EVERYBODY = "*"
_WEEK_OF = Day(label="Week of", future=True)
_ONE_WEEK = timedelta(weeks=1)


class WeekLine(QWidget):
    """Fields above the week; a day that can't be read changes nothing.

    Attributes:
        changed: another week or worker is wanted.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.monday = monday_of(today())
        self.on = today()
        self.worker = Pick("Whose diary", letters=24)
        self.day = DayEditor(_WEEK_OF, today)
        self.day.set_value(self.on)
        self.day.line.editingFinished.connect(self._typed)
        self.day.line.stepped.connect(lambda _days: self._typed())
        self._box = box = FieldBox(_WEEK_OF, self.day, optional=False)
        box.setFixedWidth(px(150))
        self.worker.picked.connect(lambda _code: self.changed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.worker)
        row.addWidget(box)
        for words, name, key, run in (
            ("<", "The week before", "PgUp", lambda: self.step(-1)),
            ("Today", "This week", "T", self.go_today),
            (">", "The next week", "PgDown", lambda: self.step(1)),
        ):
            button = plain(words, run)
            button.setAccessibleName(name)
            button.setToolTip(f"{name}  ({key})")
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)

    def offer(self, workers: Sequence[tuple[str, str]], *, everybody: bool) -> None:
        """Offer whose diaries there are; one alone is not asked for."""
        options = [
            (code, name if name == code else f"{name}, {code}")
            for code, name in workers
        ]
        if everybody:
            options.append((EVERYBODY, "Everybody"))
        self.worker.set_options(options)
        self.worker.setVisible(len(options) > 1)

    def step(self, weeks: int) -> None:
        """Go some weeks on or back."""
        self.show_day(self.on + _ONE_WEEK * weeks)

    def go_today(self) -> None:
        """Go to the week of today."""
        self.show_day(self._today())

    def show_day(self, on: date) -> None:
        """Go to the week of a day."""
        self.on, self.monday = on, monday_of(on)
        self.day.set_value(on)
        self.changed.emit()

    def _typed(self) -> None:
        on, words = self.day.value(), self.day.problem()
        self._box.show_problems([Problem("on", words)] if words else [])
        if isinstance(on, date) and on != self.on:
            self.show_day(on)
