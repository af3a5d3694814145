"""The home page: what needs doing, worst first, and who is booked today."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from provider_desk.model.fields import Record
from provider_desk.model.months import Month, add_months
from provider_desk.model.records import (
    Contract,
    Episode,
    ExitStrategy,
    Referral,
    Session,
    WaitingEntry,
)
from provider_desk.model.rows import Rows
from provider_desk.model.views import SessionRow, Today, ToDo, ToDoKind
from provider_desk.services.desk import Desk
from provider_desk.services.permissions import Permission, may, needs
from provider_desk.services.saying import day, label, some
from provider_desk.services.time_line import CORE_MONTHS
from provider_desk.services.waiting import next_contact
from provider_desk.store.queries import people as people_questions
from provider_desk.store.queries import sessions as session_questions
from provider_desk.store.queries import today as questions
from provider_desk.store.queries import waiting as waiting_questions
from provider_desk.store.records import find

#: Lines of each kind on the page; its count tells how many there are in all.
SHOWN = 30

#: Warnings come in the last three of the 12 months. Source: practices, P19.
NEAR_MONTHS = 3

#: The next booking is looked for so many days ahead.
_AHEAD = timedelta(days=92)


@needs(Permission.READ)
def things_to_do(desk: Desk) -> Today:
    """Everything that asks for somebody today; one's own first within a kind."""
    today = desk.today()
    every = timedelta(desk.provider().contact_every_days)
    me = desk.user.initials
    with desk.store.reading() as rows:
        unmarked, total = session_questions.without_outcome(
            rows, today, worker=me, count=SHOWN
        )
        live = questions.live_episodes(rows, today)
        kinds: dict[ToDoKind, list[ToDo]] = {
            ToDoKind.MARK_SESSION: [_to_mark(each) for each in unmarked],
            ToDoKind.CONTACT_DUE: _contacts(rows, today, every),
            ToDoKind.DECISION_DUE: [
                _to_decide(e, today) for e in questions.undecided(rows)
            ],
            ToDoKind.RETURN_DUE: _returns(rows, today) if _makes_return(desk) else [],
            **_about_episodes(_own_first(live, me), today),
        }
        diary = session_questions.to_come(rows, today, today, SHOWN * 2)
        coming = session_questions.to_come(
            rows, today + timedelta(days=1), today + _AHEAD, 1
        )
        shown = [t for kind in ToDoKind for t in kinds.get(kind, [])[:SHOWN]]
        shown = _named(rows, shown)
    counts = {kind: len(kinds.get(kind, [])) for kind in ToDoKind}
    counts[ToDoKind.MARK_SESSION] = total
    return Today(
        on=today,
        todos=tuple(shown),
        counts=counts,
        diary=tuple(diary),
        next_booking=coming[0] if coming else None,
    )


def _makes_return(desk: Desk) -> bool:
    return may(desk, Permission.MAKE_RETURN)


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


def _contacts(rows: Rows, today: date, every: timedelta) -> list[ToDo]:
    """Contacts that are due today or earlier, the longest overdue first."""
    due = [
        (next_contact(held, every, now=True), held)
        for held in waiting_questions.waiting_on(rows, today)
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
) -> dict[ToDoKind, list[ToDo]]:
    found: dict[ToDoKind, list[ToDo]] = {
        kind: []
        for kind in (
            ToDoKind.WITHOUT_REASON,
            ToDoKind.EXIT_MISSING,
            ToDoKind.NEAR_12_MONTHS,
            ToDoKind.REVIEW_DUE,
        )
    }
    for held in live:
        for todo in _of_episode(held, today):
            found[todo.kind].append(todo)
    return found


def _of_episode(held: questions.Live, today: date) -> Iterator[ToDo]:
    over_on = add_months(held.started_on, CORE_MONTHS)
    since = f"since {day(held.started_on)}"
    if not held.step_down and over_on <= today and not held.excused:
        title = "Over 12 months without a reason"
        yield _todo(ToDoKind.WITHOUT_REASON, title, since, over_on, held)
    if not held.exit_id:
        title = "No exit strategy yet"
        yield _todo(ToDoKind.EXIT_MISSING, title, since, held.started_on, held)
    elif held.exit_review_on is not None and held.exit_review_on <= today:
        yield _todo(
            ToDoKind.REVIEW_DUE,
            "Review the exit strategy",
            f"due {day(held.exit_review_on)}",
            held.exit_review_on,
            held,
            (ExitStrategy, held.exit_id),
        )
    if not held.step_down and today < over_on <= add_months(today, NEAR_MONTHS):
        title = f"12 months on {day(over_on)}"
        left = f"in {some((over_on - today).days, 'day')} · {since}"
        yield _todo(ToDoKind.NEAR_12_MONTHS, title, left, over_on, held)


def _todo(
    kind: ToDoKind,
    title: str,
    detail: str,
    due_on: date,
    held: questions.Live,
    opens: tuple[type[Record], str] | None = None,
) -> ToDo:
    record_type, row_id = opens or (Episode, held.episode_id)
    return ToDo(
        kind,
        title,
        f"{detail} · {held.worker}" if held.worker else detail,
        due_on,
        held.client_id,
        table=record_type.TABLE,
        row_id=row_id,
    )


def _named(rows: Rows, todos: list[ToDo]) -> list[ToDo]:
    """The lines about episodes know the person by id only; only those shown are named."""
    nameless = [todo.client_id for todo in todos if todo.client_id and not todo.code]
    names = people_questions.codes_and_names(rows, nameless)
    return [
        replace(todo, code=names[todo.client_id][0], name=names[todo.client_id][1])
        if todo.client_id in names
        else todo
        for todo in todos
    ]


def _returns(rows: Rows, today: date) -> list[ToDo]:
    """Last month's return of each contract that ran then and was not exported."""
    month = Month.of(today).plus(-1)
    made = questions.returns_made(rows, month)
    return [
        ToDo(
            ToDoKind.RETURN_DUE,
            f"Return for {month.name}",
            contract.title,
            Month.of(today).last_day,
            table=Contract.TABLE,
            row_id=contract.id,
        )
        for contract in find(rows, Contract)
        if contract.id not in made
        and (contract.starts_on is None or contract.starts_on <= month.last_day)
        and (contract.ends_on is None or contract.ends_on >= month.first_day)
    ]
