"""What the course of episodes asks for on Today.

Source: domain reference, B6, B8; practices, P19 to P21.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from provider_desk.model.records import Episode, ExtensionRequest, Pause, Phase
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import Several, ToDo, ToDoKind
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.saying import day
from provider_desk.store.queries import course as questions
from provider_desk.store.queries.caseload import Caseload
from provider_desk.store.queries.course import Due
from provider_desk.store.queries.today import whose

#: Words of the deeds that settle them, as ``ui.deeds`` calls them.
TALKED_OVER = "Talked over with the supervisor"
COME_BACK = "Back from a pause"
STEP_DOWN_REVIEWED = "Step-down reviewed"
APPROVE, NOT_APPROVE = "Approve going past 12 months", "Not past 12 months"

#: What each kind says: its title, the table of its record, the deed that settles it.
_SAID = {
    ToDoKind.MISSED: ("Two sessions missed in a row", Episode.TABLE, TALKED_OVER),
    ToDoKind.STEP_DOWN_REVIEW: (
        "Look at step-down again",
        Phase.TABLE,
        STEP_DOWN_REVIEWED,
    ),
    ToDoKind.PAUSE_OVER: (
        "Ask whether the person comes back",
        Pause.TABLE,
        COME_BACK,
    ),
    ToDoKind.EXTENSION_ASKED: (
        "May this go past 12 months?",
        ExtensionRequest.TABLE,
        APPROVE,
    ),
}


def things(desk: Desk, rows: Rows, mine: Caseload) -> Iterator[Several]:
    """Missed sessions, step-down to look at, pauses that are over; own ones first."""
    if not may(desk, Permission.RUN_EPISODES):
        return
    asked = (rows, desk.today(), mine, desk.user.initials)
    for kind, found in (
        (ToDoKind.MISSED, questions.missed_twice(*asked)),
        (ToDoKind.STEP_DOWN_REVIEW, questions.step_downs_due(*asked)),
        (ToDoKind.PAUSE_OVER, questions.pauses_over(*asked)),
    ):
        yield Several(kind, len(found), partial(_lines, rows, kind, found))
    if may(desk, Permission.APPROVE):
        kind = ToDoKind.EXTENSION_ASKED
        found = questions.extensions_asked(rows, mine, desk.user.initials)
        yield Several(kind, len(found), partial(_lines, rows, kind, found))


def _lines(rows: Rows, kind: ToDoKind, found: list[Due], count: int) -> Iterator[ToDo]:
    shown = found[:count]
    people = whose(rows, [each.episode_id for each in shown])
    title, table, deed = _SAID[kind]
    for each in shown:
        person = people[each.episode_id]
        detail = _detail(kind, day(date.fromisoformat(each.since)), each.due_on)
        yield ToDo(
            kind,
            title,
            f"{detail} · {person.worker}" if person.worker else detail,
            date.fromisoformat(each.due_on),
            person.client_id,
            person.code,
            person.name,
            table,
            each.row_id,
            deed=deed,
            other=NOT_APPROVE if kind is ToDoKind.EXTENSION_ASKED else "",
        )


def _detail(kind: ToDoKind, since: str, due_on: str) -> str:
    if kind is ToDoKind.MISSED:
        return f"the last on {since} · talk it over with the supervisor"
    if kind is ToDoKind.EXTENSION_ASKED:
        return f"asked on {since} · until then no reason holds"
    what = "step-down" if kind is ToDoKind.STEP_DOWN_REVIEW else "paused"
    return f"due {day(date.fromisoformat(due_on))} · {what} since {since}"
