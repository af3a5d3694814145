"""Everybody on the desk: found as one types, and where a new person is added."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from provider_desk.model.changed import Changed
from provider_desk.model.records import Client, Episode, Referral
from provider_desk.model.views import Page as Part
from provider_desk.model.views import PersonRow
from provider_desk.services.casework import outsiders, people
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.page import Page
from provider_desk.ui.pages.add_person import AddPersonPanel, as_name
from provider_desk.ui.pages.outside_panel import opening
from provider_desk.ui.pages.referring.possible_view import PossibleDuplicates
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.words import soft
from provider_desk.ui.tables.columns import Column, declared
from provider_desk.ui.tables.paged import PART, PagedTable
from provider_desk.ui.tables.view import TableView

_TWICE = "Possible duplicates"


class PeoplePage(Page):
    """A search field and what it finds."""

    TITLE = "People"
    HELP = "people"
    CONCERNS = (
        "client",
        "referral",
        "episode",
        "closure",
        "waiting_entry",
        "person_merge",
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._newest = frame.newest(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Known name, code or date of birth")
        self.search.setAccessibleName(own("Find a person"))
        self.search.setClearButtonEnabled(True)
        self.search.textEdited.connect(self._ask)
        self.search.installEventFilter(self)
        frame.veil.over(self.search)
        self._said = soft()
        self._said.setWordWrap(False)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self._said)
        self.twice = plain(_TWICE, self._show_twice)
        self.twice.setProperty("role", "chip")
        self.twice.setCheckable(True)
        row.addWidget(self.twice, 0, Qt.AlignmentFlag.AlignRight)
        if not may(frame.desk, Permission.MERGE_PEOPLE):
            self.twice.hide()
        self.body.addLayout(row)
        self.nobody = soft()
        self.nobody.hide()
        self.body.addWidget(self.nobody)
        self.model: PagedTable[PersonRow] = PagedTable(_columns(), self._fetch)
        self.table = TableView("People", self.model, frame.preferences, self._open)
        self.body.addWidget(self.table, 1)
        self.alike = PossibleDuplicates(frame)
        self.alike.hide()
        self.body.addWidget(self.alike, 1)
        self._may_add = may(frame.desk, Permission.RECORD_PEOPLE)
        if self._may_add:
            self.head.addWidget(plain(deeds.ADD_PERSON.words, self._add_person))

    def opened(self, **what: Any) -> None:
        """Load the list.

        ``add`` opens the form for a new person; words in it are what was searched for.
        """
        self._ask(self.search.text())
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()
        add = what.get("add")
        if add and self._may_add:
            self.add_person(as_name(add) if isinstance(add, str) else "")

    def refresh(self, changed: Changed) -> None:
        """Load again."""
        del changed
        self._ask(self.search.text())
        if self.twice.isChecked():
            self.alike.look()

    def offers(self) -> list[Offer]:
        """Nothing beyond what can be done anywhere."""
        return []

    def _show_twice(self) -> None:
        """Pairs of people who may be one, instead of the list; or the list again."""
        wanted = self.twice.isChecked()
        self.alike.setVisible(wanted)
        self.table.setVisible(not wanted)
        self.search.setVisible(not wanted)
        self._said.setVisible(not wanted)
        if wanted:
            self.alike.look()
            self.alike.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_person(self, called: str = "") -> None:
        """Open the form for a new person, with the name where it is known."""
        panel = AddPersonPanel(self.frame)
        self.frame.open_panel(panel)
        if called:
            panel.suggest_name(called)

    def _add_person(self) -> None:
        """A search that found nobody was for the one who is to be added."""
        self.add_person("" if self.model.total else as_name(self.search.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search, Down goes into the list and Enter opens its first line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and self.model.total:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                self.table.selectRow(0)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._newest.when_answered(self._take_first)
                return True
        return super().eventFilter(watched, event)

    def _take_first(self) -> None:
        row = self.model.row(self.model.index(0, 0))
        if row is not None:
            self._open(row)
        elif self._may_add and as_name(self.search.text()):
            self._add_person()

    def _ask(self, text: str) -> None:
        desk = self.frame.desk
        self._newest.ask(
            partial(people.search, desk, text, count=PART),
            self._show,
            self.frame.failed.emit,
        )

    def _show(self, found: Part[PersonRow]) -> None:
        self.model.start(found)
        people_words = "1 person" if found.total == 1 else f"{found.total:,} people"
        words = outsiders.nobody(self.frame.desk)
        nobody = words.short if self.search.text() else "Nobody here yet"
        self._said.setText(own(people_words if found.total else nobody))
        self.nobody.setText(own(words.more if self.search.text() else words.yet))
        self.nobody.setVisible(not found.total)

    def _fetch(self, start: int, count: int, came: Any) -> None:
        desk, text = self.frame.desk, self.search.text()
        self.frame.read(
            self, partial(people.search, desk, text, start=start, count=count), came
        )

    def _open(self, row: PersonRow) -> None:
        opening(self.frame, row)()


def _columns() -> list[Column[PersonRow]]:
    # Together no wider than the page of a window of 1366 pixels without a panel.
    return [
        declared(Client, "code", lambda row: row.code, 80),
        declared(Client, "known_as", lambda row: row.name, 168),
        Column("Born", lambda row: row.born, private=True, width=118, whole=True),
        Column("Status", lambda row: row.status, width=178),
        declared(Referral, "area", lambda row: row.area, 300, leaves=2),
        declared(Episode, "worker", lambda row: row.worker, 90, leaves=1),
    ]
