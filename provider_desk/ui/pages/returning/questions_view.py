"""The three questions of outcomes-based accountability, each with its figures."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.returns.accountability import NAME, Answer, questions
from provider_desk.returns.table import ReturnTable
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.words import soft
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_ABOUT = f"{NAME}: how much did we do, how well, and is anyone better off?"


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure under its question; the question stands beside its first figure."""

    question: str
    answer: Answer


class QuestionsView(QWidget):
    """One table for the three questions; what has no figure is named below."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.model: RowTable[_Row] = RowTable(
            [
                Column("Question", lambda row: row.question, width=220),
                Column("No", lambda row: row.answer.code, width=60, leaves=1),
                Column("Figure", lambda row: row.answer.label, width=460),
                Column("Month", lambda row: row.answer.month, right=True, width=150),
                Column(
                    "Year to date", lambda row: row.answer.year, right=True, width=150
                ),
            ]
        )
        self.table = TableView("Three questions", self.model, frame.preferences)
        self.setFocusProxy(self.table)
        self.missing = soft()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(soft(_ABOUT))
        column.addWidget(self.table, 1)
        column.addWidget(self.missing)

    def show_table(self, table: ReturnTable) -> None:
        """Show the questions of a return: of the sum of all areas."""
        asked = questions(table)
        self.model.set_rows(
            [
                _Row(question.words if not at else "", answer)
                for question in asked
                for at, answer in enumerate(question.answers)
            ]
        )
        count = sum(len(question.missing) for question in asked)
        things = "1 figure has" if count == 1 else f"{count} figures have"
        self.missing.setText(f"{things} nothing to show this month.")
        self.missing.setToolTip("\n".join(m for q in asked for m in q.missing))
        self.missing.setVisible(bool(count))
        if self.model.rows:
            self.table.selectRow(0)
