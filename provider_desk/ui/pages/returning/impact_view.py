"""The matrix of from and to: band of severity at the first and at the last score."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.returns.matrix import Matrix, matrices
from provider_desk.returns.scores import NEGATIVE, POSITIVE
from provider_desk.returns.table import ReturnTable
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import body, soft, strong
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_ABOUT = (
    "Down: the band at the first score. Across: the band at the last. "
    "▲ moved to a better band, ▼ to a worse one, = the same."
)
_NONE = "This return has no scores to compare yet."
_SIGNS = {POSITIVE: "▲ ", NEGATIVE: "▼ "}
_TONES = {POSITIVE: "good", NEGATIVE: "bad"}
_FIRST, _BAND = 200, 176
#: What nobody moved to is not marked.
_NOBODY = "0"


@dataclass(frozen=True, slots=True)
class _Row:
    """A band at the first score."""

    name: str
    cells: tuple[str, ...]
    moves: tuple[str, ...]


class ImpactView(QWidget):
    """A measure and a period to choose, its matrix, its sums.

    Attributes:
        which: the matrix that is shown.
        table: the matrix, None while there is none.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._found: tuple[Matrix, ...] = ()
        self.table: TableView | None = None
        self.which = Pick("Measure and period", (), 40)
        self.which.picked.connect(lambda _code: self._show())
        self.setFocusProxy(self.which)
        self._whole = strong()
        self._state = body()
        self._about = soft(_ABOUT)
        self._held = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.which)
        column.addWidget(self._whole)
        column.addWidget(self._state)
        column.addLayout(self._held, 1)
        column.addWidget(self._about)
        column.addStretch(0)

    def show_table(self, table: ReturnTable) -> None:
        """Show the matrices of a return; the one that was chosen stays."""
        self._found = matrices(table)
        names = [f"{each.title} · {each.period}" for each in self._found]
        self.which.set_options([(str(at), name) for at, name in enumerate(names)])
        self.which.setVisible(bool(self._found))
        self._show()

    def _show(self) -> None:
        matrix = self._found[int(self.which.code() or 0)] if self._found else None
        if self.table is not None:
            self._held.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        self._state.setText(_NONE if matrix is None else matrix.state)
        self._state.setVisible(bool(self._state.text()))
        known = matrix is not None and not matrix.state
        for part in (self._whole, self._about):
            part.setVisible(known)
        if matrix is None or not known:
            return
        better, same, worse = matrix.sums
        self._whole.setText(
            f"Of {_plain(matrix.whole)}: {_plain(better)} to a better band, "
            f"{_plain(same)} in the same, {_plain(worse)} to a worse one."
        )
        self.table = _table(matrix, self._frame)
        self._held.addWidget(self.table)


def _table(matrix: Matrix, frame: Frame) -> TableView:
    columns: list[Column[_Row]] = [
        Column("At the first score", lambda row: row.name, width=_FIRST)
    ]
    columns += [_column(name, at) for at, name in enumerate(matrix.names)]
    model: RowTable[_Row] = RowTable(columns)
    model.set_rows(
        [
            _Row(name, cells, moves)
            for name, cells, moves in zip(
                matrix.names,
                (tuple(map(_plain, cells)) for cells in matrix.cells),
                matrix.moves,
                strict=True,
            )
        ]
    )
    name = f"{matrix.title}, {matrix.period}"
    made = TableView(name, model, frame.preferences, name_key=f"impact {matrix.title}")
    made.selectRow(0)
    return made


def _plain(text: str) -> str:
    """A figure without its mark."""
    return text.partition(" [")[0]


def _column(name: str, at: int) -> Column[_Row]:
    def said(row: _Row) -> str:
        sign = _SIGNS.get(row.moves[at], "= ")
        return row.cells[at] if row.cells[at] == _NOBODY else f"{sign}{row.cells[at]}"

    def tone(row: _Row) -> str:
        return "" if row.cells[at] == _NOBODY else _TONES.get(row.moves[at], "")

    return Column(f"To: {name}", said, right=True, tone=tone, width=_BAND)
