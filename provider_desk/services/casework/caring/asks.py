"""What care asks for on Today: urgent risk, reviews, safeguarding, courts, requests.

Titles and details hold nothing that only the person's page may say.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

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
from provider_desk.model.to_do import ToDo, ToDoKind
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


def things(desk: Desk, rows: Rows, mine: Caseload) -> Iterator[ToDo]:
    """Every line of care, for the people of a caseload."""
    if not may(desk, Permission.SEE_OWN):
        return
    today = desk.today()
    for found, line in _asked(desk, rows, today):
        for each in found:
            if mine.holds(each.client_id):
                yield line(each, today)


def _asked(
    desk: Desk, rows: Rows, today: date
) -> Iterator[tuple[list[Due], Callable[[Due, date], ToDo]]]:
    """What is due of each kind, and how its line reads."""
    yield questions.flags(rows, today), _flag
    yield questions.safeguarding(rows, today - timedelta(REMIND_DAYS)), _safeguarding
    yield questions.follow_ups(rows, today + timedelta(FOLLOW_UP_DAYS)), _follow_up
    last = today + timedelta(COURT_DAYS)
    yield questions.court_dates(rows, today, last), _court
    last = today + timedelta(CONSENT_DAYS)
    yield questions.consents_ending(rows, today, last), _consent
    if may(desk, Permission.HANDLE_REQUESTS):
        yield questions.open_requests(rows), _request


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


def _flag(due: Due, today: date) -> ToDo:
    urgent = due.what in choices("risk_level").codes_where("urgent")
    kind = ToDoKind.RISK_URGENT if urgent else ToDoKind.RISK_REVIEW
    level = label("risk_level", due.what)
    late = due.on < today
    review = f"plan to be looked at {'since' if late else 'on'} {day(due.on)}"
    title = level if urgent else "Look at the risk plan again"
    detail = review if urgent else f"{level} · {review}"
    return _line(kind, due, title, detail, RiskFlag.TABLE, "")


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
    detail = day(due.on)
    return _line(ToDoKind.COURT_SOON, due, title, detail, CourtDate.TABLE, "")


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
        "",
    )
