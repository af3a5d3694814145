"""What needs doing: lines of the home page, and who is booked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from provider_desk.model import resources
from provider_desk.model.views import SessionRow


class ToDoKind(StrEnum):
    """What a line on Today asks for; worst first."""

    RISK_URGENT = "urgent risk"
    MARK_SESSION = "mark session"
    RISK_REVIEW = "risk plan to review"
    EXTENSION_ASKED = "approval asked for"
    WITHOUT_REASON = "over 12 months without reason"
    CONTACT_DUE = "contact due"
    EXIT_MISSING = "exit strategy missing"
    MISSED = "two missed in a row"
    DECISION_DUE = "decision due"
    HUB_SILENT = "no answer from the hub"
    REFERRER_UNTOLD = "referrer not told"
    OFFER_OPEN = "offer not answered"
    FOLLOW_UP = "follow-up due"
    VERDICT_MISSING = "verdict not recorded"
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


#: A number of each kind, in few words: of one, and of several.
IN_SHORT: Mapping[ToDoKind, tuple[str, str]] = {
    ToDoKind.RISK_URGENT: ("urgent risk", "urgent risks"),
    ToDoKind.MARK_SESSION: ("session to mark", "sessions to mark"),
    ToDoKind.RISK_REVIEW: ("risk plan", "risk plans"),
    ToDoKind.EXTENSION_ASKED: ("to approve", "to approve"),
    ToDoKind.WITHOUT_REASON: ("over 12 months", "over 12 months"),
    ToDoKind.CONTACT_DUE: ("contact", "contacts"),
    ToDoKind.EXIT_MISSING: ("without exit strategy", "without exit strategy"),
    ToDoKind.MISSED: ("missed twice", "missed twice"),
    ToDoKind.DECISION_DUE: ("decision", "decisions"),
    ToDoKind.HUB_SILENT: ("with the hub", "with the hub"),
    ToDoKind.REFERRER_UNTOLD: ("referrer to tell", "referrers to tell"),
    ToDoKind.OFFER_OPEN: ("offer", "offers"),
    ToDoKind.FOLLOW_UP: ("follow-up", "follow-ups"),
    ToDoKind.VERDICT_MISSING: ("verdict", "verdicts"),
    ToDoKind.NEAR_12_MONTHS: ("near 12 months", "near 12 months"),
    ToDoKind.REVIEW_DUE: ("exit review", "exit reviews"),
    ToDoKind.SAFEGUARDING: ("safeguarding", "safeguarding"),
    ToDoKind.STEP_DOWN_REVIEW: ("step-down review", "step-down reviews"),
    ToDoKind.PAUSE_OVER: ("pause over", "pauses over"),
    ToDoKind.COURT_SOON: ("court date", "court dates"),
    ToDoKind.MEASURE_DUE: ("measure", "measures"),
    ToDoKind.CONSENT_ENDS: ("consent", "consents"),
    ToDoKind.REQUEST_OPEN: ("request", "requests"),
    ToDoKind.STAFF: ("training", "trainings"),
    ToDoKind.CONTRACT_ENDS: ("contract", "contracts"),
    ToDoKind.SET_ASIDE: ("file set aside", "files set aside"),
    ToDoKind.RETURN_DUE: ("return", "returns"),
    ToDoKind.OFFICE: ("for the office", "for the office"),
}


@cache
def order_for(role: str) -> tuple[ToDoKind, ...]:
    """Every kind, in the order in which a role is told; worst first where it is silent.

    Source: resources/today.toml; domain reference, A6.
    """
    declared = resources.read_toml("today.toml").get(role, {}).get("first", ())
    first = [ToDoKind[name] for name in declared]
    return (*first, *(kind for kind in ToDoKind if kind not in first))


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing that needs doing, with what to open for it.

    Attributes:
        place: where it is done, where that is neither a person nor the place of its
            kind, with a part of it: "settings/backups".
        deed: words of the deed that settles it, offered on its line; "" for none.
        other: words of a second deed that settles it otherwise; "" for none.
        private: personal words that have to be in sight, such as how somebody may be
            reached; hidden with the names.
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
    private: str = ""
    other: str = ""

    def is_same(self, to: "ToDo") -> bool:
        """Whether both ask for the same, whatever their words are by now."""
        if self.row_id or to.row_id:
            return (self.kind, self.row_id) == (to.kind, to.row_id)
        return (self.kind, self.title, self.place) == (to.kind, to.title, to.place)


@dataclass(frozen=True, slots=True)
class Several:
    """All things of a kind; a line is put in words only where it is shown.

    Attributes:
        count: how many there are in all.
        lines: the first so many of them, most urgent first.
    """

    kind: ToDoKind
    count: int
    lines: Callable[[int], Iterable[ToDo]]


@dataclass(frozen=True, slots=True)
class Today:
    """The home page.

    Attributes:
        todos: the most urgent of each kind, in the order of the role.
        counts: kind → how many there are in all.
        diary: today's booked sessions, by time.
        next_booking: the next session after today, if any.
        places: place → how many things are done there, without those of people.
    """

    on: date
    todos: tuple[ToDo, ...]
    counts: dict[ToDoKind, int]
    diary: tuple[SessionRow, ...]
    next_booking: SessionRow | None
    places: Mapping[str, int] = field(default_factory=dict)
