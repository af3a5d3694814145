"""How every table looks and answers to keys."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from provider_desk.ui import clipboard
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.announce import tell_line
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tables.paged import PagedTable
from provider_desk.ui.tables.rows import ROW, RowTable
from provider_desk.ui.theme import SMALL_PT, px, scale

_ROW_HEIGHT = 32
_USUAL_WIDTH = 120


class TableView(QTableView):
    """Rows to open with Enter or a double click, copied with their headings."""

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
        self._key = (name_key or name).casefold().replace(" ", "_")
        self._preferences = preferences
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
        self._set_columns()
        self.doubleClicked.connect(self._open)

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
        columns = [c for c in range(model.columnCount()) if not self.isColumnHidden(c)]
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
        """Rows grow with the text."""
        self.verticalHeader().setDefaultSectionSize(px(_ROW_HEIGHT))
        super().resizeEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW) if index.isValid() else None
        if self._opened is not None and row is not None:
            self._opened(row)

    def _heading_width(self, column: int) -> int:
        """What the words above a column need."""
        words = self.model().headerData(column, Qt.Orientation.Horizontal)
        bold = QFont(self.horizontalHeader().font())
        bold.setPointSizeF(SMALL_PT * scale())
        bold.setBold(True)
        return QFontMetrics(bold).horizontalAdvance(str(words or "")) + px(26)

    def _set_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(px(48))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        kept = self._preferences.widths(self._key)
        columns = getattr(self.model(), "columns", ())
        for number, column in enumerate(columns):
            wanted = px(column.width or _USUAL_WIDTH)
            self.setColumnWidth(number, max(wanted, self._heading_width(number)))
        if kept is not None and header.count() == len(columns):
            header.restoreState(kept)
        header.sectionResized.connect(
            lambda *_sizes: self._preferences.set_widths(self._key, header.saveState())
        )
