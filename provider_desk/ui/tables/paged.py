"""A table over a long list that stays in the store: rows come as they are seen."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from provider_desk.model.views import Page
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import SAID, Index, beside, cell, heading

R = TypeVar("R")

_TOP = QModelIndex()

#: Rows of one part: about as many as are seen at once, so that the first comes quickly.
PART = 30
_KEPT = 40

#: Asks for a part: first row, how many, and whom to tell.
Fetch = Callable[[int, int, Callable[[Page[Any]], None]], None]


class PagedTable(QAbstractTableModel, Generic[R]):
    """Shows a part at once and asks for others when they come into sight.

    Attributes:
        filled: rows came in.
        left_out: numbers of the columns that have no room; told with the first one.
    """

    filled = Signal()

    def __init__(self, columns: Sequence[Column[R]], fetch: Fetch) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._fetch = fetch
        self._total = 0
        self._parts: dict[int, tuple[R, ...]] = {}
        self._asked: set[int] = set()
        self._privacy = False
        self._turn = 0
        self.left_out: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        """How many rows there are in all."""
        return self._total

    def start(self, first: Page[R]) -> None:
        """Show the first part of another list."""
        self.beginResetModel()
        self._turn += 1
        self._total = first.total
        self._parts = {0: first.rows}
        self._asked = {0}
        self.endResetModel()
        self.filled.emit()

    def sample(self, count: int) -> Sequence[R]:
        """Some of the rows that are here; none is asked for."""
        return self._parts.get(0, ())[:count]

    def beside(self, index: Index) -> tuple[str, ...]:
        """What the columns that have no room say of a row."""
        row = self.row(index)
        left = (self.columns[number] for number in self.left_out)
        return () if row is None else beside(left, row, hidden=self._privacy)

    def set_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Hide what is private, or show it."""
        self._privacy = hidden
        self._redraw(0, self._total)

    def row(self, index: Index) -> R | None:
        """The row at an index, None while it is still on its way."""
        if not index.isValid():
            return None
        number, within = divmod(index.row(), PART)
        part = self._parts.get(number)
        if part is None:
            self._ask(number)
            return None
        return part[within] if within < len(part) else None

    def rowCount(self, parent: Index = _TOP) -> int:
        """How many rows there are in all."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _TOP) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment, colour, or the row itself; "…" while it is on its way."""
        if role not in SAID or not index.isValid():
            return None
        row = self.row(index)
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        also = self.beside(index) if self.left_out and not index.column() else ()
        column = self.columns[index.column()]
        return cell(column, row, role, hidden=self._privacy, also=also)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Headings, aligned as their column."""
        return heading(self.columns, section, orientation, role)

    def _ask(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        turn = self._turn
        start = number * PART

        def came(part: Page[R]) -> None:
            if turn != self._turn:
                return
            self._parts[number] = part.rows
            self._forget_old(number)
            self._redraw(start, start + len(part.rows))
            self.filled.emit()

        self._fetch(start, PART, came)

    def _forget_old(self, newest: int) -> None:
        while len(self._parts) > _KEPT:
            farthest = max(self._parts, key=lambda number: abs(number - newest))
            del self._parts[farthest]
            self._asked.discard(farthest)

    def _redraw(self, start: int, end: int) -> None:
        if end > start:
            last = self.index(min(end, self._total) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(start, 0), last)
