"""A table over the rows of a question: shown, sorted, copied."""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from provider_desk.ui.own_words import own
from provider_desk.ui.parts.words import tip
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.theme import tokens

R = TypeVar("R")

Index = QModelIndex | QPersistentModelIndex

#: The row itself, for who opens it.
ROW = Qt.ItemDataRole.UserRole

#: Roles that a cell has something to say in; a view asks for twice as many.
SAID = frozenset(
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ForegroundRole,
        ROW,
    )
)
#: Roles in which a heading, and a cell, say all, whatever is drawn.
_TOLD = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_IN_FULL = (*_TOLD, Qt.ItemDataRole.AccessibleDescriptionRole)
_TOP = QModelIndex()
#: Stands for an empty cell of a column that has no room.
_NOTHING = "–"  # noqa: RUF001


class RowTable(QAbstractTableModel, Generic[R]):
    """Rows that are all here; sorting is done in Python, so a few thousand at most.

    Attributes:
        left_out: numbers of the columns that have no room; told with the first one.
    """

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._rows: list[R] = []
        self._privacy = False
        self._order: tuple[int, Qt.SortOrder] | None = None
        self.left_out: tuple[int, ...] = ()

    @property
    def rows(self) -> list[R]:
        """The rows as they are shown."""
        return list(self._rows)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows, in the order in which they come or as was sorted."""
        self.beginResetModel()
        self._rows = list(rows)
        self._put_in_order()
        self.endResetModel()

    def sample(self, count: int) -> Sequence[R]:
        """Some of the rows, from the whole of the list."""
        return self._rows[:: max(1, len(self._rows) // count)]

    def beside(self, index: Index) -> tuple[str, ...]:
        """What the columns that have no room say of a row."""
        row = self.row(index)
        left = (self.columns[number] for number in self.left_out)
        return () if row is None else beside(left, row, hidden=self._privacy)

    def set_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Hide what is private, or show it."""
        self._privacy = hidden
        if self.rowCount():
            last = self.index(self.rowCount() - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, index: Index) -> R | None:
        """The row at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _TOP) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment, colour, or the row itself."""
        row = self.row(index) if role in SAID else None
        if row is None:
            return None
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

    def sort(
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        """Put the rows in order of a column; empty cells come last."""
        if not 0 <= column < len(self.columns):
            return
        self.layoutAboutToBeChanged.emit()
        before = list(self._rows)
        kept = self.persistentIndexList()
        self._order = (column, order)
        self._put_in_order()
        place = {id(row): number for number, row in enumerate(self._rows)}
        moved = [self.index(place[id(before[i.row()])], i.column()) for i in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _put_in_order(self) -> None:
        if self._order is None:
            return
        column = self.columns[self._order[0]]
        key = column.sort or (lambda row: column.words(row).casefold())
        empty = [row for row in self._rows if key(row) in (None, "")]
        filled = [row for row in self._rows if key(row) not in (None, "")]
        backwards = self._order[1] == Qt.SortOrder.DescendingOrder
        self._rows = sorted(filled, key=key, reverse=backwards) + empty


def beside(columns: Iterable[Column[R]], row: R, *, hidden: bool) -> tuple[str, ...]:
    """What columns say of a row, each with its heading."""
    found = ((own(each.header), each.said(row, hidden=hidden)) for each in columns)
    return tuple(f"{head}: {said or _NOTHING}" for head, said in found)


def cell(
    column: Column[R],
    row: R,
    role: int,
    *,
    hidden: bool,
    also: Sequence[str] = (),
) -> Any:
    """What a cell says to a view in a role.

    Args:
        column: where it stands.
        row: what it is about.
        role: what is asked for.
        hidden: the personal is hidden.
        also: what columns say that have no room.
    """
    if role in _IN_FULL:
        return _in_full(column, row, role, hidden=hidden, also=also)
    if role == Qt.ItemDataRole.DisplayRole:
        return column.said(row, hidden=hidden)
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return column.alignment
    if role == Qt.ItemDataRole.ForegroundRole and column.tone is not None:
        tone = column.tone(row)
        return QColor(getattr(tokens(), tone)) if tone else None
    return row if role == ROW else None


def _in_full(
    column: Column[R], row: R, role: int, *, hidden: bool, also: Sequence[str]
) -> str | None:
    """All words of a cell, and those of columns that have no room."""
    if role == Qt.ItemDataRole.AccessibleDescriptionRole:
        return ". ".join(also) or None
    full = column.full(row) if column.full is not None else None
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return full or None
    said = column.said(row, hidden=hidden) if full is None else full
    return tip("\n".join((said, *also))) or None


def heading(
    columns: Sequence[Column[R]], section: int, orientation: Qt.Orientation, role: int
) -> Any:
    """What a heading says to a view in a role."""
    if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(columns):
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return own(columns[section].header)
    if role in _TOLD:
        return own(columns[section].told or columns[section].header) or None
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return columns[section].alignment
    return None
