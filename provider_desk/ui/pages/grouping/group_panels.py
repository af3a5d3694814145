"""Panels of a group: adding, changing, and somebody's last day in it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.group_views import MemberRow
from provider_desk.model.records import Contract, Group, GroupMember
from provider_desk.services import settings
from provider_desk.services.casework.booking import groups
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.diarying import far_days

_ROWS: Sequence[Row] = (
    "name",
    "funded",
    "contract_id",
    "area",
    ("worker", "places"),
    ("weekday", "starts_at"),
    ("minutes", "starts_on"),
    "ends_on",
    "note",
)
_FUNDED = (
    "A group that no contract pays for is counted on this page and stands in no return."
)


def _form(frame: Frame, contracts: Sequence[Contract]) -> RecordForm:
    options = [(each.id, f"{each.reference} {each.title}") for each in contracts]
    form = RecordForm(Group, _ROWS, frame.desk.today, options={"contract_id": options})
    form.boxes["funded"].advise(_FUNDED)
    far_days.watch(frame, form, "ends_on")
    return form


def open_add(frame: Frame) -> None:
    """Ask for a new group."""
    desk = frame.desk

    def ask(contracts: list[Contract]) -> None:
        form = _form(frame, contracts)
        form.set_values(
            {
                "contract_id": contracts[0].id if len(contracts) == 1 else None,
                "worker": desk.user.initials,
                "starts_on": desk.today(),
                "minutes": 90,
            }
        )
        frame.open_panel(
            FormPanel(
                frame,
                deeds.ADD_GROUP.words,
                form,
                "Add group",
                partial(groups.add_group, desk),
                draft="group:",
                undo=partial(groups.take_back_group, desk),
            )
        )

    frame.read(frame, partial(settings.contracts, desk), ask)


def open_change(frame: Frame, group: Group) -> None:
    """Change a group."""
    desk = frame.desk
    before = group.values()

    def ask(contracts: list[Contract]) -> None:
        form = _form(frame, contracts)
        form.set_values(before)
        frame.open_panel(
            FormPanel(
                frame,
                deeds.CHANGE_GROUP.words,
                form,
                "Save group",
                partial(groups.change_group, desk, group.id),
                draft=f"group:{group.id}",
                undo=lambda _id: groups.change_group(desk, group.id, before),
            )
        )

    frame.read(frame, partial(settings.contracts, desk), ask)


def open_leave(frame: Frame, group: Group, member: MemberRow) -> None:
    """Ask for somebody's last day in a group."""
    desk = frame.desk
    form = RecordForm(GroupMember, ["left_on"], desk.today, asked=("left_on",))
    form.set_values({"left_on": desk.today()})
    far_days.watch(frame, form, "left_on")

    def run(values: Mapping[str, Value]) -> tuple[str, Changed]:
        on = values["left_on"]
        day = on if isinstance(on, date) else desk.today()
        return member.member_id, groups.leave(desk, member.member_id, day)

    frame.open_panel(
        FormPanel(
            frame,
            f"Leaves {group.name}",
            form,
            "Save last day",
            run,
            subject=member.code,
            undo=lambda new_id: groups.leave(desk, new_id, desk.today(), back=True),
        )
    )


def due_day(group: Group, today: date) -> date:
    """The day whose register is due: today, or the group's last weekday before it."""
    numbers = {v.code: int(str(v.flags["number"])) for v in choices("weekday").values}
    number = numbers.get(group.weekday or "")
    if number is None:
        return today
    last = today - timedelta(days=(today.weekday() - number) % 7)
    return max(last, group.starts_on)
