"""What referrals ask for on Today: the hub's answer, and word to who referred.

Source: practices, P13, P14.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from provider_desk.model.records import Referral
from provider_desk.model.referral_rules import OURSELVES
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import Several, ToDo, ToDoKind
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.saying import day, label, some
from provider_desk.store.queries import referrals as questions
from provider_desk.store.queries.caseload import Caseload
from provider_desk.store.queries.referrals import Open

#: Today asks after a referral that is with the hub for so long.
ASK_HUB_AFTER = timedelta(days=14)

#: So long after a decision it is pointed out that who referred was not told.
TELL_WITHIN = timedelta(days=28)


def things(desk: Desk, rows: Rows, mine: Caseload) -> Iterator[Several]:
    """Referrals that wait for the hub, then those of which nobody was told."""
    if not may(desk, Permission.RECORD_REFERRALS):
        return
    today = desk.today()
    silent = questions.with_hub(rows, today - ASK_HUB_AFTER)
    untold = questions.untold(rows, today - TELL_WITHIN, today, OURSELVES)
    for kind, found, line in (
        (ToDoKind.HUB_SILENT, silent, _with_hub),
        (ToDoKind.REFERRER_UNTOLD, untold, _untold),
    ):
        held = [each for each in found if mine.holds(each.client_id)]
        yield Several(kind, len(held), partial(_lines, held, line, today))


def _lines(
    held: list[Open], line: Callable[[Open, date], ToDo], today: date, count: int
) -> list[ToDo]:
    return [line(each, today) for each in held[:count]]


def _with_hub(held: Open, today: date) -> ToDo:
    age = some((today - held.since).days, "day")
    return _line(
        held,
        ToDoKind.HUB_SILENT,
        "Ask after the hub's answer",
        f"sent {day(held.since)}, {age} ago",
        "Record the hub's answer",
    )


def _untold(held: Open, _today: date) -> ToDo:
    decision = label("referral_decision", held.decision).lower()
    return _line(
        held,
        ToDoKind.REFERRER_UNTOLD,
        f"Tell who referred: {label('referral_source', held.source)}",
        f"{decision} {day(held.since)} · only if the person agreed to it",
        "Referrer was told",
    )


def _line(held: Open, kind: ToDoKind, title: str, detail: str, deed: str) -> ToDo:
    return ToDo(
        kind,
        title,
        detail,
        held.since,
        held.client_id,
        held.code,
        held.name,
        Referral.TABLE,
        held.referral_id,
        deed=deed,
    )
