"""What is asked of a session beside the rules of its own fields."""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.far_days import nobody_books
from provider_desk.model.fields import Value
from provider_desk.model.records import Session
from provider_desk.model.rows import Rows
from provider_desk.services.casework import starts
from provider_desk.services.saying import day
from provider_desk.store.queries import sessions as questions

_MISSED_IN_A_ROW = 2


def attendance(given: Mapping[str, Value], today: date) -> str:
    """Booked where it lies ahead and nothing is said; not recorded where it is past."""
    code = str(given.get("attendance") or "UNREC")
    held_on = given.get("held_on")
    if not isinstance(held_on, date):
        return code
    if held_on > today and code == "UNREC":
        return "BOOKED"
    if held_on < today and code == "BOOKED":
        return "UNREC"
    return code


def too_far_ahead(name: str, on: Value, today: date) -> list[Problem]:
    """What nobody books: a day so far ahead that the year must be a slip.

    Args:
        name: of the field that holds it.
        on: the day.
        today: the civil date.
    """
    words = nobody_books(on, today) if isinstance(on, date) else ""
    return [Problem(name, words)] if words else []


def cancel_reason(given: Mapping[str, Value]) -> Value:
    """Why it was cancelled; None where it was not."""
    cancelled = choices("attendance").codes_where("cancelled")
    return given.get("cancel_reason") if given.get("attendance") in cancelled else None


def after_closing(
    rows: Rows,
    referral_id: str,
    held_on: Value,
    kind: Value,
    code: Value,
    *,
    logging: bool,
) -> list[Problem]:
    """After the closing only follow-ups and assessments; what was booked may go."""
    episode = starts.episode_of(rows, referral_id)
    closing = starts.closing_of(rows, episode.id) if episode else None
    if (
        closing is None
        or not isinstance(held_on, date)
        or held_on <= closing.closed_on
        or kind in starts.OUTSIDE
        or not (logging or starts.came(code))
    ):
        return []
    if kind in choices("session_type").codes_where("group"):
        return [Problem("held_on", ended_words(closing.closed_on))]
    return [
        Problem(
            "held_on",
            f"The episode was closed on {day(closing.closed_on)}. Choose “Follow-up "
            "after closure”, correct the date, or record a new referral for somebody "
            "who comes back.",
        )
    ]


def ended_words(closed_on: date) -> str:
    """Why a group that a contract pays for needs a new referral, and what to do."""
    return (
        f"Support ended on {day(closed_on)}, and a group that a contract pays for is "
        "support. Choose “Refer again” on the person's page (Ctrl+G, A), then give "
        "them a place under the new referral. A group that no contract pays for takes "
        "them as they are."
    )


def twice(rows: Rows, referral_id: str, held_on: Value, kind: Value) -> list[Problem]:
    """A warning where the same kind of session is on that day already."""
    if not isinstance(held_on, date):
        return []
    if not questions.same_day(rows, referral_id, held_on, str(kind)):
        return []
    return [
        Problem(
            "held_on",
            f"Another session of this kind is on {day(held_on)} already. Take one "
            "back if it is the same.",
            "warn",
        )
    ]


def missed_in_a_row(rows: Rows, session: Session) -> list[Problem]:
    """A warning after the second session missed in a row. Source: domain, B6."""
    missed = choices("attendance").codes_where("dna")
    if session.attendance not in missed:
        return []
    held = [
        each
        for each in questions.of_referral(rows, session.referral_id)
        if starts.came(each.attendance) or each.attendance in missed
    ]
    last = [each.attendance for each in held][-_MISSED_IN_A_ROW:]
    if len(last) < _MISSED_IN_A_ROW or any(code not in missed for code in last):
        return []
    return [
        Problem(
            "attendance",
            "Two sessions in a row were missed: talk it over with your supervisor.",
            "warn",
        )
    ]
