"""The words of columns that have no room, below a table, for the row at the cursor."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QLayout, QSizePolicy, QTableView

from provider_desk.ui.parts.words import quoted
from provider_desk.ui.tables.rows import Index

#: Letters of one column; the whole of it stands in the tooltip of the row.
_LONG = 90


@runtime_checkable
class LeavesOut(Protocol):
    """A model that tells of columns for which a table has no room.

    Attributes:
        left_out: their numbers.
    """

    left_out: tuple[int, ...]

    def beside(self, index: Index) -> tuple[str, ...]:
        """What they say of the row at an index, each with its heading."""

    def rowCount(self) -> int:
        """How many rows there are."""

    def headerData(self, section: int, orientation: Qt.Orientation) -> object:
        """The words above a column."""


class BesideLine(QObject):
    """A line that stands below a table for as long as a column has no room.

    Attributes:
        label: the line; None until it was needed once.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.label: QLabel | None = None
        table.installEventFilter(self)
        table.selectionModel().currentChanged.connect(lambda *_cells: self._say())
        table.model().dataChanged.connect(lambda *_cells: self._say())
        table.model().modelReset.connect(self._say)

    def stand(self) -> None:
        """Other columns have no room than before."""
        if self.label is None and self._left():
            self.label = self._placed()
        if self.label is not None:
            self.label.setMinimumHeight(0)
        self._say()

    def words(self) -> str:
        """What it says."""
        model = self._table.model()
        left = self._left()
        if not left or not isinstance(model, LeavesOut):
            return ""
        said = model.beside(self._table.currentIndex())
        if not said:
            names = ", ".join(left)
            return f"No room for {names}: choose a row to read it here."
        return "Also: " + " · ".join(map(_short, said))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It comes and goes with the table."""
        if event.type() == QEvent.Type.Show:
            # A table may be made before it has its place in a page.
            self.stand()
        elif event.type() == QEvent.Type.Hide:
            self._say()
        return super().eventFilter(watched, event)

    def _left(self) -> list[str]:
        """Headings of the columns that have no room."""
        model = self._table.model()
        if not isinstance(model, LeavesOut) or not model.rowCount():
            return []
        across = Qt.Orientation.Horizontal
        return [str(model.headerData(number, across)) for number in model.left_out]

    def _say(self) -> None:
        label = self.label
        if label is None:
            return
        words = self.words()
        label.setText(words)
        label.setVisible(bool(words) and not self._table.isHidden())
        # The rows above don't move with each row that is gone through.
        high = label.heightForWidth(label.width())
        label.setMinimumHeight(max(label.minimumHeight(), high))

    def _placed(self) -> QLabel | None:
        parent = self._table.parentWidget()
        whole = parent.layout() if parent is not None else None
        held = _holding(whole, self._table)
        if held is None:
            return None
        label = quoted("")
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        held.insertWidget(held.indexOf(self._table) + 1, label)
        return label


def _short(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[: _LONG - 1]}…"


def _holding(layout: QLayout | None, table: QTableView) -> QBoxLayout | None:
    """The column of a page that a table stands in, None where it stands in none."""
    if layout is None:
        return None
    if isinstance(layout, QBoxLayout) and layout.indexOf(table) >= 0:
        down = (QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop)
        return layout if layout.direction() in down else None
    items = (layout.itemAt(at) for at in range(layout.count()))
    inner = (item.layout() for item in items if item is not None)
    return next(filter(None, (_holding(each, table) for each in inner)), None)
