"""Step two: the figures, area by area, and the year so far drawn below them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.months import Month
from provider_desk.returns import words
from provider_desk.returns.table import Cell, Line, Rating, ReturnTable
from provider_desk.services.returning.preparing import Side
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning import figure_rows
from provider_desk.ui.pages.returning.figures_model import FiguresModel
from provider_desk.ui.pages.returning.impact_view import ImpactView
from provider_desk.ui.pages.returning.questions_view import QuestionsView
from provider_desk.ui.pages.returning.restated_view import RestatedView
from provider_desk.ui.pages.returning.shown_row import (
    EXACT,
    IMPACT,
    QUESTIONS,
    RESTATED,
    SIDES,
    ShownRow,
    chip,
)
from provider_desk.ui.pages.returning.sides_view import SidesView
from provider_desk.ui.pages.returning.year_charts import YearCharts
from provider_desk.ui.parts.words import soft
from provider_desk.ui.tables.frozen import FrozenColumns
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.tables.widths import Shape
from provider_desk.ui.theme import px

#: The indicator and what a figure means are cut where room is short, no figure is.
_CODE, _LABEL, _MEANING = Shape(60, whole=True), Shape(300), Shape(190, leaves=1)
_YEAR, _CHANGE = Shape(150, whole=True), Shape(104, whole=True, leaves=2)
_MONTH = 100
#: The newest month's state stands in words.
_NEWEST = Shape(150, whole=True)
#: Pixels at 100 % from which the chips have room beside the areas.
_NARROW = 600
_OPENS = "Enter on a figure opens exactly the rows it counts."

#: Height from which charts have room below the figures.
_CHARTS_NEED = 420

#: Height that headings and three lines need.
_LEAST = 144

#: Asked for when a figure is opened: its line, its cell and the months it counts.
Opened = Callable[[Line, Cell, Sequence[Month]], None]


class LookView(QWidget):
    """What is looked at, tabs for the areas, the table of figures, small charts.

    Attributes:
        wanted: something else is to be looked at; carries a code of ``SHOWN``.
        issue: the council's figures are to be issued.
        row: the choice of what is looked at.
        sides, impact, questions, restated: the other things that can be looked at.
    """

    wanted = Signal(str)
    issue = Signal()

    def __init__(
        self, frame: Frame, opened: Opened, said: str = _OPENS, *, makes: bool = True
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            opened: shows the rows behind a figure.
            said: what stands below the figures.
            makes: whether more than the council's copy can be looked at.
        """
        super().__init__()
        self._opened = opened
        self._table: ReturnTable | None = None
        self._months_wide = 0
        self._said = soft(said)
        self.row = ShownRow(makes=makes, issue=self.issue.emit)
        self.row.chosen.connect(self._turn)
        self.areas = QTabBar()
        self.areas.setAccessibleName("Service areas")
        self.areas.setDrawBase(False)
        self.areas.setExpanding(False)
        self.areas.currentChanged.connect(lambda _at: self._fill())
        self.sides = SidesView(frame)
        self.impact = ImpactView(frame)
        self.questions = QuestionsView(frame)
        self.restated = RestatedView(frame, opened)
        self._others: dict[str, QWidget] = {
            SIDES: self.sides,
            IMPACT: self.impact,
            QUESTIONS: self.questions,
            RESTATED: self.restated,
        }
        self.zeros = chip("Lines with only zeros", self._fill)
        self.charted = chip("Charts", self._show_charts)
        self.charted.setChecked(True)
        self.model = FiguresModel()
        self.figures = TableView(
            "Figures", self.model, frame.preferences, lambda _row: self._open()
        )
        self.figures.setSelectionBehavior(
            QAbstractItemView.SelectionBehavior.SelectItems
        )
        self.figures.setMinimumHeight(px(_LEAST))
        self.frozen = FrozenColumns(self.figures, 2)
        across = self.figures.horizontalScrollBar()
        across.rangeChanged.connect(self._show_newest)
        self.charts = YearCharts()
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._show_parts()

    def show_table(self, table: ReturnTable) -> None:
        """Show a return; the area that was looked at stays."""
        self._table = table
        held = self.area()
        self.areas.blockSignals(True)
        while self.areas.count():
            self.areas.removeTab(0)
        for area in table.areas:
            at = self.areas.addTab(figure_rows.short_name(area))
            self.areas.setTabData(at, area.code)
            self.areas.setTabToolTip(at, area.label)
            if area.code == held:
                self.areas.setCurrentIndex(at)
        self.areas.blockSignals(False)
        self._show_parts()
        self._fill()

    def show_counted(self, table: ReturnTable) -> None:
        """Show what is made of the month's figures; exact ones where they may be."""
        self.impact.show_table(table)
        self.questions.show_table(table)
        self.restated.show_names(table)

    def show_sides(self, sides: Sequence[Side]) -> None:
        """Show exact beside published."""
        self.sides.show_sides(sides, self.area())

    def showing(self) -> str:
        """What is looked at: a code of ``SHOWN``."""
        return self.row.showing()

    def show_exact(self) -> None:
        """Go back to the exact figures, where nothing else can be shown."""
        self.row.choose(EXACT)

    def _turn(self, shown: str) -> None:
        self._show_parts()
        self.wanted.emit(shown)

    def _show_parts(self) -> None:
        shown = self.showing()
        other = self._others.get(shown)
        for part in self._others.values():
            part.setVisible(part is other)
        for part in (self.figures, self._said):
            part.setVisible(other is None)
        by_area = other is None or shown == SIDES
        self.areas.setVisible(by_area and self.areas.count() > 1)
        self._show_zeros()
        self._show_charts()

    def area(self) -> str:
        """The code of the area that is looked at."""
        return str(self.areas.tabData(self.areas.currentIndex()) or "")

    def start(self) -> None:
        """Put the cursor on the figures, or on whatever else is looked at."""
        shown: QWidget = self._others.get(self.showing(), self.figures)
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        table = self._table
        if table is None:
            return
        area = self.area()
        self.sides.show_area(area)
        rows = figure_rows.rows_of(table, area, with_zeros=self.zeros.isChecked())
        self._show_zeros()
        at = self.figures.currentIndex()
        row, column = at.row(), at.column() - self.model.now_column
        self.model.show_table(table, rows)
        # Another month has more or fewer columns; the cursor stays on the newest.
        column = max(column + self.model.now_column, 0)
        self._shape_columns(len(table.months))
        if not 0 < row < self.model.rowCount():
            row, column = min(1, self.model.rowCount() - 1), self.model.now_column
        self.figures.setCurrentIndex(self.model.index(row, column))
        self.frozen.fit()
        self.charts.show_table(table, area)

    def _shape_columns(self, months: int) -> None:
        if months == self._months_wide:
            return
        self._months_wide = months
        # The oldest month has the least to say.
        before = [
            Shape(_MONTH, whole=True, leaves=months + 1 - number)
            for number in range(months - 1)
        ]
        self.figures.set_shapes(
            (_CODE, _LABEL, *before, _NEWEST, _YEAR, _CHANGE, _MEANING)
        )

    def _open(self) -> None:
        """Open the figure under the cursor; on a column of words, the month's own."""
        index = self.figures.currentIndex()
        if self.model.cell(index) is None:
            index = self.model.index(index.row(), self.model.now_column)
        row, cell = self.model.row(index), self.model.cell(index)
        if row is not None and row.line is not None and cell is not None:
            self._opened(row.line, cell, self.model.months_of(index))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the figures have it."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        narrow = self.width() < px(_NARROW)
        self._top.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._show_charts()

    def _show_newest(self, _low: int, high: int) -> None:
        """The newest month and what it means first; those before by scrolling."""
        if self.frozen.fits():
            self.figures.horizontalScrollBar().setValue(high)
            self.frozen.uncover(self.figures.currentIndex())

    def _show_zeros(self) -> None:
        table = self._table
        lines = table.of_area(self.area()) if table is not None else ()
        zeros = sum(1 for line in lines if figure_rows.only_zeros(line))
        self.zeros.setText(f"Lines with only zeros: {zeros}")
        self.zeros.setVisible(bool(zeros) and self.showing() not in self._others)

    def _show_charts(self) -> None:
        room = self.height() >= px(_CHARTS_NEED)
        figures = self.showing() not in self._others
        self.charted.setVisible(room and figures)
        self.charts.setVisible(self.charted.isChecked() and room and figures)

    def _lay_out(self) -> None:
        top = self._top
        top.setSpacing(px(8))
        top.addWidget(self.areas, 1)
        chips = QHBoxLayout()
        chips.setSpacing(px(8))
        chips.addStretch(1)
        chips.addWidget(self.zeros)
        chips.addWidget(self.charted)
        top.addLayout(chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.row)
        column.addLayout(top)
        column.addWidget(self.figures, 1)
        for part in self._others.values():
            column.addWidget(part, 1)
        column.addWidget(self._said)
        column.addWidget(self.charts)


def left_words(table: ReturnTable) -> str:
    """What this step has to show."""
    outside = sum(
        1 for line in table.lines if words.shown_rating(line) is Rating.OUTSIDE
    )
    return f"{outside} over limits" if outside else "✓ within limits"
