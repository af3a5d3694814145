"""What needs doing: lines of the home page, and who is booked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from provider_desk.model.views import SessionRow


class ToDoKind(StrEnum):
    """What a line on Today asks for; worst first."""

    RISK_URGENT = "urgent risk"
    MARK_SESSION = "mark session"
    RISK_REVIEW = "risk plan to review"
    WITHOUT_REASON = "over 12 months without reason"
    CONTACT_DUE = "contact due"
    EXIT_MISSING = "exit strategy missing"
    MISSED = "two missed in a row"
    DECISION_DUE = "decision due"
    OFFER_OPEN = "offer not answered"
    FOLLOW_UP = "follow-up due"
    NEAR_12_MONTHS = "12 months near"
    REVIEW_DUE = "exit strategy review due"
    SAFEGUARDING = "safeguarding over 90 days"
    STEP_DOWN_REVIEW = "step-down review due"
    PAUSE_OVER = "ask again after a pause"
    COURT_SOON = "court date near"
    MEASURE_DUE = "measure due"
    CONSENT_ENDS = "consent ends"
    REQUEST_OPEN = "disclosure request open"
    STAFF = "training or supervision due"
    CONTRACT_ENDS = "contract ends"
    SET_ASIDE = "rows set aside"
    RETURN_DUE = "return due"
    OFFICE = "for the office"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that needs doing, with what to open for it.

    Attributes:
        place: where it is done, where that is neither a person nor the place of its
            kind, with a part of it: "settings/backups".
        deed: words of the deed that settles it, offered on its line; "" for none.
    """

    kind: ToDoKind
    title: str
    detail: str
    due_on: date | None
    client_id: str = ""
    code: str = ""
    name: str = ""
    table: str = ""
    row_id: str = ""
    place: str = ""
    deed: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """The home page.

    Attributes:
        todos: the most urgent of each kind, worst first.
        counts: kind → how many there are in all.
        diary: today's booked sessions, by time.
        next_booking: the next session after today, if any.
    """

    on: date
    todos: tuple[ToDo, ...]
    counts: dict[ToDoKind, int]
    diary: tuple[SessionRow, ...]
    next_booking: SessionRow | None
