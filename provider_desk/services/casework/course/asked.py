"""What the course of episodes asks for on Today.

Source: domain reference, B6, B8; practices, P20, P21.
"""

from collections.abc import Iterator

from provider_desk.model.records import Episode, Pause, Phase
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.saying import day
from provider_desk.store.queries import course as questions
from provider_desk.store.queries.caseload import Caseload
from provider_desk.store.queries.course import Due

#: Words of the deeds that settle them, as ``ui.deeds`` calls them.
TALKED_OVER = "Talked over with the supervisor"
COME_BACK = "Back from a pause"
STEP_DOWN_REVIEWED = "Step-down reviewed"


def things(desk: Desk, rows: Rows, mine: Caseload) -> Iterator[ToDo]:
    """Missed sessions, step-down to look at, pauses that are over; own ones first."""
    if not may(desk, Permission.RUN_EPISODES):
        return
    today = desk.today()
    me = desk.user.initials

    def own_first(found: list[Due]) -> list[Due]:
        return sorted(found, key=lambda each: not (me and each.worker == me))

    for each in own_first(questions.missed_twice(rows, today, mine)):
        yield _line(
            each,
            ToDoKind.MISSED,
            "Two sessions missed in a row",
            f"the last on {day(each.since)} · talk it over with the supervisor",
            Episode.TABLE,
            TALKED_OVER,
        )
    for each in own_first(questions.step_downs_due(rows, today, mine)):
        yield _line(
            each,
            ToDoKind.STEP_DOWN_REVIEW,
            "Look at step-down again",
            f"due {day(each.due_on)} · step-down since {day(each.since)}",
            Phase.TABLE,
            STEP_DOWN_REVIEWED,
        )
    for each in own_first(questions.pauses_over(rows, today, mine)):
        yield _line(
            each,
            ToDoKind.PAUSE_OVER,
            "Ask whether the person comes back",
            f"due {day(each.due_on)} · paused since {day(each.since)}",
            Pause.TABLE,
            COME_BACK,
        )


def _line(
    due: Due, kind: ToDoKind, title: str, detail: str, table: str, deed: str
) -> ToDo:
    return ToDo(
        kind,
        title,
        f"{detail} · {due.worker}" if due.worker else detail,
        due.due_on,
        due.client_id,
        due.code,
        due.name,
        table,
        due.row_id,
        deed=deed,
    )
