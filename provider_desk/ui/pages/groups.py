"""Groups, funded or not: their members, their register, when they meet next."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.group_views import GroupPage, GroupRow
from provider_desk.services.casework.booking import groups
from provider_desk.services.rights.permissions import Permission, why_not
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.page import Page
from provider_desk.ui.pages.grouping import group_panels
from provider_desk.ui.pages.grouping.columns import group_columns
from provider_desk.ui.pages.grouping.group_view import GroupView
from provider_desk.ui.pages.grouping.register_panel import open_due, open_register
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.words import body, section
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_EMPTY = (
    "A group has a name, a day on which it meets and members. Add one; then give "
    "people a place in it from their own page (Join a group)."
)


class GroupsPage(Page):
    """The list of groups; below it the one where the cursor is."""

    TITLE = "Groups"
    HELP = "groups"
    CONCERNS = ("support_group", "group_member", "session", "client", "referral")

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._wanted = ""
        self._filling = False
        self.model: RowTable[GroupRow] = RowTable(group_columns(frame.desk.today))
        self.table = TableView("Groups", self.model, frame.preferences, self._register)
        self.table.sort_by_header()
        self.table.selectionModel().currentChanged.connect(
            lambda *_where: self._load_group()
        )
        self.view = GroupView(frame)
        self.empty = QWidget()
        column = QVBoxLayout(self.empty)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section("No group yet"))
        column.addWidget(body(own(_EMPTY)))
        self.empty.hide()
        self.add = primary(deeds.ADD_GROUP.words, self._add)
        self.add.setEnabled(not why_not(frame.desk, Permission.RUN_EPISODES))
        self.add.setToolTip(why_not(frame.desk, Permission.RUN_EPISODES))
        self.head.addWidget(self.add)
        self.body.addWidget(self.empty)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.table)
        self.split.addWidget(self.view)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 2)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(px(8))
        self.body.addWidget(self.split, 1)
        self.body.addStretch(0)

    def opened(self, **what: Any) -> None:
        """Load the list; ``group_id`` and ``on`` open the register of a day."""
        self._wanted = str(what.get("group_id") or "")
        on = what.get("on")
        self._load()
        self.resume()
        if self._wanted and isinstance(on, date):
            open_register(self.frame, self._wanted, on)

    def resume(self) -> None:
        """The list, or the button where there is none."""
        first = self.table if self.model.rows else self.add
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: Changed) -> None:
        """Load again."""
        del changed
        self._load()

    def offers(self) -> list[Offer]:
        """Adding and changing a group, its register."""
        forbidden = why_not(self.frame.desk, Permission.RUN_EPISODES)
        chosen = self.table.chosen()
        nothing = "" if chosen is not None else "No group is chosen."
        return [
            Offer(deeds.ADD_GROUP, self._add, forbidden),
            Offer(deeds.CHANGE_GROUP, self.view.change, forbidden or nothing),
            Offer(deeds.TAKE_REGISTER, lambda: self._register(chosen), nothing),
        ]

    def _add(self) -> None:
        group_panels.open_add(self.frame)

    def _register(self, row: GroupRow) -> None:
        open_due(self.frame, row.group)

    def _load(self) -> None:
        self.frame.read(self, partial(groups.groups, self.frame.desk), self._show)

    def _show(self, found: tuple[GroupRow, ...]) -> None:
        held = self.table.chosen()
        wanted = self._wanted or (held.group.id if held else "")
        self._wanted = ""
        had_none = not self.model.rows
        # The cursor goes to and fro while the list is filled; one group is asked for.
        self._filling = True
        self.model.set_rows(found)
        self.empty.setVisible(not found)
        self.split.setVisible(bool(found))
        if found:
            ids = [row.group.id for row in self.model.rows]
            self.table.selectRow(ids.index(wanted) if wanted in ids else 0)
        self._filling = False
        if not found:
            return
        if had_none and self.add.hasFocus():
            self.resume()
        self._load_group()

    def _load_group(self) -> None:
        row: GroupRow | None = self.table.chosen()
        if row is None or self._filling:
            return
        group_id = row.group.id
        self.frame.read(
            self,
            partial(groups.group, self.frame.desk, group_id),
            partial(self._show_group, group_id),
        )

    def _show_group(self, group_id: str, found: GroupPage) -> None:
        row: GroupRow | None = self.table.chosen()
        if row is not None and row.group.id == group_id:
            self.view.show_group(found)
