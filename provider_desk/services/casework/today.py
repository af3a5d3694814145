"""The home page: what needs doing, worst first, and who is booked today.

Of the caseload alone, numbers as well; somebody who opens nobody finds nobody here.
It is asked after every deed, so that lines are put in words only where they are shown.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial

from provider_desk.model.months import add_months
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import Several, Today, ToDo, ToDoKind, order_for
from provider_desk.model.views import SessionRow
from provider_desk.services.casework import asking, today_lines, today_office
from provider_desk.services.casework.remembered import Remembered
from provider_desk.services.casework.time_line import CORE_MONTHS, FIRST_WARNING
from provider_desk.services.desk import Desk
from provider_desk.services.returning import reminders
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, may, needs
from provider_desk.store.queries import sessions as session_questions
from provider_desk.store.queries import today as questions
from provider_desk.store.queries.caseload import Caseload
from provider_desk.store.queries.course import extensions_asked
from provider_desk.store.queries.today import Live

#: Lines of each kind on the page; its count tells how many there are in all.
SHOWN = 30

#: The next booking is looked for so many days ahead.
_AHEAD = timedelta(days=92)


#: The lines of a kind that are shown, and how many there are.
_Lines = tuple[list[ToDo], int]


@needs(Permission.READ)
def things_to_do(
    desk: Desk,
    shown: Mapping[ToDoKind, int] | None = None,
    remembered: Remembered | None = None,
) -> Today:
    """Everything that asks for somebody today; one's own first within a kind.

    Args:
        desk: the open desk.
        shown: how many lines of a kind are wanted, where not ``SHOWN``.
        remembered: what was asked for before at this desk, to ask only for the rest;
            one question at a time.
    """
    today = desk.today()
    wanted = dict.fromkeys(ToDoKind, SHOWN) | dict(shown or {})
    office = today_office.things(desk)
    written = desk.store.written()
    with desk.store.reading() as reader:
        rows = (remembered or Remembered()).round(reader, written)
        mine = caseload.of_desk(desk, rows)
        found = {
            ToDoKind.MARK_SESSION: _unmarked(desk, rows, mine, wanted),
            ToDoKind.CONTACT_DUE: _contacts(desk, rows, mine, wanted),
            ToDoKind.DECISION_DUE: _decisions(rows, mine, today, wanted),
            **_of_episodes(desk, rows, mine, wanted),
        }
        others = [*office, *_returns(desk, rows)]
        for each in asking.things(desk, rows, mine):
            if isinstance(each, Several):
                _put(found, wanted, each)
            else:
                others.append(each)
        diary = _diary(desk, rows, mine)
        coming = session_questions.to_come(
            rows, today + timedelta(days=1), today + _AHEAD, 1, mine
        )
    for kind, lines in _by_kind(others).items():
        _put(found, wanted, Several(kind, len(lines), partial(_first, lines)))
    order = order_for(desk.user.role)
    return Today(
        on=today,
        todos=tuple(todo for kind in order for todo in found.get(kind, ([], 0))[0]),
        counts={kind: found.get(kind, ([], 0))[1] for kind in ToDoKind},
        diary=tuple(diary),
        next_booking=coming[0] if coming else None,
        places=Counter(todo.place.partition("/")[0] for todo in others if todo.place),
    )


def _put(
    found: dict[ToDoKind, _Lines], wanted: Mapping[ToDoKind, int], more: Several
) -> None:
    """Add things of a kind; they come after what is there of it already."""
    before, count = found.get(more.kind, ([], 0))
    room = max(wanted[more.kind] - len(before), 0)
    lines = list(more.lines(room)) if room and more.count else []
    found[more.kind] = ([*before, *lines], count + more.count)


def _first(lines: list[ToDo], count: int) -> list[ToDo]:
    return lines[:count]


def _by_kind(todos: Iterable[ToDo]) -> dict[ToDoKind, list[ToDo]]:
    found: dict[ToDoKind, list[ToDo]] = {}
    for todo in todos:
        found.setdefault(todo.kind, []).append(todo)
    return found


def _unmarked(
    desk: Desk, rows: Rows, mine: Caseload, wanted: Mapping[ToDoKind, int]
) -> _Lines:
    count = wanted[ToDoKind.MARK_SESSION]
    held, total = session_questions.without_outcome(
        rows, desk.today(), mine, worker=desk.user.initials, count=count
    )
    return [today_lines.to_mark(each) for each in held], total


def _contacts(
    desk: Desk, rows: Rows, mine: Caseload, wanted: Mapping[ToDoKind, int]
) -> _Lines:
    """Contacts that are due today or earlier, the longest overdue first."""
    if not may(desk, Permission.SEE_OWN):
        return [], 0
    today, every = desk.today(), desk.provider().contact_every_days
    count = wanted[ToDoKind.CONTACT_DUE]
    due, total = questions.due_contacts(rows, today, every, mine, count)
    return [today_lines.contact_due(each, today) for each in due], total


def _decisions(
    rows: Rows, mine: Caseload, today: date, wanted: Mapping[ToDoKind, int]
) -> _Lines:
    held, total = questions.undecided(rows, mine, wanted[ToDoKind.DECISION_DUE])
    return [today_lines.to_decide(each, today) for each in held], total


def _returns(desk: Desk, rows: Rows) -> list[ToDo]:
    if not may(desk, Permission.MAKE_RETURN):
        return []
    return reminders.things(rows, desk.today())


def _diary(desk: Desk, rows: Rows, mine: Caseload) -> list[SessionRow]:
    """Today's bookings, one's own first, by time."""
    today, me = desk.today(), desk.user.initials
    held = session_questions.to_come(rows, today, today, SHOWN * 2, mine)
    return sorted(held, key=lambda row: not (me and row.worker == me))


def last_start_over_by(day: date, months: int = CORE_MONTHS) -> date:
    """The last start of an episode of which so many months are over by a day.

    Source: practices, P19.
    """
    start = add_months(day, -months)
    while add_months(start + timedelta(days=1), months) <= day:
        start += timedelta(days=1)
    return start


def _of_episodes(
    desk: Desk, rows: Rows, mine: Caseload, wanted: Mapping[ToDoKind, int]
) -> dict[ToDoKind, _Lines]:
    """What the live episodes ask for, one's own first, then the oldest."""
    today = desk.today()
    live = questions.live_episodes(
        rows,
        today,
        mine,
        near=last_start_over_by(today, FIRST_WARNING),
        late=last_start_over_by(today),
        worker=desk.user.initials,
    )
    asked = _asked(live, today.isoformat())
    shown = {
        kind: heapq.nsmallest(wanted[kind], held, key=_own_then_oldest)
        for kind, held in asked.items()
    }
    ids = [each.episode_id for held in shown.values() for each in held]
    people = questions.whose(rows, ids)
    asked_for = {each.episode_id for each in extensions_asked(rows)}
    return {
        kind: (
            [
                today_lines.of_episode(
                    *(kind, each, _due(kind, each), people[each.episode_id], today),
                    asked=each.episode_id in asked_for,
                )
                for each in held
                if each.episode_id in people
            ],
            len(asked[kind]),
        )
        for kind, held in shown.items()
    }


def _own_then_oldest(each: Live) -> tuple[bool, str]:
    return not each.own, each.started_on


def _asked(live: Iterable[Live], today: str) -> dict[ToDoKind, list[Live]]:
    """Kind → the episodes that ask for it."""
    late: list[Live] = []
    near: list[Live] = []
    missing: list[Live] = []
    review: list[Live] = []
    for each in live:
        if each.stage == questions.LATE:
            late.append(each)
        elif each.stage == questions.NEAR:
            near.append(each)
        if each.exit is None:
            missing.append(each)
        elif "" < each.exit.partition(" ")[2] <= today:
            review.append(each)
    return {
        ToDoKind.WITHOUT_REASON: late,
        ToDoKind.NEAR_12_MONTHS: near,
        ToDoKind.EXIT_MISSING: missing,
        ToDoKind.REVIEW_DUE: review,
    }


def _due(kind: ToDoKind, held: Live) -> date:
    """The day that makes an episode ask."""
    if kind is ToDoKind.REVIEW_DUE:
        return date.fromisoformat(held.exit_review_on)
    start = date.fromisoformat(held.started_on)
    return start if kind is ToDoKind.EXIT_MISSING else add_months(start, CORE_MONTHS)
