"""How every table looks and answers to keys."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from provider_desk.ui import clipboard
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.announce import tell_line
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tables.beside_line import BesideLine, LeavesOut
from provider_desk.ui.tables.paged import PagedTable
from provider_desk.ui.tables.rows import ROW, RowTable
from provider_desk.ui.tables.widths import Shape, Widths
from provider_desk.ui.theme import px

_ROW_HEIGHT = 32
_LOOKS = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


class TableView(QTableView):
    """Rows to open with Enter or a double click, copied with their headings.

    Attributes:
        beside: the line for columns that have no room.
    """

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel,
        preferences: Preferences,
        opened: Callable[[Any], None] | None = None,
        *,
        name_key: str = "",
    ) -> None:
        """Lay it out.

        Args:
            name: what it is, for a screen reader.
            model: a ``RowTable`` or ``PagedTable``.
            preferences: where the widths of columns are remembered.
            opened: called with the row that is opened.
            name_key: under which widths are remembered; the name by default.
        """
        super().__init__()
        self._opened = opened
        self.setAccessibleName(own(name))
        self.setModel(model)
        if isinstance(model, RowTable | PagedTable):
            preferences.veil.lead(model, self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(px(_ROW_HEIGHT))
        rows.hide()
        key = (name_key or name).casefold().replace(" ", "_")
        self._widths = Widths(self, preferences, key, self._left_out)
        self.beside = BesideLine(self)
        model.modelReset.connect(self._widths.measure)
        self._widths.measure()
        self.doubleClicked.connect(self._open)

    def set_shapes(self, shapes: Sequence[Shape]) -> None:
        """Lay out the columns of a model that declares none."""
        self._widths.set_shapes(shapes)

    def set_silent(self, numbers: Collection[int]) -> None:
        """Don't show columns that would say nothing."""
        self._widths.set_silent(frozenset(numbers))

    def sort_by_header(self, column: int = -1) -> None:
        """Let a click on a heading sort; by no column until then."""
        self.horizontalHeader().setSortIndicator(column, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def chosen(self) -> Any:
        """The row where the cursor is, None where there is none."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def copy(self) -> None:
        """Copy the selected rows with their headings, apart by tabs."""
        model = self.model()
        rows = sorted(
            {index.row() for index in self.selectionModel().selectedIndexes()}
        )
        left = getattr(model, "left_out", ())
        columns = [
            number
            for number in range(model.columnCount())
            if number in left or not self.isColumnHidden(number)
        ]
        across = Qt.Orientation.Horizontal
        lines = ["\t".join(str(model.headerData(c, across)) for c in columns)]
        for row in rows:
            cells = (str(model.index(row, c).data() or "") for c in columns)
            lines.append("\t".join(cells))
        count = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
        clipboard.copy("\n".join(lines), f"{self.accessibleName()}: {count}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell a screen reader of the cell, not of the table alone."""
        super().focusInEvent(event)
        tell_line(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns take the room that there is."""
        super().resizeEvent(event)
        self._widths.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Rows and columns grow with the text."""
        super().changeEvent(event)
        if event.type() in _LOOKS and hasattr(self, "_widths"):
            self.verticalHeader().setDefaultSectionSize(px(_ROW_HEIGHT))
            self._widths.measure()

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW) if index.isValid() else None
        if self._opened is not None and row is not None:
            self._opened(row)

    def _left_out(self, numbers: tuple[int, ...]) -> None:
        """Columns have no room: they stand below, and the cursor leaves them."""
        model = self.model()
        if isinstance(model, LeavesOut):
            model.left_out = numbers
        here = self.currentIndex()
        if here.column() in numbers:
            self.setCurrentIndex(model.index(here.row(), 0))
        self.beside.stand()
