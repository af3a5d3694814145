"""What the lines of Today say about sessions, contacts, referrals and episodes."""

from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.months import add_months
from provider_desk.model.records import (
    Episode,
    ExitStrategy,
    Referral,
    SafeContact,
    Session,
    WaitingEntry,
)
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.model.views import SessionRow
from provider_desk.services.casework.safe_contact import rules_of
from provider_desk.services.casework.time_line import LAST_WARNING
from provider_desk.services.saying import day, label, some
from provider_desk.store.queries.today import DueContact, Live, Undecided, Whose

_EXTEND = "Extend past 12 months"
#: What an episode can ask for: the words of its line, and of the deed that settles it.
_OF_EPISODES = {
    ToDoKind.WITHOUT_REASON: ("Over 12 months without a reason", _EXTEND),
    ToDoKind.EXIT_MISSING: ("No exit strategy yet", "Exit strategy"),
    ToDoKind.NEAR_12_MONTHS: ("12 months are near", "Step down"),
    ToDoKind.REVIEW_DUE: ("Review the exit strategy", "Review the exit strategy"),
}


def to_mark(held: SessionRow) -> ToDo:
    """A session of which nobody said what came of it."""
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


def booked(held: SessionRow) -> ToDo:
    """A session of today, to be marked when it is over."""
    kind, mode = label("session_type", held.type), label("session_mode", held.mode)
    words = (held.starts_at or "no time", kind, mode, held.worker)
    return ToDo(
        ToDoKind.MARK_SESSION,
        " · ".join(word for word in words if word),
        "",
        held.held_on,
        held.client_id,
        held.code,
        held.name,
        Session.TABLE,
        held.session_id,
    )


def contact_due(held: DueContact, today: date) -> ToDo:
    """Somebody who waits and is to be contacted, and how they may be."""
    waits = f"waits {some((today - held.received_on).days, 'day')}"
    reached = "not reached yet"
    if held.last_reached_on is not None:
        reached = f"last reached {day(held.last_reached_on)}"
    return ToDo(
        ToDoKind.CONTACT_DUE,
        "Get in touch",
        f"{waits} · {reached}",
        held.due_on,
        held.client_id,
        held.code,
        held.name,
        WaitingEntry.TABLE,
        held.referral_id,
        deed="Record contact",
        private=_how(held.ways),
    )


def _how(ways: tuple[SafeContact, ...]) -> str:
    """How somebody may be reached, the rules with each way; what is never safe last."""
    safe = choices("safe_contact_permission").codes_where("safe")
    order = list(choices("contact_channel").by_code)
    known = sorted(ways, key=lambda way: order.index(way.channel))
    words = [
        f"{label('contact_channel', way.channel)}{_rules(way)}"
        for way in known
        if way.permission in safe
    ]
    never = [
        label("contact_channel", way.channel).lower()
        for way in known
        if way.permission == "NO"
    ]
    told = " · ".join(words) if words else "No safe way known: ask before you use any"
    return f"{told} · never: {', '.join(never)}" if never else told


def _rules(way: SafeContact) -> str:
    """Every rule, in one line, in the words that stand before a number too."""
    plain = rules_of(way).replace(".\n", "\n").replace("\n", "; ")
    return f" ({plain})" if plain else ""


def to_decide(held: Undecided, today: date) -> ToDo:
    """A referral that awaits a decision."""
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
        deed="Decide a referral",
    )


def of_episode(
    kind: ToDoKind,
    held: Live,
    due_on: date,
    person: Whose,
    today: date,
    *,
    asked: bool,
) -> ToDo:
    """What an episode asks for.

    Args:
        kind: what.
        held: the episode.
        due_on: the day that makes it ask.
        person: whose it is.
        today: the civil date.
        asked: whether somebody asked that it may go on, and nobody answered yet.
    """
    review = kind is ToDoKind.REVIEW_DUE
    title, deed = _OF_EPISODES[kind]
    started = date.fromisoformat(held.started_on)
    detail = f"since {day(started)}"
    left = (due_on - today).days
    if review:
        detail = f"due {day(due_on)}"
    elif kind is ToDoKind.NEAR_12_MONTHS:
        if today >= add_months(started, LAST_WARNING):
            title = "The twelfth month has begun"
        detail = f"in {some(left, 'day')}, on {day(due_on)} · {detail}"
    elif kind is ToDoKind.WITHOUT_REASON and asked:
        detail = f"{detail} · asked for, and not answered yet"
    return ToDo(
        kind,
        title,
        f"{detail} · {person.worker}" if person.worker else detail,
        due_on,
        person.client_id,
        person.code,
        person.name,
        table=(ExitStrategy if review else Episode).TABLE,
        row_id=held.exit_id if review else held.episode_id,
        deed=deed,
    )
