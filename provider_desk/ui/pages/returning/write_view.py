"""Step three: the quarter's words, bound to the figures, looked over as one types."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.months import Month
from provider_desk.returns import words
from provider_desk.returns.narrative.references import name_of
from provider_desk.returns.narrative.scan import Known
from provider_desk.returns.outline import SUM
from provider_desk.returns.table import AreaName, Line, ReturnTable, State
from provider_desk.services.returning import narrating
from provider_desk.services.returning.narrating import Box
from provider_desk.services.returning.standing import WRITE, Standing
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning import figure_rows
from provider_desk.ui.pages.returning.kept_boxes import KeptBoxes
from provider_desk.ui.pages.returning.studies_view import StudiesView
from provider_desk.ui.pages.returning.words_box import WordsBox
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.scroll import scrolling
from provider_desk.ui.parts.words import body, soft
from provider_desk.ui.theme import px

_HOW = (
    "Write {B1} where a figure belongs, and the figure of the council's copy is "
    "printed there. What you type is kept by itself."
)
_HELP = {
    "WELL": "What helped, and how you know.",
    "WORRIED": "What could get worse, for people or for the service.",
    "NEEDS": "Who should do what next, and by when.",
}
_FIGURE_LETTERS = 30


class WriteView(QWidget):
    """Boxes of each area and of the whole, a list of figures, case studies.

    Attributes:
        kept: words were kept; what is left to do may be another thing now.
        areas: one tab for each area, one for the whole, one for case studies.
        boxes: every box that is shown.
        figures: a figure to insert where the cursor is.
        studies: the case studies and quotes.
    """

    kept = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._of: tuple[str, Month] | None = None
        self._table: ReturnTable | None = None
        self._known: Known | None = None
        self._last: WordsBox | None = None
        self._starts = False
        self._keeper = KeptBoxes(frame)
        self._keeper.kept.connect(lambda _place, _words: self.kept.emit())
        self.boxes: list[WordsBox] = []
        self.areas = QTabBar()
        self.areas.setAccessibleName("What the words are about")
        self.areas.setDrawBase(False)
        self.areas.setExpanding(False)
        self.areas.setUsesScrollButtons(True)
        self.areas.currentChanged.connect(self._turn)
        self.figures = _figure_list()
        self.insert = plain(
            deeds.INSERT_FIGURE.words, self.insert_figure, deeds.INSERT_FIGURE.key
        )
        self.studies = StudiesView(frame)
        self._pages = QStackedWidget()
        self._none = body()
        self._lay_out()

    def show_return(self, contract_id: str, table: ReturnTable) -> None:
        """Show the words of a return's quarter; what is typed already stays.

        Args:
            contract_id: whose return it is.
            table: the council's copy, so that no exact figure gets into the words.
        """
        self._table = table
        due = narrating.is_due(table.month)
        self._written.setVisible(due)
        self._none.setVisible(not due)
        of = (contract_id, table.month)
        if self._of != of:
            self.keep()
        if not due:
            self._none.setText(
                next_time(table.month, Month.of(self._frame.desk.today()))
            )
            self._of = None
            return
        if self._of == of:
            self._offer_figures()
            self._look()
            self.studies.show_of(*of, self._known)
            return
        self._of = of
        desk, month = self._frame.desk, table.month
        self._frame.read(
            self,
            lambda: (
                of,
                narrating.boxes(desk, contract_id, month),
                narrating.known_on_desk(desk),
            ),
            self._fill,
        )

    def keep(self) -> None:
        """Keep everything that is typed."""
        for box in self.boxes:
            box.keep()

    def start(self) -> None:
        """Put the cursor where somebody wrote last, or into the first box."""
        # Where the boxes are not there yet, it goes there as soon as they are.
        self._starts = not self.boxes
        if self._last is not None and self._last.text.isVisible():
            self._last.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.boxes and self._of and self._area():
            self._first_here().text.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: object) -> None:
        """Going elsewhere keeps what is typed; so does locking, and closing."""
        del event
        self.keep()

    def insert_figure(self) -> None:
        """Insert the chosen figure into the box where the cursor was last."""
        at = self.figures.findText(self.figures.currentText())
        if at < 0:
            self.figures.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.boxes:
            self._box_here().insert(str(self.figures.itemData(at)))

    def _fill(self, read: tuple[tuple[str, Month], list[Box], Known]) -> None:
        of, found, known = read
        if of != self._of:
            return
        self._known = known
        self.boxes, self._last = [], None
        self.areas.blockSignals(True)
        while self.areas.count():
            self.areas.removeTab(0)
        while self._pages.count() > 1:
            old = self._pages.widget(0)
            if old is not None:
                self._pages.removeWidget(old)
                old.deleteLater()
        for code in dict.fromkeys(box.area for box in found):
            here = [box for box in found if box.area == code]
            at = self.areas.addTab(_tab_words(here[0]))
            self.areas.setTabToolTip(at, here[0].area_words)
            self.areas.setTabData(at, code)
            self._pages.insertWidget(at, scrolling(self._page(here, *of)))
        self.areas.addTab("Case studies and quotes")
        self.areas.blockSignals(False)
        self._turn(0)
        self._look()
        self.studies.show_of(*of, known)
        if self._starts and self.isVisible():
            self.start()
        self._starts = False

    def _page(self, here: Sequence[Box], contract_id: str, month: Month) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(px(2), 0, px(8), 0)
        column.setSpacing(px(12))
        for box in here:
            place = (contract_id, month, box.area, box.box)
            made = WordsBox(
                self._frame, place, box, _HELP.get(box.box, ""), self._keeper
            )
            made.text.cursorPositionChanged.connect(lambda it=made: self._stand_in(it))
            self.boxes.append(made)
            column.addWidget(made)
        column.addStretch(1)
        return page

    def _stand_in(self, box: WordsBox) -> None:
        if box.text.hasFocus():
            self._last = box

    def _area(self) -> str:
        return str(self.areas.tabData(self.areas.currentIndex()) or "")

    def _first_here(self) -> WordsBox:
        here = (box for box in self.boxes if box.box.area == self._area())
        return next(here, self.boxes[0])

    def _box_here(self) -> WordsBox:
        """Where the cursor was last, if that is what is shown."""
        last = self._last
        if last is not None and last.box.area == self._area():
            return last
        return self._first_here()

    def _turn(self, at: int) -> None:
        self._pages.setCurrentIndex(at)
        studies = at == self.areas.count() - 1
        for part in (*self._inserting, self._how):
            part.setVisible(not studies)
        self._offer_figures()

    def _look(self) -> None:
        for box in self.boxes:
            if self._table is not None:
                box.look_with(self._table, self._known)

    def _offer_figures(self) -> None:
        """Offer the figures of the area that the words are about."""
        table = self._table
        if table is None:
            return
        codes = [area.code for area in table.areas]
        area = self._area() if self._area() in codes else codes[-1]
        offered = [
            (figure_words(line), name_of(line))
            for line in table.of_area(area)
            if line.now.state in (State.FIGURE, State.BAND)
        ]
        listed = [self.figures.itemText(at) for at in range(self.figures.count())]
        if listed == [said for said, _ in offered]:
            return
        self.figures.clear()
        for said, name in offered:
            self.figures.addItem(said, name)
        self.figures.setCurrentIndex(-1)

    def _lay_out(self) -> None:
        self._how = soft(_HOW)
        self._pages.addWidget(scrolling(self.studies))
        held = QWidget()
        row = Flow(px(8), held)
        label = QLabel("Figure to insert")
        label.setProperty("role", "field")
        label.setBuddy(self.figures)
        self._inserting = (label, self.figures, self.insert)
        row.addWidget(label)
        row.addWidget(self.figures)
        row.addWidget(self.insert)
        self._written = QWidget()
        inner = QVBoxLayout(self._written)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        inner.addWidget(self.areas)
        inner.addWidget(self._pages, 1)
        inner.addWidget(held)
        inner.addWidget(self._how)
        self._written.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._none)
        column.addWidget(self._written, 1)
        column.addStretch(0)


def _tab_words(box: Box) -> str:
    if box.area == SUM:
        return "The whole return"
    return figure_rows.short_name(AreaName(box.area, box.area_words))


def _figure_list() -> QComboBox:
    """A list to type into; a part of the words is enough."""
    made = QComboBox()
    made.setAccessibleName("Figure to insert")
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.setSizeAdjustPolicy(
        QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    )
    made.setMinimumContentsLength(_FIGURE_LETTERS)
    completer, edit = made.completer(), made.lineEdit()
    if completer is not None and edit is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        edit.setPlaceholderText("Type a part of its name")
        edit.setAccessibleName("Figure to insert")
    return made


def figure_words(line: Line) -> str:
    """A figure in the list of figures: "B1  People waiting at month end: 20"."""
    said = (
        line.now.note
        if line.now.state is State.BAND
        else words.cell_text(line.now, line.kind)
    )
    return f"{line.key.indicator}  {line.label}: {said}"


def next_time(month: Month, now: Month) -> str:
    """When words are due next.

    Args:
        month: which carries none.
        now: the month that runs.
    """
    following = next(_months_after(month))
    begun = following <= now
    how = "choose that month to write it" if begun else "it is written from then on"
    return (
        f"No words are due with the return for {month.name}. The next narrative goes "
        f"with the return for {following.name}: {how}."
    )


def _months_after(month: Month) -> Iterator[Month]:
    """Months from the next on that end a quarter."""
    for step in range(1, 4):
        if narrating.is_due(month.plus(step)):
            yield month.plus(step)


def left_words(standing: Standing) -> str:
    """What is left in this step, in a few words."""
    if not standing.narrative_due:
        return "not this month"
    left = len(standing.step(WRITE).left)
    return f"{left} to write" if left else "✓ written"
