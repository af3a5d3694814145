"""The figures table: months, year to date, direction and rating."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from provider_desk.model.months import Month
from provider_desk.returns import words
from provider_desk.returns.table import Cell, Line, ReturnTable
from provider_desk.ui.pages.returning import figure_rows
from provider_desk.ui.pages.returning.figure_rows import RATING_TONES, FigureRow
from provider_desk.ui.parts.words import tip
from provider_desk.ui.tables.rows import ROW, Index
from provider_desk.ui.theme import tokens

_TOP = QModelIndex()
_BEFORE = 2
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FiguresModel(QAbstractTableModel):
    """Columns: code, indicator, a month each, year to date, change, what it means.

    Attributes:
        left_out: numbers of the columns that have no room.
    """

    def __init__(self) -> None:
        super().__init__()
        self._months: tuple[Month, ...] = ()
        self._year_head = ""
        self._rows: list[FigureRow] = []
        self._texts: list[tuple[str, ...]] = []
        self.left_out: tuple[int, ...] = ()

    def show_table(self, table: ReturnTable, rows: Sequence[FigureRow]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._months = table.months
        self._year_head = words.year_to_date_head(table)
        self._rows = list(rows)
        self._texts = [self._words(row) for row in rows]
        self.endResetModel()

    @property
    def year_column(self) -> int:
        """Where the year to date stands."""
        return _BEFORE + len(self._months)

    @property
    def now_column(self) -> int:
        """Where the return's own month stands."""
        return self.year_column - 1

    def row(self, index: Index) -> FigureRow | None:
        """The line at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def months_of(self, index: Index) -> tuple[Month, ...]:
        """The months that the cell at an index counts; none where it is no figure."""
        row = self.row(index)
        if row is None or row.line is None or self.cell(index) is None:
            return ()
        if index.column() == self.year_column:
            return figure_rows.months_behind(row.line, self._months)
        return (self._months[index.column() - _BEFORE],)

    def cell(self, index: Index) -> Cell | None:
        """The return's cell at an index, None in a column of words."""
        row = self.row(index)
        if row is None or row.line is None:
            return None
        if index.column() == self.year_column:
            return row.line.year_to_date
        at = index.column() - _BEFORE
        return row.line.months[at] if 0 <= at < len(self._months) else None

    def beside(self, index: Index) -> tuple[str, ...]:
        """What the columns that have no room say of a line."""
        row = self.row(index)
        if row is None or row.line is None:
            return ()
        texts, across = self._texts[index.row()], Qt.Orientation.Horizontal
        return tuple(f"{self.headerData(n, across)}: {texts[n]}" for n in self.left_out)

    def rowCount(self, parent: Index = _TOP) -> int:
        """Lines and headings."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Two before the months, three after."""
        return 0 if parent.isValid() or not self._months else self.year_column + 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can't be chosen."""
        row = self.row(index)
        if row is None or row.line is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment, colour, and the line itself."""
        row = self.row(index)
        if row is None:
            return None
        column = index.column()
        found: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found = self._texts[index.row()][column]
            case Qt.ItemDataRole.ToolTipRole:
                found = tip(self._tip(row, index))
            case Qt.ItemDataRole.AccessibleTextRole:
                found = self._tip(row, index)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                found = ". ".join(self.beside(index)) if column == 1 else None
            case Qt.ItemDataRole.TextAlignmentRole:
                found = _RIGHT if _BEFORE <= column <= self.year_column else _LEFT
            case Qt.ItemDataRole.FontRole:
                found = self._font(row, column)
            case Qt.ItemDataRole.ForegroundRole:
                found = self._colour(row, index)
            case _ if role == ROW:
                found = row
        return found

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Headings, aligned as their column."""
        if orientation != Qt.Orientation.Horizontal or not self._months:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if _BEFORE <= section <= self.year_column else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            "No",
            "Indicator",
            *(month.short_name for month in self._months),
            self._year_head,
            "Change",
            "What it means",
        )
        return names[section] if section < len(names) else None

    def _font(self, row: FigureRow, column: int) -> QFont | None:
        if row.code or (row.line is not None and column != self.now_column):
            return None
        font = QFont(QApplication.font())
        font.setBold(True)
        return font

    def _words(self, row: FigureRow) -> tuple[str, ...]:
        line = row.line
        if line is None:
            return (row.code, row.title, *([""] * (len(self._months) + 3)))
        same = words.uniform_state(line) is not None
        months = (figure_rows.month_text(line, at) for at in range(len(line.months)))
        return (
            "" if row.part else line.key.indicator,
            figure_rows.label_of(row),
            *months,
            figure_rows.cell_words(line.year_to_date, line.kind, short=same),
            words.direction_text(line),
            words.rating_text(line),
        )

    def _tip(self, row: FigureRow, index: Index) -> str:
        line, cell = row.line, self.cell(index)
        if line is None:
            return row.title
        if cell is None:
            text = self._texts[index.row()][index.column()]
            return _about(line) if index.column() == 1 else text
        if index.column() == self.year_column:
            return figure_rows.cell_tip(line, cell, self._year_head.casefold())
        month = self._months[index.column() - _BEFORE]
        return figure_rows.cell_tip(line, cell, month.name)

    def _colour(self, row: FigureRow, index: Index) -> QColor | None:
        if row.line is None:
            return None
        if index.column() == self.year_column + 2:
            tone = RATING_TONES[words.shown_rating(row.line)]
            return QColor(getattr(tokens(), tone)) if tone else None
        cell = self.cell(index)
        if cell is not None and cell.value is None:
            return QColor(tokens().soft)
        return None


def _about(line: Line) -> str:
    kind = words.KIND_WORDS.get(line.kind, line.kind)
    return f"{line.label}. Counted in {line.unit}, {kind}."
