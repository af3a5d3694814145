"""The widths of a table's columns: measured, fitted to the room, remembered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QTableView

from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.fitting import Need, fitted
from provider_desk.ui.theme import SMALL_PT, px, scale

_USUAL = 120
#: Pixels at 100 % round the words of a cell and of a heading, its arrow with it.
_ROUND_WORDS, _ROUND_HEADING = 26, 34
#: Words are not cut below so many pixels at 100 %, nor is a column dragged below.
_LEAST_WORDS, _LEAST = 88, 48
#: So many rows are measured, from the whole of the list.
_MEASURED = 60


@dataclass(frozen=True, slots=True)
class Shape:
    """How a column without a declaration is laid out: see ``Column``."""

    width: int
    whole: bool = False
    leaves: int = 0


class Widths:
    """Fits the columns of one table.

    Attributes:
        left_out: called with the numbers of columns that have no room.
    """

    def __init__(
        self,
        view: QTableView,
        preferences: Preferences,
        key: str,
        left_out: Callable[[tuple[int, ...]], None],
    ) -> None:
        """Take a table on.

        Args:
            view: its model is set.
            preferences: where widths are remembered.
            key: under which.
            left_out: called with the numbers of columns that have no room.
        """
        self._view = view
        self._preferences = preferences
        self._key = key
        self.left_out = left_out
        self._shapes: Sequence[Shape] = ()
        self._silent: frozenset[int] = frozenset()
        self._left: tuple[int, ...] = ()
        self._measured: list[int] | None = None
        self._fitting = False
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(px(_LEAST))
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.sectionResized.connect(self._dragged)

    def set_shapes(self, shapes: Sequence[Shape]) -> None:
        """Lay out columns that no declaration says."""
        self._shapes = tuple(shapes)
        self.measure()

    def set_silent(self, numbers: frozenset[int]) -> None:
        """Don't show columns that would say nothing."""
        if numbers != self._silent:
            self._silent = numbers
            self.fit()

    def measure(self) -> None:
        """Rows, text size or columns are others from now on."""
        self._measured = None
        self._view.horizontalHeader().setMinimumSectionSize(px(_LEAST))
        self.fit()

    def fit(self) -> None:
        """Fit the columns to the room that there is now."""
        columns = self._columns()
        if self._fitting or not columns:
            return
        if self._measured is None:
            self._measured = self._measure(columns)
        self._fitting = True
        try:
            self._fit(columns, self._measured)
        finally:
            self._fitting = False

    def _fit(self, columns: Sequence[Shape | Column[Any]], words: list[int]) -> None:
        kept = self._preferences.widths(self._key, len(columns))
        speaking = [n for n in range(len(columns)) if n not in self._silent]
        needs = [self._need(n, columns[n], words[n], kept.get(n)) for n in speaking]
        found = fitted(needs, self._view.viewport().width(), px(_LEAST_WORDS))
        shown = {speaking[place]: width for place, width in found.items()}
        for number in range(len(columns)):
            hidden = number not in shown
            if self._view.isColumnHidden(number) != hidden:
                self._view.setColumnHidden(number, hidden)
            if not hidden and self._view.columnWidth(number) != shown[number]:
                self._view.setColumnWidth(number, shown[number])
        left = tuple(number for number in speaking if number not in shown)
        if left != self._left:
            self._left = left
            self.left_out(left)

    def _need(
        self, number: int, column: Shape | Column[Any], words: int, kept: float | None
    ) -> Need:
        return Need(
            heading=self._heading(number),
            words=words,
            wanted=px(column.width or _USUAL) if kept is None else px(kept),
            chosen=kept is not None,
            whole=column.whole or (isinstance(column, Column) and column.right),
            leaves=column.leaves,
        )

    def _columns(self) -> Sequence[Shape | Column[Any]]:
        found: Sequence[Shape | Column[Any]]
        found = self._shapes or getattr(self._view.model(), "columns", ())
        return found if len(found) == self._view.model().columnCount() else ()

    def _measure(self, columns: Sequence[Shape | Column[Any]]) -> list[int]:
        """What the longest words of each column need, nothing private left out."""
        metrics = self._view.fontMetrics()
        model = self._view.model()
        return [
            max(map(metrics.horizontalAdvance, set(said)), default=0) + px(_ROUND_WORDS)
            for said in _said(model, columns)
        ]

    def _heading(self, number: int) -> int:
        """What the words above a column need."""
        across = Qt.Orientation.Horizontal
        words = self._view.model().headerData(number, across)
        bold = QFont(self._view.horizontalHeader().font())
        bold.setPointSizeF(SMALL_PT * scale())
        bold.setBold(True)
        advance = QFontMetrics(bold).horizontalAdvance(str(words or ""))
        # A header makes no column narrower than its least, whatever it is told.
        return max(advance + px(_ROUND_HEADING), px(_LEAST))

    def _dragged(self, number: int, before: int, after: int) -> None:
        """Somebody made a column wider or narrower; kept as of 100 % text."""
        if self._fitting or not before or not after:
            return
        count = len(self._columns())
        if count:
            kept = self._preferences.widths(self._key, count)
            kept[number] = round(after / scale(), 1)
            self._preferences.set_widths(self._key, count, kept)


def _said(
    model: QAbstractItemModel, columns: Sequence[Shape | Column[Any]]
) -> list[list[str]]:
    """Words of some rows, column by column."""
    sample = getattr(model, "sample", None)
    if sample is None:
        rows = range(0, model.rowCount(), max(1, model.rowCount() // _MEASURED))
        return [
            [str(model.index(row, number).data() or "") for row in rows]
            for number in range(len(columns))
        ]
    held = sample(_MEASURED)
    return [
        [each.words(row) for row in held] if isinstance(each, Column) else []
        for each in columns
    ]
