"""A table that shows all of its few rows, so that only the page scrolls."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from provider_desk.ui.frame import Frame
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

R = TypeVar("R")

_ROW, _HEAD = 32, 40
#: From so many rows on it scrolls by itself.
_MOST = 16


class SmallTable(TableView, Generic[R]):
    """As high as its rows.

    Attributes:
        rows: its model.
    """

    def __init__(
        self,
        frame: Frame,
        name: str,
        columns: Sequence[Column[R]],
        opened: Callable[[Any], None] | None = None,
        *,
        name_key: str = "",
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            name: for a screen reader.
            columns: what a row shows.
            opened: called with the row that is opened.
            name_key: under which widths are remembered.
        """
        self.rows: RowTable[R] = RowTable(columns)
        super().__init__(
            name, self.rows, frame.preferences, opened, name_key=name_key or name
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.show_rows([])

    def show_columns(self, columns: Sequence[Column[R]]) -> None:
        """Have other columns from now on."""
        self.rows.beginResetModel()
        self.rows.columns = tuple(columns)
        self.rows.endResetModel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A bar to scroll sideways covers no row."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        count = self.rows.rowCount()
        all_of_them = count <= _MOST
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if all_of_them
            else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        wide = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        shown = min(max(count, 1), _MOST)
        self.setFixedHeight(px(_HEAD + _ROW * shown) + px(4) + bar)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show rows, all of them at once where they are few."""
        at = self.currentIndex()
        self.rows.set_rows(rows)
        self._fit()
        if at.isValid() and at.row() < len(rows):
            self.setCurrentIndex(self.rows.index(at.row(), at.column()))
