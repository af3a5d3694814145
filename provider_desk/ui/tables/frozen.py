"""The first columns of a table that stay in sight when it is scrolled sideways."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView

#: They take at most this share of a table's width.
_MOST = 0.6


class FrozenColumns(QTableView):
    """A second view over the same rows, laid over the left edge of the first.

    It takes no focus and says nothing to a screen reader: the table below it does.
    """

    def __init__(self, table: QTableView, count: int) -> None:
        """Lay it over.

        Args:
            table: what it belongs to; its model and columns are set up.
            count: how many columns stay.
        """
        super().__init__(table)
        self._table = table
        self._count = count
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(
            "QTableView { border: none; border-radius: 0; padding: 0;"
            " border-right: 1px solid palette(mid); }"
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(table.selectionBehavior())
        self.setEditTriggers(table.editTriggers())
        self.setVerticalScrollMode(table.verticalScrollMode())
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self.fit())
        table.verticalScrollBar().valueChanged.connect(
            self.verticalScrollBar().setValue
        )
        self.verticalScrollBar().valueChanged.connect(
            table.verticalScrollBar().setValue
        )
        self.doubleClicked.connect(table.doubleClicked)
        table.model().modelReset.connect(self.fit)
        table.selectionModel().currentChanged.connect(
            lambda now, _before: self.uncover(now)
        )
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        """Take the widths and the height of the table below."""
        table = self._table
        shown = [n for n in range(self._count) if not table.isColumnHidden(n)]
        for number in range(self.model().columnCount()):
            self.setColumnHidden(number, number not in shown)
            if number in shown:
                self.setColumnWidth(number, table.columnWidth(number))
        rows = table.verticalHeader().defaultSectionSize()
        self.verticalHeader().setDefaultSectionSize(rows)
        self.horizontalHeader().setFixedHeight(table.horizontalHeader().height())
        edge = table.frameWidth()
        width = sum(table.columnWidth(number) for number in shown)
        head = table.horizontalHeader().height()
        self.setGeometry(edge, edge, width, head + table.viewport().height())
        self.setVisible(self.fits())

    def fits(self) -> bool:
        """Whether there is room for them and for what is scrolled beside them."""
        table = self._table
        width = sum(table.columnWidth(number) for number in range(self._count))
        return 0 < width < table.width() * _MOST

    def uncover(self, now: QModelIndex) -> None:
        """Scroll until a cell is beside the columns that stay, not below them."""
        if not self.fits() or now.column() < self._count:
            return
        hidden = self.width() - self._table.visualRect(now).left()
        if hidden > 0:
            across = self._table.horizontalScrollBar()
            across.setValue(across.value() - hidden)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The table was laid out anew."""
        kinds = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest)
        if event.type() in kinds:
            self.fit()
        return super().eventFilter(watched, event)
