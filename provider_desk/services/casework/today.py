"""The home page: what needs doing, worst first, and who is booked today.

Of the caseload alone, numbers as well; somebody who opens nobody finds nobody here.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from provider_desk.model.months import add_months
from provider_desk.model.records import (
    Episode,
    ExitStrategy,
    Referral,
    Session,
    WaitingEntry,
)
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import Today, ToDo, ToDoKind
from provider_desk.model.views import SessionRow
from provider_desk.services.casework import asking, today_office
from provider_desk.services.casework.time_line import CORE_MONTHS
from provider_desk.services.casework.waiting import next_contact
from provider_desk.services.desk import Desk
from provider_desk.services.returning import reminders
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, may, needs
from provider_desk.services.saying import day, label, some
from provider_desk.store.queries import sessions as session_questions
from provider_desk.store.queries import today as questions
from provider_desk.store.queries import waiting as waiting_questions
from provider_desk.store.queries.caseload import Caseload

#: Lines of each kind on the page; its count tells how many there are in all.
SHOWN = 30

#: Warnings come in the last three of the 12 months. Source: practices, P19.
NEAR_MONTHS = 3

#: What an episode can ask for, in the words of its line.
_TITLES = {
    ToDoKind.WITHOUT_REASON: "Over 12 months without a reason",
    ToDoKind.EXIT_MISSING: "No exit strategy yet",
    ToDoKind.NEAR_12_MONTHS: "12 months are near",
    ToDoKind.REVIEW_DUE: "Review the exit strategy",
}

#: An episode, and the day that makes it ask.
_Asked = tuple[questions.Live, date]

#: The next booking is looked for so many days ahead.
_AHEAD = timedelta(days=92)


@needs(Permission.READ)
def things_to_do(desk: Desk) -> Today:
    """Everything that asks for somebody today; one's own first within a kind."""
    today = desk.today()
    every = timedelta(desk.provider().contact_every_days)
    me = desk.user.initials
    office = today_office.things(desk)
    with desk.store.reading() as rows:
        mine = caseload.of_desk(desk, rows)
        unmarked, total = session_questions.without_outcome(
            rows, today, mine, worker=me, count=SHOWN
        )
        kinds: dict[ToDoKind, list[ToDo]] = {
            ToDoKind.MARK_SESSION: [_to_mark(each) for each in unmarked],
            ToDoKind.CONTACT_DUE: _contacts(rows, mine, today, every),
            ToDoKind.DECISION_DUE: _decisions(rows, mine, today),
            ToDoKind.RETURN_DUE: _returns(desk, rows),
            ToDoKind.OFFICE: office,
        }
        for todo in asking.things(desk, rows, mine):
            kinds.setdefault(todo.kind, []).append(todo)
        counts = {kind: len(kinds.get(kind, [])) for kind in ToDoKind}
        counts[ToDoKind.MARK_SESSION] = total
        live = _own_first(questions.live_episodes(rows, today, mine), me)
        for kind, asked in _about_episodes(live, today).items():
            counts[kind] = len(asked)
            kinds[kind] = _in_words(rows, kind, asked, today)
        diary = session_questions.to_come(rows, today, today, SHOWN * 2, mine)
        coming = session_questions.to_come(
            rows, today + timedelta(days=1), today + _AHEAD, 1, mine
        )
    return Today(
        on=today,
        todos=tuple(todo for kind in ToDoKind for todo in kinds.get(kind, [])[:SHOWN]),
        counts=counts,
        diary=tuple(diary),
        next_booking=coming[0] if coming else None,
    )


def _returns(desk: Desk, rows: Rows) -> list[ToDo]:
    if not may(desk, Permission.MAKE_RETURN):
        return []
    return reminders.things(rows, desk.today())


def _own_first(live: Iterable[questions.Live], me: str) -> list[questions.Live]:
    return sorted(live, key=lambda each: not (me and each.worker == me))


def _to_mark(held: SessionRow) -> ToDo:
    kind = label("session_type", held.type)
    at = f", {held.starts_at}" if held.starts_at else ""
    return ToDo(
        ToDoKind.MARK_SESSION,
        f"Say what came of {day(held.held_on)}{at}",
        f"{kind} · {held.worker}" if held.worker else kind,
        held.held_on,
        held.client_id,
        held.code,
        held.name,
        Session.TABLE,
        held.session_id,
    )


def _contacts(rows: Rows, mine: Caseload, today: date, every: timedelta) -> list[ToDo]:
    """Contacts that are due today or earlier, the longest overdue first."""
    due = [
        (next_contact(held, every, now=True), held)
        for held in waiting_questions.waiting_on(rows, today)
        if mine.holds(held.client_id)
    ]
    late = sorted(
        ((on, held) for on, held in due if on <= today), key=lambda pair: pair[0]
    )
    return [
        ToDo(
            ToDoKind.CONTACT_DUE,
            "Get in touch",
            _reached(held, today),
            on,
            held.client_id,
            held.code,
            held.name,
            WaitingEntry.TABLE,
            held.referral_id,
        )
        for on, held in late
    ]


def _reached(held: waiting_questions.Waiting, today: date) -> str:
    waits = f"waits {some((today - held.received_on).days, 'day')}"
    if held.last_reached_on is None:
        reached = "not reached yet"
    else:
        reached = f"last reached {day(held.last_reached_on)}"
    way = "" if held.safe_ways else " · no safe way known"
    return f"{waits} · {reached}{way}"


def _decisions(rows: Rows, mine: Caseload, today: date) -> list[ToDo]:
    return [
        _to_decide(held, today)
        for held in questions.undecided(rows)
        if mine.holds(held.client_id)
    ]


def _to_decide(held: questions.Undecided, today: date) -> ToDo:
    return ToDo(
        ToDoKind.DECISION_DUE,
        "Decide the referral",
        f"received {day(held.received_on)}, "
        f"{some((today - held.received_on).days, 'day')} ago",
        held.received_on,
        held.client_id,
        held.code,
        held.name,
        Referral.TABLE,
        held.referral_id,
    )


def _about_episodes(
    live: list[questions.Live], today: date
) -> dict[ToDoKind, list[_Asked]]:
    """What each live episode asks for; put in words only where it is shown."""
    soon = add_months(today, NEAR_MONTHS)
    found: dict[ToDoKind, list[_Asked]] = {kind: [] for kind in _TITLES}
    for held in live:
        over_on = add_months(held.started_on, CORE_MONTHS)
        core = not held.step_down
        if core and over_on <= today and not held.excused:
            found[ToDoKind.WITHOUT_REASON].append((held, over_on))
        if not held.exit_id:
            found[ToDoKind.EXIT_MISSING].append((held, held.started_on))
        elif held.exit_review_on is not None and held.exit_review_on <= today:
            found[ToDoKind.REVIEW_DUE].append((held, held.exit_review_on))
        if core and today < over_on <= soon:
            found[ToDoKind.NEAR_12_MONTHS].append((held, over_on))
    return found


def _in_words(
    rows: Rows, kind: ToDoKind, asked: list[_Asked], today: date
) -> list[ToDo]:
    shown = asked[:SHOWN]
    people = questions.whose(rows, [held.referral_id for held, _ in shown])
    return [
        _of_episode(kind, held, due_on, people[held.referral_id], today)
        for held, due_on in shown
        if held.referral_id in people
    ]


def _of_episode(
    kind: ToDoKind,
    held: questions.Live,
    due_on: date,
    person: tuple[str, str, str],
    today: date,
) -> ToDo:
    review = kind is ToDoKind.REVIEW_DUE
    detail = f"since {day(held.started_on)}"
    if review:
        detail = f"due {day(due_on)}"
    elif kind is ToDoKind.NEAR_12_MONTHS:
        left = some((due_on - today).days, "day")
        detail = f"in {left}, on {day(due_on)} · {detail}"
    return ToDo(
        kind,
        _TITLES[kind],
        f"{detail} · {held.worker}" if held.worker else detail,
        due_on,
        *person,
        table=(ExitStrategy if review else Episode).TABLE,
        row_id=held.exit_id if review else held.episode_id,
    )
