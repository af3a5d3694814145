"""What lists and pages show: rows of questions, not records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from provider_desk.model.goal_card import GoalCard
from provider_desk.model.records import Client, Referral, SafeContact

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a long list.

    Attributes:
        rows: this part.
        total: how many there are in all.
        start: index of the first row of this part, from 0.
    """

    rows: tuple[T, ...]
    total: int
    start: int = 0


class Standing(StrEnum):
    """Where a referral, or the person by their newest one, stands."""

    AWAITING = "awaiting decision"
    WAITING = "waiting"
    LIVE = "live"
    CLOSED = "closed"
    LEFT = "left the list"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    NONE = "no referral"
    OUTSIDE = "outside your caseload"
    MISTAKEN = "entered in error"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list.

    Somebody outside the caseload is a row with the status ``Standing.OUTSIDE`` and
    nothing else but, in a search, the id to ask for access with. One who was entered
    in error is a row with ``Standing.MISTAKEN`` and the code.

    Attributes:
        client_id: row id.
        code: the person's code, shown instead of the name in privacy view.
        name: known-as, or first and family name.
        born: date or year of birth as words, "" where not known.
        status: a Standing; of several referrals the one that is furthest open.
        area: code of the service area of the newest referral, "" where none.
        worker: of the newest episode.
    """

    client_id: str
    code: str
    name: str
    born: str
    status: str
    area: str
    worker: str


class EventKind(StrEnum):
    """What a time line can show and be filtered by."""

    REFERRAL = "referral"
    WAITING = "waiting"
    EPISODE = "episode"
    SESSION = "session"
    SCORE = "score"
    GOAL = "goal"
    EXIT = "exit strategy"
    RISK = "risk and safeguarding"
    CONSENT = "consent"
    COURT = "police and court"
    HELPER = "also supported by"
    REQUEST = "disclosure request"
    RECORD = "record"
    NOTE = "process note"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a person's time line.

    Attributes:
        kind: to filter by.
        on: the day.
        title: what happened, in words.
        detail: more words, may be "".
        table: the record's table, to open its history or correct it.
        row_id: the record.
        episode_id: the episode it belongs to, "" where none.
        corrected: somebody put it right later; its history tells what it said.
        referral_id: the referral it belongs to, "" where not said.
    """

    kind: EventKind
    on: date
    title: str
    detail: str
    table: str
    row_id: str
    episode_id: str = ""
    corrected: bool = False
    referral_id: str = ""


@dataclass(frozen=True, slots=True)
class EpisodeCard:
    """An episode's clocks.

    Attributes:
        week: weeks since the start, 1 in the first week.
        over_on: the day on which core support reaches 12 months.
        phase: "CORE" or "STEP_DOWN".
        attended: sessions attended so far.
        exit_made_on: day of the newest exit strategy, None where there is none.
        exceptional_until: review-by of the newest approval; None without one.
        closed_on: last day, None while live.
        planned: whether the ending was planned, None while live.
    """

    episode_id: str
    referral_id: str
    area: str
    worker: str
    started_on: date
    week: int
    over_on: date
    phase: str
    attended: int
    exit_made_on: date | None
    exceptional: bool
    exceptional_until: date | None
    closed_on: date | None
    closure_reason: str
    planned: bool | None


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """A score on a chart.

    Attributes:
        exact: as bands are told from it, where answers are missing; else None.
        scale: the name of a scale of one's own.
        mark: "first" or "last" of its episode, "" for one in between.
    """

    instrument: str
    on: date
    total: int
    row_id: str
    exact: Decimal | None = None
    scale: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ReferralCard:
    """A referral and where it stands.

    Attributes:
        contract: the contract's reference.
        status: a Standing.
        waited_days: from received to started, left or today.
        offer_by: by when a start is to be offered; None where nobody said.
        contact_on: when the next contact is due, where that was agreed by hand.
    """

    referral: Referral
    contract: str
    status: str
    waited_days: int
    entry_id: str
    episode_id: str
    offer_by: date | None = None
    contact_on: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something of a person that a deed can be done on, as a picker shows it.

    Attributes:
        again: what a new record of the same begins with, by field.
    """

    row_id: str
    words: str
    again: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line on the person's card or in the box of an episode.

    Attributes:
        words: what it says.
        tone: "good", "warn", "bad" with their sign, or "" for plain words.
        hidden: what stands there while names are hidden; "" hides it whole.
        table, row_id: what it opens, "" for nothing.
        heading: on the card, under which heading it stands; "" for the top, beside
            where the person stands.
    """

    words: str
    tone: str = ""
    hidden: str = ""
    table: str = ""
    row_id: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A clock or an allowance of an episode: so many of so many, in words too."""

    words: str
    done: int
    of: int
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of casework adds to a person's page.

    Attributes:
        events: lines of the time line, in any order.
        items: name of a reference, such as "pause_id" → what is open of it.
        card: lines of the person's card, the gravest first.
        lines: episode id → lines of its box.
        bars: episode id → its bars.
    """

    events: tuple[Event, ...] = ()
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    card: tuple[CardLine, ...] = ()
    lines: Mapping[str, tuple[CardLine, ...]] = field(default_factory=dict)
    bars: Mapping[str, tuple[Bar, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything about a person that one page shows; events newest first.

    ``goals`` are those that are still worked on; ``part`` is what the parts of
    casework add, put together.
    """

    client: Client
    name: str
    age: int | None
    safe_contacts: tuple[SafeContact, ...]
    referrals: tuple[ReferralCard, ...]
    episodes: tuple[EpisodeCard, ...]
    events: tuple[Event, ...]
    scores: tuple[ScorePoint, ...]
    goals: tuple[GoalCard, ...] = ()
    part: Part = field(default_factory=Part)


@dataclass(frozen=True, slots=True)
class SafeNumber:
    """Where to reach somebody by a channel that is marked safe.

    Attributes:
        channel: its label.
        rules: to be read before the number is used; "" where there are none.
        reach: the number, address or name to use.
        checked_on: when the person was last asked, None where not known.
    """

    channel: str
    rules: str
    reach: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Case:
    """A referral that a session can be logged for, as a picker shows it.

    Attributes:
        episode_id: "" before the first attended session.
        status: a Standing.
        mine: the person at the desk saw them last, or runs the episode.
    """

    referral_id: str
    episode_id: str
    client_id: str
    code: str
    name: str
    area: str
    worker: str
    status: str
    last_session_on: date | None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in a list; type, mode and attendance are codes."""

    session_id: str
    client_id: str
    referral_id: str
    code: str
    name: str
    held_on: date
    starts_at: str
    type: str
    mode: str
    attendance: str
    minutes: int | None
    worker: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a record.

    Attributes:
        at_ms: when, milliseconds since 1970 in UTC.
        by: name of who did it.
        deed: what was done: "log session".
        reason: why, for addenda and retirements.
        fields: (label, before, after) in words; before is "" for the first entry.
    """

    at_ms: int
    by: str
    deed: str
    reason: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A row behind a figure.

    Attributes:
        table: the record's table.
        row_id: the record.
        client_id: whose it is, "" where it has none.
        code: the person's code.
        name: the person's name, for those who may see it.
        on: the day that made it count.
        words: what it is, in a line.
        value: the number that a mean or median works with, else None.
        counted: of a ratio, whether it is in the numerator too; else True.
    """

    table: str
    row_id: str
    client_id: str
    code: str
    name: str
    on: date | None
    words: str
    value: int | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each kind a desk holds: table → number."""

    rows: dict[str, int] = field(default_factory=dict)
