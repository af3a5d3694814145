"""One's own process notes, and the search over all sealed notes one may read."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Day, shown
from provider_desk.model.notes import PROCESS_NOTE, Found, NoteLine
from provider_desk.model.records import ProcessNote
from provider_desk.model.views import Page as Part
from provider_desk.services.notes import process_notes
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.noting.read_panel import ReadNotePanel
from provider_desk.ui.parts.words import soft
from provider_desk.ui.tables.columns import Column, day_column
from provider_desk.ui.tables.paged import PART, PagedTable
from provider_desk.ui.tables.view import TableView

_DAY = Day(label="")
_FOUND = 200


class MyNotesPage(Page):
    """A search field and what it finds; without words, one's own process notes.

    Attributes:
        search: where words are typed.
        table: the notes, newest first.
    """

    TITLE = "My notes"
    HELP = "notes"
    CONCERNS = (
        "process_note",
        "session",
        "exit_strategy",
        "exceptional",
        "closure",
        "goal",
        "referral",
        "case_access",
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._newest = frame.newest(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Words in sealed notes of your caseload")
        self.search.setAccessibleName("Find in sealed notes")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._ask)
        self.search.installEventFilter(self)
        frame.veil.over(self.search)
        self._said = soft()
        self._said.setWordWrap(False)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self._said)
        self.body.addLayout(row)
        self.model: PagedTable[Found] = PagedTable(_columns(), self._fetch)
        self.table = TableView("My notes", self.model, frame.preferences, self._open)
        self.body.addWidget(self.table, 1)

    def opened(self, **what: Any) -> None:
        """Load the list."""
        del what
        self._ask(self.search.text())
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def refresh(self, changed: Changed) -> None:
        """Load again."""
        del changed
        self._ask(self.search.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, Down goes into the list and Enter opens its first line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and self.model.total:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                self.table.selectRow(0)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                row = self.model.row(self.model.index(0, 0))
                if row is not None:
                    self._open(row)
                return True
        return super().eventFilter(watched, event)

    def _ask(self, text: str) -> None:
        if text.strip():
            self._said.setText("Looking …")
        self._newest.ask(
            partial(self._found, text, 0, PART),
            partial(self._show, text),
            self.frame.failed.emit,
        )

    def _found(self, text: str, start: int, count: int) -> Part[Found]:
        """What the list shows; in another thread."""
        if text.strip():
            found = tuple(self.frame.notes.find(text, count=_FOUND))
            return Part(found[start : start + count], len(found), start)
        own = process_notes.mine(self.frame.desk, start=start, count=count)
        return Part(tuple(map(_as_found, own.rows)), own.total, start)

    def _show(self, text: str, found: Part[Found]) -> None:
        self.model.start(found)
        one = found.total == 1
        count = f"{found.total:,}{'+' if found.total == _FOUND else ''}"
        if text.strip():
            what = "note" if one else "notes"
            self._said.setText(f"{count} {what}" if found.total else "In no note")
        else:
            what = "process note of yours" if one else "process notes of yours"
            self._said.setText(f"{found.total:,} {what}" if found.total else _NONE)

    def _fetch(self, start: int, count: int, came: Any) -> None:
        text = self.search.text()
        self.frame.read(self, partial(self._found, text, start, count), came)

    def _open(self, row: Found) -> None:
        if row.table == ProcessNote.TABLE:
            self.frame.open_panel(ReadNotePanel(self.frame, row.row_id, row.code))
        else:
            words = self.search.text()
            self.frame.go("person", client_id=row.client_id, find=words)


_NONE = "No process notes of yours yet"


def _as_found(line: NoteLine) -> Found:
    again = f"continued {shown(_DAY, line.changed_on)}" if line.version > 1 else ""
    return Found(
        table=ProcessNote.TABLE,
        row_id=line.note_id,
        client_id=line.client_id,
        code=line.code,
        name=line.name,
        on=line.on,
        title=line.title or PROCESS_NOTE,
        snippet=" · ".join(part for part in (line.begins, again) if part),
    )


def _columns() -> list[Column[Found]]:
    return [
        day_column("Date", lambda row: row.on, 150),
        Column(
            "Person",
            lambda row: row.name or row.code,
            private=True,
            width=170,
            instead=lambda row: row.code,
        ),
        Column("Note", lambda row: row.title, private=True, width=250),
        Column("Words", lambda row: row.snippet, private=True, width=420),
    ]
