"""What care asks for on Today: urgent risk, reviews, safeguarding, courts, requests.

Titles and details hold nothing that only the person's page may say.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from provider_desk.model.choices import choices
from provider_desk.model.records import (
    Consent,
    CourtDate,
    DisclosureRequest,
    FollowUp,
    RiskFlag,
    SafeguardingReferral,
)
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import Several, ToDo, ToDoKind
from provider_desk.services.casework.caring.safeguarding import REMIND_DAYS
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.saying import day, label, some
from provider_desk.store.queries import caring as questions
from provider_desk.store.queries.caring import Due
from provider_desk.store.queries.caseload import Caseload

#: Consent that ends is asked for anew so many days ahead.
CONSENT_DAYS = 30
#: A day in court stands on Today so many days ahead.
COURT_DAYS = 14
#: A follow-up stands on Today so many days ahead.
FOLLOW_UP_DAYS = 7


#: Words of the deed that settles a plan whose day has come, as ``ui.deeds`` calls it.
LOOKED_AT = "Risk plan looked at"

#: Words of what can be done about a request and a court date on the time line.
GO_ON, CHANGE = "Go on with it", "Change it"

#: How a line of something that is due reads on a day.
_Reads = Callable[[Due, date], ToDo]


def things(desk: Desk, rows: Rows, mine: Caseload) -> Iterator[Several]:
    """All that care asks for, for the people of a caseload."""
    if not may(desk, Permission.SEE_OWN):
        return
    today = desk.today()
    for kind, found, line in _asked(desk, rows, today):
        held = [each for each in found if mine.holds(each.client_id)]
        yield Several(kind, len(held), partial(_lines, held, line, today))


def _lines(held: list[Due], line: _Reads, today: date, count: int) -> list[ToDo]:
    return [line(each, today) for each in held[:count]]


def _asked(
    desk: Desk, rows: Rows, today: date
) -> Iterator[tuple[ToDoKind, list[Due], _Reads]]:
    """What is due of each kind, and how its line reads."""
    flags = questions.flags(rows, today)
    grave = choices("risk_level").codes_where("urgent")
    urgent = [each for each in flags if each.what in grave]
    yield ToDoKind.RISK_URGENT, urgent, _urgent_flag
    others = [each for each in flags if each.what not in grave]
    yield ToDoKind.RISK_REVIEW, others, _flag
    found = questions.safeguarding(rows, today - timedelta(REMIND_DAYS))
    yield ToDoKind.SAFEGUARDING, found, _safeguarding
    found = questions.follow_ups(rows, today + timedelta(FOLLOW_UP_DAYS))
    yield ToDoKind.FOLLOW_UP, found, _follow_up
    found = questions.court_dates(rows, today, today + timedelta(COURT_DAYS))
    yield ToDoKind.COURT_SOON, found, _court
    found = questions.verdicts_missing(rows, today)
    yield ToDoKind.VERDICT_MISSING, found, _verdict
    found = questions.consents_ending(rows, today, today + timedelta(CONSENT_DAYS))
    yield ToDoKind.CONSENT_ENDS, found, _consent
    if may(desk, Permission.HANDLE_REQUESTS):
        yield ToDoKind.REQUEST_OPEN, questions.open_requests(rows), _request


def _line(
    kind: ToDoKind, due: Due, title: str, detail: str, table: str, deed: str
) -> ToDo:
    return ToDo(
        kind,
        title,
        f"{detail} · {due.worker}" if due.worker else detail,
        due.on,
        due.client_id,
        due.code,
        due.name,
        table,
        due.row_id,
        deed=deed,
    )


def _urgent_flag(due: Due, today: date) -> ToDo:
    level = label("risk_level", due.what)
    detail = _plan(due, today)
    return _line(ToDoKind.RISK_URGENT, due, level, detail, RiskFlag.TABLE, LOOKED_AT)


def _flag(due: Due, today: date) -> ToDo:
    title = "Look at the risk plan again"
    detail = f"{label('risk_level', due.what)} · {_plan(due, today)}"
    return _line(ToDoKind.RISK_REVIEW, due, title, detail, RiskFlag.TABLE, LOOKED_AT)


def _plan(due: Due, today: date) -> str:
    since = "since" if due.on < today else "on"
    return f"plan to be looked at {since} {day(due.on)}"


def _safeguarding(due: Due, today: date) -> ToDo:
    ago = some((today - due.on).days, "day")
    return _line(
        ToDoKind.SAFEGUARDING,
        due,
        "Ask what became of safeguarding",
        f"{label('safeguarding_to', due.what)} · made {day(due.on)}, {ago} ago",
        SafeguardingReferral.TABLE,
        "Outcome of safeguarding",
    )


def _follow_up(due: Due, today: date) -> ToDo:
    title = "Follow up after the verdict" if due.what else "Follow up"
    late = "was due" if due.on < today else "due"
    return _line(
        ToDoKind.FOLLOW_UP,
        due,
        title,
        f"{late} {day(due.on)}",
        FollowUp.TABLE,
        "Follow-up done",
    )


def _court(due: Due, today: date) -> ToDo:
    left = (due.on - today).days
    near = "today" if left == 0 else f"in {some(left, 'day')}"
    title = f"{label('court_event', due.what)}, {near}"
    ends = due.what in choices("court_event").codes_where("trial")
    deed = "Verdict" if left == 0 and ends else CHANGE
    return _line(ToDoKind.COURT_SOON, due, title, day(due.on), CourtDate.TABLE, deed)


def _verdict(due: Due, today: date) -> ToDo:
    ago = some((today - due.on).days, "day")
    line = _line(
        ToDoKind.VERDICT_MISSING,
        due,
        "Record the verdict, or the new date",
        f"{label('court_event', due.what)} {day(due.on)}, {ago} ago",
        CourtDate.TABLE,
        "Verdict",
    )
    return replace(line, other="Court date")


def _consent(due: Due, today: date) -> ToDo:
    left = some((due.on - today).days, "day")
    return _line(
        ToDoKind.CONSENT_ENDS,
        due,
        f"Ask again: {label('consent_purpose', due.what)}",
        f"ends {day(due.on)}, in {left}",
        Consent.TABLE,
        "Consent",
    )


def _request(due: Due, today: date) -> ToDo:
    ago = some((today - due.on).days, "day")
    return _line(
        ToDoKind.REQUEST_OPEN,
        due,
        f"Request for records: {label('request_from', due.what)}",
        f"received {day(due.on)}, {ago} ago",
        DisclosureRequest.TABLE,
        GO_ON,
    )
