"""The people who may be on the desk twice, as pairs; Enter compares a pair."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.same_person import Pair
from provider_desk.services.casework.referring.possible import possible_duplicates
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.referring.merge_panel import MergePanel
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.words import soft
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_NOBODY = (
    "Nobody seems to be on the desk twice. People are compared by names, date of "
    "birth, telephone and email."
)
_WORK = "Comparing everybody"


class PossibleDuplicates(QWidget):
    """A table of pairs, looked for each time it is shown.

    Attributes:
        model: the pairs.
        table: shows them.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self.banner = Banner()
        self._work = WorkLine()
        self._said = soft()
        self.model: RowTable[Pair] = RowTable(_columns())
        self.table = TableView(
            "Possible duplicates", self.model, frame.preferences, self._open
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for part in (self.banner, self._work, self._said):
            column.addWidget(part)
        column.addWidget(self.table, 1)

    def look(self) -> None:
        """Compare everybody, and show who is alike."""
        desk = self._frame.desk
        task = self._frame.long(
            self,
            lambda progress, cancelled: possible_duplicates(desk, progress, cancelled),
            self._show,
            self.banner.show_error,
            aside=True,
        )
        self._work.follow(task, _WORK)

    def _show(self, pairs: list[Pair]) -> None:
        self.model.set_rows(pairs)
        self.table.setVisible(bool(pairs))
        count = "1 pair" if len(pairs) == 1 else f"{len(pairs):,} pairs"
        words = f"{count}. Open one to compare both records; nothing is done by itself."
        self._said.setText(words if pairs else _NOBODY)
        if pairs:
            self.table.selectRow(0)

    def _open(self, pair: Pair) -> None:
        self._frame.open_panel(
            MergePanel(
                self._frame, pair.first_id, pair.first_code, other_id=pair.second_id
            )
        )


def _columns() -> list[Column[Pair]]:
    # Together no wider than the page of a window of 1366 pixels without a panel.
    return [
        Column("Code", lambda pair: pair.first_code, width=80),
        Column("Known as", lambda pair: pair.first_name, private=True, width=160),
        Column(
            "Born", lambda pair: pair.first_born, private=True, width=110, whole=True
        ),
        Column("Other code", lambda pair: pair.second_code, width=100),
        Column("Known as", lambda pair: pair.second_name, private=True, width=160),
        Column(
            "Born", lambda pair: pair.second_born, private=True, width=110, whole=True
        ),
        Column("What is the same", lambda pair: pair.why, width=360),
    ]
