"""The rows behind a figure or a check: exactly those, and each can be opened."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from provider_desk.model.views import CountedRow
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.tables.columns import Column, day_column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_TALL = 400

Find = Callable[[], Sequence[CountedRow]]


class RowsPanel(Panel):
    """A figure, what it means, and the table of what it counted.

    Attributes:
        model: the rows, once they are there.
        table: opens a person with Enter.
    """

    def __init__(
        self,
        frame: Frame,
        title: str,
        said: str,
        about: str,
        find: Find,
        none: str = "No rows: there is nothing to count.",
    ) -> None:
        """Lay it out and ask for the rows.

        Args:
            frame: the window.
            title: of what.
            said: the figure in words.
            about: area and month, or what to do.
            find: asks the desk, in another thread.
            none: what to say where there are no rows.
        """
        super().__init__(title)
        self.frame = frame
        self._said = strong(said)
        self._none = none
        self._count = soft("Looking for the rows …")
        self._banner = Banner()
        self.model: RowTable[CountedRow] = RowTable([])
        self.table: TableView | None = None
        for part in (self._banner, self._said, soft(about), self._count):
            self.body.addWidget(part)
        frame.read(self, find, self._show, self._failed)

    def start(self) -> None:
        """The cursor goes to the rows as soon as they are there."""
        if self.table is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rows(self, rows: Sequence[CountedRow]) -> None:
        """Fill the table; a row that stands in several months is shown once."""
        unique = list({(row.table, row.row_id): row for row in rows}.values())
        self._count.setText(_count_words(unique) if unique else self._none)
        if not unique:
            return
        self.model = RowTable(_columns(unique))
        self.model.set_rows(unique)
        self.table = TableView(
            f"Rows behind: {self.words}",
            self.model,
            self.frame.preferences,
            self._open,
            name_key=f"counted {len(self.model.columns)}",
        )
        self.table.sort_by_header()
        self.table.setMinimumHeight(px(_TALL))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(soft("Enter opens the person."))
        self.table.selectRow(0)
        self.start()

    def _show(self, rows: Sequence[CountedRow]) -> None:
        self.show_rows(rows)

    def _failed(self, error: Exception) -> None:
        self._count.clear()
        self._banner.show_error(error)

    def _open(self, row: CountedRow) -> None:
        if row.client_id:
            self.frame.go("person", client_id=row.client_id)


def _count_words(rows: Sequence[CountedRow]) -> str:
    everything = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
    counted = sum(1 for row in rows if row.counted)
    if counted == len(rows):
        return f"Exactly {everything}:"
    return f"{everything}, of which {counted:,} count above the line:"


def _columns(rows: Sequence[CountedRow]) -> list[Column[CountedRow]]:
    found: list[Column[CountedRow]] = [
        Column(
            "Person",
            lambda row: row.name or row.code,
            private=True,
            width=112,
            instead=lambda row: row.code,
        )
    ]
    if any(not row.counted for row in rows):
        found.append(
            Column("Counts", lambda row: "yes" if row.counted else "no", width=64)
        )
    if any(row.value is not None for row in rows):
        found.append(
            Column(
                "Number",
                lambda row: "" if row.value is None else f"{row.value:,}",
                lambda row: row.value,
                right=True,
                width=72,
            )
        )
    if any(row.on is not None for row in rows):
        found.append(day_column("Day", lambda row: row.on, 140))
    found.append(Column("What", lambda row: row.words, width=240))
    return found
