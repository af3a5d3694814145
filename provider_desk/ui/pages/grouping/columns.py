"""Columns of the list of groups and of the members of one."""

from collections.abc import Callable
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.group_views import GroupRow, MemberRow
from provider_desk.ui.tables.columns import Column, day_column


def funded_words(row: GroupRow) -> str:
    """Who pays for a group."""
    return f"Paid for by {row.contract}" if row.funded else "No contract pays"


def group_columns(today: Callable[[], date]) -> list[Column[GroupRow]]:
    """A line for each group."""
    return [
        Column("Group", lambda row: row.group.name, width=160),
        Column("Who pays", funded_words, width=165, leaves=5),
        Column("Run by", lambda row: row.group.worker, width=70, leaves=2),
        Column("Meets", meets, width=165),
        Column(
            "Members",
            lambda row: str(row.members),
            lambda row: row.members,
            right=True,
            width=90,
        ),
        Column(
            "Meetings",
            lambda row: str(row.meetings),
            lambda row: row.meetings,
            right=True,
            width=90,
            leaves=6,
        ),
        Column(
            "Attendances",
            lambda row: str(row.attendances),
            lambda row: row.attendances,
            right=True,
            width=110,
            leaves=7,
        ),
        day_column("Last met", lambda row: row.last_on, 138, leaves=4),
        Column("Next", lambda row: _next(row, today()), width=110, whole=True),
    ]


def meets(row: GroupRow) -> str:
    """Such as "Tuesday, 14:00"."""
    held = row.group
    day = choices("weekday").label(held.weekday) if held.weekday else "no fixed day"
    return f"{day}, {held.starts_at}" if held.starts_at else day


def _next(row: GroupRow, today: date) -> str:
    if row.over:
        return "over"
    if row.next_on is None:
        return ""
    if row.next_on == today:
        return "today"
    return f"{row.next_on:%a} {row.next_on.day} {row.next_on:%b}"


def member_columns() -> list[Column[MemberRow]]:
    """A line for each place in a group."""
    return [
        Column(
            "Person",
            lambda row: row.name or row.code,
            private=True,
            instead=lambda row: row.code,
            width=220,
        ),
        Column("Code", lambda row: row.code, width=100),
        day_column("Joined on", lambda row: row.joined_on, 150),
        day_column("Last day", lambda row: row.left_on, 150),
    ]
