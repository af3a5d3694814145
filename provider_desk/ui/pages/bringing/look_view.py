"""Step two: what would come in, what is set aside and why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from provider_desk.services.bring_in import Look
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.bringing import preview
from provider_desk.ui.pages.bringing.preview import AsideLine, SheetLine
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.words import set_state, soft, state
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_TABLE = 220


class LookView(QWidget):
    """A sentence, three tables one behind the other, and the button.

    Attributes:
        wanted: it is to be brought in.
    """

    wanted = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._said = state()
        self._aside = state()
        self.sheets: RowTable[SheetLine] = RowTable(_sheet_columns())
        self.aside: RowTable[AsideLine] = RowTable(_aside_columns())
        self.remarks: RowTable[str] = RowTable(
            [Column("To know", str, private=True, width=900)]
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setMinimumHeight(px(_TABLE))
        for model, name in (
            (self.sheets, "Sheets"),
            (self.aside, "Rows set aside"),
            (self.remarks, "To look at"),
        ):
            self.tabs.addTab(_held(TableView(name, model, frame.preferences)), name)
        self.button = primary("Bring in", self.wanted.emit)
        self._note = soft("All of it in one go, or nothing at all.")
        go = QHBoxLayout()
        go.setSpacing(px(12))
        go.addWidget(self.button)
        go.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._said)
        column.addWidget(self._aside)
        column.addWidget(self.tabs, 1)
        column.addLayout(go)

    def show_look(self, look: Look) -> None:
        """Show what was read."""
        aside, remarks = preview.aside_lines(look), preview.remarks(look)
        self.sheets.set_rows(preview.sheet_lines(look))
        self.aside.set_rows(aside)
        self.remarks.set_rows(remarks)
        nothing = look.nothing_new
        set_state(self._said, preview.summary(look), "plain" if nothing else "good")
        rows = "1 row is" if len(aside) == 1 else f"{len(aside):,} rows are"
        set_state(
            self._aside,
            f"{rows} set aside. They go into a workbook that you can correct and "
            "bring in again.",
            "warn",
        )
        self._aside.setVisible(bool(aside))
        self.tabs.setTabText(1, f"Rows set aside: {len(aside):,}")
        self.tabs.setTabText(2, f"To look at: {len(remarks):,}")
        self.tabs.setTabVisible(1, bool(aside))
        self.tabs.setTabVisible(2, bool(remarks))
        self.tabs.setCurrentIndex(1 if aside else 0)
        self.button.setEnabled(not nothing)
        note = "There is nothing to bring in." if nothing else "All or nothing."
        self._note.setText(note)

    def start(self) -> None:
        """Put the cursor on the button."""
        first = self.button if self.button.isEnabled() else self.tabs
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _held(table: TableView) -> QWidget:
    """A page of the tabs has its own ground; a table keeps the surface's."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, px(8), 0, 0)
    column.addWidget(table)
    return page


def _sheet_columns() -> list[Column[SheetLine]]:
    def number(count: int) -> str:
        return f"{count:,}"

    return [
        Column("Sheet", lambda line: line.sheet, width=240),
        Column("Rows read", lambda line: number(line.read), right=True, width=104),
        Column("Good", lambda line: number(line.good), right=True, width=96),
        Column("Set aside", lambda line: number(line.aside), right=True, width=104),
        Column(
            "of which repeated",
            lambda line: number(line.repeated),
            right=True,
            width=160,
            leaves=1,
        ),
        Column("Left out", lambda line: line.left_out, width=360),
    ]


def _aside_columns() -> list[Column[AsideLine]]:
    return [
        Column("Sheet", lambda line: line.sheet, width=130),
        Column(
            "Row",
            lambda line: f"{line.row:,}",
            lambda line: line.row,
            right=True,
            width=72,
        ),
        Column("Column", lambda line: line.column or "whole row", width=150),
        Column("What is wrong", lambda line: line.text, private=True, width=720),
    ]
