"""Who looked: the log of what was opened, searched, exported and changed."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from provider_desk.model.errors import NotFound, Problem
from provider_desk.model.looks import LookLine
from provider_desk.model.records import User
from provider_desk.model.views import Page as Part
from provider_desk.services.looking import looks, looks_file
from provider_desk.services.looking.looks_file import Wanted
from provider_desk.services.rights import users
from provider_desk.services.saying import some
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.looking.columns import columns
from provider_desk.ui.pages.looking.file_panel import FilePanel
from provider_desk.ui.pages.looking.filters import Filters
from provider_desk.ui.parts.buttons import plain, quiet
from provider_desk.ui.parts.words import set_state, soft, state
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_PART = 200
_NONE = (
    "Nothing fits what is chosen above. Choose “Everybody” and “Everything”, and leave "
    "the other fields empty, to see all."
)


class WhoLookedPage(Page):
    """Whether the log is whole, filters, and the entries, newest first."""

    TITLE = "Who looked"
    HELP = "who_looked"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._newest = frame.newest(self)
        self._all: list[LookLine] = []
        self.whole = state("Checking that the log is whole …")
        self.filters = Filters(frame.desk.today)
        self.filters.changed.connect(self._load)
        self.model: RowTable[LookLine] = RowTable(columns())
        self.table = TableView(self.TITLE, self.model, frame.preferences, self._open)
        frame.veil.lead(self.model, self.table)
        # Not before the log has answered.
        self._none = soft(_NONE)
        self._none.hide()
        self._said = soft()
        self._said.setWordWrap(False)
        self.more = quiet("Show older entries", self._load_more)
        self.head.addWidget(plain("Write to a file", self.write_file))
        below = QHBoxLayout()
        below.setSpacing(px(12))
        below.addWidget(self._said)
        below.addWidget(self.more)
        below.addStretch(1)
        for part in (self.whole, self.filters, self._none):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(below)

    def opened(self, **what: Any) -> None:
        """Load: ``kind``, ``code``, ``by``, ``first`` and ``last`` narrow it down."""
        if what:
            self.filters.set_wanted(_wanted(what))
        desk = self.frame.desk
        self.frame.read(self, partial(users.users, desk), self._offer)
        self.frame.read(self, partial(looks.verify, desk), self._say_whole)
        self._load()
        self.filters.staff.setFocus(Qt.FocusReason.OtherFocusReason)

    def write_file(self) -> None:
        """Ask where the entries that are shown are to be written."""
        self.frame.open_panel(FilePanel(self.frame, self.filters.wanted()))

    def _offer(self, found: list[User]) -> None:
        chosen = self.filters.staff.code()
        self.filters.offer(found)
        self.filters.staff.set_code(chosen)

    def _say_whole(self, found: list[str]) -> None:
        if found:
            set_state(self.whole, "The log is not whole. " + " ".join(found), "bad")
            return
        desk = self.frame.desk
        self.frame.read(
            self,
            lambda: looks.log(desk, 0, 1).total,
            lambda count: set_state(self.whole, whole_words(count), "good"),
        )

    def _load(self) -> None:
        self._ask(0)

    def _load_more(self) -> None:
        self._ask(len(self._all))

    def _ask(self, start: int) -> None:
        desk, wanted = self.frame.desk, self.filters.wanted()
        self._newest.ask(
            partial(looks_file.lines, desk, wanted, start, _PART),
            partial(self._show, start),
            self._failed,
        )

    def _show(self, start: int, found: Part[LookLine]) -> None:
        self._all = [*self._all[:start], *found.rows]
        self.model.set_rows(self._all)
        left = found.total > len(self._all)
        self.more.setVisible(left)
        self._none.setVisible(not self._all)
        self.table.setVisible(bool(self._all))
        shown = some(len(self._all), "entry", "entries")
        self._said.setText(f"{shown} shown" if left else shown)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            problem = Problem("code", f"{error.message} {error.advice}")
            self.filters.code.show_problems([problem])
        else:
            self.frame.failed.emit(error)

    def _open(self, line: LookLine) -> None:
        if line.client_id:
            self.frame.go("person", client_id=line.client_id)


def whole_words(count: int) -> str:
    """What is said of a log in which nothing is missing or changed."""
    return f"The log is whole: {some(count, 'entry', 'entries')}, chain verified."


def _wanted(what: dict[str, Any]) -> Wanted:
    return Wanted(
        by=str(what.get("by") or ""),
        kind=str(what.get("kind") or ""),
        code=str(what.get("code") or ""),
        first=what.get("first"),
        last=what.get("last"),
    )
