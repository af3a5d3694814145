"""One group: who pays, how often it met, its members, when it meets next."""

from PySide6.QtWidgets import QHBoxLayout

from provider_desk.model.fields import Day, shown
from provider_desk.model.group_views import GroupPage, MemberRow
from provider_desk.services.rights.permissions import Permission, why_not
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.grouping import group_panels
from provider_desk.ui.pages.grouping.columns import meets, member_columns
from provider_desk.ui.pages.grouping.register_panel import open_due
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.card import Card
from provider_desk.ui.parts.words import section, soft, strong
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_DAY = Day(label="")


class GroupView(Card):
    """What is known of a group, with its register one key away."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._page: GroupPage | None = None
        self.setAccessibleName("The group")
        self.name = section("")
        self.counts = strong()
        self.said = soft()
        self.model: RowTable[MemberRow] = RowTable(member_columns())
        self.table = TableView(
            "Members", self.model, frame.preferences, self._open_member
        )
        self.register = primary(deeds.TAKE_REGISTER.words, self._take)
        self.edit = plain(deeds.CHANGE_GROUP.words, self.change)
        self.leave = plain("Leaves the group", self._leave)
        forbidden = why_not(frame.desk, Permission.RUN_EPISODES)
        self.edit.setEnabled(not forbidden)
        self.edit.setToolTip(forbidden)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.name, 1)
        for button in (self.leave, self.edit, self.register):
            row.addWidget(button)
        self.inside.addLayout(row)
        self.inside.addWidget(self.counts)
        self.inside.addWidget(self.said)
        self.inside.addWidget(self.table, 1)
        self.hide()

    def show_group(self, page: GroupPage) -> None:
        """Show a group."""
        self._page = page
        row = page.row
        self.name.setText(row.group.name)
        self.counts.setText(_counts(page))
        self.said.setText(_next_words(page))
        self.model.set_rows(page.members)
        if page.members:
            self.table.selectRow(0)
        self.leave.setEnabled(any(each.left_on is None for each in page.members))
        self.show()

    def change(self) -> None:
        """Change the group."""
        if self._page is not None:
            group_panels.open_change(self._frame, self._page.row.group)

    def _take(self) -> None:
        if self._page is not None:
            open_due(self._frame, self._page.row.group)

    def _open_member(self, member: MemberRow) -> None:
        self._frame.go("person", client_id=member.client_id)

    def _leave(self) -> None:
        member: MemberRow | None = self.table.chosen()
        if member is not None and self._page is not None:
            group_panels.open_leave(self._frame, self._page.row.group, member)


def _counts(page: GroupPage) -> str:
    row = page.row
    met = f"{row.meetings} {'meeting' if row.meetings == 1 else 'meetings'}"
    came = (
        f"{row.attendances} {'attendance' if row.attendances == 1 else 'attendances'}"
    )
    people = f"{row.people} {'person' if row.people == 1 else 'people'}"
    pays = (
        f"Paid for by {row.contract}: counted in its return (group attendances)."
        if row.funded
        else "No contract pays for it: in no return, counted here."
    )
    return f"{met}, {came} by {people} · {pays}"


def _next_words(page: GroupPage) -> str:
    said = [meets(page.row)]
    days = [
        f"{on:%a} {on.day} {on:%b}" + (f" ({holiday})" if holiday else "")
        for on, holiday in page.next_days
    ]
    if days:
        said.append(f"next: {', '.join(days)}")
    if page.row.over and page.row.group.ends_on:
        said.append(f"over since {shown(_DAY, page.row.group.ends_on)}")
    if page.hidden:
        said.append(f"{page.hidden} more outside your caseload")
    return " · ".join(said)
