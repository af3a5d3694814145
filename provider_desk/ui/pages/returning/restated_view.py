"""What was issued and counts differently now: for the office alone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.months import Month
from provider_desk.returns.table import (
    Cell,
    Line,
    LineKey,
    Restated,
    ReturnTable,
    State,
)
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning import figure_rows
from provider_desk.ui.parts.words import body, soft
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_ABOUT = (
    "What the council got never changes. These figures count differently in your "
    "records now, because something was entered late or put right; the next return "
    "takes it in by itself. Enter opens the rows."
)
_NONE = "Nothing that was issued counts differently now."


class RestatedView(QWidget):
    """One line for each figure: what was sent, what it is now, why.

    Attributes:
        model: the lines.
        table: opens the rows behind a figure with Enter.
    """

    def __init__(
        self, frame: Frame, opened: Callable[[Line, Cell, Sequence[Month]], None]
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            opened: shows the rows behind a figure.
        """
        super().__init__()
        self._opened = opened
        self._lines: dict[LineKey, Line] = {}
        self._areas: dict[str, str] = {}
        self.model: RowTable[Restated] = RowTable(
            [
                Column(
                    "Month", lambda r: r.month.name, lambda r: str(r.month), width=140
                ),
                Column("Service area", self._area, width=180, leaves=1),
                Column("No", lambda r: r.key.indicator, width=60, leaves=2),
                Column("Figure", self._label, width=300),
                _number("Sent", lambda r: r.sent),
                _number("Now", lambda r: r.now),
                Column("Why", lambda r: r.why, width=320),
            ]
        )
        self.table = TableView("Differs now", self.model, frame.preferences, self._open)
        self.table.sort_by_header()
        self._none = body("Looking …")
        self._about = soft(_ABOUT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._none)
        column.addWidget(self.table, 1)
        column.addWidget(self._about)
        column.addStretch(0)
        self.setFocusProxy(self.table)

    def show_names(self, table: ReturnTable) -> None:
        """Take the words of lines and areas from a return."""
        self._lines = {line.key: line for line in table.lines}
        self._areas = {a.code: figure_rows.short_name(a) for a in table.areas}

    def show_restated(self, found: Sequence[Restated]) -> None:
        """Show the list."""
        self.model.set_rows(found)
        for part in (self.table, self._about):
            part.setVisible(bool(found))
        self._none.setText(_NONE)
        self._none.setVisible(not found)
        if found:
            self.table.selectRow(0)
            if self.isVisible():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _area(self, row: Restated) -> str:
        return self._areas.get(row.key.area, row.key.area)

    def _label(self, row: Restated) -> str:
        line = self._lines.get(row.key)
        return line.label if line else f"{row.key.indicator} {row.key.split}".strip()

    def _open(self, row: Restated) -> None:
        line = self._lines.get(row.key)
        if line is not None:
            self._opened(line, Cell(State.FIGURE, row.now), (row.month,))


def _number(head: str, value: Callable[[Restated], int]) -> Column[Restated]:
    return Column(head, lambda r: f"{value(r):,}", value, right=True, width=80)
